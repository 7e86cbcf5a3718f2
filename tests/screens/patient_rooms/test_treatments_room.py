"""Treatments and events on a real store: adding, changing, removing, and nothing typed lost."""

import weakref
from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

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
from app.screens.places import PatientsPlace, TreatmentsPlace
from app.screens.treatments.control import TreatmentsControl
from app.screens.treatments.form_fields import ListField
from app.screens.treatments.form_values import FormKind, Wish
from app.screens.treatments.forms import DoseForm, EventForm, Form, TreatmentForm
from tests.builders import reason_of
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle, texts
from widgets.date_field import DateField

START = PartialDate(2026, 1, 6)


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


def _press(widget: QWidget, name: str) -> None:
    """Press the button that says so to a screen reader."""
    settle()
    found = [
        one
        for one in widget.findChildren(QPushButton)
        if one.accessibleName() == name and one.isVisibleTo(widget)
    ]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def _treatment_form(room: TreatmentsControl) -> TreatmentForm:
    form = room.page.form(FormKind.TREATMENT)
    assert isinstance(form, TreatmentForm)
    return form


def _dose_form(room: TreatmentsControl) -> DoseForm:
    form = room.page.form(FormKind.DOSE)
    assert isinstance(form, DoseForm)
    return form


def _event_form(room: TreatmentsControl) -> EventForm:
    form = room.page.form(FormKind.EVENT)
    assert isinstance(form, EventForm)
    return form


def _open_form(room: TreatmentsControl) -> Form | None:
    shown = room.page._forms.currentWidget()
    return shown if isinstance(shown, Form) else None


def _treatments(rooms: RoomBench, patient: Patient) -> tuple[Treatment, ...]:
    return rooms.store.record(patient.id).treatments


