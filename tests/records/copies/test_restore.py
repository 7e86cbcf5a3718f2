"""A copy put back by the app itself: whole, journalled, and either done or not begun."""

import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import Damage, UserError
from app.records.actions import Action
from app.records.copies.backup import Copy, copies
from app.records.copies.putting_back import HALF_READY, READY
from app.records.copies.restore import restore
from app.records.copies.source import Source
from app.records.file.database import connect
from app.records.file.names import COPIES, RECORDS, SET_ASIDE
from app.records.folder import holds_data, needs_secret
from app.records.keys.keyfile import KEYS
from app.records.keys.vault import change_passphrase
from app.records.model import PatientFacts
from app.records.store import Store
from tests.records.test_folder import (
    CHEAP,
    CLOCK,
    PASSPHRASE,
    ROOT,
    Desk,
    _sign_a_visit,
    catalogue,
    desk,
)

__all__ = ["catalogue", "desk"]

NEW = "another passphrase"


def _two_copies(desk: Desk) -> tuple[Copy, Copy]:
    """Return a copy with one patient and the one before it, of closed records with two."""
    desk.create()[0].close()
    for name in ("1", "2"):
        store = desk.open()
        _sign_a_visit(store, desk.catalogue, name)
        store.copies.backup()
        store.close()
    newest, older, *_ = copies(desk.folder)
    return older, newest


def _put_back(
    desk: Desk, copy: Path, folder: Path | None = None, *, secret: str | None = PASSPHRASE
) -> Path | None:
    """Put a copy into a folder, or in place of what the desk's folder holds."""
    return restore(
        Source(copy, secret), folder or desk.folder,
        replace=folder is None, clock=CLOCK, catalogue=desk.catalogue,
    )  # fmt: skip


def _patients(store: Store) -> list[str]:
    return sorted(line.patient.facts.patient_id for line in store.summaries())


def _damage(store: Store) -> list[str]:
    return [one.kind for one in store.check() if one.count]


def _bytes(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder but the lock."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "records.lock"
    }


@pytest.mark.parametrize("is_there", [True, False])
def test_a_copy_is_put_back_into_a_new_or_empty_folder(
    desk: Desk, tmp_path: Path, is_there: bool
) -> None:
    """It opens there, sound, and the journal says of which copy it came; nothing is aside."""
    older, _ = _two_copies(desk)
    before = _bytes(desk.folder)
    place = tmp_path / "new" / "place"
    if is_there:
        place.mkdir(parents=True)
    assert _put_back(desk, older.path, place) is None
    assert _bytes(desk.folder) == before
    assert sorted(path.name for path in place.iterdir()) == [KEYS, RECORDS, "records.lock"]
    store = desk.open(folder=place)
    assert _patients(store) == ["1"]
    entry = store.journal.entries()[-1]
    assert (entry.action, entry.user) == (Action.RESTORE.id, store.user.id)
    assert older.path.name.encode() in (entry.body or b"")
    assert _damage(store) == []


def test_a_copy_in_place_of_the_records_sets_them_aside_whole(desk: Desk) -> None:
    """Records, log and keys, and the copies that go on beyond the one that was put back."""
    older, newest = _two_copies(desk)
    log = desk.folder / f"{RECORDS}-wal"
    log.write_bytes(b"a log that a crash has left")
    was = {name: (desk.folder / name).read_bytes() for name in (RECORDS, KEYS, log.name)}
    aside = _put_back(desk, older.path)
    assert aside is not None
    assert aside.parent == desk.folder / SET_ASIDE
    assert {name: (aside / name).read_bytes() for name in was} == was
    assert [one.name for one in (aside / COPIES).iterdir()] == [newest.path.name]
    assert not log.exists()
    assert {stat.S_IMODE(one.stat().st_mode) for one in (aside, aside.parent)} == {0o700}
    store = desk.open()
    assert _patients(store) == ["1"]
    assert store.copies.ahead() == ()
    assert _damage(store) == []


