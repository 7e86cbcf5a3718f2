"""The unfinished visits above the list, each with the way on and the way out."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from app.errors import N_, NN_
from app.language import Words
from app.screens.patients.view import DraftBar
from widgets.buttons import button
from widgets.labels import label, wrapped
from widgets.layouts import clear, column, row
from widgets.theme import set_role

MOST_BARS = 3


class DraftList(QWidget):
    """Some bars, at most ``MOST_BARS``; the list marks every draft, and the rest are counted."""

    continued = Signal(str)  # internal visit id
    discarded = Signal(str)  # internal visit id

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._stack = column(self)
        self.hide()

    def show_drafts(self, drafts: tuple[DraftBar, ...], more: int) -> None:
        """Show these instead of the ones before, and that there are so many more."""
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
        self.setVisible(bool(drafts))


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
        line.addWidget(wrapped(draft.text, "caution_text"), 1)
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
