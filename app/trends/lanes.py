"""Treatment lanes: one for each agent, its doses in words, and a bar for each dose step.

Where the steps leave some of a treatment's span, a thin bar of the whole span runs below them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.dates import PartialDate
from app.errors import N_
from app.records.model import DoseStep, Treatment
from app.trends.context import FigureContext
from app.trends.figure import Bar, Lane
from app.trends.since import IMMUNE_ROLES, agent_class, lane_key, start_order
from app.wording.spans import from_words, span_words
from app.wording.treatments import (
    ONCE,
    agent_name,
    agree,
    dose_words,
    lane_words,
    plain_name,
)

CLASS_ORDER = (*IMMUNE_ROLES, "class_tumour", "class_symptomatic", "class_diet")
"""The classes of agents in the order of their lanes, from the first below the scores down."""
EQUAL_HEIGHT = 0.75
THREAD_HEIGHT = 0.08


@dataclass(frozen=True, slots=True)
class _Edge:
    """An end of a bar: where it is, and whether that is not exact."""

    x: float
    is_soft: bool


def lanes_of(context: FigureContext) -> tuple[Lane, ...]:
    """Return a lane for each agent: by class, then by first start; unknown starts come last."""
    groups: dict[str, list[Treatment]] = {}
    for treatment in sorted(context.trend.record.treatments, key=start_order):
        groups.setdefault(lane_key(treatment), []).append(treatment)
    lanes = (_lane(key, group, context) for key, group in groups.items())
    return tuple(sorted(lanes, key=_class_of))


def _class_of(lane: Lane) -> int:
    return CLASS_ORDER.index(lane.colour)


def _lane(key: str, treatments: Sequence[Treatment], context: FigureContext) -> Lane:
    first, words = treatments[0], context.words
    steps = [step for treatment in treatments for step in treatment.doses]
    heights = _heights(steps)
    return Lane(
        key=key,
        label=plain_name(first, words) if context.is_simple else agent_name(first, words),
        colour=agent_class(first),
        bars=tuple(bar for each in treatments for bar in _bars(each, heights, context)),
        words="" if context.is_simple else lane_words(steps, words),
    )


def _heights(steps: Sequence[DoseStep]) -> dict[str, float]:
    """Return each step's height; equal ones unless one unit and frequency hold for the lane."""
    highest = max((step.facts.dose for step in steps), default=Decimal(0))
    if not agree(steps) or highest == 0:
        return {step.id: EQUAL_HEIGHT for step in steps}
    return {step.id: float(step.facts.dose / highest) for step in steps}


def _bars(
    treatment: Treatment, heights: Mapping[str, float], context: FigureContext
) -> Iterator[Bar]:
    """Yield a treatment's dose steps, over a thin bar where they do not fill its whole span."""
    steps = () if context.is_simple else tuple(_step_bars(treatment, heights, context))
    if not steps:
        yield _whole_bar(treatment, EQUAL_HEIGHT, context)
        return
    thread = _whole_bar(treatment, THREAD_HEIGHT, context)
    if not _is_filled(thread, steps):
        yield thread
    yield from steps


def _whole_bar(treatment: Treatment, height: float, context: FigureContext) -> Bar:
    start, stop = _edges(treatment.facts.start, treatment.facts.stop, context)
    return Bar(
        start=start.x,
        stop=stop.x,
        height=height,
        soft_start=start.is_soft,
        soft_stop=stop.is_soft,
        is_running=_is_running(treatment, context),
        words=_treatment_words(treatment, context),
    )


def _is_filled(whole: Bar, steps: Sequence[Bar]) -> bool:
    """Whether the steps leave no day of the whole span open; one dose fills one day."""
    if whole.stop - whole.start <= 1:
        return True
    reached = whole.start
    for step in sorted(steps, key=_start_of):
        if step.start > reached:
            return False
        reached = max(reached, step.stop)
    return reached >= whole.stop


def _start_of(bar: Bar) -> float:
    return bar.start


def _is_running(treatment: Treatment, context: FigureContext) -> bool:
    start = treatment.facts.start
    return treatment.facts.stop is None and (start is None or start.first <= context.trend.as_of)


def _edges(
    start: PartialDate | None, stop: PartialDate | None, context: FigureContext
) -> tuple[_Edge, _Edge]:
    """Return both ends in order: short dates that overlap are taken as far apart as they may."""
    begin, end = _start_edge(start, context), _stop_edge(stop, context)
    if start is not None and end.x <= begin.x:
        begin = _Edge(context.ruler.begin(start), begin.is_soft)
        end = _Edge(end.x if stop is None else context.ruler.end(stop), end.is_soft)
    return begin, _Edge(max(begin.x, end.x), end.is_soft)


