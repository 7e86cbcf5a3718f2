"""The sheet that comes first: all its items on one page, and Sign on it."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from app.errors import N_
from app.language import Words
from app.screens.visit.scoring_page import ScoringPage
from app.screens.visit.view import SheetView
from widgets.buttons import ElidedButton, button
from widgets.keys import Act, KeyPress
from widgets.labels import divider, label, wrapped
from widgets.layouts import centred, column, ground, row, scrolling
from widgets.level_grid import LevelGrid
from widgets.link_row import LinkRow

_UNDO_LETTERS, _FEW_UNDO_LETTERS = 22, 13
_ROOMY_LETTERS = 130
_TIGHT_LETTERS = 100
WIDEST_SHEET = 1400
_EXPANDING, _FIXED = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
_STEPS = {Act.ON: 1, Act.DOWN: 1, Act.BACK: -1, Act.UP: -1}


class SheetPage(ScoringPage):
    """Five rows of levels; the other scales, the context and Sign below."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.grid = LevelGrid(words)
        self.undo = ElidedButton(letters=_UNDO_LETTERS)
        self.sign = button(words(N_("Sign visit")), "primary")
        self.context = button(words(N_("Context and note")))
        self.summary = button(words(N_("Summary")))
        self.paper = button(words(N_("Total from paper…")), "flat")
        self._title = label("", "title")
        self._about = wrapped("", "soft")
        self._status = wrapped("", "soft")
        self._status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.others = LinkRow((self.context, self.summary))
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
        self.grid.show_rows(view.rows)
        self.grid.set_current(view.current)
        self.question.show_question(None if view.reasons else view.question)
        self.reasons.show_reasons(view.reasons)
        self.undo.show_text(view.undo)
        self.undo.setVisible(bool(view.undo))
        QTimer.singleShot(0, self, self._on_laid_out)
        self.others.show_choices(view.others)

    def clear(self) -> None:
        """Show nothing: another patient is about to come."""
        self.grid.show_rows(())
        self.question.show_question(None)
        self.reasons.show_reasons(None)
        for words in (self._title, self._about, self._status):
            words.clear()

    def do(self, press: KeyPress) -> bool:
        """Digits choose for the current row; the rest moves, undoes or signs."""
        if press.act is Act.DIGIT:
            self.grid.choose(press.digit)
        elif press.act is Act.UNDO:
            self.undo_requested.emit()
        elif press.act is Act.SIGN:
            self.sign_requested.emit()
        elif press.act is Act.NEXT_OPEN:
            self.next_open_requested.emit()
        elif press.act in _STEPS:
            self.key_step_requested.emit(_STEPS[press.act])
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten what Undo says rather than break the line of buttons."""
        super().resizeEvent(event)
        letters = self.width() // self.fontMetrics().averageCharWidth()
        self._place_others(is_tight=letters < _TIGHT_LETTERS)
        is_roomy = letters >= _ROOMY_LETTERS
        self.undo.keep_room(_UNDO_LETTERS if is_roomy else _FEW_UNDO_LETTERS)

    def _place_others(self, *, is_tight: bool) -> None:
        """With large text the ways on stand below the rows, so that the rows have the room."""
        if is_tight:
            self._rows.insertWidget(1, self.others)
            self._rows.insertWidget(2, self.paper, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._ways.insertWidget(0, self.others, 1)
            self._top.addWidget(self.paper)
        self._spring.changeSize(0, 0, _EXPANDING if is_tight else _FIXED)
        self._ways.invalidate()

    @Slot()
    def _on_laid_out(self) -> None:
        """Keep the current row in view once everything has its place."""
        one = self.grid.current_row()
        if one is not None:
            self._area.ensureWidgetVisible(one, 0, 0)

    def _lay_out(self) -> None:
        content = ground()
        stack = column(content, gap=12)
        stack.setContentsMargins(32, 16, 32, 20)
        stack.addLayout(self._head())
        stack.addWidget(self._area, 1)
        stack.addWidget(self.reasons)
        stack.addWidget(self.question)
        stack.addWidget(divider())
        stack.addLayout(self._footer())
        column(self, gap=0).addWidget(centred(content, WIDEST_SHEET))

    def _head(self) -> QHBoxLayout:
        line = row(gap=12)
        line.addWidget(self._title)
        line.addWidget(self._about, 3)
        line.addWidget(self._status, 2)
        self._top = line
        return line

    def _middle(self) -> QWidget:
        inner = ground()
        self._rows: QVBoxLayout = column(inner, gap=0)
        self._rows.addWidget(self.grid, 5)
        self._rows.addStretch(1)
        return inner

    def _footer(self) -> QHBoxLayout:
        self._ways = row(gap=12)
        self._ways.addWidget(self.others, 1)
        self._ways.addItem(self._spring)
        self._ways.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignBottom)
        self._ways.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignBottom)
        return self._ways

    def _connect(self) -> None:
        self.grid.level_chosen.connect(self.level_chosen)
        self.grid.aside_requested.connect(self.aside_requested)
        self.undo.clicked.connect(self.undo_requested)
        self.sign.clicked.connect(self.sign_requested)
        self.context.clicked.connect(self.context_requested)
        self.summary.clicked.connect(self.summary_requested)
        self.others.chosen.connect(self.scale_requested)
