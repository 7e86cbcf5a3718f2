"""What the record refuses, each in one sentence: ids, list entries, times, days, reasons."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from app.dates import FIRST_YEAR, YEARS_AHEAD, PartialDate, years_after
from app.errors import N_, UserError
from app.signs import unseen_in
from scales.errors import ScaleError

RECORDED = N_("This is recorded already.")
"""The refusal of an exact double; an export would keep one of the two."""
NO_REASON = N_("Please give a reason; it is kept with the change.")
STOP_TOO_EARLY = N_("The stop, {stop}, is before the start, {start}.")
_LONGEST_ID = 64
_TOO_LARGE, _FINEST = Decimal(1_000_000_000), Decimal("0.000001")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_SCIENTIFIC = re.compile(r"\d+([.,]\d+[eE][+-]?|[eE][+-])\d+", re.ASCII)
"""A number as a spreadsheet shortens it; ``2E10`` alone is a word like any other."""


def check_draft(state: str, *, is_replaced: bool, is_in_error: bool = False) -> None:
    """Refuse to write into what is no open visit, or about a patient who does not count."""
    if state != "draft":
        raise UserError(N_("This visit is signed. Amend it to change something."))
    if is_replaced:
        raise UserError(
            N_("This visit was taken over and goes on elsewhere. Open it from the patient's page.")
        )
    check_counts(is_in_error=is_in_error)


def check_counts(*, is_in_error: bool) -> None:
    """Refuse to go on with a patient who is marked as entered in error."""
    if is_in_error:
        raise UserError(N_("This patient is marked as entered in error."))


def check_id(text: str) -> None:
    """Refuse an identifier that would be read as another one, by people or by programs."""
    if not 1 <= len(text) <= _LONGEST_ID:
        raise UserError(N_("An identifier has 1 to 64 characters."))
    check_seen(text)
    if text[0] == " " or text[-1] == " ":
        raise UserError(N_("An identifier has no spaces around it."))
    if not unicodedata.is_normalized("NFC", text):
        raise UserError(
            N_("“{text}” has a letter that is put together from two characters. Type it anew."),
            text=text,
        )
    if _SCIENTIFIC.fullmatch(text) is not None:
        raise UserError(
            N_("“{text}” is a number that a spreadsheet has shortened. Write all its digits."),
            text=text,
        )


def check_seen(text: str) -> None:
    """Refuse a text with a character that nobody can see, which is named."""
    hidden = unseen_in(text)
    if hidden:
        raise UserError(
            N_("There is a character that cannot be seen: {character}. Please leave it out."),
            character=hidden,
        )


def check_time(text: str) -> None:
    """Refuse a time that is neither empty nor ``HH:MM``."""
    if text and _TIME.fullmatch(text) is None:
        raise UserError(N_("“{text}” is not a time. Write it as 09:30."), text=text)


def check_year(day: PartialDate) -> None:
    """Refuse a date before 1900."""
    if day.year < FIRST_YEAR:
        raise UserError(N_("{date} is before {year}."), date=day, year=FIRST_YEAR)


def check_day(
    day: PartialDate, birth: PartialDate | None, today: date, *, is_planned: bool = False
) -> None:
    """Refuse a date of whose period no day lies between the birth and today.

    A planned one may lie two years ahead.
    """
    if is_planned and day.first > years_after(today, YEARS_AHEAD):
        raise UserError(N_("{date} is more than two years ahead."), date=day)
    if not is_planned and day.first > today:
        raise UserError(N_("{date} is in the future."), date=day)
    if birth is not None and day.last < birth.first:
        raise UserError(N_("{date} is before the birth date, {birth}."), date=day, birth=birth)


def check_span(
    start: PartialDate | None, stop: PartialDate | None, too_early: str = STOP_TOO_EARLY
) -> None:
    """Refuse, in a sentence with ``{start}`` and ``{stop}``, a stop wholly before the start."""
    if start is not None and stop is not None and stop.last < start.first:
        raise UserError(too_early, stop=stop, start=start)


def check_reason(reason: str) -> None:
    """Refuse an empty reason."""
    if not reason.strip():
        raise UserError(NO_REASON)


def check_number(number: Decimal) -> None:
    """Refuse a number that is not a plain one, is below zero, or has more places than are kept."""
    if not number.is_finite() or number.is_signed():
        raise UserError(N_("Please give a number that is 0 or more."))
    if number >= _TOO_LARGE or number % _FINEST:
        raise UserError(
            N_("A number is below 1,000,000,000 and has at most 6 digits after its mark.")
        )


@contextmanager
def storable() -> Iterator[None]:
    """Refuse a text that no file can hold, such as half a character from a broken paste."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise UserError(
            N_("The text holds a broken character that cannot be stored. Please type it anew.")
        ) from error


@contextmanager
def scale_errors_told() -> Iterator[None]:
    """Turn what a scale refuses into a sentence for the user."""
    try:
        yield
    except ScaleError as error:
        raise UserError(error.message, **error.values) from error
