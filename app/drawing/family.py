"""The family's chart: one line, large words, treatments as bars with their names below.

Its lengths are points on paper: no text in it is smaller than 12.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from app.drawing.labels import packed
from app.drawing.lanes import LaneDrawer
from app.drawing.measure import Measure
from app.drawing.places import Box, LanePlace, PanelPlace, WordsAt
from app.drawing.shapes import shape_at, span_block
from app.drawing.time_scale import TimeScale
from app.drawing.vocabulary import (
    Block,
    Drawing,
    Element,
    Group,
    Line,
    Polyline,
    Position,
    Text,
)
from app.lettering import Weight, cut, width_of
from app.trends.figure import Figure, Lane, Mark, Panel

TEXT = 12.0
_CAPS = 0.72 * TEXT
"""How high its capitals and figures are."""
_LEFT = 34.0
_EDGE = 14.0
_ROW = 17.0
_AXIS = 19.0
_BAR = 15.0
_LANE = _BAR + 3.5
_STRENGTH = 0.35
_THIN = 6.0
_MANY = 40
_MEASURE = Measure()


class FamilyChart(Struct, frozen=True):
    """What the family's chart shows: ``caption`` heads it, ``last_label`` names one mark.

    That mark is the one of the visit ``last_visit``, wherever it stands: a month beside a day of
    it may stand further right than the visit that is told as the last.
    """

    figure: Figure
    caption: str
    last_label: str
    last_visit: str
    has_lanes: bool = True

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The treatments drawn."""
        return self.figure.lanes if self.has_lanes else ()

    @property
    def panel(self) -> Panel:
        """The one scale it shows."""
        return self.figure.panels[0]


def chart_height(chart: FamilyChart, plot_height: float) -> float:
    """Return the height of the whole chart, in points, around a plot of a given height."""
    strip = _ROW if chart.panel.open_marks else 0.0
    relapse = _ROW if chart.figure.events else 0.0
    return _ROW + relapse + plot_height + strip + _AXIS + _LANE * len(chart.lanes)


def family_drawing(chart: FamilyChart, width: float, plot_height: float) -> Drawing:
    """Return the chart as a drawing of that width, in points."""
    drawer = _FamilyDrawer(chart, width, plot_height)
    return Drawing(
        width=width,
        height=chart_height(chart, plot_height),
        ground=tuple(drawer.ground()),
        moving=(),
        marks=(Group(0.0, width, tuple(drawer.curves())),),
        words=tuple(drawer.words()),
    )


