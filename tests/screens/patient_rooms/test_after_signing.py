"""After a signature: the family's page, the next visit and the next patient are one tap away."""

from datetime import date

import pytest

from app.dates import PartialDate
from app.language import words
from app.records.model import Patient
from app.screens.chart.after_signing import after_signing_view
from app.screens.chart.control import ChartControl
from app.screens.places import ChartPlace, PatientsPlace, Place, ReportsPlace
from tests.builders import replace
from tests.courses import whole_record
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle

TODAY = date(2026, 1, 28)


def _here(rooms: RoomBench) -> Place:
    return rooms.navigation.place


@pytest.fixture
def chart(rooms: RoomBench) -> ChartControl:
    """Return the chart room, shown."""
    control = ChartControl(rooms.desk)
    rooms.show(control)
    return control


@pytest.fixture
def patient(rooms: RoomBench, chart: ChartControl) -> Patient:
    """Return a patient whose visit was signed just now, the chart shown."""
    who = rooms.course()
    rooms.navigation.go(ChartPlace(who.id))
    chart.open(ChartPlace(who.id))
    rooms.news.tell_signed(who.id)
    settle()
    return who


def test_the_offers_stand_above_the_chart_until_it_is_left(
    chart: ChartControl, patient: Patient
) -> None:
    """Opened again, the chart is a chart."""
    offers = chart.page.after_signing
    assert offers.isVisibleTo(chart.page)
    assert offers.plan.text() == "Next visit…"
    assert nameless(offers) == []
    chart.open(ChartPlace(patient.id))
    assert not offers.isVisibleTo(chart.page)


def test_another_patients_signature_offers_nothing(
    rooms: RoomBench, chart: ChartControl, patient: Patient
) -> None:
    """The offers are about whom the banner names."""
    other = rooms.course("40-1200", "Jonas")
    chart.open(ChartPlace(other.id))
    rooms.news.tell_signed(patient.id)
    assert not chart.page.after_signing.isVisibleTo(chart.page)


@pytest.mark.usefixtures("patient")
def test_the_next_patient_is_one_tap_away(rooms: RoomBench, chart: ChartControl) -> None:
    """The list, with its search."""
    chart.page.after_signing.next.click()
    assert _here(rooms) == PatientsPlace()


def test_the_familys_page_is_one_tap_away(
    rooms: RoomBench, chart: ChartControl, patient: Patient
) -> None:
    """The reports room opens on it."""
    chart.page.after_signing.family.click()
    assert _here(rooms) == ReportsPlace(patient.id, "family")


def test_the_next_visit_is_set_from_a_usual_day(
    rooms: RoomBench, chart: ChartControl, patient: Patient
) -> None:
    """One tap, stored at once and told; the day can be typed instead."""
    offers = chart.page.after_signing
    assert not offers.day.isVisibleTo(offers)
    offers.plan.click()
    offers.ahead.buttons[2].click()
    assert rooms.store.patients.get(patient.id).facts.next_visit == PartialDate(2026, 2, 25)
    assert offers.plan.text() == "Next visit: 25 Feb 2026…"
    assert not offers.day.isVisibleTo(offers)
    offers.plan.click()
    assert offers.day.text == "2026-02-25"
    offers.day.field.edit.setText("2026-03")
    offers.save.click()
    assert rooms.store.patients.get(patient.id).facts.next_visit == PartialDate(2026, 3)


def test_a_day_that_is_typed_is_stored_on_the_way_out(
    rooms: RoomBench, chart: ChartControl, patient: Patient
) -> None:
    """What cannot be stored is told above the page that comes next."""
    said: list[str] = []
    rooms.news.warned_ahead.connect(said.append)
    chart.page.after_signing.plan.click()
    chart.page.after_signing.day.field.edit.setText("2026-02-25")
    chart.leave()
    assert rooms.store.patients.get(patient.id).facts.next_visit == PartialDate(2026, 2, 25)
    rooms.news.tell_signed(patient.id)
    chart.page.after_signing.day.field.edit.setText("2029")
    who = "Amira Haddad · born 14 Mar 2023 · ID 40-1187"
    assert chart.unsaved().startswith(f"The next visit of {who} was not saved.")
    chart.leave()
    assert chart.unsaved() == ""
    told = f"The next visit of {who} was not saved. 2029 is more than two years ahead."
    assert said == [told]


@pytest.mark.parametrize(
    ("typed", "part"),
    [("2028-01-29", "more than two years ahead"), ("soon", "not a date"), ("", "write a date")],
)
def test_a_day_that_cannot_be_is_told_beside_it(
    rooms: RoomBench, chart: ChartControl, patient: Patient, typed: str, part: str
) -> None:
    """Nothing is stored, and what was typed stays."""
    offers = chart.page.after_signing
    offers.plan.click()
    offers.day.field.edit.setText(typed)
    offers.day.field.edit.returnPressed.emit()
    assert part in offers.day.field.below.text()
    assert offers.day.text == typed
    assert rooms.store.patients.get(patient.id).facts.next_visit is None


def test_who_is_not_in_care_any_more_is_not_expected() -> None:
    """No day is asked for; weeks ahead are counted from today."""
    made = whole_record()
    view = after_signing_view(made, words(), TODAY)
    assert view.can_plan
    assert [(one.id, one.title) for one in view.ahead] == [
        ("2026-02-04", "1 week"),
        ("2026-02-11", "2 weeks"),
        ("2026-02-25", "4 weeks"),
        ("2026-04-29", "13 weeks"),
    ]
    died = replace(made, patient=replace(made.patient, status="died"))
    assert not after_signing_view(died, words(), TODAY).can_plan
