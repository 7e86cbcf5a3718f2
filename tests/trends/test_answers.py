"""What is told first: five histories that must not reassure, and every value a second time."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from app.dates import PartialDate
from app.language import words
from app.records.declaration import DIED
from app.records.model import DoseStep, Event, PatientRecord, Treatment
from app.trends import answers as told_first
from app.trends.answer_speaker import AnswerWords
from app.trends.answer_words import Answers, answers
from app.trends.model import Trend
from app.trends.since import default_start
from scales.model import Key, Scored, Side
from tests.builders import replace
from tests.courses import (
    AS_OF,
    CATALOGUE,
    child,
    event,
    published_case,
    record,
    sheet,
    step,
    totals,
    treatment,
    trend,
    typed,
    visit,
)

WORDS = words()
IVIG = treatment("ivig", "ivig", "2025-01-06")


def _answers(made: PatientRecord, key: str = "oms", start: str = "") -> Answers:
    course = trend(made)
    chosen = next((each for each in course.begun if each.facts.treatment_id == start), None)
    told = answers(course, CATALOGUE, key, chosen or default_start(course.begun), WORDS)
    assert told is not None
    return told


def _since(made: PatientRecord, key: str = "oms", start: str = "") -> AnswerWords:
    told = _answers(made, key, start).since
    assert told is not None
    return told


def _back(made: PatientRecord, key: str = "oms") -> AnswerWords:
    told = _answers(made, key).back
    assert told is not None
    return told


def _values(made: PatientRecord, start: Treatment = IVIG) -> told_first.Since:
    course = trend(made)
    found = course.find("oms")
    assert found is not None
    since = told_first.since(course, CATALOGUE, found, start)
    assert since is not None
    return since


def _course(
    by_day: dict[str, str], *treatments: Treatment, events: tuple[Event, ...] = ()
) -> PatientRecord:
    return record(totals("oms", by_day), treatments or (IVIG,), events)


def test_an_old_total_is_not_called_the_last_visits() -> None:
    """How long ago anybody looked stands beside the total, and no word says “now”."""
    told = _answers(_course({"2025-01-05": "16", "2025-07-11": "0"}))
    assert told.now.heading == "Last visit 11 Jul 2025, 201 days ago"
    assert told.now.first == "0"
    assert told.now.brief == "Of 18, OMS scale. 16 lower than on 5 Jan 2025."
    assert "now" not in f"{told.now.heading} {told.now.brief}".casefold()


def test_no_relapse_is_told_with_when_anybody_looked() -> None:
    """“No relapse has been marked” is no finding where nobody came for half a year."""
    told = _back(_course({"2025-01-05": "16", "2025-07-11": "0"}))
    assert told.brief == (
        "Last seen 201 days ago. At the best so far, 0 on 11 Jul 2025. No relapse has been marked."
    )


def test_what_lies_between_a_start_and_the_last_total_is_counted() -> None:
    """16 to 0 since IVIg, with a relapse and other starts between, is told as that."""
    made = _course(
        {"2025-01-05": "16", "2025-05-01": "2", "2025-06-20": "10", "2026-01-28": "0"},
        IVIG,
        treatment("r", "rituximab", "2025-06-25", "2025-07-25"),
        treatment("d", "dexamethasone", "2025-08", "2025-11"),
        events=(event("relapse", "2025-06-12", "2025-07-12"),),
    )
    told = _since(made)
    assert told.heading == "Since the first IVIg, 6 Jan 2025"
    assert told.first == "16, best and last 0"
    assert told.brief == (
        "Both on day 387. In between: 1 relapse, 2 other starts. Effects cannot be told apart."
    )
    assert told.full == (
        (
            "In between: Relapse, 12 Jun 2025 to 12 Jul 2025; start of Rituximab, 25 Jun 2025; "
            "start of Dexamethasone, Aug 2025."
        ),
        "Given in the same time: Rituximab and Dexamethasone. Effects cannot be told apart.",
    )


def test_a_last_visit_without_the_scale_says_so() -> None:
    """A scale that was left out has no number; what was scored is named, the old total dated."""
    visits = (
        *totals("oms", {"2025-01-05": "16", "2025-03-01": "2"}),
        visit("2026-01-10", sheet("five_feature", "11000"), sheet("sara", "0" * 12)),
    )
    told = _answers(record(visits, (IVIG,)))
    assert told.now.first == "–"
    assert told.now.heading == "Last visit 10 Jan 2026, 18 days ago"
    assert told.now.brief == (
        "OMS scale was not scored then; scored: Five features and SARA. "
        "The last total was 2, 1 Mar 2025."
    )
    assert told.now.full == ("OMS scale was not scored then; scored: Five features and SARA.",)
    assert told.since is not None
    assert told.since.brief == "Both on day 54 (1 Mar 2025). The last visit has no total."
    assert told.back is not None
    assert (told.back.first, told.back.full[0]) == ("–", "No total at the last visit.")


def test_a_recovery_that_began_before_the_start_is_told() -> None:
    """Some recover by themselves: what was falling already is not left to the treatment."""
    made = _course(
        {"2024-10-01": "16", "2024-11-15": "12", "2025-01-05": "9", "2025-03-01": "0"},
    )
    told = _since(made)
    assert told.first == "9, best and last 0"
    assert told.brief == "Both on day 54. It was falling before the start."
    assert told.full == (
        "It was falling before the start: 16 on 1 Oct 2024, then 9 on 5 Jan 2025.",
    )


@pytest.mark.parametrize(
    ("before", "is_told"),
    [
        ({"2024-12-01": "16"}, False),
        ({"2024-11-01": "12", "2024-12-01": "16"}, False),
        ({"2024-11-01": "16", "2024-12-01": "16"}, False),
        ({"2024-11-01": "16", "2024-11-20": "14", "2024-12-01": "15"}, False),
        ({"2024-10-01": "14", "2024-11-01": "16", "2024-12-01": "12"}, True),
        ({"2024-03-01": "16", "2024-06-01": "0", "2025-01-06": "8"}, False),
        ({"2024-09-01": "16", "2024-10-01": "8", "2025-01-06": "8"}, True),
        ({"2024-10-01": "16", "2025-01": "8"}, False),
        ({}, False),
    ],
)
def test_only_a_fall_that_reaches_the_start_is_one(before: dict[str, str], is_told: bool) -> None:
    """A rise before the start, a plateau, or a fall long undone is none."""
    assert (_values(_course({**before, "2025-03-01": "0"})).fell is not None) is is_told


def test_a_fall_does_not_cross_versions_of_the_scale() -> None:
    """Totals of two versions do not compare, whatever their numbers."""
    first, *others = totals("oms", {"2024-11-01": "16", "2024-12-01": "12", "2025-03-01": "0"})
    old = replace(first, sheets=(replace(first.sheets[0], version="0"),))
    assert _values(record((old, *others), (IVIG,))).fell is None


def test_best_and_last_stand_in_one_size() -> None:
    """With the day of each; the best never alone."""
    told = _since(_course({"2025-01-05": "16", "2025-02-01": "0", "2025-06-01": "4"}))
    assert told.first == "16, best 0, last 4"
    assert told.brief == "Best on day 26 (1 Feb 2025), last on day 146."


@pytest.mark.parametrize(
    ("by_day", "first", "brief"),
    [
        (("5", "9", "12"), "5, never lower, last 12", "Last on day 146."),
        (("12", "12", "12"), "12, never lower, last 12", "Last on day 146."),
        (("12", "12", "11"), "12, best and last 11", "Both on day 146."),
        (("0", "3", "0"), "0, last 0", "Last on day 146."),
    ],
)
def test_a_best_that_is_no_lower_than_before_is_not_called_that(
    by_day: tuple[str, str, str], first: str, brief: str
) -> None:
    """A child who only got worse has no best since the start; below 0 nobody can be."""
    told = _since(
        _course(dict(zip(("2025-01-05", "2025-03-01", "2025-06-01"), by_day, strict=True)))
    )
    assert (told.first, told.brief) == (first, brief)


def test_totals_of_versions_that_do_not_compare_do_not_stand_side_by_side() -> None:
    """The last one alone has a number, and why is said."""
    first, *others = totals("oms", {"2025-01-05": "15", "2025-03-01": "6", "2025-06-01": "10"})
    old = replace(first, sheets=(replace(first.sheets[0], version="0"),))
    told = _since(record((old, *others), (IVIG,)))
    assert told.first == "10"
    assert (
        told.brief
        == "Last on day 146. Not compared with before: the version of the scale changed."
    )


def test_what_was_marked_after_the_last_total_is_told_beside_it() -> None:
    """16 to 0 since IVIg says nothing of a relapse that came after the 0."""
    other = treatment("r", "rituximab", "2025-08-01")
    events = (event("relapse", "2025-05-20"), event("suspected_relapse", "2025-07-01"))
    scored = totals("oms", {"2025-01-05": "15", "2025-03-01": "0"})
    last = visit("2025-06-01", sheet("oms", "33333x"))
    told = _since(record((*scored, last), (IVIG, other), events))
    assert told.first == "15, best and last 0"
    assert told.brief == (
        "Both on day 54 (1 Mar 2025). The last visit has no total. "
        "After the last total: 1 relapse, 1 suspected relapse, Rituximab started."
    )
    assert told.full == (
        (
            "After the last total: Relapse, 20 May 2025; Suspected relapse, 1 Jul 2025; "
            "start of Rituximab, 1 Aug 2025."
        ),
    )
    none = _since(_course({"2025-01-05": "15"}, events=events))
    assert none.brief == "OMS scale: no total since. Since then: 1 relapse, 1 suspected relapse."


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2025-03-01", "In between: 1 relapse."),
        ("2025-03-02", "After the last total: 1 relapse."),
        ("2025-03", "In between, as far as the dates tell: 1 relapse."),
        ("2025-04", "After the last total: 1 relapse."),
        ("2025-01-06", ""),
    ],
)
def test_a_relapse_is_told_once_between_or_after(when: str, told: str) -> None:
    """What may lie on either side of the last total counts as between."""
    made = _course({"2025-01-05": "16", "2025-03-01": "2"}, events=(event("relapse", when),))
    assert _since(made).brief == f"Both on day 54. {told}".strip()


def test_a_relapse_after_the_last_visit_comes_first() -> None:
    """“At the best so far” never stands before it; a visit on its day has seen it."""
    by_day = {"2025-01-05": "14", "2025-03-01": "0", "2025-12-01": "0"}
    told = _back(_course(by_day, events=(event("relapse", "2026-01-10"),)))
    assert told.first == ""
    assert told.brief == (
        "A relapse was marked after the last visit: 10 Jan 2026. Last seen 58 days ago. "
        "At the best so far, 0 on 1 Mar 2025."
    )
    assert told.full[0] == "A relapse was marked after the last visit: 10 Jan 2026."
    for when in ("2025-12-01", "2025-12", "2025"):
        assert (
            "after the last visit"
            not in _back(_course(by_day, events=(event("relapse", when),))).brief
        )


def test_nothing_above_the_best_is_no_number() -> None:
    """A 0 in large letters would be taken for the total; how long nobody looked comes first."""
    told = _back(_course({"2025-01-05": "16", "2025-07-11": "8"}))
    assert told.first == ""
    assert told.brief.startswith("Last seen 201 days ago. At the best so far, 8 on 11 Jul 2025.")


def test_other_starts_are_named_where_there_is_one() -> None:
    """The same agent begins again; more than one are counted."""
    by_day = {"2025-01-05": "16", "2025-06-01": "2"}
    again, other = treatment("b", "ivig", "2025-02-01"), treatment("c", "rituximab", "2025-03-01")
    assert "In between: IVIg again." in _since(_course(by_day, IVIG, again)).brief
    assert "In between: Rituximab started." in _since(_course(by_day, IVIG, other)).brief
    assert "In between: 2 other starts." in _since(_course(by_day, IVIG, again, other)).brief


@pytest.mark.parametrize(
    ("steps", "is_given"),
    [
        ((step("1", "mg/kg", "daily", "2024-06-01", "2024-12-31"),), False),
        (
            (
                step("1", "mg/kg", "daily", "2024-06-01", "2024-12-31"),
                step("0", "mg/kg", "daily", "2025-01-01"),
            ),
            False,
        ),
        (
            (
                step("0", "mg/kg", "daily", "2024-06-01"),
                step("1", "mg/kg", "daily", "2025-02-20"),
            ),
            True,
        ),
        ((step("1", "mg/kg", "daily", "2024-06-01"),), True),
        ((step("1", "g/kg", "once", "2025-02-01"),), True),
        ((step("1", "g/kg", "once", "2025-03-02"),), False),
        ((), True),
    ],
)
def test_what_was_paused_all_along_was_not_given(
    steps: tuple[DoseStep, ...], is_given: bool
) -> None:
    """A dose, or what has no steps, between the start and the last total."""
    other = treatment("p", "prednisolone", "2024-06-01", "", *steps)
    made = _course({"2025-01-05": "14", "2025-03-01": "3"}, IVIG, other)
    assert bool(_values(made).beside) is is_given


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ({"2024-10-01": "16", "2024-12-10": "9"}, "It was falling before the start."),
        ({"2024-01-05": "14", "2024-06-01": "0"}, "It had fallen before the start."),
        ({"2024-10-01": "16", "2024-11-01": "9", "2024-12-01": "9"}, "It had fallen before the"),
        ({"2024-12-01": "16", "2025-01-06": "9"}, "It was falling before the start."),
    ],
)
def test_a_fall_that_was_over_is_not_called_going(before: dict[str, str], told: str) -> None:
    """Level for months before the start, it had fallen."""
    assert told in _since(_course({**before, "2025-03-01": "0"})).brief


def test_no_fall_is_told_where_the_order_is_not_known_or_noise_explains_it() -> None:
    """Two visits of the start's own day; dates to the year; half a point of SARA in an adult."""
    day = [
        visit("2025-01-06", typed("oms", total), visit_id=total, time=time)
        for total, time in (("12", "09:00"), ("10", "16:00"))
    ]
    assert _values(record((*day, *totals("oms", {"2025-02-01": "6"})), (IVIG,))).fell is None
    year = [visit("2024", typed("oms", total), visit_id=total) for total in ("12", "10")]
    assert _values(record((*year, *totals("oms", {"2025-02-01": "6"})), (IVIG,))).fell is None
    scored = {"2024-12-01": "12.5", "2025-01-02": "12", "2025-03-01": "9"}
    adult = _since(record(totals("sara", scored), (IVIG,), birth="1980-05-05"), "sara")
    assert "before the start" not in adult.brief
    child_of = _since(record(totals("sara", scored), (IVIG,), birth="2018-05-05"), "sara")
    assert "It was falling before the start." in child_of.brief


