"""A report between visits: words and a day, kept while typed, and never a score."""

from datetime import date

import pytest

from app.clock import shown_on
from app.date_reader import DateReader
from app.dates import PartialDate
from app.language import words
from app.screens.chart.control import ChartControl
from app.screens.family_report.control import FamilyReportControl
from app.screens.family_report.view import Typed, problems_of
from app.screens.places import ChartPlace, FamilyReportPlace, PatientsPlace, Place
from app.screens.treatments.view import EVENT_PRESETS, treatments_view
from app.trends.since import trend_of
from tests.builders import replace
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle

TODAY = date(2026, 1, 28)


def _today() -> date:
    return TODAY


def _here(rooms: RoomBench) -> Place:
    return rooms.navigation.place


@pytest.fixture
def room(rooms: RoomBench) -> FamilyReportControl:
    """Return the room, shown."""
    control = FamilyReportControl(rooms.desk)
    rooms.show(control)
    control.page.activateWindow()
    return control


def test_one_button_leads_from_the_chart(rooms: RoomBench) -> None:
    """And one on the page of treatments and events."""
    patient = rooms.course()
    chart = ChartControl(rooms.desk)
    rooms.show(chart)
    chart.open(ChartPlace(patient.id))
    chart.page.side.report.click()
    assert _here(rooms) == FamilyReportPlace(patient.id)
    assert "report" in EVENT_PRESETS


def test_a_report_is_an_event_of_today_by_whom_it_was_taken_down(
    rooms: RoomBench, room: FamilyReportControl
) -> None:
    """Then the way leads back to where it was asked for."""
    patient = rooms.patient()
    rooms.navigation.go(ChartPlace(patient.id))
    rooms.navigation.go(FamilyReportPlace(patient.id))
    room.open(rooms.navigation.place)
    assert room.page.banner.name == "Amira Haddad"
    room.page.note.edit.insertPlainText("Worse since Sunday.\nSleeps badly.")
    room.page.save.click()
    (event,) = rooms.store.record(patient.id).events
    assert event.facts.kind == "report"
    assert event.facts.date == PartialDate(2026, 1, 28)
    assert (event.facts.author, event.facts.note) == (
        "M. Okafor",
        "Worse since Sunday.\nSleeps badly.",
    )
    assert _here(rooms) == ChartPlace(patient.id)
    assert room.unsaved() == ""


def test_a_report_is_told_in_the_list_and_is_no_mark_of_a_score(
    rooms: RoomBench, room: FamilyReportControl
) -> None:
    """No series has a point for it."""
    patient = rooms.course()
    room.open(FamilyReportPlace(patient.id))
    room.page.note.edit.insertPlainText("Falls again.")
    before = trend_of(rooms.store.record(patient.id), rooms.catalogue, TODAY).series
    room.page.save.click()
    record = rooms.store.record(patient.id)
    assert trend_of(record, rooms.catalogue, TODAY).series == before
    (line,) = treatments_view(record, words(), TODAY).events
    assert line.title == "Report between visits"
    assert line.facts == "28 Jan 2026 · marked by M. Okafor · Falls again."


def test_a_report_is_told_today_whatever_day_is_shown(rooms: RoomBench) -> None:
    """Looking at the records as of another day dates nothing that is written."""
    earlier = shown_on(date(2025, 6, 1), rooms.clock)
    control = FamilyReportControl(replace(rooms.desk, clock=earlier))
    control.open(FamilyReportPlace(rooms.patient().id))
    assert control.page.typed().day == "2026-01-28"


def test_without_words_nothing_is_stored(rooms: RoomBench, room: FamilyReportControl) -> None:
    """The sentence stands at the note, which has the focus."""
    patient = rooms.patient()
    room.open(FamilyReportPlace(patient.id))
    room.page.note.edit.insertPlainText("  ")
    room.page.save.click()
    assert room.page.problem.text() == "Please write what the family told."
    assert room.page.note.edit.hasFocus()
    assert rooms.store.record(patient.id).events == ()


@pytest.mark.parametrize(
    ("day", "part"),
    [("2026-01-29", "in the future"), ("2022", "before the birth date"), ("", "write a date")],
)
def test_the_day_lies_in_the_life_so_far(day: str, part: str) -> None:
    """As for every event."""
    found = problems_of(Typed(day, "x"), PartialDate(2023, 3, 14), DateReader(words(), _today))
    assert set(found) == {"day"}
    assert part in found["day"]


