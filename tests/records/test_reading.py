"""Records that are opened to read only: what is told, and that a refusal leaves nothing held."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from app.errors import Damage, UserError
from app.records import folder as data_folder
from app.records.actions import Action
from app.records.copies.backup import copies
from app.records.copies.tail import size_of
from app.records.file.database import connect
from app.records.file.names import RECORDS
from app.records.folder import hold
from app.records.keys.vault import WrongSecret, unlock
from app.records.model import PatientFacts
from app.records.reading import OF_A_COPY, open_to_read
from app.records.slowing import TooSoon
from app.records.store import Store
from tests.records.test_folder import CLOCK, PASSPHRASE, TODAY, Desk, catalogue, desk

__all__ = ["catalogue", "desk"]


@pytest.fixture
def closed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a desk whose closed folder, with a draft of this station, takes no lock any more."""
    store, _ = desk.create()
    store.visits.start(store.patients.add(PatientFacts("1")).id, TODAY, "09:00")
    store.close()

    def refuse(_path: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(data_folder, "seize", refuse)
    return desk


def _read(desk: Desk, secret: str = PASSPHRASE) -> Store:
    store = open_to_read(desk.folder, secret, clock=CLOCK, catalogue=desk.catalogue)
    desk.opened.append(store)
    return store


def test_where_all_can_be_written_it_is_an_opening_like_any_other(desk: Desk) -> None:
    """A command that reads notes that it did."""
    desk.create()[0].close()
    assert not _read(desk).around.is_read_only


def test_what_is_saved_is_read_and_nothing_is_written(closed: Desk) -> None:
    """A write is one sentence; a draft is left to the station that began it."""
    store = _read(closed)
    assert store.around.is_read_only
    assert [draft.visit for draft in store.lines.drafts()]
    with pytest.raises(UserError, match="cannot be written to"):
        store.patients.add(PatientFacts("2"))
    store.copy()
    assert store.is_copied()
    assert not any(finding.count for finding in store.check())


@pytest.fixture
def copy(desk: Desk) -> Path:
    """Return a copy with a patient in its tail, which its full copy does not hold."""
    store, _ = desk.create()
    for identifier in ("1", "2"):
        store.patients.add(PatientFacts(identifier))
        store.seen.note(Action.OPEN)
        if identifier == "1":
            store.copies.backup()
    store.close()
    newest = copies(desk.folder)[0].path
    assert size_of(newest)
    return newest


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_copy_is_read_with_its_tail_and_not_a_byte_of_it_changes(desk: Desk, copy: Path) -> None:
    """Where it lies; nobody takes what its full copy alone holds for all of it."""
    before = _bytes(copy)
    store = open_to_read(copy, PASSPHRASE, clock=CLOCK, catalogue=desk.catalogue)
    desk.opened.append(store)
    told = sorted(line.patient.facts.patient_id for line in store.summaries())
    assert (told, store.around.why_read_only) == (["1", "2"], OF_A_COPY)
    with pytest.raises(UserError, match="cannot be written to"):
        store.patients.add(PatientFacts("3"))
    store.close()
    with pytest.raises(WrongSecret):
        open_to_read(copy, "another horse", clock=CLOCK, catalogue=desk.catalogue)
    assert _bytes(copy) == before


@pytest.mark.parametrize("place", ["copies", "elsewhere"])
def test_nobody_works_in_a_copy(desk: Desk, copy: Path, tmp_path: Path, place: str) -> None:
    """Wherever it lies, one sentence names the way; nothing is written to it."""
    if place == "elsewhere":
        copy = Path(shutil.copytree(copy, tmp_path / "by hand"))
    before = _bytes(copy)
    with pytest.raises(UserError, match="is a checked copy, which is only read"):
        desk.open(folder=copy)
    assert _bytes(copy) == before


def test_a_copy_that_somebody_wrote_into_is_damaged(desk: Desk, copy: Path) -> None:
    """Its tail does not go on from there."""
    key = unlock(copy, PASSPHRASE).key
    connection = connect(copy / RECORDS, key)
    told = connection.execute("SELECT * FROM seen ORDER BY id DESC").fetchone()
    marks = ", ".join("?" * len(told))
    connection.execute(f"INSERT INTO seen VALUES ({marks})", (told[0] + 1, *told[1:]))
    connection.close()
    with pytest.raises(Damage, match="is damaged"):
        open_to_read(copy, PASSPHRASE, clock=CLOCK, catalogue=desk.catalogue)


def test_a_draft_of_another_station_is_not_taken_over(
    closed: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A machine that only reads begins no station."""
    monkeypatch.setenv("OMS_BEDSIDE_STATE", str(tmp_path / "another machine"))
    assert len(_read(closed).lines.drafts()) == 1


def test_a_refused_reading_leaves_nothing_held(
    closed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a wrong passphrase the folder is free for whoever can write in it."""
    with pytest.raises(WrongSecret):
        _read(closed, "not this one at all")
    monkeypatch.undo()
    hold(closed.folder).release()


def test_a_folder_that_is_read_is_held(closed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody writes in it meanwhile; once the reader has closed it is free."""
    store = _read(closed)
    monkeypatch.undo()
    with pytest.raises(UserError, match="already open"):
        hold(closed.folder)
    store.close()
    hold(closed.folder).release()


def test_a_folder_without_a_lock_file_is_read(closed: Desk) -> None:
    """Nobody holds it, and none is made there."""
    (closed.folder / data_folder.LOCK).unlink()
    _read(closed).close()
    assert data_folder.LOCK not in closed.names()


def test_wrong_passphrases_slow_down_commands_that_only_read(closed: Desk) -> None:
    """The same door as everywhere: noted where it can be, and the fourth is told to wait."""
    for _ in range(3):
        with pytest.raises(WrongSecret):
            _read(closed, "not this one at all")
    with pytest.raises(TooSoon, match="Please wait"):
        _read(closed)
