"""The copies hold the records to what they once said: what a lost log takes away is seen."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import UserError
from app.records.actions import Action
from app.records.copies.backup import copies
from app.records.copies.restore import restore
from app.records.copies.source import Source
from app.records.file.database import connect
from app.records.file.names import COPIES, RECORDS, SET_ASIDE, SUMMARY, TAIL
from app.records.store import Store
from tests.records.test_folder import CLOCK, PASSPHRASE, Desk, _sign_a_visit, catalogue, desk

__all__ = ["catalogue", "desk"]

LOG = f"{RECORDS}-wal"
DAMAGES = 20


def _stopped(desk: Desk, place: Path) -> Path:
    """Return the files of a process that stopped after a copy whose records still had a log.

    Somebody was reading meanwhile, so the log with three signed visits was not emptied.
    """
    desk.create()[0].close()
    store = desk.open()
    reader = connect(desk.folder / RECORDS, _key(store))
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM journal").fetchone()
    for number in range(3):
        _sign_a_visit(store, desk.catalogue, str(number))
    store.copy()
    shutil.copytree(desk.folder, place)
    (place / f"{RECORDS}-shm").unlink()
    reader.close()
    return place


def _key(store: Store) -> bytes:
    return bytes(store._holding._key)  # type: ignore[attr-defined] # a test may look at it


def _lose(log: Path) -> None:
    log.unlink()


def _cut(log: Path) -> None:
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 3])


def _empty(log: Path) -> None:
    log.write_bytes(b"")


def _spoil(log: Path) -> None:
    content = bytearray(log.read_bytes())
    content[40] ^= 1
    log.write_bytes(content)


HARMS = pytest.mark.parametrize("harm", [_lose, _cut, _empty, _spoil])


def _found(store: Store) -> dict[str, int]:
    return {one.kind: one.count for one in store.check() if one.count and one.is_damage}


def test_a_log_that_is_there_is_no_loss(desk: Desk, tmp_path: Path) -> None:
    """After a stop all is read from the log, and nothing is said."""
    store = desk.open(folder=_stopped(desk, tmp_path / "stopped"))
    assert store.copies.ahead() == ()
    assert _found(store) == {}
    assert len(store.summaries()) == 3


@HARMS
def test_a_lost_log_is_named_by_the_newest_copy(
    desk: Desk, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    """SQLite says nothing of it: the file is sound and merely older. The check is not silent."""
    place = _stopped(desk, tmp_path / "stopped")
    newest = copies(place)[0]
    harm(place / LOG)
    store = desk.open(folder=place)
    assert len(store.summaries()) < 3
    (ahead,) = store.copies.ahead()
    assert ahead.copy == newest
    assert _found(store) == {"ahead": 1}
    (finding,) = (one for one in store.check() if one.kind == "ahead")
    assert finding.named == (newest.path.name,)


def _lost_after_signing(desk: Desk, place: Path) -> Path:
    """Return a folder whose log was lost with three visits, each kept in the tail when signed."""
    desk.create()[0].close()
    (full,) = copies(desk.folder)
    records = (full.path / RECORDS).read_bytes()
    store = desk.open()
    store.after_signing(store.copy)
    reader = connect(desk.folder / RECORDS, _key(store))
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM journal").fetchone()
    for number in range(3):
        _sign_a_visit(store, desk.catalogue, str(number))
    shutil.copytree(desk.folder, place)
    reader.close()
    for name in (LOG, f"{RECORDS}-shm"):
        (place / name).unlink()
    (copy,) = copies(place)
    assert (copy.path / RECORDS).read_bytes() == records
    return place


def test_a_lost_log_is_named_up_to_the_last_signature_and_the_copy_brings_it_back(
    desk: Desk, tmp_path: Path
) -> None:
    """Three visits signed after the last full copy: opening and check say it, restore has them."""
    place = _lost_after_signing(desk, tmp_path / "stopped")
    (copy,) = copies(place)
    store = desk.open(folder=place)
    assert store.summaries() == ()
    (ahead,) = store.copies.ahead()
    assert (ahead.copy, ahead.further.utc) == (copy, CLOCK.now().utc)
    assert _found(store) == {"ahead": 1}
    store.close()
    put_back = Source(copy.path, PASSPHRASE)
    restore(put_back, place, replace=True, clock=CLOCK, catalogue=desk.catalogue)
    store = desk.open(folder=place)
    assert [len(store.record(one.patient.id).visits) for one in store.summaries()] == [1, 1, 1]
    assert store.copies.ahead() == ()
    assert _found(store) == {}


def test_what_is_signed_after_a_copy_was_put_back_is_kept_with_it(
    desk: Desk, tmp_path: Path
) -> None:
    """As another station's entries, in the same tail or behind an older copy."""
    place = _lost_after_signing(desk, tmp_path / "stopped")
    for folder in (place, tmp_path / "new"):
        source = Source(copies(place)[0].path, PASSPHRASE)
        is_there = folder.exists()
        restore(source, folder, replace=is_there, clock=CLOCK, catalogue=desk.catalogue)
        store = desk.open(folder=folder)
        _sign_a_visit(store, desk.catalogue, f"after in {folder.name}")
        store.close()
    assert len(desk.open(folder=tmp_path / "new").summaries()) == 5
    assert _found(desk.opened[-1]) == {}


