"""The calendar over a date field: days, months and years within reach of a finger."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.date_reader import DateReader
from app.dates import PartialDate
from app.language import Words
from app.language import words as english
from widgets.calendar_pages import (
    SCORE,
    STEPS,
    Level,
    calendar_page,
    month_at,
    month_number,
    within,
)
from widgets.calendar_popup import CalendarPopup
from widgets.date_field import DateField
from widgets.theme import TARGET

TODAY = date(2026, 1, 28)


@given(st.dates(date(1900, 1, 1), date(2028, 12, 31)))
def test_every_day_stands_below_its_name(day: date) -> None:
    """A month begins in the column of its first day and has all its days."""
    words, at = english(), PartialDate(day.year, day.month)
    page = calendar_page(Level.DAYS, at, 2028, words)
    places = [place for place, cell in enumerate(page.cells) if cell and cell.text == str(day.day)]
    assert [words.week()[place % 7][0] for place in places] == [day.weekday()]
    shown = [cell.when for cell in page.cells if cell is not None]
    assert shown == [PartialDate(day.year, day.month, one) for one in range(1, at.last.day + 1)]
    assert page.title == words.long_date(at)


@given(st.integers(1890, 2040), st.integers(1, 12))
def test_a_month_and_its_number_are_one(year: int, month: int) -> None:
    """Counted back it is the same month; outside of what a date can be, the nearest one."""
    number = month_number(PartialDate(year, month))
    assert month_at(number) == PartialDate(year, month)
    assert month_number(PartialDate(year)) == number - month + 1
    nearest = month_at(within(number, 2028))
    assert nearest == (
        PartialDate(1900, 1) if year < 1900 else PartialDate(2028, 12) if year > 2028 else nearest
    )


def test_pages_of_months_and_years() -> None:
    """Twelve months of a year; twenty years, without those that no date can have."""
    months = calendar_page(Level.MONTHS, PartialDate(2023, 3), 2028, english())
    assert (months.title, len(months.cells)) == ("2023", 12)
    assert [(cell.text, cell.spoken) for cell in months.cells if cell][2] == ("Mar", "March 2023")
    years = calendar_page(Level.YEARS, PartialDate(2023, 3), 2028, english())
    assert years.title == "2020 – 2039"
    assert [cell.text for cell in years.cells if cell] == [str(one) for one in range(2020, 2029)]
    assert STEPS[Level.YEARS] == SCORE * STEPS[Level.MONTHS] == SCORE * 12 * STEPS[Level.DAYS]


@pytest.fixture
def field(qtbot: QtBot, words: Words, dressed: object) -> DateField:
    """Return a field for any date, on the screen."""
    assert dressed is not None
    made = DateField("Birth date", DateReader(words, lambda: TODAY))
    qtbot.addWidget(made)
    made.show()
    return made


def _open(field: DateField) -> CalendarPopup:
    """Open the calendar and let its first moment pass."""
    field.calendar.click()
    popup = field.findChild(CalendarPopup)
    assert popup is not None
    popup._shield.timeout.emit()
    return popup


def _cell(popup: CalendarPopup, level: Level, text: str) -> QPushButton:
    return next(one for one in popup.grids[level].buttons if one.text() == text)


def _tap(one: QPushButton) -> None:
    QTest.mouseClick(one, Qt.MouseButton.LeftButton)


def test_a_day_is_chosen_by_a_tap(field: DateField) -> None:
    """It opens on today's month, takes the day, reports it and goes."""
    heard: list[object] = []
    field.date_changed.connect(heard.append)
    popup = _open(field)
    assert (popup.isVisible(), popup.title.text()) == (True, "January 2026")
    _tap(_cell(popup, Level.DAYS, "5"))
    assert (field.value(), heard) == (PartialDate(2026, 1, 5), [PartialDate(2026, 1, 5)])
    assert (popup.isVisible(), field.field.text) == (False, "5 Jan 2026")


def test_it_opens_on_the_date_that_is_written(field: DateField) -> None:
    """The day is marked; a text that is no date does not stand in the way."""
    field.set_value(PartialDate(2023, 3, 14))
    popup = _open(field)
    marked = [one.text() for one in popup.grids[Level.DAYS].buttons if one.property("chosen")]
    assert (popup.title.text(), marked) == ("March 2023", ["14"])
    assert _cell(popup, Level.DAYS, "14").hasFocus()
    popup.close()
    field.set_text("soon")
    assert _open(field).title.text() == "January 2026"


