"""A hand on the window that says what each deed cost until all that it changed is painted.

Painted means: the window drew every part that asked for it into its picture, and nothing asks for
more. Left out are what stands around the app: the keyboard's way to it, and the way of the
picture to a screen, of which the offscreen platform has none.
"""

from collections.abc import Callable
from time import perf_counter, process_time

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.running import Running
from tests.growth.cost import Cost

_PATIENCE = 300.0
_TICK = 5  # milliseconds
_BACKSPACE = Qt.Key.Key_Backspace


class _Paints(QObject):
    """Counts how often a window painted what had changed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.count = 0
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count; the painting itself follows at once."""
        if event.type() == QEvent.Type.UpdateRequest:
            self.count += 1
        return False


class _Ticks(QObject):
    """A clock in the window's own loop: where it ticks late, the window was frozen."""

    def __init__(self, is_over: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self.longest = 0.0
        self._is_over = is_over
        self._began = self._last = perf_counter()
        self._loop = QEventLoop(self)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    def run(self) -> None:
        """Tick once, and on until it is over, or for as long as patience lasts."""
        self._timer.start(_TICK)
        self._loop.exec()
        self._timer.stop()

    @Slot()
    def _on_timeout(self) -> None:
        now = perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now
        if self._is_over() or now - self._began > _PATIENCE:
            self._loop.quit()


class Hand:
    """Presses keys and buttons of a running app."""

    def __init__(self, app: QApplication, running: Running) -> None:
        self._app = app
        self._running = running
        self._paints = _Paints(running.window)

    def press(self, key: Qt.Key) -> Cost:
        """Press a key where the focus is."""
        target = self._app.focusWidget() or self._running.window
        return self._timed(lambda: QTest.keyClick(target, key))

    def click(self, start: str) -> Cost:
        """Click the button whose spoken name begins with ``start``."""
        button = self._button(start)
        return self._timed(lambda: QTest.mouseClick(button, Qt.MouseButton.LeftButton))

    def choose(self, start: str) -> Cost:
        """Choose what begins with ``start`` in a menu of the page, without its opening."""
        page = self._running.window.page or self._running.window
        offered = page.findChildren(QAction)
        action = next(each for each in offered if each.text().startswith(start))
        return self._timed(action.trigger)

    def type_text(self, text: str) -> list[Cost]:
        """Type a text where the focus is, one key after the other."""
        return [self.press(Qt.Key(ord(letter.upper()))) for letter in text]

    def erase(self, length: int) -> None:
        """Take back what was typed."""
        for _ in range(length):
            self.press(_BACKSPACE)

    def settle(self) -> None:
        """Let all that was begun beside the window come to its end."""
        self._running.finish_tasks()
        self._paint_all()

    def longest_freeze(self, is_over: Callable[[], bool]) -> float:
        """Let the window live on until something is over; return its longest freeze in seconds."""
        ticks = _Ticks(is_over, self._running.window)
        ticks.run()
        return ticks.longest

    def _button(self, start: str) -> QAbstractButton:
        page = self._running.window.page or self._running.window
        for button in page.findChildren(QAbstractButton):
            if button.isVisible() and button.accessibleName().startswith(start):
                return button
        names = [b.accessibleName() for b in page.findChildren(QAbstractButton) if b.isVisible()]
        message = f"no button is called {start!r}; there are {names}"
        raise LookupError(message)

    def _timed(self, deed: Callable[[], object]) -> Cost:
        self._paint_all()
        before = self._paints.count
        wall, cpu = perf_counter(), process_time()
        deed()
        while self._paints.count == before:
            self._app.processEvents()
            if perf_counter() - wall > _PATIENCE:
                message = "nothing was painted"
                raise TimeoutError(message)
        self._paint_all()
        return Cost(perf_counter() - wall, process_time() - cpu)

    def _paint_all(self) -> None:
        before = -1
        while before != self._paints.count:
            before = self._paints.count
            self._app.processEvents()
