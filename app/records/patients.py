"""Patients: who they are, and the mark that somebody was entered in error."""

from msgspec.structs import replace

from app.dates import PartialDate
from app.errors import N_, UserError
from app.records.fields import check_facts
from app.records.ledger import Ledger, changed, new_id
from app.records.listing import load_patients
from app.records.loading import LATEST
from app.records.model import Changes, Patient, PatientFacts
from app.records.rules import check_reason
from app.records.values import known_date, patient_cells, patient_of

_COUNTED = f"(v.state = 'draft' OR ({LATEST}))"
_DATED = (
    f"SELECT v.date FROM visits AS v WHERE v.patient = ? AND {_COUNTED} "  # noqa: S608 - our own
    "UNION SELECT date FROM events WHERE patient = ? "
    "UNION SELECT m.date FROM measures AS m LEFT JOIN visits AS v ON v.id = m.visit "
    f"WHERE m.patient = ? AND (m.visit IS NULL OR {_COUNTED})"
)


class Patients:
    """Writes and finds patients; ids are internal unless a name says otherwise."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, facts: PatientFacts, caution: str = "") -> Patient:
        """Store a new patient; UserError if a fact cannot be or the identifier is taken."""
        patient = Patient(new_id(), facts, caution)
        self._check(patient)
        return self._store(patient, "add")

    def change(self, patient: str, facts: PatientFacts, reason: str = "") -> Changes:
        """Correct a patient's facts; a birth date after something recorded is refused."""
        corrected = replace(self.get(patient), facts=facts)
        self._check(corrected)
        self._store(corrected, "change", reason)
        return changed(["patients"], patient)

    def set_caution(self, patient: str, caution: str) -> Changes:
        """Set the sentence that stands wherever this patient's scores show; empty for none."""
        self._store(replace(self.get(patient), caution=caution), "change")
        return changed(["patients"], patient)

    def mark_error(self, patient: str, reason: str) -> Changes:
        """Mark a patient entered in error: gone from lists, charts, pages and export."""
        check_reason(reason)
        self._store(replace(self.get(patient), error_reason=reason), "mark_error", reason)
        return changed(["patients", "visits"], patient)

    def unmark_error(self, patient: str) -> Changes:
        """Take the mark back; everything is as it was."""
        self._store(replace(self.get(patient), error_reason=None), "unmark_error")
        return changed(["patients", "visits"], patient)

    def get(self, patient: str) -> Patient:
        """Return a patient, marked or not; UserError if there is none."""
        return patient_of(self._ledger.row("patients", patient))

    def find(self, patient_id: str) -> Patient | None:
        """Return the patient with this identifier, marked or not, or nothing."""
        rows = self._ledger.rows("SELECT * FROM patients WHERE patient_id = ?", [patient_id])
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
        """Return the patients that count, by name."""
        return tuple(one for one in load_patients(self._ledger) if one.error_reason is None)

    def marked(self) -> tuple[Patient, ...]:
        """Return the patients marked entered in error, by name."""
        return tuple(one for one in load_patients(self._ledger) if one.error_reason is not None)

    def _store(self, patient: Patient, action: str, reason: str = "") -> Patient:
        with self._ledger.journal.step(action, reason=reason):
            self._ledger.journal.write("patients", patient.id, patient_cells(patient))
        return patient

    def _check(self, patient: Patient) -> None:
        facts = patient.facts
        check_facts(facts)
        self._check_birth(patient.id, facts.birth_date)
        namesake = self.find(facts.patient_id)
        if namesake is not None and namesake.id != patient.id:
            raise UserError(
                N_("There already is a patient “{patient_id}”."), patient_id=facts.patient_id
            )

    def _check_birth(self, patient: str, birth: PartialDate | None) -> None:
        if birth is None:
            return
        if birth.first > self._ledger.clock.today():
            raise UserError(N_("The birth date, {birth}, is in the future."), birth=birth)
        for (text,) in self._ledger.tuples(_DATED, [patient] * 3):
            day = known_date(text)
            if day.last < birth.first:
                raise UserError(
                    N_("The birth date, {birth}, is after something recorded on {date}."),
                    birth=birth,
                    date=day,
                )
