"""A stopwatch for items that count seconds. What it shows is read, and stored nowhere."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from app.errors import N_
from app.language import Words
from widgets.buttons import button
from widgets.labels import label
from widgets.layouts import row
from widgets.shortcuts import TIME, name_key

LONGEST_MS = 300_000
"""A watch that somebody forgot stops by itself: while it runs, the window is not locked."""
_LOOK_MS = 100
_LETTERS = 9


class Stopwatch(QWidget):
    """Starts, stops, and says when the limit of the item has passed.

    ``ticks`` are milliseconds that only grow. Whole seconds are shown while it runs and tenths
    once it has stopped, cut and never rounded, so that it never shows more than has passed.
    """

    def __init__(self, words: Words, ticks: Callable[[], int]) -> None:
        super().__init__()
        self._words = words
        self._ticks = ticks
        self._began: int | None = None
        self._limit = 0
        self.button = button("", "quiet")
        self.told = label("", "strong")
        self.passed = label("", "soft")
        self._timer = QTimer(self, interval=_LOOK_MS)
        line = row(self)
        for part in (self.passed, self.told, self.button):
            line.addWidget(part)
        self.told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.told.setMinimumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        self._timer.timeout.connect(self._on_looked)
        self.button.clicked.connect(self.press)
        self.show_limit(0)

    def show_limit(self, seconds: int) -> None:
        """Time an item that turns on so many seconds, from nothing; 0 takes the watch away."""
        self._timer.stop()
        self._began = None
        self._limit = seconds
        self.told.clear()
        self.passed.clear()
        self.setVisible(seconds > 0)
        self._name_button()

    @property
    def is_running(self) -> bool:
        """Whether seconds are being counted."""
        return self._began is not None

    @Slot()
    def press(self) -> None:
        """Start from nothing, or stop; nothing where no item is timed."""
        if self._limit == 0:
            return
        if self._began is None:
            self._began = self._ticks()
            self._timer.start()
            self._show(0, 0)
            self._name_button()
        else:
            self._stop(self._ticks() - self._began)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop with the item that was timed: nobody sees it any more."""
        super().hideEvent(event)
        if self._began is not None and not event.spontaneous():
            self._stop(self._ticks() - self._began)

    @Slot()
    def _on_looked(self) -> None:
        if self._began is None:
            return
        gone = self._ticks() - self._began
        if gone >= LONGEST_MS:
            self._stop(LONGEST_MS)
        else:
            self._show(gone, gone // 1000 * 10)

    def _stop(self, gone: int) -> None:
        self._timer.stop()
        self._began = None
        self._show(gone, gone // 100)
        self._name_button()

    def _show(self, gone: int, tenths: int) -> None:
        """Tell what is beyond the limit alone: what falls on it is for the rater to decide."""
        seconds = self._words.number(Decimal(tenths) / 10)
        told = self._words(N_("{seconds} s"), seconds=seconds)
        over = self._words(N_("over {seconds} s"), seconds=str(self._limit))
        self.told.setText(told)
        self.told.setAccessibleName(told)
        self.passed.setText(over if gone > self._limit * 1000 else "")

    def _name_button(self) -> None:
        text = N_("Stop") if self.is_running else N_("Start")
        name = N_("Stop the stopwatch") if self.is_running else N_("Start the stopwatch")
        self.button.setText(self._words(text))
        self.button.setAccessibleName(self._words(name))
        name_key(self.button, TIME, self._words)
