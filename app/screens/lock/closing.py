"""Closing the records behind a locked window: once nothing uses the key any more, it is wiped."""

from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from app.screens.copying import Copying
from app.screens.desk import Desk
from app.screens.tasks import Lane


def _nothing() -> None:
    """Do nothing: what stood before this in its lane is over."""


class Closing(QObject):
    """Waits beside the window for what still reads or copies, then puts the records away."""

    closed = Signal()

    def __init__(self, desk: Desk, copying: Copying, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._copying = copying
        self.is_begun = False

    def begin(self) -> None:
        """End the work of minutes, and close the records after all that stands in a lane."""
        self.is_begun = True
        self._desk.tasks.cancel_long()
        self._after(Lane.LONG)

    def _after(self, lane: Lane) -> None:
        then = self._on_long_over if lane is Lane.LONG else self._on_usual_over
        self._desk.tasks.run(self, _nothing, then, then, lane=lane)

    def _on_long_over(self, _nothing: object) -> None:
        self._after(Lane.USUAL)

    def _on_usual_over(self, _nothing: object) -> None:
        self._copying.put_away(self._on_put_away, self._on_not_put_away)

    def _on_put_away(self, _nothing: None) -> None:
        self.is_begun = False
        self.closed.emit()

    def _on_not_put_away(self, problem: Exception) -> None:
        self._on_put_away(None)  # the key is wiped all the same
        if not isinstance(problem, AppError):
            raise problem
