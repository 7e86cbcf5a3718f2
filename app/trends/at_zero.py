"""Time at zero: stretches from visit to visit on which every total of a series was 0.

Only visits are known, so a stretch is at least so long. Whatever may lie within one and is no
zero ends it: a higher total, a visit without a total, a version that does not compare, a relapse.
A short date is its whole period.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate

from msgspec import Struct

from app.errors import N_, NN_
from app.language import Words
from app.trends.model import Point, Series, Trend
from app.trends.relapse import relapses
from scales.model import Definition

Days = tuple[date, date]
"""A first and a last day, both counted."""


class Stretch(Struct, frozen=True):
    """A run of zeros, and how many there are.

    ``first`` certainly came first, as the one whose period ends before the others'; ``last`` is
    the last as a series orders them.
    """

    first: Point
    last: Point
    zeros: int

    @property
    def days(self) -> int:
        """How many days it lasted at the least."""
        return max(0, (self.last.date.first - self.first.date.last).days)


class AtZero(Struct, frozen=True):
    """The longest stretch, the first of several, and the one that stands at the last visit.

    ``present`` is ``None`` where the last visit has no zero, where a relapse may have come since,
    and after a death.
    """

    longest: Stretch
    present: Stretch | None


def at_zero(trend: Trend, definition: Definition, series: Series) -> AtZero | None:
    """Return how long a series stood at zero; ``None`` where no total is 0."""
    stretches = tuple(_stretches(trend, definition, series))
    if not stretches:
        return None
    last = stretches[-1]
    return AtZero(
        longest=max(stretches, key=_length),
        present=last if _is_present(trend, series, last) else None,
    )


def at_zero_words(trend: Trend, definition: Definition, series: Series, words: Words) -> str:
    """Tell the longest stretch and the present one; empty where none lasted a day."""
    told = at_zero(trend, definition, series)
    if told is None or told.longest.days == 0:
        return ""
    if told.present == told.longest:
        return _stretch_words(_LONGEST_PRESENT, told.longest, words)
    longest = _stretch_words(_LONGEST, told.longest, words)
    if told.present is None:
        return longest
    return words.sentences((longest, _stretch_words(_PRESENT, told.present, words)))


_LONGEST_PRESENT = NN_(
    "At zero up to the last visit for at least {count} day, its longest time: "
    "{first} to {last} (visits: {zeros}).",
    "At zero up to the last visit for at least {count} days, its longest time: "
    "{first} to {last} (visits: {zeros}).",
)
_LONGEST = NN_(
    "Longest time at zero: at least {count} day, {first} to {last} (visits: {zeros}).",
    "Longest time at zero: at least {count} days, {first} to {last} (visits: {zeros}).",
)
_PRESENT = NN_(
    "At zero up to the last visit: at least {count} day, {first} to {last} (visits: {zeros}).",
    "At zero up to the last visit: at least {count} days, {first} to {last} (visits: {zeros}).",
)


def _stretch_words(forms: tuple[str, str], stretch: Stretch, words: Words) -> str:
    if stretch.days == 0:
        text = N_("At zero at the last visit, {date}; how long is not known.")
        return words(text, date=words.short_date(stretch.last.date))
    return words.plural(
        forms,
        stretch.days,
        first=words.short_date(stretch.first.date),
        last=words.short_date(stretch.last.date),
        zeros=stretch.zeros,
    )


class _Ends:
    """The periods that end a time at zero, ready to be asked of what may lie between two days."""

    def __init__(self, periods: Iterable[Days]) -> None:
        ordered = sorted(periods)
        self._firsts = [first for first, _last in ordered]
        self._latest = list(accumulate((last for _first, last in ordered), max))

    def may_lie(self, first: date, last: date) -> bool:
        """Whether one of them has a day from the first to the last, both counted."""
        begun = bisect_right(self._firsts, last)
        return begun > 0 and self._latest[begun - 1] >= first


def _stretches(trend: Trend, definition: Definition, series: Series) -> Iterator[Stretch]:
    """Yield the runs of zeros in their order; a zero with something beside it stands alone."""
    ends = _Ends((*_no_zeros(series), *_relapse_days(trend)))
    run: list[Point] = []
    for point in series.points:
        if point.total != 0:
            continue
        if run and not _goes_on(run[-1], point, definition, ends):
            yield _stretch(run)
            run = []
        run.append(point)
    if run:
        yield _stretch(run)


def _stretch(run: Sequence[Point]) -> Stretch:
    return Stretch(min(run, key=_last_day), run[-1], len(run))


def _last_day(point: Point) -> date:
    return point.date.last


def _goes_on(one: Point, other: Point, definition: Definition, ends: _Ends) -> bool:
    compares = definition.compares(one.version, other.version)
    return compares and not ends.may_lie(one.date.first, other.date.last)


def _no_zeros(series: Series) -> Iterator[Days]:
    return ((each.date.first, each.date.last) for each in series.points if each.total != 0)


def _relapse_days(trend: Trend) -> Iterator[Days]:
    for each in relapses(trend):
        stop = each.facts.stop or each.facts.date
        yield each.facts.date.first, stop.last


def _is_present(trend: Trend, series: Series, stretch: Stretch) -> bool:
    """Whether a stretch stands at the last visit and no relapse may have come with it or since."""
    is_last = stretch.last.visit == series.points[-1].visit == trend.record.visits[-1].id
    since = stretch.last.date.first
    return (
        is_last
        and not trend.is_over
        and all(last < since for _first, last in _relapse_days(trend))
    )


def _length(stretch: Stretch) -> int:
    return stretch.days
