"""The signs beside words, all in the bundled fonts. None stands without its word."""

from app import signs

BACK = "\u2039"
ON = "\u203a"
CLOSE = "\u00d7"
DONE = "✓"
HERE = "▶"
OPEN = "○"
NOT_TESTABLE = "\u2013"
DECLINED = "◇"
CAUTION = signs.CAUTION
QUESTION = "?"
DOWN = "▼"
CHOOSE = "\u25be"
"""Opens what else could be chosen, where ``DOWN`` would be read as lower."""
HIGHER = "▲"
LOWER = DOWN
SAME = "="
CALENDAR = "\U0001f5d3"
LOCK = "\U0001f512"
