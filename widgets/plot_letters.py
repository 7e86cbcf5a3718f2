"""Writes single texts of a plot: where, in which font, in which colour role."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from widgets.plot_labels import Placed
from widgets.plot_style import Style

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


class Letters:
    """Writes with one painter in one style."""

    def __init__(self, painter: QPainter, style: Style) -> None:
        self._painter = painter
        self._style = style

    def write(
        self,
        rect: QRectF,
        text: str,
        font: QFont,
        role: str = "ink_soft",
        align: Qt.AlignmentFlag = LEFT,
    ) -> None:
        """Write a text into a rectangle."""
        self._painter.setFont(font)
        self._painter.setPen(self._style.colour(role))
        self._painter.drawText(rect, align, text)

    def beside(self, placed: Placed, top: float) -> None:
        """Write a placed label beside its mark."""
        style = self._style
        width = style.width(placed.text, style.small)
        rect = QRectF(placed.text_x, top, width + 1, style.px(20))
        self.write(rect, placed.text, style.small)
