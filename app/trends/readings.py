"""The totals of a series, read once: each start then finds its own by halves."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from app.dates import PartialDate
from app.trends.model import Point
from app.trends.series import total_of


class Readings(Struct, frozen=True):
    """The points of a series that have a total, in its order; a place is where one stands there.

    ``firsts`` are the first days of their dates, ``lower`` the place of the next lower total
    after each (their number where there is none), ``zeros`` the places of those that are 0.
    """

    points: tuple[Point, ...]
    firsts: tuple[int, ...]
    lower: tuple[int, ...]
    zeros: tuple[int, ...]

    def baseline(self, start: PartialDate, days: int) -> Point | None:
        """Return the last total before or on a start, at most so many days before it."""
        oldest = bisect_left(self.firsts, start.last.toordinal() - days)
        newest = bisect_right(self.firsts, start.first.toordinal())
        near = reversed(self.points[oldest:newest])
        return next((p for p in near if p.date.last < start.first or p.date == start), None)

    def after(self, start: PartialDate) -> int:
        """Return the place from which on whole periods lie after a start's."""
        return bisect_right(self.firsts, start.last.toordinal())

    def falls(self, place: int) -> Iterator[Point]:
        """Yield what is lower than all since a place, itself first; the lowest comes last."""
        while place < len(self.points):
            yield self.points[place]
            place = self.lower[place]

    def zero(self, place: int) -> Point | None:
        """Return the first 0 from a place on."""
        found = bisect_left(self.zeros, place)
        return self.points[self.zeros[found]] if found < len(self.zeros) else None


def readings_of(points: Iterable[Point]) -> Readings:
    """Read a series, whose points stand by the first days of their dates."""
    scored = tuple(point for point in points if point.total is not None)
    totals = tuple(total_of(point) for point in scored)
    return Readings(
        points=scored,
        firsts=tuple(point.date.first.toordinal() for point in scored),
        lower=_next_lower(totals),
        zeros=tuple(place for place, total in enumerate(totals) if total == 0),
    )


def _next_lower(totals: Sequence[Decimal]) -> tuple[int, ...]:
    """Return, for each total, the place of the first lower one after it."""
    found = [len(totals)] * len(totals)
    waiting: list[int] = []
    for place, total in enumerate(totals):
        while waiting and total < totals[waiting[-1]]:
            found[waiting.pop()] = place
        waiting.append(place)
    return tuple(found)