@pytest.mark.parametrize(
    ("last", "told"),
    [
        ("10", "That is within measurement noise."),
        ("17", "The best is within measurement noise."),
        ("2", ""),
    ],
)
def test_a_change_since_a_start_within_noise_is_called_that(last: str, told: str) -> None:
    """Of the best, of the last, or of both."""
    scored = {"2025-01-02": "12", "2025-03-01": "9", "2025-06-01": last}
    brief = _since(record(totals("sara", scored), (IVIG,), birth="1980-05-05"), "sara").brief
    assert ("noise" in brief) is bool(told)
    assert told in brief


def test_a_last_total_back_within_noise_is_said_beside_a_real_best() -> None:
    """12 to 2 is a change, 12 to 11 is none."""
    scored = {"2025-01-02": "12", "2025-03-01": "2", "2025-06-01": "11"}
    told = _since(record(totals("sara", scored), (IVIG,), birth="1980-05-05"), "sara")
    assert "The last is within measurement noise of what it was." in told.brief


def test_an_order_that_is_not_known_is_not_told_as_a_change() -> None:
    """A month beside a day of it: either may have come first."""
    seen = [
        visit(day, typed("oms", total), visit_id=total)
        for day, total in (("2025-06", "9"), ("2025-06-10", "4"))
    ]
    told = _answers(record(seen)).now
    assert "Also " in told.brief
    assert "which came first is not known." in told.brief
    assert "lower" not in told.brief
    assert "higher" not in told.brief


