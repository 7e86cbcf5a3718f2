"""The score panels of a chart on paper: grid, bands, lines, marks, and what has no total."""

from collections import defaultdict
from decimal import Decimal

from msgspec import Struct

from app.reports.canvas import ChartCanvas, Position, packed
from app.reports.fonts import Weight
from app.trends.figure import AgeNote, Mark, MarkShape, Panel

TITLE_ROW = 15.0
STRIP_ROW = 10.0
_STRIP_ROWS = 3
_MANY_MARKS = 90


class PlotField(Struct, frozen=True):
    """The plotting field of one panel on its canvas."""

    canvas: ChartCanvas
    panel: Panel
    top: float
    bottom: float

    def y(self, total: Decimal) -> float:
        """Return the height at which a total stands."""
        extent = self.panel.highest - self.panel.lowest
        share = float((total - self.panel.lowest) / extent) if extent else 0.5
        return self.bottom + share * (self.top - self.bottom)

    def place(self, day: float, total: Decimal) -> Position:
        """Return where a total on a day stands."""
        return self.canvas.x(day), self.y(total)


def strip_height(canvas: ChartCanvas, panel: Panel) -> float:
    """Return how much room the visits without a total need below the panel."""
    rows = [row for row in _strip_rows(canvas, panel) if row is not None]
    return (max(rows) + 1) * STRIP_ROW + 2 if rows else 0.0


def draw_panel(canvas: ChartCanvas, panel: Panel, top: float, plot_height: float) -> float:
    """Draw one panel below ``top`` and return where it ends."""
    field_top = top - TITLE_ROW
    field = PlotField(canvas, panel, field_top, field_top - plot_height)
    _draw_title(canvas, panel, top)
    _draw_bands(field)
    _draw_grid(field)
    for note in panel.age_notes:
        _draw_age_note(field, note)
    width = 1.3 if len(panel.marks) <= _MANY_MARKS else 0.7
    for run in panel.lines:
        if len(run) > 1:
            canvas.run([field.place(day, total) for day, total in run], panel.colour, width)
    _draw_marks(field)
    _draw_strip(field)
    return field.bottom - strip_height(canvas, panel)


def _draw_title(canvas: ChartCanvas, panel: Panel, top: float) -> None:
    baseline = top - 8
    canvas.write(
        (canvas.left, baseline),
        panel.title,
        weight=Weight.BOLD,
        size=canvas.size + 1,
    )
    x = canvas.left + canvas.fonts.width(panel.title, canvas.size + 1, Weight.BOLD) + 5
    canvas.write((x, baseline), panel.subtitle, role="ink_soft")
    if panel.caution:
        x += canvas.fonts.width(panel.subtitle, canvas.size) + 7
        size = canvas.size
        if canvas.fonts.width(panel.caution, size) > canvas.right - x:
            size -= 1
        caution = canvas.fonts.cut(panel.caution, size, Weight.REGULAR, canvas.right + 12 - x)
        canvas.write((x, baseline), caution, role="caution", size=size)


def _draw_grid(field: PlotField) -> None:
    canvas = field.canvas
    last = float("-inf")
    for tick in field.panel.ticks:
        y = field.y(tick.y)
        canvas.line((canvas.left, y), (canvas.right, y), "line")
        if y - last >= canvas.size + 0.5:
            place = (canvas.left - 5, y - canvas.size * 0.35)
            canvas.write(place, tick.label, role="ink_soft", anchor="end")
            last = y


def _draw_bands(field: PlotField) -> None:
    canvas = field.canvas
    for band in field.panel.bands:
        low = field.y(max(band.low, field.panel.lowest))
        high = field.y(min(band.high, field.panel.highest))
        canvas.block(
            (canvas.left, low), canvas.right - canvas.left, high - low, canvas.colour("raised")
        )
        place = (canvas.right - 2, high - canvas.size)
        canvas.write(place, band.label, role="ink_soft", anchor="end", size=canvas.size - 1)


def _draw_age_note(field: PlotField, note: AgeNote) -> None:
    canvas = field.canvas
    x = canvas.x(note.x)
    canvas.line((x, field.y(note.low)), (x, field.y(note.high)), "ink_soft", 1.0, (1, 1.5))
    middle = field.y(note.median)
    canvas.line((x - 3, middle), (x + 3, middle), "ink_soft", 1.0)
    canvas.write((x + 5, middle + 2), note.label, role="ink_soft", size=canvas.size - 1)


def _draw_marks(field: PlotField) -> None:
    canvas, panel = field.canvas, field.panel
    by_shape: dict[MarkShape, list[Position]] = defaultdict(list)
    for mark in panel.marks:
        by_shape[mark.shape].append(field.place(mark.x, mark.y))
        if mark.is_approximate:
            _draw_reach(field, mark)
    radius = _radius(len(panel.marks))
    for shape, places in by_shape.items():
        edge = "surface" if len(panel.marks) <= _MANY_MARKS else panel.colour
        canvas.marks(shape, places, radius, fill=panel.colour, edge=edge)


def _draw_reach(field: PlotField, mark: Mark) -> None:
    """Show over which days an approximate date may lie."""
    (left, y), (right, _) = field.place(mark.x_from, mark.y), field.place(mark.x_to, mark.y)
    field.canvas.line((left, y), (right, y), field.panel.colour, 0.8)
    for x in (left, right):
        field.canvas.line((x, y - 2.5), (x, y + 2.5), field.panel.colour, 0.8)


def _draw_strip(field: PlotField) -> None:
    canvas, panel = field.canvas, field.panel
    by_shape: dict[MarkShape, list[Position]] = defaultdict(list)
    for mark, row in zip(panel.open_marks, _strip_rows(canvas, panel), strict=True):
        y = field.bottom - ((row or 0) + 1) * STRIP_ROW + 2
        by_shape[mark.shape].append((canvas.x(mark.x), y))
        if row is not None:
            text = canvas.beside(mark.x, mark.label)
            place = (text.x, y - 2.4)
            canvas.write_plated(place, text.label, role="ink_soft", anchor=text.anchor)
    for shape, places in by_shape.items():
        canvas.marks(shape, places, 2.4, fill="surface", edge=panel.colour)


def _strip_rows(canvas: ChartCanvas, panel: Panel) -> tuple[int | None, ...]:
    spans = [canvas.beside(mark.x, mark.label).span for mark in panel.open_marks]
    return packed(spans, _STRIP_ROWS)


def _radius(count: int) -> float:
    return 2.7 if count <= 45 else 2.0 if count <= _MANY_MARKS else 1.1
