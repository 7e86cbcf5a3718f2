"""Treatments and events on a real store: adding, changing, stopping, and nothing typed lost."""

import weakref
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.clock import shown_on
from app.dates import PartialDate
from app.records.model import (
    Changes,
    DoseFacts,
    EventFacts,
    MeasureFacts,
    Patient,
    Treatment,
    TreatmentFacts,
)
from app.screens.places import ChartPlace, PatientsPlace, TreatmentsPlace
from app.screens.treatments.control import TreatmentsControl
from app.screens.treatments.editor import CardEditor
from app.screens.treatments.form_fields import ListField
from app.screens.treatments.form_values import FormKind, Wish
from app.screens.treatments.forms import EventForm, FindingForm, Form, StopForm, TreatmentForm
from app.screens.treatments.lines import RecordCard
from tests.builders import reason_of, replace
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle, texts
from widgets import icons
from widgets.date_field import DateField

START = PartialDate(2026, 1, 6)
IVIG = "Intravenous immunoglobulin (IVIg)"


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
    """Return a patient whose treatments are shown."""
    someone = rooms.patient()
    room.open(TreatmentsPlace(someone.id))
    return someone


def test_treatments_stand_on_the_day_that_is_asked_for(rooms: RoomBench) -> None:
    """One that begins after it is planned there, and nothing runs."""
    someone = rooms.patient()
    rooms.treated(someone)
    room = TreatmentsControl(replace(rooms.desk, clock=shown_on(date(2026, 1, 1), rooms.clock)))
    rooms.show(room)
    room.open(TreatmentsPlace(someone.id))
    assert "Planned" in texts(room.page)
    assert [one for one in texts(room.page) if "planned from 6 Jan 2026" in one]
    room.page.deleteLater()


def _press(widget: QWidget, name: str) -> None:
    """Press the button that says so to a screen reader."""
    settle()
    found = [
        one
        for one in widget.findChildren(QPushButton)
        if one.accessibleName() == name and one.isVisibleTo(widget)
    ]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def _form(room: TreatmentsControl) -> TreatmentForm:
    form = room.page.form(FormKind.TREATMENT)
    assert isinstance(form, TreatmentForm)
    return form


def _stop_form(room: TreatmentsControl) -> StopForm:
    form = room.page.form(FormKind.STOP)
    assert isinstance(form, StopForm)
    return form


def _event_form(room: TreatmentsControl) -> EventForm:
    form = room.page.form(FormKind.EVENT)
    assert isinstance(form, EventForm)
    return form


def _finding_form(room: TreatmentsControl) -> FindingForm:
    form = room.page.form(FormKind.FINDING)
    assert isinstance(form, FindingForm)
    return form


def _look(room: TreatmentsControl) -> FindingForm:
    """Open the form of a search for a tumour and fill it."""
    room.page.to_face.click()
    _press(room.page, "Add: Search for a tumour")
    form = _finding_form(room)
    form.name.edit.setText("MRI")
    form.date.set_text("2025-05-03")
    _choose(form.result, "negative")
    form.next_date.set_text("2026-05")
    return form


def _editor(room: TreatmentsControl) -> CardEditor:
    return room.page.treatments.editor


def _open_form(room: TreatmentsControl) -> Form | CardEditor | None:
    return room.page.open_form


def _treatments(rooms: RoomBench, patient: Patient) -> tuple[Treatment, ...]:
    return rooms.store.record(patient.id).treatments


def _fill_dose(room: TreatmentsControl, amount: str, unit: str) -> None:
    dose = _form(room).dose
    dose.amount.setText(amount)
    dose.unit.set_value(unit)


def _choose(field: ListField, text: str) -> None:
    field.combo.edit.clear()
    QTest.keyClicks(field.combo.edit, text)
    QTest.keyClick(field.combo.edit, Qt.Key.Key_Return)


def _tapered(rooms: RoomBench, patient: Patient) -> Treatment:
    """Record a steroid whose second step runs on the day of the tests."""
    treatment = rooms.treated(patient, "prednisolone")
    for dose, start in (
        ("2", START),
        ("1", PartialDate(2026, 1, 20)),
        ("0.5", PartialDate(2026, 3, 1)),
    ):
        facts = DoseFacts(start=start, dose=Decimal(dose), unit="mg/kg", frequency="daily")
        rooms.store.treatments.add_dose(treatment.id, facts)
    return rooms.store.treatments.get(treatment.id)


