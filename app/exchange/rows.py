"""One row of each table as a frozen value, its cells read and its texts kept as they were."""

from dataclasses import dataclass
from decimal import Decimal

from app.dates import PartialDate
from app.records.model import PatientFacts, VisitContext
from scales.model import Answer, Key


@dataclass(frozen=True, slots=True)
class PatientRow:
    """A row of ``patients.csv``."""

    facts: PatientFacts

    @property
    def patient_id(self) -> str:
        """Whose row it is."""
        return self.facts.patient_id


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A row of ``visits.csv``."""

    patient_id: str
    visit_id: str
    date: PartialDate
    time: str
    rater: str
    context: VisitContext


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A row of ``answers.csv``; ``answer`` is ``None`` where the key is not scored."""

    patient_id: str
    visit_id: str
    scale: str
    version: str
    key: Key
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row of ``totals.csv``."""

    patient_id: str
    visit_id: str
    scale: str
    version: str
    total: Decimal


@dataclass(frozen=True, slots=True)
class TreatmentRow:
    """A row of ``treatments.csv``."""

    patient_id: str
    treatment_id: str
    agent: str
    start: PartialDate | None
    stop: PartialDate | None
    route: str
    note: str


@dataclass(frozen=True, slots=True)
class DoseRow:
    """A row of ``doses.csv``."""

    patient_id: str
    treatment_id: str
    start: PartialDate | None
    stop: PartialDate | None
    dose: Decimal
    unit: str
    frequency: str
    note: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """A row of ``events.csv``."""

    patient_id: str
    date: PartialDate
    stop: PartialDate | None
    kind: str
    author: str
    note: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A row of ``measures.csv``; ``visit_id`` is empty where it was taken at none."""

    patient_id: str
    visit_id: str
    date: PartialDate
    kind: str
    value: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class SequelaRow:
    """A row of ``sequelae.csv``."""

    patient_id: str
    date: PartialDate
    kind: str
    state: str
    note: str


Row = (
    PatientRow
    | VisitRow
    | AnswerRow
    | TotalRow
    | TreatmentRow
    | DoseRow
    | EventRow
    | MeasureRow
    | SequelaRow
)
