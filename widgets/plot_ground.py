"""Paints what lies behind the marks: spans, grids, bands, age marks, start lines."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.trends.figure import AgeNote, Band, Figure, Mark
from widgets.plot_layout import Layout, PanelPlace, span_events
from widgets.plot_style import Style, shape_path
from widgets.plot_time import TimeScale


class GroundPainter:
    """Paints the ground of one plot; ``scale`` is the stretch of time in view."""

    def __init__(self, painter: QPainter, layout: Layout, scale: TimeScale, style: Style) -> None:
        self._painter = painter
        self._layout = layout
        self._scale = scale
        self._style = style

    def paint(self, figure: Figure) -> None:
        """Paint everything behind the marks, nothing outside the axis."""
        self._painter.save()
        self._painter.setClipRect(self._clip())
        self._spans(figure)
        for place in self._layout.panels:
            self._panel(place)
        self._starts(figure)
        self._today(figure)
        for place in self._layout.panels:
            if not place.is_folded:
                self._marks_behind(place)
        self._painter.restore()

    def _clip(self) -> QRectF:
        margin = self._style.px(10)
        width = self._scale.right - self._scale.left + 2 * margin
        return QRectF(self._scale.left - margin, 0, width, self._layout.needed * 4)

    def _bottom(self) -> float:
        return self._layout.ticks_top - self._style.px(2)

    def _spans(self, figure: Figure) -> None:
        for event in span_events(figure):
            left = self._scale.px(event.x)
            right = self._scale.px(event.stop if event.stop is not None else event.x)
            top = self._style.px(20)
            rect = QRectF(left, top, max(2.0, right - left), self._bottom() - top)
            self._painter.fillRect(rect, self._style.colour("relapse_soft"))

    def _panel(self, place: PanelPlace) -> None:
        self._painter.setPen(self._style.pen("grid"))
        if place.is_folded:
            y = round(place.plot.bottom()) + 0.5
            self._painter.drawLine(QLineF(place.plot.left(), y, place.plot.right(), y))
            return
        for band in place.panel.bands:
            self._band(place, band)
        self._painter.setPen(self._style.pen("grid"))
        for tick in place.panel.ticks:
            y = round(y_of(place, float(tick.y))) + 0.5
            self._painter.drawLine(QLineF(place.plot.left(), y, place.plot.right(), y))

    def _band(self, place: PanelPlace, band: Band) -> None:
        top, bottom = y_of(place, float(band.high)), y_of(place, float(band.low))
        rect = QRectF(place.plot.left(), top, place.plot.width(), bottom - top)
        self._painter.fillRect(rect, self._style.colour(place.panel.colour, 0.12))

    def _starts(self, figure: Figure) -> None:
        """Draw the start lines through every panel and lane, but through no words."""
        air = self._style.px(4)
        stretches = [(p.plot.top() - air, p.plot.bottom() + air) for p in self._layout.panels]
        if self._layout.lanes:
            stretches.append((self._layout.lanes[0].rect.top(), self._layout.events_top - air))
        for start in figure.starts:
            pen = QPen(self._style.colour("accent", 1.0 if start.is_chosen else 0.55), 1.4)
            pen.setDashPattern([3, 3])
            self._painter.setPen(pen)
            x = round(self._scale.px(start.x)) + 0.5
            for top, bottom in stretches:
                self._painter.drawLine(QLineF(x, top, x, bottom))

    def _today(self, figure: Figure) -> None:
        """Draw the line for today through the lanes: what is planned stands behind it."""
        if figure.today is None or not self._layout.lanes:
            return
        x = round(self._scale.px(figure.today.x)) + 0.5
        self._painter.setPen(self._style.pen("ink", 1.4))
        bottom = self._layout.ticks_top
        self._painter.drawLine(QLineF(x, self._layout.lanes[0].rect.top(), x, bottom))

    def _marks_behind(self, place: PanelPlace) -> None:
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for note in place.panel.age_notes:
            self._age_note(place, note)
        for mark in place.panel.marks:
            if mark.is_approximate:
                self._period(place, mark)

    def _age_note(self, place: PanelPlace, note: AgeNote) -> None:
        """Draw what typical people of one age score: its range, and its median as a short bar."""
        x, half = self._scale.px(note.x), self._style.px(5)
        low, high = y_of(place, float(note.low)), y_of(place, float(note.high))
        middle = y_of(place, float(note.median))
        self._painter.setPen(self._style.pen("ink_soft", 1.6))
        self._painter.drawLine(QLineF(x, low, x, high))
        for y in (low, middle, high):
            self._painter.drawLine(QLineF(x - half, y, x + half, y))

    def _period(self, place: PanelPlace, mark: Mark) -> None:
        """Draw how far a date that is not exact may reach."""
        y = y_of(place, float(mark.y))
        pen = self._style.pen(place.panel.colour, self._style.px(5), 0.3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._painter.setPen(pen)
        left, right = self._scale.px(mark.x_from), self._scale.px(mark.x_to)
        self._painter.drawLine(QLineF(left, y, right, y))


def y_of(place: PanelPlace, value: float) -> float:
    """Return the pixel of a value in a panel; the worst score is at the top."""
    low, high = float(place.panel.lowest), float(place.panel.highest)
    return place.plot.bottom() - (value - low) / (high - low) * place.plot.height()


def draw_shape(painter: QPainter, at: QPointF, shape: object, size: float) -> None:
    """Draw a shape with the painter's own pen and brush."""
    painter.save()
    painter.translate(at)
    pen = painter.pen()
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.scale(size, size)
    painter.drawPath(shape_path(shape))
    painter.restore()
