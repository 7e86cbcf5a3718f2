"""Two commands set everything up: what make asks, installs, says and hands on."""

import shutil
import subprocess
from pathlib import Path

import pytest

from app.paths import ROOT

MAKE = shutil.which("make")
NOISE = "WARNING: much that nobody wants to read"
PYTHON = f"""#!/bin/sh
echo "$*" >> calls
case "$*" in
    app/prerequisites.py) exit "${{LACKS:-0}}" ;;
    "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    "-m pip install"*) echo "{NOISE}"; echo "{NOISE}" >&2; exit "${{PIP:-0}}" ;;
esac
"""
ASKS, VENV = "app/prerequisites.py", "-m venv .venv"
TESTS = "-m pytest -n 2 --dist loadfile --no-loadscope-reorder"
PIP = "-m pip install --disable-pip-version-check --no-input --constraint constraints.txt "

pytestmark = pytest.mark.skipif(MAKE is None, reason="make is not on this machine")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a folder with the Makefile and a Python that only notes what it is asked."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    python = tmp_path / "python"
    python.write_text(PYTHON, encoding="utf-8")
    python.chmod(0o755)
    return tmp_path


def _make(tree: Path, goal: str, **set_to: str) -> subprocess.CompletedProcess[str]:
    settings = {"PATH": "/usr/bin:/bin", **set_to}
    return subprocess.run(
        [str(MAKE), goal, f"PYTHON={tree / 'python'}"],
        cwd=tree,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )


def _calls(tree: Path) -> list[str]:
    """Return what Python was asked since the last time."""
    noted = tree / "calls"
    calls = noted.read_text(encoding="utf-8").splitlines()
    noted.unlink()
    return calls


def test_either_command_is_enough_on_a_bare_machine(tree: Path) -> None:
    """What the system lacks is seen to first; what is installed is not installed again."""
    assert _make(tree, "run").returncode == 0
    assert _calls(tree) == [ASKS, VENV, f"{PIP}--editable .", "-m app.tryout"]
    assert _make(tree, "test").returncode == 0
    assert _calls(tree) == [ASKS, f"{PIP}--editable .[dev]", TESTS]
    assert _make(tree, "run").returncode == 0
    assert _calls(tree) == [ASKS, "-m app.tryout"]
    shutil.rmtree(tree / ".venv")
    assert _make(tree, "test").returncode == 0
    installs = [f"{PIP}--editable .", f"{PIP}--editable .[dev]"]
    assert _calls(tree) == [ASKS, VENV, *installs, TESTS]


def test_pip_is_not_heard_where_it_works(tree: Path) -> None:
    """One sentence says what takes so long."""
    told = _make(tree, "run")
    assert (told.stdout, told.stderr) == (
        "Installing what the app needs; this happens once.\n",
        "",
    )


def test_all_that_pip_said_is_shown_where_it_fails(tree: Path) -> None:
    """Its warnings too; nothing is begun, and the next time it is tried again."""
    told = _make(tree, "run", PIP="1")
    assert told.returncode == 2
    assert told.stderr.count(NOISE) == 2
    assert "-m app.tryout" not in _calls(tree)
    assert _make(tree, "run").returncode == 0
    assert _calls(tree) == [ASKS, f"{PIP}--editable .", "-m app.tryout"]


def test_where_the_system_lacks_something_nothing_is_installed(tree: Path) -> None:
    """What lacks is said by the check, which ends the set-up."""
    assert _make(tree, "run", LACKS="2").returncode == 2
    assert _calls(tree) == [ASKS]
