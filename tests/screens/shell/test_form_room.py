"""The form of a patient: added, corrected, marked, and nothing typed lost."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.clock import shown_on
from app.dates import PartialDate
from app.records.model import PatientFacts, Role, TreatmentFacts
from app.screens.patient_form.control import PatientFormControl
from app.screens.places import ChartPlace, PatientFormPlace, PatientsPlace, Place
from tests.builders import replace
from tests.roles import let_do_everything
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
    assert "in the future" in form.page.birth_date.field.below.text()
    assert QApplication.focusWidget() is form.page.patient_id.edit
    assert rooms.store.patients.all() == ()
    assert form.page.given_name.text == "Zoë"


def test_another_day_loosens_no_check_of_a_form(rooms: RoomBench) -> None:
    """Today, and what is in the future, are the machine's to say, whatever day is shown."""
    shown = shown_on(date(2040, 1, 1), rooms.clock)
    form = PatientFormControl(replace(rooms.desk, clock=shown))
    rooms.show(form)
    form.open(PatientFormPlace(None))
    QTest.keyClicks(form.page.patient_id.edit, "1")
    QTest.keyClicks(form.page.birth_date.field.edit, "2039")
    form.page.save.click()
    assert "in the future" in form.page.birth_date.field.below.text()
    form.page.birth_date.today.click()
    assert form.page.birth_date.text == "2026-01-28"
    form.page.deleteLater()


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
    """Beside the field stands who has it, what was typed stays."""
    rooms.patient("40-1187")
    _type_all(form)
    form.page.save.click()
    below = form.page.patient_id.below.text()
    assert "This is the identifier of Amira Haddad · born 14 Mar 2023 · ID 40-1187." in below
    assert form.page.given_name.text == "Zoë <b>"
    assert rooms.went == []
    form.page.patient_id.set_text("\uff14\uff10-1187")
    form.page.save.click()
    assert "they differ only in capitals" in form.page.patient_id.below.text()
    assert rooms.went == []


def test_a_namesake_is_asked_about_before_it_is_saved(
    form: PatientFormControl, rooms: RoomBench
) -> None:
    """Both are shown; without a yes nothing is saved, and nothing typed is lost."""
    rooms.patient("P1")
    page = form.page
    for text, field in (
        ("P2", page.patient_id.edit),
        ("Amirah", page.given_name.edit),
        ("Haddad", page.family_name.edit),
        ("2023-03-14", page.birth_date.field.edit),
    ):
        field.insert(text)
    rooms.ask.yes = False
    page.save.click()
    assert rooms.ask.asked == ["Is this another patient?"]
    assert rooms.ask.told[0].splitlines()[1:5:3] == [
        "Amira Haddad · born 14 Mar 2023 · ID P1",
        "Amirah Haddad · born 14 Mar 2023 · ID P2",
    ]
    assert (rooms.store.patients.find("P2"), page.given_name.text) == (None, "Amirah")
    rooms.ask.yes = True
    page.save.click()
    assert rooms.store.patients.find("P2") is not None


def test_a_known_namesake_is_asked_about_only_when_the_name_changes(
    form: PatientFormControl, rooms: RoomBench
) -> None:
    """Twins are asked about once; the banner of both keeps the mark."""
    twin = rooms.patient("P1")
    rooms.patient("P2")
    form.open(PatientFormPlace(twin.id))
    assert "similar name in these records" in form.page.banner.mark
    form.page.diagnosis.set_value("paca")
    form.page.save.click()
    assert rooms.ask.asked == []
    form.open(PatientFormPlace(twin.id))
    form.page.given_name.edit.setText("Amirah")
    form.page.save.click()
    assert rooms.ask.asked == ["Is this another patient?"]


