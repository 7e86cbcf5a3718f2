"""A question that never blocks: keep the answers, or look again."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QLabel

from app.errors import N_
from app.language import Words
from widgets import icons
from widgets.buttons import button
from widgets.labels import sign, wrapped
from widgets.layouts import row
from widgets.press_guard import has_come
from widgets.theme import set_role
from widgets.values import QuestionView


class QuestionBar(QFrame):
    """Shows one question; the answer names the question it belongs to."""

    confirmed = Signal(object)  # QuestionView
    look_again_requested = Signal(object)  # QuestionView

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "caution")
        self._question: QuestionView | None = None
        self._text = wrapped()
        self.keep = button(words(N_("Keep")))
        self.again = button(words(N_("Look again")))
        line = row(self, gap=12)
        line.setContentsMargins(16, 4, 16, 4)
        caution = sign("caution_text")
        caution.setText(icons.CAUTION)
        line.addWidget(caution)
        line.addWidget(self._text, 1)
        line.addWidget(self.keep)
        line.addWidget(self.again)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.again.clicked.connect(self._on_again_clicked)
        self.hide()

    def show_question(self, question: QuestionView | None) -> None:
        """Show a question and say it aloud; ``None`` takes the bar away."""
        is_new = question is not None and question != self._question
        self._question = question
        text = "" if question is None else question.text
        self._text.setText(text)
        self.setAccessibleName(text)
        self.keep.setAccessibleDescription(text)
        self.again.setAccessibleDescription(text)
        self.setVisible(question is not None)
        if is_new:
            has_come(self)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @property
    def texts(self) -> tuple[QLabel, ...]:
        """What it says, to keep room for it."""
        return (self._text,)

    @property
    def question(self) -> QuestionView | None:
        """The question that stands there."""
        return self._question

    @Slot()
    def _on_keep_clicked(self) -> None:
        if self._question is not None:
            self.confirmed.emit(self._question)

    @Slot()
    def _on_again_clicked(self) -> None:
        if self._question is not None:
            self.look_again_requested.emit(self._question)
