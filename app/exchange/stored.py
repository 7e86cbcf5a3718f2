"""What the store already holds, looked up by the ids and keys of the tables."""

from dataclasses import dataclass, field
from decimal import Decimal

from app.exchange.held import Held, held_by, treatment_row, visit_row
from app.exchange.rows import AnswerRow, TotalRow, TreatmentRow, VisitRow
from app.records.model import Patient, Sheet, Visit, VisitState
from app.records.store import Store
from scales.catalogue import Catalogue


@dataclass(slots=True)
class Stored:
    """A view of the store that remembers what it has looked up; it writes nothing."""

    store: Store
    catalogue: Catalogue
    _patients: dict[str, Patient | None] = field(default_factory=dict)
    _visits: dict[str, Visit | None] = field(default_factory=dict)
    _held: dict[str, Held | None] = field(default_factory=dict)

    def patient(self, patient_id: str) -> Patient | None:
        """Return a patient, marked entered in error or not; ``None`` if there is none."""
        if patient_id not in self._patients:
            self._patients[patient_id] = self.store.patients.find(patient_id)
        return self._patients[patient_id]

    def held(self, patient_id: str) -> Held | None:
        """Return the rows of a stored patient."""
        if patient_id not in self._held:
            patient = self.patient(patient_id)
            record = None if patient is None else self.store.record(patient.id)
            self._held[patient_id] = None if record is None else held_by(record, self.catalogue)
        return self._held[patient_id]

    def owner_of_visit(self, visit_id: str) -> str | None:
        """Return whose a visit is, be it a draft; ``None`` if there is none."""
        found = self._find(visit_id)
        return None if found is None else self._patient_id(found.patient)

    def visit(self, visit_id: str) -> Visit | None:
        """Return the latest version that is no draft, marked as an error or not."""
        found = self._find(visit_id)
        return None if found is None or found.state is VisitState.DRAFT else found

    def is_draft_only(self, visit_id: str) -> bool:
        """Whether the visit is begun but was never signed."""
        return self._find(visit_id) is not None and self.visit(visit_id) is None

    def visit_row(self, row: VisitRow) -> VisitRow | None:
        """Return the stored row of the same key."""
        visit = self.visit(row.visit_id)
        return None if visit is None else visit_row(visit, self._patient_id(visit.patient))

    def treatment_row(self, row: TreatmentRow) -> TreatmentRow | None:
        """Return the stored row of the same key."""
        treatment = self.store.treatments.find(row.treatment_id)
        if treatment is None:
            return None
        return treatment_row(treatment, self._patient_id(treatment.patient))

    def owner_of_treatment(self, treatment_id: str) -> str | None:
        """Return whose a treatment is; ``None`` if there is none."""
        treatment = self.store.treatments.find(treatment_id)
        return None if treatment is None else self._patient_id(treatment.patient)

    def has_scale(self, visit_id: str, scale: str) -> bool:
        """Whether the stored visit has answers or a total of this scale."""
        return self._sheet(visit_id, scale) is not None

    def has_answer(self, row: AnswerRow) -> bool:
        """Whether the stored visit says of this key what the row says, open included."""
        sheet = self._sheet(row.visit_id, row.scale)
        return row.answer == (None if sheet is None else sheet.answers.get(row.key))

    def total(self, row: TotalRow) -> Decimal | None:
        """Return the total that the stored visit has of this scale."""
        sheet = self._sheet(row.visit_id, row.scale)
        return None if sheet is None else sheet.total

    def _sheet(self, visit_id: str, scale: str) -> Sheet | None:
        visit = self.visit(visit_id)
        return None if visit is None else visit.sheet(scale)

    def _find(self, visit_id: str) -> Visit | None:
        if visit_id not in self._visits:
            self._visits[visit_id] = self.store.visits.find(visit_id)
        return self._visits[visit_id]

    def _patient_id(self, patient: str) -> str:
        return self.store.patients.get(patient).facts.patient_id
