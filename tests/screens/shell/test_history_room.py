"""The history on the screen: whose it is, what is asked for, the way on, the table and back."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.clock import FixedClock
from app.dates import PartialDate
from app.errors import N_, Damage
from app.exchange.demo import build_demo
from app.records.actions import Action
from app.records.entries import Body
from app.records.model import Patient, PatientFacts, Role
from app.running import Running
from app.screens.chart.control import ChartControl
from app.screens.history.control import HistoryControl
from app.screens.history.deed_part import DeedPart
from app.screens.history.page import HistoryPage
from app.screens.history.reading import AT_ONCE
from app.screens.history.view import actions_in, group_of
from app.screens.looking import Looking
from app.screens.places import (
    ChartPlace,
    ComparisonPlace,
    HistoryPlace,
    PatientFormPlace,
    PatientsPlace,
    Place,
    SettingsPlace,
    SignedVisitPlace,
    TreatmentsPlace,
    VisitPlace,
)
from app.screens.screen import Screen
from app.screens.settings.control import SettingsControl
from app.screens.signed_visit.control import SignedVisitControl
from app.screens.visit.control import VisitControl
from scales.catalogue import load_catalogue
from tests.builders import replace
from tests.roles import let_do_everything
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle, texts
from widgets.menu_button import MenuButton


@pytest.fixture
def room(rooms: RoomBench) -> HistoryControl:
    """Return the room, not opened yet."""
    control = HistoryControl(rooms.desk)
    rooms.show(control)
    return control


def _titles(room: HistoryControl) -> list[str]:
    """Return what was done, as the page tells it from the top."""
    settle()
    return [part.title.text() for part in room.page.findChildren(DeedPart)]


def _search(room: HistoryControl, text: str) -> None:
    room.page.search.edit.setText(text)
    room.page.search.edit.returnPressed.emit()


def test_a_patients_history_tells_who_when_what_and_why(
    rooms: RoomBench, room: HistoryControl
) -> None:
    """In words, before and after; the banner says whose it is, and nothing of others is told."""
    patient, other = rooms.patient(), rooms.patient("40-2", "Olga")
    rooms.store.patients.change(
        patient.id, replace(patient.facts, given_name="Amina"), "as in the letter"
    )
    room.open(HistoryPlace(patient.id))
    told = texts(room.page)
    assert "Amina Haddad" in told
    assert _titles(room) == ["Correct a patient's facts", "Add a patient"]
    for text in (
        "28 Jan 2026, 09:00 (UTC+00:00)", "M. Okafor", "Given name", "Amira \u203a Amina",
        "Why: as in the letter", "2 entries.", "History of this patient's records",
    ):  # fmt: skip
        assert text in told
    assert not any(one in text for text in told for one in (patient.id, other.id, "Olga"))
    assert nameless(room.page) == []


def test_everybodys_history_names_each_patient(rooms: RoomBench, room: HistoryControl) -> None:
    """Name and identifier stand with what was done."""
    rooms.patient()
    room.open(HistoryPlace())
    assert "Amira Haddad · ID 40-1187" in texts(room.page)
    assert _titles(room) == ["Add a patient", "Add a user"]


def test_a_visits_history_is_of_all_its_versions(rooms: RoomBench, room: HistoryControl) -> None:
    """The way there is on its summary."""
    patient = rooms.patient()
    visit = rooms.signed(patient, PartialDate(2026, 1, 20), 1)
    again = rooms.store.visits.amend(visit.id, "typed wrong")
    room.open(HistoryPlace(patient.id, again.id))
    told = texts(room.page)
    assert "History of the visit of 20 Jan 2026, 09:00" in told
    assert _titles(room)[:2] == ["Amend a signed visit", "Sign a visit"]
    assert "Add a patient" not in _titles(room)


def test_looks_are_told_as_what_changed_nothing(rooms: RoomBench, room: HistoryControl) -> None:
    """A page that was made stands where it was made."""
    patient = rooms.patient()
    rooms.store.seen.note(Action.PRINT, patient.id)
    room.open(HistoryPlace(patient.id))
    assert sorted(_titles(room)) == ["Add a patient", "Make a page"]
    assert texts(room.page).count("Nothing was changed") == 1


def _planned(rooms: RoomBench, count: int) -> Patient:
    patient = rooms.patient()
    for number in range(count):
        rooms.store.patients.set_next_visit(patient.id, PartialDate(2026, 2, 1 + number % 20))
    return patient


def test_the_history_comes_a_stretch_at_a_time(rooms: RoomBench, room: HistoryControl) -> None:
    """What stands there stays while more comes below; at the beginning there is no way further."""
    patient = _planned(rooms, AT_ONCE + 3)
    room.open(HistoryPlace(patient.id))
    assert len(_titles(room)) == AT_ONCE
    first = room.page.findChildren(DeedPart)[0]
    assert f"{AT_ONCE} entries, back to 28 Jan 2026, 09:00." in room.page.told.text()
    room.page.further.click()
    assert len(_titles(room)) == AT_ONCE + 4
    assert room.page.findChildren(DeedPart)[0] is first
    assert not room.page.further.isVisibleTo(room.page)


def test_a_search_finds_words_of_the_fields_whatever_their_letters(
    rooms: RoomBench, room: HistoryControl
) -> None:
    """All words must stand in one entry; nothing found is said."""
    patient = rooms.patient()
    rooms.store.patients.set_next_visit(patient.id, PartialDate(2026, 2, 3))
    room.open(HistoryPlace(patient.id))
    _search(room, "next 3 FEB")
    assert _titles(room) == ["Set the next visit"]
    _search(room, "next amira")
    assert _titles(room) == ["Set the next visit"]
    _search(room, "quince")
    assert _titles(room) == []
    assert "No entry fits." in texts(room.page)


def test_a_search_goes_back_no_further_than_a_stretch(
    rooms: RoomBench, room: HistoryControl, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says how far, and goes on when asked: the window never waits for a whole file."""
    monkeypatch.setattr("app.screens.history.reading.FARTHEST", 10)
    patient = _planned(rooms, 15)
    room.open(HistoryPlace(patient.id))
    _search(room, "add patient")
    assert _titles(room) == []
    assert "There is more before" in room.page.told.text()
    room.page.further.click()
    assert _titles(room) == ["Add a patient"]


