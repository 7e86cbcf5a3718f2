"""The shapes of marks: each rater has one, and open marks and signs have theirs."""

from collections.abc import Mapping
from math import cos, pi, sin

from app.drawing.vocabulary import Disc, Outline, Position
from app.trends.figure import MarkShape


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