def test_totals_that_may_be_before_or_since_are_not_called_none() -> None:
    """Of a start that is known to the month."""
    start = treatment("ivig", "ivig", "2025-01")
    made = _course({"2025-01-02": "9", "2025-01-30": "4"}, start)
    assert _since(made).brief.startswith("OMS scale: of no total is it known that it came since")


def test_short_dates_are_told_as_in_a_month() -> None:
    """“8 in Feb 2004”, never “on”."""
    told = _back(_course({"2003-08": "36", "2004-02": "8"}))
    assert "At the best so far, 8 in Feb 2004." in told.brief


def test_a_start_without_totals_on_one_side_says_so() -> None:
    """Nothing before, nothing after, or neither."""
    assert _since(_course({"2025-02-01": "0", "2025-06-01": "4"})).first == "best 0, last 4"
    assert _since(_course({"2025-02-01": "3"})).first == "best and last 3"
    before = _since(_course({"2025-01-05": "16"}))
    assert (before.first, before.brief) == ("16", "OMS scale: no total since.")
    assert _since(_course({"2024-01-05": "16"})).first == "–"


def test_a_start_known_to_the_month_tells_dates() -> None:
    """Days cannot be counted from it."""
    made = _course({"2025-02-01": "4"}, treatment("ivig", "ivig", "2025-01"))
    told = _since(made)
    assert told.heading == "Since the first IVIg, Jan 2025"
    assert told.brief == "Both on 1 Feb 2025."


