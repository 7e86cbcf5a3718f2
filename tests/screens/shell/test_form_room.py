"""The form of a patient: added, corrected, marked, and nothing typed lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.dates import PartialDate
from app.screens.patient_form.control import PatientFormControl
from app.screens.places import ChartPlace, PatientFormPlace, PatientsPlace
from tests.builders import replace
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle


@pytest.fixture
def form(rooms: RoomBench) -> PatientFormControl:
    """Return an empty form, shown."""
    control = PatientFormControl(rooms.desk)
    rooms.show(control)
    control.page.activateWindow()
    control.open(PatientFormPlace(None))
    settle()
    return control


def _type_all(form: PatientFormControl) -> None:
    page = form.page
    for text, field in (
        ("40-1187", page.patient_id.edit),
        ("Zoë <b>", page.given_name.edit),
        ("O'Neil", page.family_name.edit),
        ("2023-03", page.birth_date.field.edit),
        ("2025-01-31", page.onset_date.field.edit),
    ):
        field.insert(text)


def test_a_patient_is_added_and_the_chart_opens(
    form: PatientFormControl, rooms: RoomBench
) -> None:
    """Type, save; back from the chart leads to the list, not to the form."""
    _type_all(form)
    form.page.diagnosis.set_value("paca")
    form.page.save.click()
    patient = rooms.store.patients.by_patient_id("40-1187")
    assert patient.facts.name == "Zoë <b> O'Neil"
    assert (patient.facts.birth_date, patient.facts.diagnosis) == (PartialDate(2023, 3), "paca")
    assert rooms.went == [ChartPlace(patient.id)]
    rooms.navigation.back()
    assert rooms.went[-1] == PatientsPlace()


def test_a_problem_stands_beside_its_field_with_the_focus(
    form: PatientFormControl, rooms: RoomBench
) -> None:
    """Nothing is stored, and nothing typed is touched."""
    form.page.given_name.edit.insert("Zoë")
    QTest.keyClicks(form.page.birth_date.field.edit, "2099")
    form.page.save.click()
    assert "identifier" in form.page.patient_id.below.text()
    assert "still to come" in form.page.birth_date.field.below.text()
    assert QApplication.focusWidget() is form.page.patient_id.edit
    assert rooms.store.patients.all() == ()
    assert form.page.given_name.text == "Zoë"


def test_a_mended_problem_is_taken_back(form: PatientFormControl) -> None:
    """The sentence goes once the field is right."""
    form.page.save.click()
    QTest.keyClicks(form.page.patient_id.edit, "1")
    QTest.keyClicks(form.page.birth_date.field.edit, "2099")
    form.page.save.click()
    assert form.page.patient_id.below.text() == ""


def test_a_taken_identifier_is_told_on_the_form(
    form: PatientFormControl, rooms: RoomBench
) -> None:
    """The store's own sentence stands above, what was typed stays."""
    rooms.patient("40-1187")
    _type_all(form)
    form.page.save.click()
    assert form.page.message.isVisible()
    assert form.page.given_name.text == "Zoë <b>"
    assert rooms.went == []


def test_another_diagnosis_asks_which(form: PatientFormControl, rooms: RoomBench) -> None:
    """The field for it appears, and is needed."""
    QTest.keyClicks(form.page.patient_id.edit, "1")
    assert not form.page.diagnosis_note.isVisible()
    form.page.diagnosis.set_value("other")
    form.page.diagnosis.chosen.emit("other")
    assert form.page.diagnosis_note.isVisible()
    form.page.save.click()
    assert rooms.store.patients.all() == ()
    QTest.keyClicks(form.page.diagnosis_note.edit, "Rare")
    form.page.save.click()
    assert rooms.store.patients.by_patient_id("1").facts.diagnosis_note == "Rare"


