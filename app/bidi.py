"""Right-to-left text for a page that only knows left to right: shape, then order line by line."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Literal

from arabic_reshaper import ArabicReshaper
from bidi.algorithm import get_display

from app.language import is_right_to_left

Direction = Literal["L", "R"]

_OPEN_ISOLATE, _CLOSE_ISOLATE = "\u2068", "\u2069"
_ISOLATED = re.compile(f"{_OPEN_ISOLATE}[^{_CLOSE_ISOLATE}]*{_CLOSE_ISOLATE}")
_EDGES = re.compile(f"[{_OPEN_ISOLATE}{_CLOSE_ISOLATE}]")
_CONTROLS = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff]"  # never drawn
)
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_NO_LETTER = "\N{OBJECT REPLACEMENT CHARACTER}"
_UNDRAWN = frozenset(
    {"BN", "LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "B", "S"}
)


def direction_of(text: str) -> Direction:
    """Return which way a text runs: that of its first letter outside isolated values."""
    for letter in _ISOLATED.sub("", text):
        kind = unicodedata.bidirectional(letter)
        if kind == "L" or kind in _RIGHT_TO_LEFT:
            return "L" if kind == "L" else "R"
    return "L"


def visual(line: str, direction: Direction | None = None) -> str:
    """Return one line in the order it is drawn, letters joined.

    ``direction`` is that of the whole text where the line is a part of one.
    """
    line = unicodedata.normalize("NFC", line)
    if is_right_to_left(line):
        line = "".join(_parts(line, direction))
    return _CONTROLS.sub("", line)


def closed(lines: Sequence[str]) -> tuple[str, ...]:
    """Return lines of one text so that a value which is isolated over a line end stays so."""
    depth, answer = 0, []
    for line in lines:
        before = depth
        depth = max(0, depth + line.count(_OPEN_ISOLATE) - line.count(_CLOSE_ISOLATE))
        answer.append(f"{_OPEN_ISOLATE * before}{line}{_CLOSE_ISOLATE * depth}")
    return tuple(answer)


def _parts(line: str, direction: Direction | None) -> list[str]:
    """Order each isolated value by itself; around them stands a sentence from left to right."""
    pieces = _EDGES.split(line)
    whole = direction if direction and len(pieces) == 1 else None
    return [_ordered(piece, whole or direction_of(piece)) for piece in pieces]


def _ordered(piece: str, direction: Direction) -> str:
    piece = "".join(map(_orderable, piece))
    if not is_right_to_left(piece):
        return piece
    return str(get_display(_reshaper().reshape(piece), base_dir=direction))


def _orderable(letter: str) -> str:
    """Drop what is never drawn; put a sign that no font has for a letter without a direction."""
    kind = unicodedata.bidirectional(letter)
    if not kind:
        return _NO_LETTER
    return "" if kind in _UNDRAWN else letter


@cache
def _reshaper() -> ArabicReshaper:
    # Vowel marks are part of a name as it was written, so they stay.
    return ArabicReshaper(configuration={"delete_harakat": False})
