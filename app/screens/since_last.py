"""What happened since the last visit, in one block: on the chart and in the visit alike."""

from PySide6.QtWidgets import QWidget

from app.trends.since_last import SinceLastWords
from widgets.labels import wrapped
from widgets.layouts import clear, column
from widgets.theme import set_role


class SinceLastBlock(QWidget):
    """A heading, what happened line by line, and the items that moved; empty it takes no room."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "plain_ground")
        self._stack = column(self, gap=4)
        self.hide()

    def show_since(self, since: SinceLastWords | None) -> None:
        """Show this in place of what was there."""
        clear(self._stack)
        if since is not None:
            self._stack.addWidget(wrapped(since.title, "strong"))
            for line in since.lines:
                self._stack.addWidget(wrapped(line))
            if since.moves:
                self._stack.addWidget(wrapped(since.moves_title, "small"))
            for line in since.moves:
                self._stack.addWidget(wrapped(line))
        self.setVisible(since is not None)