def test_what_is_typed_waits_for_its_patient(rooms: RoomBench, room: FamilyReportControl) -> None:
    """Nobody else sees it, closing says whose it is, and coming back shows it."""
    first, second = rooms.patient(), rooms.patient("40-1200", "Jonas")
    room.open(FamilyReportPlace(first.id))
    room.page.note.edit.insertPlainText("Of Amira")
    room.leave()
    of_amira = room.unsaved()
    assert of_amira == (
        "Typed and not saved yet: a report of the family of "
        "Amira Haddad · born 14 Mar 2023 · ID 40-1187."
    )
    room.open(FamilyReportPlace(second.id))
    assert room.page.note.text == ""
    room.page.note.edit.insertPlainText("Of Jonas")
    of_jonas = of_amira.replace("Amira", "Jonas").replace("40-1187", "40-1200")
    assert room.unsaved().splitlines() == [of_jonas, of_amira]
    room.page.note.edit.clear()
    room.leave()
    room.open(FamilyReportPlace(first.id))
    assert room.page.note.text == "Of Amira"
    assert "not saved yet" in room.page.message.text


def test_leaving_asks_before_it_drops(rooms: RoomBench, room: FamilyReportControl) -> None:
    """An untouched form is left without a question."""
    patient = rooms.patient()
    rooms.navigation.go(FamilyReportPlace(patient.id))
    room.open(rooms.navigation.place)
    room.page.cancel.click()
    assert _here(rooms) == PatientsPlace()
    rooms.navigation.go(FamilyReportPlace(patient.id))
    room.open(rooms.navigation.place)
    room.page.note.edit.insertPlainText("x")
    rooms.ask.yes = False
    room.page.cancel.click()
    assert _here(rooms) == FamilyReportPlace(patient.id)
    assert rooms.ask.told[-1].endswith("Amira Haddad · born 14 Mar 2023 · ID 40-1187.")
    rooms.ask.yes = True
    room.page.cancel.click()
    assert _here(rooms) == PatientsPlace()
    room.leave()
    assert room.unsaved() == ""


def test_leaving_offers_to_save(rooms: RoomBench, room: FamilyReportControl) -> None:
    """Save stores the report and leaves; closing the window offers the same."""
    patient = rooms.patient()
    rooms.navigation.go(FamilyReportPlace(patient.id))
    room.open(rooms.navigation.place)
    room.page.note.edit.insertPlainText("Worse since Sunday.")
    rooms.ask.saves = True
    room.page.cancel.click()
    assert [one.facts.note for one in rooms.store.record(patient.id).events] == [
        "Worse since Sunday."
    ]
    assert _here(rooms) == PatientsPlace()
    assert (room.can_save(), room.unsaved()) == (True, "")


def test_closing_saves_a_report_that_was_left(rooms: RoomBench, room: FamilyReportControl) -> None:
    """It is shown first, so that what it asks or refuses can be seen."""
    patient = rooms.patient()
    room.open(FamilyReportPlace(patient.id))
    room.page.note.edit.insertPlainText("Sleeps badly.")
    room.leave()

    def follow(place: Place) -> None:
        if isinstance(place, FamilyReportPlace):
            room.open(place)

    rooms.navigation.went.connect(follow)
    room.save()
    assert [one.facts.note for one in rooms.store.record(patient.id).events] == ["Sleeps badly."]
    assert room.unsaved() == ""


def test_typing_outlives_a_change_of_the_record(
    rooms: RoomBench, room: FamilyReportControl
) -> None:
    """Somebody else's change is shown in the banner only."""
    patient = rooms.patient()
    room.open(FamilyReportPlace(patient.id))
    room.page.note.edit.insertPlainText("x")
    rooms.store.patients.set_next_visit(patient.id, PartialDate(2026, 2))
    settle()
    assert room.page.note.text == "x"


def test_everything_says_its_name(rooms: RoomBench, room: FamilyReportControl) -> None:
    """To a screen reader as well."""
    room.open(FamilyReportPlace(rooms.patient().id))
    settle()
    assert nameless(room.page) == []
