"""Made-up records for charts, numbers and pages: builders that are short to write, and courses.

``child`` has everything that a chart can show, ``whole_record`` everything that a page can tell.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from app.clock import Moment
from app.dates import PartialDate, parse_date
from app.records.model import (
    ClinicalFinding,
    ConfirmedQuestion,
    DoseFacts,
    DoseStep,
    Event,
    EventFacts,
    FindingFacts,
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
from app.trends.since import trend_of
from scales.catalogue import load_catalogue
from scales.model import Answer, Answers, Declined, NotTestable, Scored
from scales.score import score
from tests.builders import replace

CATALOGUE = load_catalogue()
AS_OF = date(2026, 1, 28)
START = Moment(datetime(2025, 1, 1, 9, tzinfo=UTC), 0)
FACTS = PatientFacts(
    patient_id="40-1187",
    given_name="Amira",
    family_name="Haddad",
    birth_date=PartialDate(2023, 3, 14),
    diagnosis="oms_neuroblastoma",
    diagnosis_confirmed="yes",
)


def when(text: str) -> PartialDate:
    """Return a date that is known, however short."""
    found = parse_date(text)
    assert found is not None
    return found


def answers(scale: str, levels: str) -> Answers:
    """Answer in key order, one letter a key: a digit, ``.`` open, ``x`` not testable, ``-``."""
    kinds: Mapping[str, Answer] = {"x": NotTestable("asleep"), "-": Declined()}
    keys = CATALOGUE.find(scale).keys
    return {
        key: kinds[letter] if letter in kinds else Scored(Decimal(letter))
        for key, letter in zip(keys, levels, strict=True)
        if letter != "."
    }


def sheet(scale: str, levels: str) -> Sheet:
    """Return a scored sheet from one letter a key."""
    definition = CATALOGUE.find(scale)
    given = answers(scale, levels)
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


def visit(day: str, *sheets: Sheet, visit_id: str = "", **changes: object) -> Visit:
    """Return a signed visit; its internal id is the visit id with a hash before it."""
    name = visit_id or f"v{day}"
    plain = Visit(
        id=f"#{name}",
        patient="p",
        facts=VisitFacts(name, when(day), "", "M. Okafor"),
        state=VisitState.SIGNED,
        version=1,
        started=START,
        sheets=sheets,
    )
    return replace(plain, **changes)


def signed_visit(day: str, *sheets: Sheet, rater: str = "M. Okafor", **changes: object) -> Visit:
    """Return a visit at 10:40 that its rater signed."""
    on = when(day).first
    moment = Moment(datetime(on.year, on.month, on.day, 9, 40, tzinfo=UTC), 60)
    signature = Signature("u", rater, Role.NURSE, moment, "I scored this visit.")
    known: dict[str, object] = {"time": "10:40", "started": moment, "signature": signature}
    return visit(day, *sheets, rater=rater, **(known | changes))  # type: ignore[arg-type] # as above


def treatment(
    treatment_id: str,
    agent: str,
    start: str = "",
    stop: str = "",
    *doses: DoseStep,
    note: str = "",
    stop_reason: str = "",
) -> Treatment:
    """Return a treatment; an empty date is unknown."""
    return Treatment(
        id=f"#{treatment_id}",
        patient="p",
        facts=TreatmentFacts(
            treatment_id=treatment_id,
            agent=agent,
            start=parse_date(start),
            stop=parse_date(stop),
            note=note,
            stop_reason=stop_reason,
        ),
        doses=doses,
    )


def step(
    dose: str,
    unit: str,
    frequency: str,
    start: str = "",
    stop: str = "",
    note: str = "",
    *,
    per: str = "",
    together: str = "",
) -> DoseStep:
    """Return a dose step; an empty date is unknown."""
    return DoseStep(
        id=f"{start}/{stop}/{dose}/{unit}/{frequency}/{note}",
        facts=DoseFacts(
            start=parse_date(start),
            stop=parse_date(stop),
            dose=Decimal(dose),
            unit=unit,
            frequency=frequency,
            note=note,
            per=per,
            together=together,
        ),
    )


def event(kind: str, start: str, stop: str = "", author: str = "", note: str = "") -> Event:
    """Return an event."""
    facts = EventFacts(
        date=when(start), stop=parse_date(stop), kind=kind, author=author, note=note
    )
    return Event(f"#{kind}{start}", "p", facts)


def weight(day: str, value: str) -> Measure:
    """Return a weight in kg."""
    facts = MeasureFacts(date=when(day), kind="weight_kg", value=Decimal(value))
    return Measure(f"#{day}", "p", None, facts)


def finding(
    kind: str,
    day: str,
    name: str,
    result: str = "",
    *,
    value: str = "",
    unit: str = "",
    next_date: str = "",
) -> ClinicalFinding:
    """Return what a look found; an empty value is none."""
    facts = FindingFacts(
        date=when(day),
        kind=kind,
        name=name,
        result=result,
        value=Decimal(value) if value else None,
        unit=unit,
        next_date=parse_date(next_date),
    )
    return ClinicalFinding(f"#{kind}{day}{name}", "p", facts)


def record(
    visits: Iterable[Visit] = (),
    treatments: Iterable[Treatment] = (),
    events: Iterable[Event] = (),
    birth: str = "2022-03-14",
    caution: str = "",
) -> PatientRecord:
    """Return a record of a patient born on a day, or on an unknown one."""
    facts = PatientFacts("40-1187", "Amira", "Haddad", birth_date=parse_date(birth))
    return PatientRecord(
        patient=Patient("p", facts, caution),
        visits=tuple(visits),
        treatments=tuple(treatments),
        events=tuple(events),
        measures=(),
        sequelae=(),
    )


def trend(of: PatientRecord, as_of: date = AS_OF) -> Trend:
    """Return the course of a record as it stood on a day."""
    return trend_of(of, CATALOGUE, as_of)


def totals(scale: str, by_day: Mapping[str, str]) -> tuple[Visit, ...]:
    """Return a visit a day with a total typed from paper; an empty one has nothing testable."""
    untestable = "x" * len(CATALOGUE.find(scale).keys)
    return tuple(
        visit(day, typed(scale, total) if total else sheet(scale, untestable))
        for day, total in by_day.items()
    )


CHILD_OMS = {
    "2024-12-19": "333222", "2025-01-01": "333232", "2025-01-10": "323222",
    "2025-01-24": "222221", "2025-02-14": "121211", "2025-03-14": "111111",
    "2025-04-11": "111100", "2025-05-09": "110100", "2025-06-06": "110100",
    "2025-06-20": "121210", "2025-06-28": "222211", "2025-07-18": "111111",
    "2025-08-15": "110110", "2025-09-12": "1001.x", "2025-10-10": "100100",
    "2025-12-05": "010000", "2026-01-28": "000000",
}  # fmt: skip


def child() -> PatientRecord:
    """Return an invented child's course: two raters, steps, a relapse, a visit without a total."""
    visits = [
        visit(day, sheet("oms", levels), rater=("M. Okafor", "M. Okafor", "T. Brandt")[n % 3])
        for n, (day, levels) in enumerate(CHILD_OMS.items())
    ]
    sara = {
        "2025-05-09": "210111111111", "2025-06-28": "322222212221",
        "2025-10-10": "110111011101", "2026-01-28": "100100010100",
    }  # fmt: skip
    visits = [
        replace(each, sheets=(*each.sheets, sheet("sara", sara[str(each.facts.date)])))
        if str(each.facts.date) in sara
        else each
        for each in visits
    ]
    drips = tuple(
        step("1", "g/kg", "once", str(date(2025, 1, 1) + timedelta(days=28 * n)))
        for n in range(13)
    )
    treatments = (
        treatment("p1", "prednisolone", "2024-12-24", "",
                  step("2", "mg/kg", "daily", "2024-12-24", "2025-03-01"),
                  step("1.5", "mg/kg", "daily", "2025-03-01", "2025-04-30"),
                  step("0.8", "mg/kg", "daily", "2025-04-30", "2025-06-08"),
                  step("0.3", "mg/kg", "daily", "2025-06-08", "2025-06-22"),
                  step("1.8", "mg/kg", "daily", "2025-06-22", "2025-08-18"),
                  step("0.7", "mg/kg", "daily", "2025-08-18", "2025-10-28"),
                  step("0.1", "mg/kg", "daily", "2025-10-28")),
        treatment("i1", "ivig", "2025-01-01", "2025-12-03", *drips),
        treatment("r1", "rituximab", "2025-02-07", "2025-02-28",
                  step("375", "mg/m2", "weekly", "2025-02-07", "2025-02-28")),
        treatment("t1", "trazodone", "2024-12"),
    )  # fmt: skip
    events = (
        event("tumour", "2024-12-12", note="removed"),
        event("relapse", "2025-06-12", "2025-07-12", "Dr Lindqvist"),
        event("fever", "2025-06-14"),
        event("hospital", "2025-06-27", "2025-07-03"),
    )
    return record(visits, treatments, events)


