"""Dates carry their precision, and an age is counted from them alone."""

import calendar
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dates import (
    Age,
    PartialDate,
    Precision,
    age_on,
    corrected_age_on,
    days_after,
    days_between,
    iso,
    parse_date,
    precision_of,
    years_after,
)
from app.errors import UserError

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    """Any date of any precision."""
    day = draw(DAYS)
    kept = draw(st.sampled_from(Precision))
    if kept is Precision.YEAR:
        return PartialDate(day.year)
    return PartialDate(day.year, day.month, None if kept is Precision.MONTH else day.day)


@given(partial_dates())
def test_a_date_reads_back_as_written(when: PartialDate) -> None:
    """What is written is what is read."""
    assert parse_date(iso(when)) == when


@given(partial_dates())
def test_a_period_starts_before_it_ends(when: PartialDate) -> None:
    """A full date is one day; a shorter one is its whole period."""
    assert (when.first == when.last) is when.is_full
    assert when.first <= when.last


def test_an_empty_date_is_unknown() -> None:
    """Nothing written is an unknown date, and writes as nothing."""
    assert parse_date("") is None
    assert precision_of(None) is Precision.UNKNOWN
    assert iso(None) == ""


@pytest.mark.parametrize("text", ["2025-02-30", "2025-13", "2025-00-10", "0000", "2025-01-00"])
def test_a_day_that_never_was_is_refused(text: str) -> None:
    """An impossible date is named in the sentence."""
    with pytest.raises(UserError, match=f"There is no day {text}"):
        parse_date(text)


@pytest.mark.parametrize(
    "text", ["31.1.2025", "2025-1-3", "2025-01-", " 2025", "٢٠٢٥", "tomorrow"]
)
def test_another_notation_is_refused(text: str) -> None:
    """A date in another notation is named, with the notation that works."""
    with pytest.raises(UserError, match="is not a date"):
        parse_date(text)


def test_the_last_day_of_a_short_date() -> None:
    """A month ends on its own last day, leap years included."""
    assert PartialDate(2024, 2).last == date(2024, 2, 29)
    assert PartialDate(2023).last == date(2023, 12, 31)
    assert PartialDate(2023).precision is Precision.YEAR


@pytest.mark.parametrize("year", [1, 1900, 2000, 2023, 2024, 9999])
def test_a_month_ends_as_the_calendar_says(year: int) -> None:
    """Leap years, and the first and the last year there are."""
    lasts = [PartialDate(year, month).last.day for month in range(1, 13)]
    assert lasts == [calendar.monthrange(year, month)[1] for month in range(1, 13)]


def test_days_are_counted_between_full_dates_only() -> None:
    """A short date gives no day number."""
    start = PartialDate(2025, 1, 6)
    assert days_between(start, PartialDate(2025, 1, 9)) == 3
    assert days_between(start, PartialDate(2025, 2)) is None
    assert days_after(date(2025, 1, 31), 1) == date(2025, 2, 1)


@given(DAYS, st.integers(0, 3))
def test_a_day_some_years_later_is_the_same_day(day: date, count: int) -> None:
    """Only a 29 February has to give way, to the 28th."""
    later = years_after(day, count)
    assert (later.year, later.month) == (day.year + count, day.month)
    assert later.day == day.day or (day.month, day.day, later.day) == (2, 29, 28)


def test_years_end_with_the_calendar() -> None:
    """There is no year 10000."""
    assert years_after(date(2024, 2, 29), 2) == date(2026, 2, 28)
    assert years_after(date.max, 2) == years_after(date(9998, 1, 1), 2) == date.max
    assert years_after(date(9997, 5, 1), 2) == date(9999, 5, 1)


@given(DAYS, DAYS)
def test_the_age_between_full_dates_is_exact(birth: date, day: date) -> None:
    """The age agrees with counting birthdays one by one."""
    age = age_on(PartialDate.of(birth), PartialDate.of(day))
    if day < birth:
        assert age is None
        return
    years = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    assert age is not None
    assert (age.years, age.is_approximate) == (years, False)


@given(partial_dates(), partial_dates())
def test_an_approximate_age_never_says_too_much(birth: PartialDate, day: PartialDate) -> None:
    """The age shown is the youngest that the dates allow."""
    age = age_on(birth, day)
    youngest = age_on(PartialDate.of(birth.last), PartialDate.of(day.first))
    if age is not None and youngest is not None:
        assert age.years == youngest.years
    assert (age is None) is (birth.first > day.last)


@given(DAYS, st.integers(20, 45), st.integers(-30, 900))
def test_a_corrected_age_counts_from_forty_weeks(birth: date, weeks: int, lived: int) -> None:
    """Counted a second way: who was born early is as old as if born when 40 weeks were over."""
    day = birth + timedelta(days=lived)
    told = corrected_age_on(PartialDate.of(birth), Decimal(weeks), PartialDate.of(day))
    had_birthdays = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    due = birth.toordinal() + (40 - weeks) * 7
    if weeks >= 37 or had_birthdays >= 2 or day < birth or day.toordinal() < due:
        assert told is None
        return
    term = date.fromordinal(due)
    months = (day.year - term.year) * 12 + day.month - term.month - (day.day < term.day)
    assert told == Age(months // 12, months % 12, is_approximate=False)


@pytest.mark.parametrize(
    ("birth", "weeks", "day", "told"),
    [
        ("2025-01-06", "30", "2025-09-20", Age(0, 6, False)),
        ("2025-01-06", "36", "2025-09-20", Age(0, 7, False)),
        ("2025-01-06", "37", "2025-09-20", None),
        ("2025-01-06", "40", "2025-09-20", None),
        ("2025-01-06", None, "2025-09-20", None),
        ("2025-01-06", "28", "2027-01-05", Age(1, 9, False)),
        ("2025-01-06", "28", "2027-01-06", None),
        ("2024-02-29", "28", "2026-02-28", Age(1, 9, False)),
        ("2024-02-29", "28", "2026-03-01", None),
        ("2025-01-06", "30", "2025-03-16", None),
        ("2025-01-06", "30", "2025-03-17", Age(0, 0, False)),
        ("2025-01-06", "30", "2025-01-05", None),
        ("2025-01", "30", "2025-09-20", None),
        ("2025", "30", "2025-09-20", None),
        ("", "30", "2025-09-20", None),
        ("2025-01-06", "30", "2025-09", None),
        ("2025-01-01", "30", "2025-09", None),
        ("2025-01-06", "30", "", None),
    ],
)
def test_when_an_age_is_corrected(
    birth: str, weeks: str | None, day: str, told: Age | None
) -> None:
    """Below 37 weeks, until the second birthday, once 40 weeks are over, of exact dates alone."""
    completed = None if weeks is None else Decimal(weeks)
    assert corrected_age_on(parse_date(birth), completed, parse_date(day)) == told


def test_an_age_without_a_birth_date_is_unknown() -> None:
    """No date, no age."""
    assert age_on(None, PartialDate(2025)) is None
    assert age_on(PartialDate(2025), None) is None


def test_months_are_told_only_where_both_dates_tell_them() -> None:
    """A year alone gives no months."""
    assert age_on(PartialDate(2023, 3, 14), PartialDate(2026, 1, 28)) == Age(2, 10, False)
    assert age_on(PartialDate(2023), PartialDate(2026, 1, 28)) == Age(2, None, True)
    assert age_on(PartialDate(2023, 3), PartialDate(2023, 3)) == Age(0, 0, False)
