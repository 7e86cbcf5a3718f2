"""The list of patients, used by keys and by finger."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.clock import FixedClock
from app.dates import PartialDate
from app.palette import load_palette
from app.records.model import PatientFacts, PatientSummary
from app.screens.patients.columns import Columns, columns_in
from app.screens.patients.control import PatientsControl
from app.screens.patients.delegate import course_runs
from app.screens.patients.list_model import PAGE
from app.screens.patients.totals import Course
from app.screens.patients.unfinished import MOST_BARS
from app.screens.places import (
    ChartPlace,
    PatientFormPlace,
    PatientsPlace,
    SettingsPlace,
    VisitPlace,
)
from scales.model import Scored
from tests.builders import replace
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def room(rooms: RoomBench) -> PatientsControl:
    """Return the list with three patients, shown."""
    rooms.signed(rooms.patient("1", "Amira"), PartialDate(2026, 1, 20), 1)
    rooms.signed(rooms.patient("2", "Jonas"), PartialDate(2026, 1, 10), 2)
    rooms.patient("3", "שרה & <b>")
    control = PatientsControl(rooms.desk)
    rooms.show(control)
    control.page.activateWindow()
    control.open(PatientsPlace())
    settle()
    return control


def _names(room: PatientsControl) -> list[str]:
    model = room.page.table.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def _current(room: PatientsControl) -> str:
    return str(room.page.table.list.currentIndex().data())


def test_the_search_has_the_focus(room: PatientsControl) -> None:
    """One can type at once."""
    assert QApplication.focusWidget() is room.page.search


def test_typing_narrows_the_list(room: PatientsControl) -> None:
    """With each letter."""
    QTest.keyClicks(room.page.search, "jon")
    assert _names(room) == ["Jonas Haddad"]


def test_enter_opens_the_first(room: PatientsControl, rooms: RoomBench) -> None:
    """Type, Enter: the chart."""
    QTest.keyClicks(room.page.search, "jonas")
    QTest.keyClick(room.page.search, Qt.Key.Key_Return)
    assert rooms.went == [ChartPlace(rooms.store.patients.by_patient_id("2").id)]


def test_arrows_move_while_the_search_keeps_the_focus(room: PatientsControl) -> None:
    """Down, down, up; the ends hold."""
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(room.page.search, key)
        seen.append(_current(room))
    assert seen == ["Jonas Haddad", "שרה & <b> Haddad", "שרה & <b> Haddad", "Jonas Haddad"]


def test_enter_without_a_patient_does_nothing(room: PatientsControl, rooms: RoomBench) -> None:
    """There is nobody to open, and the page says so."""
    QTest.keyClicks(room.page.search, "nobody")
    QTest.keyClick(room.page.search, Qt.Key.Key_Return)
    shown = [one.text() for one in room.page.findChildren(QLabel) if one.isVisible()]
    assert rooms.went == []
    assert "No patient found" in shown


def test_one_tap_opens_the_chart(room: PatientsControl, rooms: RoomBench) -> None:
    """Anywhere on the line."""
    lines = room.page.table.list
    place = lines.visualRect(lines.model().index(1, 0)).center() + QPoint(100, 0)
    QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert rooms.went == [ChartPlace(rooms.store.patients.by_patient_id("2").id)]


def test_new_patient_and_settings_are_one_tap_away(
    room: PatientsControl, rooms: RoomBench
) -> None:
    """Their buttons lead there."""
    room.page.new.click()
    room.page.head.settings.click()
    assert rooms.went == [PatientFormPlace(None), SettingsPlace()]


def test_the_current_patient_stays_current(room: PatientsControl) -> None:
    """Showing the list again does not move the line that Enter opens."""
    QTest.keyClick(room.page.search, Qt.Key.Key_Down)
    room.open(PatientsPlace())
    assert _current(room) == "Jonas Haddad"


def test_opening_again_empties_the_search(room: PatientsControl) -> None:
    """The next patient is looked for among all."""
    room.page.search.setText("jonas")
    room.open(PatientsPlace())
    assert len(_names(room)) == 3


def _begin(rooms: RoomBench, answers: int = 2) -> str:
    patient = rooms.store.patients.by_patient_id("1")
    visit = rooms.store.visits.start(patient.id, PartialDate(2026, 1, 28), "10:40")
    sheet = rooms.catalogue.find("five_feature")
    for key in sheet.keys[:answers]:
        zero = Scored(sheet.items[0].levels[0].value)
        rooms.store.visits.answer(visit.id, "five_feature", key, zero)
    return visit.id


def _button(room: PatientsControl, start: str) -> QPushButton:
    settle()
    buttons = room.page.drafts.findChildren(QPushButton)
    return next(one for one in buttons if one.accessibleName().startswith(start))


def test_an_unfinished_visit_is_offered_and_goes_on(
    room: PatientsControl, rooms: RoomBench
) -> None:
    """The bar leads back into the visit."""
    visit = _begin(rooms)
    room.open(PatientsPlace())
    assert "2 of 5 items" in _button(room, "Continue").accessibleName()
    _button(room, "Continue").click()
    assert rooms.went == [VisitPlace(visit)]


def test_discarding_asks_for_a_reason(room: PatientsControl, rooms: RoomBench) -> None:
    """Then the visit is gone from the list and its bar with it."""
    _begin(rooms)
    room.open(PatientsPlace())
    _button(room, "Discard").click()
    settle()
    assert rooms.ask.asked == ["Discard this visit?"]
    assert "Begun by mistake" in rooms.ask.offered_reasons
    assert QApplication.focusWidget() is room.page.search
    assert "Amira Haddad · born 14 Mar 2023 · ID " in rooms.ask.told[0]
    assert rooms.store.lines.drafts() == ()
    assert not room.page.drafts.isVisible()


def test_a_visit_that_is_gone_is_said_to_be(room: PatientsControl, rooms: RoomBench) -> None:
    """Discarding twice tells one sentence on the page."""
    visit = _begin(rooms)
    room.open(PatientsPlace())
    rooms.store.listen(lambda _changes: None)
    rooms.store.visits.discard(visit, "elsewhere")
    _button(room, "Discard").click()
    assert room.page.message.isVisible()


def test_patients_entered_in_error_come_when_asked_for(
    room: PatientsControl, rooms: RoomBench
) -> None:
    """They are set aside, counted on a button, and shown by it."""
    rooms.store.patients.mark_error(rooms.store.patients.by_patient_id("2").id, "twice")
    room.open(PatientsPlace())
    assert "Jonas Haddad" not in _names(room)
    assert room.page.errors.text() == "Show entered in error (1)"
    room.page.errors.click()
    assert "Jonas Haddad" in _names(room)


def test_patients_entered_in_error_are_aside_again_at_the_next_start(
    room: PatientsControl, rooms: RoomBench
) -> None:
    """Nobody asked for them anew; where there is none, the button asks for nothing."""
    patient = rooms.store.patients.by_patient_id("2").id
    rooms.store.patients.mark_error(patient, "twice")
    for _ in range(2):
        room.open(PatientsPlace())
        assert "Jonas Haddad" not in _names(room)
        room.page.errors.click()
        assert "Jonas Haddad" in _names(room)
    rooms.store.patients.unmark_error(patient)
    assert not room.page.errors.isChecked()


def test_what_others_wrote_is_shown(room: PatientsControl, rooms: RoomBench) -> None:
    """A changed name is in the list at once."""
    patient = rooms.store.patients.by_patient_id("2")
    rooms.store.patients.change(patient.id, replace(patient.facts, given_name="Jon"))
    assert "Jon Haddad" in _names(room)


def test_everything_has_a_name_for_a_screen_reader(room: PatientsControl) -> None:
    """And a line tells the whole patient."""
    index = room.page.table.list.model().index(0, 0)
    assert nameless(room.page) == []
    assert "Five features 5" in str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def test_the_theme_reaches_the_lines(room: PatientsControl) -> None:
    """Lines are drawn in the colours of the dark theme, the current one in its soft accent."""
    dark = load_palette("dark")
    room.page.set_palette(dark)
    settle()
    picture = room.page.table.list.viewport().grab().toImage()
    assert picture.pixelColor(4, 4) == QColor(dark["accent_soft"])


def test_unfinished_visits_are_one_line_that_opens_a_list(
    room: PatientsControl, rooms: RoomBench
) -> None:
    """Each with birth date and identifier; the list of patients stays where it was."""
    room.page.resize(1024, 768)
    room.open(PatientsPlace())
    _come_to_rest()
    top = room.page.table.geometry().topLeft()
    for number in range(3):
        patient = rooms.patient(f"D-{number}", f"Given {number}")
        rooms.store.visits.start(patient.id, PartialDate(2026, 1, 28), "10:40")
    _come_to_rest()
    before = room.page.table.geometry()
    assert before.topLeft() == top
    assert room.page.unfinished.text() == "3 unfinished visits"
    assert room.page.drafts.isHidden()
    room.page.unfinished.click()
    _come_to_rest()
    settle()
    texts = [one.text() for one in room.page.drafts.findChildren(QLabel)]
    bars = [text for text in texts if "begun" in text]
    assert [bar[:7] for bar in bars] == ["Given 0", "Given 1", "Given 2"]
    assert all("born 14 Mar 2023 · ID D-" in bar for bar in bars)
    assert room.page.rect().contains(room.page.drafts.geometry())
    assert room.page.table.geometry() == before
    QTest.keyClick(room.page.drafts, Qt.Key.Key_Escape)
    assert room.page.drafts.isHidden()
    assert room.page.search.hasFocus()


def test_a_message_moves_no_line_of_the_list(room: PatientsControl) -> None:
    """It lies over the page: every height is the same with and without it."""
    room.page.resize(1024, 768)
    _come_to_rest()
    before = [(one, one.geometry()) for one in room.page.findChildren(QWidget) if one.isVisible()]
    room.page.message.show_problem("This visit is not in the records any more.")
    _come_to_rest()
    assert [(one, one.geometry()) for one, _ in before] == before
    assert room.page.rect().contains(room.page.message.geometry())


def _come_to_rest() -> None:
    for _ in range(4):
        QApplication.processEvents()


def test_what_the_list_does_not_offer_is_counted(room: PatientsControl, rooms: RoomBench) -> None:
    """Those of the first lines; the others are counted, and the list marks them."""
    for number in range(MOST_BARS + 2):
        patient = rooms.patient(f"D-{number:02}", f"Given {number:02}")
        rooms.store.visits.start(patient.id, PartialDate(2026, 1, 28), "10:40")
    room.open(PatientsPlace())
    settle()
    texts = [one.text() for one in room.page.drafts.findChildren(QLabel)]
    assert len([text for text in texts if "begun" in text]) == MOST_BARS
    assert "2 more unfinished visits are marked in the list." in texts


def test_the_count_follows_the_search(rooms: RoomBench, room: PatientsControl) -> None:
    """What is narrowed is counted as found; without a search everybody is."""
    room.open(PatientsPlace())
    everybody = room.page.footer.text()
    found = rooms.patient("F-1", "Fiona")
    room.page.search.setText("fiona")
    assert room.page.footer.text() == "1 patient found"
    room.page.search.setText("nobody at all")
    assert room.page.footer.text() == "0 patients found"
    room.page.search.setText("")
    assert room.page.footer.text() != everybody
    rooms.store.patients.mark_error(found.id, "twice")
    room.open(PatientsPlace())
    assert room.page.footer.text() == everybody
    room.page.errors.setChecked(True)
    count = int(everybody.split()[0]) + 1
    assert room.page.footer.text() == f"{count} patients found"


def test_a_long_list_is_quick_to_show(rooms: RoomBench) -> None:
    """Five hundred patients stand in the list; only what is seen is drawn."""
    with rooms.store.atomic():
        for number in range(500):
            rooms.store.patients.add(PatientFacts(f"P-{number}", "Given", f"Name {number}"))
    room = PatientsControl(rooms.desk)
    rooms.show(room)
    room.open(PatientsPlace())
    assert len(_names(room)) == 500
    QTest.keyClick(room.page.search, Qt.Key.Key_PageDown)
    assert room.page.table.list.currentIndex().row() == 8


def test_the_latest_visit_comes_first(rooms: RoomBench) -> None:
    """Then the names in order, those without a visit last, accents aside."""
    for identifier, given, day in (
        ("none", "Zoë", None), ("old", "B", 5), ("other", "Ådam", None), ("new", "C", 20),
    ):  # fmt: skip
        patient = rooms.patient(identifier, given)
        if day is not None:
            rooms.signed(patient, PartialDate(2026, 1, day), 1)
    room = PatientsControl(rooms.desk)
    room.open(PatientsPlace())
    assert [name.split()[0] for name in _names(room)] == ["C", "B", "Ådam", "Zoë"]


def test_the_search_finds_a_birth_date_as_it_is_said(room: PatientsControl) -> None:
    """In words too; another month finds nobody."""
    room.page.search.setText("14 mar 2023")
    assert len(_names(room)) == 3
    room.page.search.setText("14 apr 2023")
    assert _names(room) == []


def test_only_the_name_stands_of_a_patient_entered_in_error(
    room: PatientsControl, rooms: RoomBench
) -> None:
    """Last in the list, without what was scored, and marked."""
    rooms.store.patients.mark_error(rooms.store.patients.by_patient_id("1").id, "twice")
    room.open(PatientsPlace())
    room.page.errors.click()
    assert _names(room)[-1] == "Amira Haddad"
    index = room.page.table.list.model().index(2, 0)
    spoken = "Amira Haddad, entered in error, 2 y 10 m, 1, no visit yet"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == spoken


def test_the_current_patient_stays_current_when_the_order_changes(
    room: PatientsControl, rooms: RoomBench
) -> None:
    """A newer visit moves the line up, and what Enter opens with it."""
    QTest.keyClick(room.page.search, Qt.Key.Key_Down)
    rooms.signed(rooms.store.patients.by_patient_id("3"), PartialDate(2026, 1, 27), 1)
    assert _names(room)[0] == "שרה & <b> Haddad"
    assert _current(room) == "Jonas Haddad"


def _asked(rooms: RoomBench, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the patients whose lines are read from now on."""
    asked: list[str] = []
    read = rooms.store.lines.of

    def of(patients: Sequence[str], day: date) -> tuple[PatientSummary, ...]:
        asked.extend(patients)
        return read(patients, day)

    monkeypatch.setattr(rooms.store.lines, "of", of)
    return asked


