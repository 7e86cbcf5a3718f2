"""The chart of the physician page: the figure that the screen shows, in vectors on paper.

From the top down: relapses, score panels, treatment lanes, events, the time axis, the raters.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from reportlab.graphics.shapes import Drawing, Path

from app.palette import Palette, load_palette
from app.reports.canvas import Beside, ChartCanvas, packed, tint
from app.reports.chart_panels import TITLE_ROW, draw_panel, strip_height
from app.reports.fonts import Fonts, Weight
from app.signs import whole_doses
from app.trends.figure import (
    RELAPSE,
    Axis,
    Bar,
    EventMark,
    Figure,
    Lane,
    Panel,
    RaterShape,
    StartLine,
    TodayLine,
)

_TEXT = 7.5
_GUTTER = 84.0
_EDGE = 16.0
_SPAN_ROW = 13.0
_PANEL_GAP = 10.0
_AXIS = 26.0
_PREFERRED_PANEL = 92.0
_SMALLEST_PANEL = 34.0
_LANE_ROW = 21.0
_EVENT_ROW = 11.0
_MOST_EVENT_ROWS = 4
_BAR = 10.0
_SOFT = 9.0
_SOFT_STEPS = 5
_HOLLOW = 3.0


class _Rows(Struct, frozen=True):
    """The heights of everything that does not stretch, in points."""

    spans: float
    lanes: float
    events: float
    raters: float
    panels: float

    @property
    def feet(self) -> float:
        return _AXIS + self.raters

    @property
    def total(self) -> float:
        return self.spans + self.lanes + self.events + self.panels + self.feet


def natural_height(figure: Figure, width: float, fonts: Fonts) -> float:
    """Return the height at which the figure reads well, in points."""
    stretch = sum(_share(panel) for panel in figure.panels) * _PREFERRED_PANEL
    return _rows(_canvas(figure, fonts, width), figure).total + stretch


def smallest_height(figure: Figure, width: float, fonts: Fonts) -> float:
    """Return the least height at which the figure can still be read, in points."""
    stretch = len(figure.panels) * _SMALLEST_PANEL
    return _rows(_canvas(figure, fonts, width), figure).total + stretch


def draw_figure(
    figure: Figure, palette: Palette, width: float, height: float, fonts: Fonts
) -> Drawing:
    """Draw the whole figure; every text in it is set in the bundled fonts.

    The notes of the figure are not drawn: the page sets them as text beside it.
    """
    canvas = _canvas(figure, fonts, width, height, palette)
    rows = _rows(canvas, figure)
    relapses = tuple(event for event in figure.events if event.kind == RELAPSE)
    _draw_relapses(canvas, relapses, height, rows.feet + rows.events + rows.lanes)
    top = _draw_panels(canvas, figure, height - rows.spans, height - rows.total)
    _draw_starts(canvas, figure.starts, top, rows.feet)
    _name_starts(canvas, figure, rows.feet)
    draw_today(canvas, figure.today, top, rows.feet)
    top = _draw_lanes(canvas, figure.lanes, top)
    _draw_events(canvas, _others(figure), top)
    _draw_axis(canvas, figure.axis, rows.raters + _AXIS - 10)
    _draw_raters(canvas, figure.raters, rows.raters - _EVENT_ROW + 3)
    return canvas.drawing


def _canvas(
    figure: Figure,
    fonts: Fonts,
    width: float,
    height: float = 0.0,
    palette: Palette | None = None,
) -> ChartCanvas:
    return ChartCanvas(
        Drawing(width, height), figure.axis, palette or load_palette("light"), fonts,
        left=_GUTTER, right=width - _EDGE, size=_TEXT,
    )  # fmt: skip


def _rows(canvas: ChartCanvas, figure: Figure) -> _Rows:
    has_relapse = any(event.kind == RELAPSE for event in figure.events)
    fixed = sum(TITLE_ROW + strip_height(canvas, panel) + _PANEL_GAP for panel in figure.panels)
    return _Rows(
        spans=_SPAN_ROW if has_relapse else 0.0,
        lanes=_LANE_ROW * len(figure.lanes),
        events=_EVENT_ROW * _event_rows(canvas, _others(figure)),
        raters=_EVENT_ROW * _rater_rows(canvas, figure.raters),
        panels=fixed,
    )


def _others(figure: Figure) -> tuple[EventMark, ...]:
    return tuple(event for event in figure.events if event.kind != RELAPSE)


def _share(panel: Panel) -> float:
    # A subscore is read beside its scale, so it may stand lower.
    return 0.6 if "." in panel.key else 1.0


def _draw_panels(canvas: ChartCanvas, figure: Figure, top: float, stretch: float) -> float:
    shares = sum(_share(panel) for panel in figure.panels)
    for panel in figure.panels:
        plot_height = max(_SMALLEST_PANEL, stretch * _share(panel) / shares)
        field_top = top - TITLE_ROW
        _draw_starts(canvas, figure.starts, field_top, field_top - plot_height)
        top = draw_panel(canvas, panel, top, plot_height) - _PANEL_GAP
    return top


def _draw_relapses(
    canvas: ChartCanvas, relapses: Sequence[EventMark], top: float, bottom: float
) -> None:
    """Shade the days of a relapse through every panel; one of a single day is a line."""
    for relapse in relapses:
        left = canvas.x(relapse.x)
        right = left + 1.2 if relapse.stop is None else canvas.x(relapse.stop)
        canvas.block(
            (left, bottom),
            max(right - left, 1.2),
            top - _SPAN_ROW - bottom + 3,
            canvas.colour("relapse_soft"),
        )
        text = canvas.beside(relapse.x, relapse.label)
        place = (left if text.anchor == "start" else right, top - 9)
        canvas.write(place, text.label, role="series2", weight=Weight.BOLD, anchor=text.anchor)


def _draw_starts(
    canvas: ChartCanvas, starts: Sequence[StartLine], top: float, bottom: float
) -> None:
    """Draw treatment starts through a panel, or through the lanes."""
    for start in starts:
        x = canvas.x(start.x)
        role = "accent" if start.is_chosen else "ink_soft"
        canvas.line((x, top), (x, bottom), role, 0.8 if start.is_chosen else 0.4, (2, 2))


def _name_starts(canvas: ChartCanvas, figure: Figure, bottom: float) -> None:
    """Name the chosen start and today below the axis; the others are told by their lanes.

    A name stays on the sheet, shortened if it must be.
    """
    y, taken = bottom - _AXIS + 5, (0.0, 0.0)
    for start in figure.starts:
        if start.is_chosen:
            room = canvas.drawing.width
            label = canvas.fonts.cut(start.label, canvas.size, Weight.BOLD, room)
            half = canvas.fonts.width(label, canvas.size, Weight.BOLD) / 2
            x = min(max(canvas.x(start.x), half), room - half)
            canvas.write((x, y), label, role="accent", weight=Weight.BOLD, anchor="middle")
            taken = (x - half - 4, x + half + 4)
    if figure.today is not None:
        half = canvas.fonts.width(figure.today.label, canvas.size) / 2
        x = min(canvas.x(figure.today.x), canvas.drawing.width - half)
        if x + half < taken[0] or x - half > taken[1]:
            canvas.write((x, y), figure.today.label, anchor="middle")


def draw_today(canvas: ChartCanvas, today: TodayLine | None, top: float, bottom: float) -> None:
    """Draw the line for today through the lanes: what is planned stands behind it."""
    if today is not None:
        x = canvas.x(today.x)
        canvas.line((x, top), (x, bottom), "ink", 0.8)


def _draw_lanes(canvas: ChartCanvas, lanes: Sequence[Lane], top: float) -> float:
    """Draw a row for each lane below ``top`` and return where they end."""
    for lane in lanes:
        _draw_lane(canvas, lane, top)
        top -= _LANE_ROW
    return top


def _draw_lane(canvas: ChartCanvas, lane: Lane, top: float) -> None:
    floor = top - _BAR
    label = canvas.fonts.cut(lane.label, canvas.size, Weight.REGULAR, canvas.left - 8)
    canvas.write((canvas.left - 6, floor + 2), label, anchor="end")
    canvas.line((canvas.left, floor), (canvas.right, floor), "line", 0.4)
    for bar in lane.bars:
        draw_bar(canvas, bar, lane.colour, floor, _BAR)
    if lane.bars:
        _write_doses(canvas, lane, floor - 7)


def _write_doses(canvas: ChartCanvas, lane: Lane, baseline: float) -> None:
    size = canvas.size - 1
    words = canvas.fonts.cut(lane.words, size, Weight.REGULAR, canvas.right - canvas.left)
    words = words if words == lane.words else whole_doses(words)
    start = canvas.x(min(bar.start for bar in lane.bars))
    start = max(canvas.left, min(start, canvas.right - canvas.fonts.width(words, size)))
    canvas.write_plated((start, baseline), words, role="ink_soft", size=size)


def draw_bar(
    canvas: ChartCanvas, bar: Bar, role: str, floor: float, height: float, strength: float = 1.0
) -> None:
    """Draw one stretch of treatment; it fades where an edge is approximate.

    A ``strength`` below 1 lightens it, so that words can stand on it. What is planned is hollow.
    """
    left, right = canvas.x(bar.start), canvas.x(bar.stop)
    width = max(right - left, 1.6)
    tall = max(height * bar.height, 1.0)
    soft = min(_SOFT, width / 3)
    from_left, to_right = soft * bar.soft_start, soft * bar.soft_stop
    colour = tint(canvas.colour(role), strength)
    if bar.is_planned:
        width = max(width, _HOLLOW)
        canvas.outline((left, floor), width, max(tall, _HOLLOW), canvas.colour(role))
        return
    canvas.block((left + from_left, floor), width - from_left - to_right, tall, colour)
    for step in range(_SOFT_STEPS):
        shade = tint(colour, (step + 1) / (_SOFT_STEPS + 1))
        slice_width = soft / _SOFT_STEPS
        if bar.soft_start:
            canvas.block((left + step * slice_width, floor), slice_width, tall, shade)
        if bar.soft_stop:
            x = left + width - (step + 1) * slice_width
            canvas.block((x, floor), slice_width, tall, shade)
    if bar.is_running:
        _draw_arrow(canvas, left + width, floor, height)


def _draw_arrow(canvas: ChartCanvas, x: float, floor: float, height: float) -> None:
    arrow = Path(fillColor=canvas.colour("ink"), strokeColor=None)
    arrow.moveTo(round(x + 2, 2), round(floor + height * 0.2, 2))
    arrow.lineTo(round(x + 2, 2), round(floor + height * 0.8, 2))
    arrow.lineTo(round(x + 2 + height * 0.5, 2), round(floor + height * 0.5, 2))
    arrow.closePath()
    canvas.drawing.add(arrow)


def _event_rows(canvas: ChartCanvas, events: Sequence[EventMark]) -> int:
    """Return how many rows the labels of the events need."""
    return max((row + 1 for row in _places(canvas, events) if row is not None), default=0)


def _draw_events(canvas: ChartCanvas, events: Sequence[EventMark], top: float) -> None:
    """Draw the events below ``top``, each with its label; several days get a bar."""
    for event, row in zip(events, _places(canvas, events), strict=True):
        baseline = top - ((row or 0) + 1) * _EVENT_ROW + 3
        x = canvas.x(event.x)
        if event.stop is not None:
            width = max(canvas.x(event.stop) - x, 1.0)
            canvas.block((x, baseline + 1.5), width, 2.2, canvas.colour("ink_soft"))
        _draw_peak(canvas, x, baseline)
        if row is not None:
            text = _beside(canvas, event)
            canvas.write_plated((text.x, baseline), text.label, anchor=text.anchor)


def _draw_peak(canvas: ChartCanvas, x: float, baseline: float) -> None:
    peak = Path(fillColor=canvas.colour("ink"), strokeColor=None)
    peak.moveTo(round(x - 2.6, 2), round(baseline, 2))
    peak.lineTo(round(x + 2.6, 2), round(baseline, 2))
    peak.lineTo(round(x, 2), round(baseline + 5, 2))
    peak.closePath()
    canvas.drawing.add(peak)


def _places(canvas: ChartCanvas, events: Sequence[EventMark]) -> tuple[int | None, ...]:
    spans = [_beside(canvas, event).span for event in events]
    return packed(spans, _MOST_EVENT_ROWS)


def _beside(canvas: ChartCanvas, event: EventMark) -> Beside:
    text = canvas.beside(event.x if event.stop is None else event.stop, event.label)
    start = canvas.x(event.x) - 4
    if text.anchor == "end":
        return canvas.beside(event.x, event.label)
    return replace(text, span=(start, text.span[1]))


def _draw_axis(canvas: ChartCanvas, axis: Axis, baseline: float) -> None:
    """Write the ticks of the time axis, leaving out those that would touch, and its caption."""
    last = float("-inf")
    for tick in axis.ticks:
        half = canvas.fonts.width(tick.label, canvas.size) / 2
        x = canvas.x(tick.x)
        canvas.line((x, baseline + 8), (x, baseline + 10.5), "ink_soft", 0.5)
        if x - half > last + 4:
            canvas.write((x, baseline), tick.label, role="ink_soft", anchor="middle")
            last = x + half
    size = canvas.size - 0.5
    caption = canvas.fonts.cut(axis.caption, size, Weight.REGULAR, canvas.right)
    place = (canvas.right, baseline - 10)
    canvas.write(place, caption, role="ink_soft", anchor="end", size=size)


def _rater_rows(canvas: ChartCanvas, raters: Sequence[RaterShape]) -> int:
    """Return how many lines the raters need."""
    return 1 + max((row for row, _ in _rater_places(canvas, raters)), default=-1)


def _draw_raters(canvas: ChartCanvas, raters: Sequence[RaterShape], baseline: float) -> None:
    """Write which shape is whose, from ``baseline`` down."""
    for rater, (row, x) in zip(raters, _rater_places(canvas, raters), strict=True):
        y = baseline - row * _EVENT_ROW
        canvas.marks(rater.shape, [(x + 3, y + 2.6)], 2.6, fill="ink_soft", edge="surface")
        canvas.write((x + 9, y), _rater_name(canvas, rater), role="ink_soft")


def _rater_places(
    canvas: ChartCanvas, raters: Sequence[RaterShape]
) -> tuple[tuple[int, float], ...]:
    places: list[tuple[int, float]] = []
    row, x = 0, canvas.left
    for rater in raters:
        width = canvas.fonts.width(_rater_name(canvas, rater), canvas.size) + 22
        if x > canvas.left and x + width > canvas.right:
            row, x = row + 1, canvas.left
        places.append((row, x))
        x += width
    return tuple(places)


def _rater_name(canvas: ChartCanvas, rater: RaterShape) -> str:
    return canvas.fonts.cut(rater.rater, canvas.size, Weight.REGULAR, 180)
