"""Paints a drawing with Qt, in the colours of a palette."""

from collections.abc import Iterable
from functools import cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from app.drawing.measure import Measure
from app.drawing.shapes import CORNERS
from app.drawing.vocabulary import (
    Block,
    Disc,
    Element,
    Frame,
    Group,
    Line,
    Outline,
    Polyline,
    Position,
    Text,
)
from app.lettering import Weight
from app.palette import Palette
from app.trends.figure import MarkShape
from widgets.theme import BASE_TEXT, load_fonts

_FAMILIES = ["Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Symbols 2"]


def measure_of(font: QFont) -> Measure:
    """Return how large a drawing is in a font; never below the usual size."""
    return Measure(max(1.0, font.pixelSize() / BASE_TEXT) if font.pixelSize() > 0 else 1.0)


@cache
def drawing_font(size: float, weight: Weight) -> QFont:
    """Return the bundled font, set as wide as its tables say, and no other."""
    load_fonts()
    font = QFont(_FAMILIES)
    font.setPixelSize(round(size))
    font.setBold(weight is Weight.BOLD)
    font.setKerning(False)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("liga"), 0)
    return font


@cache
def shape_path(shape: MarkShape) -> QPainterPath:
    """Return a shape of about one unit across, around the origin."""
    path = QPainterPath()
    if shape is MarkShape.CIRCLE:
        path.addEllipse(QRectF(-0.5, -0.5, 1, 1))
    else:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in CORNERS[shape]]))
        path.closeSubpath()
    return path


class Colours:
    """The colours of a palette, by role and how much of one covers what lies below."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._made: dict[tuple[str, float], QColor] = {}

    def colour(self, role: str, alpha: float = 1.0) -> QColor:
        """Return the colour of a role, as opaque as asked."""
        key = (role, alpha)
        if key not in self._made:
            colour = QColor(self._palette[role])
            colour.setAlphaF(alpha)
            self._made[key] = colour
        return self._made[key]

    def pen(self, role: str, width: float = 1.0, alpha: float = 1.0) -> QPen:
        """Return a pen in the colour of a role."""
        return QPen(self.colour(role, alpha), width)


class DrawingPainter:
    """Paints elements with one painter, exactly where they stand."""

    def __init__(self, painter: QPainter, colours: Colours) -> None:
        self._painter = painter
        self._colours = colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

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
        self._painter.save()
        tall = 1e6
        self._painter.setClipRect(QRectF(group.left, -tall, group.right - group.left, 2 * tall))
        for element in group.elements:
            self._one(element)
        self._painter.restore()

    def _one(self, element: Element) -> None:
        match element:
            case Line():
                self._line(element)
            case Polyline():
                self._polyline(element)
            case Outline():
                self._outline(element)
            case Disc():
                self._disc(element)
            case Block():
                self._block(element)
            case Frame():
                self._frame(element)
            case Text():
                self._text(element)

    def _line(self, line: Line) -> None:
        """Draw a line; one that is straight across or down stands on whole pixels."""
        pen = self._colours.pen(line.role, line.width, line.alpha)
        if line.dash:
            pen.setDashPattern([length / line.width for length in line.dash])
        if line.alpha < 1.0:  # two ends on one another would show as a dot
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._painter.setPen(pen)
        (x1, y1), (x2, y2) = line.start, line.end
        if x1 == x2:
            x1 = x2 = round(x1) + 0.5
        if y1 == y2:
            y1 = y2 = round(y1) + 0.5
        self._painter.drawLine(QLineF(x1, y1, x2, y2))

    def _polyline(self, line: Polyline) -> None:
        self._painter.setPen(self._colours.pen(line.role, line.width))
        self._painter.drawPolyline(_polygon(line.places))

    def _outline(self, outline: Outline) -> None:
        self._ink(outline)
        self._painter.drawPolygon(_polygon(outline.corners))

    def _disc(self, disc: Disc) -> None:
        self._ink(disc)
        self._painter.drawEllipse(QPointF(*disc.centre), disc.radius, disc.radius)

    def _ink(self, shape: Outline | Disc) -> None:
        colours, fill, edge = self._colours, shape.fill, shape.edge
        self._painter.setPen(colours.pen(edge, shape.width) if edge else Qt.PenStyle.NoPen)
        brush = colours.colour(fill, shape.alpha) if fill else Qt.BrushStyle.NoBrush
        self._painter.setBrush(brush)

    def _block(self, block: Block) -> None:
        """Draw a bar; one with straight ends on whole pixels, so that neighbours meet."""
        box = QRectF(block.left, block.top, block.width, block.height)
        if block.radius:
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(self._brush(block))
            self._painter.drawRoundedRect(box, block.radius, block.radius)
        else:
            left, top = round(block.left), round(block.top)
            right = max(left + 1, round(block.left + block.width))
            bottom = max(top + 1, round(block.top + block.height))
            brush = self._brush(block)
            self._painter.fillRect(QRectF(left, top, right - left, bottom - top), brush)

    def _brush(self, block: Block) -> QBrush:
        """Return a plain brush, or one that fades where an edge is not exact."""
        colour = self._colours.colour(block.role, block.alpha)
        if not (block.fade_left or block.fade_right):
            return QBrush(colour)
        clear = self._colours.colour(block.role, 0.0)
        fade = QLinearGradient(block.left, 0.0, block.left + block.width, 0.0)
        fade.setColorAt(0.0, clear if block.fade_left else colour)
        fade.setColorAt(block.fade_left / block.width, colour)
        fade.setColorAt(1.0 - block.fade_right / block.width, colour)
        fade.setColorAt(1.0, clear if block.fade_right else colour)
        return QBrush(fade)

    def _frame(self, frame: Frame) -> None:
        pen = self._colours.pen(frame.role, frame.line, frame.alpha)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        if frame.dash:
            pen.setDashPattern([length / frame.line for length in frame.dash])
        self._painter.setPen(pen)
        fill = frame.fill
        self._painter.setBrush(self._colours.colour(fill) if fill else Qt.BrushStyle.NoBrush)
        half = frame.line / 2
        box = QRectF(frame.left, frame.top, frame.width, frame.height)
        box = box.adjusted(half, half, -half, -half)
        self._painter.drawRoundedRect(box, frame.radius, frame.radius)

    def _text(self, text: Text) -> None:
        self._painter.setFont(drawing_font(text.size, text.weight))
        self._painter.setPen(self._colours.colour(text.role))
        self._painter.drawText(QPointF(text.x, text.y), text.text)


def _polygon(places: Iterable[Position]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in places])
