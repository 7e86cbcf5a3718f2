"""A treatment's table, typed by keys and taps on a real store."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.dates import PartialDate
from app.errors import UserError
from app.records.lists import code_list
from app.records.model import DoseFacts, Patient, Treatment
from app.screens.places import TreatmentsPlace
from app.screens.treatments.control import TreatmentsControl
from app.screens.treatments.form_values import FormKind, Wish
from app.screens.treatments.step_row import StepRow
from app.screens.treatments.step_table import StepTable
from tests.builders import reason_of
from tests.screens.patient_rooms.bench import RoomBench, settle, texts
from widgets.cells import ChoiceCell
from widgets.press_guard import PressGuard

START = PartialDate(2026, 1, 6)
LATER = PartialDate(2026, 1, 20)


@pytest.fixture
def room(rooms: RoomBench) -> Iterator[TreatmentsControl]:
    """Return a treatments screen that is shown; it is gone after the test."""
    control = TreatmentsControl(rooms.desk)
    rooms.show(control)
    control.page.activateWindow()
    yield control
    control.page.close()
    control.page.deleteLater()


@pytest.fixture
def patient(rooms: RoomBench) -> Patient:
    """Return somebody with a steroid in two steps."""
    someone = rooms.patient()
    treatment = rooms.treated(someone, "prednisolone")
    for dose, start in (("2", START), ("1", LATER)):
        facts = DoseFacts(start=start, dose=Decimal(dose), unit="mg/kg", frequency="daily")
        rooms.store.treatments.add_dose(treatment.id, facts)
    return someone


def _treatment(rooms: RoomBench, patient: Patient) -> Treatment:
    (treatment,) = rooms.store.record(patient.id).treatments
    return treatment


@pytest.fixture
def table(rooms: RoomBench, room: TreatmentsControl, patient: Patient) -> StepTable:
    """Return the table of the steroid, open for its next steps."""
    return _opened(rooms, room, patient, FormKind.STEPS)


def _opened(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient, kind: FormKind
) -> StepTable:
    room.open(TreatmentsPlace(patient.id))
    room.page.wished.emit(Wish(kind, treatment=_treatment(rooms, patient).id))
    settle()
    return room.page.treatments.editor.table


def _type(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def _key(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def _fill(row: StepRow, **cells: str) -> None:
    for name, text in cells.items():
        row.cells[name].set_value(text)


def _doses(rooms: RoomBench, patient: Patient) -> list[str]:
    return [str(step.facts.dose) for step in _treatment(rooms, patient).doses]


def test_a_taper_is_typed_by_keys_alone(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient, table: StepTable
) -> None:
    """Tab goes from cell to cell, Enter to the next row, from a blank one to Save."""
    page: QWidget = room.page
    assert table.rows[0].cells["start"].hasFocus()
    _type("1 Feb 2026")
    _key(Qt.Key.Key_Tab)
    _type("14.2.2026")
    _key(Qt.Key.Key_Tab)
    _type("0.5")
    _key(Qt.Key.Key_Tab)
    assert table.rows[0].cells["unit"].hasFocus()
    _type("mg/k")
    _key(Qt.Key.Key_Return)
    second = table.rows[1]
    assert second.cells["start"].value() == "15 Feb 2026"
    assert second.cells["frequency"].value() == "daily"
    assert second.cells["unit"].value() == ""
    second.cells["dose"].setFocus()
    _type("0.25")
    second.cells["unit"].set_value("mg/kg")
    _key(Qt.Key.Key_Return)
    _key(Qt.Key.Key_Return)
    assert room.page.treatments.editor.save.hasFocus()
    _key(Qt.Key.Key_Return)
    assert _doses(rooms, patient) == ["2", "1", "0.5", "0.25"]
    step = _treatment(rooms, patient).doses[2].facts
    assert (step.start, step.stop) == (PartialDate(2026, 2, 1), PartialDate(2026, 2, 14))
    assert not room.page.treatments.editor.isVisibleTo(page)


def test_several_steps_are_one_step_to_undo(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient, table: StepTable
) -> None:
    """What was saved together is taken back together."""
    _fill(table.rows[0], start="1 Feb 2026", dose="0.5", unit="mg/kg")
    table.more.click()
    _fill(table.rows[1], start="1 Mar 2026", dose="0.25", unit="mg/kg")
    room.page.saved.emit()
    assert len(_doses(rooms, patient)) == 4
    room.page.undo.click()
    assert _doses(rooms, patient) == ["2", "1"]


def test_when_one_row_is_refused_none_is_stored_and_the_sentence_stands_at_its_cell(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient, table: StepTable
) -> None:
    """Nothing typed is lost, and the focus goes to what must be mended."""
    _fill(table.rows[0], start="1 Feb 2026", dose="0.5", unit="mg/kg")
    table.more.click()
    _fill(table.rows[1], start="1 Jan 2026", dose="0.25", unit="mg/kg")
    room.page.saved.emit()
    assert any("is before the treatment begins" in text for text in texts(table.rows[1]))
    assert texts(table.rows[0]) == []
    assert table.rows[1].cells["start"].hasFocus()
    assert _doses(rooms, patient) == ["2", "1"]
    assert table.rows[0].cells["dose"].value() == "0.5"


def test_a_cell_that_is_left_says_what_was_understood(table: StepTable) -> None:
    """A date and a number stand as they are written here; what is neither is told at once."""
    row = table.rows[0]
    row.cells["start"].setFocus()
    _type("1.2.2026")
    row.cells["dose"].setFocus()
    assert row.cells["start"].value() == "1 Feb 2026"
    _type("0,5")
    row.cells["stop"].setFocus()
    assert row.cells["dose"].value() == "0.5"
    _type("3/4/2026")
    row.cells["start"].setFocus()
    assert any("3 Apr 2026 or 4 Mar 2026" in text for text in texts(row))
    assert [one.text() for one in row.either.buttons] == ["3 Apr 2026", "4 Mar 2026"]
    row.either.buttons[1].click()
    assert row.cells["stop"].value() == "4 Mar 2026"
    assert row.cells["stop"].hasFocus()
    assert row.either.isHidden()
    assert texts(row) == []


def _press(widget: QWidget) -> tuple[QPoint, QPoint]:
    """Press and let go where a widget lies, as a finger does; return where it lay and lies then.

    The second place is that between the two halves of the press.
    """
    page = widget.window()
    window, before = page.windowHandle(), widget.mapTo(page, widget.rect().center())
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=before)
    settle()
    during = widget.mapTo(page, widget.rect().center())
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=before)
    settle()
    return before, during


def test_a_day_that_is_asked_about_is_chosen_by_a_press_from_another_cell(
    room: TreatmentsControl, table: StepTable
) -> None:
    """Leaving the cell beside it takes no choice away from under the finger."""
    room.page.activateWindow()
    row = table.rows[0]
    row.cells["start"].setFocus()
    _type("3/4/2026")
    _key(Qt.Key.Key_Tab)
    settle()
    assert row.cells["stop"].hasFocus()
    before, during = _press(row.either.buttons[1])
    assert during == before
    assert row.cells["start"].value() == "4 Mar 2026"
    assert row.either.isHidden()


def test_a_sentence_of_a_row_moves_no_target_that_is_being_pressed(
    room: TreatmentsControl, table: StepTable
) -> None:
    """The press that leaves the cell is not lost: the sentence comes once it is over."""
    room.page.activateWindow()
    row, count = table.rows[0], len(table.rows)
    row.cells["dose"].setFocus()
    _type("much")
    before, during = _press(table.more)
    assert during == before
    assert len(table.rows) == count + 1
    assert any("much" in text for text in texts(row))


def test_a_question_goes_with_the_date_that_it_was_about(table: StepTable) -> None:
    """Whether it became a date, or no date at all; a cell that was written anew is not blamed."""
    row = table.rows[0]
    for text in ("4 Mar 2026", "soon"):
        row.cells["start"].setFocus()
        row.cells["start"].set_value("3/4/2026")
        row.cells["stop"].setFocus()
        assert row.either.isVisible()
        row.cells["start"].setFocus()
        row.cells["start"].set_value(text)
        row.cells["stop"].setFocus()
        assert row.either.isHidden()
    row.show_problems({})
    row._refuse("start", "3/4/2026", UserError("no"))
    assert texts(row) == []


def test_escape_takes_a_row_back(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient, table: StepTable
) -> None:
    """The one above has the focus again; with the last row the card closes."""
    _fill(table.rows[0], start="1 Feb 2026", dose="0.5", unit="mg/kg")
    table.more.click()
    _fill(table.rows[1], dose="0.25")
    _key(Qt.Key.Key_Escape)
    assert [row.step().dose for row in table.rows] == ["0.5"]
    assert table.rows[0].isAncestorOf(QApplication.focusWidget() or table)
    _key(Qt.Key.Key_Escape)
    assert room.page.open_form is None
    assert _doses(rooms, patient) == ["2", "1"]
    assert rooms.ask.asked == []


def test_escape_puts_a_stored_row_back(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """It is as it was stored, and stays in the table."""
    table = _opened(rooms, room, patient, FormKind.CHANGE)
    _fill(table.rows[1], dose="7")
    table.rows[1].cells["dose"].setFocus()
    _key(Qt.Key.Key_Escape)
    assert [row.step().dose for row in table.rows] == ["2", "1"]
    assert room.page.open_form is not None


def test_one_change_opens_facts_and_table(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Both are saved together; what was not touched stays."""
    before = _treatment(rooms, patient)
    table = _opened(rooms, room, patient, FormKind.CHANGE)
    room.page.treatments.editor.fields["route"].set_text("oral")
    _fill(table.rows[1], dose="1.5")
    room.page.saved.emit()
    treatment = _treatment(rooms, patient)
    assert (treatment.facts.route, treatment.doses[0]) == ("oral", before.doses[0])
    assert (treatment.doses[1].id, treatment.doses[1].facts.dose) == (
        before.doses[1].id, Decimal("1.5"),
    )  # fmt: skip


