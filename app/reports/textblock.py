"""Text on paper as lines that are broken once: a long note costs no more than its length."""

from collections.abc import Sequence

from msgspec import Struct
from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from app.bidi import Direction, direction_of
from app.lettering import Weight, run_width, width_of, wrap
from app.palette import Palette
from app.reports.fonts import Fonts


class TextStyle(Struct, frozen=True):
    """How a text stands: its size and leading in points, its weight, its colour role."""

    size: float
    leading: float
    weight: Weight = Weight.REGULAR
    role: str = "ink"
    is_right: bool = False


Piece = tuple[str, TextStyle]


class _Segment(Struct, frozen=True):
    """What one piece has on one line, in the order it is read, and the way its text runs."""

    text: str
    style: TextStyle
    direction: Direction
    x: float


_Line = tuple[_Segment, ...]


class TextBlock(Flowable):
    """Pieces of text, one after another; each line is broken, ordered and drawn by our fonts.

    A line end that was typed is kept, and a word that is wider than the column is broken.
    """

    def __init__(
        self,
        pieces: Sequence[Piece],
        fonts: Fonts,
        palette: Palette,
        most: float,
        lines: Sequence[_Line] | None = None,
    ) -> None:
        super().__init__()
        self._pieces = pieces
        self._fonts = fonts
        self._palette = palette
        self._most = most
        self._style = pieces[0][1]
        self._room: float | None = None
        self._lines: Sequence[_Line] = lines or ()
        self._is_part = lines is not None
        if not self._is_part:
            self._find_boxes()

    def _find_boxes(self) -> None:
        """Let the document know at once of letters without a font: its last words tell of them."""
        for text, style in self._pieces:
            self._fonts.runs(text, style.weight)

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        """Break the lines for a column; a part of a block keeps those it was given."""
        room = min(available, self._most)
        if not self._is_part and room != self._room:
            self._lines = tuple(_broken(self._pieces, room))
        self._room = room
        self.width, self.height = available, len(self._lines) * self._style.leading
        return self.width, self.height

    def split(self, available: float, height: float) -> list[Flowable]:
        """Return the lines that fit and those that do not, as two blocks."""
        self.wrap(available, height)
        count = int(height / self._style.leading + 1e-6)
        if count >= len(self._lines):
            return [self]
        return [self._part(self._lines[:count]), self._part(self._lines[count:])] if count else []

    def _part(self, lines: Sequence[_Line]) -> "TextBlock":
        return TextBlock(self._pieces, self._fonts, self._palette, self._most, lines)

    def draw(self) -> None:
        """Draw each line with its baseline one size below its top."""
        y = self.height - self._style.size
        for line in self._lines:
            shift = self.width - _end(line) if self._style.is_right else 0.0
            for segment in line:
                self._draw_segment(segment, segment.x + shift, y)
            y -= self._style.leading

    def _draw_segment(self, segment: _Segment, x: float, y: float) -> None:
        style, canvas = segment.style, self.canv
        canvas.setFillColor(HexColor(self._palette[style.role]))
        for run in self._fonts.runs(segment.text, style.weight, segment.direction):
            canvas.setFont(run.font, style.size)
            canvas.drawString(x, y, run.text)
            x += run_width(run, style.size)


def _broken(pieces: Sequence[Piece], room: float) -> list[_Line]:
    """Break pieces into lines, each piece beginning behind the one before."""
    lines: list[list[_Segment]] = [[]]
    for text, style in pieces:
        for number, paragraph in enumerate(text.splitlines()):
            if number:
                lines.append([])
            x = _end(lines[-1])
            x += width_of(" ", style.size, style.weight) if x else 0.0
            direction = direction_of(paragraph)
            first, *others = wrap(paragraph, style.size, style.weight, room, x)
            if first:
                lines[-1].append(_Segment(first, style, direction, x))
            lines += [[_Segment(told, style, direction, 0.0)] for told in others]
    return [tuple(line) for line in lines]


def _end(line: Sequence[_Segment]) -> float:
    """Return where a line ends."""
    if not line:
        return 0.0
    last = line[-1]
    return last.x + width_of(last.text, last.style.size, last.style.weight)
