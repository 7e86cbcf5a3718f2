"""Dates that carry their precision, and ages computed from them, never from today."""

import re
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from app.errors import N_, UserError


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


FIRST_YEAR = 1900
"""No date of a record is earlier: nobody of a record was alive."""
YEARS_AHEAD = 2
"""How far ahead of today a plan may lie."""
_ORDER = {Precision.DAY: 0, Precision.MONTH: 1, Precision.YEAR: 2}


class PartialDate(Struct, frozen=True):
    """A full date, a month or a year. An unknown date is ``None`` wherever one may be."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """Return the full date of a calendar day."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        """How much is known."""
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def order(self) -> tuple[int, int]:
        """What dates sort by: the first day of the period, a full date before a short one."""
        return self.first.toordinal(), _ORDER[self.precision]

    @property
    def is_full(self) -> bool:
        """Whether the day is known."""
        return self.day is not None

    @property
    def first(self) -> date:
        """The first day of the period."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day of the period."""
        if self.day is not None:
            return self.first
        if self.month in {None, 12}:
            return date(self.year, 12, 31)
        return date(self.year, self.month + 1, 1) - timedelta(days=1)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def parse_date(text: str) -> PartialDate | None:
    """Read ``2003-05-17``, ``2003-05`` or ``2003``; an empty text is an unknown date.

    Raises:
        UserError: The text is not such a date, or names an impossible one.

    """
    if not text:
        return None
    match = _ISO.fullmatch(text)
    if match is None:
        raise UserError(
            N_("“{text}” is not a date. Write 2025-01-31, 2025-01 or 2025."), text=text
        )
    year, month, day = (None if part is None else int(part) for part in match.groups())
    if not is_day(year or 0, month, day):
        raise UserError(N_("There is no day {text} in the calendar."), text=text)
    return PartialDate(year or 0, month, day)


def is_day(year: int, month: int | None = None, day: int | None = None) -> bool:
    """Whether the calendar has such a day, or month or year where the rest is not known."""
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return False
    return True


def precision_of(when: PartialDate | None) -> Precision:
    """Return the precision of a date that may be unknown."""
    return Precision.UNKNOWN if when is None else when.precision


def iso(when: PartialDate | None) -> str:
    """Write a date that may be unknown; unknown is empty."""
    return "" if when is None else str(when)


def days_between(start: PartialDate, end: PartialDate) -> int | None:
    """Count the days from ``start`` to ``end``; ``None`` unless both are full dates."""
    if not (start.is_full and end.is_full):
        return None
    return (end.first - start.first).days


def days_after(day: date, count: int) -> date:
    """Return the day ``count`` days later."""
    return day + timedelta(days=count)


def years_after(day: date, count: int) -> date:
    """Return the same day ``count`` years later: 28 February after a 29th, never past 9999."""
    if day.year + count > date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + count)
    except ValueError:
        return date(day.year + count, 2, 28)


class Age(Struct, frozen=True):
    """A completed age. ``months`` is ``None`` where the dates do not tell it.

    ``is_approximate`` says that the dates leave more than one answer; the younger one stands.
    """

    years: int
    months: int | None
    is_approximate: bool


def age_on(birth: PartialDate | None, day: PartialDate | None) -> Age | None:
    """Return the age at ``day``; ``None`` if either date is unknown or birth is later."""
    if birth is None or day is None or birth.first > day.last:
        return None
    oldest = _months_lived(birth.first, day.last)
    youngest = max(0, _months_lived(birth.last, day.first))
    known_to_month = min(birth.month or 0, day.month or 0) > 0
    return Age(
        years=youngest // 12,
        months=youngest % 12 if known_to_month else None,
        is_approximate=oldest != youngest,
    )


def years_on(birth: PartialDate | None, day: PartialDate | None) -> tuple[int, int] | None:
    """Return the fewest and the most completed years at ``day`` that the dates leave.

    ``None`` where there is no age.
    """
    if birth is None or day is None or birth.first > day.last:
        return None
    fewest = max(0, _months_lived(birth.last, day.first))
    return fewest // 12, _months_lived(birth.first, day.last) // 12


TERM_WEEKS = 40
"""What a corrected age counts from: the day on which so many weeks would have been completed."""
_EARLY_WEEKS = 37
_CORRECTED_BELOW_YEARS = 2


def corrected_age_on(
    birth: PartialDate | None, weeks: Decimal | None, day: PartialDate | None
) -> Age | None:
    """Return the age at ``day`` of a child born early, as if born after 40 weeks.

    ``weeks`` are the completed weeks of pregnancy. ``None`` from 37 weeks and from two years of
    age on, before the day on which 40 weeks would have been over, and unless both dates are full.
    """
    age = age_on(birth, day)
    if weeks is None or weeks >= _EARLY_WEEKS or birth is None or day is None or age is None:
        return None
    if not (birth.is_full and day.is_full) or age.years >= _CORRECTED_BELOW_YEARS:
        return None
    return age_on(PartialDate.of(days_after(birth.first, int(7 * (TERM_WEEKS - weeks)))), day)


def _months_lived(birth: date, day: date) -> int:
    months = (day.year - birth.year) * 12 + day.month - birth.month
    return months - 1 if day.day < birth.day else months
