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
from app.records.copies.backup import copies, is_copied
from app.records.file.names import TAIL
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


_SIGN_UNTIL_KILLED = """
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from app.clock import FixedClock
from app.dates import PartialDate
from app.records.copies.following import keep_up
from app.records.file.database import open_database
from app.records.store import Store
from scales.catalogue import load_catalogue
from scales.model import Scored
folder, key, clock = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), FixedClock.on(date(2025, 6, 1))
database, catalogue = open_database(folder / "records.db", key), load_catalogue()
store = Store(database, catalogue=catalogue, clock=clock, station="desk")
who = store.patients.all()[0]
for number in range(1000):
    day = PartialDate.of(date(2021, 6, 1) + timedelta(days=number))
    visit = store.visits.start(who.id, day, "")
    for one in catalogue.find("five_feature").keys:
        store.visits.answer(visit.id, "five_feature", one, Scored(Decimal(1)))
    store.visits.sign(visit.id, "scored")
    keep_up(folder, key, clock)
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("kept", [1, 2, 5, 9])
def test_what_was_told_as_kept_is_in_the_copy_whenever_the_process_is_killed(
    ward: Ward, kept: int
) -> None:
    """Without a look at the records themselves, which may be lost in the same moment."""
    command = [sys.executable, "-c", _SIGN_UNTIL_KILLED, str(ward.folder), KEY.hex()]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(kept)]
        process.kill()
        told += process.stdout.readlines()
    assert process.returncode == -signal.SIGKILL
    (copy,) = copies(ward.folder)
    assert ward.damaged() == ()
    signed = [row for row in ward.fetched(copy.path)["visits"] if "signed" in row]
    assert len(signed) >= len([line for line in told if line.endswith("\n")]) >= kept
    assert ward.keep_up() == copy.path
    assert ward.fetched(copy.path) == everything(ward.folder)


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
