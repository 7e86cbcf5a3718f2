"""A change with a sign beside its words, so that colour alone never tells it."""

from decimal import Decimal

from app.language import Words
from app.wording.changes import brief_change
from widgets import icons


def change_told(change: Decimal, words: Words) -> str:
    """Return “▲ 2 higher”, “▼ 1 lower” or “= same as before”."""
    sign = (icons.SAME, icons.HIGHER, icons.LOWER)[(change > 0) - (change < 0)]
    return f"{sign} {brief_change(change, words)}"