def test_the_hash_of_a_printed_page_finds_its_entry(
    rooms: RoomBench, room: HistoryControl
) -> None:
    """However far back it is, in one step; small or large letters."""
    patient = rooms.patient()
    printed = rooms.store.history.newest(patient.id)
    for number in range(30):
        rooms.store.patients.set_next_visit(patient.id, PartialDate(2026, 2, 1 + number % 20))
    room.open(HistoryPlace(patient.id))
    _search(room, printed.upper())
    assert _titles(room) == ["Add a patient"]
    assert f"Entry {printed}" in texts(room.page)
    _search(room, "0123456789")
    assert _titles(room) == []


def test_filters_ask_for_kind_person_and_days(rooms: RoomBench, room: HistoryControl) -> None:
    """Each alone, and together with the search."""
    patient = rooms.course()
    room.open(HistoryPlace(patient.id))
    page = room.page
    page.filter.click()
    assert page.kind.isVisibleTo(page)
    page.kind.set_value("given")
    page.search.edit.returnPressed.emit()
    assert _titles(room) == ["Add a treatment"]
    page.kind.set_value("")
    page.person.set_value(rooms.store.user.id)
    page.last.set_value(PartialDate(2026, 1, 27))
    page.search.edit.returnPressed.emit()
    assert _titles(room) == []
    page.last.set_value(PartialDate(2026, 1, 28))
    page.first.set_value(PartialDate(2026, 1, 28))
    _search(room, "ivig")
    assert _titles(room) == ["Add a treatment"]
    page.first.set_text("32 Jan")
    _search(room, "")
    assert _titles(room) == ["Add a treatment"]


