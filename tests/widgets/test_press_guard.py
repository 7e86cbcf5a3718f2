"""What has just come under the finger takes no press; keys always act."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.language import Words
from widgets.buttons import ElidedButton
from widgets.choices import Choice, ChoiceRow
from widgets.press_guard import FRESH_MS, PressGuard, has_come
from widgets.question_bar import QuestionBar
from widgets.values import QuestionView

LEFT = Qt.MouseButton.LeftButton


class _Panel(QWidget):
    """Two buttons that count how often each was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0
        self.pressed: list[str] = []
        self.inner = QWidget(self)
        self.new, self.old = QPushButton("new", self.inner), QPushButton("old", self)
        QVBoxLayout(self.inner).addWidget(self.new)
        self.stack = QVBoxLayout(self)
        self.stack.addWidget(self.inner)
        self.stack.addWidget(self.old)
        self.new.clicked.connect(self._on_new_clicked)
        self.old.clicked.connect(self._on_old_clicked)

    def _on_new_clicked(self) -> None:
        self.pressed.append("new")

    def _on_old_clicked(self) -> None:
        self.pressed.append("old")

    def ticks(self) -> int:
        return self.now


@pytest.fixture
def panel(qapp: QApplication, qtbot: QtBot) -> Iterator[_Panel]:
    """Return a panel whose time the test tells."""
    made = _Panel()
    qtbot.addWidget(made)
    guard = PressGuard(qapp, made.ticks)
    made.show()
    qtbot.waitExposed(made)
    yield made
    delete(guard)


def test_nothing_new_takes_a_press_until_it_has_been_seen(panel: _Panel) -> None:
    """For 300 ms it takes none, then it takes one; the rest always does."""
    has_come(panel.inner)
    QApplication.sendEvent(panel.inner, QPaintEvent(panel.inner.rect()))
    panel.now = 299
    QTest.mouseClick(panel.new, LEFT)
    QTest.mouseDClick(panel.new, LEFT)
    QTest.mouseClick(panel.old, LEFT)
    assert panel.pressed == ["old"]
    panel.now = 300
    QTest.mouseClick(panel.new, LEFT)
    assert panel.pressed == ["old", "new"]


def test_while_it_rests_nothing_is_new(panel: _Panel, qapp: QApplication) -> None:
    """A start, before which there was nothing to press, is not looked at."""
    guard = qapp.findChild(PressGuard)
    assert guard is not None
    guard.is_resting = True
    has_come(panel.inner)
    QTest.mouseClick(panel.new, LEFT)
    assert panel.pressed == ["new"]


def test_what_takes_long_to_paint_is_new_from_then_on(panel: _Panel) -> None:
    """A busy machine paints late: nobody has seen it before."""
    has_come(panel.inner)
    panel.now = 250
    QApplication.sendEvent(panel.inner, QPaintEvent(panel.inner.rect()))
    panel.now = 400
    QTest.mouseClick(panel.new, LEFT)
    assert panel.pressed == []
    panel.now = 250 + FRESH_MS
    QTest.mouseClick(panel.new, LEFT)
    assert panel.pressed == ["new"]


def test_a_finger_is_held_back_as_a_mouse_is(panel: _Panel) -> None:
    """The touch goes nowhere, and neither does the press that Qt would make of it."""
    device = QTest.createTouchDevice()
    has_come(panel.inner)
    for _ in range(2):
        place = QPoint(10, 10)
        QTest.touchEvent(panel.new, device).press(0, place, panel.new).commit()
        QTest.touchEvent(panel.new, device).release(0, place, panel.new).commit()
        assert panel.pressed == []
    panel.now = FRESH_MS
    QTest.touchEvent(panel.new, device).press(0, QPoint(10, 10), panel.new).commit()
    QTest.touchEvent(panel.new, device).release(0, QPoint(10, 10), panel.new).commit()
    assert panel.pressed == ["new"]


