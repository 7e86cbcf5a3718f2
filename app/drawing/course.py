"""A course as one drawing: what every painter draws, on the screen, on paper and in files."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from app.drawing.axis import AxisDrawer
from app.drawing.items import item_cells, item_levels, item_names
from app.drawing.lanes import LaneDrawer
from app.drawing.measure import Letters, Measure
from app.drawing.panels import PanelDrawer
from app.drawing.places import Layout
from app.drawing.time_scale import TimeScale
from app.drawing.vocabulary import Drawing, Element, Group
from app.trends.figure import Figure, Tick

_MARGIN = 10


def course_drawing(
    figure: Figure, layout: Layout, scale: TimeScale, ticks: Sequence[Tick], measure: Measure
) -> Drawing:
    """Return the drawing of a figure in a layout, with the stretch of time that ``scale`` shows.

    Nothing of the course stands outside the axis but what belongs to a mark at its edge.
    """
    course = _Course(figure, layout, scale, measure)
    still, levels = course.still(ticks), course.levels("")
    moving, marks = (course.moving(),), course.marks()
    return replace(still, moving=moving, marks=marks, words=(*still.words, *levels))


def still_drawing(
    figure: Figure, layout: Layout, scale: TimeScale, ticks: Sequence[Tick], measure: Measure
) -> Drawing:
    """Return the same without what moves as it is, for a painter that moves it by itself.

    The levels of a visit are left out, too: which visit it is changes with what is pointed at.
    """
    return _Course(figure, layout, scale, measure).still(ticks)


def visit_levels(
    layout: Layout, scale: TimeScale, measure: Measure, visit: str
) -> tuple[Element, ...]:
    """Return the levels of the items at a visit; without one, at the last visit in view."""
    places = layout.panels
    return tuple(one for each in places for one in item_levels(each, visit, scale, measure))


def moving_group(figure: Figure, layout: Layout, scale: TimeScale, measure: Measure) -> Group:
    """Return what the drawing has between its ground and its marks."""
    return _Course(figure, layout, scale, measure).moving()


class _Course:
    """Gathers what the drawers of the parts yield."""

    def __init__(self, figure: Figure, layout: Layout, scale: TimeScale, measure: Measure) -> None:
        self._figure = figure
        self._layout = layout
        self._scale = scale
        self._measure = measure
        self._axis = AxisDrawer(figure, layout, scale, measure)
        self._panels = [PanelDrawer(place, scale, measure) for place in layout.panels]
        self._lanes = [LaneDrawer(place, scale, measure) for place in layout.lanes]

    def still(self, ticks: Sequence[Tick]) -> Drawing:
        return Drawing(
            width=self._layout.width,
            height=self._layout.needed,
            ground=(
                self._clipped(self._axis.start_days(), 0.0),
                self._clipped(self._axis.spans(), self._margin),
                *(element for panel in self._panels for element in panel.grid()),
                *(lane.floor() for lane in self._lanes),
            ),
            moving=(),
            marks=(),
            words=(*self._words(), *self._axis.words(ticks)),
        )

    def moving(self) -> Group:
        return self._clipped(self._behind(), 0.0)

    def marks(self) -> tuple[Group, ...]:
        return tuple(self._clipped(panel.marks(), self._margin) for panel in self._panels)

    def levels(self, visit: str) -> tuple[Element, ...]:
        return visit_levels(self._layout, self._scale, self._measure, visit)

    @property
    def _margin(self) -> float:
        return self._measure.px(_MARGIN)

    def _clipped(self, elements: Iterator[Element], margin: float) -> Group:
        left, right = self._scale.left - margin, self._scale.right + margin
        return Group(left, right, tuple(elements))

    def _behind(self) -> Iterator[Element]:
        yield from self._axis.starts()
        yield from self._axis.today()
        for panel in self._panels:
            yield from panel.behind()
        for place in self._layout.panels:
            yield from item_cells(place, self._scale, self._measure)
        for lane in self._lanes:
            yield from lane.bars()
        for panel in self._panels:
            yield from panel.lines()

    def _words(self) -> Iterator[Element]:
        for panel in self._panels:
            yield from panel.words()
        for place in self._layout.panels:
            yield from item_names(place, self._measure)
        for lane in self._lanes:
            yield from lane.arrows()
            yield from lane.words()
        if not self._figure.panels:
            yield from self._nothing()

    def _nothing(self) -> Iterator[Element]:
        """Say in the middle that there is no score."""
        measure, right = self._measure, self._scale.right
        lines = measure.wrapped(self._figure.summary, Letters.TEXT, right)
        height = measure.px(20)
        top = self._layout.nothing / 2 - len(lines) * height / 2
        for number, line in enumerate(lines):
            x = (right - measure.width(line, Letters.TEXT)) / 2
            yield measure.text(x, top + (number + 0.5) * height, line, Letters.TEXT)
