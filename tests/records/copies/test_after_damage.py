"""What is read of damaged records: part by part, and what could not be read is named."""

from pathlib import Path

import pytest

from app.exchange.rescuing import save_readable
from app.records.copies.after_damage import damaged_records, look, unlock_any
from app.records.file.names import RECORDS
from app.records.keys.vault import WrongSecret
from app.records.model import EventFacts, PatientFacts
from app.records.rescue import rescue
from tests.records.test_folder import (
    CLOCK,
    PASSPHRASE,
    TODAY,
    Desk,
    _sign_a_visit,
    catalogue,
    desk,
)

__all__ = ["catalogue", "desk"]

_PAGE = 4096


@pytest.fixture
def folder(desk: Desk) -> Path:
    """Return closed records of some patients, each with a visit and an event."""
    desk.create()[0].close()
    store = desk.open()
    for number in range(12):
        _sign_a_visit(store, desk.catalogue, f"40-{number}")
        patient = store.patients.by_patient_id(f"40-{number}").id
        store.events.add(patient, EventFacts(kind="fever", date=TODAY, note="x" * 900))
    store.close()
    return desk.folder


def _spoil(folder: Path, page: int) -> None:
    path = folder / RECORDS
    content = bytearray(path.read_bytes())
    content[page * _PAGE : (page + 1) * _PAGE] = bytes(_PAGE)
    path.write_bytes(content)


def _nobody_hears(_share: float) -> None:
    """Do nothing."""


def test_sound_records_are_read_whole(folder: Path, desk: Desk) -> None:
    """Then nothing is named as lost."""
    key = unlock_any(folder, PASSPHRASE).key
    with damaged_records(folder, key) as connection:
        found = rescue(connection, desk.catalogue, CLOCK, _nobody_hears)
    assert len(found.records) == 12
    assert (found.lost, found.unknown) == ((), 0)
    assert all(len(one.visits) == len(one.events) == 1 for one in found.records)


def test_whichever_page_is_damaged_what_is_lost_is_named(folder: Path, desk: Desk) -> None:
    """Each patient comes whole, or a part of it is named, or is counted as unknown."""
    key = unlock_any(folder, PASSPHRASE).key
    whole = (folder / RECORDS).read_bytes()
    read, named = [], 0
    for page in range(1, len(whole) // _PAGE):
        (folder / RECORDS).write_bytes(whole)
        _spoil(folder, page)
        with damaged_records(folder, key) as connection:
            found = rescue(connection, desk.catalogue, CLOCK, _nobody_hears)
        read.append(len(found.records))
        told = {(who, part) for who, part in found.lost}
        named += bool(told)
        for one in found.records:
            who = one.patient.facts.patient_id
            assert len(one.visits) == 1 or (who, "visits") in told, page
            assert len(one.events) == 1 or (who, "events") in told, page
        # A damaged page takes nothing with it that does not stand on it.
        assert len({part for _, part in told}) <= 1, page
    assert sum(count == 12 for count in read) > len(read) // 2
    assert named > 3


def test_the_comparison_goes_past_a_page_that_cannot_be_read(folder: Path, desk: Desk) -> None:
    """The newest entries are met from the other end; that not all was read is said."""
    store = desk.open()
    store.copies.backup()
    store.patients.add(PatientFacts("last", "Amira", "Last"))
    store.copies.backup()
    store.close()
    for path in sorted((folder / "copies").iterdir())[-1:]:
        for each in path.iterdir():
            each.unlink()
        path.rmdir()
    whole = (folder / RECORDS).read_bytes()
    partly = []
    for page in range(1, len(whole) // _PAGE, 3):
        (folder / RECORDS).write_bytes(whole)
        _spoil(folder, page)
        found = look(folder, PASSPHRASE).comparison
        if found is not None and not found.is_whole:
            partly.append("Amira Last" in {lack.name for lack in found.missing})
    assert any(partly)


def test_tables_of_what_is_readable_are_written(folder: Path, desk: Desk, tmp_path: Path) -> None:
    """And the damaged file keeps every byte."""
    _spoil(folder, 30)
    before = (folder / RECORDS).read_bytes()
    found = save_readable(
        folder, PASSPHRASE, desk.catalogue, CLOCK, tmp_path / "tables", _nobody_hears
    )
    assert (folder / RECORDS).read_bytes() == before
    lines = (tmp_path / "tables" / "patients.csv").read_text("utf-8").splitlines()
    assert len(lines) == 1 + len(found.records)
    assert not (folder / f"{RECORDS}-wal").exists()


def test_a_wrong_secret_opens_nothing(folder: Path) -> None:
    """Neither by the folder's keys nor by those of its copies."""
    with pytest.raises(WrongSecret):
        look(folder, "wrong horse battery")
    (folder / "keys.json").unlink()
    with pytest.raises(WrongSecret):
        look(folder, "wrong horse battery")
