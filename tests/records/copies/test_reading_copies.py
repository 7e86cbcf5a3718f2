"""Copies read in a temporary folder: without room they are not read, and nothing stays of it."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from app.errors import UserError
from app.paths import ROOT
from app.records.copies import replaying
from app.records.copies.archive import pack
from app.records.copies.backup import copies
from app.records.copies.source import Source
from app.records.file import outside
from app.records.file.files import HALF_MADE
from app.records.file.outside import remove_leftovers
from app.records.keys.vault import unlock
from app.records.store import Store
from tests.records.test_folder import PASSPHRASE, Desk, _sign_a_visit, catalogue, desk

__all__ = ["catalogue", "desk"]


@pytest.fixture
def store(desk: Desk) -> Store:
    """Return open records with a copy that has grown."""
    desk.create()[0].close()
    store = desk.open()
    store.copies.backup()
    _sign_a_visit(store, desk.catalogue, "1")
    store.copy()
    return store


def _full(*_given: object, **_named: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _half(_source: Path, target: Path) -> None:
    target.write_bytes(b"half")
    _full()


@pytest.mark.parametrize(
    ("module", "name", "failing"),
    [
        (outside, "mkdtemp", _full),
        (shutil, "copyfile", _full),
        (shutil, "copyfile", _half),
    ],
)
def test_without_room_a_copy_is_not_read_and_never_called_damaged(
    store: Store, monkeypatch: pytest.MonkeyPatch, module: object, name: str, failing: object
) -> None:
    """Wherever the room ends; the comparison and the rehearsal say so in a sentence."""
    (path,) = store.copies.paths()
    monkeypatch.setattr(module, name, failing)
    (state,) = store.copies.states()
    assert (state.is_unread, state.is_verified, state.is_cut) == (True, False, False)
    for asking in (lambda: store.copies.compare(Source(path)), store.copies.rehearse):
        with pytest.raises(UserError, match="The disk is full"):
            asking()
    monkeypatch.undo()
    (state,) = store.copies.states()
    assert (state.is_verified, state.visits) == (True, 1)


def test_without_room_a_file_of_a_copy_is_not_read(
    store: Store, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is it called damaged."""
    for name in ("scratch", "stick"):
        (tmp_path / name).mkdir()
    key = unlock(desk.folder, PASSPHRASE).key
    path = pack(copies(desk.folder)[0].path, key, tmp_path / "stick", tmp_path / "scratch")
    monkeypatch.setattr(shutil, "copyfileobj", _full)
    assert store.copies.state_of(path).is_unread
    monkeypatch.undo()
    assert store.copies.state_of(path).is_verified


_READ_UNTIL_KILLED = """
import os, signal, sys
from pathlib import Path
from app.records.copies import inventory
def kill(*given):
    print(given[1], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
inventory.held = kill
inventory.state_of(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_what_a_killed_reading_leaves_goes_at_the_next_start(
    store: Store, desk: Desk, tmp_path: Path
) -> None:
    """The whole copy stood in it; while somebody reads, it stays."""
    key = unlock(desk.folder, PASSPHRASE).key
    (path,) = store.copies.paths()
    place = tmp_path / "temporary"
    place.mkdir()
    killed = subprocess.run(
        [sys.executable, "-c", _READ_UNTIL_KILLED, str(path), key.hex()],
        cwd=ROOT, check=False, capture_output=True, text=True,
        env={**os.environ, "TMPDIR": str(place)},
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    (left,) = place.iterdir()
    assert Path(killed.stdout.strip()).parent == left
    assert left.name.startswith(HALF_MADE.removeprefix("."))
    remove_leftovers()
    assert list(place.iterdir()) == []


def test_nothing_stays_of_a_reading_that_ends(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Well or not."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    assert [one.is_verified for one in store.copies.states()] == [True]

    def fault(*_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(replaying, "_insert", fault)
    with pytest.raises(RuntimeError):
        store.copies.states()
    assert list((tmp_path / "temporary").iterdir()) == []
