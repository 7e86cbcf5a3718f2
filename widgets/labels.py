"""Words on the screen: always plain text, so a name with angle brackets stays a name."""

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from app.signs import drawn_lines
from widgets.theme import set_role


def label(text: str = "", role: str = "") -> QLabel:
    """Return a label of one line in a role such as ``title``, ``soft`` or ``small``."""
    answer = QLabel(drawn_lines(text))
    answer.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        set_role(answer, role)
    return answer


def plain_tip(text: str) -> str:
    """Return a tool tip that shows a text as it is; Qt would take one with ``<b>`` for markup."""
    return f"<qt>{escape(text)}</qt>" if "<" in text else text


def wrapped(text: str = "", role: str = "") -> QLabel:
    """Return a label that breaks its lines to the width it gets."""
    answer = label(text, role)
    answer.setWordWrap(True)
    answer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return answer


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
        self.setText(drawn_lines(text))
        self.setAccessibleName(self.text())
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
        self.setToolTip(plain_tip(self.text()))
        painter = QPainter(self)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, flags, text)
        painter.end()
