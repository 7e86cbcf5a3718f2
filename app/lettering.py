"""How wide text is, from the tables of the bundled fonts: alike on screen, on paper and in files.

Texts come in logical order. Widths are those of the letters alone: whoever draws them does it
without kerning, so that a text ends where it was said to.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache

from fontTools.ttLib import TTFont
from msgspec import Struct

from app.bidi import Direction, closed, visual
from app.paths import FONTS

BOX = "□"
ASCENT, DESCENT = 1.069, 0.293
"""How far Noto Sans reaches above its baseline and below it, as shares of its size."""
_LONGEST_CUT = 400
"""No line of a page holds more letters than this."""
_NARROWEST = 0.2
"""Hardly a letter is narrower than this share of its size."""
_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")


class Weight(StrEnum):
    """How heavy, or slanted, a text stands."""

    REGULAR = "regular"
    BOLD = "bold"
    ITALIC = "italic"


FACES = {
    Weight.REGULAR: (
        "NotoSans-Regular", "NotoSansArabic-Regular", "NotoSansHebrew-Regular",
        "NotoSansSymbols2-Regular",
    ),
    Weight.BOLD: (
        "NotoSans-Bold", "NotoSansArabic-Bold", "NotoSansHebrew-Bold", "NotoSansSymbols2-Regular",
    ),
    Weight.ITALIC: (
        "NotoSans-Italic", "NotoSansArabic-Regular", "NotoSansHebrew-Regular",
        "NotoSansSymbols2-Regular",
    ),
}  # fmt: skip
"""The fonts of a weight, in the order in which a letter is looked for."""
# Noto Sans draws these two alike; it has only the second.
_UNPRINTED = (*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\u2028", "\u2029")
_LOOKALIKES = str.maketrans({"\N{MINUS SIGN}": "\N{EN DASH}", **dict.fromkeys(_UNPRINTED, " ")})


class Run(Struct, frozen=True):
    """A stretch of text that one font can draw, in drawing order."""

    text: str
    font: str


@lru_cache(maxsize=4096)
def runs_of(
    line: str, weight: Weight = Weight.REGULAR, direction: Direction | None = None
) -> tuple[tuple[Run, ...], bool]:
    """Split one line into runs, and say whether a box stands for a letter that no font has.

    ``direction`` is that of the whole text where the line is a part of one.
    """
    faces = FACES[weight]
    runs: list[Run] = []
    has_boxes = False
    for letter in visual(line.translate(_LOOKALIKES), direction):
        font = _font_for(letter, faces, runs[-1].font if runs else faces[0])
        drawn = letter if font else BOX
        font = font or faces[-1]
        has_boxes = has_boxes or drawn != letter
        if runs and runs[-1].font == font:
            runs[-1] = Run(runs[-1].text + drawn, font)
        else:
            runs.append(Run(drawn, font))
    return tuple(runs), has_boxes


def _font_for(letter: str, faces: tuple[str, ...], current: str) -> str:
    # Staying in the font at hand keeps the spaces of an Arabic or Hebrew name in one run.
    for font in (faces[0], current, *faces[1:]) if letter != " " else (current, *faces):
        if letter in _advances(font):
            return font
    return ""


@cache
def _advances(font: str) -> Mapping[str, float]:
    """Return how wide each letter of a font is, as a share of the font's size."""
    with TTFont(FONTS / f"{font}.ttf", lazy=True) as tables:
        unit, metrics = tables["head"].unitsPerEm, tables["hmtx"].metrics
        glyphs = tables.getBestCmap().items()
        return {chr(code): metrics[name][0] / unit for code, name in glyphs if code >= ord(" ")}


def run_width(run: Run, size: float) -> float:
    """Measure one run at a size."""
    advances = _advances(run.font)
    return sum(advances[letter] for letter in run.text) * size


def width_of(line: str, size: float, weight: Weight = Weight.REGULAR) -> float:
    """Measure one line at a size."""
    return _share(line, weight) * size


@lru_cache(maxsize=8192)
def _share(line: str, weight: Weight) -> float:
    return sum(run_width(run, 1.0) for run in runs_of(line, weight)[0])


def cut(line: str, size: float, weight: Weight, width: float) -> str:
    """Shorten a line with an ellipsis until it is no wider than ``width``."""
    if len(line) < _LONGEST_CUT and width_of(line, size, weight) <= width:
        return line
    counts = range(1, min(len(line), _LONGEST_CUT))
    fitting = bisect_right(
        counts, width, key=lambda count: width_of(f"{line[:count]}…", size, weight)
    )
    return f"{line[:fitting].rstrip()}…" if fitting else ""


def wrap(
    paragraph: str, size: float, weight: Weight, width: float, indent: float = 0.0
) -> tuple[str, ...]:
    """Break a paragraph into lines no wider than ``width``, in the order they are read.

    The first line has ``indent`` less, and is empty where no word fits there.
    """
    lines, used = [""], indent
    space = width_of(" ", size, weight)
    for word in _words(paragraph):
        for part in _parts(word, size, weight, width):
            long = width_of(part, size, weight)
            gap = space if lines[-1] else 0.0
            if used and used + gap + long > width:
                lines.append(part)
                used = long
            else:
                lines[-1] = f"{lines[-1]} {part}" if lines[-1] else part
                used += gap + long
    return closed(lines)


def _words(paragraph: str) -> list[str]:
    """Return what a line may be broken between; a space that must not break stays."""
    return [word for word in _BREAKS.split(paragraph) if word]


def _parts(word: str, size: float, weight: Weight, width: float) -> Iterator[str]:
    """Yield a word whole, or in parts where it is wider than a line."""
    while len(word) > _LONGEST_CUT or (len(word) > 1 and width_of(word, size, weight) > width):
        counts = range(2, min(len(word), int(width / (size * _NARROWEST)) + 2))
        count = 1 + bisect_right(
            counts, width, key=lambda count: width_of(word[:count], size, weight)
        )
        yield word[:count]
        word = word[count:]
    yield word
