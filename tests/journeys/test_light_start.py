"""The list of patients needs little, so starting loads little; the rest comes at first use."""

import os
import subprocess
import sys
from collections.abc import Set
from importlib.util import find_spec
from pathlib import Path

import pytest

from app.clock import SystemClock
from app.records.folder import Founder, create_open_folder
from app.records.model import Role
from scales.catalogue import load_catalogue

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {
    "numpy", "asyncio", "pyqtgraph", "reportlab", "pypdfium2", "argon2",
    "cryptography", "babel", "calendar", "tomllib", "app.screens.opening", "app.screens.chart",
    "app.screens.visit", "app.reports", "app.exchange", "app.trends", "app.hazards",
}  # fmt: skip
_LIST = """
import os, sys
from pathlib import Path
from app.start import run_window

def end():
    print(*sys.modules, flush=True)
    os._exit(0)

run_window(data=Path(sys.argv[1]), on_ready=end)
"""
_BEFORE_QT = """
import sys
from importlib import import_module
from app.start import WITHOUT_QT

for name in ("app.data_folder", *WITHOUT_QT):
    import_module(name)
print(*sys.modules)
"""
_LISTEN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app.running import application
from app.start import run_window

def end():
    print(*sys.modules, flush=True)
    application().closeAllWindows()

def wait():
    is_there = {"uuid6", "app.screens.chart.control", "pyqtgraph"} <= set(sys.modules)
    QTimer.singleShot(5, end if is_there else wait)

run_window(data=Path(sys.argv[1]), on_ready=wait)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that needs no secret."""
    made = tmp_path / "data"
    create_open_folder(
        made, Founder("Ann", Role.NURSE), clock=SystemClock(), catalogue=load_catalogue()
    ).close()
    return made


def _loaded(program: str, folder: Path) -> set[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return set(said.stdout.split())


def _source(name: str) -> str:
    found = find_spec(name)
    assert found is not None
    return Path(str(found.origin)).read_text("utf-8")


def _users_of_qt(names: Set[str]) -> set[str]:
    """Return those of some modules that import Qt, or another of them that does."""
    sources = {name: _source(name) for name in names}
    users = {name for name, source in sources.items() if "PySide6" in source}
    found = users
    while found:
        found = {
            name
            for name in names - users
            if any(f"from {user} import" in sources[name] for user in users)
        }
        users |= found
    return users


def test_the_list_of_patients_loads_nothing_heavy(folder: Path) -> None:
    """Once the list can be used, none of what other screens and first changes need is loaded."""
    loaded = _loaded(_LIST, folder)
    assert "app.screens.patients.page" in loaded
    assert HEAVY & loaded == set()


def test_what_needs_no_qt_is_read_before_it(folder: Path) -> None:
    """Its bindings read the source of each module that comes after them: of Qt's users only."""
    before = _loaded(_BEFORE_QT, folder)
    assert "PySide6" not in before
    later = {name for name in _loaded(_LIST, folder) if name.startswith(("app.", "widgets."))}
    assert later - before == _users_of_qt(later - before)


def test_neither_the_first_change_nor_the_first_chart_waits(folder: Path) -> None:
    """What they need is loaded beside the list that is shown, before anybody taps."""
    assert {"uuid6", "pyqtgraph"} <= _loaded(_LISTEN, folder)
