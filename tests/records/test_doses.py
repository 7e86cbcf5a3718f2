"""How dose steps follow one another, how treatments stand on a day, and what a stop cuts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dates import PartialDate, iso, parse_date
from app.language import words
from app.records.doses import (
    Standing,
    cut_at,
    end_of,
    is_ahead,
    paused_since,
    problems_outside,
    running_doses,
    runs_of,
    standing_on,
    steps_beyond,
)
from app.records.model import DoseStep, Treatment
from tests.courses import step, treatment, when

Span = tuple[str, str]


def _spans(made: Treatment) -> list[Span]:
    return [(iso(run.start), iso(run.stop)) for run in runs_of(made)]


def _mg(start: str = "", stop: str = "", dose: str = "20", together: str = "") -> DoseStep:
    return step(dose, "mg", "daily", start, stop, together=together)


def _pulse(start: str = "", stop: str = "") -> DoseStep:
    return step("500", "mg", "once", start, stop)


@pytest.mark.parametrize(
    ("steps", "spans"),
    [
        (
            [_mg("2024-11-24"), _mg("2024-12-10")],
            [("2024-11-24", "2024-12-09"), ("2024-12-10", "")],
        ),
        (
            [_mg("2024-01-01"), _pulse("2024-01-10")],
            [("2024-01-01", ""), ("2024-01-10", "2024-01-10")],
        ),
        (
            [_mg("2024-01-01"), step("5", "session", "weekly", "2024-01-10")],
            [("2024-01-01", ""), ("2024-01-10", "")],
        ),
        (
            [
                _mg("2024-01-01", together="a"),
                _mg("2024-01-01", dose="5", together="a"),
                _mg("2024-02-01"),
            ],
            [("2024-01-01", "2024-01-31"), ("2024-01-01", "2024-01-31"), ("2024-02-01", "")],
        ),
        (
            [_mg("2024-01-01", together="a"), _mg("2024-02-01", together="b")],
            [("2024-01-01", "2024-01-31"), ("2024-02-01", "")],
        ),
        (
            [_mg("2024-01-01", "2024-06-30"), _mg("2024-03-01")],
            [("2024-01-01", "2024-02-29"), ("2024-03-01", "")],
        ),
        (
            [_mg("2024-01-01", "2024-01-31"), _mg("2024-03-01")],
            [("2024-01-01", "2024-01-31"), ("2024-03-01", "")],
        ),
        (
            [_mg("2024-01-01", "2024-03-01"), _mg("2024-03-01")],
            [("2024-01-01", "2024-03-01"), ("2024-03-01", "")],
        ),
        ([_mg("2024-01"), _mg("2024-03")], [("2024-01", "2024-03"), ("2024-03", "")]),
        ([_mg("2024-03"), _mg("2024-03-15")], [("2024-03", ""), ("2024-03-15", "")]),
        ([_mg(), _mg("2024-03-15")], [("2024-01-01", "2024-03-14"), ("2024-03-15", "")]),
        (
            [_mg("2024-01-01"), _mg("2024-02-01", dose="0"), _mg("2024-02-05")],
            [("2024-01-01", "2024-01-31"), ("2024-02-01", "2024-02-04"), ("2024-02-05", "")],
        ),
        ([_pulse("2024-01-10", "2024-01-12")], [("2024-01-10", "2024-01-12")]),
        (
            [_mg("2024-01-01"), step("0", "mg", "once", "2024-02-01")],
            [("2024-01-01", "2024-01-31"), ("2024-02-01", "")],
        ),
    ],
)
def test_a_running_step_ends_the_one_before_it(steps: list[DoseStep], spans: list[Span]) -> None:
    """Single doses end nothing, what is given together neither, and order must be certain."""
    assert _spans(treatment("p", "prednisolone", "2024-01-01", "", *steps)) == spans


def test_nothing_is_given_after_the_stop() -> None:
    """A step beyond it is left out, one that reaches beyond it ends with its treatment."""
    late = [_mg("2024-01-01", "2024-03-31"), _mg("2024-04-01", "2024-06-30")]
    made = treatment("p", "prednisolone", "2024-01-01", "2024-03-01", *late)
    assert _spans(made) == [("2024-01-01", "2024-03-01")]
    assert _spans(treatment("p", "ivig", "", "2024-03-01", _mg())) == [("", "2024-03-01")]


def test_a_step_of_unknown_start_is_ended_by_one_of_a_known_start() -> None:
    """An unknown start is where a treatment begins."""
    made = treatment("p", "prednisolone", "", "", _mg("2024-02-01"), _mg(), _pulse())
    assert _spans(made) == [("", "2024-01-31"), ("", ""), ("2024-02-01", "")]


@pytest.mark.parametrize(
    ("period", "doses"),
    [
        ("2024-01-31", ["20"]),
        ("2024-02-01", ["10"]),
        ("2024-02", ["10"]),
        ("2024-03", ["10", "0"]),
        ("2024-03-10", ["0"]),
        ("2024-04-15", ["0", "5"]),
        ("2024-05-01", ["5"]),
        ("2023-12-31", []),
    ],
)
def test_what_is_given_in_a_period(period: str, doses: list[str]) -> None:
    """A month in which a dose changed has both; single doses are no running ones."""
    made = treatment(
        "p", "prednisolone", "2024-01-01", "",
        _mg("2024-01-01", "2024-02-01"), _mg("2024-02-01", dose="10"),
        _mg("2024-03-10", dose="0"), _mg("2024-04", dose="5"), _pulse("2024-02-01"),
    )  # fmt: skip
    assert [str(run.facts.dose) for run in running_doses(made, when(period))] == doses


@pytest.mark.parametrize(
    ("start", "stop", "standing"),
    [
        ("2024-06-02", "", Standing.PLANNED),
        ("2024-07", "", Standing.PLANNED),
        ("2024-06", "", Standing.RUNNING),
        ("2024-06-01", "", Standing.RUNNING),
        ("", "", Standing.RUNNING),
        ("2024-01-01", "2024-06-01", Standing.RUNNING),
        ("2024-01-01", "2024-06", Standing.RUNNING),
        ("2024-01-01", "2024-05-31", Standing.ENDED),
        ("", "2024-05", Standing.ENDED),
    ],
)
def test_a_treatment_is_planned_running_or_ended(
    start: str, stop: str, standing: Standing
) -> None:
    """A short date is its whole period, and the stop day is the last one."""
    assert standing_on(treatment("p", "ivig", start, stop), date(2024, 6, 1)) is standing
    assert is_ahead(parse_date(start), date(2024, 6, 1)) is (standing is Standing.PLANNED)


@pytest.mark.parametrize(
    ("agent", "start", "stop", "steps", "end", "standing"),
    [
        ("rituximab", "2024-01-10", "", [_pulse("2024-01-10"), _pulse("2024-01-17")],
         "2024-01-17", Standing.ENDED),
        ("rituximab", "2024-01-10", "", [_pulse("2024-01-17"), _pulse()],
         "2024-01-17", Standing.ENDED),
        ("rituximab", "2024-01-10", "2024-07-01", [_pulse("2024-01-10")],
         "2024-07-01", Standing.RUNNING),
        ("rituximab", "2024-01-10", "", [_pulse("2024-01-10"), _pulse("2024-06-01")],
         "2024-06-01", Standing.RUNNING),
        ("rituximab", "2024-01-10", "", [_pulse("2024-01-10"), _pulse("2024-06-20")],
         "2024-06-20", Standing.RUNNING),
        ("rituximab", "2024-01-10", "", [_pulse("2024-05"), _pulse("2024-06")],
         "2024-06", Standing.RUNNING),
        ("rituximab", "2024-01-10", "", [], None, Standing.RUNNING),
        ("rituximab", "", "", [_pulse()], None, Standing.RUNNING),
        ("prednisolone", "2024-01-10", "", [_pulse("2024-01-10"), _mg("2024-01-11")],
         None, Standing.RUNNING),
        ("prednisolone", "2024-01-10", "", [_pulse("2024-01-10"), _mg("2024-01-11", dose="0")],
         None, Standing.PAUSED),
        ("plasma_exchange", "2024-01-10", "",
         [step("5", "session", "weekly", "2024-01-10", "2024-02-10")],
         "2024-02-10", Standing.ENDED),
        ("plasma_exchange", "2024-01-10", "", [step("5", "session", "weekly", "2024-01-10")],
         None, Standing.RUNNING),
        ("tumour_resection", "2023-12-12", "", [], "2023-12-12", Standing.ENDED),
        ("tumour_resection", "2024-06-01", "", [], "2024-06-01", Standing.ENDED),
        ("tumour_resection", "2024-06", "", [], "2024-06", Standing.ENDED),
        ("tumour_resection", "2024-06-02", "", [], "2024-06-02", Standing.PLANNED),
        ("tumour_resection", "", "", [], None, Standing.ENDED),
        ("tumour_resection", "2024-05-01", "2024-06-02", [], "2024-06-02", Standing.RUNNING),
    ],
)  # fmt: skip
def test_single_doses_end_with_the_last_of_them_and_one_act_never_runs(
    agent: str, start: str, stop: str, steps: list[DoseStep], end: str | None, standing: Standing
) -> None:
    """Where no stop is recorded, nothing goes on by itself; what lasts does."""
    made = treatment("p", agent, start, stop, *steps)
    found = end_of(made)
    assert (None if found is None else str(found)) == end
    assert standing_on(made, date(2024, 6, 1)) is standing


@pytest.mark.parametrize(
    ("steps", "since"),
    [
        ([_mg("2024-01-01"), _mg("2024-05-01", dose="0")], "2024-05-01"),
        (
            [_mg("2024-01-01"), _mg("2024-05-01", dose="0"), _mg("2024-05-20", dose="0.0")],
            "2024-05-01",
        ),
        (
            [_mg("2024-05-01", "2024-05-19", dose="0"), _mg("2024-05-20", dose="0")],
            "2024-05-01",
        ),
        (
            [_mg("2024-05-01", "2024-05-18", dose="0"), _mg("2024-05-20", dose="0")],
            "2024-05-20",
        ),
        ([_mg("2024-01-01"), _mg("2024-05-01", dose="0"), _pulse("2024-05-10")], "2024-05-01"),
        ([_mg("2024-03", dose="0"), _mg("2024-05-10"), _mg("2024-05-20", dose="0")], "2024-05-20"),
        ([_mg(dose="0")], "2024-01-01"),
        ([_mg("2024-01-01"), _mg("2024-05-01", "2024-05-10", dose="0")], None),
        ([_mg("2024-01-01"), _mg("2024-06-02", dose="0")], None),
        ([_mg("2024-01-01", together="a"), _mg("2024-02-01", dose="0", together="a")], None),
    ],
)
def test_a_pause_is_told_since_its_first_day(steps: list[DoseStep], since: str | None) -> None:
    """Two pauses that meet are one; one that is over, or not begun, is none."""
    made = treatment("p", "prednisolone", "2024-01-01", "", *steps)
    found = paused_since(made, date(2024, 6, 1))
    assert (None if found is None else str(found)) == since
    is_paused = standing_on(made, date(2024, 6, 1)) is Standing.PAUSED
    assert is_paused is (since is not None)


@pytest.mark.parametrize(
    ("start", "stop", "problems"),
    [
        ("2024-01-01", "2024-03-01", {}),
        ("", "", {}),
        ("2024-01", "2024-03", {}),
        ("2023-12-31", "", {"start": "31 Dec 2023 is before the treatment begins, 1 Jan 2024."}),
        ("2024-03-02", "", {"start": "2 Mar 2024 is after the treatment ends, 1 Mar 2024."}),
        ("", "2024-04", {"stop": "Apr 2024 is after the treatment ends, 1 Mar 2024."}),
        ("", "2023", {"stop": "2023 is before the treatment begins, 1 Jan 2024."}),
    ],
)
def test_a_dose_lies_inside_its_treatment(start: str, stop: str, problems: dict[str, str]) -> None:
    """As far as both are known."""
    told = treatment("p", "ivig", "2024-01-01", "2024-03-01").facts
    found = problems_outside(told, _mg(start, stop).facts)
    assert {name: words().error(problem) for name, problem in found} == problems
    open_ended = treatment("p", "ivig").facts
    assert not list(problems_outside(open_ended, _mg(start, stop).facts))


def test_a_stop_cuts_what_reaches_beyond_it() -> None:
    """What began before ends with it, what begins after it goes, the rest stays."""
    steps = (
        _mg("2024-01-01"),
        _mg("2024-02-01", "2024-04-30"),
        _mg("2024-05-01"),
        _pulse("2024-03-01"),
    )
    made = treatment("p", "prednisolone", "2024-01-01", "", *steps)
    stop = PartialDate(2024, 3, 1)
    assert steps_beyond(made, stop) == (steps[1], steps[2])
    left = cut_at(steps[1], stop)
    assert left is not None
    assert (left.id, left.facts.start, left.facts.stop) == (steps[1].id, when("2024-02-01"), stop)
    assert cut_at(steps[2], stop) is None


STEPS = st.lists(
    st.tuples(
        st.dates(date(2024, 1, 1), date(2024, 3, 1)),
        st.sampled_from(["daily", "once"]),
        st.sampled_from(["", "a", "b"]),
        st.integers(0, 3),
    ),
    max_size=8,
    unique_by=lambda told: told[0],
)


@given(STEPS, st.dates(date(2023, 12, 30), date(2024, 3, 5)))
def test_what_runs_on_a_day_is_what_a_second_reader_finds(
    told: list[tuple[date, str, str, int]], day: date
) -> None:
    """The last step that began, with those that share its word back to the one that ended them."""
    steps = [
        step(str(dose), "mg", often, str(start), together=word)
        for start, often, word, dose in told
    ]
    whole = treatment("p", "prednisolone", "2023-12-31", "", *steps)
    found = {run.step.id for run in running_doses(whole, PartialDate.of(day))}
    expected: set[str] = set()
    word_now = ""
    for made in sorted(steps, key=lambda one: str(one.facts.start)):
        start = made.facts.start
        if (
            start is None
            or start.first > day
            or (made.facts.frequency == "once" and made.facts.dose)
        ):
            continue
        if not made.facts.together or made.facts.together != word_now:
            expected = set()
        expected.add(made.id)
        word_now = made.facts.together
    assert found == expected


@given(STEPS, st.dates(date(2024, 1, 1), date(2024, 3, 5)))
def test_what_a_stop_leaves_lies_inside(told: list[tuple[date, str, str, int]], day: date) -> None:
    """And nothing that lay inside before is touched."""
    steps = [step(str(dose), "mg", often, str(start)) for start, often, _word, dose in told]
    whole = treatment("p", "prednisolone", "2024-01-01", "", *steps)
    stop = PartialDate.of(day)
    beyond = steps_beyond(whole, stop)
    ended = treatment("p", "prednisolone", "2024-01-01", str(stop)).facts
    kept = [each for each in steps if each not in beyond]
    left = [made for each in beyond if (made := cut_at(each, stop)) is not None]
    assert not [each for each in (*kept, *left) if list(problems_outside(ended, each.facts))]
    assert all(each.facts.start is not None and each.facts.start.first > day for each in beyond)
