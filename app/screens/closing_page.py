"""The page that stands while the records are closed, and a copy is made or put back."""

from PySide6.QtWidgets import QProgressBar, QWidget

from app.errors import N_
from app.language import Words
from widgets.cards import Card
from widgets.labels import wrapped
from widgets.layouts import centred, column
from widgets.theme import set_role

_WIDTH = 600


_CLOSING = N_("Everything is saved. Making a checked copy; then the window closes…")


class ClosingPage(QWidget):
    """One sentence and a bar; there is nothing to do but wait."""

    def __init__(self, words: Words, text: str = _CLOSING) -> None:
        super().__init__()
        set_role(self, "page")
        self.text = wrapped(words(text))
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.text.text())
        card = Card()
        card.add(self.text)
        card.add(bar)
        stack = column(self, margin=24)
        stack.addStretch(1)
        stack.addWidget(centred(card, _WIDTH))
        stack.addStretch(2)
