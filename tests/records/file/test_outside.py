"""Files outside the data folder: private, whole or not there, and gone with whoever was killed."""

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.records.file import files, outside
from app.records.file.files import HALF_MADE
from app.records.file.outside import (
    remove_leftovers,
    temporary_folder,
    write_outside,
    write_together,
)
from tests.records.test_folder import PASSPHRASE, ROOT, Desk, catalogue, desk

__all__ = ["catalogue", "desk"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return an empty folder of somebody's."""
    made = tmp_path / "place"
    made.mkdir()
    return made


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_file_is_for_its_owner_only(place: Path) -> None:
    """Also where one that everybody could read stood before, and whatever is usual here."""
    before = os.umask(0)
    try:
        (place / "page.pdf").write_bytes(b"old")
        write_outside(place / "page.pdf", b"new")
    finally:
        os.umask(before)
    found = (place / "page.pdf").stat()
    assert stat.S_IMODE(found.st_mode) == 0o600
    assert ((place / "page.pdf").read_bytes(), _names(place)) == (b"new", ["page.pdf"])


def test_a_link_stays_a_link(place: Path, tmp_path: Path) -> None:
    """What it leads to is written."""
    (place / "page.pdf").symlink_to(tmp_path / "page.pdf")
    write_outside(place / "page.pdf", b"new")
    assert (place / "page.pdf").is_symlink()
    assert (tmp_path / "page.pdf").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipe")
def test_a_pipe_takes_the_content(place: Path) -> None:
    """It is not replaced by a file."""
    os.mkfifo(place / "pipe")
    reader = os.open(place / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_outside(place / "pipe", b"new")
    assert (os.read(reader, 10), stat.S_ISFIFO((place / "pipe").stat().st_mode)) == (b"new", True)
    os.close(reader)


@pytest.mark.parametrize("step", ["write_private", "_put_in_place"])
def test_a_failure_leaves_what_was_there(
    place: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The old content, and nothing half made."""
    (place / "page.pdf").write_bytes(b"old")

    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(outside, step, full)
    with pytest.raises(OSError, match="No space"):
        write_outside(place / "page.pdf", b"new")
    assert ((place / "page.pdf").read_bytes(), _names(place)) == (b"old", ["page.pdf"])


def test_files_that_belong_together_are_all_there_or_none(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one cannot take its place, those that have it already go again."""
    replace = Path.replace

    def refuse_a(path: Path, target: Path) -> Path:
        if target.name == "a.csv":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse_a)
    with pytest.raises(OSError, match="Input/output"):
        write_together({place / "a.csv": b"a", place / "b.csv": b"b"})
    assert _names(place) == []


def test_a_machine_that_takes_no_note_is_no_obstacle(
    place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Only what a kill leaves is not found then."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("OMS_BEDSIDE_STATE", str(tmp_path / "file"))
    write_outside(place / "page.pdf", b"new")
    remove_leftovers()
    assert _names(place) == ["page.pdf"]


def test_a_temporary_folder_goes_with_all_it_holds() -> None:
    """It is private while it is there."""
    with temporary_folder() as folder:
        (folder / "data").mkdir()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()


_KILLED = """
import os, signal, sys
from pathlib import Path
from app.records.file import files
from app.records.file import outside

def die(*_given):
    os.kill(os.getpid(), signal.SIGKILL)

path = Path(sys.argv[2])
match sys.argv[1]:
    case "outside":
        Path.replace = die
        outside.write_outside(path / "page.pdf", b"half")
    case "inside":
        Path.replace = die
        files.write_whole(path / "keys.json", b"half")
    case "temporary":
        with outside.temporary_folder() as folder:
            (folder / "records.db").write_bytes(b"half")
            die()
    case "copy" | "packed":
        from app.clock import SystemClock
        from app.records.copies import archive
        from app.records.keys.vault import unlock
        folder = Path(sys.argv[3])
        setattr(archive, "_packed" if sys.argv[1] == "copy" else "read_through", die)
        archive.pack_elsewhere(folder, unlock(folder, sys.argv[4]).key, SystemClock(), path)
"""


def _killed(what: str, path: Path, tmp_path: Path, folder: Path) -> None:
    around = {**os.environ, "TMPDIR": str(tmp_path / "temporary")}
    command = [sys.executable, "-c", _KILLED, what, str(path), str(folder), PASSPHRASE]
    done = subprocess.run(command, cwd=ROOT, env=around, check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such signal")
@pytest.mark.parametrize("what", ["outside", "inside", "temporary", "copy", "packed"])
def test_the_next_start_removes_what_a_killed_process_left(
    desk: Desk, place: Path, tmp_path: Path, what: str
) -> None:
    """Beside a page, in the data folder, in the place for what is temporary; a copy elsewhere."""
    desk.create()[0].close()
    whole = desk.names()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    _killed(what, desk.folder if what == "inside" else place, tmp_path, desk.folder)
    assert (desk.names(), _names(place), _names(temporary)) != (whole, [], [])
    desk.open().close()
    assert (desk.names(), _names(place), _names(temporary)) == (whole, [], [])


def test_what_a_kill_left_in_a_copy_goes_too(desk: Desk, place: Path, tmp_path: Path) -> None:
    """Such as half of what a copy says in short."""
    store = desk.create()[0]
    copy = store.copies.backup()
    store.close()
    whole = _names(copy)
    (tmp_path / "temporary").mkdir()
    _killed("inside", copy, tmp_path, place)
    assert _names(copy) != whole
    desk.open().close()
    assert _names(copy) == whole


def test_what_a_kill_left_on_a_stick_goes_when_the_stick_is_back(
    desk: Desk, place: Path, tmp_path: Path
) -> None:
    """A start without the stick does not forget it."""
    desk.create()[0].close()
    (tmp_path / "temporary").mkdir()
    _killed("packed", place, tmp_path, desk.folder)
    place.rename(tmp_path / "pulled")
    desk.open().close()
    (tmp_path / "pulled").rename(place)
    assert _names(place) != []
    desk.open().close()
    assert _names(place) == []


def test_what_is_being_made_is_left_alone(place: Path) -> None:
    """A second window that starts meanwhile takes nothing away; nor does a note of strangers."""
    with temporary_folder() as folder:
        remove_leftovers()
        assert folder.exists()
    (place / "mine.txt").touch()
    notes = Path(os.environ["OMS_BEDSIDE_STATE"]) / "half-made"
    (notes / "note.json").write_text(f'["{place / "mine.txt"}"]')
    (notes / "broken.json").write_text("[")
    (notes / "no text.json").write_bytes(b'["\xe4"]')
    remove_leftovers()
    assert _names(place) == ["mine.txt"]


def test_a_half_made_file_is_called_so_wherever_it_is(place: Path) -> None:
    """By a name without anything that a patient or a user is called."""
    seen: list[str] = []
    write = files.write_private

    def look(path: Path, content: bytes) -> None:
        seen.append(path.name)
        write(path, content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outside, "write_private", look)
        write_outside(place / "Ann Smith.pdf", b"page")
    made = [name for name in seen if not name.endswith(".json")]
    assert [name.startswith(HALF_MADE) for name in made] == [True]
    assert not any("Ann" in name for name in seen)
