"""Lines of two words: a name and what is told of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from widgets.labels import wrapped


def pairs(rows: Sequence[tuple[str, str]]) -> QGridLayout:
    """Return such lines below each other; the second word has twice the room of the first."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 2)
    for number, (first, second) in enumerate(rows):
        for place, one in enumerate((wrapped(first, "strong"), wrapped(second))):
            one.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(one, number, place)
    return grid
