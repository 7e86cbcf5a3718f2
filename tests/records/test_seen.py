"""Who looked: a chain of its own, beside the journal, and a plain file of failed openings."""

from pathlib import Path

import pytest

from app.clock import FixedClock
from app.errors import Damage, UserError
from app.records.actions import Action
from app.records.copies.backup import copies
from app.records.file.names import COPIES
from app.records.folder import open_folder
from app.records.seen import FAILED, Look, note_failed_opening
from tests.records.test_folder import CLOCK, PASSPHRASE, Desk, catalogue, desk
from tests.records.workbench import TODAY, Bench

__all__ = ["catalogue", "desk"]


def test_each_look_is_noted_with_who_and_at_whom(bench: Bench) -> None:
    """Opening is about nobody, a page about its patient; the acting user stands beside it."""
    patient = bench.patient()
    assert bench.store.seen.note(Action.OPEN)
    assert bench.store.seen.note(Action.PRINT, patient.id)
    user = bench.store.user.id
    assert bench.store.seen.all() == (
        Look(1, user, "seen.open", ""),
        Look(2, user, "seen.print", patient.id),
    )
    assert bench.store.seen.broken() == 0


@pytest.mark.parametrize(
    ("forgery", "count"),
    [
        ("UPDATE seen SET user = 'somebody else' WHERE id = 2", 1),
        ("DELETE FROM seen WHERE id = 2", 1),
        ("UPDATE seen SET id = 9 WHERE id = 3", 1),
        ("DELETE FROM seen WHERE id = 1", 1),
    ],
)
def test_a_look_that_was_changed_or_taken_out_breaks_the_chain(
    bench: Bench, forgery: str, count: int
) -> None:
    """The check counts it, and nothing else is damaged by it."""
    for _ in range(3):
        bench.store.seen.note(Action.OPEN)
    for lock in ("seen_update_locked", "seen_delete_locked"):
        bench.raw(f"DROP TRIGGER {lock}")
    bench.raw(forgery)
    assert bench.found() == {"seen": count, "missing": 2}


def test_looking_writes_nothing_into_the_journal(bench: Bench) -> None:
    """Neither its entries nor what the screens are told changes."""
    bench.patient()
    entries, told = bench.store.journal.entries(), bench.told()
    bench.store.seen.note(Action.OPEN)
    assert (bench.store.journal.entries(), told) == (entries, [])


def test_nobody_is_kept_from_reading_where_it_cannot_be_noted(bench: Bench) -> None:
    """A file that cannot be written takes no note, and whoever asked is told so."""
    bench.raw("PRAGMA query_only = ON")
    assert not bench.store.seen.note(Action.OPEN)
    bench.raw("PRAGMA query_only = OFF")
    assert bench.store.seen.all() == ()
    assert bench.store.seen.note(Action.OPEN)


def test_looking_makes_no_new_copy(desk: Desk) -> None:
    """Records that were only read are still like their last copy."""
    desk.create()[0].close()
    before = copies(desk.folder)
    store = desk.open()
    assert store.seen.note(Action.OPEN)
    store.close()
    assert len(before) == 1
    assert copies(desk.folder) == before


def test_a_failed_opening_is_told_in_a_plain_file_without_a_name(desk: Desk) -> None:
    """Each wrong passphrase or code is a line with its moment, and nothing of what was typed."""
    _, code = desk.create()
    desk.opened[-1].close()
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    for secret in ("wrong horse battery", wrong):
        with pytest.raises(UserError, match="does not open"):
            desk.open(secret)
    moment = CLOCK.now().utc_text
    told = (desk.folder / FAILED).read_text(encoding="ascii")
    assert told == f"{moment}\n{moment}\n"
    desk.open(PASSPHRASE).close()
    assert (desk.folder / FAILED).read_text(encoding="ascii") == told
    assert desk.names() == [COPIES, FAILED, "keys.json", "records.db", "records.lock"]


def test_only_a_wrong_secret_is_a_failed_opening(desk: Desk) -> None:
    """No secret at all, and damage, are nobody who tried."""
    desk.create()[0].close()
    with pytest.raises(UserError, match="Please type it"):
        desk.open(None)
    (desk.folder / "keys.json").write_text("{}", encoding="utf-8")
    with pytest.raises(Damage):
        open_folder(desk.folder, PASSPHRASE, clock=CLOCK, catalogue=desk.catalogue)
    assert not (desk.folder / FAILED).exists()


def test_a_failed_opening_that_cannot_be_told_is_only_refused(tmp_path: Path) -> None:
    """A folder that takes no file changes nothing about the refusal."""
    note_failed_opening(tmp_path / "gone", FixedClock.on(TODAY))
    assert list(tmp_path.iterdir()) == []
