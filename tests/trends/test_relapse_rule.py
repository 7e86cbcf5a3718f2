"""The unit's rule for asking about a relapse: when it asks, of what, and that it marks nothing."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dates import PartialDate
from app.language import words
from app.records.model import Event, PatientRecord, Treatment, Visit
from app.settings import RelapseAsked, RelapseWording, Settings
from app.trends.answer_words import Answers, answers
from app.trends.relapse_rule import RelapseRule, Rise, RiseState, rise_of, rule_of
from app.trends.series import total_of
from app.trends.since import default_start
from tests.builders import replace
from tests.courses import CATALOGUE, event, record, sheet, totals, treatment, trend, typed, visit
from tests.trends import second_rule as naive
from tests.trends.second_opinion import days_of

WORDS = words()
OMS = CATALOGUE.find("oms")
IVIG = treatment("ivig", "ivig", "2025-01-06")
RULE = RelapseRule("oms", Decimal(3))
NEXT = replace(RULE, asked=RelapseAsked.NEXT_TOTAL)
ROSE = {"2025-01-05": "16", "2025-03-12": "0", "2025-05-03": "7"}


def _found(made: PatientRecord, rule: RelapseRule = RULE, key: str = "oms") -> Rise | None:
    course = trend(made)
    series = course.find(key)
    assert series is not None
    return rise_of(course, CATALOGUE.find(series.scale), series, rule)


def _rise(made: PatientRecord, rule: RelapseRule = RULE) -> Rise:
    found = _found(made, rule)
    assert found is not None
    return found


def _course(
    by_day: Mapping[str, str], *events: Event, treatments: tuple[Treatment, ...] = (IVIG,)
) -> PatientRecord:
    return record(totals("oms", by_day), treatments, events)


def _answers(made: PatientRecord, rule: RelapseRule | None = RULE, key: str = "oms") -> Answers:
    course = trend(made)
    told = answers(course, CATALOGUE, key, default_start(course.begun), WORDS, rule)
    assert told is not None
    return told


def _brief(made: PatientRecord, rule: RelapseRule | None = RULE, key: str = "oms") -> str:
    back = _answers(made, rule, key).back
    assert back is not None
    return back.brief


def _full(made: PatientRecord, rule: RelapseRule | None = RULE) -> tuple[str, ...]:
    return _answers(made, rule).rule


def test_no_rule_is_set_until_the_unit_sets_one() -> None:
    """No threshold of ours: the default asks nothing."""
    assert rule_of(Settings()) is None
    chosen = Settings(
        relapse_points=Decimal("2.5"),
        relapse_scale="sara",
        relapse_asked=RelapseAsked.NEXT_TOTAL,
        relapse_wording=RelapseWording.ENCEPHALITIS,
    )
    assert rule_of(chosen) == RelapseRule(
        "sara", Decimal("2.5"), RelapseAsked.NEXT_TOTAL, RelapseWording.ENCEPHALITIS
    )
    assert "rule" not in _brief(_course(ROSE), None)


def test_a_rise_is_asked_about_in_words_with_both_totals_and_their_days() -> None:
    """What was found, since when the best counts, the rule, and that it is a question."""
    made = _course(ROSE)
    assert _brief(made).startswith(
        "Above the best, 0 on 12 Mar 2025. "
        "The unit's own rule (a rise of 3 or more) asks: is this a relapse? "
    )
    assert _full(made) == (
        (
            "OMS scale: 7 (3 May 2025) is 7 above the best since the first IVIg (6 Jan 2025), "
            "0 (12 Mar 2025)."
        ),
        "The unit's own rule (a rise of 3 or more) asks: is this a relapse?",
    )
    assert _answers(made).risen == PartialDate(2025, 5, 3)


@pytest.mark.parametrize(("last", "is_found"), [("2", False), ("3", True), ("0", False)])
def test_a_rise_counts_from_the_units_points_on(last: str, is_found: bool) -> None:
    """Exactly so many points are enough; fewer are told as before and ask nothing."""
    made = _course({**ROSE, "2025-05-03": last})
    assert (_found(made) is not None) == is_found
    assert ("rule" in _brief(made)) == is_found
    assert (_answers(made).risen is not None) == is_found


def test_half_a_point_is_exact() -> None:
    """Means of two sides have halves."""
    made = record(totals("sara", {"2025-03-12": "1", "2025-05-03": "3.5"}), (IVIG,))
    assert _found(made, RelapseRule("sara", Decimal("2.5")), "sara") is not None
    assert _found(made, RelapseRule("sara", Decimal("2.6")), "sara") is None


def test_the_points_of_one_scale_are_asked_of_no_other() -> None:
    """Nor of a part of it: three points of 18 are not three of 100."""
    seen = (("2025-03-12", "000000", "0"), ("2025-05-03", "111110", "4"))
    visits = [
        visit(day, sheet("oms", oms), sheet("sara", gait + "0" * 11)) for day, oms, gait in seen
    ]
    made = record(visits, (IVIG,))
    assert _found(made) is not None
    assert _found(made, key="sara") is None
    assert _found(made, key="oms.without_speech") is None


def test_the_best_counts_since_the_end_of_the_last_relapse() -> None:
    """What was lower before it is no measure of what came after."""
    relapse = event("relapse", "2025-05-01", "2025-06-30")
    made = _course({**ROSE, "2025-06-10": "1", "2025-07-20": "4", "2025-09-01": "8"}, relapse)
    found = _rise(made)
    assert (found.best.total, found.points) == (Decimal(4), Decimal(4))
    assert found.since == relapse
    assert _brief(made).startswith(
        "Above the best, 0 on 12 Mar 2025. "
        "From 4 (20 Jul 2025) to 8 (1 Sep 2025). The unit's own rule "
    )
    assert _full(made)[0] == (
        "OMS scale: 8 (1 Sep 2025) is 4 above the best since the last relapse "
        "(1 May 2025 to 30 Jun 2025), 4 (20 Jul 2025)."
    )


def test_a_relapse_without_a_recorded_end_counts_from_its_first_day() -> None:
    """Its words say that no end is recorded; the rule is not silent for ever."""
    relapse = event("relapse", "2025-05-01")
    made = _course({**ROSE, "2025-08-20": "1", "2025-12-01": "6"}, relapse)
    assert _rise(made).best.total == 1
    assert (
        "since the last relapse (1 May 2025, no end recorded), 1 (20 Aug 2025)" in _full(made)[0]
    )


def test_a_relapse_that_is_marked_ends_the_question() -> None:
    """At its first day, or before the visit that found it."""
    for day in ("2025-05-03", "2025-04-28", "2025-05"):
        made = _course(ROSE, event("relapse", day))
        assert _found(made) is None
        assert "rule" not in _brief(made)
        assert _full(made) == ()


def test_the_first_start_counts_where_it_is_later_than_the_relapse() -> None:
    """Whichever start the course is told from."""
    relapse = event("relapse", "2024-01-01", "2024-02-01")
    made = _course({"2024-06-01": "0", **ROSE}, relapse)
    assert _rise(made).since == IVIG
    calming = treatment("t", "trazodone", "2024-01-01")
    assert _rise(_course(ROSE, treatments=(calming, IVIG))).since == IVIG
    assert _rise(_course(ROSE, treatments=(calming,))).since == calming


def test_a_treatment_that_is_given_for_a_rise_does_not_hide_it() -> None:
    """The course would be told from the immunoglobulin; the rule asks from what came first."""
    rituximab = treatment("r", "rituximab", "2025-01-06")
    later = treatment("i", "ivig", "2025-05-01")
    found = _rise(_course(ROSE, treatments=(rituximab, later)))
    assert (found.since, found.points) == (rituximab, Decimal(7))
    unsure = treatment("p", "prednisolone", "2025")
    assert _rise(_course(ROSE, treatments=(unsure, rituximab, later))).since == rituximab


def test_totals_up_to_the_start_are_no_best() -> None:
    """A course that rose before its treatment is not asked about for that."""
    assert _found(_course({"2024-12-01": "0", "2025-01-20": "8"})) is None
    on_the_day = _course({"2025-01-06": "0", "2025-01-20": "8"})
    assert _found(on_the_day) is None


def test_without_relapse_and_start_the_whole_course_counts() -> None:
    """And the words say no more than that."""
    made = _course(ROSE, treatments=())
    assert _rise(made).since is None
    assert _full(made)[0] == (
        "OMS scale: 7 (3 May 2025) is 7 above the best so far, 0 (12 Mar 2025)."
    )


def test_a_rule_that_waits_asks_once_the_next_total_confirms() -> None:
    """From the first of the two on; until then it says that it waits."""
    made = _course(ROSE)
    assert _rise(made, NEXT).state is RiseState.WAITING
    assert _answers(made, NEXT).risen is None
    assert ("The unit's own rule (a rise of 3 or more) waits for the next total.") in _brief(
        made, NEXT
    )
    later = _course({**ROSE, "2025-05-20": "", "2025-06-01": "3"})
    assert _rise(later, NEXT).state is RiseState.ASKED
    assert _answers(later, NEXT).risen == PartialDate(2025, 5, 3)
    assert "The unit's own rule (a rise of 3 or more) asks: is this a relapse?" in _brief(
        later, NEXT
    )
    confirmed = "A later total confirms the rise, as the unit's own rule wants it."
    assert confirmed in _full(later, NEXT)
    assert confirmed not in _full(later)
    assert "The totals have stood so high since 3 May 2025." in _full(later, NEXT)


def test_a_total_that_falls_back_ends_the_rise() -> None:
    """The question goes with it, and the next rise begins anew."""
    fallen = {**ROSE, "2025-06-01": "2"}
    assert _found(_course(fallen)) is None
    again = _rise(_course({**fallen, "2025-07-01": "5"}), NEXT)
    assert (again.first, again.state) == (again.last, RiseState.WAITING)


def test_two_totals_of_one_day_confirm_nothing() -> None:
    """A second look on the same day is no next visit."""
    twice = (visit("2025-05-03", typed("oms", "8"), visit_id="w"), *totals("oms", ROSE))
    found = _rise(record(twice, (IVIG,)), NEXT)
    assert (found.is_confirmed, found.state) == (False, RiseState.WAITING)


def test_a_suspected_relapse_since_the_fall_is_told_in_place_of_the_question() -> None:
    """It waits for a physician already; a second mark would be of the same."""
    suspected = event("suspected_relapse", "2025-04-28")
    made = _course(ROSE, suspected)
    assert _rise(made).state is RiseState.SUSPECTED
    assert _answers(made).risen is None
    assert _full(made)[-1] == (
        "The unit's own rule (a rise of 3 or more) asks nothing while a suspected relapse is not "
        "judged."
    )
    assert "1 suspected relapse, 28 Apr 2025." in _brief(made)
    assert "rule" not in _brief(made)
    before = _course(ROSE, event("suspected_relapse", "2025-03-12"))
    assert _rise(before).state is RiseState.ASKED


def test_a_dismissed_relapse_is_an_answer_and_stays_told() -> None:
    """The rise is said all the same, and that somebody said that it is none."""
    made = _course(ROSE, event("dismissed_relapse", "2025-05-03"))
    assert _answers(made).risen is None
    assert (
        "The unit's own rule (a rise of 3 or more) does not ask: at 7 a suspected relapse was "
        "dismissed, 3 May 2025."
    ) in _brief(made)


@pytest.mark.parametrize(
    ("dismissed", "later", "is_asked"),
    [
        ("2025-05-03", {"2025-06-01": "9"}, False),
        ("2025-05-03", {"2025-06-01": "10"}, True),
        ("2025-05-03", {"2025-06-01": "10", "2025-07-01": "9"}, False),
        ("2025-06-15", {"2025-06-01": "9", "2025-07-01": "11"}, False),
        ("2025-06-15", {"2025-06-01": "9", "2025-07-01": "12"}, True),
        ("2025-04-28", {}, True),
        ("2025-05", {}, True),
    ],
)
def test_a_dismissal_answers_for_the_totals_by_then_and_no_higher_ones(
    dismissed: str, later: Mapping[str, str], is_asked: bool
) -> None:
    """Three points above what was judged are asked about anew; so is what nobody had seen yet."""
    made = _course({**ROSE, **later}, event("dismissed_relapse", dismissed))
    assert (_answers(made).risen is not None) is is_asked
    assert ("does not ask" in _brief(made)) is not is_asked
    assert ("asks: is this a relapse?" in _brief(made)) is is_asked


def test_a_rule_that_waits_wants_the_new_rise_confirmed() -> None:
    """Totals that were judged confirm nothing of what rose after them."""
    dismissal = event("dismissed_relapse", "2025-05-03")
    made = _course({**ROSE, "2025-06-01": "10"}, dismissal)
    assert _rise(made, NEXT).state is RiseState.WAITING
    made = _course({**ROSE, "2025-06-01": "10", "2025-07-01": "11"}, dismissal)
    assert _rise(made, NEXT).state is RiseState.ASKED
    assert _answers(made, NEXT).risen == PartialDate(2025, 6, 1)


def test_an_old_rise_carries_its_day_where_the_last_visit_has_no_total() -> None:
    """Nothing is told as the last visit's that was not found there."""
    made = _course({**ROSE, "2026-01-10": ""})
    brief = _brief(made)
    assert brief.startswith("No total at the last visit. From 0 (12 Mar 2025) to 7 (3 May 2025).")
    assert _answers(made).risen == PartialDate(2025, 5, 3)