def test_a_tap_elsewhere_reads_one_line_again(
    room: PatientsControl, rooms: RoomBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line's mark is true at once; no other line is read."""
    visit = _begin(rooms, answers=1)
    settle()
    asked = _asked(rooms, monkeypatch)
    key = rooms.catalogue.find("five_feature").keys[1]
    rooms.store.visits.answer(visit, "five_feature", key, Scored(Decimal(1)))
    settle()
    patient = rooms.store.patients.by_patient_id("1").id
    assert "Draft · 2 of 5" in room.page.table.list.model().index(0, 0).data(SPOKEN)
    assert set(asked) == {patient}


def test_coming_back_reads_only_the_lines_in_view(
    rooms: RoomBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a long list, however it was left; so does a letter in the search."""
    with rooms.store.atomic():
        for number in range(300):
            rooms.store.patients.add(PatientFacts(f"P-{number:03}", "Given", f"Name {number:03}"))
    room = PatientsControl(rooms.desk)
    rooms.show(room)
    room.open(PatientsPlace())
    settle()
    asked = _asked(rooms, monkeypatch)
    room.open(PatientsPlace())
    settle()
    assert 0 < len(asked) <= 2 * PAGE
    asked.clear()
    room.page.search.setText("2")
    settle()
    assert 0 < len(asked) <= 2 * PAGE


def test_a_character_that_no_font_has_is_explained(rooms: RoomBench) -> None:
    """As soon as its line is seen."""
    rooms.patient("1", "\U0010fffd")
    room = PatientsControl(rooms.desk)
    rooms.show(room)
    room.open(PatientsPlace())
    settle()
    settle()
    assert room.page.footer.text().startswith("1 patient · A box stands for a character")


def test_every_way_to_type_finds_the_same(room: PatientsControl, rooms: RoomBench) -> None:
    """Letter by letter, at once, taken back and typed again; renewed by what is written."""
    rooms.signed(rooms.patient("4", "Jona"), PartialDate(2026, 1, 15), 1)
    room.open(PatientsPlace())
    QTest.keyClicks(room.page.search, "jona")
    assert _names(room) == ["Jona Haddad", "Jonas Haddad"]
    QTest.keyClicks(room.page.search, "s")
    assert _names(room) == ["Jonas Haddad"]
    QTest.keyClick(room.page.search, Qt.Key.Key_Backspace)
    assert _names(room) == ["Jona Haddad", "Jonas Haddad"]
    QTest.keyClick(room.page.search, Qt.Key.Key_Down)
    room.page.search.setText("jonas had")
    assert (_names(room), _current(room)) == (["Jonas Haddad"], "Jonas Haddad")
    rooms.patient("5", "Jonas P")
    assert _names(room) == ["Jonas Haddad", "Jonas P Haddad"]


def test_letters_typed_on_the_lines_go_on_in_the_search(room: PatientsControl) -> None:
    """Nothing is looked through line by line."""
    room.page.table.list.setFocus()
    QTest.keyClicks(room.page.table.list, "j")
    assert room.page.search.text() == "j"
    assert _names(room) == ["Jonas Haddad"]


def test_a_course_breaks_where_there_is_no_total(dressed: QApplication) -> None:
    """Two runs, on the scale's whole range and in true time."""
    zero, top = Decimal(0), Decimal(18)
    days = [PartialDate(2025, 1, day) for day in (1, 2, 3, 11)]
    course = Course(tuple(zip(days, (top, zero, None, zero), strict=True)), zero, top)
    column = columns_in(_line(1200), QFontMetrics(dressed.font())).course
    assert column is not None
    first, last = course_runs(course, column)
    assert (len(first), len(last)) == (2, 1)
    high, low, late = first[0], first[1], last[0]
    assert high.y() < low.y() == late.y()
    assert low.x() - high.x() < late.x() - low.x()
    assert column.contains(late.toPoint())


def _line(width: int) -> QRect:
    return QRect(0, 0, width, 64)


@pytest.mark.parametrize(
    ("width", "left_out"),
    [(1200, set()), (940, {"identifier"}), (700, {"identifier", "diagnosis", "course"})],
)
def test_the_name_never_gives_way(dressed: QApplication, width: int, left_out: set[str]) -> None:
    """First the identifier moves, then diagnosis and course leave; the rest stand side by side."""
    columns = columns_in(_line(width), QFontMetrics(dressed.font()))
    rects = {name: getattr(columns, name) for name in Columns.__struct_fields__}
    shown = [rect for rect in rects.values() if rect is not None]
    assert {name for name, rect in rects.items() if rect is None} == left_out
    assert columns.name.width() > 170
    assert all(left.right() < right.left() for left, right in pairwise(shown))
    assert shown[-1].right() <= width


@pytest.mark.parametrize("width", [700, 940, 1200])
def test_a_line_is_drawn_at_every_width(
    room: PatientsControl, rooms: RoomBench, width: int
) -> None:
    """With and without a diagnosis; nothing is drawn over the edge."""
    patient = rooms.store.patients.by_patient_id("1")
    rooms.store.patients.change(patient.id, replace(patient.facts, diagnosis="paca"))
    room.page.resize(width, 700)
    room.open(PatientsPlace())
    settle()
    picture = room.page.table.list.viewport().grab().toImage()
    ground = picture.pixelColor(4, 4)
    assert all(picture.pixelColor(4, height) == ground for height in range(4, 60))


def test_under_an_earlier_day_a_line_tells_what_counted_then(rooms: RoomBench) -> None:
    """The total in view is asked from the records; a visit after the day does not count."""
    patient = rooms.patient("1", "Amira")
    rooms.signed(patient, PartialDate(2026, 1, 5), 2)
    rooms.signed(patient, PartialDate(2026, 1, 20), 1)
    control = PatientsControl(replace(rooms.desk, clock=FixedClock.on(date(2026, 1, 10))))
    rooms.show(control)
    control.open(PatientsPlace())
    settle()
    spoken = control.page.table.list.model().index(0, 0).data(SPOKEN)
    assert "5 Jan 2026" in spoken
    assert "Five features 10" in spoken
    assert "first total" in spoken
