"""Treatment lanes: one for each agent, its doses in words, and a bar for each dose step.

Where the steps leave some of a treatment's span, a thin bar of the whole span runs below them.
What lies after the day that the figure stands at is planned, and a bar of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.doses import DoseRun, Standing, end_of, is_ahead, runs_of, standing_on
from app.records.model import DoseStep, Measure, Treatment
from app.trends.context import FigureContext
from app.trends.figure import Bar, Lane
from app.trends.since import IMMUNE_ROLES, agent_class, lane_key, start_order
from app.wording.lanes import course_words
from app.wording.spans import (
    run_span_words,
    stop_reason_words,
    treatment_span_words,
)
from app.wording.treatments import agent_name, compares, dose_words, like, plain_name
from app.wording.weights import beside_dose

CLASS_ORDER = (*IMMUNE_ROLES, "class_tumour", "class_symptomatic", "class_diet")
"""The classes of agents in the order of their lanes, from the first below the scores down."""
EQUAL_HEIGHT = 0.75
"""The height of what does not compare."""
THREAD_HEIGHT = 0.08
_PAUSE_HEIGHT = 0.0


class _Edge(Struct, frozen=True):
    """An end of a bar: where it is, and whether that is not exact."""

    x: float
    is_soft: bool


def lanes_of(context: FigureContext) -> tuple[Lane, ...]:
    """Return a lane for each agent: by class, then by first start; unknown starts come last."""
    groups: dict[str, list[Treatment]] = {}
    for treatment in sorted(context.trend.treatments, key=start_order):
        groups.setdefault(lane_key(treatment), []).append(treatment)
    lanes = (_lane(key, group, context) for key, group in groups.items())
    return tuple(sorted(lanes, key=_class_of))


def _class_of(lane: Lane) -> int:
    return CLASS_ORDER.index(lane.colour)


def _lane(key: str, treatments: Sequence[Treatment], context: FigureContext) -> Lane:
    first, day, words = treatments[0], context.trend.last_day, context.words
    heights = _heights([run.step for each in treatments for run in runs_of(each)])
    return Lane(
        key=key,
        label=plain_name(first, words) if context.is_simple else agent_name(first, words),
        colour=agent_class(first),
        bars=tuple(bar for each in treatments for bar in _bars(each, heights, context)),
        words="" if context.is_simple else course_words(treatments, day, words),
        weight="" if context.is_simple else _weight_words(treatments, context),
    )


def _weight_words(treatments: Sequence[Treatment], context: FigureContext) -> str:
    """Return the last weight where what is given day by day, or planned, goes by it."""
    day, words = context.trend.last_day, context.words
    today = PartialDate.of(day)
    runs = (run for treatment in treatments for run in runs_of(treatment))
    now = (
        run
        for run in runs
        if run.is_planned(day) or (run.touches(today) and not run.facts.is_single)
    )
    told = (beside_dose(run, context.weights, day, words) for run in now)
    return next(filter(None, told), "")


def _heights(steps: Sequence[DoseStep]) -> dict[str, float]:
    """Return each step's height: a share of the highest dose like it.

    In a lane of unlike doses, one that stands alone of its kind, or only repeats, has the fixed
    height: nothing would compare with it.
    """
    heights = {step.id: _PAUSE_HEIGHT if step.facts.is_pause else EQUAL_HEIGHT for step in steps}
    alike: dict[tuple[str, str, str], list[DoseStep]] = {}
    for step in steps:
        if not step.facts.is_pause:
            alike.setdefault(like(step), []).append(step)
    for group in alike.values():
        doses = {step.facts.dose for step in group}
        if compares(group[0]) and (len(alike) == 1 or len(doses) > 1):
            heights |= {step.id: float(step.facts.dose / max(doses)) for step in group}
    return heights


def _bars(
    treatment: Treatment, heights: Mapping[str, float], context: FigureContext
) -> Iterator[Bar]:
    """Yield the bars of a treatment; the last one says where it was stopped for a known reason."""
    if context.is_simple:
        yield from _simple_bars(treatment, context)
        return
    bars = tuple(_full_bars(treatment, heights, context))
    is_known = bool(stop_reason_words(treatment, context.trend.last_day, context.words))
    last = max(bars, key=_stop_of) if is_known else None
    for bar in bars:
        yield replace(bar, has_reason=True) if bar is last else bar


def _stop_of(bar: Bar) -> float:
    return bar.stop


def _full_bars(
    treatment: Treatment, heights: Mapping[str, float], context: FigureContext
) -> Iterator[Bar]:
    """Yield a treatment's dose steps, over a thin bar where they do not fill its whole span."""
    steps = tuple(_step_bars(treatment, heights, context))
    if not steps:
        yield from _whole_bars(treatment, EQUAL_HEIGHT, context)
        return
    for thread in _whole_bars(treatment, THREAD_HEIGHT, context):
        if not thread.is_planned and not _is_filled(thread, steps):
            yield thread
    yield from steps


