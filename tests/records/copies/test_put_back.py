"""A copy that is put back, through the folder's own doors: it is a station of its own."""

import shutil
from pathlib import Path

import pytest

from app.records.copies.backup import copies
from app.records.file.names import COPIES, RECORDS
from app.records.keys.keyfile import KEYS
from app.records.model import PatientFacts
from app.records.store import Store
from tests.records.test_folder import TODAY, Desk, catalogue, desk

__all__ = ["catalogue", "desk"]


def _begin(store: Store) -> None:
    patient = store.patients.add(PatientFacts("7"))
    store.visits.start(patient.id, TODAY, "09:00", "V1")


def _put_back(desk: Desk, place: Path) -> None:
    """Put the newest copy into a folder, its two files together."""
    newest = copies(desk.folder)[0].path
    kept = place.parent / "kept"
    shutil.copytree(newest, kept)
    if place.exists():
        shutil.rmtree(place / COPIES)
    place.mkdir(exist_ok=True)
    for name in (RECORDS, KEYS):
        shutil.copy(kept / name, place / name)


def _found(store: Store) -> list[str]:
    return [one.kind for one in store.check() if one.count]


@pytest.mark.parametrize("name", ["data", "elsewhere"])
def test_a_copy_put_back_begins_a_station_and_goes_on_with_its_drafts(
    desk: Desk, name: str
) -> None:
    """In place or elsewhere: the old chain is never continued, the draft can be signed on."""
    store, _ = desk.create()
    _begin(store)
    before = store.journal.station()
    store.close()
    place = desk.folder.parent / name
    _put_back(desk, place)
    again = desk.open(folder=place)
    after = again.journal.station()
    assert after not in (None, before)
    (line,) = again.lines.drafts()
    key = desk.catalogue.find("five_feature").keys[0]
    again.visits.answer(line.visit, "five_feature", key, None)
    assert again.visits.by_visit_id("V1").id == line.visit
    assert _found(again) == []
    again.close()
    assert desk.open(folder=place).journal.station() == after


def test_a_copy_without_drafts_is_only_read_until_somebody_writes(desk: Desk) -> None:
    """Looking makes no station; the first write does."""
    desk.create()[0].close()
    place = desk.folder.parent / "elsewhere"
    _put_back(desk, place)
    store = desk.open(folder=place)
    assert store.summaries() == ()
    assert store.journal.station() is None
    store.patients.add(PatientFacts("7"))
    assert store.journal.station() is not None
    assert len({entry.station for entry in store.journal.entries()}) == 2
    assert _found(store) == []