def test_a_later_start_is_not_called_the_first() -> None:
    """The second course of an agent is named with its date."""
    again = treatment("again", "ivig", "2025-05-01")
    made = _course({"2025-06-01": "4"}, IVIG, again)
    assert _since(made, start="again").heading == "Since IVIg, 1 May 2025"


@pytest.mark.parametrize(
    ("other", "is_mixed"),
    [
        (treatment("o", "rituximab", "2024-01-01"), True),
        (treatment("o", "rituximab", "2024-01-01", "2024-06-01"), False),
        (treatment("o", "rituximab", "2024-01-01", "2024-12-30"), False),
        (treatment("o", "rituximab", "2024-12-28", "2024-12-30"), True),
        (treatment("o", "rituximab", "2025-02-01", "2025-02-02"), True),
        (treatment("o", "rituximab", "2025-03-02"), False),
        (treatment("o", "rituximab", "2026-05-01"), False),
        (treatment("o", "rituximab", ""), True),
    ],
)
def test_effects_cannot_be_told_apart_where_treatments_overlap(
    other: Treatment,
    is_mixed: bool,
) -> None:
    """Whatever was given up to the last total, or began near the start; never what came after."""
    made = _course({"2025-01-05": "16", "2025-03-01": "2"}, IVIG, other)
    assert _values(made).is_mixed is is_mixed
    assert ("Effects cannot be told apart." in _since(made).brief) is is_mixed


