"""Paints the treatment lanes: bars with dose steps, single doses, soft edges, running arrows."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPen, QPolygonF

from app.trends.figure import Bar
from widgets.plot_layout import LanePlace, Layout
from widgets.plot_style import Style
from widgets.plot_time import TimeScale

_SOFT = 28
_LEAST = 2
_OUTLINE = 1.5
_HOLLOW = 6


class LanePainter:
    """Paints the lanes of one plot; ``scale`` is the stretch of time in view."""

    def __init__(self, painter: QPainter, scale: TimeScale, style: Style) -> None:
        self._painter = painter
        self._scale = scale
        self._style = style

    def paint(self, layout: Layout) -> None:
        """Paint every lane, nothing outside the axis but the arrows."""
        self._painter.save()
        for place in layout.lanes:
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            self._painter.setPen(self._style.pen("grid"))
            y = round(place.rect.bottom()) - 0.5
            self._painter.drawLine(QLineF(place.rect.left(), y, place.rect.right(), y))
            for bar in place.lane.bars:
                self._bar(place, bar)
        self._painter.restore()

    def _bar(self, place: LanePlace, bar: Bar) -> None:
        rect = bar_rect(place, bar, self._scale, self._style)
        seen = rect.intersected(
            QRectF(place.rect.left(), rect.top(), place.rect.width(), rect.height())
        )
        if seen.width() <= 0:
            return
        if bar.is_running:
            self._arrow(seen.right(), place.bar_bottom - place.bar / 2)
        colour = self._style.colour(place.lane.colour)
        if bar.is_planned:
            self._hollow(seen, bar, colour)
            return
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._brush(bar, rect, colour))
        is_alone = bar.start == bar.stop or len(place.lane.bars) == 1
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=is_alone)
        if is_alone:
            radius = min(3.0, seen.width() / 2)
            self._painter.drawRoundedRect(seen, radius, radius)
        else:
            self._painter.drawRect(seen.toAlignedRect())

    def _hollow(self, rect: QRectF, bar: Bar, colour: QColor) -> None:
        """Draw the outline of what is planned; broken where an edge is not exact."""
        pen = QPen(colour, max(1.0, self._style.px(_OUTLINE)))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        if bar.soft_start or bar.soft_stop:
            pen.setStyle(Qt.PenStyle.DashLine)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(pen)
        self._painter.setBrush(self._style.colour("background"))
        half = pen.widthF() / 2
        self._painter.drawRect(rect.adjusted(half, half, -half, -half))

    def _brush(self, bar: Bar, rect: QRectF, colour: QColor) -> QBrush:
        """Return a plain brush, or one that fades where an edge is not exact."""
        if bar.start == bar.stop or not (bar.soft_start or bar.soft_stop):
            return QBrush(colour)
        clear = QColor(colour)
        clear.setAlphaF(0.0)
        share = min(0.5, self._style.px(_SOFT) / max(1.0, rect.width()))
        fade = QLinearGradient(rect.topLeft(), rect.topRight())
        fade.setColorAt(0.0, clear if bar.soft_start else colour)
        fade.setColorAt(share, colour)
        fade.setColorAt(1.0 - share, colour)
        fade.setColorAt(1.0, clear if bar.soft_stop else colour)
        return QBrush(fade)

    def _arrow(self, right: float, y: float) -> None:
        """Draw the arrow of a treatment that still runs; bars side by side share it."""
        x, size = right + self._style.px(5), self._style.px(4)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._style.colour("ink"))
        corners = [QPointF(x, y - size), QPointF(x + size * 1.7, y), QPointF(x, y + size)]
        self._painter.drawPolygon(QPolygonF(corners))


def bar_rect(place: LanePlace, bar: Bar, scale: TimeScale, style: Style) -> QRectF:
    """Return where a bar stands; a single dose is three pixels wide, a pause two high.

    What is hollow is wide and high enough to be seen as that.
    """
    least = style.px(_HOLLOW) if bar.is_planned else float(_LEAST)
    height = max(least, place.bar * bar.height)
    left, right = scale.px(bar.start), scale.px(bar.stop)
    if bar.start == bar.stop:
        half = least / 2 if bar.is_planned else style.px(1.5)
        left, right = left - half, left + half
    top = place.bar_bottom - height
    return QRectF(left, top, max(least, right - left), height)
