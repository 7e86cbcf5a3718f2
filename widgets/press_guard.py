"""Nothing that has just come under the finger takes a press, so that no double tap goes astray."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

FRESH_MS = 300
"""How long something is too new to have been meant."""

_PRESSES = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.TabletPress,
        QEvent.Type.TouchBegin,
    }
)


class PressGuard(QObject):
    """Swallows presses of finger, pen and mouse on what is new; keys are never held back.

    It looks at events only while something is new. ``ticks`` are milliseconds that only grow.
    What takes long to appear is new until it has been seen for long enough. While it
    ``is_resting`` nothing is new: before a first page there was nothing to press, and looking at
    what a start sends has Qt load all that it knows.
    """

    def __init__(self, app: QApplication, ticks: Callable[[], int]) -> None:
        super().__init__(app)
        self._app = app
        self.ticks = ticks
        self.is_resting = False
        self._since: dict[QWidget, int] = {}
        self._unseen: set[QWidget] = set()
        self._tidying = QTimer(self, interval=FRESH_MS, singleShot=True)
        self._tidying.timeout.connect(self._forget_old)

    def watch(self, widget: QWidget) -> None:
        """Take a widget, and all in it, for new from now on."""
        if self.is_resting:
            return
        if not self._since:
            self._app.installEventFilter(self)
        self._since[widget] = self.ticks()
        self._unseen.add(widget)
        self._tidying.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow a press on something new."""
        kind = event.type()
        if kind is QEvent.Type.Paint:
            self._note_seen(watched)
            return False
        if kind not in _PRESSES or not isinstance(watched, QWidget):
            return False
        self._forget_old()
        if not self._is_new(watched):
            return False
        event.accept()
        return True

    def _note_seen(self, watched: QObject) -> None:
        if watched in self._unseen and isinstance(watched, QWidget):
            self._unseen.discard(watched)
            self._since[watched] = self.ticks()

    @Slot()
    def _forget_old(self) -> None:
        now = self.ticks()
        for widget, since in tuple(self._since.items()):
            if now - since >= FRESH_MS or not isValid(widget):
                del self._since[widget]
                self._unseen.discard(widget)
        if self._since:
            self._tidying.start()
        else:
            self._tidying.stop()
            self._app.removeEventFilter(self)

    def _is_new(self, widget: QWidget | None) -> bool:
        while widget is not None:
            if widget in self._since:
                return True
            widget = None if widget.isWindow() else widget.parentWidget()
        return False


def has_come(widget: QWidget) -> None:
    """Say that something has just come under the finger, or means something else from now on.

    Where the app has no guard, nothing is held back.
    """
    app = QApplication.instance()
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    guard = None if app is None else app.findChild(PressGuard, options=direct)
    if guard is not None:
        guard.watch(widget)
