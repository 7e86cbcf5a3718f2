"""Rows and values: how each frozen value is stored, and how it is read back."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from app.clock import Moment
from app.dates import PartialDate, iso, parse_date
from app.errors import N_, Damage
from app.records.model import (
    DoseStep,
    Event,
    Kept,
    Measure,
    Patient,
    PatientFacts,
    Role,
    Sequela,
    Sex,
    Sheet,
    Signature,
    Treatment,
    User,
    Visit,
    VisitContext,
    VisitState,
)
from app.records.rows import Cell
from scales.model import Answer, Declined, Key, Missing, NotTestable, Result, Scored, Side, plain

Read = Mapping[str, Any]
"""A row as it came from the file, where the schema has seen to the types."""

read_date = lru_cache(maxsize=4096)(parse_date)
"""Read a stored date; an empty one is unknown."""


@lru_cache(maxsize=1024)
def key_of(item: str, side: str) -> Key:
    """Return the key of an answers row."""
    return Key(item, Side(side) if side else None)


@lru_cache(maxsize=1024)
def answer_of(value: str, reason: str) -> Answer:
    """Return what an answers row says."""
    if value == Missing.NOT_TESTABLE:
        return NotTestable(reason)
    return Declined(reason) if value == Missing.DECLINED else Scored(Decimal(value))


def cells_of(answer: Answer) -> tuple[str, str]:
    """Return value and reason of an answer as stored."""
    if isinstance(answer, Scored):
        return plain(answer.level), ""
    is_declined = isinstance(answer, Declined)
    return (Missing.DECLINED if is_declined else Missing.NOT_TESTABLE).value, answer.reason


def plain_or_none(number: Decimal | None) -> str | None:
    """Write a number in its shortest form; none stays none."""
    return None if number is None else plain(number)


def result_cells(result: Result) -> dict[str, Cell]:
    """Return the columns in which an assessment keeps what it scored."""
    subscores = {name: plain_or_none(value) for name, value in result.subscores.items()}
    reasons = {str(key): reason.value for key, reason in result.reasons.items()}
    return {
        "total": plain_or_none(result.total),
        "missing": _json([str(key) for key in result.missing]),
        "reasons": _json(reasons),
        "subscores": _json(subscores),
    }


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _key(text: str) -> Key:
    item, _, side = text.partition(".")
    return key_of(item, side)


def sheet_of(row: Read, answers: Mapping[Key, Answer], kept: tuple[Kept, ...]) -> Sheet:
    """Return an assessment with its stored results."""
    reasons = msgspec.json.decode(row["reasons"], type=dict[str, str])
    subscores = msgspec.json.decode(row["subscores"], type=dict[str, str | None])
    return Sheet(
        id=row["id"],
        scale=row["scale"],
        version=row["version"],
        answers=answers,
        is_typed=bool(row["is_typed"]),
        total=None if row["total"] is None else Decimal(row["total"]),
        missing=tuple(map(_key, msgspec.json.decode(row["missing"], type=list[str]))),
        reasons={_key(key): Missing(reason) for key, reason in reasons.items()},
        subscores={
            name: None if value is None else Decimal(value) for name, value in subscores.items()
        },
        kept=kept,
    )


def visit_of(row: Read, sheets: tuple[Sheet, ...]) -> Visit:
    """Return a visit version with its sheets."""
    return Visit(
        id=row["id"],
        visit_id=row["visit_id"],
        patient=row["patient"],
        date=known_date(row["date"]),
        time=row["time"],
        rater=row["rater"],
        state=VisitState(row["state"]),
        version=row["version"],
        started=Moment.read(row["started_utc"], row["started_offset"]),
        context=VisitContext(
            row["slept"], row["ill"], row["missed_dose"], row["cooperation"], row["note"]
        ),
        sheets=sheets,
        amends=row["amends"],
        amend_reason=row["amend_reason"],
        signature=_signature(row),
        error_reason=row["error_reason"],
    )


def _signature(row: Read) -> Signature | None:
    if row["signed_by"] is None:
        return None
    return Signature(
        user=row["signed_by"],
        name=row["signed_name"],
        role=Role(row["signed_role"]),
        moment=Moment.read(row["signed_utc"], row["signed_offset"]),
        meaning=row["meaning"],
    )


def context_cells(context: VisitContext) -> dict[str, Cell]:
    """Return the columns of a visit's context."""
    return {
        "slept": context.slept,
        "ill": context.ill,
        "missed_dose": context.missed_dose,
        "cooperation": context.cooperation,
        "note": context.note,
    }


def known_date(text: str) -> PartialDate:
    """Read a stored date that is never unknown; Damage if it is."""
    day = read_date(text)
    if day is None:
        raise Damage(N_("A date that every record needs is missing from the file."))
    return day


def user_of(row: Read) -> User:
    """Return a user."""
    return User(row["id"], row["name"], Role(row["role"]))


def patient_of(row: Read) -> Patient:
    """Return a patient."""
    facts = PatientFacts(
        patient_id=row["patient_id"],
        given_name=row["given_name"],
        family_name=row["family_name"],
        birth_date=read_date(row["birth_date"]),
        sex=Sex(row["sex"]),
        diagnosis=row["diagnosis"],
        diagnosis_note=row["diagnosis_note"],
        course=row["course"],
        onset_date=read_date(row["onset_date"]),
        language=row["language"],
    )
    return Patient(row["id"], facts, row["caution"], row["error_reason"])


def patient_cells(patient: Patient) -> dict[str, Cell]:
    """Return a patient's row."""
    facts = patient.facts
    return {
        "id": patient.id,
        "patient_id": facts.patient_id,
        "given_name": facts.given_name,
        "family_name": facts.family_name,
        "birth_date": iso(facts.birth_date),
        "sex": facts.sex.value,
        "diagnosis": facts.diagnosis,
        "diagnosis_note": facts.diagnosis_note,
        "course": facts.course,
        "onset_date": iso(facts.onset_date),
        "language": facts.language,
        "caution": patient.caution,
        "error_reason": patient.error_reason,
    }


def treatment_of(row: Read, doses: tuple[DoseStep, ...]) -> Treatment:
    """Return a treatment with its dose steps."""
    return Treatment(
        id=row["id"],
        treatment_id=row["treatment_id"],
        patient=row["patient"],
        agent=row["agent"],
        start=read_date(row["start"]),
        stop=read_date(row["stop"]),
        route=row["route"],
        note=row["note"],
        doses=doses,
    )


def dose_of(row: Read) -> DoseStep:
    """Return a dose step."""
    return DoseStep(
        id=row["id"],
        start=read_date(row["start"]),
        stop=read_date(row["stop"]),
        dose=Decimal(row["dose"]),
        unit=row["unit"],
        frequency=row["frequency"],
        note=row["note"],
    )


def event_of(row: Read) -> Event:
    """Return an event."""
    return Event(
        id=row["id"],
        patient=row["patient"],
        date=known_date(row["date"]),
        stop=read_date(row["stop"]),
        kind=row["kind"],
        author=row["author"],
        note=row["note"],
    )


def measure_of(row: Read) -> Measure:
    """Return a measure."""
    return Measure(
        id=row["id"],
        patient=row["patient"],
        visit=row["visit"],
        date=known_date(row["date"]),
        kind=row["kind"],
        value=Decimal(row["value"]),
        note=row["note"],
    )


def sequela_of(row: Read) -> Sequela:
    """Return a sequela."""
    return Sequela(
        id=row["id"],
        patient=row["patient"],
        date=known_date(row["date"]),
        kind=row["kind"],
        state=row["state"],
        note=row["note"],
    )
