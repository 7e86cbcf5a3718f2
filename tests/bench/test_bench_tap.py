"""A tap, in a clinic's file: until it is on disk, and in the window until it is painted."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from app.clock import SystemClock
from app.journey_stage import unhurried
from app.running import Running
from app.screens.places import VisitPlace
from tests.bench.clinic import PATIENTS, begin_visit, opened, raw_tap, tap
from tests.bench.pairs import measure_pairs
from tests.bench.raw_tap import RawTap
from tests.growth.folders import FILES, kept_folder
from tests.growth.hand import Hand

MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory is what is meant


def _filled(folder: Path) -> Path:
    """Make a clinic's data folder with a visit open."""
    folder.mkdir()
    for file in FILES:
        shutil.copy2(kept_folder(PATIENTS) / file, folder / file)
    with closing(opened(folder)) as store:
        begin_visit(store)
    return folder


@pytest.fixture
def folder(disk_folder: Path) -> Path:
    """A clinic's data folder on the disk."""
    return _filled(disk_folder / "data")


@pytest.fixture
def raw(folder: Path, disk_folder: Path) -> Iterator[RawTap]:
    """The same tap by hand, into a copy of that folder."""
    with raw_tap(folder, disk_folder / "copy") as lent:
        yield lent


@pytest.fixture
def running(qapp: QApplication, folder: Path, raw: RawTap) -> Iterator[Running]:
    """The window on that folder, at the open visit; the copy was made before."""
    assert raw is not None
    running = Running(qapp, folder, SystemClock())
    running.guard.ticks = unhurried()
    running.start()
    running.window.resize(QSize(1280, 800))
    running.window.show()
    running.desk.navigation.go(VisitPlace(running.desk.store.lines.drafts()[0].visit))
    yield running
    running.stop()


def _measure_taps(benchmark: Any, folder: Path, raw: RawTap) -> None:
    levels = cycle((2, 1))
    with closing(opened(folder)) as store:
        visit = store.lines.drafts()[0].visit
        measure_pairs(benchmark, lambda: tap(store, visit, next(levels)), raw, rounds=1500)


def test_a_tap_to_disk(benchmark: Any, folder: Path, raw: RawTap) -> None:
    """Ours: the answer and its journal entry; the yardstick: a bare commit of the same rows."""
    benchmark.group = "a tap to the answer on disk"
    benchmark.extra_info["goal"] = "at most 2.0"
    _measure_taps(benchmark, folder, raw)


@pytest.mark.skipif(not MEMORY.is_dir(), reason="no file system in memory")
def test_a_tap_without_a_disk(benchmark: Any) -> None:
    """The same on files in memory: no waiting for a disk hides what is ours."""
    benchmark.group = "the same, on files in memory"
    benchmark.extra_info["goal"] = "none: no disk hides our own work"
    with TemporaryDirectory(dir=MEMORY) as name:
        folder = _filled(Path(name) / "data")
        with raw_tap(folder, Path(name) / "copy") as raw:
            _measure_taps(benchmark, folder, raw)


def test_a_tap_in_the_window(
    benchmark: Any, qapp: QApplication, running: Running, raw: RawTap
) -> None:
    """Ours: a key press until all is painted; the yardstick: the commit and one whole painting."""
    benchmark.group = "a tap in the window until it is painted"
    benchmark.extra_info["goal"] = "at most 2.0"
    hand = Hand(qapp, running)
    # The sheet is full, so a tap stays at its item: each one changes the answer.
    keys = cycle((Qt.Key.Key_2, Qt.Key.Key_1))
    page = running.window.page
    assert page is not None

    def commit_and_paint() -> None:
        raw()
        page.repaint()

    measure_pairs(benchmark, lambda: hand.press(next(keys)), commit_and_paint, rounds=200)
