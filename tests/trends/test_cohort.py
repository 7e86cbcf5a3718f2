"""A cohort: what is told of many patients at once, and what too few of them do not tell."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.records.cohort import Aligned, Asked, DaySpan, Member, TotalSince
from app.trends.cohort import CHANGE_DAYS, DAYS, Cohort, Summary, cohort_of
from app.trends.survival import Curve, Wait, curve_of
from tests.trends import second_cohort as naive

ASKED = Asked("rituximab", "oms", date(2026, 11, 27))

loading = settings(deadline=None)
"""The first curve of all waits for scipy."""


def _member(
    name: str, totals: Sequence[TotalSince], relapses: Sequence[DaySpan] = (), caution: str = ""
) -> Member:
    return Member(
        patient=name,
        start=date(2025, 1, 1),
        birth=None,
        onset=None,
        diagnosis="",
        caution=caution,
        totals=tuple(totals),
        relapses=tuple(relapses),
        has_others=False,
    )


def _totals(*pairs: tuple[int, int | str]) -> tuple[TotalSince, ...]:
    return tuple(TotalSince(day, day, Decimal(total)) for day, total in pairs)


def _cohort(*members: Sequence[TotalSince]) -> Cohort:
    found = (_member(str(number), totals) for number, totals in enumerate(members))
    return cohort_of(Aligned(ASKED, tuple(found), 0))


_spans = st.tuples(st.integers(-120, 420), st.sampled_from((0, 0, 0, 27, 30, 364))).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)
_levels = st.sampled_from([Decimal(text) for text in ("0", "0", "0.5", "1", "3", "7.5", "18")])


@st.composite
def _members(draw: st.DrawFn) -> Member:
    totals = draw(st.lists(st.tuples(_spans, _levels), max_size=12))
    told = [TotalSince(*span, total) for span, total in sorted(totals, key=lambda one: one[0])]
    relapses = [DaySpan(*span) for span in sorted(draw(st.lists(_spans, max_size=2)))]
    return _member(draw(st.uuids()).hex, told, relapses)


_cohorts = st.lists(_members(), max_size=25).map(lambda members: Aligned(ASKED, tuple(members), 0))


def _told(summaries: Sequence[Summary]) -> list[tuple[int, int, object, object, object]]:
    return [(each.day, each.observed, each.median, each.q1, each.q3) for each in summaries]


@loading
@given(_cohorts)
def test_medians_and_quartiles_equal_those_of_a_second_implementation(aligned: Aligned) -> None:
    """At each day, from the last total of 57 days; null below five."""
    expected = []
    for day in DAYS:
        values = [naive.value_at(member.totals, day) for member in aligned.members]
        seen = [value for value in values if value is not None]
        expected.append((day, len(seen), *naive.spread(seen)))
    assert _told(cohort_of(aligned).summaries) == expected


@loading
@given(_cohorts)
def test_changes_equal_those_of_a_second_implementation(aligned: Aligned) -> None:
    """At each fixed day, of those who have a baseline and a value there."""
    expected = []
    for day in CHANGE_DAYS:
        pairs = [
            (naive.baseline(member.totals), naive.value_at(member.totals, day))
            for member in aligned.members
        ]
        changes = [b - a for a, b in pairs if a is not None and b is not None]
        expected.append((day, len(changes), *naive.spread(changes)))
    assert _told(cohort_of(aligned).changes) == expected


def _same_curve(curve: Curve, events: Sequence[naive.Event]) -> None:
    assert curve.patients == len(events)
    steps = [step for step in naive.kaplan_meier(events) if step[1] >= 5]
    if len(events) < 10:
        steps = []
    assert list(curve.days) == [day for day, *_ in steps]
    assert list(curve.at_risk) == [at_risk for _, at_risk, *_ in steps]
    near = 1e-6
    shares = [float(share) for _, _, share, *_ in steps]
    assert list(map(float, curve.share)) == pytest.approx(shares, abs=near)
    for place, (_, _, _, low, high) in enumerate(steps):
        for mine, theirs in ((curve.low[place], low), (curve.high[place], high)):
            assert (mine is None) == (theirs is None)
            assert theirs is None or float(mine or 0) == pytest.approx(theirs, abs=near)
    assert curve.risk_table == tuple(naive.risk_table(events, curve.days))
    half = (day for day, _, share, *_ in steps if share * 2 >= 1)
    assert curve.median_days == next(half, None)


@loading
@given(_cohorts)
def test_time_to_zero_equals_that_of_a_second_implementation(aligned: Aligned) -> None:
    """With its interval, from those above 0 at the start; the rest is counted."""
    found = cohort_of(aligned)
    begun = [one for one in aligned.members if (naive.baseline(one.totals) or 0) > 0]
    assert found.without_baseline == len(aligned.members) - len(begun)
    _same_curve(found.to_zero, [event for event in map(naive.zero, begun) if event is not None])


@loading
@given(_cohorts)
def test_time_to_relapse_equals_that_of_a_second_implementation(aligned: Aligned) -> None:
    """From everybody who was seen after the start, or relapsed; the rest is counted."""
    found = cohort_of(aligned)
    events = [naive.relapse(member) for member in aligned.members]
    assert found.not_seen_after == sum(event is None for event in events)
    _same_curve(found.to_relapse, [event for event in events if event is not None])


@loading
@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=10, max_size=60))
def test_curves_with_many_ties_equal_a_second_implementation(events: list[naive.Event]) -> None:
    """An event counts before those who were last seen on its day."""
    _same_curve(curve_of([Wait(day, has_happened=event) for day, event in events]), events)


@pytest.mark.parametrize(
    ("count", "has_median", "has_curve"),
    [(0, False, False), (4, False, False), (5, True, False), (9, True, False), (10, True, True)],
)
def test_too_few_patients_tell_no_median_and_no_curve(
    count: int, has_median: bool, has_curve: bool
) -> None:
    """Five for a median, ten for a curve; how many there are is always told."""
    found = _cohort(*(_totals((0, 8), (28, 4), (30 + number, 0)) for number in range(count)))
    assert found.n == count
    at_28 = found.summaries[DAYS.index(28)]
    assert at_28.observed == count
    assert (at_28.median, at_28.q1, at_28.q3) == ((Decimal(4),) * 3 if has_median else (None,) * 3)
    assert (found.to_zero.days != ()) is found.to_zero.is_told is has_curve
    assert (found.to_zero.median_days is not None) is has_curve
    assert found.to_zero.patients == count


def test_a_curve_of_ten_ends_where_fewer_than_five_are_at_risk() -> None:
    """Ten zeros on ten days: the sixth is the last with five at risk."""
    found = _cohort(*(_totals((0, 8), (10 * number, 0)) for number in range(1, 11))).to_zero
    assert found.days == (10, 20, 30, 40, 50, 60)
    assert found.at_risk == (10, 9, 8, 7, 6, 5)
    assert found.share == tuple(Decimal(number) / 10 for number in range(1, 7))
    assert found.median_days == 50
    assert found.risk_table[0] == (0, 10)
    assert found.risk_table[-1] == (56, 5)


def test_a_value_is_the_last_of_57_days() -> None:
    """The 56th day before counts, the 57th does not, and neither does a day after."""
    values = _cohort(_totals((-57, 9), (29, 5))).lines[0].values
    told = dict(zip(DAYS, values, strict=True))
    assert (told[-28], told[0], told[28], told[56], told[84], told[112]) == (
        Decimal(9), None, None, Decimal(5), Decimal(5), None,
    )  # fmt: skip
    assert _cohort(_totals((-56, 9))).lines[0].values[DAYS.index(0)] == Decimal(9)


def test_a_month_counts_only_where_it_lies_whole_in_the_window() -> None:
    """A total of days 20 to 50 is told on day 56, not on day 28."""
    values = _cohort([TotalSince(20, 50, Decimal(6))]).lines[0].values
    told = dict(zip(DAYS, values, strict=True))
    assert (told[28], told[56], told[84]) == (None, Decimal(6), None)


def test_who_is_at_zero_at_the_start_waits_for_no_zero() -> None:
    """Nor who has no total close before; both are counted. A 0 of the day is no event."""
    starts = [_totals((0, 0), (20, 0)), _totals((-31, 8), (20, 0))]
    found = _cohort(*starts, *[_totals((-30, 8), (0, 8), (20, 0))] * 10)
    assert found.without_baseline == 2
    assert found.to_zero.patients == 10
    assert found.to_zero.days == (20,)


def test_a_zero_of_a_month_has_come_by_its_last_day() -> None:
    """And who was last seen in some month was seen without it until its first day."""
    month = TotalSince(10, 40, Decimal(0)), TotalSince(15, 45, Decimal(3))
    found = _cohort(
        *[(*_totals((0, 8)), month[0])] * 10, *[(*_totals((0, 8)), month[1])] * 3
    ).to_zero
    assert (found.days, found.at_risk, found.patients) == ((40,), (10,), 13)


def test_nobody_with_an_event_makes_an_empty_curve() -> None:
    """There are enough patients, and nothing that happened."""
    found = _cohort(*[_totals((0, 8), (20, 3))] * 12)
    assert found.to_zero == Curve(12)
    assert found.to_zero.is_told


def test_a_relapse_before_or_on_the_start_is_none_after_it() -> None:
    """Only what lies whole after the start follows it."""
    before = [DaySpan(-40, -40), DaySpan(0, 0), DaySpan(-10, 20)]
    members = tuple(_member(str(n), _totals((0, 8), (90, 3)), before) for n in range(10))
    after = tuple(_member(f"a{n}", _totals((0, 8)), [DaySpan(30, 60)]) for n in range(3))
    found = cohort_of(Aligned(ASKED, members + after, 0)).to_relapse
    assert (found.days, found.at_risk) == ((60,), (13,))


def test_the_baseline_reaches_back_as_far_as_the_unit_says() -> None:
    """As in the trend of a single patient."""
    aligned = Aligned(ASKED, (_member("a", _totals((-45, 8))),), 0)
    assert cohort_of(aligned).lines[0].baseline is None
    assert cohort_of(aligned, 45).lines[0].baseline == Decimal(8)


def test_what_labels_a_patient_labels_the_cohort() -> None:
    """Each label once, and how many others are in it or left out."""
    members = tuple(_member(str(n), (), (), "Invented.") for n in range(2))
    found = cohort_of(Aligned(ASKED, members, 3))
    assert (found.cautions, found.undated, found.n) == (("Invented.",), 3, 2)


def test_scipy_is_loaded_for_a_curve_and_not_before() -> None:
    """It costs over a second, which nobody pays who looks at one patient or at nine."""
    program = (
        "import sys; from app.trends.survival import curve_of, Wait;"
        "import app.trends.cohort;"
        "curve_of([Wait(5, True)] * 9); print('scipy' in sys.modules);"
        "curve_of([Wait(5, True)] * 10); print('scipy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["False", "True"]
