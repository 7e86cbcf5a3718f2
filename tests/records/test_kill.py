"""Nothing typed is lost: a real process is killed right after a tap, and every tap is there."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.paths import ROOT
from app.records.model import Role
from app.records.rows import TABLES
from app.records.store import Store
from scales.model import Scored, plain
from tests.records.workbench import KEY, Bench, key

TAPPING = """
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from app.clock import FixedClock
from app.records.file.database import open_database
from app.records.store import Store
from scales.catalogue import load_catalogue
from scales.model import Scored

path, data_key, visit = sys.argv[1:]
catalogue = load_catalogue()
store = Store(
    open_database(Path(path), bytes.fromhex(data_key)),
    catalogue=catalogue,
    clock=FixedClock.on(date(2025, 6, 1)),
    station="desk",
)
keys = catalogue.find("sara").keys
for tap in range(1_000_000):
    key, value = keys[tap % len(keys)], Decimal(tap // len(keys) % 4)
    store.visits.answer(visit, "sara", key, Scored(value))
    print(key, value, flush=True)
"""


def _killed_after(taps: int, path: Path, visit: str) -> list[str]:
    """Start a process that taps, kill it right after it told of a tap, and return what it told."""
    command = [sys.executable, "-c", TAPPING, str(path), KEY.hex(), visit]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(taps)]
        process.send_signal(signal.SIGKILL)
        # What it told between the last line read and its end was stored as well.
        told += process.stdout.readlines()
    assert process.returncode == -signal.SIGKILL
    return [line.strip() for line in told if line.endswith("\n")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize("taps", [1, 14, 60])
def test_a_kill_right_after_a_tap_loses_nothing(
    bench: Bench, reopen: Callable[..., Store], tmp_path: Path, taps: int
) -> None:
    """Every answer that was told as stored is there, and the whole file is sound."""
    visit = bench.draft(bench.patient())
    bench.store.close()
    told = dict(line.split() for line in _killed_after(taps, tmp_path / "records.db", visit.id))
    again = Bench(reopen(), bench.catalogue)
    sheet = again.store.visits.get(visit.id).sheet("sara")
    assert sheet is not None
    stored = {str(one): answer for one, answer in sheet.answers.items()}
    last = again.store.journal.entries()[-1]
    tapped = TABLES["answers"].key_of(last.row)
    # The one tap that was stored but not yet told may be ahead.
    ahead = str(key(f"{tapped['item']}.{tapped['side']}".rstrip(".")))
    for name, value in told.items():
        answer = stored[name]
        assert isinstance(answer, Scored)
        assert plain(answer.level) == value or name == ahead
    assert len(told) >= min(taps, 12)
    assert again.found() == {}
    assert again.store.users.all()[0].role is Role.NURSE
