"""What has just come under a finger takes no press: a page, a message, a question, a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from app.dates import PartialDate
from app.language import words
from app.records.model import TreatmentFacts
from app.screens.ask import Dialogs
from app.screens.patients.control import PatientsControl
from app.screens.places import PatientsPlace, TreatmentsPlace
from app.screens.questions import ConfirmDialog
from app.screens.treatments.control import TreatmentsControl
from app.screens.window import Window
from tests.screens.patient_rooms.bench import RoomBench, settle
from widgets import icons
from widgets.press_guard import PressGuard


@dataclass
class _Finger:
    """Presses what it sees, at a time that the test tells."""

    now: int = 0

    def ticks(self) -> int:
        """Return the milliseconds that have gone by."""
        return self.now

    def press(self, widget: QWidget) -> None:
        """Press once, whatever has come there."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.rest()

    def look(self) -> None:
        """Wait until everything that is seen has been seen for long enough."""
        self.rest()
        self.now += 1000

    def rest(self) -> None:
        """Let the window draw what has come."""
        for _ in range(4):
            QApplication.processEvents()


@pytest.fixture
def finger(dressed: QApplication) -> Iterator[_Finger]:
    """Return a finger that a guard watches."""
    made = _Finger()
    guard = PressGuard(dressed, made.ticks)
    yield made
    delete(guard)


@pytest.fixture
def window(qtbot: QtBot, finger: _Finger) -> Window:
    """Return a window that has been looked at."""
    made = Window(words())
    qtbot.addWidget(made)
    made.allow_close()
    made.show()
    finger.look()
    return made


def _note(pressed: list[str], text: str, *_checked: object) -> None:
    pressed.append(text)


def test_the_next_page_takes_no_press_meant_for_the_last(window: Window, finger: _Finger) -> None:
    """A page that was left and comes again is new as well."""
    pages, pressed = [QPushButton("one"), QPushButton("two")], list[str]()
    for one in pages:
        one.clicked.connect(partial(_note, pressed, one.text()))
        window.show_page(one)
    window.show_page(pages[0])
    finger.rest()
    finger.press(pages[0])
    assert pressed == []
    finger.look()
    finger.press(pages[0])
    assert pressed == ["one"]


def test_a_message_is_not_closed_by_a_press_meant_for_what_it_covers(
    window: Window, finger: _Finger
) -> None:
    """It would be gone before anybody read it."""
    window.show_problem("The disk is full.")
    finger.rest()
    finger.press(window.message.close_button)
    assert window.message.isVisible()
    finger.look()
    finger.press(window.message.close_button)
    assert window.message.isHidden()


def test_a_question_is_not_answered_by_the_press_that_raised_it(
    window: Window, finger: _Finger
) -> None:
    """It is answered once it could be read."""
    answers: list[str] = []
    Dialogs(words()).confirm(window, "Discard?", "It goes.", "Yes", lambda: answers.append("y"))
    (dialog,) = window.findChildren(ConfirmDialog)
    finger.rest()
    for one in (dialog.yes, dialog.no):
        finger.press(one)
    assert (answers, dialog.isVisible()) == ([], True)
    finger.look()
    finger.press(dialog.yes)
    assert answers == ["y"]


@pytest.fixture
def room(rooms: RoomBench, finger: _Finger) -> PatientsControl:
    """Return the list of patients with one unfinished visit, looked at."""
    patient = rooms.patient("1", "Amira")
    rooms.store.visits.start(patient.id, PartialDate(2026, 1, 28), "10:40")
    control = PatientsControl(rooms.desk)
    rooms.show(control)
    control.open(PatientsPlace())
    settle()
    finger.look()
    return control


def test_unfinished_visits_take_no_press_before_they_are_seen(
    room: PatientsControl, rooms: RoomBench, finger: _Finger
) -> None:
    """Neither goes on nor is discarded by the press that opened them."""
    finger.press(room.page.unfinished)
    shown = room.page.drafts.findChildren(QPushButton)
    for one in shown:
        finger.press(one)
    assert (rooms.went, rooms.ask.asked, room.page.drafts.isVisible()) == ([], [], True)
    finger.look()
    finger.press(next(one for one in shown if one.text() == "Continue"))
    assert len(rooms.went) == 1


def test_the_list_beneath_unfinished_visits_takes_no_press_meant_for_them(
    room: PatientsControl, rooms: RoomBench, finger: _Finger
) -> None:
    """Closing them opens nobody's chart."""
    finger.press(room.page.unfinished)
    finger.look()
    lines = room.page.table.list
    place = lines.visualRect(lines.model().index(0, 0)).center()
    finger.press(room.page.drafts.close_button)
    for _ in range(2):
        QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert rooms.went == []
    finger.look()
    QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(rooms.went) == 1


@pytest.fixture
def treatments(rooms: RoomBench, finger: _Finger) -> TreatmentsControl:
    """Return the treatments of a patient, one running and one stopped, looked at."""
    patient = rooms.patient("1", "Amira")
    rooms.treated(patient)
    over = TreatmentFacts(agent="rituximab", start=PartialDate(2025), stop=PartialDate(2025, 6))
    rooms.store.treatments.add(patient.id, over)
    control = TreatmentsControl(rooms.desk)
    rooms.show(control)
    control.open(TreatmentsPlace(patient.id))
    settle()
    finger.look()
    return control


def _named(page: QWidget, start: str) -> QPushButton:
    """Return the last button that is seen and whose name or text begins so."""
    settle()
    found = [one for one in page.findChildren(QPushButton) if one.isVisible()]
    texts = {one: (one.accessibleName(), one.text()) for one in found}
    return [one for one in found if any(text.startswith(start) for text in texts[one])][-1]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Change", "Cancel"),
        ("Add: IVIg", "Cancel"),
        (f"{icons.ON}  ", "Change"),
    ],
)
def test_what_comes_on_the_treatments_page_takes_no_press_before_it_is_seen(
    treatments: TreatmentsControl, finger: _Finger, first: str, then: str
) -> None:
    """A card that opens, a form, what was folded, and the page as it stands afterwards."""
    page = treatments.page
    finger.press(_named(page, first))
    new = _named(page, then)
    for _ in range(2):
        finger.press(new)
        assert new.isVisible()
    finger.look()
    finger.press(new)
    settle()
    assert not isValid(new) or not new.isVisible()
    if then == "Cancel":
        again = _named(page, first)
        finger.press(again)
        assert again.isVisible()
