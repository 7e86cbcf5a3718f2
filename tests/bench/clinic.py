"""A clinic's file: a hundred patients with twenty visits each, and a nurse with a visit open."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.clock import SystemClock
from app.dates import PartialDate
from app.records.file.database import connect
from app.records.folder import open_folder
from app.records.keys import vault
from app.records.store import Store
from scales.catalogue import load_catalogue
from scales.model import Key, Scored
from tests.bench.raw_tap import RawTap, Write, all_rows, pragmas_of, undress, writes_between
from tests.growth.folders import FILES
from tests.growth.made import patient_id

PATIENTS = 100
KEY = Key("opsoclonus")
_SCALE = "five_feature"


def opened(folder: Path) -> Store:
    """Open a data folder that needs no secret."""
    return open_folder(folder, None, clock=SystemClock(), catalogue=load_catalogue())


def begin_visit(store: Store) -> None:
    """Begin a visit of the first patient today and fill its sheet."""
    patient = store.patients.by_patient_id(patient_id(0))
    visit = store.visits.start(patient.id, PartialDate.of(SystemClock().today()), "").id
    for key in load_catalogue().find(_SCALE).keys:
        tap(store, visit, 1, key)


def tap(store: Store, visit: str, level: int, key: Key = KEY) -> None:
    """Score one item, the sheet's first if none is named."""
    store.visits.answer(visit, _SCALE, key, Scored(Decimal(level)))


def two_taps(store: Store, visit: str) -> tuple[tuple[Write, ...], tuple[Write, ...]]:
    """Tap another level and the first one again; return what each of them wrote."""
    connection = connection_of(store)
    before = all_rows(connection)
    tap(store, visit, 2)
    between = all_rows(connection)
    tap(store, visit, 1)
    after = all_rows(connection)
    return (
        writes_between(connection, before, between),
        writes_between(connection, between, after),
    )


@contextmanager
def raw_tap(folder: Path, copy: Path) -> Iterator[RawTap]:
    """Make a copy of a folder in which a visit is open, and lend a raw tap into it."""
    with closing(opened(folder)) as store:
        taps = two_taps(store, store.lines.drafts()[0].visit)
        pragmas = pragmas_of(connection_of(store))
    copy.mkdir()
    for file in FILES:
        shutil.copy2(folder / file, copy / file)
    key = vault.unlock(copy, None).key
    with closing(connect(copy / FILES[0], key)) as bare:
        undress(bare, pragmas)
        yield RawTap(bare, taps)


def connection_of(store: Store) -> Any:
    """Return the store's own connection, to look at what it wrote."""
    return store._database.conn
