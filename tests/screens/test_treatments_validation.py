"""What is typed about a treatment or an event becomes facts, or a sentence at its place."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.date_reader import DateReader
from app.dates import PartialDate
from app.language import words
from app.records.model import DoseFacts, DoseStep, Treatment, TreatmentFacts
from app.screens.treatments.form_values import (
    Filled,
    FormKind,
    Spot,
    Submission,
    TypedStep,
    Weighing,
)
from app.screens.treatments.validation import Case, Read, read_form
from tests.builders import replace

SAY = words()
TODAY = date(2026, 1, 28)
DATES = DateReader(SAY, lambda: TODAY)
BIRTH = PartialDate(2023, 3, 14)
FIELDS = {
    "agent": "ivig",
    "start": "2025-01-06",
    "stop": "2025-01",
    "route": "intravenous",
    "note": "by pump",
}
EVENT = {"kind": "relapse", "date": "2025-06-12", "stop": "2025-07-12", "note": "at 0.1 mg/kg"}
NEW = {**FIELDS, "weight": "", "weighed_on": "2026-01-28"}
IVIG = Treatment(
    "t1",
    "p",
    TreatmentFacts(
        treatment_id="A",
        agent="ivig",
        start=PartialDate(2025, 1, 6),
        stop=PartialDate(2025, 12, 31),
    ),
    (DoseStep("d1", DoseFacts(dose=Decimal("0.4"), unit="g/kg", frequency="daily")),),
)


def _read(
    kind: FormKind,
    fields: Mapping[str, str],
    *steps: TypedStep,
    treatment: Treatment | None = None,
) -> Read:
    return read_form(kind, Filled(fields, steps), Case(BIRTH, treatment), DATES)


def _told(read: Read) -> dict[str, str]:
    """Return the sentences at fields, by name."""
    assert read.submission is None
    return {spot.field: text for spot, text in read.problems.items() if spot.row is None}


def _submitted(read: Read) -> Submission:
    assert read.problems == {}
    assert read.submission is not None
    return read.submission


def test_a_new_treatment_is_read_as_typed() -> None:
    """Dates keep their precision; a blank dose is none."""
    read = _read(
        FormKind.TREATMENT, NEW, TypedStep(start="2025-01-06", frequency="daily", is_blank=True)
    )
    assert _submitted(read) == Submission(
        {
            "agent": "ivig",
            "start": PartialDate(2025, 1, 6),
            "stop": PartialDate(2025, 1),
            "route": "intravenous",
            "note": "by pump",
        }
    )


def test_the_first_dose_comes_with_the_treatment() -> None:
    """It is a step without an id, to be stored beside it."""
    step = TypedStep(start="2025-01-06", dose="0.4", unit="g/kg", frequency="daily", per="day")
    (stored,) = _submitted(_read(FormKind.TREATMENT, NEW, step)).steps
    assert stored == DoseStep(
        "",
        DoseFacts(
            start=PartialDate(2025, 1, 6),
            dose=Decimal("0.4"),
            unit="g/kg",
            frequency="daily",
            per="day",
        ),
    )


def test_unknown_dates_are_allowed() -> None:
    """An empty start is not known, an empty stop still runs."""
    values = _submitted(_read(FormKind.TREATMENT, {**NEW, "start": "", "stop": ""})).values
    assert (values["start"], values["stop"]) == (None, None)


def test_a_weight_comes_with_its_day() -> None:
    """The weight is a fact of its own; without one its date is not looked at."""
    weighed = {**NEW, "weight": "12.5", "weighed_on": "yesterday"}
    assert _submitted(_read(FormKind.TREATMENT, weighed)).weighing == Weighing(
        Decimal("12.5"), PartialDate(2026, 1, 27)
    )
    unweighed = {**NEW, "weighed_on": "2025-02-31"}
    assert _submitted(_read(FormKind.TREATMENT, unweighed)).weighing is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"weight": "twelve"}, "weight"),
        ({"weight": "1240", "weighed_on": "yesterday"}, "weight"),
        ({"weight": "12", "weighed_on": ""}, "weighed_on"),
        ({"weight": "12", "weighed_on": "2026-02-01"}, "weighed_on"),
        ({"weight": "12", "weighed_on": "Jan 2026"}, "weighed_on"),
        ({"weight": "12", "weighed_on": "2022-01-01"}, "weighed_on"),
    ],
)
def test_a_weight_that_cannot_be_is_told_at_its_field(
    typed: Mapping[str, str], field: str
) -> None:
    """Nobody weighs a ton, and its day lies in the patient's life so far."""
    assert set(_told(_read(FormKind.TREATMENT, {**NEW, **typed}))) == {field}


