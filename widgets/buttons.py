"""Buttons big enough for a thumb."""

from PySide6.QtWidgets import QPushButton, QSizePolicy

from widgets.theme import TARGET, set_role


def button(text: str, role: str = "quiet", name: str = "") -> QPushButton:
    """Return a button of at least 48 px that Enter and Space press.

    ``role`` is ``primary``, ``quiet``, ``flat``, ``tab`` or ``back``; ``name`` is what a screen
    reader says where the text alone would not tell.
    """
    answer = QPushButton(shown(text))
    answer.setAutoDefault(True)
    answer.setAccessibleName(name or text)
    answer.setMinimumHeight(TARGET)
    answer.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    set_role(answer, role)
    return answer


def tab_button(text: str) -> QPushButton:
    """Return a button that stays down while its choice holds."""
    answer = button(text, "tab")
    answer.setCheckable(True)
    return answer


def shown(text: str) -> str:
    """Return a text that a button shows as it is: an ampersand is no shortcut."""
    return text.replace("&", "&&")
