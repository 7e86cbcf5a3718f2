"""One view of a figure: its layout, the stretch of time in view, and what can be done with it."""

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter

from app.trends.figure import Figure
from widgets.plot_axis import AxisPainter
from widgets.plot_bubble import paint_bubble
from widgets.plot_ground import GroundPainter
from widgets.plot_lanes import LanePainter
from widgets.plot_layout import Layout, layout_of
from widgets.plot_places import Spot, spot_at, visit_spots
from widgets.plot_style import Style
from widgets.plot_time import TimeScale
from widgets.plot_words import WordsPainter

_KEPT_IN_VIEW = 0.25
_DRAG_FROM = 5
STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Home: -(10**6),
    Qt.Key.Key_End: 10**6,
}
"""How many marks a key moves on; Home and End are held at the ends."""


class PlotView(Struct, frozen=True):
    """A figure laid out in a widget of some size, showing one stretch of time."""

    figure: Figure
    style: Style
    layout: Layout
    scale: TimeScale

    @classmethod
    def of(cls, figure: Figure, style: Style, size: QSizeF) -> "PlotView":
        """Lay a figure out and show its whole axis."""
        layout = layout_of(figure, size.width(), size.height(), style)
        return cls(figure, style, layout, layout.scale)

    def panned(self, pixels: float) -> "PlotView":
        """Return the view dragged by so many pixels; a quarter always stays on the course."""
        moved = self.scale.moved(-pixels * self.scale.days_per_pixel)
        return self._held(moved)

    def showing(self, spot: Spot) -> "PlotView":
        """Return a view that holds a spot, unmoved if it already does."""
        if self.scale.holds(spot.x):
            return self
        middle = (self.scale.lowest + self.scale.highest) / 2
        return self._held(self.scale.moved(spot.x - middle))

    def _held(self, scale: TimeScale) -> "PlotView":
        width = scale.highest - scale.lowest
        lowest, highest = self._reach()
        least = lowest - width * (1 - _KEPT_IN_VIEW)
        most = highest - width * _KEPT_IN_VIEW
        held = min(max(scale.lowest, least), max(least, most))
        return replace(self, scale=scale.moved(held - scale.lowest))

    def _reach(self) -> tuple[float, float]:
        """Return the first and the last day that anything is drawn at."""
        home = self.layout.scale
        places = [home.lowest, home.highest]
        places += [spot.x for spot in self.spots()]
        places += [bar.start for lane in self.figure.lanes for bar in lane.bars]
        return min(places), max(places)

    def home(self) -> "PlotView":
        """Return the view of the whole axis."""
        return replace(self, scale=self.layout.scale)

    def spots(self) -> tuple[Spot, ...]:
        """Return every mark in order of time."""
        return visit_spots(self.layout, self.scale, self.style)

    def neighbour(self, spot: Spot | None, count: int) -> Spot | None:
        """Return the mark so many places after a spot, held at both ends; 0 finds it again.

        From anything that is not a mark, forward begins at the first and backward at the last.
        """
        spots = self.spots()
        names = [(each.x, each.visit, each.words) for each in spots]
        index = -1 if count > 0 else len(spots)
        if spot is not None and spot.visit:
            index = names.index((spot.x, spot.visit, spot.words))
        return spots[min(max(index + count, 0), len(spots) - 1)] if spots else None

    def spot_at(self, point: QPointF) -> Spot | None:
        """Return what stands under a point."""
        return spot_at(point, self.figure, self.layout, self.scale, self.style)

    def paint_ground(self, painter: QPainter) -> None:
        """Paint what lies behind the marks, and the lanes."""
        GroundPainter(painter, self.layout, self.scale, self.style).paint(self.figure)
        LanePainter(painter, self.scale, self.style).paint(self.layout)

    def paint_words(self, painter: QPainter, spot: Spot | None, size: QSizeF) -> None:
        """Paint the words, and the label of what is pointed at."""
        WordsPainter(painter, self.layout, self.scale, self.style).paint(self.figure)
        AxisPainter(painter, self.layout, self.scale, self.style).paint(self.figure)
        if spot is not None:
            paint_bubble(painter, spot, size, self.style)


class Drag:
    """A press of the pointer that may become a drag: from where, and over which view."""

    def __init__(self, start: QPointF, view: PlotView) -> None:
        self._start = start
        self._home = view
        self.view = view
        self.has_moved = False

    def move(self, to: QPointF) -> bool:
        """Follow the pointer; whether it is a drag yet, and no longer a click."""
        pixels = to.x() - self._start.x()
        self.has_moved = self.has_moved or abs(pixels) > _DRAG_FROM
        if self.has_moved:
            self.view = self._home.panned(pixels)
        return self.has_moved
