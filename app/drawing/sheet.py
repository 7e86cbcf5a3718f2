"""A course as a picture of its own: whose it is above, who rated and every note below."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from app.drawing.course import course_drawing
from app.drawing.measure import Letters, Measure
from app.drawing.moved import moved
from app.drawing.places import Layout, whole_layout_of
from app.drawing.shapes import shape_at
from app.drawing.vocabulary import Drawing, Element
from app.trends.axis import Extent
from app.trends.figure import Figure, RaterShape, Tick

_EDGE, _INDENT = 8, 16
_LINE, _HEADING = 18, 22
_LONGEST_NAME = 260


class Stretch(Struct, frozen=True):
    """A stretch of time, with the ticks that label it."""

    window: Extent
    ticks: tuple[Tick, ...]


def raters_height(raters: Sequence[RaterShape], width: float, measure: Measure) -> float:
    """Return how much room it takes to say which shape is whose."""
    return len(_rater_rows(raters, width, measure)) * measure.px(_LINE)


def rater_elements(
    raters: Sequence[RaterShape], left: float, top: float, width: float, measure: Measure
) -> Iterator[Element]:
    """Yield which shape is whose, in as many lines as that takes."""
    px = measure.px
    for number, row in enumerate(_rater_rows(raters, width, measure)):
        x, middle = left, top + (number + 0.5) * px(_LINE)
        for rater in row:
            name = _rater_name(rater, measure)
            yield shape_at(rater.shape, (x + px(5), middle), px(9), "ink_soft")
            yield measure.text(x + px(16), middle, name, Letters.SMALL)
            x += _rater_width(rater, measure)


def _rater_rows(
    raters: Sequence[RaterShape], width: float, measure: Measure
) -> list[list[RaterShape]]:
    rows: list[list[RaterShape]] = []
    used = 0.0
    for rater in raters:
        needed = _rater_width(rater, measure)
        if not rows or used + needed > width:
            rows.append([])
            used = 0.0
        rows[-1].append(rater)
        used += needed
    return rows


def _rater_width(rater: RaterShape, measure: Measure) -> float:
    return measure.width(_rater_name(rater, measure), Letters.SMALL) + measure.px(36)


def _rater_name(rater: RaterShape, measure: Measure) -> str:
    return measure.cut(rater.rater, Letters.SMALL, measure.px(_LONGEST_NAME))


class _Sheet:
    """Adds a heading above a drawing, and the raters and notes below."""

    def __init__(self, figure: Figure, heading: str, width: float, measure: Measure) -> None:
        self._figure = figure
        self._measure = measure
        self._left = measure.px(_EDGE + _INDENT)
        self._room = width - 2 * self._left
        self._heading = measure.wrapped(heading, Letters.TITLE, self._room)
        self._notes = tuple(
            line
            for note in figure.notes
            for line in measure.wrapped(note, Letters.SMALL, self._room)
        )

    @property
    def above(self) -> float:
        px = self._measure.px
        return len(self._heading) * px(_HEADING) + (px(20) if self._heading else px(8))

    @property
    def below(self) -> float:
        px = self._measure.px
        raters = raters_height(self._figure.raters, self._room, self._measure)
        height = raters + len(self._notes) * px(_LINE)
        return height + (px(20) if height else 0)

    def elements(self, top_of_notes: float) -> Iterator[Element]:
        px, measure = self._measure.px, self._measure
        for number, line in enumerate(self._heading):
            middle = px(12) + (number + 0.5) * px(_HEADING)
            yield measure.text(self._left, middle, line, Letters.TITLE, "ink")
        top, raters = top_of_notes + px(8), self._figure.raters
        yield from rater_elements(raters, self._left, top, self._room, measure)
        top += raters_height(raters, self._room, measure)
        for number, line in enumerate(self._notes):
            middle = top + (number + 0.5) * px(_LINE)
            yield measure.text(self._left, middle, line, Letters.SMALL)


def sheet_drawing(
    figure: Figure,
    size: tuple[float, float],
    heading: str = "",
    stretch: Stretch | None = None,
    measure: Measure | None = None,
) -> Drawing:
    """Return a figure with its raters and notes; it grows where this height is too low.

    ``heading`` is the line above it that says whose course it is. Without a ``stretch`` it shows
    what the figure opens on.
    """
    measure = measure or Measure()
    width, height = size
    sheet = _Sheet(figure, heading, width, measure)
    edge = measure.px(_EDGE)
    layout = whole_layout_of(figure, width - 2 * edge, measure, height - sheet.above - sheet.below)
    course = _shown(figure, layout, stretch, measure)
    bottom = max(sheet.above + course.height, height - sheet.below)
    words = tuple(sheet.elements(bottom))
    inner = moved(course, edge, sheet.above)
    height = bottom + sheet.below
    return replace(inner, width=width, height=height, words=(*inner.words, *words))


def _shown(figure: Figure, layout: Layout, stretch: Stretch | None, measure: Measure) -> Drawing:
    scale, ticks = layout.scale, figure.axis.ticks
    if stretch is not None:
        window, ticks = stretch.window, stretch.ticks
        scale = replace(scale, lowest=window.lowest, highest=window.highest)
    return course_drawing(figure, layout, scale, ticks, measure)
