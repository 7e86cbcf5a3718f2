"""The machine's time is held against the records: a clock that jumped back is not believed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.clock import FixedClock, Moment
from app.records.journal import CLOCK_UNITS
from app.records.machine_time import ClockDoubt, clock_doubt
from tests.records.workbench import Bench

NOON = datetime(2026, 1, 28, 12, tzinfo=UTC)
NOW = Moment(NOON, 60)


def _at(**after: int) -> Moment:
    return Moment(NOON + timedelta(**after), 0)


def _ticks(moment: Moment) -> int:
    return moment.milliseconds * CLOCK_UNITS


@pytest.mark.parametrize("back", [{"seconds": 61}, {"hours": 3}, {"days": 400}])
def test_a_time_before_the_newest_entry_is_in_doubt(back: dict[str, int]) -> None:
    """Both times are told as this place has them."""
    written = _at(**back)
    found = clock_doubt(NOW, written, _ticks(written))
    assert found == ClockDoubt(NOW, Moment(written.utc, 60))


def test_a_journals_clock_that_is_a_day_ahead_is_in_doubt_whatever_was_written_last() -> None:
    """What was signed all the same does not make the next signature a matter of course."""
    ahead = _at(days=1, seconds=1)
    assert clock_doubt(NOW, _at(seconds=-5), _ticks(ahead)) == ClockDoubt(
        NOW, Moment(ahead.utc, 60)
    )


@pytest.mark.parametrize("written", [_at(seconds=60), _at(), _at(days=-900), None])
@pytest.mark.parametrize("clock", [_at(days=1), _at(days=-900)])
def test_else_nothing_is_in_doubt(written: Moment | None, clock: Moment) -> None:
    """A minute that a network set back, a weekend without an entry, a clock less than a day on."""
    assert clock_doubt(NOW, written, _ticks(clock)) is None


def test_the_newest_entry_of_any_station_counts(bench: Bench) -> None:
    """The file's own, and those of a station that wrote before this one began."""
    clock = FixedClock.on(date(2025, 6, 1), 8)
    assert bench.store.visits.clock_doubt() is None
    session = bench.store.visits._session
    bench.raw("DELETE FROM this_station")
    bench.store.journal.chain.forget()
    earlier = type(session)(session.database, session.journal, session.catalogue, clock)
    bench.store.visits._session = earlier
    doubt = bench.store.visits.clock_doubt()
    assert doubt == ClockDoubt(clock.now(), FixedClock.on(date(2025, 6, 1)).now())


def test_before_the_first_entry_no_clock_is_in_doubt(bench: Bench) -> None:
    """A file that nobody wrote to says nothing of the time."""
    bench.raw("DELETE FROM stations")
    assert bench.store.visits.clock_doubt() is None
