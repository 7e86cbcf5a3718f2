"""A message lies over its page: nothing moves, nothing is covered that names the patient."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.language import words
from widgets.message import FloatingMessage, Offer

LONG = "The disk is full, so that no checked copy could be made. " * 4


class _Page(QWidget):
    """A banner above and a button below."""

    def __init__(self) -> None:
        super().__init__()
        self.banner, self.button = QLabel("Amira"), QPushButton("Sign")
        stack = QVBoxLayout(self)
        stack.addWidget(self.banner)
        stack.addStretch(1)
        stack.addWidget(self.button)
        self.resize(640, 480)


@pytest.fixture
def page(qtbot: QtBot) -> _Page:
    """Return a page that is shown."""
    made = _Page()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def _rest() -> None:
    for _ in range(4):
        QApplication.processEvents()


@pytest.mark.parametrize("is_below", [True, False])
@pytest.mark.parametrize("text", ["Saved.", LONG])
def test_it_takes_no_room_and_stays_on_the_page(page: _Page, text: str, *, is_below: bool) -> None:
    """Every height is the same with and without it; it lies below the banner or at the foot."""
    message = FloatingMessage(words(), page, page.banner if is_below else None)
    before = (page.banner.geometry(), page.button.geometry())
    message.show_problem(text)
    _rest()
    assert (page.banner.geometry(), page.button.geometry()) == before
    assert page.rect().contains(message.geometry())
    assert message.y() > page.banner.geometry().bottom()
    page.resize(900, 500)
    _rest()
    assert page.rect().contains(message.geometry())
    assert message.geometry().center().x() == pytest.approx(page.rect().center().x(), abs=1)


def test_what_was_done_goes_by_itself_and_what_went_wrong_stays(page: _Page) -> None:
    """A problem is closed by whoever has read it; so is what can be acted on."""
    message = FloatingMessage(words(), page)
    message.show_note("Signed.")
    assert message.reading.isActive()
    message.reading.timeout.emit()
    assert message.isHidden()
    message.show_note("Signed.")
    message.show_problem("The disk is full.")
    assert not message.reading.isActive()
    message.show_note("Discarded.", Offer("Bring back", "bring back"))
    assert not message.reading.isActive()
    QTest.mouseClick(message.close_button, Qt.MouseButton.LeftButton)
    assert message.isHidden()
