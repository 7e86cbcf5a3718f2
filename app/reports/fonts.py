"""The one door to fonts on paper: only bundled ones, each character in one that has it."""

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app import lettering
from app.bidi import Direction
from app.lettering import FACES, Run, Weight
from app.paths import FONTS


class Fonts:
    """The fonts of one document. ``has_boxes`` turns true once a box had to stand for a letter.

    Texts come in logical order; what leaves here is in drawing order.
    """

    def __init__(self) -> None:
        _register()
        self.has_boxes = False

    def face(self, weight: Weight = Weight.REGULAR) -> str:
        """Return the name of the main font of a weight."""
        return FACES[weight][0]

    def runs(
        self, line: str, weight: Weight = Weight.REGULAR, direction: Direction | None = None
    ) -> tuple[Run, ...]:
        """Split one line into runs; a character that no bundled font has becomes a box.

        ``direction`` is that of the whole text where the line is a part of one.
        """
        runs, has_boxes = lettering.runs_of(line, weight, direction)
        self.has_boxes = self.has_boxes or has_boxes
        return runs


@cache
def _register() -> None:
    for name in sorted({name for faces in FACES.values() for name in faces}):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
