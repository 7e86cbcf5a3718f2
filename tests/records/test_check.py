"""The check: each kind of damage is first done behind the store's back, then found and counted."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from app.records.journal import text_of
from app.records.locks import FIRST_LOCKS
from app.records.model import EventFacts, ImportedSheet, Visit, VisitFacts
from app.records.rows import Cell
from app.records.store import Store
from tests.records.workbench import Bench, day, key, level


@pytest.fixture
def visit(bench: Bench) -> Visit:
    """Return a signed visit."""
    return bench.signed(bench.patient())


def _unlock(bench: Bench) -> None:
    for lock in FIRST_LOCKS:
        bench.raw(f"DROP TRIGGER {lock}")


def _lock(bench: Bench) -> None:
    for lock in FIRST_LOCKS.values():
        bench.raw(lock)


@pytest.mark.usefixtures("visit")
def test_a_sound_file_has_a_finding_of_each_kind_and_no_count(bench: Bench) -> None:
    """Every kind is told, with count 0 and a sentence that takes the count."""
    findings = bench.store.check()
    assert [one.kind for one in findings] == [
        "integrity",
        "journal",
        "rows",
        "totals",
        "keys",
        "locks",
    ]
    assert {one.count for one in findings} == {0}
    assert all("7" in one.sentence.format(count=7) for one in findings)


@pytest.mark.parametrize(
    ("damage", "count"),
    [
        ("UPDATE journal SET reason = 'never said' WHERE sequence = 3", 1),
        ("UPDATE journal SET after = '{}' WHERE sequence = 3", 1),
        ("DELETE FROM journal WHERE sequence = 3", 1),
        ("UPDATE journal SET hash = 'x' WHERE sequence = 3", 2),
        ("DELETE FROM journal WHERE sequence = 1", 1),
    ],
)
@pytest.mark.usefixtures("visit")
def test_a_changed_journal_is_found(bench: Bench, damage: str, count: int) -> None:
    """An entry that was changed, taken out, or given another hash breaks the chain."""
    _unlock(bench)
    bench.raw(damage)
    _lock(bench)
    assert bench.found()["journal"] == count


@pytest.mark.usefixtures("visit")
def test_a_journal_entry_cannot_be_slipped_in(bench: Bench) -> None:
    """An entry made up behind the store's back does not fit the chain."""
    bench.raw(
        "INSERT INTO journal SELECT 1000, step, scope, undoes, table_name, row_id, user, device, "
        "utc, offset_minutes, action, before, after, reason, hash, hash FROM journal "
        "ORDER BY sequence DESC LIMIT 1"
    )
    assert bench.found() == {"journal": 1}


@pytest.mark.usefixtures("visit")
def test_a_row_changed_behind_the_journal_is_found(bench: Bench) -> None:
    """A row that is not what its last entry left is counted."""
    bench.raw("UPDATE patients SET given_name = 'Eve'")
    assert bench.found() == {"rows": 1}


@pytest.mark.usefixtures("visit")
def test_a_row_that_nobody_told_of_is_found(bench: Bench) -> None:
    """A row without a journal entry is counted."""
    bench.raw("INSERT INTO users VALUES ('x', 'Eve', 'keeper')")
    assert bench.found() == {"rows": 1}


def test_a_row_that_is_gone_is_found(bench: Bench, visit: Visit) -> None:
    """A row that the journal knows and the file does not is counted."""
    event = bench.store.events.add(visit.patient, EventFacts(date=day("2025"), kind="fever"))
    bench.raw("DELETE FROM events WHERE id = ?", event.id)
    assert bench.found() == {"rows": 1}


