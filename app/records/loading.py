"""Reading: visits with their sheets, and a patient's whole record, in a few questions each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from app.clock import Moment
from app.dates import PartialDate
from app.errors import N_, Damage, UserError
from app.records.declaration import (
    DoseFacts,
    EventFacts,
    FindingFacts,
    MeasureFacts,
    PatientFacts,
    SequelaFacts,
    TreatmentFacts,
    VisitFacts,
)
from app.records.fields import F, facts_from
from app.records.model import (
    ClinicalFinding,
    ConfirmedQuestion,
    DoseStep,
    Event,
    Measure,
    Patient,
    PatientRecord,
    Role,
    Sequela,
    Sheet,
    Signature,
    Treatment,
    Visit,
    VisitState,
)
from app.records.rows import TABLES, Row, Stored, blob
from app.records.session import Session
from scales.catalogue import Catalogue
from scales.errors import ScaleError
from scales.model import Answer, Declined, Key, Missing, NotTestable, Scored, Side
from scales.score import score

_NEWEST = (
    "v.state <> 'draft' AND NOT EXISTS (SELECT 1 FROM replacements AS r "
    "JOIN visits AS newer ON newer.id = r.visit "
    "WHERE r.replaced = v.id AND newer.state <> 'draft')"
)
_IS_MARKED = "EXISTS (SELECT 1 FROM error_marks AS e WHERE e.visit = v.visit)"
LATEST = f"{_NEWEST} AND NOT {_IS_MARKED}"
"""Which visits count: the latest signed or imported version, unless entered in error."""
LATEST_OF_ALL = (
    "v.state <> 'draft' AND v.id NOT IN (SELECT r.replaced FROM replacements AS r "
    "JOIN visits AS newer ON newer.id = r.visit WHERE newer.state <> 'draft') "
    "AND v.visit NOT IN (SELECT visit FROM error_marks)"
)
"""The same, for a question to all visits: what does not count is looked up once."""
MARKED = f"{_NEWEST} AND {_IS_MARKED}"
"""Which visits are entered in error."""
OPEN = "v.state = 'draft' AND NOT EXISTS (SELECT 1 FROM replacements AS r WHERE r.replaced = v.id)"
"""Which visits are unfinished, and not taken over by another station."""
ANY_OPEN = f"SELECT 1 FROM visits AS v WHERE {OPEN} LIMIT 1"
"""Asks whether there is an unfinished visit, whoever it is about."""

_NEVER = PartialDate(1)
UNREADABLE = N_("A row of the records cannot be read.")
"""What is told of a row that holds what no row can."""

Order = tuple[int, int, str, str]
Told = TypeVar("Told", Event, Measure, Sequela, ClinicalFinding)


@contextmanager
def readable() -> Iterator[None]:
    """Turn a cell that holds what no cell can into Damage."""
    try:
        yield
    except (ValueError, ArithmeticError, msgspec.MsgspecError) as error:
        raise Damage(UNREADABLE) from error


def series_order(day: PartialDate, time: str, visit_id: str) -> Order:
    """Return what visits sort by: first day, full dates first, time (empty first), visit id."""
    return *day.order, time, visit_id


def order_of(visit: Visit) -> Order:
    """Return a visit's place in a series."""
    return series_order(visit.facts.date, visit.facts.time, visit.facts.visit_id)


def told_by(kind: type[F], row: Row) -> F:
    """Return the facts that a stored row tells; Damage if it tells none."""
    try:
        return facts_from(kind, row)
    except UserError as error:
        raise Damage(UNREADABLE) from error


def patient_of(row: Mapping[str, Any]) -> Patient:
    """Return a patient."""
    facts = told_by(PatientFacts, row)
    return Patient(row["id"], facts, row["caution"], row["error_reason"])


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


def one_visit(session: Session, visit: str) -> Visit:
    """Return a visit version by its internal id; UserError if there is none."""
    found = load_visits(session, "v.id = ?", [blob(visit)])
    if not found:
        raise UserError(N_("This visit is not in the records any more."))
    return found[0]


IS_ALIKE = "SELECT 1 FROM namesakes WHERE patient = ? AND is_alike = 1"


def load_record(session: Session, patient: str) -> PatientRecord:
    """Return all that charts, pages and exports are made from.

    A patient who is marked entered in error has an empty record until the mark is taken back.
    """
    who = patient_of(session.row("patients", patient))
    if who.error_reason is not None:
        return PatientRecord(who, (), (), (), (), ())
    owner = [blob(patient)]
    visits = load_visits(session, f"v.patient = ? AND {LATEST}", owner)
    drafts = load_visits(session, f"v.patient = ? AND {OPEN}", owner)
    counted = {visit.id for visit in visits}
    measures = session.rows("measures", "patient = ?", owner)
    return PatientRecord(
        patient=who,
        visits=visits,
        treatments=load_treatments(session, patient),
        events=in_day_order(map(event_of, session.rows("events", "patient = ?", owner))),
        measures=in_day_order(
            measure_of(row) for row in measures if row["visit"] is None or row["visit"] in counted
        ),
        sequelae=in_day_order(map(sequela_of, session.rows("sequelae", "patient = ?", owner))),
        findings=in_day_order(map(finding_of, session.rows("findings", "patient = ?", owner))),
        draft=drafts[0] if drafts else None,
        has_namesake=bool(session.tuples(IS_ALIKE, owner)),
    )