def _simple_bars(treatment: Treatment, context: FigureContext) -> Iterator[Bar]:
    """Yield the whole span without its pauses."""
    pauses = [
        bar
        for run in runs_of(treatment)
        if run.facts.is_pause and not run.is_planned(context.trend.last_day)
        for bar in _lasting_bars(treatment, run, _PAUSE_HEIGHT, context)
        if not bar.is_planned
    ]
    for whole in _whole_bars(treatment, EQUAL_HEIGHT, context):
        yield from [whole] if whole.is_planned else _without(whole, pauses)


def _without(whole: Bar, pauses: Iterable[Bar]) -> Iterator[Bar]:
    left: Bar | None = whole
    for pause in sorted(pauses, key=_start_of):
        if left is None or pause.stop <= left.start:
            continue
        if pause.start > left.start:
            yield replace(left, stop=pause.start, soft_stop=pause.soft_start, is_running=False)
        is_over = pause.stop >= left.stop
        left = None if is_over else replace(left, start=pause.stop, soft_start=pause.soft_stop)
    if left is not None:
        yield left


def _whole_bars(treatment: Treatment, height: float, context: FigureContext) -> Iterator[Bar]:
    facts = treatment.facts
    standing = standing_on(treatment, context.trend.last_day)
    end = end_of(treatment) if standing is Standing.ENDED else facts.stop
    start, stop = _edges(facts.start, end, context)
    bar = Bar(
        start=start.x,
        stop=stop.x,
        height=height,
        soft_start=start.is_soft,
        soft_stop=stop.is_soft,
        is_running=standing is Standing.RUNNING
        and facts.stop is None
        and not context.trend.is_over,
        told=_treatment_told(treatment, context),
        is_planned=standing is Standing.PLANNED,
    )
    yield from _parted(bar, facts.stop, context)


def _parted(bar: Bar, stop: PartialDate | None, context: FigureContext) -> Iterator[Bar]:
    """Yield a bar that has begun up to the day the figure stands at, and what is planned of it."""
    if bar.is_planned or not is_ahead(stop, context.trend.last_day):
        yield bar
        return
    yield replace(bar, stop=context.today, soft_stop=False)
    yield replace(bar, start=context.today, soft_start=False, is_planned=True)


def _is_filled(whole: Bar, steps: Sequence[Bar]) -> bool:
    """Whether the steps leave no day of the whole span open; one dose fills one day."""
    if whole.stop - whole.start <= 1:
        return True
    reached = whole.start
    for step in sorted(steps, key=_start_of):
        if step.start > reached:
            return False
        if step.height > _PAUSE_HEIGHT:
            reached = max(reached, step.stop)
    return reached >= whole.stop


def _start_of(bar: Bar) -> float:
    return bar.start


def _edges(
    start: PartialDate | None, stop: PartialDate | None, context: FigureContext
) -> tuple[_Edge, _Edge]:
    """Return both ends in order: short dates that overlap are taken as far apart as they may.

    What has begun, or ended, on an unknown day of a period that reaches beyond the day the figure
    stands at has done so by that day.
    """
    begin, end = _start_edge(start, context), _stop_edge(start, stop, context)
    if start is not None and end.x <= begin.x:
        begin = _Edge(context.ruler.begin(start), begin.is_soft)
        end = _Edge(end.x if stop is None else context.ruler.end(stop), end.is_soft)
    as_of = context.trend.last_day
    if not is_ahead(start, as_of):
        begin = _Edge(min(begin.x, context.today), begin.is_soft)
        if not is_ahead(stop, as_of):
            end = _Edge(min(end.x, context.today), end.is_soft)
    return begin, _Edge(max(begin.x, end.x), end.is_soft)


def _start_edge(start: PartialDate | None, context: FigureContext) -> _Edge:
    """Return where a bar begins; one without a start comes in softly from the left edge."""
    if start is None:
        return _Edge(context.extent.lowest, is_soft=True)
    return _Edge(context.ruler.at(start), is_soft=not start.is_full)