def test_an_event_is_read_as_typed() -> None:
    """Kind, days and note."""
    assert _submitted(_read(FormKind.EVENT, EVENT)).values == {
        "date": PartialDate(2025, 6, 12),
        "stop": PartialDate(2025, 7, 12),
        "kind": "relapse",
        "note": "at 0.1 mg/kg",
    }


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        (FormKind.TREATMENT, {**NEW, "agent": ""}, "agent"),
        (FormKind.TREATMENT, {**NEW, "start": "2025-02-31"}, "start"),
        (FormKind.TREATMENT, {**NEW, "stop": "in spring"}, "stop"),
        (FormKind.TREATMENT, {**NEW, "stop": "2024"}, "stop"),
        (FormKind.TREATMENT, {**NEW, "agent": "other", "note": " "}, "note"),
        (FormKind.CHANGE, {**FIELDS, "start": "2025-02-31"}, "start"),
        (FormKind.EVENT, {**EVENT, "kind": ""}, "kind"),
        (FormKind.EVENT, {**EVENT, "date": ""}, "date"),
        (FormKind.EVENT, {**EVENT, "date": "2026-01-29", "stop": ""}, "date"),
        (FormKind.EVENT, {**EVENT, "date": "2022"}, "date"),
        (FormKind.EVENT, {**EVENT, "stop": "2099-07-12"}, "stop"),
        (FormKind.EVENT, {**EVENT, "kind": "other", "note": ""}, "note"),
    ],
)
def test_what_cannot_stay_gets_one_sentence_at_its_field(
    kind: FormKind, typed: Mapping[str, str], field: str
) -> None:
    """One wrong field gives one sentence, at that field."""
    assert set(_told(_read(kind, typed))) == {field}


def test_a_stop_needs_a_day_after_the_start() -> None:
    """The last day is needed, is a date, and is not before the treatment began."""
    stopped = _submitted(_read(FormKind.STOP, {"stop": "2025-06-01"}, treatment=IVIG))
    assert stopped.values == {"stop": PartialDate(2025, 6, 1), "stop_reason": ""}
    for text in ("", "soon", "2024-12-31"):
        assert set(_told(_read(FormKind.STOP, {"stop": text}, treatment=IVIG))) == {"stop"}


def test_a_stop_is_read_with_its_reason() -> None:
    """As it was chosen; without a day it is a sentence at its field."""
    typed = {"stop": "2025-06-01", "stop_reason": "no_effect"}
    stopped = _submitted(_read(FormKind.STOP, typed, treatment=IVIG))
    assert stopped.values == {"stop": PartialDate(2025, 6, 1), "stop_reason": "no_effect"}
    alone = {"agent": "ivig", "start": "", "stop": "", "stop_reason": "no_effect"}
    assert _told(_read(FormKind.TREATMENT, alone)) == {
        "stop_reason": "A reason for stopping needs the day of the stop."
    }


LOOK = {
    "kind": "csf", "name": "cells", "date": "2025-05-03", "result": "", "value": "0",
    "unit": "per µl", "next_date": "", "note": "",
}  # fmt: skip


def test_a_finding_is_read_as_it_is_typed() -> None:
    """A value of 0 is one, and an empty one is none."""
    read = _submitted(_read(FormKind.FINDING, LOOK)).values
    assert (read["value"], read["unit"], read["next_date"]) == (Decimal(0), "per µl", None)
    typed = {**LOOK, "result": "negative", "value": "", "unit": "", "next_date": "2026-05"}
    read = _submitted(_read(FormKind.FINDING, typed)).values
    assert (read["value"], read["next_date"]) == (None, PartialDate(2026, 5))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"kind": ""}, {"kind": "Please choose what was looked for."}),
        (
            {"name": ""},
            {"name": "Please write what was looked for, or how: MRI, anti-Hu, a test."},
        ),
        ({"date": ""}, {"date": "Please write a date, for example 14 Mar 2023."}),
        ({"date": "2026-02-01"}, {"date": "1 Feb 2026 is in the future."}),
        ({"value": "", "unit": ""}, {"result": "A finding needs a result or a value."}),
        (
            {"value": "", "result": "negative"},
            {"unit": "A unit needs its value."},
        ),
        (
            {"next_date": "2025-05-02"},
            {"next_date": "The next look, 2 May 2025, is before this one, 3 May 2025."},
        ),
        ({"next_date": "2029"}, {"next_date": "2029 is more than two years ahead."}),
    ],
)
def test_what_a_finding_lacks_is_one_sentence_at_its_field(
    typed: Mapping[str, str], told: Mapping[str, str]
) -> None:
    """It says what to do, in the words of findings."""
    assert _told(_read(FormKind.FINDING, {**LOOK, **typed})) == told


