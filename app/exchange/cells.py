"""The cells of one record, read by kind; whatever is wrong is noted and reading goes on."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from app.dates import PartialDate, parse_date
from app.errors import N_, UserError
from app.exchange.problems import Complaints, Place
from app.records.codes import Code
from app.records.rules import (
    check_code,
    check_id,
    check_noted,
    check_number,
    check_span,
    check_time,
)

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)
_NO_DATE = PartialDate(1)
_NO_NUMBER = Decimal(0)

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Cells:
    """A record by column. A reader that complains returns a stand-in, and the row is dropped."""

    place: Place
    texts: Mapping[str, str]
    complaints: Complaints

    def complain(self, column: str, message: str, **values: object) -> None:
        """Note a problem of one column."""
        self.complaints.add(self.place, column, message, **values)

    def check(self, column: str, check: Callable[[], object]) -> None:
        """Note what ``check`` refuses."""
        try:
            check()
        except UserError as error:
            self.complain(column, error.message, **error.values)

    def text(self, column: str) -> str:
        """Return a cell as it stands; a column that the file lacks is empty."""
        return self.texts.get(column, "")

    def optional(self, column: str, read: Callable[[str], Value], empty: Value) -> Value:
        """Return what ``read`` makes of a cell, ``empty`` where the cell is."""
        if not self.text(column):
            return empty
        try:
            return read(self.text(column))
        except UserError as error:
            self.complain(column, error.message, **error.values)
            return empty

    def required(self, column: str, read: Callable[[str], Value], stand_in: Value) -> Value:
        """Return what ``read`` makes of a cell that must not be empty.

        A column that the whole file lacks is complained about once, at the header.
        """
        if column in self.texts and not self.texts[column]:
            self.complain(column, N_("This cell must not be empty."))
        return self.optional(column, read, stand_in)

    def filled(self, column: str) -> str:
        """Return a text that must not be empty."""
        return self.required(column, str, "")

    def identifier(self, column: str) -> str:
        """Return an id."""
        return self.required(column, read_identifier, "")

    def code(self, column: str, codes: Sequence[Code]) -> str:
        """Return an id of a list."""
        self.filled(column)
        return self.optional_code(column, codes)

    def optional_code(self, column: str, codes: Sequence[Code]) -> str:
        """Return an id of a list, or an empty text."""
        text = self.text(column)
        if text:
            self.check(column, lambda: check_code(codes, text))
        return text

    def note(self, code: str, column: str = "note") -> str:
        """Return a note, which is required where the code is ``other``."""
        self.check(column, lambda: check_noted(code, self.text(column)))
        return self.text(column)

    def date(self, column: str) -> PartialDate:
        """Return a date that is known, if only to the year."""
        known: PartialDate | None = self.required(column, parse_date, None)
        return known or _NO_DATE

    def optional_date(self, column: str) -> PartialDate | None:
        """Return a date; empty is unknown."""
        return self.optional(column, parse_date, None)

    def stop(self, start: PartialDate | None) -> PartialDate | None:
        """Return the ``stop`` cell, which must not lie before the start."""
        stop = self.optional_date("stop")
        self.check("stop", lambda: check_span(start, stop))
        return stop

    def time(self, column: str) -> str:
        """Return a local time as ``HH:MM``, or an empty text."""
        self.check(column, lambda: check_time(self.text(column)))
        return self.text(column)

    def number(self, column: str) -> Decimal:
        """Return a number that is 0 or more."""
        number = self.required(column, read_number, _NO_NUMBER)
        self.check(column, lambda: check_number(number))
        return number


def read_identifier(text: str) -> str:
    """Return an id as it stands; ``UserError`` if it breaks the rule of ids."""
    check_id(text)
    return text


def read_number(text: str) -> Decimal:
    """Return a plain decimal number; ``UserError`` for anything else."""
    if _NUMBER.fullmatch(text) is None:
        raise UserError(
            N_("“{text}” is not a plain number. Write it with a point, like 9 or 9.5."), text=text
        )
    return Decimal(text)
