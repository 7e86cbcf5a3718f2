"""One sentence where the user is: what went wrong, or what was done."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame

from app.errors import N_
from app.language import Words
from widgets import icons
from widgets.buttons import button
from widgets.labels import sign, wrapped
from widgets.layouts import row
from widgets.theme import set_role


class MessageBar(QFrame):
    """A band with an icon, a sentence and, where something can be done, one button."""

    action_requested = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._icon = sign()
        self._text = wrapped()
        self._action = button("")
        self._close = button(icons.CLOSE, "back", words(N_("Close this message")))
        line = row(self, gap=12)
        line.setContentsMargins(16, 4, 8, 4)
        line.addWidget(self._icon)
        line.addWidget(self._text, 1)
        line.addWidget(self._action)
        line.addWidget(self._close)
        self._action.clicked.connect(self._on_action_clicked)
        self._close.clicked.connect(self.hide)
        self.hide()

    def show_problem(self, text: str, action: str = "") -> None:
        """Say what went wrong; ``action`` is the word on the button, if there is one."""
        self._show("caution", icons.CAUTION, text, action)

    def show_note(self, text: str, action: str = "") -> None:
        """Say what was done."""
        self._show("note", icons.DONE, text, action)

    @property
    def text(self) -> str:
        """The sentence that stands there."""
        return self._text.text()

    def _show(self, role: str, icon: str, text: str, action: str) -> None:
        from PySide6.QtGui import (  # noqa: PLC0415 - a hundred roles that no start needs
            QAccessible,
            QAccessibleAnnouncementEvent,
        )

        set_role(self, role)
        for part in (self._icon, self._text):
            set_role(part, "caution_text" if role == "caution" else "")
        self._icon.setText(icon)
        self._text.setText(text)
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @Slot()
    def _on_action_clicked(self) -> None:
        self.action_requested.emit()
