"""The score panels: grid, bands, lines and marks, what has no total, and the words around."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from app.drawing.labels import place_labels
from app.drawing.measure import Letters, Measure
from app.drawing.places import PanelPlace, named
from app.drawing.shapes import shape_at
from app.drawing.time_scale import TimeScale
from app.drawing.vocabulary import Block, Disc, Element, Line, Polyline
from app.trends.figure import AgeNote, Mark, OpenMark

_MARK, _LEAST_MARK, _FOLDED_MARK = 12.0, 7.0, 4.0
_RIM = 1.5
_BAND, _BAND_SIGN, _REACH = 0.12, 0.25, 5
_AROUND, _TICK = 3.0, 5
_STEP = 5.0
"""How far a mark is moved that would lie below one of the same date and total."""


def mark_size(place: PanelPlace) -> float:
    """Return how large marks are: smaller where so many stand that they would hide the line."""
    if place.is_folded:
        return _FOLDED_MARK
    room = 2 * place.plot.width / max(1, len(place.panel.marks))
    return max(_LEAST_MARK, min(_MARK, room))


def has_rims(place: PanelPlace) -> bool:
    """Whether each mark has a rim in the colour of the ground."""
    return mark_size(place) == _MARK


class PanelDrawer:
    """Draws one panel; ``scale`` is the stretch of time in view."""

    def __init__(self, place: PanelPlace, scale: TimeScale, measure: Measure) -> None:
        self._place = place
        self._panel = place.panel
        self._scale = scale
        self._measure = measure

    def grid(self) -> Iterator[Element]:
        """Yield the lines of the values with the bands on them, or the one line of a fold."""
        plot, place = self._place.plot, self._place
        if place.is_folded:
            yield Line((plot.left, plot.bottom), (plot.right, plot.bottom), "grid")
            return
        for band in self._panel.bands:
            top, bottom = place.y(float(band.high)), place.y(float(band.low))
            yield Block(plot.left, top, plot.width, bottom - top, self._panel.colour, _BAND)
        for tick in self._panel.ticks:
            y = place.y(float(tick.y))
            yield Line((plot.left, y), (plot.right, y), "grid")

    def behind(self) -> Iterator[Element]:
        """Yield what lies behind the marks and belongs to days."""
        if self._place.is_folded:
            return
        for note in self._panel.age_notes:
            yield from self._age_note(note)
        for mark in self._panel.marks:
            if mark.is_approximate and self._is_near(mark):
                yield from self._reach(mark)
            if (mark.is_typed or mark.is_amended) and self._scale.holds(mark.x):
                yield from self._signs(mark)
        yield from self._piled()
        yield from self._rater_ticks()

    def _rater_ticks(self) -> Iterator[Element]:
        top, height = self._place.plot.bottom + 3, self._measure.px(_TICK)
        free = float("-inf")
        for x in self._panel.new_raters:
            at = self._scale.px(x)
            if at >= free:
                yield Line((at, top), (at, top + height), "ink_soft", 2.0)
                free = at + height

    def _signs(self, mark: Mark) -> Iterator[Element]:
        """Draw a ring around what was amended, and a line below what was typed from paper."""
        half = mark_size(self._place) * self._measure.unit / 2 + _AROUND
        x, y = self._at(mark.x, float(mark.y))
        if mark.is_amended:
            yield Disc((x, y), half, "", self._panel.colour, 1.2)
        if mark.is_typed:
            short, below = half / 2, y + half
            yield Line((x - short, below), (x + short, below), self._panel.colour, 2.0)

    def _piled(self) -> Iterator[Element]:
        """Draw marks that lie below others as steps up and left of the last."""
        unit, colour = self._measure.unit, self._panel.colour
        size, step = mark_size(self._place) * unit, _STEP * unit
        for pile in self._piles():
            x, y = self._at(pile[-1].x, float(pile[-1].y))
            for up, mark in reversed(tuple(enumerate(reversed(pile)))):
                at = (x - up * step, y - up * step)
                yield shape_at(mark.shape, at, size, colour, "background", _RIM)

    def _piles(self) -> Iterable[Sequence[Mark]]:
        """Return marks of one date and total that lie so near that one hides the other."""
        piles: dict[tuple[float, Decimal], list[Mark]] = {}
        for mark in self._panel.marks:
            if mark.alike > 1 and self._scale.holds(mark.x):
                pixel = self._scale.px(mark.x) // (_STEP * self._measure.unit)
                piles.setdefault((pixel, mark.y), []).append(mark)
        return [pile for pile in piles.values() if len(pile) > 1]

    def _is_near(self, mark: Mark) -> bool:
        return mark.x_to >= self._scale.lowest and mark.x_from <= self._scale.highest

    def _age_note(self, note: AgeNote) -> Iterator[Element]:
        """Draw what typical people of one age score: its range, and its median as a short bar."""
        x, half = self._scale.px(note.x), self._measure.px(5)
        low, middle, high = (self._place.y(float(y)) for y in (note.low, note.median, note.high))
        yield Line((x, low), (x, high), "ink_soft", 1.6)
        for y in (low, middle, high):
            yield Line((x - half, y), (x + half, y), "ink_soft", 1.6)

    def _reach(self, mark: Mark) -> Iterator[Element]:
        """Draw how far a date that is not exact may reach."""
        y, width = self._place.y(float(mark.y)), self._measure.px(_REACH)
        left, right = self._scale.px(mark.x_from), self._scale.px(mark.x_to)
        yield Line((left, y), (right, y), self._panel.colour, width, 0.3)

    def lines(self) -> Iterator[Element]:
        """Yield the lines between totals."""
        width = 2 * self._measure.unit
        for run in self._panel.lines:
            if len(run) > 1:
                places = tuple(self._at(x, float(y)) for x, y in run)
                yield Polyline(places, self._panel.colour, width)

    def marks(self) -> Iterator[Element]:
        """Yield the marks of totals that are in view."""
        unit, colour = self._measure.unit, self._panel.colour
        size, rim = mark_size(self._place) * unit, _RIM if has_rims(self._place) else 0.0
        edge = "background" if rim else ""
        for mark in self._panel.marks:
            if self._scale.holds(mark.x):
                at = self._at(mark.x, float(mark.y))
                yield shape_at(mark.shape, at, size, colour, edge, rim)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return self._scale.px(x), self._place.y(y)

    def words(self) -> Iterator[Element]:
        """Yield every word of the panel, and the visits that have no total."""
        if self._place.is_folded:
            yield self._folded_name()
            return
        yield from self._titles()
        yield from self._value_ticks()
        yield from self._footers()
        yield from self._open_marks()

    def _folded_name(self) -> Element:
        """Name a folded panel where lanes are named, in the colour of what can be pressed."""
        right = self._scale.left - self._measure.px(14)
        told = self._measure.cut(named(self._panel), Letters.TEXT, right)
        return self._measure.before(right, self._place.plot.middle, told, Letters.TEXT, "accent")

    def _titles(self) -> Iterator[Element]:
        measure, plot, px = self._measure, self._place.plot, self._measure.px
        x, middle = plot.left, self._place.title_top + px(15)
        for text, letters, role in (
            (self._panel.title, Letters.TITLE, "ink"),
            (self._panel.subtitle, Letters.TEXT, "ink_soft"),
            (self._panel.caution, Letters.TEXT, "caution"),
        ):
            if role == "caution" and self._place.caution_below:
                middle += px(18)
                x = max(0.0, min(plot.left, plot.right - measure.width(text, letters)))
            told = measure.cut(text, letters, plot.right - x)
            if told:
                yield measure.text(x, middle, told, letters, role)
                x += measure.width(told, letters) + px(12)

    def _value_ticks(self) -> Iterator[Element]:
        """Yield the values beside the grid from the bottom up; none touches the one below."""
        measure, right = self._measure, self._place.plot.left - self._measure.px(10)
        free = float("inf")
        for tick in sorted(self._panel.ticks, key=lambda tick: tick.y):
            y = self._place.y(float(tick.y))
            if y <= free:
                yield measure.before(right, y, tick.label, Letters.SMALL)
                free = y - measure.size(Letters.SMALL)

    def _footers(self) -> Iterator[Element]:
        """Yield what is told below, behind a swatch of the band or the sign of the age marks."""
        px, plot, top = self._measure.px, self._place.plot, self._place.footer_top
        for index, line in enumerate(self._place.footers):
            middle = top + (index + 0.5) * px(17)
            yield self._measure.text(plot.left + px(22), middle, line, Letters.SMALL)
        if not self._place.footers:
            return
        if self._panel.bands:
            swatch = (plot.left, top + px(4), px(14), px(10))
            yield Block(*swatch, self._panel.colour, _BAND_SIGN)
            return
        x, high, low = plot.left + px(7), top + px(4), top + px(14)
        for y in (high, (high + low) / 2, low):
            yield Line((x - px(4), y), (x + px(4), y), "ink_soft", 1.6)
        yield Line((x, high), (x, low), "ink_soft", 1.6)

    def _open_marks(self) -> Iterator[Element]:
        """Yield visits without a total in their strip, each with its reason."""
        px, panel = self._measure.px, self._panel
        for placed in place_labels(panel.open_marks, self._scale, self._measure):
            middle = self._place.strip_row(placed.row, px(20)) + px(10)
            if placed.text and placed.row < self._place.open_rows:
                yield self._measure.text(placed.text_x, middle, placed.text, Letters.SMALL)
            if isinstance(placed.mark, OpenMark):
                at, shape = (placed.x, middle), placed.mark.shape
                yield shape_at(shape, at, px(10), "background", panel.colour, 2.0)