def test_no_damage_of_the_log_is_silent(desk: Desk, tmp_path: Path) -> None:
    """Cut, zeroed, or with one bit turned anywhere: all entries are there, or it is named."""
    stopped = _stopped(desk, tmp_path / "stopped")
    whole, chance = (stopped / LOG).read_bytes(), random.Random(7)  # noqa: S311 - no secret
    entries = len(
        desk.open(folder=Path(shutil.copytree(stopped, tmp_path / "sound"))).journal.entries()
    )
    silent, named = [], 0
    for number in range(DAMAGES):
        place = Path(shutil.copytree(stopped, tmp_path / f"damaged {number}"))
        (place / LOG).write_bytes(_damaged(whole, chance))
        store = desk.open(folder=place)
        is_named = bool(store.copies.ahead())
        named += is_named
        if len(store.journal.entries()) != entries and not is_named:
            silent.append(number)
        store.close()
    assert silent == []
    assert named > DAMAGES // 2


def _damaged(log: bytes, chance: random.Random) -> bytes:
    """Return a log with one damage of a kind and at a place that chance chooses."""
    at = chance.randrange(len(log))
    turned = bytes([log[at] ^ 1 << chance.randrange(8)])
    return chance.choice(
        (
            log[:at],
            log[:at] + bytes(min(4096, len(log) - at)) + log[at + 4096 :],
            log[:at] + turned + log[at + 1 :],
        )
    )


def test_a_loss_stays_named_whatever_is_written_and_copied_after_it(
    desk: Desk, tmp_path: Path
) -> None:
    """Today's copies do not answer for yesterday's; the one that holds more is never put away."""
    place = _stopped(desk, tmp_path / "stopped")
    newest = copies(place)[0]
    _lose(place / LOG)
    for number in range(6):
        store = desk.open(folder=place)
        assert [one.copy for one in store.copies.ahead()] == [newest]
        _sign_a_visit(store, desk.catalogue, f"after {number}")
        store.close()
    assert newest in copies(place)
    assert _found(desk.open(folder=place)) == {"ahead": 1}


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"no words of ours",
        b'{"heads":[[9223372036854775808,"AB"]],"rows":"","keys":""}',
        b'{"heads":[[-1,"AB"]],"rows":"","keys":""}',
        b'{"heads":[[1,"\\ud800"]],"rows":"","keys":""}',
    ],
)
def test_a_copy_that_says_nothing_in_short_is_asked_itself(
    desk: Desk, tmp_path: Path, content: bytes | None
) -> None:
    """The anchor holds without the file beside the copy."""
    place = _stopped(desk, tmp_path / "stopped")
    _lose(place / LOG)
    (copies(place)[0].path / SUMMARY).unlink()
    if content is not None:
        (copies(place)[0].path / SUMMARY).write_bytes(content)
    assert len(desk.open(folder=place).copies.ahead()) == 1


def test_a_copy_that_cannot_be_read_is_damaged_and_keeps_nobody_from_opening(
    desk: Desk, tmp_path: Path
) -> None:
    """The check names it; what it held nobody can say."""
    place = _stopped(desk, tmp_path / "stopped")
    newest = copies(place)[0]
    (newest.path / SUMMARY).unlink()
    (newest.path / RECORDS).write_bytes(b"no records" * 1000)
    store = desk.open(folder=place)
    assert store.copies.ahead() == ()
    assert _found(store) == {"copies": 1}
    (finding,) = (one for one in store.check() if one.kind == "copies")
    assert finding.named == (newest.path.name,)


def test_a_forged_summary_is_found_by_the_check_and_no_longer_believed(
    desk: Desk,
) -> None:
    """What a copy says in short may be changed without the key, but not past the check."""
    desk.create()[0].close()
    (copy,) = copies(desk.folder)
    told = (copy.path / SUMMARY).read_bytes()
    (copy.path / SUMMARY).write_bytes(told.replace(b'"heads":[[', b'"heads":[[7,"AB"],['))
    store = desk.open()
    assert len(store.copies.ahead()) == 1
    assert _found(store) == {"copies": 1}
    assert store.copies.ahead() == ()


def test_going_on_without_a_copy_is_journalled_and_sets_it_aside_whole(
    desk: Desk, tmp_path: Path
) -> None:
    """It counts no longer, is not thrown away, and the reason stands in the journal."""
    place = _stopped(desk, tmp_path / "stopped")
    newest = copies(place)[0].path.name
    _lose(place / LOG)
    store = desk.open(folder=place)
    with pytest.raises(UserError, match="give a reason"):
        store.copies.go_on_without(" ")
    store.copies.go_on_without("entered again from paper")
    entry = store.journal.entries()[-1]
    assert (entry.action, entry.kind) == (Action.GO_ON.id, "restores")
    assert b"entered again from paper" in (entry.body or b"")
    assert newest.encode() in (entry.body or b"")
    assert _found(store) == {}
    (aside,) = (place / SET_ASIDE).iterdir()
    assert sorted(one.name for one in (aside / COPIES / newest).iterdir()) == [
        SUMMARY, "keys.json", RECORDS, TAIL,
    ]  # fmt: skip
    with pytest.raises(UserError, match="Nothing that is known of is missing"):
        store.copies.go_on_without("once more")
