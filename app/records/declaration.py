"""Each kind of record, declared once: its fields, and what the file keeps beside them.

Storing, journalling, tables in and out, and the comparison of stored and new rows are made from
this page. ``FORMAT`` grows with it, so that an older app knows what it cannot read.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated

from msgspec import Struct

from app.dates import PartialDate
from app.errors import N_
from app.records.fields import (
    Code,
    Date,
    Facts,
    Identifier,
    Number,
    Text,
    Time,
    Weeks,
    fields_of,
)
from app.signs import drawn

FORMAT = 1
ONCE, SESSION = "once", "session"
"""The ids of the frequency and of the unit of single doses."""
AS_PLANNED = "as_planned"
"""The id that says of a single dose that it was given, and is the one that was planned."""
_AXES = ("date", "age")
"""Words that name an axis of the chart where a treatment id could stand."""
RELAPSE, SUSPECTED, DISMISSED = "relapse", "suspected_relapse", "dismissed_relapse"
"""The kinds of events that say what somebody made of a relapse; only the first counts as one."""
REMISSION = "remission"
JUDGED = frozenset({RELAPSE, DISMISSED, REMISSION})
"""The kinds of events that a physician alone records."""
ACTIVE, DIED = "active", "died"
"""The statuses of a patient that the app itself asks for."""
_NO_DIAGNOSIS = N_("Nothing is recorded that this could confirm.")
_NO_RESULT = N_("A finding needs a result or a value.")
_NO_VALUE = N_("A unit needs its value.")
_LOOKED_BEFORE = N_("The next look, {stop}, is before this one, {start}.")
_NO_STOP = N_("A reason for stopping needs the day of the stop.")


class PatientFacts(Facts, frozen=True):
    """What is told about a patient."""

    patient_id: Annotated[str, Identifier(required=True)]
    given_name: Annotated[str, Text()] = ""
    family_name: Annotated[str, Text()] = ""
    birth_date: Annotated[PartialDate | None, Date()] = None
    sex: Annotated[str, Code(list="sexes")] = "unknown"
    diagnosis: Annotated[str, Code(list="diagnoses", note="diagnosis_note", group="diagnosis")] = (
        ""
    )
    diagnosis_note: Annotated[str, Text(group="diagnosis")] = ""
    course: Annotated[str, Code(list="courses")] = ""
    onset_date: Annotated[PartialDate | None, Date()] = None
    language: Annotated[str, Text(is_name=True)] = ""
    status: Annotated[str, Code(list="patient_statuses", group="status")] = ""
    status_date: Annotated[PartialDate | None, Date(group="status")] = None
    next_visit: Annotated[PartialDate | None, Date(planned=True)] = None
    diagnosis_confirmed: Annotated[
        str, Code(list="confirmed", of="diagnosis", lacking=_NO_DIAGNOSIS, group="diagnosis")
    ] = ""
    gestation_weeks: Annotated[Decimal | None, Weeks()] = None

    @property
    def name(self) -> str:
        """Given and family name as they are drawn, or the identifier where neither is recorded."""
        names = [part for part in (self.given_name, self.family_name) if part]
        return drawn(" ".join(names)) or self.patient_id

    @property
    def is_confirmed(self) -> bool:
        """Whether a physician confirmed the diagnosis; else it stands as referred."""
        return bool(self.diagnosis_confirmed)

    @property
    def is_active(self) -> bool:
        """Whether the unit still sees the patient; nothing recorded means that it does."""
        return self.status in ("", ACTIVE)

    @property
    def has_died(self) -> bool:
        """Whether the patient is recorded as having died."""
        return self.status == DIED

    def has_died_by(self, day: date) -> bool:
        """Whether the patient had died by a day; where the date is not exact, may have."""
        when = self.status_date
        return self.has_died and (when is None or when.first <= day)

    def last_day(self, day: date) -> date:
        """Return the last day, up to a day, on which anything can have been given."""
        when = self.status_date
        return min(day, when.last) if self.has_died and when is not None else day


class VisitContext(Facts, frozen=True):
    """What was going on around a visit, and the free note. Empty is not recorded."""

    slept: Annotated[str, Code(list="slept")] = ""
    ill: Annotated[str, Code(list="ill")] = ""
    missed_dose: Annotated[str, Code(list="missed_dose")] = ""
    cooperation: Annotated[str, Code(list="cooperation")] = ""
    note: Annotated[str, Text()] = ""


class VisitFacts(Facts, frozen=True):
    """What is told about a visit; an empty ``visit_id`` of a new one means: make one."""

    visit_id: Annotated[str, Identifier(required=True)]
    date: Annotated[PartialDate, Date(required=True, group="when")]
    time: Annotated[str, Time(group="when")] = ""
    rater: Annotated[str, Text()] = ""
    context: VisitContext = VisitContext()


class AnswerFacts(Facts, frozen=True, kw_only=True):
    """An answer as tables tell it; what item, side and value may be is the scale's to say."""

    scale: Annotated[str, Text(required=True, is_name=True)]
    version: Annotated[str, Text(column="scale_version", is_name=True)] = ""
    item: Annotated[str, Text(required=True, is_name=True)]
    side: Annotated[str, Text(is_name=True)] = ""
    value: Annotated[str, Text(required=True, may_be_empty=True, is_name=True, group="answer")]
    reason: Annotated[str, Code(list="reasons", group="answer")] = ""