def test_a_rise_within_published_noise_is_called_that() -> None:
    """Once, whether the best of the rule is the best of the course or not."""
    rule = RelapseRule("sara", Decimal(1))
    scored = {"2025-03-12": "1", "2025-05-03": "2.5"}
    grown = record(totals("sara", scored), (IVIG,), birth="1983-06")
    found = _found(grown, rule, "sara")
    assert found is not None
    assert found.is_noise
    assert _brief(grown, rule, "sara").count("noise") == 1
    later = {"2024-12-01": "0", "2025-03-12": "4", "2025-05-03": "5.5"}
    made = record(totals("sara", later), (IVIG,), birth="1983-06")
    assert _brief(made, rule, "sara").count("noise") == 1
    assert "That is within measurement noise." in _answers(made, rule, "sara").rule


def test_a_ready_wording_never_stands_without_whom_it_is_used_for() -> None:
    """It stands where the rule stands, and nothing is worked out from it."""
    worded = replace(RULE, wording=RelapseWording.ENCEPHALITIS)
    assert (
        "Wording used for autoimmune encephalitis, not for OMS, and not worked out here: new or "
        "worse symptoms after at least 2 months of improvement or stability."
    ) in _full(_course(ROSE), worded)
    assert "encephalitis" not in " ".join(_full(_course(ROSE)))
    assert _full(_course(ROSE), worded)[-1].endswith("is this a relapse?")
    plain, told = _rise(_course(ROSE)), _rise(_course(ROSE), worded)
    assert told == replace(plain, rule=worded)


