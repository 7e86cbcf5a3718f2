"""The patients, with the mark “entered in error”."""

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from app.clock import Moment
from app.dates import PartialDate, iso
from app.errors import N_, UserError
from app.records.actions import Action
from app.records.entries import Cell
from app.records.fields import check_facts, check_lived, texts_of
from app.records.identifiers import check_free, named_as
from app.records.journal import Subject
from app.records.life import check_birth
from app.records.loading import patient_of
from app.records.model import Patient, PatientFacts
from app.records.rows import blob
from app.records.rules import check_reason
from app.records.session import Session, new_id

_LAST_CONFIRMED = (
    "SELECT user, utc, offset_minutes FROM journal "
    "WHERE patient = ? AND row = ? AND action IN (?, ?) ORDER BY clock DESC LIMIT 1"
)


class Confirmed(Struct, frozen=True):
    """Who confirmed a diagnosis, by the name of today, and when."""

    name: str
    moment: Moment


class Patients:
    """Writes and finds patients; ids are internal unless a name says otherwise."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, facts: PatientFacts, caution: str = "") -> Patient:
        """Store a new patient; UserError if a fact cannot be or the identifier is taken."""
        patient = Patient(new_id(), facts, caution)
        self._check(patient)
        with self._session.journal.atomic():
            told = {**texts_of(facts), "caution": caution}
            self._tell(Action.ADD_PATIENT, patient.id, {}, told)
        return patient

    def change(self, patient: str, facts: PatientFacts, reason: str = "") -> None:
        """Correct a patient's facts; a birth date after something recorded is refused.

        A diagnosis is confirmed, and changed from then on, by a physician alone; so is the course.
        """
        known = self.get(patient)
        self._check(replace(known, facts=facts))
        with self._session.journal.atomic():
            before, after = texts_of(known.facts), texts_of(facts)
            self._tell(Action.CHANGE_PATIENT, patient, before, after, reason)

    def confirmed(self, patient: str) -> Confirmed | None:
        """Return who confirmed the diagnosis as it stands, and when, if that was done here."""
        if not self.get(patient).facts.is_confirmed:
            return None
        about, actions = blob(patient), (one.id for one in _CONFIRMING)
        found = self._session.tuples(_LAST_CONFIRMED, (about, about, *actions))
        for user, utc, offset in found:
            name = str(self._session.row("users", user)["name"])
            return Confirmed(name, Moment.read(utc, offset))
        return None

    def set_next_visit(self, patient: str, day: PartialDate | None) -> None:
        """Set when the patient is expected next; ``None`` for no date.

        UserError more than two years ahead, before birth, or for one who is not active.
        """
        who = self.get(patient)
        if day is not None and not who.facts.is_active:
            raise UserError(
                N_("{name} is not in your care any more. Change the status first."),
                name=who.facts.name,
            )
        facts = replace(who.facts, next_visit=day)
        check_lived(facts, facts.birth_date, self._session.clock.today())
        self._store(Action.PLAN_VISIT, patient, next_visit=iso(day))

    def set_caution(self, patient: str, caution: str) -> None:
        """Set the sentence that stands wherever this patient's scores show; empty for none."""
        self.get(patient)
        self._store(Action.CAUTION_PATIENT, patient, caution=caution)

    def mark_error(self, patient: str, reason: str) -> None:
        """Mark a patient entered in error: gone from lists, charts, pages and export."""
        check_reason(reason)
        self.get(patient)
        self._store(Action.MARK_PATIENT, patient, reason, error_reason=reason)

    def unmark_error(self, patient: str) -> None:
        """Take the mark back; everything is as it was."""
        self.get(patient)
        self._store(Action.UNMARK_PATIENT, patient, error_reason=None)

    def get(self, patient: str) -> Patient:
        """Return a patient, marked or not; UserError if there is none."""
        return patient_of(self._session.row("patients", patient))

    def find(self, patient_id: str) -> Patient | None:
        """Return the patient with this identifier, marked or not, or nothing."""
        rows = named_as(self._session, "patients", patient_id)
        return patient_of(rows[0]) if rows else None

    def by_patient_id(self, patient_id: str) -> Patient:
        """Return the patient with this identifier; UserError if none, or entered in error."""
        found = self.find(patient_id)
        if found is None:
            raise UserError(N_("There is no patient “{patient_id}”."), patient_id=patient_id)
        if found.error_reason is not None:
            raise UserError(
                N_("Patient “{patient_id}” is marked as entered in error."), patient_id=patient_id
            )
        return found

    def all(self) -> tuple[Patient, ...]:
        """Return the patients that count, by name, then identifier."""
        return self._by_name("error_reason IS NULL")

    def marked(self) -> tuple[Patient, ...]:
        """Return the patients marked entered in error, by name."""
        return self._by_name("error_reason IS NOT NULL")

    def _by_name(self, where: str) -> tuple[Patient, ...]:
        return tuple(
            sorted(map(patient_of, self._session.rows("patients", where)), key=name_order)
        )

    def _tell(
        self,
        action: Action,
        patient: str,
        before: Mapping[str, str],
        after: Mapping[str, str],
        reason: str = "",
    ) -> None:
        """Write what facts tell: what is a physician's to say, as an action of its own."""
        rest, judged = dict(after), list[tuple[Action, dict[str, str]]]()
        if not self._session.journal.is_in_step:
            for own in _judging(before, after):
                judged.append((own, {name: rest.pop(name) for name in _JUDGED_BY[own]}))
        self._store(action, patient, reason, **rest)
        for own, cells in judged:
            self._store(own, patient, reason, **cells)

    def _store(self, action: Action, patient: str, reason: str = "", **cells: Cell) -> None:
        with self._session.journal.step(action, reason=reason):
            self._session.journal.write("patients", {"id": patient, **cells}, Subject(patient))

    def _check(self, patient: Patient) -> None:
        facts = patient.facts
        check_facts(facts)
        check_lived(facts, facts.birth_date, self._session.clock.today())
        check_birth(self._session, patient.id, facts.birth_date)
        check_free(self._session, "patients", facts.patient_id, patient.id)


_DIAGNOSIS = ("diagnosis", "diagnosis_note", "diagnosis_confirmed")
_CONFIRMING = (Action.CONFIRM_DIAGNOSIS, Action.CHANGE_CONFIRMED)
_JUDGED_BY = {**dict.fromkeys(_CONFIRMING, _DIAGNOSIS), Action.SET_COURSE: ("course",)}
"""What a physician alone says of a patient: each action with the facts that it writes."""


def _judging(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Action]:
    """Yield what a physician alone does, where facts become others; before all is empty."""
    was, will = before.get("diagnosis_confirmed"), after["diagnosis_confirmed"]
    if any(before.get(name, "") != after[name] for name in _DIAGNOSIS):
        if was:
            yield Action.CHANGE_CONFIRMED
        elif will:
            yield Action.CONFIRM_DIAGNOSIS
    if before.get("course", "") != after["course"]:
        yield Action.SET_COURSE


def name_order(patient: Patient) -> tuple[str, str, str]:
    """Return what patients sort by: family name, given name, identifier."""
    facts = patient.facts
    return facts.family_name.casefold(), facts.given_name.casefold(), facts.patient_id
