"""Lines of two words: a name and what is told of it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from widgets.labels import wrapped


def pairs(
    rows: Sequence[tuple[str, str]],
    role: str = "strong",
    make: Callable[..., QLabel] = wrapped,
) -> QGridLayout:
    """Return such lines below each other; the second word has twice the room of the first.

    ``role`` is that of the names; ``make`` makes the label of a text.
    """
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 2)
    for number, (first, second) in enumerate(rows):
        for place, one in enumerate((make(first, role), make(second))):
            one.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(one, number, place)
    return grid
