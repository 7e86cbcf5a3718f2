"""What is found by halves in a series is what the published words say, looked for one by one."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.trends.model import Point
from app.trends.readings import readings_of
from tests.bench.long_course import long_trend
from tests.courses import when
from tests.trends.readings_anew import found_anew
from tests.trends.second_opinion import days_of, order_of

FIRST = date(2023, 11, 20)
_dates = st.builds(
    lambda day, length: str(FIRST + timedelta(days=day))[:length],
    st.integers(0, 120),
    st.sampled_from((10, 10, 10, 10, 7, 4)),
)
_totals = st.none() | st.sampled_from([Decimal(text) for text in ("0", "0.0", "1", "2.5", "7")])
_series = st.lists(st.tuples(_dates, _totals), max_size=60).map(
    lambda pairs: [
        _point(str(place), *pair)
        for place, pair in enumerate(sorted(pairs, key=lambda pair: order_of(pair[0])))
    ]
)


def _point(visit: str, day: str, total: Decimal | None) -> Point:
    return Point(
        visit=visit, visit_id=visit, date=when(day), time="", total=total, complete=True,
        missing=(), reasons={}, rater="", typed=True, version="1",
    )  # fmt: skip


def _scored(points: Sequence[Point]) -> list[tuple[str, Decimal]]:
    return [(point.visit, point.total) for point in points if point.total is not None]


def _after(points: Sequence[Point], start: str) -> list[tuple[str, Decimal]]:
    """Return the totals whose first day is later than the last day of a start, one by one."""
    later = [p for p in points if min(days_of(str(p.date))) > max(days_of(start))]
    return _scored(later)


@given(_series, _dates, st.integers(0, 60))
def test_the_baseline_is_the_one_that_the_definition_finds(
    points: list[Point], start: str, reach: int
) -> None:
    """The last that ends before the start or is written alike, its first day within reach."""
    mine = days_of(start)
    found = [
        point.visit
        for point in points
        if point.total is not None
        and (max(days_of(str(point.date))) < min(mine) or str(point.date) == start)
        and (max(mine) - min(days_of(str(point.date)))).days <= reach
    ]
    baseline = readings_of(points).baseline(when(start), reach)
    assert (baseline.visit if baseline else None) == (found[-1] if found else None)


@given(_series, _dates)
def test_falls_are_the_totals_that_are_lower_than_all_since_the_start(
    points: list[Point], start: str
) -> None:
    """In their order, so that the last of them is the best, the earliest of several."""
    after, readings = _after(points, start), readings_of(points)
    falls = [
        (visit, total)
        for place, (visit, total) in enumerate(after)
        if all(total < earlier for _, earlier in after[:place])
    ]
    told = list(readings.falls(readings.after(when(start))))
    assert _scored(told) == falls
    if after:
        assert _scored(told)[-1] == min(after, key=lambda pair: pair[1])


@given(_series, _dates)
def test_the_first_zero_after_the_start_is_found(points: list[Point], start: str) -> None:
    """However it is written, 0 or 0.0; without one, none."""
    readings = readings_of(points)
    zero = readings.zero(readings.after(when(start)))
    found = [visit for visit, total in _after(points, start) if total == 0]
    assert (zero.visit if zero else None) == (found[0] if found else None)


def test_a_long_course_is_told_as_if_every_total_were_read_anew() -> None:
    """Two hundred visits and twenty starts: each number since each start, in every series."""
    course = long_trend()
    for series in course.series:
        told = [
            (one.baseline, one.first_lower, one.first_zero, one.best, one.last)
            for one in course.since[series.key]
        ]
        assert told == found_anew(series, course.begun)
        assert len(told) == 20
