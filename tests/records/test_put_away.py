"""Open records that are put away: closed, their key wiped, and taken out again with it."""

from pathlib import Path

import pytest

from app.clock import SystemClock
from app.errors import AppError, Damage, UserError
from app.records.file.files import NotTaken
from app.records.folder import Founder, create_folder, hold, open_folder
from app.records.keys.keyfile import Cost
from app.records.keys.vault import unlock
from app.records.model import PatientFacts, Role
from app.records.store import Store
from scales.catalogue import Catalogue

SECRET = "correct horse battery"  # noqa: S105 - made up for these tests


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the records are."""
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path, catalogue: Catalogue) -> Store:
    """Return open records of their own."""
    founder, cheap = Founder("Ann", Role.NURSE), Cost(passes=1, memory_kib=128, lanes=1)
    return create_folder(
        folder, founder, SECRET, clock=SystemClock(), catalogue=catalogue, cost=cheap
    )[0]


def _add(store: Store, identifier: str) -> str:
    return store.patients.add(PatientFacts(identifier, "Mia Keller")).id


def test_what_is_put_away_has_no_key_and_reads_nothing(store: Store, folder: Path) -> None:
    """The key is wiped where it was kept, and the file is closed; the folder stays held."""
    key = store._holding._key  # type: ignore[attr-defined]  # whether it is wiped
    assert len(key) == 32
    store.away.put()
    store.away.put()
    assert (bytes(key), store.away.is_on) == (b"", True)
    with pytest.raises(AppError):
        store.users.all()
    with pytest.raises(UserError, match="already open"):
        hold(folder)
    store.close()


def test_the_same_store_goes_on_with_the_key(
    store: Store, folder: Path, catalogue: Catalogue
) -> None:
    """What was written before and after stands in one chain, and a copy is made as ever."""
    before = _add(store, "40-1")
    store.away.put()
    store.away.take_out(unlock(folder, SECRET).key)
    after = _add(store, "40-2")
    both = [store.patients.get(one).facts.patient_id for one in (before, after)]
    assert both == ["40-1", "40-2"]
    assert all(not found.count for found in store.check())
    store.copy()
    assert store.is_copied()
    store.close()
    again = open_folder(folder, SECRET, clock=SystemClock(), catalogue=catalogue)
    assert again.patients.get(after).facts.patient_id == "40-2"
    again.close()


def test_closing_what_is_put_away_lets_the_folder_go(store: Store, folder: Path) -> None:
    """Without the key nothing is copied, and nobody says that a copy is missing."""
    _add(store, "40-1")
    store.away.put()
    assert store.is_copied()
    store.close()
    hold(folder).release()


def test_another_key_opens_nothing(store: Store, folder: Path) -> None:
    """The right one still does."""
    store.away.put()
    with pytest.raises(Damage):
        store.away.take_out(bytes(32))
    assert store.away.is_on
    store.away.take_out(unlock(folder, SECRET).key)
    assert store.user.name == "Ann"
    store.close()


def test_records_that_were_replaced_meanwhile_are_refused(store: Store, folder: Path) -> None:
    """Another file in their place is not what somebody had open."""
    store.away.put()
    other = folder / "other"
    other.write_bytes((folder / "records.db").read_bytes())
    other.replace(folder / "records.db")
    with pytest.raises((UserError, NotTaken), match="removed or replaced"):
        store.away.take_out(unlock(folder, SECRET).key)
    store.close()


def test_a_key_is_known_as_that_of_the_open_records(store: Store, folder: Path) -> None:
    """So that a passphrase of other keys lets nobody act here."""
    assert store.around.holds(unlock(folder, SECRET).key)
    assert not store.around.holds(bytes(32))
    store.close()
