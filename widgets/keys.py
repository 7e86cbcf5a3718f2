"""Key presses as acts of scoring; no act while somebody writes in a field."""

import unicodedata
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
    TIME = "time"


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
    Act.TIME: shortcuts.TIME,
}
_ACTS = {key: act for act, shortcut in _SHORTCUTS.items() for key in shortcuts.codes(shortcut)}
_SIGNS = shortcuts.codes(shortcuts.SIGN)
_CONTROL = Qt.KeyboardModifier.ControlModifier
_COMMANDS = _CONTROL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


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
    if event.modifiers() & _COMMANDS:
        return None
    digit = _digit(event.text())
    if digit:
        return KeyPress(Act.DIGIT, digit)
    act = _ACTS.get(key)
    return None if act is None else KeyPress(act)


def _digit(text: str) -> str:
    """Return the digit that a key wrote, whatever the keyboard: an Arabic “٣” is 3.

    The text decides and not the key: some keyboards need Shift for their digits, others write
    digits of their own.
    """
    value = unicodedata.decimal(text, None) if len(text) == 1 else None
    return "" if value is None else str(value)
