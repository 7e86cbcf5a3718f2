"""What somebody typed into a field, read as a value; what cannot be read is one sentence."""

from decimal import Decimal
from typing import Any

from msgspec import Struct

from app.date_reader import DateReader
from app.dates import PartialDate
from app.errors import N_, UserError
from app.language import Words
from app.numbers import read_cell
from app.records.fields import Code, Date, Field, FieldType, Number

_NEEDED = {
    "agent": N_("Please choose a treatment from the list."),
    "dose": N_("Please write the dose as a number, for example 0.4."),
    "unit": N_("Please choose a unit."),
    "kind": N_("Please choose what happened."),
    "value": N_("Please write a number."),
    "measure_kinds": N_("Please choose what was measured."),
    "finding_kinds": N_("Please choose what was looked for."),
    "name": N_("Please write what was looked for, or how: MRI, anti-Hu, a test."),
}
"""What is said where a field that is needed is empty, by its list or its name."""


class Reader(Struct, frozen=True):
    """Reads what is typed in the language of the screen."""

    dates: DateReader

    @property
    def words(self) -> Words:
        """The language of the screen."""
        return self.dates.words

    def value(self, told: Field, text: str) -> Any:  # noqa: ANN401 - each has its own
        """Return what a text says in a field; ``UserError`` for what it cannot say."""
        if isinstance(told.type, Date):
            return self.dates.read(text, may_be_unknown=told.is_optional)
        if not told.is_optional and not text:
            listed = told.type.list if isinstance(told.type, Code) else ""
            raise UserError(_NEEDED.get(listed) or _NEEDED[told.name])
        if isinstance(told.type, Number) and text:
            return self.number(text)
        return told.parse(text)

    def day(self, text: str) -> PartialDate | None:
        """Return the date that is typed; nothing where none is."""
        return self.dates.read(text)

    def needed_day(self, text: str) -> PartialDate:
        """Return the date that is typed; ``UserError`` where none is."""
        day = self.dates.read(text, may_be_unknown=False)
        assert day is not None  # noqa: S101 - the reader refuses an empty text
        return day

    def full_day(self, text: str) -> PartialDate | None:
        """Return the day that is typed; ``UserError`` where none is, or only its month."""
        return self.dates.read(text, may_be_unknown=False, may_be_short=False)

    def tidy(self, told: FieldType, text: str) -> str:
        """Return how a date or a number that is typed is written here: what was understood.

        ``UserError`` where it tells none, or could tell two.
        """
        if not text or not isinstance(told, Date | Number):
            return text
        if isinstance(told, Number):
            return self.words.number(self.number(text))
        return day_text(self.day(text), self.words)

    def number(self, text: str) -> Decimal:
        """Return the number that is typed, with the decimal mark of the language."""
        return self.words.read_number(text)


def number_text(stored: str, words: Words) -> str:
    """Return a stored number as it is written in a field, where it can be read again."""
    return words.number(read_cell(stored)) if stored else ""


def day_text(when: PartialDate | None, words: Words) -> str:
    """Return a date as it is written in a cell, where it can be read again."""
    return "" if when is None else words.short_date(when)
