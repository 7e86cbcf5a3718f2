"""Whether every character of a text can be shown here."""

from PySide6.QtGui import QFont, QTextLayout

from app.errors import N_

BOXES = N_("A box stands for a character that no font here has. It is stored as it was typed.")
"""What is said wherever a text has a character that cannot be shown."""
_MISSING = 0


def has_boxes(text: str, font: QFont) -> bool:
    """Return whether some character of a text is shown as a box, since no font here has it."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return any(_MISSING in run.glyphIndexes() for run in layout.glyphRuns())
