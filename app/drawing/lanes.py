"""The treatment lanes: bars with dose steps, single doses, soft edges, running arrows, words."""

from collections.abc import Iterator

from app.drawing.measure import Letters, Measure
from app.drawing.places import Box, LanePlace, WordsAt
from app.drawing.time_scale import TimeScale
from app.drawing.vocabulary import Block, Element, Frame, Line, Outline
from app.signs import whole_doses
from app.trends.figure import Bar

_SOFT = 28
_LEAST = 2
_OUTLINE = 1.5
_HOLLOW = 6
_ROUND = 3.0
_APART = 14
"""How far the last weight stands behind the doses."""
_DASH = (4.0, 2.0)


def bar_box(place: LanePlace, bar: Bar, scale: TimeScale, measure: Measure) -> Box:
    """Return where a bar stands; a single dose is three pixels wide, a pause two high.

    What is hollow is wide and high enough to be seen as that.
    """
    least = measure.px(_HOLLOW) if bar.is_planned else float(_LEAST)
    height = max(least, place.bar * bar.height)
    left, right = scale.px(bar.start), scale.px(bar.stop)
    if bar.start == bar.stop:
        half = least / 2 if bar.is_planned else measure.px(1.5)
        left, right = left - half, left + half
    return Box(left, place.bar_bottom - height, max(least, right - left), height)


class LaneDrawer:
    """Draws one lane; ``scale`` is the stretch of time in view."""

    def __init__(self, place: LanePlace, scale: TimeScale, measure: Measure) -> None:
        self._place = place
        self._lane = place.lane
        self._scale = scale
        self._measure = measure

    def floor(self) -> Element:
        """Return the line that the lane stands on."""
        row = self._place.row
        return Line((row.left, row.bottom), (row.right, row.bottom), "grid")

    def bars(self) -> Iterator[Element]:
        """Yield the bars that are in view."""
        for bar in self._lane.bars:
            box = bar_box(self._place, bar, self._scale, self._measure)
            if box.right > self._scale.left and box.left < self._scale.right:
                yield self._bar(bar, box)
                if bar.has_reason:
                    top = self._place.bar_bottom - self._place.bar
                    end = self._place.bar_bottom
                    yield Line((box.right, top), (box.right, end), "ink", 2.0)

    def _bar(self, bar: Bar, box: Box) -> Element:
        if bar.is_planned:
            return self._hollow(bar, box)
        # Bars that meet have straight ends, or there would be gaps between them.
        is_alone = bar.start == bar.stop or len(self._lane.bars) == 1
        soft = 0.0
        if bar.start != bar.stop:
            soft = min(box.width / 2, self._measure.px(_SOFT))
        return Block(
            box.left, box.top, box.width, box.height, self._lane.colour,
            radius=min(_ROUND, box.width / 2, box.height / 2) if is_alone else 0.0,
            fade_left=soft if bar.soft_start else 0.0,
            fade_right=soft if bar.soft_stop else 0.0,
        )  # fmt: skip

    def _hollow(self, bar: Bar, box: Box) -> Element:
        """Return the outline of what is planned; broken where an edge is not exact."""
        line = max(1.0, self._measure.px(_OUTLINE))
        dash = _DASH if bar.soft_start or bar.soft_stop else ()
        return Frame(
            box.left, box.top, box.width, box.height, self._lane.colour, line,
            fill="background", dash=dash,
        )  # fmt: skip

    def arrows(self) -> Iterator[Element]:
        """Yield the arrow of what still runs, right of its bar; bars side by side share it."""
        ends = {
            box.right
            for bar in self._lane.bars
            if bar.is_running
            for box in (bar_box(self._place, bar, self._scale, self._measure),)
            if box.right > self._scale.left and box.left < self._scale.right
        }
        for end in sorted(ends):
            x, size = min(end, self._scale.right) + self._measure.px(5), self._measure.px(4)
            y = self._place.bar_bottom - self._place.bar / 2
            yield Outline(((x, y - size), (x + size * 1.7, y), (x, y + size)), "ink")

    def words(self) -> Iterator[Element]:
        """Yield the name of the lane, and its doses on a plate where there is room for them."""
        measure, px, row = self._measure, self._measure.px, self._place.row
        right = row.left - px(14)
        label = measure.cut(self._lane.label, Letters.TEXT, right)
        yield measure.before(right, row.top + self._place.line / 2, label, Letters.TEXT, "ink")
        if self._place.words_at is WordsAt.NOWHERE:
            return
        told = measure.cut(self._lane.words, Letters.SMALL, self._scale.width)
        told = told if told == self._lane.words else whole_doses(told)
        width = measure.width(told, Letters.SMALL)
        x, middle = self._words_x(width), row.top + self._words_middle()
        if self._scale.left <= x and x + width <= self._scale.right + px(28):
            yield from self._on_plate(x, middle, told)
            yield from self._weight(x + width + px(_APART), middle)

    def _weight(self, x: float, middle: float) -> Iterator[Element]:
        """Yield the last weight behind the doses, where there is room for all of it."""
        told = self._lane.weight
        end = x + self._measure.width(told, Letters.SMALL)
        if told and self._place.words_at is not WordsAt.BEFORE and end <= self._scale.right:
            yield from self._on_plate(x, middle, told)

    def _on_plate(self, x: float, middle: float, told: str) -> Iterator[Element]:
        px, width = self._measure.px, self._measure.width(told, Letters.SMALL)
        yield Block(x - px(3), middle - px(8), width + px(6), px(16), "background")
        yield self._measure.text(x, middle, told, Letters.SMALL)

    def _words_middle(self) -> float:
        is_below = self._place.words_at is WordsAt.BELOW
        return self._measure.px(36) if is_below else self._place.line / 2

    def _words_x(self, width: float) -> float:
        px, bars = self._measure.px, self._lane.bars
        first = self._scale.px(min(bar.start for bar in bars))
        if self._place.words_at is WordsAt.BELOW:
            highest = max(self._scale.left, self._scale.right - width)
            return min(max(first, self._scale.left), highest)
        if self._place.words_at is WordsAt.BEFORE:
            return first - width - px(8)
        arrow = px(12) if any(bar.is_running for bar in bars) else 0
        return self._scale.px(max(bar.stop for bar in bars)) + px(8) + arrow
