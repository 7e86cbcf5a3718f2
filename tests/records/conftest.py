"""A store on an encrypted file of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.clock import FixedClock
from app.records.file.database import open_database
from app.records.model import Role
from app.records.store import Store
from scales.catalogue import Catalogue, load_catalogue
from tests.records.workbench import KEY, TODAY, Bench


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Return the scales of this version."""
    return load_catalogue()


@pytest.fixture
def reopen(tmp_path: Path, catalogue: Catalogue) -> Iterator[Callable[..., Store]]:
    """Open the records file of this test, made at the first call."""
    path = tmp_path / "records.db"
    opened: list[Store] = []

    def open_it(**values: Any) -> Store:
        database = open_database(path, KEY, create=not path.exists())
        usual = {"catalogue": catalogue, "clock": FixedClock.on(TODAY), "station": "desk"}
        opened.append(Store(database, **{**usual, **values}))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def bench(reopen: Callable[..., Store], catalogue: Catalogue) -> Bench:
    """Return a fresh store with a nurse, Ann, who acts."""
    store = reopen()
    store.users.add("Ann", Role.NURSE)
    return Bench(store, catalogue)
