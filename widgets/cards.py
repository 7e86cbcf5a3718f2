"""White cards on the calm ground."""

from PySide6.QtWidgets import QFrame, QLayout, QWidget

from widgets.labels import label
from widgets.layouts import column
from widgets.theme import set_role


class Card(QFrame):
    """A card with a heading, if it has one, and a body that is filled from outside."""

    def __init__(self, title: str = "", role: str = "card") -> None:
        super().__init__()
        set_role(self, role)
        self.body = column(self, margin=24, gap=16)
        if title:
            self.body.addWidget(label(title, "heading"))

    def add(self, content: QWidget | QLayout) -> None:
        """Put a widget or a layout below what is there."""
        if isinstance(content, QWidget):
            self.body.addWidget(content)
        else:
            self.body.addLayout(content)
