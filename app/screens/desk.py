"""The desk that every control is handed: the store, the words, the doors to the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from app.palette import Palette, load_palette
from app.records.seen import NOT_NOTED
from app.screens.lock.shift import Shift

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from app.date_reader import DateReader
    from app.language import Words
    from app.records.actions import Action
    from app.records.store import Store
    from app.screens.ask import Ask
    from app.screens.navigation import Navigation
    from app.screens.news import News
    from app.screens.tasks import Tasks
    from app.settings import Settings
    from scales.catalogue import Catalogue


class Desk(Struct, frozen=True):
    """Store, scales, words, clock, questions, tasks and the ways on: a control uses nothing else.

    ``clock`` says at which day what is shown stands; dates are checked by the store's own day.
    ``folder`` holds the data; ``is_demo`` says that they are a throw-away copy. ``shift`` is what
    the window knows of those who share it.
    """

    store: Store
    catalogue: Catalogue
    words: Words
    clock: Clock
    ask: Ask
    tasks: Tasks
    navigation: Navigation
    news: News
    folder: Path
    is_demo: bool = False
    shift: Shift = field(default_factory=Shift)

    @property
    def dates(self) -> DateReader:
        """The reader of every date that is typed; today is the records' own day."""
        from app.date_reader import DateReader  # noqa: PLC0415 - nobody types before the start

        return DateReader(self.words, self.store.today)

    def may(self, action: Action) -> bool:
        """Whether whoever works here now may do something, so that it is offered."""
        return self.store.users.may(action)

    def settings(self) -> Settings:
        """Return the unit's settings as they are now."""
        return self.store.settings.load()

    def note_seen(self, action: Action, patient: str = "") -> None:
        """Note who looked or took something out; say so quietly where that cannot be noted."""
        if not self.store.seen.note(action, patient):
            self.news.note(self.words(NOT_NOTED, deed=self.words(action.title)))

    def palette(self) -> Palette:
        """Return the colours of the theme that is set now."""
        return load_palette(self.settings().theme)
