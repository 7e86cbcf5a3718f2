"""Words on the screen: always plain text, so a name with angle brackets stays a name."""

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from app.signs import drawn_lines
from widgets.theme import set_role

_LEAST_BEFORE = 2
"""Fewer letters and dots than this before what is kept would say nothing."""
_LONG_WORD = re.compile(r"\S{24}(?=\S)")
_BREAK = "\u200b"


def label(text: str = "", role: str = "") -> QLabel:
    """Return a label of one line in a role such as ``title``, ``soft`` or ``small``."""
    answer = QLabel(drawn_lines(text))
    answer.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        set_role(answer, role)
    return answer


def plain_tip(text: str) -> str:
    """Return a tool tip that shows a text as it is; Qt would take one with ``<b>`` for markup."""
    if "<" not in text:
        return text
    from html import escape  # noqa: PLC0415 - hardly any text has such a sign

    return f"<qt>{escape(text)}</qt>"


def wrapped(text: str = "", role: str = "") -> QLabel:
    """Return a label that breaks its lines to the width it gets."""
    answer = label(text, role)
    answer.setWordWrap(True)
    answer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return answer


def breaking(text: str, role: str = "") -> QLabel:
    """Return a label that breaks its lines, within a word too where one is too long for a line.

    For what people typed and is only read: where it is broken, a sign stands that nobody sees.
    """
    answer = wrapped("", role)
    answer.setText(_LONG_WORD.sub(rf"\g<0>{_BREAK}", drawn_lines(text)))
    return answer


def cell(text: str, role: str = "") -> QLabel:
    """Return such a label for a table: it asks for the lines that it takes at its width alone.

    Another label asks for those of a width of its own choice, which adds up over many rows.
    """
    answer = breaking(text, role)
    answer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
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


def upright() -> QFrame:
    """Return a thin line between what stands side by side."""
    answer = QFrame()
    set_role(answer, "upright")
    return answer


class ElidedLabel(QLabel):
    """One line that gives way: what does not fit ends in an ellipsis, whole in the tooltip.

    It keeps the room of some ``letters`` whatever stands beside it.
    """

    def __init__(self, text: str = "", role: str = "", letters: int = 8) -> None:
        super().__init__()
        self._letters = letters
        self._kept = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        set_role(self, role)
        self.show_text(text)

    def show_text(self, text: str, kept: str = "") -> None:
        """Show a text; ``kept``, its end, stays whole for as long as there is room for it."""
        drawn, end = drawn_lines(text), drawn_lines(kept)
        self._kept = end if drawn.endswith(end) else ""
        self.setText(drawn)
        self.setToolTip("")
        self.setAccessibleName(drawn)
        self.updateGeometry()

    def fitted(self, room: int) -> str:
        """Return what is drawn of the text in so many pixels."""
        metrics, right = self.fontMetrics(), Qt.TextElideMode.ElideRight
        shortened, kept = metrics.elidedText(self.text(), right, room), self._kept
        if not kept or shortened == self.text():
            return shortened
        left = room - metrics.horizontalAdvance(f" {kept}")
        before = metrics.elidedText(self.text().removesuffix(kept).rstrip(), right, left)
        is_enough = len(before) >= _LEAST_BEFORE
        return f"{before} {kept}" if is_enough else metrics.elidedText(kept, right, room)

    def minimumSizeHint(self) -> QSize:
        """Shrink to the letters that are kept room for."""
        metrics = self.fontMetrics()
        wanted = min(self.sizeHint().width(), metrics.averageCharWidth() * self._letters)
        return QSize(wanted, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as there is room for."""
        room = self.contentsRect()
        text = self.fitted(room.width())
        if text == self.text():
            super().paintEvent(event)
            return
        self.setToolTip(plain_tip(self.text()))
        painter = QPainter(self)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, flags, text)
        painter.end()
