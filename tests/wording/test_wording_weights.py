"""The last weight beside a dose."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language import words
from app.records.doses import runs_of
from app.records.lists import code_list
from app.records.model import (
    DoseStep,
    Measure,
    MeasureFacts,
    Patient,
    PatientFacts,
    PatientRecord,
)
from app.wording.weights import beside_dose, weight_words, weights_of
from tests.courses import step, treatment, when

SAY = words()
TODAY = date(2026, 1, 28)


def _weights(*weighed: tuple[str, str], kind: str = "weight_kg") -> tuple[Measure, ...]:
    measures = tuple(
        Measure(str(number), "p", None, MeasureFacts(date=when(day), kind=kind, value=Decimal(kg)))
        for number, (day, kg) in enumerate(weighed)
    )
    record = PatientRecord(Patient("p", PatientFacts("40-1187")), (), (), (), measures, ())
    return weights_of(record, TODAY)


def _said(*weighed: tuple[str, str], kind: str = "weight_kg") -> str:
    return weight_words(_weights(*weighed, kind=kind), TODAY, SAY)


def _beside(
    *doses: DoseStep, weighed: tuple[tuple[str, str], ...], start: str = "", stop: str = ""
) -> list[str]:
    """Return what stands beside each dose of a treatment."""
    runs = runs_of(treatment("t", "ivig", start, stop, *doses))
    return [beside_dose(run, _weights(*weighed), TODAY, SAY) for run in runs]


def test_the_last_weight_is_told_with_its_date() -> None:
    """Of several the latest; other measures are no weights."""
    assert _said(("2025-12-03", "12.40"), ("2025-01-01", "11")) == (
        "last weight 12.4 kg, 3 Dec 2025"
    )
    assert _said(("2025-12-03", "9"), kind="sleep_hours") == "no weight recorded"


def test_two_weights_of_one_day_are_both_told() -> None:
    """Nobody chooses between them; the same number twice is one weight."""
    assert _said(("2026-01-05", "16.8"), ("2026-01-05", "16.2")) == (
        "last weight 16.2 kg and 16.8 kg, 5 Jan 2026"
    )
    assert _said(("2026-01-05", "16.2"), ("2026-01-05", "16.2")) == (
        "last weight 16.2 kg, 5 Jan 2026"
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2025-10-30", "last weight 12 kg, 30 Oct 2025"),
        ("2025-10-29", "no recent weight"),
        ("2025-11", "last weight 12 kg, Nov 2025"),
        ("2025-10", "no recent weight"),
        ("2025", "no recent weight"),
    ],
)
def test_a_weight_of_more_than_ninety_days_is_not_told(day: str, said: str) -> None:
    """After 90 days, or where a short date may be older, there is no recent one."""
    assert _said((day, "12")) == said


def test_a_weight_after_the_day_does_not_count() -> None:
    """The screen stands on a day."""
    assert _said(("2026-02-01", "13")) == "no weight recorded"


_DAYS = st.dates(date(2025, 9, 1), TODAY)


@given(st.lists(st.tuples(_DAYS, st.integers(1, 90)), max_size=6), _DAYS)
def test_the_last_weight_is_found_a_second_way(weighed: list[tuple[date, int]], day: date) -> None:
    """Looked for from the day back, day by day, in any order of typing."""
    known = [(str(when), str(kg)) for when, kg in weighed if when <= day]
    told = "no recent weight" if known else "no weight recorded"
    for number in range(90, -1, -1):
        on = date.fromordinal(day.toordinal() - number)
        found = sorted({kg for when, kg in weighed if when == on})
        if found:
            values = " and ".join(", ".join(f"{kg} kg" for kg in found).rsplit(", ", 1))
            told = f"last weight {values}, {on.day} {on:%b} {on.year}"
    assert weight_words(_weights(*known), day, SAY) == told


def test_a_dose_that_was_given_has_the_last_weight_by_its_start() -> None:
    """A later one is not told beside it; one of the day itself is."""
    steps = (
        step("2", "mg/kg", "daily", "2025-11-01"),
        step("1", "mg/kg", "daily", "2025-12-01", "2025-12-31"),
    )
    weighed = (("2025-10-20", "12"), ("2025-11-02", "12.5"), ("2025-12-01", "13"))
    assert _beside(*steps, weighed=weighed, start="2025-11-01") == [
        "last weight 12 kg, 20 Oct 2025",
        "last weight 13 kg, 1 Dec 2025",
    ]


@pytest.mark.parametrize(
    ("weighed", "told"),
    [
        ((("2025-09-02", "12"),), "last weight 12 kg, 2 Sep 2025"),
        ((("2025-09-01", "12"),), "no recent weight"),
        ((("2025-12-02", "13"),), "no recent weight"),
        ((("2025-12-01", "13"), ("2025-12-01", "31")), "last weight 13 kg and 31 kg, 1 Dec 2025"),
        ((("2025-11", "13"),), "last weight 13 kg, Nov 2025"),
        ((("2025-12", "14"), ("2025-11", "13")), "last weight 13 kg, Nov 2025"),
        ((("2025", "13"),), "no recent weight"),
        ((), "no weight recorded"),
    ],
)
def test_a_single_dose_has_the_last_weight_by_its_day(
    weighed: tuple[tuple[str, str], ...], told: str
) -> None:
    """Of 90 days at most, and certainly not of later; that none is recorded is said of none."""
    assert _beside(step("1", "g/kg", "once", "2025-12-01"), weighed=weighed) == [told]


def test_a_dose_that_runs_has_the_last_weight_by_the_day() -> None:
    """However long ago it began; with a start that nobody knows as well."""
    weighed = (("2025-01-01", "9"), ("2026-01-20", "13"))
    for start in ("2025-01-01", ""):
        dose = step("1", "g/kg", "monthly", start)
        assert _beside(dose, weighed=weighed) == ["last weight 13 kg, 20 Jan 2026"]


def test_a_planned_dose_has_the_last_weight_by_the_day() -> None:
    """Nobody knows the weight of the day that lies ahead, and the one of today is recent."""
    dose = step("1", "g/kg", "once", "2026-07-01")
    assert _beside(dose, weighed=(("2026-01-20", "13"),)) == ["last weight 13 kg, 20 Jan 2026"]


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("2025-12", "last weight 12 kg, 10 Nov 2025"),
        ("2025-11", "no recent weight"),
        ("2026-01", "last weight 12 kg, 10 Nov 2025"),
        ("2026", "last weight 12 kg, 10 Nov 2025"),
        ("2025", "no recent weight"),
    ],
)
def test_a_weight_within_the_month_of_a_start_is_not_told_as_of_before(
    start: str, told: str
) -> None:
    """A short start is its whole period, up to the day."""
    dose = step("1", "g/kg", "once", start)
    assert _beside(dose, weighed=(("2025-11-10", "12"),)) == [told]


@pytest.mark.parametrize(
    ("dose", "unit", "frequency", "start", "stop"),
    [
        ("0", "g/kg", "", "2025-12-01", ""),
        ("20", "mg", "daily", "2025-12-01", ""),
        ("1", "session", "weekly", "2025-12-01", ""),
        ("1", "other", "daily", "2025-12-01", ""),
        ("1", "g/kg", "once", "", ""),
        ("1", "g/kg", "daily", "", "2025-12-31"),
    ],
)
def test_no_weight_stands_beside_what_does_not_go_by_it(
    dose: str, unit: str, frequency: str, start: str, stop: str
) -> None:
    """Beside a pause neither, nor where nobody knows since when something was given."""
    given_dose = step(dose, unit, frequency, start, stop)
    assert _beside(given_dose, weighed=(("2025-12-01", "13"),), stop=stop) == [""]


def test_the_list_says_which_units_go_by_weight() -> None:
    """Per kilogram and per square metre, and no other."""
    for unit in code_list("units").entries:
        assert unit.by_size is unit.id.endswith(("/kg", "/m2"))
