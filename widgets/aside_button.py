"""The button beside the levels: not testable, declined."""

from PySide6.QtCore import Qt, Signal, Slot

from scales.model import Key
from widgets.labels import wrapped
from widgets.layouts import row
from widgets.tall_button import SpaceButton
from widgets.theme import set_mark
from widgets.values import KeyView


class AsideButton(SpaceButton):
    """Opens the reasons of its key; shows the reason once one is given."""

    aside_requested = Signal(object)  # Key

    def __init__(self, view: KeyView, text_role: str = "aside_text") -> None:
        super().__init__("aside")
        self._key: Key = view.key
        self._text = wrapped("", text_role)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = row(self)
        line.setContentsMargins(3, 4, 3, 4)
        line.addWidget(self._text)
        self.show_key(view)
        self.clicked.connect(self._on_clicked)

    def show_key(self, view: KeyView) -> None:
        """Show the invitation, or the answer that was given."""
        self._key = view.key
        self._text.setText(view.aside)
        set_mark(self._text, "chosen", view.is_aside)
        self.setChecked(view.is_aside)
        self.setAccessibleName(view.spoken_aside)

    @Slot()
    def _on_clicked(self) -> None:
        self.aside_requested.emit(self._key)
