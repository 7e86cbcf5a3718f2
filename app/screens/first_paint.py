"""Knowing when a page can be used: once it was painted."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Calls somebody once a widget was painted for the first time."""

    def __init__(self, watched: QWidget, on_painted: Callable[[], None]) -> None:
        super().__init__(watched)
        self._on_painted = on_painted
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint; the call comes after it, if the widget is still there."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._on_painted)
        return False
