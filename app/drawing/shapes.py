"""The shapes of marks, one for each rater, and the block of an event over its days."""

from collections.abc import Mapping
from math import cos, pi, sin

from app.drawing.time_scale import TimeScale
from app.drawing.vocabulary import Block, Disc, Outline, Position
from app.trends.figure import EventMark, MarkShape


def _star() -> tuple[Position, ...]:
    """Return ten corners, the outer ones further out, the first straight up."""
    return tuple(
        (sin(pi * n / 5) * (0.62 - 0.34 * (n % 2)), -cos(pi * n / 5) * (0.62 - 0.34 * (n % 2)))
        for n in range(10)
    )


CORNERS: Mapping[MarkShape, tuple[Position, ...]] = {
    MarkShape.SQUARE: ((-0.45, -0.45), (0.45, -0.45), (0.45, 0.45), (-0.45, 0.45)),
    MarkShape.TRIANGLE: ((0.0, -0.58), (0.56, 0.42), (-0.56, 0.42)),
    MarkShape.DIAMOND: ((0.0, -0.62), (0.62, 0.0), (0.0, 0.62), (-0.62, 0.0)),
    MarkShape.STAR: _star(),
}
"""The corners of each shape but the circle, about one across, around the origin."""


def shape_at(
    shape: MarkShape, at: Position, size: float, fill: str, edge: str = "", width: float = 0.0
) -> Disc | Outline:
    """Return a mark of about ``size`` across."""
    if shape is MarkShape.CIRCLE:
        return Disc(at, size / 2, fill, edge, width)
    x, y = at
    corners = tuple((x + right * size, y + down * size) for right, down in CORNERS[shape])
    return Outline(corners, fill, edge, width)


def span_block(event: EventMark, scale: TimeScale, top: float, height: float, role: str) -> Block:
    """Return an event as a block over all its days, at least two pixels wide.

    It comes and goes softly over the days on which it may have begun and ended; a single event
    whose day is not known has no edge at all.
    """
    left, right = map(scale.px, event.reach)
    width = max(2.0, right - left)
    ended = event.begun if event.stop is None else event.ended
    soft = [
        scale.px(days[1]) - scale.px(days[0]) if days else 0.0 for days in (event.begun, ended)
    ]
    share = min(1.0, width / sum(soft)) if any(soft) else 0.0
    return Block(
        left, top, width, height, role, fade_left=soft[0] * share, fade_right=soft[1] * share
    )
