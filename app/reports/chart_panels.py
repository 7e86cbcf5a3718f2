"""The score panels of a chart on paper: grid, bands, lines, marks, and what has no total."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from app.reports.fonts import Weight
from app.reports.ground import Ground, Place, packed
from app.trends.figure import AgeNote, Mark, Panel, Shape
from scales.model import plain

TITLE_ROW = 15.0
STRIP_ROW = 10.0
_STRIP_ROWS = 3
_MANY_MARKS = 90


@dataclass(frozen=True, slots=True)
class Field:
    """The plotting field of one panel on its ground."""

    ground: Ground
    panel: Panel
    top: float
    bottom: float

    def y(self, total: Decimal) -> float:
        """Return the height at which a total stands."""
        extent = self.panel.highest - self.panel.lowest
        share = float((total - self.panel.lowest) / extent) if extent else 0.5
        return self.bottom + share * (self.top - self.bottom)

    def place(self, day: float, total: Decimal) -> Place:
        """Return where a total on a day stands."""
        return self.ground.x(day), self.y(total)


def strip_height(ground: Ground, panel: Panel) -> float:
    """Return how much room the visits without a total need below the panel."""
    rows = [row for row in _strip_rows(ground, panel) if row is not None]
    return (max(rows) + 1) * STRIP_ROW + 2 if rows else 0.0


def draw_panel(ground: Ground, panel: Panel, top: float, plot_height: float) -> float:
    """Draw one panel below ``top`` and return where it ends."""
    field_top = top - TITLE_ROW
    field = Field(ground, panel, field_top, field_top - plot_height)
    _draw_title(ground, panel, top)
    _draw_bands(field)
    _draw_grid(field)
    for note in panel.age_notes:
        _draw_age_note(field, note)
    width = 1.3 if len(panel.marks) <= _MANY_MARKS else 0.7
    for run in panel.lines:
        if len(run) > 1:
            ground.run([field.place(day, total) for day, total in run], panel.colour, width)
    _draw_marks(field)
    _draw_strip(field)
    return field.bottom - strip_height(ground, panel)


def _draw_title(ground: Ground, panel: Panel, top: float) -> None:
    baseline = top - 8
    ground.write(
        (ground.left, baseline),
        panel.title,
        weight=Weight.BOLD,
        size=ground.size + 1,
    )
    x = ground.left + ground.fonts.width(panel.title, ground.size + 1, Weight.BOLD) + 5
    ground.write((x, baseline), panel.subtitle, role="ink_soft")
    if panel.caution:
        x += ground.fonts.width(panel.subtitle, ground.size) + 7
        size = ground.size
        if ground.fonts.width(panel.caution, size) > ground.right - x:
            size -= 1
        caution = ground.fonts.cut(panel.caution, size, Weight.REGULAR, ground.right + 12 - x)
        ground.write((x, baseline), caution, role="caution", size=size)


def _draw_grid(field: Field) -> None:
    ground = field.ground
    last = float("-inf")
    for tick in sorted(field.panel.ticks):
        y = field.y(tick)
        ground.line((ground.left, y), (ground.right, y), "line")
        if y - last >= ground.size + 0.5:
            place = (ground.left - 5, y - ground.size * 0.35)
            ground.write(place, plain(tick), role="ink_soft", anchor="end")
            last = y


def _draw_bands(field: Field) -> None:
    ground = field.ground
    for band in field.panel.bands:
        low = field.y(max(band.low, field.panel.lowest))
        high = field.y(min(band.high, field.panel.highest))
        ground.block(
            (ground.left, low), ground.right - ground.left, high - low, ground.colour("raised")
        )
        place = (ground.right - 2, high - ground.size)
        ground.write(place, band.label, role="ink_soft", anchor="end", size=ground.size - 1)


def _draw_age_note(field: Field, note: AgeNote) -> None:
    ground = field.ground
    x = ground.x(note.x)
    ground.line((x, field.y(note.low)), (x, field.y(note.high)), "ink_soft", 1.0, (1, 1.5))
    middle = field.y(note.median)
    ground.line((x - 3, middle), (x + 3, middle), "ink_soft", 1.0)
    ground.write((x + 5, middle + 2), note.label, role="ink_soft", size=ground.size - 1)


def _draw_marks(field: Field) -> None:
    ground, panel = field.ground, field.panel
    by_shape: dict[Shape, list[Place]] = defaultdict(list)
    for mark in panel.marks:
        by_shape[mark.shape].append(field.place(mark.x, mark.y))
        if mark.is_approximate:
            _draw_reach(field, mark)
    radius = _radius(len(panel.marks))
    for shape, places in by_shape.items():
        edge = "surface" if len(panel.marks) <= _MANY_MARKS else panel.colour
        ground.marks(shape, places, radius, fill=panel.colour, edge=edge)


def _draw_reach(field: Field, mark: Mark) -> None:
    """Show over which days an approximate date may lie."""
    (left, y), (right, _) = field.place(mark.x_from, mark.y), field.place(mark.x_to, mark.y)
    field.ground.line((left, y), (right, y), field.panel.colour, 0.8)
    for x in (left, right):
        field.ground.line((x, y - 2.5), (x, y + 2.5), field.panel.colour, 0.8)


def _draw_strip(field: Field) -> None:
    ground, panel = field.ground, field.panel
    by_shape: dict[Shape, list[Place]] = defaultdict(list)
    for mark, row in zip(panel.open_marks, _strip_rows(ground, panel), strict=True):
        y = field.bottom - ((row or 0) + 1) * STRIP_ROW + 2
        by_shape[mark.shape].append((ground.x(mark.x), y))
        if row is not None:
            text = ground.beside(mark.x, mark.label)
            place = (text.x, y - 2.4)
            ground.write(place, text.label, role="ink_soft", anchor=text.anchor, is_plated=True)
    for shape, places in by_shape.items():
        ground.marks(shape, places, 2.4, fill="surface", edge=panel.colour)


def _strip_rows(ground: Ground, panel: Panel) -> tuple[int | None, ...]:
    spans = [ground.beside(mark.x, mark.label).span for mark in panel.open_marks]
    return packed(spans, _STRIP_ROWS)


def _radius(count: int) -> float:
    return 2.7 if count <= 45 else 2.0 if count <= _MANY_MARKS else 1.1
