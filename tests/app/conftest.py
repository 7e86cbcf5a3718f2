"""The command line as a caller sees it: what it prints, what it says, its exit status."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from app.cli.running import run
from app.clock import FixedClock
from app.exchange.demo import build_demo
from app.records.folder import Founder, create_folder
from app.records.keys.keyfile import Cost
from app.records.model import Role
from app.records.seen import FAILED
from scales.catalogue import load_catalogue

CLOCK = FixedClock.on(date(2026, 11, 21))
SECRET = "correct horse battery"  # noqa: S105 - a passphrase for made-up records


@dataclass(frozen=True)
class Told:
    """What one command line did."""

    status: int
    out: str
    err: str


Command = Callable[..., Told]


@pytest.fixture
def command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Return a function that runs one command line here; bugs are logged in ``tmp_path``."""
    monkeypatch.setattr("app.cli.fault_log.log_folder", lambda: tmp_path / "log")

    def run_it(*arguments: object) -> Told:
        capsys.readouterr()
        status = run([str(each) for each in arguments])
        out, err = capsys.readouterr()
        return Told(int(status), out, err)

    return run_it


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the demo patients; tests only read it."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    build_demo(folder, clock=CLOCK, catalogue=load_catalogue())
    return folder


@pytest.fixture
def locked_folder(locked_for_all: Path) -> Path:
    """Return an empty data folder behind a passphrase; tests only read it.

    Whoever tried a wrong passphrase before has nobody else wait.
    """
    (locked_for_all / FAILED).unlink(missing_ok=True)
    return locked_for_all


@pytest.fixture(scope="session")
def locked_for_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all of these tests share."""
    folder = tmp_path_factory.mktemp("locked") / "data"
    store, _ = create_folder(
        folder,
        Founder("Ada", Role.NURSE),
        SECRET,
        clock=CLOCK,
        catalogue=load_catalogue(),
        cost=Cost(passes=1, memory_kib=128, lanes=1),
    )
    store.close()
    return folder
