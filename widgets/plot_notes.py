"""Paints what must stand below a picture of a figure: whose it is, who rated, and every note."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from app.trends.figure import Figure, RaterShape
from widgets.plot_ground import draw_shape
from widgets.plot_style import Style

_ALIGN = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_EDGE = 24
_LINE = 18


class NotesPainter:
    """Lays out a heading above a figure, and its raters and notes below, in one width."""

    def __init__(self, figure: Figure, heading: str, width: float, style: Style) -> None:
        self._figure = figure
        self._style = style
        self._width = width - 2 * style.px(_EDGE)
        self._heading = style.wrapped(heading, style.title, self._width)
        self._notes = tuple(
            line for note in figure.notes for line in style.wrapped(note, style.small, self._width)
        )
        self._raters = tuple(self._rows(figure.raters))

    @property
    def above(self) -> float:
        """The height that the heading needs."""
        px = self._style.px
        return len(self._heading) * px(22) + (px(20) if self._heading else px(8))

    @property
    def below(self) -> float:
        """The height that the raters and notes need."""
        px = self._style.px
        lines = len(self._raters) + len(self._notes)
        return lines * px(_LINE) + (px(20) if lines else 0)

    @property
    def around(self) -> float:
        """The height that both need together."""
        return self.above + self.below

    def _rows(self, raters: tuple[RaterShape, ...]) -> list[list[RaterShape]]:
        rows: list[list[RaterShape]] = []
        left = 0.0
        for rater in raters:
            width = self._rater_width(rater)
            if not rows or left + width > self._width:
                rows.append([])
                left = 0.0
            rows[-1].append(rater)
            left += width
        return rows

    def _rater_width(self, rater: RaterShape) -> float:
        return self._style.width(rater.rater, self._style.small) + self._style.px(36)

    def paint(self, painter: QPainter, height: float) -> None:
        """Paint the heading at the top and the rest at the bottom of a picture of this height."""
        px, y = self._style.px, self._style.px(12)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in self._heading:
            self._line(painter, line, y, self._style.title, "ink")
            y += px(22)
        y = height - self.below + px(8)
        for row in self._raters:
            self._rater_row(painter, row, y)
            y += px(_LINE)
        for line in self._notes:
            self._line(painter, line, y, self._style.small, "ink_soft")
            y += px(_LINE)

    def _line(self, painter: QPainter, text: str, y: float, font: QFont, role: str) -> None:
        painter.setFont(font)
        painter.setPen(self._style.colour(role))
        rect = QRectF(self._style.px(_EDGE), y, self._width + 1, self._style.px(20))
        painter.drawText(rect, _ALIGN, text)

    def _rater_row(self, painter: QPainter, row: list[RaterShape], y: float) -> None:
        px, x = self._style.px, self._style.px(_EDGE)
        for rater in row:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._style.colour("ink"))
            draw_shape(painter, QPointF(x + px(5), y + px(10)), rater.shape, px(9))
            painter.setFont(self._style.small)
            painter.setPen(self._style.colour("ink"))
            painter.drawText(QRectF(x + px(16), y, self._width, px(20)), _ALIGN, rater.rater)
            x += self._rater_width(rater)
