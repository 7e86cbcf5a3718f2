"""Where everything of a course stands: panels above, lanes below, one time axis for all."""

from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from app.drawing.labels import MOST_ROWS, place_labels, rows_of
from app.drawing.measure import Letters, Measure
from app.drawing.time_scale import TimeScale
from app.signs import CAUTION
from app.trends.figure import RELAPSE, EventMark, Figure, Lane, Panel

_NOTHING = 160
_LABELS = 84
"""The least width of the column of names, in which an end of the stretch in view finds room."""
_LEAST_ALONE, _LEAST = 110, 48
_LEAST_CHOSEN, _LEAST_CHOSEN_LARGE, _LARGE = 140, 110, 1.25
"""The least height of a chosen panel in true pixels, that in large letters, and from when."""
_READABLE = 150
"""How high a panel reads well where the height is free."""
_FOLDED, _FOLDED_PLOT = 28, 20
_LANE, _LANE_WITH_WORDS, _LANE_THIN = 28, 44, 20
_BAR, _BAR_THIN = 18, 12
_AIR, _AIR_ALONE, _AIR_THIN = 12, 4, 2
"""How far the ticks stand below the events, below lanes alone, and where all is thin."""
_ITEM_ROW, _ITEM_ROW_CLOSE = 15, 12
"""The height of an item's row, and that where rows stand closely."""
_ABOVE_ITEMS = 60
"""How much higher than the least a panel stays above rows that do not stand closely."""


class WordsAt(Enum):
    """Where a lane's doses stand in words."""

    NOWHERE = "nowhere"
    AFTER = "after"
    BEFORE = "before"
    BELOW = "below"


class _Density(Struct, frozen=True):
    """What is shown beside the scores: the strips of items, and lanes and events in full.

    ``is_close``: what little room there is goes to rows of items that stand closely.
    """

    has_items: bool
    is_thin: bool
    is_close: bool = False


_WHOLE = _Density(has_items=True, is_thin=False)
_DENSITIES = (
    _WHOLE,
    _Density(has_items=True, is_thin=True),
    _Density(has_items=True, is_thin=True, is_close=True),
    _Density(has_items=False, is_thin=False),
    _Density(has_items=False, is_thin=True),
)
"""From where there is much room to where there is little; the last needs the least."""


