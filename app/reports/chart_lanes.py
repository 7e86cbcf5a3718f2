"""The treatment lanes, the events and the time axis of a chart on paper."""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.graphics.shapes import Path

from app.reports.fonts import Weight
from app.reports.ground import Beside, Ground, packed, tint
from app.trends.figure import Axis, Bar, EventMark, Lane, RaterShape

LANE_ROW = 21.0
EVENT_ROW = 11.0
_MOST_EVENT_ROWS = 4
_BAR = 10.0
_SOFT = 9.0
_SOFT_STEPS = 5


def draw_lanes(ground: Ground, lanes: Sequence[Lane], top: float) -> float:
    """Draw a row for each lane below ``top`` and return where they end."""
    for lane in lanes:
        _draw_lane(ground, lane, top)
        top -= LANE_ROW
    return top


def _draw_lane(ground: Ground, lane: Lane, top: float) -> None:
    floor = top - _BAR
    label = ground.fonts.cut(lane.label, ground.size, Weight.REGULAR, ground.left - 8)
    ground.write((ground.left - 6, floor + 2), label, anchor="end")
    ground.line((ground.left, floor), (ground.right, floor), "line", 0.4)
    for bar in lane.bars:
        draw_bar(ground, bar, lane.colour, floor, _BAR)
    if lane.bars:
        _write_doses(ground, lane, floor - 7)


def _write_doses(ground: Ground, lane: Lane, baseline: float) -> None:
    size = ground.size - 1
    words = ground.fonts.cut(lane.words, size, Weight.REGULAR, ground.right - ground.left)
    start = ground.x(min(bar.start for bar in lane.bars))
    start = max(ground.left, min(start, ground.right - ground.fonts.width(words, size)))
    ground.write((start, baseline), words, role="ink_soft", size=size, is_plated=True)


def draw_bar(
    ground: Ground, bar: Bar, role: str, floor: float, height: float, strength: float = 1.0
) -> None:
    """Draw one stretch of treatment; it fades where an edge is approximate.

    A ``strength`` below 1 lightens it, so that words can stand on it.
    """
    left, right = ground.x(bar.start), ground.x(bar.stop)
    width = max(right - left, 1.6)
    tall = max(height * bar.height, 1.0)
    soft = min(_SOFT, width / 3)
    from_left, to_right = soft * bar.soft_start, soft * bar.soft_stop
    colour = tint(ground.colour(role), strength)
    ground.block((left + from_left, floor), width - from_left - to_right, tall, colour)
    for step in range(_SOFT_STEPS):
        shade = tint(colour, (step + 1) / (_SOFT_STEPS + 1))
        slice_width = soft / _SOFT_STEPS
        if bar.soft_start:
            ground.block((left + step * slice_width, floor), slice_width, tall, shade)
        if bar.soft_stop:
            x = left + width - (step + 1) * slice_width
            ground.block((x, floor), slice_width, tall, shade)
    if bar.is_running:
        _draw_arrow(ground, left + width, floor, height)


def _draw_arrow(ground: Ground, x: float, floor: float, height: float) -> None:
    arrow = Path(fillColor=ground.colour("ink"), strokeColor=None)
    arrow.moveTo(round(x + 2, 2), round(floor + height * 0.2, 2))
    arrow.lineTo(round(x + 2, 2), round(floor + height * 0.8, 2))
    arrow.lineTo(round(x + 2 + height * 0.5, 2), round(floor + height * 0.5, 2))
    arrow.closePath()
    ground.drawing.add(arrow)


def event_rows(ground: Ground, events: Sequence[EventMark]) -> int:
    """Return how many rows the labels of the events need."""
    return max((row + 1 for row in _places(ground, events) if row is not None), default=0)


def draw_events(ground: Ground, events: Sequence[EventMark], top: float) -> None:
    """Draw the events below ``top``, each with its label; several days get a bar."""
    for event, row in zip(events, _places(ground, events), strict=True):
        baseline = top - ((row or 0) + 1) * EVENT_ROW + 3
        x = ground.x(event.x)
        if event.stop is not None:
            width = max(ground.x(event.stop) - x, 1.0)
            ground.block((x, baseline + 1.5), width, 2.2, ground.colour("ink_soft"))
        _draw_peak(ground, x, baseline)
        if row is not None:
            text = _beside(ground, event)
            ground.write((text.x, baseline), text.label, anchor=text.anchor, is_plated=True)


def _draw_peak(ground: Ground, x: float, baseline: float) -> None:
    peak = Path(fillColor=ground.colour("ink"), strokeColor=None)
    peak.moveTo(round(x - 2.6, 2), round(baseline, 2))
    peak.lineTo(round(x + 2.6, 2), round(baseline, 2))
    peak.lineTo(round(x, 2), round(baseline + 5, 2))
    peak.closePath()
    ground.drawing.add(peak)


def _places(ground: Ground, events: Sequence[EventMark]) -> tuple[int | None, ...]:
    spans = [_beside(ground, event).span for event in events]
    return packed(spans, _MOST_EVENT_ROWS)


def _beside(ground: Ground, event: EventMark) -> Beside:
    text = ground.beside(event.x if event.stop is None else event.stop, event.label)
    start = ground.x(event.x) - 4
    if text.anchor == "end":
        return ground.beside(event.x, event.label)
    return replace(text, span=(start, text.span[1]))


def draw_axis(ground: Ground, axis: Axis, baseline: float) -> None:
    """Write the ticks of the time axis, leaving out those that would touch, and its caption."""
    last = float("-inf")
    for tick in axis.ticks:
        half = ground.fonts.width(tick.label, ground.size) / 2
        x = ground.x(tick.x)
        ground.line((x, baseline + 8), (x, baseline + 10.5), "ink_soft", 0.5)
        if x - half > last + 4:
            ground.write((x, baseline), tick.label, role="ink_soft", anchor="middle")
            last = x + half
    place = (ground.right, baseline - 10)
    ground.write(place, axis.caption, role="ink_soft", anchor="end", size=ground.size - 0.5)


def rater_rows(ground: Ground, raters: Sequence[RaterShape]) -> int:
    """Return how many lines the raters need."""
    return 1 + max((row for row, _ in _rater_places(ground, raters)), default=-1)


def draw_raters(ground: Ground, raters: Sequence[RaterShape], baseline: float) -> None:
    """Write which shape is whose, from ``baseline`` down."""
    for rater, (row, x) in zip(raters, _rater_places(ground, raters), strict=True):
        y = baseline - row * EVENT_ROW
        ground.marks(rater.shape, [(x + 3, y + 2.6)], 2.6, fill="ink_soft", edge="surface")
        ground.write((x + 9, y), _rater(ground, rater), role="ink_soft")


def _rater_places(ground: Ground, raters: Sequence[RaterShape]) -> tuple[tuple[int, float], ...]:
    places: list[tuple[int, float]] = []
    row, x = 0, ground.left
    for rater in raters:
        width = ground.fonts.width(_rater(ground, rater), ground.size) + 22
        if x > ground.left and x + width > ground.right:
            row, x = row + 1, ground.left
        places.append((row, x))
        x += width
    return tuple(places)


def _rater(ground: Ground, rater: RaterShape) -> str:
    return ground.fonts.cut(rater.rater, ground.size, Weight.REGULAR, 180)
