"""What putting a copy back would take away and bring, by patient and day."""

from datetime import date
from pathlib import Path

import pytest

from app.dates import PartialDate
from app.records.copies.backup import copies
from app.records.copies.comparison import Comparison, Lack
from app.records.copies.source import Source
from app.records.folder import Founder, create_folder
from app.records.model import EventFacts, PatientFacts, Role, TreatmentFacts
from app.records.store import Store
from tests.records.test_folder import CHEAP, PASSPHRASE, Desk, _sign_a_visit, catalogue, desk

__all__ = ["catalogue", "desk"]

DAY = date(2026, 1, 28)


@pytest.fixture
def store(desk: Desk) -> Store:
    """Return open records with one patient, who is copied."""
    desk.create()[0].close()
    store = desk.open()
    store.patients.add(PatientFacts("40-1", "Jonas", "Keller"))
    store.copies.backup()
    return store


def _compared(store: Store, path: Path | None = None, secret: str | None = None) -> Comparison:
    return store.copies.compare(Source(path or store.copies.paths()[0], secret))


def test_a_copy_of_what_stands_here_lacks_nothing(store: Store) -> None:
    """Neither way."""
    assert _compared(store).is_alike


def test_what_was_written_since_is_told_by_patient_and_day(store: Store, desk: Desk) -> None:
    """A visit once, however many of its items were scored; each treatment and event."""
    patient = store.patients.by_patient_id("40-1").id
    store.treatments.add(patient, TreatmentFacts(agent="ivig", start=PartialDate(2026, 1, 6)))
    store.events.add(patient, EventFacts(kind="fever", date=PartialDate(2026, 1, 7)))
    _sign_a_visit(store, desk.catalogue, "7")
    found = _compared(store)
    assert found.extra == ()
    assert found.missing == (
        Lack("7", "7", DAY, visits=1, treatments=0, events=0, others=1),
        Lack("Jonas Keller", "40-1", DAY, visits=0, treatments=1, events=1, others=0),
    )
    assert (found.is_related, found.is_whole, found.is_keeper) == (True, True, True)


def test_what_only_the_copy_holds_is_told_the_other_way_round(store: Store, desk: Desk) -> None:
    """As after a put-back by hand."""
    older = {name: (desk.folder / name).read_bytes() for name in ("records.db", "keys.json")}
    store.close()
    older = {name: (desk.folder / name).read_bytes() for name in older}
    store = desk.open()
    _sign_a_visit(store, desk.catalogue, "7")
    store.close()
    for name, content in older.items():
        (desk.folder / name).write_bytes(content)
    found = _compared(desk.open(), copies(desk.folder)[0].path)
    assert found.missing == ()
    assert [(lack.name, lack.visits) for lack in found.extra] == [("7", 1)]


def test_users_and_settings_are_counted(store: Store) -> None:
    """They are about nobody's day."""
    store.users.add("Ben", Role.NURSE)
    assert _compared(store).unit_missing == 1


def test_a_copy_of_other_records_is_told_as_one(store: Store, desk: Desk, tmp_path: Path) -> None:
    """It opens with its own passphrase, and has nothing in common with these."""
    other = tmp_path / "other"
    create_folder(
        other, Founder("Eve", Role.NURSE), "another passphrase",
        clock=store.journal._clock, catalogue=desk.catalogue, cost=CHEAP,
    )[0].close()  # fmt: skip
    found = _compared(store, copies(other)[0].path, "another passphrase")
    assert not found.is_related
    assert found.is_keeper


def test_who_does_not_keep_the_records_of_a_copy_is_told(store: Store) -> None:
    """A keeper since yesterday was none in the copy of the day before."""
    ben = store.users.add("Ben", Role.NURSE)
    store.copies.backup()
    older = store.copies.paths()[0]
    store.users.give_roles(ben.id, frozenset({Role.KEEPER}))
    store.act_as(ben.id)
    assert not _compared(store, older).is_keeper
    assert _compared(store, older, PASSPHRASE).is_keeper


def test_a_rehearsal_opens_the_newest_copy_and_leaves_nothing(
    store: Store, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It tells how much it holds, and whose visit is the newest."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    _sign_a_visit(store, desk.catalogue, "7")
    store.copies.backup()
    state = store.copies.rehearse()
    assert (state.is_verified, state.patients, state.visits) == (True, 2, 1)
    assert state.newest is not None
    assert (state.newest.name, state.newest.moment.local.date()) == ("7", DAY)
    assert list((tmp_path / "scratch").iterdir()) == []
