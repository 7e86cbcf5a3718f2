"""What every control is handed: the store, the words, and the doors to the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.palette import Palette, load_palette

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from app.language import Words
    from app.records.store import Store
    from app.screens.ask import Ask
    from app.screens.navigation import Navigation
    from app.screens.news import News
    from app.screens.tasks import Tasks
    from app.settings import Settings
    from scales.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a control may use, and nothing it may not. ``folder`` holds the data.

    ``is_demo`` says that the data are a throw-away copy.
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

    def settings(self) -> Settings:
        """Return the unit's settings as they are now."""
        return self.store.settings.load()

    def palette(self) -> Palette:
        """Return the colours of the theme that is set now."""
        return load_palette(self.settings().theme)
