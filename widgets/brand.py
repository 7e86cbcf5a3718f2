"""The head of a page that belongs to nobody yet: the app's name, and nothing of the records."""

from PySide6.QtWidgets import QFrame

from widgets.labels import label
from widgets.layouts import row
from widgets.theme import set_role


def brand_head() -> QFrame:
    """Return the head of a page before somebody is let in, as high as every other banner."""
    head = QFrame()
    set_role(head, "banner")
    head.setMinimumHeight(64)
    line = row(head)
    line.setContentsMargins(24, 8, 24, 8)
    line.addWidget(label("OMS Bedside", "brand"))
    line.addStretch(1)
    return head
