"""What was written after the last signature is missed when it is lost: the machine knows of it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from app.errors import UserError
from app.records import journal, station
from app.records.actions import Action
from app.records.copies.backup import copies
from app.records.copies.restore import restore
from app.records.copies.source import Source
from app.records.file.database import connect
from app.records.file.names import RECORDS
from app.records.model import PatientFacts
from app.records.station import Known, Notes, Written
from app.records.store import Store
from tests.records.test_folder import CLOCK, PASSPHRASE, Desk, _sign_a_visit, catalogue, desk

__all__ = ["catalogue", "desk"]

LOG = f"{RECORDS}-wal"


def _left(desk: Desk, place: Path) -> Path:
    """Return the files of a process that stopped: a signed visit, and two patients after it.

    Somebody was reading, so all of it is in the log, and the visit in the copy's tail as well.
    """
    desk.create()[0].close()
    store = desk.open()
    store.after_signing(store.copy)
    reader = connect(desk.folder / RECORDS, bytes(store._holding._key))  # type: ignore[attr-defined] # a test may look at it
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM journal").fetchone()
    _sign_a_visit(store, desk.catalogue, "signed")
    reader.close()
    for name in ("tapped 1", "tapped 2"):
        store.patients.add(PatientFacts(name))
    shutil.copytree(desk.folder, place)
    return place


def _put_in_place(desk: Desk, left: Path) -> None:
    """Have the folder be as that process left it, under the same name."""
    shutil.rmtree(desk.folder)
    shutil.copytree(left, desk.folder)
    (desk.folder / f"{RECORDS}-shm").unlink()


@pytest.fixture
def left(desk: Desk, tmp_path: Path) -> Path:
    """Return the files of a process that stopped; they stand in the folder, nobody has it open."""
    place = _left(desk, tmp_path / "left")
    desk.opened[-1].away.put()  # its file is closed as by a kill: nothing more is noted or copied
    desk.opened[-1].close()
    _put_in_place(desk, place)
    return place


def _found(store: Store) -> dict[str, int]:
    return {one.kind: one.count for one in store.check() if one.count and one.is_damage}


def test_what_a_process_left_in_its_log_is_not_missed(desk: Desk, left: Path) -> None:
    """It is read from there, and the same station goes on."""
    assert (left / LOG).exists()
    store = desk.open()
    assert len(store.patients.all()) == 3
    assert (store.copies.missed(), _found(store)) == (None, {})


def test_a_lost_log_is_told_by_the_copy_first_then_by_the_machine(desk: Desk, left: Path) -> None:
    """What was signed comes back with the copy; what was tapped after it stays missed."""
    assert left.exists()
    (desk.folder / LOG).unlink()
    store = desk.open()
    (ahead,) = store.copies.ahead()
    assert (store.copies.missed(), _found(store)) == (None, {"ahead": 1})
    store.close()
    put_back = Source(ahead.copy.path, PASSPHRASE)
    restore(put_back, desk.folder, replace=True, clock=CLOCK, catalogue=desk.catalogue)
    store = desk.open()
    assert [one.facts.patient_id for one in store.patients.all()] == ["signed"]
    missed = store.copies.missed()
    assert missed is not None
    assert (missed.count, missed.further.utc) == (2, CLOCK.now().utc)
    assert _found(store) == {"lost": 2}


def test_what_is_missed_stays_named_until_that_is_answered(desk: Desk, left: Path) -> None:
    """Whatever is written and copied after it; the answer is journalled with its reason."""
    assert left.exists()
    copy = shutil.copytree(copies(desk.folder)[0].path, desk.folder.parent / "copy")
    put_back = Source(Path(copy), PASSPHRASE)
    (desk.folder / LOG).unlink()
    restore(put_back, desk.folder, replace=True, clock=CLOCK, catalogue=desk.catalogue)
    for name in ("later 1", "later 2"):
        store = desk.open()
        _sign_a_visit(store, desk.catalogue, name)
        store.close()
        store = desk.open()
        assert _found(store) == {"lost": 2}
        store.close()
    store = desk.open()
    with pytest.raises(UserError, match="give a reason"):
        store.copies.go_on_without(" ")
    assert store.copies.go_on_without("asked the nurse of that day") == ()
    entry = store.journal.entries()[-1]
    assert entry.action == Action.GO_ON.id
    assert b"asked the nurse of that day" in (entry.body or b"")
    assert _found(store) == {}
    store.close()
    assert _found(desk.open()) == {}
    with pytest.raises(UserError, match="Nothing that is known of is missing"):
        desk.opened[-1].copies.go_on_without("again")


def test_what_is_replaced_on_purpose_is_not_missed(desk: Desk) -> None:
    """It was told before the copy was put back, and is set aside whole."""
    desk.create()[0].close()
    older = shutil.copytree(copies(desk.folder)[0].path, desk.folder.parent / "older")
    store = desk.open()
    for name in ("1", "2"):
        store.patients.add(PatientFacts(name))
    store.close()
    put_back = Source(Path(older), PASSPHRASE)
    restore(put_back, desk.folder, replace=True, clock=CLOCK, catalogue=desk.catalogue)
    store = desk.open()
    assert store.patients.all() == ()
    assert _found(store) == {}


@pytest.mark.parametrize("spoil", [lambda _path: None, lambda path: path.write_bytes(b"x" * 9000)])
def test_looking_for_what_is_missed_leaves_the_replaced_files_as_they_were(
    desk: Desk, left: Path, spoil: Callable[[Path], None]
) -> None:
    """Not a byte of them changes and none comes, be they sound or damaged."""
    copy = shutil.copytree(copies(desk.folder)[0].path, desk.folder.parent / "copy")
    spoil(desk.folder / RECORDS)
    was = {name: (desk.folder / name).read_bytes() for name in (RECORDS, LOG)}
    assert left.exists()
    aside = restore(
        Source(Path(copy), PASSPHRASE), desk.folder,
        replace=True, clock=CLOCK, catalogue=desk.catalogue,
    )  # fmt: skip
    assert aside is not None
    assert {one.name for one in aside.iterdir() if one.name.startswith(RECORDS)} == set(was)
    assert {name: (aside / name).read_bytes() for name in was} == was


def test_another_folder_in_its_place_is_not_missed_by(desk: Desk) -> None:
    """The machine noted something of other records that stood here once."""
    store = desk.create()[0]
    store.patients.add(PatientFacts("1"))
    store.close()
    shutil.rmtree(desk.folder)
    desk.create()[0].close()
    assert _found(desk.open()) == {}


def test_a_note_that_grew_shorter_is_read_all_the_same(tmp_path: Path) -> None:
    """It is written where it lies; what is left of a longer one behind it says nothing."""
    notes = Notes(tmp_path / "state", tmp_path)
    long, short = Written("a" * 32, 1_000_000, 1, 0), Written("b" * 32, 1, 1, 0)
    notes.write(Known("c" * 32, long, (long, long)))
    notes.write(Known("c" * 32, short))
    assert notes.read() == Known("c" * 32, short)


def test_where_no_note_can_be_kept_nothing_is_missed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The records go on without; only a station of their own begins at the next opening."""

    def refuse(_path: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(station, "make_private", refuse)
    store = desk.create()[0]
    store.patients.add(PatientFacts("1"))
    store.close()
    store = desk.open()
    assert len(store.patients.all()) == 1
    assert _found(store) == {}


def test_what_a_station_wrote_that_began_in_the_lost_log_is_missed(
    desk: Desk, tmp_path: Path
) -> None:
    """Nothing in the file tells of that station any more; the machine knows it all the same."""
    desk.create()[0].close()
    older = shutil.copytree(desk.folder, tmp_path / "older")
    for note in Path(os.environ["OMS_BEDSIDE_STATE"]).rglob("*.json"):
        note.unlink()
    store = desk.open()
    store.patients.add(PatientFacts("1"))
    assert len({entry.station for entry in store.journal.entries()}) == 2
    store.close()
    shutil.rmtree(desk.folder)
    shutil.copytree(older, desk.folder)
    assert _found(desk.open()) == {"lost": 2}


def test_a_note_that_cannot_be_read_from_the_file_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the sentence of a disk that does not do as it should, never in the database's words."""
    store, _ = desk.create()

    def _fails(_database: object) -> str:
        raise dbapi2.OperationalError("disk I/O error")

    with monkeypatch.context() as failing:
        failing.setattr(journal, "first_station", _fails)
        with pytest.raises(UserError, match="did not take"):
            store.journal.chain.known()
