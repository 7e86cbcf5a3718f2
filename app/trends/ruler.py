"""Days on an axis: where a date stands, counted from 1970, from a start, or from birth."""

import calendar
from dataclasses import dataclass
from datetime import date

from app.dates import PartialDate
from app.errors import N_, UserError
from app.records.model import Treatment
from app.trends.figure import AxisKind
from app.trends.model import Trend
from app.trends.starts import default_start

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Ruler:
    """Turns dates into days after ``origin``. A short date stands in the middle of its period."""

    kind: AxisKind
    origin: date
    is_approximate: bool = False

    def day(self, day: date) -> float:
        """Return where a day begins."""
        return float((day - self.origin).days)

    def begin(self, when: PartialDate) -> float:
        """Return where a date's period begins."""
        return self.day(when.first)

    def end(self, when: PartialDate) -> float:
        """Return where a date's period is over: the next midnight."""
        return self.day(when.last) + 1

    def at(self, when: PartialDate, time: str = "") -> float:
        """Return where something stands: on its day, at its time if that is known."""
        if not when.is_full:
            return (self.begin(when) + self.end(when)) / 2
        return self.begin(when) + _fraction(time)

    def date_at(self, x: float) -> date:
        """Return the day at a place, held inside the calendar."""
        ordinal = self.origin.toordinal() + int(x // 1)
        return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def _fraction(time: str) -> float:
    if not time:
        return 0.0
    hours, minutes = time.split(":")[:2]
    return (int(hours) * 60 + int(minutes)) / 1440


def add_months(day: date, months: int) -> date:
    """Return the day so many months later, or the last of that month where it is shorter.

    The years 1 to 9999 are not left.
    """
    count = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def chosen_treatment(trend: Trend, treatment_id: str) -> Treatment | None:
    """Return the treatment that the course is told from: the one named, else the default.

    Raises:
        UserError: The patient has no such treatment.

    """
    if not treatment_id:
        return default_start(trend.record.treatments)
    for treatment in trend.record.treatments:
        if treatment.facts.treatment_id == treatment_id:
            return treatment
    raise UserError(
        N_("This patient has no treatment with the id “{treatment_id}”."),
        treatment_id=treatment_id,
    )


def ruler_of(trend: Trend, kind: AxisKind, chosen: Treatment | None) -> Ruler:
    """Return the ruler of an axis.

    Raises:
        UserError: The start or the birth date that it counts from is not recorded.

    """
    if kind is AxisKind.DATE:
        return Ruler(kind, _EPOCH)
    if kind is AxisKind.AGE:
        birth = trend.record.patient.facts.birth_date
        if birth is None:
            raise UserError(N_("The birth date is not recorded, so nothing can stand by age."))
        return Ruler(kind, _middle(birth), is_approximate=not birth.is_full)
    if chosen is None or chosen.facts.start is None:
        raise UserError(N_("This start is not recorded, so no days can be counted from it."))
    return Ruler(kind, _middle(chosen.facts.start), is_approximate=not chosen.facts.start.is_full)


def _middle(when: PartialDate) -> date:
    """Return the day itself, or the middle one of a period."""
    return date.fromordinal((when.first.toordinal() + when.last.toordinal()) // 2)
