"""Time at zero and the unit's rule once more, naive and slow, nothing shared with what it checks.

A reading is the days that its date may mean, its total and the version of its scale. What is asked
of dates that are not exact is asked of every way in which they can be meant.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from tests.trends.second_opinion import days_of

Period = tuple[date, ...]


class Reading(NamedTuple):
    """A visit's date as written, its total or none, and the version it was scored by."""

    written: str
    total: Fraction | None
    version: str = "1"

    @property
    def days(self) -> Period:
        """Every day that the date may mean."""
        return days_of(self.written)


def zero_days(readings: Sequence[Reading], relapses: Sequence[Period]) -> tuple[int, int | None]:
    """Return the longest time at zero and that up to the last reading, in days, of exact dates.

    ``None`` where the last reading is no zero, or a relapse came with it or since.
    """
    longest, present = 0, None
    if readings[-1].total == 0 and all(max(r) < readings[-1].days[0] for r in relapses):
        present = 0
    for i, j in product(range(len(readings)), repeat=2):
        if i <= j and _is_at_zero(readings, i, j, relapses):
            days = (readings[j].days[0] - readings[i].days[0]).days
            longest = max(longest, days)
            if j == len(readings) - 1 and present is not None:
                present = max(present, days)
    return longest, present


def _is_at_zero(readings: Sequence[Reading], i: int, j: int, relapses: Sequence[Period]) -> bool:
    first, last = readings[i].days[0], readings[j].days[0]
    within = readings[i : j + 1]
    beside = [r for r in readings if first <= r.days[0] <= last]
    return (
        all(r.total == 0 for r in (*within, *beside))
        and len({r.version for r in within}) == 1
        and not any(first <= day <= last for relapse in relapses for day in relapse)
    )


def meant(periods: Sequence[Period]) -> Iterator[tuple[date, ...]]:
    """Yield the ways in which dates can be meant, at the days where an order can turn."""
    edges = {day for period in periods for day in (period[0], period[-1])}
    yield from product(*([day for day in period if day in edges] for period in periods))


class Rise(NamedTuple):
    """What the rule finds: the best, the last total, and whether two days certainly stand so."""

    best: Fraction
    last: Fraction
    is_confirmed: bool


def rise(readings: Sequence[Reading], points: Fraction, since: Sequence[Period]) -> Rise | None:
    """Return the rise that stands in every way the dates can be meant; readings are in order."""
    window = _window(readings, since)
    totals = [reading.total for reading in window if reading.total is not None]
    if not totals:
        return None
    best = min(totals)
    is_high = [total >= best + points for total in totals]
    ways = list(meant([reading.days for reading in window]))
    if not all(_ends_high(way, is_high) for way in ways):
        return None
    return Rise(best, totals[-1], all(_stands_twice(way, is_high, ways) for way in ways))


def _window(readings: Sequence[Reading], since: Sequence[Period]) -> list[Reading]:
    """Return the readings after every relapse and the start, back to another version."""
    kept: list[Reading] = []
    for reading in readings[::-1]:
        is_after = all(day > end for period in since for end in period for day in reading.days)
        if reading.total is None or not is_after:
            continue
        if kept and reading.version != kept[0].version:
            break
        kept.insert(0, reading)
    return kept


def _ends_high(way: Sequence[date], is_high: Sequence[bool]) -> bool:
    """Whether nothing low stands on the latest day or after it."""
    return all(high for day, high in zip(way, is_high, strict=True) if day == max(way))


def _stands_twice(
    way: Sequence[date], is_high: Sequence[bool], ways: Sequence[Sequence[date]]
) -> bool:
    """Whether two days are high, of those that are after everything low however it is meant."""
    lows = [day for one in ways for day, high in zip(one, is_high, strict=True) if not high]
    certain = [
        number
        for number, high in enumerate(is_high)
        if high and all(one[number] > max(lows) for one in ways)
    ]
    return len({way[number] for number in certain}) > 1
