"""The family's chart: one line, large words, treatments as bars with their names below."""

from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace
from reportlab.graphics.shapes import Drawing

from app.palette import Palette
from app.reports.canvas import ChartCanvas, packed
from app.reports.chart import draw_bar, draw_today
from app.reports.chart_panels import PlotField
from app.reports.fonts import Fonts, Weight
from app.trends.figure import EventMark, Figure, Lane, Panel

TEXT = 12.0
_LEFT = 34.0
_EDGE = 14.0
_ROW = 17.0
_AXIS = 19.0
_BAR = 15.0
_LANE = _BAR + 3.5
_BAR_STRENGTH = 0.35
_THIN = 6.0


class FamilyChart(Struct, frozen=True):
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
    canvas = ChartCanvas(drawing, figure.axis, palette, fonts, _LEFT, width - _EDGE, TEXT)
    canvas.write((0, height - TEXT), chart.caption, weight=Weight.BOLD)
    top = height - _ROW - (_ROW if figure.events else 0)
    field = PlotField(canvas, panel, top - 3, top - plot_height)
    _draw_events(canvas, figure.events, field)
    _draw_grid(field)
    _draw_line(field)
    _write_last(field, chart.last_label)
    bottom = field.bottom - (_ROW if panel.open_marks else 0)
    _draw_open(canvas, panel, field.bottom)
    _write_ticks(canvas, bottom)
    if chart.lanes:
        draw_today(canvas, figure.today, bottom - _AXIS + 2, 0)
    for index, lane in enumerate(chart.lanes):
        _draw_lane(canvas, lane, bottom - _AXIS - index * _LANE)
    return drawing


def _draw_events(canvas: ChartCanvas, events: tuple[EventMark, ...], field: PlotField) -> None:
    spans = [canvas.beside(event.x, event.label).span for event in events]
    for event, row in zip(events, packed(spans, 1), strict=True):
        left = canvas.x(event.x)
        right = left if event.stop is None else canvas.x(event.stop)
        extent = field.top + 6 - field.bottom
        fill = canvas.colour("relapse_soft")
        canvas.block((left, field.bottom), max(right - left, 2.0), extent, fill)
        if row is not None:
            text = canvas.beside(event.x, event.label)
            x = left if text.anchor == "start" else right
            canvas.write((x, field.top + 9), text.label, anchor=text.anchor)


def _draw_grid(field: PlotField) -> None:
    canvas = field.canvas
    last = float("-inf")
    for tick in field.panel.ticks:
        y = field.y(tick.y)
        canvas.line((canvas.left, y), (canvas.right, y), "line")
        if y - last >= TEXT:
            place = (canvas.left - 7, y - TEXT * 0.35)
            canvas.write(place, tick.label, role="ink_soft", anchor="end")
            last = y


def _draw_line(field: PlotField) -> None:
    canvas, panel = field.canvas, field.panel
    for run in panel.lines:
        if len(run) > 1:
            canvas.run([field.place(day, total) for day, total in run], panel.colour, 2.0)
    for mark in panel.marks:
        place = field.place(mark.x, mark.y)
        if mark.is_approximate:
            left, right = canvas.x(mark.x_from), canvas.x(mark.x_to)
            canvas.line((left, place[1]), (right, place[1]), panel.colour, 1.2)
        radius = 4.0 if len(panel.marks) <= 40 else 2.2
        canvas.marks(mark.shape, [place], radius, fill=panel.colour, edge="surface")


def _write_last(field: PlotField, label: str) -> None:
    """Name the last mark, just above the line that leads to it."""
    if not (label and field.panel.marks):
        return
    canvas, mark = field.canvas, field.panel.marks[-1]
    x = min(canvas.x(mark.x) + 6, canvas.right + _EDGE)
    left = x - canvas.fonts.width(label, TEXT, Weight.BOLD)
    y = max(_line_above(field, left), field.y(mark.y)) + 7
    canvas.write((x, y), label, weight=Weight.BOLD, anchor="end")


def _line_above(field: PlotField, left: float) -> float:
    """Return how high the last line stands from ``left`` on."""
    places = [field.place(day, total) for day, total in field.panel.lines[-1]]
    heights = [y for x, y in places if x >= left]
    for (x, y), (next_x, next_y) in pairwise(places):
        if x < left < next_x:
            heights.append(y + (next_y - y) * (left - x) / (next_x - x))
    return max(heights, default=field.bottom)


def _draw_open(canvas: ChartCanvas, panel: Panel, top: float) -> None:
    spans = [canvas.beside(mark.x, mark.label).span for mark in panel.open_marks]
    for mark, row in zip(panel.open_marks, packed(spans, 1), strict=True):
        y = top - _ROW + 6
        place = (canvas.x(mark.x), y)
        canvas.marks(mark.shape, [place], 3.6, fill="surface", edge=panel.colour)
        if row is not None:
            text = canvas.beside(mark.x, mark.label)
            canvas.write((text.x, y - 4), text.label, role="ink_soft", anchor=text.anchor)


def _write_ticks(canvas: ChartCanvas, top: float) -> None:
    last = float("-inf")
    for tick in canvas.axis.ticks:
        half = canvas.fonts.width(tick.label, TEXT) / 2
        x = min(canvas.x(tick.x), canvas.drawing.width - half)
        if x - half > last + 8:
            canvas.line((canvas.x(tick.x), top), (canvas.x(tick.x), top - 3), "ink_soft")
            canvas.write((x, top - 15), tick.label, role="ink_soft", anchor="middle")
            last = x + half


def _draw_lane(canvas: ChartCanvas, lane: Lane, top: float) -> None:
    """Draw a treatment's bars with its name on them, or beside them where they are short."""
    floor = top - _BAR
    for bar in lane.bars:
        is_thin = canvas.x(bar.stop) - canvas.x(bar.start) < _THIN
        strength = 1.0 if is_thin else _BAR_STRENGTH
        draw_bar(canvas, replace(bar, height=1.0), lane.colour, floor, _BAR, strength)
    if lane.bars:
        label = canvas.fonts.cut(lane.label, TEXT, Weight.REGULAR, canvas.drawing.width - _LEFT)
        start = _label_start(canvas, lane, canvas.fonts.width(label, TEXT))
        is_before = start < canvas.x(min(bar.start for bar in lane.bars))
        # A name that stands before its bar may lie on the line for today.
        write = canvas.write_plated if is_before else canvas.write
        write((start, floor + 3.5), label)


def _label_start(canvas: ChartCanvas, lane: Lane, width: float) -> float:
    """Return where a name of this width begins: on the first bar, else after or before it."""
    first, *others = sorted(lane.bars, key=lambda bar: bar.start)
    left, right = canvas.x(first.start), canvas.x(first.stop)
    after = right + (18 if first.is_running else 5)
    room_ends = min((canvas.x(bar.start) for bar in others), default=canvas.drawing.width)
    if right - left < width + 8 and after + width <= room_ends:
        return after
    is_over_edge = left + 5 + width > canvas.drawing.width
    is_over_plan = right - left < width + 8 and any(bar.is_planned for bar in lane.bars)
    if is_over_edge or (is_over_plan and left > width + 5):
        return max(0.0, left - 5 - width)
    return left + 5
