"""Starting: the window against a bare one, and one command against a bare interpreter."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.clock import SystemClock
from app.exchange.demo import build_demo
from scales.catalogue import load_catalogue
from tests.bench.pairs import measure_pairs

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
COMMAND = str(Path(sys.executable).with_name("oms-bedside"))
SHEET = ("opsoclonus=1", "myoclonus=2", "gait=1", "sleep=0", "irritability=3")


def _run(program: str, *arguments: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    # As wherever it is installed: what Python compiled at the first start it keeps for the next.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    # As wherever it is used: the place of the station's notes is asked of the system.
    environment["XDG_STATE_HOME"] = environment.pop("OMS_BEDSIDE_STATE")
    subprocess.run(
        [program, *arguments], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's data folder, built beforehand."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    build_demo(folder, clock=SystemClock(), catalogue=load_catalogue())
    return folder


def test_start_to_the_patient_list(benchmark: Any, demo: Path) -> None:
    """The whole process until the list is painted: at most 2.1 times a bare window."""
    benchmark.group = "process start to a usable patient list"
    benchmark.extra_info["goal"] = "at most 2.1"
    ours = partial(_run, sys.executable, str(HERE / "patient_list.py"), str(demo))
    yardstick = partial(_run, sys.executable, str(HERE / "bare_window.py"))
    assert measure_pairs(benchmark, ours, yardstick, rounds=40) <= 2.1


def test_scoring_a_sheet_from_the_shell(benchmark: Any) -> None:
    """``oms-bedside score``, start and end included: at most 3 times a bare interpreter."""
    benchmark.group = "the command score, whole process"
    benchmark.extra_info["goal"] = "at most 3"
    ours = partial(_run, COMMAND, "score", "five_feature", *SHEET)
    yardstick = partial(_run, sys.executable, "-c", "pass")
    assert measure_pairs(benchmark, ours, yardstick, rounds=60) <= 3
