"""What every test stands on: no screen, no dialog that waits, no leftover windows."""

import gc
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox

from app.records.file import database
from tests.cheap_keys import CHEAP, keys_that_cost
from widgets.theme import APP_ARGUMENTS


def _refuse(*_args: object, **_values: object) -> NoReturn:
    message = "A test met a dialog that waits for somebody."
    raise AssertionError(message)


_SEARCHED_AFTER = 20


@pytest.fixture(scope="session", autouse=True)
def no_thread_searches_for_garbage() -> Iterator[list[int]]:
    """Look for garbage between tests alone: a thread that finds widgets takes the run along.

    What is loaded before the first test stays, so that no search goes through it.
    """
    gc.disable()
    gc.freeze()
    yield [0]
    gc.unfreeze()
    gc.enable()


@pytest.fixture(autouse=True)
def garbage_between_tests(no_thread_searches_for_garbage: list[int]) -> None:
    """Search what the test before has left, and everything now and then.

    It lets go of its own only after its last fixture. What a whole search leaves is held by what
    lasts, such as a module; it stays too, or each search would take longer than the one before.
    """
    no_thread_searches_for_garbage[0] += 1
    # A window that a search finds has lost what it knew in Python before Qt takes it apart, and
    # may complain of that; in the app windows go in Qt's own order.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "excepthook", _unheard)
        if no_thread_searches_for_garbage[0] % _SEARCHED_AFTER:
            gc.collect(1)
        else:
            gc.collect()
            gc.freeze()


def _unheard(*_what: object) -> None:
    """Say nothing."""


_ASKED, _SET_UP = os.fsync, database._PRAGMAS


def _at_once(_handle: int) -> None:
    """Take what was written for stored."""


@pytest.fixture(scope="session", autouse=True)
def nobody_waits_for_the_disk() -> Iterator[None]:
    """Ask no disk to confirm what it took: no test of this process pulls a plug.

    They would wait for it at each write. Processes of their own, such as the faults, ask as the
    app does.
    """
    quick = (one.replace("synchronous = FULL", "synchronous = OFF") for one in _SET_UP)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", _at_once)
        patch.setattr(database, "_PRAGMAS", tuple(quick))
        yield


@pytest.fixture
def disk_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the disk as the app does, where a test is about just that."""
    monkeypatch.setattr(os, "fsync", _ASKED)
    monkeypatch.setattr(database, "_PRAGMAS", _SET_UP)


@pytest.fixture(scope="session", autouse=True)
def nobody_pays_for_a_passphrase() -> Iterator[None]:
    """Let a key cost next to nothing wherever the app would take its standard."""
    with keys_that_cost(CHEAP):
        yield


@pytest.fixture(scope="session", autouse=True)
def nothing_stays_on_the_clipboard() -> Iterator[None]:
    """Let go of what tests have copied while there is a Python that can."""
    yield
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Begin the tests' application as the app begins its own."""
    return APP_ARGUMENTS


@pytest.fixture(autouse=True)
def no_dialog_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every dialog that would block fail the test instead."""
    monkeypatch.setattr(QDialog, "exec", _refuse)
    for name in ("question", "warning", "information", "critical", "about"):
        monkeypatch.setattr(QMessageBox, name, _refuse)
    for name in ("getOpenFileName", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, _refuse)
    for name in ("getText", "getInt", "getItem"):
        monkeypatch.setattr(QInputDialog, name, _refuse)


@pytest.fixture(autouse=True)
def no_data_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a test from opening the records of whoever runs it."""
    for name in ("OMS_BEDSIDE_DATA", "OMS_BEDSIDE_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def notes_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the notes of every test are; a folder for each would be looked through."""
    return tmp_path_factory.mktemp("notes")


@pytest.fixture(autouse=True)
def no_note_of_the_user(monkeypatch: pytest.MonkeyPatch, notes_of_tests: Path) -> None:
    """Keep the notes of which station a folder is inside the test, its processes included."""
    monkeypatch.setenv("OMS_BEDSIDE_STATE", str(notes_of_tests / os.urandom(8).hex()))
