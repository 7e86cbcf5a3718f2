"""What protection costs: the unlocking, and a commit. Both sides of a pair run in turn."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from app.records.folder import create_folder, create_open_folder, open_folder
from app.records.keys.keyfile import STANDARD
from tests.faults.made import CATALOGUE, CLOCK, FOUNDER, PASSPHRASE

_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "temp_store = MEMORY")
_BODY = os.urandom(300)


class Pair(NamedTuple):
    """Ours and the yardstick, in seconds, and the median of the ratios pair by pair."""

    ours: float
    bare: float
    ratio: float
    rounds: int


def unlocking(place: Path, rounds: int) -> Pair:
    """Open records by a passphrase at its usual cost, and made-up records that have none."""
    locked, free = place / "locked", place / "free"
    create_folder(locked, FOUNDER, PASSPHRASE, clock=CLOCK, catalogue=CATALOGUE, cost=STANDARD)[
        0
    ].close()
    create_open_folder(free, FOUNDER, clock=CLOCK, catalogue=CATALOGUE).close()

    def opening(folder: Path, secret: str | None) -> Callable[[], float]:
        def timed() -> float:
            begun = perf_counter()
            store = open_folder(folder, secret, clock=CLOCK, catalogue=CATALOGUE)
            took = perf_counter() - begun
            store.close()
            return took

        return timed

    return _in_turn(opening(locked, PASSPHRASE), opening(free, None), rounds)


def committing(place: Path, rounds: int) -> Pair:
    """Commit one row of some hundred bytes to an encrypted file, and to one that is not."""
    place.mkdir(exist_ok=True)
    files = _file(place / "sealed", os.urandom(32)), _file(place / "plain")
    with closing(files[0]) as sealed, closing(files[1]) as plain:
        return _in_turn(lambda: _commit(sealed), lambda: _commit(plain), rounds)


def _file(path: Path, key: bytes | None = None) -> Any:
    connection = dbapi2.connect(str(path), isolation_level=None)
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB) STRICT")
    return connection


def _commit(connection: Any) -> float:
    begun = perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO t (body) VALUES (?)", [_BODY])
    connection.execute("COMMIT")
    return perf_counter() - begun


def _in_turn(ours: Callable[[], float], bare: Callable[[], float], rounds: int) -> Pair:
    pairs = [(ours(), bare()) for _ in range(rounds + 1)][1:]
    mine, theirs = zip(*pairs, strict=True)
    return Pair(median(mine), median(theirs), median(a / b for a, b in pairs), rounds)
