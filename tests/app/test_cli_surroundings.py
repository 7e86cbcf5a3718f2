"""The commands that read, where nothing can be written; and what a copy that fails takes away."""

import errno
import json
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import Damage, UserError
from app.records import folder as data_folder
from app.records.folder import hold, open_folder
from app.records.model import PatientFacts
from app.records.store import Store
from scales.catalogue import load_catalogue
from tests.app.conftest import CLOCK, Command, Told
from tests.app.medium import Medium, medium_at
from tests.app.test_window_surroundings import foreign_log

READING = (
    ("patients",),
    ("patients", "--json"),
    ("trend", "DEMO-1"),
    ("visit", "D1-01"),
    ("check",),
    ("report", "physician", "DEMO-1", "--out", "{elsewhere}/page.pdf"),
    ("export", "{elsewhere}/tables"),
)


@pytest.fixture
def medium(tmp_path: Path) -> Iterator[Medium]:
    """Return a disk of its own."""
    with medium_at(tmp_path / "medium") as made:
        yield made


@pytest.fixture
def folder(demo_folder: Path, tmp_path: Path) -> Path:
    """Return a data folder that a test may change."""
    return Path(shutil.copytree(demo_folder, tmp_path / "data"))


def _bytes(folder: Path) -> dict[str, bytes]:
    found = sorted(folder.rglob("*"))
    return {str(path): path.read_bytes() for path in found if path.is_file()}


def _left_with_log(place: Path, into: Path) -> None:
    """Leave records as a killed process does: the newest patient stands only in the log."""
    store = open_folder(place, None, clock=CLOCK, catalogue=load_catalogue())
    store.patients.add(PatientFacts("LATEST"))
    shutil.copytree(place, into)
    store.close()
    (into / "records.db-shm").unlink()


