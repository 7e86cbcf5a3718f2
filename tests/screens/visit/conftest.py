"""A scoring screen on an encrypted store of its own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.clock import FixedClock
from app.palette import load_palette
from app.records.file.database import open_database
from app.records.model import Role
from app.records.store import Store
from scales.catalogue import Catalogue, load_catalogue
from tests.screens.visit.bench import VisitBench, settle
from widgets.press_guard import PressGuard
from widgets.theme import apply_theme


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Return the scales of this version."""
    return load_catalogue()


@pytest.fixture
def store(tmp_path: Path, catalogue: Catalogue) -> Iterator[Store]:
    """Return a fresh store with a nurse who acts."""
    database = open_database(tmp_path / "records.db", bytes(32), create=True)
    clock = FixedClock.on(date(2026, 1, 28), 10)
    made = Store(database, catalogue=catalogue, clock=clock, station="desk")
    made.users.add("M. Okafor", Role.NURSE)
    yield made
    made.close()


@pytest.fixture
def bench(
    qapp: QApplication, qtbot: QtBot, store: Store, catalogue: Catalogue
) -> Iterator[VisitBench]:
    """Return a scoring screen that is shown and has the focus; it is gone after the test."""
    apply_theme(qapp, load_palette("light"))
    one = VisitBench(store, catalogue, FixedClock.on(date(2026, 1, 28), 10))
    guard = PressGuard(qapp, one.ticks)
    one.page.resize(1024, 768)
    one.page.show()
    qtbot.waitExposed(one.page)
    one.page.activateWindow()
    yield one
    one.page.close()
    one.page.deleteLater()
    delete(guard)
    settle()
