"""What stands beside the records in short may be damaged: nobody is kept out, nothing is lost."""

import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import AppError
from app.paths import station_folder
from app.records.copies import changing_key
from app.records.copies.backup import copies
from app.records.copies.putting_back import PLAN, READY, Plan
from app.records.copies.second_place import SecondPlace
from app.records.copies.summary import summary_of
from app.records.file.names import RECORDS, SET_ASIDE, SUMMARY
from app.records.keys.keyfile import KEYS, read_keys
from app.records.model import PatientFacts
from app.records.station import Notes
from app.settings import StationFile, StationSettings
from tests.records.copies.test_restore import _damage, _killed, _patients, _two_copies
from tests.records.renewals import killed_in
from tests.records.test_folder import PASSPHRASE, Desk, catalogue, desk

__all__ = ["catalogue", "desk"]

GARBAGE = [
    b"",
    b"{",
    b"\xff\xfe\x00",
    b"[1]",
    b"null",
    b'{"aside": "\xff", "copies": []}',
    bytes(64),
]
ELSEWHERE = b'{"aside": "../../away", "copies": [], "removed": ["../records.db"]}'


def _spoil(path: Path, content: bytes | None) -> None:
    path.unlink()
    if content is not None:
        path.write_bytes(content)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize("content", [*GARBAGE, ELSEWHERE, None])
def test_a_damaged_plan_of_putting_back_keeps_nobody_out(
    desk: Desk, content: bytes | None
) -> None:
    """The copy is in its place, what was there is set aside whole, and every copy stays."""
    older, newest = _two_copies(desk)
    was = {name: (desk.folder / name).read_bytes() for name in (RECORDS, KEYS)}
    assert _killed(desk, older.path, moves=1)
    _spoil(desk.folder / READY / PLAN, content)
    store = desk.open()
    assert _patients(store) == ["1"]
    assert _damage(store) == ["ahead"]
    (aside,) = (desk.folder / SET_ASIDE).iterdir()
    assert {name: (aside / name).read_bytes() for name in was} == was
    # The opening says of the copy that goes beyond that it does, and asks what shall be.
    assert [one.copy.path.name for one in store.copies.ahead()] == [newest.path.name]
    assert not (desk.folder / READY).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize("moves", range(2, 7))
def test_what_was_half_aside_stays_together(desk: Desk, moves: int) -> None:
    """Records, log and keys in one folder, also where the plan was damaged between two moves."""
    older, _ = _two_copies(desk)
    (desk.folder / f"{RECORDS}-wal").write_bytes(b"a log that a crash has left")
    names = (RECORDS, KEYS, f"{RECORDS}-wal")
    was = {name: (desk.folder / name).read_bytes() for name in names}
    assert _killed(desk, older.path, moves=moves)
    _spoil(desk.folder / READY / PLAN, b"{")
    assert _patients(desk.open()) == ["1"]
    (aside,) = (desk.folder / SET_ASIDE).iterdir()
    assert {name: (aside / name).read_bytes() for name in names} == was


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize("content", [*GARBAGE, ELSEWHERE, None])
def test_a_damaged_plan_of_a_new_key_keeps_nobody_out(desk: Desk, content: bytes | None) -> None:
    """The new key counts, and so do the records under it; no copy goes."""
    store, _ = desk.create()
    store.patients.add(PatientFacts("1"))
    store.close()
    before = {copy.path.name for copy in copies(desk.folder)}
    killed_in(desk.folder, PASSPHRASE, "renewal", "put_in_place", is_after=False)
    _spoil(desk.folder / changing_key.READY / changing_key.PLAN, content)
    again = desk.open()
    assert _patients(again) == ["1"]
    assert _damage(again) == []
    assert {copy.path.name for copy in copies(desk.folder)} >= before
    assert not (desk.folder / changing_key.READY).exists()


def test_a_plan_names_only_what_we_name() -> None:
    """Nothing outside its folder is moved by a plan that was changed."""
    name = "20260128T090000.000Z"
    assert Plan(name, (name,)).has_our_names()
    assert Plan("", ()).has_our_names()
    assert not Plan("..", ()).has_our_names()
    assert not Plan(name, (f"../{name}",)).has_our_names()


@pytest.mark.parametrize("content", GARBAGE)
def test_every_other_note_of_ours_that_is_damaged_counts_as_none(
    desk: Desk, tmp_path: Path, content: bytes
) -> None:
    """The window's size, the station, the second place, a copy's summary: no fault of ours."""
    desk.create()[0].close()
    desk.open().close()
    (copy, *_), notes = copies(desk.folder), station_folder()
    (tmp_path / "stick").mkdir()
    SecondPlace(notes, desk.folder).choose(tmp_path / "stick")
    (tmp_path / "window.json").write_bytes(content)
    for path in (*notes.glob("*.json"), copy.path / SUMMARY):
        path.write_bytes(content)
    assert StationFile(tmp_path).read() == StationSettings()
    assert Notes(notes, desk.folder).read() is None
    assert SecondPlace(notes, desk.folder).state() is None
    assert summary_of(copy.path) is None
    with closing(desk.open()) as store:
        assert store.copies.elsewhere() is None
        assert _damage(store) == []


@pytest.mark.parametrize("content", [*GARBAGE, b'{"format": 1, "slots": "\xff"}'])
def test_damaged_keys_are_a_sentence(desk: Desk, content: bytes) -> None:
    """In the folder and in a copy."""
    desk.create()[0].close()
    (desk.folder / KEYS).write_bytes(content)
    with pytest.raises(AppError):
        read_keys(desk.folder)
