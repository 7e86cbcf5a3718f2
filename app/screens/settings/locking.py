"""The card of the lock: after how many minutes it comes, and whether signing asks for the PIN."""

from msgspec.structs import replace
from PySide6.QtCore import Signal, Slot

from app.errors import N_
from app.language import Words
from app.settings import AtSigning, Settings
from widgets.cards import Card
from widgets.choices import ChoiceRow
from widgets.fields import TextField
from widgets.labels import wrapped
from widgets.values import Choice

_MOST_DIGITS = 2
_MOST_MINUTES = 60
_PROTECTED = N_("The window locks when nobody has touched it for so long.")
_UNPROTECTED = N_(
    "These records have no passphrase, so they are not locked by themselves: anybody could go on."
)


class LockCard(Card):
    """Two numbers of minutes and a choice; one that cannot be is told beside its field."""

    edited = Signal(str)
    finished = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words(N_("Lock")))
        self._words = words
        self.usual = TextField(words(N_("Lock any page after (minutes)")))
        self.visit = TextField(words(N_("Lock an open visit after (minutes)")))
        choices = (
            Choice(AtSigning.NOTHING, words(N_("Nothing"))),
            Choice(AtSigning.PIN, words(N_("The PIN"))),
        )
        self.at_signing = ChoiceRow(words(N_("Asked at each signing")), choices, optional=False)
        self._fields = {"lock_minutes": self.usual, "visit_lock_minutes": self.visit}
        self._told = wrapped("", "soft")
        self.add(self._told)
        for part in (*self._fields.values(), self.at_signing):
            self.add(part)
        for field in self._fields.values():
            field.edited.connect(self.edited)
            field.finished.connect(self.finished)
        self.at_signing.chosen.connect(self._on_chosen)

    def show_lock(self, settings: Settings, told: str, *, is_protected: bool) -> None:
        """Show what is stored; ``told`` says who sets it, where not who looks."""
        why = self._words(_PROTECTED if is_protected else _UNPROTECTED)
        self._told.setText(self._words.sentences((why, told)))
        for name, field in self._fields.items():
            field.set_text(str(getattr(settings, name)))
            field.setEnabled(not told)
        self.at_signing.set_value(settings.at_signing)
        self.at_signing.setEnabled(not told)

    def read(self, settings: Settings) -> Settings:
        """Return settings with what stands here, where it can be."""
        for name, field in self._fields.items():
            minutes = _minutes(field.text)
            told = N_("Please give a number of minutes between 1 and 60.")
            field.show_problem(self._words(told) if minutes is None else "")
            if minutes is not None:
                settings = replace(settings, **{name: minutes})
        return replace(settings, at_signing=AtSigning(self.at_signing.value))

    @Slot(str)
    def _on_chosen(self, value: str) -> None:
        self.finished.emit(value)


def _minutes(text: str) -> int | None:
    is_whole = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_whole and 1 <= int(text) <= _MOST_MINUTES else None
