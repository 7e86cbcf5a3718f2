"""The unfinished visits: one button beside the search, and behind it each with its ways on."""

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.errors import N_, NN_
from app.language import Words
from app.screens.patients.view import DraftBar
from widgets.buttons import button
from widgets.labels import label, wrapped
from widgets.layouts import clear, column, ground, row, scrolling
from widgets.press_guard import has_come
from widgets.theme import set_role

MOST_BARS = 20
_WIDEST = 820
_EDGE, _GAP = 24, 8


class DraftList(QFrame):
    """Lies over the list of patients once it is asked for, so that no line of it moves.

    It shows at most ``MOST_BARS`` visits; the list marks every draft, and the rest are counted.
    """

    continued = Signal(str)  # internal visit id
    discarded = Signal(str)  # internal visit id
    closed = Signal()

    def __init__(self, words: Words, page: QWidget) -> None:
        super().__init__(page)
        self._words = words
        self._page = page
        set_role(self, "over")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(words(N_("Unfinished visits")))
        self._is_built = False
        self.hide()

    def show_drafts(self, drafts: tuple[DraftBar, ...], more: int) -> None:
        """Show these instead of the ones before, and that there are so many more."""
        if not self._is_built:
            if not drafts:
                return
            self._build()
        clear(self._stack)
        for draft in drafts:
            bar = _Bar(draft, self._words)
            bar.continued.connect(self.continued)
            bar.discarded.connect(self.discarded)
            self._stack.addWidget(bar)
        if more > 0:
            text = self._words.plural(
                NN_(
                    "{count} more unfinished visit is marked in the list.",
                    "{count} more unfinished visits are marked in the list.",
                ),
                more,
            )
            self._stack.addWidget(label(text, "small_caution"))
        self._stack.addStretch(1)
        has_come(self)
        if not drafts:
            self.hide()

    def open_below(self, opener: QWidget) -> None:
        """Come below a button, with the focus, as large as what there is needs."""
        self.show()
        place = opener.mapTo(self._page, QPoint(opener.width(), opener.height() + _GAP))
        width = min(_WIDEST, self._page.width() - 2 * _EDGE)
        layout = self._content.layout()
        inner = 0 if layout is None else layout.totalHeightForWidth(width - 2 * _EDGE)
        wanted = max(inner, self._content.sizeHint().height()) + self.close_button.height() + 56
        height = min(wanted, self._page.height() - place.y() - _EDGE)
        self.setGeometry(max(_EDGE, place.x() - width), place.y(), width, height)
        self.raise_()
        self.setFocus()
        has_come(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        """Lay out what a list without unfinished visits does not need."""
        self._is_built = True
        self.close_button = button(self._words(N_("Close")), "flat")
        self.close_button.clicked.connect(self.closed)
        self._content = ground()
        self._stack = column(self._content)
        head = row(gap=12)
        head.addWidget(label(self._words(N_("Unfinished visits")), "heading"), 1)
        head.addWidget(self.close_button)
        stack = column(self)
        stack.setContentsMargins(16, 8, 16, 12)
        stack.addLayout(head)
        stack.addWidget(scrolling(self._content), 1)


class _Bar(QFrame):
    """One unfinished visit."""

    continued = Signal(str)
    discarded = Signal(str)

    def __init__(self, draft: DraftBar, words: Words) -> None:
        super().__init__()
        self._visit = draft.visit
        set_role(self, "caution")
        go_on = button(
            words(N_("Continue")), "primary", words(N_("Continue: {what}"), what=draft.text)
        )
        discard = button(
            words(N_("Discard…")), "quiet", words(N_("Discard: {what}"), what=draft.text)
        )
        line = row(self, gap=12)
        line.setContentsMargins(16, 8, 8, 8)
        texts = column(gap=0)
        texts.addWidget(wrapped(draft.text, "caution_text"))
        if draft.told:
            texts.addWidget(wrapped(draft.told, "soft"))
        line.addLayout(texts, 1)
        if draft.told:
            return
        line.addWidget(discard)
        line.addWidget(go_on)
        go_on.clicked.connect(self._on_go_on_clicked)
        discard.clicked.connect(self._on_discard_clicked)

    @Slot()
    def _on_go_on_clicked(self) -> None:
        self.continued.emit(self._visit)

    @Slot()
    def _on_discard_clicked(self) -> None:
        self.discarded.emit(self._visit)
