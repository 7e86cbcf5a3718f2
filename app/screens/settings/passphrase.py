"""The card that changes the passphrase."""

from dataclasses import dataclass, field

from PySide6.QtCore import Signal, Slot

from app.errors import N_
from app.language import Words
from app.screens.new_secret_field import NewSecretField
from app.screens.secret_field import SecretField
from widgets.buttons import button
from widgets.cards import Card
from widgets.layouts import row


@dataclass(frozen=True, slots=True)
class NewPassphrase:
    """The secret that opens the records now, and the passphrase wished for."""

    secret: str = field(repr=False)  # a struct would show it
    wished: str = field(repr=False)  # a struct would show it


class PassphraseCard(Card):
    """Three fields and a button; nothing is reported before both new ones agree."""

    change_requested = Signal(object)  # NewPassphrase
    wish_typed = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words(N_("Passphrase")))
        self._words = words
        self.secret = SecretField(words(N_("Passphrase now, or recovery code")), words)
        self.wished = NewSecretField(words(N_("New passphrase")), words)
        self.again = SecretField(words(N_("New passphrase again")), words)
        self.change = button(words(N_("Change passphrase")))
        for part in (self.secret, self.wished, self.again):
            self.add(part)
        line = row()
        line.addWidget(self.change)
        line.addStretch(1)
        self.add(line)
        self.wished.typed.connect(self.wish_typed)
        self.change.clicked.connect(self._on_change_clicked)
        for one in (self.secret, self.wished, self.again):
            one.edit.returnPressed.connect(self._on_change_clicked)

    def show_done(self) -> None:
        """Empty the fields: the new passphrase opens the records."""
        self._set_working(is_working=False)
        for one in (self.secret, self.wished, self.again):
            one.clear()

    def show_problem(self, text: str) -> None:
        """Say why nothing was changed."""
        self._set_working(is_working=False)
        self.secret.show_problem(text)
        self.secret.setFocus()

    def show_weak(self, text: str) -> None:
        """Say why the new passphrase is not taken; nothing was tried."""
        self._set_working(is_working=False)
        self.wished.show_problem(text)
        self.wished.setFocus()

    def _set_working(self, *, is_working: bool) -> None:
        self.change.setEnabled(not is_working)
        texts = (N_("Change passphrase"), N_("Changing…"))
        self.change.setText(self._words(texts[is_working]))

    @Slot()
    def _on_change_clicked(self) -> None:
        if not self.change.isEnabled():
            return
        for one in (self.secret, self.wished):
            one.show_problem("")
        is_same = self.wished.secret == self.again.secret
        text = "" if is_same else self._words(N_("The two new passphrases differ."))
        self.again.show_problem(text)
        if not is_same:
            self.again.setFocus()
            return
        self._set_working(is_working=True)
        self.change_requested.emit(NewPassphrase(self.secret.secret, self.wished.secret))
