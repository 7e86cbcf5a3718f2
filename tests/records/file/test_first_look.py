"""An opening that is refused changes no byte, whatever lies beside the records."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import AppError, Damage, UserError
from app.records import folder as data_folder
from app.records.copies.backup import copies
from app.records.file.names import RECORDS, SET_ASIDE
from app.records.keys.keyfile import KEYS
from app.records.model import PatientFacts
from app.records.seen import FAILED
from app.records.store import Store
from tests.records.test_folder import PASSPHRASE, Desk, catalogue, desk

__all__ = ["catalogue", "desk"]
LOG, INDEX = "records.db-wal", "records.db-shm"


def _bytes(folder: Path) -> dict[str, bytes]:
    """Return every byte under a folder, the line about a failed opening apart."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != FAILED
    }


def _killed(desk: Desk, patients: int = 3) -> Desk:
    """Return a desk whose folder stands as a killed process leaves it, with a log."""
    store, _ = desk.create()
    for number in range(patients):
        store.patients.add(PatientFacts(f"{desk.folder.parent.name}-{number}"))
    left = Desk(desk.folder.with_name("left"), desk.catalogue)
    shutil.copytree(desk.folder, left.folder)
    store.close()
    assert (left.folder / LOG).stat().st_size > 4096
    return left


def _zero(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at : at + 64] = bytes(64)
    path.write_bytes(content)


def _nothing(_folder: Path) -> None:
    """Do nothing."""


def _damage_file(folder: Path) -> None:
    (folder / LOG).unlink()
    (folder / INDEX).unlink()
    _zero(folder / RECORDS, 1000)


def _damage_file_with_log(folder: Path) -> None:
    _zero(folder / RECORDS, 0)


def _lose_index(folder: Path) -> None:
    _zero(folder / RECORDS, 0)
    (folder / INDEX).unlink()


def _damage_keys(folder: Path) -> None:
    (folder / KEYS).write_bytes(b"{}")


@pytest.mark.parametrize(
    ("harm", "secret"),
    [
        (_nothing, "not this one at all"),
        (_damage_file, PASSPHRASE),
        (_damage_file_with_log, PASSPHRASE),
        (_lose_index, PASSPHRASE),
        (_damage_keys, PASSPHRASE),
    ],
)
def test_a_refused_opening_changes_no_byte(
    desk: Desk, harm: Callable[[Path], None], secret: str
) -> None:
    """A wrong passphrase, a damaged file with or without its log, keys that are none."""
    left = _killed(desk)
    harm(left.folder)
    before = _bytes(left.folder)
    with pytest.raises(AppError):
        left.open(secret)
    assert _bytes(left.folder) == before


def test_a_store_that_cannot_be_built_changes_no_byte(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log is as whole as before even where the file opened and what came then failed."""
    left = _killed(desk)
    before = _bytes(left.folder)

    def fail(database: object, **_values: object) -> Store:
        database.execute("SELECT count(*) FROM users").fetchone()  # type: ignore[attr-defined]
        raise Damage("A row is damaged.")

    with monkeypatch.context() as patch:
        patch.setattr(data_folder, "Store", fail)
        with pytest.raises(Damage, match="A row"):
            left.open()
    assert _bytes(left.folder) == before
    assert len(left.open().summaries()) == 3


def test_a_damaged_copy_put_back_changes_no_byte(desk: Desk) -> None:
    """Its pages are all read before its first opening changes it, however deep the damage."""
    store, _ = desk.create()
    store.patients.add(PatientFacts("1"))
    store.close()
    (copy,) = copies(desk.folder)
    shutil.copy(copy.path / RECORDS, desk.folder / RECORDS)
    _zero(desk.folder / RECORDS, (desk.folder / RECORDS).stat().st_size // 2)
    before = _bytes(desk.folder)
    with pytest.raises(Damage, match="Nothing was changed"):
        desk.open()
    assert _bytes(desk.folder) == before


def test_a_newer_copy_put_back_changes_no_byte(desk: Desk) -> None:
    """What this version cannot read it leaves alone."""
    store, _ = desk.create()
    store.journal._database.execute("PRAGMA user_version = 99")
    store.close()
    (copy,) = copies(desk.folder)
    shutil.copy(copy.path / RECORDS, desk.folder / RECORDS)
    before = _bytes(desk.folder)
    with pytest.raises(UserError, match="newer version"):
        desk.open()
    assert _bytes(desk.folder) == before


def test_a_log_of_other_records_is_set_aside(desk: Desk, tmp_path: Path) -> None:
    """A copy put back beside the log that was left: the copy opens, and the log is kept whole."""
    store, _ = desk.create()
    store.patients.add(PatientFacts("1"))
    store.close()
    (copy,) = copies(desk.folder)
    other = _killed(Desk(tmp_path / "other" / "data", desk.catalogue))
    shutil.copy(copy.path / RECORDS, desk.folder / RECORDS)
    for name in (LOG, INDEX):
        shutil.copy(other.folder / name, desk.folder / name)
    log = (desk.folder / LOG).read_bytes()
    store = desk.open()
    aside = store.around.log_set_aside
    assert aside is not None
    assert (aside.parent, aside.read_bytes()) == (desk.folder / SET_ASIDE, log)
    assert [each.patient.facts.patient_id for each in store.summaries()] == ["1"]
    assert not any(finding.count for finding in store.check())


def test_a_log_of_other_records_comes_back_where_the_opening_fails(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing is set aside by an opening that came to nothing."""
    desk.create()[0].close()
    other = _killed(Desk(tmp_path / "other" / "data", desk.catalogue))
    shutil.copy(other.folder / LOG, desk.folder / LOG)
    before = _bytes(desk.folder)

    def fail(_database: object, **_values: object) -> Store:
        raise Damage("A row is damaged.")

    monkeypatch.setattr(data_folder, "Store", fail)
    with pytest.raises(Damage, match="A row"):
        desk.open()
    assert _bytes(desk.folder) == before
    assert not (desk.folder / SET_ASIDE).exists()


def test_a_log_of_its_own_is_read(desk: Desk) -> None:
    """What a killed process left in the log is there, and nothing is set aside."""
    store = _killed(desk).open()
    assert (len(store.summaries()), store.around.log_set_aside) == (3, None)


def test_a_copy_put_back_beside_the_log_it_came_from_opens_as_it_was(desk: Desk) -> None:
    """Whoever forgot the log gets the copy, not a mixture; what came after it is kept apart."""
    store, _ = desk.create()
    store.patients.add(PatientFacts("1"))
    store.copy()
    store.patients.add(PatientFacts("2"))
    left = Desk(desk.folder.with_name("left"), desk.catalogue)
    shutil.copytree(desk.folder, left.folder)
    store.close()
    (copy,) = copies(left.folder)
    shutil.copy(copy.path / RECORDS, left.folder / RECORDS)
    log = (left.folder / LOG).read_bytes()
    store = left.open()
    assert [each.patient.facts.patient_id for each in store.summaries()] == ["1"]
    assert not any(finding.count for finding in store.check())
    assert [path.read_bytes() for path in (left.folder / SET_ASIDE).iterdir()] == [log]
