"""A data folder with records at work, and what the tests of its copies keep asking of it."""

import random
import shutil
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.clock import FixedClock, Moment
from app.records.copies.backup import copy_verified, damaged_copies
from app.records.copies.fetching import fetch
from app.records.copies.following import keep_up
from app.records.copies.heads import Heads, heads
from app.records.file.database import open_database
from app.records.file.names import RECORDS, TAIL
from app.records.store import Store
from scales.catalogue import Catalogue
from tests.records.workbench import KEY, Bench

START = datetime(2025, 6, 1, 8, tzinfo=UTC)
_BESIDE = ("this_station", "sqlite_sequence")


@dataclass
class Ward:
    """A data folder with records at work, and copies that are asked for by hand."""

    folder: Path
    catalogue: Catalogue
    now: datetime = START
    opened: list[Store] = field(default_factory=list)

    def open(self) -> Bench:
        """Open the records, made at the first call."""
        database = open_database(
            self.folder / RECORDS, KEY, create=not (self.folder / RECORDS).exists()
        )
        clock = FixedClock(Moment(self.now, 120))
        store = Store(database, catalogue=self.catalogue, clock=clock, station="desk")
        self.opened.append(store)
        return Bench(store, self.catalogue)

    @property
    def bench(self) -> Bench:
        """The records as they were opened last."""
        return Bench(self.opened[-1], self.catalogue)

    def sign(self, count: int) -> tuple[Path, list[int]]:
        """Sign so many visits, each kept up with; return the copy and where each record ends."""
        who, ends = self.bench.store.patients.all()[0], [0]
        for number in range(count):
            self.bench.signed(who, f"2025-05-{1 + number:02d}")
            copy = self.keep_up()
            ends.append((copy / TAIL).stat().st_size if (copy / TAIL).exists() else 0)
        return copy, ends

    def keep_up(self) -> Path:
        """Have the newest copy hold what is saved now; return its folder."""
        self.now += timedelta(minutes=1)
        return keep_up(self.folder, KEY, FixedClock(Moment(self.now, 0))).path

    def copy_in_full(self) -> Path:
        """Make a full copy; return its folder."""
        self.now += timedelta(minutes=1)
        return copy_verified(self.folder, KEY, FixedClock(Moment(self.now, 0))).path

    def fetched(self, copy: Path, **how: bool) -> dict[str, list[tuple[Any, ...]]]:
        """Return all that a copy holds, brought into a folder of its own."""
        scratch = self.folder.parent / f"fetched {random.random()}"  # noqa: S311 - a name
        scratch.mkdir()
        fetch(copy, scratch, KEY, **how)
        told = everything(scratch)
        shutil.rmtree(scratch)
        return told

    def damaged(self) -> tuple[str, ...]:
        """Have every copy read, and return the names of those that are damaged."""
        return damaged_copies(self.folder, KEY, lambda _share: None)


def everything(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table of the records in a folder, as the file has them."""
    with closing(open_database(folder / RECORDS, KEY)) as database:
        named = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: sorted(database.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for (name,) in named
            if name not in _BESIDE
        }


def heads_in_file(folder: Path) -> Heads:
    """Return the last entries of the records of a folder."""
    with closing(open_database(folder / RECORDS, KEY)) as database:
        return heads(database)
