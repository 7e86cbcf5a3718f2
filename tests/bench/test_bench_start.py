"""Starting: a process until its patient list can be used, against one that opens a bare window."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.clock import SystemClock
from app.exchange.demo import build_demo
from scales.catalogue import load_catalogue

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ROUNDS = 12
GOAL = "at most 2.5"


def _run(*arguments: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    # As wherever it is installed: what Python compiled at the first start it keeps for the next.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, *arguments], env=environment, cwd=ROOT, check=True)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's data folder, built beforehand."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    build_demo(folder, clock=SystemClock(), catalogue=load_catalogue())
    return folder


def test_start_to_the_patient_list(benchmark: Any, demo: Path) -> None:
    """Ours: the whole process."""
    benchmark.group = "process start to a usable patient list"
    benchmark.extra_info.update(side="ours", goal=GOAL)
    benchmark.pedantic(
        _run, args=(str(HERE / "patient_list.py"), str(demo)), rounds=ROUNDS, warmup_rounds=2
    )


def test_start_to_a_bare_window(benchmark: Any) -> None:
    """The yardstick: a window with nothing in it."""
    benchmark.group = "process start to a usable patient list"
    benchmark.extra_info.update(side="yardstick", goal=GOAL)
    benchmark.pedantic(_run, args=(str(HERE / "bare_window.py"),), rounds=ROUNDS, warmup_rounds=2)
