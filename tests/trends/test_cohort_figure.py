"""What the drawings of a cohort show: lines, median, steps, and the same in words."""

from datetime import date
from decimal import Decimal

import pytest

from app.language import words
from app.records.cohort import Aligned, Asked, Member, TotalSince
from app.trends.cohort import Cohort, cohort_of
from app.trends.cohort_figure import Step, Tick, fan_of, steps_of, times_of
from app.trends.cohort_words import (
    change_words,
    cohort_cautions,
    how_words,
    plain_cautions,
    relapse_time_words,
    zero_words,
)
from app.trends.survival import Curve
from tests.courses import CATALOGUE

ASKED = Asked("rituximab", "oms", date(2026, 11, 27))


def _cohort(count: int) -> Cohort:
    totals = ((0, 12), (28, 6), (70, 0))
    told = tuple(TotalSince(day, day, Decimal(total)) for day, total in totals)
    members = tuple(
        Member(str(n), date(2025, 1, 1), None, None, "", "", told, (), has_others=False)
        for n in range(count)
    )
    return cohort_of(Aligned(ASKED, members, 0))


def test_a_fan_has_a_line_for_each_patient_and_the_median() -> None:
    """Over the whole range of the scale, with how many are observed under each day."""
    fan = fan_of(_cohort(6), ASKED, CATALOGUE, words())
    assert [line.patient for line in fan.lines] == list("012345")
    assert fan.lines[0].values[:6] == (None, 12.0, 6.0, 6.0, 0.0, 0.0)
    assert fan.median == fan.lines[0].values == fan.q1 == fan.q3
    assert (fan.lowest, fan.highest) == (0.0, 18.0)
    assert [tick.label for tick in fan.up] == ["0", "6", "12", "18"]
    assert fan.across[:3] == (Tick(-28, "−28", "0"), Tick(0, "0", "6"), Tick(28, "28", "6"))
    assert len(fan.across) == 15
    assert "Day 28: median 6, quartiles 6 and 6, 6 observed." in fan.told
    assert fan.caption == "days since the first rituximab; below: patients observed"


def test_a_fan_of_four_has_lines_and_no_median() -> None:
    """And nothing in words: too few are observed."""
    fan = fan_of(_cohort(4), ASKED, CATALOGUE, words())
    assert set(fan.median) == {None}
    assert len(fan.lines) == 4
    assert fan.told == ""


def test_changes_from_the_baseline_are_told_with_how_many_are_observed() -> None:
    """By hand from 12 to 6 and 0; nobody is seen at the later days, and four are too few."""
    assert change_words(_cohort(6), words()) == (
        "Change from the baseline in points, median and quartiles: "
        "day 28: −6 (−6 to −6), 6 patients; day 84: −12 (−12 to −12), 6 patients."
    )
    assert change_words(_cohort(4), words()) == ""


@pytest.mark.parametrize("scale", [each.id for each in CATALOGUE.definitions])
def test_the_labels_of_every_scale_reach_from_end_to_end(scale: str) -> None:
    """In at most five whole steps."""
    asked = Asked("rituximab", scale, ASKED.day)
    fan = fan_of(_cohort(1), asked, CATALOGUE, words())
    assert (fan.up[0].at, fan.up[-1].at) == (fan.lowest, fan.highest)
    assert 3 <= len(fan.up) <= 5


def test_steps_fall_from_one_with_their_bounds_turned() -> None:
    """What is drawn is who has not had it."""
    some = Decimal("0.25")
    curve = Curve(12, (70,), (some,), (Decimal("0.1"),), (None,), (12,), None, ((0, 12), (56, 11)))
    steps = steps_of(curve, words())
    assert steps.steps == (Step(70, 0.75, None, 0.9),)
    assert steps.across == (Tick(0, "0", "12"), Tick(56, "56", "11"))
    assert steps.told == "Day 70: 75 % without it."


def test_both_times_are_told_in_words() -> None:
    """With who is left out, an interval where there is one, and no curve of few."""
    heading, *told = zero_words(_cohort(10), words())
    assert heading == "Time to the first 0, by the visit that found it"
    assert told == [
        "Patients: 10.",
        "Half had it by day 70, as Kaplan-Meier estimates it.",
        "By day 70, the last event with at least 5 patients at risk, 100 % had it.",
    ]
    assert "Nobody had it while at least 5 were at risk." in relapse_time_words(
        _cohort(10), words()
    )
    assert zero_words(_cohort(3), words())[1] == "No curve is told of 3 patients; it takes 10."
    none = cohort_of(
        Aligned(
            ASKED,
            (Member("a", ASKED.day, None, None, "", "", (), (), has_others=True),),
            1,
        )
    )
    assert zero_words(none, words())[-1] == (
        "1 patient without a total above 0 as baseline is left out."
    )
    assert relapse_time_words(none, words())[-1] == "1 patient has no total after the start."
    assert cohort_cautions(none, words())[1:] == (
        "1 of 1 patient began another treatment within 14 days of the start.",
        "1 more patient is left out: the first start is not known to the day.",
    )


@pytest.mark.parametrize(("count", "has_curve"), [(9, False), (10, True)])
def test_both_times_have_a_curve_from_ten_patients_on(count: int, has_curve: bool) -> None:
    """Where anybody had it; the sentences stand in any case."""
    zero, relapse = times_of(_cohort(count), words())
    assert zero.heading == "Time to the first 0, by the visit that found it"
    assert (zero.steps is not None) is has_curve
    assert str(count) in zero.told
    assert (relapse.heading, relapse.steps) == ("Time to the first relapse that was marked", None)


def test_it_is_said_how_the_drawing_is_read_and_how_far_its_scale_is_checked() -> None:
    """Of four patients that there is no median; a scale that was checked has no caution."""
    told = how_words(_cohort(5), ASKED, CATALOGUE, words())
    assert told == (
        "Each patient is a thin line; the thick one is the median, the band the quartiles. "
        "OMS scale: criteria in our own words, not yet checked against the paper; check the "
        "original before clinical use."
    )
    checked = Asked("rituximab", "sara", ASKED.day)
    told = how_words(_cohort(4), checked, CATALOGUE, words())
    assert told == "Each patient is a thin line. Fewer than five patients have no median."


def test_labels_that_somebody_typed_stand_on_the_screen_and_not_in_what_goes_out() -> None:
    """The plain cautions have no word of theirs."""
    member = Member("a", ASKED.day, None, None, "", "Typed.", (), (), has_others=False)
    cohort = cohort_of(Aligned(ASKED, (member,), 0))
    assert cohort_cautions(cohort, words())[-1] == "Typed."
    assert "Typed." not in plain_cautions(cohort, words())


def test_a_curve_that_ends_before_half_tells_no_half() -> None:
    """Only how far it got, and with what interval."""
    totals = [(0, 8), (20, 0)], [(0, 8), (300, 4)]
    members = tuple(
        Member(
            str(n),
            ASKED.day,
            None,
            None,
            "",
            "",
            tuple(TotalSince(day, day, Decimal(total)) for day, total in totals[n > 2]),
            (),
            has_others=False,
        )
        for n in range(12)
    )
    told = zero_words(cohort_of(Aligned(ASKED, members, 0)), words())
    assert told[1:] == (
        "Patients: 12.",
        (
            "By day 20, the last event with at least 5 patients at risk, 25 % had it "
            "(95 % interval 9 to 59 %)."
        ),
    )
