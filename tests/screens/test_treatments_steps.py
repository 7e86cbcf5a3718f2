"""The rows of a treatment's table: from stored steps to cells, and back."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.date_reader import DateReader
from app.language import words
from app.records.declaration import DoseFacts, TreatmentFacts
from app.records.model import DoseStep
from app.screens.treatments.form_values import TypedStep
from app.screens.treatments.form_view import next_step, typed_steps
from app.screens.treatments.reading import Reader
from app.screens.treatments.step_reading import StepsRead, Table, read_steps
from tests.builders import replace
from tests.courses import when

SAY = words()
TODAY = date(2026, 1, 28)
READER = Reader(DateReader(SAY, lambda: TODAY))
FACTS = TreatmentFacts(agent="clonazepam", start=when("2025-01-01"))
MORNING = DoseStep(
    "m",
    DoseFacts(
        start=when("2025-01-01"),
        dose=Decimal("0.25"),
        unit="mg",
        frequency="daily",
        note="morning",
        together="a",
    ),
)
NIGHT = replace(MORNING, id="n", dose=Decimal("0.5"), note="night")
LATER = replace(MORNING, id="l", start=when("2025-06"), note="", together="")


def _read(*rows: TypedStep, stored: tuple[DoseStep, ...], standing: bool = False) -> StepsRead:
    table = Table(
        treatment=FACTS,
        birth=None,
        stored=stored,
        standing=stored if standing else (),
    )
    return read_steps(rows, table, READER)


def _words(read: StepsRead) -> list[str]:
    assert read.problems == {}
    return [step.facts.together for step in read.steps]


def test_what_is_stored_comes_back_as_it_was() -> None:
    """Opening a table and saving it changes nothing."""
    stored = (MORNING, NIGHT, LATER)
    assert _read(*typed_steps(stored, SAY), stored=stored).steps == stored


def test_a_pause_of_a_table_opens_as_one_and_comes_back() -> None:
    """A dose 0 that was imported can be opened, changed and saved."""
    pause = replace(LATER, dose=Decimal(0), frequency="daily")
    (row,) = typed_steps((pause,), SAY)
    assert (row.is_pause, row.dose, row.unit) == (True, "", "")
    assert _read(row, stored=(pause,)).steps == (pause,)
    changed = _read(replace(row, note="fever"), stored=(pause,)).steps[0]
    assert (changed.facts.unit, changed.facts.note, changed.facts.dose) == (
        "mg",
        "fever",
        Decimal(0),
    )


def test_an_odd_step_that_nobody_touched_can_be_saved_again() -> None:
    """What a table brought in is not refused for what stands in another row."""
    odd = replace(LATER, start=when("2031"))
    new = TypedStep(start="2025-07-01", dose="1", unit="mg", frequency="daily")
    assert _read(*typed_steps((odd,), SAY), new, stored=(odd,)).problems == {}


def test_a_stored_step_before_a_later_start_is_told() -> None:
    """Moving the start of a treatment past a step is refused at the step."""
    read = read_steps(
        typed_steps((MORNING,), SAY),
        Table(replace(FACTS, start=when("2025-02-01")), None, stored=(MORNING,)),
        READER,
    )
    assert [(spot.field, spot.row) for spot in read.problems] == [("start", 0)]


def test_a_row_with_the_row_above_shares_a_word() -> None:
    """The row that stands there gets one too, where it has none."""
    new = TypedStep(start="2025-06", dose="1", unit="mg", frequency="daily", is_with_above=True)
    assert _words(_read(new, stored=(MORNING, LATER), standing=True)) == ["a", "1", "1"]
    assert _words(_read(new, stored=(MORNING,), standing=True)) == ["a", "a"]


def test_a_row_that_is_taken_from_its_row_above_loses_the_word() -> None:
    """What stood below it goes with it, under a word of their own."""
    third = replace(NIGHT, id="t", note="noon")
    rows = typed_steps((MORNING, NIGHT, third), SAY)
    apart = replace(rows[1], is_with_above=False)
    assert _words(_read(rows[0], apart, stored=(MORNING, NIGHT))) == ["a", ""]
    told = _words(_read(rows[0], apart, rows[2], stored=(MORNING, NIGHT, third)))
    assert told == ["a", "1", "1"]


def test_the_first_row_stands_with_none() -> None:
    """There is no row above it."""
    new = TypedStep(start="2025-06", dose="1", unit="mg", is_with_above=True)
    assert _words(_read(new, stored=())) == [""]


@pytest.mark.parametrize(
    ("above", "start"),
    [
        (TypedStep(stop="2025-01-31", frequency="weekly", per="dose"), "1 Feb 2025"),
        (TypedStep(stop="2025-01", frequency="weekly", per="dose"), ""),
        (TypedStep(stop="", frequency="weekly", per="dose"), ""),
        (TypedStep(stop="soon", frequency="weekly", per="dose"), ""),
        (TypedStep(stop="9999-12-31", frequency="weekly", per="dose"), ""),
    ],
)
def test_the_next_row_goes_on_where_the_row_above_ended(above: TypedStep, start: str) -> None:
    """Its rhythm goes on, the unit is chosen anew; a day that is not known is left empty."""
    assert next_step(above, READER) == TypedStep(
        start=start, frequency="weekly", per="dose", is_blank=True
    )


def test_a_single_dose_does_not_go_on() -> None:
    """The row after a pulse asks how often; without a row above nothing is known."""
    assert next_step(TypedStep(frequency="once"), READER).frequency == ""
    assert next_step(None, READER) == TypedStep(is_blank=True)


@given(st.lists(st.booleans(), min_size=1, max_size=6))
def test_marks_and_words_say_the_same(marks: list[bool]) -> None:
    """Whatever is marked as together is read back as together, and nothing else."""
    rows = [
        TypedStep(dose=str(number + 1), unit="mg", is_with_above=mark and number > 0)
        for number, mark in enumerate(marks)
    ]
    steps = _read(*rows, stored=()).steps
    back = typed_steps(steps, SAY)
    assert [row.is_with_above for row in back] == [row.is_with_above for row in rows]


GIVEN = DoseStep(
    "g",
    DoseFacts(
        start=when("2026-01-20"), dose=Decimal(1), unit="g/kg", frequency="once",
        brand="Privigen", batch="4711", reaction="headache", given="as_planned",
    ),
)  # fmt: skip
_PART = {"brand": "Privigen", "batch": "4711", "reaction": "headache"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"dose": "1.5"}, {**_PART, "given": "as_planned"}),
        ({"start": "19 Jan 2026"}, {**_PART, "given": "as_planned"}),
        ({"start": "1 Feb 2026"}, {**_PART, "given": ""}),
        ({"frequency": "weekly"}, {**_PART, "given": ""}),
        ({"is_pause": True, "dose": ""}, {**dict.fromkeys(_PART, ""), "given": ""}),
    ],
)
def test_what_no_cell_shows_of_a_given_dose_stays(
    typed: dict[str, object], kept: dict[str, str]
) -> None:
    """As far as it can still be true: not of a pause, and given only what is past and single."""
    (row,) = typed_steps((GIVEN,), SAY)
    (read,) = _read(replace(row, **typed), stored=(GIVEN,)).steps
    assert {name: getattr(read.facts, name) for name in kept} == kept
