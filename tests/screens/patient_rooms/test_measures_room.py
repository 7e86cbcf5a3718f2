"""Measures on a real store: typed, asked back, corrected, taken out, and listed by kind."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from app.dates import PartialDate
from app.records.model import MeasureFacts, Patient
from app.screens.places import TreatmentsPlace
from app.screens.treatments.control import TreatmentsControl
from app.screens.treatments.form_values import FormKind
from app.screens.treatments.forms import MeasureForm
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle, texts


@pytest.fixture
def room(rooms: RoomBench) -> Iterator[TreatmentsControl]:
    """Return a treatments screen that is shown; it is gone after the test."""
    control = TreatmentsControl(rooms.desk)
    rooms.show(control)
    yield control
    control.page.close()
    control.page.deleteLater()


@pytest.fixture
def patient(rooms: RoomBench, room: TreatmentsControl) -> Patient:
    """Return a patient whose events and measures are shown."""
    someone = rooms.patient()
    room.open(TreatmentsPlace(someone.id))
    room.page.to_face.click()
    return someone


def _press(widget: QWidget, start: str) -> None:
    """Press the first button whose name begins so."""
    settle()
    buttons = widget.findChildren(QPushButton)
    found = [one for one in buttons if one.accessibleName().startswith(start)]
    next(one for one in found if one.isVisibleTo(widget)).click()
    settle()


def _form(room: TreatmentsControl) -> MeasureForm:
    form = room.page.form(FormKind.MEASURE)
    assert isinstance(form, MeasureForm)
    return form


def _facts(rooms: RoomBench, patient: Patient) -> list[tuple[str, str, str, str]]:
    return [
        (str(one.facts.date), one.facts.kind, str(one.facts.value), one.facts.note)
        for one in rooms.store.record(patient.id).measures
    ]


def _igg(rooms: RoomBench, patient: Patient, *values: str) -> None:
    for month, value in enumerate(values, 1):
        facts = MeasureFacts(date=PartialDate(2025, month), kind="igg_g_l", value=Decimal(value))
        rooms.store.measures.add(patient.id, facts)


def test_a_measure_is_typed_with_its_unit_in_view(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The field is called by kind and unit; date with its precision and the note as typed."""
    _press(room.page, "Add: IgG")
    form = _form(room)
    assert form.value.edit.accessibleName() == "IgG in blood (g/l)"
    assert "IgG in blood (g/l)" in texts(form)
    form.value.edit.setText("3,1")
    form.date.set_text("Dec 2025")
    form.note.edit.setText("limits of the laboratory 4.5 to 13")
    form.save.click()
    settle()
    assert _facts(rooms, patient) == [
        ("2025-12", "igg_g_l", "3.1", "limits of the laboratory 4.5 to 13")
    ]
    told = texts(room.page.events)
    assert "Dec 2025 · limits of the laboratory 4.5 to 13" in told
    assert {"Measures", "IgG in blood (g/l)", "3.1"} <= set(told)
    assert nameless(room.page) == []


def test_undo_takes_back_what_was_typed(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """A new one goes, a corrected one says what it said before."""
    _press(room.page, "Add: Weight")
    _form(room).value.edit.setText("13.2")
    _form(room).save.click()
    assert _facts(rooms, patient) == [("2026-01-28", "weight_kg", "13.2", "")]
    _press(room.page, "Change: Weight (kg) · 13.2")
    _form(room).value.edit.setText("13.5")
    _form(room).save.click()
    assert _facts(rooms, patient)[0][2] == "13.5"
    room.page.undo.click()
    assert _facts(rooms, patient)[0][2] == "13.2"
    _press(room.page, "Add: Weight")
    _form(room).value.edit.setText("14")
    _form(room).save.click()
    room.page.undo.click()
    assert [told[2] for told in _facts(rooms, patient)] == ["13.2"]


def test_any_kind_can_be_chosen(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """What has no button of its own stands in the list; the field follows it."""
    _press(room.page, "Another measure")
    form = _form(room)
    form.kind.combo.edit.clear()
    QTest.keyClicks(form.kind.combo.edit, "8 metre")
    QTest.keyClick(form.kind.combo.edit, Qt.Key.Key_Return)
    assert form.value.edit.accessibleName() == "8 metre walk (seconds)"
    form.value.edit.setText("9.4")
    form.save.click()
    assert [told[1:3] for told in _facts(rooms, patient)] == [("walk_8m_s", "9.4")]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("", "3", "2025-12"), "Please choose what was measured."),
        (("igg_g_l", "", "2025-12"), "Please write a number."),
        (("igg_g_l", "much", "2025-12"), "is not a plain number"),
        (
            ("igg_g_l", "301", "2025-12"),
            "301 cannot be: the lowest possible is 0, the highest 300.",
        ),
        (("sleep_hours", "25", "2025-12"), "25 cannot be"),
        (("igg_g_l", "3", ""), "date"),
        (("igg_g_l", "3", "2026-01-29"), "in the future"),
        (("igg_g_l", "3", "2022"), "before the birth date"),
    ],
)
def test_what_cannot_be_is_one_sentence_at_its_field(
    rooms: RoomBench,
    room: TreatmentsControl,
    patient: Patient,
    typed: tuple[str, str, str],
    sentence: str,
) -> None:
    """And nothing is stored."""
    _press(room.page, "Another measure")
    form = _form(room)
    kind, value, day = typed
    form.kind.set_text(kind)
    form.value.edit.setText(value)
    form.date.set_text(day)
    form.save.click()
    assert any(sentence in text for text in texts(form)), texts(form)
    assert _facts(rooms, patient) == []