def test_a_preset_a_date_and_save_add_a_treatment(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The usual agents cost one tap; the focus waits in the date."""
    _press(room.page, "Add: IVIg")
    form = _treatment_form(room)
    assert form.agent.text == "ivig"
    form.start_date.field.edit.setText("2026-01-06")
    _press(form, "Save")
    assert [(one.facts.agent, one.facts.start) for one in _treatments(rooms, patient)] == [
        ("ivig", START)
    ]
    assert "Intravenous immunoglobulin (IVIg)" in texts(room.page)
    assert _open_form(room) is None


def test_the_first_dose_is_one_tap_after_a_new_treatment(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The note that it is saved carries the way on."""
    _press(room.page, "Add: IVIg")
    _treatment_form(room).start_date.set_text("2026-01-06")
    _press(room.page, "Save")
    _press(room.page.message, "+ Dose")
    form = _dose_form(room)
    assert form.start_date.text == "2026-01-06"
    form.amount.edit.setText("0,4")
    form.unit.set_text("g/kg")
    form.frequency.set_text("daily")
    form.weight.edit.setText("12.5")
    _press(form, "Save")
    step = _treatments(rooms, patient)[0].doses[0]
    assert (step.facts.dose, step.facts.unit, step.facts.frequency, step.facts.start) == (
        Decimal("0.4"), "g/kg", "daily", START,
    )  # fmt: skip
    measure = rooms.store.record(patient.id).measures[0]
    assert (measure.facts.kind, measure.facts.value, measure.facts.date) == (
        "weight_kg", Decimal("12.5"), PartialDate(2026, 1, 28),
    )  # fmt: skip
    assert "0.4 g/kg daily, since 6 Jan 2026" in texts(room.page)


def test_an_agent_is_found_by_a_part_of_its_name(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Every agent of the list is at hand by typing."""
    _press(room.page, "Another treatment")
    field = _treatment_form(room).agent
    QTest.keyClicks(field.combo.edit, "tacrolimus")
    QTest.keyClick(field.combo.edit, Qt.Key.Key_Return)
    _press(room.page, "Save")
    assert [one.facts.agent for one in _treatments(rooms, patient)] == ["tacrolimus"]


def _choose(field: ListField, text: str) -> None:
    field.combo.edit.clear()
    QTest.keyClicks(field.combo.edit, text)
    QTest.keyClick(field.combo.edit, Qt.Key.Key_Return)


def test_a_new_treatment_takes_the_usual_route_of_its_agent(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """It follows the agent until somebody chooses another; a stored route stays."""
    _press(room.page, "Another treatment")
    form = _treatment_form(room)
    _choose(form.agent, "Prednisolone")
    assert form.route.text == "oral"
    _choose(form.agent, "Rituximab")
    assert form.route.text == "intravenous"
    form.route.set_text("subcutaneous")
    _choose(form.agent, "Prednisolone")
    assert form.route.text == "subcutaneous"
    _press(room.page, "Save")
    known = _treatments(rooms, patient)[0]
    assert (known.facts.agent, known.facts.route) == ("prednisolone", "subcutaneous")
    room.page.wished.emit(Wish(FormKind.TREATMENT, treatment=known.id))
    form.route.set_text("")
    _choose(form.agent, "Rituximab")
    assert form.route.text == ""


def test_an_unusual_dose_is_stored_only_when_it_is_called_right(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The question calls the limits what they are; a no keeps the form as it was typed."""
    treatment = rooms.treated(patient)
    room.open(TreatmentsPlace(patient.id))
    _press(room.page, "Add a dose step to Intravenous immunoglobulin (IVIg)")
    form = _dose_form(room)
    form.amount.edit.setText("40")
    form.unit.set_text("g/kg")
    rooms.ask.yes = False
    _press(form, "Save")
    assert rooms.ask.asked == ["Is it right?"]
    assert rooms.ask.told[0].splitlines() == [
        "40 g/kg is outside the usual typing limits of Intravenous immunoglobulin (IVIg).",
        "These limits catch slips of typing. They are no recommendation.",
    ]
    assert (rooms.store.treatments.get(treatment.id).doses, form.amount.text) == ((), "40")
    rooms.ask.yes = True
    _press(form, "Save")
    (step,) = rooms.store.treatments.get(treatment.id).doses
    assert (step.facts.dose, step.facts.unit) == (Decimal(40), "g/kg")
    assert len(rooms.ask.asked) == 2


def test_each_wrong_field_has_its_sentence_and_nothing_is_lost(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """What was typed stays as it is until it is right; a mended field goes quiet."""
    _press(room.page, "Another treatment")
    form = _treatment_form(room)
    form.agent.set_text("other")
    form.start_date.set_text("2025-02-31")
    _press(form, "Save")
    shown = texts(form)
    assert "⚠ There is no day 2025-02-31 in the calendar." in shown
    assert "⚠ “other” needs a note that says what it is." in shown
    assert form.start_date.text == "2025-02-31"
    assert _treatments(rooms, patient) == ()
    form.start_date.set_text("2025-02-28")
    form.note.edit.setText("Physiotherapy")
    form.agent.set_text("")
    _press(form, "Save")
    assert texts(form).count("⚠ Please choose a treatment from the list.") == 1
    assert not any("needs a note" in text for text in texts(form))


@pytest.mark.usefixtures("patient")
def test_the_focus_goes_to_the_first_wrong_field(room: TreatmentsControl) -> None:
    """Keys mend it at once."""
    room.page.activateWindow()
    _press(room.page, "Add: IVIg")
    form = _treatment_form(room)
    form.stop_date.set_text("soon")
    _press(form, "Save")
    assert form.stop_date.field.edit.hasFocus()


def test_a_refused_weighing_keeps_the_dose_out_too(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """A dose and the weight beside it are one write: what the record refuses stores neither."""
    treatment = rooms.treated(patient)
    room._open_form(Wish(FormKind.DOSE, treatment=treatment.id))
    form = _dose_form(room)
    form.amount.set_text("1")
    form.unit.set_text("mg")
    form.weight.set_text("12")
    form.weighed_on.set_text("2022-01-01")
    _press(form, "Save")
    assert "⚠ 1 Jan 2022 is before the birth date, 14 Mar 2023." in texts(form)
    assert _treatments(rooms, patient)[0].doses == ()


def test_what_the_record_refuses_is_told_below_the_form(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """A treatment that went meanwhile cannot take a dose; what was typed stays."""
    treatment = rooms.treated(patient)
    _press(room.page, "Add: Relapse")
    room._open_form(Wish(FormKind.DOSE, treatment=treatment.id))
    form = _dose_form(room)
    form.amount.set_text("1")
    form.unit.set_text("mg")
    rooms.store.treatments.remove(treatment.id, "twice")
    form.save.click()
    assert form.problem.text() != ""
    assert form.amount.text == "1"


@pytest.mark.usefixtures("patient")
def test_a_form_on_something_that_is_gone_does_not_open(room: TreatmentsControl) -> None:
    """The sentence stands above the list."""
    room.page.wished.emit(Wish(FormKind.TREATMENT, treatment="gone"))
    assert room.page.message.text == "This is not in the record any more."
    assert _open_form(room) is None


def test_a_form_taken_up_again_still_takes_the_usual_route(
    room: TreatmentsControl, patient: Patient
) -> None:
    """A route that came with the first agent goes with it, whatever was between."""
    _press(room.page, "Another treatment")
    _choose(_treatment_form(room).agent, "Rituximab")
    room.leave()
    room.open(TreatmentsPlace(patient.id))
    form = _treatment_form(room)
    assert (form.agent.text, form.route.text) == ("rituximab", "intravenous")
    _choose(form.agent, "Prednisolone")
    assert form.route.text == "oral"


def test_treatment_dose_and_event_are_changed(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Each line opens its form with what is stored; an event keeps who marked it."""
    treatment = rooms.treated(patient)
    store = rooms.store
    store.treatments.add_dose(
        treatment.id, DoseFacts(start=START, dose=Decimal(1), unit="mg", frequency="daily")
    )
    store.events.add(
        patient.id, EventFacts(date=START, kind="fever", author="Dr L", note="39.4 °C")
    )
    room.open(TreatmentsPlace(patient.id))
    _press(room.page, "Change: Intravenous immunoglobulin (IVIg)")
    _treatment_form(room).route.set_text("intravenous")
    _press(room.page, "Save")
    _press(room.page, "Change: 1 mg daily, since 6 Jan 2026")
    _dose_form(room).amount.set_text("2")
    _press(room.page, "Save")
    _press(room.page, "Change: Fever")
    _event_form(room).note.set_text("38.1 °C")
    _press(room.page, "Save")
    record = store.record(patient.id)
    assert record.treatments[0].facts.route == "intravenous"
    assert record.treatments[0].doses[0].facts.dose == Decimal(2)
    assert (record.events[0].facts.note, record.events[0].facts.author) == ("38.1 °C", "Dr L")


def test_an_event_is_marked_by_who_acts(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """A relapse says who called it one."""
    _press(room.page, "Add: Relapse")
    assert _event_form(room).date.text == "2026-01-28"
    _press(room.page, "Save")
    event = rooms.store.record(patient.id).events[0]
    assert (event.facts.kind, event.facts.author) == ("relapse", "M. Okafor")


def test_the_dose_button_of_a_line_adds_a_step(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The rhythm of the step before stands ready; the unit is chosen."""
    treatment = rooms.treated(patient)
    rooms.store.treatments.add_dose(
        treatment.id,
        DoseFacts(start=START, stop=START, dose=Decimal(1), unit="mg/kg", frequency="weekly"),
    )
    room.open(TreatmentsPlace(patient.id))
    _press(room.page, "Add a dose step to Intravenous immunoglobulin (IVIg)")
    form = _dose_form(room)
    assert (form.unit.text, form.frequency.text) == ("", "weekly")
    assert form.start_date.text == "2026-01-07"


def test_removing_asks_for_a_reason_and_the_journal_keeps_it(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Treatments, dose steps and events go the same way."""
    treatment = rooms.treated(patient)
    store = rooms.store
    store.treatments.add_dose(
        treatment.id, DoseFacts(start=START, dose=Decimal(1), unit="mg", frequency="daily")
    )
    store.events.add(patient.id, EventFacts(date=START, kind="fever"))
    room.open(TreatmentsPlace(patient.id))
    for name in (
        "Change: 1 mg daily, since 6 Jan 2026",
        "Change: Intravenous immunoglobulin (IVIg)",
        "Change: Fever",
    ):
        _press(room.page, name)
        _press(room.page, "Remove…")
    record = store.record(patient.id)
    assert (record.treatments, record.events) == ((), ())
    assert rooms.ask.asked == ["Remove from the record?"] * 3
    assert any(reason_of(entry) == "typed twice" for entry in store.journal.entries())


def test_what_cannot_be_removed_is_told(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """What went meanwhile cannot go again; without a form there is nothing to remove."""
    treatment = rooms.treated(patient)
    room.page.wished.emit(Wish(FormKind.TREATMENT, treatment=treatment.id))
    rooms.store.treatments.remove(treatment.id, "twice")
    room.page.remove_requested.emit()
    assert _treatment_form(room).problem.text() != ""
    room._close_form()
    room.page.remove_requested.emit()
    assert _treatments(rooms, patient) == ()


def test_leaving_keeps_what_is_typed(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Coming back finds the form as it was, an impossible date included."""
    _press(room.page, "Add: IVIg")
    _treatment_form(room).start_date.set_text("2026-02-31")
    assert room.unsaved() == (
        "Typed and not saved yet: a treatment or an event of "
        "Amira Haddad · born 14 Mar 2023 · ID 40-1187."
    )
    room.leave()
    other = rooms.patient("40-1200", "Jonas")
    room.open(TreatmentsPlace(other.id))
    assert _open_form(room) is None
    room.leave()
    room.open(TreatmentsPlace(patient.id))
    assert _open_form(room) is _treatment_form(room)
    assert _treatment_form(room).start_date.text == "2026-02-31"
    assert _treatment_form(room).agent.text == "ivig"
    assert room.page.message.text == "This was typed before and is not saved yet."


def test_what_was_kept_for_something_gone_is_let_go(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """A form on a treatment that was removed meanwhile does not come back."""
    treatment = rooms.treated(patient)
    room.page.wished.emit(Wish(FormKind.TREATMENT, treatment=treatment.id))
    _treatment_form(room).note.set_text("by pump")
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
@pytest.mark.parametrize("by", ["Cancel", "Save"])
def test_a_form_that_closes_gives_the_focus_to_no_neighbour(
    room: TreatmentsControl, by: str
) -> None:
    """The next key press does nothing that nobody meant."""
    room.page.activateWindow()
    _press(room.page, "Add: IVIg")
    _treatment_form(room).note.setFocus()
    _press(room.page, by)
    settle()
    assert _open_form(room) is None
    assert QApplication.focusWidget() is room.page


@pytest.mark.usefixtures("patient")
def test_removing_offers_usual_reasons_and_names_what_goes(
    rooms: RoomBench, room: TreatmentsControl
) -> None:
    """A treatment with its doses, by its name."""
    _press(room.page, "Add: IVIg")
    _press(room.page, "Save")
    _press(room.page, "Change: Intravenous immunoglobulin (IVIg)")
    _press(room.page, "Remove…")
    assert "Intravenous immunoglobulin (IVIg)" in rooms.ask.told[-1]
    assert "Entered twice" in rooms.ask.offered_reasons


@pytest.mark.usefixtures("patient")
def test_another_form_asks_before_dropping_what_is_typed(
    rooms: RoomBench, room: TreatmentsControl
) -> None:
    """A tap on the wrong button loses nothing."""
    rooms.ask.yes = False
    _press(room.page, "Add: IVIg")
    _treatment_form(room).note.set_text("by pump")
    _press(room.page, "Add: Relapse")
    assert _open_form(room) is _treatment_form(room)
    _press(room.page, "Cancel")
    assert _treatment_form(room).note.text == "by pump"
    rooms.ask.yes = True
    _press(room.page, "Add: Relapse")
    assert _open_form(room) is _event_form(room)
    assert rooms.ask.asked == ["Drop what you typed?"] * 3


def test_another_patient_clears_everything(rooms: RoomBench, room: TreatmentsControl) -> None:
    """No line, form, message or name of the patient before stays."""
    first = rooms.patient()
    rooms.treated(first)
    rooms.store.patients.set_caution(first.id, "Illustrative.")
    room.open(TreatmentsPlace(first.id))
    _press(room.page, "Change: Intravenous immunoglobulin (IVIg)")
    room.page.message.show_problem("something of Amira")
    room.leave()
    room.open(TreatmentsPlace(rooms.patient("40-1200", "Jonas").id))
    shown = texts(room.page)
    assert room.page.banner.name == "Jonas Haddad"
    assert _open_form(room) is None
    assert not any(word in text for text in shown for word in ("Amira", "IVIg)", "Illustrative"))
    assert "No treatment recorded yet. Choose one above to begin." in shown


def test_news_of_the_patient_is_shown_while_a_form_is_open(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The list follows the record, the form keeps what is typed; others' news is left."""
    _press(room.page, "Add: IVIg")
    _treatment_form(room).note.set_text("by pump")
    rooms.store.listen(lambda _changes: None)
    rooms.treated(patient, "rituximab")
    room.refresh(Changes(frozenset({"treatments"}), frozenset({"somebody else"})))
    assert "Rituximab" not in texts(room.page)
    rooms.desk.news.tell(Changes(frozenset({"treatments"}), frozenset({patient.id})))
    assert "Rituximab" in texts(room.page)
    assert _treatment_form(room).note.text == "by pump"


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
    assert not any(button.isEnabled() for button in room.page._wishes)


def test_the_surface_area_has_a_place(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """The hint says where it is typed; the last weight stands beside the weight."""
    treatment = rooms.treated(patient)
    rooms.store.measures.add(
        patient.id, MeasureFacts(date=START, kind="weight_kg", value=Decimal("12.4"))
    )
    room.page.wished.emit(Wish(FormKind.DOSE, treatment=treatment.id))
    shown = texts(_dose_form(room))
    assert "The surface area it was worked out with can stand here." in shown
    assert "Last weight: 12.4 kg on 6 Jan 2026" in shown


def test_a_route_that_no_list_has_stays(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Routes came as free text; changing something else does not lose one."""
    added = rooms.store.treatments.add(
        patient.id, TreatmentFacts(agent="ivig", start=START, route="through a port")
    )
    room.page.wished.emit(Wish(FormKind.TREATMENT, treatment=added.id))
    _treatment_form(room).note.set_text("home")
    _press(room.page, "Save")
    assert _treatments(rooms, patient)[0].facts.route == "through a port"


def test_everything_that_takes_the_focus_has_a_name(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """List and forms speak to a screen reader."""
    treatment = rooms.treated(patient)
    room.open(TreatmentsPlace(patient.id))
    for wish in (
        Wish(FormKind.TREATMENT),
        Wish(FormKind.DOSE, treatment=treatment.id),
        Wish(FormKind.EVENT),
    ):
        room.page.wished.emit(wish)
        settle()
        assert nameless(room.page) == []


def test_a_dropped_screen_is_freed(rooms: RoomBench) -> None:
    """Nothing that is connected keeps the page alive."""
    control = TreatmentsControl(rooms.desk)
    control.open(TreatmentsPlace(rooms.patient().id))
    gone = weakref.ref(control.page)
    control.page.deleteLater()
    del control
    settle()
    assert gone() is None


def test_a_list_field_says_what_is_wrong(room: TreatmentsControl) -> None:
    """The sentence stands below and is read out with the field; taking it back hides it."""
    field: ListField = _treatment_form(room).agent
    field.show_problem("Please choose.")
    assert field.combo.edit.accessibleDescription() == "Please choose."
    field.show_problem("")
    assert field.combo.below.isHidden()


def test_a_day_field_takes_what_is_no_date(room: TreatmentsControl) -> None:
    """What was typed comes back unchanged; a date is said in words below."""
    field: DateField = _treatment_form(room).start_date
    field.set_text("2026-99")
    assert field.text == "2026-99"
    field.set_text("2026-01")
    assert "Jan 2026" in field.field.below.text()


def test_the_events_are_one_tap_away(
    rooms: RoomBench, room: TreatmentsControl, qtbot: QtBot
) -> None:
    """They stand below all treatments; the next patient begins at the top again."""
    patient = rooms.patient()
    for _ in range(40):
        rooms.store.treatments.add(patient.id, TreatmentFacts(agent="trazodone"))
    room.open(TreatmentsPlace(patient.id))
    settle()
    (area,) = (
        one for one in room.page.findChildren(QScrollArea) if one.isAncestorOf(room.page.to_events)
    )
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    room.page.to_events.click()
    assert bar.value() > 0
    room.open(TreatmentsPlace(patient.id))
    assert bar.value() == 0


def test_a_taper_is_dated_by_taps_and_words(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Today by a tap, the end in words; a weight is asked for its day, no weight is not."""
    treatment = rooms.treated(patient)
    room._open_form(Wish(FormKind.DOSE, treatment=treatment.id))
    form = _dose_form(room)
    form.amount.set_text("1")
    form.unit.set_text("mg")
    form.start_date.today.click()
    form.stop_date.field.edit.setText("14 march 2026")
    form.weighed_on.set_text("")
    form.weighed_on.field.edit.editingFinished.emit()
    assert form.weighed_on.field.below.isHidden()
    _press(form, "Save")
    (step,) = _treatments(rooms, patient)[0].doses
    assert (step.facts.start, step.facts.stop) == (
        PartialDate(2026, 1, 28),
        PartialDate(2026, 3, 14),
    )


def test_what_a_table_brought_can_be_saved_again(
    rooms: RoomBench, room: TreatmentsControl, patient: Patient
) -> None:
    """Short dates, and a plan two years ahead, pass through the form as they are."""
    facts = TreatmentFacts(agent="ivig", start=PartialDate(2025, 1), stop=PartialDate(2028))
    known = rooms.store.treatments.add(patient.id, facts)
    room._open_form(Wish(FormKind.TREATMENT, treatment=known.id))
    form = _treatment_form(room)
    assert (form.start_date.field.text, form.stop_date.field.text) == ("Jan 2025", "2028")
    _press(form, "Save")
    after = rooms.store.treatments.get(known.id).facts
    assert (after.start, after.stop) == (facts.start, facts.stop)
