"""Who is expected on a day and who did not come: asked from an index of those who are expected.

A line (``app.records.lines``) keeps the next visit of an active patient that no visit has met,
so what is asked here does not grow with the file.
"""

from datetime import date

from app.dates import PartialDate, iso
from app.records.session import Session

_WHO = "FROM lines AS l WHERE l.due <> '' AND l.due"
_ORDER = "ORDER BY l.due, l.family, l.patient"
_BEFORE = "< ? AND l.due NOT IN (?, ?)"
DUE_ON = f"SELECT l.patient {_WHO} IN (?, ?, ?) {_ORDER}"
OVERDUE = f"SELECT l.patient {_WHO} {_BEFORE} {_ORDER} LIMIT ? OFFSET ?"
COUNT_OVERDUE = f"SELECT count(*) {_WHO} {_BEFORE}"


class Due:
    """Finds who is due; the lines of those in view are read from ``Lines``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def on(self, day: date) -> tuple[str, ...]:
        """Return the active patients whose next visit is this day, or its month, or its year.

        A visit on or after the day that was set has met it.
        """
        found = self._session.tuples(DUE_ON, list(_periods(day)))
        return tuple(patient.hex() for (patient,) in found)

    def before(self, day: date, first: int, count: int) -> tuple[str, ...]:
        """Return active patients whose next visit was wholly before a day, longest ago first."""
        found = self._session.tuples(OVERDUE, [*_periods(day), count, first])
        return tuple(patient.hex() for (patient,) in found)

    def count_before(self, day: date) -> int:
        """Count the patients of ``before``."""
        return int(self._session.tuples(COUNT_OVERDUE, list(_periods(day)))[0][0])


def _periods(day: date) -> tuple[str, str, str]:
    """Return the day, its month and its year as dates are stored."""
    text = iso(PartialDate.of(day))
    return text, text[:7], text[:4]
