"""A button whose words may take several lines, and one of its kind on a page that has keys."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from widgets.theme import TARGET, set_role


class TallButton(QPushButton):
    """As high as the words laid out in it; checked only when the screen is told so."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_role(self, role)

    def nextCheckState(self) -> None:
        """Stay as it is: only what the screen is told changes what is chosen."""

    def sizeHint(self) -> QSize:
        """Ask for what the words need."""
        inner = self.layout()
        return self.minimumSizeHint() if inner is None else inner.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Never smaller than a finger."""
        return QSize(TARGET, TARGET)


class SpaceButton(TallButton):
    """Space presses it, arrows and Enter pass: they are the screen's."""

    def __init__(self, role: str) -> None:
        super().__init__(role)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Space only; the screen decides about the other keys."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()
