"""The check: each kind of damage is first done behind the store's back, then found and counted."""

import sys
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from app.clock import SystemClock
from app.errors import Damage
from app.records import signing
from app.records.actions import Action
from app.records.check import check_all
from app.records.entries import Cell
from app.records.file.database import connect
from app.records.file.names import RECORDS
from app.records.folder import Founder, create_folder
from app.records.holding import Holding
from app.records.journal import Subject
from app.records.keys.keyfile import Cost
from app.records.model import (
    EventFacts,
    ImportedSheet,
    PatientFacts,
    Role,
    Visit,
    VisitFacts,
)
from app.records.schema import JOURNAL_COLUMNS, LOCKS
from app.records.store import Store
from scales.catalogue import Catalogue
from scales.score import score
from tests.builders import replace
from tests.records.workbench import KEY, Bench, day, key, level

if sys.platform != "win32":
    import resource


@pytest.fixture
def visit(bench: Bench) -> Visit:
    """Return a signed visit."""
    return bench.signed(bench.patient())


THIRD = "id % 1024 = 3"
"""The third entry of the one station that there is."""


def _unlock(bench: Bench) -> None:
    for lock in LOCKS:
        bench.raw(f"DROP TRIGGER {lock}")


def _lock(bench: Bench) -> None:
    for lock in LOCKS.values():
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
        "missing",
        "changed",
        "added",
        "seen",
        "unsaid",
        "lines",
        "copies",
        "ahead",
        "lost",
    ]
    assert {one.count for one in findings} == {0}
    assert all("7" in one.sentence.format(count=7) for one in findings)


@pytest.mark.parametrize(
    ("damage", "count"),
    [
        (f"UPDATE journal SET user = 'somebody' WHERE {THIRD}", 1),
        (f"UPDATE journal SET body = CAST('{{}}' AS BLOB) WHERE {THIRD}", 1),
        (f"DELETE FROM journal WHERE {THIRD}", 1),
        (f"UPDATE journal SET hash = zeroblob(32) WHERE {THIRD}", 2),
        ("DELETE FROM journal WHERE id % 1024 = 1", 1),
    ],
)
@pytest.mark.usefixtures("visit")
def test_a_changed_journal_is_found(bench: Bench, damage: str, count: int) -> None:
    """An entry that was changed, taken out, or given another hash breaks the chain."""
    _unlock(bench)
    bench.raw(damage)
    _lock(bench)
    assert bench.found()["journal"] == count


@pytest.mark.parametrize("gap", [1000, 1 << 41])
@pytest.mark.usefixtures("visit")
def test_a_journal_entry_cannot_be_slipped_in(bench: Bench, gap: int) -> None:
    """An entry made up behind the store's back fits no chain, nor that of a station unheard of."""
    columns = ", ".join(JOURNAL_COLUMNS[1:])
    bench.raw(
        f"INSERT INTO journal SELECT id + {gap}, {columns} FROM journal "
        "WHERE kind = 'users' LIMIT 1"
    )
    assert bench.found()["journal"] >= 1


@pytest.mark.usefixtures("visit")
def test_a_row_changed_behind_the_journal_is_found(bench: Bench) -> None:
    """A row that is not what its last entry left is counted."""
    bench.raw("UPDATE patients SET course = 'monophasic'")
    assert bench.found() == {"rows": 1}


