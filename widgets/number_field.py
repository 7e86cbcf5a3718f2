"""A line to write a number on, which says how it is read where that is not how it is written."""

from PySide6.QtCore import Slot

from app.errors import N_, UserError
from app.language import Words
from widgets.fields import TextField


class NumberField(TextField):
    """Says below “read as 12.5” while “12,50” is typed; a hint that stood there comes back."""

    def __init__(self, title: str, words: Words, hint: str = "") -> None:
        super().__init__(title, hint)
        self._words = words
        self._usual = ""
        self.edited.connect(self._on_edited)

    def show_hint(self, text: str) -> None:
        """Say something helpful below, except while a number is read back there."""
        self._usual = text
        super().show_hint(text)

    def _read_back(self, typed: str) -> str:
        """Return the number as it is read; empty where it is none, or is written like that."""
        try:
            number = self._words.number(self._words.read_number(typed))
        except UserError:
            return ""
        return "" if number == typed else number

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        number = self._read_back(self.text)
        echo = self._words(N_("read as {number}"), number=number) if number else self._usual
        super().show_hint(echo)
