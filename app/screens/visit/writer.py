"""What the small writers have in common: they write, and say what came of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.errors import UserError
from app.screens.desk import Desk
from app.screens.visit.hand import InHand


class Writer(QObject):
    """Turns what was done on the page into a write; shows nothing itself."""

    written = Signal()
    moved = Signal()  # nothing was written, but the rater stands elsewhere
    failed = Signal(str)  # the sentence to show
    noted = Signal(str)  # something that was written besides, in words

    def __init__(self, desk: Desk, hand: InHand, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.hand = hand

    def write(self, deed: Callable[[], object], then: Callable[[], None] | None = None) -> bool:
        """Do a write, read the visit again and step on (``then``); say that it was done.

        A write that cannot be is told in one sentence, and nothing moves.
        """
        try:
            with self.hand.writing():
                deed()
            self.hand.read_again()
        except UserError as problem:
            self.failed.emit(self.desk.words.error(problem))
            return False
        if then is not None:
            then()
        self.written.emit()
        return True
