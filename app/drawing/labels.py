"""Decides which labels have room: none covers another, and none covers a mark."""

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from app.drawing.measure import Letters, Measure
from app.drawing.time_scale import TimeScale
from app.trends.figure import EventMark, OpenMark

MOST_ROWS = 3
_GAP = 10
_LONGEST = 340
Span = tuple[float, float]


class Placed(Struct, frozen=True):
    """A mark and its label: where both stand, in which row; no text where there was no room."""

    mark: EventMark | OpenMark
    x: float
    text_x: float
    row: int
    text: str


def packed(spans: Sequence[Span], rows: int = 1) -> tuple[int | None, ...]:
    """Give each span, in their order, the first of ``rows`` rows where it is free.

    A span that fits in no row gets ``None``.
    """
    taken: list[list[Span]] = [[] for _ in range(rows)]
    places: list[int | None] = []
    for span in spans:
        row = next((row for row in range(rows) if _is_free(taken[row], span)), None)
        if row is not None:
            taken[row].insert(bisect_left(taken[row], span), span)
        places.append(row)
    return tuple(places)


def _is_free(taken: Sequence[Span], span: Span) -> bool:
    """Whether a span touches none of those in a row, which stand in order."""
    after = bisect_left(taken, span)
    is_clear_before = after == 0 or taken[after - 1][1] <= span[0]
    return is_clear_before and (after == len(taken) or span[1] <= taken[after][0])


def place_labels(
    marks: Sequence[EventMark | OpenMark],
    scale: TimeScale,
    measure: Measure,
    most_rows: int = MOST_ROWS,
) -> tuple[Placed, ...]:
    """Place each mark that is in view with its label, in the first row that has room.

    A label that would leave the right edge stands left of its mark; one that has room nowhere is
    left out, and so is one that a later mark would otherwise have to stand on.
    """
    rows = _Rows(scale, measure, most_rows)
    for mark in sorted(marks, key=_x_of):
        if scale.holds(mark.x):
            rows.place(mark)
    return tuple(rows.placed)


def _x_of(mark: EventMark | OpenMark) -> float:
    return mark.x


class _Rows:
    """The rows below a plot while they are filled from left to right."""

    def __init__(self, scale: TimeScale, measure: Measure, count: int) -> None:
        self.placed: list[Placed] = []
        self._scale = scale
        self._measure = measure
        self._gap = measure.px(_GAP)
        self._free = [float("-inf")] * count
        self._last: list[int] = [-1] * count

    def place(self, mark: EventMark | OpenMark) -> None:
        at, gap = self._scale.px(mark.x), self._gap
        text = self._measure.cut(mark.label, Letters.SMALL, self._measure.px(_LONGEST))
        text_x, width = self._text_place(at, text)
        row = None
        if text and text_x >= self._scale.left - gap:
            row = self._free_row(min(at - gap, text_x))
        if row is None:
            self._stand_alone(mark, at)
        else:
            self._stand(Placed(mark, at, text_x, row, text), max(at, text_x + width) + gap)

    def _text_place(self, at: float, text: str) -> Span:
        gap, width = self._gap, self._measure.width(text, Letters.SMALL)
        is_right = at + gap + width <= self._scale.right + gap
        return (at + gap if is_right else at - gap - width), width

    def _free_row(self, begin: float) -> int | None:
        return next((row for row, x in enumerate(self._free) if x <= begin), None)

    def _stand_alone(self, mark: EventMark | OpenMark, at: float) -> None:
        """Place a mark without a label in the first row where it stands on none.

        If there is no such row, the last label of the last one gives way.
        """
        clear = (row for row in range(len(self._free)) if self._is_clear(row, at))
        row = next(clear, None)
        if row is None:
            row = len(self._free) - 1
            last = self._last[row]
            self.placed[last] = replace(self.placed[last], text="")
            self._last[row] = -1
        self._free[row] = max(self._free[row], at + self._gap)
        self.placed.append(Placed(mark, at, at + self._gap, row, ""))

    def _is_clear(self, row: int, at: float) -> bool:
        """Whether a mark stands on no label of a row: behind the last, or with its mark."""
        if self._last[row] < 0:
            return True
        last, half = self.placed[self._last[row]], self._gap / 2
        end = last.text_x + self._measure.width(last.text, Letters.SMALL)
        return at - half >= end or at - last.x <= half

    def _stand(self, placed: Placed, end: float) -> None:
        self._last[placed.row] = len(self.placed)
        self.placed.append(placed)
        self._free[placed.row] = end


def rows_of(placed: Sequence[Placed]) -> int:
    """Count the rows that placed labels need."""
    return max((each.row + 1 for each in placed), default=0)