class _FamilyDrawer:
    """Draws one chart from the top down."""

    def __init__(self, chart: FamilyChart, width: float, plot_height: float) -> None:
        self._chart = chart
        self._width = width
        axis = chart.figure.axis
        self._scale = TimeScale(_LEFT, width - _EDGE, axis.lowest, axis.highest)
        top = _ROW + (_ROW if chart.figure.events else 0.0) + 3
        plot = Box(_LEFT, top, self._scale.right - _LEFT, plot_height - 3)
        bottom = plot.bottom
        self._place = PanelPlace(
            chart.panel, 0.0, caution_below=False, plot=plot, strip_top=bottom, open_rows=1,
            footer_top=bottom, footers=(),
        )  # fmt: skip
        self._ticks_top = bottom + (_ROW if chart.panel.open_marks else 0.0)

    @property
    def _lanes_top(self) -> float:
        return self._ticks_top + _AXIS

    def ground(self) -> Iterator[Element]:
        """Yield what lies behind the line: relapses, grid, bars, the line for today."""
        plot = self._place.plot
        for event in self._chart.figure.events:
            top, height = plot.top - 6, plot.height + 6
            yield span_block(event, self._scale, top, height, "relapse_soft")
        for tick in self._chart.panel.ticks:
            y = self._place.y(float(tick.y))
            yield Line((plot.left, y), (plot.right, y), "line", 0.5)
        today, bottom = self._chart.figure.today, self._lanes_top + _LANE * len(self._chart.lanes)
        if today is not None and self._chart.lanes:
            x = self._scale.px(today.x)
            yield Line((x, self._lanes_top - 2), (x, bottom), "ink", 0.8)
        for place in self._lane_places():
            yield from self._bars(place)

    def _held(self, day: float) -> float:
        """Return where a day stands, kept within the axis."""
        return min(max(self._scale.px(day), self._scale.left), self._scale.right)

    def _lane_places(self) -> Iterator[LanePlace]:
        for number, lane in enumerate(self._chart.lanes):
            bars = tuple(replace(bar, height=1.0) for bar in lane.bars)
            top = self._lanes_top + number * _LANE
            row = Box(_LEFT, top, self._scale.right - _LEFT, _LANE)
            shown = replace(lane, bars=bars)
            yield LanePlace(shown, row, top + _BAR, WordsAt.NOWHERE, _BAR, _BAR)

    def _bars(self, place: LanePlace) -> Iterator[Element]:
        """Yield a lane's bars, pale where a name can stand on them, and its arrows."""
        drawer = LaneDrawer(place, self._scale, _MEASURE)
        for bar in drawer.bars():
            is_pale = isinstance(bar, Block) and bar.width >= _THIN
            yield replace(bar, alpha=_STRENGTH) if is_pale else bar
        yield from drawer.arrows()

    def curves(self) -> Iterator[Element]:
        """Yield the line and its marks."""
        colour = self._chart.panel.colour
        for places in self._runs():
            if len(places) > 1:
                yield Polyline(tuple(places), colour, 2.0)
        for mark in self._chart.panel.marks:
            yield from self._mark(mark, colour)

    def _mark(self, mark: Mark, colour: str) -> Iterator[Element]:
        at = self._at(mark.x, float(mark.y))
        if mark.is_approximate:
            ends = (self._held(mark.x_from), at[1]), (self._held(mark.x_to), at[1])
            yield Line(*ends, colour, 1.2)
        size = 8.0 if len(self._chart.panel.marks) <= _MANY else 4.4
        yield shape_at(mark.shape, at, size, colour, "surface", 1.0)

    def _at(self, day: float, total: float) -> tuple[float, float]:
        return self._held(day), self._place.y(total)

    def words(self) -> Iterator[Element]:
        """Yield every word, and the visits that have no total."""
        yield _text(0.0, TEXT, self._chart.caption, weight=Weight.BOLD)
        yield from self._event_names()
        yield from self._value_ticks()
        yield from self._last()
        yield from self._open()
        yield from self._time_ticks()
        for place in self._lane_places():
            yield from self._lane_name(place)

    def _event_names(self) -> Iterator[Text]:
        events = self._chart.figure.events
        spans = [self._beside(self._held(event.reach[0]), event.label) for event in events]
        for event, span, row in zip(events, spans, packed(spans), strict=True):
            if row is not None:
                yield _text(span[0], self._place.plot.top - 9, event.label)

    def _beside(self, x: float, label: str) -> tuple[float, float]:
        """Return where a label from ``x`` on begins and ends, held on the sheet."""
        width = width_of(label, TEXT)
        begin = max(0.0, min(x, self._width - width))
        return begin, begin + width + 5

    def _value_ticks(self) -> Iterator[Element]:
        free = float("inf")
        for tick in sorted(self._chart.panel.ticks, key=lambda tick: tick.y):
            y = self._place.y(float(tick.y))
            if y <= free:
                x = _LEFT - 7 - width_of(tick.label, TEXT)
                yield _text(x, y + TEXT * 0.35, tick.label, "ink_soft")
                free = y - TEXT

    def _last(self) -> Iterator[Element]:
        """Name the mark of the last visit: beside it, where it covers no mark and no line."""
        label, visit = self._chart.last_label, self._chart.last_visit
        mark = next((each for each in self._chart.panel.marks if each.visit == visit), None)
        if mark is not None and label:
            width, at = width_of(label, TEXT, Weight.BOLD), self._at(mark.x, float(mark.y))
            limit = self._width, self._place.plot.bottom + 2
            places = _places_beside(at, width, limit)
            box = _first_clear(places, tuple(self._marked()), tuple(self._runs()))
            yield _text(box.left, box.bottom, label, weight=Weight.BOLD)

    def _runs(self) -> Iterator[Sequence[Position]]:
        for run in self._chart.panel.lines:
            yield [self._at(day, float(total)) for day, total in run]

    def _marked(self) -> Iterator[Sequence[Position]]:
        """Yield each mark with as far as it reaches, and the names of relapses."""
        for mark in self._chart.panel.marks:
            x, y = self._at(mark.x, float(mark.y))
            left, right = self._held(mark.x_from), self._held(mark.x_to)
            yield [(min(left, x - 5), y), (max(right, x + 5), y)]
        for name in self._event_names():
            right = name.x + width_of(name.text, TEXT)
            yield from ([(name.x, y), (right, y)] for y in (name.y, name.y - _CAPS))

    def _open(self) -> Iterator[Element]:
        """Yield the visits without a total below the plot, each with its reason if it has room."""
        panel, y = self._chart.panel, self._place.plot.bottom + _ROW - 6
        spans = [self._reason(self._held(mark.x), mark.label) for mark in panel.open_marks]
        for mark, span, row in zip(panel.open_marks, spans, packed(spans), strict=True):
            at = (self._held(mark.x), y)
            yield shape_at(mark.shape, at, 7.2, "surface", panel.colour, 1.0)
            if row is not None:
                yield _text(span[0] + 8, y + 4, mark.label, "ink_soft")

    def _reason(self, x: float, label: str) -> tuple[float, float]:
        """Return the room of a mark and its reason: right of it, or left near the edge."""
        width = width_of(label, TEXT) + 16
        if x + width > self._width and x - width > 0:
            return x - width, x + 4
        return x, x + width

    def _time_ticks(self) -> Iterator[Element]:
        ticks = self._chart.figure.axis.ticks
        spans = []
        for tick in ticks:
            width, x = width_of(tick.label, TEXT), self._held(tick.x)
            begin = min(x - width / 2, self._width - width)
            spans.append((begin, begin + width + 8))
        top = self._ticks_top
        for tick, span, row in zip(ticks, spans, packed(spans), strict=True):
            if row is not None:
                x = self._held(tick.x)
                yield Line((x, top), (x, top + 3), "ink_soft", 0.5)
                yield _text(span[0], top + 15, tick.label, "ink_soft")

    def _lane_name(self, place: LanePlace) -> Iterator[Element]:
        """Yield a treatment's name on its bars, or beside them where they are short."""
        lane = place.lane
        if not lane.bars:
            return
        label = cut(lane.label, TEXT, Weight.REGULAR, self._width - _LEFT)
        width, baseline = width_of(label, TEXT), place.bar_bottom - 3.5
        x = self._name_x(lane, width)
        if x < self._scale.px(min(bar.start for bar in lane.bars)):
            # A name that stands before its bar may lie on the line for today.
            yield Block(x - 1, baseline - TEXT * 0.85, width + 2, TEXT * 1.05, "surface")
        yield _text(x, baseline, label)

    def _name_x(self, lane: Lane, width: float) -> float:
        """Return where a name begins: on the first bar, else after or before it."""
        first, *others = sorted(lane.bars, key=lambda bar: bar.start)
        left, right = self._held(first.start), self._held(first.stop)
        after = right + (18 if first.is_running else 5)
        room_ends = min((self._held(bar.start) for bar in others), default=self._width)
        if right - left < width + 8 and after + width <= room_ends:
            return after
        is_over_edge = left + 5 + width > self._width
        is_over_plan = right - left < width + 8 and any(bar.is_planned for bar in lane.bars)
        if is_over_edge or (is_over_plan and left > width + 5):
            return max(0.0, left - 5 - width)
        return left + 5


