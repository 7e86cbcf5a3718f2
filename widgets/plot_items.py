"""Paints the strip of items: a cell for each visit, the darker the worse."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from app.trends.figure import ItemCell
from widgets.plot_layout import ITEM_ROW, Layout, PanelPlace
from widgets.plot_letters import RIGHT, Letters
from widgets.plot_style import Style
from widgets.plot_time import TimeScale

_WIDTH = 9
_FAINT, _FULL = 0.10, 0.95
_NEAR = 8


class ItemPainter:
    """Paints the items of one plot; ``scale`` is the stretch of time in view."""

    def __init__(self, painter: QPainter, scale: TimeScale, style: Style) -> None:
        self._painter = painter
        self._scale = scale
        self._style = style
        self._letters = Letters(painter, style)

    def paint(self, layout: Layout) -> None:
        """Paint every strip that there is room for."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in layout.panels:
            for number, row in enumerate(place.panel.items[: place.item_rows]):
                rect = place.item_row(number, self._style.px(ITEM_ROW))
                self._name(row.label, rect)
                for cell in row.cells:
                    if self._scale.holds(cell.x):
                        self._cell(place, cell, rect)

    def _name(self, name: str, row: QRectF) -> None:
        room = row.left() - self._style.px(14)
        told = self._style.elided(name, self._style.small, room)
        self._letters.write(QRectF(0, row.top(), room, row.height()), told, self._style.small,
                            align=RIGHT)  # fmt: skip

    def _cell(self, place: PanelPlace, cell: ItemCell, row: QRectF) -> None:
        """Draw how bad an item was; where it has no level, an outline and nothing in it."""
        box = cell_rect(cell, row, self._scale, self._style)
        colour = place.panel.colour
        if cell.share is None:
            self._painter.setPen(self._style.pen(colour, 1.0, 0.7))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            box = box.adjusted(0.5, 0.5, -0.5, -0.5)
        else:
            self._painter.setPen(Qt.PenStyle.NoPen)
            alpha = _FAINT + (_FULL - _FAINT) * cell.share
            self._painter.setBrush(self._style.colour(colour, alpha))
        self._painter.drawRoundedRect(box, 2, 2)


def cell_rect(cell: ItemCell, row: QRectF, scale: TimeScale, style: Style) -> QRectF:
    """Return where the cell of a visit stands in the row of its item."""
    half = style.px(_WIDTH) / 2
    return QRectF(scale.px(cell.x) - half, row.top() + 1, 2 * half, row.height() - 2)


def cell_at(at: QPointF, layout: Layout, scale: TimeScale, style: Style) -> ItemCell | None:
    """Return the cell under a point: of its row the nearest, if it is near enough."""
    for place in layout.panels:
        for number, row in enumerate(place.panel.items[: place.item_rows]):
            rect = place.item_row(number, style.px(ITEM_ROW))
            if rect.top() <= at.y() < rect.bottom():
                near = min(row.cells, key=lambda cell: abs(scale.px(cell.x) - at.x()))
                is_near = abs(scale.px(near.x) - at.x()) <= style.px(_NEAR)
                return near if is_near and scale.holds(near.x) else None
    return None
