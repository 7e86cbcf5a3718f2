"""Copies in the running app: beside the window, told quietly, waited for at the end."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication, QProgressBar, QPushButton
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from app.dates import PartialDate
from app.errors import UserError
from app.journey_stage import unhurried
from app.records.copies import keeper
from app.records.copies.backup import Copy, copies
from app.records.copies.following import keep_up
from app.records.copies.source import Source
from app.records.copies.tail import size_of
from app.records.folder import open_folder
from app.records.keys.vault import Unlocked
from app.records.model import PatientFacts
from app.running import Running
from app.screens.closing_page import ClosingPage
from app.screens.opening.page import OpeningPage
from app.screens.patients.page import PatientsPage
from app.screens.places import ChartPlace, DataPlace, PatientsPlace, SettingsPlace
from app.screens.rooms import Rooms
from scales.catalogue import load_catalogue
from scales.model import Scored
from tests.app.conftest import CLOCK
from widgets.message import Offer

LONG = 20.0
"""Seconds after which a test gives up; none of them waits for it."""


@dataclass
class Disk:
    """Makes the copies of the app when the test lets it, or fails."""

    begun: Event = field(default_factory=Event)
    may_go_on: Event = field(default_factory=Event)
    asked: int = 0
    trouble: Exception | None = None

    def copy(self, *given: object) -> Copy:
        """Copy as the app does."""
        self.asked += 1
        self.begun.set()
        assert self.may_go_on.wait(LONG)
        if self.trouble is not None:
            raise self.trouble
        return keep_up(*given)  # type: ignore[arg-type] # as it was called


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """Return a disk that is quick unless a test stops it."""
    made = Disk()
    made.may_go_on.set()
    for name in ("keep_up", "keep_up_at_exit"):
        monkeypatch.setattr(keeper, name, made.copy)
    return made


@pytest.fixture
def running(
    qapp: QApplication, disk: Disk, demo_folder: Path, tmp_path: Path
) -> Iterator[Running]:
    """Return the app on a copy of the demo that is copied already, started and shown."""
    folder = Path(shutil.copytree(demo_folder, tmp_path / "data"))
    running = Running(qapp, folder, CLOCK, is_demo=True)
    running.guard.ticks = unhurried()
    running.start()
    running.window.show()
    running.finish_tasks()
    running.desk.store.copy()
    disk.begun.clear()
    disk.asked = 0
    yield running
    disk.may_go_on.set()
    disk.trouble = None
    running.stop()


def _sign(running: Running) -> None:
    """Sign a visit, as the scoring screen does."""
    desk = running.desk
    patient = desk.store.patients.by_patient_id("DEMO-2")
    visit = desk.store.visits.start(patient.id, PartialDate.of(date(2026, 11, 20)), "")
    for key in desk.catalogue.find("five_feature").keys:
        desk.store.visits.answer(visit.id, "five_feature", key, Scored(Decimal(1)))
    desk.store.visits.sign(visit.id, "scored")


def _kept(running: Running) -> int:
    """Return the size of the newest copy's tail."""
    return size_of(copies(running.desk.folder)[0].path)


def test_a_signature_is_copied_beside_the_window(running: Running, disk: Disk) -> None:
    """It stands before the copy does; with the copy, whoever shows it is told."""
    told: list[bool] = []
    running.desk.news.copied.connect(lambda: told.append(True))
    disk.may_go_on.clear()
    _sign(running)
    assert disk.begun.wait(LONG)
    assert _kept(running) == 0
    assert not running.desk.store.is_copied()
    disk.may_go_on.set()
    running.finish_tasks()
    assert _kept(running) > 0
    assert running.desk.store.is_copied()
    assert told == [True]


def test_a_failed_copy_moves_no_page_under_a_hand(running: Running, disk: Disk) -> None:
    """Where nothing stands above the page, the sentence waits for the page that comes next."""
    running.desk.navigation.go(SettingsPlace())
    disk.trouble = UserError("No copy could be made.")
    _sign(running)
    running.finish_tasks()
    assert not running.window.message.isVisible()
    running.desk.navigation.go(PatientsPlace())
    assert running.window.message.isVisible()
    assert running.window.message.text == "No copy could be made."
    running.desk.navigation.go(SettingsPlace())
    assert not running.window.message.isVisible()


def test_a_failed_copy_is_told_in_the_place_of_what_was_signed(
    running: Running, disk: Disk
) -> None:
    """The bar above the page is there already, so nothing moves."""
    disk.trouble = UserError("No copy could be made.")
    _sign(running)
    running.desk.navigation.go(ChartPlace(running.desk.store.patients.by_patient_id("DEMO-2").id))
    running.desk.news.note("Signed. Five features 5.")
    running.finish_tasks()
    assert running.window.message.text == "No copy could be made."


def test_closing_with_nothing_new_is_at_once(running: Running, disk: Disk) -> None:
    """No page, no bar, and the copies stay as they are."""
    before = copies(running.desk.folder)
    running.window.close()
    assert not running.window.isVisible()
    assert copies(running.desk.folder) == before
    assert disk.asked == 1


def test_closing_waits_for_a_running_copy_with_a_sentence_and_a_bar(
    running: Running, disk: Disk
) -> None:
    """The window is alive meanwhile; asked again to close, it goes on waiting, then it is gone."""
    disk.may_go_on.clear()
    _sign(running)
    assert disk.begun.wait(LONG)
    for _ in range(2):
        running.window.close()
        page = running.window.page
        assert isinstance(page, ClosingPage)
        assert running.window.isVisible()
        assert page.text.text().startswith("Everything is saved. Making a checked copy")
        (bar,) = page.findChildren(QProgressBar)
        assert (bar.minimum(), bar.maximum(), bar.isVisible()) == (0, 0, True)
    disk.may_go_on.set()
    running.finish_tasks()
    assert not running.window.isVisible()
    assert disk.asked == 2


