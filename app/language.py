"""The words users read: one gettext catalogue as a value, and dates and numbers in its language.

A catalogue is an object, so a page can speak another language than the screen.
"""

import gettext
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date as Day  # noqa: N812
from decimal import Decimal
from functools import cache, lru_cache

from msgspec import Struct

from app.clock import Moment
from app.dates import PartialDate, Precision
from app.errors import N_, AppError
from app.formats import Formats, Width, formats_of
from app.numbers import read_typed
from app.paths import LOCALES
from app.signs import drawn_lines
from scales.errors import ScaleError
from scales.model import Question, plain

DOMAIN = "oms_bedside"
SOURCE = "en"
"""The language that the texts are written in, which needs no catalogue."""
_OPEN_ISOLATE, _CLOSE_ISOLATE = "\u2068", "\u2069"
_LEFT_TO_RIGHT = "\u200e"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_MINUS = "\u2212"


@lru_cache(maxsize=4096)
def is_right_to_left(text: str) -> bool:
    """Whether any character of ``text`` runs from right to left."""
    return not text.isascii() and any(
        unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text
    )


def isolated(text: str) -> str:
    """Wrap a value so that it cannot reorder the sentence it is put into."""
    if text.isascii() and text.isprintable():
        return text
    straight = drawn_lines(text)
    if straight.startswith(_OPEN_ISOLATE) or not is_right_to_left(straight):
        return straight
    return f"{_OPEN_ISOLATE}{straight}{_CLOSE_ISOLATE}"


def _isolated_in(values: Mapping[str, object]) -> dict[str, object]:
    """Keep a name that runs from right to left from swapping with the date after it."""
    return {
        place: isolated(value) if isinstance(value, str) else value
        for place, value in values.items()
    }


class Words(Struct, frozen=True):
    """A language: call it with a catalogue text and the values of its ``{places}``."""

    language: str
    catalogue: gettext.NullTranslations

    def __call__(self, message: str, **values: object) -> str:
        """Return a catalogue text in this language, its places filled."""
        text = self.catalogue.gettext(message) if message else ""
        return text.format(**_isolated_in(values)) if values else text

    def plural(self, forms: tuple[str, str], count: int, **values: object) -> str:
        """Return the form for ``count``; ``{count}`` stands ready among the places."""
        return self.catalogue.ngettext(*forms, count).format(count=count, **_isolated_in(values))

    def error(self, error: AppError | ScaleError) -> str:
        """Return an error's sentence."""
        text = self(error.message)
        return text.format(**self._dates_said(error.values)) if error.values else text

    def _dates_said(self, values: Mapping[str, object]) -> dict[str, object]:
        return {
            place: self.short_date(value) if isinstance(value, PartialDate) else value
            for place, value in values.items()
        }

    def question(self, question: Question) -> str:
        """Return a raised question's sentence."""
        return self(question.sentence, **question.values)

    @property
    def is_right_to_left(self) -> bool:
        """Whether its lines begin on the right."""
        return self._formats.is_right_to_left

    def number(self, number: Decimal) -> str:
        """Return a number in its shortest form, with a true minus.

        Western digits and no grouping in every language, with the language's decimal mark.
        """
        sign = self._sign(number) if number < 0 else ""
        return f"{sign}{plain(abs(number)).replace('.', self._formats.decimal_mark)}"

    def read_number(self, text: str) -> Decimal:
        """Return the number that somebody typed; UserError for none, or what could be two."""
        return read_typed(text, self._formats.decimal_mark)

    def signed(self, number: Decimal) -> str:
        """Return a number with its sign; zero has none."""
        return self.number(number) if number < 0 else f"{self._sign(number)}{self.number(number)}"

    def per_cent(self, number: Decimal) -> str:
        """Return a change in per cent with its sign: ``−45.5 %``."""
        return f"{self._sign(number)}{self._formats.per_cent(self.number(abs(number)))}"

    def short_date(self, when: PartialDate | Day | None) -> str:
        """Return ``28 Jan 2026``, ``Jan 2026``, ``2026`` or ``date unknown``."""
        return self._date(when, "short")

    def long_date(self, when: PartialDate | Day | None) -> str:
        """Return ``28 January 2026``, ``January 2026``, ``2026`` or ``date unknown``."""
        return self._date(when, "long")

    def day_of_month(self, day: Day) -> str:
        """Return ``28 Jan``."""
        return self._formats.day_of_month(day)

    def month(self, day: Day) -> str:
        """Return a day's month by its short name: ``Jan``."""
        return self._formats.month(day)

    def week(self) -> tuple[tuple[int, str], ...]:
        """Return the days of a week in short, each with its number, Monday 0."""
        return self._formats.week()

    def at(self, when: PartialDate | Day, time: str) -> str:
        """Return a date and, where it is known, the time of day: ``28 Jan 2026, 10:40``."""
        date = self.short_date(when)
        return self(N_("{date}, {time}"), date=date, time=time) if time else date

    def moment(self, moment: Moment) -> str:
        """Return an instant on the wall clock where it was lived: ``28 Jan 2026, 10:40``."""
        return self.at(moment.local.date(), f"{moment.local:%H:%M}")

    def several(self, texts: Iterable[str]) -> str:
        """Return texts one after another: “a, b, c”."""
        return self._formats.several(tuple(map(isolated, texts)))

    def together(self, texts: Iterable[str]) -> str:
        """Return texts that are meant together: “a, b and c”."""
        return self._formats.together(tuple(map(isolated, texts)))

    def within_sentence(self, name: str) -> str:
        """Return a name of the catalogue as it is written within a sentence."""
        return self._formats.within_sentence(name)

    def clauses(self, parts: Iterable[str]) -> str:
        """Return parts that hold commas themselves: “a, b; c”."""
        *others, told = tuple(parts) or ("",)
        for part in reversed(others):
            told = self(N_("{clause}; {others}"), clause=part, others=told)
        return told

    def dotted(self, parts: Iterable[str]) -> str:
        """Return facts on one line with dots between them; empty ones are left out."""
        return " · ".join(isolated(part) for part in parts if part)

    def sentences(self, parts: Iterable[str]) -> str:
        """Return whole sentences one after another; empty ones are left out."""
        return " ".join(isolated(part) for part in parts if part)

    @property
    def _formats(self) -> Formats:
        return formats_of(self.language)

    def _sign(self, number: Decimal) -> str:
        sign = _MINUS if number < 0 else "+" if number > 0 else ""
        # Between letters from right to left a sign would be drawn behind its number.
        return f"{_LEFT_TO_RIGHT}{sign}" if sign and self.is_right_to_left else sign

    def _date(self, when: PartialDate | Day | None, width: Width) -> str:
        if when is None:
            return self(N_("date unknown"))
        known = PartialDate.of(when) if isinstance(when, Day) else when
        return _date_in(self.language, known, width)


@lru_cache(maxsize=4096)
def _date_in(language: str, when: PartialDate, width: Width) -> str:
    # A course says the same few hundred days thousands of times.
    formats = formats_of(language)
    match when.precision:
        case Precision.YEAR:
            return formats.year(when.first)
        case Precision.MONTH:
            return formats.month_of_year(when.first, width)
        case _:
            return formats.date(when.first, width)


@cache
def words(language: str = SOURCE) -> Words:
    """Return the words of a language; a language without a catalogue speaks English."""
    if language == SOURCE:
        return Words(SOURCE, gettext.NullTranslations())
    catalogue = gettext.translation(DOMAIN, LOCALES, [language], fallback=True)
    is_translated = isinstance(catalogue, gettext.GNUTranslations)
    return Words(language if is_translated else SOURCE, catalogue)
