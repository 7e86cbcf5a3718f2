"""The card of how long the unit must keep records: without it no patient can be erased."""

from msgspec.structs import replace
from PySide6.QtCore import Signal

from app.errors import N_
from app.language import Words
from app.records.preferences import MOST_YEARS
from app.settings import Settings
from widgets.buttons import button
from widgets.cards import Card
from widgets.fields import TextField
from widgets.labels import wrapped
from widgets.layouts import row

_MOST_DIGITS = 3


class RetentionCard(Card):
    """Two numbers of years, either may be empty; one that cannot be is told and not saved."""

    edited = Signal(str)
    finished = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words(N_("Keeping and erasing")))
        self._words = words
        self.years = TextField(words(N_("Years after the last entry")))
        self.age = TextField(words(N_("And at least until the age of")))
        self.erased = button(words(N_("Erased patients")))
        self._fields = {"keep_years": self.years, "keep_until_age": self.age}
        self._told = wrapped("", "soft")
        self.add(
            wrapped(
                words(
                    N_(
                        "How long your unit must keep a patient's records. While the first is "
                        "empty nobody can be erased; else a keeper erases from a patient's form, "
                        "once the time is over."
                    )
                ),
                "soft",
            )
        )
        self.add(self._told)
        for field in self._fields.values():
            self.add(field)
            field.edited.connect(self.edited)
            field.finished.connect(self.finished)
        line = row()
        line.addWidget(self.erased)
        line.addStretch(1)
        self.add(line)

    def show_retention(self, settings: Settings, told: str = "") -> None:
        """Show the years as they are stored; ``told`` says who sets them, where not who looks."""
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self.erased.setVisible(not told)
        for name, field in self._fields.items():
            years = int(getattr(settings, name))
            field.set_text("" if years == 0 else str(years))
            field.setEnabled(not told)

    def read(self, settings: Settings) -> Settings:
        """Return settings with the years that stand in the fields, where they can be."""
        for name, field in self._fields.items():
            years = _years(field.text)
            told = N_("Please give a number of years between 1 and 150, or none.")
            field.show_problem(self._words(told) if years is None else "")
            if years is not None:
                settings = replace(settings, **{name: years})
        return settings


def _years(text: str) -> int | None:
    """Return the number of years, 0 for none; nothing where the text is no such number."""
    if not text:
        return 0
    is_whole = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_whole and 1 <= int(text) <= MOST_YEARS else None
