"""Paints the words of a course plot: titles, ticks, lanes, events, reasons, and the bubble."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPolygonF

from app.trends.figure import Figure, StartLine
from widgets.plot_ground import draw_shape, y_of
from widgets.plot_layout import (
    LanePlace,
    Layout,
    PanelPlace,
    Placed,
    TimeScale,
    WordsAt,
    place_labels,
    row_events,
    span_events,
)
from widgets.plot_style import Style

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


class WordsPainter:
    """Paints every text of one plot; ``scale`` is the stretch of time in view."""

    def __init__(self, painter: QPainter, layout: Layout, scale: TimeScale, style: Style) -> None:
        self._painter = painter
        self._layout = layout
        self._scale = scale
        self._style = style

    def paint(self, figure: Figure) -> None:
        """Paint the words; a label that would cover another is left to hovering."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in self._layout.panels:
            self._panel_words(place)
            self._open_marks(place)
        for lane_place in self._layout.lanes:
            self._lane_words(lane_place)
        self._span_labels(figure)
        self._events(figure)
        self._ticks(figure)
        self._start_labels(figure.starts)
        self._caption(figure)
        if not figure.panels:
            rect = QRectF(0, 0, self._scale.right, self._layout.nothing)
            self._text(rect, figure.summary, self._style.text, "ink_soft", _CENTRE)

    def _text(
        self, rect: QRectF, text: str, font: QFont, role: str, align: Qt.AlignmentFlag
    ) -> None:
        self._painter.setFont(font)
        self._painter.setPen(self._style.colour(role))
        self._painter.drawText(rect, align, text)

    def _panel_words(self, place: PanelPlace) -> None:
        style, px = self._style, self._style.px
        panel, x, y = place.panel, place.plot.left(), place.title_top + px(4)
        for text, font, role in (
            (panel.title, style.title, "ink"),
            (panel.subtitle, style.text, "ink_soft"),
            (panel.caution, style.text, "caution"),
        ):
            if role == "caution" and place.caution_below:
                x, y = place.plot.left(), y + px(18)
            width = style.width(text, font)
            self._text(QRectF(x, y, width + 1, px(22)), text, font, role, _LEFT)
            x += width + px(12)
        self._value_ticks(place)
        for index, line in enumerate(place.footers):
            y = place.footer_top + index * px(17)
            rect = QRectF(place.plot.left() + px(22), y, place.plot.width(), px(17))
            self._text(rect, line, style.small, "ink_soft", _LEFT)
        self._footer_signs(place)

    def _value_ticks(self, place: PanelPlace) -> None:
        style, px = self._style, self._style.px
        for value in place.panel.ticks:
            y = y_of(place, float(value)) - px(9)
            rect = QRectF(0, y, place.plot.left() - px(10), px(18))
            self._text(rect, format(value.normalize(), "f"), style.small, "ink_soft", _RIGHT)

    def _footer_signs(self, place: PanelPlace) -> None:
        """Draw a swatch of the band, or the sign of the age marks, before their words."""
        px, panel = self._style.px, place.panel
        if not place.footers:
            return
        sign = QRectF(place.plot.left(), place.footer_top + px(4), px(14), px(10))
        if panel.bands:
            self._painter.fillRect(sign, self._style.colour(panel.colour, 0.25))
            return
        self._painter.setPen(self._style.pen("ink_soft", 1.6))
        x = sign.center().x()
        for y in (sign.top(), sign.center().y(), sign.bottom()):
            self._painter.drawLine(QPointF(x - px(4), y), QPointF(x + px(4), y))
        self._painter.drawLine(QPointF(x, sign.top()), QPointF(x, sign.bottom()))

    def _open_marks(self, place: PanelPlace) -> None:
        px, marks = self._style.px, place.panel.open_marks
        self._painter.setBrush(self._style.colour("background"))
        for mark in marks:
            if self._scale.holds(mark.x):
                self._painter.setPen(self._style.pen(place.panel.colour, 2))
                at = QPointF(self._scale.px(mark.x), place.strip_top + px(10))
                draw_shape(self._painter, at, mark.shape, px(10))
        for placed in place_labels(marks, self._scale, self._style):
            if placed.text and placed.row < place.open_rows:
                self._beside(placed, place.strip_top + placed.row * px(20))

    def _beside(self, placed: Placed, top: float) -> None:
        px = self._style.px
        width = self._style.width(placed.text, self._style.small)
        rect = QRectF(placed.text_x, top, width + 1, px(20))
        self._text(rect, placed.text, self._style.small, "ink_soft", _LEFT)

    def _lane_words(self, place: LanePlace) -> None:
        style, px = self._style, self._style.px
        room = place.rect.left() - px(14)
        metrics = style.metrics(style.text)
        label = metrics.elidedText(place.lane.label, Qt.TextElideMode.ElideRight, room)
        rect = QRectF(0, place.rect.top(), room, px(30))
        self._text(rect, label, style.text, "ink", _RIGHT)
        if place.words_at is WordsAt.NOWHERE:
            return
        width = style.width(place.lane.words, style.small)
        top = place.rect.top() + (px(26) if place.words_at is WordsAt.BELOW else px(5))
        rect = QRectF(self._words_x(place, width), top, width + 1, px(20))
        if self._is_in_view(rect):
            ground = rect.adjusted(-px(3), px(2), px(3), -px(2))
            self._painter.fillRect(ground, style.colour("background"))
            self._text(rect, place.lane.words, style.small, "ink_soft", _LEFT)

    def _words_x(self, place: LanePlace, width: float) -> float:
        px, bars = self._style.px, place.lane.bars
        first = self._scale.px(min(bar.start for bar in bars))
        if place.words_at is WordsAt.BELOW:
            highest = max(self._scale.left, self._scale.right - width)
            return min(max(first, self._scale.left), highest)
        if place.words_at is WordsAt.BEFORE:
            return first - width - px(8)
        arrow = px(12) if any(bar.is_running for bar in bars) else 0
        return self._scale.px(max(bar.stop for bar in bars)) + px(8) + arrow

    def _is_in_view(self, rect: QRectF) -> bool:
        return rect.left() >= self._scale.left and rect.right() <= self._scale.right + 28

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
            self._text(rect, event.label, style.small_strong, "caution", _LEFT)
            free = x + width + style.px(8)

    def _events(self, figure: Figure) -> None:
        px, events = self._style.px, row_events(figure)
        for placed in place_labels(events, self._scale, self._style):
            top = self._layout.events_top + placed.row * px(22)
            self._event_span(placed, top + px(19))
            self._triangle(placed.x, top + px(10))
            if placed.text and placed.row < self._layout.event_rows:
                self._beside(placed, top)

    def _triangle(self, x: float, y: float) -> None:
        size = self._style.px(4)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._style.colour("ink"))
        corners = [QPointF(x, y - size), QPointF(x + size, y + size), QPointF(x - size, y + size)]
        self._painter.drawPolygon(QPolygonF(corners))

    def _event_span(self, placed: Placed, y: float) -> None:
        """Underline an event for as long as it lasted."""
        if placed.stop is not None:
            right = min(self._scale.px(placed.stop), self._scale.right)
            rect = QRectF(placed.x, y, max(2.0, right - placed.x), self._style.px(2))
            self._painter.fillRect(rect, self._style.colour("ink_soft"))

    def _ticks(self, figure: Figure) -> None:
        """Label the ticks in view; one that would touch the label before it is left out."""
        style, free = self._style, float("-inf")
        for tick in figure.axis.ticks:
            if not self._scale.holds(tick.x):
                continue
            width = style.width(tick.label, style.small)
            x = max(0.0, self._scale.px(tick.x) - width / 2)
            if x > free:
                rect = QRectF(x, self._layout.ticks_top, width + 1, style.px(18))
                self._text(rect, tick.label, style.small, "ink_soft", _LEFT)
                free = x + width + style.px(10)

    def _start_labels(self, starts: Sequence[StartLine]) -> None:
        """Name the starts below the axis, the chosen one first; none covers another."""
        style = self._style
        taken: list[QRectF] = []
        for start in sorted(starts, key=_chosen_first):
            if not self._scale.holds(start.x):
                continue
            font = style.small_strong if start.is_chosen else style.small
            width = style.width(start.label, font)
            x = min(self._scale.px(start.x) - width / 2, self._scale.right - width)
            x = max(x, 0.0)
            rect = QRectF(x, self._layout.starts_top, width + 1, style.px(18))
            if not any(
                rect.adjusted(-style.px(8), 0, style.px(8), 0).intersects(r) for r in taken
            ):
                self._text(rect, start.label, font, "accent", _LEFT)
                taken.append(rect)

    def _caption(self, figure: Figure) -> None:
        width = self._scale.right - self._scale.left
        rect = QRectF(self._scale.left, self._layout.caption_top, width, self._style.px(18))
        self._text(rect, figure.axis.caption, self._style.small, "ink_soft", _CENTRE)


def _chosen_first(start: StartLine) -> tuple[bool, float]:
    return not start.is_chosen, start.x
