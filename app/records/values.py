"""Rows and values: how each frozen value is stored, and how it is read back."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from app.clock import Moment
from app.dates import PartialDate, parse_date
from app.errors import N_, Damage, UserError
from app.records.fields import F, facts_from, texts_of
from app.records.model import (
    ConfirmedQuestion,
    DoseFacts,
    DoseStep,
    Event,
    EventFacts,
    Measure,
    MeasureFacts,
    Patient,
    PatientFacts,
    Role,
    Sequela,
    SequelaFacts,
    Sheet,
    Signature,
    Treatment,
    TreatmentFacts,
    User,
    Visit,
    VisitFacts,
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


def sheet_of(
    row: Read, answers: Mapping[Key, Answer], confirmed: tuple[ConfirmedQuestion, ...]
) -> Sheet:
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
        confirmed=confirmed,
    )


def visit_of(row: Read, sheets: tuple[Sheet, ...]) -> Visit:
    """Return a visit version with its sheets."""
    return Visit(
        id=row["id"],
        patient=row["patient"],
        facts=told_by(VisitFacts, row),
        state=VisitState(row["state"]),
        version=row["version"],
        started=Moment.read(row["started_utc"], row["started_offset"]),
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


def told_by(kind: type[F], row: Read) -> F:
    """Return the facts that a stored row tells; Damage if it tells none."""
    try:
        return facts_from(kind, row)
    except UserError as error:
        raise Damage(N_("A row of the records cannot be read.")) from error


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
    facts = told_by(PatientFacts, row)
    return Patient(row["id"], facts, row["caution"], row["error_reason"])


def patient_cells(patient: Patient) -> dict[str, Cell]:
    """Return a patient's row."""
    marks = {"caution": patient.caution, "error_reason": patient.error_reason}
    return {"id": patient.id, **texts_of(patient.facts), **marks}


def treatment_of(row: Read, doses: tuple[DoseStep, ...]) -> Treatment:
    """Return a treatment with its dose steps."""
    return Treatment(row["id"], row["patient"], told_by(TreatmentFacts, row), doses)


def dose_of(row: Read) -> DoseStep:
    """Return a dose step."""
    return DoseStep(row["id"], told_by(DoseFacts, row))


def event_of(row: Read) -> Event:
    """Return an event."""
    return Event(row["id"], row["patient"], told_by(EventFacts, row))


def measure_of(row: Read) -> Measure:
    """Return a measure."""
    return Measure(row["id"], row["patient"], row["visit"], told_by(MeasureFacts, row))


def sequela_of(row: Read) -> Sequela:
    """Return a sequela."""
    return Sequela(row["id"], row["patient"], told_by(SequelaFacts, row))