@pytest.mark.parametrize(
    ("when", "is_between", "is_exact"),
    [
        ("2025-01-06", False, True),
        ("2025-01-07", True, True),
        ("2025-03-01", True, True),
        ("2025-03-02", False, True),
        ("2025-01", True, False),
        ("2025-02", True, True),
        ("2025-03", True, False),
        ("2025", True, False),
        ("2024-12", False, True),
        ("2025-04", False, True),
    ],
)
def test_what_may_lie_between_counts_as_between(
    when: str, is_between: bool, is_exact: bool
) -> None:
    """The start's own day is before it all, the last total's is within; short dates say so."""
    made = _course(
        {"2025-01-05": "16", "2025-03-01": "2"}, IVIG, treatment("o", "rituximab", when),
        events=(event("relapse", when), event("suspected_relapse", when), event("fever", when)),
    )  # fmt: skip
    between = _values(made).between
    assert len(between.relapses) == len(between.suspected) == len(between.starts) == is_between
    assert between.is_exact is is_exact
    exact = "In between, as far as the dates tell: " if not is_exact else "In between: "
    told = "1 relapse, 1 suspected relapse, Rituximab started."
    assert (f"{exact}{told}" in _since(made).brief) is is_between


def test_a_suspected_relapse_is_named_as_suspected() -> None:
    """It is no relapse until a physician says so; one that was dismissed is not told."""
    events = (event("suspected_relapse", "2026-01-20"), event("dismissed_relapse", "2025-11-02"))
    told = _back(_course({"2025-01-05": "16", "2026-01-28": "4"}, events=events))
    assert told.full[-3:] == (
        "No relapse has been marked.",
        "Suspected relapse, 20 Jan 2026: not judged yet.",
        "Last seen 28 Jan 2026.",
    )
    assert "1 suspected relapse, 20 Jan 2026." in told.brief
    assert "No relapse after all" not in told.brief