def test_facts_are_corrected(form: PatientFormControl, rooms: RoomBench) -> None:
    """Only what was changed changes; the way leads back."""
    patient = rooms.patient()
    form.open(PatientFormPlace(patient.id))
    form.page.sex.set_value("female")
    form.page.save.click()
    assert rooms.store.patients.get(patient.id).facts == replace(patient.facts, sex="female")
    assert rooms.went == [PatientsPlace()]


def test_another_patient_clears_every_field(form: PatientFormControl, rooms: RoomBench) -> None:
    """Nothing of the one before is left."""
    first, second = rooms.patient("1", "Amira"), rooms.patient("2", "Jonas")
    form.open(PatientFormPlace(first.id))
    form.leave()
    form.open(PatientFormPlace(second.id))
    assert (form.page.given_name.text, form.page.banner.name) == ("Jonas", "Jonas Haddad")
    form.open(PatientFormPlace(None))
    assert form.page.values()["family_name"] == ""


def test_leaving_with_something_typed_asks(form: PatientFormControl, rooms: RoomBench) -> None:
    """Agreed, the way leads back; not agreed, one stays."""
    _type_all(form)
    rooms.ask.yes = False
    form.page.cancel.click()
    assert (rooms.ask.asked, rooms.went) == (["Leave without saving?"], [])
    rooms.ask.yes = True
    form.page.cancel.click()
    assert rooms.went == [PatientsPlace()]


def test_leaving_an_untouched_form_asks_nothing(
    form: PatientFormControl, rooms: RoomBench
) -> None:
    """There is nothing to lose."""
    form.page.cancel.click()
    assert (rooms.ask.asked, rooms.went) == ([], [PatientsPlace()])


def test_what_was_typed_waits_for_its_patient(form: PatientFormControl, rooms: RoomBench) -> None:
    """Led elsewhere, one finds it again, and nowhere else."""
    patient = rooms.patient("2")
    _type_all(form)
    assert form.unsaved() != ""
    form.leave()
    form.open(PatientFormPlace(patient.id))
    assert form.page.patient_id.text == "2"
    form.leave()
    form.open(PatientFormPlace(None))
    assert form.page.given_name.text == "Zoë <b>"
    assert form.page.message.isVisible()


def test_what_was_dropped_does_not_come_back(form: PatientFormControl) -> None:
    """Agreed to be lost, it is."""
    _type_all(form)
    form.page.cancel.click()
    form.leave()
    form.open(PatientFormPlace(None))
    assert form.page.given_name.text == ""
    assert form.unsaved() == ""


def test_a_patient_is_marked_and_unmarked(form: PatientFormControl, rooms: RoomBench) -> None:
    """With a reason that stands on the form; what is being typed stays."""
    patient = rooms.patient()
    form.open(PatientFormPlace(patient.id))
    QTest.keyClicks(form.page.given_name.edit, "!")
    form.page.mark.click()
    assert "typed twice" in form.page.error.text
    assert form.page.given_name.text == "Amira!"
    assert not form.page.mark.isVisible()
    form.page.error.action_requested.emit()
    assert not form.page.error.isVisible()
    assert rooms.store.patients.get(patient.id).error_reason is None


def test_a_new_patient_cannot_be_marked(form: PatientFormControl) -> None:
    """There is nothing entered yet."""
    assert not form.page.mark.isVisible()


def test_the_keyboard_saves(form: PatientFormControl, rooms: RoomBench) -> None:
    """Ctrl+S, wherever the focus is."""
    QTest.keyClicks(form.page.patient_id.edit, "77")
    QTest.keyClick(form.page.patient_id.edit, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert [one.facts.patient_id for one in rooms.store.patients.all()] == ["77"]


def test_every_field_speaks_and_can_be_hit(form: PatientFormControl) -> None:
    """A name for the screen reader, 48 pixels for the thumb."""
    low = [one.text() for one in form.page.findChildren(QPushButton) if one.height() < 48]
    assert nameless(form.page) == []
    assert low == []
