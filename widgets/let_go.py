"""What would move a page waits until no finger is on it: a target stays where it was pressed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

_ENDS = frozenset({QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel})


def once_let_go(owner: QObject, deed: Callable[[], None]) -> None:
    """Do something at once, or where a press is going on, as soon as it has done its own deed.

    It is forgotten with its owner.
    """
    if QApplication.mouseButtons():
        _Waiting(owner, deed)
    else:
        deed()


class _Waiting(QObject):
    """Waits for the end of a press."""

    def __init__(self, owner: QObject, deed: Callable[[], None]) -> None:
        super().__init__(owner)
        self._owner, self._deed = owner, deed
        self._app = QApplication.instance()
        if self._app is not None:
            self._app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take no event away; after the last of a press do what waits."""
        if event.type() in _ENDS and self._app is not None:
            self._app.removeEventFilter(self)
            QTimer.singleShot(0, self._owner, self._deed)
            self.deleteLater()
        return super().eventFilter(watched, event)
