"""The course on screen: the one door to pyqtgraph. Import this module where a plot is first shown.

Marks are pyqtgraph items, a set a panel, on the same time axis as what is painted below them.
A hand moves time and turns it nearer or further; y never moves.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

# isort: split
# pyqtgraph binds to the Qt that is imported first, so it stands after PySide6.
import pyqtgraph as pg

from app.drawing.measure import Measure
from app.drawing.panels import has_rims, mark_size
from app.drawing.places import PanelPlace, least_height
from app.drawing.sheet import Stretch, sheet_drawing
from app.drawing.spots import Spot
from app.drawing.time_scale import TimeScale
from app.drawing.view import CourseView
from app.drawing.vocabulary import Drawing
from app.palette import Palette, load_palette
from app.trends.axis import Extent, TimeWords
from app.trends.figure import Figure
from widgets.plot_bubble import paint_bubble
from widgets.plot_keys import STEPS, moved_by_key
from widgets.plot_layer import Clip, MovingLayer
from widgets.plot_painting import Colours, DrawingPainter, measure_of, shape_path
from widgets.plot_pointer import PlotPointer

_MARGIN = 8.0
_RIM = 1.5
_LEAST_WIDTH = 480


class _Canvas(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph ships no types
    """The pyqtgraph view: panels as view boxes, with the ground behind and the words before."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setViewportUpdateMode(self.ViewportUpdateMode.FullViewportUpdate)
        self._clip = Clip()
        self._layer = MovingLayer(self._clip)
        self.scene().addItem(self._clip)
        self._boxes: list[pg.ViewBox] = []
        self._points: list[pg.ScatterPlotItem] = []
        self._colours: Colours | None = None
        self._view: CourseView | None = None
        self._drawing: Drawing | None = None
        self._spot: Spot | None = None

    def take(self, view: CourseView, colours: Colours) -> None:
        """Take a figure, laid out: one set of points a panel, as large as the drawing says."""
        if colours is self._colours:
            self._fit_marks(view, colours)
        else:
            self._take_anew(view, colours)

    def _take_anew(self, view: CourseView, colours: Colours) -> None:
        for box in self._boxes:
            self.scene().removeItem(box)
        self._colours, self._boxes = colours, []
        self._points = [_points(place, view.measure, colours) for place in view.layout.panels]
        for points in self._points:
            box = pg.ViewBox(enableMenu=False, enableMouse=False)
            box.addItem(points, ignoreBounds=True)
            self.scene().addItem(box)
            self._boxes.append(box)

    def _fit_marks(self, view: CourseView, colours: Colours) -> None:
        """Give the marks of the same figure the size that another layout says."""
        for points, place in zip(self._points, view.layout.panels, strict=True):
            points.setPen(_rim(place, colours))
            points.setSize(mark_size(place) * view.measure.unit)

    def show_view(self, view: CourseView, spot: Spot | None) -> None:
        """Show a stretch of time and what is pointed at; the panels keep their full range."""
        if view is not self._view:
            self.resetCachedContent()
            self._drawing = view.still()
            self._show_layer(view)
        self._view, self._spot = view, spot
        for box, place in zip(self._boxes, view.layout.panels, strict=True):
            _set_window(box, place, view.scale)
        self.viewport().update()

    def _show_layer(self, view: CourseView) -> None:
        """Shift what moves as it is; it is painted anew where more than its place has changed."""
        layout, scale = view.layout, view.scale
        if self._colours is not None and not view.moves_like(self._view):
            group = view.moving()
            wide = group.right - group.left
            box = QRectF(group.left, 0.0, wide, layout.needed)
            self._layer.show_elements(group.elements, self._colours, box)
        self._clip.set_box(QRectF(scale.left, 0.0, scale.width, layout.needed))
        self._layer.setPos(round(view.shift), 0.0)  # whole pixels, as it was painted

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:  # noqa: N802 - Qt's name
        """Paint what lies behind the marks."""
        if self._drawing is not None and self._colours is not None:
            painter.fillRect(rect, self._colours.colour("background"))
            DrawingPainter(painter, self._colours).paint(self._drawing.ground)

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:  # noqa: N802 - Qt's name
        """Paint the words, and the label of what is pointed at."""
        if self._drawing is None or self._colours is None or self._view is None:
            return
        words = DrawingPainter(painter, self._colours)
        words.paint(self._drawing.words)
        words.paint(self._view.levels(self._spot))
        if self._spot is not None:
            size, layout = (self.width(), self.height()), self._view.layout
            between = (layout.top, layout.ticks_top)
            paint_bubble(painter, self._spot, size, between, self._colours, self._view.measure)


