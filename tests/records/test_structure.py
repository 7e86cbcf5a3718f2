"""The structure of the file is held against what this version makes, part by part."""

from collections.abc import Callable

import pytest

from app.records.rows import TABLES
from app.records.store import Store
from app.records.structure import Differences, differences
from tests.records.workbench import Bench

REMOVED = [
    ("DROP TRIGGER visits_update_locked", "trigger visits_update_locked"),
    ("DROP INDEX journal_of_row", "index journal_of_row"),
    ("ALTER TABLE seen DROP COLUMN offset_minutes", "column seen.offset_minutes"),
]
CHANGED = [
    (
        "DROP TRIGGER seen_delete_locked",
        "CREATE TRIGGER seen_delete_locked BEFORE DELETE ON seen WHEN 0 BEGIN SELECT 1; END",
        "trigger seen_delete_locked",
    ),
    ("DROP INDEX drafts", "CREATE INDEX drafts ON visits (patient)", "index drafts"),
    (
        "ALTER TABLE restores DROP COLUMN copy",
        "ALTER TABLE restores ADD COLUMN copy TEXT",
        "column restores.copy",
    ),
    (
        "DROP TABLE this_station",
        "CREATE TABLE this_station (one INTEGER PRIMARY KEY, number INTEGER NOT NULL) STRICT",
        "column this_station.one",
    ),
    (
        "DROP TABLE erased",
        "CREATE TABLE erased (patient BLOB PRIMARY KEY, entry INTEGER NOT NULL) STRICT",
        "table erased",
    ),
]
ADDED = [
    ("CREATE TABLE notes (words TEXT) STRICT", ("column notes.words", "table notes")),
    ("CREATE INDEX by_sex ON patients (sex)", ("index by_sex",)),
    (
        "CREATE TRIGGER spy AFTER INSERT ON journal BEGIN SELECT 1; END",
        ("trigger spy",),
    ),
    ("CREATE VIEW everybody AS SELECT * FROM patients", ("view everybody",)),
    ("ALTER TABLE patients ADD COLUMN batch TEXT", ("column patients.batch",)),
]


def _differing(bench: Bench) -> Differences:
    return differences(bench.store._database)


def test_a_file_of_this_version_differs_in_nothing(bench: Bench) -> None:
    """Neither a fresh one nor one that was worked with."""
    assert _differing(bench) == Differences()
    bench.signed(bench.patient())
    assert _differing(bench).all == ()
    assert bench.found() == {}


@pytest.mark.parametrize(("sql", "part"), REMOVED)
def test_what_was_taken_out_is_named(bench: Bench, sql: str, part: str) -> None:
    """By what it is and how it is called; the check counts it as damage."""
    bench.raw(sql)
    assert _differing(bench) == Differences(missing=(part,))


def test_a_table_that_was_taken_out_is_named_with_its_columns(bench: Bench) -> None:
    """Nothing of it is passed over."""
    bench.raw("DROP TABLE namesakes")
    missing = _differing(bench).missing
    assert {"table namesakes", "column namesakes.name", "index namesakes_by_name"} <= {*missing}


@pytest.mark.parametrize(("gone", "instead", "part"), CHANGED)
def test_what_says_something_else_is_named(
    bench: Bench, gone: str, instead: str, part: str
) -> None:
    """The name alone does not count; a table's locks may go with it."""
    bench.raw(gone)
    bench.raw(instead)
    assert part in _differing(bench).changed


@pytest.mark.parametrize(("sql", "parts"), ADDED)
def test_what_was_added_is_named(bench: Bench, sql: str, parts: tuple[str, ...]) -> None:
    """Whatever kind of thing it is."""
    bench.raw(sql)
    assert _differing(bench) == Differences(added=parts)


def test_the_check_names_each_part_as_damage(bench: Bench) -> None:
    """Missing, changed and added ones apart, each with its name."""
    bench.raw("DROP TRIGGER journal_delete_locked")
    bench.raw("DROP INDEX replaced")
    bench.raw("CREATE INDEX replaced ON replacements (visit)")
    bench.raw("CREATE VIEW everybody AS SELECT 1")
    found = {one.kind: one for one in bench.store.check() if one.count}
    assert {kind: one.named for kind, one in found.items()} == {
        "missing": ("trigger journal_delete_locked",),
        "changed": ("index replaced",),
        "added": ("view everybody",),
    }
    assert all(one.is_damage for one in found.values())


def test_a_column_that_an_opening_added_is_no_difference(
    bench: Bench, reopen: Callable[..., Store]
) -> None:
    """It stands last in an older file, and in its place in a fresh one."""
    assert TABLES["patients"].columns[-1] != "course"
    bench.raw("ALTER TABLE patients DROP COLUMN course")
    bench.store.close()
    assert _differing(Bench(reopen(), bench.catalogue)) == Differences()


def test_an_opening_remembers_what_differs(bench: Bench, reopen: Callable[..., Store]) -> None:
    """A lock that is gone is told to whoever opens the records, before anything is written."""
    bench.raw("DROP TRIGGER journal_update_locked")
    bench.store.close()
    assert reopen().differences().all == ("trigger journal_update_locked",)
