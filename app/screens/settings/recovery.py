"""The part of the settings that makes a new recovery code, and takes note that one is kept."""

from PySide6.QtCore import Signal, Slot

from app.errors import N_
from app.language import Words
from app.screens.code_card import CodeCard
from app.screens.recovery import CodeView
from app.screens.secret_field import SecretField
from widgets.buttons import button
from widgets.cards import Card
from widgets.flow import Flow
from widgets.labels import wrapped
from widgets.theme import set_role


class RecoveryCard(Card):
    """Says where the code stands; a new one is made with the passphrase, and shown here once."""

    renewal_requested = Signal(str)  # the secret that opens the records now
    kept = Signal()
    new_key_requested = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words(N_("Recovery code")))
        self._words = words
        self._is_open = self._has_new_key = False
        self.state = wrapped("", "soft")
        self.secret = SecretField(words(N_("Passphrase now, or recovery code")), words)
        self.make = button("")
        self.keep = button(words(N_("It is written down")))
        self.new_key = button(words(N_("New key…")))
        self.code = CodeCard(words)
        self._lay_out()
        self._set_working(is_working=False)
        self.make.clicked.connect(self._on_make_clicked)
        self.secret.edit.returnPressed.connect(self._on_make_clicked)
        self.keep.clicked.connect(self.kept)
        self.new_key.clicked.connect(self.new_key_requested)
        self.code.confirmed.connect(self.kept)

    def _lay_out(self) -> None:
        line = Flow(self.make, self.new_key, self.keep)
        self.add(self.state)
        self.add(self.secret)
        self.add(line)
        self.add(self.code)
        set_role(self.code, "plain_ground")
        self.code.body.setContentsMargins(0, 0, 0, 0)
        self.code.hide()

    def show_state(self, text: str, *, is_open: bool, has_new_key: bool) -> None:
        """Say where the code stands; ``is_open`` offers to say that it is kept.

        ``has_new_key`` offers another key of the records.
        """
        self.state.setText(text)
        self._is_open, self._has_new_key = is_open, has_new_key
        self._arrange()

    def show_code(self, view: CodeView) -> None:
        """Show a new code in place of the field."""
        self._set_working(is_working=False)
        self.secret.clear()
        self.code.show_view(view)
        self.code.show()
        self._arrange()
        self.code.copy.setFocus()

    def show_problem(self, text: str) -> None:
        """Say why there is no new code, or why it cannot be noted as kept."""
        self._set_working(is_working=False)
        if self.has_code:
            self.code.show_problem(text)
        else:
            self.secret.show_problem(text)
            self.secret.setFocus()

    def forget(self) -> None:
        """Take code and secret off the screen."""
        had_focus = self.code.isAncestorOf(self.focusWidget() or self)
        self.code.forget()
        self.code.hide()
        self.secret.clear()
        self._arrange()
        if had_focus:
            self.make.setFocus()

    @property
    def has_code(self) -> bool:
        """Whether a code stands on the screen."""
        return self.code.has_code

    def _arrange(self) -> None:
        for part in (self.state, self.secret, self.make):
            part.setVisible(not self.has_code)
        self.new_key.setVisible(self._has_new_key and not self.has_code)
        self.keep.setVisible(self._is_open and not self.has_code)

    def _set_working(self, *, is_working: bool) -> None:
        self.make.setEnabled(not is_working)
        texts = (N_("Make a new code"), N_("Making it…"))
        self.make.setText(self._words(texts[is_working]))
        self.make.setAccessibleName(self.make.text())

    @Slot()
    def _on_make_clicked(self) -> None:
        if self.make.isEnabled():
            self.secret.show_problem("")
            self._set_working(is_working=True)
            self.renewal_requested.emit(self.secret.secret)
