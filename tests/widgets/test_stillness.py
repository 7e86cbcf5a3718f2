"""Whether anybody is at the machine, seen with made-up clocks."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from widgets.stillness import LATEST_MS, LOOK_MS, SLEPT_MS, Stillness


class _Hands:
    """Two clocks, and what was told."""

    def __init__(self) -> None:
        self.ticks = self.wall = 0
        self.asleep: int | None = None
        self.still: list[int] = []
        self.slept = 0
        self.locks = 0
        self.stillness = Stillness(lambda: self.ticks, lambda: self.wall, lambda: self.asleep)
        self.stillness.still_for.connect(self.still.append)
        self.stillness.slept.connect(self._on_slept)
        self.stillness.lock_pressed.connect(self._on_lock)
        self.stillness.begin()
        self.stillness._timer.stop()

    def _on_slept(self) -> None:
        self.slept += 1

    def _on_lock(self) -> None:
        self.locks += 1

    def look_after(self, ticks: int, wall: int) -> int:
        """Let so much go by, look, and return for how long it was still."""
        self.ticks += ticks
        self.wall += wall
        self.stillness.look()
        return self.still[-1]


@pytest.fixture
def hands(qtbot: QtBot) -> _Hands:
    """Return somebody who moves the clocks."""
    assert qtbot is not None
    return _Hands()


def test_stillness_grows_until_somebody_touches_a_window(qtbot: QtBot, hands: _Hands) -> None:
    """Keys and the mouse count, in a question that came up later too."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    assert hands.look_after(LOOK_MS, LOOK_MS) == LOOK_MS
    assert hands.look_after(LOOK_MS, LOOK_MS) == 2 * LOOK_MS
    handle = window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_A)
    assert hands.look_after(LOOK_MS, LOOK_MS) == LOOK_MS
    QTest.mouseMove(handle, QPoint(5, 5))
    QApplication.processEvents()
    assert hands.look_after(0, 0) == 0
    dialog = QDialog(window)
    dialog.open()
    hands.look_after(LOOK_MS, LOOK_MS)
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_A)
    assert hands.look_after(0, 0) == 0


def test_what_widgets_tell_one_another_is_no_touch(qtbot: QtBot, hands: _Hands) -> None:
    """A timer that writes into a field is nobody at the machine."""
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    hands.look_after(LOOK_MS, LOOK_MS)
    field.setText("by itself")
    QApplication.processEvents()
    assert hands.look_after(LOOK_MS, LOOK_MS) == 2 * LOOK_MS


@pytest.mark.parametrize(
    ("ticks", "wall", "asleep", "has_slept"),
    [
        (LOOK_MS, LOOK_MS, 0, False),
        (LOOK_MS, 4 * 3_600_000, 0, False),  # a clock that is set forward
        (LATEST_MS, LATEST_MS, SLEPT_MS, False),  # two clocks read apart on a busy machine
        (LOOK_MS, LOOK_MS, SLEPT_MS + 1, True),  # a short sleep, with a clock that was set back
        (LATEST_MS + 1, LATEST_MS + 1, 0, True),  # a process that was stopped
    ],
)
def test_sleep_that_the_system_tells_needs_no_clock_on_the_wall(
    hands: _Hands, ticks: int, wall: int, asleep: int, *, has_slept: bool
) -> None:
    """Setting the clock forward is no sleep there, and a short sleep is one."""
    hands.asleep = 7_000_000  # what it slept before the app was started
    hands.look_after(0, 0)
    hands.asleep += asleep
    hands.look_after(ticks, wall)
    assert hands.slept == has_slept


@pytest.mark.parametrize(
    ("ticks", "wall", "has_slept"),
    [
        (LOOK_MS, LOOK_MS, False),
        (LATEST_MS, LATEST_MS, False),  # a machine that is busy for a minute
        (LOOK_MS, LATEST_MS + 1, True),  # ticks that stand while it sleeps
        (LATEST_MS + 1, LATEST_MS + 1, True),  # ticks that leap over it
        (LOOK_MS, -3_600_000, False),  # a clock that is put back
    ],
)
def test_a_leap_of_a_clock_is_sleep(
    hands: _Hands, ticks: int, wall: int, *, has_slept: bool
) -> None:
    """More than any look can be late; whichever of the clocks leaps."""
    hands.look_after(LOOK_MS, LOOK_MS)
    hands.look_after(ticks, wall)
    assert bool(hands.slept) is has_slept


def test_the_keys_of_the_lock_reach_over_a_question(qtbot: QtBot, hands: _Hands) -> None:
    """A question that is open would keep them from the window below."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = QDialog(window)
    field = QLineEdit(dialog)
    dialog.open()
    hands.look_after(LOOK_MS, LOOK_MS)
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(dialog.windowHandle(), event)
    assert (hands.locks, field.text()) == (1, "")
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_L)
    assert hands.locks == 1
