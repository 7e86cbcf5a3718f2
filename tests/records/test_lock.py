"""One process holds a data folder, and lets it go however it ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.errors import UserError
from app.records.folder import LOCK, hold

ROOT = Path(__file__).resolve().parents[2]
_HOLD = """
import sys
from pathlib import Path
from app.records.folder import hold
held = hold(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def _held_elsewhere(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", _HOLD, str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        try:
            yield other
        finally:
            other.kill()


def test_a_second_process_is_told(tmp_path: Path) -> None:
    """While one process has the data, another is told in one sentence."""
    with _held_elsewhere(tmp_path), pytest.raises(UserError, match="already open with these data"):
        hold(tmp_path)


def test_a_killed_process_lets_go(tmp_path: Path) -> None:
    """A process that was killed leaves nothing that must be removed by hand."""
    with _held_elsewhere(tmp_path) as other:
        other.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        other.wait()
        hold(tmp_path).release()


def test_the_same_process_cannot_hold_twice(tmp_path: Path) -> None:
    """Two windows of one process are two as well."""
    first = hold(tmp_path)
    with pytest.raises(UserError, match="already open"):
        hold(tmp_path)
    first.release()
    first.release()
    hold(tmp_path).release()


def test_being_refused_does_not_let_go(tmp_path: Path) -> None:
    """A second try in the same process leaves the data held against every other process."""
    first = hold(tmp_path)
    with pytest.raises(UserError, match="already open"):
        hold(tmp_path)
    other = subprocess.run(
        [sys.executable, "-c", _HOLD, str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    first.release()
    assert "already open with these data" in other.stderr


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="needs permissions that bind this user"
)
def test_a_lock_that_cannot_be_written_is_not_shared(tmp_path: Path) -> None:
    """A lock file that may only be read is refused: two could hold it at once."""
    (tmp_path / LOCK).touch(mode=0o400)
    with pytest.raises(UserError, match="cannot be written to"):
        hold(tmp_path)


def test_a_lock_that_the_system_calls_unwritable_is_not_shared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks: where the system says that the file may only be read, it is refused."""
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(UserError, match="cannot be written to"):
        hold(tmp_path)


def test_what_is_no_lock_is_one_sentence(tmp_path: Path) -> None:
    """Something else in the lock's place is told about the folder, not about the records."""
    (tmp_path / LOCK).write_bytes(b"something else " * 100)
    with pytest.raises(UserError, match="did not take"):
        hold(tmp_path)


def test_the_lock_is_private_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    """Holding makes one file that only its owner may touch."""
    held = hold(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [LOCK]
    held.release()
    assert os.name == "nt" or (tmp_path / LOCK).stat().st_mode & 0o777 == 0o600


def test_a_place_that_takes_no_lock_is_one_sentence(tmp_path: Path) -> None:
    """A folder in which the lock cannot be written is told, not waited for."""
    (tmp_path / LOCK).mkdir()
    with pytest.raises(UserError, match="What was saved before is safe"):
        hold(tmp_path)
