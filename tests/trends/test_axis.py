"""Round places on the time axis, from a day to decades."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language import words
from app.trends.axis import MOST_TICKS, Extent, Ruler, add_months, labels_days, time_ticks
from app.trends.figure import AxisKind
from app.trends.panels import range_ticks

WORDS = words()
EPOCH = date(1970, 1, 1)


def _dates(first: date, last: date) -> list[str]:
    ruler = Ruler(AxisKind.DATE, EPOCH)
    whole = Extent(ruler.day(first), ruler.day(last))
    return [tick.label for tick in time_ticks(ruler, whole, whole, WORDS)]


def _since(lowest: float, highest: float) -> list[str]:
    ruler = Ruler(AxisKind.SINCE, date(2025, 1, 6))
    whole = Extent(lowest, highest)
    return [tick.label for tick in time_ticks(ruler, whole, whole, WORDS)]


def test_a_year_is_labelled_by_months() -> None:
    """January and the first label carry the year."""
    labels = _dates(date(2024, 11, 3), date(2026, 2, 1))
    assert labels == ["Jan 2025", "Mar", "May", "Jul", "Sep", "Nov", "Jan 2026"]


def test_two_weeks_are_labelled_by_days() -> None:
    """The year stands where it begins."""
    labels = _dates(date(2025, 12, 27), date(2026, 1, 10))
    assert labels[0].endswith("Dec 2025")
    assert "1 Jan 2026" in labels or "2 Jan 2026" in labels
    assert "4 Jan" in labels or "5 Jan" in labels


def test_weeks_by_date_begin_on_monday() -> None:
    """A step of seven days stands on Mondays."""
    ruler = Ruler(AxisKind.DATE, EPOCH)
    whole = Extent(ruler.day(date(2025, 1, 1)), ruler.day(date(2025, 3, 1)))
    ticks = time_ticks(ruler, whole, whole, WORDS)
    assert {ruler.date_at(tick.x).weekday() for tick in ticks} == {0}


def test_twenty_years_are_labelled_by_years() -> None:
    """Only the year is said."""
    labels = _dates(date(2003, 1, 1), date(2023, 6, 1))
    assert labels == ["2005", "2010", "2015", "2020"]


def test_days_since_a_start_count_in_weeks() -> None:
    """Weeks from the start, before it with a true minus."""
    assert _since(-8, 50)[:4] == ["\u22127", "0", "7", "14"]
    assert _since(-15, 60) == ["\u221214", "0", "14", "28", "42", "56"]


def test_a_long_time_since_a_start_counts_in_months_and_years() -> None:
    """Whole months from the start; 0 is 0."""
    assert _since(-100, 400) == ["\u22122 m", "0", "2 m", "4 m", "6 m", "8 m", "10 m", "1 y"]
    assert _since(0, 1500)[:4] == ["0", "6 m", "1 y", "1 y 6 m"]


@pytest.mark.parametrize(("width", "in_days"), [(60, True), (252, True), (253, False)])
def test_the_caption_says_days_only_where_days_are_labelled(
    width: float, *, in_days: bool
) -> None:
    """Beyond thirty-six weeks the labels are months."""
    assert labels_days(Extent(0, width)) is in_days


def test_age_is_labelled_by_months_and_years() -> None:
    """Labels stand on birthdays and whole months."""
    ruler = Ruler(AxisKind.AGE, date(2022, 3, 31))
    whole = Extent(700, 1100)
    ticks = time_ticks(ruler, whole, whole, WORDS)
    assert [tick.label for tick in ticks] == [
        "2 y",
        "2 y 2 m",
        "2 y 4 m",
        "2 y 6 m",
        "2 y 8 m",
        "2 y 10 m",
        "3 y",
    ]
    assert ruler.date_at(ticks[1].x) == date(2024, 5, 31)


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.floats(14, 40_000),
    st.sampled_from([AxisKind.DATE, AxisKind.SINCE, AxisKind.AGE]),
)
def test_any_axis_has_a_few_ticks_in_order(first: date, width: float, kind: AxisKind) -> None:
    """From two weeks to a century: never crowded, always rising, always inside."""
    ruler = Ruler(kind, EPOCH)
    whole = Extent(ruler.day(first), ruler.day(first) + width)
    ticks = time_ticks(ruler, whole, whole, WORDS)
    assert len(ticks) <= MOST_TICKS + 2
    assert all(one.x < other.x for one, other in pairwise(ticks))
    assert all(whole.lowest <= tick.x <= whole.highest for tick in ticks)


def test_the_calendar_ends_quietly() -> None:
    """At the first and the last year that can be written nothing breaks."""
    for day in (date(1, 1, 1), date(9999, 12, 31)):
        ruler = Ruler(AxisKind.DATE, EPOCH)
        whole = Extent(ruler.day(day) - 400, ruler.day(day) + 400)
        assert time_ticks(ruler, whole, whole, WORDS)


def test_months_are_added_by_the_calendar() -> None:
    """A month that is too short ends on its last day."""
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2024, 1, 31), -2) == date(2023, 11, 30)


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        ("18", "0 6 12 18"), ("15", "0 5 10 15"), ("40", "0 10 20 30 40"),
        ("100", "0 25 50 75 100"), ("12", "0 4 8 12"), ("16", "0 4 8 12 16"),
        ("34", "0 10 20 34"), ("52", "0 10 20 30 40 52"), ("6", "0 2 4 6"), ("1", "0 1"),
        ("2", "0 1 2"), ("8", "0 2 4 6 8"),
    ],
)  # fmt: skip
def test_a_range_has_a_few_round_ticks_with_both_ends(highest: str, ticks: str) -> None:
    """The whole range shows, from the lowest to the highest value."""
    assert range_ticks(Decimal(0), Decimal(highest)) == tuple(map(Decimal, ticks.split()))