def _places_beside(at: Position, width: float, limit: Position) -> Sequence[Box]:
    """Return where the name of a mark may stand, the best first: next to it, within a limit."""
    (x, y), (right, bottom) = at, limit
    over = min(x + 6, right) - width
    corners = (
        (over, y - 7), (over, y - 12), (over, y - 17), (x + 8, y + _CAPS / 2),
        (over, y + 7 + _CAPS), (x - 8 - width, y + _CAPS / 2),
    )  # fmt: skip
    boxes = [Box(left, foot - _CAPS, width, _CAPS) for left, foot in corners]
    return [box for box in boxes if box.right <= right and box.bottom <= bottom]


def _first_clear(
    boxes: Sequence[Box], marked: Sequence[Sequence[Position]], runs: Sequence[Sequence[Position]]
) -> Box:
    """Return the first box that is clear of marks, words and lines, else of marks and words."""
    clear = [box for box in boxes if _is_clear(box, marked)] or boxes
    return next((box for box in clear if _is_clear(box, runs)), clear[0])


def _is_clear(box: Box, lines: Sequence[Sequence[Position]]) -> bool:
    heights = (_heights(places, box.left, box.right) for places in lines)
    return not any(
        min(found) <= box.bottom + 1 and max(found) >= box.top - 1 for found in heights if found
    )


def _heights(places: Sequence[Position], left: float, right: float) -> list[float]:
    """Return how high a line stands at both ends of a stretch, and at its corners between."""
    heights = [y for x, y in places if left <= x <= right]
    for (x, y), (next_x, next_y) in pairwise(places):
        heights += [
            y + (next_y - y) * (end - x) / (next_x - x)
            for end in (left, right)
            if x < end < next_x
        ]
    return heights


def _text(
    x: float, y: float, text: str, role: str = "ink", weight: Weight = Weight.REGULAR
) -> Text:
    return Text(x, y, text, TEXT, weight, role)
