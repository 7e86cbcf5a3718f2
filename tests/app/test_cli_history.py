"""The history at the command line: a table of everybody, or of one patient."""

import csv
import io
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.exchange.demo import build_demo
from app.records.folder import open_folder
from scales.catalogue import load_catalogue
from tests.app.conftest import CLOCK, Command


@pytest.fixture(scope="module")
def unseen_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the demo patients at which no command has looked yet."""
    folder = tmp_path_factory.mktemp("unseen") / "data"
    build_demo(folder, clock=CLOCK, catalogue=load_catalogue())
    return folder


@pytest.fixture
def folder(unseen_folder: Path, tmp_path: Path) -> Path:
    """Return a data folder that a test may change."""
    return Path(shutil.copytree(unseen_folder, tmp_path / "data"))


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_history_of_a_patient_is_a_line_for_each_field(command: Command, folder: Path) -> None:
    """With who, when and what before and after, newest first; of nobody else."""
    store = open_folder(folder, None, clock=CLOCK, catalogue=load_catalogue())
    patient = store.patients.by_patient_id("DEMO-1")
    store.patients.mark_error(patient.id, "=cmd|' /C calc'!A0")
    store.close()
    told = command("history", "DEMO-1", "--data", folder)
    rows = _rows(told.out)
    assert told.status == 0
    assert {row["patient_id"] for row in rows} == {"DEMO-1"}
    looks = [row for row in rows if not row["entry"]]
    marked = next(row for row in rows if row["entry"])
    assert (marked["by"], marked["action"]) == ("M. Okafor", "Mark a patient as entered in error")
    assert (marked["field"], marked["before"]) == ("Entered in error because", "not recorded")
    assert marked["after"].startswith("'=cmd")
    assert marked["written"] == "2026-11-21T09:00:00+00:00"
    assert looks == []


def test_the_history_of_everybody_tells_looks_too(command: Command, folder: Path) -> None:
    """What was opened and printed before; a look has no entry of the journal."""
    command("visit", "D1-01", "--data", folder)
    rows = _rows(command("history", "--data", folder).out)
    looks = {row["action"]: row["patient_id"] for row in rows if not row["entry"]}
    assert looks == {"Open the records": "", "Make a page": "DEMO-1"}
    assert {"DEMO-1", "DEMO-2", "DEMO-3", ""} == {row["patient_id"] for row in rows}


def test_the_history_goes_into_a_private_file_whole(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """The same bytes; only their owner reads them."""
    out = tmp_path / "history.csv"
    told = command("history", "DEMO-2", "--out", out, "--data", folder)
    assert told.status == 0
    assert "not encrypted" in told.out
    assert out.stat().st_mode & 0o077 == 0
    rows = _rows(out.read_bytes().decode())
    assert rows
    assert {row["patient_id"] for row in rows} == {"DEMO-2"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("NOBODY",), "There is no patient “NOBODY”."),
        (("DEMO-1", "--out", "history.txt"), "“history.txt” must end in .csv."),
    ],
)
def test_what_cannot_be_told_is_said_in_a_sentence(
    command: Command, folder: Path, given: tuple[str, ...], sentence: str
) -> None:
    """A patient who is not there, and a name that promises another kind of file."""
    told = command("history", *given, "--data", folder)
    assert (told.status, told.out) == (2, "")
    assert sentence in told.err


def test_a_patient_entered_in_error_still_has_a_history(command: Command, folder: Path) -> None:
    """That is where it is read why."""
    store = open_folder(folder, None, clock=CLOCK, catalogue=load_catalogue())
    store.patients.mark_error(store.patients.by_patient_id("DEMO-1").id, "typed twice")
    store.close()
    told = command("history", "DEMO-1", "--data", folder)
    assert told.status == 0
    assert "typed twice" in told.out


def test_the_page_for_the_record_prints_the_hash_that_the_history_finds(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """Paper proves the file: the newest entry that changed the patient."""
    page = tmp_path / "page.pdf"
    command("report", "physician", "DEMO-1", "--out", page, "--data", folder)
    rows = _rows(command("history", "DEMO-1", "--data", folder).out)
    newest = next(row["entry"] for row in rows if row["entry"])
    text = PdfReader(BytesIO(page.read_bytes())).pages[0].extract_text()
    assert f"Records entry {newest}" in " ".join(text.split())