class Box(Struct, frozen=True):
    """A rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.top + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a place lies within."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class PanelPlace(Struct, frozen=True):
    """A panel's place: title line, plot, strip of open marks, and lines of words below.

    A folded one is a single line: its name, and its course without values. ``item_rows`` are
    empty where there is no room for the items.
    """

    panel: Panel
    title_top: float
    caution_below: bool
    plot: Box
    strip_top: float
    open_rows: int
    footer_top: float
    footers: tuple[str, ...]
    is_folded: bool = False
    item_rows: tuple[Box, ...] = ()

    def strip_row(self, row: int, height: float) -> float:
        """Return the top of a row of open marks; a row too many shares the last."""
        return self.strip_top + min(row, max(0, self.open_rows - 1)) * height

    def y(self, value: float) -> float:
        """Return where a value stands; the worst score is at the top."""
        low, high = float(self.panel.lowest), float(self.panel.highest)
        share = (value - low) / (high - low) if high > low else 0.5
        return self.plot.bottom - share * self.plot.height


class LanePlace(Struct, frozen=True):
    """A lane's row, how high a full bar is, and where its doses stand in words.

    ``line`` is the height in which its name stands.
    """

    lane: Lane
    row: Box
    bar_bottom: float
    words_at: WordsAt
    bar: float
    line: float


class Layout(Struct, frozen=True):
    """Every place of a drawing of one size.

    ``needed`` is the height that holds it all; ``nothing`` the height above the lanes where the
    figure has no panel.
    """

    width: float
    scale: TimeScale
    top: float
    panels: tuple[PanelPlace, ...]
    lanes: tuple[LanePlace, ...]
    events_top: float
    event_rows: int
    ticks_top: float
    starts_top: float
    caption_top: float
    needed: float
    nothing: float


def span_events(figure: Figure) -> tuple[EventMark, ...]:
    """Return the relapses that are shaded spans."""
    return tuple(e for e in figure.events if e.kind == RELAPSE and e.stop is not None)


def row_events(figure: Figure) -> tuple[EventMark, ...]:
    """Return the events that stand in the row below the lanes."""
    return tuple(e for e in figure.events if e.kind != RELAPSE or e.stop is None)


def layout_of(figure: Figure, width: float, height: float, measure: Measure) -> Layout:
    """Place a figure on the screen; panels share what the rest leaves, but keep a least height.

    Where that is not to be had, lanes and events give way first, to thin bars and one line of
    events, then the strips of items.
    """
    for density in _DENSITIES[:-1]:
        builder = _Builder(figure, width, measure, density)
        least = builder.build(0.0)
        has_rows = any(place.item_rows for place in least.panels) and not density.is_close
        if least.needed + (measure.px(_ABOVE_ITEMS) if has_rows else 0.0) <= height:
            return builder.build(height)
    return _Builder(figure, width, measure, _DENSITIES[-1]).build(height)


def least_height(figure: Figure, width: float, measure: Measure) -> float:
    """Return the least height at which nothing is crowded at a width."""
    return _Builder(figure, width, measure, _DENSITIES[-1]).build(0.0).needed


def whole_layout_of(
    figure: Figure, width: float, measure: Measure, height: float = 0.0, *, has_items: bool = True
) -> Layout:
    """Place a figure where nobody can point at it: lanes and events keep all their words."""
    density = replace(_WHOLE, has_items=has_items)
    return _Builder(figure, width, measure, density).build(height)


def readable_height(figure: Figure, width: float, measure: Measure) -> float:
    """Return the height at which a whole figure reads well."""
    more = measure.px(_READABLE) - measure.px(_LEAST)
    return whole_layout_of(figure, width, measure).needed + more * len(figure.panels)


def named(panel: Panel) -> str:
    """Return how a folded panel is named: with a sign where its caution is folded away."""
    return f"{CAUTION} {panel.title}" if panel.caution else panel.title


class _LaneRows:
    """The rows of the lanes, one below the other, each as high as its words need."""

    def __init__(
        self, figure: Figure, scale: TimeScale, measure: Measure, *, is_thin: bool
    ) -> None:
        self._figure = figure
        self._scale = scale
        self._measure = measure
        self._is_thin = is_thin
        self._words = tuple(self._words_at(lane) for lane in figure.lanes)

    def place(self, y: float) -> tuple[tuple[LanePlace, ...], float]:
        """Return where the lanes stand from a height on, and where they end."""
        px, scale = self._measure.px, self._scale
        places = []
        top = y + (px(4) if self._figure.lanes else 0)
        for lane, at in zip(self._figure.lanes, self._words, strict=True):
            height, bar, line = self._heights(at)
            row = Box(scale.left, top, scale.width, height)
            bottom = top + line - px(4 if self._is_thin else 6)
            places.append(LanePlace(lane, row, bottom, at, bar, line))
            top += height
        return tuple(places), top + (px(4) if self._figure.lanes else 0)

    def _heights(self, at: WordsAt) -> tuple[float, float, float]:
        """Return the heights of a lane's row, of its full bar, and of the line with its name."""
        px = self._measure.px
        if self._is_thin:
            return px(_LANE_THIN), px(_BAR_THIN), px(_LANE_THIN)
        row = _LANE_WITH_WORDS if at is WordsAt.BELOW else _LANE
        return px(row), px(_BAR), px(30)

    def _words_at(self, lane: Lane) -> WordsAt:
        """Choose a free place for the doses: after the last bar, before the first, or below."""
        px, scale = self._measure.px, self._scale
        seen = any(bar.stop >= scale.lowest and bar.start <= scale.highest for bar in lane.bars)
        if not lane.words or not seen:
            return WordsAt.NOWHERE
        room = self._measure.width(lane.words, Letters.SMALL) + px(16)
        last = scale.px(max(bar.stop for bar in lane.bars))
        last += px(12) if any(bar.is_running for bar in lane.bars) else 0
        is_clear = self._is_thin or not self._crosses_today(last, last + room)
        if is_clear and scale.left <= last <= scale.right + px(20) - room:
            return WordsAt.AFTER
        first = scale.px(min(bar.start for bar in lane.bars))
        if scale.left + room <= first <= scale.right:
            return WordsAt.BEFORE
        return WordsAt.NOWHERE if self._is_thin else WordsAt.BELOW

    def _crosses_today(self, left: float, right: float) -> bool:
        today = self._figure.today
        return today is not None and left < self._scale.px(today.x) < right


