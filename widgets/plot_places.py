"""What can be pointed at in a plot: marks, open marks, bars, events, and their words."""

from collections.abc import Iterator

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF

from app.trends.figure import Figure
from widgets.plot_ground import y_of
from widgets.plot_items import cell_at
from widgets.plot_labels import place_labels
from widgets.plot_lanes import bar_rect
from widgets.plot_layout import Layout, PanelPlace, row_events, span_events
from widgets.plot_style import Style
from widgets.plot_time import TimeScale

_NEAR = 22


class Spot(Struct, frozen=True):
    """Something that can be pointed at: its day, where it stands, its words, its visit if any."""

    x: float
    centre: QPointF
    words: str
    visit: str


def visit_spots(layout: Layout, scale: TimeScale, style: Style) -> tuple[Spot, ...]:
    """Return every mark of the panels that are not folded, by time, then from the top down."""
    open_panels = (place for place in layout.panels if not place.is_folded)
    spots = [spot for place in open_panels for spot in _panel_spots(place, scale, style)]
    return tuple(sorted(spots, key=_time))


def _time(spot: Spot) -> float:
    return spot.x


def _panel_spots(place: PanelPlace, scale: TimeScale, style: Style) -> Iterator[Spot]:
    for mark in place.panel.marks:
        at = QPointF(scale.px(mark.x), y_of(place, float(mark.y)))
        yield Spot(mark.x, at, mark.words, mark.visit)
    rows = {each.mark: each.row for each in place_labels(place.panel.open_marks, scale, style)}
    for open_mark in place.panel.open_marks:
        top = place.strip_row(rows.get(open_mark, 0), style.px(20))
        at = QPointF(scale.px(open_mark.x), top + style.px(10))
        yield Spot(open_mark.x, at, open_mark.words, open_mark.visit)


def spot_at(
    at: QPointF, figure: Figure, layout: Layout, scale: TimeScale, style: Style
) -> Spot | None:
    """Return what stands under a point: the nearest mark, else an item, a bar, an event."""
    near = [spot for spot in visit_spots(layout, scale, style) if scale.holds(spot.x)]
    nearest = min(near, key=lambda spot: _distance(spot.centre, at), default=None)
    if nearest is not None and _distance(nearest.centre, at) <= style.px(_NEAR):
        return nearest
    cell = cell_at(at, layout, scale, style)
    if cell is not None:
        return Spot(cell.x, QPointF(scale.px(cell.x), at.y()), cell.words, cell.visit)
    return _bar_at(at, layout, scale, style) or _event_at(at, figure, layout, scale, style)


def _distance(one: QPointF, other: QPointF) -> float:
    return float((one - other).manhattanLength())


def _bar_at(at: QPointF, layout: Layout, scale: TimeScale, style: Style) -> Spot | None:
    """Return the bar under a point; the last drawn lies on top, a single dose is easy to hit."""
    reach = style.px(5)
    for place in layout.lanes:
        if not place.rect.contains(at):
            continue
        for bar in reversed(place.lane.bars):
            rect = bar_rect(place, bar, scale, style)
            if rect.left() - reach <= at.x() <= rect.right() + reach:
                return Spot(bar.start, QPointF(at.x(), rect.top()), bar.words, "")
    return None


def _event_at(
    at: QPointF, figure: Figure, layout: Layout, scale: TimeScale, style: Style
) -> Spot | None:
    row = QRectF(scale.left, layout.events_top, scale.right - scale.left, layout.event_rows * 22)
    for event in row_events(figure):
        x = scale.px(event.x)
        if row.contains(at) and abs(at.x() - x) <= style.px(_NEAR):
            return Spot(event.x, QPointF(x, row.top()), event.words, "")
    for event in span_events(figure):
        stop = event.stop if event.stop is not None else event.x
        if scale.px(event.x) <= at.x() <= scale.px(stop) and at.y() < layout.top + style.px(18):
            return Spot(event.x, at, event.words, "")
    return None
