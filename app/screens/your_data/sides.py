"""Both sides of a comparison, each under its heading: who, on which day, what."""

from PySide6.QtWidgets import QWidget

from app.screens.your_data.putting_view import LackView
from widgets.labels import breaking, label, wrapped
from widgets.layouts import clear, column, ground, row


class Sides(QWidget):
    """Shows what a copy lacks, and what it holds beyond the records."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = column(self, gap=16)

    def show_sides(self, sides: tuple[LackView, ...]) -> None:
        """Show these; nothing where there are none."""
        clear(self._stack)
        for side in sides:
            self._stack.addWidget(_side(side))


def _side(side: LackView) -> QWidget:
    body = ground()
    stack = column(body, gap=4)
    stack.addWidget(label(side.title, "strong"))
    for one in side.lines:
        line = row(gap=16)
        line.addWidget(breaking(one.who), 5)
        line.addWidget(wrapped(one.day, "soft"), 3)
        line.addWidget(wrapped(one.what), 4)
        stack.addLayout(line)
    if side.rest:
        stack.addWidget(wrapped(side.rest, "soft"))
    return body
