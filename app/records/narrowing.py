"""Whom a cohort is narrowed to. A short date is its whole period: who may fit is not who fits."""

from datetime import date
from decimal import Decimal
from typing import TypeVar

from msgspec import Struct

from app.dates import PartialDate, years_on
from app.errors import N_, UserError
from scales.model import plain

MOST_YEARS = 120
"""No age that is asked for is higher."""
_NO_AGE = N_("“{number}” is no age in whole years. Please give one from 0 to {most}.")
_AGES = N_("The first age, {first}, is above the last, {last}. Please give the lower one first.")
_DAYS = N_("The first day, {first}, is after the last, {last}. Please give the earlier one first.")


class Only(Struct, frozen=True):
    """Whom a cohort is narrowed to: empty and ``None`` narrow nothing, bounds are included.

    Ages at onset are completed years, the days those of the first start.
    """

    diagnosis: str = ""
    onset_from: int | None = None
    onset_to: int | None = None
    start_from: date | None = None
    start_to: date | None = None

    @property
    def asks_age(self) -> bool:
        """Whether the age at onset matters."""
        return (self.onset_from, self.onset_to) != (None, None)

    @property
    def asks_start(self) -> bool:
        """Whether the time of the first start matters."""
        return (self.start_from, self.start_to) != (None, None)

    def has_age(self, birth: PartialDate | None, onset: PartialDate | None) -> bool | None:
        """Whether somebody was of such an age at onset; ``None`` where the dates do not tell."""
        if not self.asks_age:
            return True
        years = years_on(birth, onset)
        return None if years is None else _is_within(*years, self.onset_from, self.onset_to)

    def has_start(self, first: date, last: date) -> bool | None:
        """Whether a start somewhere from a day to another is one; ``None`` where it may be."""
        return _is_within(first, last, self.start_from, self.start_to)


_Place = TypeVar("_Place", int, date)


def _is_within(
    first: _Place, last: _Place, lowest: _Place | None, highest: _Place | None
) -> bool | None:
    """Whether what lies somewhere from first to last is within bounds; ``None`` where it may."""
    if (lowest is not None and last < lowest) or (highest is not None and first > highest):
        return False
    is_above = lowest is None or first >= lowest
    return True if is_above and (highest is None or last <= highest) else None


def whole_years(number: Decimal) -> int:
    """Return a number as completed years; UserError if it is none."""
    if number != int(number) or not 0 <= number <= MOST_YEARS:
        raise UserError(_NO_AGE, number=plain(number), most=MOST_YEARS)
    return int(number)


def check_ages(only: Only) -> None:
    """Refuse ages that leave none between them."""
    first, last = only.onset_from, only.onset_to
    if first is not None and last is not None and first > last:
        raise UserError(_AGES, first=first, last=last)


def check_days(only: Only) -> None:
    """Refuse days that leave none between them."""
    first, last = only.start_from, only.start_to
    if first is not None and last is not None and first > last:
        raise UserError(_DAYS, first=PartialDate.of(first), last=PartialDate.of(last))
