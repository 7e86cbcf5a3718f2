"""The base of the sheet and the guided page: question bar, reasons, keys."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.language import Words
from widgets.keys import KeyPress, is_writing, read_key
from widgets.press_guard import has_come
from widgets.question_bar import QuestionBar
from widgets.reason_picker import ReasonPicker
from widgets.values import ReasonsView

_WIDEST = 760
_EDGE, _GAP = 8, 4


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
        self.reasons = ReasonPicker(words, self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def do(self, press: KeyPress) -> bool:
        """Do what a key asks for and say whether it meant anything here."""
        raise NotImplementedError

    def in_hand(self) -> QWidget | None:
        """Return what stands for the key in hand: it takes the focus, and Tab goes on from it."""
        raise NotImplementedError

    def reasons_anchor(self) -> QWidget | None:
        """Return what the reasons stand beside, in a column that they do not leave."""
        raise NotImplementedError

    def reasons_column(self) -> QWidget:
        """Return what the reasons may cover, from its left to its right."""
        raise NotImplementedError

    def show_reasons(self, view: ReasonsView | None) -> None:
        """Open the reasons beside their key, with the focus, or put them away.

        Where they were, something else comes under the finger.
        """
        before = self.reasons.view
        if view == before:
            return
        if view is None:
            has_come(self)
            held = QApplication.focusWidget()
            if held is not None and held in (self.reasons, *self.reasons.findChildren(QWidget)):
                (self.in_hand() or self).setFocus()
        self.reasons.show_reasons(view)
        if view is not None:
            self.place_reasons()
            self.reasons.raise_()
            self.reasons.setFocus()
            has_come(self.reasons)

    @Slot()
    def place_reasons(self) -> None:
        """Put the reasons below what they are about, else above it, wherever all of it is seen."""
        anchor = self.reasons_anchor()
        if self.reasons.view is None or anchor is None:
            return
        column = self._rect_of(self.reasons_column())
        width = min(_WIDEST, column.width())
        height = min(self.reasons.height_at(width), self.height() - 2 * _EDGE)
        beside = self._rect_of(anchor)
        lowest = self.height() - height - _EDGE
        above, below = beside.top() - height - _GAP, beside.bottom() + _GAP
        y = above if below > lowest and above >= _EDGE else min(below, lowest)
        x = max(column.left(), min(beside.right(), column.right()) - width)
        self.reasons.setGeometry(x, y, width, height)

    def _rect_of(self, part: QWidget) -> QRect:
        return QRect(part.mapTo(self, QPoint(0, 0)), part.size())

    def event(self, event: QEvent) -> bool:
        """Keep the reasons in their place when the page is laid out anew."""
        answer = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.place_reasons()
        return answer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on a key unless somebody writes in a field; Escape puts the reasons away."""
        if event.key() == Qt.Key.Key_Escape and self.reasons.isVisible():
            self.reasons.closed.emit()
            return
        press = None if is_writing() else read_key(event)
        if press is None or not self.do(press):
            super().keyPressEvent(event)
