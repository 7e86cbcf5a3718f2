"""The bars of one treatment: its dose steps, and its whole span where they leave some of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.dates import PartialDate
from app.errors import N_
from app.records.model import DoseStep, Treatment
from app.trends.doses import ONCE, dose_words
from app.trends.figure import Bar
from app.trends.paper import Paper
from app.trends.starts import agent_name

EQUAL_HEIGHT = 0.75
THREAD_HEIGHT = 0.08


@dataclass(frozen=True, slots=True)
class _Edge:
    """An end of a bar: where it is, and whether that is not exact."""

    x: float
    is_soft: bool


def bars_of(treatment: Treatment, heights: Mapping[str, float], paper: Paper) -> Iterator[Bar]:
    """Yield a treatment's dose steps, over a thin bar where they do not fill its whole span."""
    steps = () if paper.is_simple else tuple(_step_bars(treatment, heights, paper))
    if not steps:
        yield _whole_bar(treatment, EQUAL_HEIGHT, paper)
        return
    thread = _whole_bar(treatment, THREAD_HEIGHT, paper)
    if not _is_filled(thread, steps):
        yield thread
    yield from steps


def _whole_bar(treatment: Treatment, height: float, paper: Paper) -> Bar:
    start, stop = _edges(treatment.facts.start, treatment.facts.stop, paper)
    return Bar(
        start=start.x,
        stop=stop.x,
        height=height,
        soft_start=start.is_soft,
        soft_stop=stop.is_soft,
        is_running=_is_running(treatment, paper),
        words=_treatment_words(treatment, paper),
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


def _is_running(treatment: Treatment, paper: Paper) -> bool:
    start = treatment.facts.start
    return treatment.facts.stop is None and (start is None or start.first <= paper.trend.as_of)


def _edges(
    start: PartialDate | None, stop: PartialDate | None, paper: Paper
) -> tuple[_Edge, _Edge]:
    """Return both ends in order: short dates that overlap are taken as far apart as they may."""
    begin, end = _start_edge(start, paper), _stop_edge(stop, paper)
    if start is not None and end.x <= begin.x:
        begin = _Edge(paper.ruler.begin(start), begin.is_soft)
        end = _Edge(end.x if stop is None else paper.ruler.end(stop), end.is_soft)
    return begin, _Edge(max(begin.x, end.x), end.is_soft)


def _start_edge(start: PartialDate | None, paper: Paper) -> _Edge:
    """Return where a bar begins; one without a start comes in softly from the left edge."""
    if start is None:
        return _Edge(paper.extent.lowest, is_soft=True)
    return _Edge(paper.ruler.at(start), is_soft=not start.is_full)


def _stop_edge(stop: PartialDate | None, paper: Paper) -> _Edge:
    """Return where a bar ends: after its last day, or after the day the figure stands at.

    A treatment that has run far beyond everything else ends with the axis.
    """
    if stop is None:
        as_of = paper.ruler.day(paper.trend.as_of) + 1
        return _Edge(min(as_of, paper.extent.highest), is_soft=False)
    if stop.is_full:
        return _Edge(paper.ruler.end(stop), is_soft=False)
    return _Edge(paper.ruler.at(stop), is_soft=True)


def _step_bars(treatment: Treatment, heights: Mapping[str, float], paper: Paper) -> Iterator[Bar]:
    lasting = sorted((s for s in treatment.doses if s.facts.frequency != ONCE), key=_step_key)
    for step, following in zip(lasting, (*lasting, None)[1:], strict=True):
        yield _lasting_bar(treatment, step, following, heights[step.id], paper)
    for step in sorted(treatment.doses, key=_step_key):
        known = step.facts.start or treatment.facts.start
        if step.facts.frequency == ONCE and known is not None:
            yield _tick_bar(treatment, step, _start_edge(known, paper), heights[step.id], paper)


def _step_key(step: DoseStep) -> tuple[int, str]:
    return (0 if step.facts.start is None else step.facts.start.first.toordinal()), step.id


def _tick_bar(treatment: Treatment, step: DoseStep, at: _Edge, height: float, paper: Paper) -> Bar:
    """Return a single dose: a bar without width, in the middle of its day."""
    x = at.x if at.is_soft else at.x + 0.5
    return Bar(
        start=x,
        stop=x,
        height=height,
        soft_start=at.is_soft,
        soft_stop=at.is_soft,
        is_running=False,
        words=_step_words(treatment, step, paper),
    )


def _lasting_bar(
    treatment: Treatment,
    step: DoseStep,
    following: DoseStep | None,
    height: float,
    paper: Paper,
) -> Bar:
    """Return a step's bar; without a stop of its own it lasts until the next step begins."""
    start, stop = _edges(
        step.facts.start or treatment.facts.start, step.facts.stop or treatment.facts.stop, paper
    )
    next_x = _next_start(start, following, paper)
    is_cut = next_x is not None and (step.facts.stop is None or stop.x - 1 <= next_x < stop.x)
    if is_cut and next_x is not None:
        stop = _Edge(next_x, is_soft=False)
    return Bar(
        start=start.x,
        stop=stop.x,
        height=height,
        soft_start=start.is_soft,
        soft_stop=stop.is_soft,
        is_running=step.facts.stop is None and not is_cut and _is_running(treatment, paper),
        words=_step_words(treatment, step, paper),
    )


def _next_start(start: _Edge, following: DoseStep | None, paper: Paper) -> float | None:
    if following is None or following.facts.start is None:
        return None
    x = paper.ruler.at(following.facts.start)
    return x if x > start.x else None


def _treatment_words(treatment: Treatment, paper: Paper) -> str:
    """Return what hovering a whole treatment says: the agent and its dates."""
    name = agent_name(treatment, paper.words)
    return "\n".join((name, span_words(treatment.facts.start, treatment.facts.stop, paper)))


def _step_words(treatment: Treatment, step: DoseStep, paper: Paper) -> str:
    """Return what hovering a dose step says: the agent, the dose, and its dates."""
    words = paper.words
    head = words(
        N_("{agent} {dose}"),
        agent=agent_name(treatment, words),
        dose=dose_words(step, words),
    )
    start = step.facts.start or treatment.facts.start
    if step.facts.frequency == ONCE:
        return "\n".join((head, words.short_date(start)))
    return "\n".join((head, span_words(start, step.facts.stop or treatment.facts.stop, paper)))


def span_words(start: PartialDate | None, stop: PartialDate | None, paper: Paper) -> str:
    """Return from when to when: “since 3 Jan 2025”, “start not recorded, to 9 Feb 2025”."""
    words = paper.words
    if stop is None:
        text = N_("since {start}") if start else N_("start not recorded, still running")
    else:
        text = N_("{start} to {stop}") if start else N_("start not recorded, to {stop}")
    return words(text, start=words.short_date(start), stop=words.short_date(stop))
