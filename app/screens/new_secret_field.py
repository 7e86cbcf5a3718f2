"""The line on which a new passphrase is chosen: a meter below says how hard it is to guess."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar

from app.errors import N_
from app.language import Words
from app.screens.secret_field import SecretField
from app.screens.strength import StrengthView


class NewSecretField(SecretField):
    """A field for a secret with its meter, which is hidden while nothing is typed."""

    typed = Signal(str)

    def __init__(self, title: str, words: Words) -> None:
        super().__init__(title, words)
        self.meter = QProgressBar()
        self.meter.setTextVisible(False)
        self.meter.setAccessibleName(words(N_("How hard the passphrase is to guess")))
        self.add_below(self.meter)
        self.meter.hide()
        self.edit.textChanged.connect(self._on_edit_text_changed)

    def show_strength(self, view: StrengthView | None) -> None:
        """Fill the meter and say below what that means; nothing hides it."""
        self.meter.setVisible(view is not None)
        self.show_hint("" if view is None else view.text)
        if view is not None:
            self.meter.setRange(0, view.most)
            self.meter.setValue(view.level)
            self.meter.setAccessibleDescription(view.text)

    @Slot(str)
    def _on_edit_text_changed(self, text: str) -> None:
        self.typed.emit(text)
