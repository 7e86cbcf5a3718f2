"""The whole course in a strip below the plot, with the stretch in view as a brush on it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.palette import Palette
from app.trends.axis import Extent
from app.trends.figure import Figure, Panel
from widgets.plot_painting import Colours
from widgets.theme import set_role

_HEIGHT = 32
_AIR = 6
_GRIP = 14
"""How near to an end of the brush a press takes that end."""
_LEAST_BRUSH = 8
_BESIDE = 10


class Overview(QWidget):
    """Shows the chosen panel's line from first to last day; dragging the brush moves the view.

    ``told`` stands left of it, and says which stretch is in view.
    A press beside the brush brings it there, its ends make it wider or narrower. It takes no keys:
    the plot's own do the same.
    """

    window_asked = Signal(object)  # Extent

    def __init__(self) -> None:
        super().__init__()
        self._figure: Figure | None = None
        self._colours: Colours | None = None
        self._window = Extent(0.0, 1.0)
        self._sides = (0.0, 0.0)
        self._grip: tuple[bool, bool] = (False, False)
        self._from = 0.0
        self.told = QLabel(self)
        self.told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.told.setWordWrap(True)
        self.told.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_role(self.told, "small")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_figure(self, figure: Figure, palette: Palette) -> None:
        """Take the course whose whole is shown."""
        self._figure, self._colours = figure, Colours(palette)
        self.setVisible(bool(figure.panels))
        self.update()

    def stand_below(self, left: float, right: float) -> None:
        """Have the course stand between these pixels, as it does in the plot above."""
        self._sides = (left, right)
        self._place_told()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words left of the course."""
        super().resizeEvent(event)
        self._place_told()

    def _place_told(self) -> None:
        self.told.setGeometry(0, 0, max(0, round(self._sides[0]) - _BESIDE), self.height())

    @Slot(object)
    def show_window(self, window: Extent) -> None:
        """Show which stretch is in view."""
        self._window = window
        self.update()

    @property
    def brush(self) -> QRectF:
        """Where the stretch in view stands."""
        left, right = self._px(self._window.lowest), self._px(self._window.highest)
        return QRectF(left, 1, max(right - left, _LEAST_BRUSH), self.height() - 2)

    def sizeHint(self) -> QSize:
        """Ask for a low strip, two lines of words high."""
        return QSize(200, max(_HEIGHT, 2 * self.told.fontMetrics().lineSpacing() + 4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, the course, and the brush over it."""
        if self._figure is None or self._colours is None:
            return
        colours = self._colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self._sides[0], 1, self._sides[1] - self._sides[0], self.height() - 2)
        painter.setPen(colours.pen("line"))
        painter.setBrush(colours.colour("surface"))
        painter.drawRoundedRect(ground, 6, 6)
        painter.setPen(colours.pen("accent", 1.4))
        painter.setBrush(colours.colour("accent", 0.12))
        painter.drawRoundedRect(self.brush, 6, 6)
        self._course(painter, colours)

    def _course(self, painter: QPainter, colours: Colours) -> None:
        panel = self._panel()
        if panel is None:
            return
        painter.setPen(QPen(colours.colour("ink_soft"), 1.2))
        for run in panel.lines:
            points = [QPointF(self._px(x), self._y(panel, float(y))) for x, y in run]
            painter.drawPolyline(QPolygonF(points))

    def _panel(self) -> Panel | None:
        panels = () if self._figure is None else self._figure.panels
        chosen = () if self._figure is None else self._figure.chosen
        return next((one for one in panels if one.key in chosen), next(iter(panels), None))

    def _y(self, panel: Panel, value: float) -> float:
        low, high = float(panel.lowest), float(panel.highest)
        return self.height() - _AIR - (value - low) / (high - low) * (self.height() - 2 * _AIR)

    def _whole(self) -> Extent:
        axis = None if self._figure is None else self._figure.axis
        return Extent(0.0, 1.0) if axis is None else Extent(axis.first, axis.last)

    def _days_per_pixel(self) -> float:
        return self._whole().width / max(1.0, self._sides[1] - self._sides[0])

    def _px(self, day: float) -> float:
        return self._sides[0] + (day - self._whole().lowest) / self._days_per_pixel()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the brush, or one end of it; beside it, bring it here first."""
        x, brush = event.position().x(), self.brush
        near = (abs(x - brush.left()) <= _GRIP, abs(x - brush.right()) <= _GRIP)
        if near == (True, True):
            near = (False, False)
        if not (any(near) or brush.left() <= x <= brush.right()):
            days = (x - brush.center().x()) * self._days_per_pixel()
            self._ask(Extent(self._window.lowest + days, self._window.highest + days))
        self._grip, self._from = near, x

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the brush, or the end that was taken."""
        days = (event.position().x() - self._from) * self._days_per_pixel()
        self._from = event.position().x()
        starts, ends = self._grip
        is_whole = not (starts or ends)
        lowest = self._window.lowest + (days if starts or is_whole else 0.0)
        highest = self._window.highest + (days if ends or is_whole else 0.0)
        if lowest < highest:
            self._ask(Extent(lowest, highest))

    def _ask(self, window: Extent) -> None:
        self.window_asked.emit(window)