def test_every_action_belongs_to_one_kind() -> None:
    """So that a new one can be asked for; of another version, to none."""
    kinds = {action: group_of(action.id) for action in Action}
    assert "" not in kinds.values()
    assert Action.SIGN_VISIT.id in actions_in("visit")
    assert (group_of("letter.write"), actions_in("")) == ("", frozenset())


def test_another_patient_clears_what_was_asked_for(rooms: RoomBench, room: HistoryControl) -> None:
    """Nothing of the one before stands there."""
    patient, other = rooms.patient(), rooms.patient("40-2", "Olga")
    room.open(HistoryPlace(patient.id))
    _search(room, "quince")
    room.page.first.set_value(PartialDate(2026, 1, 28))
    room.open(HistoryPlace(other.id))
    assert room.page.search.text == ""
    assert room.page.first.value() is None
    assert _titles(room) == ["Add a patient"]
    assert not any("Amira" in text for text in texts(room.page))


def test_what_is_written_meanwhile_comes_on_top(rooms: RoomBench, room: HistoryControl) -> None:
    """Of this patient; of another one nothing is read again."""
    patient, other = rooms.patient(), rooms.patient("40-2", "Olga")
    room.open(HistoryPlace(patient.id))
    settle()
    first = room.page.findChildren(DeedPart)[0]
    rooms.store.patients.set_next_visit(other.id, PartialDate(2026, 2, 3))
    settle()
    assert room.page.findChildren(DeedPart)[0] is first
    rooms.store.patients.set_next_visit(patient.id, PartialDate(2026, 2, 3))
    assert _titles(room) == ["Set the next visit", "Add a patient"]


def test_many_fields_are_one_tap_away(rooms: RoomBench, room: HistoryControl) -> None:
    """A few stand there at once."""
    let_do_everything(rooms.store)
    facts = PatientFacts(
        "40-9", "Mia", "Berg", PartialDate(2020, 1, 1), "female", "other", "a rare thing",
        "", PartialDate(2021, 1, 1), "en",
    )  # fmt: skip
    patient = rooms.store.patients.add(facts)
    room.open(HistoryPlace(patient.id))
    settle()
    part = room.page.findChildren(DeedPart)[0]
    assert part.more.text() == "Show 1 more field"
    assert "English" not in texts(room.page)
    part.more.click()
    assert "English" in texts(room.page)
    assert not part.more.isVisibleTo(room.page)


def test_the_table_holds_what_is_asked_for_and_the_export_is_noted(
    rooms: RoomBench, room: HistoryControl, tmp_path: Path
) -> None:
    """It is written beside the window, whole and for its owner alone."""
    patient = rooms.patient()
    rooms.store.patients.set_next_visit(patient.id, PartialDate(2026, 2, 3))
    rooms.ask.path = tmp_path / "history.csv"
    room.open(HistoryPlace(patient.id))
    _search(room, "next")
    room.page.save.click()
    rooms.tasks.finish()
    text = rooms.ask.path.read_bytes().decode()
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["field"], row["after"], row["by"]) == ("Next visit", "3 Feb 2026", "M. Okafor")
    assert rooms.ask.path.stat().st_mode & 0o077 == 0
    assert rooms.store.seen.all()[-1].action == Action.EXPORT.id
    assert "not encrypted" in room.page.message.text


def test_a_table_is_offered_to_who_may_take_one_out(
    rooms: RoomBench, room: HistoryControl
) -> None:
    """A nurse reads; a keeper or a physician saves."""
    room.open(HistoryPlace())
    assert not room.page.save.isHidden()
    rooms.store.act_as(rooms.store.users.add("B. Nurse", Role.NURSE).id)
    room.open(HistoryPlace())
    assert room.page.save.isHidden()


