"""Cells of a table that is typed into."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.date_reader import DateReader
from app.dates import PartialDate
from app.language import words
from widgets.cells import ChoiceCell, Sentences, TextCell
from widgets.date_cell import DateCell
from widgets.layouts import column
from widgets.theme import TARGET
from widgets.values import Choice

TODAY = date(2026, 1, 28)
UNITS = (Choice("mg", "mg"), Choice("mg/kg", "mg/kg"))


@pytest.fixture
def cell(qtbot: QtBot) -> DateCell:
    """Return a cell for a date that is shown."""
    made = DateCell("from", 120, DateReader(words(), lambda: TODAY))
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_date_is_chosen_by_a_finger(cell: DateCell, qtbot: QtBot) -> None:
    """The calendar opens at what is written, and what is chosen stands as it is written here."""
    cell.set_value("3 Mar 2025")
    cell.open.click()
    calendar = cell._calendar
    assert calendar is not None
    assert calendar._when == PartialDate(2025, 3, 3)
    with qtbot.waitSignal(cell.changed):
        calendar.chosen.emit(PartialDate(2025, 3, 9))
    assert cell.value() == "9 Mar 2025"
    calendar.chosen.emit(None)
    assert cell.value() == ""


def test_what_is_no_date_opens_the_calendar_at_today(cell: DateCell) -> None:
    """Nothing typed is lost by looking at the calendar; keys open it as well."""
    cell.set_value("soon")
    QTest.keyClick(cell, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = cell._calendar
    assert calendar is not None
    assert calendar.isVisible()
    assert calendar._when is None
    calendar.close()
    assert cell.value() == "soon"


def test_the_sign_in_a_cell_is_wide_enough_for_a_finger(cell: DateCell) -> None:
    """It takes the whole height and leaves the text its room."""
    assert (cell.open.width(), cell.open.height()) == (TARGET, cell.height())
    assert cell.width() == 120 + TARGET
    QTest.keyClicks(cell, "2025")
    assert cell.value() == "2025"


def test_a_sentence_goes_with_what_it_is_about(qtbot: QtBot) -> None:
    """The mended cell goes quiet, the other one stays marked; one sentence stands once."""
    page = QWidget()
    qtbot.addWidget(page)
    amount, unit = TextCell("dose"), ChoiceCell("unit", UNITS)
    sentences = Sentences({"dose": amount, "unit": unit}, page)
    stack = column(page)
    for part in (amount, unit, sentences.below):
        stack.addWidget(part)
    page.show()
    sentences.show({"dose": "Not right.", "unit": "Not right.", "elsewhere": "Not here."})
    assert sentences.below.text() == "⚠ Not right."
    assert sentences.first() is amount
    QTest.keyClicks(amount, "1")
    assert (amount.property("problem"), unit.property("problem")) == (False, True)
    unit.setCurrentIndex(1)
    assert sentences.below.isHidden()
    assert sentences.first() is None
    sentences.add("dose", "Two readings.")
    assert amount.accessibleDescription() == "Two readings."


def test_what_was_told_and_not_touched_stays_as_it_was(qtbot: QtBot) -> None:
    """A stored note with a space in front is not changed by opening it."""
    note = TextCell("note")
    qtbot.addWidget(note)
    note.set_value(" morning")
    assert note.value() == " morning"
    note.setText(" night ")
    assert note.value() == "night"


def test_an_unchosen_list_shows_its_title(qtbot: QtBot) -> None:
    """A unit is never chosen by itself; letters choose one."""
    unit = ChoiceCell("unit", UNITS, 120)
    qtbot.addWidget(unit)
    unit.show()
    unit.set_value("")
    assert (unit.value(), unit.currentIndex(), unit.placeholderText()) == ("", -1, "unit")
    unit.setFocus()
    QTest.keyClicks(unit, "mg/")
    assert unit.value() == "mg/kg"
