"""Folders of tables and stores to read them into."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.records.file.database import open_database
from app.records.model import Role
from app.records.store import Store
from scales.catalogue import Catalogue, load_catalogue
from tests.exchange.tabledesk import TODAY, Desk

KEY = bytes(range(32))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Return the scales of this version."""
    return load_catalogue()


def _desk(place: Path, catalogue: Catalogue) -> Desk:
    place.mkdir()
    database = open_database(place / "records.db", KEY, create=True)
    store = Store(database, catalogue=catalogue, clock=FixedClock.on(TODAY), station="desk")
    store.users.add("Ada Nurse", Role.NURSE)
    return Desk(store, catalogue, place)


@pytest.fixture(scope="module")
def idle_desk(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Desk]:
    """Return a desk for tests that store nothing; they share it."""
    desk = _desk(tmp_path_factory.mktemp("idle") / "desk", catalogue)
    yield desk
    assert desk.store.patients.all() == ()
    desk.store.close()


@pytest.fixture
def new_desk(tmp_path: Path, catalogue: Catalogue) -> Iterator[Callable[..., Desk]]:
    """Return a maker of desks, each with an empty store that is closed after the test."""
    made: list[Desk] = []

    def make(scales: Catalogue = catalogue) -> Desk:
        made.append(_desk(tmp_path / f"desk{len(made)}", scales))
        return made[-1]

    yield make
    for desk in made:
        desk.store.close()


@pytest.fixture
def desk(new_desk: Callable[..., Desk]) -> Desk:
    """Return a desk with an empty store."""
    return new_desk()
