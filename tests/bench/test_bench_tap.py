"""A tap until the answer is on disk, against one raw transaction that writes the same two rows."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from app.clock import SystemClock
from app.dates import PartialDate
from app.records.folder import create_open_folder
from app.records.model import PatientFacts, Role, Visit
from app.records.store import Store
from scales.catalogue import load_catalogue
from scales.model import Key, Scored

ROUNDS = 1500
GOAL = "at most 2.5"
KEY = Key("gait")


@pytest.fixture
def store(disk_folder: Path) -> Iterator[Store]:
    """A store on disk with one open visit."""
    made = create_open_folder(
        disk_folder / "data",
        "Bench",
        Role.NURSE,
        clock=SystemClock(),
        catalogue=load_catalogue(),
    )
    yield made
    made.close()


@pytest.fixture
def visit(store: Store) -> Visit:
    """An open visit."""
    patient = store.patients.add(PatientFacts("bench"))
    today = PartialDate.of(SystemClock().today())
    return store.visits.start(patient.id, today, "")


def test_a_tap_to_disk(benchmark: Any, store: Store, visit: Visit) -> None:
    """Ours: the answer and its journal entry."""
    levels = cycle(Scored(Decimal(level)) for level in (1, 2))

    def tap() -> None:
        store.visits.answer(visit.id, "five_feature", KEY, next(levels))

    benchmark.group = "a tap to the answer on disk"
    benchmark.extra_info.update(side="ours", goal=GOAL)
    benchmark.pedantic(tap, rounds=ROUNDS, warmup_rounds=50)
    sheet = store.visits.get(visit.id).sheet("five_feature")
    assert sheet is not None
    assert KEY in sheet.answers


def test_a_raw_transaction(benchmark: Any, store: Store, visit: Visit) -> None:
    """The yardstick: the same two rows through the same encrypted file, by hand."""
    store.visits.answer(visit.id, "five_feature", KEY, Scored(Decimal(1)))
    connection = store.journal._database.conn
    answer = connection.execute("SELECT * FROM answers LIMIT 1").fetchone()
    entry = connection.execute("SELECT * FROM journal ORDER BY sequence DESC LIMIT 1").fetchone()
    connection.execute("CREATE TABLE raw_answers AS SELECT * FROM answers")
    connection.execute("CREATE TABLE raw_journal AS SELECT * FROM journal")
    answer_sql = f"INSERT INTO raw_answers VALUES ({', '.join('?' * len(answer))})"
    entry_sql = f"INSERT INTO raw_journal VALUES ({', '.join('?' * len(entry))})"

    def transaction() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(answer_sql, answer)
        connection.execute(entry_sql, entry)
        connection.execute("COMMIT")

    benchmark.group = "a tap to the answer on disk"
    benchmark.extra_info.update(side="yardstick", goal=GOAL)
    benchmark.pedantic(transaction, rounds=ROUNDS, warmup_rounds=50)
    written = connection.execute("SELECT count(*) FROM raw_journal").fetchone()[0]
    assert written > ROUNDS