class TotalFacts(Facts, frozen=True, kw_only=True):
    """A total typed from paper; its range is the scale's to say."""

    scale: Annotated[str, Text(required=True, is_name=True)]
    version: Annotated[str, Text(column="scale_version", is_name=True)] = ""
    total: Annotated[Decimal, Number(required=True)]


class TreatmentFacts(Facts, frozen=True, kw_only=True):
    """What is told about a treatment; one without a stop still runs.

    An empty ``treatment_id`` of a new one means: make one.
    """

    treatment_id: Annotated[str, Identifier(required=True, reserved=_AXES)] = ""
    agent: Annotated[str, Code(list="agents", required=True, note="note", group="agent")]
    start: Annotated[PartialDate | None, Date(planned=True, group="span")] = None
    stop: Annotated[PartialDate | None, Date(planned=True, group="span", not_before="start")] = (
        None
    )
    route: Annotated[str, Code(list="routes")] = ""
    note: Annotated[str, Text(group="agent")] = ""
    stop_reason: Annotated[
        str, Code(list="stop_reasons", of="stop", lacking=_NO_STOP, group="span")
    ] = ""


class DoseFacts(Facts, frozen=True, kw_only=True):
    """A dose from ``start`` until ``stop``, as prescribed.

    ``per`` says whether the dose is meant each time or for the day in all; steps of a treatment
    that share a word in ``together`` run side by side. ``brand``, ``batch`` and ``reaction`` tell
    of a dose that was given, and ``given`` that it is the one that was planned.
    """

    start: Annotated[PartialDate | None, Date(planned=True, group="span")] = None
    stop: Annotated[PartialDate | None, Date(planned=True, group="span", not_before="start")] = (
        None
    )
    dose: Annotated[Decimal, Number(required=True, group="dose")]
    unit: Annotated[str, Code(list="units", required=True, note="note", group="dose")]
    frequency: Annotated[str, Code(list="frequencies", note="note", group="dose")] = ""
    note: Annotated[str, Text(group="dose")] = ""
    per: Annotated[str, Code(list="dose_per", group="dose")] = ""
    together: Annotated[str, Text(column="with", is_name=True)] = ""
    brand: Annotated[str, Text()] = ""
    batch: Annotated[str, Text()] = ""
    reaction: Annotated[str, Text()] = ""
    given: Annotated[str, Code(list="dose_given")] = ""

    @property
    def is_pause(self) -> bool:
        """Whether nothing is given from its start on; why, if it is known, is its note."""
        return self.dose == 0

    @property
    def is_once(self) -> bool:
        """Whether it is one dose."""
        return not self.is_pause and self.frequency == ONCE

    @property
    def is_single(self) -> bool:
        """Whether it is given once or counted in sessions: it neither ends nor is ended."""
        return self.is_once or (not self.is_pause and self.unit == SESSION)


class EventFacts(Facts, frozen=True, kw_only=True):
    """Something that happened."""

    date: Annotated[PartialDate, Date(required=True, group="span")]
    stop: Annotated[PartialDate | None, Date(group="span", not_before="date")] = None
    kind: Annotated[str, Code(list="event_kinds", required=True, note="note", group="what")]
    author: Annotated[str, Text()] = ""
    note: Annotated[str, Text(group="what")] = ""


