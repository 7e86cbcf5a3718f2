"""The real window is killed right after a tap; what was tapped is there when it opens again."""

import os
import signal
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.exchange.demo import build_demo
from app.paths import ROOT
from app.records.folder import open_folder
from scales.catalogue import load_catalogue
from scales.model import Scored

TODAY = date(2026, 11, 21)
TAPPING = """
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.clock import FixedClock
from app.journey_stage import unhurried
from app.running import Running, application


def settle():
    loop = QEventLoop()
    QTimer.singleShot(50, loop.quit)
    loop.exec()


app = application(is_unseen=True)
running = Running(app, Path(sys.argv[1]), FixedClock.on(date(2026, 11, 21)))
running.guard.ticks = unhurried()
running.start()
running.window.show()
settle()
QTest.keyClick(app.focusWidget(), Qt.Key.Key_Return)
settle()
[start] = [
    button
    for button in running.window.findChildren(QPushButton)
    if button.isVisible() and button.accessibleName() == "Start visit"
]
QTest.mouseClick(start, Qt.MouseButton.LeftButton)
settle()
for level in (3, 2, 1, 0, 2):
    QTest.keyClick(app.focusWidget(), Qt.Key.Key_0 + level)
    print(level, flush=True)
"""
KEYS = ("opsoclonus", "myoclonus", "gait", "sleep", "irritability")


def _tap_and_kill(folder: Path, taps: int) -> list[int]:
    command = [sys.executable, "-c", TAPPING, str(folder)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(taps)]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.readlines()
    return [int(line) for line in told if line.endswith("\n")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize("taps", [1, 4])
def test_a_killed_window_offers_every_tap_again(tmp_path: Path, taps: int) -> None:
    """Every level that was tapped stands in the unfinished visit, and the file is sound."""
    folder, catalogue = tmp_path / "data", load_catalogue()
    build_demo(folder, clock=FixedClock.on(TODAY), catalogue=catalogue)
    told = _tap_and_kill(folder, taps)
    assert len(told) >= taps
    store = open_folder(folder, None, clock=FixedClock.on(TODAY), catalogue=catalogue)
    [draft] = store.lines.drafts()
    sheet = store.visits.get(draft.visit).sheet("five_feature")
    assert sheet is not None
    stored = {str(key): answer for key, answer in sheet.answers.items()}
    for key, level in zip(KEYS, told, strict=False):
        assert stored[key] == Scored(Decimal(level))
    assert draft.answered == len(stored) >= taps
    assert [finding for finding in store.check() if finding.count] == []
    store.close()
