"""Treatments with their dose steps, as prescribed."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from app.dates import PartialDate, iso
from app.errors import N_, UserError
from app.records.codes import AGENTS, FREQUENCIES, OTHER, UNITS
from app.records.ledger import Ledger, changed, new_id
from app.records.model import Changes, DoseStep, Treatment
from app.records.reading import in_order
from app.records.rows import Cell
from app.records.rules import check_code, check_id, check_noted, check_number, check_span
from app.records.values import dose_of, plain_or_none, treatment_of

_RESERVED = ("date", "age")
"""Words that name an axis where a treatment id could stand."""


class Treatments:
    """Writes treatments and dose steps; ids are internal unless a name says otherwise."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(  # noqa: PLR0913, PLR0917 - the columns of the published table
        self,
        patient: str,
        agent: str,
        start: PartialDate | None,
        stop: PartialDate | None,
        route: str = "",
        note: str = "",
        treatment_id: str = "",
    ) -> Treatment:
        """Store a treatment; an empty id means: make one. UserError if it cannot be."""
        self._ledger.row("patients", patient)
        row_id = new_id()
        treatment = Treatment(
            row_id, treatment_id or row_id, patient, agent, start, stop, route, note
        )
        self._check_free(treatment.treatment_id)
        self._store(treatment, "add")
        return treatment

    def change(
        self,
        treatment: str,
        agent: str,
        start: PartialDate | None,
        stop: PartialDate | None,
        route: str = "",
        note: str = "",
    ) -> Changes:
        """Correct a treatment; its dose steps stay."""
        before = self.get(treatment)
        after = replace(before, agent=agent, start=start, stop=stop, route=route, note=note)
        self._store(after, "change")
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

    def add_dose(  # noqa: PLR0913, PLR0917 - the columns of the published table
        self,
        treatment: str,
        start: PartialDate | None,
        stop: PartialDate | None,
        dose: Decimal,
        unit: str,
        frequency: str = "",
        note: str = "",
    ) -> Changes:
        """Store a dose step; UserError for an unknown unit or rhythm, or an early stop."""
        step = DoseStep(new_id(), start, stop, dose, unit, frequency, note)
        return self._store_dose(treatment, step, "add")

    def change_dose(  # noqa: PLR0913, PLR0917 - the columns of the published table
        self,
        dose_step: str,
        start: PartialDate | None,
        stop: PartialDate | None,
        dose: Decimal,
        unit: str,
        frequency: str = "",
        note: str = "",
    ) -> Changes:
        """Correct a dose step."""
        treatment = self._ledger.row("doses", dose_step)["treatment"]
        step = DoseStep(dose_step, start, stop, dose, unit, frequency, note)
        return self._store_dose(treatment, step, "change")

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

    def find(self, treatment_id: str) -> Treatment | None:
        """Return the treatment with this identifier, or nothing."""
        found = self._ids("treatment_id", treatment_id)
        return self.get(found[0]) if found else None

    def _ids(self, column: str, value: str) -> Sequence[str]:
        sql = f"SELECT id FROM treatments WHERE {column} = ?"  # noqa: S608 - our own names
        return [row_id for (row_id,) in self._ledger.tuples(sql, [value])]

    def _check_free(self, treatment_id: str) -> None:
        check_id(treatment_id)
        if treatment_id in _RESERVED:
            raise UserError(
                N_("“{treatment_id}” names an axis of the chart. Please use another identifier."),
                treatment_id=treatment_id,
            )
        if self._ids("treatment_id", treatment_id):
            raise UserError(
                N_("There already is a treatment “{treatment_id}”."), treatment_id=treatment_id
            )

    def _store(self, treatment: Treatment, action: str) -> None:
        check_code(AGENTS, treatment.agent)
        check_noted(treatment.agent, treatment.note)
        check_span(treatment.start, treatment.stop)
        with self._ledger.journal.step(action):
            self._ledger.journal.write("treatments", treatment.id, _cells(treatment))

    def _store_dose(self, treatment: str, step: DoseStep, action: str) -> Changes:
        patient = self.get(treatment).patient
        check_number(step.dose)
        check_code(UNITS, step.unit)
        if step.frequency:
            check_code(FREQUENCIES, step.frequency)
        check_noted(OTHER if OTHER in {step.unit, step.frequency} else "", step.note)
        check_span(step.start, step.stop)
        with self._ledger.journal.step(action):
            self._ledger.journal.write("doses", step.id, _dose_cells(treatment, step))
        return changed(["doses"], patient)


def _cells(treatment: Treatment) -> dict[str, Cell]:
    return {
        "id": treatment.id,
        "treatment_id": treatment.treatment_id,
        "patient": treatment.patient,
        "agent": treatment.agent,
        "start": iso(treatment.start),
        "stop": iso(treatment.stop),
        "route": treatment.route,
        "note": treatment.note,
    }


def _dose_cells(treatment: str, step: DoseStep) -> dict[str, Cell]:
    return {
        "id": step.id,
        "treatment": treatment,
        "start": iso(step.start),
        "stop": iso(step.stop),
        "dose": plain_or_none(step.dose),
        "unit": step.unit,
        "frequency": step.frequency,
        "note": step.note,
    }
