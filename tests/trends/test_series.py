"""Series: which visits count, in which order, and what a subscore's own points are."""

from decimal import Decimal

import pytest

from app.records.model import Visit, VisitState
from app.trends.model import Point, Series
from app.trends.series import compares, is_certainly_before
from scales.model import Key, Missing
from tests.builders import replace
from tests.courses import CATALOGUE, record, sheet, totals, treatment, trend, typed, visit


def _ids(series: Series | None) -> list[str]:
    assert series is not None
    return [point.visit_id for point in series.points]


def test_points_sort_by_first_day_then_precision_then_time_then_id() -> None:
    """Full dates stand before months before years, an empty time before any, ids last."""
    zero = sheet("oms", "000000")
    visits = [
        visit("2025", zero, visit_id="year"),
        visit("2025-01", zero, visit_id="month"),
        visit("2025-01-01", zero, visit_id="late", time="09:00"),
        visit("2025-01-01", zero, visit_id="b"),
        visit("2025-01-01", zero, visit_id="a"),
        visit("2024-12-31", zero, visit_id="before"),
    ]
    series = trend(record(visits)).find("oms")
    assert _ids(series) == ["before", "a", "b", "late", "month", "year"]


@pytest.mark.parametrize(
    ("state", "error", "count"),
    [
        (VisitState.SIGNED, None, 1),
        (VisitState.IMPORTED, None, 1),
        (VisitState.DRAFT, None, 0),
        (VisitState.SIGNED, "wrong patient", 0),
    ],
)
def test_only_signed_and_imported_visits_count(
    state: VisitState, error: str | None, count: int
) -> None:
    """A draft or a visit entered in error is no point."""
    made = replace(visit("2025-01-01", sheet("oms", "000000")), state=state, error_reason=error)
    assert sum(len(series.points) for series in trend(record([made])).series[:1]) == count


def test_a_scale_stands_before_its_subscores_in_the_order_of_the_catalogue() -> None:
    """Keys are the scale's id, and the scale's with the subscore's after a point."""
    made = visit("2025-01-01", sheet("sara", "0" * 12), sheet("five_feature", "00000"))
    assert [series.key for series in trend(record([made])).series] == [
        "five_feature",
        "five_feature.without_gait",
        "sara",
        "sara.gait_posture",
        "sara.kinetic",
        "sara.speech",
    ]


def test_typed_totals_have_no_subscores() -> None:
    """A typed total is complete and takes part, but only in the series of its scale."""
    made = trend(record([visit("2025-01-01", typed("oms", "7"))]))
    assert [series.key for series in made.series] == ["oms"]
    point = made.series[0].points[0]
    assert point.total == 7
    assert (point.typed, point.complete, point.missing) == (True, True, ())


def test_a_typed_total_is_no_point_of_a_subscore() -> None:
    """Beside answered visits the subscore has only theirs."""
    visits = [visit("2025-01-01", typed("oms", "7")), visit("2025-02-01", sheet("oms", "111111"))]
    assert _ids(trend(record(visits)).find("oms.without_speech")) == ["v2025-02-01"]


def test_a_subscore_misses_only_its_own_items() -> None:
    """Without speech the five other items still have their figure."""
    made = trend(record([visit("2025-01-01", sheet("oms", "12210x"))]))
    whole, part = made.find("oms"), made.find("oms.without_speech")
    assert whole is not None
    assert part is not None
    assert whole.points[0].total is None
    assert whole.points[0].reasons == {Key("speech"): Missing.NOT_TESTABLE}
    assert (part.points[0].total, part.points[0].missing) == (Decimal(6), ())


def test_a_subscore_is_null_if_one_of_its_items_has_no_level() -> None:
    """An open item of its own takes the subscore away, and says why."""
    point = trend(record([visit("2025-01-01", sheet("oms", ".22101"))])).series[1].points[0]
    assert point.total is None
    assert point.reasons == {Key("stance"): Missing.OPEN}


def test_a_sheet_on_which_nothing_was_written_is_no_point() -> None:
    """An opened but empty sheet measures nothing, as a table without its rows."""
    made = trend(record([visit("2025-01-01", sheet("oms", "......"))]))
    assert made.series == ()


def test_a_sheet_with_only_reasons_is_a_point_without_a_total() -> None:
    """Not testable is an answer: the visit shows, with its reasons."""
    point = trend(record([visit("2025-01-01", sheet("oms", "xxxxx-"))])).series[0].points[0]
    assert point.total is None
    assert point.reasons[Key("speech")] is Missing.DECLINED


def test_an_unknown_series_is_not_found() -> None:
    """Asking for a key that has no point answers nothing."""
    assert trend(record()).find("oms") is None


def test_two_points_compare_where_their_versions_do() -> None:
    """The one in use, and those whose words only became clearer; points and totals since alike."""
    oms = CATALOGUE.find("oms")
    days = {"2025-01-05": "9", "2025-02-05": "8", "2025-03-05": "7"}
    versions = ("other", "1", oms.version)
    made = [
        replace(each, sheets=(replace(each.sheets[0], version=version),))
        for each, version in zip(totals("oms", days), versions, strict=True)
    ]
    course = trend(record(made, [treatment("ivig", "ivig", "2025-01-06")]))
    other, clearer, now = course.series[0].points
    assert compares(oms, clearer, now)
    assert not compares(oms, other, now)
    since = course.since["oms"][0]
    assert since.baseline is not None
    assert since.last is not None
    assert compares(oms, since.last, clearer)
    assert not compares(oms, since.baseline, since.last)


@pytest.mark.parametrize(
    ("one", "other", "is_before"),
    [
        (("2025-06-09", ""), ("2025-06-10", ""), True),
        (("2025-05", ""), ("2025-06-01", ""), True),
        (("2025-06-30", ""), ("2025-07", ""), True),
        (("2024", ""), ("2025-01", ""), True),
        (("2025-06-10", "09:00"), ("2025-06-10", "16:00"), True),
        (("2025-06-10", "16:00"), ("2025-06-11", "09:00"), True),
        (("2025-06-10", ""), ("2025-06", ""), False),
        (("2025-06-01", ""), ("2025-06", ""), False),
        (("2025-06", ""), ("2025-06-30", ""), False),
        (("2025", ""), ("2025-06", ""), False),
        (("2025-06", ""), ("2025-06", ""), False),
        (("2025-06", "09:00"), ("2025-06", "16:00"), False),
        (("2025-06-10", ""), ("2025-06-10", ""), False),
        (("2025-06-10", ""), ("2025-06-10", "16:00"), False),
        (("2025-06-10", "09:00"), ("2025-06-10", ""), False),
        (("2025-06-10", "09:00"), ("2025-06-10", "09:00"), False),
    ],
)
def test_a_point_lies_before_another_only_where_dates_or_times_of_one_day_tell_it(
    one: tuple[str, str], other: tuple[str, str], is_before: bool
) -> None:
    """Never both ways round, and a month beside a day of it tells no order."""
    zero = sheet("oms", "000000")
    first, second = (
        _point_of(visit(day, zero, visit_id=name, time=time))
        for name, (day, time) in (("a", one), ("b", other))
    )
    assert is_certainly_before(first, second) is is_before
    assert not is_certainly_before(second, first)


def _point_of(made: Visit) -> Point:
    return trend(record([made])).series[0].points[0]
