"""Buttons big enough for a thumb."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.language import Words
from widgets.press_guard import has_come
from widgets.shortcuts import Shortcut, name_key
from widgets.theme import TARGET, set_role

_PADDING = 44
_RIGHT = Qt.TextElideMode.ElideRight


def button(text: str, role: str = "quiet", name: str = "") -> QPushButton:
    """Return a button of at least 48 px that Enter and Space press.

    ``role`` is ``primary``, ``quiet``, ``danger``, ``flat``, ``tab`` or ``back``; ``name`` is
    what a screen reader says where the text alone would not tell.
    """
    answer = QPushButton(shown(text))
    answer.setAutoDefault(True)
    answer.setAccessibleName(name or text)
    answer.setMinimumHeight(TARGET)
    answer.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    set_role(answer, role)
    return answer


class ElidedButton(QPushButton):
    """A button that gives way: what does not fit ends in an ellipsis, whole in the tooltip.

    With ``letters`` it always asks for the room of so many, even while it is hidden, so that
    its neighbours stay where they are whatever it says.
    """

    def __init__(self, role: str = "quiet", letters: int = 0) -> None:
        super().__init__()
        self._text = ""
        self._letters = letters
        self._key: tuple[Shortcut, Words] | None = None
        self.setAutoDefault(True)
        self.setMinimumHeight(TARGET)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(letters > 0)
        self.setSizePolicy(policy)
        set_role(self, role)

    def keep_room(self, letters: int) -> None:
        """Ask for the room of so many letters from now on."""
        if letters != self._letters:
            self._letters = letters
            self.updateGeometry()

    def letters_in(self, room: int) -> int:
        """Return for how many letters so many pixels are room."""
        return max(0, room - _PADDING - 2) // self.fontMetrics().averageCharWidth()

    def name_key(self, shortcut: Shortcut, words: Words) -> None:
        """Have the tooltip name the key that does the same."""
        self._key = (shortcut, words)

    def show_text(self, text: str) -> None:
        """Show a text, shortened to the room there is; other words make it another button."""
        if text != self._text:
            has_come(self)
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        if self._key is not None and text:
            name_key(self, *self._key)
        self._fit()
        self.updateGeometry()

    @property
    def whole_text(self) -> str:
        """The text as it was told."""
        return self._text

    def _fit(self) -> None:
        room = max(0, self.width() - _PADDING)
        self.setText(shown(self.fontMetrics().elidedText(self._text, _RIGHT, room)))

    def sizeHint(self) -> QSize:
        """Ask for the whole text, or for the room that is kept."""
        metrics = self.fontMetrics()
        kept = metrics.averageCharWidth() * self._letters
        width = kept or metrics.horizontalAdvance(self._text)
        return QSize(max(TARGET, width + _PADDING + 2), TARGET)

    def minimumSizeHint(self) -> QSize:
        """Shrink to a few letters at most."""
        few = self.fontMetrics().averageCharWidth() * 9 + _PADDING
        return QSize(min(self.sizeHint().width(), few), TARGET)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the text anew."""
        super().resizeEvent(event)
        self._fit()


def tab_button(text: str) -> QPushButton:
    """Return a button that stays down while its choice holds."""
    answer = button(text, "tab")
    answer.setCheckable(True)
    return answer


def shown(text: str) -> str:
    """Return a text that a button shows as it is: an ampersand is no shortcut."""
    return text.replace("&", "&&")
