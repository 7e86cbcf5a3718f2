"""Colours, fonts and shapes of the course plot, all from a palette and the size of the text."""

from functools import cache
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPen, QPolygonF

from app.palette import Palette
from app.trends.figure import MarkShape
from widgets.theme import BASE_TEXT, load_fonts

_FAMILIES = ["Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Symbols 2"]


def picture_font() -> QFont:
    """Return the bundled font at its usual size, for a picture that stands without a window."""
    load_fonts()
    font = QFont(_FAMILIES)
    font.setPixelSize(BASE_TEXT)
    return font


class Style:
    """What the painters of one plot share. ``unit`` scales every distance with the text."""

    def __init__(self, palette: Palette, font: QFont) -> None:
        self._palette = palette
        self.unit = max(1.0, font.pixelSize() / BASE_TEXT) if font.pixelSize() > 0 else 1.0
        self.title = self._font(font, 14, is_bold=True)
        self.text = self._font(font, 13)
        self.strong = self._font(font, 13, is_bold=True)
        self.small = self._font(font, 12)
        self.small_strong = self._font(font, 12, is_bold=True)
        self._metrics: dict[int, QFontMetricsF] = {}

    def _font(self, base: QFont, pixels: int, *, is_bold: bool = False) -> QFont:
        font = QFont(base)
        font.setPixelSize(round(pixels * self.unit))
        font.setBold(is_bold)
        return font

    def px(self, pixels: float) -> float:
        """Return a distance, grown with the text."""
        return round(pixels * self.unit)

    def colour(self, role: str, alpha: float = 1.0) -> QColor:
        """Return the colour of a role, as opaque as asked."""
        colour = QColor(self._palette[role])
        colour.setAlphaF(alpha)
        return colour

    def pen(self, role: str, width: float = 1.0, alpha: float = 1.0) -> QPen:
        """Return a pen in the colour of a role."""
        return QPen(self.colour(role, alpha), width)

    def metrics(self, font: QFont) -> QFontMetricsF:
        """Return the metrics of one of this style's fonts."""
        return self._metrics.setdefault(id(font), QFontMetricsF(font))

    def width(self, text: str, font: QFont) -> float:
        """Return how wide a text is."""
        return self.metrics(font).horizontalAdvance(text)

    def elided(self, text: str, font: QFont, width: float) -> str:
        """Return a text cut to a width, with dots where it was cut."""
        return self.metrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)

    def wrapped(self, text: str, font: QFont, width: float) -> tuple[str, ...]:
        """Break a text into lines that fit, between words."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, font) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return tuple(lines)


@cache
def shape_path(shape: MarkShape) -> QPainterPath:
    """Return a shape of about one unit across, around the origin."""
    path = QPainterPath()
    if shape is MarkShape.CIRCLE:
        path.addEllipse(QRectF(-0.5, -0.5, 1, 1))
    elif shape is MarkShape.SQUARE:
        path.addRect(QRectF(-0.45, -0.45, 0.9, 0.9))
    else:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in _CORNERS[shape]]))
        path.closeSubpath()
    return path


def _star() -> tuple[tuple[float, float], ...]:
    """Return ten corners, the outer ones further out, the first straight up."""
    return tuple(
        (sin(pi * n / 5) * (0.62 - 0.34 * (n % 2)), -cos(pi * n / 5) * (0.62 - 0.34 * (n % 2)))
        for n in range(10)
    )


_CORNERS = {
    MarkShape.TRIANGLE: ((0.0, -0.58), (0.56, 0.42), (-0.56, 0.42)),
    MarkShape.DIAMOND: ((0.0, -0.62), (0.62, 0.0), (0.0, 0.62), (-0.62, 0.0)),
    MarkShape.STAR: _star(),
}
