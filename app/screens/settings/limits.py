"""The card of the unit's own limits, in days: when a weight is old, when somebody was not seen."""

from msgspec.structs import replace
from PySide6.QtCore import Signal

from app.errors import N_
from app.language import Words
from app.settings import Settings
from widgets.cards import Card
from widgets.fields import TextField
from widgets.labels import wrapped

_MOST_DIGITS = 4
_MOST_DAYS = 3650


class LimitsCard(Card):
    """Two numbers of days; one that cannot be is told beside its field and not saved."""

    edited = Signal(str)
    finished = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words(N_("Your unit's limits")))
        self._words = words
        self.weight = TextField(words(N_("Ask for a weight when the last is older than (days)")))
        self.unseen = TextField(words(N_("“Not seen for longer than” in the list means (days)")))
        self._fields = {"weight_days": self.weight, "unseen_days": self.unseen}
        self._told = wrapped("", "soft")
        self.add(self._told)
        for field in self._fields.values():
            self.add(field)
            field.edited.connect(self.edited)
            field.finished.connect(self.finished)

    def show_limits(self, settings: Settings, told: str = "") -> None:
        """Show the limits as they are stored; ``told`` says who sets them, where not who looks."""
        self._told.setText(told)
        self._told.setVisible(bool(told))
        for name, field in self._fields.items():
            field.set_text(str(getattr(settings, name)))
            field.setEnabled(not told)

    def read(self, settings: Settings) -> Settings:
        """Return settings with the limits that stand in the fields, where they can be."""
        for name, field in self._fields.items():
            days = _days(field.text)
            told = N_("Please give a number of days between 0 and 3650.")
            field.show_problem(self._words(told) if days is None else "")
            if days is not None:
                settings = replace(settings, **{name: days})
        return settings


def _days(text: str) -> int | None:
    is_whole = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_whole and int(text) <= _MOST_DAYS else None
