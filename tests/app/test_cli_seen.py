"""What a command notes of who looked and what was taken out, and what it says where it cannot."""

import shutil
from pathlib import Path

import pytest

from app.records.folder import open_folder
from app.records.seen import Look
from scales.catalogue import load_catalogue
from tests.app.conftest import CLOCK, Command

NOT_NOTED = "“{}” could not be noted in the records: they cannot be written to."


@pytest.fixture
def folder(demo_folder: Path, tmp_path: Path) -> Path:
    """Return a data folder that a test may change."""
    return Path(shutil.copytree(demo_folder, tmp_path / "data"))


def _looks(folder: Path) -> list[Look]:
    """Return what was noted in a folder before now."""
    store = open_folder(folder, None, clock=CLOCK, catalogue=load_catalogue())
    looks = list(store.seen.all())
    store.close()
    return looks


def _patient(folder: Path, patient_id: str) -> str:
    store = open_folder(folder, None, clock=CLOCK, catalogue=load_catalogue())
    found = store.patients.by_patient_id(patient_id)
    store.close()
    return found.id


def _commands(out: Path) -> list[tuple[tuple[object, ...], list[tuple[str, str]]]]:
    opened = ("seen.open", "")
    return [
        (("patients",), [opened]),
        (("trend", "DEMO-1"), [opened, ("seen.patient", "DEMO-1")]),
        (("history", "DEMO-2"), [opened, ("seen.export", "DEMO-2")]),
        (("history",), [opened, ("seen.export", "")]),
        (("check",), [opened]),
        (("export", out / "tables"), [opened, ("seen.export", "")]),
        (
            ("chart", "DEMO-1", "--out", out / "chart.png"),
            [opened, ("seen.print", "DEMO-1")],
        ),
        (
            ("report", "family", "DEMO-2", "--out", out / "page.pdf"),
            [opened, ("seen.print", "DEMO-2")],
        ),
        (("visit", "D1-01"), [opened, ("seen.print", "DEMO-1")]),
    ]


@pytest.mark.parametrize("number", range(9))
def test_a_command_notes_that_it_opened_and_what_it_took_out(
    command: Command, folder: Path, tmp_path: Path, number: int
) -> None:
    """Each opening is a look; a page or a picture is one at its patient; an export is one."""
    arguments, expected = _commands(tmp_path)[number]
    before = _looks(folder)
    told = command("--data", folder, *arguments)
    assert (told.status, told.err) == (0, "")
    found = _looks(folder)[len(before) :]
    who = {"": "", **{name: _patient(folder, name) for name in ("DEMO-1", "DEMO-2")}}
    assert [(one.action, one.patient) for one in found] == [
        (action, who[name]) for action, name in expected
    ]


def test_a_command_that_is_refused_takes_nothing_out(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """An export into a folder that is not empty, and a page of nobody, are openings only."""
    before = _looks(folder)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    assert command("--data", folder, "export", tmp_path / "full").status == 2
    out = tmp_path / "page.pdf"
    assert command("--data", folder, "report", "family", "NOBODY", "--out", out).status == 2
    assert [one.action for one in _looks(folder)[len(before) :]] == ["seen.open"] * 2


def test_where_it_cannot_be_noted_the_command_says_so_and_goes_on(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """One sentence for each look on standard error, the answer as always."""
    store = open_folder(folder, None, clock=CLOCK, catalogue=load_catalogue())
    store._database.execute(
        "CREATE TRIGGER full BEFORE INSERT ON seen BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    store.close()
    told = command("--data", folder, "export", tmp_path / "tables")
    assert told.status == 0
    stranger, *rest = told.err.splitlines()
    assert "trigger full" in stranger
    assert rest == [
        NOT_NOTED.format("Open the records"),
        NOT_NOTED.format("Export tables"),
    ]
    assert (tmp_path / "tables" / "patients.csv").exists()
