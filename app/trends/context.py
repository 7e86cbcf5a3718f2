"""The context that every part of one figure is composed in."""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from app.language import Words
from app.records.model import Measure, Treatment
from app.trends.axis import Extent, Ruler
from app.trends.figure import MarkShape
from app.trends.model import Point, Trend
from scales.catalogue import Catalogue


class FigureContext(Struct, frozen=True, dict=True):
    """The course, its words, its ruler and extent, the raters' shapes, and the start told from.

    ``amended`` are the visits, by internal id, of which an earlier version was signed; ``weights``
    stand beside the doses, in the order of time.
    """

    trend: Trend
    catalogue: Catalogue
    words: Words
    ruler: Ruler
    extent: Extent
    shapes: Mapping[str, MarkShape]
    chosen: Treatment | None
    is_simple: bool
    amended: frozenset[str]
    weights: tuple[Measure, ...]

    @property
    def today(self) -> float:
        """Where the day ends by which treatments are told."""
        return self.ruler.day(self.trend.last_day) + 1

    def place(self, point: Point) -> float:
        """Return where a visit of the course stands."""
        return self._places[point.visit]

    @cached_property
    def _places(self) -> Mapping[str, float]:
        # Every series has the same visits, and each is asked for many times.
        points = (point for series in self.trend.series for point in series.points)
        return {point.visit: self.ruler.at(point.date, point.time) for point in points}

    def shape(self, point: Point) -> MarkShape:
        """Return the shape of the visit's rater."""
        return self.shapes.get(point.rater, MarkShape.CIRCLE)