def _points(place: PanelPlace, measure: Measure, colours: Colours) -> pg.ScatterPlotItem:
    panel = place.panel
    return pg.ScatterPlotItem(
        x=[mark.x for mark in panel.marks],
        y=[float(mark.y) for mark in panel.marks],
        symbol=[shape_path(mark.shape) for mark in panel.marks],
        brush=pg.mkBrush(colours.colour(panel.colour)),
        pen=_rim(place, colours),
        size=mark_size(place) * measure.unit,
        pxMode=True,
        antialias=True,
    )


def _rim(place: PanelPlace, colours: Colours) -> QPen:
    """Return the edge of a panel's marks; where they stand closely they have none."""
    rim = _RIM if has_rims(place) else 0.0
    return QPen(pg.mkPen(colours.colour("background", 1.0 if rim else 0.0), width=rim))


def _set_window(box: pg.ViewBox, place: PanelPlace, scale: TimeScale) -> None:
    """Give a box its place, a little larger than the plot so that no mark is cut at its edge."""
    plot, panel = place.plot, place.panel
    around = QRectF(plot.left, plot.top, plot.width, plot.height)
    box.setGeometry(around.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))
    days = _MARGIN * scale.days_per_pixel
    low, high = float(panel.lowest), float(panel.highest)
    points = _MARGIN * (high - low) / max(1.0, plot.height)
    box.setRange(
        xRange=(scale.lowest - days, scale.highest + days),
        yRange=(low - points, high + points),
        padding=0,
        disableAutoRange=True,
    )


