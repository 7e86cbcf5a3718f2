"""A suspected relapse in its room: confirmed or dismissed by a physician, and by nobody else."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from app.dates import PartialDate
from app.records.model import EventFacts, Patient
from app.screens.places import TreatmentsPlace
from app.screens.treatments.control import TreatmentsControl
from app.screens.treatments.form_values import FormKind
from app.screens.treatments.forms import EventForm
from tests.roles import let_do_everything
from tests.screens.patient_rooms.bench import RoomBench, settle, texts

START = PartialDate(2026, 1, 6)


@pytest.fixture
def patient(rooms: RoomBench) -> Patient:
    """Return a patient."""
    return rooms.patient()


@pytest.fixture
def room(rooms: RoomBench, patient: Patient) -> TreatmentsControl:
    """Return the room of the patient, shown."""
    control = TreatmentsControl(rooms.desk)
    rooms.show(control)
    control.open(TreatmentsPlace(patient.id))
    return control


def _press(widget: QWidget, start: str) -> None:
    settle()
    found = [
        one
        for one in widget.findChildren(QPushButton)
        if one.accessibleName().startswith(start) and one.isVisibleTo(widget)
    ]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def _event_form(room: TreatmentsControl) -> EventForm:
    form = room.page.form(FormKind.EVENT)
    assert isinstance(form, EventForm)
    return form


def _suspected(rooms: RoomBench, patient: Patient) -> str:
    facts = EventFacts(date=START, kind="suspected_relapse", author="M. Okafor")
    return rooms.store.events.add(patient.id, facts).id


def test_a_physician_confirms_a_suspected_relapse(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """It is asked once, by name and date; who marked it stays."""
    event = _suspected(rooms, patient)
    let_do_everything(rooms.store)
    room.open(TreatmentsPlace(patient.id))
    _press(room.page, "Events, measures")
    rooms.ask.yes = False
    _press(room.page, "Confirm this relapse")
    assert rooms.store.events.get(event).facts.kind == "suspected_relapse"
    assert "Suspected relapse" in rooms.ask.told[-1]
    rooms.ask.yes = True
    _press(room.page, "Confirm this relapse")
    facts = rooms.store.events.get(event).facts
    assert (facts.kind, facts.author) == ("relapse", "M. Okafor")


def test_a_physician_dismisses_with_a_reason(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """It stays readable, and the journal holds why."""
    event = _suspected(rooms, patient)
    let_do_everything(rooms.store)
    room.open(TreatmentsPlace(patient.id))
    _press(room.page, "Events, measures")
    rooms.ask.reason_given = "only the fever"
    _press(room.page, "Dismiss this suspicion")
    assert rooms.store.events.get(event).facts.kind == "dismissed_relapse"
    assert "only the fever" in str(rooms.store.journal.entries()[-1].body)
    assert "No relapse after all" in texts(room.page)


def test_a_suspicion_that_went_meanwhile_is_said(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Nothing is asked about what is not there."""
    event = _suspected(rooms, patient)
    let_do_everything(rooms.store)
    room.open(TreatmentsPlace(patient.id))
    _press(room.page, "Events, measures")
    rooms.store.journal.listener = lambda _changes: None
    rooms.store.events.remove(event)
    _press(room.page, "Confirm this relapse")
    assert "not in the records any more" in room.page.message.text
    assert rooms.ask.asked == []


def test_a_nurses_form_offers_no_relapse(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The list has what a nurse may record; a physician's has all."""
    _press(room.page, "Events, measures")
    _press(room.page, "Another event")
    offered = {one.id for one in _event_form(room).kind._choices}
    assert "suspected_relapse" in offered
    assert offered.isdisjoint({"relapse", "dismissed_relapse", "remission"})
    let_do_everything(rooms.store)
    room.open(TreatmentsPlace(patient.id))
    _press(room.page, "Events, measures")
    _press(room.page, "Another event")
    assert {"relapse", "remission"} < {one.id for one in _event_form(room).kind._choices}


def test_a_relapse_that_is_asked_about_begins_in_its_form(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Kind and day stand ready, and nothing is stored before Save."""
    let_do_everything(rooms.store)
    room.open(TreatmentsPlace(patient.id, relapse=START))
    assert room.page.shows_events
    typed = _event_form(room).filled().fields
    assert (typed["kind"], typed["date"], typed["note"]) == ("relapse", "2026-01-06", "")
    assert rooms.store.record(patient.id).events == ()
    assert room.unsaved() == ""
    room.save()
    (event,) = rooms.store.record(patient.id).events
    assert (event.facts.kind, event.facts.date) == ("relapse", START)


def test_back_to_the_treatments_opens_no_second_form(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The question was met once; asked again on the chart it opens again."""
    let_do_everything(rooms.store)
    place = TreatmentsPlace(patient.id, relapse=START)
    has_form = []
    for each in (place, place, TreatmentsPlace(patient.id, relapse=START)):
        room.open(each)
        has_form.append(room.page.open_form is not None)
        room.leave()
    assert has_form == [True, False, True]


def test_what_was_typed_before_is_not_lost_to_the_form_of_a_relapse(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """It comes back first, with the words that it is not saved."""
    let_do_everything(rooms.store)
    room.open(TreatmentsPlace(patient.id, relapse=START))
    _event_form(room).note.set_text("fell at breakfast")
    room.leave()
    room.open(TreatmentsPlace(patient.id, relapse=PartialDate(2026, 1, 20)))
    typed = _event_form(room).filled().fields
    assert (typed["date"], typed["note"]) == ("2026-01-06", "fell at breakfast")
