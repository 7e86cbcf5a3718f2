"""A course in one line of a list: no axis, no numbers, gaps where there is no total."""

from decimal import Decimal

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

_EDGE = 5.0
_DOT = 3.5


class Sparkline(QWidget):
    """Totals from the oldest to the newest; the line breaks where a visit has no total."""

    def __init__(self) -> None:
        super().__init__()
        self._totals: tuple[Decimal | None, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=False)

    def show_totals(self, totals: tuple[Decimal | None, ...], said: str = "") -> None:
        """Show these; ``said`` is the same course in words for a screen reader."""
        self._totals = totals
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def runs(self) -> tuple[tuple[QPointF, ...], ...]:
        """Return the points to join, run by run, in this widget's pixels."""
        answer: list[list[QPointF]] = [[]]
        for number, total in enumerate(self._totals):
            if total is None:
                answer.append([])
            else:
                answer[-1].append(self._place(number, total))
        return tuple(tuple(run) for run in answer if run)

    def _place(self, number: int, total: Decimal) -> QPointF:
        known = [total for total in self._totals if total is not None]
        low, high = float(min(known)), float(max(known))
        across = number / max(1, len(self._totals) - 1)
        up = (float(total) - low) / (high - low) if high > low else 0.5
        width, height = self.width() - 2 * _EDGE, self.height() - 2 * _EDGE
        return QPointF(_EDGE + across * width, _EDGE + (1 - up) * height)

    def sizeHint(self) -> QSize:
        """Ask for as much room as a list row gives."""
        return QSize(124, 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each run, and a dot on the newest total."""
        runs = self.runs()
        if not runs:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().color(self.foregroundRole())
        painter.setPen(QPen(colour, 2))
        for run in runs:
            painter.drawPolyline(QPolygonF(list(run)))
        painter.setBrush(colour)
        painter.drawEllipse(runs[-1][-1], _DOT, _DOT)
        painter.end()
