"""Two visits side by side on a real store."""

import pytest

from app.dates import PartialDate
from app.records.model import Patient, Visit
from app.reports.making import PageKind
from app.screens.comparison.control import ComparisonControl
from app.screens.places import ComparisonPlace, PatientsPlace, ReportsPlace
from tests.screens.patient_rooms.bench import RoomBench, nameless, texts


@pytest.fixture
def patient(rooms: RoomBench) -> Patient:
    """Return a patient with three signed visits, at 3, 2 and 0."""
    who = rooms.patient()
    for day, level in ((5, 3), (12, 2), (20, 0)):
        rooms.signed(who, PartialDate(2026, 1, day), level)
    return who


@pytest.fixture
def visits(rooms: RoomBench, patient: Patient) -> tuple[Visit, ...]:
    """Return the visits, oldest first."""
    return rooms.store.record(patient.id).visits


@pytest.fixture
def room(rooms: RoomBench, visits: tuple[Visit, ...]) -> ComparisonControl:
    """Return the page, open on the last visit."""
    control = ComparisonControl(rooms.desk)
    rooms.show(control)
    control.open(ComparisonPlace(visits[2].id))
    return control


def test_it_opens_beside_the_visit_before(
    room: ComparisonControl, visits: tuple[Visit, ...]
) -> None:
    """Without another press; each item stands with both answers and what lies between."""
    assert room.page.other.value == visits[1].id
    told = texts(room.page)
    for text in (
        "Amira Haddad", "Visit of 20 January 2026, item by item", "12 Jan 2026, 09:00 · M. Okafor",
        "20 Jan 2026, 09:00 · M. Okafor", "2, frequent bursts", "0, none", "▼ 2 lower",
        "▼ 10 lower",
    ):  # fmt: skip
        assert text in told
    assert nameless(room.page) == []


def test_another_visit_is_chosen(room: ComparisonControl, visits: tuple[Visit, ...]) -> None:
    """What is typed and is no visit changes nothing."""
    room.page.other.chosen.emit(visits[0].id)
    assert "▼ 3 lower" in texts(room.page)
    assert room.page.other.value == visits[0].id
    room.page.other.chosen.emit("")
    assert "▼ 3 lower" in texts(room.page)


def test_opened_anew_it_begins_with_the_visit_before(
    room: ComparisonControl, visits: tuple[Visit, ...]
) -> None:
    """What was chosen for one visit is not kept for another."""
    room.page.other.chosen.emit(visits[0].id)
    room.leave()
    assert not any("Amira" in one or "2026" in one for one in texts(room.page))
    room.open(ComparisonPlace(visits[2].id))
    assert room.page.other.value == visits[1].id


def test_a_visit_marked_meanwhile_is_compared_no_more(
    rooms: RoomBench, room: ComparisonControl, visits: tuple[Visit, ...]
) -> None:
    """First the other one, then the one that is shown."""
    rooms.store.patients.mark_error(rooms.patient("2", "Olga").id, "x")
    assert room.page.other.value == visits[1].id
    rooms.store.visits.mark_error(visits[1].id, "twice")
    assert room.page.other.value == visits[0].id
    rooms.store.visits.mark_error(visits[2].id, "twice")
    told = texts(room.page)
    assert "This visit is entered in error and is compared with nothing." in told
    assert not any("lower" in text for text in told)
    assert not room.page.other.isVisible()


def test_it_leads_to_the_family_page_and_back(
    rooms: RoomBench, room: ComparisonControl, patient: Patient
) -> None:
    """By the key for printing, and by the arrow."""
    room.print_page()
    assert rooms.went == [ReportsPlace(patient.id, PageKind.FAMILY)]
    room.go_back()
    assert rooms.went[-1] == PatientsPlace()
