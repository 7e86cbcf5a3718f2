"""A relapse in words: its dates, its totals, the doses it began at; what is not known is said."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import pytest

from app.dates import PartialDate
from app.language import words
from app.records.model import DoseStep, Event, Treatment
from app.trends.model import Trend
from app.trends.relapse import relapse_words, relapses
from app.wording.visits import event_title
from tests.builders import replace
from tests.courses import (
    CATALOGUE,
    child,
    event,
    record,
    sheet,
    step,
    totals,
    treatment,
    trend,
    typed,
    visit,
    when,
)

WORDS = words()


def test_a_relapse_is_told_with_what_was_recorded_around_it() -> None:
    """From what to what, the dose it happened at, the events beside it; no cause."""
    course = trend(child())
    (marked,) = relapses(course)
    told = relapse_words(course, CATALOGUE, marked, "oms", WORDS)
    assert (told.title, told.author) == ("Relapse", "marked by Dr Lindqvist")
    assert told.sentences == (
        "12 Jun 2025 to 12 Jul 2025.",
        "OMS scale: from 3 (6 Jun 2025) to 10 (28 Jun 2025).",
        "SARA: from 8 (9 May 2025) to 16 (28 Jun 2025).",
        "Prednisolone was at 0.3 mg/kg daily.",
        "IVIg: last dose 21 May 2025.",
        "Rituximab was stopped 28 Feb 2025.",
        "Fever: 14 Jun 2025.",
        "Hospital stay: 27 Jun 2025.",
    )


@pytest.mark.parametrize("kind", ["suspected_relapse", "dismissed_relapse"])
def test_what_nobody_confirmed_counts_as_no_relapse(kind: str) -> None:
    """It is told of itself, beside a relapse by its own name, and never as one."""
    unsure = event(kind, "2025-06-03")
    course = trend(record(events=[event("relapse", "2025-06-01", "2025-06-30"), unsure]))
    (marked,) = relapses(course)
    assert marked.facts.kind == "relapse"
    told = relapse_words(course, CATALOGUE, marked, "oms", WORDS).sentences
    assert f"{event_title(unsure, WORDS)}: 3 Jun 2025." in told
    assert relapses(trend(record(events=[unsure]))) == ()


def test_a_relapse_alone_tells_its_date_and_note() -> None:
    """Nothing else is known, nothing else is said."""
    course = trend(record(events=[event("relapse", "2025-06", note="after a taper")]))
    told = relapse_words(course, CATALOGUE, relapses(course)[0], "oms", WORDS)
    assert (told.author, told.sentences) == ("", ("Jun 2025, no end recorded.", "after a taper"))


_OPEN = "the day is not known."
_CHANGE = "the day of the change is not known."


@pytest.mark.parametrize(
    ("doses", "told"),
    [
        ([step("2", "mg", "daily", "2025-01-01", "2025-06-10")], " was at 2 mg daily."),
        (
            [step("2", "mg", "daily"), step("1", "mg", "daily", "2025-05-01")],
            " was at 1 mg daily.",
        ),
        ([step("2", "mg", "daily"), step("9", "mg", "once", "2025-05-01")], " was at 2 mg daily."),
        (
            [step("2", "mg", "daily"), step("0", "mg", "daily", "2025-05-01")],
            " was paused since 1 May 2025.",
        ),
        (
            [step("2", "mg", "daily", together="a"), step("3", "mg", "daily", together="a")],
            " was at 2 mg daily and 3 mg daily.",
        ),
        (
            [step("2", "mg", "daily"), step("1", "mg", "daily")],
            " was at 1 mg daily or 2 mg daily: which of them is not known.",
        ),
        ([], " was given; its dose is not recorded."),
        (
            [step("2", "mg", "daily", "2025-01-01", "2025-05-31")],
            ": the last recorded dose ended 31 May 2025.",
        ),
        (
            [
                step("2", "mg", "daily", "2025-01-01", "2025-03-01"),
                step("1", "mg", "daily", "2025-08-01"),
            ],
            ": the last recorded dose ended 1 Mar 2025.",
        ),
        (
            [
                step("2", "mg", "daily", "2025-01-01", "2025-03-01"),
                step("0", "mg", "daily", "2025-03-02", "2025-05-01"),
            ],
            ": the last recorded dose ended 1 Mar 2025.",
        ),
        ([step("2", "mg", "daily", "2025-07-01")], ""),
        ([step("9", "mg", "once", "2025-06-09")], ": last dose 9 Jun 2025."),
        ([step("9", "mg", "once", "2025-06-10")], ""),
        ([step("9", "mg", "once", "2025-06-11")], ""),
        (
            [step("9", "mg", "once", "2025-06-10"), step("9", "mg", "once", "2025-04-30")],
            ": last dose 30 Apr 2025.",
        ),
        (
            [step("9", "mg", "once", "2025-06")],
            ": a dose of Jun 2025, before the relapse began or after it.",
        ),
        ([step("5", "session", "weekly", "2025-05-01")], " was at 5 sessions weekly."),
        (
            [step("3", "mg", "daily", "2025-06")],
            f" was at 3 mg daily, or not begun yet: {_OPEN}",
        ),
        (
            [step("3", "mg", "daily", "2025-01-01", "2025-06")],
            f" was at 3 mg daily, or already stopped: {_OPEN}",
        ),
        (
            [step("3", "mg", "daily"), step("2", "mg", "daily", "2025-06")],
            f" was at 3 mg daily or 2 mg daily: {_CHANGE}",
        ),
        (
            [step("3", "mg", "daily"), step("0", "mg", "daily", "2025-06")],
            f" was at 3 mg daily or paused: {_CHANGE}",
        ),
        ([step("3", "mg", "daily"), step("3", "mg", "daily", "2025-06")], " was at 3 mg daily."),
        (
            [step("0", "mg", "daily"), step("2", "mg", "daily", "2025-06")],
            f" was paused or 2 mg daily: {_CHANGE}",
        ),
        (
            [step("3", "mg", "daily"), step("2", "mg", "daily", "2025-06", "2025-06")],
            f" was at 3 mg daily or 2 mg daily, or already stopped: {_OPEN}",
        ),
    ],
)
def test_the_dose_at_a_relapse_is_told_as_far_as_it_is_known(
    doses: list[DoseStep], told: str
) -> None:
    """On its first day; both where two may have run, and what had ended with its day.

    A single dose is told where nothing lasted, and a pause since its first day.
    """
    given = treatment("p", "prednisolone", "2025-01-01", "", *doses)
    assert _doses([given]) == ([f"Prednisolone{told}"] if told else [])


def _doses(given: Iterable[Treatment], relapse: str = "2025-06-10") -> list[str]:
    course = trend(record([], given, [event("relapse", relapse)]))
    return list(_sentences(course)[1:])


def _sentences(course: Trend, key: str = "oms") -> Sequence[str]:
    return relapse_words(course, CATALOGUE, relapses(course)[0], key, WORDS).sentences


@pytest.mark.parametrize(
    ("start", "stop", "dose", "told"),
    [
        ("", "", "2", f" was at 2 mg daily, or not begun yet: {_OPEN}"),
        ("", "2025-06", "2", f" was at 2 mg daily, or not begun yet, or already stopped: {_OPEN}"),
        ("2025-01-01", "2025-06", "2", f" was at 2 mg daily, or already stopped: {_OPEN}"),
        ("2025-01-01", "2025-05-31", "2", " was stopped 31 May 2025."),
        ("2025-01-01", "2025-05", "2", " was stopped May 2025."),
        ("2019-01-01", "2019-02-01", "2", " was stopped 1 Feb 2019."),
        ("2025-07-01", "", "2", ""),
        ("2025-01-01", "2025-05-31", "", " was stopped 31 May 2025."),
        ("2025-01-01", "2025-06", "", f" may have been given: {_OPEN[:-1]}."),
        ("", "", "", f" may have been given: {_OPEN}"),
    ],
)
def test_a_treatment_that_may_have_ended_or_not_begun_is_told_as_that(
    start: str, stop: str, dose: str, told: str
) -> None:
    """A stop is told however long ago it was; what begins later is not."""
    steps = [step(dose, "mg", "daily")] if dose else []
    given = treatment("p", "prednisolone", start, stop, *steps)
    assert _doses([given]) == ([f"Prednisolone{told}"] if told else [])


def test_single_doses_in_the_month_of_a_relapse_are_told_beside_the_last_before() -> None:
    """Which came first is not known, so neither hides the other."""
    days = ("2025-04-30", "2025-05-31", "2025-06-03", "2025-06-24", "2025-07-01")
    given = treatment(
        "r", "rituximab", "2025-04-30", "", *(step("1", "g", "once", day) for day in days)
    )
    assert _doses([given], "2025-06") == [
        "Rituximab: last dose 31 May 2025.",
        "Rituximab: a dose of 24 Jun 2025, before the relapse began or after it.",
    ]


def test_of_an_agent_what_ran_is_told_and_else_its_last_stop_alone() -> None:
    """Twenty pulses that have ended are one sentence, and none beside one that runs."""
    pulses = [
        treatment(f"d{n}", "dexamethasone", f"2025-01-{n:02}", f"2025-01-{n:02}",
                  step("20", "mg/m2", "daily"))
        for n in range(1, 21)
    ]  # fmt: skip
    assert _doses(pulses) == ["Dexamethasone was stopped 20 Jan 2025."]
    runs = treatment("d", "dexamethasone", "2025-05-01", "", step("10", "mg/m2", "daily"))
    assert _doses([*pulses, runs]) == ["Dexamethasone was at 10 mg/m² daily."]
    symptoms = treatment("c", "clonazepam", "2025-01-01", "2025-02-01")
    assert _doses([symptoms]) == []


_AT = date(2025, 11, 10)


@pytest.mark.parametrize("change", ["2025-11", "2025-11-09", "2025-11-10", "2025-11-11", "2025"])
@pytest.mark.parametrize("stop", ["", "2025-11", "2025-11-09", "2025-11-10", "2025-12"])
def test_every_dose_that_may_have_run_is_told_and_no_other(change: str, stop: str) -> None:
    """Each day that the dates leave is played through: what is on then is in the words."""
    begins, ends = _days(when(change)), _days(when(stop)) if stop else [date.max]
    states = {
        "stopped" if end < _AT else "1 mg daily" if begin <= _AT else "2 mg daily"
        for begin in begins
        for end in ends
    }
    given = treatment(
        "p", "prednisolone", "2024-01-01", stop,
        step("2", "mg", "daily"), step("1", "mg", "daily", change),
    )  # fmt: skip
    (told,) = _doses([given], "2025-11-10")
    assert {state for state in ("stopped", "1 mg daily", "2 mg daily") if state in told} == states
    assert ("not known" in told) is (len(states) > 1)


def _days(period: PartialDate) -> list[date]:
    return [
        period.first + timedelta(days=count)
        for count in range((period.last - period.first).days + 1)
    ]


@pytest.mark.parametrize(
    ("doses", "told"),
    [
        (
            [step("20", "mg", "daily"), step("10", "mg", "daily", "2025-06-15")],
            "was at 20 mg daily, then 10 mg daily.",
        ),
        (
            [step("20", "mg", "daily"), step("0", "mg", "daily", "2025-06-15", note="fever")],
            "was at 20 mg daily, then paused (fever).",
        ),
        (
            [step("0", "mg", "daily", "2025-05-01"), step("10", "mg", "daily", "2025-06-15")],
            "was paused, then 10 mg daily.",
        ),
        (
            [
                step("20", "mg", "daily", "", "2025-06-14"),
                step("10", "mg", "daily", "2025-06-15", "2025-06-19"),
                step("5", "mg", "daily", "2025-06-20", "2025-07-04"),
            ],
            "was at 20 mg daily, then 10 mg daily, then 5 mg daily.",
        ),
        (
            [
                step("20", "mg", "daily", "", "2025-06-10"),
                step("10", "mg", "daily", "2025-06-12", "2025-06-19"),
                step("5", "mg", "daily", "2025-06-21"),
            ],
            "was at 20 mg daily, then 10 mg daily, then 5 mg daily.",
        ),
        (
            [
                step("20", "mg", "daily", "", "2025-06-10"),
                step("10", "mg", "daily", "2025-06-14"),
            ],
            "was at 20 mg daily, then 10 mg daily.",
        ),
        (
            [
                step("2", "mg", "daily", "2025-01-01", together="a"),
                step("3", "mg", "daily", "2025-06-15", together="a"),
            ],
            "was at 2 mg daily, then 2 mg daily and 3 mg daily.",
        ),
        (
            [
                step("2", "mg", "daily", "2025-01-01", together="a"),
                step("3", "mg", "daily", "2025-02-01", "2025-06-15", together="a"),
            ],
            "was at 2 mg daily and 3 mg daily, then 2 mg daily.",
        ),
        (
            [step("20", "mg", "daily"), step("10", "mg", "daily", "2025-07-01")],
            "was at 20 mg daily.",
        ),
        ([step("20", "mg", "daily", "2025-06-15")], "was at 20 mg daily from 15 Jun 2025."),
        (
            [step("20", "mg", "daily", "2025-01-01", "2025-06-15")],
            "was at 20 mg daily until 15 Jun 2025.",
        ),
        (
            [
                step("20", "mg", "daily", "2025-01-01"),
                step("20", "mg", "daily", "2025-06-10", "2025-06-20"),
            ],
            "was at 20 mg daily until 20 Jun 2025.",
        ),
        (
            [step("20", "mg", "daily"), step("20", "mg", "daily", "2025-01-02", "2025")],
            "was at 20 mg daily, or already stopped: the day is not known.",
        ),
        (
            [step("20", "mg", "daily"), step("10", "mg", "daily", "2025")],
            "was at 20 mg daily or 10 mg daily: the day of the change is not known.",
        ),
    ],
)
def test_both_doses_are_told_where_only_the_month_of_a_relapse_is_known(
    doses: list[DoseStep], told: str
) -> None:
    """Which of them it happened at is not known; one that began or ended then has its day."""
    given = treatment("p", "prednisolone", "2025-01-01", "", *doses)
    assert _doses([given], "2025-06") == [f"Prednisolone {told}"]


_JUNE = {"2025-05-01": "2", "2025-06-12": "11", "2025-06-20": "8", "2025-07-30": "12"}


@pytest.mark.parametrize(
    ("relapse", "stop", "others", "by_day", "told"),
    [
        ("2025-06-12", "2025-07-12", {}, _JUNE, "From 2 (1 May 2025) to 11 (12 Jun 2025)."),
        ("2025-06-12", "2025-06-12", {}, _JUNE, "From 2 (1 May 2025) to 11 (12 Jun 2025)."),
        ("2025-06-12", "", {}, _JUNE, "From 2 (1 May 2025) to 12 (30 Jul 2025)."),
        (
            "2025-06-12",
            "",
            {"remission": "2025-07-30"},
            _JUNE,
            "From 2 (1 May 2025) to 11 (12 Jun 2025).",
        ),
        (
            "2025-06-12",
            "",
            {"relapse": "2025-07-01"},
            _JUNE,
            "From 2 (1 May 2025) to 11 (12 Jun 2025).",
        ),
        (
            "2025-06-12",
            "",
            {"remission": "2025-05-01"},
            _JUNE,
            "From 2 (1 May 2025) to 12 (30 Jul 2025).",
        ),
        ("2025-06", "2025-06", {}, _JUNE, "From 2 (1 May 2025) to 11 (12 Jun 2025)."),
        ("2025-06", "", {}, _JUNE, "From 2 (1 May 2025) to 12 (30 Jul 2025)."),
        (
            "2025-06-12",
            "",
            {"remission": "2025-06"},
            _JUNE,
            "From 2 (1 May 2025) to 11 (12 Jun 2025).",
        ),
        (
            "2025-06",
            "",
            {"remission": "2025-06"},
            _JUNE,
            "From 2 (1 May 2025) to 11 (12 Jun 2025).",
        ),
        (
            "2025-06-12",
            "",
            {"remission": "2025-06-12"},
            _JUNE,
            "From 2 (1 May 2025) to 12 (30 Jul 2025).",
        ),
        (
            "2025-06",
            "",
            {"remission": "2025-06-20"},
            _JUNE,
            "From 2 (1 May 2025) to 11 (12 Jun 2025).",
        ),
        (
            "2025-06",
            "",
            {},
            {"2025-05": "2", "2025-06": "9"},
            "From 2 (May 2025) to 9 (Jun 2025).",
        ),
        ("2025-06-12", "", {}, {"2025-05": "2", "2025-06": "9"}, ""),
        ("2025-06-12", "2025-07-12", {}, {"2025-06": "9", "2025-06-13": "3"}, ""),
        ("2025-06-12", "2025-07-12", {}, {"2025-05-01": "2", "2025-07": "9"}, ""),
        (
            "2025-06-12",
            "2025-07",
            {},
            {"2025-05-01": "2", "2025-06-30": "4", "2025-07-20": "9"},
            "From 2 (1 May 2025) to 4 (30 Jun 2025).",
        ),
        ("2025-06-12", "2025-07-12", {}, {"2025-06-12": "9"}, ""),
    ],
)
def test_a_visit_is_before_a_relapse_or_within_it_or_neither(
    relapse: str, stop: str, others: dict[str, str], by_day: dict[str, str], told: str
) -> None:
    """Its first day belongs to it, or its month where no more is known; else order is certain."""
    events = [event("relapse", relapse, stop), *(event(*other) for other in others.items())]
    course = trend(record(totals("oms", by_day), events=events))
    words_told = relapse_words(course, CATALOGUE, course.record.events[0], "oms", WORDS)
    assert ("no end recorded" in words_told.when) is not bool(stop)
    assert [each for each in words_told.sentences if "From" in each] == ([told] if told else [])


@pytest.mark.parametrize(
    ("by_day", "others", "told"),
    [
        (
            {"2023-01-05": "2", "2023-06-01": "6", "2024-01-01": "0", "2025-12-01": "11"},
            [],
            "From 2 (5 Jan 2023) to 6 (1 Jun 2023).",
        ),
        (
            {"2023-01-05": "2", "2023-06-01": "6", "2025-12-01": "11"},
            [event("suspected_relapse", "2025-11-30")],
            "From 2 (5 Jan 2023) to 6 (1 Jun 2023).",
        ),
        (
            {"2023-01-05": "2", "2023-06-01": "6", "2025-12-01": "11"},
            [event("dismissed_relapse", "2025-11-30")],
            "From 2 (5 Jan 2023) to 11 (1 Dec 2025).",
        ),
        (
            {"2023-01-05": "3", "2025-12-01": "2"},
            [],
            "No higher total: 3 (5 Jan 2023), then 2 (1 Dec 2025).",
        ),
        (
            {"2023-01-05": "3", "2024-01-01": "3", "2025-12-01": "9"},
            [],
            "No higher total: 3 (5 Jan 2023), then 3 (1 Jan 2024).",
        ),
    ],
)
def test_a_relapse_without_an_end_has_no_total_from_after_it_was_over(
    by_day: dict[str, str], others: list[Event], told: str
) -> None:
    """It is over once a total is back where it was, and before the next one that is suspected."""
    course = trend(record(totals("oms", by_day), events=[event("relapse", "2023-05-20"), *others]))
    assert _sentences(course)[1] == told


def test_a_recorded_end_holds_whatever_the_totals_do() -> None:
    """Down and up again within a recorded relapse is within it."""
    by_day = {"2023-01-05": "3", "2023-06-01": "2", "2023-07-01": "9", "2023-09-01": "12"}
    marked = event("relapse", "2023-05-20", "2023-08-01")
    course = trend(record(totals("oms", by_day), events=[marked]))
    assert _sentences(course)[1] == "From 3 (5 Jan 2023) to 9 (1 Jul 2023)."


def test_each_scale_that_rose_is_told_by_its_name() -> None:
    """One that was scored last, and shows nothing, hides no rise of another one."""
    visits = [
        visit("2025-03-01", typed("sara", "9"), sheet("five_feature", "11111")),
        visit("2025-04-10", typed("sara", "11"), typed("oms", "4")),
        visit("2025-05-01", sheet("five_feature", "11110")),
    ]
    course = trend(record(visits, events=[event("relapse", "2025-04-01")]))
    rise = "SARA: from 9 (1 Mar 2025) to 11 (10 Apr 2025)."
    quiet = "Five features, no higher total: 5 (1 Mar 2025), then 4 (1 May 2025)."
    assert list(_sentences(course, "five_feature")[1:]) == [quiet, rise]
    assert list(_sentences(course, "sara")[1:]) == [rise]
    assert list(_sentences(course, "oms")[1:]) == [rise]


@pytest.mark.parametrize(
    ("versions", "told"),
    [
        (("1", "2"), "Not compared with 1 Mar 2025: that was another version of the scale."),
        (("2", "2"), "From 2 (1 Mar 2025) to 9 (10 Apr 2025)."),
    ],
)
def test_totals_of_versions_that_do_not_compare_are_not_joined(
    versions: Sequence[str], told: str
) -> None:
    """A rise between two versions may be one of the scale alone."""
    before, within = (
        replace(typed("oms", total), version=f"old-{version}")
        for total, version in zip(("2", "9"), versions, strict=True)
    )
    other = replace(typed("oms", "12"), version="old-3")
    visits = [visit("2025-03-01", before), visit("2025-04-10", within), visit("2025-05-01", other)]
    course = trend(record(visits, events=[event("relapse", "2025-04-01")]))
    assert _sentences(course)[1] == told
    both = [replace(each, sheets=(*each.sheets, typed("sara", "8"))) for each in visits]
    named = trend(record(both, events=[event("relapse", "2025-04-01")]))
    assert _sentences(named)[1].startswith("OMS scale: ")