def test_closing_copies_what_changed_beside_the_window(running: Running, disk: Disk) -> None:
    """A change without a signature is copied in the end, and the window waits for that as well."""
    disk.may_go_on.clear()
    patient = running.desk.store.patients.by_patient_id("DEMO-1")
    running.desk.store.patients.mark_error(patient.id, "typed twice")
    running.window.close()
    assert disk.begun.wait(LONG)
    assert running.window.isVisible()
    disk.may_go_on.set()
    running.finish_tasks()
    assert not running.window.isVisible()
    assert _kept(running) > 0


def test_a_last_copy_that_fails_beside_the_window_is_told_before_it_goes(
    running: Running, disk: Disk
) -> None:
    """The records are closed; one reads why there is no copy, then closes."""
    _sign(running)
    disk.trouble = UserError("No copy could be made.")
    running.window.close()
    running.finish_tasks()
    page = running.window.page
    assert isinstance(page, OpeningPage)
    assert page.trouble.text.text() == "No copy could be made."
    page.trouble.leave.click()
    assert not running.window.isVisible()


def test_a_fault_of_ours_while_closing_leaves_no_window_that_waits_for_ever(
    running: Running, disk: Disk
) -> None:
    """It goes to the log, and the window goes."""
    _sign(running)
    running.finish_tasks()
    running.desk.store.patients.mark_error(
        running.desk.store.patients.by_patient_id("DEMO-1").id, "typed twice"
    )
    disk.trouble = RuntimeError()
    with capture_exceptions() as faults:
        running.window.close()
        running.finish_tasks()
    assert [kind for kind, *_ in faults] == [RuntimeError]
    assert not running.window.isVisible()


def test_closing_ends_a_check(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stops at what it tells next, and nobody hears of it."""
    begun, may_go_on, told = Event(), Event(), list[float]()

    def check(tell: Callable[[float], None]) -> None:
        begun.set()
        assert may_go_on.wait(LONG)
        tell(0.5)
        told.append(0.5)

    monkeypatch.setattr(running.desk.store, "check", check)
    running.desk.navigation.go(DataPlace())
    running.finish_tasks()
    page = running.window.page
    assert page is not None
    page.check.start.click()  # type: ignore[attr-defined] # the page of the data
    assert begun.wait(LONG)
    running.window.close()
    assert not running.window.isVisible()
    may_go_on.set()
    running.finish_tasks()
    assert told == []


def test_the_list_comes_back_after_a_signature(running: Running) -> None:
    """A copy that went well says nothing at all."""
    _sign(running)
    running.finish_tasks()
    running.desk.navigation.go(PatientsPlace())
    assert isinstance(running.window.page, PatientsPage)
    assert not running.window.message.isVisible()


def test_a_window_whose_records_lost_something_says_so(
    qapp: QApplication, qtbot: QtBot, demo_folder: Path, tmp_path: Path
) -> None:
    """Records put back by hand are older than their newest copy: a sentence with both dates."""
    folder = Path(shutil.copytree(demo_folder, tmp_path / "data"))
    kept = {name: (folder / name).read_bytes() for name in ("records.db", "keys.json")}
    store = open_folder(folder, None, clock=CLOCK, catalogue=load_catalogue())
    store.patients.add(PatientFacts("7"))
    store.close()
    for name, content in kept.items():
        (folder / name).write_bytes(content)
    running = Running(qapp, folder, CLOCK)
    running.start()
    running.window.show()
    qtbot.waitUntil(lambda: bool(running.window.message.text))
    told = running.window.message.text
    running.stop()
    assert told.startswith("These records end on 21 Nov 2026")


def test_a_failed_copy_leads_to_the_page_of_the_data(running: Running, disk: Disk) -> None:
    """One press on what is said leads to where something can be done."""
    disk.trouble = UserError("No copy could be made.")
    _sign(running)
    running.finish_tasks()
    running.desk.navigation.go(PatientsPlace())
    message = running.window.message
    (way,) = (one for one in message.findChildren(QPushButton) if one.text() == "Your data")
    way.click()
    assert running.desk.navigation.place == DataPlace()
    assert not message.isVisible()


def test_another_offer_of_the_windows_message_leads_nowhere_else(running: Running) -> None:
    """What a message offers is what is asked for: nobody takes it for the way to the data."""
    running.desk.navigation.go(PatientsPlace())
    message, told = running.window.message, list[object]()
    message.action_requested.connect(told.append)
    message.show_problem("Something else went wrong.", Offer("Try again", "try again"))
    (way,) = (one for one in message.findChildren(QPushButton) if one.text() == "Try again")
    way.click()
    assert told == ["try again"]
    assert running.desk.navigation.place == PatientsPlace()
    assert message.isVisible()


def test_a_missing_second_place_is_told_quietly(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy here was made; over the next page it is said what lacks."""
    trouble = UserError("The second place is not there.")
    monkeypatch.setattr(running.desk.store.around.copies, "second_trouble", trouble)
    _sign(running)
    running.finish_tasks()
    assert running.desk.store.is_copied()
    running.desk.navigation.go(PatientsPlace())
    assert running.window.message.text == "The second place is not there."


def test_a_copy_is_not_put_back_over_what_is_typed(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not saved is named, and the records stay open."""
    monkeypatch.setattr(Rooms, "unsaved", lambda _rooms: "What was typed is not saved.")
    key = bytearray(b"k" * 32)
    source = Source(Path("nowhere"), unlocked=Unlocked("u", key))
    running.desk.news.put_back.emit(source)
    assert running.window.message.text == "What was typed is not saved."
    assert isinstance(running.window.page, PatientsPage)
    assert key == bytearray()
