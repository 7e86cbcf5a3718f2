"""The values of a record: patients, visits, sheets, treatments, events. All frozen.

``id`` is the internal UUIDv7; ``patient_id``, ``visit_id`` and ``treatment_id`` are the
identifiers that people and other programs use. What is told about a thing are its ``facts``, as
``app.records.declaration`` declares them. Dates that may be unknown are ``None``.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, field

from app.clock import Moment
from app.dates import PartialDate
from app.records.declaration import (
    DoseFacts,
    EventFacts,
    FindingFacts,
    MeasureFacts,
    PatientFacts,
    SequelaFacts,
    TreatmentFacts,
    VisitContext,
    VisitFacts,
)
from scales.model import Answers, Key, Missing, Result

__all__ = [
    "Changes", "ClinicalFinding", "ConfirmedQuestion", "DoseFacts", "DoseStep", "DraftSummary",
    "Event", "EventFacts", "Finding", "FindingFacts", "ImportedSheet", "LastTotal", "Measure",
    "MeasureFacts", "Patient", "PatientFacts", "PatientRecord", "PatientSummary", "Role",
    "Sequela", "SequelaFacts", "Sheet", "Signature", "Treatment", "TreatmentFacts", "User",
    "Visit", "VisitContext", "VisitFacts", "VisitState", "expected_next",
]  # fmt: skip


class Role(StrEnum):
    """What a user is."""

    NURSE = "nurse"
    PHYSICIAN = "physician"
    KEEPER = "keeper"


class VisitState(StrEnum):
    """Where a visit stands. Only a draft can change."""

    DRAFT = "draft"
    SIGNED = "signed"
    IMPORTED = "imported"


class UserState(StrEnum):
    """Whether somebody still works with these records."""

    ACTIVE = "active"
    RETIRED = "retired"


class User(Struct, frozen=True):
    """Someone who works with the app, with one role or more."""

    id: str
    name: str
    roles: frozenset[Role]
    state: UserState = UserState.ACTIVE

    @property
    def role(self) -> Role:
        """The role that a signature names: a physician's before a nurse's before a keeper's."""
        return next(role for role in _SIGNING if role in self.roles)

    @property
    def is_keeper(self) -> bool:
        """Whether this user looks after the records now."""
        return Role.KEEPER in self.roles and self.state is UserState.ACTIVE


def roles_in(text: str) -> tuple[Role, ...]:
    """Return the roles that a column of a user names, in the order of all roles."""
    named = text.split()
    return tuple(role for role in Role if role in named)


_SIGNING = (Role.PHYSICIAN, Role.NURSE, Role.KEEPER)


class Patient(Struct, frozen=True):
    """A patient. ``error_reason`` is set while the patient is marked entered in error.

    ``caution`` is a sentence that must stand wherever this patient's scores show, such as that
    they are illustrative; empty for a real patient.
    """

    id: str
    facts: PatientFacts
    caution: str = ""
    error_reason: str | None = None


def expected_next(facts: PatientFacts, last_visit: PartialDate | None) -> PartialDate | None:
    """Return when an active patient is expected; a visit on or after that day has met it."""
    day = facts.next_visit
    if day is None or not facts.is_active:
        return None
    is_met = last_visit is not None and last_visit.first >= day.first
    return None if is_met else day


class ConfirmedQuestion(Struct, frozen=True):
    """A question that the rater looked at and kept: its id and the sentence as shown."""

    question: str
    sentence: str


class UndoLabel(Struct, frozen=True):
    """What Undo would take back: keys of a scale, or none for a typed total or a whole sheet."""

    scale: str
    keys: tuple[Key, ...] = ()


