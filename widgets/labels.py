"""Words on the screen: always plain text, so a name with angle brackets stays a name."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from widgets.theme import set_role


def label(text: str = "", role: str = "") -> QLabel:
    """Return a label of one line in a role such as ``title``, ``soft`` or ``small``."""
    answer = QLabel(text)
    answer.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        set_role(answer, role)
    return answer


def wrapped(text: str = "", role: str = "") -> QLabel:
    """Return a label that breaks its lines to the width it gets."""
    answer = label(text, role)
    answer.setWordWrap(True)
    answer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return answer


def keep_lines(text: QLabel, count: int = 2) -> None:
    """Let a label keep the room of some lines, so that what it says moves nothing.

    To be called while it is shown anew: the size of its letters may have changed.
    """
    text.ensurePolished()
    text.setMinimumHeight(count * (text.fontMetrics().lineSpacing() + 1))


def sign(role: str = "") -> QLabel:
    """Return a label for one sign: it sits a little lower, on the line of the words beside it."""
    answer = label("", role)
    answer.setContentsMargins(0, 5, 0, 0)
    return answer


def divider() -> QFrame:
    """Return a thin line across."""
    answer = QFrame()
    set_role(answer, "line")
    return answer


class ElidedLabel(QLabel):
    """One line that gives way: what does not fit ends in an ellipsis, whole in the tooltip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        set_role(self, role)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show a text."""
        self.setText(text)
        self.setToolTip("")
        self.setAccessibleName(text)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Shrink to a few letters at most."""
        metrics = self.fontMetrics()
        wanted = min(self.sizeHint().width(), metrics.averageCharWidth() * 8)
        return QSize(wanted, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as there is room for."""
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        if text == self.text():
            super().paintEvent(event)
            return
        self.setToolTip(self.text())
        painter = QPainter(self)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, flags, text)
        painter.end()
