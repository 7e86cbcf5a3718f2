"""Runs of zeros: never longer than they were, each number found a second time."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language import words
from app.records.declaration import DIED
from app.records.model import Event, PatientRecord, Visit
from app.trends.at_zero import AtZero, at_zero, at_zero_words
from app.trends.sentences import last_words
from tests.builders import replace
from tests.courses import CATALOGUE, event, record, sheet, totals, trend, typed, visit
from tests.trends import second_rule as naive
from tests.trends.second_opinion import days_of

WORDS = words()
OMS = CATALOGUE.find("oms")


def _found(made: PatientRecord, key: str = "oms") -> AtZero | None:
    course = trend(made)
    series = course.find(key)
    assert series is not None
    return at_zero(course, CATALOGUE.find(series.scale), series)


def _told(made: PatientRecord, key: str = "oms") -> str:
    course = trend(made)
    series = course.find(key)
    assert series is not None
    return at_zero_words(course, CATALOGUE.find(series.scale), series, WORDS)


def _course(by_day: Mapping[str, str], *events: Event) -> PatientRecord:
    return record(totals("oms", by_day), (), events)


def test_the_longest_and_the_present_stretch_are_told_apart() -> None:
    """Each with its days, its dates and its number of visits."""
    made = _course({
        "2025-01-01": "9", "2025-02-01": "0", "2025-03-01": "0", "2025-05-02": "0",
        "2025-06-01": "4", "2025-12-01": "0", "2026-01-10": "0",
    })  # fmt: skip
    assert _told(made) == (
        "Longest run of zeros: 3 visits, 1 Feb 2025 to 2 May 2025, "
        "90 days from the first to the last. "
        "0 at the last 2 visits that scored it, 1 Dec 2025 and 10 Jan 2026, 40 days apart."
    )


def test_a_present_run_that_is_the_only_one_is_told_alone() -> None:
    """Nobody asks whether another was longer."""
    assert _told(_course({"2025-01-01": "9", "2026-01-09": "0", "2026-01-10": "0"})) == (
        "0 at the last 2 visits that scored it, 9 Jan 2026 and 10 Jan 2026, 1 day apart."
    )


def test_a_present_run_that_is_the_longest_of_several_is_told_once() -> None:
    """A run of one visit is none that could be longer."""
    by_day = {"2025-01-01": "0", "2025-01-05": "0", "2025-02-01": "9", "2025-03-01": "0",
              "2025-04-01": "0", "2025-05-01": "0"}  # fmt: skip
    now = (
        "0 at the last 3 visits that scored it, 1 Mar 2025 to 1 May 2025, "
        "61 days from the first to the last."
    )
    assert _told(_course(by_day)) == f"{now} No longer run of zeros."
    assert _told(_course({**by_day, "2025-01-05": "3"})) == now


def test_what_lay_between_two_zeros_unseen_is_told_with_them() -> None:
    """Visits that did not score it, and suspected relapses that nobody has judged."""
    zeros = totals("oms", {"2025-03-01": "0", "2025-09-01": "0"})
    others = [visit(day, sheet("five_feature", "22222")) for day in ("2025-06-01", "2025-07-01")]
    doubts = [event("suspected_relapse", "2025-06-10")]
    run = "0 at the last 2 visits that scored it, 1 Mar 2025 and 1 Sep 2025, 184 days apart"
    assert _told(record(zeros)) == f"{run}."
    assert _told(record((*zeros, others[0]))) == (
        f"{run}; in between: 1 visit that did not score it."
    )
    assert _told(record((*zeros, *others), (), doubts)) == (
        f"{run}; in between: 2 visits that did not score it "
        "and 1 suspected relapse not judged yet."
    )
    judged = [event("dismissed_relapse", "2025-06-10")]
    assert _told(record(zeros, (), judged)) == f"{run}."


@pytest.mark.parametrize(
    ("visited", "suspected", "told"),
    [
        ("2025-02-28", "2025-02-28", ""),
        ("2025-03-01", "", ""),
        ("2025-09-01", "", ""),
        ("2025-09-02", "2025-09-02", ""),
        ("2025-06", "", "in between: 1 visit that did not score it"),
        ("2025-09", "", ""),
        ("2025", "", "in between, as far as the dates tell: 1 visit that did not score it"),
        ("", "2025-09-01", "in between: 1 suspected relapse not judged yet"),
        (
            "",
            "2025-09",
            "in between, as far as the dates tell: 1 suspected relapse not judged yet",
        ),
    ],
)
def test_what_may_lie_between_is_told_as_far_as_the_dates_tell(
    visited: str, suspected: str, told: str
) -> None:
    """A visit on the day of a zero is not between; a relapse suspected on that day is told."""
    zeros = totals("oms", {"2025-03-01": "0", "2025-09-01": "0"})
    visits = [visit(visited, sheet("five_feature", "22222"), visit_id="w")] if visited else []
    doubts = [event("suspected_relapse", suspected)] if suspected else []
    found = _told(record((*zeros, *visits), (), doubts))
    if visited[:7] == "2025-09" and visited != "2025-09-01":
        assert found.startswith("Longest run of zeros: 2 visits, 1 Mar 2025 and 1 Sep 2025, ")
    assert found.endswith(f"184 days apart; {told}." if told else "184 days apart.")


def test_a_long_suspicion_lies_between_for_certain() -> None:
    """It began before the first zero and ended after the last."""
    doubt = event("suspected_relapse", "2025-02-01", "2025-10-01")
    assert "; in between: 1 suspected" in _told(
        _course({"2025-03-01": "0", "2025-09-01": "0"}, doubt)
    )


def test_a_present_zero_alone_tells_no_length() -> None:
    """One visit says nothing of the days around it."""
    by_day = {"2025-02-01": "0", "2025-03-01": "0", "2025-06-01": "4", "2025-12-01": "0"}
    assert _told(_course(by_day)).endswith("28 days apart. 0 at the last visit, 1 Dec 2025.")


def test_a_last_visit_above_zero_leaves_the_longest_stretch_alone() -> None:
    """A total above 0 is no present time at zero."""
    by_day = {"2025-02-01": "0", "2025-03-01": "0", "2025-06-01": "4"}
    assert _told(_course(by_day)) == (
        "Longest run of zeros: 2 visits, 1 Feb 2025 and 1 Mar 2025, 28 days apart."
    )


def test_where_no_stretch_lasted_nothing_is_said() -> None:
    """No zero at all, or single ones alone."""
    assert _found(_course({"2025-01-01": "9"})) is None
    assert _told(_course({"2025-01-01": "9"})) == ""
    assert _told(_course({"2025-01-01": "0", "2025-02-01": "3", "2025-03-01": "0"})) == ""


def test_a_visit_without_a_total_ends_a_stretch() -> None:
    """Nobody knows that it was a zero."""
    found = _found(_course({"2025-01-01": "0", "2025-02-01": "0", "2025-02-20": "",
                            "2025-03-01": "0", "2025-03-02": "0"}))  # fmt: skip
    assert found is not None
    assert found.present is not None
    assert (found.longest.days, found.present.days) == (31, 1)


def test_a_visit_that_left_the_scale_out_ends_none_but_is_no_present_zero() -> None:
    """Nothing is known of it; the last visit is told as what it was."""
    between = visit("2025-02-01", sheet("five_feature", "11111"))
    ends = totals("oms", {"2025-01-01": "0", "2025-03-01": "0"})
    found = _found(record((*ends, between)))
    assert found is not None
    assert found.longest.days == 59
    assert found.present == found.longest
    after = visit("2025-04-01", sheet("five_feature", "11111"))
    later = _found(record((*ends, after)))
    assert later is not None
    assert later.present is None


def test_a_relapse_between_two_zeros_ends_a_stretch() -> None:
    """Whether its days are known or only may lie between."""
    zeros = {"2025-01-01": "0", "2025-03-01": "0", "2025-06-01": "0"}
    for day, stop, longest in (
        ("2025-04-01", "2025-04-20", 59), ("2025-04", "", 59), ("2025", "", 0),
        ("2025-02-01", "2025-03-10", 0), ("2024-12-31", "", 151), ("2025-06-02", "", 151),
    ):  # fmt: skip
        found = _found(_course(zeros, event("relapse", day, stop)))
        assert found is not None
        assert found.longest.days == longest, day


def test_a_suspected_relapse_ends_no_stretch() -> None:
    """It counts nowhere until a physician confirms it; it is told beside it."""
    zeros = {"2025-01-01": "0", "2025-03-01": "0"}
    found = _found(_course(zeros, event("suspected_relapse", "2025-02-01")))
    assert found is not None
    assert found.longest.days == 59


def test_a_relapse_since_the_last_visit_leaves_no_present_stretch() -> None:
    """The longest stays what it was."""
    found = _found(_course({"2025-01-01": "0", "2025-03-01": "0"}, event("relapse", "2025-04")))
    assert found is not None
    assert (found.longest.days, found.present) == (59, None)


def test_another_version_ends_a_stretch() -> None:
    """It is not known whether its zero is the same."""
    old = visit("2025-01-01", replace(typed("oms", "0"), version="0"))
    found = _found(record((old, *totals("oms", {"2025-02-01": "0", "2025-02-03": "0"}))))
    assert found is not None
    assert found.longest.days == 2


def test_a_short_date_counts_the_days_that_are_certain() -> None:
    """A month may be its last day at one end and its first at the other."""
    found = _found(_course({"2025-01": "0", "2025-03": "0"}))
    assert found is not None
    assert found.longest.days == 29
    assert _told(_course({"2025-01": "0", "2025-03": "0"})) == (
        "0 at the last 2 visits that scored it, Jan 2025 and Mar 2025, at least 29 days apart."
    )
    unsure = _found(_course({"2025-03": "4", "2025-03-20": "0", "2025-05-01": "0"}))
    assert unsure is not None
    assert unsure.longest.days == 0


def test_nobody_who_died_stands_at_zero_now() -> None:
    """The longest time stays told, as it was."""
    made = _course({"2025-01-01": "0", "2025-03-01": "0"})
    facts = replace(made.patient.facts, status=DIED, status_date=made.visits[-1].facts.date)
    found = _found(replace(made, patient=replace(made.patient, facts=facts)))
    assert found is not None
    assert (found.longest.days, found.present) == (59, None)


def test_a_part_of_a_scale_has_a_time_of_its_own() -> None:
    """Whatever the rest of the scale does."""
    visits = [visit(day, sheet("oms", "000003")) for day in ("2025-01-01", "2025-01-31")]
    assert _found(record(visits)) is None
    found = _found(record(visits), "oms.without_speech")
    assert found is not None
    assert found.longest.days == 30


def test_the_time_at_zero_stands_with_the_last_total() -> None:
    """The column beside the chart and the page for the record tell the same words."""
    made = _course({"2025-01-01": "0", "2025-03-01": "0"})
    told = last_words(trend(made), CATALOGUE, "oms", WORDS)
    assert told is not None
    assert told.at_zero == _told(made) != ""


_DAY = st.integers(0, 40).map(lambda count: str(date(2025, 2, 1) + timedelta(days=count)))
_WRITTEN = st.one_of(_DAY, _DAY, st.sampled_from(["2025-02", "2025-03"]))
_TOTAL = st.sampled_from(["0", "0", "0", "3", ""])
_VERSION = st.sampled_from([OMS.version, OMS.version, OMS.version, "other"])
_RELAPSE = st.tuples(_WRITTEN, st.one_of(st.just(""), _WRITTEN))


def _reading_visit(number: int, told: tuple[str, str, str]) -> Visit:
    day, total, version = told
    scored = typed("oms", total) if total else sheet("oms", "xxxxxx")
    return visit(day, replace(scored, version=version), visit_id=f"v{number}")


def _readings(made: PatientRecord) -> list[naive.Reading]:
    found = trend(made).find("oms")
    assert found is not None
    return [
        naive.Reading(str(p.date), None if p.total is None else Fraction(p.total), p.version)
        for p in found.points
    ]


def _relapses(pairs: list[tuple[str, str]]) -> tuple[Event, ...]:
    return tuple(event("relapse", start, _stop(start, stop)) for start, stop in pairs)


def _stop(start: str, stop: str) -> str:
    """Return an end that no relapse has before its start."""
    return stop if stop and days_of(stop)[0] >= days_of(start)[0] else ""


def _days(relapse: Event) -> naive.Period:
    start = days_of(str(relapse.facts.date))
    stop = days_of(str(relapse.facts.stop or relapse.facts.date))
    count = (stop[-1] - start[0]).days
    return tuple(start[0] + timedelta(days=number) for number in range(count + 1))


@given(
    st.lists(st.tuples(_DAY, _TOTAL, _VERSION), min_size=1, max_size=7),
    st.lists(st.tuples(_DAY, st.just("")), max_size=1),
)
def test_exact_days_equal_those_of_a_second_implementation(
    told: list[tuple[str, str, str]], relapses: list[tuple[str, str]]
) -> None:
    """The longest and the present stretch, of any course whose days are known."""
    events = _relapses(relapses)
    made = record([_reading_visit(*each) for each in enumerate(told)], (), events)
    found = _found(made)
    longest, present = naive.zero_days(_readings(made), [_days(each) for each in events])
    assert (0 if found is None else found.longest.days) == longest
    stands = None if found is None or found.present is None else found.present.days
    assert stands == present


@given(
    st.lists(st.tuples(_WRITTEN, _TOTAL, st.just(OMS.version)), min_size=1, max_size=4),
    st.lists(_RELAPSE, max_size=1),
)
def test_no_stretch_is_longer_than_any_way_the_dates_can_be_meant(
    told: list[tuple[str, str, str]], relapses: list[tuple[str, str]]
) -> None:
    """What is told of short dates is true of whichever days they were."""
    events = _relapses(relapses)
    made = record([_reading_visit(*each) for each in enumerate(told)], (), events)
    found = _found(made)
    readings = _readings(made)
    for way in naive.meant([reading.days for reading in readings]):
        days = sorted(zip(map(str, way), readings, strict=True), key=lambda each: each[0])
        exact = [naive.Reading(day, reading.total) for day, reading in days]
        longest, _present = naive.zero_days(exact, [_days(each) for each in events])
        assert (0 if found is None else found.longest.days) <= longest
