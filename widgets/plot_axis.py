"""Paints what belongs to time: events, ticks, treatment starts, and what the axis counts."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from app.trends.figure import EventMark, Figure, StartLine, Tick
from widgets.plot_labels import Placed, place_labels
from widgets.plot_layout import Layout, row_events, span_events
from widgets.plot_letters import CENTRE, RIGHT, Letters
from widgets.plot_style import Style
from widgets.plot_time import TimeScale


class AxisPainter:
    """Paints the time axis of one plot; ``scale`` is the stretch of time in view."""

    def __init__(self, painter: QPainter, layout: Layout, scale: TimeScale, style: Style) -> None:
        self._painter = painter
        self._layout = layout
        self._scale = scale
        self._style = style
        self._letters = Letters(painter, style)

    def paint(self, figure: Figure, ticks: Sequence[Tick]) -> None:
        """Paint the axis; a label that would cover another is left to hovering."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._span_labels(figure)
        self._events(figure)
        self._ticks(ticks)
        self._names(figure)
        self._caption(figure)

    def _span_labels(self, figure: Figure) -> None:
        """Name each shaded span above it, held inside the axis; a second one that collides not."""
        style, free = self._style, float("-inf")
        for event in span_events(figure):
            left = self._scale.px(event.x)
            right = self._scale.px(event.stop if event.stop is not None else event.x)
            width = style.width(event.label, style.small_strong)
            x = (left + right - width) / 2
            x = min(max(x, self._scale.left), self._scale.right - width)
            if right < self._scale.left or left > self._scale.right or x <= free:
                continue
            rect = QRectF(x, style.px(1), width + 1, style.px(18))
            self._letters.write(rect, event.label, style.small_strong, "caution")
            free = x + width + style.px(8)

    def _events(self, figure: Figure) -> None:
        px, events = self._style.px, row_events(figure)
        all_placed = place_labels(events, self._scale, self._style)
        for placed in all_placed:
            row = min(placed.row, max(0, self._layout.event_rows - 1))
            top = self._layout.events_top + row * px(22)
            self._event_span(placed, top + px(19))
            self._triangle(placed.x, top + px(10))
            if placed.text and placed.row < self._layout.event_rows:
                self._letters.beside(placed, top)
        unnamed = sum(not one.text or one.row >= self._layout.event_rows for one in all_placed)
        if unnamed:
            room = self._scale.left - px(14)
            rect = QRectF(0, self._layout.events_top, room, px(22))
            told = self._style.elided(figure.more.format(count=unnamed), self._style.small, room)
            self._letters.write(rect, told, self._style.small, align=RIGHT)

    def _triangle(self, x: float, y: float) -> None:
        size = self._style.px(4)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._style.colour("ink"))
        corners = [QPointF(x, y - size), QPointF(x + size, y + size), QPointF(x - size, y + size)]
        self._painter.drawPolygon(QPolygonF(corners))

    def _event_span(self, placed: Placed, y: float) -> None:
        """Underline an event for as long as it lasted."""
        if isinstance(placed.mark, EventMark) and placed.mark.stop is not None:
            right = min(self._scale.px(placed.mark.stop), self._scale.right)
            rect = QRectF(placed.x, y, max(2.0, right - placed.x), self._style.px(2))
            self._painter.fillRect(rect, self._style.colour("ink_soft"))

    def _ticks(self, ticks: Sequence[Tick]) -> None:
        """Label the ticks in view; one that would touch the label before it is left out."""
        style, free = self._style, float("-inf")
        for tick in ticks:
            if not self._scale.holds(tick.x):
                continue
            width = style.width(tick.label, style.small)
            x = max(0.0, self._scale.px(tick.x) - width / 2)
            if x > free:
                rect = QRectF(x, self._layout.ticks_top, width + 1, style.px(18))
                self._letters.write(rect, tick.label, style.small)
                free = x + width + style.px(10)

    def _names(self, figure: Figure) -> None:
        """Name the starts and today below the axis; the chosen start comes first, then today.

        None covers another, and one that is wider than the plot is cut.
        """
        style = self._style
        taken: list[QRectF] = []
        for name in _names_of(figure):
            if not self._scale.holds(name.x):
                continue
            font = style.small_strong if name.is_strong else style.small
            label = style.elided(name.label, font, self._scale.right)
            width = style.width(label, font)
            x = min(self._scale.px(name.x) - width / 2, self._scale.right - width)
            x = max(x, 0.0)
            rect = QRectF(x, self._layout.starts_top, width + 1, style.px(18))
            if not any(
                rect.adjusted(-style.px(8), 0, style.px(8), 0).intersects(r) for r in taken
            ):
                self._letters.write(rect, label, font, name.role)
                taken.append(rect)

    def _caption(self, figure: Figure) -> None:
        width = self._scale.right - self._scale.left
        rect = QRectF(self._scale.left, self._layout.caption_top, width, self._style.px(18))
        caption = self._style.elided(figure.axis.caption, self._style.small, width)
        self._letters.write(rect, caption, self._style.small, align=CENTRE)


class _Name(Struct, frozen=True):
    """A name below the axis, and how it is written."""

    x: float
    label: str
    role: str
    is_strong: bool


def _names_of(figure: Figure) -> Iterator[_Name]:
    """Yield what is named below the axis, what matters most in front."""
    starts = sorted(figure.starts, key=_chosen_first)
    names = [_Name(each.x, each.label, "accent", each.is_chosen) for each in starts]
    yield from (name for name in names if name.is_strong)
    if figure.today is not None:
        yield _Name(figure.today.x, figure.today.label, "ink", is_strong=False)
    yield from (name for name in names if not name.is_strong)


def _chosen_first(start: StartLine) -> tuple[bool, float]:
    return not start.is_chosen, start.x
