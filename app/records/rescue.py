"""What can be read of damaged records, patient by patient and part by part.

Nothing is held against the journal here: what is read is what stands there, and no more is said.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from msgspec import Struct

from app.clock import Clock
from app.errors import AppError
from app.records.copies.backup import Tell
from app.records.file.database import RecordsFile, guard
from app.records.journal import Journal
from app.records.loading import (
    LATEST,
    event_of,
    finding_of,
    in_day_order,
    load_treatments,
    load_visits,
    measure_of,
    patient_of,
    sequela_of,
)
from app.records.model import Patient, PatientRecord
from app.records.rows import blob
from app.records.session import Session
from scales.catalogue import Catalogue

T = TypeVar("T")
_WHO = (
    "SELECT id FROM patients ORDER BY id",
    "SELECT id FROM patients ORDER BY id DESC",
    "SELECT patient FROM lines ORDER BY patient",
    "SELECT patient FROM lines ORDER BY patient DESC",
)
"""Several ways to all patients: each goes as far as the first page that cannot be read."""


class Rescued(Struct, frozen=True):
    """What was read. ``lost`` names parts of patients by identifier; ``unknown`` counts patients.

    Of the unknown ones not even the identifier could be read; there may be more of them.
    """

    records: tuple[PatientRecord, ...]
    lost: tuple[tuple[str, str], ...]
    unknown: int


def rescue(connection: Any, catalogue: Catalogue, clock: Clock, tell: Tell) -> Rescued:  # noqa: ANN401 - sqlcipher3 ships no types
    """Read everything that lets itself be read; ``tell`` hears how far that is."""
    database = RecordsFile(connection)
    session = Session(database, Journal(database, clock=clock, name=""), catalogue, clock)
    reading = _Reading(session)
    patients = _patients(database)
    for number, patient in enumerate(patients):
        tell(number / len(patients))
        reading.read(patient)
    return Rescued(tuple(reading.records), tuple(reading.lost), reading.unknown)


def _patients(database: RecordsFile) -> list[str]:
    found: dict[str, None] = {}
    for question in _WHO:
        found |= dict.fromkeys(_as_far_as_it_goes(database, question))
    return list(found)


def _as_far_as_it_goes(database: RecordsFile, question: str) -> Iterator[str]:
    try:
        with guard():
            for (patient,) in database.execute(question):
                yield patient.hex()
    except AppError:
        return


class _Reading:
    """Reads patient by patient, and remembers what could not be read."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.records: list[PatientRecord] = []
        self.lost: list[tuple[str, str]] = []
        self.unknown = 0

    def read(self, patient: str) -> None:
        """Read one patient, each part for itself."""
        try:
            who = patient_of(self._session.row("patients", patient))
        except AppError:
            self.unknown += 1
            return
        if who.error_reason is None:
            self.records.append(self._record(who))

    def _record(self, who: Patient) -> PatientRecord:
        session, owner = self._session, [blob(who.id)]

        def rows(table: str, make: Callable[..., T]) -> tuple[T, ...]:
            return in_day_order(map(make, session.rows(table, "patient = ?", owner)))  # type: ignore[type-var] # as load_record does

        visits = self._part(
            who, "visits", lambda: load_visits(session, f"v.patient = ? AND {LATEST}", owner)
        )
        counted = {None, *(visit.id for visit in visits)}
        return PatientRecord(
            patient=who,
            visits=visits,
            treatments=self._part(who, "treatments", lambda: load_treatments(session, who.id)),
            events=self._part(who, "events", lambda: rows("events", event_of)),
            measures=tuple(
                one
                for one in self._part(who, "measures", lambda: rows("measures", measure_of))
                if one.visit in counted
            ),
            sequelae=self._part(who, "sequelae", lambda: rows("sequelae", sequela_of)),
            findings=self._part(who, "findings", lambda: rows("findings", finding_of)),
        )

    def _part(self, who: Patient, name: str, read: Callable[[], tuple[T, ...]]) -> tuple[T, ...]:
        try:
            return read()
        except AppError:
            self.lost.append((who.facts.patient_id, name))
            return ()