def test_a_row_says_what_is_wrong_at_its_cells() -> None:
    """Every wrong cell of every row is told at once, and blank rows are passed over."""
    rows = (
        TypedStep(start="2025-02-01", dose="x", frequency="daily"),
        TypedStep(frequency="daily", is_blank=True),
        TypedStep(start="2025-13", dose="1", unit="other", frequency="daily"),
    )
    read = _read(FormKind.STEPS, {}, *rows, treatment=IVIG)
    assert read.submission is None
    assert read.problems[Spot("unit", 0)] == "Please choose a unit."
    assert set(read.problems) == {
        Spot("dose", 0), Spot("unit", 0), Spot("start", 2), Spot("note", 2),
    }  # fmt: skip


def test_a_step_lies_inside_its_treatment() -> None:
    """Before its start and after its stop are told at the cell."""
    row = TypedStep(start="2025-01-05", stop="2026-01-01", dose="1", unit="g", frequency="daily")
    read = _read(FormKind.STEPS, {}, row, treatment=IVIG)
    assert set(read.problems) == {Spot("start", 0), Spot("stop", 0)}


def test_an_exact_double_is_refused_at_its_row() -> None:
    """Against what is stored, and against the row above."""
    stored = TypedStep(dose="0.4", unit="g/kg", frequency="daily")
    new = TypedStep(start="2025-02-01", dose="1", unit="g/kg", frequency="daily")
    read = _read(FormKind.STEPS, {}, stored, new, new, treatment=IVIG)
    assert read.problems == {
        Spot("start", 0): "This is recorded already.",
        Spot("start", 2): "This is recorded already.",
    }


def test_nought_as_a_dose_is_asked_back_and_is_no_pause() -> None:
    """A slip for 0.5 must not end a medicine: the rows are named, nothing is submitted."""
    nought = TypedStep(start="2025-02-01", dose="0", unit="g/kg", frequency="daily")
    read = _read(FormKind.STEPS, {}, nought, treatment=IVIG)
    assert (read.submission, read.problems, read.zeros) == (None, {}, (0,))


def test_a_pause_is_a_dose_of_nought_in_the_unit_that_it_interrupts() -> None:
    """Its reason is its note; no frequency is told."""
    pause = TypedStep(start="2025-02-01", note="fever", is_pause=True)
    step = _submitted(_read(FormKind.STEPS, {}, pause, treatment=IVIG)).steps[1]
    assert step.facts == DoseFacts(
        start=PartialDate(2025, 2, 1), dose=Decimal(0), unit="g/kg", note="fever"
    )


@pytest.mark.parametrize(("agent", "unit"), [("ivig", "g"), ("gluten_free_diet", "mg")])
def test_a_pause_without_a_dose_before_has_a_unit_of_its_agent(agent: str, unit: str) -> None:
    """A table needs one; where the agent knows none it is the first of the list."""
    bare = replace(IVIG, agent=agent, doses=())
    pause = TypedStep(start="2025-02-01", is_pause=True)
    (step,) = _submitted(_read(FormKind.STEPS, {}, pause, treatment=bare)).steps
    assert (step.facts.unit, step.facts.is_pause) == (unit, True)


def test_a_pause_after_a_unit_of_its_own_needs_no_note() -> None:
    """“Other” would ask for a note that says which unit."""
    other = DoseStep("d1", DoseFacts(dose=Decimal(1), unit="other", note="drops"))
    pause = TypedStep(start="2025-02-01", is_pause=True)
    known = replace(IVIG, doses=(other,))
    step = _submitted(_read(FormKind.STEPS, {}, pause, treatment=known)).steps[1]
    assert step.facts.unit == "g"


@given(st.text(), st.text(), st.text())
def test_no_text_breaks_the_reading(start: str, dose: str, note: str) -> None:
    """Whatever is typed gives a submission, a sentence or a question."""
    row = TypedStep(start=start, dose=dose, unit="g/kg", note=note)
    read = _read(FormKind.STEPS, {}, row, treatment=IVIG)
    assert (read.submission is None) == bool(read.problems or read.zeros)