def test_several_suspected_relapses_are_counted_in_brief() -> None:
    """All of them are named in full."""
    events = (event("suspected_relapse", "2026-01-20"), event("suspected_relapse", "2025-11-02"))
    told = _back(_course({"2025-01-05": "16", "2026-01-28": "4"}, events=events))
    assert "2 suspected relapses, the last 20 Jan 2026." in told.brief
    assert told.full[-3:-1] == (
        "Suspected relapse, 2 Nov 2025: not judged yet.",
        "Suspected relapse, 20 Jan 2026: not judged yet.",
    )


def test_a_long_name_of_an_agent_is_shortened_in_the_heading() -> None:
    """What somebody typed never fills the page."""
    typed_agent = treatment("ivig", "other", "2025-01-06", note="plasma " * 500)
    told = _since(_course({"2025-01-05": "16", "2025-02-01": "4"}, typed_agent))
    assert len(told.heading) < 80


def test_the_last_relapse_is_the_latest_one() -> None:
    """In whatever order they were written down."""
    events = (event("relapse", "2025-09-01"), event("relapse", "2025-06-12", "2025-07-12"))
    told = _back(_course({"2025-01-05": "16", "2026-01-28": "4"}, events=events))
    assert "Last relapse 1 Sep 2025." in told.brief
    assert "Last relapse: 1 Sep 2025, no end recorded." in told.full


def test_points_and_items_above_their_best_are_told() -> None:
    """By how much, against which day, and which items."""
    visits = (
        visit("2025-06-01", sheet("oms", "100010")),
        visit("2025-09-01", sheet("oms", "010010")),
        visit("2026-01-28", sheet("oms", "121110")),
    )
    told = _back(record(visits, (IVIG,)))
    assert told.first == "+4"
    assert told.brief == (
        "Above the best, 2 on 1 Jun 2025. Items above their best: Gait 2, Stance 1, "
        "2 more. No relapse has been marked. Last seen 28 Jan 2026."
    )
    assert told.full[0] == "OMS scale: 4 above the best, 2 on 1 Jun 2025."


def test_items_above_zero_are_named() -> None:
    """Two in brief, all of them in full, with their sides; none where a total was typed."""
    visits = (visit("2026-01-28", sheet("sara", "110111011101")),)
    now = _answers(record(visits, (IVIG,)), "sara").now
    assert now.brief == ("Of 40, SARA. No earlier total. Above 0: Gait 1, Stance 1, 7 more.")
    assert "Finger chase, left side 1" in now.full[0]
    part = _answers(record(visits, (IVIG,)), "sara.gait_posture").now
    assert part.brief.endswith("Above 0: Gait 1, Stance 1.")
    typed_now = _answers(_course({"2026-01-28": "4"})).now
    assert typed_now.brief == "Of 18, OMS scale. No earlier total."
    assert typed_now.full == ()


def test_nothing_above_zero_is_told_only_of_what_was_scored() -> None:
    """“No item above 0” never stands beside an item that nobody could test."""
    whole = _answers(record((visit("2026-01-28", sheet("oms", "000000")),))).now
    assert whole.brief.endswith("No item above 0.")
    some = _answers(record((visit("2026-01-28", sheet("oms", "00000x")),))).now
    assert some.first == "–"
    assert some.brief == (
        "OMS scale: no total: Speech not testable. No earlier total. "
        "No item that was scored is above 0."
    )


def test_a_total_of_another_version_is_not_compared() -> None:
    """It is told with its date, and no best is taken from it."""
    first, last = totals("oms", {"2025-01-05": "1", "2026-01-28": "4"})
    old = replace(first, sheets=(replace(first.sheets[0], version="0"),))
    told = _answers(record((old, last)))
    assert "Before, in another version of the scale: 1, 5 Jan 2025." in told.now.brief
    assert told.back is not None
    assert told.back.brief.startswith("No other total to compare with.")


