"""Bad input at the command line: one sentence each, exit 2 or 3, and nothing has changed."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from app.records.copies.backup import copies
from app.records.file.database import connect
from app.records.file.names import RECORDS
from app.records.folder import hold
from app.records.keys.keyfile import KEYS, new_code
from app.records.keys.vault import unlock
from tests.app.conftest import SECRET, Command
from tests.app.test_cli_init import cheap_keys

__all__ = ["cheap_keys"]
OTHER = "seven quiet boats"
EMOJI, PASTED, DOCUMENT = "😀" * 12, "correct horse\nbattery", f"{SECRET} " * 455
FRESH = [
    ("", "Please choose a passphrase of at least 10 characters."),
    ("x", "Please choose a passphrase of at least 10 characters."),
    (EMOJI, "This passphrase repeats itself."),
    (PASTED, "The passphrase holds something that cannot be seen, such as a line break"),
    (DOCUMENT, "A passphrase can have 500 characters at most. Perhaps something else was pasted?"),
]
TRIED = [
    ("", "These records open with a passphrase. Please type it."),
    ("x", "That passphrase does not open these records. Check capital letters"),
    (EMOJI, "That passphrase does not open these records. Check capital letters"),
    (PASTED, "It holds something that cannot be seen, such as a line break, and no passphrase"),
    (DOCUMENT, "That passphrase does not open these records. Check capital letters"),
    (new_code(), "That recovery code does not open these records."),
]


class Clinic(NamedTuple):
    """A data folder behind a passphrase, and a place beside it."""

    folder: Path
    beside: Path

    @property
    def copy(self) -> Path:
        """Its newest copy."""
        return copies(self.folder)[0].path


@pytest.fixture
def clinic(locked_folder: Path, tmp_path: Path) -> Clinic:
    """A folder that a test may spoil."""
    return Clinic(Path(shutil.copytree(locked_folder, tmp_path / "data")), tmp_path)


@pytest.fixture
def other(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of another clinic, with a passphrase of its own."""
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", OTHER)
    folder = tmp_path / "other"
    assert command("--data", folder, "init", "--name", "Eve", "--role", "nurse").status == 0
    return folder


def _bytes(folder: Path) -> dict[str, bytes]:
    beside = ("failed-openings.txt", "records.lock")
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path): path.read_bytes() for path in found if path.name not in beside}


@pytest.mark.parametrize(("typed", "sentence"), FRESH, ids=range(len(FRESH)))
def test_a_passphrase_that_cannot_be_one_makes_no_records(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, sentence: str
) -> None:
    """Nothing, one character, emoji, a pasted line break, ten thousand characters."""
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", typed)
    told = command("--data", tmp_path / "new", "init", "--name", "Ada", "--role", "nurse")
    assert (told.status, told.out, len(told.err.splitlines())) == (2, "", 1)
    assert sentence in told.err
    assert not (tmp_path / "new" / RECORDS).exists()


@pytest.mark.parametrize(("typed", "sentence"), TRIED, ids=range(len(TRIED)))
def test_what_does_not_open_says_so_and_changes_nothing(
    command: Command, clinic: Clinic, monkeypatch: pytest.MonkeyPatch, typed: str, sentence: str
) -> None:
    """The same, and a code that is another one; nothing of it is repeated."""
    before = _bytes(clinic.folder)
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", typed)
    told = command("--data", clinic.folder, "patients")
    assert (told.status, told.out, len(told.err.splitlines())) == (2, "", 1)
    assert sentence in told.err
    assert len(typed) < 2 or typed not in told.err
    assert _bytes(clinic.folder) == before


@pytest.mark.parametrize(
    ("secret", "sentence"),
    [
        (OTHER, "The records file is damaged, or its keys belong to other records."),
        (SECRET, "That passphrase does not open these records."),
    ],
)
def test_the_keys_of_another_clinic_open_nothing(
    command: Command, clinic: Clinic, other: Path, monkeypatch: pytest.MonkeyPatch,
    secret: str, sentence: str,
) -> None:  # fmt: skip
    """Neither with its passphrase nor with that of the records; put back, all is as before."""
    own = (clinic.folder / KEYS).read_bytes()
    shutil.copy(other / KEYS, clinic.folder / KEYS)
    before = _bytes(clinic.folder)
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", secret)
    told = command("--data", clinic.folder, "patients")
    assert (told.status, told.out, len(told.err.splitlines())) == (2, "", 1)
    assert sentence in told.err
    assert _bytes(clinic.folder) == before
    (clinic.folder / KEYS).write_bytes(own)
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", SECRET)
    again = command("--data", clinic.folder, "patients")
    assert (again.status, again.err) == (0, "")


def _photos(clinic: Clinic) -> Path:
    place = clinic.beside / "photos"
    place.mkdir()
    (place / "holiday.jpg").write_bytes(b"photo")
    return place


def _one_photo(clinic: Clinic) -> Path:
    return _photos(clinic) / "holiday.jpg"


def _of_names_only(clinic: Clinic) -> Path:
    place = Path(shutil.copytree(clinic.copy, clinic.beside / "strange"))
    (place / RECORDS).write_bytes(b"something else" * 1000)
    return place


def _newer(clinic: Clinic) -> Path:
    place = Path(shutil.copytree(clinic.copy, clinic.beside / "newer"))
    with closing(connect(place / RECORDS, unlock(place, SECRET).key)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    return place


def _itself(clinic: Clinic) -> Path:
    return clinic.folder


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (_photos, "is not a copy of records"),
        (_one_photo, "is not a copy that OMS Bedside has made."),
        (_of_names_only, "is damaged and was not put back. Nothing was changed."),
        (_newer, "made by a newer version"),
        (_itself, "is the data folder itself. Name the folder of a copy."),
    ],
)
def test_what_is_no_copy_is_not_put_back(
    command: Command, clinic: Clinic, monkeypatch: pytest.MonkeyPatch,
    made: Callable[[Clinic], Path], sentence: str,
) -> None:  # fmt: skip
    """What is not ours, what only has the names, what a newer version made, and the records."""
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", SECRET)
    path, before = made(clinic), _bytes(clinic.folder)
    told = command("--data", clinic.folder, "restore", path, "--replace")
    assert (told.status, told.out, len(told.err.splitlines())) == (2, "", 1)
    assert sentence in told.err
    assert _bytes(clinic.folder) == before


def test_a_copy_is_not_put_in_place_of_records_in_use(
    command: Command, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is a second place the data folder."""
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", SECRET)
    held = hold(clinic.folder)
    told = command("--data", clinic.folder, "restore", clinic.copy, "--replace")
    held.release()
    assert told.status == 2
    assert "OMS Bedside is already open with these data." in told.err
    told = command("--data", clinic.folder, "backup", "--to", clinic.folder)
    assert told.status == 2
    assert "is in the data folder, where copies are kept by themselves." in told.err


@pytest.mark.parametrize("name", ["", "   ", "\t", "\u00a0\u2003"])
def test_a_user_name_of_spaces_is_none(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Of any kind of space; somebody must stand on what is signed."""
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", SECRET)
    told = command("--data", tmp_path / "new", "init", "--name", name, "--role", "nurse")
    assert (told.status, told.out, told.err) == (2, "", "Please give a name.\n")
    assert not (tmp_path / "new" / RECORDS).exists()
