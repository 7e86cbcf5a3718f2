"""The sheet that comes first: all its items on one page, and Sign on it."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import N_
from app.language import Words
from app.screens.visit.scoring_page import ScoringPage
from app.screens.visit.view import SheetView
from widgets.buttons import ElidedButton, button
from widgets.keys import Act, KeyPress
from widgets.labels import divider, keep_lines, label, wrapped
from widgets.layouts import centred, column, ground, row, scrolling
from widgets.level_grid import LevelGrid
from widgets.link_row import LinkRow
from widgets.press_guard import has_come
from widgets.shortcuts import SIGN, UNDO, name_key
from widgets.values import QuestionView

_UNDO_LETTERS, _FEW_UNDO_LETTERS = 36, 11
_TIGHT_LETTERS = 100
WIDEST_SHEET = 1400
_MARGIN, _GAP = 32, 12
_EXPANDING, _FIXED = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
_STEPS = {Act.ON: 1, Act.DOWN: 1, Act.BACK: -1, Act.UP: -1}


class SheetPage(ScoringPage):
    """Five rows of levels; the other scales, the context and Sign below."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.grid = LevelGrid(words)
        self.undo = ElidedButton(letters=_UNDO_LETTERS)
        self.undo.name_key(UNDO, words)
        self.sign = button(words(N_("Sign visit")), "primary")
        name_key(self.sign, SIGN, words)
        self.context = button(words(N_("Context and note")))
        self.summary = button(words(N_("Summary")))
        self.paper = button(words(N_("Total from paper…")), "flat")
        self._title = label("", "title")
        self._about = wrapped("", "soft")
        self._status = wrapped("", "soft")
        self._status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.others = LinkRow((self.context, self.summary))
        self._is_tight = False
        self._spring = QSpacerItem(0, 0, _FIXED)
        self._area: QScrollArea = scrolling(self._middle())
        self._lay_out()
        self._connect()

    def show_view(self, view: SheetView) -> None:
        """Show the sheet."""
        self.setAccessibleName(view.title)
        self._title.setText(view.title)
        self._about.setText(self.words(N_("{progress} · {caution}"), progress=view.progress,
                                       caution=view.caution))  # fmt: skip
        self._status.setText(view.status)
        for words in (self._about, self._status, *self.question.texts):
            keep_lines(words)
        self.grid.show_rows(view.rows)
        self.grid.set_current(view.current)
        self._show_question(view.question)
        self.show_reasons(view.reasons)
        self.undo.show_text(view.undo)
        self.undo.setVisible(bool(view.undo))
        self.sign.setVisible(view.can_sign)
        QTimer.singleShot(0, self, self._on_laid_out)
        self.others.show_choices(view.others)
        self._share_room()

    def clear(self) -> None:
        """Show nothing: another patient is about to come."""
        self.grid.show_rows(())
        self._show_question(None)
        self.reasons.clear()
        for words in (self._title, self._about, self._status):
            words.clear()

    def _show_question(self, question: QuestionView | None) -> None:
        """Show a question in the place of the head, so that it moves nothing and needs no room."""
        self._top.setCurrentIndex(0 if question is None else 1)
        self.question.show_question(question)

    def do(self, press: KeyPress) -> bool:
        """Digits choose for the current row; the rest moves, undoes or signs."""
        if press.act is Act.DIGIT:
            self.grid.choose(press.digit)
        elif press.act is Act.UNDO:
            self.undo_requested.emit()
        elif press.act is Act.SIGN and not self.sign.isHidden():
            self.sign_requested.emit()
        elif press.act is Act.NEXT_OPEN:
            self.next_open_requested.emit()
        elif press.act in _STEPS:
            self.key_step_requested.emit(_STEPS[press.act])
        else:
            return False
        return True

    def in_hand(self) -> QWidget | None:
        """Return the row in hand."""
        return self.grid.current_row()

    def reasons_anchor(self) -> QWidget | None:
        """Return the row that the reasons are about."""
        return self.grid.current_row()

    def reasons_column(self) -> QWidget:
        """Return the rows."""
        return self.grid

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the line of buttons anew."""
        super().resizeEvent(event)
        letters = self.width() // self.fontMetrics().averageCharWidth()
        self._is_tight = letters < _TIGHT_LETTERS
        self._place_others(is_tight=self._is_tight)
        self._share_room()

    def _share_room(self) -> None:
        """Let Undo have the room that is left beside its neighbours, whatever it says just now.

        So its words are whole where they can be, and no tap moves what stands beside it.
        """
        for one in (self.undo, self.sign, self.context, self.summary, *self.others.buttons):
            one.ensurePolished()  # before that its size is that of another font
        beside = [self.sign] if self._is_tight else [self.sign, self.others]
        taken = sum(one.sizeHint().width() + _GAP for one in beside) + 2 * _MARGIN + _GAP
        letters = self.undo.letters_in(self.width() - taken)
        self.undo.keep_room(max(_FEW_UNDO_LETTERS, min(_UNDO_LETTERS, letters)))

    def _place_others(self, *, is_tight: bool) -> None:
        """With large text the ways on stand below the rows, so that the rows have the room."""
        if is_tight:
            self._rows.insertWidget(1, self.others)
            self._rows.insertWidget(2, self.paper, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._ways.insertWidget(0, self.others, 1)
            self._head.addWidget(self.paper)
        self._spring.changeSize(0, 0, _EXPANDING if is_tight else _FIXED)
        self._ways.invalidate()

    @Slot()
    def _on_laid_out(self) -> None:
        """Keep the current row in view once everything has its place."""
        one = self.grid.current_row()
        before = self._area.verticalScrollBar().value()
        if one is not None:
            self._area.ensureWidgetVisible(one, 0, 0)
        if self._area.verticalScrollBar().value() != before:
            has_come(self.grid)
        self.place_reasons()

    def _lay_out(self) -> None:
        content = ground()
        stack = column(content, gap=6)
        stack.setContentsMargins(_MARGIN, 4, _MARGIN, 8)
        stack.addWidget(self._headed())
        stack.addWidget(self._area, 1)
        stack.addWidget(divider())
        stack.addLayout(self._footer())
        column(self, gap=0).addWidget(centred(content, WIDEST_SHEET))

    def _headed(self) -> QStackedWidget:
        head = ground()
        self._head: QHBoxLayout = row(head, gap=12)
        self._head.addWidget(self._title)
        self._head.addWidget(self._about, 3)
        self._head.addWidget(self._status, 2)
        self._top = QStackedWidget()
        self._top.addWidget(head)
        self._top.addWidget(self.question)
        return self._top

    def _middle(self) -> QWidget:
        inner = ground()
        self._rows: QVBoxLayout = column(inner, gap=0)
        self._rows.addWidget(self.grid, 5)
        self._rows.addStretch(1)
        return inner

    def _footer(self) -> QHBoxLayout:
        self._ways = row(gap=_GAP)
        self._ways.addWidget(self.others, 1)
        self._ways.addItem(self._spring)
        self._ways.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignBottom)
        self._ways.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignBottom)
        return self._ways

    def _connect(self) -> None:
        self._area.verticalScrollBar().valueChanged.connect(self.place_reasons)
        self.grid.level_chosen.connect(self.level_chosen)
        self.grid.aside_requested.connect(self.aside_requested)
        self.undo.clicked.connect(self.undo_requested)
        self.sign.clicked.connect(self.sign_requested)
        self.context.clicked.connect(self.context_requested)
        self.summary.clicked.connect(self.summary_requested)
        self.others.chosen.connect(self.scale_requested)
