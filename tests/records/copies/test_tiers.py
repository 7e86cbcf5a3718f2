"""Which copies stay, held against a second way of counting them."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.records.copies.tiers import LARGE, kept

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MOMENTS = st.lists(
    st.timedeltas(timedelta(days=-430), timedelta(days=310)).map(START.__add__), max_size=80
)
SIZES = st.sampled_from([0, LARGE, LARGE + 1, 20 * LARGE])


def _second_opinion(moments: list[datetime], size: int) -> set[datetime]:
    """Walk from the oldest copy on; the last of a period stands over those before it."""
    counts = (2, 2, 2) if size > 500_000_000 else (7, 4, 12)
    written = ("%Y-%m-%d", "%G-%V", "%Y-%m")
    stays = set(sorted(set(moments))[-2:])
    for count, form in zip(counts, written, strict=True):
        last: dict[str, datetime] = defaultdict(lambda: datetime.min.replace(tzinfo=UTC))
        for moment in moments:
            last[moment.strftime(form)] = max(last[moment.strftime(form)], moment)
        stays |= {last[name] for name in sorted(last)[-count:]}
    return stays


@given(MOMENTS, SIZES)
def test_two_ways_of_counting_agree(moments: list[datetime], size: int) -> None:
    """Whatever copies there are."""
    assert kept(moments, size) == _second_opinion(moments, size)


@given(MOMENTS, SIZES)
def test_the_newest_two_stay_and_nothing_is_made_up(moments: list[datetime], size: int) -> None:
    """At most one copy is kept for each place of a tier."""
    stays = kept(moments, size)
    assert stays <= set(moments)
    assert set(sorted(set(moments))[-2:]) <= stays
    assert len(stays) <= (8 if size > LARGE else 25)


@given(MOMENTS, SIZES)
def test_asking_again_sends_nothing_more_away(moments: list[datetime], size: int) -> None:
    """What stays once stays while no copy is made."""
    stays = kept(moments, size)
    assert kept(stays, size) == stays


@given(MOMENTS, SIZES)
def test_going_copy_by_copy_leaves_what_counting_at_once_leaves(
    moments: list[datetime], size: int
) -> None:
    """Nothing goes early that a tier would want later."""
    stays: frozenset[datetime] = frozenset()
    for moment in sorted(set(moments)):
        stays = kept({*stays, moment}, size)
    assert stays == kept(moments, size)


@given(MOMENTS, SIZES, st.timedeltas(timedelta(days=400), timedelta(days=40_000)))
def test_one_copy_of_a_clock_that_was_far_ahead_costs_one_place_a_tier(
    moments: list[datetime], size: int, ahead: timedelta
) -> None:
    """Copies go by their number, never by their age."""
    far = datetime(2027, 1, 10, tzinfo=UTC) + ahead
    lost = kept(moments, size) - kept({*moments, far}, size)
    assert len(lost) <= 4


def _days(size: int) -> list[str]:
    """Return the days of which a copy stays, after one a day since 2 March 2026."""
    moments = [START + timedelta(days=day) for day in range(400)]
    return [moment.strftime("%d %b %y") for moment in sorted(kept(moments, size))]


def test_a_year_of_daily_copies() -> None:
    """Twelve months, the Sundays of four weeks, and seven days."""
    assert _days(LARGE) == [
        "31 May 26", "30 Jun 26", "31 Jul 26", "31 Aug 26", "30 Sep 26", "31 Oct 26", "30 Nov 26",
        "31 Dec 26", "31 Jan 27", "28 Feb 27", "21 Mar 27", "28 Mar 27", "30 Mar 27", "31 Mar 27",
        "01 Apr 27", "02 Apr 27", "03 Apr 27", "04 Apr 27", "05 Apr 27",
    ]  # fmt: skip


def test_a_year_of_daily_copies_of_large_records() -> None:
    """Two of each."""
    assert _days(LARGE + 1) == ["31 Mar 27", "04 Apr 27", "05 Apr 27"]