def published_case() -> PatientRecord:
    """Return a course of an adult like the published case: illustrative scores, two tapers."""
    five = {
        "2024-12-30": "32322", "2025-01-05": "33322", "2025-01-08": "22221", "2025-01-12": "11221",
        "2025-01-20": "11110", "2025-02-03": "10100", "2025-03-01": "00000", "2026-01-10": "00000",
    }  # fmt: skip
    sara = {"2025-01-05": "764333332222", "2025-01-20": "332222222211", "2025-03-01": "0" * 12}
    visits = []
    for day, levels in five.items():
        ataxia = [sheet("sara", sara[day])] if day in sara else []
        sheets = (sheet("five_feature", levels), *ataxia)
        visits.append(visit(day, *sheets, rater="", time="10:30"))
    taper = [("1", "2025-01-01", "2025-01-11"), ("0.6", "2025-01-11", "2025-01-13"),
             ("0.3", "2025-01-13", "2025-01-16")]  # fmt: skip
    treatments = (
        treatment("pred", "prednisolone", "2025-01-01", "2025-01-16",
                  *(step(dose, "mg/kg", "daily", a, b) for dose, a, b in taper)),
        treatment("clon", "clonazepam", "2025-01-01", "2025-01-16",
                  step("4", "mg", "daily", "2025-01-01", "2025-01-11"),
                  step("2", "mg", "daily", "2025-01-11", "2025-01-16")),
        treatment("ivig", "ivig", "2025-01-06", "2025-01-10",
                  step("0.4", "g/kg", "daily", "2025-01-06", "2025-01-10")),
    )  # fmt: skip
    caution = "Scores and calendar dates are illustrative."
    return record(visits, treatments, birth="1983-06", caution=caution)


