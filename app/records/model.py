"""The values of a record: patients, visits, sheets, treatments, events. All frozen.

``id`` is the internal UUIDv7; ``patient_id``, ``visit_id`` and ``treatment_id`` are the
identifiers that people and other programs use. Dates that may be unknown are ``None``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from app.clock import Moment
from app.dates import PartialDate
from app.records.history import DoseStep, Event, Measure, Sequela, Treatment
from scales.model import Answers, Key, Missing

__all__ = [
    "Changes", "DoseStep", "DraftSummary", "Event", "Finding", "ImportedSheet",
    "ImportedVisit", "JournalEntry", "Kept", "LastTotal", "Measure", "Patient", "PatientFacts",
    "PatientRecord", "PatientSummary", "Role", "Sequela", "Sex", "Sheet", "Signature",
    "Treatment", "User", "Visit", "VisitContext", "VisitState",
]  # fmt: skip


class Role(StrEnum):
    """What a user is."""

    NURSE = "nurse"
    PHYSICIAN = "physician"
    KEEPER = "keeper"


class Sex(StrEnum):
    """A patient's sex as recorded."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class VisitState(StrEnum):
    """Where a visit stands. Only a draft can change."""

    DRAFT = "draft"
    SIGNED = "signed"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class User:
    """Someone who works with the app."""

    id: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """What is told about a patient; ids of ``app.records.codes`` where a list exists."""

    patient_id: str
    given_name: str = ""
    family_name: str = ""
    birth_date: PartialDate | None = None
    sex: Sex = Sex.UNKNOWN
    diagnosis: str = ""
    diagnosis_note: str = ""
    course: str = ""
    onset_date: PartialDate | None = None
    language: str = ""

    @property
    def name(self) -> str:
        """Given and family name, or the identifier where neither is recorded."""
        names = [part for part in (self.given_name, self.family_name) if part]
        return " ".join(names) or self.patient_id


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient. ``error_reason`` is set while the patient is marked entered in error.

    ``caution`` is a sentence that must stand wherever this patient's scores show, such as that
    they are illustrative; empty for a real patient.
    """

    id: str
    facts: PatientFacts
    caution: str = ""
    error_reason: str | None = None


@dataclass(frozen=True, slots=True)
class VisitContext:
    """What was going on around a visit, and the free note. Empty is not recorded."""

    slept: str = ""
    ill: str = ""
    missed_dose: str = ""
    cooperation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A question that the rater looked at and kept: its id and the sentence as shown."""

    question: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One assessment of a visit: a scale's answers, or a total typed from paper.

    In a signed visit ``total``, ``missing``, ``reasons`` and ``subscores`` are the stored
    results; in a draft they are computed on reading.
    """

    id: str
    scale: str
    version: str
    answers: Answers
    is_typed: bool
    total: Decimal | None
    missing: tuple[Key, ...] = ()
    reasons: Mapping[Key, Missing] = field(default_factory=dict)
    subscores: Mapping[str, Decimal | None] = field(default_factory=dict)
    kept: tuple[Kept, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, as whom, when, and what signing meant."""

    user: str
    name: str
    role: Role
    moment: Moment
    meaning: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit in one version. ``amends`` is the internal id of the version before."""

    id: str
    visit_id: str
    patient: str
    date: PartialDate
    time: str
    rater: str
    state: VisitState
    version: int
    started: Moment
    context: VisitContext
    sheets: tuple[Sheet, ...]
    amends: str | None = None
    amend_reason: str = ""
    signature: Signature | None = None
    error_reason: str | None = None

    def sheet(self, scale: str) -> Sheet | None:
        """Return the sheet of a scale, if the visit has one."""
        return next((sheet for sheet in self.sheets if sheet.scale == scale), None)


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """All that charts, pages and exports are made from: the latest signed versions only.

    ``visits`` are in series order (first day of the period, full dates before months before
    years, time with the empty first, visit id); ``draft`` is the open visit, if there is one.
    """

    patient: Patient
    visits: tuple[Visit, ...]
    treatments: tuple[Treatment, ...]
    events: tuple[Event, ...]
    measures: tuple[Measure, ...]
    sequelae: tuple[Sequela, ...]
    draft: Visit | None = None


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """An unfinished visit: whose, when it began, and how far it got."""

    visit: str
    patient: Patient
    date: PartialDate
    started: Moment
    answered: int
    keys: int


@dataclass(frozen=True, slots=True)
class LastTotal:
    """A patient's latest totals of one scale, oldest first, for a line in the list."""

    scale: str
    totals: tuple[tuple[PartialDate, Decimal | None], ...]


@dataclass(frozen=True, slots=True)
class PatientSummary:
    """One line of the patient list."""

    patient: Patient
    last_visit: PartialDate | None
    totals: tuple[LastTotal, ...]
    draft: DraftSummary | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write touched: table names, and the patients whose views are stale."""

    tables: frozenset[str]
    patients: frozenset[str]


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of the audit trail.

    ``step`` is the sequence of the first entry of the same user action, ``scope`` the visit that
    the action belongs to (empty elsewhere), ``undoes`` the step that this entry takes back.
    """

    sequence: int
    table: str
    row: str
    user: str
    device: str
    moment: Moment
    action: str
    before: Mapping[str, str | int | None] | None
    after: Mapping[str, str | int | None] | None
    reason: str
    previous_hash: str
    hash: str
    step: int = 0
    scope: str = ""
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class ImportedSheet:
    """One assessment of an imported visit: answers, or a total typed from paper."""

    scale: str
    version: str
    answers: Answers
    total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ImportedVisit:
    """A visit as a table tells it. ``patient`` is the internal id; an empty rater is unknown."""

    patient: str
    visit_id: str
    date: PartialDate
    time: str = ""
    rater: str = ""
    context: VisitContext = field(default_factory=VisitContext)
    sheets: tuple[ImportedSheet, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What ``check`` found of one kind: how many, and a catalogue text with ``{count}``."""

    kind: str
    count: int
    sentence: str