def test_a_diagnosis_typed_in_part_takes_the_one_that_fits(
    form: PatientFormControl, rooms: RoomBench
) -> None:
    """Where several fit, or none, what was typed stays and the form asks to choose."""
    page = form.page
    page.patient_id.edit.insert("P1")
    for typed, problem in (("cerebell", "not one entry"), ("flu", "not one entry")):
        page.diagnosis.edit.setText(typed)
        page.diagnosis.edit.editingFinished.emit()
        page.save.click()
        assert page.diagnosis.edit.text() == typed
        assert f"“{typed}” is {problem} of the list" in page.diagnosis.below.text()
        assert rooms.went == []
    form.leave()
    form.open(PatientFormPlace(None))
    assert page.diagnosis.edit.text() == "flu"
    page.diagnosis.edit.setText("gluten")
    page.diagnosis.edit.editingFinished.emit()
    assert page.diagnosis.below.isHidden()
    page.save.click()
    assert rooms.store.patients.by_patient_id("P1").facts.diagnosis == "gluten_ataxia"


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


def test_leaving_can_save_first(form: PatientFormControl, rooms: RoomBench) -> None:
    """The question names whose form it is, and its Save is the form's own."""
    _type_all(form)
    rooms.ask.saves = True
    form.page.cancel.click()
    assert rooms.ask.told == ["Typed and not saved yet: the form of Zoë <b> · O'Neil · 40-1187."]
    patient = rooms.store.patients.by_patient_id("40-1187")
    assert rooms.went == [ChartPlace(patient.id)]


def test_what_was_left_for_another_form_is_not_lost_by_closing(
    form: PatientFormControl, rooms: RoomBench
) -> None:
    """An empty form in front hides nothing: whose text waits is said, and it can be saved."""
    patient = rooms.patient()
    form.open(PatientFormPlace(patient.id))
    form.page.family_name.edit.insert("-Öz")
    form.leave()
    form.open(PatientFormPlace(None))
    assert form.unsaved() == (
        "Typed and not saved yet: the form of Amira Haddad · born 14 Mar 2023 · ID 40-1187."
    )

    def follow(place: Place) -> None:
        if isinstance(place, PatientFormPlace):
            form.open(place)

    rooms.navigation.went.connect(follow)
    form.save()
    assert rooms.store.patients.get(patient.id).facts.family_name == "Haddad-Öz"
    assert form.unsaved() == ""


def test_leaving_names_only_what_goes_with_it(form: PatientFormControl, rooms: RoomBench) -> None:
    """What waits for another patient stays, so the question does not name it."""
    patient = rooms.patient()
    form.open(PatientFormPlace(patient.id))
    form.page.family_name.edit.insert("-Öz")
    form.leave()
    form.open(PatientFormPlace(None))
    form.page.given_name.edit.insert("Ada")
    rooms.ask.yes = False
    form.page.cancel.click()
    assert rooms.ask.told == ["Typed and not saved yet: the form of Ada."]


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
    assert rooms.ask.losses == ["Mark this patient as entered in error?"]
    assert "Amira Haddad · born 14 Mar 2023 · ID 40-1187" in rooms.ask.told[0]
    assert "typed twice" in form.page.error.text
    assert form.page.given_name.text == "Amira!"
    assert not form.page.mark.isVisible()
    form.page.error.action_requested.emit("take the mark back")
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


@pytest.mark.parametrize("typed", ["14.3.2023", "14 Mar 2023", "14 march 2023", "2023-03-14"])
def test_a_birth_date_is_stored_as_it_was_understood(
    form: PatientFormControl, rooms: RoomBench, typed: str
) -> None:
    """However it is written, one day comes of it, and the form says which."""
    form.page.patient_id.edit.insert("1")
    QTest.keyClicks(form.page.birth_date.field.edit, typed)
    form.page.save.click()
    patient = rooms.store.patients.by_patient_id("1")
    assert patient.facts.birth_date == PartialDate(2023, 3, 14)


def test_a_birth_date_of_two_meanings_is_asked_before_it_is_stored(
    form: PatientFormControl, rooms: RoomBench
) -> None:
    """Saving waits for the tap that says which day is meant."""
    form.page.patient_id.edit.insert("1")
    QTest.keyClicks(form.page.birth_date.field.edit, "3/4/2023")
    form.page.save.click()
    assert "can be 3 Apr 2023 or 4 Mar 2023" in form.page.birth_date.field.below.text()
    assert rooms.store.patients.all() == ()
    form.page.birth_date.choices[0].click()
    form.page.save.click()
    birth = rooms.store.patients.by_patient_id("1").facts.birth_date
    assert birth == PartialDate(2023, 4, 3)


