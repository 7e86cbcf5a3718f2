"""An infusion day on a real store: one tap, what is told of the dose, and a reaction."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from app.clock import shown_on
from app.dates import PartialDate
from app.records.giving import Giving
from app.records.model import DoseFacts, Patient, TreatmentFacts
from app.screens.places import TreatmentsPlace
from app.screens.treatments.control import TreatmentsControl
from app.screens.treatments.form_values import FormKind, Wish
from app.screens.treatments.forms import EventForm, GivenForm
from tests.builders import replace
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle, texts

NOW = "Given today as planned: Intravenous immunoglobulin (IVIg)"
WITH = "Given today, with its brand, batch or reaction: "
TODAY = PartialDate(2026, 1, 28)


@pytest.fixture
def room(rooms: RoomBench) -> Iterator[TreatmentsControl]:
    """Return a treatments screen that is shown; it is gone after the test."""
    control = TreatmentsControl(rooms.desk)
    rooms.show(control)
    yield control
    control.page.close()
    control.page.deleteLater()


def _opened(rooms: RoomBench, room: TreatmentsControl, *doses: DoseFacts) -> Patient:
    """Show a patient with an immunoglobulin since 6 January 2026."""
    patient = rooms.patient()
    facts = TreatmentFacts(agent="ivig", start=PartialDate(2026, 1, 6))
    rooms.store.treatments.add_whole(patient.id, facts, doses)
    room.open(TreatmentsPlace(patient.id))
    return patient


def _dose(frequency: str, start: PartialDate | None = None) -> DoseFacts:
    return DoseFacts(start=start, dose=Decimal(1), unit="g/kg", frequency=frequency)


MONTHLY = _dose("monthly")
PLANNED = _dose("once", PartialDate(2026, 1, 30))


def _doses(rooms: RoomBench, patient: Patient) -> list[DoseFacts]:
    (treatment,) = rooms.store.record(patient.id).treatments
    return [step.facts for step in treatment.doses]


def _buttons(widget: QWidget, start: str) -> list[QPushButton]:
    settle()
    return [
        one
        for one in widget.findChildren(QPushButton)
        if one.accessibleName().startswith(start) and one.isVisibleTo(widget)
    ]


def _press(widget: QWidget, start: str) -> None:
    _buttons(widget, start)[0].click()
    settle()


def _form(room: TreatmentsControl) -> GivenForm:
    form = room.page.form(FormKind.GIVEN)
    assert isinstance(form, GivenForm)
    return form


def test_one_tap_moves_the_planned_dose_to_today(
    rooms: RoomBench, room: TreatmentsControl
) -> None:
    """Nothing is asked, nothing is doubled, and Undo takes it back as one step."""
    patient = _opened(rooms, room, PLANNED)
    assert "Planned for 30 Jan 2026: 1 g/kg once" in texts(room.page)
    assert nameless(room.page) == []
    _press(room.page, NOW)
    assert _doses(rooms, patient) == [replace(PLANNED, start=TODAY, given="as_planned")]
    assert rooms.ask.asked == []
    assert any("once · given as planned" in text for text in texts(room.page))
    assert _buttons(room.page, NOW) == []
    room.page.undo.click()
    assert _doses(rooms, patient) == [PLANNED]


def test_one_tap_records_a_dose_of_a_rhythm(rooms: RoomBench, room: TreatmentsControl) -> None:
    """The rhythm goes on, and words say beforehand what is recorded."""
    patient = _opened(rooms, room, MONTHLY)
    told = (
        "Planned: 1 g/kg monthly. This records one dose of 1 g/kg, today; the plan stays as it is."
    )
    assert told in texts(room.page)
    _press(room.page, NOW)
    single = replace(MONTHLY, start=TODAY, frequency="once", given="as_planned")
    assert sorted(_doses(rooms, patient), key=lambda dose: dose.frequency) == [MONTHLY, single]


def test_brand_batch_and_reaction_are_recorded_with_the_dose(
    rooms: RoomBench, room: TreatmentsControl
) -> None:
    """One write and one Undo; the card tells them."""
    patient = _opened(rooms, room, PLANNED)
    _press(room.page, WITH)
    form = _form(room)
    assert "Planned for 30 Jan 2026: 1 g/kg once" in texts(form)
    form.brand.edit.setText("Privigen")
    form.batch.edit.setText("4711")
    assert _doses(rooms, patient) == [PLANNED]
    form.save.click()
    settle()
    expected = replace(PLANNED, start=TODAY, given="as_planned", brand="Privigen", batch="4711")
    assert _doses(rooms, patient) == [expected]
    assert any("brand Privigen · batch 4711" in text for text in texts(room.page))
    assert room.page.message.isHidden()
    room.page.undo.click()
    assert _doses(rooms, patient) == [PLANNED]


def test_a_reaction_offers_a_side_effect_and_marks_none_by_itself(
    rooms: RoomBench, room: TreatmentsControl
) -> None:
    """The event begins with the day of the dose and the words; it is saved by whoever says so."""
    patient = _opened(rooms, room, _dose("once", PartialDate(2026, 1, 26)))
    _press(room.page, "Brand, batch or reaction: 1 g/kg once, 26 Jan 2026")
    _form(room).reaction.edit.setText("headache")
    _form(room).save.click()
    settle()
    assert rooms.store.record(patient.id).events == ()
    _press(room.page.message, "Mark a side effect…")
    form = room.page.form(FormKind.EVENT)
    assert isinstance(form, EventForm)
    assert (form.kind.text, form.date.text, form.note.text) == (
        "side_effect", "2026-01-26", "headache",
    )  # fmt: skip
    assert rooms.store.record(patient.id).events == ()
    form.save.click()
    (event,) = rooms.store.record(patient.id).events
    assert (event.facts.kind, event.facts.date) == ("side_effect", PartialDate(2026, 1, 26))
    assert event.facts.note == "headache"


def test_a_reaction_that_was_told_before_offers_nothing_again(
    rooms: RoomBench, room: TreatmentsControl
) -> None:
    """Only what is new; after Undo the offer is gone too."""
    told = replace(_dose("once", PartialDate(2026, 1, 26)), reaction="headache")
    _opened(rooms, room, told)
    _press(room.page, "Brand, batch or reaction: ")
    assert _form(room).reaction.text == "headache"
    _form(room).batch.edit.setText("4711")
    _form(room).save.click()
    settle()
    assert room.page.message.isHidden()
    _press(room.page, "Brand, batch or reaction: ")
    _form(room).reaction.edit.setText("fever")
    _form(room).save.click()
    settle()
    assert room.page.message.isVisible()
    room.page.undo.click()
    settle()
    assert room.page.message.isHidden()


def test_what_is_typed_elsewhere_is_asked_about_first(
    rooms: RoomBench, room: TreatmentsControl
) -> None:
    """The tap stores nothing while somebody's form would be lost."""
    rooms.ask.yes = False
    patient = _opened(rooms, room, PLANNED)
    _press(room.page, WITH)
    _form(room).batch.edit.setText("4711")
    _press(room.page, NOW)
    assert rooms.ask.asked == ["Drop what you typed?"]
    assert _doses(rooms, patient) == [PLANNED]
    assert _form(room).batch.text == "4711"


