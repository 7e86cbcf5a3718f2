"""Places short labels beside their marks, in a few rows, so that none covers another."""

from collections.abc import Sequence

from msgspec import Struct

from app.trends.figure import EventMark, OpenMark
from widgets.plot_style import Style
from widgets.plot_time import TimeScale

_MOST_ROWS = 3


class Placed(Struct, frozen=True):
    """A mark and its label: where both stand, in which row; no text where there was no room."""

    mark: EventMark | OpenMark
    x: float
    text_x: float
    row: int
    text: str


def place_labels(
    marks: Sequence[EventMark | OpenMark], scale: TimeScale, style: Style
) -> tuple[Placed, ...]:
    """Place each mark that is in view with its label, in the first row that has room.

    A label that would leave the right edge stands left of its mark; one that has room nowhere
    is left to hovering.
    """
    free = [float("-inf")] * _MOST_ROWS
    seen = (mark for mark in sorted(marks, key=_x_of) if scale.holds(mark.x))
    return tuple(_place(mark, free, scale, style) for mark in seen)


def _x_of(mark: EventMark | OpenMark) -> float:
    return mark.x


def _place(
    mark: EventMark | OpenMark, free: list[float], scale: TimeScale, style: Style
) -> Placed:
    """Place one mark; ``free`` is where each row is free from, and is moved on."""
    at, gap, text = scale.px(mark.x), style.px(10), mark.label
    width = style.width(text, style.small)
    text_x = at + gap if at + gap + width <= scale.right + gap else at - gap - width
    begin, end = min(at - gap, text_x), max(at + gap, text_x + width)
    row = _free_row(free, begin) if text_x >= scale.left - gap else None
    if row is None:
        begin, end, text = at - gap, at + gap, ""
        row = _free_row(free, begin) or 0
    free[row] = max(free[row], end + gap)
    return Placed(mark, at, text_x, row, text)


def _free_row(free: list[float], begin: float) -> int | None:
    return next((row for row, x in enumerate(free) if x <= begin), None)


def rows_of(placed: Sequence[Placed]) -> int:
    """Count the rows that placed labels need."""
    return max((each.row + 1 for each in placed), default=0)
