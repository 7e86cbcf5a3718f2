"""How much of the time axis is shown: the stretches that can be chosen, each by its rule."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from app.errors import N_
from app.trends.axis import LEAST_DAYS, Extent
from app.trends.context import FigureContext
from app.trends.model import Point, Series


class Span(StrEnum):
    """A stretch that can be chosen."""

    THREE_MONTHS = "three_months"
    YEAR = "year"
    ALL = "all"
    AROUND = "around_start"
    ONSET = "since_onset"
    FOCUS = "focus"


SPAN_TITLES = {
    Span.THREE_MONTHS: N_("3 months"),
    Span.YEAR: N_("1 year"),
    Span.ALL: N_("All"),
    Span.AROUND: N_("Around the start"),
    Span.ONSET: N_("Since onset"),
    Span.FOCUS: N_("Focus"),
}
_RECENT = {Span.THREE_MONTHS: 91.0, Span.YEAR: 365.0}
_BEFORE_START, _AFTER_START = 30.0, 182.0
_AIR = 0.05
_WORTH_IT = 35.0
"""A stretch is offered where it leaves out so many days."""
_BUSY = 0.6
"""The busiest stretch is offered where it is at most so much of the whole."""
_CHANGE = Decimal(1)


def spans_of(context: FigureContext) -> tuple[Span, ...]:
    """Return the stretches worth choosing, the whole among them, in the order of ``Span``."""
    whole = context.extent
    return tuple(
        span
        for span in Span
        if span is Span.ALL or _is_offered(span, window_of(span, context), whole)
    )


def window_of(span: Span, context: FigureContext) -> Extent:
    """Return the stretch of the axis that a choice shows; the whole where there is no such one.

    The last months and the last year end with the day the figure stands at, or with the last
    visit where that is longer ago than they reach: it is never left out. Around a start are the
    30 days before it, in which the baseline is looked for, and half a year. Since onset reaches to
    the end. The focus goes from the first start of a treatment to the last change of a total by at
    least one point after it: short busy weeks before a long quiet time.
    """
    found = _stretch(span, context)
    if found is None:
        return context.extent
    return _held(found, context.extent, LEAST_DAYS[context.ruler.kind])


def _stretch(span: Span, context: FigureContext) -> Extent | None:
    if span in _RECENT:
        return _recent(_RECENT[span], context)
    if span is Span.AROUND:
        return _around(context)
    if span is Span.ONSET:
        return _since_onset(context)
    return _busiest(context) if span is Span.FOCUS else None


def _is_offered(span: Span, window: Extent, whole: Extent) -> bool:
    if span is Span.FOCUS:
        return window.width <= whole.width * _BUSY
    return window.width < whole.width - _WORTH_IT


def _held(wanted: Extent, whole: Extent, least: float) -> Extent:
    """Return a stretch inside the whole, and no narrower than can be read."""
    lacking = max(0.0, least - wanted.width) / 2
    lowest, highest = wanted.lowest - lacking, wanted.highest + lacking
    return Extent(max(lowest, whole.lowest), min(highest, whole.highest))


def _recent(days: float, context: FigureContext) -> Extent:
    last = max((context.ruler.end(each.date) for each in _points(context)), default=None)
    end = min(context.today, context.extent.highest)
    if last is not None and (last > end or last < end - days):
        end = last + days * _AIR
    return Extent(end - days, end)


def _around(context: FigureContext) -> Extent | None:
    chosen = context.chosen
    if chosen is None or chosen.facts.start is None:
        return None
    start = context.ruler.at(chosen.facts.start)
    return Extent(start - _BEFORE_START, start + _AFTER_START)


def _since_onset(context: FigureContext) -> Extent | None:
    onset = context.trend.record.patient.facts.onset_date
    if onset is None:
        return None
    begun, highest = context.ruler.begin(onset), context.extent.highest
    return Extent(begun - max(0.0, highest - begun) * _AIR, highest)


def _busiest(context: FigureContext) -> Extent | None:
    starts = [
        context.ruler.begin(each.facts.start)
        for each in context.trend.begun
        if each.facts.start is not None
    ]
    changes = [x for each in context.trend.series for x in _changes(each, context)]
    after = [x for x in changes if starts and x > min(starts)]
    if not after:
        return None
    first, last = min(starts), max(after)
    air = (last - first) * _AIR
    return Extent(first - air, last + air)


def _changes(series: Series, context: FigureContext) -> Iterator[float]:
    """Give where a total differs from the one before it by a point or more."""
    before: Decimal | None = None
    for point in sorted(series.points, key=context.place):
        if point.total is None:
            continue
        if before is not None and abs(point.total - before) >= _CHANGE:
            yield context.place(point)
        before = point.total


def _points(context: FigureContext) -> tuple[Point, ...]:
    return tuple(point for series in context.trend.series for point in series.points)
