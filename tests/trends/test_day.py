"""A record as it stood on a day: what lies after it does not count, what is planned stays."""

from datetime import date
from decimal import Decimal

import pytest

from app.errors import UserError
from app.language import words
from app.records.model import Measure, MeasureFacts, Sequela, SequelaFacts
from app.trends.compose import FigureOptions, compose
from app.trends.day import without_planned
from app.trends.figure import AxisKind
from app.trends.measures import latest_measures
from app.trends.series import default_key
from app.trends.since import as_begun, default_start
from tests.builders import replace
from tests.courses import (
    CATALOGUE,
    event,
    finding,
    record,
    step,
    totals,
    treatment,
    trend,
    weight,
    when,
)

WORDS = words()
DAY = date(2024, 6, 15)
TOTALS = {"2024-05-01": "2", "2024-06-15": "11", "2024-06": "8", "2024-07": "3", "2024-06-16": "1"}


def test_a_visit_counts_where_its_period_begins_by_the_day() -> None:
    """A month that has begun does, the day after does not; without a visit there is no series."""
    made = record(totals("oms", TOTALS))
    (series, *_) = trend(made, DAY).series
    assert [str(point.date) for point in series.points] == ["2024-05-01", "2024-06", "2024-06-15"]
    assert trend(made, date(2010, 1, 1)).series == ()
    assert default_key(trend(made, date(2010, 1, 1)), CATALOGUE) is None


def test_events_and_measures_after_the_day_do_not_count() -> None:
    """An event's stop after it is not known yet."""
    made = replace(
        record(
            events=[
                event("relapse", "2024-06-12", "2024-07-12"),
                event("fever", "2024-06-01", "2024-06"),
                event("fever", "2024-06-16"),
            ]
        ),
        measures=(weight("2024-06-15", "14"), weight("2024-06-16", "15")),
        sequelae=(
            Sequela("s", "p", SequelaFacts(date=when("2024-07"), kind="speech", state="no")),
        ),
    )
    found = trend(made, DAY).record
    assert [(str(each.facts.date), each.facts.stop) for each in found.events] == [
        ("2024-06-12", None),
        ("2024-06-01", when("2024-06")),
    ]
    assert [str(each.facts.date) for each in found.measures] == ["2024-06-15"]
    assert found.sequelae == ()
    looks = (finding("csf", "2024-06-15", "cells"), finding("csf", "2024-06-16", "cells"))
    assert trend(replace(made, findings=looks), DAY).record.findings == looks[:1]


def test_a_planned_treatment_is_no_start() -> None:
    """No default, no since, no other that began near; as an axis it is refused."""
    treatments = [
        treatment("now", "prednisolone", "2024-06-10"),
        treatment("ahead", "ivig", "2024-06-20"),
        treatment("month", "rituximab", "2024-06"),
    ]
    course = trend(record(totals("oms", TOTALS), treatments), DAY)
    ids = [each.facts.treatment_id for each in course.begun]
    assert ids == ["now", "month"]
    assert len(course.record.treatments) == 3
    since = course.since["oms"]
    assert [each.treatment.facts.treatment_id for each in since] == ["month", "now"]
    near = [other for each in since for other in each.others_within_14_days]
    assert "ahead" not in {each.facts.treatment_id for each in near}
    start = default_start(course.begun)
    assert start is not None
    assert start.facts.treatment_id == "month"
    figure = compose(course, CATALOGUE, WORDS)
    assert {line.treatment_id for line in figure.starts} == {"now", "month"}
    with pytest.raises(UserError) as refused:
        compose(course, CATALOGUE, WORDS, FigureOptions(AxisKind.SINCE, "ahead"))
    assert WORDS.error(refused.value) == (
        "“ahead” is planned from 20 Jun 2024; nothing can be counted from it yet."
    )


def test_before_the_birth_nothing_stands_by_age() -> None:
    """No age is told."""
    made = trend(record(birth="2024-06-16", treatments=[treatment("a", "ivig")]), DAY)
    with pytest.raises(UserError, match="before the birth date"):
        compose(made, CATALOGUE, WORDS, FigureOptions(AxisKind.AGE))


def test_what_is_planned_can_be_left_out() -> None:
    """A planned treatment goes, and of one that has begun its planned steps, stops and reasons."""
    taper = treatment(
        "a", "prednisolone", "2024-06-01", "2024-08-31",
        step("20", "mg", "daily", "2024-06-01", "2024-06-30"),
        step("10", "mg", "daily", "2024-07-01"),
        stop_reason="completed",
    )  # fmt: skip
    over = treatment("b", "ivig", "2024-01-01", "2024-01-05")
    left = without_planned([taper, over, treatment("c", "scig", "2024-07")], DAY)
    assert left == (
        treatment(
            "a", "prednisolone", "2024-06-01", "",
            replace(taper.doses[0], stop=None),
        ),
        over,
    )  # fmt: skip


def test_two_values_of_a_day_are_both_the_latest() -> None:
    """Which of them is right nobody knows; the same one told twice is one."""
    twice = [weight("2024-06-15", "14.2"), weight("2024-06-15", "41.2"), weight("2024-06-01", "9")]
    made = replace(record(), measures=(*twice, weight("2024-06-15", "14.2")))
    assert [each.facts.value for each in latest_measures(made, "weight_kg")] == [
        Decimal("14.2"),
        Decimal("41.2"),
    ]
    assert latest_measures(made, "height_cm") == ()
    height = MeasureFacts(date=when("2024-06"), kind="height_cm", value=Decimal(90))
    made = replace(made, measures=(*made.measures, Measure("h", "p", None, height)))
    assert [each.id for each in latest_measures(made, "height_cm")] == ["h"]


def test_a_course_as_it_has_begun_draws_no_plan() -> None:
    """The family's figure has neither a hollow bar nor a line for today."""
    given = [
        treatment("a", "prednisolone", "2024-06-01", "2024-08-31"),
        treatment("b", "ivig", "2024-07-01"),
    ]
    course = trend(record(totals("oms", TOTALS), given), DAY)
    simple = FigureOptions(is_simple=True)
    told, begun = (compose(each, CATALOGUE, WORDS, simple) for each in (course, as_begun(course)))
    assert [bar.is_planned for lane in told.lanes for bar in lane.bars] == [True, False, True]
    assert [bar.is_planned for lane in begun.lanes for bar in lane.bars] == [False]
    assert (told.today is None, begun.today is None) == (False, True)
    assert ("A hollow bar is planned and may change." in told.notes) is True
    assert ("A hollow bar is planned and may change." in begun.notes) is False
