"""The strip of items: a cell for each visit, the darker the worse."""

from collections.abc import Iterable, Iterator, Sequence

from app.drawing.measure import Letters, Measure
from app.drawing.places import Box, Layout, PanelPlace
from app.drawing.time_scale import TimeScale
from app.drawing.vocabulary import Block, Element, Frame
from app.trends.figure import ItemCell, ItemRow

_WIDTH = 9
_FAINT, _FULL = 0.10, 0.95
_NEAR = 8
_BESIDE = 6
_ROUND = 2.0


def item_rows(place: PanelPlace) -> Iterator[tuple[ItemRow, Box]]:
    """Yield each item of a panel that has room, with its row."""
    return zip(place.panel.items, place.item_rows, strict=False)


def item_names(place: PanelPlace, measure: Measure) -> Iterator[Element]:
    """Yield the names of the items before their rows."""
    for row, box in item_rows(place):
        right = box.left - measure.px(14)
        told = measure.cut(row.label, Letters.SMALL, right)
        yield measure.before(right, box.middle, told, Letters.SMALL)


def item_cells(place: PanelPlace, scale: TimeScale, measure: Measure) -> Iterator[Element]:
    """Yield the cells in view.

    Of visits that share a place the worst is seen, with an outline where one has no level.
    """
    for row, box in item_rows(place):
        for cells in _sharing_a_place(row, scale, measure):
            yield from _cell(cells, box, place.panel.colour, scale, measure)


def item_levels(
    place: PanelPlace, visit: str, scale: TimeScale, measure: Measure
) -> Iterator[Element]:
    """Yield what each item was at a visit, or at the last one in view, right of its row."""
    for row, box in item_rows(place):
        seen = [cell for cell in row.cells if scale.holds(cell.x)]
        wanted = [cell for cell in seen if not visit or cell.visit == visit]
        if wanted:
            # Of several on one day the last in their order is the later one.
            last = max(reversed(wanted), key=_cell_time)
            role = "ink" if visit else "ink_soft"
            x = box.right + measure.px(_BESIDE)
            yield measure.text(x, box.middle, last.level, Letters.SMALL, role)


def _cell_time(cell: ItemCell) -> float:
    return cell.x


def _sharing_a_place(
    row: ItemRow, scale: TimeScale, measure: Measure
) -> Iterable[Sequence[ItemCell]]:
    # Places are counted in days, so that nothing flickers while time is moved.
    days = measure.px(_WIDTH) * scale.days_per_pixel
    places: dict[int, list[ItemCell]] = {}
    for cell in row.cells:
        if scale.holds(cell.x):
            places.setdefault(int(cell.x // days) if days else 0, []).append(cell)
    return places.values()


def _cell(
    cells: Sequence[ItemCell], row: Box, colour: str, scale: TimeScale, measure: Measure
) -> Iterator[Element]:
    """Draw how bad an item was; where it has no level, an outline."""
    scored = [(cell.share, cell.x) for cell in cells if cell.share is not None]
    share, x = max(scored, key=_share, default=(None, cells[0].x))
    width = measure.px(_WIDTH)
    box = Box(scale.px(x) - width / 2, row.top + 1, width, row.height - 2)
    if share is not None:
        alpha = _FAINT + (_FULL - _FAINT) * share
        yield Block(box.left, box.top, box.width, box.height, colour, alpha, _ROUND)
    if len(scored) < len(cells):
        edge = colour if share is None else "ink"
        yield Frame(box.left, box.top, box.width, box.height, edge, 1.0, alpha=0.7, radius=_ROUND)


def _share(scored: tuple[float, float]) -> float:
    return scored[0]


def cell_at(
    x: float, y: float, layout: Layout, scale: TimeScale, measure: Measure
) -> ItemCell | None:
    """Return the cell under a place: of its row the nearest, if it is near enough."""
    for place in layout.panels:
        for row, box in item_rows(place):
            if box.top <= y < box.bottom:
                near = min(row.cells, key=lambda cell: abs(scale.px(cell.x) - x))
                is_near = abs(scale.px(near.x) - x) <= measure.px(_NEAR)
                return near if is_near and scale.holds(near.x) else None
    return None