class Sheet(Struct, frozen=True):
    """One assessment of a visit: a scale's answers, or a total typed from paper.

    In a signed visit ``total``, ``missing``, ``reasons`` and ``subscores`` are the stored
    results; in a draft they are computed on reading.
    """

    scale: str
    version: str
    answers: Answers
    is_typed: bool
    total: Decimal | None
    missing: tuple[Key, ...] = ()
    reasons: Mapping[Key, Missing] = field(default_factory=dict)
    subscores: Mapping[str, Decimal | None] = field(default_factory=dict)
    confirmed: tuple[ConfirmedQuestion, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


class Signature(Struct, frozen=True):
    """Who signed, as whom, when, and what signing meant."""

    user: str
    name: str
    role: Role
    moment: Moment
    meaning: str


class Visit(Struct, frozen=True):
    """A visit in one version. ``replaces`` are the internal ids of the versions that it amends."""

    id: str
    patient: str
    facts: VisitFacts
    state: VisitState
    version: int
    started: Moment
    sheets: tuple[Sheet, ...] = ()
    replaces: tuple[str, ...] = ()
    amend_reason: str = ""
    signature: Signature | None = None
    error_reason: str | None = None

    @property
    def counts(self) -> bool:
        """Whether charts and pages are made from it: signed or imported, and no error mark."""
        return self.state is not VisitState.DRAFT and self.error_reason is None

    def sheet(self, scale: str) -> Sheet | None:
        """Return the sheet of a scale, if the visit has one."""
        return next((sheet for sheet in self.sheets if sheet.scale == scale), None)


class DoseStep(Struct, frozen=True, dict=True):
    """A step of a treatment's doses."""

    id: str
    facts: DoseFacts


class Treatment(Struct, frozen=True, dict=True):
    """A treatment and its dose steps, by start. A treatment without a stop still runs."""

    id: str
    patient: str
    facts: TreatmentFacts
    doses: tuple[DoseStep, ...] = ()


class Event(Struct, frozen=True):
    """Something that happened to a patient."""

    id: str
    patient: str
    facts: EventFacts


class Measure(Struct, frozen=True):
    """A plain number on a day; ``visit`` is an internal visit id, if it was taken at one."""

    id: str
    patient: str
    visit: str | None
    facts: MeasureFacts


class Sequela(Struct, frozen=True):
    """A lasting trouble: yes, no, or not assessed, on a day."""

    id: str
    patient: str
    facts: SequelaFacts


class ClinicalFinding(Struct, frozen=True):
    """What a look found on a day. What ``check`` finds in the records is a ``Finding``."""

    id: str
    patient: str
    facts: FindingFacts


class PatientRecord(Struct, frozen=True):
    """All that charts, pages and exports are made from: the latest signed versions only.

    ``visits`` are in series order (first day of the period, full dates before months before
    years, time with the empty first, visit id); ``draft`` is the open visit, if there is one.
    ``has_namesake`` says that somebody in these records could be taken for this patient.
    """

    patient: Patient
    visits: tuple[Visit, ...]
    treatments: tuple[Treatment, ...]
    events: tuple[Event, ...]
    measures: tuple[Measure, ...]
    sequelae: tuple[Sequela, ...]
    draft: Visit | None = None
    has_namesake: bool = False
    findings: tuple[ClinicalFinding, ...] = ()


class DraftSummary(Struct, frozen=True):
    """An unfinished visit: whose, when it began, how far it got, and whether it amends one."""

    visit: str
    patient: Patient
    date: PartialDate
    started: Moment
    answered: int
    keys: int
    is_amendment: bool = False


class LastTotal(Struct, frozen=True):
    """A patient's latest totals of one scale, oldest first, for a line in the list."""

    scale: str
    totals: tuple[tuple[PartialDate, Decimal | None], ...]


class PatientSummary(Struct, frozen=True):
    """One line of the patient list."""

    patient: Patient
    last_visit: PartialDate | None
    totals: tuple[LastTotal, ...]
    draft: DraftSummary | None
    has_namesake: bool = False


class Changes(Struct, frozen=True):
    """What a write touched: table names, and the patients whose views are stale."""

    tables: frozenset[str]
    patients: frozenset[str]

    @property
    def has_settings(self) -> bool:
        """Whether a setting of the unit or of a user was among it."""
        return not self.tables.isdisjoint({"unit_settings", "user_settings"})


class ImportedSheet(Struct, frozen=True):
    """One assessment of an imported visit: answers, or a total typed from paper.

    ``result`` is what the answers score, where somebody scored them already.
    """

    scale: str
    version: str
    answers: Answers
    total: Decimal | None = None
    result: Result | None = None


DAMAGED_COPIES = "copies"
"""The kind of the finding that is about the copies, not about the records themselves."""
COPIES_AHEAD = "ahead"
"""The kind of the finding about copies that hold what the records do not."""
CHANGES_LOST = "lost"
"""The kind of the finding about changes that are neither in the records nor in a copy."""


class Finding(Struct, frozen=True):
    """What ``check`` found of one kind: how many, and a catalogue text with ``{count}``.

    ``is_damage`` says that something was lost or changed, where there is any; ``named`` are the
    names of what was found, where it has names.
    """

    kind: str
    count: int
    sentence: str
    is_damage: bool = True
    named: tuple[str, ...] = ()
