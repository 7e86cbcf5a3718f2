"""A new key in the real window: made on threads of its own while somebody goes on working."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.records.copies.backup import copies, is_as_made
from app.records.keys.vault import unlock
from app.records.model import PatientFacts
from app.running import Running
from app.screens.new_key.page import NewKeyPage
from app.screens.places import NewKeyPlace, PatientsPlace
from tests.app.conftest import CLOCK, SECRET
from tests.asking import FakeAsk


@pytest.fixture
def folder(locked_folder: Path, tmp_path: Path) -> Path:
    """Return a data folder behind a passphrase that a test may change."""
    return Path(shutil.copytree(locked_folder, tmp_path / "data"))


@pytest.fixture
def running(qapp: QApplication, folder: Path) -> Iterator[Running]:
    """Return the app on that folder, open."""
    running = Running(qapp, folder, CLOCK, ask=FakeAsk())
    running.start(SECRET)
    running.appear()
    yield running
    running.stop()


def _page(running: Running) -> NewKeyPage:
    running.desk.navigation.go(NewKeyPlace())
    return cast("NewKeyPage", running.window.page)


def test_a_new_key_is_made_while_somebody_writes_and_copies(
    running: Running, qtbot: QtBot, folder: Path
) -> None:
    """The code waits on its page; all that was written and copied meanwhile is under the key."""
    before = bytes(unlock(folder, SECRET).key)
    qtbot.waitUntil(running.window.isVisible)
    page = _page(running)
    page.making.secret.edit.setText(SECRET)
    page.making.make.click()
    store = running.desk.store
    for number in range(3):
        store.patients.add(PatientFacts(f"N{number}"))
        store._after_signing()
        QApplication.processEvents()
    running.desk.navigation.go(PatientsPlace())
    qtbot.waitUntil(lambda: page.code.has_code, timeout=20_000)
    store.patients.add(PatientFacts("later"))
    running.finish_tasks()
    store.close()
    code = page.code.code.text()
    key = unlock(folder, code).key
    assert key == unlock(folder, SECRET).key
    assert bytes(key) != before
    assert copies(folder)
    assert all(is_as_made(copy.path, key) for copy in copies(folder))


def test_closing_on_the_way_gives_it_up(running: Running, folder: Path) -> None:
    """The window asks first; then nothing has changed and nothing is left."""
    before = bytes(unlock(folder, SECRET).key)
    page = _page(running)
    page.making.secret.edit.setText(SECRET)
    page.making.make.click()
    running.window.close()
    running.stop()
    assert any("it is given up" in text for text in cast("FakeAsk", running._ask).told)
    assert bytes(unlock(folder, SECRET).key) == before
    assert ".new-key" not in {path.name for path in folder.iterdir()}


def test_what_is_left_in_the_second_place_is_named_until_it_was_renewed(
    running: Running, qtbot: QtBot, tmp_path: Path
) -> None:
    """Away it is named by its place; once it is back and carried to, nothing is left to say."""
    stick, store = tmp_path / "stick", running.desk.store
    stick.mkdir()
    store.copies.choose_elsewhere(stick)
    store.patients.add(PatientFacts("S"))
    store.copies.backup()
    stick.rename(tmp_path / "pulled")
    page = _page(running)
    page.making.secret.edit.setText(SECRET)
    page.making.make.click()
    qtbot.waitUntil(lambda: page.code.has_code, timeout=20_000)
    qtbot.waitUntil(lambda: str(stick) in page.left_told.text(), timeout=20_000)
    assert not page.left.isHidden()
    (tmp_path / "pulled").rename(stick)
    store.copies.backup()
    page.code.confirmed.emit()
    running.finish_tasks()
    page = _page(running)
    qtbot.waitUntil(page.left.isHidden, timeout=20_000)
