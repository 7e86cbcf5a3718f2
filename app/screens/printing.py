"""The choice of a printer, behind the door ``ask``."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget


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

    @Slot()
    def _on_accepted(self) -> None:
        self._on_printer(self._printer)