class MeasureFacts(Facts, frozen=True, kw_only=True):
    """A plain number on a day."""

    date: Annotated[PartialDate, Date(required=True)]
    kind: Annotated[str, Code(list="measure_kinds", required=True, group="measure")]
    value: Annotated[Decimal, Number(required=True, group="measure", kind="kind")]
    note: Annotated[str, Text()] = ""


class SequelaFacts(Facts, frozen=True, kw_only=True):
    """A lasting trouble: yes, no, or not assessed, on a day."""

    date: Annotated[PartialDate, Date(required=True)]
    kind: Annotated[str, Code(list="sequela_kinds", required=True, group="sequela")]
    state: Annotated[str, Code(list="sequela_states", required=True, group="sequela")]
    note: Annotated[str, Text()] = ""


class FindingFacts(Facts, frozen=True, kw_only=True):
    """What a look found on a day: an antibody, a search for a tumour, a test of development.

    ``name`` says what was looked for, or how; a result, a number with its unit, or both.
    """

    date: Annotated[PartialDate, Date(required=True, group="span")]
    kind: Annotated[str, Code(list="finding_kinds", required=True, group="finding")]
    name: Annotated[str, Text(required=True, group="finding")]
    result: Annotated[
        str, Code(list="finding_results", unless="value", lacking=_NO_RESULT, group="finding")
    ] = ""
    value: Annotated[Decimal | None, Number(group="finding")] = None
    unit: Annotated[str, Text(of="value", lacking=_NO_VALUE, group="finding")] = ""
    next_date: Annotated[
        PartialDate | None,
        Date(planned=True, not_before="date", too_early=_LOOKED_BEFORE, group="span"),
    ] = None
    note: Annotated[str, Text()] = ""


class Link(Struct, frozen=True):
    """A column by which the rows of a table name what they belong to."""

    column: str
    required: bool = True


_PATIENT, _VISIT, _TREATMENT = Link("patient_id"), Link("visit_id"), Link("treatment_id")


class Kind(Struct, frozen=True, dict=True):
    """A kind of record: what it is called, what it tells, and how its published table is keyed.

    No two rows of a table share the columns of ``keys``; without keys the whole row is its own.
    """

    name: str
    facts: type[Facts]
    links: tuple[Link, ...] = (_PATIENT,)
    keys: tuple[str, ...] = ()

    @cached_property
    def file(self) -> str:
        """The file of its published table."""
        return f"{self.name}.csv"

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where the names of what a row belongs to stand, by column."""
        return {link.column: place for place, link in enumerate(self.links)}

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of its published table, in order."""
        owned = tuple(link.column for link in self.links)
        return owned + tuple(each.column for each in fields_of(self.facts))

    @cached_property
    def required(self) -> frozenset[str]:
        """The columns that its published table must have."""
        owned = {link.column for link in self.links if link.required}
        told = {each.column for each in fields_of(self.facts) if each.type.required}
        return frozenset(owned | told)


PATIENTS = Kind("patients", PatientFacts, links=(), keys=("patient_id",))
VISITS = Kind("visits", VisitFacts, keys=("visit_id",))
ANSWERS = Kind(
    "answers", AnswerFacts, links=(_PATIENT, _VISIT), keys=("visit_id", "scale", "item", "side")
)
TOTALS = Kind("totals", TotalFacts, links=(_PATIENT, _VISIT), keys=("visit_id", "scale"))
TREATMENTS = Kind("treatments", TreatmentFacts, keys=("treatment_id",))
DOSES = Kind("doses", DoseFacts, links=(_PATIENT, _TREATMENT))
EVENTS = Kind("events", EventFacts)
MEASURES = Kind("measures", MeasureFacts, links=(_PATIENT, Link("visit_id", required=False)))
SEQUELAE = Kind("sequelae", SequelaFacts)
FINDINGS = Kind("findings", FindingFacts)
KINDS = (
    PATIENTS, VISITS, ANSWERS, TOTALS, TREATMENTS, DOSES, EVENTS, MEASURES, SEQUELAE,
    FINDINGS,
)  # fmt: skip
"""Every kind that has a published table, in the order in which they are told about."""
