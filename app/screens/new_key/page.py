"""The page of the new key: making it, the code that comes of it, what is left. No store."""

from PySide6.QtWidgets import QWidget

from app.errors import N_
from app.language import Words
from app.screens.code_card import CodeCard
from app.screens.new_key.making import MakingCard
from app.screens.new_key.view import NewKeyView
from app.screens.recovery import CodeView
from widgets.banner import PatientBanner
from widgets.cards import Card
from widgets.labels import wrapped
from widgets.layouts import centred, column, ground, scrolling
from widgets.message import FloatingMessage
from widgets.theme import set_role


class NewKeyPage(QWidget):
    """Shows a ``NewKeyView``; its cards say what was done."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self.banner = PatientBanner(words)
        self.banner.show_head(words(N_("New key")), "")
        self.message = FloatingMessage(words, self, self.banner)
        self.making = MakingCard(words)
        self.code = CodeCard(words)
        self.left = Card(words(N_("Still opens with an older key")))
        self.left_told = wrapped("", "soft")
        self.names = wrapped("")
        self._lay_out()

    def _lay_out(self) -> None:
        self.left.add(self.left_told)
        self.left.add(self.names)
        body = ground()
        stack = column(body, margin=24, gap=16)
        for card in (self.code, self.making, self.left):
            stack.addWidget(card)
        stack.addStretch(1)
        self.code.hide()
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addWidget(scrolling(centred(body)), 1)

    def show_view(self, view: NewKeyView) -> None:
        """Show it; a code on the screen and what is being typed stay."""
        self.making.show_view(view)
        self.left_told.setText(view.left_behind_told)
        self.names.setText(view.left_behind)
        self.names.setVisible(bool(view.left_behind))
        self.left.setVisible(bool(view.left_behind_told))

    def show_code(self, view: CodeView) -> None:
        """Show the new code above everything, this once."""
        self.making.secret.clear()
        self.making.hide()
        self.code.show_view(view)
        self.code.show()
        self.code.copy.setFocus()

    def forget_code(self) -> None:
        """Take the code off the screen."""
        self.code.forget()
        self.code.hide()
        self.making.show()

    def start(self) -> None:
        """Give the field of the passphrase the focus."""
        self.message.hide()
        if self.making.secret.isVisible():
            self.making.secret.setFocus()
