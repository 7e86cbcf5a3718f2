"""A lane's doses in a few words: no rise, no note and no unit of a dose is hidden."""

from datetime import date

import pytest

from app.language import words
from app.records.doses import runs_of
from app.records.model import DoseStep
from app.wording.lanes import lane_words
from app.wording.people import one_line
from tests.builders import replace
from tests.courses import step, treatment

SAY = words()
TODAY = date(2025, 2, 1)


def _steps(*doses: str, frequency: str = "daily") -> list[DoseStep]:
    """Return a step a day from a text each: “20 mg”, “20 mg note”."""
    made = []
    for day, text in enumerate(doses, 1):
        dose, unit, *note = text.split(maxsplit=2)
        made.append(step(dose, unit, frequency, f"2025-01-{day:02}", note="".join(note)))
    return made


def _told(*steps: DoseStep) -> str:
    given = treatment("p", "prednisolone", "2025-01-01", "", *steps)
    return lane_words(runs_of(given), TODAY, SAY)


@pytest.mark.parametrize(
    ("doses", "told"),
    [
        ([], ""),
        (["20 mg"], "20 mg daily"),
        (["20 mg", "10 mg"], "20 mg daily, then 10 mg"),
        (["20 mg", "10 mg", "20 mg"], "20 mg daily, then 10 mg, then 20 mg"),
        (["20 mg", "20 mg"], "20 mg daily"),
        (["20 mg", "0 mg", "10 mg"], "20 mg daily, then paused, then 10 mg"),
        (["0 mg fever", "10 mg"], "paused (fever), then 10 mg daily"),
        (["20 mg", "10 mg at night"], "20 mg daily, then 10 mg (at night)"),
        (["20 mg", "15 mg", "10 mg", "5 mg"], "20 mg daily, in 3 steps to 5 mg"),
        (["5 mg", "10 mg", "15 mg", "20 mg"], "5 mg daily, in 3 steps to 20 mg"),
        (
            ["20 mg", "5 mg", "60 mg", "10 mg"],
            "20 mg daily, up and down in 3 steps between 5 mg and 60 mg, to 10 mg",
        ),
        (
            ["20 mg", "15 mg with food", "10 mg", "5 mg"],
            "20 mg daily, in 3 steps to 5 mg · 1 has a note",
        ),
        (
            ["20 mg", "0 mg", "10 mg", "0 mg", "5 mg"],
            "20 mg daily, in 2 steps to 5 mg · 2 pauses",
        ),
        (["20 mg", "0 mg", "20 mg", "0 mg"], "20 mg daily · 2 pauses"),
        (["20 mg", "2 g", "10 mg", "3 g"], "20 mg daily; 2 g daily; 10 mg daily and 1 more"),
    ],
)
def test_lasting_doses_are_told_in_the_way_they_took(doses: list[str], told: str) -> None:
    """Few are told one by one; of many, the first, the last, and how far they went between."""
    assert _told(*_steps(*doses)) == told


def test_single_doses_are_counted_beside_what_lasts() -> None:
    """A pulse neither ends the taper nor hides in it; what differs in its note is not counted."""
    pulses = [step("500", "mg", "once", f"2025-01-0{day}") for day in (1, 2, 3)]
    noted = step("500", "mg", "once", "2025-01-09", note="at home")
    assert _told(*_steps("20 mg", "10 mg"), *pulses, noted) == (
        "20 mg daily, then 10 mg · 500 mg × 3; 500 mg once (at home)"
    )


def test_doses_of_a_plan_are_never_told_as_doses_beside_it() -> None:
    """A rhythm and what was given of it: the words say that they are one."""
    days = ("2024-12-05", "2025-01-05")
    given = [replace(step("1", "g/kg", "once", day), given="as_planned") for day in days]
    rhythm, extra = step("1", "g/kg", "monthly", "2024-12-01"), step("1", "g/kg", "once", days[0])
    assert _told(rhythm, *given, extra) == (
        "1 g/kg monthly · 1 g/kg (given as planned) × 2; 1 g/kg once"
    )


def test_of_a_day_before_it_a_dose_is_planned_and_not_given() -> None:
    """What was recorded later is not known on the day that is shown."""
    later = replace(step("1", "g/kg", "once", "2025-02-05"), given="as_planned", batch="4711")
    assert _told(later) == "planned from 5 Feb 2025: 1 g/kg once"


def test_a_note_that_single_doses_share_is_told() -> None:
    """It is not lost where they are counted; sessions keep their rhythm."""
    pulses = [step("500", "mg", "once", f"2025-01-0{day}", note="slow drip") for day in (1, 2)]
    assert _told(*pulses) == "500 mg (slow drip) × 2"
    rounds = [step("5", "session", "weekly", f"2025-01-0{day}") for day in (1, 2)]
    assert _told(*rounds) == "5 sessions weekly × 2"


def test_what_is_planned_is_told_apart() -> None:
    """It was not given."""
    ahead = step("5", "mg", "daily", "2025-02-02")
    assert _told(*_steps("20 mg"), ahead) == "20 mg daily · planned from 2 Feb 2025: 5 mg daily"
    assert _told(ahead) == "planned from 2 Feb 2025: 5 mg daily"


def test_steps_given_together_are_both_told() -> None:
    """Morning and night are two doses."""
    morning = step("0.25", "mg", "daily", "2025-01-01", note="morning", together="a")
    night = step("0.5", "mg", "daily", "2025-01-01", note="night", together="a")
    later = step("0.25", "mg", "daily", "2025-01-20")
    assert _told(morning, night) == "0.25 mg daily (morning) and 0.5 mg daily (night)"
    assert _told(morning, night, later) == (
        "0.25 mg daily (morning) and 0.5 mg daily (night); 0.25 mg daily"
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain", "plain"),
        (" a\nb ", "a b"),
        ("a\r\nb", "a b"),
        ("a\tb", "a b"),
        ("a\u2028b", "a b"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
    ],
)
def test_a_line_break_is_a_space(text: str, line: str) -> None:
    """A joiner, which Persian needs, stays."""
    assert one_line(text) == line
