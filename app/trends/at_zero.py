"""Runs of zeros: visits one after another that scored a series, on which every total was 0.

Only visits are known, and what a run spans says nothing of the days between them. Whatever may lie
within one and is no zero ends it: a higher total, a visit without a total, a version that does not
compare, a relapse. What leaves it open, a visit that did not score the series or a suspected
relapse that nobody has judged, is told with it. A short date is its whole period.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate

from msgspec import Struct

from app.dates import PartialDate
from app.errors import N_, NN_
from app.language import Words
from app.records.declaration import RELAPSE, SUSPECTED
from app.trends.model import Point, Series, Trend
from app.trends.series import compares
from scales.model import Definition

Days = tuple[date, date]
"""A first and a last day, both counted."""
Period = tuple[PartialDate, PartialDate]
"""From when to when."""


class Stretch(Struct, frozen=True):
    """A run of zeros, how many there are, and what may lie between its first and its last day.

    ``first`` certainly came first, as the one whose period ends before the others'; ``last`` is
    the last as a series orders them. ``unscored`` are the visits between that did not score the
    series, ``suspected`` the relapses suspected then that nobody has judged; ``is_certain`` says
    that all of them lie there however their dates are meant. ``is_exact`` says that the day of
    every zero is known.
    """

    first: Point
    last: Point
    zeros: int
    unscored: int
    suspected: int
    is_certain: bool
    is_exact: bool

    @property
    def days(self) -> int:
        """How many days lie from the first to the last, at the least."""
        return max(0, (self.last.date.first - self.first.date.last).days)


class AtZero(Struct, frozen=True):
    """The longest run, the first of several, and the one that stands at the last visit.

    ``present`` is ``None`` where the last visit has no zero, where a relapse may have come since,
    and after a death. ``is_only`` says that no other run lasted a day.
    """

    longest: Stretch
    present: Stretch | None
    is_only: bool


def at_zero(trend: Trend, definition: Definition, series: Series) -> AtZero | None:
    """Return the runs of zeros of a series that are told; ``None`` where no total is 0."""
    stretches = tuple(_stretches(trend, definition, series))
    if not stretches:
        return None
    last = stretches[-1]
    return AtZero(
        longest=max(stretches, key=_length),
        present=last if _is_present(trend, series, last) else None,
        is_only=sum(each.days > 0 for each in stretches) <= 1,
    )


def at_zero_words(trend: Trend, definition: Definition, series: Series, words: Words) -> str:
    """Tell the longest run of zeros and the present one; empty where none lasted a day."""
    told = at_zero(trend, definition, series)
    if told is None or told.longest.days == 0:
        return ""
    if told.present == told.longest:
        longest = "" if told.is_only else words(N_("No longer run of zeros."))
        return words.sentences((_stretch_words(_PRESENT, told.longest, words), longest))
    longest = _stretch_words(_LONGEST, told.longest, words)
    if told.present is None:
        return longest
    return words.sentences((longest, _stretch_words(_PRESENT, told.present, words)))


_Forms = tuple[str, tuple[str, str]]
"""How a run of two zeros is told, and one of more."""
_PRESENT: _Forms = (
    N_("0 at the last 2 visits that scored it, {first} and {last}, {days} apart"),
    NN_(
        "0 at the last {count} visit that scored it, {first} to {last}, "
        "{days} from the first to the last",
        "0 at the last {count} visits that scored it, {first} to {last}, "
        "{days} from the first to the last",
    ),
)
_LONGEST: _Forms = (
    N_("Longest run of zeros: 2 visits, {first} and {last}, {days} apart"),
    NN_(
        "Longest run of zeros: {count} visit, {first} to {last}, "
        "{days} from the first to the last",
        "Longest run of zeros: {count} visits, {first} to {last}, "
        "{days} from the first to the last",
    ),
)


def _stretch_words(forms: _Forms, stretch: Stretch, words: Words) -> str:
    if stretch.days == 0:
        text = N_("0 at the last visit, {date}.")
        return words(text, date=words.short_date(stretch.last.date))
    values = {
        "first": words.short_date(stretch.first.date),
        "last": words.short_date(stretch.last.date),
        "days": _days_words(stretch, words),
    }
    two, more = forms
    run = (
        words(two, **values) if stretch.zeros == 2 else words.plural(more, stretch.zeros, **values)
    )
    between = _between_words(stretch, words)
    if not between:
        return words(N_("{run}."), run=run)
    text = N_("{run}; in between: {between}.")
    if not stretch.is_certain:
        text = N_("{run}; in between, as far as the dates tell: {between}.")
    return words(text, run=run, between=between)


def _days_words(stretch: Stretch, words: Words) -> str:
    if stretch.is_exact:
        return words.plural(NN_("{count} day", "{count} days"), stretch.days)
    return words.plural(NN_("at least {count} day", "at least {count} days"), stretch.days)


def _between_words(stretch: Stretch, words: Words) -> str:
    counts = (
        (
            NN_("{count} visit that did not score it", "{count} visits that did not score it"),
            stretch.unscored,
        ),
        (
            NN_(
                "{count} suspected relapse not judged yet",
                "{count} suspected relapses not judged yet",
            ),
            stretch.suspected,
        ),
    )
    return words.together(words.plural(forms, count) for forms, count in counts if count)


class _Ends:
    """The periods that end a run of zeros, ready to be asked of what may lie between two days."""

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
            yield _stretch(trend, series, run)
            run = []
        run.append(point)
    if run:
        yield _stretch(trend, series, run)


def _stretch(trend: Trend, series: Series, run: Sequence[Point]) -> Stretch:
    first, last = min(run, key=_last_day), run[-1]
    ends = (first.date, last.date)
    unscored, suspected = tuple(_unscored(trend, series, ends)), tuple(_suspected(trend, ends))
    return Stretch(
        first=first,
        last=last,
        zeros=len(run),
        unscored=len(unscored),
        suspected=len(suspected),
        is_certain=all(_lies(each, ends) for each in (*unscored, *suspected)),
        is_exact=all(point.date.is_full for point in run),
    )


def _unscored(trend: Trend, series: Series, ends: Period) -> Iterator[Period]:
    """Yield the visits that may lie between two dates and have no point of the series."""
    first, last = ends
    scored = {point.visit for point in series.points}
    for visit in trend.record.visits:
        when = visit.facts.date
        if visit.id not in scored and when.last > first.first and when.first < last.last:
            yield when, when


def _suspected(trend: Trend, ends: Period) -> Iterator[Period]:
    """Yield the suspected relapses of which a day may lie from one date to another."""
    first, last = ends
    for start, stop in _periods(trend, SUSPECTED):
        if stop.last >= first.first and start.first <= last.last:
            yield start, stop


def _lies(period: Period, ends: Period) -> bool:
    """Whether a day of a period lies between two dates however all of them are meant."""
    start, stop = period
    first, last = ends
    return stop.first >= first.last and start.last <= last.first


def _last_day(point: Point) -> date:
    return point.date.last


def _goes_on(one: Point, other: Point, definition: Definition, ends: _Ends) -> bool:
    is_one = compares(definition, one, other)
    return is_one and not ends.may_lie(one.date.first, other.date.last)


def _no_zeros(series: Series) -> Iterator[Days]:
    return ((each.date.first, each.date.last) for each in series.points if each.total != 0)


def _relapse_days(trend: Trend) -> Iterator[Days]:
    return ((start.first, stop.last) for start, stop in _periods(trend, RELAPSE))


def _periods(trend: Trend, kind: str) -> Iterator[Period]:
    for event in trend.record.events:
        if event.facts.kind == kind:
            yield event.facts.date, event.facts.stop or event.facts.date


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
