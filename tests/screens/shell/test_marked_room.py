"""What others marked as entered in error: a quiet line in the list, and a page behind it."""

import pytest

from app.records.actions import Action
from app.records.model import Patient, Role
from app.screens.marked.control import MarkedControl
from app.screens.patients.control import PatientsControl
from app.screens.places import ChartPlace, MarkedPlace, PatientsPlace
from tests.screens.patient_rooms.bench import RoomBench, nameless, texts

LINE = "1 visit was marked as entered in error since you last looked"


@pytest.fixture
def patient(rooms: RoomBench) -> Patient:
    """Return a patient one of whose visits the nurse marked; a physician acts from now on."""
    physician = rooms.store.users.add("Dr Rossi", Role.PHYSICIAN)
    patient = rooms.course()
    visit = rooms.store.record(patient.id).visits[0]
    rooms.store.visits.mark_error(visit.id, "Belongs to another patient")
    rooms.store.act_as(physician.id)
    return patient


def _list(rooms: RoomBench) -> PatientsControl:
    control = PatientsControl(rooms.desk)
    rooms.show(control)
    control.open(PatientsPlace())
    return control


def test_the_list_says_how_many_and_leads_there(rooms: RoomBench, patient: Patient) -> None:
    """It goes once the patient was opened."""
    control = _list(rooms)
    assert control.page.marked.text() == LINE
    control.page.marked.click()
    assert rooms.went == [MarkedPlace()]
    rooms.desk.note_seen(Action.OPEN_PATIENT, patient.id)
    control.open(PatientsPlace())
    assert not control.page.marked.isVisibleTo(control.page)


def test_a_nurse_is_not_told(rooms: RoomBench, patient: Patient) -> None:
    """Whoever judges no visit of others has nothing to look at."""
    assert patient
    maker = next(one for one in rooms.store.users.all() if one.is_keeper)
    rooms.store.act_as(maker.id)
    rooms.store.act_as(rooms.store.users.add("Ben", Role.NURSE).id)
    control = _list(rooms)
    assert not control.page.marked.isVisibleTo(control.page)


def test_the_page_tells_who_and_why_and_opens_the_course(
    rooms: RoomBench, patient: Patient
) -> None:
    """Each line names patient and visit; what was seen leaves a quiet sentence."""
    control = MarkedControl(rooms.desk)
    rooms.show(control)
    control.open(MarkedPlace())
    shown = texts(control.page)
    assert "Visit of 5 Jan 2026" in shown
    why = "Belongs to another patient"
    assert any("M. Okafor" in one and one.endswith(why) for one in shown)
    assert nameless(control.page) == []
    control.page._lines.itemAt(0).widget().open.click()  # type: ignore[union-attr]
    assert rooms.went == [ChartPlace(patient.id)]
    rooms.desk.note_seen(Action.OPEN_PATIENT, patient.id)
    control.open(MarkedPlace())
    assert "You have seen everything that was marked as entered in error." in texts(control.page)
