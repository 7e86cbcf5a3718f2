"""The choice of a printer, behind the door ``ask``."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, Slot
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget


class PrinterChoice(QPrintDialog):
    """Hands on the printer chosen and frees itself when it closes."""

    def __init__(
        self, parent: QWidget, title: str, on_printer: Callable[[QPrinter], None]
    ) -> None:
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        super().__init__(self._printer, parent)
        self._on_printer = on_printer
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.accepted.connect(self._on_accepted)

    def begin(self) -> None:
        """Put the question and return at once."""
        QDialog.open(self)

    @Slot()
    def _on_accepted(self) -> None:
        self._on_printer(self._printer)


def print_lines(printer: QPrinter, lines: tuple[str, ...]) -> None:
    """Print a few lines of plain text on one page, each broken to the page's width."""
    painter = QPainter(printer)
    room = QRect(QPoint(0, 0), painter.viewport().size())
    for line in lines:
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        needed = painter.boundingRect(room, flags, line)
        painter.drawText(needed, flags, line)
        room.setTop(needed.bottom() + painter.fontMetrics().height())
    painter.end()
