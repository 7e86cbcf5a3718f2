"""The card that says why the records cannot be opened."""

from PySide6.QtCore import Signal

from app.errors import N_
from app.language import Words
from app.screens.opening.view import TroubleView
from widgets import icons
from widgets.buttons import button
from widgets.cards import Card
from widgets.labels import label, wrapped
from widgets.layouts import row


class TroubleCard(Card):
    """One sentence, one way to try again, one way out."""

    retried = Signal()
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.title, self.text = label("", "title"), wrapped("")
        self.leave = button(words(N_("Close the app")))
        self.retry = button(words(N_("Try again")), "primary")
        self.add(self.title)
        line = row(gap=12)
        line.addWidget(label(icons.CAUTION, "caution_text"))
        line.addWidget(self.text, 1)
        self.add(line)
        ways = row(gap=12)
        ways.addStretch(1)
        ways.addWidget(self.leave)
        ways.addWidget(self.retry)
        self.add(ways)
        self.retry.clicked.connect(self.retried)
        self.leave.clicked.connect(self.left)

    def show_view(self, view: TroubleView) -> None:
        """Say what stands in the way."""
        self.title.setText(view.title)
        self.text.setText(view.text)
        self.text.setAccessibleName(view.text)
        self.retry.setFocus()
