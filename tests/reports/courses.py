"""Made-up records for the pages: an invented child, a long course, an empty one."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from app.clock import Moment
from app.dates import PartialDate, parse_date
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
    PatientRecord,
    Role,
    Sequela,
    SequelaFacts,
    Sheet,
    Signature,
    Treatment,
    TreatmentFacts,
    Visit,
    VisitContext,
    VisitFacts,
    VisitState,
)
from app.trends.model import Trend
from app.trends.trend import trend_of
from scales.catalogue import load_catalogue
from scales.model import Answer, Answers, Declined, NotTestable, Scored
from scales.score import score
from tests.builders import replace

CATALOGUE = load_catalogue()
AS_OF = date(2026, 1, 28)
FACTS = PatientFacts(
    patient_id="40-1187",
    given_name="Amira",
    family_name="Haddad",
    birth_date=PartialDate(2023, 3, 14),
    diagnosis="oms_neuroblastoma",
)


def when(text: str) -> PartialDate:
    """Return a date that is known."""
    found = parse_date(text)
    assert found is not None
    return found


def answers(scale: str, *levels: int | str) -> Answers:
    """Answer in key order: a level, ``"?"`` open, ``"x"`` not testable, ``"-"`` declined."""
    kinds: Mapping[object, Answer] = {"x": NotTestable("asleep"), "-": Declined()}
    return {
        key: kinds[level] if isinstance(level, str) else Scored(Decimal(level))
        for key, level in zip(CATALOGUE.find(scale).keys, levels, strict=True)
        if level != "?"
    }


def sheet(scale: str, *levels: int | str) -> Sheet:
    """Return a scored sheet."""
    definition = CATALOGUE.find(scale)
    given = answers(scale, *levels)
    result = score(definition, given)
    return Sheet(
        scale=scale,
        version=definition.version,
        answers=given,
        is_typed=False,
        total=result.total,
        missing=result.missing,
        reasons=result.reasons,
        subscores=result.subscores,
    )


def typed(scale: str, total: str) -> Sheet:
    """Return a total typed from paper."""
    version = CATALOGUE.find(scale).version
    return Sheet(scale, version, {}, is_typed=True, total=Decimal(total))


def visit(day: str, *sheets: Sheet, rater: str = "M. Okafor", **changes: object) -> Visit:
    """Return a signed visit."""
    date_of = when(day)
    moment = Moment(
        datetime(date_of.year, date_of.month or 1, date_of.day or 1, 9, 40, tzinfo=UTC), 60
    )
    plain = Visit(
        id=f"id-{day}",
        patient="p",
        facts=VisitFacts(f"V-{day}", date_of, "10:40", rater),
        state=VisitState.SIGNED,
        version=1,
        started=moment,
        sheets=sheets,
        signature=Signature("u", rater, Role.NURSE, moment, "I scored this visit."),
    )
    return replace(plain, **changes)


def treatment(
    treatment_id: str, agent: str, start: str, stop: str = "", *doses: DoseStep, note: str = ""
) -> Treatment:
    """Return a treatment; empty dates are unknown."""
    facts = TreatmentFacts(
        treatment_id=treatment_id,
        agent=agent,
        start=parse_date(start),
        stop=parse_date(stop),
        note=note,
    )
    return Treatment(treatment_id, "p", facts, doses)


def event(name: str, start: str, stop: str = "", **told: str) -> Event:
    """Return an event; an empty stop is none."""
    return Event(name, "p", EventFacts(date=when(start), stop=parse_date(stop), **told))


def weight(name: str, day: str, value: str) -> Measure:
    """Return a weight in kg."""
    facts = MeasureFacts(date=when(day), kind="weight_kg", value=Decimal(value))
    return Measure(name, "p", None, facts)


def step(start: str, stop: str, dose: str, unit: str, frequency: str) -> DoseStep:
    """Return a dose step."""
    return DoseStep(
        f"d-{start}",
        DoseFacts(
            start=parse_date(start),
            stop=parse_date(stop),
            dose=Decimal(dose),
            unit=unit,
            frequency=frequency,
        ),
    )


def child(facts: PatientFacts = FACTS, caution: str = "") -> PatientRecord:
    """Return an invented child's whole course: relapse, taper, an amended visit, open items."""
    totals: tuple[tuple[str, Sequence[int | str], Sequence[int | str]], ...] = (
        ("2024-12-19", (3, 3, 2, 3, 2, 2), (3, 2, 2, 3, 3)),
        ("2025-01-01", (3, 3, 2, 3, 3, 2), (3, 2, 2, 3, 3)),
        ("2025-01-10", (3, 2, 2, 3, 2, 2), (2, 2, 2, 2, 2)),
        ("2025-01-23", (2, 2, 2, 2, 2, 1), (2, 2, 2, 2, 2)),
        ("2025-02-14", (1, 2, 1, 2, 1, 1), (1, 1, 2, 1, 1)),
        ("2025-04-10", (1, 1, 0, 1, 1, 0), (1, 1, 1, 1, 1)),
        ("2025-06-13", (1, 2, 1, 2, 1, 0), (1, 1, 1, 2, 1)),
        ("2025-06-28", (2, 2, 2, 2, 1, 1), (2, 2, 2, 2, 2)),
        ("2025-08-14", (1, 1, 0, 1, 1, 0), (1, 1, 1, 1, 1)),
        ("2025-09-11", (1, 0, 0, 1, 1, "x"), (0, 1, 1, 1, 1)),
        ("2025-12-03", (0, 1, 0, 0, 0, 0), (0, 1, 1, 1, 1)),
    )
    visits = [
        visit(day, sheet("five_feature", *features), sheet("oms", *oms), rater=rater)
        for (day, oms, features), rater in zip(
            totals, ("M. Okafor", "T. Brandt") * 6, strict=False
        )
    ]
    sara = sheet("sara", 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0)
    kept = (ConfirmedQuestion("q", "Walks alone, yet cannot stand alone: keep?"),)
    last = visit(
        "2026-01-28",
        sheet("five_feature", 0, 0, 0, 1, 0),
        replace(sheet("oms", 0, 0, 0, 0, 0, 0), confirmed=kept),
        sara,
        context=VisitContext(slept="yes", note="Came with <both> parents & a cold."),
        version=2,
        amend_reason="Speech was scored late",
    )
    return PatientRecord(
        patient=Patient("p", facts, caution),
        visits=(*visits, last),
        treatments=(
            treatment("t1", "prednisolone", "2024-12-24", "",
                      step("2024-12-24", "2025-03-01", "2", "mg/kg", "daily"),
                      step("2025-03-01", "2025-06-01", "0.5", "mg/kg", "daily"),
                      step("2025-06-14", "", "0.1", "mg/kg", "alternate_days")),
            treatment("t2", "trazodone", "2024-12-28"),
            treatment("t3", "ivig", "2025-01-01", "2025-12-03",
                      step("2025-01-01", "", "1", "g/kg", "monthly")),
            treatment("t4", "rituximab", "2025-02", "2025-02",
                      step("2025-02", "", "375", "mg/m2", "weekly")),
        ),
        events=(
            event("e1", "2024-12-12", kind="surgery", note="tumour removed"),
            event("e2", "2025-06-12", "2025-07-12", kind="relapse", author="Dr Lindqvist"),
            event("e3", "2025-06-14", kind="fever"),
        ),
        measures=(weight("m1", "2025-12-03", "13.2"), weight("m2", "2026-01-28", "13.6")),
        sequelae=(
            Sequela("s1", "p", SequelaFacts(date=when("2026-01-28"), kind="speech", state="no")),
        ),
    )  # fmt: skip


def empty(facts: PatientFacts = FACTS) -> PatientRecord:
    """Return a patient about whom nothing is recorded yet."""
    return PatientRecord(Patient("p", facts), (), (), (), (), ())


def long_course(count: int = 200) -> PatientRecord:
    """Return a course of many visits, each in three scales."""
    first = date(2006, 1, 1)
    visits: Sequence[Visit] = [
        visit(
            str(first + timedelta(days=30 * number)),
            sheet("five_feature", *(number // step % 4 for step in (1, 2, 3, 5, 7))),
            sheet("oms", *(number // step % 4 for step in (1, 2, 3, 5, 7, 11))),
            sheet("sara", *(number // step % 5 for step in (1, 2, 3, 5, 1, 2, 3, 5, 7, 8, 9, 4))),
            rater=("M. Okafor", "T. Brandt", "A. Sen")[number % 3],
        )
        for number in range(count)
    ]
    return replace(child(), visits=tuple(visits))


def trend(record: PatientRecord, as_of: date = AS_OF) -> Trend:
    """Return the course as it stood on a day."""
    return trend_of(record, CATALOGUE, as_of)
