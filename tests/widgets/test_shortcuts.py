"""The table of keys: what it tells is what the keys do."""

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.language import Words
from widgets.buttons import ElidedButton, button
from widgets.keys import _SHORTCUTS, Act, read_key
from widgets.layouts import column
from widgets.shortcuts import (
    BACK,
    DIGITS,
    KEYS_HERE,
    PRINT,
    SAVE,
    SHORTCUTS,
    SIGN,
    UNDO,
    Area,
    Keys,
    Shortcut,
    left_over,
    name_key,
)

pytestmark = pytest.mark.usefixtures("qapp")
NONE = Qt.KeyboardModifier.NoModifier


def _event(name: str, text: str = "") -> QKeyEvent:
    combination: QKeyCombination = QKeySequence(name)[0]  # type: ignore[index]  # stubs lack it
    modifiers = combination.keyboardModifiers()
    return QKeyEvent(QEvent.Type.KeyPress, combination.key(), modifiers, text)


def test_no_key_means_two_things_in_one_place() -> None:
    """Neither within an area nor beside the keys that act everywhere."""
    for area in Area:
        here = [one for one in SHORTCUTS if one.area in (area, Area.EVERYWHERE)]
        counted = Counter(key for one in here for key in one.keys)
        assert [key for key, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("shortcut", SHORTCUTS, ids=lambda one: f"{one.area}-{one.keys[0]}")
def test_every_key_is_one_that_qt_knows(shortcut: Shortcut) -> None:
    """A name that Qt cannot read would act nowhere."""
    for name in shortcut.keys:
        assert QKeySequence(name).toString() == name


def test_every_key_of_scoring_does_what_the_table_tells() -> None:
    """The page of keys is true: each key of the table is read as its act, and no act is untold."""
    told = {**_SHORTCUTS, Act.UNDO: UNDO, Act.SIGN: SIGN, Act.DIGIT: DIGITS}
    for act, shortcut in told.items():
        for name in shortcut.keys:
            text = name if act is Act.DIGIT else ""
            press = read_key(_event(name, text))
            assert press is not None
            assert press.act is act
    assert set(told) == set(Act)
    scoring = {one for one in SHORTCUTS if one.area in (Area.SCORING, Area.GUIDED)}
    assert set(told.values()) == scoring


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "found"),
    [
        (Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier, "?", KEYS_HERE),
        (Qt.Key.Key_Comma, Qt.KeyboardModifier.ShiftModifier, "?", KEYS_HERE),
        (Qt.Key.Key_Question, Qt.KeyboardModifier.ControlModifier, "?", None),
        (Qt.Key.Key_Escape, NONE, "\x1b", BACK),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.AltModifier, "", None),
        (Qt.Key.Key_X, NONE, "x", None),
        (Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier, "", None),
    ],
)
def test_the_text_of_a_key_decides(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, found: Shortcut | None
) -> None:
    """A question mark is one on every layout; with a command key it is something else."""
    assert left_over(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)) is found


@pytest.fixture
def form(qtbot: QtBot) -> QWidget:
    """Return a part of a window with a field and a button."""
    part = QWidget()
    qtbot.addWidget(part)
    stack = column(part)
    stack.addWidget(QLineEdit())
    stack.addWidget(QPushButton("x"))
    part.show()
    part.activateWindow()
    return part


def test_a_shortcut_acts_from_a_field_too(form: QWidget) -> None:
    """Ctrl+S saves while somebody writes, and writes nothing."""
    heard: list[object] = []
    Keys(form, SAVE).pressed.connect(heard.append)
    field = form.findChildren(QLineEdit)[0]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "s")
    assert (heard, field.text()) == ([SAVE], "s")


def test_a_tooltip_names_the_key(qtbot: QtBot, words: Words) -> None:
    """What the button does, and the key that does the same."""
    one, other = button("Print"), ElidedButton()
    for each in (one, other):
        qtbot.addWidget(each)
    name_key(one, PRINT, words)
    other.name_key(UNDO, words)
    other.show_text("Undo: gait")
    assert (one.toolTip(), other.toolTip()) == ("Print (Ctrl+P)", "Undo: gait (Ctrl+Z)")
    other.show_text("")
    assert other.toolTip() == ""