def test_a_dose_that_is_due_no_more_is_said(rooms: RoomBench, room: TreatmentsControl) -> None:
    """It was given elsewhere while its form was open, or just before the tap."""
    patient = _opened(rooms, room, PLANNED)
    (treatment,) = rooms.store.record(patient.id).treatments
    _press(room.page, WITH)
    rooms.store.treatments.give(treatment.id, TODAY.first, Giving())
    _form(room).save.click()
    assert "No dose of this treatment is due any more." in texts(_form(room))
    room.page.wished.emit(Wish(FormKind.GIVEN, treatment=treatment.id, is_now=True))
    assert room.page.message.text == "No dose of this treatment is due any more."
    room.page.wished.emit(Wish(FormKind.GIVEN, treatment=treatment.id))
    assert room.page.message.text == "No dose of this treatment is due any more."
    assert len(_doses(rooms, patient)) == 1


@pytest.mark.parametrize("day", [date(2026, 1, 27), date(2026, 1, 29)])
def test_on_another_day_than_today_nothing_is_given(rooms: RoomBench, day: date) -> None:
    """What is shown of another day is looked at only."""
    room = TreatmentsControl(replace(rooms.desk, clock=shown_on(day, rooms.clock)))
    rooms.show(room)
    _opened(rooms, room, MONTHLY)
    assert _buttons(room.page, NOW) == []
    room.page.deleteLater()
