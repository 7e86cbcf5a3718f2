"""A line for a passphrase: dots instead of letters, unless somebody wants to see them."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit

from app.errors import N_
from app.language import Words
from widgets.buttons import button
from widgets.fields import TextField
from widgets.layouts import row


class SecretField(TextField):
    """Takes a secret exactly as typed, outer spaces included."""

    def __init__(self, title: str, words: Words) -> None:
        super().__init__(title)
        self._words = words
        self.eye = button("", "flat")
        self.eye.setCheckable(True)
        line = row(self.edit)
        line.addStretch(1)
        line.addWidget(self.eye)
        self.eye.toggled.connect(self._on_eye_toggled)
        self._on_eye_toggled(is_shown=False)

    @property
    def secret(self) -> str:
        """What is written, unchanged."""
        return self.edit.text()

    def clear(self) -> None:
        """Take the secret off the screen, and hide the next one."""
        self.eye.setChecked(False)
        self.set_text("")

    @Slot(bool)
    def _on_eye_toggled(self, is_shown: bool) -> None:  # noqa: FBT001 - Qt's signal says so
        shown, hidden = QLineEdit.EchoMode.Normal, QLineEdit.EchoMode.Password
        self.edit.setEchoMode(shown if is_shown else hidden)
        self.eye.setText(self._words(N_("Hide")) if is_shown else self._words(N_("Show")))
        name = N_("Hide what is typed") if is_shown else N_("Show what is typed")
        self.eye.setAccessibleName(self._words(name))
