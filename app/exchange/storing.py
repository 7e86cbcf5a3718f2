"""Writing new rows into the store, all of them or none."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import N_, Bug
from app.exchange.fresh import Fresh
from app.exchange.rows import DoseRow, EventRow, MeasureRow, SequelaRow, TreatmentRow, VisitRow
from app.records.model import ImportedSheet, ImportedVisit
from app.records.store import Store

Sheets = Mapping[str, tuple[ImportedSheet, ...]]


def store_rows(store: Store, fresh: Fresh, sheets: Sheets) -> None:
    """Write every new row in one transaction; a refusal leaves the store as it was."""
    writer = _Writer(store, sheets)
    with store.atomic():
        for patient in fresh.patients:
            store.patients.add(patient.row.facts)
        for visit in fresh.visits:
            writer.write_visit(visit.row)
        for treatment in fresh.treatments:
            writer.write_treatment(treatment.row)
        for dose in fresh.doses:
            writer.write_dose(dose.row)
        for event in fresh.events:
            writer.write_event(event.row)
        for measure in fresh.measures:
            writer.write_measure(measure.row)
        for sequela in fresh.sequelae:
            writer.write_sequela(sequela.row)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Finds the internal ids that the rows' own ids stand for, and writes."""

    store: Store
    sheets: Sheets

    def write_visit(self, row: VisitRow) -> None:
        visit = ImportedVisit(
            patient=self._patient(row.patient_id),
            visit_id=row.visit_id,
            date=row.date,
            time=row.time,
            rater=row.rater,
            context=row.context,
            sheets=self.sheets.get(row.visit_id, ()),
        )
        self.store.visits.add_imported(visit)

    def write_treatment(self, row: TreatmentRow) -> None:
        patient = self._patient(row.patient_id)
        self.store.treatments.add(
            patient, row.agent, row.start, row.stop, row.route, row.note, row.treatment_id
        )

    def write_dose(self, row: DoseRow) -> None:
        treatment = self.store.treatments.find(row.treatment_id)
        if treatment is None:
            raise Bug(N_("A dose step was read without its treatment."))
        self.store.treatments.add_dose(
            treatment.id, row.start, row.stop, row.dose, row.unit, row.frequency, row.note
        )

    def write_event(self, row: EventRow) -> None:
        patient = self._patient(row.patient_id)
        self.store.events.add(patient, row.date, row.stop, row.kind, row.author, row.note)

    def write_measure(self, row: MeasureRow) -> None:
        visit = self.store.visits.by_visit_id(row.visit_id).id if row.visit_id else None
        patient = self._patient(row.patient_id)
        self.store.measures.add(patient, visit, row.date, row.kind, row.value, row.note)

    def write_sequela(self, row: SequelaRow) -> None:
        patient = self._patient(row.patient_id)
        self.store.sequelae.add(patient, row.date, row.kind, row.state, row.note)

    def _patient(self, patient_id: str) -> str:
        return self.store.patients.by_patient_id(patient_id).id