def test_a_preset_a_date_and_a_dose_are_saved_together(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """One form and one write: the treatment, its first dose, and a weight if one is typed."""
    _press(room.page, "Add: Prednisolone")
    form = _form(room)
    assert (form.agent.text, form.route.text, form.dose.frequency) == (
        "prednisolone", "oral", "daily",
    )  # fmt: skip
    form.start_date.set_text("2026-01-06")
    _fill_dose(room, "2", "mg/kg")
    form.weight.edit.setText("12.5")
    _press(form, "Save")
    (treatment,) = _treatments(rooms, patient)
    assert (treatment.facts.agent, treatment.facts.start) == ("prednisolone", START)
    step = treatment.doses[0].facts
    assert (step.dose, step.unit, step.frequency, step.start) == (
        Decimal(2), "mg/kg", "daily", START,
    )  # fmt: skip
    (measure,) = rooms.store.record(patient.id).measures
    assert (measure.facts.kind, measure.facts.value) == ("weight_kg", Decimal("12.5"))
    assert _open_form(room) is None
    assert any("2 mg/kg daily" in text for text in texts(room.page))


def test_a_first_dose_says_what_it_is_meant_for(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Each time, or a day in all."""
    _press(room.page, "Add: Prednisolone")
    _fill_dose(room, "2", "mg/kg")
    _form(room).dose.cells["per"].set_value("day")
    _press(room.page, "Save")
    (treatment,) = _treatments(rooms, patient)
    assert treatment.doses[0].facts.per == "day"


def _acts(room: TreatmentsControl) -> list[str]:
    """Return the buttons of the cards as they stand, but for what adds a step."""
    settle()
    acts = [
        one
        for one in room.page.treatments.findChildren(QPushButton)
        if one.isVisibleTo(room.page) and ": " in one.accessibleName()
    ]
    acts.sort(key=lambda one: one.mapTo(room.page, QPoint(0, 0)).toTuple()[::-1])
    return [one.accessibleName() for one in acts]


def test_cards_stand_by_how_they_stand_today_with_one_change_each(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """What runs is first, then what is planned, which cannot be stopped; what ended is folded."""
    dates = {"rituximab": "2026-03-01", "trazodone": "2026-01-10", "scig": "2025-12-01"}
    for agent, start in dates.items():
        stop = START if agent == "scig" else None
        facts = TreatmentFacts(agent=agent, start=PartialDate.of(date.fromisoformat(start)))
        rooms.store.treatments.add(patient.id, replace(facts, stop=stop))
    _tapered(rooms, patient)
    room.open(TreatmentsPlace(patient.id))
    assert _acts(room) == [
        "Stop: Prednisolone", "Change: Prednisolone", "Stop: Trazodone", "Change: Trazodone",
        "Change: Rituximab", f"{icons.ON}  Stopped: 1 (SCIg, to 6 Jan 2026)",
    ]  # fmt: skip


def test_a_weight_that_is_recorded_already_refuses_no_treatment(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """It is the same weighing, and stands once."""
    weight = MeasureFacts(date=PartialDate(2026, 1, 28), kind="weight_kg", value=Decimal("12.5"))
    rooms.store.measures.add(patient.id, weight)
    _press(room.page, "Add: IVIg")
    _form(room).weight.edit.setText("12.50")
    _press(room.page, "Save")
    assert len(_treatments(rooms, patient)) == 1
    assert len(rooms.store.record(patient.id).measures) == 1


def test_saving_shows_the_card_that_it_made(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """It is scrolled into view and marked, and the mark goes by itself."""
    for _ in range(12):
        rooms.store.treatments.add(patient.id, TreatmentFacts(agent="ivig", start=START))
    room.open(TreatmentsPlace(patient.id))
    _press(room.page, "Add: Clonazepam")
    _form(room).start_date.set_text("2026-01-20")
    _press(room.page, "Save")
    settle()
    (made,) = (one.id for one in _treatments(rooms, patient) if one.facts.agent == "clonazepam")
    (card,) = (
        one
        for one in room.page.findChildren(RecordCard)
        if one.record == made and one.isVisibleTo(room.page)
    )
    assert card.property("made") is True
    assert not card.visibleRegion().isEmpty()
    card._on_moment_passed()
    assert card.property("made") is False


def test_a_card_that_is_built_again_at_once_is_not_looked_for(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """News may come before the screen has scrolled to what was saved."""
    treatment = rooms.treated(patient)
    settle()
    old = room.page.treatments._shown[treatment.id]
    room.page.show_made(treatment.id)
    room.refresh(Changes(frozenset({"treatments"}), frozenset({patient.id})))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
    assert room.page.treatments._shown[treatment.id] is not old


def test_what_was_saved_last_can_be_undone(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """One tap takes back the treatment with its dose; then nothing is offered any more."""
    _press(room.page, "Add: IVIg")
    _fill_dose(room, "1", "g/kg")
    _press(room.page, "Save")
    assert len(_treatments(rooms, patient)) == 1
    _press(room.page, "Undo what was saved last")
    assert _treatments(rooms, patient) == ()
    assert room.page.undo.isHidden()
    room.page.undo_requested.emit()
    assert room.page.message.isHidden()


def test_an_undo_over_something_newer_is_refused_in_a_sentence(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Nobody's later change is lost."""
    treatment = _tapered(rooms, patient)
    room.page.wished.emit(Wish(FormKind.STOP, treatment=treatment.id))
    _press(room.page, "Stop")
    rooms.store.treatments.write_whole(
        treatment.id, TreatmentFacts(agent="prednisolone", start=START, note="at home"), ()
    )
    _press(room.page, "Undo what was saved last")
    assert room.page.message.text == "Something was changed here since, so it was not taken back."


def test_an_agent_is_found_by_a_part_of_its_name(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Every agent of the list is at hand by typing."""
    _press(room.page, "Another treatment")
    field = _form(room).agent
    QTest.keyClicks(field.combo.edit, "tacrolimus")
    QTest.keyClick(field.combo.edit, Qt.Key.Key_Return)
    _press(room.page, "Save")
    assert [one.facts.agent for one in _treatments(rooms, patient)] == ["tacrolimus"]


@pytest.mark.usefixtures("patient")
def test_route_and_frequency_follow_the_agent_until_they_are_chosen(
    room: TreatmentsControl,
) -> None:
    """What somebody chose stays; the unit is never prefilled."""
    _press(room.page, "Another treatment")
    form = _form(room)
    _choose(form.agent, "Prednisolone")
    assert (form.route.text, form.dose.frequency, form.dose.unit.value()) == ("oral", "daily", "")
    _choose(form.agent, "Rituximab")
    assert (form.route.text, form.dose.frequency) == ("intravenous", "")
    form.route.set_text("subcutaneous")
    form.dose.cells["frequency"].set_value("weekly")
    _choose(form.agent, "Prednisolone")
    assert (form.route.text, form.dose.frequency) == ("subcutaneous", "weekly")


@pytest.mark.usefixtures("patient")
def test_a_sentence_goes_when_its_cell_is_mended(room: TreatmentsControl) -> None:
    """“Please choose a unit.” goes when it is chosen, another sentence stays."""
    _press(room.page, "Add: IVIg")
    form = _form(room)
    form.dose.amount.setText("x")
    _press(form, "Save")
    assert any("Please choose a unit." in text for text in texts(form))
    form.dose.unit.setCurrentIndex(1)
    assert not any("Please choose a unit." in text for text in texts(form))
    assert any("“x” is not a plain number" in text for text in texts(form))


def test_an_unusual_dose_is_stored_only_when_it_is_called_right(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The question shows both readings; a no keeps the form as it was typed."""
    _press(room.page, "Add: Prednisolone")
    _fill_dose(room, "20", "mg/kg")
    rooms.ask.yes = False
    _press(room.page, "Save")
    assert rooms.ask.asked == ["Is it right?"]
    assert rooms.ask.told[0].splitlines()[0] == "Prednisolone: 20 mg/kg daily? Or 20 mg?"
    assert (_treatments(rooms, patient), _form(room).dose.amount.text()) == ((), "20")
    rooms.ask.yes = True
    _press(room.page, "Save")
    (treatment,) = _treatments(rooms, patient)
    assert treatment.doses[0].facts.unit == "mg/kg"


def test_a_start_ahead_is_asked_about_once_and_stands_as_planned(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """It is asked with the first save, and not again when the card is changed."""
    _press(room.page, "Add: IVIg")
    _form(room).start_date.set_text("2026-02-24")
    _press(room.page, "Save")
    assert "Is it planned?" in rooms.ask.told[0]
    assert "Planned" in texts(room.page)
    _press(room.page, f"Change: {IVIG}")
    _press(room.page, "Save")
    assert len(rooms.ask.asked) == 1
    assert _treatments(rooms, patient)[0].facts.start == PartialDate(2026, 2, 24)


@pytest.mark.usefixtures("patient")
def test_nought_as_a_first_dose_is_said_at_the_dose(
    rooms: RoomBench, room: TreatmentsControl
) -> None:
    """A treatment does not begin with a pause."""
    _press(room.page, "Add: IVIg")
    _fill_dose(room, "0", "g/kg")
    _press(room.page, "Save")
    assert any("0 is no dose. Please write the dose." in text for text in texts(_form(room)))
    assert rooms.ask.asked == []


def test_each_wrong_field_has_its_sentence_and_nothing_is_lost(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """What was typed stays as it is until it is right; a mended field goes quiet."""
    _press(room.page, "Another treatment")
    form = _form(room)
    form.agent.set_text("other")
    form.start_date.set_text("2025-02-31")
    _press(form, "Save")
    assert any("2025-02-31 in the calendar" in text for text in texts(form))
    assert any("“other” needs a note that says what it is." in text for text in texts(form))
    assert form.start_date.text == "2025-02-31"
    assert _treatments(rooms, patient) == ()
    form.start_date.set_text("2025-02-28")
    form.note.edit.setText("Physiotherapy")
    form.agent.set_text("")
    _press(form, "Save")
    assert texts(form).count("⚠ Please choose a treatment from the list.") == 1
    assert not any("needs a note" in text for text in texts(form))
    _choose(form.agent, "Prednisolone")
    assert not any("Please choose a treatment" in text for text in texts(form))


@pytest.mark.usefixtures("patient")
def test_the_focus_goes_to_the_first_wrong_place(room: TreatmentsControl) -> None:
    """Keys mend it at once, be it a field or a cell of the dose."""
    room.page.activateWindow()
    _press(room.page, "Add: IVIg")
    form = _form(room)
    form.stop_date.set_text("soon")
    _press(form, "Save")
    assert form.stop_date.field.edit.hasFocus()
    form.stop_date.set_text("")
    form.dose.amount.setText("1")
    _press(form, "Save")
    assert form.dose.unit.hasFocus()


def test_stopping_asks_for_the_day(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Today stands ready; what has stopped is folded into one line that opens."""
    treatment = rooms.treated(patient)
    rooms.store.treatments.add(patient.id, TreatmentFacts(agent="trazodone", start=START))
    room.open(TreatmentsPlace(patient.id))
    _press(room.page, f"Stop: {IVIG}")
    form = _stop_form(room)
    assert form.stop_date.text == "2026-01-28"
    form.stop_date.set_text("2026-01-20")
    _press(form, "Stop")
    assert rooms.store.treatments.get(treatment.id).facts.stop == PartialDate(2026, 1, 20)
    assert rooms.ask.asked == []
    assert IVIG in texts(room.page)
    _press(room.page, f"{icons.DOWN}  Stopped: 1 (IVIg, to 20 Jan 2026)")
    assert IVIG not in texts(room.page)
    _press(room.page, f"{icons.ON}  Stopped: 1 (IVIg, to 20 Jan 2026)")
    assert IVIG in texts(room.page)


def test_stopping_may_say_why(rooms: RoomBench, room: TreatmentsControl, patient: Patient) -> None:
    """One of a list, chosen beside the day and told on the card."""
    treatment = rooms.treated(patient)
    room.open(TreatmentsPlace(patient.id))
    _press(room.page, f"Stop: {IVIG}")
    form = _stop_form(room)
    form.stop_date.set_text("2026-01-20")
    _choose(form.stop_reason, "side eff")
    _press(form, "Stop")
    assert rooms.store.treatments.get(treatment.id).facts.stop_reason == "side_effect"
    assert [one for one in texts(room.page) if "reason for stopping: side effect" in one]


@pytest.mark.usefixtures("patient")
def test_a_reason_is_asked_once_a_stop_is_written(room: TreatmentsControl) -> None:
    """What runs needs none; one that was chosen stays in view until it is taken out."""
    _press(room.page, "Add: IVIg")
    form = _form(room)
    assert not form.stop_reason.isVisibleTo(form)
    form.stop_date.today.click()
    assert form.stop_reason.isVisibleTo(form)
    _choose(form.stop_reason, "no effect seen")
    form.stop_date.field.edit.clear()
    form.stop_date.field.edit.textEdited.emit("")
    assert form.stop_reason.isVisibleTo(form)
    _press(form, "Save")
    sentence = "A reason for stopping needs the day of the stop."
    assert any(sentence in text for text in texts(form))
    form.stop_reason.set_text("")
    assert not form.stop_reason.isVisibleTo(form)


def test_the_card_of_a_treatment_corrects_its_reason_for_stopping(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """It stands under the stop, and is asked only there."""
    treatment = rooms.treated(patient)
    room.page.wished.emit(Wish(FormKind.CHANGE, treatment=treatment.id))
    reason = _editor(room).fields["stop_reason"]
    assert isinstance(reason, ListField)
    assert not reason.isVisibleTo(room.page)
    stop = _editor(room).fields["stop"]
    assert isinstance(stop, DateField)
    stop.today.click()
    assert reason.isVisibleTo(room.page)
    _choose(reason, "not available")
    _press(room.page, "Save")
    assert rooms.store.treatments.get(treatment.id).facts.stop_reason == "supply"


def test_a_stopped_treatment_that_was_being_changed_comes_back_open(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """What was typed on a folded card is not hidden in the fold."""
    treatment = rooms.treated(patient)
    rooms.store.treatments.write_whole(
        treatment.id, TreatmentFacts(agent="ivig", start=START, stop=PartialDate(2026, 1, 10)), ()
    )
    room.page.wished.emit(Wish(FormKind.CHANGE, treatment=treatment.id))
    _editor(room).fields["note"].set_text("by pump")
    room.leave()
    room.open(TreatmentsPlace(patient.id))
    settle()
    assert _editor(room).isVisibleTo(room.page)
    assert _editor(room).fields["note"].text == "by pump"


def test_a_card_that_is_typed_on_stays_when_its_treatment_goes(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Nothing typed vanishes; saving says what happened, and it can be cancelled."""
    treatment = rooms.treated(patient)
    room.page.wished.emit(Wish(FormKind.STEPS, treatment=treatment.id))
    _editor(room).table.rows[0].cells["dose"].set_value("1")
    rooms.store.treatments.remove(treatment.id, "twice")
    settle()
    assert _editor(room).isVisibleTo(room.page)
    room.page.saved.emit()
    assert _editor(room).problem.text() == "This is not in the record any more."
    room.page.cancelled.emit()
    assert _open_form(room) is None


def test_stopping_before_later_steps_asks_to_cut_them(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """One question lists what is cut; a no leaves all as it was, a yes is one step to undo."""
    treatment = _tapered(rooms, patient)
    room.open(TreatmentsPlace(patient.id))
    rooms.ask.yes = False
    _press(room.page, "Stop: Prednisolone")
    _press(room.page, "Stop")
    assert rooms.ask.asked == rooms.ask.losses == ["Cut the later doses?"]
    assert rooms.ask.told[0].splitlines() == [
        "The treatment ends on 28 Jan 2026. These doses end with it or are taken out:",
        "0.5 mg/kg daily, planned from 1 Mar 2026",
    ]
    assert rooms.store.treatments.get(treatment.id) == treatment
    rooms.ask.yes = True
    _press(room.page, "Stop")
    stopped = rooms.store.treatments.get(treatment.id)
    assert (len(stopped.doses), stopped.facts.stop) == (2, PartialDate(2026, 1, 28))
    _press(room.page, "Undo what was saved last")
    assert rooms.store.treatments.get(treatment.id) == treatment


@pytest.mark.usefixtures("patient")
def test_a_form_on_something_that_is_gone_does_not_open(room: TreatmentsControl) -> None:
    """The sentence stands above the list."""
    room.page.wished.emit(Wish(FormKind.CHANGE, treatment="gone"))
    assert room.page.message.text == "This is not in the record any more."
    assert _open_form(room) is None


def test_what_the_record_refuses_is_told_and_nothing_typed_is_lost(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """A treatment that went meanwhile cannot take a step."""
    treatment = rooms.treated(patient)
    room.page.wished.emit(Wish(FormKind.STEPS, treatment=treatment.id))
    row = _editor(room).table.rows[0]
    row.cells["dose"].set_value("1")
    row.cells["unit"].set_value("g/kg")
    rooms.store.treatments.remove(treatment.id, "twice")
    _editor(room).save.click()
    assert _editor(room).problem.text() == "This is not in the record any more."
    assert row.step().dose == "1"


def test_an_exact_double_of_an_event_is_refused(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """It is said in the form, which stays open."""
    for _ in range(2):
        _press(room.page, "Events, measures") if not room.page.shows_events else None
        _press(room.page, "Add: Suspected relapse")
        _press(room.page, "Save")
    assert _event_form(room).problem.text() == "This is recorded already."
    assert len(rooms.store.record(patient.id).events) == 1


def test_events_are_one_tap_away_and_come_back(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The banner leads to the events and back, and on to the course."""
    rooms.store.events.add(patient.id, EventFacts(date=START, kind="fever", note="39.4 °C"))
    _press(room.page, "Events, measures")
    assert "Fever" in texts(room.page)
    assert "New event" in texts(room.page)
    _press(room.page, "Treatments")
    assert "Fever" not in texts(room.page)
    _press(room.page, "Course")
    assert rooms.went == [ChartPlace(patient.id)]


def test_an_event_is_marked_by_who_acts_and_keeps_who_marked_it(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """A suspected relapse says who called it one, whoever changes its note later."""
    rooms.store.events.add(
        patient.id, EventFacts(date=START, kind="fever", author="Dr L", note="39.4 °C")
    )
    _press(room.page, "Events, measures")
    _press(room.page, "Add: Suspected relapse")
    assert _event_form(room).date.text == "2026-01-28"
    _press(room.page, "Save")
    _press(room.page, "Change: Fever")
    _event_form(room).note.set_text("38.1 °C")
    _press(room.page, "Save")
    told = [
        (one.facts.kind, one.facts.author, one.facts.note)
        for one in rooms.store.record(patient.id).events
    ]
    assert told == [("fever", "Dr L", "38.1 °C"), ("suspected_relapse", "M. Okafor", "")]


def test_removing_asks_for_a_reason_and_the_journal_keeps_it(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Treatments and events go the same way."""
    _tapered(rooms, patient)
    store = rooms.store
    store.events.add(patient.id, EventFacts(date=START, kind="fever"))
    room.open(TreatmentsPlace(patient.id))
    _press(room.page, "Change: Prednisolone")
    _press(room.page, "Remove…")
    _press(room.page, "Events, measures")
    _press(room.page, "Change: Fever")
    _press(room.page, "Remove…")
    record = store.record(patient.id)
    assert (record.treatments, record.events) == ((), ())
    assert rooms.ask.losses == ["Remove from the record?"] * 2
    assert [told.partition(". The journal")[0] for told in rooms.ask.told] == [
        "This goes: Prednisolone with 3 dose steps",
        "This goes: Fever, 6 Jan 2026",
    ]
    assert any(reason_of(entry) == "typed twice" for entry in store.journal.entries())


def test_what_cannot_be_removed_is_told(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """What went meanwhile cannot go again; without a form there is nothing to remove."""
    treatment = rooms.treated(patient)
    room.page.wished.emit(Wish(FormKind.CHANGE, treatment=treatment.id))
    rooms.store.treatments.remove(treatment.id, "twice")
    room.page.remove_requested.emit()
    assert _editor(room).problem.text() != ""
    room._close_form()
    room.page.remove_requested.emit()
    assert _treatments(rooms, patient) == ()


def test_leaving_keeps_what_is_typed(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Coming back finds the form as it was, an impossible date and a dose included."""
    _press(room.page, "Add: IVIg")
    _form(room).start_date.set_text("2026-02-31")
    _form(room).dose.amount.setText("0.4")
    assert room.unsaved() == (
        "Typed here and not saved yet, about Amira Haddad · born 14 Mar 2023 · ID 40-1187."
    )
    room.leave()
    other = rooms.patient("40-1200", "Jonas")
    room.open(TreatmentsPlace(other.id))
    assert _open_form(room) is None
    room.leave()
    room.open(TreatmentsPlace(patient.id))
    assert _open_form(room) is _form(room)
    assert _form(room).start_date.text == "2026-02-31"
    assert (_form(room).agent.text, _form(room).dose.amount.text()) == ("ivig", "0.4")
    assert room.page.message.text == "This was typed before and is not saved yet."


def test_closing_names_everybody_whose_form_waits(
    rooms: RoomBench, room: TreatmentsControl
) -> None:
    """The one that shows and those that were left; cancelling names only what goes with it."""
    room.open(TreatmentsPlace(rooms.patient().id))
    _press(room.page, "Add: IVIg")
    _form(room).dose.amount.setText("0.4")
    room.leave()
    other = rooms.patient("40-1200", "Jonas")
    room.open(TreatmentsPlace(other.id))
    _press(room.page, "Add: IVIg")
    _form(room).dose.amount.setText("0.5")
    of_jonas, of_amira = room.unsaved().splitlines()
    assert "Amira Haddad" in of_amira
    assert "Jonas Haddad" in of_jonas
    rooms.ask.yes = False
    _press(room.page, "Cancel")
    assert rooms.ask.told == [of_jonas]
    room.leave()
    assert room.unsaved().splitlines() == [of_amira, of_jonas]


def test_a_table_that_was_left_comes_back_row_for_row(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """What was typed into it and what was taken out of it."""
    treatment = _tapered(rooms, patient)
    room.page.wished.emit(Wish(FormKind.CHANGE, treatment=treatment.id))
    table = _editor(room).table
    table.rows[0].cells["dose"].set_value("4")
    table.rows[2].taken_away.emit(table.rows[2])
    room.leave()
    room.open(TreatmentsPlace(patient.id))
    assert [row.step().dose for row in table.rows] == ["4", "1"]
    assert table.taken_away == (treatment.doses[2].id,)


def test_a_form_taken_up_again_still_takes_what_is_usual(
    room: TreatmentsControl, patient: Patient
) -> None:
    """A route that came with the first agent goes with it, whatever was between."""
    _press(room.page, "Another treatment")
    _choose(_form(room).agent, "Rituximab")
    room.leave()
    room.open(TreatmentsPlace(patient.id))
    form = _form(room)
    assert (form.agent.text, form.route.text) == ("rituximab", "intravenous")
    _choose(form.agent, "Prednisolone")
    assert (form.route.text, form.dose.frequency) == ("oral", "daily")


def test_what_was_kept_for_something_gone_is_let_go(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """A form on a treatment that was removed meanwhile does not come back."""
    treatment = rooms.treated(patient)
    room.page.wished.emit(Wish(FormKind.CHANGE, treatment=treatment.id))
    _editor(room).fields["note"].set_text("by pump")
    room.leave()
    rooms.store.treatments.remove(treatment.id, "twice")
    room.open(TreatmentsPlace(patient.id))
    assert _open_form(room) is None
    assert room.page.message.text == "This is not in the record any more."


def test_an_untouched_form_is_nothing_to_keep(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Looking at a form costs no question, on cancelling or on leaving."""
    _press(room.page, "Add: IVIg")
    assert room.unsaved() == ""
    _press(room.page, "Cancel")
    assert _open_form(room) is None
    _press(room.page, "Add: IVIg")
    room.leave()
    room.open(TreatmentsPlace(patient.id))
    assert _open_form(room) is None
    assert rooms.ask.asked == []


@pytest.mark.usefixtures("patient")
def test_another_form_asks_before_dropping_what_is_typed(
    rooms: RoomBench, room: TreatmentsControl
) -> None:
    """A tap on the wrong button loses nothing."""
    rooms.ask.yes = False
    _press(room.page, "Add: IVIg")
    _form(room).note.set_text("by pump")
    _press(room.page, "Events, measures")
    assert _open_form(room) is _form(room)
    _press(room.page, "Cancel")
    assert _form(room).note.text == "by pump"
    rooms.ask.yes = True
    _press(room.page, "Events, measures")
    assert (_open_form(room), room.page.shows_events) == (None, True)
    assert rooms.ask.losses == ["Drop what you typed?"] * 3
    assert "about Amira Haddad · born 14 Mar 2023 · ID 40-1187" in rooms.ask.told[0]


def test_what_is_typed_can_be_saved_before_another_form(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The question about what would go has a Save, which is the form's own."""
    rooms.ask.saves = True
    _press(room.page, "Add: IVIg")
    _form(room).note.set_text("by pump")
    _press(room.page, "Events, measures")
    assert rooms.ask.losses == ["Drop what you typed?"]
    (stored,) = rooms.store.record(patient.id).treatments
    assert stored.facts.note == "by pump"


def test_another_patient_clears_everything(rooms: RoomBench, room: TreatmentsControl) -> None:
    """No line, form, message or name of the patient before stays."""
    first = rooms.patient()
    rooms.treated(first)
    rooms.store.patients.set_caution(first.id, "Illustrative.")
    room.open(TreatmentsPlace(first.id))
    _press(room.page, f"Change: {IVIG}")
    room.page.message.show_problem("something of Amira")
    room.leave()
    room.open(TreatmentsPlace(rooms.patient("40-1200", "Jonas").id))
    shown = texts(room.page)
    assert room.page.banner.name == "Jonas Haddad"
    assert _open_form(room) is None
    assert not any(word in text for text in shown for word in ("Amira", "IVIg)", "Illustrative"))
    assert "No treatment recorded yet." in shown


def test_news_of_the_patient_is_shown_while_a_form_is_open(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The list follows the record, the form keeps what is typed; others' news is left."""
    _press(room.page, "Add: IVIg")
    _form(room).note.set_text("by pump")
    rooms.store.listen(lambda _changes: None)
    rooms.treated(patient, "rituximab")
    room.refresh(Changes(frozenset({"treatments"}), frozenset({"somebody else"})))
    assert "Rituximab" not in texts(room.page.treatments)
    rooms.desk.news.tell(Changes(frozenset({"treatments"}), frozenset({patient.id})))
    assert "Rituximab" in texts(room.page.treatments)
    assert _form(room).note.text == "by pump"


def test_news_does_not_move_the_focus_out_of_a_card_that_is_typed_on(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Nothing that somebody is in is built again under the focus."""
    room.page.activateWindow()
    treatment = _tapered(rooms, patient)
    room.page.wished.emit(Wish(FormKind.STEPS, treatment=treatment.id))
    cell = _editor(room).table.rows[0].cells["start"]
    cell.setFocus()
    rooms.treated(patient, "rituximab")
    settle()
    assert cell.hasFocus()
    assert "Rituximab" in texts(room.page.treatments)


def test_control_s_saves_the_open_form(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The keys save as the button does, and do nothing where no form is open."""
    room.page._on_save_keys_pressed()
    room.page.saved.emit()
    assert _treatments(rooms, patient) == ()
    _press(room.page, "Add: IVIg")
    room.page._on_save_keys_pressed()
    assert [one.facts.agent for one in _treatments(rooms, patient)] == ["ivig"]


@pytest.mark.usefixtures("patient")
def test_back_leads_back(rooms: RoomBench, room: TreatmentsControl) -> None:
    """The banner's arrow asks the navigation."""
    room.page.banner.back_requested.emit()
    assert rooms.went == [PatientsPlace()]


def test_a_patient_entered_in_error_takes_nothing_new(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The presets are off."""
    rooms.store.patients.mark_error(patient.id, "twice")
    room.open(TreatmentsPlace(patient.id))
    assert not any(one.isEnabled() for one in room.page.side._wishes)


def test_the_last_weight_stands_beside_the_dose(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """In the form and on the card; nothing is worked out from it."""
    treatment = rooms.treated(patient)
    rooms.store.measures.add(
        patient.id, MeasureFacts(date=START, kind="weight_kg", value=Decimal("12.4"))
    )
    _press(room.page, "Add: IVIg")
    assert "First dose · last weight 12.4 kg, 6 Jan 2026" in texts(_form(room))
    assert any("The app works out and recommends no dose." in one for one in texts(_form(room)))
    room.page.wished.emit(Wish(FormKind.STEPS, treatment=treatment.id))
    assert "Doses · last weight 12.4 kg, 6 Jan 2026" in texts(_editor(room))


def test_a_route_that_no_list_has_stays(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Routes came as free text; changing something else does not lose one."""
    added = rooms.store.treatments.add(
        patient.id, TreatmentFacts(agent="ivig", start=START, route="through a port")
    )
    room.page.wished.emit(Wish(FormKind.CHANGE, treatment=added.id))
    _editor(room).fields["note"].set_text("home")
    _press(room.page, "Save")
    (known,) = _treatments(rooms, patient)
    assert (known.facts.route, known.facts.note) == ("through a port", "home")


def test_everything_that_takes_the_focus_has_a_name(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """List and forms speak to a screen reader."""
    treatment = _tapered(rooms, patient)
    room.open(TreatmentsPlace(patient.id))
    for wish in (
        Wish(FormKind.TREATMENT),
        Wish(FormKind.STEPS, treatment=treatment.id),
        Wish(FormKind.CHANGE, treatment=treatment.id),
        Wish(FormKind.STOP, treatment=treatment.id),
        Wish(FormKind.EVENT),
    ):
        room.page.wished.emit(wish)
        settle()
        assert nameless(room.page) == []


def test_a_dropped_screen_is_freed(rooms: RoomBench) -> None:
    """Nothing that is connected keeps the page alive."""
    control = TreatmentsControl(rooms.desk)
    patient = rooms.patient()
    _tapered(rooms, patient)
    control.open(TreatmentsPlace(patient.id))
    gone = weakref.ref(control.page)
    control.page.deleteLater()
    del control
    settle()
    assert gone() is None


@pytest.mark.usefixtures("patient")
def test_a_list_field_says_what_is_wrong(room: TreatmentsControl) -> None:
    """The sentence stands below and is read out with the field; taking it back hides it."""
    field: ListField = _form(room).agent
    field.show_problem("Please choose.")
    assert field.combo.edit.accessibleDescription() == "Please choose."
    field.show_problem("")
    assert field.combo.below.isHidden()


@pytest.mark.usefixtures("patient")
def test_a_treatment_is_dated_by_taps_and_words(room: TreatmentsControl) -> None:
    """Today by a tap, the end in words; a weight is asked for its day, no weight is not."""
    _press(room.page, "Add: IVIg")
    form = _form(room)
    form.start_date.today.click()
    form.stop_date.field.edit.setText("14 march 2026")
    form.weighed_on.set_text("")
    form.weighed_on.field.edit.editingFinished.emit()
    assert form.weighed_on.field.below.isHidden()
    assert (form.start_date.text, form.stop_date.text) == ("2026-01-28", "2026-03-14")


def test_what_a_table_brought_can_be_saved_again(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Short dates, and a plan two years ahead, pass through the card as they are."""
    facts = TreatmentFacts(agent="ivig", start=PartialDate(2025, 1), stop=PartialDate(2028))
    known = rooms.store.treatments.add(patient.id, facts)
    room.page.wished.emit(Wish(FormKind.CHANGE, treatment=known.id))
    _press(room.page, "Save")
    after = rooms.store.treatments.get(known.id).facts
    assert (after.start, after.stop) == (facts.start, facts.stop)


def test_a_finding_is_added_and_taken_back(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """It stands above the events, marked for a moment, and Undo takes it out again."""
    form = _look(room)
    _press(form, "Save")
    (look,) = rooms.store.record(patient.id).findings
    assert (look.facts.name, look.facts.result) == ("MRI", "negative")
    assert look.facts.next_date == PartialDate(2026, 5)
    shown = texts(room.page.events)
    assert "3 May 2025 · none found · next look due May 2026" in shown
    assert shown.index("Findings") < shown.index("Events")
    room.page.undo.click()
    assert rooms.store.record(patient.id).findings == ()
    assert "Findings" not in texts(room.page.events)
    assert not room.page.undo.isVisibleTo(room.page)


def test_a_finding_is_corrected_and_the_correction_taken_back(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The form holds what is stored; what was changed elsewhere since is not taken back."""
    _press(_look(room), "Save")
    (look,) = rooms.store.record(patient.id).findings
    _press(room.page, "Change: Search for a tumour: MRI")
    form = _finding_form(room)
    assert (form.name.text, form.result.text) == ("MRI", "negative")
    _choose(form.result, "positive")
    _press(form, "Save")
    assert rooms.store.findings.get(look.id).facts.result == "positive"
    room.page.undo.click()
    assert rooms.store.findings.get(look.id) == look
    _press(room.page, "Change: Search for a tumour: MRI")
    _finding_form(room).note.edit.setText("with contrast")
    _press(_finding_form(room), "Save")
    rooms.store.findings.change(look.id, replace(look.facts, note="elsewhere"))
    room.page.undo.click()
    assert "was not taken back" in room.page.message.text
    assert rooms.store.findings.get(look.id).facts.note == "elsewhere"


def test_a_finding_entered_wrongly_is_removed_for_a_reason(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Its name and day stand in the question; the journal keeps it."""
    _press(_look(room), "Save")
    _press(room.page, "Change: Search for a tumour: MRI")
    _press(_finding_form(room), "Remove…")
    assert "This goes: Search for a tumour: MRI, 3 May 2025" in rooms.ask.told[-1]
    assert "Typed wrongly" in rooms.ask.offered_reasons
    assert rooms.store.record(patient.id).findings == ()
    assert room.page.message.text == "Removed. The journal keeps it."


def test_a_finding_without_a_result_says_what_it_lacks(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Beside its field, and nothing is stored."""
    form = _look(room)
    form.result.set_text("")
    _press(form, "Save")
    assert any("A finding needs a result or a value." in text for text in texts(form))
    assert rooms.store.record(patient.id).findings == ()


def test_a_finding_that_is_not_saved_waits_for_its_patient(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """As a treatment does."""
    _look(room)
    room.leave()
    room.open(TreatmentsPlace(rooms.patient("40-1200", "Jonas").id))
    room.leave()
    room.open(TreatmentsPlace(patient.id))
    assert room.page.shows_events
    assert _finding_form(room).name.text == "MRI"
