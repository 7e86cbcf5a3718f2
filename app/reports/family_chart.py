"""The family's chart: one line, large words, treatments as bars with their names below."""

from dataclasses import dataclass, replace
from itertools import pairwise

from reportlab.graphics.shapes import Drawing

from app.palette import Palette
from app.reports.chart_lanes import draw_bar
from app.reports.chart_panels import Field
from app.reports.fonts import Fonts, Weight
from app.reports.ground import Ground, packed
from app.trends.figure import EventMark, Figure, Lane, Panel
from scales.model import plain

TEXT = 12.0
_LEFT = 34.0
_EDGE = 14.0
_ROW = 17.0
_AXIS = 19.0
_BAR = 15.0
_LANE = _BAR + 3.5
_BAR_STRENGTH = 0.35
_THIN = 6.0


@dataclass(frozen=True, slots=True)
class FamilyChart:
    """What the family's chart shows; ``caption`` heads it, ``last_label`` names the last mark."""

    figure: Figure
    caption: str
    last_label: str
    has_lanes: bool = True

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The treatments drawn."""
        return self.figure.lanes if self.has_lanes else ()


def chart_height(chart: FamilyChart, plot_height: float) -> float:
    """Return the height of the whole chart, in points, around a plot of a given height."""
    panel = chart.figure.panels[0]
    strip = _ROW if panel.open_marks else 0.0
    relapse = _ROW if chart.figure.events else 0.0
    return _ROW + relapse + plot_height + strip + _AXIS + _LANE * len(chart.lanes)


def draw_family_chart(
    chart: FamilyChart, palette: Palette, width: float, plot_height: float, fonts: Fonts
) -> Drawing:
    """Draw the chart; no text in it is smaller than 12 points."""
    figure, panel = chart.figure, chart.figure.panels[0]
    height = chart_height(chart, plot_height)
    drawing = Drawing(width, height)
    ground = Ground(drawing, figure.axis, palette, fonts, _LEFT, width - _EDGE, TEXT)
    ground.write((0, height - TEXT), chart.caption, weight=Weight.BOLD)
    top = height - _ROW - (_ROW if figure.events else 0)
    field = Field(ground, panel, top - 3, top - plot_height)
    _draw_events(ground, figure.events, field)
    _draw_grid(field)
    _draw_line(field)
    _write_last(field, chart.last_label)
    bottom = field.bottom - (_ROW if panel.open_marks else 0)
    _draw_open(ground, panel, field.bottom)
    _write_ticks(ground, bottom)
    for index, lane in enumerate(chart.lanes):
        _draw_lane(ground, lane, bottom - _AXIS - index * _LANE)
    return drawing


def _draw_events(ground: Ground, events: tuple[EventMark, ...], field: Field) -> None:
    spans = [ground.beside(event.x, event.label).span for event in events]
    for event, row in zip(events, packed(spans, 1), strict=True):
        left = ground.x(event.x)
        right = left if event.stop is None else ground.x(event.stop)
        extent = field.top + 6 - field.bottom
        fill = ground.colour("relapse_soft")
        ground.block((left, field.bottom), max(right - left, 2.0), extent, fill)
        if row is not None:
            text = ground.beside(event.x, event.label)
            x = left if text.anchor == "start" else right
            ground.write((x, field.top + 9), text.label, anchor=text.anchor)


def _draw_grid(field: Field) -> None:
    ground = field.ground
    last = float("-inf")
    for tick in sorted(field.panel.ticks):
        y = field.y(tick)
        ground.line((ground.left, y), (ground.right, y), "line")
        if y - last >= TEXT:
            place = (ground.left - 7, y - TEXT * 0.35)
            ground.write(place, plain(tick), role="ink_soft", anchor="end")
            last = y


def _draw_line(field: Field) -> None:
    ground, panel = field.ground, field.panel
    for run in panel.lines:
        if len(run) > 1:
            ground.run([field.place(day, total) for day, total in run], panel.colour, 2.0)
    for mark in panel.marks:
        place = field.place(mark.x, mark.y)
        if mark.is_approximate:
            left, right = ground.x(mark.x_from), ground.x(mark.x_to)
            ground.line((left, place[1]), (right, place[1]), panel.colour, 1.2)
        radius = 4.0 if len(panel.marks) <= 40 else 2.2
        ground.marks(mark.shape, [place], radius, fill=panel.colour, edge="surface")


def _write_last(field: Field, label: str) -> None:
    """Name the last mark, just above the line that leads to it."""
    if not (label and field.panel.marks):
        return
    ground, mark = field.ground, field.panel.marks[-1]
    x = min(ground.x(mark.x) + 6, ground.right + _EDGE)
    left = x - ground.fonts.width(label, TEXT, Weight.BOLD)
    y = max(_line_above(field, left), field.y(mark.y)) + 7
    ground.write((x, y), label, weight=Weight.BOLD, anchor="end")


def _line_above(field: Field, left: float) -> float:
    """Return how high the last line stands from ``left`` on."""
    places = [field.place(day, total) for day, total in field.panel.lines[-1]]
    heights = [y for x, y in places if x >= left]
    for (x, y), (next_x, next_y) in pairwise(places):
        if x < left < next_x:
            heights.append(y + (next_y - y) * (left - x) / (next_x - x))
    return max(heights, default=field.bottom)


def _draw_open(ground: Ground, panel: Panel, top: float) -> None:
    spans = [ground.beside(mark.x, mark.label).span for mark in panel.open_marks]
    for mark, row in zip(panel.open_marks, packed(spans, 1), strict=True):
        y = top - _ROW + 6
        place = (ground.x(mark.x), y)
        ground.marks(mark.shape, [place], 3.6, fill="surface", edge=panel.colour)
        if row is not None:
            text = ground.beside(mark.x, mark.label)
            ground.write((text.x, y - 4), text.label, role="ink_soft", anchor=text.anchor)


def _write_ticks(ground: Ground, top: float) -> None:
    last = float("-inf")
    for tick in ground.axis.ticks:
        half = ground.fonts.width(tick.label, TEXT) / 2
        x = min(ground.x(tick.x), ground.drawing.width - half)
        if x - half > last + 8:
            ground.line((ground.x(tick.x), top), (ground.x(tick.x), top - 3), "ink_soft")
            ground.write((x, top - 15), tick.label, role="ink_soft", anchor="middle")
            last = x + half


def _draw_lane(ground: Ground, lane: Lane, top: float) -> None:
    """Draw a treatment's bars with its name on them, or beside them where they are short."""
    floor = top - _BAR
    for bar in lane.bars:
        is_thin = ground.x(bar.stop) - ground.x(bar.start) < _THIN
        strength = 1.0 if is_thin else _BAR_STRENGTH
        draw_bar(ground, replace(bar, height=1.0), lane.colour, floor, _BAR, strength)
    if lane.bars:
        label = ground.fonts.cut(lane.label, TEXT, Weight.REGULAR, ground.drawing.width - _LEFT)
        start = _label_start(ground, lane, ground.fonts.width(label, TEXT))
        ground.write((start, floor + 3.5), label)


def _label_start(ground: Ground, lane: Lane, width: float) -> float:
    """Return where a name of this width begins: on the first bar, else after or before it."""
    first, *others = sorted(lane.bars, key=lambda bar: bar.start)
    left, right = ground.x(first.start), ground.x(first.stop)
    after = right + (18 if first.is_running else 5)
    room_ends = min((ground.x(bar.start) for bar in others), default=ground.drawing.width)
    if right - left < width + 8 and after + width <= room_ends:
        return after
    if left + 5 + width > ground.drawing.width:
        return max(0.0, left - 5 - width)
    return left + 5