def _refuse_to_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the folder take no lock, as a medium that cannot be written to."""

    def refuse(_path: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(data_folder, "seize", refuse)


def _run(command: Command, folder: Path, words: tuple[str, ...], elsewhere: Path) -> Told:
    elsewhere.mkdir(exist_ok=True)
    return command("--data", folder, *(word.format(elsewhere=elsewhere) for word in words))


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_what_reads_works_on_a_read_only_medium(
    command: Command, demo_folder: Path, medium: Medium, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """The answer is what it is elsewhere; that nothing can be saved is said once."""
    folder = Path(shutil.copytree(demo_folder, medium.path / "data"))
    expected = _run(command, folder, words, tmp_path / "elsewhere")
    shutil.rmtree(tmp_path / "elsewhere")
    medium.make_read_only()
    told = _run(command, folder, words, tmp_path / "elsewhere")
    assert (told.status, told.out) == (0, expected.out)
    assert told.err.count("Nothing can be saved") == len(told.err.splitlines()) == 1


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_what_reads_works_on_a_full_disk(
    command: Command, demo_folder: Path, medium: Medium, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Not even a lock can be written there."""
    folder = Path(shutil.copytree(demo_folder, medium.path / "data"))
    medium.fill()
    told = _run(command, folder, words, tmp_path / "elsewhere")
    assert (told.status, bool(told.out)) == (0, True)
    assert "Nothing can be saved" in told.err


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_what_reads_works_where_no_lock_can_be_had(
    command: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:  # fmt: skip
    """And it leaves every byte of the folder as it was."""
    _refuse_to_lock(monkeypatch)
    before = _bytes(folder)
    told = _run(command, folder, words, tmp_path / "elsewhere")
    assert (told.status, bool(told.out)) == (0, True)
    assert told.err.count("Nothing can be saved") == len(told.err.splitlines()) == 1
    assert _bytes(folder) == before


def test_what_stands_in_the_log_only_is_read_too(
    command: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a copy in the place for what is temporary, of which nothing stays."""
    left = tmp_path / "left"
    _left_with_log(folder, left)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    _refuse_to_lock(monkeypatch)
    before = _bytes(left)
    told = command("--data", left, "patients", "--json")
    assert "LATEST" in [each["patient_id"] for each in json.loads(told.out)]
    assert command("--data", left, "check").status == 0
    assert (_bytes(left), list(temporary.iterdir())) == (before, [])


def test_what_writes_is_refused_where_nothing_can_be_written(
    command: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import is no reading: one sentence, exit 2."""
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "patients.csv").write_text("patient_id\nP1\n")
    _refuse_to_lock(monkeypatch)
    told = command("--data", folder, "import", tables)
    assert (told.status, told.out) == (2, "")
    assert "cannot be written to" in told.err


def test_nobody_reads_past_somebody_who_writes(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is held is refused to a reader that could not write in it, too."""
    held = hold(folder)
    _refuse_to_lock(monkeypatch)
    told = command("--data", folder, "patients")
    held.release()
    assert (told.status, told.out) == (2, "")
    assert "already open" in told.err


@pytest.mark.parametrize(("words", "status"), [(("patients",), 0), (("check",), 2)])
def test_an_answer_stands_though_copies_are_unusable(
    command: Command, folder: Path, words: tuple[str, ...], status: int
) -> None:
    """It is printed; the sentence about the copy follows. Only a check is no success without."""
    shutil.rmtree(folder / "copies")
    (folder / "copies").write_text("in the way")
    told = command("--data", folder, *words)
    assert (told.status, bool(told.out)) == (status, True)
    assert "no checked copy could be made" in told.err


def test_an_answer_is_printed_before_a_copy_is_tried(
    command: Command,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever waits for the answer does not wait for the copy."""
    printed: list[str] = []

    def close(_store: Store) -> None:
        printed.append(capsys.readouterr().out)
        raise UserError("No copy was made.")

    monkeypatch.setattr(Store, "close", close)
    told = command("--data", folder, "patients")
    assert "DEMO-1" in printed[0]
    assert (told.status, told.err) == (0, "No copy was made.\n")


def test_damage_found_while_copying_is_no_success(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer stands, and the exit status says that it is not to be relied on."""
    close = Store.close

    def complain(store: Store) -> None:
        close(store)
        raise Damage("It is damaged.")

    monkeypatch.setattr(Store, "close", complain)
    told = command("--data", folder, "patients")
    assert (told.status, told.err) == (2, "It is damaged.\n")
    assert "DEMO-1" in told.out


def test_a_log_that_was_set_aside_is_told(command: Command, folder: Path, tmp_path: Path) -> None:
    """Beside the answer, with the place where it went."""
    (folder / "records.db-wal").write_bytes(foreign_log(tmp_path / "other"))
    told = command("--data", folder, "patients")
    (aside,) = (folder / "set-aside").iterdir()
    assert told.status == 0
    assert str(aside) in told.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_what_a_command_writes_is_for_its_owner_only(
    command: Command, demo_folder: Path, tmp_path: Path
) -> None:
    """Pages, pictures and tables tell names and diagnoses."""
    before = os.umask(0)
    try:
        for words in (
            ("report", "family", "DEMO-1", "--out", tmp_path / "out" / "page.pdf"),
            ("chart", "DEMO-1", "--out", tmp_path / "out" / "chart.png"),
            ("export", tmp_path / "out" / "tables"),
        ):
            (tmp_path / "out").mkdir(exist_ok=True)
            assert command("--data", demo_folder, *words).status == 0
    finally:
        os.umask(before)
    made = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(made) > 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}


def test_a_lock_that_is_gone_is_told_by_every_command(command: Command, folder: Path) -> None:
    """Reading goes on; the check names it and ends with 3."""
    store = open_folder(folder, None, clock=CLOCK, catalogue=load_catalogue())
    store._database.execute("DROP TRIGGER visits_update_locked")
    store.close()
    told = command("--data", folder, "patients")
    assert told.status == 0
    assert "trigger visits_update_locked" in told.err
    checked = command("--data", folder, "check")
    assert checked.status == 3
    told_of = "Tables, indexes or locks that are missing: 1.\n  trigger visits_update_locked\n"
    assert told_of in checked.out
