"""Paints the words of panels and lanes: titles, values, reasons, bands, agents and doses."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from app.signs import whole_doses
from app.trends.figure import Figure, OpenMark
from widgets.plot_ground import draw_shape, y_of
from widgets.plot_labels import place_labels
from widgets.plot_layout import LanePlace, Layout, PanelPlace, WordsAt, named
from widgets.plot_letters import CENTRE, RIGHT, Letters
from widgets.plot_style import Style
from widgets.plot_time import TimeScale


class WordsPainter:
    """Paints the words of one plot; ``scale`` is the stretch of time in view."""

    def __init__(self, painter: QPainter, layout: Layout, scale: TimeScale, style: Style) -> None:
        self._painter = painter
        self._layout = layout
        self._scale = scale
        self._style = style
        self._letters = Letters(painter, style)

    def paint(self, figure: Figure) -> None:
        """Paint the words of every panel and lane."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in self._layout.panels:
            if place.is_folded:
                self._folded_name(place)
                continue
            self._panel_words(place)
            self._open_marks(place)
        for lane_place in self._layout.lanes:
            self._lane_words(lane_place)
        if not figure.panels:
            rect = QRectF(0, 0, self._scale.right, self._layout.nothing)
            self._letters.write(rect, figure.summary, self._style.text, align=CENTRE)

    def _folded_name(self, place: PanelPlace) -> None:
        """Name a folded panel where lanes are named, in the colour of what can be pressed."""
        room = self._scale.left - self._style.px(14)
        told = self._style.elided(named(place.panel), self._style.text, room)
        rect = QRectF(0, place.plot.top(), room, place.plot.height())
        self._letters.write(rect, told, self._style.text, "accent", RIGHT)

    def _panel_words(self, place: PanelPlace) -> None:
        style, px = self._style, self._style.px
        panel, x, y = place.panel, place.plot.left(), place.title_top + px(4)
        for text, font, role in (
            (panel.title, style.title, "ink"),
            (panel.subtitle, style.text, "ink_soft"),
            (panel.caution, style.text, "caution"),
        ):
            if role == "caution" and place.caution_below:
                y += px(18)
                x = max(0.0, min(place.plot.left(), place.plot.right() - style.width(text, font)))
            told = style.elided(text, font, place.plot.right() - x)
            width = style.width(told, font)
            self._letters.write(QRectF(x, y, width + 1, px(22)), told, font, role)
            x += width + px(12)
        self._value_ticks(place)
        for index, line in enumerate(place.footers):
            y = place.footer_top + index * px(17)
            rect = QRectF(place.plot.left() + px(22), y, place.plot.width(), px(17))
            self._letters.write(rect, line, style.small)
        self._footer_signs(place)

    def _value_ticks(self, place: PanelPlace) -> None:
        style, px = self._style, self._style.px
        for tick in place.panel.ticks:
            y = y_of(place, float(tick.y)) - px(9)
            rect = QRectF(0, y, place.plot.left() - px(10), px(18))
            self._letters.write(rect, tick.label, style.small, align=RIGHT)

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
        """Draw visits without a total in their strip, each with its reason."""
        px = self._style.px
        for placed in place_labels(place.panel.open_marks, self._scale, self._style):
            top = place.strip_row(placed.row, px(20))
            if placed.text and placed.row < place.open_rows:
                self._letters.beside(placed, top)
            if isinstance(placed.mark, OpenMark):
                self._painter.setPen(self._style.pen(place.panel.colour, 2))
                self._painter.setBrush(self._style.colour("background"))
                at = QPointF(placed.x, top + px(10))
                draw_shape(self._painter, at, placed.mark.shape, px(10))

    def _lane_words(self, place: LanePlace) -> None:
        style, px = self._style, self._style.px
        room = place.rect.left() - px(14)
        label = style.elided(place.lane.label, style.text, room)
        rect = QRectF(0, place.rect.top(), room, place.line)
        self._letters.write(rect, label, style.text, "ink", RIGHT)
        if place.words_at is WordsAt.NOWHERE:
            return
        widest = self._scale.right - self._scale.left
        told = style.elided(place.lane.words, style.small, widest)
        told = told if told == place.lane.words else whole_doses(told)
        width = style.width(told, style.small)
        beside = (place.line - px(20)) / 2
        top = place.rect.top() + (px(26) if place.words_at is WordsAt.BELOW else beside)
        rect = QRectF(self._words_x(place, width), top, width + 1, px(20))
        if self._is_in_view(rect):
            ground = rect.adjusted(-px(3), px(2), px(3), -px(2))
            self._painter.fillRect(ground, style.colour("background"))
            self._letters.write(rect, told, style.small)

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
