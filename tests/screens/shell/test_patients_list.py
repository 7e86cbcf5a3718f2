"""The lines of the list alone, with made-up patients instead of records."""

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from app.errors import Damage
from app.language import words
from app.palette import load_palette
from app.screens.patients.delegate import _Face
from app.screens.patients.list_model import PAGE, PatientListModel, RowRole
from app.screens.patients.page import PatientsPage
from app.screens.patients.patient_list import PatientList
from app.screens.patients.view import Counts, Empty, FoundRows, PatientRow, patients_view
from tests.screens.patient_rooms.bench import settle
from tests.screens.shell.test_patients_view import NURSE

EMPTY = Empty("Nobody", "Nobody is here.")


class Book:
    """Patients p0, p1 and so on, and what was asked of them."""

    def __init__(self, count: int) -> None:
        self.patients = [f"p{number}" for number in range(count)]
        self.read: list[str] = []
        self.torn = ""

    def found(self) -> FoundRows:
        """Return all of them."""
        return FoundRows(
            count=len(self.patients),
            patients=lambda first, count: self.patients[first : first + count],
            rows=self._rows,
            place=lambda one: self.patients.index(one) if one in self.patients else None,
        )

    def _rows(self, patients: Sequence[str]) -> tuple[PatientRow, ...]:
        if self.torn in patients:
            raise Damage("A row of the records cannot be read.")
        self.read += patients
        return tuple(
            PatientRow(one, f"Name {one}", (), "", one, "", "", "", "", None, f"all of {one}")
            for one in patients
        )


@pytest.fixture
def book() -> Book:
    """Return a thousand patients."""
    return Book(1000)


@pytest.fixture
def lines(dressed: QApplication, book: Book) -> Iterator[PatientList]:
    """Return the list, shown, with the focus."""
    assert dressed is not None
    shown = PatientList(words(), load_palette("light"))
    shown.show_found(book.found(), EMPTY)
    shown.resize(1000, 600)
    shown.show()
    shown.activateWindow()
    shown.list.setFocus()
    settle()
    yield shown
    delete(shown)


def _current(lines: PatientList) -> str:
    return str(lines.list.currentIndex().data())


def test_only_what_is_in_view_is_read(lines: PatientList, book: Book) -> None:
    """Of a thousand lines the first page, or two."""
    assert lines.list.model().rowCount() == 1000
    assert 0 < len(book.read) <= 2 * PAGE


def test_keys_move_through_the_whole_list(lines: PatientList, book: Book) -> None:
    """End, up, Home, and a page down and back; only what was seen on the way is read."""
    seen = []
    for key in (Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_Down):
        QTest.keyClick(lines.list, key)
        settle()
        seen.append(_current(lines))
    assert seen == ["Name p999", "Name p998", "Name p0", "Name p1"]
    QTest.keyClick(lines.list, Qt.Key.Key_PageDown)
    assert lines.list.currentIndex().row() > 5
    assert len(book.read) <= 6 * PAGE


def test_scrolling_reads_what_comes_into_view(lines: PatientList, book: Book) -> None:
    """The bar is as long as the whole list, and every place on it shows its patients."""
    bar = lines.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    settle()
    middle = lines.list.indexAt(QPoint(100, 100))
    assert 480 < middle.row() < 520
    assert middle.data() == f"Name p{middle.row()}"
    assert len(book.read) <= 4 * PAGE


