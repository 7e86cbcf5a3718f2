"""The one door to fonts on paper: only bundled ones, each character in one that has it."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from typing import cast

from msgspec import Struct
from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app.paths import FONTS
from app.reports.bidi import Direction, closed, visual

BOX = "□"
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


_FACES = {
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
# Noto Sans draws these two alike; it has only the second.
_UNPRINTED = (*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\u2028", "\u2029")
_LOOKALIKES = str.maketrans({"\N{MINUS SIGN}": "\N{EN DASH}", **dict.fromkeys(_UNPRINTED, " ")})


class Run(Struct, frozen=True):
    """A stretch of text that one font can draw, in drawing order."""

    text: str
    font: str


class Fonts:
    """The fonts of one document. ``has_boxes`` turns true once a box had to stand for a letter.

    Texts come in logical order; what leaves here is in drawing order.
    """

    def __init__(self) -> None:
        _register()
        self.has_boxes = False

    def face(self, weight: Weight = Weight.REGULAR) -> str:
        """Return the name of the main font of a weight."""
        return _FACES[weight][0]

    def runs(
        self, line: str, weight: Weight = Weight.REGULAR, direction: Direction | None = None
    ) -> tuple[Run, ...]:
        """Split one line into runs; a character that no bundled font has becomes a box.

        ``direction`` is that of the whole text where the line is a part of one.
        """
        runs, has_boxes = _split(line, weight, direction)
        self.has_boxes = self.has_boxes or has_boxes
        return runs

    def width(self, line: str, size: float, weight: Weight = Weight.REGULAR) -> float:
        """Measure one line, in points."""
        return _width(line, size, weight)

    def run_width(self, run: Run, size: float) -> float:
        """Measure one run, in points."""
        return float(pdfmetrics.stringWidth(run.text, run.font, size))

    def wrap(
        self, paragraph: str, size: float, weight: Weight, width: float, indent: float = 0.0
    ) -> tuple[str, ...]:
        """Break a paragraph into lines no wider than ``width``, in the order they are read.

        The first line has ``indent`` points less, and is empty where no word fits there.
        """
        lines, used = [""], indent
        space = self.width(" ", size, weight)
        for word in _words(paragraph):
            for part in self._parts(word, size, weight, width):
                long = self.width(part, size, weight)
                gap = space if lines[-1] else 0.0
                if used and used + gap + long > width:
                    lines.append(part)
                    used = long
                else:
                    lines[-1] = f"{lines[-1]} {part}" if lines[-1] else part
                    used += gap + long
        return closed(lines)

    def _parts(self, word: str, size: float, weight: Weight, width: float) -> Iterator[str]:
        """Yield a word whole, or in parts where it is wider than a line."""
        while len(word) > _LONGEST_CUT or (
            len(word) > 1 and self.width(word, size, weight) > width
        ):
            counts = range(2, min(len(word), int(width / (size * _NARROWEST)) + 2))
            count = 1 + bisect_right(
                counts, width, key=lambda count: self.width(word[:count], size, weight)
            )
            yield word[:count]
            word = word[count:]
        yield word

    def cut(self, line: str, size: float, weight: Weight, width: float) -> str:
        """Shorten a line with an ellipsis until it is no wider than ``width``."""
        if len(line) < _LONGEST_CUT and self.width(line, size, weight) <= width:
            return line
        counts = range(1, min(len(line), _LONGEST_CUT))
        fitting = bisect_right(
            counts, width, key=lambda count: self.width(f"{line[:count]}…", size, weight)
        )
        return f"{line[:fitting].rstrip()}…" if fitting else ""


def _words(paragraph: str) -> list[str]:
    """Return what a line may be broken between; a space that must not break stays."""
    return [word for word in _BREAKS.split(paragraph) if word]


@cache
def _register() -> None:
    for name in sorted({name for faces in _FACES.values() for name in faces}):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    # Drawings would open with Helvetica, which no file of ours may name.
    STATE_DEFAULTS["fontName"] = _FACES[Weight.REGULAR][0]


@cache
def _letters(font: str) -> frozenset[int]:
    glyphs = cast("TTFont", pdfmetrics.getFont(font)).face.charToGlyph
    return frozenset(code for code, glyph in glyphs.items() if glyph and code >= ord(" "))


@lru_cache(maxsize=4096)
def _split(line: str, weight: Weight, direction: Direction | None) -> tuple[tuple[Run, ...], bool]:
    faces = _FACES[weight]
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
        if ord(letter) in _letters(font):
            return font
    return ""


@lru_cache(maxsize=8192)
def _width(line: str, size: float, weight: Weight) -> float:
    runs, _ = _split(line, weight, None)
    return sum(float(pdfmetrics.stringWidth(run.text, run.font, size)) for run in runs)
