"""The window where something strange lies beside the records."""

import shutil
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.exchange.demo import build_demo
from app.records.folder import open_folder
from app.records.model import PatientFacts
from app.running import Running, application
from scales.catalogue import load_catalogue
from tests.app.conftest import CLOCK


def foreign_log(place: Path) -> bytes:
    """Return a log that other records left."""
    catalogue = load_catalogue()
    build_demo(place, clock=CLOCK, catalogue=catalogue)
    store = open_folder(place, None, clock=CLOCK, catalogue=catalogue)
    store.patients.add(PatientFacts("P9"))
    log = (place / "records.db-wal").read_bytes()
    store.close()
    return log


def test_a_cloud_folder_is_told_over_the_list(
    demo_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """Whoever put the records there by hand was asked by nobody."""
    folder = Path(shutil.copytree(demo_folder, tmp_path / "OneDrive - Ward" / "data"))
    running = Running(application(), folder, CLOCK)
    running.start()
    running.appear()
    try:
        qtbot.waitUntil(lambda: "that OneDrive synchronises" in running.window.message.text)
    finally:
        running.stop()


def test_a_log_that_was_set_aside_is_told_in_the_window(demo_folder: Path, tmp_path: Path) -> None:
    """It says where the log went, over the list of patients."""
    folder = Path(shutil.copytree(demo_folder, tmp_path / "data"))
    (folder / "records.db-wal").write_bytes(foreign_log(tmp_path / "other"))
    running = Running(application(), folder, CLOCK)
    running.start()
    try:
        told = [label.text() for label in running.window.findChildren(QLabel)]
        assert any("does not belong to them" in text and "set-aside" in text for text in told)
    finally:
        running.stop()


def test_a_lock_that_is_gone_is_told_in_the_window(
    qtbot: QtBot, demo_folder: Path, tmp_path: Path
) -> None:
    """It is named over the list of patients, as soon as that is there."""
    folder = Path(shutil.copytree(demo_folder, tmp_path / "data"))
    store = open_folder(folder, None, clock=CLOCK, catalogue=load_catalogue())
    store._database.execute("DROP TRIGGER visits_update_locked")
    store.close()
    running, ready = Running(application(), folder, CLOCK), list[bool]()
    running.on_ready = lambda: ready.append(True)
    running.start()
    running.appear()
    try:
        qtbot.waitUntil(lambda: bool(ready))
        told = [label.text() for label in running.window.findChildren(QLabel)]
        assert any("trigger visits_update_locked" in text for text in told)
    finally:
        running.stop()
