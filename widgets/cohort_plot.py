"""Two quiet drawings of many patients: thin lines with their median, and the steps of a curve.

Both are painted by Qt itself from a value that says what stands where. They can be pointed at and
walked through with the arrow keys; what they show stands in words for whoever cannot see it.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.palette import Palette
from app.trends.cohort import DAYS
from app.trends.cohort_figure import Fan, Steps, Stroke, Tick, strokes

_NEAR = 10.0
"""How close a pointer must be to a line, in pixels."""
_THIN, _MANY = 0.35, 40
"""How dark one thin line is, and from how many on they grow fainter beside the median."""
_MOVES = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1,
}  # fmt: skip
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class _Frame:
    """Where days and values stand on a widget, and its axes."""

    def __init__(
        self,
        widget: QWidget,
        days: tuple[float, float],
        values: tuple[float, float],
        up: Sequence[Tick],
    ) -> None:
        metrics = widget.fontMetrics()
        self.line = float(metrics.height())
        left = max((metrics.horizontalAdvance(each.label) for each in up), default=0) + 16.0
        room = QRectF(widget.rect()).adjusted(left, self.line, -self.line * 1.5, 0)
        room.setBottom(room.bottom() - 2 * self.line - 8)
        self.room = room
        self._days = days
        self._values = values

    def x(self, day: float) -> float:
        """Return where a day stands."""
        first, last = self._days
        return self.room.left() + (day - first) / max(last - first, 1) * self.room.width()

    def between(self, x: float) -> tuple[int, float]:
        """Return after which of ``DAYS`` a place stands, and how far on towards the next."""
        first, last = self._days
        day = first + (x - self.room.left()) / max(self.room.width(), 1) * (last - first)
        place = min(max(bisect_right(DAYS, day) - 1, 0), len(DAYS) - 2)
        return place, (day - DAYS[place]) / (DAYS[place + 1] - DAYS[place])

    def y(self, value: float) -> float:
        """Return where a value stands."""
        lowest, highest = self._values
        share = (value - lowest) / max(highest - lowest, 1e-9)
        return self.room.bottom() - share * self.room.height()

    def point(self, day: float, value: float) -> QPointF:
        """Return where a value on a day stands."""
        return QPointF(self.x(day), self.y(value))


class _Drawing(QWidget):
    """A drawing with two axes. ``show_colours`` comes before anything is painted."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._palette: Palette | None = None
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _colour(self, role: str, alpha: float = 1.0) -> QColor:
        colour = QColor("black" if self._palette is None else self._palette[role])
        colour.setAlphaF(alpha)
        return colour

    def _paint_axes(
        self, painter: QPainter, frame: _Frame, up: Sequence[Tick], across: Sequence[Tick]
    ) -> None:
        for tick in up:
            y = frame.y(tick.at)
            painter.setPen(QPen(self._colour("grid"), 1))
            painter.drawLine(QPointF(frame.room.left(), y), QPointF(frame.room.right(), y))
            painter.setPen(self._colour("ink_soft"))
            box = QRectF(0, y - frame.line, frame.room.left() - 8, 2 * frame.line)
            painter.drawText(box, _RIGHT, tick.label)
        for tick in self._with_room(frame, across):
            wide = self._width(tick) + 8
            for number, text in enumerate((tick.label, tick.below)):
                top = frame.room.bottom() + 6 + number * frame.line
                box = QRectF(frame.x(tick.at) - wide / 2, top, wide, frame.line)
                painter.setPen(self._colour("ink_soft" if number else "ink"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _with_room(self, frame: _Frame, ticks: Sequence[Tick]) -> list[Tick]:
        """Return the last tick, and from the first on those that touch neither it nor another."""
        kept: list[Tick] = list(ticks[-1:])
        for tick in ticks[:-1]:
            apart = (abs(frame.x(tick.at) - frame.x(one.at)) for one in kept)
            room = (self._width(tick) + self._width(one) for one in kept)
            if all(far >= wide / 2 + 12 for far, wide in zip(apart, room, strict=True)):
                kept.append(tick)
        return kept

    def _width(self, tick: Tick) -> float:
        metrics = self.fontMetrics()
        return max(metrics.horizontalAdvance(text) for text in (tick.label, tick.below))


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FanPlot(_Drawing):
    """Thin lines, the band of the quartiles and the median; says which line is pointed at."""

    pointed = Signal(str)  # internal id of a patient; empty where none is
    patient_chosen = Signal(str)  # internal id

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._fan: Fan | None = None
        self._thin: QPixmap | None = None
        self._at = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_fan(self, fan: Fan, palette: Palette, height: int) -> None:
        """Show other lines, none of them pointed at."""
        self._fan, self._palette, self._thin, self._at = fan, palette, None, -1
        self.setFixedHeight(height)
        self.setAccessibleDescription(fan.told)
        self.update()

    def where(self, patient: str, day: int) -> QPointF:
        """Return where a patient's line stands on one of the days; nowhere if it has a gap."""
        fan, frame = self._fan, self._frame()
        for line in () if fan is None else fan.lines:
            value = line.values[DAYS.index(day)]
            if line.patient == patient and value is not None:
                return frame.point(day, value)
        return QPointF(-1, -1)

    def _frame(self) -> _Frame:
        fan = self._fan
        if fan is None:
            return _Frame(self, (0, 1), (0, 1), ())
        return _Frame(self, (DAYS[0], DAYS[-1]), (fan.lowest, fan.highest), fan.up)

    def _point_at(self, place: int) -> None:
        if self._fan is not None and place != self._at:
            self._at = place
            self.pointed.emit(self._fan.lines[place].patient if place >= 0 else "")
            self.update()

    def _nearest(self, where: QPointF) -> int:
        """Return the place of the line under the pointer, or -1."""
        fan, frame = self._fan, self._frame()
        if fan is None:
            return -1
        best, found = _NEAR, -1
        place, share = frame.between(where.x())
        for number, line in enumerate(fan.lines):
            low, high = line.values[place], line.values[place + 1]
            if low is not None and high is not None:
                away = abs(frame.y(low + (high - low) * share) - where.y())
                if away < best:
                    best, found = away, number
        return found

    def _thin_lines(self, frame: _Frame, fan: Fan) -> QPixmap:
        """Return all thin lines as one picture, which pointing at one does not change."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Totals are few, so many lines share a stroke: each is drawn once, as dark as all of them.
        drawn = Counter(stroke for line in fan.lines for stroke in strokes(line.values))
        one = _THIN * min(1.0, _MANY / max(len(fan.lines), 1))
        for stroke, count in drawn.items():
            painter.setPen(QPen(self._colour("series1", 1 - (1 - one) ** count), 1.2))
            self._draw(painter, frame, stroke)
        painter.end()
        return picture

    def _run(self, painter: QPainter, frame: _Frame, values: Sequence[float | None]) -> None:
        """Draw a line with its gaps; a value between two gaps is a dot."""
        for stroke in strokes(values):
            self._draw(painter, frame, stroke)

    def _draw(self, painter: QPainter, frame: _Frame, stroke: Stroke) -> None:
        place, value, after = stroke
        if after is None:
            painter.drawEllipse(frame.point(DAYS[place], value), 1.5, 1.5)
        else:
            painter.drawLine(frame.point(DAYS[place], value), frame.point(DAYS[place + 1], after))

    def _paint_band(self, painter: QPainter, frame: _Frame, fan: Fan) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour("series1", 0.16))
        for low, high in zip(strokes(fan.q1), strokes(fan.q3), strict=True):
            (place, low_here, low_next), (_, high_here, high_next) = low, high
            if low_next is not None and high_next is not None:
                here, there = DAYS[place], DAYS[place + 1]
                corners = (
                    (here, low_here),
                    (there, low_next),
                    (there, high_next),
                    (here, high_here),
                )
                painter.drawPolygon(QPolygonF([frame.point(*corner) for corner in corners]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes, band, thin lines, the median, and the line that is pointed at."""
        super().paintEvent(event)
        fan = self._fan
        if fan is None:
            return
        frame = self._frame()
        if self._thin is None:
            self._thin = self._thin_lines(frame, fan)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter, frame, fan.up, fan.across)
        self._paint_band(painter, frame, fan)
        painter.setPen(QPen(self._colour("ink_soft"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(frame.point(0, fan.lowest), frame.point(0, fan.highest))
        painter.drawPixmap(0, 0, self._thin)
        painter.setPen(QPen(self._colour("series1"), 3))
        self._run(painter, frame, fan.median)
        if 0 <= self._at < len(fan.lines):
            painter.setPen(QPen(self._colour("ink"), 2))
            self._run(painter, frame, fan.lines[self._at].values)
        if self.hasFocus():
            painter.setPen(QPen(self._colour("focus"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the thin lines anew."""
        super().resizeEvent(event)
        self._thin = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the line under the pointer."""
        self._point_at(self._nearest(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the line under the pointer."""
        place = self._nearest(event.position())
        if self._fan is not None and place >= 0:
            self.patient_chosen.emit(self._fan.lines[place].patient)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at none any more."""
        super().focusOutEvent(event)
        self._point_at(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the lines with the arrows, and choose with Enter."""
        key, fan = Qt.Key(event.key()), self._fan
        if fan is not None and fan.lines and key in _MOVES:
            self._point_at((self._at + _MOVES[key]) % len(fan.lines) if self._at >= 0 else 0)
        elif fan is not None and self._at >= 0 and key in _OPENS:
            self.patient_chosen.emit(fan.lines[self._at].patient)
        else:
            super().keyPressEvent(event)


class StepPlot(_Drawing):
    """The steps of a curve with their interval, and how many are at risk under the axis."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._steps: Steps | None = None

    def show_steps(self, steps: Steps, palette: Palette, height: int) -> None:
        """Show another curve."""
        self._steps, self._palette = steps, palette
        self.setFixedHeight(height)
        self.setAccessibleDescription(steps.told)
        self.update()

    def _frame(self, steps: Steps) -> _Frame:
        return _Frame(self, (0, steps.steps[-1].day), (0, 1), steps.up)

    def _paint_steps(self, painter: QPainter, frame: _Frame, steps: Steps) -> None:
        corners = [frame.point(0, 1)]
        share = 1.0
        low: float | None = None
        high: float | None = None
        before = 0
        for step in steps.steps:
            if low is not None and high is not None:
                box = QRectF(frame.point(before, high), frame.point(step.day, low))
                painter.fillRect(box, self._colour("series2", 0.18))
            corners += [frame.point(step.day, share), frame.point(step.day, step.share)]
            share, low, high, before = step.share, step.low, step.high, step.day
        painter.setPen(QPen(self._colour("series2"), 2.5))
        painter.drawPolyline(QPolygonF(corners))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes, interval and steps."""
        super().paintEvent(event)
        steps = self._steps
        if steps is None or not steps.steps:
            return
        frame = self._frame(steps)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter, frame, steps.up, steps.across)
        self._paint_steps(painter, frame, steps)
        painter.end()