class _Builder:
    """Adds up one layout from top to bottom."""

    def __init__(self, figure: Figure, width: float, measure: Measure, density: _Density) -> None:
        self._figure = figure
        self._measure = measure
        self._density = density
        self._width = width
        px = measure.px
        axis = figure.axis
        left = self._label_width() + px(22)
        right = max(left + px(120), width - px(28))
        self._scale = TimeScale(left, right, axis.lowest, axis.highest)
        self._lanes = _LaneRows(figure, self._scale, measure, is_thin=density.is_thin)
        self._events = self._event_rows()

    def _label_width(self) -> float:
        measure = self._measure
        labels = [lane.label for lane in self._figure.lanes]
        if self._density.has_items:
            labels += [row.label for panel in self._figure.panels for row in panel.items]
        labels += [named(panel) for panel in self._figure.panels if self._is_folded(panel)]
        widest = max((measure.width(label, Letters.TEXT) for label in labels), default=0.0)
        return min(max(widest, measure.px(_LABELS)), max(measure.px(150), self._width * 0.3))

    def build(self, height: float) -> Layout:
        px = self._measure.px
        spare = height - self._below_panels() - self._top() - self._fixed_of_panels()
        y = self._top()
        panels = []
        for panel, plot_height in zip(self._figure.panels, self._plot_heights(spare), strict=True):
            place, y = self._panel(panel, y, plot_height)
            panels.append(place)
        lanes, y = self._lanes.place(y)
        ticks_top, starts_top, caption_top, needed = self._foot(y)
        return Layout(
            width=self._width,
            scale=self._scale,
            top=px(4),
            panels=tuple(panels),
            lanes=lanes,
            events_top=y,
            event_rows=self._events,
            ticks_top=ticks_top,
            starts_top=starts_top,
            caption_top=caption_top,
            needed=needed,
            nothing=0.0 if panels else self._top(),
        )

    def _top(self) -> float:
        if not self._figure.panels:
            return self._measure.px(_NOTHING)
        return self._measure.px(24 if span_events(self._figure) else 4)

    def _below_panels(self) -> float:
        return self._foot(self._lanes.place(0.0)[1])[3]

    def _fixed_of_panels(self) -> float:
        return sum(self._panel(panel, 0.0, 0.0)[1] for panel in self._figure.panels)

    def _plot_heights(self, spare: float) -> list[float]:
        """Share the spare height; the first panel, read first, is the tallest.

        Where one is chosen it has all of it.
        """
        panels = self._figure.panels
        weights = [self._weight(panel) for panel in panels]
        if len(panels) > 1 and not self._figure.chosen:
            weights[0] *= 1.5
        low = self._least()
        least = [low * weight for weight in weights]
        more = max(0.0, spare - sum(least))
        shares = [more * weight / (sum(weights) or 1.0) for weight in weights]
        return [floor + share for floor, share in zip(least, shares, strict=True)]

    def _weight(self, panel: Panel) -> float:
        if self._is_folded(panel):
            return 0.0
        return 0.4 if panel.is_measure else 1.0

    def _least(self) -> float:
        """Return the least height of a panel that is not folded."""
        if self._figure.chosen:
            is_large = self._measure.unit >= _LARGE
            return _LEAST_CHOSEN_LARGE if is_large else _LEAST_CHOSEN
        return self._measure.px(_LEAST_ALONE if len(self._figure.panels) == 1 else _LEAST)

    def _is_folded(self, panel: Panel) -> bool:
        """Whether another scale was chosen; a subscore stands with its scale."""
        return bool(self._figure.chosen) and panel.key not in self._figure.chosen

    def _folded(self, panel: Panel, y: float) -> tuple[PanelPlace, float]:
        px, scale = self._measure.px, self._scale
        air = (px(_FOLDED) - px(_FOLDED_PLOT)) / 2
        plot = Box(scale.left, y + air, scale.width, px(_FOLDED_PLOT))
        bottom = y + px(_FOLDED)
        place = PanelPlace(
            panel=panel, title_top=y, caution_below=False, plot=plot,
            strip_top=bottom, open_rows=0, footer_top=bottom, footers=(), is_folded=True,
        )  # fmt: skip
        return place, bottom

    def _panel(self, panel: Panel, y: float, plot_height: float) -> tuple[PanelPlace, float]:
        if self._is_folded(panel):
            return self._folded(panel, y)
        px, scale = self._measure.px, self._scale
        caution_below = self._is_caution_below(panel)
        plot_top = y + px(52 if caution_below else 34)
        plot = Box(scale.left, plot_top, scale.width, plot_height)
        open_rows = rows_of(place_labels(panel.open_marks, scale, self._measure))
        strip_top = plot.bottom + px(8)
        footer_top = strip_top + open_rows * px(20)
        footers = self._footers(panel)
        items_top = footer_top + len(footers) * px(17) + px(4)
        items = self._item_rows(panel, items_top)
        place = PanelPlace(
            panel, y, caution_below, plot, strip_top, open_rows, footer_top, footers,
            item_rows=items,
        )  # fmt: skip
        return place, (items[-1].bottom if items else items_top) + px(6)

    def _item_rows(self, panel: Panel, top: float) -> tuple[Box, ...]:
        scale, density = self._scale, self._density
        height = self._measure.px(_ITEM_ROW_CLOSE if density.is_close else _ITEM_ROW)
        count = len(panel.items) if density.has_items else 0
        return tuple(Box(scale.left, top + n * height, scale.width, height) for n in range(count))

    def _is_caution_below(self, panel: Panel) -> bool:
        """Whether the caution does not fit beside the title."""
        measure = self._measure
        room = self._width - self._scale.left - measure.px(24)
        beside = measure.width(panel.title, Letters.TITLE)
        beside += measure.width(panel.subtitle, Letters.TEXT)
        return beside + measure.width(panel.caution, Letters.TEXT) > room

    def _footers(self, panel: Panel) -> tuple[str, ...]:
        measure = self._measure
        width = self._scale.width - measure.px(22)
        told = [band.label for band in panel.bands] + [note.label for note in panel.age_notes]
        return tuple(line for text in told for line in measure.wrapped(text, Letters.SMALL, width))

    def _event_rows(self) -> int:
        events = row_events(self._figure)
        if not events or self._density.is_thin:
            return len(events[:1])
        placed = place_labels(events, self._scale, self._measure, MOST_ROWS)
        return max(1, rows_of(placed))

    def _foot(self, y: float) -> tuple[float, float, float, float]:
        """Return where ticks, starts and caption stand below the lanes, and where all ends."""
        px = self._measure.px
        air = px(_AIR if self._events else _AIR_ALONE)
        ticks_top = y + self._events * px(22) + (px(_AIR_THIN) if self._density.is_thin else air)
        starts_top = ticks_top + px(20)
        has_names = bool(self._figure.starts) or self._figure.today is not None
        caption_top = starts_top + (px(20) if has_names else 0)
        bottom = caption_top + (px(20) if self._figure.axis.caption else 0)
        return ticks_top, starts_top, caption_top, bottom + px(6)