def test_passing_through_a_date_changes_nothing(
    form: PatientFormControl, rooms: RoomBench
) -> None:
    """A short date that a table brought stands in words, is not unsaved, and saves again."""
    facts = PatientFacts("1", birth_date=PartialDate(2023, 3), onset_date=PartialDate(2023))
    patient = rooms.store.patients.add(facts)
    form.open(PatientFormPlace(patient.id))
    dates = (form.page.birth_date, form.page.onset_date)
    assert [one.field.text for one in dates] == ["Mar 2023", "2023"]
    for one in dates:
        one.field.edit.editingFinished.emit()
    assert form.unsaved() == ""
    form.page.save.click()
    assert rooms.store.patients.get(patient.id).facts == facts


def test_a_corrected_birth_date_is_held_against_what_is_recorded(
    form: PatientFormControl, rooms: RoomBench
) -> None:
    """A treatment would begin before the birth: the record refuses, in a sentence."""
    patient = rooms.store.patients.add(PatientFacts("1", birth_date=PartialDate(2020)))
    started = TreatmentFacts(agent="ivig", start=PartialDate(2021, 5, 1))
    rooms.store.treatments.add(patient.id, started)
    form.open(PatientFormPlace(patient.id))
    form.page.birth_date.set_text("2022-01-01")
    form.page.save.click()
    assert form.page.message.text == (
        "The birth date, 1 Jan 2022, is after something recorded on 1 May 2021."
    )
    assert rooms.store.patients.get(patient.id).facts.birth_date == PartialDate(2020)


def test_a_status_and_the_next_visit_are_stored(
    form: PatientFormControl, rooms: RoomBench
) -> None:
    """And shown again when the form is opened for that patient."""
    _type_all(form)
    form.page.status.set_value("discharged")
    form.page.status_date.field.edit.insert("2026-01")
    form.page.next_visit.field.edit.insert("2026-02-25")
    form.page.save.click()
    patient = rooms.store.patients.by_patient_id("40-1187")
    facts = patient.facts
    assert (facts.status, facts.status_date) == ("discharged", PartialDate(2026, 1))
    assert facts.next_visit == PartialDate(2026, 2, 25)
    form.open(PatientFormPlace(patient.id))
    assert form.page.status.value == "discharged"
    assert form.page.next_visit.text == "2026-02-25"
    assert "discharged Jan 2026" in form.page.banner.facts


def test_weeks_of_pregnancy_are_stored_and_correct_the_age(
    form: PatientFormControl, rooms: RoomBench
) -> None:
    """A wrong number is told beside its field; the banner has both ages."""
    form.page.patient_id.edit.insert("41-1")
    form.page.birth_date.field.edit.insert("2025-03-14")
    form.page.gestation_weeks.edit.insert("3O")
    form.page.save.click()
    assert "not a plain number" in form.page.gestation_weeks.below.text()
    form.page.gestation_weeks.edit.setText("30")
    form.page.save.click()
    patient = rooms.store.patients.by_patient_id("41-1")
    assert patient.facts.gestation_weeks == 30
    form.open(PatientFormPlace(patient.id))
    assert form.page.gestation_weeks.text == "30"
    assert "0 y 10 m (corrected 0 y 8 m)" in form.page.banner.facts


def test_what_was_parked_for_another_patient_is_named_before_it_goes(
    form: PatientFormControl, rooms: RoomBench
) -> None:
    """Closing beside an empty form says whose words wait in theirs."""
    patient = rooms.patient("40-2000", "Jonas")
    form.open(PatientFormPlace(patient.id))
    QTest.keyClicks(form.page.given_name.edit, "sson")
    form.leave()
    form.open(PatientFormPlace(None))
    told = "Typed and not saved yet: the form of Jonas Haddad · born 14 Mar 2023 · ID 40-2000."
    assert form.unsaved() == told
    form.page.family_name.edit.insert("Berg")
    assert form.unsaved().splitlines() == [
        "Typed and not saved yet: the form of Berg.",
        told,
    ]
    form.leave()
    form.open(PatientFormPlace(patient.id))
    assert form.page.given_name.text == "Jonassson"
    form.page.save.click()
    assert form.unsaved() == "Typed and not saved yet: the form of Berg."


