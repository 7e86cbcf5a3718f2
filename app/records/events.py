"""What happened and what was counted beside the scales: events, measures, sequelae."""

from decimal import Decimal

from msgspec.structs import replace

from app.errors import N_, UserError
from app.records.actions import Action
from app.records.declaration import DISMISSED, JUDGED, RELAPSE, SUSPECTED
from app.records.drafts import Drafts
from app.records.fields import check_facts, texts_of
from app.records.journal import Subject
from app.records.life import check_in_life
from app.records.loading import OPEN, event_of, in_day_order, measure_of, told_by
from app.records.model import (
    Event,
    EventFacts,
    Measure,
    MeasureFacts,
    Sequela,
    SequelaFacts,
    VisitFacts,
    VisitState,
)
from app.records.rows import Row, blob
from app.records.session import Session, new_id
from app.records.undo import CHANGED_SINCE, undo

_SIGNED = N_("This visit is signed. Amend it to change something.")
_AMENDING = f"SELECT 1 FROM visits AS v WHERE v.patient = ? AND v.visit = ? AND {OPEN}"


class Events:
    """Writes events."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, patient: str, facts: EventFacts) -> Event:
        """Store an event; UserError for what cannot be, or is recorded already."""
        event = Event(new_id(), patient, facts)
        self._store(Action.ADD_JUDGED if facts.kind in JUDGED else Action.ADD_EVENT, event)
        return event

    def change(self, event: str, facts: EventFacts) -> None:
        """Correct an event; what a physician judged, or judges now, only a physician changes."""
        known = self.get(event)
        self._store(_changing(known.facts.kind, facts.kind), replace(known, facts=facts))

    def confirm(self, event: str) -> None:
        """Make a suspected relapse, or one that was dismissed, a relapse; UserError for others."""
        self._judge(event, RELAPSE)

    def dismiss(self, event: str, reason: str = "") -> None:
        """Say that a suspected relapse was none: it stays readable and counts nowhere."""
        self._judge(event, DISMISSED, reason)

    def get(self, event: str) -> Event:
        """Return an event; UserError if there is none."""
        return event_of(self._session.row("events", event))

    def remove(self, event: str, reason: str = "") -> None:
        """Take an event out; the journal keeps it."""
        known = self.get(event)
        subject, is_judged = Subject(known.patient), known.facts.kind in JUDGED
        action = Action.REMOVE_JUDGED if is_judged else Action.REMOVE_EVENT
        with self._session.journal.step(action, reason=reason):
            self._session.journal.delete("events", {"id": event}, subject)

    def _judge(self, event: str, kind: str, reason: str = "") -> None:
        known = self.get(event)
        if known.facts.kind not in (SUSPECTED, DISMISSED):
            raise UserError(N_("This is no suspected relapse, so there is nothing to confirm."))
        judged = replace(known, facts=replace(known.facts, kind=kind))
        self._store(_changing(known.facts.kind, kind), judged, reason)

    def _store(self, action: Action, event: Event, reason: str = "") -> None:
        check_in_life(self._session, event.patient, event.facts)
        cells = {"id": event.id, "patient": event.patient, **texts_of(event.facts)}
        self._session.check_new("events", "patient", cells)
        with self._session.journal.step(action, reason=reason):
            self._session.journal.write("events", cells, Subject(event.patient))


def _changing(before: str, after: str) -> Action:
    """Return what making an event of one kind one of another is called."""
    if after == RELAPSE and before in (SUSPECTED, DISMISSED):
        return Action.CONFIRM_RELAPSE
    if after == DISMISSED and before == SUSPECTED:
        return Action.DISMISS_RELAPSE
    return Action.CHANGE_EVENT if JUDGED.isdisjoint({before, after}) else Action.CHANGE_JUDGED


class Measures:
    """Writes measures: plain numbers on a day, some of them taken at a visit."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, patient: str, facts: MeasureFacts, visit: str | None = None) -> Measure:
        """Store a measure; UserError if it cannot be, is recorded already, or its visit signed."""
        check_in_life(self._session, patient, facts)
        state = None if visit is None else self._check_visit(patient, visit)
        measure = Measure(new_id(), patient, visit, facts)
        self._session.check_new("measures", "patient", _cells_of(measure))
        # What joins a closed visit is no part of what was signed.
        subject = Subject(patient, visit or "" if state == VisitState.DRAFT else "")
        with self._session.journal.step(Action.ADD_MEASURE):
            self._write(measure, subject)
        return measure

    def add_alone(self, patient: str, facts: MeasureFacts) -> tuple[Measure, int]:
        """Store a measure in a step of its own, whose number stands beside it."""
        with self._session.journal.step(Action.ADD_MEASURE) as done:
            measure = self.add(patient, facts)
        return measure, done.number

    def change(self, measure: str, facts: MeasureFacts) -> int:
        """Correct a measure in one step, whose number it is; UserError as for a new one.

        What was measured at a visit is corrected there.
        """
        corrected = replace(self.get(measure), facts=facts)
        self._check_open(corrected)
        if corrected.visit is not None:
            raise UserError(N_("This was measured at an open visit. Please change it there."))
        self._check(corrected)
        with self._session.journal.step(Action.CHANGE_MEASURE) as done:
            self._write(corrected, Subject(corrected.patient))
        return done.number

    def get(self, measure: str) -> Measure:
        """Return a measure; UserError if there is none."""
        return measure_of(self._session.row("measures", measure))

    def take_back(self, measure: str, step: int) -> None:
        """Undo what was done in a step; UserError where something was changed there since.

        That is also a change elsewhere that leaves no room for what stood before.
        """
        patient = self.get(measure).patient
        with self._session.journal.atomic():
            undo(self._session.journal, step, Subject(patient))
            row = self._session.journal.read("measures", {"id": measure})
            try:
                if row is not None:
                    self._check(measure_of(row))
            except UserError as problem:
                raise UserError(CHANGED_SINCE) from problem

    def set_for_visit(self, visit: str, kind: str, value: Decimal | None) -> None:
        """Set the one measure of a kind of a draft, on its day; ``None`` takes it away."""
        row = Drafts(self._session).open_row(visit)
        found = [one for one in self.of_visit(visit) if one.facts.kind == kind]
        subject = Subject(row["patient"], visit)
        with self._session.journal.step(Action.MEASURE_IN_VISIT):
            for extra in found if value is None else found[1:]:
                self._session.journal.delete("measures", {"id": extra.id}, subject)
            if value is not None:
                date = told_by(VisitFacts, row).date
                facts = MeasureFacts(date=date, kind=kind, value=value)
                known = found[0] if found else Measure(new_id(), row["patient"], visit, facts)
                counted = replace(known, facts=replace(known.facts, date=date, value=value))
                check_facts(counted.facts)
                self._write(counted, subject)

    def of_visit(self, visit: str) -> tuple[Measure, ...]:
        """Return the measures taken at a visit, a draft too."""
        return in_day_order(
            map(measure_of, self._session.rows("measures", "visit = ?", [blob(visit)]))
        )

    def remove(self, measure: str, reason: str = "") -> None:
        """Take a measure out; UserError if it belongs to a signed visit."""
        known = self.get(measure)
        self._check_open(known)
        subject = Subject(known.patient, known.visit or "")
        with self._session.journal.step(Action.REMOVE_MEASURE, reason=reason):
            self._session.journal.delete("measures", {"id": measure}, subject)

    def _check_open(self, measure: Measure) -> None:
        """Refuse to touch what was measured at a visit that is closed."""
        visit = measure.visit
        if visit is not None and self._session.row("visits", visit)["state"] != VisitState.DRAFT:
            raise UserError(_SIGNED)

    def _check(self, measure: Measure) -> None:
        check_in_life(self._session, measure.patient, measure.facts)
        self._session.check_new("measures", "patient", _cells_of(measure))

    def _check_visit(self, patient: str, visit: str) -> str:
        row = self._session.row("visits", visit)
        if row["patient"] != patient:
            raise UserError(N_("This visit belongs to another patient."))
        if row["state"] == VisitState.SIGNED:
            raise UserError(_SIGNED)
        is_closed = row["state"] != VisitState.DRAFT
        if is_closed and self._session.tuples(_AMENDING, [blob(patient), blob(row["visit"])]):
            raise UserError(N_("This visit is being amended. Sign or discard that first."))
        return str(row["state"])

    def _write(self, measure: Measure, subject: Subject) -> None:
        self._session.journal.write("measures", _cells_of(measure), subject)


def _cells_of(measure: Measure) -> Row:
    owners = {"patient": measure.patient, "visit": measure.visit}
    return {"id": measure.id, **owners, **texts_of(measure.facts)}


class Sequelae:
    """Writes sequelae: yes, no or not assessed, on a day."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, patient: str, facts: SequelaFacts) -> Sequela:
        """Store a sequela; UserError for what cannot be, or is recorded already."""
        check_in_life(self._session, patient, facts)
        sequela = Sequela(new_id(), patient, facts)
        cells = {"id": sequela.id, "patient": patient, **texts_of(facts)}
        self._session.check_new("sequelae", "patient", cells)
        with self._session.journal.step(Action.ADD_SEQUELA):
            self._session.journal.add("sequelae", cells, Subject(patient))
        return sequela

    def remove(self, sequela: str, reason: str = "") -> None:
        """Take a sequela out; the journal keeps it."""
        subject = Subject(self._session.row("sequelae", sequela)["patient"])
        with self._session.journal.step(Action.REMOVE_SEQUELA, reason=reason):
            self._session.journal.delete("sequelae", {"id": sequela}, subject)
