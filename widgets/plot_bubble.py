"""Paints the small label that says what is pointed at, held inside the plot."""

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from widgets.plot_places import Spot
from widgets.plot_style import Style

_WIDEST = 320


def paint_bubble(painter: QPainter, spot: Spot, size: QSizeF, style: Style) -> None:
    """Paint a ring around a mark and its words beside it; the first line is the strongest."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if spot.visit:
        painter.setPen(style.pen("focus", 2.5))
        painter.setBrush(style.colour("background", 0.0))
        painter.drawEllipse(spot.centre, style.px(9), style.px(9))
    head, *rest = spot.words.split("\n")
    lines = [(line, True) for line in style.wrapped(head, style.small_strong, _WIDEST)]
    lines += [(line, False) for text in rest for line in style.wrapped(text, style.small, _WIDEST)]
    box = _box(lines, spot.centre, size, style)
    painter.setPen(style.pen("line", 1))
    painter.setBrush(style.colour("surface"))
    painter.drawRoundedRect(box, 8, 8)
    _lines(painter, lines, box, style)


def _box(lines: list[tuple[str, bool]], at: QPointF, size: QSizeF, style: Style) -> QRectF:
    px = style.px
    fonts = {True: style.small_strong, False: style.small}
    width = max((style.width(text, fonts[strong]) for text, strong in lines), default=0.0) + px(24)
    height = len(lines) * px(18) + px(16)
    x = at.x() + px(14)
    if x + width > size.width() - px(4):
        x = at.x() - px(14) - width
    y = min(max(at.y() - height - px(8), px(4)), size.height() - height - px(4))
    return QRectF(max(px(4), x), y, width, height)


def _lines(painter: QPainter, lines: list[tuple[str, bool]], box: QRectF, style: Style) -> None:
    px, y = style.px, box.top() + style.px(8)
    for text, is_strong in lines:
        painter.setFont(style.small_strong if is_strong else style.small)
        painter.setPen(style.colour("ink" if is_strong else "ink_soft"))
        rect = QRectF(box.left() + px(12), y, box.width(), px(18))
        painter.drawText(rect, 0x0080 | 0x0001, text)
        y += px(18)
