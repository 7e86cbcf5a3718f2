"""A button that draws a tick beside its word while it is chosen."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QPushButton, QSizePolicy

from widgets.buttons import shown
from widgets.theme import TARGET, accent

_TICK = ((0.0, 0.55), (0.36, 0.9), (1.0, 0.1))
_SIDE = 12
_INSET = 14


class TickButton(QPushButton):
    """Checkable; its room for the tick is always kept, so a tap moves no neighbour.

    The tick is drawn, not written: a letter from another font would push the word off its line.
    """

    def __init__(self, text: str, name: str) -> None:
        super().__init__(shown(text))
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setAccessibleName(name)
        self.setMinimumSize(TARGET, TARGET)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, then the tick while it is chosen."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        top = (self.height() - _SIDE) / 2
        points = [QPointF(_INSET + x * _SIDE, top + y * _SIDE) for x, y in _TICK]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(accent(), 2.5))
        painter.drawPolyline(QPolygonF(points))
        painter.end()
