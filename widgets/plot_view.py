"""One view of a figure: its layout, the stretch of time in view, and what can be done with it."""

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QPainter

from app.trends.axis import Extent, TimeWords
from app.trends.figure import Figure, Tick
from widgets.plot_axis import AxisPainter
from widgets.plot_bubble import paint_bubble
from widgets.plot_ground import GroundPainter
from widgets.plot_items import ItemPainter
from widgets.plot_lanes import LanePainter
from widgets.plot_layout import Layout, layout_of
from widgets.plot_places import Spot, spot_at, visit_spots
from widgets.plot_style import Style
from widgets.plot_time import TimeScale
from widgets.plot_words import WordsPainter

LEAST_DAYS = 7.0
"""How few days can be zoomed in on."""


class PlotView(Struct, frozen=True):
    """A figure laid out in a widget of some size, showing one stretch of time.

    ``time`` labels any stretch; without it the figure's own ticks are all there are.
    """

    figure: Figure
    style: Style
    layout: Layout
    scale: TimeScale
    ticks: tuple[Tick, ...]
    time: TimeWords | None = None

    @classmethod
    def of(
        cls, figure: Figure, style: Style, size: QSizeF, time: TimeWords | None = None
    ) -> "PlotView":
        """Lay a figure out and show the stretch that it opens on."""
        layout = layout_of(figure, size.width(), size.height(), style)
        return cls(figure, style, layout, layout.scale, figure.axis.ticks, time)

    @property
    def window(self) -> Extent:
        """The stretch in view."""
        return Extent(self.scale.lowest, self.scale.highest)

    def panned(self, pixels: float) -> "PlotView":
        """Return the view dragged by so many pixels, no further than the course goes."""
        return self._held(self.scale.moved(-pixels * self.scale.days_per_pixel))

    def zoomed(self, px: float, factor: float) -> "PlotView":
        """Return the view with so many times more days, the one at a pixel where it is.

        Never more than the whole course, and never less than a week.
        """
        width = self.window.width
        most = max(self._whole.width, LEAST_DAYS)
        factor = min(max(factor, LEAST_DAYS / width), most / width)
        return self._held(self.scale.zoomed(self.scale.day(px), factor))

    def shown(self, window: Extent) -> "PlotView":
        """Return the view of a stretch, held as a drag and a zoom are."""
        return self._held(replace(self.scale, lowest=window.lowest, highest=window.highest))

    def showing(self, spot: Spot) -> "PlotView":
        """Return a view that holds a spot, unmoved if it already does."""
        if self.scale.holds(spot.x):
            return self
        middle = (self.scale.lowest + self.scale.highest) / 2
        return self._held(self.scale.moved(spot.x - middle))

    @property
    def is_home(self) -> bool:
        """Whether the stretch in view is the one that the figure opens on."""
        return self.window == Extent(self.figure.axis.lowest, self.figure.axis.highest)

    @property
    def _whole(self) -> Extent:
        return Extent(self.figure.axis.first, self.figure.axis.last)

    def _held(self, scale: TimeScale) -> "PlotView":
        """Return a view of a stretch that never leaves the course, with ticks for it."""
        whole = self._whole
        width = min(scale.highest - scale.lowest, max(whole.width, LEAST_DAYS))
        lowest = min(max(scale.lowest, whole.lowest), max(whole.lowest, whole.highest - width))
        held = replace(scale, lowest=lowest, highest=lowest + width)
        ticks = self.figure.axis.ticks
        if self.time is not None:
            ticks = self.time.ticks(Extent(held.lowest, held.highest))
        return replace(self, scale=held, ticks=ticks)

    def home(self) -> "PlotView":
        """Return the view of the stretch that the figure opens on."""
        return replace(self, scale=self.layout.scale, ticks=self.figure.axis.ticks)

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

    def folded_at(self, point: QPointF) -> str:
        """Return the key of the folded panel under a point, empty where there is none."""
        for place in self.layout.panels:
            if place.is_folded and place.title_top <= point.y() <= place.plot.bottom():
                return place.panel.key
        return ""

    def spot_at(self, point: QPointF) -> Spot | None:
        """Return what stands under a point."""
        return spot_at(point, self.figure, self.layout, self.scale, self.style)

    def paint_ground(self, painter: QPainter) -> None:
        """Paint what lies behind the marks, and the lanes."""
        GroundPainter(painter, self.layout, self.scale, self.style).paint(self.figure)
        LanePainter(painter, self.scale, self.style).paint(self.layout)
        ItemPainter(painter, self.scale, self.style).paint(self.layout)

    def paint_words(self, painter: QPainter, spot: Spot | None, size: QSizeF) -> None:
        """Paint the words, and the label of what is pointed at."""
        WordsPainter(painter, self.layout, self.scale, self.style).paint(self.figure)
        AxisPainter(painter, self.layout, self.scale, self.style).paint(self.figure, self.ticks)
        if spot is not None:
            paint_bubble(painter, spot, size, self.style)
