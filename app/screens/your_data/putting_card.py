"""The card of a copy that is to be put back: what would change, then the question."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar

from app.errors import N_
from app.language import Words
from app.screens.secret_field import SecretField
from app.screens.your_data.putting_view import PuttingView
from app.screens.your_data.sides import Sides
from widgets.buttons import button
from widgets.cards import Card
from widgets.flow import Flow
from widgets.labels import wrapped


class PuttingCard(Card):
    """Shows a ``PuttingView``; nothing happens before somebody agrees to it."""

    agreed = Signal()
    left = Signal()
    secret_given = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.title, self.text = wrapped("", "title"), wrapped("")
        self.sides = Sides()
        self.asked = wrapped("")
        self.secret = SecretField(words(N_("Passphrase or recovery code of that day")), words)
        self.open = button(words(N_("Open this copy")), "primary")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words(N_("Reading")))
        self.leave = button(words(N_("Leave everything as it is")))
        self.agree = button(words(N_("Put this copy back…")), "danger")
        ways = Flow(self.leave, self.agree, self.open)
        for part in (self.title, self.text, self.bar, self.sides, self.asked, self.secret, ways):
            self.add(part)
        self.agree.clicked.connect(self.agreed)
        self.leave.clicked.connect(self.left)
        self.open.clicked.connect(self._on_secret)
        self.secret.edit.returnPressed.connect(self._on_secret)

    def show_view(self, view: PuttingView) -> None:
        """Show how far it is: being read, a secret needed, or ready to be agreed to."""
        self.title.setText(view.title)
        self.text.setText(view.text)
        self.text.setVisible(bool(view.text))
        self.sides.show_sides(view.sides)
        self.sides.setVisible(bool(view.sides))
        self.bar.setVisible(view.is_reading)
        self.asked.setText(view.asked)
        for part in (self.asked, self.secret, self.open):
            part.setVisible(bool(view.asked))
        self.agree.setVisible(view.can_go_on)
        self.secret.clear()
        (self.secret.edit if view.asked else self.leave).setFocus()

    @Slot()
    def _on_secret(self) -> None:
        if self.secret.secret:
            self.secret_given.emit(self.secret.secret)