def test_another_version_breaks_what_the_best_is_looked_for_in() -> None:
    """Also where the version before it would compare again."""
    old = visit("2025-04-01", replace(typed("oms", "5"), version="0"))
    made = record((*totals("oms", {**ROSE, "2025-06-01": "8"}), old), (IVIG,))
    assert _found(made) is None


def test_a_total_whose_order_is_not_certain_asks_nothing() -> None:
    """A low total of a month may have come after a high one within it."""
    assert _found(_course({"2025-05": "0", "2025-05-20": "7"})) is None
    assert _found(_course({"2025-04": "0", "2025-05-20": "7"})) is not None
    assert _found(_course({"2025-01": "0", "2025-05-20": "7"})) is None  # may be before the start


_DAY = st.integers(0, 40).map(lambda count: str(date(2025, 2, 1) + timedelta(days=count)))
_WRITTEN = st.one_of(_DAY, _DAY, _DAY, st.sampled_from(["2025-02", "2025-03"]))
_TOTAL = st.sampled_from(["0", "1", "3", "4", "7", ""])
_VERSION = st.sampled_from([OMS.version, OMS.version, OMS.version, OMS.version, "other"])
_SEEN = st.tuples(_WRITTEN, _TOTAL, _VERSION)


def _visit(number: int, told: tuple[str, str, str]) -> Visit:
    day, total, version = told
    scored = typed("oms", total) if total else sheet("oms", "xxxxxx")
    return visit(day, replace(scored, version=version), visit_id=f"v{number}")


@given(
    st.lists(_SEEN, min_size=1, max_size=5),
    st.lists(_WRITTEN, max_size=2),
    st.lists(_WRITTEN, max_size=1),
    st.sampled_from(["1", "3", "3.5"]),
)
def test_every_rise_equals_that_of_a_second_implementation(
    seen: list[tuple[str, str, str]], relapses: list[str], starts: list[str], points: str
) -> None:
    """It stands in every way in which short dates can be meant, and in no other case."""
    made = record(
        [_visit(*each) for each in enumerate(seen)],
        [treatment(f"i{each}", "ivig", each) for each in starts],
        [event("relapse", each) for each in relapses],
    )
    series = trend(made).find("oms")
    assert series is not None
    readings = [
        naive.Reading(str(p.date), None if p.total is None else Fraction(p.total), p.version)
        for p in series.points
    ]
    since = [days_of(each) for each in (*relapses, *starts)]
    expected = naive.rise(readings, Fraction(points), since)
    found = _found(made, RelapseRule("oms", Decimal(points)))
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert (total_of(found.best), total_of(found.last)) == (
            Decimal(int(expected.best)),
            Decimal(int(expected.last)),
        )
        assert found.is_confirmed == expected.is_confirmed