def load_treatments(session: Session, patient: str) -> tuple[Treatment, ...]:
    """Return a patient's treatments by start, an unknown one last, with their dose steps."""
    doses: dict[object, list[DoseStep]] = defaultdict(list)
    owner = [blob(patient)]
    of_patient = "treatment IN (SELECT id FROM treatments WHERE patient = ?)"
    for row in session.rows("doses", of_patient, owner):
        doses[row["treatment"]].append(dose_of(row))
    rows = session.rows("treatments", "patient = ?", owner)
    treatments = (treatment_of(row, in_order(doses[row["id"]])) for row in rows)
    return tuple(sorted(treatments, key=_start_order))


def _start_order(one: Treatment) -> tuple[bool, Order, str]:
    facts = one.facts
    return facts.start is None, _dated(facts.start), facts.treatment_id


def in_order(doses: Iterable[DoseStep]) -> tuple[DoseStep, ...]:
    """Return dose steps by start, an unknown start first: it is where a treatment begins."""
    return tuple(sorted(doses, key=lambda step: (_dated(step.facts.start), step.id)))


def in_day_order(things: Iterable[Told]) -> tuple[Told, ...]:
    """Return events, measures, sequelae or findings by date, then kind."""
    return tuple(sorted(things, key=lambda one: (_dated(one.facts.date), one.facts.kind, one.id)))


def _dated(day: PartialDate | None) -> Order:
    return series_order(day or _NEVER, "", "")


def treatment_of(row: Mapping[str, Any], doses: tuple[DoseStep, ...]) -> Treatment:
    """Return a treatment with its dose steps."""
    return Treatment(row["id"], row["patient"], told_by(TreatmentFacts, row), doses)


def dose_of(row: Mapping[str, Any]) -> DoseStep:
    """Return a dose step."""
    return DoseStep(row["id"], told_by(DoseFacts, row))


def event_of(row: Mapping[str, Any]) -> Event:
    """Return an event."""
    return Event(row["id"], row["patient"], told_by(EventFacts, row))


def measure_of(row: Mapping[str, Any]) -> Measure:
    """Return a measure."""
    return Measure(row["id"], row["patient"], row["visit"], told_by(MeasureFacts, row))


def sequela_of(row: Mapping[str, Any]) -> Sequela:
    """Return a sequela."""
    return Sequela(row["id"], row["patient"], told_by(SequelaFacts, row))


def finding_of(row: Mapping[str, Any]) -> ClinicalFinding:
    """Return what a look found."""
    return ClinicalFinding(row["id"], row["patient"], told_by(FindingFacts, row))


@readable()
def load_visits(session: Session, where: str, values: Sequence[Stored]) -> tuple[Visit, ...]:
    """Return the visits ``v`` that a condition names, in series order, with their sheets.

    A sheet of a draft is scored on reading; one without any answer or total is left out.
    """
    question = _Question(session, where, values)
    heads = question.rows("visits", "v")
    states = {row["id"]: VisitState(row["state"]) for row in heads}
    sheets: dict[str, list[Sheet]] = defaultdict(list)
    for visit, sheet in _load_sheets(question):
        if sheet.is_typed or sheet.answers:
            is_draft = states[visit] is VisitState.DRAFT
            sheets[visit].append(_scored(session.catalogue, sheet) if is_draft else sheet)
    marks, replaced = question.pairs(_MARKS), question.pairs(_REPLACED)
    visits = (
        _visit_of(
            row,
            _in_order(session.catalogue, sheets[row["id"]]),
            tuple(one.hex() for one in replaced.get(row["id"], ())),
            next(iter(marks.get(row["id"], ())), None),
        )
        for row in heads
    )
    return tuple(sorted(visits, key=order_of))


_MARKS = "SELECT v.id, e.reason FROM visits AS v JOIN error_marks AS e ON e.visit = v.visit AND "
_REPLACED = (
    "SELECT v.id, r.replaced FROM visits AS v JOIN replacements AS r ON r.visit = v.id AND "
)
_BENEATH = "FROM visits AS v JOIN {table} AS b ON b.visit = v.id AND "


