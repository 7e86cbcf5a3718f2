"""Paints a drawing on paper, in vectors and in the bundled fonts."""

from collections.abc import Iterator
from functools import cache

from reportlab.graphics.shapes import Circle, Group, Line, Path, PolyLine, Rect, Shape, String
from reportlab.graphics.shapes import Drawing as Sheet
from reportlab.lib.colors import Color, HexColor

from app.drawing import vocabulary as drawn
from app.lettering import run_width
from app.palette import Palette
from app.reports.fonts import Fonts

_SOFT_STEPS = 8


def painted(drawing: drawn.Drawing, palette: Palette, fonts: Fonts, scale: float = 1.0) -> Sheet:
    """Return a drawing as shapes of a page, each pixel ``scale`` points wide."""
    sheet = Sheet(drawing.width * scale, drawing.height * scale)
    painter = _Painter(drawing.height, palette, fonts)
    content = Group(*painter.parts(drawing.parts))
    content.scale(scale, scale)
    sheet.add(content)
    return sheet


class _Painter:
    """Turns elements into shapes; paper counts from below."""

    def __init__(self, height: float, palette: Palette, fonts: Fonts) -> None:
        self._height = height
        self._palette = palette
        self._fonts = fonts

    def parts(self, parts: tuple[drawn.Element | drawn.Group, ...]) -> Iterator[Shape]:
        """Yield what is drawn, from below to above."""
        for part in parts:
            if isinstance(part, drawn.Group):
                yield self._clipped(part)
            else:
                yield from self._shapes(part)

    def _clipped(self, group: drawn.Group) -> Group:
        corners = ((group.left, 0.0), (group.right, 0.0))
        window = self._closed((*corners, *((x, self._height) for x, _ in reversed(corners))))
        window.isClipPath = 1
        window.fillColor = window.strokeColor = None
        return Group(window, *(shape for each in group.elements for shape in self._shapes(each)))

    def _shapes(self, element: drawn.Element) -> Iterator[Shape]:
        """Return the shapes of one element."""
        match element:
            case drawn.Line():
                shapes = self._line(element)
            case drawn.Polyline():
                shapes = self._polyline(element)
            case drawn.Outline():
                shapes = self._outline(element)
            case drawn.Disc():
                shapes = self._disc(element)
            case drawn.Block():
                shapes = self._block(element)
            case drawn.Frame():
                shapes = self._frame(element)
            case drawn.Text():
                shapes = self._text(element)
        return shapes

    def _line(self, line: drawn.Line) -> Iterator[Shape]:
        ends = (*self._at(line.start), *self._at(line.end))
        shape = Line(*ends, strokeColor=self._colour(line.role), strokeWidth=line.width)
        shape.strokeOpacity = _opacity(line.alpha)
        shape.strokeDashArray = list(line.dash)
        yield shape

    def _polyline(self, line: drawn.Polyline) -> Iterator[Shape]:
        flat = [number for place in line.places for number in self._at(place)]
        colour = self._colour(line.role)
        yield PolyLine(flat, strokeColor=colour, strokeWidth=line.width, strokeLineJoin=1)

    def _outline(self, outline: drawn.Outline) -> Iterator[Shape]:
        yield self._filled(self._closed(outline.corners), outline)

    def _disc(self, disc: drawn.Disc) -> Iterator[Shape]:
        yield self._filled(Circle(*self._at(disc.centre), _short(disc.radius)), disc)

    def _block(self, block: drawn.Block) -> Iterator[Shape]:
        """Yield a bar; where it comes softly, in steps that are each a little stronger."""
        left, right = block.left + block.fade_left, block.left + block.width - block.fade_right
        if right > left:
            yield self._bar(block, left, right - left, block.alpha)
        for step in range(_SOFT_STEPS):
            alpha = block.alpha * (step + 0.5) / _SOFT_STEPS
            for edge, width, sign in (
                (block.left, block.fade_left / _SOFT_STEPS, 1),
                (block.left + block.width, block.fade_right / _SOFT_STEPS, -1),
            ):
                if width:
                    start = edge + sign * (step + (sign < 0)) * width
                    yield self._bar(block, start, width, alpha)

    def _bar(self, block: drawn.Block, left: float, width: float, alpha: float) -> Rect:
        x, y = self._at((left, block.top + block.height))
        is_whole = width == block.width
        radius = _short(block.radius) if is_whole else 0.0
        bar = Rect(x, y, _short(width), _short(block.height), rx=radius, ry=radius)
        bar.fillColor, bar.strokeColor = self._colour(block.role), None
        bar.fillOpacity = _opacity(alpha)
        return bar

    def _frame(self, frame: drawn.Frame) -> Iterator[Shape]:
        half = frame.line / 2
        x, y = self._at((frame.left + half, frame.top + frame.height - half))
        sides = (_short(frame.width - frame.line), _short(frame.height - frame.line))
        shape = Rect(x, y, *sides, rx=_short(frame.radius), ry=_short(frame.radius))
        shape.fillColor = self._colour(frame.fill)
        shape.strokeColor, shape.strokeWidth = self._colour(frame.role), frame.line
        shape.strokeOpacity = _opacity(frame.alpha)
        shape.strokeDashArray = list(frame.dash)
        yield shape

    def _text(self, text: drawn.Text) -> Iterator[Shape]:
        x, y = self._at((text.x, text.y))
        for run in self._fonts.runs(text.text, text.weight):
            yield String(
                _short(x), y, run.text, fontName=run.font, fontSize=text.size,
                fillColor=self._colour(text.role),
            )  # fmt: skip
            x += run_width(run, text.size)

    def _filled(self, shape: Path | Circle, element: drawn.Outline | drawn.Disc) -> Path | Circle:
        shape.fillColor = self._colour(element.fill)
        shape.strokeColor = self._colour(element.edge)
        shape.strokeWidth = element.width
        return shape

    def _closed(self, corners: tuple[drawn.Position, ...]) -> Path:
        path = Path()
        for number, corner in enumerate(corners):
            (path.lineTo if number else path.moveTo)(*self._at(corner))
        path.closePath()
        return path

    def _at(self, place: drawn.Position) -> drawn.Position:
        return _short(place[0]), _short(self._height - place[1])

    def _colour(self, role: str) -> Color | None:
        """Return the colour of a role; the ground of a drawing is that of the paper."""
        if not role:
            return None
        return _colour(self._palette["surface" if role == "background" else role])


def _opacity(alpha: float) -> float | None:
    return None if alpha == 1.0 else alpha


def _short(number: float) -> float:
    # A hundredth of a point is finer than any printer and keeps the file small.
    return round(number, 2)


@cache
def _colour(code: str) -> Color:
    return HexColor(code)