def test_a_birth_long_ago_is_a_few_taps_away(field: DateField) -> None:
    """Up to the years, back by twenty, and down again."""
    popup = _open(field)
    _tap(popup.title)
    assert popup.title.text() == "2026"
    _tap(popup.title)
    _tap(popup.earlier)
    _tap(popup.earlier)
    assert popup.title.text() == "1980 – 1999"
    _tap(_cell(popup, Level.YEARS, "1984"))
    _tap(_cell(popup, Level.MONTHS, "Feb"))
    _tap(_cell(popup, Level.DAYS, "29"))
    assert field.value() == PartialDate(1984, 2, 29)


def test_an_approximate_date_is_one_tap(field: DateField, words: Words, qtbot: QtBot) -> None:
    """Only the month, only the year, today, or none at all."""
    popup = _open(field)
    for one in (popup.only_month, popup.today, popup.none):
        assert one.isVisible()
    _tap(popup.only_month)
    assert field.text == "2026-01"
    _open(field)
    _tap(popup.title)
    assert popup.only_year.isVisible()
    _tap(popup.only_year)
    assert field.text == "2026"
    _open(field)
    _tap(popup.today)
    assert field.text == "2026-01-28"
    _open(field)
    _tap(popup.none)
    assert (field.text, field.value()) == ("", None)
    strict = DateField(
        "Day", DateReader(words, lambda: TODAY), may_be_unknown=False, may_be_short=False
    )
    qtbot.addWidget(strict)
    strict.show()
    needed = _open(strict)
    for one in (needed.only_month, needed.only_year, needed.none):
        assert not one.isVisible()


def test_it_ends_where_no_date_can_be(field: DateField) -> None:
    """1900 on one side, two years ahead on the other."""
    field.set_value(PartialDate(1900, 1, 3))
    popup = _open(field)
    _tap(popup.earlier)
    assert popup.title.text() == "January 1900"
    popup.close()
    field.set_value(PartialDate(2028, 12))
    popup = _open(field)
    _tap(popup.later)
    assert popup.title.text() == "December 2028"


def test_every_place_is_big_enough_for_a_finger(field: DateField) -> None:
    """48 pixels each way, at least, on every page."""
    popup = _open(field)
    for level in Level:
        for one in popup.grids[level].buttons:
            assert (one.width() >= TARGET, one.height() >= TARGET) == (True, True)
        _tap(popup.title)
    for one in (popup.earlier, popup.later, popup.title, popup.today, popup.none):
        assert (one.width() >= TARGET, one.height() >= TARGET) == (True, True)


def test_the_second_half_of_a_double_tap_chooses_nothing(field: DateField, qtbot: QtBot) -> None:
    """For a moment after it opened, the calendar takes no press; keys are not held back."""
    field.calendar.click()
    popup = field.findChild(CalendarPopup)
    assert popup is not None
    day = _cell(popup, Level.DAYS, "5")
    spot = day.mapTo(popup, day.rect().center())
    target = popup.childAt(spot)
    assert target is None
    qtbot.waitUntil(lambda: popup.childAt(spot) is day)
    assert field.value() is None


def test_the_keyboard_finds_its_way(field: DateField) -> None:
    """Alt and Down opens it, arrows move, Space takes, Escape goes without a change."""
    field.activateWindow()
    QTest.keyClick(field.field.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = field.findChild(CalendarPopup)
    assert popup is not None
    assert _cell(popup, Level.DAYS, "28").hasFocus()
    QTest.keyClick(_cell(popup, Level.DAYS, "28"), Qt.Key.Key_Up)
    assert _cell(popup, Level.DAYS, "21").hasFocus()
    QTest.keyClick(_cell(popup, Level.DAYS, "21"), Qt.Key.Key_Escape)
    assert (popup.isVisible(), field.value()) == (False, None)
    QTest.keyClick(field.field.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(_cell(popup, Level.DAYS, "28"), Qt.Key.Key_Left)
    QTest.keyClick(_cell(popup, Level.DAYS, "27"), Qt.Key.Key_Space)
    assert field.value() == PartialDate(2026, 1, 27)