def whole_record(facts: PatientFacts = FACTS, caution: str = "") -> PatientRecord:
    """Return an invented child's whole course: relapse, taper, an amended visit, open items."""
    totals: tuple[tuple[str, str, str], ...] = (
        ("2024-12-19", "332322", "32233"),
        ("2025-01-01", "332332", "32233"),
        ("2025-01-10", "322322", "22222"),
        ("2025-01-23", "222221", "22222"),
        ("2025-02-14", "121211", "11211"),
        ("2025-04-10", "110110", "11111"),
        ("2025-06-13", "121210", "11121"),
        ("2025-06-28", "222211", "22222"),
        ("2025-08-14", "110110", "11111"),
        ("2025-09-11", "10011x", "01111"),
        ("2025-12-03", "010000", "01111"),
    )
    visits = [
        signed_visit(day, sheet("five_feature", features), sheet("oms", oms), rater=rater)
        for (day, oms, features), rater in zip(
            totals, ("M. Okafor", "T. Brandt") * 6, strict=False
        )
    ]
    sara = sheet("sara", "110101001000")
    kept = (ConfirmedQuestion("q", "Walks alone, yet cannot stand alone: keep?"),)
    last = signed_visit(
        "2026-01-28",
        sheet("five_feature", "00010"),
        replace(sheet("oms", "000000"), confirmed=kept),
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
                      step("2", "mg/kg", "daily", "2024-12-24", "2025-03-01"),
                      step("0.5", "mg/kg", "daily", "2025-03-01", "2025-06-01"),
                      step("0.1", "mg/kg", "alternate_days", "2025-06-14")),
            treatment("t2", "trazodone", "2024-12-28"),
            treatment("t3", "ivig", "2025-01-01", "2025-12-03",
                      step("1", "g/kg", "monthly", "2025-01-01")),
            treatment("t4", "rituximab", "2025-02", "2025-02",
                      step("375", "mg/m2", "weekly", "2025-02")),
        ),
        events=(
            event("surgery", "2024-12-12", note="tumour removed"),
            event("relapse", "2025-06-12", "2025-07-12", "Dr Lindqvist"),
            event("fever", "2025-06-14"),
        ),
        measures=(
            weight("2025-12-03", "13.2"),
            weight("2026-01-28", "13.6"),
        ),
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
        signed_visit(
            str(first + timedelta(days=30 * number)),
            sheet("five_feature", _turning(number, 4, 1, 2, 3, 5, 7)),
            sheet("oms", _turning(number, 4, 1, 2, 3, 5, 7, 11)),
            sheet("sara", _turning(number, 5, 1, 2, 3, 5, 1, 2, 3, 5, 7, 8, 9, 4)),
            rater=("M. Okafor", "T. Brandt", "A. Sen")[number % 3],
        )
        for number in range(count)
    ]
    return replace(whole_record(), visits=tuple(visits))


def _turning(number: int, levels: int, *steps: int) -> str:
    return "".join(str(number // step % levels) for step in steps)
