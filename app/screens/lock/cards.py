"""The cards of a locked window: a PIN, a new PIN, and a notice with two ways on."""

from PySide6.QtCore import Signal, Slot

from app.errors import N_
from app.language import Words
from app.screens.lock.view import LockView
from app.screens.secret_field import SecretField
from widgets.buttons import button
from widgets.cards import Card
from widgets.flow import Flow
from widgets.labels import wrapped
from widgets.layouts import row
from widgets.theme import set_role


class PinCard(Card):
    """One field and one button; a wrong PIN is said below the field."""

    typed = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.title, self.text = wrapped("", "title"), wrapped("", "soft")
        self.pin = SecretField(words(N_("PIN")), words)
        self.back = button(words(N_("Come back")), "primary")
        for part in (self.title, self.text, self.pin):
            self.add(part)
        line = row()
        line.addStretch(1)
        line.addWidget(self.back)
        self.add(line)
        self.back.clicked.connect(self._on_typed)
        self.pin.edit.returnPressed.connect(self._on_typed)

    def show_view(self, view: LockView) -> None:
        """Ask for the PIN; the field is empty."""
        self.title.setText(view.title)
        self.text.setText(view.text)
        self.pin.clear()
        self.pin.show_problem("")

    def show_problem(self, text: str) -> None:
        """Say that it was wrong; the field is empty again."""
        self.pin.clear()
        self.pin.show_problem(text)
        self.pin.edit.setFocus()

    @Slot()
    def _on_typed(self) -> None:
        if self.pin.secret:
            self.typed.emit(self.pin.secret)


class NewPinCard(Card):
    """Two fields for a new PIN; nothing is reported before both agree."""

    chosen = Signal(str)
    refused = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.title, self.text = wrapped("", "title"), wrapped("", "soft")
        self.pin = SecretField(words(N_("New PIN")), words)
        self.again = SecretField(words(N_("New PIN again")), words)
        self.take = button(words(N_("Go on with this PIN")), "primary")
        self.without = button(words(N_("Go on without a PIN")))
        both = row(gap=16)
        both.addWidget(self.pin)
        both.addWidget(self.again)
        for part in (self.title, self.text, both):
            self.add(part)
        self.add(Flow(self.take, self.without))
        self.take.clicked.connect(self._on_chosen)
        self.pin.edit.returnPressed.connect(self.again.edit.setFocus)
        self.again.edit.returnPressed.connect(self._on_chosen)
        self.without.clicked.connect(self.refused)

    def show_view(self, view: LockView) -> None:
        """Offer to choose a PIN; the fields are empty."""
        self.title.setText(view.title)
        self.text.setText(view.text)
        for field in (self.pin, self.again):
            field.clear()
            field.show_problem("")

    def show_problem(self, text: str) -> None:
        """Say why a PIN cannot be taken."""
        self.pin.show_problem(text)
        self.pin.edit.setFocus()
        self.pin.edit.selectAll()

    @Slot()
    def _on_chosen(self) -> None:
        self.pin.show_problem("")
        is_same = self.pin.secret == self.again.secret
        self.again.show_problem("" if is_same else self._words(N_("The two PINs differ.")))
        if is_same:
            self.chosen.emit(self.pin.secret)
        else:
            self.again.edit.setFocus()


class NoticeCard(Card):
    """Something to read, and one or two ways on."""

    went_on = Signal()
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.title, self.text = wrapped("", "title"), wrapped("", "soft")
        self.stay = button(words(N_("Not now")), "primary")
        self.go_on = button("")
        self.add(self.title)
        self.add(self.text)
        self.add(Flow(self.stay, self.go_on))
        self.stay.clicked.connect(self.left)
        self.go_on.clicked.connect(self.went_on)

    def show_view(self, view: LockView, *, is_loss: bool) -> None:
        """Say it; where something goes, the filled button is the one that keeps it."""
        self.title.setText(view.title)
        self.text.setText(view.text)
        self.stay.setVisible(is_loss)
        word = self._words(N_("Go on without it") if is_loss else N_("Go on"))
        self.go_on.setText(word)
        self.go_on.setAccessibleName(word)
        set_role(self.go_on, "danger" if is_loss else "primary")
