"""Which full copies stay: many of the last days, fewer of the last months."""

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec import Struct

LARGE = 500_000_000
"""From this size of the records on, in bytes, fewer copies are kept."""
BEFORE_RISK = 3
"""So many of the copies that were made before something risky stay besides all others."""


class _Tiers(Struct, frozen=True):
    """How many stay: the newest ones, and one each of so many days, weeks and months."""

    newest: int
    days: int
    weeks: int
    months: int


_USUAL = _Tiers(newest=2, days=7, weeks=4, months=12)
_FOR_LARGE = _Tiers(newest=2, days=2, weeks=2, months=2)


def kept(moments: Iterable[datetime], size: int) -> frozenset[datetime]:
    """Return which copies stay, by the moment of each; ``size`` is that of the records.

    Of a day, a week or a month the last copy stays. Only those count that have a copy at all, so
    neither a long holiday nor a clock that is wrong sends any away.
    """
    tiers = _FOR_LARGE if size > LARGE else _USUAL
    found = sorted(set(moments), reverse=True)
    return frozenset(found[: tiers.newest]).union(
        _last_of_each(found, _day, tiers.days),
        _last_of_each(found, _week, tiers.weeks),
        _last_of_each(found, _month, tiers.months),
    )


def _last_of_each(
    found: list[datetime], period: Callable[[datetime], tuple[int, ...]], count: int
) -> list[datetime]:
    """Return the last copy of each of the last periods; ``found`` begins with the newest."""
    last: dict[tuple[int, ...], datetime] = {}
    for moment in found:
        last.setdefault(period(moment), moment)
    return list(last.values())[:count]


def _day(moment: datetime) -> tuple[int, ...]:
    return moment.year, moment.month, moment.day


def _week(moment: datetime) -> tuple[int, ...]:
    return tuple(moment.isocalendar()[:2])


def _month(moment: datetime) -> tuple[int, ...]:
    return moment.year, moment.month