def test_a_table_that_cannot_be_written_is_said(
    rooms: RoomBench, room: HistoryControl, tmp_path: Path
) -> None:
    """And no export is noted."""
    patient = rooms.patient()
    rooms.ask.path = tmp_path / "nowhere" / "history.csv"
    room.open(HistoryPlace(patient.id))
    room.page.save.click()
    rooms.tasks.finish()
    assert room.page.message.text
    assert rooms.store.seen.all() == ()


def test_the_ways_to_the_history(rooms: RoomBench) -> None:
    """From the chart, a signed visit and a summary; each goes back to where it was."""
    patient = rooms.patient()
    visit = rooms.signed(patient, PartialDate(2026, 1, 20), 1)
    draft = rooms.store.visits.start(patient.id, PartialDate(2026, 1, 27), "")
    ways: tuple[tuple[Screen, Place, str, HistoryPlace], ...] = (
        (ChartControl(rooms.desk), ChartPlace(patient.id), "more", HistoryPlace(patient.id)),
        (
            SignedVisitControl(rooms.desk), SignedVisitPlace(visit.id), "foot.history",
            HistoryPlace(patient.id, visit.id),
        ),
        (
            VisitControl(rooms.desk), VisitPlace(draft.id), "summary.history",
            HistoryPlace(patient.id, draft.id),
        ),
    )  # fmt: skip
    for control, place, button, there in ways:
        rooms.show(control)
        rooms.navigation.go(place)
        control.open(place)
        part: object = control.page
        for name in button.split("."):
            part = getattr(part, name)
        if isinstance(part, MenuButton):
            next(
                each for each in part.offers.actions() if each.text() == "History (Ctrl+H)"
            ).trigger()
        else:
            part.click()  # type: ignore[attr-defined]
        assert rooms.navigation.place == there
        rooms.navigation.back()
        assert rooms.navigation.place == place


def test_the_settings_lead_to_everybodys_history(rooms: RoomBench) -> None:
    """By a button in the banner."""
    control = SettingsControl(rooms.desk)
    control.page.history.click()
    assert rooms.navigation.place == HistoryPlace()


def test_a_key_leads_from_each_place_to_the_history_of_what_it_shows(rooms: RoomBench) -> None:
    """In a history it changes nothing."""
    patient = rooms.patient()
    visit = rooms.signed(patient, PartialDate(2026, 1, 20), 1)
    looking = Looking(rooms.desk)
    for place, there in (
        (PatientsPlace(), HistoryPlace()),
        (SettingsPlace(), HistoryPlace()),
        (PatientFormPlace(None), HistoryPlace()),
        (TreatmentsPlace(patient.id), HistoryPlace(patient.id)),
        (VisitPlace(visit.id), HistoryPlace(patient.id, visit.id)),
        (SignedVisitPlace(visit.id), HistoryPlace(patient.id, visit.id)),
        (ComparisonPlace(visit.id), HistoryPlace(patient.id, visit.id)),
        (HistoryPlace(patient.id), HistoryPlace(patient.id)),
    ):
        assert looking.history_at(place) == there


def test_opening_a_patient_is_noted_once_for_each_time(rooms: RoomBench) -> None:
    """Not from room to room of the same patient; again after the list was shown."""
    patient, other = rooms.patient(), rooms.patient("40-2", "Olga")
    visit = rooms.signed(patient, PartialDate(2026, 1, 20), 1)
    looking = Looking(rooms.desk)
    for place in (
        PatientsPlace(), ChartPlace(patient.id), SignedVisitPlace(visit.id),
        ComparisonPlace(visit.id), HistoryPlace(patient.id),
        ChartPlace(other.id), PatientsPlace(), PatientFormPlace(None), ChartPlace(other.id),
    ):  # fmt: skip
        looking.at(place)
    noted = [(look.action, look.patient) for look in rooms.store.seen.all()]
    opened = Action.OPEN_PATIENT.id
    assert noted == [(opened, patient.id), (opened, other.id), (opened, other.id)]