def _start_edge(start: PartialDate | None, context: FigureContext) -> _Edge:
    """Return where a bar begins; one without a start comes in softly from the left edge."""
    if start is None:
        return _Edge(context.extent.lowest, is_soft=True)
    return _Edge(context.ruler.at(start), is_soft=not start.is_full)


def _stop_edge(stop: PartialDate | None, context: FigureContext) -> _Edge:
    """Return where a bar ends: after its last day, or after the day the figure stands at.

    A treatment that has run far beyond everything else ends with the axis.
    """
    if stop is None:
        as_of = context.ruler.day(context.trend.as_of) + 1
        return _Edge(min(as_of, context.extent.highest), is_soft=False)
    if stop.is_full:
        return _Edge(context.ruler.end(stop), is_soft=False)
    return _Edge(context.ruler.at(stop), is_soft=True)


def _step_bars(
    treatment: Treatment, heights: Mapping[str, float], context: FigureContext
) -> Iterator[Bar]:
    lasting = sorted((s for s in treatment.doses if s.facts.frequency != ONCE), key=_step_key)
    for step, following in zip(lasting, (*lasting, None)[1:], strict=True):
        yield _lasting_bar(treatment, step, following, heights[step.id], context)
    for step in sorted(treatment.doses, key=_step_key):
        known = step.facts.start or treatment.facts.start
        if step.facts.frequency == ONCE and known is not None:
            yield _tick_bar(
                treatment, step, _start_edge(known, context), heights[step.id], context
            )


def _step_key(step: DoseStep) -> tuple[int, str]:
    return (0 if step.facts.start is None else step.facts.start.first.toordinal()), step.id


def _tick_bar(
    treatment: Treatment, step: DoseStep, at: _Edge, height: float, context: FigureContext
) -> Bar:
    """Return a single dose: a bar without width, in the middle of its day."""
    x = at.x if at.is_soft else at.x + 0.5
    return Bar(
        start=x,
        stop=x,
        height=height,
        soft_start=at.is_soft,
        soft_stop=at.is_soft,
        is_running=False,
        words=_step_words(treatment, step, context),
    )


def _lasting_bar(
    treatment: Treatment,
    step: DoseStep,
    following: DoseStep | None,
    height: float,
    context: FigureContext,
) -> Bar:
    """Return a step's bar; without a stop of its own it lasts until the next step begins."""
    start, stop = _edges(
        step.facts.start or treatment.facts.start, step.facts.stop or treatment.facts.stop, context
    )
    next_x = _next_start(start, following, context)
    is_cut = next_x is not None and (step.facts.stop is None or stop.x - 1 <= next_x < stop.x)
    if is_cut and next_x is not None:
        stop = _Edge(next_x, is_soft=False)
    is_open = step.facts.stop is None
    return Bar(
        start=start.x,
        stop=stop.x,
        height=height,
        soft_start=start.is_soft,
        soft_stop=stop.is_soft,
        is_running=is_open and not is_cut and _is_running(treatment, context),
        words=_step_words(treatment, step, context, ends_with_next=is_open and is_cut),
    )


def _next_start(start: _Edge, following: DoseStep | None, context: FigureContext) -> float | None:
    if following is None or following.facts.start is None:
        return None
    x = context.ruler.at(following.facts.start)
    return x if x > start.x else None


def _treatment_words(treatment: Treatment, context: FigureContext) -> str:
    """Return what hovering a whole treatment says: the agent and its dates."""
    name = agent_name(treatment, context.words)
    return "\n".join(
        (name, span_words(treatment.facts.start, treatment.facts.stop, context.words))
    )


def _step_words(
    treatment: Treatment, step: DoseStep, context: FigureContext, *, ends_with_next: bool = False
) -> str:
    """Return what hovering a dose step says: the agent, the dose, and its dates.

    One that ends where the next begins has not gone on “since” its start.
    """
    words = context.words
    head = words(
        N_("{agent} {dose}"),
        agent=agent_name(treatment, words),
        dose=dose_words(step, words),
    )
    start = step.facts.start or treatment.facts.start
    if step.facts.frequency == ONCE:
        dates = words.short_date(start)
    elif ends_with_next:
        dates = from_words(start, words)
    else:
        dates = span_words(start, step.facts.stop or treatment.facts.stop, words)
    return "\n".join((head, dates))
