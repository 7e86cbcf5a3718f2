"""One view of a figure: its layout, the stretch of time in view, and what can be done with it."""

from msgspec import Struct
from msgspec.structs import replace

from app.drawing.course import course_drawing, moving_group, still_drawing, visit_levels
from app.drawing.measure import Measure
from app.drawing.places import Layout, layout_of
from app.drawing.spots import Spot, day_at, spot_at, visit_spots
from app.drawing.time_scale import TimeScale
from app.drawing.vocabulary import Drawing, Element, Group, Position
from app.errors import N_
from app.trends.axis import Extent, TimeWords
from app.trends.figure import Figure, Panel, Tick

LEAST_DAYS = 7.0
"""How few days can be zoomed in on."""
_SAME = 1e-9


class CourseView(Struct, frozen=True):
    """A figure laid out in some size, showing one stretch of time.

    ``time`` labels any stretch; without it the figure's own ticks are all there are.
    """

    figure: Figure
    measure: Measure
    layout: Layout
    scale: TimeScale
    ticks: tuple[Tick, ...]
    time: TimeWords | None = None

    @classmethod
    def of(
        cls,
        figure: Figure,
        measure: Measure,
        size: tuple[float, float],
        time: TimeWords | None = None,
    ) -> "CourseView":
        """Lay a figure out and show the stretch that it opens on."""
        layout = layout_of(figure, *size, measure)
        return cls(figure, measure, layout, layout.scale, figure.axis.ticks, time)

    @property
    def window(self) -> Extent:
        """The stretch in view."""
        return Extent(self.scale.lowest, self.scale.highest)

    def panned(self, pixels: float) -> "CourseView":
        """Return the view dragged by so many pixels, no further than the course goes."""
        return self._held(self.scale.moved(-pixels * self.scale.days_per_pixel))

    def zoomed(self, px: float, factor: float) -> "CourseView":
        """Return the view with so many times more days, the one at a pixel where it is.

        Never more than the whole course, and never less than a week.
        """
        width = self.window.width
        most = max(self._whole.width, LEAST_DAYS)
        factor = min(max(factor, LEAST_DAYS / width), most / width)
        return self._held(self.scale.zoomed(self.scale.day(px), factor))

    def shown(self, window: Extent) -> "CourseView":
        """Return the view of a stretch, held as a drag and a zoom are."""
        return self._held(replace(self.scale, lowest=window.lowest, highest=window.highest))

    def showing(self, spot: Spot) -> "CourseView":
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
    def lacks_room_for_items(self) -> bool:
        """Whether there are items that this size leaves out."""
        open_panels = (place for place in self.layout.panels if not place.is_folded)
        return any(place.panel.items and not place.item_rows for place in open_panels)

    @property
    def _whole(self) -> Extent:
        return Extent(self.figure.axis.first, self.figure.axis.last)

    def _held(self, scale: TimeScale) -> "CourseView":
        """Return a view of a stretch that never leaves the course, with ticks for it."""
        whole = self._whole
        width = min(scale.highest - scale.lowest, max(whole.width, LEAST_DAYS))
        lowest = min(max(scale.lowest, whole.lowest), max(whole.lowest, whole.highest - width))
        held = replace(scale, lowest=lowest, highest=lowest + width)
        ticks = self.figure.axis.ticks
        if self.time is not None:
            ticks = self.time.ticks(Extent(held.lowest, held.highest))
        return replace(self, scale=held, ticks=ticks)

    def home(self) -> "CourseView":
        """Return the view of the stretch that the figure opens on."""
        return replace(self, scale=self.layout.scale, ticks=self.figure.axis.ticks)

    def spots(self) -> tuple[Spot, ...]:
        """Return every mark in order of time."""
        return visit_spots(self.layout, self.scale, self.measure)

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

    def folded_at(self, at: Position) -> str:
        """Return the key of the folded panel under a place, empty where there is none."""
        folded = self._fold_under(at)
        return "" if folded is None else folded.key

    def _fold_under(self, at: Position) -> Panel | None:
        for place in self.layout.panels:
            if place.is_folded and place.title_top <= at[1] <= place.plot.bottom:
                return place.panel
        return None

    def spot_at(self, at: Position) -> Spot | None:
        """Return what stands under a place; on free ground of a panel the day itself.

        A folded panel says what its sign of caution stands for.
        """
        folded = self._fold_under(at)
        if folded is not None and self.time is not None:
            hint = self.time.words(N_("Press to give it the room."))
            told = (folded.title, folded.subtitle, folded.caution, hint)
            return Spot(self.scale.lowest, at, "\n".join(line for line in told if line), "")
        spot = spot_at(at, self.figure, self.layout, self.scale, self.measure)
        if spot is not None or self.time is None:
            return spot
        return day_at(at, self.layout, self.scale, self.time)

    def drawing(self) -> Drawing:
        """Return everything that is to be drawn."""
        return course_drawing(self.figure, self.layout, self.scale, self.ticks, self.measure)

    def still(self) -> Drawing:
        """Return what has to be laid out anew for each stretch."""
        return still_drawing(self.figure, self.layout, self.scale, self.ticks, self.measure)

    def levels(self, spot: Spot | None) -> tuple[Element, ...]:
        """Return the levels of the items at the visit pointed at, or at the last one in view."""
        visit = "" if spot is None else spot.visit
        return visit_levels(self.layout, self.scale, self.measure, visit)

    def moving(self) -> Group:
        """Return what moves as it is, all of the course, its first day at the left of the axis."""
        left, whole = self.layout.scale.left, self._whole
        right = left + whole.width / self.scale.days_per_pixel
        course = TimeScale(left, right, whole.lowest, whole.highest)
        return moving_group(self.figure, self.layout, course, self.measure)

    @property
    def shift(self) -> float:
        """How many pixels right of its place in ``moving`` everything is in view."""
        return self.scale.px(self._whole.lowest) - self.scale.left

    def moves_like(self, other: "CourseView | None") -> bool:
        """Whether another view differs from this one in nothing but where time stands."""
        if other is None or self.layout is not other.layout:
            return False
        return abs(self.scale.days_per_pixel / other.scale.days_per_pixel - 1) < _SAME
