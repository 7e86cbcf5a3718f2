"""An appending to a tail that a kill, a full disk or a bad one stops: nothing is lost by it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import UserError
from app.paths import ROOT
from app.records.copies import tail
from app.records.copies.backup import is_copied
from app.records.copies.tail import TAIL
from tests.records.copies.ward import Ward, everything
from tests.records.workbench import KEY

_FOLLOW_UNTIL_KILLED = """
import os, signal, sys
from pathlib import Path
from app.clock import SystemClock
from app.records.copies import following, tail
from app.records.copies.following import keep_up
def kill(*_given):
    os.kill(os.getpid(), signal.SIGKILL)
def write_half(path, start, sealed):
    with path.open("ab") as file:
        file.truncate(start)
        file.write(sealed[:len(sealed) * int(sys.argv[4]) // 100])
    kill()
if sys.argv[3] == "middle":
    tail._write = write_half
elif sys.argv[3] == "written":
    tail._read = kill
elif sys.argv[3] == "counted":
    following.write_summary = kill
else:
    following.empty_log = kill
keep_up(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), SystemClock())
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(
    ("step", "share"),
    [("middle", 0), ("middle", 1), ("middle", 50), ("middle", 100), ("written", 0),
     ("counted", 0), ("end", 0)],
)  # fmt: skip
def test_a_kill_while_a_record_is_appended_loses_and_damages_nothing(
    ward: Ward, step: str, share: int
) -> None:
    """What stood in the copy before still does, nothing is called damaged, and it is made good."""
    copy, _ = ward.sign(2)
    before = everything(ward.folder)
    ward.bench.signed(ward.bench.store.patients.all()[0], "2025-05-20")
    given = (str(ward.folder), KEY.hex(), step, str(share))
    killed = subprocess.run(
        [sys.executable, "-c", _FOLLOW_UNTIL_KILLED, *given],
        cwd=ROOT, check=False, capture_output=True,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert ward.damaged() == ()
    assert ward.fetched(copy) in (before, everything(ward.folder))
    assert ward.keep_up() == copy
    assert ward.fetched(copy) == everything(ward.folder)
    assert ward.damaged() == ()


_FOLLOW_WITHOUT_ROOM = """
import resource, signal, sys
from pathlib import Path
from app.clock import SystemClock
from app.errors import UserError
from app.records.copies.following import keep_up
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    keep_up(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), SystemClock())
except UserError as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
@pytest.mark.parametrize("more", [0, 1, 700])
def test_a_full_disk_in_the_middle_of_an_appending_is_told_and_leaves_the_tail_as_it_was(
    ward: Ward, more: int
) -> None:
    """One true sentence; with room again the same tail goes on."""
    copy, ends = ward.sign(2)
    content = (copy / TAIL).read_bytes()
    ward.bench.signed(ward.bench.store.patients.all()[0], "2025-05-20")
    limit = str(ends[-1] + more)
    told = subprocess.run(
        [sys.executable, "-c", _FOLLOW_WITHOUT_ROOM, str(ward.folder), KEY.hex(), limit],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout.startswith("Everything is saved, but no checked copy")
    assert (copy / TAIL).read_bytes() == content
    assert ward.damaged() == ()
    assert ward.keep_up() == copy
    assert ward.fetched(copy) == everything(ward.folder)


def test_a_disk_that_gives_back_something_else_is_told(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record counts only once it was read back and is what was written."""
    copy, ends = ward.sign(1)
    ward.bench.signed(ward.bench.store.patients.all()[0], "2025-05-20")

    def spoilt(path: Path, start: int) -> bytes:
        content = bytearray(path.read_bytes()[start:])
        content[-1] ^= 1
        return bytes(content)

    with monkeypatch.context() as patched:
        patched.setattr(tail, "_read", spoilt)
        with pytest.raises(UserError, match="no checked copy could be made"):
            ward.keep_up()
    assert (copy / TAIL).stat().st_size == ends[-1]
    assert not is_copied(ward.folder, KEY)
    assert ward.keep_up() == copy
    assert is_copied(ward.folder, KEY)
