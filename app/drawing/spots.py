"""What can be pointed at in a plot: marks, open marks, bars, events, and their words."""

from collections.abc import Iterator
from math import inf

from msgspec import Struct

from app.drawing.items import cell_at
from app.drawing.labels import place_labels
from app.drawing.lanes import bar_box
from app.drawing.measure import Measure
from app.drawing.places import Layout, PanelPlace, row_events, span_events
from app.drawing.time_scale import TimeScale
from app.drawing.vocabulary import Position
from app.errors import N_
from app.language import Words
from app.trends.axis import TimeWords
from app.trends.figure import EventMark, Figure, Mark, Panel

_NEAR = 22


class Spot(Struct, frozen=True):
    """Something that can be pointed at: its day, where it stands, its words, its visit if any.

    ``is_day`` is a day itself, on free ground: all that is known of it.
    """

    x: float
    centre: Position
    words: str
    visit: str
    is_day: bool = False


def visit_spots(layout: Layout, scale: TimeScale, measure: Measure) -> tuple[Spot, ...]:
    """Return every mark of the panels that are not folded, by time, then from the top down."""
    return _spots_between(layout, scale, measure, -inf, inf)


def _spots_between(
    layout: Layout, scale: TimeScale, measure: Measure, first: float, last: float
) -> tuple[Spot, ...]:
    open_panels = (place for place in layout.panels if not place.is_folded)
    found = (_panel_spots(place, scale, measure, first, last) for place in open_panels)
    return tuple(sorted((spot for spots in found for spot in spots), key=_time))


def _time(spot: Spot) -> float:
    return spot.x


def _panel_spots(
    place: PanelPlace, scale: TimeScale, measure: Measure, first: float, last: float
) -> Iterator[Spot]:
    for mark in place.panel.marks:
        if first <= mark.x <= last:
            at = (scale.px(mark.x), place.y(float(mark.y)))
            yield Spot(mark.x, at, mark.words, mark.visit)
    open_marks = [mark for mark in place.panel.open_marks if first <= mark.x <= last]
    if not open_marks:
        return
    # Where they stand depends on those before them, seen or not.
    rows = {each.mark: each.row for each in place_labels(place.panel.open_marks, scale, measure)}
    for open_mark in open_marks:
        top = place.strip_row(rows.get(open_mark, 0), measure.px(20))
        at = (scale.px(open_mark.x), top + measure.px(10))
        yield Spot(open_mark.x, at, open_mark.words, open_mark.visit)


def spot_at(
    at: Position, figure: Figure, layout: Layout, scale: TimeScale, measure: Measure
) -> Spot | None:
    """Return what stands under a place: the nearest mark, else an item, a bar, an event."""
    reach = measure.px(_NEAR)
    first = max(scale.day(at[0] - reach), scale.lowest)
    last = min(scale.day(at[0] + reach), scale.highest)
    near = _spots_between(layout, scale, measure, first, last)
    # Of marks that lie on each other the later one is on top.
    nearest = min(reversed(near), key=lambda spot: _distance(spot.centre, at), default=None)
    if nearest is not None and _distance(nearest.centre, at) <= reach:
        return nearest
    cell = cell_at(*at, layout, scale, measure)
    if cell is not None:
        return Spot(cell.x, (scale.px(cell.x), at[1]), cell.words, cell.visit)
    return _bar_at(at, layout, scale, measure) or _event_at(at, figure, layout, scale, measure)


def day_at(at: Position, layout: Layout, scale: TimeScale, time: TimeWords) -> Spot | None:
    """Return the day under a place on the free ground of a panel.

    It tells the last total of every panel up to then, each with its own day.
    """
    x, y = at
    panels = [place for place in layout.panels if not place.is_folded]
    if not any(place.plot.holds(x, y) for place in panels):
        return None
    day = scale.day(x)
    told = (_last_words(place.panel, day, time.words) for place in layout.panels)
    lines = "\n".join((time.at(day), *filter(None, told)))
    return Spot(day, at, lines, "", is_day=True)


def _last_words(panel: Panel, day: float, words: Words) -> str:
    # Of several on one day the last in their order is the later one.
    before = (mark for mark in reversed(panel.marks) if mark.x <= day)
    last = max(before, key=_mark_time, default=None)
    if last is None:
        return ""
    text = N_("{title}: {total}, {date}")
    return words(text, title=panel.title, total=words.number(last.y), date=last.day)


def _mark_time(mark: Mark) -> float:
    return mark.x


def _distance(one: Position, other: Position) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _bar_at(at: Position, layout: Layout, scale: TimeScale, measure: Measure) -> Spot | None:
    """Return the bar under a place; the last drawn lies on top, a single dose is easy to hit."""
    reach = measure.px(5)
    for place in layout.lanes:
        if not place.row.holds(*at):
            continue
        for bar in reversed(place.lane.bars):
            box = bar_box(place, bar, scale, measure)
            if box.left - reach <= at[0] <= box.right + reach:
                return Spot(bar.start, (at[0], box.top), bar.words, "")
    return None


def _event_at(
    at: Position, figure: Figure, layout: Layout, scale: TimeScale, measure: Measure
) -> Spot | None:
    x, y = at
    bottom = layout.events_top + layout.event_rows * measure.px(22)
    if layout.events_top <= y <= bottom and scale.left <= x <= scale.right:
        events = sorted(row_events(figure), key=lambda event: abs(scale.px(event.x) - x))
        for event in events:
            middle = scale.px(event.x)
            if abs(x - middle) <= measure.px(_NEAR) or _is_within(x, event, scale):
                return Spot(event.x, (middle, layout.events_top), event.words, "")
    for event in span_events(figure):
        if _is_within(x, event, scale) and y < layout.top + measure.px(18):
            return Spot(event.x, at, event.words, "")
    return None


def _is_within(x: float, event: EventMark, scale: TimeScale) -> bool:
    first, last = event.reach
    return scale.px(first) <= x <= scale.px(last)