def test_a_change_within_measurement_noise_is_called_that() -> None:
    """Where a figure was found for this patient; a child has none."""
    scored = {"2025-12-01": "10", "2026-01-28": "12"}
    grown = _answers(record(totals("sara", scored), birth="1983-06"), "sara")
    assert "That is within measurement noise." in grown.now.brief
    assert grown.back is not None
    assert "That is within measurement noise." in grown.back.brief
    assert "noise" not in _answers(record(totals("sara", scored)), "sara").now.brief


def test_items_of_another_version_do_not_compare() -> None:
    """An item that was lower in an older wording is not above its best."""
    first = visit("2025-06-01", sheet("oms", "000000"))
    old = replace(first, sheets=(replace(first.sheets[0], version="0"),))
    told = _back(record((old, visit("2026-01-28", sheet("oms", "100000")))))
    assert "Items above their best" not in told.brief


def test_a_visit_without_any_scale_says_so() -> None:
    """Somebody was seen, and nothing was scored."""
    visits = (*totals("oms", {"2025-03-01": "2"}), visit("2026-01-10"))
    now = _answers(record(visits, (IVIG,))).now
    assert now.brief == "No scale was scored then. The last total was 2, 1 Mar 2025."


def test_a_visit_known_to_the_month_counts_no_days() -> None:
    """The month is told in their place; so is a single day in the singular."""
    told = _answers(record(totals("oms", {"2025-11": "2"})))
    assert told.now.heading == "Last visit Nov 2025"
    assert told.back is not None
    assert told.back.brief.endswith("Last seen Nov 2025.")
    day = _answers(record(totals("oms", {"2026-01-27": "2"})))
    assert day.now.heading == "Last visit 27 Jan 2026, 1 day ago"


def test_after_a_death_nobody_asks_whether_it_comes_back() -> None:
    """And no days are counted to today."""
    made = _course({"2025-01-05": "16", "2025-07-11": "0"})
    died = replace(made.patient, status=DIED, status_date=PartialDate(2025, 8, 1))
    told = _answers(replace(made, patient=died))
    assert told.back is None
    assert told.now.heading == "Last visit 11 Jul 2025"


def test_without_a_series_there_is_no_answer() -> None:
    """Nor since a start whose day nobody knows."""
    assert answers(trend(record()), CATALOGUE, "oms", None, WORDS) is None
    unknown = treatment("ivig", "ivig", "")
    assert _answers(_course({"2025-01-05": "16"}, unknown)).since is None
    course = trend(_course({"2025-01-05": "16"}, unknown))
    found = course.find("oms")
    assert found is not None
    assert told_first.since(course, CATALOGUE, found, unknown) is None


@pytest.mark.parametrize("made", [child(), published_case()])
def test_no_answer_names_a_cause(made: PatientRecord) -> None:
    """What changed and when, never why."""
    for key in ("oms", "sara", "five_feature"):
        if trend(made).find(key):
            told = _answers(made, key)
            text = " ".join(
                " ".join((each.heading, each.first, each.brief, *each.full))
                for each in (told.now, told.since, told.back)
                if each is not None
            )
            for word in ("because", "due to", "caused", "thanks to", "worked", "response"):
                assert word not in text.casefold()


def _random_record(random: Random) -> PatientRecord:
    visits = []
    day = date(2024, 6, 1)
    for number in range(random.randint(1, 8)):
        day += timedelta(days=random.randint(1, 60))
        sheets = []
        if random.random() < 0.8:
            levels = "".join(random.choice("0001123x-") for _ in range(6))
            sheets.append(random.choice((sheet("oms", levels), typed("oms", "7"))))
        visits.append(visit(str(day), *sheets, visit_id=f"v{number}"))
    starts = [date(2024, 6, 1) + timedelta(days=random.randint(0, 300)) for _ in range(3)]
    treatments = [
        treatment(f"t{number}", agent, str(start))
        for number, (agent, start) in enumerate(
            zip(("ivig", "prednisolone", "rituximab"), starts, strict=True)
        )
    ]
    relapse = str(date(2024, 6, 1) + timedelta(days=random.randint(0, 300)))
    return record(visits, treatments, (event("relapse", relapse),))


