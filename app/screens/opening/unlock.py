"""The card that opens locked records."""

from PySide6.QtCore import Signal, Slot

from app.errors import N_
from app.language import Words
from app.screens.opening.view import UnlockView
from app.screens.secret_field import SecretField
from widgets.buttons import button
from widgets.cards import Card
from widgets.choices import ChoiceRow
from widgets.labels import wrapped
from widgets.layouts import row
from widgets.values import Choice


class UnlockCard(Card):
    """One field and one button; a wrong secret is said below the field, which keeps the focus."""

    submitted = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.title, self.text = wrapped("", "title"), wrapped("", "soft")
        self.secret = SecretField(words(N_("Passphrase or recovery code")), words)
        self.open_button = button(words(N_("Open")), "primary")
        self.who = ChoiceRow(words(N_("Who are you?")), (), optional=False)
        self.who.hide()
        for part in (self.title, self.text, self.secret, self.who):
            self.add(part)
        line = row()
        line.addStretch(1)
        line.addWidget(self.open_button)
        self.add(line)
        self.open_button.clicked.connect(self._on_submit)
        self.secret.edit.returnPressed.connect(self._on_submit)
        self.secret.edit.textEdited.connect(self.forget_who)

    def show_view(self, view: UnlockView) -> None:
        """Ask for the secret; the field is empty and has the focus."""
        self.title.setText(view.title)
        self.text.setText(view.text)
        self.secret.clear()
        self.forget_who()
        self.set_working(is_working=False)
        self.secret.edit.setFocus()

    def ask_who(self, names: tuple[str, ...], text: str) -> None:
        """Ask who it is whose passphrase stands in the field; it stays there."""
        self.set_working(is_working=False)
        self.text.setText(text)
        self.who.show_choices(tuple(Choice(name, name) for name in names))
        self.who.show()
        self.who.buttons[0].setFocus()

    @property
    def chosen(self) -> str:
        """Who was chosen; empty where nobody is asked for."""
        return "" if self.who.isHidden() else self.who.value

    @Slot()
    def forget_who(self) -> None:
        """Ask nobody who it is: another secret may be somebody else's."""
        self.who.show_choices(())
        self.who.hide()

    def show_problem(self, text: str) -> None:
        """Say why it did not open; what is typed is selected, ready to be typed again."""
        self.set_working(is_working=False)
        self.secret.show_problem(text)
        self.secret.edit.setFocus()
        self.secret.edit.selectAll()

    def set_working(self, *, is_working: bool) -> None:
        """Show that the secret is being tried."""
        self.open_button.setEnabled(not is_working)
        texts = (N_("Open"), N_("Opening…"))
        self.open_button.setText(self._words(texts[is_working]))

    @Slot()
    def _on_submit(self) -> None:
        is_asked = not self.who.isHidden()
        if self.open_button.isEnabled() and self.secret.secret and (self.chosen or not is_asked):
            self.secret.show_problem("")
            self.submitted.emit(self.secret.secret)
