"""A cohort's file without its history: patients with a start and many totals, written row by row.

The same rows can be written into a plain file of the standard library's SQLite, for a yardstick.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.bench.clinic import connection_of
from tests.growth.folders import new_store
from tests.growth.made import patient_id

AGENT, SCALE, TOTALS = "ivig", "oms", 40
_FIRST_BIRTH = date(2012, 3, 1)
_COLUMNS = {
    "patients": ("id", "patient_id", "folded", "birth_date", "onset_date", "diagnosis"),
    "treatments": ("id", "patient", "treatment_id", "folded", "agent", "start"),
    "events": ("id", "patient", "date", "kind"),
    # Before their visits: the sheets of a visit that is imported are locked.
    "sheets": ("visit", "scale", "version", "is_typed", "total"),
    "visits": (
        "id", "visit", "patient", "station", "visit_id", "folded", "date", "time", "rater", "state"
    ),
}  # fmt: skip

Rows = Iterator[tuple[str, tuple[object, ...]]]


def write_records(folder: Path, patients: int) -> None:
    """Make a data folder that anyone can open."""
    with closing(new_store(folder)) as store:
        _write(connection_of(store), patients)


def write_plain(file: Path, patients: int) -> None:
    """Write the same rows into a plain file, with their keys and without another index."""
    with closing(sqlite3.connect(file, isolation_level=None)) as plain:
        for table, columns in _COLUMNS.items():
            keys = columns[:2] if table == "sheets" else columns[:1]
            listed = ", ".join(columns)
            made = f"CREATE TABLE {table} ({listed}, PRIMARY KEY ({', '.join(keys)}))"
            plain.execute(f"{made} WITHOUT ROWID")
        _write(plain, patients)


def _write(connection: Any, patients: int) -> None:
    connection.execute("BEGIN")
    for number in range(patients):
        for table, values in _rows(number):
            names, marks = ", ".join(_COLUMNS[table]), ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
    connection.execute("COMMIT")


def _rows(number: int) -> Rows:
    name, who = patient_id(number), _id(1, number)
    birth = _FIRST_BIRTH + timedelta(days=number * 7 % 2400)
    onset = birth + timedelta(days=500 + number * 11 % 200)
    start = onset + timedelta(days=20)
    yield "patients", (who, name, name.lower(), str(birth), str(onset), "oms_neuroblastoma")
    yield "treatments", (_id(2, number), who, f"{name}-i", f"{name.lower()}-i", AGENT, str(start))
    yield "events", (_id(3, number), who, str(start + timedelta(days=200)), "relapse")
    for place in range(TOTALS):
        visit, visit_id = _id(4, number * TOTALS + place), f"{name}-{place:02d}"
        day = start + timedelta(days=12 * place - 10)
        total = max(0, 16 - place // 2 - number * 13 % 5 + place * 7 % 3)
        yield "sheets", (visit, SCALE, "1", 1, str(total))
        yield "visits", (
            visit, visit, who, _id(5, 0), visit_id, visit_id.lower(), str(day), "10:30",
            "M. Okafor", "imported",
        )  # fmt: skip


def _id(kind: int, number: int) -> bytes:
    return kind.to_bytes(2, "big") + number.to_bytes(14, "big")
