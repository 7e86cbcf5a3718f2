"""The words users read: one gettext catalogue as a value, and dates and numbers in its language.

A catalogue is an object, so a page can speak another language than the screen.
"""

import gettext
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812
from decimal import Decimal
from functools import cache, lru_cache

from app.clock import Moment
from app.dates import Age, PartialDate, Precision
from app.errors import N_, AppError
from app.paths import LOCALES
from scales.errors import ScaleError
from scales.model import Question, plain

DOMAIN = "oms_bedside"
_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip
_LONG_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May (month)"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


_OPEN_ISOLATE, _CLOSE_ISOLATE = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


@lru_cache(maxsize=4096)
def is_right_to_left(text: str) -> bool:
    """Whether any character of ``text`` runs from right to left."""
    return not text.isascii() and any(
        unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text
    )


def isolated(text: str) -> str:
    """Wrap a value so that it cannot reorder the sentence it is put into."""
    if text.startswith(_OPEN_ISOLATE) or not is_right_to_left(text):
        return text
    return f"{_OPEN_ISOLATE}{text}{_CLOSE_ISOLATE}"


def _isolated_in(values: Mapping[str, object]) -> dict[str, object]:
    """Keep a name that runs from right to left from swapping with the date after it."""
    return {
        place: isolated(value) if isinstance(value, str) else value
        for place, value in values.items()
    }


@dataclass(frozen=True, slots=True)
class Words:
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
        return self(error.message).format(**error.values) if error.values else str(error)

    def question(self, question: Question) -> str:
        """Return a raised question's sentence."""
        return self(question.sentence, **question.values)

    def number(self, number: Decimal) -> str:
        """Return a number in its shortest form."""
        return plain(number)

    def short_date(self, when: PartialDate | Day | None) -> str:
        """Return ``28 Jan 2026``, ``Jan 2026``, ``2026`` or ``date unknown``."""
        return self._date(when, _MONTHS)

    def long_date(self, when: PartialDate | Day | None) -> str:
        """Return ``28 January 2026``, ``January 2026``, ``2026`` or ``date unknown``."""
        return self._date(when, _LONG_MONTHS)

    def month(self, number: int) -> str:
        """Return a month's short name."""
        return self(_MONTHS[number - 1])

    def moment(self, moment: Moment) -> str:
        """Return an instant on the wall clock where it was lived: ``28 Jan 2026, 10:40``."""
        local = moment.local
        return f"{self.short_date(local.date())}, {local:%H:%M}"

    def age(self, age: Age | None) -> str:
        """Return ``2 y 10 m``, ``41 y``, ``about 66 y`` or ``age unknown``."""
        if age is None:
            return self(N_("age unknown"))
        if age.months is not None and age.years < 18:
            text = self(N_("{years} y {months} m"), years=age.years, months=age.months)
        else:
            text = self(N_("{years} y"), years=age.years)
        return self(N_("about {age}"), age=text) if age.is_approximate else text

    def _date(self, when: PartialDate | Day | None, months: tuple[str, ...]) -> str:
        if when is None:
            return self(N_("date unknown"))
        known = PartialDate.of(when) if isinstance(when, Day) else when
        if known.precision is Precision.YEAR:
            return str(known.year)
        month = self(months[(known.month or 1) - 1]).removesuffix(" (month)")
        if known.precision is Precision.MONTH:
            return f"{month} {known.year}"
        return f"{known.day} {month} {known.year}"


@cache
def words(language: str = "en") -> Words:
    """Return the words of a language; a language without a catalogue speaks English."""
    catalogue = gettext.translation(DOMAIN, LOCALES, [language], fallback=True)
    return Words(language, catalogue)
