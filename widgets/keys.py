"""Key presses as acts of scoring; no act while somebody writes in a field."""

from enum import StrEnum

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)

from widgets import shortcuts

_WRITING = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)


class Act(StrEnum):
    """Choosing by digit, moving, undoing, signing: the acts that keys ask for."""

    DIGIT = "digit"
    ON = "on"
    BACK = "back"
    DOWN = "down"
    UP = "up"
    RIGHT = "right"
    LEFT = "left"
    UNDO = "undo"
    NEXT_OPEN = "next_open"
    SIGN = "sign"


class KeyPress(Struct, frozen=True):
    """A key press; ``digit`` is set for a digit."""

    act: Act
    digit: str = ""


_SHORTCUTS = {
    Act.ON: shortcuts.ON,
    Act.BACK: shortcuts.BEFORE,
    Act.DOWN: shortcuts.DOWN,
    Act.UP: shortcuts.UP,
    Act.RIGHT: shortcuts.RIGHT,
    Act.LEFT: shortcuts.LEFT,
    Act.NEXT_OPEN: shortcuts.NEXT_OPEN,
}
_ACTS = {key: act for act, shortcut in _SHORTCUTS.items() for key in shortcuts.codes(shortcut)}
_SIGNS = shortcuts.codes(shortcuts.SIGN)
_CONTROL = Qt.KeyboardModifier.ControlModifier
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def is_writing() -> bool:
    """Whether a text field has the focus, so that every key is for the text."""
    return isinstance(QApplication.focusWidget(), _WRITING)


def read_key(event: QKeyEvent) -> KeyPress | None:
    """Return what a key asks for, or nothing."""
    key = Qt.Key(event.key())
    if event.matches(QKeySequence.StandardKey.Undo):
        return KeyPress(Act.UNDO)
    if key in _SIGNS and event.modifiers() & _CONTROL:
        return KeyPress(Act.SIGN)
    if event.modifiers() not in _PLAIN:
        return None
    if event.text().isdecimal() and event.text().isascii():
        return KeyPress(Act.DIGIT, event.text())
    act = _ACTS.get(key)
    return None if act is None else KeyPress(act)