def test_a_stop_on_the_card_asks_to_cut_the_later_steps(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """As the form for a stop does; a row that was just typed beyond it is told at its cell."""
    table = _opened(rooms, room, patient, FormKind.CHANGE)
    room.page.treatments.editor.fields["stop"].set_text("15 Jan 2026")
    table.more.click()
    _fill(table.rows[2], start="22 Jan 2026", dose="0.5", unit="mg/kg")
    room.page.saved.emit()
    assert any("is after the treatment ends" in text for text in texts(table.rows[2]))
    table.rows[2].away.click()
    room.page.saved.emit()
    assert rooms.ask.asked == ["Cut the later doses?"]
    assert rooms.ask.told[0].splitlines()[1:] == ["1 mg/kg daily, since 20 Jan 2026"]
    assert _doses(rooms, patient) == ["2"]


def test_every_unit_and_rhythm_of_the_lists_is_offered(table: StepTable) -> None:
    """Those that came later too, and whether a dose is each time or a day in all."""
    for name, listed in (("unit", "units"), ("frequency", "frequencies"), ("per", "dose_per")):
        cell = table.rows[0].cells[name]
        assert isinstance(cell, ChoiceCell)
        offered = {cell.itemText(number) for number in range(cell.count())}
        assert {entry.title for entry in code_list(listed).entries} <= offered


def test_what_a_dose_is_meant_for_is_chosen(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient, table: StepTable
) -> None:
    """It is stored and told on the card; a dose of which it is not known says that."""
    _fill(table.rows[0], start="22 Jan 2026", dose="1", unit="mg", frequency="twice_daily")
    table.more.click()
    _fill(table.rows[1], start="24 Jan 2026", dose="2", unit="mg", frequency="twice_daily")
    _fill(table.rows[1], per="day")
    room.page.saved.emit()
    assert [step.facts.per for step in _treatment(rooms, patient).doses] == ["", "", "", "day"]
    told = texts(room.page)
    assert "twice daily · a day in all" in told
    assert "twice daily · each time or a day in all is not recorded" in told


def test_a_row_that_is_taken_away_asks_why(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The journal keeps it with the reason; the other rows stay."""
    table = _opened(rooms, room, patient, FormKind.CHANGE)
    table.rows[0].away.click()
    room.page.saved.emit()
    assert rooms.ask.losses == ["Take doses out?"]
    assert rooms.ask.told[0].startswith("This goes: 2 mg/kg daily. ")
    assert _doses(rooms, patient) == ["1"]
    assert any(reason_of(entry) == "typed twice" for entry in rooms.store.journal.entries())


def test_a_row_with_a_day_alone_is_not_dropped(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient, table: StepTable
) -> None:
    """Whatever was typed into a row is stored or told; a row that nobody touched is neither."""
    _fill(table.rows[0], start="1 Feb 2026")
    room.page.saved.emit()
    assert any("Please choose a unit." in text for text in texts(table.rows[0]))
    _fill(table.rows[0], start="")
    room.page.saved.emit()
    assert (room.page.open_form, _doses(rooms, patient)) == (None, ["2", "1"])
    assert room.page.undo.isHidden()


def test_a_step_without_a_day_is_asked_about(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient, table: StepTable
) -> None:
    """A no leaves it to be written."""
    rooms.ask.yes = False
    _fill(table.rows[0], dose="0.5", unit="mg/kg")
    room.page.saved.emit()
    assert "no day is written from which on" in rooms.ask.told[0]
    assert _doses(rooms, patient) == ["2", "1"]


def test_nought_is_asked_back_as_a_pause(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient, table: StepTable
) -> None:
    """A no leaves the row as it was typed; a yes stores a pause, told with what runs."""
    _fill(table.rows[0], start="27 Jan 2026", dose="0", unit="mg/kg")
    rooms.ask.yes = False
    room.page.saved.emit()
    assert rooms.ask.asked == ["Is it a pause?"]
    assert _doses(rooms, patient) == ["2", "1"]
    assert table.rows[0].step().dose == "0"
    rooms.ask.yes = True
    room.page.saved.emit()
    step = _treatment(rooms, patient).doses[2].facts
    assert (step.is_pause, step.unit, step.frequency) == (True, "mg/kg", "")
    assert "paused since 27 Jan 2026" in texts(room.page)


def test_a_pause_is_chosen_with_its_reason(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient, table: StepTable
) -> None:
    """No dose is asked; taking the choice back brings the cells again."""
    row = table.rows[0]
    row.pause.click()
    assert row.cells["dose"].isHidden()
    row.pause.click()
    assert not row.cells["dose"].isHidden()
    row.pause.click()
    _fill(row, start="27 Jan 2026", note="fever")
    room.page.saved.emit()
    step = _treatment(rooms, patient).doses[2].facts
    assert (step.is_pause, step.note) == (True, "fever")


def test_a_pause_that_came_from_a_table_can_be_changed(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """It opens as a pause, and becomes a dose when it is none."""
    treatment = _treatment(rooms, patient)
    nought = DoseFacts(start=PartialDate(2026, 1, 25), dose=Decimal(0), unit="mg/kg")
    rooms.store.treatments.add_dose(treatment.id, nought)
    table = _opened(rooms, room, patient, FormKind.CHANGE)
    assert [row.pause.isChecked() for row in table.rows] == [False, False, True]
    table.rows[2].pause.click()
    _fill(table.rows[2], dose="0.5", unit="mg/kg", frequency="daily")
    room.page.saved.emit()
    assert _doses(rooms, patient) == ["2", "1", "0.5"]


def test_steps_given_together_share_a_word(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient, table: StepTable
) -> None:
    """The row above gets it too, and both run now."""
    _fill(table.rows[0], start="20 Jan 2026", dose="0.5", unit="mg/kg", note="night")
    table.rows[0].with_above.click()
    room.page.saved.emit()
    words = [step.facts.together for step in _treatment(rooms, patient).doses]
    assert words[0] == ""
    assert words[1] == words[2] != ""
    assert texts(room.page).count("now") == 2


def test_the_row_below_is_not_joined_to_another_when_its_row_above_goes(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient, table: StepTable
) -> None:
    """What was given together with a row that is taken away stands alone."""
    _fill(table.rows[0], start="25 Jan 2026", dose="0.5", unit="mg/kg")
    table.more.click()
    _fill(table.rows[1], start="25 Jan 2026", dose="0.25", unit="mg/kg")
    table.rows[1].with_above.click()
    table.rows[0].away.click()
    assert not table.rows[0].with_above.isChecked()
    room.page.saved.emit()
    assert [step.facts.together for step in _treatment(rooms, patient).doses] == ["", "", ""]


def test_the_first_row_of_a_table_has_none_above(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The mark is not offered there, also when the first row goes."""
    table = _opened(rooms, room, patient, FormKind.CHANGE)
    assert [row.with_above.isHidden() for row in table.rows] == [True, False]
    table.rows[0].away.click()
    assert [row.with_above.isHidden() for row in table.rows] == [True]


def test_the_wheel_changes_no_unit(table: StepTable) -> None:
    """Scrolling over a list that is chosen leaves it as it is."""
    unit = table.rows[0].cells["unit"]
    unit.set_value("mg/kg")
    here = QPointF(10, 10)
    down = QWheelEvent(
        here, unit.mapToGlobal(here), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(unit, down)
    assert unit.value() == "mg/kg"


def test_a_unit_that_no_list_has_is_offered_under_its_own_name(table: StepTable) -> None:
    """Nothing that is stored is lost by opening it."""
    cell = table.rows[0].cells["frequency"]
    cell.set_value("when needed")
    assert cell.value() == "when needed"


def test_while_a_card_is_typed_on_it_has_the_whole_width(
    room: TreatmentsControl, table: StepTable
) -> None:
    """The side comes back with the end of it."""
    assert not room.page.side.isVisibleTo(room.page)
    assert table.isVisibleTo(room.page)
    room.page.cancelled.emit()
    assert room.page.side.isVisibleTo(room.page)


def test_the_row_that_is_typed_in_stays_in_view(room: TreatmentsControl, table: StepTable) -> None:
    """However many rows there are, the next one is scrolled to, and so is a wrong one."""
    for number in range(8):
        _fill(table.rows[-1], start=f"{number + 1} Feb 2026", dose=str(number + 1), unit="mg")
        table.rows[-1].entered.emit(table.rows[-1])
        settle()
        assert not table.rows[-1].visibleRegion().isEmpty()
    _fill(table.rows[0], start="1 Jan 2026")
    room.page.saved.emit()
    settle()
    assert not table.rows[0].visibleRegion().isEmpty()


def test_a_double_press_on_next_step_makes_no_pause(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient, qapp: QApplication
) -> None:
    """What has just come under the finger takes no press; a moment later it does."""
    now = [0]
    guard = PressGuard(qapp, lambda: now[0])
    table = _opened(rooms, room, patient, FormKind.STEPS)
    pause = table.rows[0].pause
    QTest.mouseClick(pause, Qt.MouseButton.LeftButton)
    assert not pause.isChecked()
    now[0] = 400
    QTest.mouseClick(pause, Qt.MouseButton.LeftButton)
    assert pause.isChecked()
    table.more.click()
    QTest.mouseClick(table.rows[1].pause, Qt.MouseButton.LeftButton)
    assert not table.rows[1].pause.isChecked()
    guard.setParent(None)
    guard.deleteLater()