def _as_journalled(bench: Bench, table: str, row_id: str, **values: Cell) -> None:
    """Forge a row together with its journal entries, as only a fault of ours could."""
    _unlock(bench)
    bench.raw("PRAGMA foreign_keys = OFF")
    row = bench.store.journal.read(table, row_id)
    assert row is not None
    with bench.store.journal.step("forge"):
        bench.store.journal.write(table, row_id, None)
        bench.store.journal.write(table, row_id, {**row, **values})
    _lock(bench)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("total", "99"),
        ("total", None),
        ("missing", '["gait"]'),
        ("reasons", '{"gait":"open"}'),
        ("subscores", '{"without_gait":"0"}'),
        ("is_typed", 1),
    ],
)
def test_a_stored_result_that_does_not_come_out_is_found(
    bench: Bench, visit: Visit, column: str, value: str | int | None
) -> None:
    """A total, subscore, missing key or mark that scoring would not give is counted."""
    _as_journalled(bench, "assessments", visit.sheets[0].id, **{column: value})
    assert bench.found() == {"totals": 1}


@pytest.mark.parametrize("total", ["16", "1.5", None])
def test_a_typed_total_that_cannot_be_is_found(bench: Bench, total: str | None) -> None:
    """A typed total outside the range, off the step, or gone is counted."""
    draft = bench.draft(bench.patient())
    bench.store.visits.type_total(draft.id, "oms5", Decimal(3))
    visit = bench.store.visits.sign(draft.id, "copied")
    _as_journalled(bench, "assessments", visit.sheets[0].id, total=total)
    assert bench.found() == {"totals": 1}


def test_an_answer_that_the_scale_refuses_is_found(bench: Bench, visit: Visit) -> None:
    """A stored level that the scale does not know makes its total wrong."""
    (row_id,) = bench.store._database.execute("SELECT id FROM answers LIMIT 1").fetchone()
    _as_journalled(bench, "answers", row_id, value="7")
    assert bench.found() == {"totals": 1}
    assert visit.sheets[0].total == Decimal(5)


def test_a_sheet_of_another_version_is_not_judged(bench: Bench) -> None:
    """Only the version of the scale that is here can say what a sheet scores."""
    patient = bench.patient()
    sheet = ImportedSheet("oms", "0.9", {key("gait"): level(1)})
    visit = bench.store.visits.add_imported(patient.id, VisitFacts("V1", day("2025")), (sheet,))
    _as_journalled(bench, "assessments", visit.sheets[0].id, total="3")
    assert bench.found() == {}
    _as_journalled(bench, "assessments", visit.sheets[0].id, scale="unheard_of", version="1")
    assert bench.found() == {}


@pytest.mark.usefixtures("visit")
def test_a_row_that_points_to_nothing_is_found(bench: Bench) -> None:
    """A reference to a patient who is not there is counted."""
    bench.raw("PRAGMA foreign_keys = OFF")
    bench.raw("INSERT INTO sequelae VALUES ('x', 'nobody', '2025', 'speech', 'yes', '')")
    assert bench.found() == {"rows": 1, "keys": 1}


@pytest.mark.usefixtures("visit")
def test_a_lock_that_is_gone_or_changed_is_found(bench: Bench) -> None:
    """A missing trigger, and one that says something else, are counted."""
    bench.raw("DROP TRIGGER journal_update_locked")
    assert bench.found() == {"locks": 1}
    bench.raw("DROP TRIGGER visits_delete_locked")
    bench.raw("CREATE TRIGGER visits_delete_locked AFTER DELETE ON visits BEGIN SELECT 1; END")
    assert bench.found() == {"locks": 2}


def test_damaged_pages_are_found(
    bench: Bench, reopen: Callable[..., Store], tmp_path: Path
) -> None:
    """Pages that no longer carry their own seal are counted; what cannot be read counts too."""
    patient = bench.patient()
    for number in range(40):
        bench.store.events.add(
            patient.id, EventFacts(date=day("2025"), kind="fever", note="x" * 400 + str(number))
        )
    bench.store.close()
    path = tmp_path / "records.db"
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20_000] = bytes(20_000)
    path.write_bytes(content)
    found = {one.kind: one.count for one in reopen().check()}
    assert found["integrity"] > 0


def test_rows_are_told_in_one_way() -> None:
    """The same row is the same text, whatever order its columns came in."""
    assert text_of({"b": 1, "a": None}) == text_of({"a": None, "b": 1}) == '{"a":null,"b":1}'
    assert text_of(None) is None
