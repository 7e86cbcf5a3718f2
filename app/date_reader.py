"""Reads dates as people write them, in the language of the words around them.

Everything that the app prints as a date is read again: the names of months are taken from the
dates that the language writes.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache

from msgspec import Struct

from app.dates import PartialDate, days_after, is_day
from app.errors import N_, UserError
from app.folding import fold
from app.language import Words

_WORD = r"[^\s\d.,/()'’\u2010\u2013-]+"
_PART = re.compile(rf"\d+|{_WORD}(?:\.{_WORD})*")
"""A number, or a word; a sign that stands in no date is a word that names nothing."""
_UNSURE = re.compile("[/\u2010\u2013-]")
"""The signs between day and month that both orders are written with."""
_BETWEEN = "/-,"
"""The signs that neither begin nor end a date."""
_FEWEST_LETTERS = 3
SAMPLE = PartialDate(2023, 3, 14)
"""The date that sentences and empty fields show."""


class TwoDays(UserError):
    """A text that can be either of two days; only whoever wrote it knows which."""

    def __init__(self, text: str, days: tuple[PartialDate, PartialDate]) -> None:
        first, second = days
        super().__init__(
            N_("“{text}” can be {first} or {second}. Please choose one."),
            text=text,
            first=first,
            second=second,
        )
        self.days = days


class DateReader(Struct, frozen=True):
    """Reads what is typed as a date; ``today`` says which day it is."""

    words: Words
    today: Callable[[], date]

    def read(
        self, text: str, *, may_be_unknown: bool = True, may_be_short: bool = True
    ) -> PartialDate | None:
        """Return the day, month or year that a text means; an empty one is an unknown date.

        ``14 Mar 2023``, ``14.3.2023``, ``2023-03-14``, ``Mar 2023``, ``3.2023``, ``2023``, today
        and yesterday, the months in this language.

        Raises:
            TwoDays: The order of day and month is not certain, as in ``3/4/2023``.
            UserError: It is no date, has no year of four digits, names an impossible day, or is
                not as full a date as there must be.

        """
        when = self._read(text)
        if when is None and not may_be_unknown:
            raise UserError(N_("Please write a date, for example {example}."), example=SAMPLE)
        if when is not None and not when.is_full and not may_be_short:
            raise UserError(N_("Please write the day too, for example {example}."), example=SAMPLE)
        return when

    def _read(self, text: str) -> PartialDate | None:
        folded = "".join(sign for sign in fold(text) if unicodedata.category(sign) != "Cf").strip()
        if not folded:
            return None
        spoken = self._spoken(folded)
        return _Written(text.strip(), folded, self.words).date() if spoken is None else spoken

    def _spoken(self, folded: str) -> PartialDate | None:
        for spoken, days in ((N_("today"), 0), (N_("yesterday"), -1)):
            if folded == fold(self.words(spoken)):
                return PartialDate.of(days_after(self.today(), days))
        return None


class _Written(Struct, frozen=True):
    """A text that should be a date: as written, and as it is compared."""

    text: str
    folded: str
    words: Words

    def date(self) -> PartialDate:
        """Return the date; UserError where it is none, or not a certain one."""
        parts = _PART.findall(self.folded)
        numbers = [part for part in parts if part.isdecimal()]
        month = self._month_named([part for part in parts if not part.isdecimal()])
        place = self._place_of_year(numbers, most_others=2 if month is None else 1)
        year, others = int(numbers.pop(place)), list(map(int, numbers))
        if month is not None:
            return self._day(year, month, *others)
        if len(others) == 2 and place == 1:
            raise self._no_date()
        return self._ordered(year, *others) if place == 2 else self._day(year, *others)

    def _place_of_year(self, numbers: list[str], most_others: int) -> int:
        """Return where the year stands; UserError for other numbers than of a day and a month."""
        years = [place for place, number in enumerate(numbers) if len(number) == 4]
        others = [number for number in numbers if len(number) <= 2]
        has_loose_end = self.folded.strip(_BETWEEN) != self.folded
        if has_loose_end or len(years) > 1 or len(years) + len(others) < len(numbers):
            raise self._no_date()
        if len(others) > most_others + (not years):
            raise self._no_date()
        if not years:
            sentence = N_("Please write the year with four digits, like {example}.")
            raise UserError(sentence, example=SAMPLE)
        return years[0]

    def _month_named(self, letters: list[str]) -> int | None:
        """Return the month that is named, if one is; UserError for words of another meaning."""
        names, between = _names(self.words)
        months = {_month(word, names) for word in letters if word not in between}
        if None in months or len(months) > 1:
            raise self._no_date()
        return months.pop() if months else None

    def _ordered(self, year: int, first: int, second: int) -> PartialDate:
        """Return the day of a date that ends in its year: day first where that is certain."""
        has_words = any(sign.isalpha() for sign in self.folded)
        if (has_words or "." in self.folded) and not _UNSURE.search(self.folded):
            return self._day(year, second, first)
        orders = dict.fromkeys(((second, first), (first, second)))
        days = [PartialDate(year, *order) for order in orders if is_day(year, *order)]
        if len(days) > 1:
            raise TwoDays(self.text, (days[0], days[1]))
        return days[0] if days else self._day(year, second, first)

    def _day(self, year: int, month: int | None = None, day: int | None = None) -> PartialDate:
        if not is_day(year, month, day):
            raise UserError(N_("There is no day {text} in the calendar."), text=self.text)
        return PartialDate(year, month, day)

    def _no_date(self) -> UserError:
        return UserError(
            N_("“{text}” is not a date. Write it like {example}, {month} or {year}."),
            text=self.text,
            example=SAMPLE,
            month=PartialDate(SAMPLE.year, SAMPLE.month),
            year=PartialDate(SAMPLE.year),
        )


def month_names(words: Words) -> Mapping[str, int]:
    """Return the month of each word that names one in the dates of a language, folded."""
    return _names(words)[0]


@cache
def _names(words: Words) -> tuple[Mapping[str, int], frozenset[str]]:
    """Return the words that name a month in a language's dates, and those that name none."""
    found = [set(_words_of(month, words)) for month in range(1, 13)]
    counts = Counter(word for month in found for word in month)
    names = {
        word: number
        for number, month in enumerate(found, 1)
        for word in month
        if counts[word] == 1
    }
    return names, frozenset(word for word, count in counts.items() if count > 1)


def _words_of(month: int, words: Words) -> Iterator[str]:
    day = PartialDate(2001, month, 1)
    for when in (day, PartialDate(2001, month)):
        for text in (words.short_date(when), words.long_date(when), words.month(day.first)):
            yield from (part for part in _PART.findall(fold(text)) if not part.isdecimal())


def _month(word: str, names: Mapping[str, int]) -> int | None:
    """Return the month that a word names, or is the beginning of and of no other one."""
    if word in names:
        return names[word]
    begun = {names[name] for name in names if name.startswith(word)}
    return begun.pop() if len(begun) == 1 and len(word) >= _FEWEST_LETTERS else None