class _Pad(QWidget):
    """Takes fingers itself, and counts them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setMinimumSize(20, 20)
        self.touched = 0

    def event(self, event: QEvent) -> bool:
        """Take each touch, so that no press of a mouse is made of it."""
        if event.type() is not QEvent.Type.TouchBegin:
            return super().event(event)
        self.touched += 1
        return True


def test_what_takes_fingers_itself_gets_none_while_it_is_new(panel: _Panel) -> None:
    """No press of a mouse is made of them there: the touch itself is held back."""
    pad = _Pad(panel)
    panel.stack.addWidget(pad)
    pad.show()
    QApplication.processEvents()
    device = QTest.createTouchDevice()
    has_come(pad)
    QApplication.sendEvent(pad, QPaintEvent(pad.rect()))
    for now, touched in ((0, 0), (300, 1)):
        panel.now = now
        QTest.touchEvent(pad, device).press(0, QPoint(1, 1), pad).commit()
        QTest.touchEvent(pad, device).release(0, QPoint(1, 1), pad).commit()
        assert pad.touched == touched


def test_keys_are_never_held_back(panel: _Panel) -> None:
    """Whoever types knows the order of the items."""
    has_come(panel.inner)
    QTest.keyClick(panel.new, Qt.Key.Key_Space)
    assert panel.pressed == ["new"]


def test_it_looks_only_while_something_is_new(panel: _Panel, qapp: QApplication) -> None:
    """Once everything is old, events pass it by; what is gone by then is forgotten."""
    guard = qapp.findChild(PressGuard)
    assert isinstance(guard, PressGuard)
    gone = QPushButton(panel)
    has_come(gone)
    delete(gone)
    panel.now = FRESH_MS
    QTest.mouseClick(panel.old, LEFT)
    assert guard._since == {}
    assert panel.pressed == ["old"]
    has_come(panel.inner)
    panel.now += FRESH_MS
    guard._tidying.timeout.emit()
    assert guard._since == {}


def test_without_a_guard_nothing_is_held_back(qtbot: QtBot) -> None:
    """A widget by itself works as it is."""
    one = QPushButton()
    qtbot.addWidget(one)
    has_come(one)
    with qtbot.waitSignal(one.clicked):
        QTest.mouseClick(one, LEFT)


def test_a_button_with_other_words_is_another_button(panel: _Panel) -> None:
    """What Undo takes back is not what it took back a moment ago."""
    undo = ElidedButton()
    panel.stack.addWidget(undo)
    undo.show()
    undo.clicked.connect(panel._on_new_clicked)
    undo.show_text("Undo: sleep 2")
    panel.now = FRESH_MS
    QTest.mouseClick(undo, LEFT)
    undo.show_text("Undo: gait 1")
    QTest.mouseClick(undo, LEFT)
    assert panel.pressed == ["new"]


def test_a_choice_pressed_twice_in_one_breath_stays_chosen(panel: _Panel) -> None:
    """A second press takes it back only once the first has been seen; others take one at once."""
    choice = ChoiceRow("Slept", (Choice("well", "well"), Choice("badly", "badly")))
    panel.stack.addWidget(choice)
    choice.show()
    for _ in range(2):
        QTest.mouseClick(choice.buttons[0], LEFT)
    assert choice.value == "well"
    QTest.mouseClick(choice.buttons[1], LEFT)
    assert choice.value == "badly"
    panel.now = FRESH_MS
    QTest.mouseClick(choice.buttons[1], LEFT)
    assert choice.value == ""


def test_a_question_takes_no_press_before_it_was_read(panel: _Panel, words: Words) -> None:
    """Nor does the next one in its place; the same one shown again is not new."""
    bar, kept = QuestionBar(words), list[QuestionView]()
    bar.confirmed.connect(kept.append)
    panel.stack.addWidget(bar)
    questions = (QuestionView("stance", "Is it 2?"), QuestionView("gait", "Is it 1?"))
    for one in questions:
        panel.now += 1000
        bar.show_question(one)
        QApplication.processEvents()
        QTest.mouseClick(bar.keep, LEFT)
        assert one not in kept
        panel.now += 300
        bar.show_question(one)
        QTest.mouseClick(bar.keep, LEFT)
        assert kept[-1] == one
