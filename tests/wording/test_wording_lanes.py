"""A lane's doses in a few words: no rise, no note and no unit of a dose is hidden."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language import words
from app.records.doses import runs_of
from app.records.model import DoseStep, Treatment
from app.wording.lanes import course_words, lane_words
from app.wording.people import one_line
from app.wording.treatments import dose_words
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
    taken = treatment("p", "prednisolone", "2025-01-01", "", *steps)
    return lane_words(runs_of(taken), TODAY, SAY)


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
            "20 mg daily, in 3 steps (highest 60 mg, lowest 5 mg), last 10 mg",
        ),
        (
            ["20 mg", "15 mg with food", "10 mg", "5 mg"],
            "20 mg daily, in 3 steps to 5 mg · 1 step has a note",
        ),
        (
            ["20 mg", "0 mg", "10 mg", "0 mg", "5 mg"],
            "20 mg daily, in 2 steps to 5 mg · 2 pauses",
        ),
        (["20 mg", "0 mg", "20 mg", "0 mg"], "20 mg daily · 2 pauses"),
        (["20 mg", "2 g", "10 mg", "3 g"], "20 mg daily; 2 g daily and 1 more, last 3 g daily"),
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
    ("starts", "told"),
    [
        (("2025-01-05", "2025-01-05"), "1 mg daily or 2 mg daily (same start, 5 Jan 2025)"),
        (("2025-01", "2025-01"), "1 mg daily or 2 mg daily (same start, Jan 2025)"),
        (("", ""), "1 mg daily or 2 mg daily (same start, 1 Jan 2025)"),
        (("2025-01", "2025-01-15"), "2 mg daily or 1 mg daily (order not known)"),
        (("2025-01-15", "2025-01"), "1 mg daily or 2 mg daily (order not known)"),
        (("2024", "2025-01"), "2 mg daily, then 1 mg"),
        (("2025-01-15", "2025-01-16"), "2 mg daily, then 1 mg"),
    ],
)
def test_no_order_is_made_up_for_doses_that_may_begin_on_one_day(
    starts: tuple[str, str], told: str
) -> None:
    """Neither ends the other; which stands first is told by the doses, not by how they lie."""
    steps = [step(dose, "mg", "daily", start) for dose, start in zip("21", starts, strict=True)]
    for ids in ("ab", "ba"):
        named = [replace(each, id=name) for each, name in zip(steps, ids, strict=True)]
        assert _told(*named) == told


def test_doses_without_an_order_stand_among_those_that_have_one() -> None:
    """Two of one dose are no choice."""
    same = [step(dose, "mg", "daily", "2025-01-05", note=note) for dose, note in
            (("2", ""), ("1", ""), ("1", "at night"))]  # fmt: skip
    assert _told(*same, step("0.5", "mg", "daily", "2025-01-20")) == (
        "1 mg daily or 1 mg daily (at night) or 2 mg daily (same start, 5 Jan 2025); 0.5 mg daily"
    )
    twice = [replace(same[0], id=name) for name in "ab"]
    assert _told(*twice) == "2 mg daily"
    over = step("2", "mg", "daily", "2025-01", "2025-01-10")
    assert _told(over, step("1", "mg", "daily", "2025-01-15")) == "2 mg daily, then 1 mg"
    undated = [step(dose, "mg", "daily") for dose in "21"]
    given = treatment("p", "prednisolone", "", "", *undated)
    assert lane_words(runs_of(given), TODAY, SAY) == "1 mg daily or 2 mg daily (order not known)"


def test_a_long_note_pushes_no_dose_out_of_its_lane() -> None:
    """It is cut where one can see it, and no number in it is; the bar has all of it."""
    long = "with breakfast, by his mother, who adds 15 mg"
    assert _told(*_steps(f"20 mg {long}", "10 mg")) == (
        "20 mg daily (with breakfast, by his mother, who adds…), then 10 mg"
    )


def _course(*treatments: Treatment) -> str:
    return course_words(treatments, TODAY, SAY)


_FIRST = treatment(
    "a", "prednisolone", "2024-01-01", "2024-04-30", step("2", "mg/kg", "daily"),
    stop_reason="completed",
)  # fmt: skip
_BEFORE = "before: 2 mg/kg daily, until 30 Apr 2024 (completed as planned)"


@pytest.mark.parametrize(
    ("again", "told"),
    [
        ([step("1", "mg/kg", "daily")], "since 5 Jun 2024: 1 mg/kg daily · "),
        ([step("2", "mg/kg", "daily")], "since 5 Jun 2024: 2 mg/kg daily · "),
        ([], "since 5 Jun 2024 · "),
        (
            [step("1", "mg/kg", "daily"), step("0", "mg/kg", "daily", "2025-01-10")],
            "paused since 10 Jan 2025 · since 5 Jun 2024: 1 mg/kg daily, then paused · ",
        ),
        (
            [step("1", "mg/kg", "daily"), step("0.5", "mg/kg", "daily", "2025-02-10")],
            "since 5 Jun 2024: 1 mg/kg daily · planned from 10 Feb 2025: 0.5 mg/kg daily · ",
        ),
        (
            [step("1", "mg/kg", "daily", "", "2025-01-01")],
            "no dose recorded after 1 Jan 2025 · since 5 Jun 2024: 1 mg/kg daily · ",
        ),
    ],
)
def test_what_runs_or_is_paused_stands_before_what_was_stopped(
    again: list[DoseStep], told: str
) -> None:
    """The end of a lane is cut where its room ends, and a stop is of what stands before it."""
    second = treatment("b", "prednisolone", "2024-06-05", "", *again)
    assert _course(_FIRST, second) == told + _BEFORE


def test_treatments_that_have_all_ended_are_told_from_the_latest_on() -> None:
    """Nothing of them says that it runs."""
    later = treatment("b", "prednisolone", "2024-06-05", "2024-08-05", step("1", "mg/kg", "daily"),
                      stop_reason="side_effect")  # fmt: skip
    assert _course(_FIRST) == "2 mg/kg daily · stopped 30 Apr 2024: completed as planned"
    assert _course(_FIRST, later) == f"1 mg/kg daily, until 5 Aug 2024 (side effect) · {_BEFORE}"
    ahead = treatment("c", "prednisolone", "2025-03-05", "", step("1", "mg/kg", "daily"))
    assert _course(_FIRST, ahead) == f"planned from 5 Mar 2025: 1 mg/kg daily · {_BEFORE}"


def test_treatments_side_by_side_have_their_starts() -> None:
    """The latest first, and of many how many more there are; one of unknown start says so."""
    running = [
        treatment(f"{n}", "prednisolone", f"2024-01-0{n}", "", step(f"{n}", "mg", "daily"))
        for n in (1, 2, 3, 4)
    ]
    assert _course(*running[:2]) == "since 2 Jan 2024: 2 mg daily; since 1 Jan 2024: 1 mg daily"
    assert _course(*running).endswith("since 2 Jan 2024: 2 mg daily and 1 more")
    undated = treatment("u", "prednisolone", "", "", step("1", "mg", "daily"))
    assert _course(_FIRST, undated).startswith("start not recorded, still running: 1 mg daily · ")


def test_many_treatments_that_read_alike_are_counted() -> None:
    """Twenty pulses are one clause, with the last of them; one given on one day has its day."""
    pulses = [
        treatment(f"{n}", "dexamethasone", f"2024-01-{n:02}", f"2024-01-{n + 2:02}",
                  step("20", "mg/m2", "daily"))
        for n in range(1, 21)
    ]  # fmt: skip
    assert _course(*pulses) == "20 mg/m² daily, 20 treatments, the last until 22 Jan 2024"
    on = treatment("x", "dexamethasone", "2025-01-31", "", step("20", "mg/m2", "daily"))
    assert _course(*pulses, on) == (
        "since 31 Jan 2025: 20 mg/m² daily · "
        "before: 20 mg/m² daily, 20 treatments, the last until 22 Jan 2024"
    )
    days = ("2024-01-05", "2024-02-05")
    drips = [treatment(day, "ivig", day, day, step("1", "g/kg", "once")) for day in days]
    assert _course(*drips) == "1 g/kg once, 2 treatments, the last 5 Feb 2024"
    twice = [treatment(day, "tumour_resection", day) for day in days]
    assert _course(*twice) == "2 treatments, the last 5 Feb 2024"
    assert _course(twice[0]) == ""


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


def _doses(day: str) -> st.SearchStrategy[DoseStep]:
    return st.builds(
        step,
        st.sampled_from(["0", "1", "2"]),
        st.sampled_from(["mg", "mg/kg"]),
        st.sampled_from(["", "other", "daily"]),
        st.just(day),
        note=st.sampled_from(["", "at night"]),
        per=st.sampled_from(["", "dose", "day"]),
    )


@given(_doses("2025-01-01"), _doses("2025-01-08"))
def test_a_dose_is_told_once_where_the_next_sounds_alike(one: DoseStep, other: DoseStep) -> None:
    """And only there: what is compared in place of the words says all that they say."""
    is_once = _told(one, other) == dose_words(one, SAY)
    assert is_once is (dose_words(one, SAY) == dose_words(other, SAY))
