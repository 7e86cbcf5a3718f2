"""Who is due on a day: found from the list, named whole, and one tap from the chart."""

from datetime import date

import pytest

from app.dates import PartialDate
from app.records.model import Patient, PatientFacts
from app.screens.due.control import AT_ONCE, DueControl
from app.screens.patients.control import PatientsControl
from app.screens.places import ChartPlace, DuePlace, PatientsPlace, Place
from tests.builders import replace
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle, texts

TODAY = date(2026, 1, 28)


def _here(rooms: RoomBench) -> Place:
    return rooms.navigation.place


@pytest.fixture
def room(rooms: RoomBench) -> DueControl:
    """Return the room, shown on today."""
    control = DueControl(rooms.desk)
    rooms.show(control)

    def follow(place: Place) -> None:
        if isinstance(place, DuePlace):
            control.open(place)

    rooms.navigation.went.connect(follow)
    rooms.navigation.go(DuePlace())
    settle()
    return control


def _expected(rooms: RoomBench, patient_id: str, day: PartialDate) -> Patient:
    facts = PatientFacts(patient_id, "Amira", f"Haddad {patient_id}", PartialDate(2023, 3, 14))
    return rooms.store.patients.add(replace(facts, next_visit=day))


def test_the_day_names_who_is_due_and_who_is_overdue(rooms: RoomBench, room: DueControl) -> None:
    """Name, birth date, identifier, the day expected and the last visit: no banner stands here."""
    _expected(rooms, "40-1", PartialDate(2026, 1, 28))
    late = _expected(rooms, "40-2", PartialDate(2026, 1, 20))
    rooms.signed(late, PartialDate(2026, 1, 5), 1)
    told = texts(room.page)
    assert "Due on 28 January 2026" in told
    assert "Overdue on 28 January 2026: 1 patient" in told
    for text in ("Haddad 40-1", "born 14 Mar 2023 · ID 40-2", "expected 20 Jan 2026",
                 "last visit 5 Jan 2026", "no visit yet"):  # fmt: skip
        assert any(text in one for one in told)


def test_nobody_is_said_in_words(rooms: RoomBench, room: DueControl) -> None:
    """An empty day is no fault."""
    told = texts(room.page)
    assert "Nobody is expected on this day." in told
    assert "Nobody is overdue on this day." in told
    assert rooms.store.patients.all() == ()


def test_one_steps_from_day_to_day_and_back_to_today(rooms: RoomBench, room: DueControl) -> None:
    """The day stands in the place: the chart's way back finds it again."""
    due = _expected(rooms, "40-1", PartialDate(2026, 1, 29))
    room.page.after.click()
    assert _here(rooms) == DuePlace(date(2026, 1, 29))
    settle()
    room.page.due.findChildren(type(room.page.more))[0].click()
    assert _here(rooms) == ChartPlace(due.id)
    rooms.navigation.back()
    assert _here(rooms) == DuePlace(date(2026, 1, 29))
    room.page.day.today.click()
    assert _here(rooms) == DuePlace(TODAY)
    rooms.navigation.back()
    assert _here(rooms) == PatientsPlace()


def test_a_day_is_typed(rooms: RoomBench, room: DueControl) -> None:
    """As soon as it is a whole day; what is being typed is not written over."""
    edit = room.page.day.field.edit
    room.page.activateWindow()
    edit.setFocus()
    edit.clear()
    for letters in ("2026", "-02", "-25"):
        edit.insert(letters)
        edit.textEdited.emit(edit.text())
    assert _here(rooms) == DuePlace(date(2026, 2, 25))
    assert edit.text() == "2026-02-25"
    assert "Due on 25 February 2026" in texts(room.page)


def test_a_visit_that_is_signed_takes_the_patient_off(rooms: RoomBench, room: DueControl) -> None:
    """The room follows the record."""
    due = _expected(rooms, "40-1", PartialDate(2026, 1, 28))
    assert any("Haddad 40-1" in one for one in texts(room.page))
    rooms.signed(due, PartialDate(2026, 1, 28), 0)
    assert not any("Haddad 40-1" in one for one in texts(room.page))


def test_many_are_shown_in_parts(rooms: RoomBench, room: DueControl) -> None:
    """The heading counts all of them."""
    with rooms.store.atomic():
        for number in range(AT_ONCE + 3):
            _expected(rooms, f"40-{number}", PartialDate(2026, 1, 20))
    settle()
    assert "Overdue on 28 January 2026: 53 patients" in texts(room.page)
    assert room.page.more.text() == "Show 3 more"
    room.page.more.click()
    assert not room.page.more.isVisibleTo(room.page)


def test_everything_says_its_name(rooms: RoomBench, room: DueControl) -> None:
    """To a screen reader as well."""
    _expected(rooms, "40-1", PartialDate(2026, 1, 28))
    settle()
    assert nameless(room.page) == []


def test_the_list_counts_who_is_due_and_leads_there(rooms: RoomBench) -> None:
    """Today's and the overdue, active ones only."""
    _expected(rooms, "40-1", PartialDate(2026, 1, 28))
    _expected(rooms, "40-2", PartialDate(2026, 1))
    _expected(rooms, "40-3", PartialDate(2025, 12, 3))
    died = _expected(rooms, "40-4", PartialDate(2025, 12, 3))
    rooms.store.patients.change(died.id, replace(died.facts, status="died"))
    control = PatientsControl(rooms.desk)
    rooms.show(control)
    control.open(PatientsPlace())
    assert control.page.head.due.text() == "Visits due (3)"
    control.page.head.due.click()
    assert _here(rooms) == DuePlace()
