"""The yardstick for starting: a process that opens a bare window and ends once it is painted."""

import os
import sys

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Bare(QMainWindow):
    """A window that ends its process at the first paint."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, then end."""
        super().paintEvent(event)
        QTimer.singleShot(0, self.end)

    @Slot()
    def end(self) -> None:
        """End at once, as the other side does."""
        os._exit(0)


if __name__ == "__main__":
    app = QApplication(sys.argv)
    window = Bare()
    window.resize(1280, 800)
    window.show()
    sys.exit(app.exec())
