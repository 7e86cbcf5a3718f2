"""The base of the sheet and the guided page: question bar, reasons, keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.language import Words
from widgets.keys import KeyPress, is_writing, read_key
from widgets.question_bar import QuestionBar
from widgets.reason_picker import ReasonPicker


class ScoringPage(QWidget):
    """Reports what is done to the current key; knows no store and no rule."""

    level_chosen = Signal(object)  # Pick
    aside_requested = Signal(object)  # Key
    key_step_requested = Signal(int)  # +1 on, -1 back
    next_open_requested = Signal()
    undo_requested = Signal()
    sign_requested = Signal()
    scale_requested = Signal(str)  # scale id
    context_requested = Signal()
    summary_requested = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.question = QuestionBar(words)
        self.reasons = ReasonPicker(words)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def do(self, press: KeyPress) -> bool:
        """Do what a key asks for and say whether it meant anything here."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on a key unless somebody writes in a field; Escape puts the reasons away."""
        if event.key() == Qt.Key.Key_Escape and self.reasons.isVisible():
            self.reasons.closed.emit()
            return
        press = None if is_writing() else read_key(event)
        if press is None or not self.do(press):
            super().keyPressEvent(event)
