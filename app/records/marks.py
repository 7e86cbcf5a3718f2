"""Visits that others marked as entered in error, until whoever acts has opened the patient.

Nothing is kept for that: a mark stands in the journal, an opening in the chain of looks.
"""

from typing import Any

from msgspec import Struct

from app.clock import Moment
from app.dates import PartialDate, parse_date
from app.records.actions import Action
from app.records.loading import patient_of
from app.records.model import PatientFacts
from app.records.rows import blob
from app.records.session import Session

# A CROSS JOIN keeps its order: the marks are gone over, never the journal.
_UNSEEN = (
    "SELECT max(j.clock), j.user, j.utc, j.offset_minutes, e.visit, e.patient, e.reason "
    "FROM error_marks AS e CROSS JOIN journal AS j "
    "ON j.patient = e.patient AND j.row = e.visit AND j.kind = 'error_marks' AND j.action = ?1 "
    "WHERE j.user <> ?2 "
    "AND j.utc >= (SELECT min(utc) FROM journal WHERE patient IS NULL AND row = ?3) "
    "AND NOT EXISTS (SELECT 1 FROM seen AS s WHERE s.patient = e.patient AND s.user = ?2 "
    "AND s.action = ?4 AND s.utc >= j.utc) "
    "GROUP BY e.visit ORDER BY 1 DESC LIMIT 100"
)


class MarkedVisit(Struct, frozen=True):
    """A visit entered in error: whose, of which day, who marked it, when and why."""

    patient: str
    facts: PatientFacts
    date: PartialDate
    name: str
    moment: Moment
    reason: str


def unseen(session: Session) -> tuple[MarkedVisit, ...]:
    """Return what others marked since whoever acts came here, the latest first; at most 100.

    A mark is seen once its patient was opened after it.
    """
    user = session.journal.user
    cells = (Action.MARK_VISIT.id, user, blob(user), Action.OPEN_PATIENT.id)
    return tuple(_told(session, found) for found in session.tuples(_UNSEEN, cells))


def _told(session: Session, found: tuple[Any, ...]) -> MarkedVisit:
    _, user, utc, offset, visit, patient, reason = found
    day = parse_date(session.row("visits", visit.hex())["date"])
    return MarkedVisit(
        patient=patient.hex(),
        facts=patient_of(session.row("patients", patient.hex())).facts,
        date=day or PartialDate(1),
        name=session.row("users", user)["name"],
        moment=Moment.read(utc, offset),
        reason=reason,
    )
