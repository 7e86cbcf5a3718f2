"""The tail of a copy: full copy and tail together are the records, whatever was done to either."""

import random
import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.clock import FixedClock, Moment
from app.errors import UserError
from app.records.actions import Action
from app.records.copies.backup import copies, copy_verified, damaged_copies, is_copied
from app.records.copies.fetching import fetch
from app.records.copies.following import keep_up
from app.records.file.database import open_database
from app.records.file.names import RECORDS
from app.records.keys.keyfile import write_keys
from app.records.keys.vault import Holder, open_slot
from app.records.model import EventFacts, MeasureFacts, Role, TreatmentFacts
from app.records.store import Store
from scales.catalogue import Catalogue
from tests.builders import replace
from tests.records.histories import History
from tests.records.workbench import KEY, Bench, day

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

    def keep_up(self) -> Path:
        """Have the newest copy hold what is saved now; return its folder."""
        self.now += timedelta(minutes=1)
        return keep_up(self.folder, KEY, FixedClock(Moment(self.now, 0))).path

    def copy_in_full(self) -> Path:
        """Make a full copy; return its folder."""
        self.now += timedelta(minutes=1)
        return copy_verified(self.folder, KEY, FixedClock(Moment(self.now, 0))).path

    def fetched(self, copy: Path, **how: bool) -> dict[str, list[tuple[Any, ...]]]:
        """Return all that the newest copy holds, brought into a folder of its own."""
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


@pytest.fixture
def ward(tmp_path: Path, catalogue: Catalogue) -> Iterator[Ward]:
    """Return a ward with a nurse, Ann, and the full copy of a first patient."""
    (tmp_path / "data").mkdir()
    made = Ward(tmp_path / "data", catalogue)
    bench = made.open()
    bench.store.users.add("Ann", Role.NURSE)
    write_keys(made.folder, (open_slot(KEY, Holder("u", "Ann")),))
    bench.patient("P0")
    made.copy_in_full()
    yield made
    for store in made.opened:
        store.close()


def _bench(ward: Ward) -> Bench:
    return Bench(ward.opened[-1], ward.catalogue)


class Story(History):
    """What people do at random, with treatments, events, weights, settings and looks besides."""

    def more(self) -> None:
        """Do one thing of the other kinds."""
        who = self.random.choice(self.store.patients.all() or self.store.patients.marked())
        deeds = (self.treat, self.note, self.weigh, self.set, self.look)
        with suppress(UserError):
            self.random.choice(deeds)(who.id)

    def treat(self, who: str) -> None:
        """Add a treatment, or remove one."""
        self.count += 1
        made = self.store.treatments.add(
            who, TreatmentFacts(treatment_id=f"T{self.count}", agent="prednisolone")
        )
        if self.random.random() < 0.3:
            self.store.treatments.remove(made.id)

    def note(self, who: str) -> None:
        """Add an event, or remove one."""
        self.count += 1
        when = day(f"2025-{1 + self.count % 5:02d}-{1 + self.random.randrange(28):02d}")
        made = self.store.events.add(who, EventFacts(date=when, kind="fever"))
        if self.random.random() < 0.3:
            self.store.events.remove(made.id)

    def weigh(self, who: str) -> None:
        """Weigh a child."""
        self.count += 1
        when = day(f"2024-{1 + self.count % 12:02d}-{1 + self.random.randrange(28):02d}")
        self.store.measures.add(
            who, MeasureFacts(date=when, kind="weight_kg", value=Decimal(10 + self.count % 40))
        )

    def set(self, _who: str) -> None:
        """Change a setting of the unit, or a user's."""
        settings = self.store.settings.load()
        self.store.settings.save(replace(settings, site=f"Ward {self.random.randrange(9)}"))

    def look(self, who: str) -> None:
        """Look at a patient."""
        self.store.seen.note(Action.OPEN_PATIENT, who)


@pytest.mark.parametrize("seed", range(12))
def test_a_fetched_copy_is_the_records_after_any_history(ward: Ward, seed: int) -> None:
    """Every row of every table is the same: journal, rows, lines, stations, what was seen."""
    story, chance = Story(_bench(ward), seed), random.Random(seed)  # noqa: S311 - a story
    full_at = {chance.randrange(20) for _ in range(chance.randrange(3))}
    for number in range(20):
        for _ in range(chance.randrange(1, 5)):
            story.act()
            story.more()
        if chance.random() < 0.1:
            # Another station goes on in the file.
            story.bench.raw("DELETE FROM this_station")
            story.go_on_with(ward.open())
        copy = ward.copy_in_full() if number in full_at else ward.keep_up()
        assert is_copied(ward.folder, KEY)
        if number % 7 == 0 or number == 19:
            assert ward.fetched(copy) == everything(ward.folder)
    assert ward.damaged() == ()
    assert len(copies(ward.folder)) <= 1 + len(full_at)
    assert {one.kind for one in story.store.check() if one.count} <= {"waiting"}
