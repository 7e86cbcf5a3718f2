"""Two quiet drawings of many patients: thin lines with their median, and the steps of a curve.

Both are laid out by ``app.drawing.cohort`` and painted from it. They can be pointed at and walked
through with the arrow keys; what they show stands in words for whoever cannot see it.
"""

from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from math import ceil

from msgspec import Struct
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

Size = tuple[float, float]

_NEAR = 10.0
"""How close a pointer must be to a line, in pixels."""
_MOVES = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1,
}  # fmt: skip
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class _Shown(Struct, frozen=True):
    """What is shown: its colours, and how it is laid out."""

    colours: Colours
    axes_of: Callable[[Size, Measure], Axes]
    drawing_of: Callable[[Axes, Measure], Drawing]


class _Still(QWidget):
    """A drawing that is painted once for each width, and then shown as a picture.

    It is as high as it is asked to be, or higher where its words need that.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._shown: _Shown | None = None
        self._picture: QPixmap | None = None
        self._wished = 0
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_height(self, height: int) -> None:
        """Be so high from now on."""
        self._wished = height
        self._lay_out()

    def _show(self, shown: _Shown, told: str) -> None:
        self._shown = shown
        self.setAccessibleDescription(told)
        self._lay_out()

    def _axes(self, shown: _Shown) -> Axes:
        """Return where things stand at the width at hand."""
        size = float(self.width()), float(self._wished)
        return shown.axes_of(size, measure_of(self.font()))

    def _lay_out(self) -> None:
        self._picture = None
        shown = self._shown
        self.setFixedHeight(self._wished if shown is None else ceil(self._axes(shown).height))
        self.update()

    def _painted(self, shown: _Shown) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        drawing = shown.drawing_of(self._axes(shown), measure_of(self.font()))
        DrawingPainter(painter, shown.colours).paint(drawing.parts)
        painter.end()
        return picture

    def _paint_above(self, painter: QPainter, shown: _Shown) -> None:
        """Paint what changes while one points; nothing by default."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what stands still, from its picture, and what changes above it."""
        super().paintEvent(event)
        shown = self._shown
        if shown is None:
            return
        if self._picture is None:
            self._picture = self._painted(shown)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        self._paint_above(painter, shown)
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
        laid_out = partial(fan_axes, fan), partial(fan_drawing, fan)
        self._show(_Shown(Colours(palette), *laid_out), fan.told)

    def where(self, patient: str, day: int) -> QPointF:
        """Return where a patient's line stands on one of the days; nowhere if it has a gap."""
        fan, shown = self._fan, self._shown
        for line in () if fan is None else fan.lines:
            value = line.values[DAYS.index(day)]
            if shown is not None and line.patient == patient and value is not None:
                return QPointF(*self._axes(shown).at(day, value))
        return QPointF(-1, -1)

    def _point_at(self, place: int) -> None:
        if self._fan is not None and place != self._at:
            self._at = place
            self.pointed.emit(self._fan.lines[place].patient if place >= 0 else "")
            self.update()

    def _nearest(self, where: QPointF) -> int:
        """Return the place of the line under the pointer, or -1."""
        fan, shown = self._fan, self._shown
        if fan is None or shown is None:
            return -1
        axes = self._axes(shown)
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

    def _paint_above(self, painter: QPainter, shown: _Shown) -> None:
        if self._fan is not None and self._at >= 0:
            chosen = patient_elements(self._fan, self._axes(shown), self._at)
            DrawingPainter(painter, shown.colours).paint(chosen)
        if self.hasFocus():
            painter.setPen(shown.colours.pen("focus", 2.0))
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

    def show_steps(self, steps: Steps, palette: Palette) -> None:
        """Show another curve."""
        laid_out = partial(steps_axes, steps), partial(steps_drawing, steps)
        self._show(_Shown(Colours(palette), *laid_out), steps.told)
