"""Whom a cohort is narrowed to: who certainly fits, who certainly does not, and who may."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.dates import PartialDate, parse_date, years_on
from app.errors import UserError
from app.records.narrowing import Only, check_ages, check_days, whole_years
from tests.trends.second_opinion import days_of

FIRST = date(2019, 1, 20)
_texts = st.builds(
    lambda day, length: str(FIRST + timedelta(days=day))[:length],
    st.integers(0, 1500),
    st.sampled_from((10, 10, 7, 4)),
)
_ages = st.none() | st.integers(0, 5)
_days = st.none() | st.dates(date(2019, 1, 1), date(2024, 1, 1))


def _some(text: str) -> tuple[date, ...]:
    """Return the days that a date may mean; of a year the ends and middles of its months."""
    days = days_of(text)
    return days if len(days) < 32 else tuple(day for day in days if day.day in (1, 15, 28, 31))


def _possible_ages(birth: str, onset: str) -> set[int]:
    """Return every completed age that any two of the days leave, counted birthday by birthday."""
    return {
        day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        for born in _some(birth)
        for day in _some(onset)
        if born <= day
    }


@given(_texts, _texts, _ages, _ages)
def test_an_age_fits_where_every_day_that_the_dates_leave_says_so(
    birth: str, onset: str, lowest: int | None, highest: int | None
) -> None:
    """It does not fit where none does; else, and without any possible age, it is not known."""
    assume(lowest is None or highest is None or lowest <= highest)  # others are refused
    only = Only(onset_from=lowest, onset_to=highest)
    fits = {
        (lowest is None or age >= lowest) and (highest is None or age <= highest)
        for age in _possible_ages(birth, onset)
    }
    expected = True if not only.asks_age else fits.pop() if len(fits) == 1 else None
    assert only.has_age(parse_date(birth), parse_date(onset)) is expected


@given(_texts, _days, _days)
def test_a_start_fits_where_all_its_days_lie_within(
    start: str, lowest: date | None, highest: date | None
) -> None:
    """It does not fit where none does; else it may."""
    days = days_of(start)
    fits = {
        (lowest is None or day >= lowest) and (highest is None or day <= highest) for day in days
    }
    # Where only days in its middle fit, both of its ends lie outside, and it may fit.
    expected = fits.pop() if len(fits) == 1 else None
    only = Only(start_from=lowest, start_to=highest)
    if lowest is None or highest is None or lowest <= highest:
        assert only.has_start(days[0], days[-1]) is expected


def test_bounds_are_included() -> None:
    """The second birthday is two years, and the day asked for is within."""
    birth, onset = PartialDate(2020, 5, 17), PartialDate(2022, 5, 17)
    assert years_on(birth, onset) == (2, 2)
    assert Only(onset_from=2, onset_to=2).has_age(birth, onset) is True
    assert Only(onset_to=1).has_age(birth, onset) is False
    day = date(2024, 3, 1)
    assert Only(start_from=day, start_to=day).has_start(day, day) is True


@pytest.mark.parametrize(
    ("birth", "onset"), [("", "2022-01-01"), ("2022-01-01", ""), ("2022-01-02", "2022-01-01")]
)
def test_without_an_age_nobody_is_said_to_be_of_one(birth: str, onset: str) -> None:
    """Unknown dates, and an onset before birth, leave it open unless no age is asked for."""
    dates = parse_date(birth), parse_date(onset)
    assert years_on(*dates) is None
    assert Only(onset_from=0).has_age(*dates) is None
    assert Only().has_age(*dates) is True


@pytest.mark.parametrize("number", ["0", "7", "120", "3.0"])
def test_whole_years_are_taken(number: str) -> None:
    """From 0 on, however they are written."""
    assert whole_years(Decimal(number)) == Decimal(number)


@pytest.mark.parametrize("number", ["0.5", "121", "-1"])
def test_what_is_no_age_is_refused(number: str) -> None:
    """With what an age can be."""
    with pytest.raises(UserError, match="is no age in whole years"):
        whole_years(Decimal(number))


def test_bounds_the_wrong_way_round_are_refused() -> None:
    """The same bound twice is one age, or one day."""
    day, later = date(2024, 3, 1), date(2024, 3, 2)
    check_ages(Only(onset_from=3, onset_to=3))
    check_days(Only(start_from=day, start_to=day))
    with pytest.raises(UserError, match="lower one first"):
        check_ages(Only(onset_from=4, onset_to=3))
    with pytest.raises(UserError, match="earlier one first"):
        check_days(Only(start_from=later, start_to=day))
