"""The whole visit on one page: what was scored, what is in the way, and Sign."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.errors import N_
from app.language import Words
from app.screens.since_last import SinceLastBlock
from app.screens.visit.summary_cards import ContextCard, ScoreCard, TypedTotal
from app.screens.visit.summary_foot import SummaryFoot
from app.screens.visit.summary_view import SheetCard, SummaryView
from app.trends.since_last import SinceLastWords
from widgets.buttons import button
from widgets.cards import Card
from widgets.keys import Act, is_writing, read_key
from widgets.labels import divider, label, wrapped
from widgets.layouts import centred, clear, column, ground, row, scrolling, to_top
from widgets.press_guard import has_come
from widgets.question_bar import QuestionBar
from widgets.shortcuts import HISTORY, name_key
from widgets.values import QuestionView

_NOTHING: tuple[tuple[QuestionView, ...], tuple[SheetCard, ...]] = ((), ())


class SummaryPage(QWidget):
    """Told the whole visit; says what is wished with it."""

    sign_requested = Signal()
    undo_requested = Signal()
    sheet_requested = Signal()
    scale_requested = Signal(str)  # scale id
    sheet_removed = Signal(str)  # scale id
    context_requested = Signal()
    question_confirmed = Signal(object)  # QuestionView
    look_again_requested = Signal(object)  # QuestionView
    discard_requested = Signal()
    text_requested = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(words(N_("Summary")))
        self.typed_total = TypedTotal(words)
        self.context = ContextCard(words)
        self.foot = foot = SummaryFoot(words)
        self.warning, self.sign, self.undo = foot.warning, foot.sign, foot.undo
        self.sheet, self.discard = foot.sheet, foot.discard
        self.text = button(
            words(N_("Copy as text")), "flat", words(N_("Copy the visit as plain text"))
        )
        self.history = _history_button(words)
        self.since_last = SinceLastBlock()
        self._title = label("", "title")
        self._marks = wrapped("", "soft")
        self._shown = _NOTHING
        self._questions = column(gap=8)
        self._cards = column(gap=16)
        self._lay_out()
        self._connect()

    def show_view(self, view: SummaryView) -> None:
        """Show the visit."""
        self._title.setText(view.title)
        marks = "\n".join(view.marks)
        if marks != self._marks.text():
            to_top(self._area)
        self._marks.setText(marks)
        self._marks.setVisible(bool(view.marks))
        shown = (view.questions, view.cards)
        if shown != self._shown:
            self._rebuild(view)
        self._shown = shown
        self.context.show_context(view)
        self.typed_total.show_scales(view.typeable)
        self.foot.show_view(view)

    def clear(self) -> None:
        """Show nothing: another patient is about to come."""
        to_top(self._area)
        self._shown = _NOTHING
        clear(self._cards)
        clear(self._questions)
        self.typed_total.show_scales(())
        self.show_since(None)
        self._marks.clear()
        self.warning.hide()

    def show_since(self, since: SinceLastWords | None) -> None:
        """Show what happened since the last visit; the first visit has none."""
        self.since_last.show_since(since)
        self._since.setVisible(since is not None)

    @Slot()
    def show_typed_total(self) -> None:
        """Open the fields for a total from paper, and bring them into view."""
        self.typed_total.start.click()
        QTimer.singleShot(0, self, self._on_typed_total_opened)

    @Slot()
    def _on_typed_total_opened(self) -> None:
        self._area.ensureWidgetVisible(self.typed_total)

    def _rebuild(self, view: SummaryView) -> None:
        """Build questions and cards anew; the focus goes on, and nothing new takes a press."""
        held, inner = QApplication.focusWidget(), self._area.widget()
        had_focus = held is not None and inner is not None and inner.isAncestorOf(held)
        self._show_questions(view)
        self._show_cards(view)
        has_come(self)
        if held is not None and had_focus and not self.context.isAncestorOf(held):
            self.setFocus()

    def _show_questions(self, view: SummaryView) -> None:
        clear(self._questions)
        for question in view.questions:
            bar = QuestionBar(self._words)
            bar.confirmed.connect(self.question_confirmed)
            bar.look_again_requested.connect(self.look_again_requested)
            self._questions.addWidget(bar)
            bar.show_question(question)

    def _show_cards(self, view: SummaryView) -> None:
        clear(self._cards)
        for one in view.cards:
            card = ScoreCard(self._words, one)
            card.scale_requested.connect(self.scale_requested)
            card.sheet_removed.connect(self.sheet_removed)
            self._cards.addWidget(card)

    def _lay_out(self) -> None:
        inner = ground()
        stack = column(inner, gap=16)
        stack.setContentsMargins(32, 16, 32, 16)
        head = row(gap=12)
        head.addWidget(self._title, 1)
        head.addWidget(self.history)
        head.addWidget(self.text)
        stack.addLayout(head)
        stack.addWidget(self._marks)
        stack.addLayout(self._questions)
        stack.addLayout(self._cards)
        stack.addWidget(self._since_card())
        stack.addWidget(self.context)
        stack.addWidget(self.typed_total)
        stack.addStretch(1)
        whole = column(self, gap=0)
        self._area = scrolling(centred(inner, 960), is_even=True)
        whole.addWidget(self._area, 1)
        whole.addWidget(divider())
        whole.addWidget(centred(self.foot, 960))

    def _since_card(self) -> Card:
        self._since = Card()
        self._since.add(self.since_last)
        return self._since

    def _connect(self) -> None:
        self.sign.clicked.connect(self.sign_requested)
        self.undo.clicked.connect(self.undo_requested)
        self.sheet.clicked.connect(self.sheet_requested)
        self.discard.clicked.connect(self.discard_requested)
        self.text.clicked.connect(self.text_requested)
        self.context.open.clicked.connect(self.context_requested)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter signs, Ctrl+Z undoes, Backspace goes back to scoring."""
        press = None if is_writing() or self.sign.isHidden() else read_key(event)
        wishes = {
            Act.SIGN: self.sign_requested,
            Act.UNDO: self.undo_requested,
            Act.BACK: self.sheet_requested,
        }
        wish = None if press is None else wishes.get(press.act)
        if wish is None:
            super().keyPressEvent(event)
        else:
            wish.emit()


def _history_button(words: Words) -> QPushButton:
    answer = button(words(N_("History")), "flat", words(N_("History of this visit")))
    name_key(answer, HISTORY, words)
    return answer
