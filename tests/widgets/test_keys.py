"""What a key press means while scoring."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.keys import Act, KeyPress, is_writing, read_key

pytestmark = pytest.mark.usefixtures("qapp")  # which keys undo is asked of the application
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
ALT = Qt.KeyboardModifier.AltModifier
META = Qt.KeyboardModifier.MetaModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SECOND_LAYOUT = Qt.KeyboardModifier.GroupSwitchModifier


def _press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, text: str = "") -> KeyPress | None:
    return read_key(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))


@pytest.mark.parametrize(
    ("key", "act"),
    [
        (Qt.Key.Key_Return, Act.ON),
        (Qt.Key.Key_Enter, Act.ON),
        (Qt.Key.Key_Backspace, Act.BACK),
        (Qt.Key.Key_Down, Act.DOWN),
        (Qt.Key.Key_Up, Act.UP),
        (Qt.Key.Key_Left, Act.LEFT),
        (Qt.Key.Key_Right, Act.RIGHT),
        (Qt.Key.Key_N, Act.NEXT_OPEN),
    ],
)
def test_each_key_asks_for_its_step(key: Qt.Key, act: Act) -> None:
    """Enter and arrows move, Backspace goes back, N goes to the next open item."""
    assert _press(key) == KeyPress(act)


@pytest.mark.parametrize(
    "modifiers", [NONE, KEYPAD, SHIFT, SHIFT | KEYPAD, SECOND_LAYOUT, SHIFT | SECOND_LAYOUT]
)
def test_digits_of_both_pads_choose(modifiers: Qt.KeyboardModifier) -> None:
    """A digit is a digit wherever it is typed, and where a keyboard needs Shift for it."""
    assert _press(Qt.Key.Key_3, modifiers, "3") == KeyPress(Act.DIGIT, "3")


@pytest.mark.parametrize("text", ["٣", "۳", "\uff13"])
def test_digits_of_other_scripts_choose(text: str) -> None:
    """Arabic-Indic, Persian and full-width digits are the digits that they are."""
    assert _press(Qt.Key.Key_3, NONE, text) == KeyPress(Act.DIGIT, "3")


def test_a_french_keyboard_without_shift_writes_no_digit() -> None:
    """Its key of the 3 writes a quotation mark: the text of the key decides, not the key."""
    assert _press(Qt.Key.Key_QuoteDbl, NONE, '"') is None


def test_capitals_and_second_layouts_change_no_step() -> None:
    """N goes to the next open item with Shift or a second layout too."""
    assert _press(Qt.Key.Key_N, SHIFT, "N") == KeyPress(Act.NEXT_OPEN)
    assert _press(Qt.Key.Key_N, SECOND_LAYOUT, "n") == KeyPress(Act.NEXT_OPEN)


def test_control_undoes_and_signs() -> None:
    """Ctrl+Z undoes, Ctrl+Enter signs."""
    assert _press(Qt.Key.Key_Z, CONTROL, "\x1a") == KeyPress(Act.UNDO)
    assert _press(Qt.Key.Key_Return, CONTROL) == KeyPress(Act.SIGN)


@pytest.mark.parametrize(
    ("key", "modifiers", "text"),
    [
        (Qt.Key.Key_X, NONE, "x"),
        (Qt.Key.Key_3, ALT, "3"),
        (Qt.Key.Key_3, META, "3"),
        (Qt.Key.Key_3, CONTROL, "3"),
        (Qt.Key.Key_onehalf, NONE, "½"),
        (Qt.Key.Key_3, NONE, "³"),
        (Qt.Key.Key_unknown, NONE, "12"),
        (Qt.Key.Key_N, CONTROL, ""),
    ],
)
def test_other_keys_mean_nothing(key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str) -> None:
    """Letters, fractions and combinations are left alone."""
    assert _press(key, modifiers, text) is None


@pytest.mark.parametrize(
    ("kind", "is_text"),
    [(QLineEdit, True), (QPlainTextEdit, True), (QComboBox, True), (QPushButton, False)],
)
def test_who_writes_is_left_in_peace(qtbot: QtBot, kind: type[QWidget], is_text: bool) -> None:
    """A text field with the focus keeps every key for its text."""
    one = kind()
    qtbot.addWidget(one)
    one.show()
    qtbot.waitExposed(one)
    one.activateWindow()
    one.setFocus()
    qtbot.waitUntil(one.hasFocus)
    assert is_writing() is is_text