def test_amending_names_the_pages_made_since_the_signature(
    rooms: RoomBench, clock: FixedClock
) -> None:
    """Whoever amends knows which paper tells something else from then on."""
    assert clock is not None
    patient = rooms.patient()
    visit = rooms.signed(patient, PartialDate(2026, 1, 20), 1)
    rooms.ask.yes = False
    control = SignedVisitControl(rooms.desk)
    rooms.show(control)
    control.open(SignedVisitPlace(visit.id))
    rooms.ask.reason_given = ""
    control.page.foot.amend.click()
    assert "made of this patient" not in rooms.ask.told[-1]
    second = rooms.signed(patient, PartialDate(2026, 1, 21), 1)
    rooms.store.seen.note(Action.PRINT, patient.id)
    rooms.store.seen.note(Action.OPEN_PATIENT, patient.id)
    control.open(SignedVisitPlace(second.id))
    control.page.foot.amend.click()
    assert rooms.ask.told[-1].startswith(
        "1 page was made of this patient since it was signed, and may have to be replaced: "
        "28 Jan 2026, 09:00 by M. Okafor."
    )


def test_keys_alone_lead_to_the_history_and_back(dressed: QApplication, tmp_path: Path) -> None:
    """Ctrl+H from a chart, words at once, Esc; and who opened which patient is noted."""
    clock = FixedClock.on(date(2026, 11, 21))
    build_demo(tmp_path / "data", clock=clock, catalogue=load_catalogue())
    running = Running(dressed, tmp_path / "data", clock, is_demo=True)
    running.start()
    running.window.show()
    running.window.activateWindow()
    assert QTest.qWaitForWindowActive(running.window)
    patient = running.desk.store.patients.by_patient_id("DEMO-1").id
    places: tuple[Place, ...] = (ChartPlace(patient), SettingsPlace())
    for place in places:
        running.desk.navigation.go(place)
        settle()
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClick(here, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
        whose = patient if isinstance(place, ChartPlace) else ""
        assert running.desk.navigation.place == HistoryPlace(whose)
        settle()
        page = running.window.page
        assert isinstance(page, HistoryPage)
        assert page.search.edit.hasFocus()
        QTest.keyClick(page.search.edit, Qt.Key.Key_Escape)
        assert running.desk.navigation.place == place
    looks = [look.action for look in running.desk.store.seen.all()]
    running.stop()
    assert set(looks) == {Action.OPEN.id, Action.OPEN_PATIENT.id}


def test_a_word_that_is_longer_than_a_line_is_broken(
    rooms: RoomBench, room: HistoryControl
) -> None:
    """The page keeps its width, and no letter of it is left out."""
    facts = PatientFacts("X" * 64, "Mia", "Berg", diagnosis="other", diagnosis_note="w" * 300)
    patient = rooms.store.patients.add(facts)
    room.open(HistoryPlace(patient.id))
    told = texts(room.page)
    settle()
    part = room.page.findChildren(DeedPart)[0]
    assert part.mapTo(room.page, part.rect().topRight()).x() < room.page.width()
    assert any(text.replace("\u200b", "") == "w" * 300 for text in told)


def test_an_entry_that_cannot_be_read_is_said(
    rooms: RoomBench, room: HistoryControl, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While searching and going further back; what stands there stays."""
    patient = _planned(rooms, AT_ONCE + 3)
    room.open(HistoryPlace(patient.id))
    with monkeypatch.context() as damaging:
        damaging.setattr("app.records.entries.Body.decode", _damaged)
        room.page.further.click()
        assert "A journal entry cannot be read." in room.page.message.text
        assert len(_titles(room)) == AT_ONCE
    room.page.further.click()
    assert len(_titles(room)) == AT_ONCE + 4
    room.page.message.hide()
    monkeypatch.setattr("app.records.entries.Body.decode", _damaged)
    _search(room, "next")
    assert "A journal entry cannot be read." in room.page.message.text


def _damaged(_body: bytes) -> Body:
    raise Damage(N_("A journal entry cannot be read."))
