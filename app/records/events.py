"""What happened and what was counted beside the scales: events, measures, sequelae."""

from decimal import Decimal

from app.dates import PartialDate, iso
from app.errors import N_, UserError
from app.records.codes import EVENT_KINDS, MEASURE_KINDS, SEQUELA_KINDS, SEQUELA_STATES
from app.records.ledger import Ledger, changed, new_id
from app.records.model import Changes, Event, Measure, Sequela
from app.records.reading import in_day_order
from app.records.rules import check_code, check_day, check_number, check_span
from app.records.values import (
    event_of,
    known_date,
    measure_of,
    patient_of,
    plain_or_none,
    sequela_of,
)


class Events:
    """Writes events."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(
        self,
        patient: str,
        date: PartialDate,
        stop: PartialDate | None,
        kind: str,
        author: str = "",
        note: str = "",
    ) -> Event:
        """Store an event; UserError in the future, before birth, or of an unknown kind."""
        event = Event(new_id(), patient, date, stop, kind, author, note)
        self._store(event, "add")
        return event

    def change(
        self,
        event: str,
        date: PartialDate,
        stop: PartialDate | None,
        kind: str,
        author: str = "",
        note: str = "",
    ) -> Changes:
        """Correct an event."""
        patient = event_of(self._ledger.row("events", event)).patient
        self._store(Event(event, patient, date, stop, kind, author, note), "change")
        return changed(["events"], patient)

    def remove(self, event: str, reason: str = "") -> Changes:
        """Take an event out; the journal keeps it."""
        return remove_row(self._ledger, "events", event, reason)

    def _store(self, event: Event, action: str) -> None:
        check_day_of(self._ledger, event.patient, event.date)
        check_span(event.date, event.stop)
        check_code(EVENT_KINDS, event.kind)
        cells = {
            "id": event.id,
            "patient": event.patient,
            "date": str(event.date),
            "stop": iso(event.stop),
            "kind": event.kind,
            "author": event.author,
            "note": event.note,
        }
        with self._ledger.journal.step(action):
            self._ledger.journal.write("events", event.id, cells)


class Measures:
    """Writes measures: plain numbers on a day, some of them taken at a visit."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(
        self,
        patient: str,
        visit: str | None,
        date: PartialDate,
        kind: str,
        value: Decimal,
        note: str = "",
    ) -> Measure:
        """Store a measure; UserError if it cannot be, or its visit is signed."""
        check_day_of(self._ledger, patient, date)
        if visit is not None:
            self._check_visit(patient, visit)
        measure = Measure(new_id(), patient, visit, date, kind, value, note)
        self._store(measure, "add")
        return measure

    def set_for_visit(self, visit: str, kind: str, value: Decimal | None) -> Changes:
        """Set the one measure of a kind of a draft, on its day; ``None`` takes it away."""
        row = self._ledger.row("visits", visit)
        if row["state"] != "draft":
            raise UserError(N_("This visit is signed. Amend it to change something."))
        found = [one.id for one in self.of_visit(visit) if one.kind == kind]
        with self._ledger.journal.step("measure", scope=visit):
            for extra in found if value is None else found[1:]:
                self._ledger.journal.write("measures", extra, None)
            if value is not None:
                row_id = found[0] if found else new_id()
                date = known_date(row["date"])
                self._store(Measure(row_id, row["patient"], visit, date, kind, value), "measure")
        return changed(["measures"], row["patient"])

    def of_visit(self, visit: str) -> tuple[Measure, ...]:
        """Return the measures taken at a visit, a draft too."""
        rows = self._ledger.rows("SELECT * FROM measures WHERE visit = ?", [visit])
        return in_day_order([measure_of(row) for row in rows])

    def remove(self, measure: str, reason: str = "") -> Changes:
        """Take a measure out; UserError if it belongs to a signed visit."""
        visit = self._ledger.row("measures", measure)["visit"]
        if visit is not None and self._ledger.row("visits", visit)["state"] != "draft":
            raise UserError(N_("This visit is signed. Amend it to change something."))
        return remove_row(self._ledger, "measures", measure, reason)

    def _check_visit(self, patient: str, visit: str) -> None:
        row = self._ledger.row("visits", visit)
        if row["patient"] != patient:
            raise UserError(N_("This visit belongs to another patient."))
        if row["state"] == "signed":
            raise UserError(N_("This visit is signed. Amend it to change something."))

    def _store(self, measure: Measure, action: str) -> None:
        check_code(MEASURE_KINDS, measure.kind)
        check_number(measure.value)
        cells = {
            "id": measure.id,
            "patient": measure.patient,
            "visit": measure.visit,
            "date": str(measure.date),
            "kind": measure.kind,
            "value": plain_or_none(measure.value),
            "note": measure.note,
        }
        with self._ledger.journal.step(action):
            self._ledger.journal.write("measures", measure.id, cells)


class Sequelae:
    """Writes sequelae: yes, no or not assessed, on a day."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(
        self, patient: str, date: PartialDate, kind: str, state: str, note: str = ""
    ) -> Sequela:
        """Store a sequela; UserError for an unknown kind or state."""
        self._ledger.row("patients", patient)
        check_code(SEQUELA_KINDS, kind)
        check_code(SEQUELA_STATES, state)
        cells = {"patient": patient, "date": str(date), "kind": kind, "state": state, "note": note}
        row = {"id": new_id(), **cells}
        with self._ledger.journal.step("add"):
            self._ledger.journal.write("sequelae", row["id"], row)
        return sequela_of(row)

    def remove(self, sequela: str, reason: str = "") -> Changes:
        """Take a sequela out; the journal keeps it."""
        return remove_row(self._ledger, "sequelae", sequela, reason)


def remove_row(ledger: Ledger, table: str, row_id: str, reason: str) -> Changes:
    """Take one row of a patient out; the journal keeps it."""
    patient = ledger.row(table, row_id)["patient"]
    with ledger.journal.step("remove", reason=reason):
        ledger.journal.write(table, row_id, None)
    return changed([table], patient)


def check_day_of(ledger: Ledger, patient: str, day: PartialDate) -> None:
    """Refuse a day in the future or before the birth of a patient."""
    birth = patient_of(ledger.row("patients", patient)).facts.birth_date
    check_day(day, birth, ledger.clock.today())
