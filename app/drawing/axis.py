"""What belongs to time: spans, events, ticks, treatment starts, today, what the axis counts."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from app.drawing.labels import Placed, packed, place_labels
from app.drawing.measure import Letters, Measure
from app.drawing.places import Layout, row_events, span_events
from app.drawing.shapes import span_block
from app.drawing.time_scale import TimeScale
from app.drawing.vocabulary import Block, Element, Group, Line, Outline
from app.trends.figure import EventMark, Figure, StartLine, Tick

_DASH = (4.0, 4.0)
_START, _TODAY = 1.4, 1.4
_QUIET = 0.55
_BAND, _FAINT, _WIDE = 0.1, 0.35, 4
"""How faint the days are on which a start or an event may lie; how high those of an event."""
_ROW = 22


class AxisDrawer:
    """Draws the time axis of one figure; ``scale`` is the stretch of time in view."""

    def __init__(self, figure: Figure, layout: Layout, scale: TimeScale, measure: Measure) -> None:
        self._figure = figure
        self._layout = layout
        self._scale = scale
        self._measure = measure

    def spans(self) -> Iterator[Element]:
        """Yield the shading of each relapse through everything."""
        top = self._measure.px(20)
        bottom = self._layout.ticks_top - self._measure.px(2)
        for event in span_events(self._figure):
            yield span_block(event, self._scale, top, bottom - top, "relapse_soft")

    def _ends(self, event: EventMark) -> tuple[float, float]:
        first, last = event.reach
        return self._scale.px(first), self._scale.px(last)

    def start_days(self) -> Iterator[Element]:
        """Yield a faint band over the days on which starts lie whose own day is not known.

        Several of one period have one band.
        """
        bands: dict[tuple[float, float], float] = {}
        for start in self._figure.starts:
            if start.begun is not None:
                alpha = _BAND if start.is_chosen else _BAND * _QUIET
                bands[start.begun] = max(alpha, bands.get(start.begun, 0.0))
        for begun, alpha in bands.items():
            left, right = map(self._scale.px, begun)
            for top, bottom in self._stretches():
                yield Block(left, top, right - left, bottom - top, "accent", alpha)

    def starts(self) -> Iterator[Element]:
        """Yield the start lines through every panel and lane, but through no words."""
        for start in self._figure.starts:
            x = self._scale.px(start.x)
            alpha = 1.0 if start.is_chosen else _QUIET
            for top, bottom in self._stretches():
                yield Line((x, top), (x, bottom), "accent", _START, alpha, _DASH)

    def _stretches(self) -> Iterator[tuple[float, float]]:
        air, lanes = self._measure.px(4), self._layout.lanes
        for place in self._layout.panels:
            yield place.plot.top - air, place.plot.bottom + air
        if lanes:
            yield lanes[0].row.top, self._layout.events_top - air

    def today(self) -> Iterator[Element]:
        """Yield the line for today through panels and lanes: what is planned is behind it."""
        today = self._figure.today
        if today is not None and not today.is_beyond:
            x = self._scale.px(today.x)
            for top, bottom in self._stretches():
                yield Line((x, top), (x, bottom), "ink", _TODAY)

    def words(self, ticks: Sequence[Tick]) -> Iterator[Element | Group]:
        """Yield the words of the axis; a label that would cover another is left out."""
        yield from self._span_labels()
        yield from self._events()
        yield from self._ticks(ticks)
        yield from self._names()
        yield from self._caption()

    def _span_labels(self) -> Iterator[Element]:
        """Name each shaded span above it, held inside the axis."""
        measure, scale, gap = self._measure, self._scale, self._measure.px(8)
        told = []
        for event in span_events(self._figure):
            left, right = self._ends(event)
            if right >= scale.left and left <= scale.right:
                width = measure.width(event.label, Letters.SMALL_STRONG)
                x = max(min((left + right - width) / 2, scale.right - width), scale.left)
                told.append((event.label, x, x + width + gap))
        rows = packed([(begin, end) for _, begin, end in told])
        for (label, x, _end), row in zip(told, rows, strict=True):
            if row is not None:
                letters = Letters.SMALL_STRONG
                yield measure.text(x, measure.px(10), label, letters, "caution")

    def _events(self) -> Iterator[Element | Group]:
        measure, layout, px = self._measure, self._layout, self._measure.px
        placed = place_labels(
            row_events(self._figure), self._scale, measure, max(1, layout.event_rows)
        )
        for each in placed:
            top = layout.events_top + each.row * px(_ROW)
            yield from self._event_span(each, top + px(19))
            yield _peak(each.x, top + px(10), px(4))
            if each.text:
                yield measure.text(each.text_x, top + px(10), each.text, Letters.SMALL)
        unnamed = sum(not each.text for each in placed)
        if unnamed:
            right = self._scale.left - px(14)
            told = self._figure.more.format(count=unnamed)
            told = measure.cut(told, Letters.SMALL, right)
            yield measure.before(right, layout.events_top + px(11), told, Letters.SMALL)

    def _event_span(self, placed: Placed, y: float) -> Iterator[Group]:
        """Underline an event for as long as it lasted, or faintly for as long as it may lie."""
        event, scale, px = placed.mark, self._scale, self._measure.px
        if not isinstance(event, EventMark) or (event.stop is None and event.begun is None):
            return
        block = span_block(event, scale, y, px(2), "ink_soft")
        if event.stop is None:
            left, right = self._ends(event)
            block = Block(left, y - px(1), right - left, px(_WIDE), "ink_soft", _FAINT)
        yield Group(scale.left, scale.right, (block,))

    def _ticks(self, ticks: Sequence[Tick]) -> Iterator[Element]:
        """Label the ticks in view; one that would touch the label before it is left out."""
        measure = self._measure
        told = [tick for tick in ticks if self._scale.holds(tick.x)]
        spans = [self._tick_span(tick) for tick in told]
        for tick, span, row in zip(told, spans, packed(spans), strict=True):
            if row is not None:
                middle = self._layout.ticks_top + measure.px(9)
                yield measure.text(span[0], middle, tick.label, Letters.SMALL)

    def _tick_span(self, tick: Tick) -> tuple[float, float]:
        width = self._measure.width(tick.label, Letters.SMALL)
        x = self._scale.px(tick.x) - width / 2
        x = max(0.0, min(x, self._layout.width - width))
        return x, x + width + self._measure.px(10)

    def _names(self) -> Iterator[Element]:
        """Name the starts and today below the axis; the chosen start comes first, then today.

        One that is wider than the drawing is cut.
        """
        measure = self._measure
        names = [name for name in _names_of(self._figure) if self._scale.holds(name.x)]
        labels = [measure.cut(n.label, n.letters, self._scale.right) for n in names]
        spans = []
        for name, label in zip(names, labels, strict=True):
            width, gap = measure.width(label, name.letters), measure.px(8)
            x = min(self._scale.px(name.x) - width / 2, self._scale.right - width)
            spans.append((max(x, 0.0), max(x, 0.0) + width + gap))
        placed = list(zip(names, labels, spans, packed(spans), strict=True))
        told = [span for _, _, span, row in placed if row is not None]
        middle = self._layout.starts_top + measure.px(9)
        for name, label, span, row in placed:
            if row is not None:
                yield measure.text(span[0], middle, label, name.letters, name.role)
                if self._has_room(span[1], name, told):
                    yield measure.text(span[1], middle, name.behind, name.letters, "ink_soft")

    def _has_room(self, x: float, name: "_Name", told: Sequence[tuple[float, float]]) -> bool:
        """Whether what is said behind a name has room between the other names and the edge."""
        width, gap = self._measure.width(name.behind, name.letters), self._measure.px(8)
        is_free = all(end <= x or x + width + gap <= begin for begin, end in told)
        return bool(name.behind) and is_free and x + width <= self._scale.right

    def _caption(self) -> Iterator[Element]:
        measure, scale = self._measure, self._scale
        caption = measure.cut(self._figure.axis.caption, Letters.SMALL, scale.width)
        if caption:
            x = (scale.left + scale.right - measure.width(caption, Letters.SMALL)) / 2
            middle = self._layout.caption_top + measure.px(9)
            yield measure.text(x, middle, caption, Letters.SMALL)


def _peak(x: float, y: float, size: float) -> Element:
    """Return the small triangle of an event."""
    return Outline(((x, y - size), (x + size, y + size), (x - size, y + size)), "ink")


class _Name(Struct, frozen=True):
    """A name below the axis, how it is written, and what is said behind it if there is room."""

    x: float
    label: str
    role: str
    letters: Letters
    behind: str = ""


def _names_of(figure: Figure) -> Iterator[_Name]:
    """Yield what is named below the axis, what matters most in front."""
    starts = sorted(figure.starts, key=_chosen_first)
    for start in starts:
        if start.is_chosen:
            yield _Name(start.x, start.label, "accent", Letters.SMALL_STRONG)
    if figure.today is not None:
        today = figure.today
        yield _Name(today.x, today.label, "ink", Letters.SMALL, today.behind)
    for start in starts:
        if not start.is_chosen:
            yield _Name(start.x, start.label, "accent", Letters.SMALL)


def _chosen_first(start: StartLine) -> tuple[bool, float]:
    return not start.is_chosen, start.x
