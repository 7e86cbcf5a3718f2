"""The second place after a new key: a fresh copy first, then the older ones go, if they can."""

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import AppError
from app.records.copies.archive import is_packed_with, keys_at_hand
from app.records.copies.backup import copies
from app.records.copies.second_place import LeftElsewhere
from app.records.file.names import name_of
from app.records.keys.vault import unlock
from app.records.model import PatientFacts
from app.records.store import Store
from tests.records.test_folder import PASSPHRASE, Desk, catalogue, desk

__all__ = ["catalogue", "desk"]

OTHER = "seven quiet boats at anchor"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Return a folder elsewhere."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def store(desk: Desk, stick: Path) -> Store:
    """Return open records whose copies go to the stick, with two of them there."""
    desk.create()[0].close()
    store = desk.open()
    store.copies.choose_elsewhere(stick)
    for name in ("1", "2"):
        store.patients.add(PatientFacts(name))
        store.copies.backup()
    return store


def _renew(store: Store) -> None:
    store.users.new_key.make(lambda _share: None)


def _key(desk: Desk) -> bytes:
    return bytes(unlock(desk.folder, PASSPHRASE).key)


def _opening(stick: Path, key: bytes) -> list[bool]:
    return [is_packed_with(path, key) for path in sorted(stick.glob("*.omscopy"))]


def test_a_fresh_copy_goes_there_and_the_older_ones_go(
    store: Store, desk: Desk, stick: Path
) -> None:
    """Nothing that is left there opens with the key of before, nor with its passphrase."""
    before = _key(desk)
    assert _opening(stick, before) == [True, True]
    _renew(store)
    assert _opening(stick, _key(desk)) == [True]
    assert _opening(stick, before) == [False]
    assert store.users.new_key.left_elsewhere() is None
    (made,) = stick.glob("*.omscopy")
    with keys_at_hand(made) as place:
        assert unlock(place, PASSPHRASE).key == _key(desk)


def test_nothing_is_removed_before_the_fresh_one_is_there(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that takes nothing keeps what it has, which is then named."""
    names = sorted(stick.iterdir())

    def refuse(*_given: object) -> None:
        raise AppError("The disk is full.")

    monkeypatch.setattr("app.records.copies.second_place.pack", refuse)
    _renew(store)
    assert sorted(stick.iterdir()) == names
    left = store.users.new_key.left_elsewhere()
    assert left is not None
    assert left == LeftElsewhere(stick, is_there=True, files=tuple(reversed(names)))


def test_a_stick_that_is_away_is_named_and_renewed_when_it_is_back(
    store: Store, desk: Desk, stick: Path
) -> None:
    """Also after other starts, and though nothing was written meanwhile."""
    pulled = stick.with_name("pulled")
    stick.rename(pulled)
    _renew(store)
    assert store.users.new_key.left_elsewhere() == LeftElsewhere(stick, is_there=False)
    store.close()
    store = desk.open()
    assert store.users.new_key.left_elsewhere() == LeftElsewhere(stick, is_there=False)
    store.close()
    pulled.rename(stick)
    store = desk.open()
    left = store.users.new_key.left_elsewhere()
    assert left is not None
    assert len(left.files) == 2
    assert not store.around.copies.is_kept_up()
    store.close()
    assert _opening(stick, _key(desk)) == [True]
    with closing(desk.open()) as store:
        assert store.users.new_key.left_elsewhere() is None


def test_a_stick_that_is_away_again_is_not_named_once_it_was_renewed(
    store: Store, stick: Path
) -> None:
    """What is known of it then is good."""
    _renew(store)
    stick.rename(stick.with_name("pulled"))
    assert store.users.new_key.left_elsewhere() is None


def test_what_another_clinic_keeps_there_is_left_alone(
    store: Store, desk: Desk, stick: Path
) -> None:
    """Their copy opens with no key of ours; it is neither removed nor named."""
    other = Desk(desk.folder.parent / "other", desk.catalogue)
    theirs = other.create()[0]
    theirs.patients.add(PatientFacts("T"))
    kept = theirs.copies.backup(stick)
    letter = stick / f"{name_of(datetime(2025, 11, 3, tzinfo=UTC))}.omscopy"
    letter.write_text("Dear colleague")
    _renew(store)
    assert kept.exists()
    assert letter.exists()
    assert len(list(stick.iterdir())) == 3
    assert store.users.new_key.left_elsewhere() is None
    theirs.close()


def test_a_copy_that_is_ahead_stays_and_is_named(store: Store, desk: Desk, stick: Path) -> None:
    """What only it holds would be gone; it opens with the key of before, so that is said."""
    store.close()
    older = desk.folder.parent / "older"
    shutil.copytree(desk.folder, older)
    store = desk.open()
    store.patients.add(PatientFacts("AHEAD"))
    further = store.copies.backup()
    store.close()
    shutil.rmtree(desk.folder)
    older.rename(desk.folder)
    store = desk.open()
    _renew(store)
    kept = stick / f"{further.name}.omscopy"
    assert kept.exists()
    assert len(list(stick.iterdir())) == 2
    left = store.users.new_key.left_elsewhere()
    assert left == LeftElsewhere(stick, is_there=True, files=(kept,))
    assert store.around.copies.is_kept_up()
    stick.rename(stick.with_name("pulled"))
    assert store.users.new_key.left_elsewhere() == LeftElsewhere(stick, is_there=False)


def test_a_new_passphrase_goes_there_too(store: Store, desk: Desk, stick: Path) -> None:
    """A copy there whose entries are the same opens with the passphrase of today."""
    store.users.give_passphrase(store.user.id, OTHER)
    store.copies.backup()
    newest = max(stick.glob("*.omscopy"))
    assert newest.stem == copies(desk.folder)[0].path.name
    with keys_at_hand(newest) as place:
        assert unlock(place, OTHER).key