def _levels(made: PatientRecord, number: int) -> dict[Key, Decimal]:
    sheets = [each for each in made.visits[number].sheets if each.scale == "oms"]
    found = sheets[0].answers if sheets else {}
    return {key: got.level for key, got in found.items() if isinstance(got, Scored)}


def _check_now_and_back(made: PatientRecord, course: Trend) -> None:
    series = course.find("oms")
    assert series is not None
    now = told_first.now(course, CATALOGUE, series)
    back = told_first.coming_back(course, CATALOGUE, series)
    assert back is not None
    scored = [
        (each.facts.date.first, sheet.total)
        for each in made.visits
        for sheet in each.sheets
        if sheet.scale == "oms" and (sheet.answers or sheet.total is not None)
    ]
    last_day = made.visits[-1].facts.date.first
    here = [total for day, total in scored if day == last_day]
    earlier = [total for day, total in scored if day < last_day and total is not None]
    assert now.seen.days == (AS_OF - last_day).days
    assert (now.point.total if now.point else None) == (here[0] if here else None)
    assert (now.before.total if now.before else None) == (earlier[-1] if earlier else None)
    levels = _levels(made, -1)
    assert dict(now.above_zero or ()) == {key: each for key, each in levels.items() if each}
    total = here[0] if here else None
    expected = None if total is None or not earlier else total - min([*earlier, total])
    assert back.above == expected
    lowest: dict[Key, Decimal] = {}
    for number in range(len(made.visits) - 1):
        for key, level in _levels(made, number).items():
            lowest[key] = min(level, lowest.get(key, level))
    risen = {k: v for k, v in levels.items() if k in lowest and v > lowest[k]}
    assert dict(back.risen) == risen


def _check_since(made: PatientRecord, course: Trend) -> None:
    series = course.find("oms")
    assert series is not None
    for start in course.begun:
        told = told_first.since(course, CATALOGUE, series, start)
        assert told is not None
        assert start.facts.start is not None
        begin = start.facts.start.first
        after = [p for p in series.points if p.total is not None and p.date.first > begin]
        if not after:
            assert told.between == told_first.Between()
            assert told.beside == ()
            continue
        end = after[-1].date.first
        between = {
            other.id
            for other in made.treatments
            if other.facts.start is not None and begin < other.facts.start.first <= end
        }
        assert {other.id for other in told.between.starts} == between
        assert len(told.between.relapses) == sum(
            begin < each.facts.date.first <= end for each in made.events
        )
        given = {o.id for o in made.treatments if o.facts.start and o.facts.start.first <= end}
        assert {other.id for other in told.beside} == given - {start.id}


@pytest.mark.parametrize("seed", range(150))
def test_every_number_is_found_a_second_time(seed: int) -> None:
    """A second reading of the raw record agrees on made-up courses."""
    made = _random_record(Random(seed))  # noqa: S311 - no secret
    course = trend(made)
    if course.find("oms") is not None:
        _check_now_and_back(made, course)
        _check_since(made, course)


def test_a_side_keeps_its_own_best() -> None:
    """Right and left are two keys."""
    visits = (
        visit("2025-06-01", sheet("sara", "000000000000")),
        visit("2026-01-28", sheet("sara", "000000010000")),
    )
    course = trend(record(visits))
    series = course.find("sara")
    assert series is not None
    back = told_first.coming_back(course, CATALOGUE, series)
    assert back is not None
    ((key, level),) = back.risen
    assert (key.side, level) == (Side.LEFT, Decimal(1))


def test_an_operation_and_single_doses_from_before_a_start_are_not_given_beside_it() -> None:
    """They are over, though no stop of them is recorded; what lasts is not."""
    drip = step("375", "mg/m2", "once", "2024-01-10")
    others = [
        treatment("t", "tumour_resection", "2024-12-12"),
        treatment("r", "rituximab", "2024-01-10", "", drip),
        treatment("c", "clonazepam", "2024-12-12"),
    ]
    start = treatment("i", "ivig", "2025-01-06")
    made = record(totals("oms", {"2025-01-05": "14", "2025-06-09": "2"}), [*others, start])
    course = trend(made)
    told = told_first.since(course, CATALOGUE, course.series[0], start)
    assert told is not None
    assert [each.facts.treatment_id for each in told.beside] == ["c"]
