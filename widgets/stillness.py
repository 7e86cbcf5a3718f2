"""Whether anybody is at the machine: how long nobody has touched it, and whether it slept."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from shiboken6 import isValid

from widgets.shortcuts import LOCK, codes

LOOK_MS = 1000
"""How often it is looked whether anybody is there."""
LATEST_MS = 60_000
"""By how much a look can be late on a busy machine; what is later was sleep."""
SLEPT_MS = 5_000
"""From when on a sleep that the system tells counts; two clocks are never read at one instant."""
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class Stillness(QObject):
    """Tells, at each look, for how many milliseconds nobody has touched a window of the app.

    It listens where a window gets what comes from outside, a few events a press, and never to
    what widgets tell one another. ``ticks`` are milliseconds that only grow, ``asleep`` those that
    the machine has slept. Where it returns None, a leap of ``wall``, the clock on the wall, counts
    as sleep; a leap of the ticks always does.
    """

    still_for = Signal(int)
    slept = Signal()
    lock_pressed = Signal()

    def __init__(
        self,
        ticks: Callable[[], int],
        wall: Callable[[], int],
        asleep: Callable[[], int | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ticks, self._wall, self._asleep = ticks, wall, asleep
        self._touched = ticks()
        self._looked = self._clocks()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look from now on."""
        self.touch()
        self._looked = self._clocks()
        self._watch_windows()
        self._timer.start()

    def touch(self) -> None:
        """Note that somebody is there."""
        self._touched = self._ticks()

    @Slot()
    def look(self) -> None:
        """Tell how long it has been still, or that the machine slept."""
        before, self._looked = self._looked, self._clocks()
        self._watch_windows()
        if _has_slept(before, self._looked):
            self.slept.emit()
        self.still_for.emit(self._ticks() - self._touched)

    def _clocks(self) -> tuple[int, int, int | None]:
        return self._ticks(), self._wall(), self._asleep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - all alike
        """Note a touch; nothing but the keys of the lock is taken away."""
        if event.type() in _TOUCHES:
            self.touch()
            if isinstance(event, QKeyEvent) and _is_lock(event):
                self.lock_pressed.emit()
                return True
        return False

    def _watch_windows(self) -> None:
        """Listen to every window, those that came since the last look too."""
        for window in QGuiApplication.allWindows():
            if isValid(window):
                window.installEventFilter(self)


def _has_slept(before: tuple[int, int, int | None], now: tuple[int, int, int | None]) -> bool:
    """Whether the machine slept between two looks at its ticks, its wall clock and its sleep."""
    if now[0] - before[0] > LATEST_MS:
        return True
    if before[2] is not None and now[2] is not None:
        return now[2] - before[2] > SLEPT_MS
    return now[1] - before[1] > LATEST_MS


def _is_lock(event: QKeyEvent) -> bool:
    """Whether the keys of the lock are pressed: a question keeps them from the window below."""
    is_held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return is_held and event.key() in codes(LOCK)
