"""Right-to-left text for a page that only knows left to right: shape, then order line by line."""

import re
import unicodedata
from functools import cache

from arabic_reshaper import ArabicReshaper
from bidi import get_display

_OPEN_ISOLATE, _CLOSE_ISOLATE = "\u2068", "\u2069"
_CONTROLS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff]")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "RLE", "RLO", "RLI"})


@cache
def is_right_to_left(text: str) -> bool:
    """Whether any character of ``text`` runs from right to left."""
    return not text.isascii() and any(
        unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text
    )


def isolated(text: str) -> str:
    """Wrap a value so that it cannot reorder the sentence it is put into."""
    if not is_right_to_left(text):
        return text
    return f"{_OPEN_ISOLATE}{text}{_CLOSE_ISOLATE}"


def visual(line: str) -> str:
    """Return one line in the order it is drawn, letters joined; a page runs left to right."""
    line = unicodedata.normalize("NFC", line)
    if is_right_to_left(line):
        line = get_display(_reshaper().reshape(line), base_dir="L")
    return _CONTROLS.sub("", line)


@cache
def _reshaper() -> ArabicReshaper:
    # Vowel marks are part of a name as it was written, so they stay.
    return ArabicReshaper(configuration={"delete_harakat": False})
