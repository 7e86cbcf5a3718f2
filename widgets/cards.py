"""White cards on the calm ground, and the white columns at its edges."""

from PySide6.QtCore import QEvent
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


class SideColumn(QFrame):
    """A column at the edge, wide enough for some letters within bounds, however large they are.

    ``role`` is ``side`` on the right and ``panel`` on the left.
    """

    def __init__(self, role: str, letters: int, narrowest: int, widest: int) -> None:
        super().__init__()
        self._letters, self._narrowest, self._widest = letters, narrowest, widest
        set_role(self, role)
        self._fit()

    def _fit(self) -> None:
        wanted = self.fontMetrics().averageCharWidth() * self._letters
        self.setFixedWidth(max(self._narrowest, min(self._widest, wanted)))

    def changeEvent(self, event: QEvent) -> None:
        """Take another width with another size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
