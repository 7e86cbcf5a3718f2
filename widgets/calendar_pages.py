"""What a calendar shows, as frozen values: a month of days, a year of months, a score of years."""

import calendar
from collections.abc import Iterator
from enum import IntEnum

from msgspec import Struct

from app.dates import FIRST_YEAR, PartialDate
from app.errors import N_
from app.language import Words

WEEK = 7
SCORE = 20


class Level(IntEnum):
    """What the places of a page stand for; the number is that of its grid."""

    DAYS = 0
    MONTHS = 1
    YEARS = 2


STEPS = {Level.DAYS: 1, Level.MONTHS: 12, Level.YEARS: SCORE * 12}
"""How many months the page before and the next one are away."""


class Cell(Struct, frozen=True):
    """One place of a page: what it stands for, what is read on it, what is heard."""

    when: PartialDate
    text: str
    spoken: str

    def holds(self, day: PartialDate | None) -> bool:
        """Whether a date lies in what this place stands for, as far as the date is known."""
        return day is not None and str(day).startswith(str(self.when))


class CalendarPage(Struct, frozen=True):
    """A title and its places in order; an empty place is ``None``."""

    title: str
    cells: tuple[Cell | None, ...]


def month_number(when: PartialDate) -> int:
    """Return a month as one number, the first one of a year where only that is known."""
    return when.year * 12 + (when.month or 1) - 1


def month_at(number: int) -> PartialDate:
    """Return the month of a number."""
    return PartialDate(number // 12, number % 12 + 1)


def within(number: int, last_year: int) -> int:
    """Return the nearest month that a date can have."""
    return min(max(number, FIRST_YEAR * 12), last_year * 12 + 11)


def calendar_page(level: Level, at: PartialDate, last_year: int, words: Words) -> CalendarPage:
    """Return the page with a month on it."""
    if level is Level.DAYS:
        return CalendarPage(words.long_date(at), tuple(_days(at, words)))
    if level is Level.MONTHS:
        months = (PartialDate(at.year, month) for month in range(1, 13))
        cells = tuple(Cell(one, words.month(one.first), words.long_date(one)) for one in months)
        return CalendarPage(words.short_date(PartialDate(at.year)), cells)
    first = at.year - at.year % SCORE
    years = [PartialDate(year) for year in range(first, first + SCORE)]
    start, stop = map(words.short_date, (years[0], years[-1]))
    return CalendarPage(
        words(N_("{start} – {stop}"), start=start, stop=stop),
        tuple(_year(one, words) if FIRST_YEAR <= one.year <= last_year else None for one in years),
    )


def _year(year: PartialDate, words: Words) -> Cell:
    text = words.short_date(year)
    return Cell(year, text, text)


def _days(month: PartialDate, words: Words) -> Iterator[Cell | None]:
    """Give the days of a month below the names of their days, empty places before the first."""
    begins = [number for number, _ in words.week()].index(month.first.weekday())
    yield from [None] * begins
    for day in range(1, calendar.monthrange(month.year, month.first.month)[1] + 1):
        when = PartialDate(month.year, month.month, day)
        yield Cell(when, str(day), words.long_date(when))
