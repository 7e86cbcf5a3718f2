"""The tables: strict, as the code names them, made once; a newer file is refused untouched."""

from collections.abc import Callable

import pytest
from sqlcipher3 import dbapi2
from sqlite_utils import Database

from app.errors import Damage, UserError
from app.records import schema
from app.records.journal import COLUMNS
from app.records.locks import FIRST_LOCKS
from app.records.rows import TABLES
from app.records.steps import MIGRATIONS
from app.records.store import Store
from tests.records.workbench import Bench


def _tables(bench: Bench) -> dict[str, tuple[str, ...]]:
    execute = bench.store._database.execute
    found = execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: tuple(row[1] for row in execute(f"PRAGMA table_info({name})").fetchall())
        for (name,) in found
    }


def test_the_tables_are_as_the_code_names_them(bench: Bench) -> None:
    """Every table of the code is in the file with these columns in this order, and no other."""
    tables = _tables(bench)
    assert tables.pop("journal") == COLUMNS
    tables.pop("_sqlite_migrations")
    assert tables == {name: shape.columns for name, shape in TABLES.items()}


def test_every_table_is_strict(bench: Bench) -> None:
    """A wrong type is refused by the file itself."""
    rows = bench.store._database.execute("PRAGMA table_list").fetchall()
    strict = {row[1]: row[5] for row in rows}
    assert all(strict[name] for name in (*TABLES, "journal"))
    with pytest.raises(dbapi2.IntegrityError):
        bench.raw("INSERT INTO settings VALUES ('x', x'00')")


def test_the_locks_are_in_the_file(bench: Bench) -> None:
    """The first step makes every lock."""
    rows = bench.store._database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type='trigger'"
    )
    assert dict(rows.fetchall()) == FIRST_LOCKS


def test_every_step_is_known_by_name() -> None:
    """The names that opening compares are those of the steps, in their order."""
    no_records_yet = Database(memory=True)
    names = [step.name for step in MIGRATIONS.pending(no_records_yet)]
    no_records_yet.close()
    assert tuple(names) == schema.STEPS
    assert MIGRATIONS.name == schema.SET


def test_opening_again_changes_nothing(bench: Bench, reopen: Callable[..., Store]) -> None:
    """A file of this version is opened as it is."""
    bench.patient()
    bench.store.close()
    again = reopen()
    assert [one.facts.patient_id for one in again.patients.all()] == ["P1"]
    count = again._database.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()
    assert count == (len(schema.STEPS),)


@pytest.mark.parametrize(
    "newer",
    [
        "PRAGMA user_version = 99",
        (
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('oms_bedside', 'm099_of_tomorrow', '')"
        ),
    ],
)
def test_a_newer_file_is_refused_in_words(
    bench: Bench, reopen: Callable[..., Store], newer: str
) -> None:
    """A file of a newer version is told, with what to do, and stays as it is."""
    bench.patient()
    bench.raw(newer)
    bench.store.close()
    with pytest.raises(UserError, match=r"newer version of OMS Bedside\. Please update"):
        reopen()


def test_an_update_that_leaves_loose_ends_is_damage(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that breaks references does not pass."""
    bench.raw("PRAGMA foreign_keys = OFF")
    bench.raw("INSERT INTO sequelae VALUES ('x', 'nobody', '2025', 'speech', 'yes', '')")
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, "m002_of_this_test"))
    with pytest.raises(Damage, match="do not fit together"):
        schema.prepare(bench.store._database)


def test_an_update_turns_the_references_on_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a step, a row that points to nothing is refused as before."""
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, "m002_of_this_test"))
    schema.prepare(bench.store._database)
    with pytest.raises(dbapi2.IntegrityError):
        bench.raw("INSERT INTO sequelae VALUES ('x', 'nobody', '2025', 'speech', 'yes', '')")
