"""Folders of tables and stores to read them into."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.records.database import open_database
from app.records.model import Role
from app.records.store import Store
from scales.catalogue import Catalogue, load_catalogue
from tests.exchange.tabledesk import TODAY, Desk

KEY = bytes(range(32))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Return the scales of this version."""
    return load_catalogue()


@pytest.fixture
def new_desk(tmp_path: Path, catalogue: Catalogue) -> Iterator[Callable[[], Desk]]:
    """Return a maker of desks, each with an empty store that is closed after the test."""
    made: list[Desk] = []

    def make() -> Desk:
        place = tmp_path / f"desk{len(made)}"
        place.mkdir()
        database = open_database(place / "records.db", KEY, create=True)
        clock = FixedClock.on(TODAY)
        store = Store(database, catalogue=catalogue, clock=clock, device="desk")
        store.users.add("Ada Nurse", Role.NURSE)
        made.append(Desk(store, catalogue, place))
        return made[-1]

    yield make
    for desk in made:
        desk.store.close()


@pytest.fixture
def desk(new_desk: Callable[[], Desk]) -> Desk:
    """Return a desk with an empty store."""
    return new_desk()