def test_what_was_set_aside_can_be_put_back_itself(desk: Desk, tmp_path: Path) -> None:
    """A restore can be taken back, with what stood only in the log."""
    older, _ = _two_copies(desk)
    store = desk.open()
    store.patients.add(PatientFacts("3"))
    old = store.journal.station()
    crashed = tmp_path / "crashed"
    shutil.copytree(desk.folder, crashed)
    (crashed / f"{RECORDS}-shm").unlink()
    store.close()
    aside = restore(
        Source(crashed / COPIES / older.path.name, PASSPHRASE), crashed,
        replace=True, clock=CLOCK, catalogue=desk.catalogue,
    )  # fmt: skip
    assert aside is not None
    place = tmp_path / "again"
    _put_back(desk, aside, place)
    again = desk.open(folder=place)
    assert _patients(again) == ["1", "2", "3"]
    assert again.journal.station() not in (None, old)
    assert _damage(again) == []


def test_records_put_back_are_a_station_of_their_own_and_stay_one(desk: Desk) -> None:
    """The chain of the copy is never continued; the next opening goes on in the new one."""
    older, _ = _two_copies(desk)
    before = desk.open()
    old = before.journal.station()
    before.close()
    _put_back(desk, older.path)
    store = desk.open()
    own = store.journal.station()
    assert own not in (None, old)
    _sign_a_visit(store, desk.catalogue, "4")
    store.close()
    again = desk.open()
    assert again.journal.station() == own
    assert len({entry.station for entry in again.journal.entries()}) == 2


def test_a_closed_data_folder_put_back_elsewhere_is_another_station(
    desk: Desk, tmp_path: Path
) -> None:
    """Also where the machine keeps no note: both may go on, each in a chain of its own."""
    store = desk.create_open()
    old = store.journal.station()
    store.close()
    place = tmp_path / "new"
    _put_back(desk, desk.folder, place, secret=None)
    assert desk.open(None, folder=place).journal.station() not in (None, old)
    assert desk.open(None).journal.station() == old


def test_a_copy_opens_with_the_passphrase_of_its_day(desk: Desk) -> None:
    """Its keys come with it, so a passphrase changed since does not fit it."""
    older, _ = _two_copies(desk)
    change_passphrase(desk.folder, PASSPHRASE, NEW, CHEAP)
    with pytest.raises(UserError, match="does not open these records"):
        _put_back(desk, older.path, secret=NEW)
    assert _put_back(desk, older.path) is not None
    assert _patients(desk.open()) == ["1"]


def _refused(desk: Desk, copy: Path, folder: Path | None, sentence: str) -> None:
    """Check that a copy is not put back, in a sentence, and that nothing has changed."""
    before = _bytes(desk.folder)
    with pytest.raises((UserError, Damage), match=sentence):
        _put_back(desk, copy, folder)
    assert _bytes(desk.folder) == before


@pytest.mark.parametrize("made", ["nothing", "empty", "photos", "no keys", "no records"])
def test_what_is_no_copy_of_ours_is_refused(desk: Desk, tmp_path: Path, made: str) -> None:
    """A folder that does not hold the two files of a copy."""
    older, _ = _two_copies(desk)
    strange = tmp_path / "strange"
    if made.startswith("no "):
        shutil.copytree(older.path, strange)
        (strange / (KEYS if made == "no keys" else RECORDS)).unlink()
    elif made != "nothing":
        strange.mkdir()
    if made == "photos":
        (strange / "holiday.jpg").write_bytes(b"photo")
    _refused(desk, strange, None, "is not a copy of records")


@pytest.mark.parametrize("name", [RECORDS, KEYS])
def test_files_of_somebody_else_are_refused(desk: Desk, tmp_path: Path, name: str) -> None:
    """Names alone make no copy."""
    older, _ = _two_copies(desk)
    strange = tmp_path / "strange"
    shutil.copytree(older.path, strange)
    (strange / name).write_bytes(b"something else" * 1000)
    _refused(desk, strange, None, "damaged")


@pytest.mark.parametrize("at", [0.0, 0.5, 0.99])
def test_a_damaged_copy_is_refused(desk: Desk, at: float) -> None:
    """Every page is looked at before anything is moved."""
    older, _ = _two_copies(desk)
    content = bytearray((older.path / RECORDS).read_bytes())
    content[int(len(content) * at)] ^= 1
    (older.path / RECORDS).write_bytes(content)
    _refused(desk, older.path, None, "is damaged and was not put back")


