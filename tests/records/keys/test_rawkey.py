"""The key in memory: it is wiped when the records are closed, as far as Python lets it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.clock import SystemClock
from app.paths import ROOT
from app.records.folder import Founder, create_folder
from app.records.keys.keyfile import Cost
from app.records.keys.rawkey import as_told_to_sqlcipher, wipe, wiped
from app.records.keys.vault import unlock
from app.records.model import Role
from scales.catalogue import load_catalogue

KEY = bytes(range(32))
SECRET = "correct horse battery"  # noqa: S105 - made up for these tests
_OPEN_AND_CLOSE = """
import sys
from pathlib import Path
from app.clock import SystemClock
from app.records.folder import open_folder
from scales.catalogue import load_catalogue

store = open_folder(
    Path(sys.argv[1]), sys.argv[2], clock=SystemClock(), catalogue=load_catalogue()
)
print("open", flush=True)
sys.stdin.readline()
if sys.argv[3]:
    store.users.new_key.make(lambda share: None)
store.close()
print("closed", flush=True)
sys.stdin.readline()
"""


def test_the_key_is_told_as_sqlcipher_reads_it() -> None:
    """As hexadecimal digits, which it does not take for a passphrase."""
    assert as_told_to_sqlcipher(KEY) == f"x'{KEY.hex()}'".encode()


def test_a_wiped_key_is_gone() -> None:
    """It holds nothing, and wiping it again does no harm."""
    key = bytearray(KEY)
    seen = memoryview(key)
    with pytest.raises(BufferError):
        wipe(key)
    assert bytes(seen) == bytes(32)
    seen.release()
    wipe(key)
    wipe(key)
    assert key == b""


def test_a_key_is_wiped_where_something_fails() -> None:
    """What it was lent for need not succeed."""
    key = bytearray(KEY)
    with pytest.raises(ValueError, match="made up"), wiped(key):
        raise ValueError("made up")
    assert key == b""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into the memory of a process")
@pytest.mark.parametrize("is_renewed", [False, True])
def test_closed_records_leave_no_key_in_memory(tmp_path: Path, *, is_renewed: bool) -> None:
    """Neither as bytes nor as the digits that SQLCipher is told, nor the key before a new one."""
    folder = tmp_path / "data"
    store, _ = create_folder(
        folder, Founder("Ann", Role.NURSE), SECRET,
        clock=SystemClock(), catalogue=load_catalogue(),
        cost=Cost(passes=1, memory_kib=128, lanes=1),
    )  # fmt: skip
    store.close()
    key = bytes(unlock(folder, SECRET).key)
    with subprocess.Popen(
        [sys.executable, "-c", _OPEN_AND_CLOSE, str(folder), SECRET, "renew" * is_renewed],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        found = []
        for _ in ("open", "closed"):
            assert process.stdout.readline()
            found.append(_times_in_memory(process.pid, key))
            if found[1:] and is_renewed:
                found.append(_times_in_memory(process.pid, bytes(unlock(folder, SECRET).key)))
            process.stdin.write("\n")
            process.stdin.flush()
    assert found[0] >= 1
    assert set(found[1:]) == {0}


def _times_in_memory(pid: int, key: bytes) -> int:
    """Count a key in what a process has written; the test is skipped where nobody may look."""
    needle = re.compile(b"|".join((re.escape(key), b"(?i:" + key.hex().encode() + b")")))
    count = 0
    try:
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
                span, rights, *rest = line.split()
                if "w" in rights and not rest[-1].startswith("[v"):
                    first, end = (int(part, 16) for part in span.split("-"))
                    memory.seek(first)
                    count += len(needle.findall(memory.read(end - first)))
    except PermissionError:
        pytest.skip("nobody may look into a process here")
    return count
