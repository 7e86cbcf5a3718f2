"""Treatments with their dose steps, as prescribed."""

from collections.abc import Sequence

from msgspec.structs import replace

from app.errors import N_, UserError
from app.records.fields import check_facts, texts_of
from app.records.ledger import Ledger, changed, new_id
from app.records.model import Changes, DoseFacts, DoseStep, Treatment, TreatmentFacts
from app.records.reading import in_order
from app.records.values import dose_of, treatment_of


class Treatments:
    """Writes treatments and dose steps; ids are internal unless a name says otherwise."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, patient: str, facts: TreatmentFacts) -> Treatment:
        """Store a treatment; an empty id means: make one. UserError if it cannot be."""
        self._ledger.row("patients", patient)
        row_id = new_id()
        named = replace(facts, treatment_id=facts.treatment_id or row_id)
        check_facts(named)
        self._check_free(named.treatment_id)
        treatment = Treatment(row_id, patient, named)
        self._store(treatment, "add")
        return treatment

    def change(self, treatment: str, facts: TreatmentFacts) -> Changes:
        """Correct a treatment; its identifier and its dose steps stay."""
        before = self.get(treatment)
        corrected = replace(facts, treatment_id=before.facts.treatment_id)
        self._store(replace(before, facts=corrected), "change")
        return changed(["treatments"], before.patient)

    def remove(self, treatment: str, reason: str = "") -> Changes:
        """Take a treatment out with its dose steps; the journal keeps them."""
        found = self.get(treatment)
        journal = self._ledger.journal
        with journal.step("remove", reason=reason):
            for step in found.doses:
                journal.write("doses", step.id, None)
            journal.write("treatments", treatment, None)
        return changed(["treatments", "doses"], found.patient)

    def add_dose(self, treatment: str, facts: DoseFacts) -> Changes:
        """Store a dose step; UserError for an unknown unit or rhythm, or an early stop."""
        return self._store_dose(treatment, DoseStep(new_id(), facts), "add")

    def change_dose(self, dose_step: str, facts: DoseFacts) -> Changes:
        """Correct a dose step."""
        treatment = self._ledger.row("doses", dose_step)["treatment"]
        return self._store_dose(treatment, DoseStep(dose_step, facts), "change")

    def remove_dose(self, dose_step: str, reason: str = "") -> Changes:
        """Take a dose step out; the journal keeps it."""
        treatment = self.get(self._ledger.row("doses", dose_step)["treatment"])
        with self._ledger.journal.step("remove", reason=reason):
            self._ledger.journal.write("doses", dose_step, None)
        return changed(["doses"], treatment.patient)

    def get(self, treatment: str) -> Treatment:
        """Return a treatment with its dose steps; UserError if there is none."""
        row = self._ledger.row("treatments", treatment)
        doses = self._ledger.rows("SELECT * FROM doses WHERE treatment = ?", [treatment])
        return treatment_of(row, in_order([dose_of(dose) for dose in doses]))

    def get_dose(self, dose_step: str) -> DoseStep:
        """Return a dose step; UserError if there is none."""
        return dose_of(self._ledger.row("doses", dose_step))

    def find(self, treatment_id: str) -> Treatment | None:
        """Return the treatment with this identifier, or nothing."""
        found = self._ids("treatment_id", treatment_id)
        return self.get(found[0]) if found else None

    def _ids(self, column: str, value: str) -> Sequence[str]:
        sql = f"SELECT id FROM treatments WHERE {column} = ?"  # noqa: S608 - our own names
        return [row_id for (row_id,) in self._ledger.tuples(sql, [value])]

    def _check_free(self, treatment_id: str) -> None:
        if self._ids("treatment_id", treatment_id):
            raise UserError(
                N_("There already is a treatment “{treatment_id}”."), treatment_id=treatment_id
            )

    def _store(self, treatment: Treatment, action: str) -> None:
        check_facts(treatment.facts)
        cells = {"id": treatment.id, "patient": treatment.patient, **texts_of(treatment.facts)}
        with self._ledger.journal.step(action):
            self._ledger.journal.write("treatments", treatment.id, cells)

    def _store_dose(self, treatment: str, step: DoseStep, action: str) -> Changes:
        patient = self.get(treatment).patient
        check_facts(step.facts)
        cells = {"id": step.id, "treatment": treatment, **texts_of(step.facts)}
        with self._ledger.journal.step(action):
            self._ledger.journal.write("doses", step.id, cells)
        return changed(["doses"], patient)
