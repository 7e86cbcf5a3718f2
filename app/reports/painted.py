"""Paints a drawing on paper, in vectors and in the bundled fonts."""

from collections.abc import Iterable
from functools import cache

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from app.drawing.vocabulary import (
    Block,
    Disc,
    Drawing,
    Element,
    Frame,
    Group,
    Line,
    Outline,
    Polyline,
    Position,
    Text,
)
from app.lettering import run_width
from app.palette import Palette
from app.reports.fonts import Fonts

_SOFT_STEPS = 16


class Painted(Flowable):
    """A drawing set on a page, each of its pixels ``scale`` points wide."""

    def __init__(
        self, drawing: Drawing, palette: Palette, fonts: Fonts, scale: float = 1.0
    ) -> None:
        super().__init__()
        self.drawing, self.scale = drawing, scale
        self.width, self.height = drawing.width * scale, drawing.height * scale
        self._palette = palette
        self._fonts = fonts
        for text in _texts(drawing.parts):
            fonts.runs(text.text, text.weight)  # the document learns of boxes before it is drawn

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Ask for its own size."""
        return self.width, self.height

    def draw(self) -> None:
        """Paint it where the page has put it."""
        canvas = self.canv
        canvas.saveState()
        canvas.scale(self.scale, self.scale)
        paint_on(canvas, self.drawing, self._palette, self._fonts)
        canvas.restoreState()


def paint_on(canvas: Canvas, drawing: Drawing, palette: Palette, fonts: Fonts) -> None:
    """Paint a drawing with its lower left corner where the canvas counts from."""
    _Painter(canvas, drawing.height, palette, fonts).paint(drawing.parts)


def _texts(parts: Iterable[Element | Group]) -> Iterable[Text]:
    for part in parts:
        elements = part.elements if isinstance(part, Group) else (part,)
        yield from (each for each in elements if isinstance(each, Text))


class _Painter:
    """Paints elements on one canvas; paper counts from below."""

    def __init__(self, canvas: Canvas, height: float, palette: Palette, fonts: Fonts) -> None:
        self._canvas = canvas
        self._height = height
        self._palette = palette
        self._fonts = fonts

    def paint(self, parts: Iterable[Element | Group]) -> None:
        """Paint parts of a drawing, from below to above."""
        for part in parts:
            if isinstance(part, Group):
                self._clipped(part)
            else:
                self._one(part)

    def _clipped(self, group: Group) -> None:
        if not group.elements:
            return
        self._canvas.saveState()
        left, right, bottom = group.left, group.right, self._height
        corners = ((left, 0.0), (right, 0.0), (right, bottom), (left, bottom))
        self._canvas.clipPath(self._path(corners, is_closed=True), stroke=0, fill=0)
        for element in group.elements:
            self._one(element)
        self._canvas.restoreState()

    def _one(self, element: Element) -> None:
        match element:
            case Line():
                self._line(element)
            case Polyline():
                self._stroke(element.role, element.width)
                self._canvas.setLineJoin(1)
                self._canvas.drawPath(self._path(element.places), stroke=1, fill=0)
            case Outline():
                self._filled(self._path(element.corners, is_closed=True), element)
            case Disc():
                path = self._canvas.beginPath()
                path.circle(*self._at(element.centre), _short(element.radius))
                self._filled(path, element)
            case Block():
                self._block(element)
            case Frame():
                self._frame(element)
            case Text():
                self._text(element)

    def _line(self, line: Line) -> None:
        self._stroke(line.role, line.width, line.alpha, line.dash)
        self._canvas.line(*self._at(line.start), *self._at(line.end))

    def _stroke(
        self, role: str, width: float, alpha: float = 1.0, dash: tuple[float, ...] = ()
    ) -> None:
        self._canvas.setStrokeColor(self._colour(role), alpha)
        self._canvas.setLineWidth(width)
        self._canvas.setDash(list(dash))

    def _fill(self, role: str, alpha: float = 1.0) -> None:
        self._canvas.setFillColor(self._colour(role), alpha)

    def _filled(self, path: object, element: Outline | Disc) -> None:
        if element.fill:
            self._fill(element.fill, element.alpha)
        if element.edge:
            self._stroke(element.edge, element.width)
        self._canvas.drawPath(path, stroke=bool(element.edge), fill=bool(element.fill))

    def _block(self, block: Block) -> None:
        """Paint a bar; one that comes or goes softly in layers, each a little shorter.

        Layers that lie on one another leave no gaps between them, as steps side by side would.
        """
        fades = block.fade_left + block.fade_right
        if not fades:
            self._bar(block, block.left, block.width, block.alpha)
            return
        covered = 0.0
        for step in range(_SOFT_STEPS + 1):
            share, strength = (
                step / _SOFT_STEPS,
                min(1.0, (step + 0.5) / _SOFT_STEPS) * block.alpha,
            )
            left, width = block.left + share * block.fade_left, block.width - share * fades
            if width > 0:
                self._bar(block, left, width, (strength - covered) / (1.0 - covered))
            covered = strength

    def _bar(self, block: Block, left: float, width: float, alpha: float) -> None:
        self._fill(block.role, alpha)
        x, y = self._at((left, block.top + block.height))
        sides = (_short(width), _short(block.height))
        if block.radius and not (block.fade_left or block.fade_right):
            self._canvas.roundRect(x, y, *sides, _short(block.radius), stroke=0, fill=1)
        else:
            self._canvas.rect(x, y, *sides, stroke=0, fill=1)

    def _frame(self, frame: Frame) -> None:
        if frame.fill:
            self._fill(frame.fill)
        self._stroke(frame.role, frame.line, frame.alpha, frame.dash)
        half = frame.line / 2
        x, y = self._at((frame.left + half, frame.top + frame.height - half))
        sides = (_short(frame.width - frame.line), _short(frame.height - frame.line))
        radius = _short(frame.radius)
        self._canvas.roundRect(x, y, *sides, radius, stroke=1, fill=bool(frame.fill))

    def _text(self, text: Text) -> None:
        self._fill(text.role)
        x, y = self._at((text.x, text.y))
        for run in self._fonts.runs(text.text, text.weight):
            self._canvas.setFont(run.font, text.size)
            self._canvas.drawString(_short(x), y, run.text)
            x += run_width(run, text.size)

    def _path(self, corners: Iterable[Position], *, is_closed: bool = False) -> object:
        path = self._canvas.beginPath()
        for number, corner in enumerate(corners):
            (path.lineTo if number else path.moveTo)(*self._at(corner))
        if is_closed:
            path.close()
        return path

    def _at(self, place: Position) -> Position:
        return _short(place[0]), _short(self._height - place[1])

    def _colour(self, role: str) -> Color:
        """Return the colour of a role; the ground of a drawing is that of the paper."""
        return _colour(self._palette["surface" if role == "background" else role])


def _short(number: float) -> float:
    # A hundredth of a point is finer than any printer and keeps the file small.
    return round(number, 2)


@cache
def _colour(code: str) -> Color:
    return HexColor(code)
