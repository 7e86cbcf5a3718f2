"""Files that are removed or replaced while the records are open."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from app.errors import UserError
from app.records.copies.backup import copies
from app.records.file.names import RECORDS
from app.records.folder import LOCK
from app.records.model import PatientFacts
from tests.records.test_folder import PASSPHRASE, ROOT, Desk, catalogue, desk

__all__ = ["catalogue", "desk"]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows removes no open file")

_OPEN = """
import sys
from datetime import date
from pathlib import Path
from app.clock import FixedClock
from app.errors import UserError
from app.records.folder import open_folder
from scales.catalogue import load_catalogue

clock = FixedClock.on(date(2026, 1, 28))
try:
    open_folder(Path(sys.argv[1]), sys.argv[2], clock=clock, catalogue=load_catalogue())
except UserError as error:
    print(error)
"""


def _opened_elsewhere(folder: Path) -> str:
    command = [sys.executable, "-c", _OPEN, str(folder), PASSPHRASE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def _remove(path: Path) -> None:
    path.unlink()


def _replace(path: Path) -> None:
    fresh = path.with_name("fresh")
    shutil.copy(path, fresh)
    fresh.replace(path)


@pytest.mark.parametrize("harm", [_remove, _replace])
@pytest.mark.parametrize("name", [LOCK, RECORDS, "records.db-wal", "records.db-shm"])
def test_nothing_is_acknowledged_once_a_file_is_not_the_same(
    desk: Desk, name: str, harm: Callable[[Path], None]
) -> None:
    """The write is refused in a sentence that names the file, and is taken back."""
    store, _ = desk.create()
    store.patients.add(PatientFacts("1"))
    harm(desk.folder / name)
    with pytest.raises(UserError, match=f"The file {name} was removed or replaced"):
        store.patients.add(PatientFacts("2"))
    assert [each.patient.facts.patient_id for each in store.summaries()] == ["1"]
    with pytest.raises(UserError):
        store.patients.add(PatientFacts("3"))
    with suppress(UserError):
        store.close()


@pytest.mark.parametrize("harm", [_remove, _replace])
@pytest.mark.parametrize("name", [LOCK, RECORDS])
def test_what_took_the_place_of_the_records_is_not_copied(
    desk: Desk, name: str, harm: Callable[[Path], None]
) -> None:
    """No copy of something else comes to stand as the newest, not even at the closing."""
    store, _ = desk.create()
    store.patients.add(PatientFacts("1"))
    store.copy()
    before = copies(desk.folder)
    store.patients.add(PatientFacts("2"))
    harm(desk.folder / name)
    for deed in (store.copy, store.close):
        with pytest.raises(UserError, match=f"The file {name} was removed or replaced"):
            deed()
    assert copies(desk.folder) == before


def test_a_folder_that_was_moved_and_put_back_goes_on(desk: Desk, tmp_path: Path) -> None:
    """While it is away nothing is acknowledged; then the same session saves again."""
    store, _ = desk.create()
    desk.folder.rename(tmp_path / "away")
    with pytest.raises(UserError, match="removed or replaced"):
        store.patients.add(PatientFacts("1"))
    (tmp_path / "away").rename(desk.folder)
    store.patients.add(PatientFacts("1"))
    assert len(store.summaries()) == 1


@pytest.mark.parametrize("harm", [_remove, _replace])
def test_a_lock_file_that_is_gone_lets_nobody_in(desk: Desk, harm: Callable[[Path], None]) -> None:
    """The records themselves tell that somebody has them open."""
    store, _ = desk.create()
    harm(desk.folder / LOCK)
    assert "already open with these data" in _opened_elsewhere(desk.folder)
    with pytest.raises(UserError, match="removed or replaced"):
        store.close()
    assert _opened_elsewhere(desk.folder) == ""


def test_copies_and_the_check_have_connections_of_their_own(desk: Desk) -> None:
    """Neither is taken for somebody else, nor do they change what is compared."""
    store, _ = desk.create()
    for number in range(3):
        store.patients.add(PatientFacts(str(number)))
        store.copy()
        assert not any(finding.count for finding in store.check())
    assert len(store.summaries()) == 3
