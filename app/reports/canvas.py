"""What a chart on paper is drawn on: a time scale, colours by role, and text in bundled fonts."""

from collections.abc import Sequence
from functools import cache
from typing import Literal

from msgspec import Struct
from reportlab.graphics.shapes import Drawing, Line, Path, PolyLine, Rect, String
from reportlab.lib.colors import Color, HexColor

from app.palette import Palette
from app.reports.fonts import Fonts, Weight
from app.trends.figure import Axis, MarkShape

Anchor = Literal["start", "middle", "end"]
_INDENTS = {"start": 0.0, "middle": 0.5, "end": 1.0}
Position = tuple[float, float]
_GAP = 4.0
_LONGEST_LABEL = 190.0
_OUTLINE = 1.0


class Beside(Struct, frozen=True):
    """Where a label beside a mark stands, and the width that mark and label take together."""

    label: str
    x: float
    anchor: Anchor
    span: tuple[float, float]


class ChartCanvas(Struct, frozen=True):
    """A drawing with its time axis between ``left`` and ``right``; ``size`` is its text's."""

    drawing: Drawing
    axis: Axis
    palette: Palette
    fonts: Fonts
    left: float
    right: float
    size: float

    def x(self, day: float) -> float:
        """Return where a day of the axis stands, kept within the axis."""
        extent = self.axis.highest - self.axis.lowest
        share = (day - self.axis.lowest) / extent if extent > 0 else 0.5
        return self.left + min(1.0, max(0.0, share)) * (self.right - self.left)

    def colour(self, role: str) -> Color:
        """Return the colour of a role."""
        return _colour(self.palette[role])

    def write(
        self,
        place: Position,
        words: str,
        *,
        role: str = "ink",
        weight: Weight = Weight.REGULAR,
        anchor: Anchor = "start",
        size: float | None = None,
    ) -> None:
        """Write one line with its baseline at ``place``; it never leaves the drawing."""
        size = size or self.size
        words, x = self._placed(place[0], words, anchor, size, weight)
        y = place[1]
        for run in self.fonts.runs(words, weight):
            self.drawing.add(
                String(
                    _short(x), _short(y), run.text,
                    fontName=run.font, fontSize=size, fillColor=self.colour(role),
                )
            )  # fmt: skip
            x += float(self.fonts.run_width(run, size))

    def write_plated(
        self,
        place: Position,
        words: str,
        *,
        role: str = "ink",
        anchor: Anchor = "start",
        size: float | None = None,
    ) -> None:
        """Write one line on a plate that hides what lies under it."""
        size = size or self.size
        words, x = self._placed(place[0], words, anchor, size)
        if words:
            corner = (x - 1, place[1] - size * 0.22)
            width = self.fonts.width(words, size)
            self.block(corner, width + 2, size * 1.05, self.colour("surface"))
        self.write((x, place[1]), words, role=role, size=size)

    def _placed(
        self, x: float, words: str, anchor: Anchor, size: float, weight: Weight = Weight.REGULAR
    ) -> tuple[str, float]:
        """Shorten a line that is wider than the drawing; return it with where it begins."""
        words = self.fonts.cut(words, size, weight, self.drawing.width)
        width = self.fonts.width(words, size, weight)
        most = max(0.0, self.drawing.width - width)
        return words, min(max(0.0, x - _INDENTS[anchor] * width), most)

    def beside(self, day: float, label: str) -> Beside:
        """Put a label to the right of a mark, or to its left where the axis ends too soon."""
        label = self.fonts.cut(label, self.size, Weight.REGULAR, _LONGEST_LABEL)
        x, reach = self.x(day), self.fonts.width(label, self.size) + 2.6 * _GAP
        if x + reach > self.drawing.width and x - reach > self.left:
            return Beside(label, x - 1.9 * _GAP, "end", (x - reach, x + _GAP))
        return Beside(label, x + 1.9 * _GAP, "start", (x - _GAP, x + reach))

    def line(
        self,
        start: Position,
        end: Position,
        role: str,
        width: float = 0.5,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Draw a straight line."""
        line = Line(*map(_short, (*start, *end)), strokeColor=self.colour(role))
        line.strokeWidth = width
        if dash is not None:
            line.strokeDashArray = dash
        self.drawing.add(line)

    def run(self, places: Sequence[Position], role: str, width: float) -> None:
        """Draw one line through several places."""
        flat = [_short(number) for place in places for number in place]
        self.drawing.add(
            PolyLine(flat, strokeColor=self.colour(role), strokeWidth=width, strokeLineJoin=1)
        )

    def block(self, corner: Position, width: float, height: float, fill: Color) -> None:
        """Fill a rectangle from its lower left corner."""
        x, y = map(_short, corner)
        block = Rect(x, y, _short(width), _short(height))
        block.fillColor, block.strokeColor = fill, None
        self.drawing.add(block)

    def outline(self, corner: Position, width: float, height: float, edge: Color) -> None:
        """Draw an empty rectangle on the paper, its edge within its size."""
        x, y = corner
        half = _OUTLINE / 2
        sides = (_short(width - _OUTLINE), _short(height - _OUTLINE))
        frame = Rect(_short(x + half), _short(y + half), *sides)
        frame.fillColor, frame.strokeColor = self.colour("surface"), edge
        frame.strokeWidth = _OUTLINE
        self.drawing.add(frame)

    def marks(
        self, shape: MarkShape, places: Sequence[Position], radius: float, *, fill: str, edge: str
    ) -> None:
        """Draw one shape at several places, as one path."""
        path = Path(
            fillColor=self.colour(fill), strokeColor=self.colour(edge), strokeWidth=radius / 3.5
        )
        for place in places:
            trace(path, shape, place, radius)
        self.drawing.add(path)


def tint(colour: Color, share: float) -> Color:
    """Mix a colour with white paper; 1 is the colour itself."""
    return Color(*(1 - share * (1 - part) for part in (colour.red, colour.green, colour.blue)))


def packed(spans: Sequence[Position], rows: int) -> tuple[int | None, ...]:
    """Give each span, in order of its start, the first of ``rows`` rows where it is free.

    A span that fits in no row gets ``None``.
    """
    ends = [float("-inf")] * rows
    places: list[int | None] = [None] * len(spans)
    for index in sorted(range(len(spans)), key=lambda index: spans[index]):
        start, end = spans[index]
        row = next((row for row in range(rows) if ends[row] <= start), None)
        if row is not None:
            ends[row] = end
            places[index] = row
    return tuple(places)


def trace(path: Path, shape: MarkShape, place: Position, radius: float) -> None:
    """Add one closed outline of a shape to a path."""
    x, y = place
    if shape is MarkShape.CIRCLE:
        _trace_circle(path, x, y, radius)
        return
    for index, (right, up) in enumerate(_CORNERS[shape]):
        move = path.lineTo if index else path.moveTo
        move(_short(x + right * radius), _short(y + up * radius))
    path.closePath()


def _trace_circle(path: Path, x: float, y: float, radius: float) -> None:
    bend = 0.5523 * radius
    path.moveTo(_short(x + radius), _short(y))
    for corner in (
        (x + radius, y + bend, x + bend, y + radius, x, y + radius),
        (x - bend, y + radius, x - radius, y + bend, x - radius, y),
        (x - radius, y - bend, x - bend, y - radius, x, y - radius),
        (x + bend, y - radius, x + radius, y - bend, x + radius, y),
    ):
        path.curveTo(*map(_short, corner))
    path.closePath()


_CORNERS: dict[MarkShape, tuple[Position, ...]] = {
    MarkShape.SQUARE: ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    MarkShape.TRIANGLE: ((-1.1, -0.8), (1.1, -0.8), (0.0, 1.2)),
    MarkShape.DIAMOND: ((0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)),
    MarkShape.STAR: (
        (0.0, 1.4), (0.34, 0.47), (1.33, 0.43), (0.55, -0.18), (0.82, -1.13),
        (0.0, -0.58), (-0.82, -1.13), (-0.55, -0.18), (-1.33, 0.43), (-0.34, 0.47),
    ),
}  # fmt: skip


def _short(number: float) -> float:
    # A hundredth of a point is finer than any printer and keeps the file small.
    return round(number, 2)


@cache
def _colour(code: str) -> Color:
    return HexColor(code)