def _stop_edge(
    start: PartialDate | None, stop: PartialDate | None, context: FigureContext
) -> _Edge:
    """Return where a bar ends: after its last day, or after the day the figure stands at.

    A treatment that has run far beyond everything else ends with the axis, and so does a planned
    one whose end is not.
    """
    if stop is None:
        is_planned = is_ahead(start, context.trend.last_day)
        highest = context.extent.highest
        return _Edge(highest if is_planned else min(context.today, highest), is_soft=False)
    if stop.is_full:
        return _Edge(context.ruler.end(stop), is_soft=False)
    return _Edge(context.ruler.at(stop), is_soft=True)


def _step_bars(
    treatment: Treatment, heights: Mapping[str, float], context: FigureContext
) -> Iterator[Bar]:
    """Yield what lasts, then single doses on top of it."""
    runs = runs_of(treatment)
    for run in runs:
        if not run.facts.is_once:
            yield from _lasting_bars(treatment, run, heights[run.step.id], context)
    for run in runs:
        if run.facts.is_once and run.start is not None:
            yield _tick_bar(treatment, run, heights[run.step.id], context)


def _tick_bar(treatment: Treatment, run: DoseRun, height: float, context: FigureContext) -> Bar:
    """Return a single dose: a bar without width, in the middle of its day."""
    at = _start_edge(run.start, context)
    x = at.x if at.is_soft else at.x + 0.5
    return Bar(
        start=x,
        stop=x,
        height=height,
        soft_start=at.is_soft,
        soft_stop=at.is_soft,
        is_running=False,
        told=_run_told(treatment, run, context),
        is_planned=run.is_planned(context.trend.last_day),
    )


def _lasting_bars(
    treatment: Treatment, run: DoseRun, height: float, context: FigureContext
) -> Iterator[Bar]:
    """Yield a step's bar; it meets the bar of the step that ended it.

    Of a pause that lies ahead nothing is drawn: hollow is what is going to be given.
    """
    start, stop = _edges(run.start, run.stop, context)
    if run.next_start is not None and run.next_start.is_full:
        stop = _Edge(max(start.x, context.ruler.begin(run.next_start)), is_soft=False)
    as_of = context.trend.last_day
    is_planned = run.is_planned(as_of)
    is_open = run.stop is None and not is_planned and not context.trend.is_over
    bar = Bar(
        start=start.x,
        stop=stop.x,
        height=height,
        soft_start=start.is_soft,
        soft_stop=stop.is_soft,
        is_running=is_open and standing_on(treatment, as_of) is Standing.RUNNING,
        told=_run_told(treatment, run, context),
        is_planned=is_planned,
    )
    if not run.facts.is_pause:
        yield from _parted(bar, run.stop, context)
    elif not bar.is_planned:
        yield replace(bar, stop=min(bar.stop, context.today))


class _TreatmentTold(Struct, frozen=True):
    """Says of a whole treatment the agent, its dates, and why it ended."""

    treatment: Treatment
    day: date
    words: Words
    is_simple: bool

    def __call__(self) -> str:
        treatment, day, words = self.treatment, self.day, self.words
        span = treatment_span_words(treatment, day, words)
        reason = "" if self.is_simple else stop_reason_words(treatment, day, words)
        return "\n".join((agent_name(treatment, words), words.dotted((span, reason))))


class _RunTold(Struct, frozen=True):
    """Says of a dose step agent and dose, its dates, and the last weight."""

    treatment: Treatment
    run: DoseRun
    weights: tuple[Measure, ...]
    day: date
    words: Words

    def __call__(self) -> str:
        run, day, words = self.run, self.day, self.words
        name, dose = agent_name(self.treatment, words), dose_words(run.step_on(day), words)
        head = words(N_("{agent} {dose}"), agent=name, dose=dose)
        told = (head, run_span_words(run, day, words), beside_dose(run, self.weights, day, words))
        return "\n".join(line for line in told if line)


def _run_told(treatment: Treatment, run: DoseRun, context: FigureContext) -> _RunTold:
    return _RunTold(treatment, run, context.weights, context.trend.last_day, context.words)


def _treatment_told(treatment: Treatment, context: FigureContext) -> _TreatmentTold:
    return _TreatmentTold(treatment, context.trend.last_day, context.words, context.is_simple)
