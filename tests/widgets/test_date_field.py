"""A date that is typed or chosen: what it is taken for, what is asked back, what is refused."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.date_reader import DateReader, TwoDays
from app.dates import PartialDate
from app.errors import UserError
from app.language import Words
from widgets.date_field import DateField
from widgets.theme import TARGET

pytestmark = pytest.mark.usefixtures("dressed")
TODAY = date(2026, 1, 28)


@pytest.fixture
def dates(words: Words) -> DateReader:
    """Return a reader on 28 January 2026."""
    return DateReader(words, lambda: TODAY)


@pytest.fixture
def field(qtbot: QtBot, dates: DateReader) -> DateField:
    """Return a field for any date, on the screen."""
    made = DateField("Birth date", dates)
    qtbot.addWidget(made)
    made.show()
    return made


def _type(field: DateField, text: str) -> None:
    field.field.edit.selectAll()
    QTest.keyClicks(field.field.edit, text)


def _heard(field: DateField) -> list[object]:
    heard: list[object] = []
    field.date_changed.connect(heard.append)
    return heard


@pytest.mark.parametrize(
    ("text", "read", "said"),
    [
        ("2023-03-14", "2023-03-14", "14 Mar 2023"),
        ("14.3.2023", "2023-03-14", "14 Mar 2023"),
        ("14 march 2023", "2023-03-14", "14 Mar 2023"),
        ("3.2023", "2023-03", "Mar 2023, the day is not known"),
        ("2023", "2023", "2023, the month is not known"),
        ("today", "2026-01-28", "28 Jan 2026"),
        ("yesterday", "2026-01-27", "27 Jan 2026"),
    ],
)
def test_a_date_says_what_it_understood(field: DateField, text: str, read: str, said: str) -> None:
    """A day, a month or a year, with its precision in words; the field hands it on as ISO."""
    _type(field, text)
    assert str(field.value()) == field.text == read
    assert (field.field.text, field.field.below.text()) == (text, said)


def test_a_date_stands_as_the_app_writes_it_once_it_is_left(field: DateField) -> None:
    """The same date, said once; what was relative is fixed."""
    _type(field, "yesterday")
    QTest.keyClick(field.field.edit, Qt.Key.Key_Return)
    assert (field.field.text, field.field.below.isHidden()) == ("27 Jan 2026", True)
    assert field.value() == PartialDate(2026, 1, 27)
    _type(field, "3.2023")
    QTest.keyClick(field.field.edit, Qt.Key.Key_Return)
    assert (field.field.text, field.field.below.text()) == (
        "Mar 2023",
        "Mar 2023, the day is not known",
    )


def test_a_date_is_reported_only_while_it_is_one(field: DateField) -> None:
    """Half a date is no date."""
    heard = _heard(field)
    _type(field, "2023-13")
    assert heard == [PartialDate(2023), PartialDate(2023, 1)]
    with pytest.raises(UserError):
        field.value()
    QTest.keyClick(field.field.edit, Qt.Key.Key_Return)
    assert field.field.below.text() == "⚠ There is no day 2023-13 in the calendar."
    assert (field.field.text, field.text) == ("2023-13", "2023-13")


def test_a_date_of_two_meanings_is_asked_back(field: DateField) -> None:
    """Each meaning is one tap; nothing is reported before it."""
    heard, finished = _heard(field), []
    field.finished.connect(lambda: finished.append(field.value()))
    _type(field, "3/4/2023")
    first, second = field.choices
    assert heard == []
    assert (first.text(), second.text()) == ("3 Apr 2023", "4 Mar 2023")
    assert (first.accessibleName(), first.height() >= TARGET) == ("3 April 2023", True)
    assert "can be 3 Apr 2023 or 4 Mar 2023" in field.field.below.text()
    with pytest.raises(TwoDays):
        field.value()
    second.click()
    assert (heard, finished) == ([PartialDate(2023, 3, 4)], [PartialDate(2023, 3, 4)])
    assert (field.field.text, first.isHidden(), second.isHidden()) == ("4 Mar 2023", True, True)


def test_the_other_meaning_can_be_chosen_by_key(field: DateField) -> None:
    """The two stand behind the field in the order of Tab; another text puts them away."""
    _type(field, "4-3-2023")
    first, second = field.choices
    assert bool(first.focusPolicy() & Qt.FocusPolicy.TabFocus)
    QTest.keyClick(first, Qt.Key.Key_Space)
    assert field.value() == PartialDate(2023, 3, 4)
    _type(field, "3/4/2023")
    assert first.isVisible()
    _type(field, "3/4/202")
    assert (first.isVisible(), second.isVisible()) == (False, False)


def test_today_is_one_tap(field: DateField) -> None:
    """It is reported like a date that was typed, and the keyboard need not stop at it."""
    heard = _heard(field)
    field.today.click()
    assert (field.value(), heard) == (PartialDate(2026, 1, 28), [PartialDate(2026, 1, 28)])
    assert field.field.text == "28 Jan 2026"
    for one in (field.today, field.calendar):
        assert (one.height() >= TARGET, one.width() >= TARGET) == (True, True)
        assert (one.focusPolicy(), bool(one.accessibleName())) == (Qt.FocusPolicy.NoFocus, True)


def test_a_date_is_set_without_being_reported(field: DateField) -> None:
    """A stored date stands as the app writes it; an unreadable text stays as it was typed."""
    heard = _heard(field)
    field.set_value(PartialDate(2024, 5))
    assert (field.field.text, field.text) == ("May 2024", "2024-05")
    field.set_text("2023-03-14")
    assert (field.field.text, field.text) == ("14 Mar 2023", "2023-03-14")
    field.set_text("3/4/2023")
    assert (field.field.text, field.text) == ("3/4/2023", "3/4/2023")
    assert [one.isVisible() for one in field.choices] == [True, True]
    field.set_value(None)
    assert (field.field.text, field.text, field.value()) == ("", "", None)
    assert heard == []


def test_a_problem_stays_until_the_date_is_mended(field: DateField) -> None:
    """Leaving the field as it is does not take the sentence back."""
    field.set_value(PartialDate(2027))
    field.show_problem("2027 is in the future.")
    QTest.keyClick(field.field.edit, Qt.Key.Key_Return)
    assert field.field.below.text() == "⚠ 2027 is in the future."
    _type(field, "2025")
    assert "⚠" not in field.field.below.text()


def test_what_stands_below_moves_nothing(field: DateField) -> None:
    """The line is kept free, so that no target slips away from under a finger."""
    before = field.sizeHint().height()
    _type(field, "3.2023")
    assert field.field.below.isVisible()
    assert field.sizeHint().height() == before


@pytest.mark.parametrize("text", ["soon", "14.3.23"])
def test_a_sentence_moves_no_target_that_is_being_pressed(
    qtbot: QtBot, dates: DateReader, text: str
) -> None:
    """It comes once the finger is lifted, so that the press that leaves the field is not lost."""
    page, below = QWidget(), QPushButton("Female")
    qtbot.addWidget(page)
    field, pressed = DateField("Birth date", dates), list[bool]()
    below.clicked.connect(lambda: pressed.append(True))
    stack = QVBoxLayout(page)
    stack.addWidget(field)
    stack.addWidget(below)
    stack.addStretch(1)
    page.resize(240, 500)
    page.show()
    page.activateWindow()
    field.field.edit.setFocus()
    _type(field, text)
    qtbot.waitUntil(field.field.edit.hasFocus)
    QApplication.processEvents()
    place, window = below.geometry(), page.windowHandle()
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=place.center())
    QApplication.processEvents()
    assert below.geometry() == place
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=place.center())
    assert pressed == [True]
    QApplication.processEvents()
    assert field.field.below.text().startswith("⚠")


def test_a_sentence_that_waits_is_not_told_about_another_text(
    qtbot: QtBot, dates: DateReader
) -> None:
    """The press that left the field may have cleared it, for another patient say."""
    needed = DateField("Day", dates, may_be_unknown=False)
    qtbot.addWidget(needed)
    needed.set_value(PartialDate(2023, 3, 14))
    needed._refuse("soon", UserError("“soon” is not a date."))
    assert needed.field.below.text() == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Please write a date, for example 14 Mar 2023."),
        ("Mar 2023", "Please write the day too, for example 14 Mar 2023."),
        ("14.3.23", "Please write the year with four digits, like 14 Mar 2023."),
    ],
)
def test_where_a_day_is_needed_it_is_asked_for(
    qtbot: QtBot, dates: DateReader, text: str, sentence: str
) -> None:
    """Not empty, and no month or year instead of a day."""
    needed = DateField("Day", dates, may_be_unknown=False, may_be_short=False)
    qtbot.addWidget(needed)
    _type(needed, text)
    QTest.keyClick(needed.field.edit, Qt.Key.Key_Return)
    assert needed.field.below.text() == f"⚠ {sentence}"
    _type(needed, "14.3.2023")
    assert needed.value() == PartialDate(2023, 3, 14)