def test_a_copy_of_a_newer_version_is_refused(desk: Desk) -> None:
    """What this version does not know it does not put in place of what it knows."""
    older, _ = _two_copies(desk)
    store = desk.open()
    key = bytes(store._holding._key)  # type: ignore[attr-defined] # a test may look at it
    store.close()
    connection = connect(older.path / RECORDS, key)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    _refused(desk, older.path, None, "made by a newer version")


def test_a_folder_in_use_is_refused(desk: Desk) -> None:
    """Nothing is moved beneath an open window."""
    older, _ = _two_copies(desk)
    store = desk.open()
    with pytest.raises(UserError, match="already open with these data"):
        _put_back(desk, older.path)
    assert _patients(store) == ["1", "2"]


def test_a_source_in_use_is_refused(desk: Desk, tmp_path: Path) -> None:
    """A data folder that is open is no copy: its file and its log are being written."""
    desk.create()
    with pytest.raises(UserError, match="already open with these data"):
        _put_back(desk, desk.folder, tmp_path / "new")


def test_a_folder_that_is_not_empty_is_refused(desk: Desk, tmp_path: Path) -> None:
    """Without --replace nothing is put among what is there, records or not."""
    older, _ = _two_copies(desk)
    place = tmp_path / "full"
    place.mkdir()
    (place / "letter.txt").write_text("dear")
    _refused(desk, older.path, place, "is not empty")
    with pytest.raises(UserError, match="is not empty"):
        restore(
            Source(older.path, PASSPHRASE), desk.folder,
            replace=False, clock=CLOCK, catalogue=desk.catalogue,
        )  # fmt: skip
    assert [path.name for path in place.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("path", [".", "copies/.."])
def test_the_folder_itself_is_refused(desk: Desk, path: str) -> None:
    """It is no copy of itself, however its path is written."""
    _two_copies(desk)
    _refused(desk, desk.folder / path, None, "is the data folder itself")


def test_a_folder_in_the_copy_is_refused(desk: Desk) -> None:
    """A copy is not made larger by putting it back."""
    older, _ = _two_copies(desk)
    _refused(desk, older.path, older.path / "new", "is in the copy")


def test_in_place_of_nothing_is_refused(desk: Desk, tmp_path: Path) -> None:
    """--replace with a mistyped folder makes no second records."""
    older, _ = _two_copies(desk)
    with pytest.raises(UserError, match="There are no records in"):
        restore(
            Source(older.path, PASSPHRASE), tmp_path / "mistyped",
            replace=True, clock=CLOCK, catalogue=desk.catalogue,
        )  # fmt: skip
    assert not (tmp_path / "mistyped").exists()


def test_a_refused_copy_leaves_a_new_folder_that_may_be_tried_again(
    desk: Desk, tmp_path: Path
) -> None:
    """What the attempt left of itself is not what somebody put there."""
    older, newest = _two_copies(desk)
    (older.path / RECORDS).write_bytes(b"x" * 8192)
    place = tmp_path / "new"
    with pytest.raises(Damage):
        _put_back(desk, older.path, place)
    assert not holds_data(place)
    _put_back(desk, newest.path, place)
    assert _patients(desk.open(folder=place)) == ["1", "2"]


def test_the_disk_has_records_and_keys_before_they_count(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut right after leaves no folder whose keys are an empty file."""
    older, _ = _two_copies(desk)
    confirmed: list[str] = []

    def confirm(path: Path) -> None:
        assert not (desk.folder / READY).exists()
        confirmed.append(path.name)

    monkeypatch.setattr("app.records.copies.restore.sync_file", confirm)
    _put_back(desk, older.path)
    assert {RECORDS, KEYS} <= set(confirmed)


def test_a_secret_is_not_shown() -> None:
    """What is shown may end in a log."""
    assert PASSPHRASE not in repr(Source(Path("x"), PASSPHRASE))


_RESTORING = """
import os, signal, sys
from datetime import date
from pathlib import Path
from app.clock import FixedClock
from app.records.copies.restore import restore
from app.records.copies.source import Source
from scales.catalogue import load_catalogue

copy, folder, secret, last = sys.argv[1:]
moves = int(last)
rename = Path.rename

def counted(path, target):
    global moves
    if not moves:
        os.kill(os.getpid(), signal.SIGKILL)
    moves -= 1
    return rename(path, target)

Path.rename = counted
catalogue = load_catalogue()
print("now", flush=True)
restore(
    Source(Path(copy), secret), Path(folder),
    replace=True, clock=FixedClock.on(date(2026, 1, 28)), catalogue=catalogue,
)
"""


def _killed(desk: Desk, copy: Path, *, moves: int, seconds: float = 60) -> bool:
    """Put a copy back in a process that is killed before so many moves; say whether it was."""
    told = (str(copy), str(desk.folder), PASSPHRASE, str(moves))
    command = [sys.executable, "-c", _RESTORING, *told]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
    return process.returncode == -signal.SIGKILL


def _is_whole(desk: Desk, *, is_new: bool, was: dict[str, bytes]) -> None:
    """Check that the old state opens as it was, or the new one with the old one set aside."""
    assert holds_data(desk.folder)
    assert needs_secret(desk.folder)
    store = desk.open()
    assert _patients(store) == (["1"] if is_new else ["1", "2"])
    assert store.copies.ahead() == ()
    assert _damage(store) == []
    assert not (desk.folder / HALF_READY).exists()
    if is_new:
        (aside,) = (desk.folder / SET_ASIDE).iterdir()
        assert {name: (aside / name).read_bytes() for name in was} == was
    else:
        assert not (desk.folder / SET_ASIDE).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize("moves", range(8))
def test_a_kill_between_two_moves_leaves_the_old_state_or_the_new_one(
    desk: Desk, moves: int
) -> None:
    """A real process ends before the first move, or between any two: nothing is half."""
    older, _ = _two_copies(desk)
    (desk.folder / f"{RECORDS}-wal").write_bytes(b"a log that a crash has left")
    names = (RECORDS, KEYS, f"{RECORDS}-wal")
    was = {name: (desk.folder / name).read_bytes() for name in names}
    # Ready; records, log and keys aside; the newer copy aside; keys and records in their place.
    assert _killed(desk, older.path, moves=moves) is (moves < 7)
    assert (desk.folder / READY).exists() is (0 < moves < 7)
    _is_whole(desk, is_new=moves > 0, was=was)
    assert not (desk.folder / READY).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_after_a_kill_another_copy_can_be_put_back(desk: Desk, tmp_path: Path) -> None:
    """What was begun is brought to its end first; both states before are set aside, apart."""
    older, newest = _two_copies(desk)
    elsewhere = Path(shutil.copytree(newest.path, tmp_path / "elsewhere"))
    assert _killed(desk, older.path, moves=2)
    assert restore(
        Source(elsewhere, PASSPHRASE), desk.folder,
        replace=True, clock=CLOCK, catalogue=desk.catalogue,
    )  # fmt: skip
    store = desk.open()
    assert _patients(store) == ["1", "2"]
    assert _damage(store) == []
    assert len(list((desk.folder / SET_ASIDE).iterdir())) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_a_folder_without_copies_is_no_empty_one_while_a_copy_is_put_back(
    desk: Desk, tmp_path: Path
) -> None:
    """Between the old records and the new ones nobody is greeted as at a first run."""
    older, _ = _two_copies(desk)
    elsewhere = Path(shutil.copytree(older.path, tmp_path / "elsewhere"))
    shutil.rmtree(desk.folder / COPIES)
    was = {name: (desk.folder / name).read_bytes() for name in (RECORDS, KEYS)}
    assert _killed(desk, elsewhere, moves=3)
    assert not (desk.folder / RECORDS).exists()
    assert not (desk.folder / KEYS).exists()
    _is_whole(desk, is_new=True, was=was)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.03, 0.08])
def test_a_kill_at_any_moment_leaves_the_old_state_or_the_new_one(
    desk: Desk, seconds: float
) -> None:
    """Whatever the process was doing just then."""
    older, _ = _two_copies(desk)
    was = {name: (desk.folder / name).read_bytes() for name in (RECORDS, KEYS)}
    _killed(desk, older.path, moves=1000, seconds=seconds)
    is_new = (desk.folder / READY).exists() or (desk.folder / SET_ASIDE).exists()
    _is_whole(desk, is_new=is_new, was=was)
