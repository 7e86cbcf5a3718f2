"""How far the time axis reaches: over everything recorded, with a little air on both sides."""

from collections.abc import Iterator

from app.dates import PartialDate
from app.records.model import Treatment
from app.trends.figure import AxisKind
from app.trends.model import Trend
from app.trends.ruler import Ruler
from app.trends.series import counted_visits
from app.trends.ticks import Extent

_LEAST_DAYS = {AxisKind.DATE: 14.0, AxisKind.SINCE: 14.0, AxisKind.AGE: 92.0}
_AIR = 0.03
_MOST_RUNNING = 0.5
_LEAST_RUNNING = 61.0


def whole_extent(trend: Trend, ruler: Ruler) -> Extent:
    """Return the stretch that holds every visit, treatment and event, never less than two weeks.

    A treatment that still runs reaches to the day the figure stands at, but not so far that it
    presses everything else together; an empty record shows that day.
    """
    today = ruler.day(trend.as_of) + 1
    places = sorted(_places(trend, ruler)) or [today]
    lowest, highest = places[0], places[-1]
    if any(treatment.facts.stop is None for treatment in trend.record.treatments):
        most = highest + max((highest - lowest) * _MOST_RUNNING, _LEAST_RUNNING)
        highest = max(highest, min(today, most))
    lacking = max(0.0, _LEAST_DAYS[ruler.kind] - (highest - lowest)) / 2
    air = max(highest - lowest, _LEAST_DAYS[ruler.kind]) * _AIR
    return Extent(lowest - lacking - air, highest + lacking + air)


def window_of(whole: Extent, kind: AxisKind, days: int | None) -> Extent:
    """Return the last so many days of the whole, or all of it.

    Counted from a start it is the first so many days after it, with a tenth of them before.
    """
    if days is None or days >= whole.width:
        return whole
    if kind is AxisKind.SINCE:
        return Extent(max(whole.lowest, -0.1 * days), float(days))
    return Extent(whole.highest - days, whole.highest)


def _places(trend: Trend, ruler: Ruler) -> Iterator[float]:
    record = trend.record
    for visit in counted_visits(record):
        yield from _span(ruler, visit.facts.date)
    for event in record.events:
        yield from _span(ruler, event.facts.date)
        yield from _span(ruler, event.facts.stop)
    for treatment in record.treatments:
        yield from _treatment_places(ruler, treatment)
    if ruler.kind is AxisKind.SINCE:
        yield 0.0


def _treatment_places(ruler: Ruler, treatment: Treatment) -> Iterator[float]:
    yield from _span(ruler, treatment.facts.start)
    yield from _span(ruler, treatment.facts.stop)
    for step in treatment.doses:
        yield from _span(ruler, step.facts.start)
        yield from _span(ruler, step.facts.stop)


def _span(ruler: Ruler, when: PartialDate | None) -> tuple[float, ...]:
    return () if when is None else (ruler.begin(when), ruler.end(when))