def test_closing_the_new_form_leaves_what_waits_for_another(
    form: PatientFormControl, rooms: RoomBench
) -> None:
    """It still waits, and is still asked about."""
    patient = rooms.patient("40-2000", "Jonas")
    form.open(PatientFormPlace(patient.id))
    QTest.keyClicks(form.page.given_name.edit, "sson")
    form.leave()
    form.open(PatientFormPlace(None))
    form.page.family_name.edit.insert("Berg")
    form.page.cancel.click()
    assert rooms.ask.asked == ["Leave without saving?"]
    assert "Jonas Haddad" in form.unsaved()
    assert "Berg" not in form.unsaved()


def _open_as(rooms: RoomBench, role: Role, form: PatientFormControl, patient: str) -> None:
    rooms.store.act_as(next(one.id for one in rooms.store.users.all() if one.role is role))
    form.open(PatientFormPlace(patient))
    settle()


def test_a_physician_confirms_what_a_nurse_wrote(
    rooms: RoomBench, form: PatientFormControl
) -> None:
    """The form says who did, and from then on a nurse changes everything but that."""
    rooms.store.users.add("Dr Rossi", Role.PHYSICIAN)
    patient = rooms.patient()
    condition = form.page.condition
    _open_as(rooms, Role.NURSE, form, patient.id)
    assert not condition.standing.isVisibleTo(form.page)
    assert not condition.course.isEnabledTo(form.page)
    condition.diagnosis.set_value("paca")
    form.page.save.click()
    _open_as(rooms, Role.PHYSICIAN, form, patient.id)
    assert condition.standing.value == "referred"
    condition.standing.set_value("yes")
    condition.course.set_value("monophasic")
    form.page.save.click()
    facts = rooms.store.patients.get(patient.id).facts
    assert (facts.diagnosis, facts.diagnosis_confirmed, facts.course) == (
        "paca", "yes", "monophasic",
    )  # fmt: skip
    _open_as(rooms, Role.NURSE, form, patient.id)
    assert "Confirmed by Dr Rossi, 28 Jan 2026." in condition.told.text()
    assert not condition.diagnosis.isEnabledTo(form.page)
    form.page.given_name.set_text("Mia")
    form.page.save.click()
    assert rooms.store.patients.get(patient.id).facts == replace(facts, given_name="Mia")


def test_another_diagnosis_is_confirmed_anew(rooms: RoomBench, form: PatientFormControl) -> None:
    """Choosing one takes the confirmation away, and none without a diagnosis is left behind."""
    let_do_everything(rooms.store)
    facts = PatientFacts("7", diagnosis="paca", diagnosis_confirmed="yes")
    patient = rooms.store.patients.add(facts)
    form.open(PatientFormPlace(patient.id))
    assert form.page.condition.standing.value == "yes"
    form.page.diagnosis.chosen.emit("oms_idiopathic")
    assert form.page.condition.standing.value == "referred"
    form.page.diagnosis.set_value("")
    form.page.condition.standing.set_value("yes")
    form.page.save.click()
    assert rooms.store.patients.get(patient.id).facts == PatientFacts("7")


def test_a_keeper_reads_and_changes_nothing(rooms: RoomBench, form: PatientFormControl) -> None:
    """Neither by a button nor by the keys."""
    rooms.store.users.add("Kim", Role.KEEPER)
    patient = rooms.patient()
    _open_as(rooms, Role.KEEPER, form, patient.id)
    assert not form.page.given_name.isEnabledTo(form.page)
    form.page.given_name.set_text("Mia")
    form.page._on_save_requested()
    assert rooms.store.patients.get(patient.id).facts.given_name == "Amira"
