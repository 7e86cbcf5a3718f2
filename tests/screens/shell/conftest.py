"""The rooms of the shell on an encrypted store of their own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.clock import FixedClock
from app.palette import load_palette
from app.records.file.database import open_database
from app.records.model import Role
from app.records.store import Store
from scales.catalogue import Catalogue, load_catalogue
from tests.screens.patient_rooms.bench import RoomBench, settle
from widgets.theme import apply_theme

TODAY = date(2026, 1, 28)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Return the scales of this version."""
    return load_catalogue()


@pytest.fixture
def clock() -> FixedClock:
    """Return a clock that stands on 28 January 2026."""
    return FixedClock.on(TODAY)


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """Return the application in the light theme."""
    apply_theme(qapp, load_palette("light"))
    return qapp


@pytest.fixture
def rooms(
    dressed: QApplication, tmp_path: Path, catalogue: Catalogue, clock: FixedClock
) -> Iterator[RoomBench]:
    """Return a desk of a nurse."""
    assert dressed is not None
    database = open_database(tmp_path / "records.db", bytes(32), create=True)
    store = Store(database, catalogue=catalogue, clock=clock, station="desk")
    store.users.add("M. Okafor", Role.NURSE)
    yield RoomBench(store, catalogue, clock)
    settle()
    store.close()
