"""A second start with the same records brings the first window up; two real processes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.clock import SystemClock
from app.paths import ROOT
from app.records.folder import Founder, create_folder, create_open_folder
from app.records.keys.keyfile import CodeState, Cost
from app.records.keys.vault import note_code
from app.records.model import Role
from app.running import Running
from app.screens import second_start
from app.screens.second_start import FirstStart, brings_up_first, network
from scales.catalogue import load_catalogue

SECRET = "correct horse battery"  # noqa: S105 - a passphrase for made-up records
_FIRST = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app.screens import second_start
from app.start import run_window
from app.screens.window import Window

listen = second_start.FirstStart.listen

def told_listen(self, qt):
    listen(self, qt)
    print("listening", flush=True)

def told_bring_up(self):
    print("brought up", flush=True)

second_start.FirstStart.listen = told_listen
Window.bring_up = told_bring_up
folder, secret = Path(sys.argv[1]), sys.argv[2] or None
run_window(folder, secret=secret)
"""
_SECOND = """
import sys
from pathlib import Path
from app.start import run_window

def end():
    raise SystemExit("a second window opened")

print(run_window(Path(sys.argv[1]), on_ready=end))
"""

pytestmark = pytest.mark.skipif(network() is None, reason="Qt's network needs a library more")


class Records(NamedTuple):
    """A data folder, and what opens it."""

    folder: Path
    secret: str


@pytest.fixture(params=["made up", "behind a passphrase"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Records:
    """Records that open by themselves, and such as need a passphrase."""
    folder, founder = tmp_path / "data", Founder("Ann", Role.NURSE)
    clock, catalogue = SystemClock(), load_catalogue()
    if request.param == "made up":
        create_open_folder(folder, founder, clock=clock, catalogue=catalogue).close()
        return Records(folder, "")
    cost = Cost(passes=1, memory_kib=128, lanes=1)
    create_folder(folder, founder, SECRET, clock=clock, catalogue=catalogue, cost=cost)[0].close()
    note_code(folder, CodeState.KEPT)
    return Records(folder, SECRET)


def _environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}


@contextmanager
def _first(records: Records) -> Iterator["subprocess.Popen[str]"]:
    """Open a window that tells once it listens, and whenever it is brought up."""
    command = [sys.executable, "-c", _FIRST, str(records.folder), records.secret]
    with subprocess.Popen(
        command, cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "listening\n"
            yield process
        finally:
            process.kill()


def _second(folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", _SECOND, str(folder)],
        cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_a_second_start_brings_the_first_window_up(records: Records) -> None:
    """It ends with 0 and asks for nothing; a link to the folder is the same folder."""
    link = records.folder.with_name("link")
    link.symlink_to(records.folder)
    with _first(records) as process:
        for folder in (records.folder, link):
            told = _second(folder)
            assert (told.returncode, told.stdout) == (0, "0\n"), told.stderr
            assert process.stdout is not None
            assert process.stdout.readline() == "brought up\n"


def test_the_command_line_says_that_the_records_are_open(records: Records) -> None:
    """It shows nothing that could come up."""
    with _first(records):
        told = subprocess.run(
            [sys.executable, "-m", "app", "--data", str(records.folder), "patients"],
            cwd=ROOT, env=_environment() | {"OMS_BEDSIDE_PASSPHRASE": records.secret},
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert (told.returncode, told.stdout) == (2, "")
    assert "already open with these data" in told.stderr


def test_a_window_that_is_closed_is_not_called(
    records: Records, qapp: QApplication, qtbot: QtBot
) -> None:
    """From then on somebody else may be the first."""
    running = Running(qapp, records.folder, SystemClock())
    running.start(records.secret or None)
    running.window.show()
    heard = []

    def is_heard() -> bool:
        heard.extend(running.window.findChildren(FirstStart))
        return bool(heard and heard[0].is_listening)

    qtbot.waitUntil(is_heard)
    running.stop()
    assert not brings_up_first(records.folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sees to it itself")
def test_what_another_user_has_put_there_is_not_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The place for what is temporary is everybody's: who answers there must be the same user."""
    import socket  # noqa: PLC0415 - others have no such sockets

    place, user = str(tmp_path / "place"), os.getuid()
    monkeypatch.setattr(second_start, "_place_of", lambda _folder: place)
    monkeypatch.setattr(second_start, "_MILLISECONDS", 50)
    with socket.socket(socket.AF_UNIX) as strange:
        strange.bind(place)
        strange.listen()
        strange.setblocking(False)
        assert not brings_up_first(tmp_path)
        strange.accept()[0].close()
        monkeypatch.setattr(os, "getuid", lambda: user + 1)
        assert not brings_up_first(tmp_path)
        with pytest.raises(BlockingIOError):
            strange.accept()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_what_a_killed_window_left_stops_nobody(records: Records) -> None:
    """Nobody answers there, so the next one is the first, and listens at the same place."""
    with _first(records) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not brings_up_first(records.folder)
    with _first(records) as process:
        assert brings_up_first(records.folder)
        assert process.stdout is not None
        assert process.stdout.readline() == "brought up\n"
