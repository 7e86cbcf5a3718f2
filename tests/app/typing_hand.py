"""Where keys go."""

from PySide6.QtWidgets import QApplication, QWidget


def focused() -> QWidget:
    """Return what has the focus; Qt's own key presses end the process where nothing has it."""
    widget = QApplication.focusWidget()
    assert widget is not None, "Nothing in the window has the focus."
    return widget
