"""The tables: strict, as they are declared, made once; a newer file is refused untouched."""

from collections.abc import Callable

import pytest
from sqlcipher3 import dbapi2

from app.errors import UserError
from app.records import schema
from app.records.rows import TABLES, Column, Table
from app.records.schema import JOURNAL_COLUMNS, LOCKS
from app.records.store import Store
from tests.records.workbench import Bench

BESIDE = {"stations", "this_station", "erased", "seen", "lines", "namesakes"}


def _tables(bench: Bench) -> dict[str, tuple[str, ...]]:
    execute = bench.store._database.execute
    found = execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: tuple(row[1] for row in execute(f"PRAGMA table_info({name})").fetchall())
        for (name,) in found
    }


def test_the_tables_are_as_they_are_declared(bench: Bench) -> None:
    """Every kind is in the file with its columns in order; beside them only what is known."""
    tables = _tables(bench)
    assert tables.pop("journal") == JOURNAL_COLUMNS
    beside = {name for name in tables if name not in TABLES}
    assert beside == BESIDE
    kinds = {name: columns for name, columns in tables.items() if name in TABLES}
    assert kinds == {name: shape.columns for name, shape in TABLES.items()}


def test_every_table_is_strict(bench: Bench) -> None:
    """A wrong type is refused by the file itself."""
    rows = bench.store._database.execute("PRAGMA table_list").fetchall()
    strict = {row[1]: row[5] for row in rows}
    assert all(strict[name] for name in (*TABLES, *BESIDE, "journal"))
    with pytest.raises(dbapi2.IntegrityError):
        bench.raw("INSERT INTO unit_settings VALUES ('x', x'00')")


def test_the_locks_are_in_the_file(bench: Bench) -> None:
    """A new file has every lock."""
    rows = bench.store._database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type='trigger'"
    )
    assert dict(rows.fetchall()) == LOCKS


def test_opening_again_changes_nothing(bench: Bench, reopen: Callable[..., Store]) -> None:
    """A file of this version is opened as it is."""
    bench.patient()
    before = _tables(bench)
    bench.store.close()
    again = Bench(reopen(), bench.catalogue)
    assert [one.facts.patient_id for one in again.store.patients.all()] == ["P1"]
    assert _tables(again) == before


def test_a_newer_file_is_refused_in_words(bench: Bench, reopen: Callable[..., Store]) -> None:
    """A file of a newer version is told, with what to do, and stays as it is."""
    bench.patient()
    bench.raw("PRAGMA user_version = 99")
    bench.store.close()
    with pytest.raises(UserError, match=r"newer version of OMS Bedside\. Please update"):
        reopen()


@pytest.mark.parametrize(
    "column",
    [
        Column("batch"),
        Column("batch", default="unknown"),
        Column("batch", default="nobody's"),
        Column("batch", "INTEGER", 0),
        Column("batch", default=None),
        Column("batch", "BLOB", None),
    ],
)
def test_a_column_declared_later_is_added_and_old_rows_have_its_default(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, column: Column
) -> None:
    """A field needs no step of its own: an older file gets its column when it is opened."""
    bench.patient()
    known = TABLES["patients"]
    later = Table(known.name, known.key, known.owners, (*known.told, column))
    monkeypatch.setattr(schema, "TABLES", {**TABLES, "patients": later})
    schema.prepare(bench.store._database)
    schema.prepare(bench.store._database)
    found = bench.store._database.execute("SELECT batch FROM patients").fetchall()
    assert found == [(column.default,)]
    assert [one.facts.patient_id for one in bench.store.patients.all()] == ["P1"]
