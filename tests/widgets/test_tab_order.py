"""Tab goes as the page is read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLayoutItem,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6.Shiboken import getAllValidWrappers

from app.language import words
from app.screens.window import Window
from widgets.choices import Choice, ChoiceRow
from widgets.tab_order import next_stop, tab_stops


class _Form(QWidget):
    """A form whose parts were built in another order than they are read."""

    def __init__(self) -> None:
        super().__init__()
        self.last, self.first = QPushButton("Save"), QLineEdit()
        self.row = ChoiceRow("Role", ())
        grid_box = QWidget()
        self.right, self.left = QPushButton("right"), QPushButton("left")
        grid = QGridLayout(grid_box)
        grid.addWidget(self.right, 0, 1)
        grid.addWidget(self.left, 0, 0)
        stack = QVBoxLayout(self)
        for part in (QLabel("Name"), self.first, self.row, grid_box, self.last):
            stack.addWidget(part)
        self.row.show_choices((Choice("a", "A"), Choice("b", "B")))


@pytest.fixture
def form(qtbot: QtBot) -> _Form:
    """A form on the screen."""
    made = _Form()
    qtbot.addWidget(made)
    made.show()
    return made


def test_stops_follow_the_layout(form: _Form) -> None:
    """Neither the order of building nor that of a grid's adding counts."""
    wanted = (form.first, *form.row.buttons, form.left, form.right, form.last)
    assert tab_stops(form) == wanted


def test_what_cannot_be_used_is_passed_over(form: _Form) -> None:
    """Hidden and disabled parts are no stops."""
    form.left.hide()
    form.right.setEnabled(False)
    assert tab_stops(form) == (form.first, *form.row.buttons, form.last)


def test_the_ends_are_joined(form: _Form) -> None:
    """After the last comes the first, and backwards the same."""
    assert next_stop(form, form.last, is_forward=True) is form.first
    assert next_stop(form, form.first, is_forward=False) is form.last


def test_without_a_focus_it_begins_at_an_end(form: _Form) -> None:
    """Forwards the first, backwards the last."""
    assert next_stop(form, None, is_forward=True) is form.first
    assert next_stop(form, None, is_forward=False) is form.last


def test_a_page_without_stops_has_none(qtbot: QtBot) -> None:
    """An empty page takes no focus."""
    page = QWidget()
    qtbot.addWidget(page)
    assert next_stop(page, None, is_forward=True) is None
    assert next_stop(None, None, is_forward=True) is None


def test_the_window_lets_tab_follow_the_page(qtbot: QtBot) -> None:
    """A pressed Tab reaches the choices that were built last, right after the name."""
    window, page = Window(words()), _Form()
    qtbot.addWidget(window)
    window.show_page(page)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    page.first.setFocus()
    QTest.keyClick(page.first, Qt.Key.Key_Tab)
    assert window.focusWidget() is page.row.buttons[0]
    QTest.keyClick(page.row.buttons[0], Qt.Key.Key_Backtab)
    assert window.focusWidget() is page.first


def test_python_keeps_no_item_of_a_layout(form: _Form) -> None:
    """An item that Python knows outlives the real one, and stands for what comes in its place."""

    def items() -> int:
        return sum(isinstance(one, QLayoutItem) for one in getAllValidWrappers())

    before = items()
    assert tab_stops(form)
    assert items() == before
