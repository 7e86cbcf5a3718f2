"""What happened and what was counted beside the scales: events, measures, sequelae."""

from decimal import Decimal

from app.errors import N_, UserError
from app.records.fields import Facts, check_facts, check_lived, texts_of
from app.records.ledger import Ledger, changed, new_id
from app.records.model import (
    Changes,
    Event,
    EventFacts,
    Measure,
    MeasureFacts,
    Sequela,
    SequelaFacts,
)
from app.records.reading import in_day_order
from app.records.values import event_of, known_date, measure_of, patient_of


class Events:
    """Writes events."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, patient: str, facts: EventFacts) -> Event:
        """Store an event; UserError in the future, before birth, or of an unknown kind."""
        event = Event(new_id(), patient, facts)
        self._store(event, "add")
        return event

    def change(self, event: str, facts: EventFacts) -> Changes:
        """Correct an event."""
        patient = self.get(event).patient
        self._store(Event(event, patient, facts), "change")
        return changed(["events"], patient)

    def get(self, event: str) -> Event:
        """Return an event; UserError if there is none."""
        return event_of(self._ledger.row("events", event))

    def remove(self, event: str, reason: str = "") -> Changes:
        """Take an event out; the journal keeps it."""
        return remove_row(self._ledger, "events", event, reason)

    def _store(self, event: Event, action: str) -> None:
        check_in_life(self._ledger, event.patient, event.facts)
        cells = {"id": event.id, "patient": event.patient, **texts_of(event.facts)}
        with self._ledger.journal.step(action):
            self._ledger.journal.write("events", event.id, cells)


class Measures:
    """Writes measures: plain numbers on a day, some of them taken at a visit."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, patient: str, facts: MeasureFacts, visit: str | None = None) -> Measure:
        """Store a measure; UserError if it cannot be, or its visit is signed."""
        check_in_life(self._ledger, patient, facts)
        if visit is not None:
            self._check_visit(patient, visit)
        measure = Measure(new_id(), patient, visit, facts)
        self._store(measure, "add")
        return measure

    def set_for_visit(self, visit: str, kind: str, value: Decimal | None) -> Changes:
        """Set the one measure of a kind of a draft, on its day; ``None`` takes it away."""
        row = self._ledger.row("visits", visit)
        if row["state"] != "draft":
            raise UserError(N_("This visit is signed. Amend it to change something."))
        found = [one.id for one in self.of_visit(visit) if one.facts.kind == kind]
        with self._ledger.journal.step("measure", scope=visit):
            for extra in found if value is None else found[1:]:
                self._ledger.journal.write("measures", extra, None)
            if value is not None:
                facts = MeasureFacts(date=known_date(row["date"]), kind=kind, value=value)
                row_id = found[0] if found else new_id()
                self._store(Measure(row_id, row["patient"], visit, facts), "measure")
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
        check_facts(measure.facts)
        owners = {"patient": measure.patient, "visit": measure.visit}
        cells = {"id": measure.id, **owners, **texts_of(measure.facts)}
        with self._ledger.journal.step(action):
            self._ledger.journal.write("measures", measure.id, cells)


class Sequelae:
    """Writes sequelae: yes, no or not assessed, on a day."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, patient: str, facts: SequelaFacts) -> Sequela:
        """Store a sequela; UserError for an unknown kind or state."""
        self._ledger.row("patients", patient)
        check_facts(facts)
        sequela = Sequela(new_id(), patient, facts)
        cells = {"id": sequela.id, "patient": patient, **texts_of(facts)}
        with self._ledger.journal.step("add"):
            self._ledger.journal.write("sequelae", sequela.id, cells)
        return sequela

    def remove(self, sequela: str, reason: str = "") -> Changes:
        """Take a sequela out; the journal keeps it."""
        return remove_row(self._ledger, "sequelae", sequela, reason)


def remove_row(ledger: Ledger, table: str, row_id: str, reason: str) -> Changes:
    """Take one row of a patient out; the journal keeps it."""
    patient = ledger.row(table, row_id)["patient"]
    with ledger.journal.step("remove", reason=reason):
        ledger.journal.write(table, row_id, None)
    return changed([table], patient)


def check_in_life(ledger: Ledger, patient: str, facts: Facts) -> None:
    """Refuse facts that cannot be, or whose day lies outside the patient's life so far."""
    birth = patient_of(ledger.row("patients", patient)).facts.birth_date
    check_lived(facts, birth, ledger.clock.today())
    check_facts(facts)
