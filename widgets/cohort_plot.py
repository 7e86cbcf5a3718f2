"""Two quiet drawings of many patients: thin lines with their median, and the steps of a curve.

Both are laid out by ``app.drawing.cohort`` and painted from it. They can be pointed at and walked
through with the arrow keys; what they show stands in words for whoever cannot see it.
"""

from bisect import bisect_right
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.drawing.cohort import (
    Axes,
    fan_axes,
    fan_drawing,
    patient_elements,
    steps_axes,
    steps_drawing,
)
from app.drawing.measure import Measure
from app.drawing.vocabulary import Drawing
from app.palette import Palette
from app.trends.cohort import DAYS
from app.trends.cohort_figure import Fan, Steps
from widgets.plot_painting import Colours, DrawingPainter, measure_of

_NEAR = 10.0
"""How close a pointer must be to a line, in pixels."""
_MOVES = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1,
}  # fmt: skip
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class _Still(QWidget):
    """A drawing that is painted once for each width, and then shown as a picture.

    It is as high as it is asked to be, or higher where its words need that.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._colours: Colours | None = None
        self._picture: QPixmap | None = None
        self._wished = 0
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_height(self, height: int) -> None:
        """Be so high from now on."""
        if height != self._wished:
            self._wished = height
            self._lay_out()

    def _axes(self) -> Axes | None:
        """Return where things stand at the size at hand; nothing before anything is shown."""
        raise NotImplementedError

    def _drawing(self) -> Drawing | None:
        """Return what stands still; nothing before anything is shown."""
        raise NotImplementedError

    def _paint_above(self, painter: QPainter, colours: Colours) -> None:
        """Paint what changes while one points; nothing by default."""

    def _measure(self) -> Measure:
        return measure_of(self.font())

    def _size(self) -> tuple[float, float]:
        return float(self.width()), float(self._wished)

    def _show_anew(self, palette: Palette, told: str) -> None:
        self._colours = Colours(palette)
        self.setAccessibleDescription(told)
        self._lay_out()

    def _lay_out(self) -> None:
        axes = self._axes()
        self._picture = None
        self.setFixedHeight(self._wished if axes is None else ceil(axes.height))
        self.update()

    def _painted(self, colours: Colours) -> QPixmap | None:
        drawing = self._drawing()
        if drawing is None:
            return None
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        DrawingPainter(painter, colours).paint(drawing.parts)
        painter.end()
        return picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what stands still, from its picture, and what changes above it."""
        super().paintEvent(event)
        colours = self._colours
        if colours is None:
            return
        if self._picture is None:
            self._picture = self._painted(colours)
        painter = QPainter(self)
        if self._picture is not None:
            painter.drawPixmap(0, 0, self._picture)
        self._paint_above(painter, colours)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay it out anew."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Lay it out anew where the text has another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._lay_out()


class FanPlot(_Still):
    """Thin lines, the band of the quartiles and the median; says which line is pointed at."""

    pointed = Signal(str)  # internal id of a patient; empty where none is
    patient_chosen = Signal(str)  # internal id

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._fan: Fan | None = None
        self._at = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_fan(self, fan: Fan, palette: Palette) -> None:
        """Show other lines, none of them pointed at."""
        self._fan, self._at = fan, -1
        self._show_anew(palette, fan.told)

    def where(self, patient: str, day: int) -> QPointF:
        """Return where a patient's line stands on one of the days; nowhere if it has a gap."""
        fan, axes = self._fan, self._axes()
        for line in () if fan is None else fan.lines:
            value = line.values[DAYS.index(day)]
            if axes is not None and line.patient == patient and value is not None:
                return QPointF(*axes.at(day, value))
        return QPointF(-1, -1)

    def _axes(self) -> Axes | None:
        fan = self._fan
        return None if fan is None else fan_axes(fan, self._size(), self._measure())

    def _drawing(self) -> Drawing | None:
        fan, axes = self._fan, self._axes()
        if fan is None or axes is None:
            return None
        return fan_drawing(fan, axes, self._measure())

    def _point_at(self, place: int) -> None:
        if self._fan is not None and place != self._at:
            self._at = place
            self.pointed.emit(self._fan.lines[place].patient if place >= 0 else "")
            self.update()

    def _nearest(self, where: QPointF) -> int:
        """Return the place of the line under the pointer, or -1."""
        fan, axes = self._fan, self._axes()
        if fan is None or axes is None:
            return -1
        day = axes.day(where.x())
        place = min(max(bisect_right(DAYS, day) - 1, 0), len(DAYS) - 2)
        share = (day - DAYS[place]) / (DAYS[place + 1] - DAYS[place])
        best, found = _NEAR, -1
        for number, line in enumerate(fan.lines):
            low, high = line.values[place], line.values[place + 1]
            if low is not None and high is not None:
                away = abs(axes.y(low + (high - low) * share) - where.y())
                if away < best:
                    best, found = away, number
        return found

    def _paint_above(self, painter: QPainter, colours: Colours) -> None:
        fan, axes = self._fan, self._axes()
        if fan is not None and axes is not None and 0 <= self._at < len(fan.lines):
            chosen = patient_elements(fan, axes, self._at)
            DrawingPainter(painter, colours).paint(chosen)
        if self.hasFocus():
            painter.setPen(colours.pen("focus", 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

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


class StepPlot(_Still):
    """The steps of a curve with their interval, and how many are at risk under the axis."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._steps: Steps | None = None

    def show_steps(self, steps: Steps, palette: Palette) -> None:
        """Show another curve."""
        self._steps = steps
        self._show_anew(palette, steps.told)

    def _axes(self) -> Axes | None:
        steps = self._steps
        return None if steps is None else steps_axes(steps, self._size(), self._measure())

    def _drawing(self) -> Drawing | None:
        steps, axes = self._steps, self._axes()
        if steps is None or axes is None:
            return None
        return steps_drawing(steps, axes, self._measure())
