"""The stopwatch shows never more than has passed, and ends with what it timed."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.language import words
from widgets.stopwatch import LONGEST_MS, Stopwatch


class _Time:
    """Milliseconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 5_000

    def ticks(self) -> int:
        return self.now


@pytest.fixture
def time() -> _Time:
    """Return the time of the test."""
    return _Time()


@pytest.fixture
def watch(qtbot: QtBot, time: _Time) -> Stopwatch:
    """Return a watch for an item that turns on ten seconds, shown."""
    answer = Stopwatch(words(), time.ticks)
    qtbot.addWidget(answer)
    answer.show_limit(10)
    answer._timer.setInterval(3_600_000)  # looks only where the test looks
    return answer


def _look(watch: Stopwatch) -> None:
    watch._timer.timeout.emit()


@pytest.mark.parametrize(
    ("gone", "running", "stopped", "passed"),
    [
        (0, "0 s", "0 s", ""),
        (999, "0 s", "0.9 s", ""),
        (7_460, "7 s", "7.4 s", ""),
        (9_999, "9 s", "9.9 s", ""),
        (10_000, "10 s", "10 s", ""),
        (10_001, "10 s", "10 s", "over 10 s"),
        (61_050, "61 s", "61 s", "over 10 s"),
    ],
)
def test_it_shows_whole_seconds_then_tenths(
    watch: Stopwatch, time: _Time, gone: int, running: str, stopped: str, passed: str
) -> None:
    """Both are cut, never rounded up; exactly the limit is not beyond it."""
    watch.button.click()
    time.now += gone
    _look(watch)
    assert (watch.told.text(), watch.passed.text()) == (running, passed)
    watch.button.click()
    assert (watch.told.text(), watch.passed.text()) == (stopped, passed)
    time.now += 5_000
    _look(watch)
    assert watch.told.text() == stopped


def test_its_button_says_what_it_does(watch: Stopwatch) -> None:
    """By its word, its name for a screen reader, and its key."""
    assert (watch.button.text(), watch.is_running) == ("Start", False)
    assert watch.button.accessibleName() == "Start the stopwatch"
    watch.button.click()
    assert (watch.button.text(), watch.is_running) == ("Stop", True)
    assert watch.button.accessibleName() == "Stop the stopwatch"
    assert "(T)" in watch.button.toolTip()


def test_it_starts_from_nothing_each_time(watch: Stopwatch, time: _Time) -> None:
    """A second try is not added to the first."""
    watch.press()
    time.now += 12_000
    watch.press()
    watch.press()
    assert (watch.told.text(), watch.passed.text()) == ("0 s", "")
    time.now += 3_000
    watch.press()
    assert watch.told.text() == "3 s"


def test_another_item_ends_it(watch: Stopwatch, time: _Time) -> None:
    """Nothing that was timed for one item stands beside the next."""
    watch.press()
    time.now += 4_000
    watch.show_limit(10)
    assert (watch.is_running, watch.told.text(), watch.button.text()) == (False, "", "Start")


def test_where_nothing_is_timed_there_is_none(watch: Stopwatch) -> None:
    """Its key does nothing there."""
    watch.show_limit(0)
    watch.press()
    assert (watch.isVisible(), watch.is_running) == (False, False)


def test_a_forgotten_one_stops_by_itself(watch: Stopwatch, time: _Time) -> None:
    """While it runs the window is not locked, so it does not run on for ever."""
    watch.press()
    time.now += LONGEST_MS - 1
    _look(watch)
    assert watch.is_running
    time.now += 7_000
    _look(watch)
    assert (watch.is_running, watch.told.text()) == (False, "300 s")
    assert watch.button.text() == "Start"


def test_it_stops_when_it_goes_out_of_view(qtbot: QtBot, time: _Time) -> None:
    """On another page, or behind the lock, nobody reads it."""
    page = QWidget()
    qtbot.addWidget(page)
    watch = Stopwatch(words(), time.ticks)
    watch.setParent(page)
    watch.show_limit(10)
    page.show()
    watch.press()
    time.now += 2_300
    page.hide()
    assert (watch.is_running, watch.told.text()) == (False, "2.3 s")
