"""Somebody who never read the manual gets yesterday's copy back by pressing what is on screen."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.clock import FixedClock
from app.dates import PartialDate
from app.journey_stage import unhurried
from app.records.file.names import SET_ASIDE
from app.records.folder import Founder, create_folder, open_folder
from app.records.keys.keyfile import CodeState, Cost
from app.records.keys.vault import note_code
from app.records.model import PatientFacts, Role
from app.records.store import Store
from app.running import Running
from app.screens.opening.page import OpeningPage
from scales.catalogue import load_catalogue
from scales.model import Scored
from tests.asking import FakeAsk

SECRET = "seven quiet boats"  # noqa: S105 - a passphrase for made-up records
YESTERDAY, TODAY = FixedClock.on(date(2026, 10, 19), 16), FixedClock.on(date(2026, 10, 20), 9)
CHEAP = Cost(passes=1, memory_kib=128, lanes=1)


def _sign(store: Store, identifier: str, given: str) -> None:
    patient = store.patients.add(PatientFacts(identifier, given, "Keller"))
    visit = store.visits.start(patient.id, PartialDate.of(store.today()), "09:00")
    for key in load_catalogue().find("five_feature").keys:
        store.visits.answer(visit.id, "five_feature", key, Scored(Decimal(1)))
    store.visits.sign(visit.id, "scored")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return records with a visit of yesterday, which was copied, and one of today."""
    folder, catalogue = tmp_path / "data", load_catalogue()
    store, _ = create_folder(
        folder, Founder("R. Keeper", Role.NURSE), SECRET,
        clock=YESTERDAY, catalogue=catalogue, cost=CHEAP,
    )  # fmt: skip
    note_code(folder, CodeState.KEPT)
    _sign(store, "40-1", "Jonas")
    store.close()
    store = open_folder(folder, SECRET, clock=TODAY, catalogue=catalogue)
    _sign(store, "40-2", "Wrong")
    store.close()
    return folder


@pytest.fixture
def ask() -> FakeAsk:
    """Return somebody who agrees."""
    return FakeAsk()


@pytest.fixture
def running(qapp: QApplication, folder: Path, ask: FakeAsk) -> Iterator[Running]:
    """Return the app, shown."""
    running = Running(qapp, folder, TODAY, ask=ask)
    running.guard.ticks = unhurried()
    running.start()
    running.window.show()
    yield running
    running.stop()


def _press(running: Running, word: str, beside: str = "") -> None:
    """Press what is on screen under a word, beside another one where there are several."""
    page = running.window.page
    assert page is not None
    found = [
        one
        for one in page.findChildren(QPushButton)
        if one.text() == word and one.isVisible() and beside in _line_of(one)
    ]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    for _ in range(6):  # work that begins other work
        running.finish_tasks()


def _line_of(one: QWidget) -> str:
    parent = one.parentWidget()
    return " ".join(told.text() for told in parent.findChildren(QLabel)) if parent else ""


def _type_secret(running: Running, secret: str) -> None:
    page = running.window.page
    assert isinstance(page, OpeningPage)
    QTest.keyClicks(page.unlock.secret.edit, secret)
    QTest.keyClick(page.unlock.secret.edit, Qt.Key.Key_Return)
    for _ in range(4):
        running.finish_tasks()


def _listed(running: Running) -> list[str]:
    return [line.patient.facts.patient_id for line in running.desk.store.summaries()]


def test_yesterdays_copy_comes_back(
    running: Running, ask: FakeAsk, folder: Path, qtbot: QtBot
) -> None:
    """From the list to the page, past what would be missing, to the list of yesterday."""
    _type_secret(running, SECRET)
    assert sorted(_listed(running)) == ["40-1", "40-2"]
    _press(running, "Settings and data")
    _press(running, "Your data and its copies")
    _press(running, "Put back…", "yesterday")
    _press(running, "Put this copy back…")
    assert ask.losses == ["Put this copy in place of the records?"]
    assert "would not be in the records any more" in ask.told[-1]
    assert "What was there before is here" in running.window.message.text
    _type_secret(running, SECRET)
    assert _listed(running) == ["40-1"]
    (aside,) = (folder / SET_ASIDE).iterdir()
    assert (aside / "records.db").is_file()
    qtbot.waitUntil(lambda: running.desk.store.copies.ahead() == ())
    assert [one for one in running.desk.store.check() if one.count and one.is_damage] == []


def test_a_copy_that_cannot_be_put_back_leaves_all_as_it_was(
    running: Running, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The records open again, and the window says why."""
    _type_secret(running, SECRET)
    _press(running, "Settings and data")
    _press(running, "Your data and its copies")
    _press(running, "Put back…", "yesterday")
    _refuse_moving(monkeypatch)
    _press(running, "Put this copy back…")
    assert "The records are as they were." in running.window.message.text
    monkeypatch.undo()
    _type_secret(running, SECRET)
    assert sorted(_listed(running)) == ["40-1", "40-2"]
    assert not (folder / SET_ASIDE).exists()


def _refuse_moving(monkeypatch: pytest.MonkeyPatch) -> None:
    rename: Callable[..., Path] = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if Path(target).name == ".restore":
            raise PermissionError(13, "no")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
