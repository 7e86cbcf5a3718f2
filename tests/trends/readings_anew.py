"""What each series did since each start, with every total read anew for every start.

The plainest way to the published numbers: nothing is kept from one start to the next, and nothing
is found by halves. It is slow on purpose.
"""

from decimal import Decimal

from app.dates import PartialDate, days_between
from app.records.model import Treatment
from app.trends.model import DatedTotal, Series
from app.trends.since import started

Found = tuple[DatedTotal | None, ...]
"""Baseline, first lower, first zero, best and last."""


def found_anew(series: Series, treatments: tuple[Treatment, ...], days: int = 30) -> list[Found]:
    """Return what a series did since each start, by start, then id."""
    return [_found(series, start, days) for _, start in started(treatments)]


def _found(series: Series, start: PartialDate, days: int) -> Found:
    before = [each for each in _readings(series, start) if _is_baseline(each, start, days)]
    after = [each for each in _readings(series, start) if each.date.first > start.last]
    baseline = before[-1] if before else None
    lower = [each for each in after if baseline is not None and each.total < baseline.total]
    zeros = [each for each in after if each.total == 0]
    best = sorted(after, key=_total)  # a sort keeps the earliest of equals in front
    return baseline, *(each[0] if each else None for each in (lower, zeros, best, after[-1:]))


def _total(reading: DatedTotal) -> Decimal:
    return reading.total


def _is_baseline(reading: DatedTotal, start: PartialDate, days: int) -> bool:
    is_before = reading.date.last < start.first or reading.date == start
    return is_before and (start.last - reading.date.first).days <= days


def _readings(series: Series, start: PartialDate) -> list[DatedTotal]:
    return [
        DatedTotal(
            point.visit,
            point.visit_id,
            point.date,
            days_between(start, point.date),
            total,
            point.version,
        )
        for point in series.points
        if (total := point.total) is not None
    ]