class CoursePlot(QWidget):
    """A patient's course: score panels above treatment lanes on one true time axis.

    Left and right move from mark to mark, Enter opens the visit, Escape lets go; plus and minus
    turn time nearer or further, with Shift the arrows move it, 0 shows again what it opened on.
    The notes and the raters of the figure are not drawn here: whoever shows the plot must show
    them beside it.
    """

    visit_chosen = Signal(str)  # the internal id of the visit
    visit_hovered = Signal(object)  # the internal id of the visit, or None
    panel_chosen = Signal(str)  # the key of a folded panel that was pressed
    window_changed = Signal(object)  # the Extent in view; told again where it was laid out anew

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: Figure | None = None
        self._view: CourseView | None = None
        self._spot: Spot | None = None
        self._held: CourseView | None = None
        self._size = (0, 0)
        self._colours = Colours(load_palette("light"))
        self._time: TimeWords | None = None
        self._canvas = _Canvas(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._listen(PlotPointer(self))

    def _listen(self, pointer: PlotPointer) -> None:
        pointer.pointed.connect(self._on_pointed)
        pointer.clicked.connect(self._on_clicked)
        pointer.drag_begun.connect(self._on_drag_begun)
        pointer.dragged.connect(self._on_dragged)
        pointer.moved.connect(self._on_moved)
        pointer.zoomed.connect(self._on_zoomed)
        pointer.reset.connect(self.go_home)
        pointer.gone.connect(self._on_gone)

    @property
    def view(self) -> CourseView | None:
        """The stretch of time that is shown, laid out; ``None`` before the first figure."""
        return self._view

    @property
    def spot(self) -> Spot | None:
        """What is pointed at, by pointer or keys; ``None`` where nothing is."""
        return self._spot

    def show_figure(self, figure: Figure, palette: Palette, time: TimeWords | None = None) -> None:
        """Draw a figure; what was pointed at is let go.

        On the axis of the figure before, the stretch in view stays; another axis shows what it
        opens on. ``time`` labels what is zoomed in on; without it the figure's own ticks stand.
        """
        if self._view is not None and self._view.figure.axis != figure.axis:
            self._view = None
        self._time = time
        self._figure, self._colours = figure, Colours(palette)
        self.setAccessibleName(figure.title)
        self.setAccessibleDescription(figure.summary)
        self._lay_out()

    def _lay_out(self) -> None:
        """Lay the figure out anew; a plot that is too low asks for the height it needs."""
        if self._figure is None:
            return
        self._spot = None
        self.setMinimumHeight(self.needed_height(self.width()))
        self._size = (self.width(), max(self.height(), self.minimumHeight()))
        self._canvas.setGeometry(0, 0, *self._size)
        view = CourseView.of(self._figure, measure_of(self.font()), self._size, self._time)
        if self._view is not None and not self._view.is_home:
            view = view.shown(self._view.window)
        self._canvas.take(view, self._colours)
        self._show(view)

    def needed_height(self, width: int) -> int:
        """Return the least height at which nothing is crowded at this width."""
        if self._figure is None:
            return 0
        return round(least_height(self._figure, width, measure_of(self.font())))

    def show_window(self, window: Extent) -> None:
        """Show a stretch of time, no further than the course goes."""
        if self._view is not None:
            self._move_to(self._view.shown(window))

    @Slot()
    def go_home(self) -> None:
        """Show again the stretch that the figure opens on."""
        if self._view is not None:
            self._move_to(self._view.home())

    def _move_to(self, view: CourseView) -> None:
        """Show another stretch; what was pointed at stands elsewhere now."""
        self._spot = None
        self._show(view)

    def _show(self, view: CourseView) -> None:
        before, self._view = self._view, view
        self._canvas.show_view(view, self._spot)
        if before is None or before.layout is not view.layout or before.window != view.window:
            self.window_changed.emit(view.window)

    def _point_at(self, spot: Spot | None) -> None:
        """Show what a spot says, and tell which visit it is."""
        before = self._spot.visit if self._spot else ""
        self._spot = spot
        if self._view is not None:
            self._show(self._view)
        now = spot.visit if spot else ""
        self.setCursor(Qt.CursorShape.PointingHandCursor if now else Qt.CursorShape.ArrowCursor)
        if now != before:
            self.visit_hovered.emit(now or None)

    def _step(self, count: int) -> None:
        """Point at the mark so many places later, bring it into view, and say it."""
        spot = None if self._view is None else self._view.neighbour(self._spot, count)
        if self._view is None or spot is None:
            return
        self._show(self._view.showing(spot))
        self._point_at(self._view.neighbour(spot, 0))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spot.words))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the last visit when the keyboard comes in."""
        super().focusInEvent(event)
        by_keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in by_keys and self._spot is None:
            self._step(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move over the marks, open the visit, move time or turn it nearer, or let go."""
        at = self._spot.centre[0] if self._spot else None
        moved = None if self._view is None else moved_by_key(self._view, event, at)
        if moved is not None:
            self._move_to(moved)
        elif event.key() in STEPS:
            self._step(STEPS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._spot:
            self._choose()
        elif event.key() == Qt.Key.Key_Escape and self._spot:
            self._point_at(None)
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        if self._spot is not None and self._spot.visit:
            self.visit_chosen.emit(self._spot.visit)

    @Slot(QPointF)
    def _on_pointed(self, at: QPointF) -> None:
        if self._view is not None:
            self._point_at(self._view.spot_at((at.x(), at.y())))

    @Slot(QPointF)
    def _on_clicked(self, at: QPointF) -> None:
        """Choose a folded panel, or the visit of a mark; elsewhere say what is there."""
        folded = "" if self._view is None else self._view.folded_at((at.x(), at.y()))
        if folded:
            self.panel_chosen.emit(folded)
        elif self._view is not None:
            self._point_at(self._view.spot_at((at.x(), at.y())))
            self._choose()

    @Slot()
    def _on_drag_begun(self) -> None:
        self._held = self._view

    @Slot(float)
    def _on_dragged(self, pixels: float) -> None:
        if self._held is not None:
            self._move_to(self._held.panned(pixels))

    @Slot(float)
    def _on_moved(self, pixels: float) -> None:
        if self._view is not None:
            self._move_to(self._view.panned(pixels))

    @Slot(float, float)
    def _on_zoomed(self, at: float, factor: float) -> None:
        if self._view is not None:
            self._move_to(self._view.zoomed(at, factor))

    @Slot()
    def _on_gone(self) -> None:
        self._point_at(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the figure out for the new size; once, if it comes with the first showing."""
        super().resizeEvent(event)
        height = max(self.height(), self.minimumHeight())
        if self._view is None or (self.width(), height) != self._size:
            self._lay_out()

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which nothing is crowded."""
        return QSize(_LEAST_WIDTH, self.needed_height(max(self.width(), _LEAST_WIDTH)))


def picture(
    figure: Figure,
    palette: Palette,
    size: tuple[int, int],
    heading: str = "",
    stretch: Stretch | None = None,
) -> QImage:
    """Draw a figure with its raters and notes; the picture grows where this height is too low.

    ``heading`` is the line above it that says whose course it is.
    """
    drawing = sheet_drawing(figure, size, heading, stretch)
    image = QImage(size[0], round(drawing.height), QImage.Format.Format_RGB32)
    image.fill(palette["background"])
    with QPainter(image) as painter:
        DrawingPainter(painter, Colours(palette)).paint(drawing.parts)
    return image