def test_a_tap_far_down_chooses_who_stands_there(lines: PatientList) -> None:
    """The patient of that line, not of one on another page."""
    chosen = QSignalSpy(lines.patient_chosen)
    lines.step(700)
    settle()
    place = lines.list.visualRect(lines.list.currentIndex()).center()
    QTest.mouseClick(lines.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.at(0) == ["p700"]


def test_who_is_current_far_down_stays_current(lines: PatientList, book: Book) -> None:
    """Shown again with others in front, the same patient is current and in view."""
    lines.step(700)
    book.patients.insert(0, "new")
    lines.show_found(book.found(), EMPTY)
    index = lines.list.currentIndex()
    assert (index.row(), _current(lines)) == (701, "Name p700")
    assert lines.list.viewport().rect().contains(lines.list.visualRect(index).center())


def test_who_is_gone_makes_the_first_current(lines: PatientList, book: Book) -> None:
    """Then Enter opens the first; of an empty list nobody."""
    lines.step(3)
    book.patients.remove("p3")
    lines.show_found(book.found(), EMPTY)
    assert _current(lines) == "Name p0"
    chosen = QSignalSpy(lines.patient_chosen)
    book.patients.clear()
    lines.show_found(book.found(), EMPTY)
    lines.choose_current()
    assert chosen.count() == 0


def test_a_line_that_changed_is_read_again_alone(lines: PatientList, book: Book) -> None:
    """The others are remembered; one out of view is not read at all."""
    book.read.clear()
    lines.read_again({"p1", "p900"})
    lines.list.viewport().repaint()
    assert book.read == ["p1"]


def test_lines_are_remembered_from_search_to_search(lines: PatientList, book: Book) -> None:
    """Until the list is to be read anew."""
    book.read.clear()
    book.patients = book.patients[:5]
    lines.show_found(book.found(), EMPTY)
    settle()
    assert book.read == []
    lines.forget()
    lines.show_found(book.found(), EMPTY)
    settle()
    assert book.read == book.patients


def test_what_was_not_seen_for_long_is_forgotten() -> None:
    """The memory does not grow with the file."""
    book, model = Book(5000), PatientListModel()
    model.show_found(book.found())
    for place in range(5000):
        assert model.index(place).data() == f"Name p{place}"
    book.read.clear()
    assert model.index(4999).data(RowRole.ROW).patient == "p4999"
    assert book.read == []
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "all of p0"
    assert book.read == book.patients[:PAGE]


def test_what_cannot_be_read_is_said_once(dressed: QApplication) -> None:
    """Its lines stay empty, the others stand, and the page says what is wrong."""
    assert dressed is not None
    book = Book(100)
    book.torn = "p1"
    page = PatientsPage(words(), load_palette("light"))
    failed = QSignalSpy(page.table.failed)
    page.show_view(patients_view((), Counts(100, 0, 0), NURSE, words()))
    page.show_found(book.found())
    page.resize(1000, 700)
    page.show()
    settle()
    page.table.list.viewport().repaint()
    settle()
    assert page.message.text == "A row of the records cannot be read."
    assert failed.count() == 1
    assert page.table.list.model().index(0, 0).data() is None
    assert page.table.list.model().index(PAGE, 0).data() == f"Name p{PAGE}"
    delete(page)


def test_the_model_keeps_qts_rules(book: Book) -> None:
    """Qt's own tester finds nothing; a row has no rows, and outside there is nothing."""
    model = PatientListModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_found(book.found())
    model.read_again({"p0"})
    first = model.index(0)
    assert tester.model() is model
    assert (model.rowCount(first), model.data(model.index(1007))) == (0, None)
    assert first.data(Qt.ItemDataRole.DecorationRole) is None
    assert not first.flags() & Qt.ItemFlag.ItemIsEditable


def test_a_tool_tip_shows_a_name_as_it_is(lines: PatientList) -> None:
    """What looks like markup is a part of it."""
    found = FoundRows(
        count=1,
        patients=lambda _first, _count: ("1",),
        rows=lambda _: (
            PatientRow("1", "Zoë", (), "", "1", "", "", "", "", None, "", "Zoë <b> · ID 1"),
        ),
        place=lambda _: 0,
    )
    lines.show_found(found, EMPTY)
    tip = lines.list.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "<qt>Zoë &lt;b&gt; · ID 1</qt>"


def test_identifiers_that_differ_at_their_end_are_told_apart(dressed: QApplication) -> None:
    """What does not fit is left out of the middle; of other texts, at the end."""
    assert dressed is not None
    face = _Face(dressed.font(), Qt.TextElideMode.ElideMiddle)
    one, other = ("H-2024-0000000000000000000000-" + end for end in ("17", "18"))
    fitting = face.fitting(one, 120)
    assert fitting != face.fitting(other, 120)
    assert (fitting[:1], fitting[-2:]) == ("H", "17")
    assert _Face(dressed.font()).fitting(one, 120)[-1] == "…"