@pytest.mark.parametrize(
    "damage",
    [
        "answers SET value = 'abc'", "answers SET side = 'up'", "sheets SET total = 'abc'",
        "sheets SET missing = '{'", "sheets SET reasons = '{\"a\": \"b\"}'",
        "visits SET state = 'sgned'", "visits SET signed_role = 'x'", "visits SET date = 'x'",
        "visits SET started_utc = 9223372036854775807",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("visit")
def test_a_cell_that_holds_what_no_cell_can_is_found_and_told(bench: Bench, damage: str) -> None:
    """The check goes on to its end, and what reads the row says that it is damaged."""
    _unlock(bench)
    bench.raw(f"UPDATE {damage}")
    _lock(bench)
    found = bench.found()
    assert found["rows"] >= 1
    assert found["totals"] == 1
    (patient,) = bench.store.lines.patients()
    with pytest.raises(Damage, match="cannot be read"):
        bench.store.record(patient)


@pytest.mark.parametrize("told", ["{", '{"last_visit": 3}'])
def test_a_line_that_cannot_be_read_is_told_from_the_rows(
    bench: Bench, visit: Visit, told: str
) -> None:
    """The list does not end at it."""
    bench.raw(f"UPDATE lines SET told = '{told}'")
    (summary,) = bench.store.summaries()
    assert summary.last_visit == visit.facts.date


@pytest.mark.usefixtures("visit")
def test_a_row_that_nobody_told_of_is_found(bench: Bench) -> None:
    """A row without a journal entry is counted."""
    bench.raw("INSERT INTO users VALUES (zeroblob(16), 'Eve', 'keeper', 'active', NULL)")
    assert bench.found() == {"rows": 1}


def test_a_row_that_is_gone_is_found(bench: Bench, visit: Visit) -> None:
    """A row that the journal knows and the file does not is counted."""
    event = bench.store.events.add(visit.patient, EventFacts(date=day("2025"), kind="fever"))
    bench.raw("DELETE FROM events WHERE id = ?", bytes.fromhex(event.id))
    assert bench.found() == {"rows": 1}


@pytest.fixture
def forge(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Visit]:
    """Return a signer that stores other results than scoring gave, as a fault of ours could."""

    def sign(draft: Visit, **cells: Cell) -> Visit:
        honest = signing.result_cells
        monkeypatch.setattr(signing, "result_cells", lambda result: {**honest(result), **cells})
        return bench.store.visits.sign(draft.id, "scored")

    return sign


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
    bench: Bench, forge: Callable[..., Visit], column: str, value: Cell
) -> None:
    """A total, subscore, missing key or mark that scoring would not give is counted."""
    draft = bench.draft(bench.patient())
    bench.fill(draft)
    forge(draft, **{column: value})
    assert bench.found() == {"totals": 1}


@pytest.mark.parametrize("total", ["16", "1.5", None])
def test_a_typed_total_that_cannot_be_is_found(bench: Bench, total: str | None) -> None:
    """A typed total outside the range, off the step, or gone is counted."""
    draft = bench.draft(bench.patient())
    bench.store.visits.type_total(draft.id, "oms5", Decimal(3))
    with bench.store.journal.step(Action.TYPE_TOTAL):
        cells = {"visit": draft.id, "scale": "oms5", "total": total}
        bench.store.journal.write("sheets", cells, Subject(draft.patient, draft.id))
    bench.store.visits.sign(draft.id, "copied")
    assert bench.found() == {"totals": 1}


def test_an_answer_that_the_scale_refuses_is_found(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stored level that the scale does not know makes its total wrong."""
    draft = bench.draft(bench.patient())
    bench.fill(draft)
    (filled,) = bench.store.visits.get(draft.id).sheets
    with bench.store.journal.step(Action.ANSWER):
        sheet = {"visit": draft.id, "scale": "five_feature", "item": "gait", "side": ""}
        subject = Subject(draft.patient, draft.id)
        bench.store.journal.write("answers", {**sheet, "value": "7"}, subject)
    honest = score(bench.catalogue.find("five_feature"), filled.answers)
    monkeypatch.setattr(signing, "score", lambda *_: honest)
    visit = bench.store.visits.sign(draft.id, "scored")
    assert bench.found() == {"totals": 1}
    assert visit.sheets[0].total == Decimal(5)


def test_a_sheet_of_another_version_is_not_judged(
    bench: Bench, forge: Callable[..., Visit]
) -> None:
    """Only this version of the scale, or one that it continues, can be scored again."""
    sheet = ImportedSheet("oms", "0.9", {key("gait"): level(1)})
    bench.store.visits.add_imported(bench.patient().id, VisitFacts("V1", day("2025")), (sheet,))
    draft = bench.draft(bench.patient("P2"))
    bench.fill(draft)
    forge(draft, total="3")
    assert bench.found() == {"totals": 1}
    other = replace(bench.catalogue.find("five_feature"), version="3", continues=())
    newer = replace(bench.store._session, catalogue=Catalogue((other,), ()))
    findings = check_all(newer, Holding(), lambda _share: None)
    assert {one.kind: one.count for one in findings if one.count} == {}


def test_a_sheet_of_a_version_that_this_one_continues_is_judged(
    bench: Bench, forge: Callable[..., Visit]
) -> None:
    """Clearer words score the same, so a forged total is found."""
    draft = bench.draft(bench.patient())
    bench.fill(draft)
    forge(draft, total="3")
    known = bench.catalogue.find("five_feature")
    other = replace(known, version="3", continues=(known.version,))
    newer = replace(bench.store._session, catalogue=Catalogue((other,), ()))
    findings = check_all(newer, Holding(), lambda _share: None)
    assert {one.kind: one.count for one in findings if one.count} == {"totals": 1}


@pytest.mark.usefixtures("visit")
def test_a_row_that_points_to_nothing_is_found(bench: Bench) -> None:
    """A row of a patient who is not there waits, and is counted."""
    columns = "id, patient, date, kind, state, note"
    values = "zeroblob(16), zeroblob(16), '2025', 'speech', 'yes', ''"
    bench.raw(f"INSERT INTO sequelae ({columns}) VALUES ({values})")
    assert bench.found() == {"rows": 1, "keys": 1}


@pytest.mark.usefixtures("visit")
def test_a_changed_look_is_found(bench: Bench) -> None:
    """What was seen stands in a chain too."""
    bench.store.seen.note(Action.OPEN)
    bench.store.seen.note(Action.PRINT, bench.store.patients.all()[0].id)
    assert bench.found() == {}
    _unlock(bench)
    bench.raw("UPDATE seen SET action = 'seen.export' WHERE id = 1")
    _lock(bench)
    assert bench.found()["seen"] == 1


@pytest.mark.usefixtures("visit")
def test_a_line_that_tells_something_else_is_made_anew_and_is_no_damage(bench: Bench) -> None:
    """The list's lines can always be made again from the rows."""
    bench.raw("UPDATE lines SET told = '{}', name = 'eve'")
    (line,) = (one for one in bench.store.check() if one.kind == "lines")
    assert (line.count, line.is_damage) == (1, False)
    assert bench.found() == {}


@pytest.mark.usefixtures("visit")
def test_a_lock_that_is_gone_or_changed_is_found(bench: Bench) -> None:
    """A missing trigger, and one that says something else, are counted."""
    bench.raw("DROP TRIGGER journal_update_locked")
    assert bench.found() == {"missing": 1}
    bench.raw("DROP TRIGGER visits_delete_locked")
    bench.raw("CREATE TRIGGER visits_delete_locked AFTER DELETE ON visits BEGIN SELECT 1; END")
    assert bench.found() == {"missing": 1, "changed": 1}


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
    # Rows and entries: without the pages before and after them the file cannot be opened at all.
    content[-28_000:-8_000] = bytes(20_000)
    path.write_bytes(content)
    found = {one.kind: one.count for one in reopen().check()}
    assert found["integrity"] > 0


def test_pages_that_wait_in_the_log_are_not_damage(bench: Bench, tmp_path: Path) -> None:
    """Beside a reader some pages come into the file and others do not; nothing is lost by that."""
    patient = bench.patient()
    told = [
        EventFacts(date=day("2025"), kind="fever", author=str(number), note="x" * 3000)
        for number in range(40)
    ]
    events = [bench.store.events.add(patient.id, facts) for facts in told]
    reader = connect(tmp_path / "records.db", KEY)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM events").fetchone()
    for event in events[::2]:
        bench.store.events.change(event.id, replace(event.facts, note="y" * 3000))
    bench.store._database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    assert bench.store._database.execute("PRAGMA cipher_integrity_check").fetchall()
    assert bench.found() == {}
    reader.close()
    assert bench.found() == {}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_a_disk_that_takes_nothing_is_no_damage(tmp_path: Path, catalogue: Catalogue) -> None:
    """What stands in the log cannot come into the file, so nothing is said of its pages."""
    store, _ = create_folder(
        tmp_path / "data", Founder("Ann", Role.NURSE), "a horse in the rain",
        clock=SystemClock(), catalogue=catalogue,
        cost=Cost(passes=1, memory_kib=128, lanes=1),
    )  # fmt: skip
    with closing(store):
        for number in range(40):
            store.patients.add(PatientFacts(f"P{number}", "Ada" * 60, "Berg" * 60))
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        size = (tmp_path / "data" / RECORDS).stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            found = [one.kind for one in store.check() if one.count]
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert found == []
        assert [one.kind for one in store.check() if one.count] == []
