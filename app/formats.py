"""How a language writes dates, decimal marks, per cent and lists, from the CLDR data in Babel.

English, the language of the source texts, is written here as well: the list of patients is on
screen before Babel would be loaded. A test holds both to the same letters.
"""

import re
from collections.abc import Sequence
from datetime import date as Day  # noqa: N812
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from babel import Locale

Width = Literal["short", "long"]

_MONTHS: dict[Width, tuple[str, ...]] = {
    "short": (
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ),
    "long": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_YEAR = re.compile(r"'[^']*'|y+")
"""A year in a pattern, or letters that are meant as they stand."""


class Formats:
    """What a language has its own way of writing; here UK English, in other languages below.

    Digits are Western, years are written in full and months are in letters in every language.
    English months have three letters: “Sep” where CLDR has “Sept”.
    """

    is_right_to_left = False
    decimal_mark = "."

    def date(self, day: Day, width: Width) -> str:
        """Return ``28 Jan 2026``."""
        return f"{day.day} {self.month_of_year(day, width)}"

    def month_of_year(self, day: Day, width: Width) -> str:
        """Return ``Jan 2026``."""
        return f"{_MONTHS[width][day.month - 1]} {self.year(day)}"

    def day_of_month(self, day: Day) -> str:
        """Return ``28 Jan``."""
        return f"{day.day} {self.month(day)}"

    def year(self, day: Day) -> str:
        """Return ``2026``."""
        return f"{day.year:04d}"

    def month(self, day: Day) -> str:
        """Return ``Jan``."""
        return _MONTHS["short"][day.month - 1]

    def week(self) -> tuple[tuple[int, str], ...]:
        """Return the days of a week as a calendar heads them, each with its number, Monday 0."""
        return tuple(enumerate(_DAYS))

    def per_cent(self, number: str) -> str:
        """Return ``45.5 %``, with the space of scientific writing."""
        return f"{number} %"

    def several(self, texts: Sequence[str]) -> str:
        """Return ``a, b, c``."""
        return ", ".join(texts)

    def together(self, texts: Sequence[str]) -> str:
        """Return ``a, b and c``."""
        *others, last = texts or [""]
        return f"{self.several(others)} and {last}" if others else last

    def within_sentence(self, name: str) -> str:
        """Write a name small, unless it is an abbreviation."""
        return name if name[1:2].isupper() else name[:1].lower() + name[1:]


class _Translated(Formats):
    """A language of CLDR. Babel is loaded at the first one."""

    def __init__(self, locale: "Locale") -> None:
        self._locale = locale
        self.is_right_to_left = locale.text_direction == "rtl"
        self.decimal_mark = locale.number_symbols["latn"]["decimal"]

    def date(self, day: Day, width: Width) -> str:
        """Return a full date; the usual short one may be of figures only, so it is not taken."""
        if width == "short":
            return self._skeleton("yMMMd", day)
        return self._written(self._locale.date_formats["long"].pattern, day)

    def month_of_year(self, day: Day, width: Width) -> str:
        """Return the month and the year of a day."""
        return self._skeleton("yMMM" if width == "short" else "yMMMM", day)

    def day_of_month(self, day: Day) -> str:
        """Return the day and the short month of a day."""
        return self._skeleton("MMMd", day)

    def year(self, day: Day) -> str:
        """Return the year of a day."""
        return self._skeleton("y", day)

    def month(self, day: Day) -> str:
        """Return the short month of a day, as it stands alone."""
        return self._skeleton("MMM", day)

    def week(self) -> tuple[tuple[int, str], ...]:
        """Return the days from the first one of the language's week on."""
        from babel import Locale  # noqa: PLC0415 - as above
        from babel.core import get_global  # noqa: PLC0415 - as above

        code = str(self._locale)
        first = Locale.parse(get_global("likely_subtags").get(code, code)).first_week_day
        names = self._locale.days["stand-alone"]["short"]
        return tuple((day % 7, names[day % 7]) for day in range(first, first + 7))

    def per_cent(self, number: str) -> str:
        """Put the language's sign and space around a written number."""
        pattern = self._locale.percent_formats[None]
        return f"{pattern.prefix[0]}{number}{pattern.suffix[0]}"

    def several(self, texts: Sequence[str]) -> str:
        """Return the same as ``together``: CLDR has no plain row of texts for every language."""
        return self.together(texts)

    def together(self, texts: Sequence[str]) -> str:
        """Return texts as one list."""
        from babel.lists import format_list  # noqa: PLC0415 - as above

        return format_list(texts, "standard", self._locale)

    def within_sentence(self, name: str) -> str:
        """Leave a name as its translator wrote it: capitals follow other rules elsewhere."""
        return name

    def _skeleton(self, skeleton: str, day: Day) -> str:
        from babel.dates import match_skeleton  # noqa: PLC0415 - English starts without it

        known = self._locale.datetime_skeletons
        name = skeleton if skeleton in known else match_skeleton(skeleton, known)
        return self._written(known[name].pattern, day)

    def _written(self, pattern: str, day: Day) -> str:
        """Write a day by a pattern; a year always has four digits."""
        from babel.dates import format_date  # noqa: PLC0415 - as above

        four = _YEAR.sub(lambda found: found[0] if found[0][0] == "'" else "yyyy", pattern)
        return format_date(day, four, self._locale)


_USED = ("months", "days", "list_patterns", "date_formats", "datetime_skeletons")


@cache
def formats_of(language: str) -> Formats:
    """Return the formats of a language; one that CLDR does not know is written as English."""
    if language == "en":
        return Formats()
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - as above

    try:
        return _Translated(_unshared(Locale.parse(language)))
    except (UnknownLocaleError, ValueError):
        return Formats()


def _unshared(locale: "Locale") -> "Locale":
    """Take a language's data out of what Babel shares between languages.

    Babel keeps what it looked up in tables that several languages hold in common, so that
    after a Hebrew date a Persian one was written with Hebrew months.
    """
    from copy import deepcopy  # noqa: PLC0415 - as above

    from babel import localedata  # noqa: PLC0415 - as above

    data = localedata.load(str(locale))
    data.update({part: deepcopy(data[part]) for part in _USED})
    return locale
