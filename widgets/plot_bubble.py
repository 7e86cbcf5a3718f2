"""Paints the small label that says what is pointed at, held inside the plot."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from app.drawing.measure import Letters, Measure
from app.drawing.spots import Spot
from app.drawing.vocabulary import Line, Position
from widgets.plot_painting import Colours, DrawingPainter

_WIDEST = 320
_LINE = 18


def paint_bubble(
    painter: QPainter,
    spot: Spot,
    size: tuple[float, float],
    between: tuple[float, float],
    colours: Colours,
    measure: Measure,
) -> None:
    """Paint a ring around a mark and its words beside it; the first line is the strongest.

    A day has a line of its own, from the first to the second of ``between``.
    """
    px, writer = measure.px, DrawingPainter(painter, colours)
    if spot.is_day:
        top, bottom = between
        x = spot.centre[0]
        writer.paint([Line((x, top), (x, bottom), "ink_soft", dash=(2.0, 3.0))])
    if spot.visit:
        painter.setPen(colours.pen("focus", 2.5))
        painter.setBrush(colours.colour("background", 0.0))
        painter.drawEllipse(QPointF(*spot.centre), px(9), px(9))
    lines = _lines(spot.words, measure)
    box = _box(lines, spot.centre, size, measure)
    painter.setPen(colours.pen("line", 1))
    painter.setBrush(colours.colour("surface"))
    painter.drawRoundedRect(box, 8, 8)
    for number, (text, letters) in enumerate(lines):
        middle = box.top() + px(8) + (number + 0.5) * px(_LINE)
        role = "ink" if letters is Letters.SMALL_STRONG else "ink_soft"
        writer.paint([measure.text(box.left() + px(12), middle, text, letters, role)])


def _lines(words: str, measure: Measure) -> list[tuple[str, Letters]]:
    head, *rest = words.split("\n")
    told = [(head, Letters.SMALL_STRONG), *((text, Letters.SMALL) for text in rest)]
    return [
        (line, letters)
        for text, letters in told
        for line in measure.wrapped(text, letters, _WIDEST)
    ]


def _box(
    lines: list[tuple[str, Letters]],
    at: Position,
    size: tuple[float, float],
    measure: Measure,
) -> QRectF:
    px = measure.px
    width = max((measure.width(*line) for line in lines), default=0.0) + px(24)
    height = len(lines) * px(_LINE) + px(16)
    x = at[0] + px(14)
    if x + width > size[0] - px(4):
        x = at[0] - px(14) - width
    y = min(max(at[1] - height - px(8), px(4)), size[1] - height - px(4))
    return QRectF(max(px(4), x), y, width, height)
