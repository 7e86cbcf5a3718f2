"""Wrong passphrases slow down whoever tries them, by the file that notes them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.clock import Moment
from app.records.folder import Founder, create_folder, open_folder
from app.records.keys.keyfile import Cost
from app.records.keys.vault import WrongSecret
from app.records.model import Role
from app.records.seen import FAILED
from app.records.slowing import Slowing, TooSoon
from scales.catalogue import Catalogue

SECRET = "correct horse battery"  # noqa: S105 - made up for these tests
CHEAP = Cost(passes=1, memory_kib=128, lanes=1)


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self._now = datetime(2026, 1, 28, 9, tzinfo=UTC)

    def now(self) -> Moment:
        """Return the instant it stands at."""
        return Moment(self._now, 0)

    def today(self) -> "datetime":
        """Return the day it stands at."""
        return self._now.date()  # type: ignore[return-value]  # a day is enough here

    def move(self, seconds: float) -> None:
        """Let so many seconds go by."""
        self._now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> HandClock:
    """Return a clock that stands until it is moved."""
    return HandClock()


@pytest.fixture
def folder(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Path:
    """A data folder behind a passphrase."""
    path = tmp_path / "data"
    founder = Founder("Ann", Role.NURSE)
    store, _ = create_folder(path, founder, SECRET, clock=clock, catalogue=catalogue, cost=CHEAP)
    store.close()
    return path


def _wrong(slowing: Slowing, times: int, clock: HandClock) -> None:
    for number in range(times):
        clock.move(slowing.seconds())
        with pytest.raises(WrongSecret):
            slowing.unlock(f"not this one {number}")


def test_three_wrong_ones_are_free_then_each_waits_longer(folder: Path, clock: HandClock) -> None:
    """Up to half a minute, so that nobody is kept out of care."""
    slowing, waits = Slowing(folder, clock), []
    for _ in range(8):
        _wrong(slowing, 1, clock)
        waits.append(slowing.seconds())
    assert waits == [0, 0, 2, 4, 8, 16, 30, 30]


def test_too_soon_is_told_in_a_sentence_and_tries_nothing(folder: Path, clock: HandClock) -> None:
    """Not even the right passphrase opens meanwhile; once the wait is over it does."""
    slowing = Slowing(folder, clock)
    _wrong(slowing, 5, clock)
    with pytest.raises(TooSoon, match="Please wait 8 seconds"):
        slowing.unlock(SECRET)
    assert len((folder / FAILED).read_text().splitlines()) == 5
    clock.move(8)
    assert slowing.unlock(SECRET).key


def test_another_start_changes_nothing(
    folder: Path, clock: HandClock, catalogue: Catalogue
) -> None:
    """What was tried before stands in the file; ten minutes later it counts no more."""
    _wrong(Slowing(folder, clock), 4, clock)
    with pytest.raises(TooSoon, match="Please wait 4 seconds"):
        open_folder(folder, SECRET, clock=clock, catalogue=catalogue)
    clock.move(600)
    assert Slowing(folder, clock).seconds() == 0


def test_the_right_one_makes_those_before_it_count_no_more(folder: Path, clock: HandClock) -> None:
    """Whoever signs in again and again at one window is not slowed by this morning's slips."""
    slowing = Slowing(folder, clock)
    _wrong(slowing, 3, clock)
    clock.move(2)
    slowing.unlock(SECRET)
    clock.move(1)
    _wrong(slowing, 2, clock)
    assert slowing.seconds() == 0


def test_a_file_that_cannot_be_written_slows_down_too(folder: Path, clock: HandClock) -> None:
    """The process counts what it saw; a line that is no moment is passed over."""
    (folder / FAILED).mkdir()
    slowing = Slowing(folder, clock)
    _wrong(slowing, 3, clock)
    assert slowing.seconds() == 2
    (folder / FAILED).rmdir()
    (folder / FAILED).write_text("not a moment\n2026-01-28\n")
    assert Slowing(folder, clock).seconds() == 0


def test_a_clock_that_was_put_back_keeps_nobody_out(folder: Path, clock: HandClock) -> None:
    """The wait is never longer than the longest one."""
    slowing = Slowing(folder, clock)
    _wrong(slowing, 4, clock)
    clock.move(-86_400)
    assert slowing.seconds() == 4
