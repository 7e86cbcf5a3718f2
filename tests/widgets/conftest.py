"""A dressed application, and made-up keys for the widgets of scoring."""

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication

from app.language import Words
from app.language import words as words_of
from app.palette import load_palette
from scales.model import Key, Side
from widgets.theme import apply_theme
from widgets.values import KeyView, LevelView


@pytest.fixture(scope="session")
def words() -> Words:
    """Return the English words."""
    return words_of()


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """Return the application in the light theme."""
    apply_theme(qapp, load_palette("light"))
    return qapp


def level_view(digit: int, *, chosen: int | None = None, name: str = "gait") -> LevelView:
    """Return a made-up level."""
    text = f"criterion {digit}"
    spoken = f"{name} {digit}: {text}"
    return LevelView(Decimal(digit), str(digit), text, spoken, is_chosen=digit == chosen)


def key_view(
    item: str = "gait",
    side: Side | None = None,
    *,
    chosen: int | None = None,
    last: str = "",
    levels: int = 4,
) -> KeyView:
    """Return a made-up key with levels from 0."""
    return KeyView(
        key=Key(item, side),
        title=item if side is None else side.value,
        levels=tuple(level_view(digit, chosen=chosen, name=item) for digit in range(levels)),
        aside="Not testable, declined…",
        spoken_aside=f"{item}: not testable, declined…",
        last=last,
    )