def test_what_is_unusual_is_asked_back_once(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Nothing is stored until it is called right; its note can be mended without a question."""
    rooms.ask.yes = False
    _press(room.page, "Add: Weight")
    _form(room).value.edit.setText("345")
    _form(room).save.click()
    assert _facts(rooms, patient) == []
    assert rooms.ask.asked == ["Is it right?"]
    assert "Weight (kg): 345 is outside the usual typing limits." in rooms.ask.told[0]
    rooms.ask.yes = True
    _form(room).save.click()
    assert _facts(rooms, patient) == [("2026-01-28", "weight_kg", "345", "")]
    _press(room.page, "Change: Weight (kg)")
    _form(room).note.edit.setText("on a cattle scale")
    _form(room).save.click()
    assert len(rooms.ask.asked) == 2
    assert _facts(rooms, patient)[0][3] == "on a cattle scale"
    _press(room.page, "Change: Weight (kg)")
    _form(room).value.edit.setText("346")
    _form(room).save.click()
    assert len(rooms.ask.asked) == 3


def test_what_was_measured_before_stands_at_the_value(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The last few of its kind, newest first, without the one that is corrected."""
    _igg(rooms, patient, "7", "6", "5", "4")
    _press(room.page, "Add: IgG")
    before = "Before: 4 in Apr 2025 · 5 in Mar 2025 · 6 in Feb 2025"
    assert _form(room).value.below.text() == before
    _form(room).cancel.click()
    _press(room.page, "Change: IgG in blood (g/l) · 4")
    before = "Before: 5 in Mar 2025 · 6 in Feb 2025 · 7 in Jan 2025"
    assert _form(room).value.below.text() == before


def test_a_measure_is_taken_out_with_a_reason(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The question names it."""
    _igg(rooms, patient, "3.1")
    _press(room.page, "Change: IgG in blood")
    _press(room.page, "Remove…")
    assert "IgG in blood (g/l): 3.1, Jan 2025" in rooms.ask.told[0]
    assert _facts(rooms, patient) == []
    *_, last = rooms.store.journal.entries()
    assert last.action == "measure.remove"


def test_earlier_values_are_folded_into_a_line(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Three stand in view, a press opens the rest and closes it; another patient begins anew."""
    _igg(rooms, patient, "7", "6", "5", "4", "3")
    assert [text for text in texts(room.page.events) if len(text) == 1] == ["3", "4", "5"]
    _press(room.page.events, "Earlier values: IgG")
    assert [text for text in texts(room.page.events) if len(text) == 1] == list("34567")
    _press(room.page.events, "Earlier values: IgG")
    assert "7" not in texts(room.page.events)
    _press(room.page.events, "Earlier values: IgG")
    other = rooms.patient("2", "Mia")
    _igg(rooms, other, "7", "6", "5", "4")
    room.open(TreatmentsPlace(other.id))
    room.page.to_face.click()
    assert "7" not in texts(room.page.events)


def test_what_was_measured_at_a_visit_is_not_corrected_here(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """It stands there and says so; the signature of its visit covers it."""
    draft = rooms.store.visits.start(patient.id, PartialDate(2026, 1, 20), "09:00")
    rooms.store.visits.type_total(draft.id, "oms", Decimal(3))
    rooms.store.measures.set_for_visit(draft.id, "weight_kg", Decimal("13.2"))
    rooms.store.visits.sign(draft.id, "I scored this visit.")
    assert "20 Jan 2026 · measured at a visit" in texts(room.page.events)
    names = [one.accessibleName() for one in room.page.findChildren(QPushButton)]
    assert not any(name.startswith("Change: Weight") for name in names)


def test_what_is_typed_and_not_saved_waits_for_its_patient(
    room: TreatmentsControl, patient: Patient
) -> None:
    """As every form here."""
    _press(room.page, "Add: Weight")
    _form(room).value.edit.setText("13.2")
    assert "Amira Haddad" in room.unsaved()
    room.leave()
    room.open(TreatmentsPlace(patient.id))
    assert _form(room).value.text == "13.2"
    assert _form(room).value.edit.accessibleName() == "Weight (kg)"