class _Question(msgspec.Struct, frozen=True):
    """The visits that a condition names, and what is asked about them."""

    session: Session
    where: str
    values: Sequence[Stored]

    def rows(self, table: str, name: str) -> list[dict[str, Any]]:
        """Return the rows of visits (``v``), or of a table beneath them (``b``)."""
        shape = TABLES[table]
        columns = ", ".join(f"{name}.{column}" for column in shape.columns)
        source = "FROM visits AS v WHERE " if name == "v" else _BENEATH.format(table=table)
        return [shape.read(cells) for cells in self._asked(f"SELECT {columns} {source}")]

    def pairs(self, sql: str) -> Mapping[str, list[Any]]:
        """Return what a question tells of each visit."""
        found: dict[str, list[Any]] = defaultdict(list)
        for visit, told in self._asked(sql):
            found[visit.hex()].append(told)
        return found

    def tuples(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """Return some columns of a table beneath the visits."""
        listed = ", ".join(f"b.{column}" for column in columns)
        return self._asked(f"SELECT {listed} {_BENEATH.format(table=table)}")

    def _asked(self, sql: str) -> list[tuple[Any, ...]]:
        return self.session.tuples(sql + self.where, self.values)


def _load_sheets(question: _Question) -> list[tuple[str, Sheet]]:
    answers: dict[tuple[bytes, str], dict[Key, Answer]] = defaultdict(dict)
    for visit, scale, item, side, value, reason in question.tuples(
        "answers", "visit", "scale", "item", "side", "value", "reason"
    ):
        answers[visit, scale][key_of(item, side)] = answer_of(value, reason)
    confirmed: dict[tuple[bytes, str], list[ConfirmedQuestion]] = defaultdict(list)
    for visit, scale, name, sentence in sorted(
        question.tuples("confirmations", "visit", "scale", "question", "sentence")
    ):
        confirmed[visit, scale].append(ConfirmedQuestion(name, sentence))
    found = []
    for row in question.rows("sheets", "b"):
        name = blob(row["visit"]), row["scale"]
        found.append((row["visit"], _sheet_of(row, answers[name], tuple(confirmed[name]))))
    return found


def _sheet_of(
    row: Mapping[str, Any],
    answers: Mapping[Key, Answer],
    confirmed: tuple[ConfirmedQuestion, ...],
) -> Sheet:
    reasons = _REASONS.decode(row["reasons"])
    subscores = _SUBSCORES.decode(row["subscores"])
    return Sheet(
        scale=row["scale"],
        version=row["version"],
        answers=answers,
        is_typed=bool(row["is_typed"]),
        total=None if row["total"] is None else Decimal(row["total"]),
        missing=tuple(map(_key, _MISSING.decode(row["missing"]))),
        reasons={_key(key): Missing(reason) for key, reason in reasons.items()},
        subscores={
            name: None if value is None else Decimal(value) for name, value in subscores.items()
        },
        confirmed=confirmed,
    )


_REASONS = msgspec.json.Decoder(dict[str, str])
_SUBSCORES = msgspec.json.Decoder(dict[str, str | None])
_MISSING = msgspec.json.Decoder(list[str])


def _key(text: str) -> Key:
    item, _, side = text.partition(".")
    return key_of(item, side)


def _visit_of(
    row: Mapping[str, Any],
    sheets: tuple[Sheet, ...],
    replaces: tuple[str, ...],
    error_reason: str | None,
) -> Visit:
    return Visit(
        id=row["id"],
        patient=row["patient"],
        facts=told_by(VisitFacts, row),
        state=VisitState(row["state"]),
        version=row["version"],
        started=Moment.read(row["started_utc"], row["started_offset"]),
        sheets=sheets,
        replaces=replaces,
        amend_reason=row["amend_reason"],
        signature=_signature(row),
        error_reason=error_reason,
    )


def _signature(row: Mapping[str, Any]) -> Signature | None:
    if row["signed_by"] is None:
        return None
    return Signature(
        user=row["signed_by"],
        name=row["signed_name"],
        role=Role(row["signed_role"]),
        moment=Moment.read(row["signed_utc"], row["signed_offset"]),
        meaning=row["meaning"],
    )


def _scored(catalogue: Catalogue, sheet: Sheet) -> Sheet:
    if sheet.is_typed:
        return sheet
    try:
        result = score(catalogue.find(sheet.scale), sheet.answers)
    except ScaleError:
        # A later version of the scale refuses what an older one took; signing says why.
        return sheet
    return replace(
        sheet,
        total=result.total,
        missing=result.missing,
        reasons=result.reasons,
        subscores=result.subscores,
    )


def _in_order(catalogue: Catalogue, sheets: list[Sheet]) -> tuple[Sheet, ...]:
    places = {definition.id: place for place, definition in enumerate(catalogue.definitions)}
    return tuple(sorted(sheets, key=lambda sheet: (places.get(sheet.scale, 99), sheet.scale)))
