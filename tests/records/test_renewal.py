"""A new key of the records and of their copies: whole or not at all, and nobody is locked out."""

import errno
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from app.clock import SystemClock
from app.errors import AppError, UserError
from app.records import renewal
from app.records.actions import Action
from app.records.copies import backup, changing_key, ready, renewing, summary
from app.records.copies.backup import copies, is_as_made, is_before_risk
from app.records.copies.changing_key import HALF_READY, READY
from app.records.copies.restore import restore
from app.records.copies.source import Source
from app.records.file.database import connect
from app.records.file.names import COPIES, RECORDS, SET_ASIDE, SUMMARY
from app.records.folder import Founder, create_folder, create_open_folder, open_folder
from app.records.keys.keyfile import KEYS, CodeState, Cost
from app.records.keys.vault import (
    WrongSecret,
    change_passphrase,
    check_secret,
    code_state,
    unlock,
)
from app.records.model import PatientFacts, Role
from app.records.store import Store
from scales.catalogue import Catalogue
from tests.records.renewals import killed_at, killed_in, let_in, moments

UNTIL_IT_COUNTS, UNTIL_IT_IS_IN_PLACE = 15, 34
"""How often the disk confirms something for the new key of a ``Unit``."""
ANN, BEN, LATER = "a horse in the rain", "seven quiet boats", "nine loud boats then"


class Unit:
    """A data folder with Ann, who keeps the records, and Ben, and a copy of each of two days."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.folder, self.catalogue = folder, catalogue
        self.stores: list[Store] = []
        cheap = Cost(passes=1, memory_kib=128, lanes=1)
        self.store, self.code = create_folder(
            folder, Founder("Ann", Role.NURSE), ANN,
            clock=SystemClock(), catalogue=catalogue, cost=cheap,
        )  # fmt: skip
        self.ben = self.store.users.invite("Ben", {Role.PHYSICIAN}, BEN).id
        for identifier in ("1", "2"):
            self.add(identifier)
            self.store.copies.backup()
        self.stores.append(self.store)

    def add(self, identifier: str) -> None:
        """Add a patient."""
        self.store.patients.add(PatientFacts(identifier))

    def open(self, secret: str) -> Store:
        """Open the folder."""
        self.store = open_folder(
            self.folder, secret, clock=SystemClock(), catalogue=self.catalogue
        )
        self.stores.append(self.store)
        return self.store

    def renew(self, **asked: bool) -> renewal.Renewed:
        """Make a new key, all of it at once."""
        return self.store.users.new_key.make(_nobody_hears, **asked)

    def found(self) -> list[str]:
        """Return the kinds of what the check finds."""
        return [one.kind for one in self.store.check() if one.count]

    def names(self) -> set[str]:
        """Return what lies in the folder, but for what SQLite keeps beside an open file."""
        return {path.name for path in self.folder.iterdir() if path.name[-4:] not in _OPEN}


_OPEN = ("-wal", "-shm")


def _nobody_hears(_share: float) -> None:
    """Do nothing."""


def _patients(store: Store) -> set[str]:
    return {line.patient.facts.patient_id for line in store.summaries()}


def _opens(path: Path, key: bytes | bytearray) -> bool:
    connection = connect(path, key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except Exception:
        return False
    else:
        return True
    finally:
        connection.close()


@pytest.fixture
def unit(tmp_path: Path, catalogue: Catalogue) -> Iterator[Unit]:
    """Return a unit whose records are open."""
    made = Unit(tmp_path / "data", catalogue)
    yield made
    for store in made.stores:
        store.close()


def test_the_same_store_goes_on_under_the_new_key(unit: Unit) -> None:
    """What is written after it is there for whoever opens next, and all is sound."""
    old = bytes(unlock(unit.folder, ANN).key)
    renewed = unit.renew()
    unit.add("3")
    unit.store.users.give_passphrase(unit.ben, LATER)
    assert unit.found() == []
    unit.store.close()
    fresh = unlock(unit.folder, renewed.code)
    assert fresh.key != old
    assert _opens(unit.folder / RECORDS, fresh.key)
    assert not _opens(unit.folder / RECORDS, old)
    assert _patients(unit.open(LATER)) == {"1", "2", "3"}
    assert unit.names() == {"records.db", KEYS, COPIES, "records.lock"}


def test_everybody_gets_in_and_no_older_code_does(unit: Unit) -> None:
    """By the passphrases of before, of which nobody typed any, and by the new code alone."""
    renewed = unit.renew()
    for secret in (ANN, BEN, renewed.code):
        check_secret(unit.folder, secret)
    with pytest.raises(WrongSecret):
        check_secret(unit.folder, unit.code)
    assert code_state(unit.folder) is CodeState.MADE


def test_an_old_copy_with_an_old_passphrase_opens_nothing_of_today(unit: Unit) -> None:
    """That is the whole point: neither the records nor any copy."""
    stolen = unit.folder.parent / "stolen"
    shutil.copytree(copies(unit.folder)[-1].path, stolen)
    unit.store.users.give_passphrase(unit.ben, LATER)
    unit.renew()
    known = unlock(stolen, BEN).key
    files = [unit.folder / RECORDS, *(copy.path / RECORDS for copy in copies(unit.folder))]
    assert len(files) == 3
    assert not any(_opens(path, known) for path in files)
    for place in (unit.folder, *(copy.path for copy in copies(unit.folder))):
        with pytest.raises(WrongSecret):
            unlock(place, BEN)
        check_secret(place, LATER)


def test_a_retired_user_gets_no_new_key(unit: Unit) -> None:
    """Nor by a copy: each has the slots of today."""
    unit.store.users.retire(unit.ben)
    unit.renew()
    for place in (unit.folder, *(copy.path for copy in copies(unit.folder))):
        with pytest.raises(WrongSecret):
            unlock(place, BEN)


def test_each_copy_holds_what_it_held(unit: Unit) -> None:
    """Under its own name, sound on every page, with what stands beside it in short."""
    names = [copy.path.name for copy in copies(unit.folder)]
    unit.renew()
    key = unlock(unit.folder, ANN).key
    found = copies(unit.folder)
    assert [copy.path.name for copy in found] == names
    assert all(is_as_made(copy.path, key) for copy in found)
    assert all((copy.path / SUMMARY).exists() for copy in found)
    counts = [connect(copy.path / RECORDS, key).execute("SELECT count(*) FROM patients").fetchone()
              for copy in found]  # fmt: skip
    assert counts == [(2,), (1,)]
    assert unit.store.copies.ahead() == ()


def test_a_copy_made_before_something_risky_stays_longer_under_the_new_key(unit: Unit) -> None:
    """Renewing takes nothing from a copy, nor why it is kept."""
    unit.store.copies.before_risk()
    marked = [is_before_risk(copy.path) for copy in copies(unit.folder)]
    assert marked.count(True) == 1
    unit.renew()
    assert [is_before_risk(copy.path) for copy in copies(unit.folder)] == marked


def test_the_history_tells_when_and_what_is_left(unit: Unit) -> None:
    """One entry, by the keeper."""
    unit.renew()
    entry = unit.store.journal.entries()[-1]
    assert (entry.action, entry.kind) == (Action.RENEW_KEY.id, "renewals")
    assert entry.user == unit.store.user.id


def test_what_is_written_on_the_way_is_not_lost(unit: Unit) -> None:
    """Whatever was written after a round began has another round begin."""
    begun = unit.store.users.new_key.begin()
    begun.prepare(_nobody_hears)
    unit.add("3")
    assert begun.settle() is None
    begun.prepare(_nobody_hears)
    assert begun.settle() is not None
    assert _patients(unit.store) == {"1", "2", "3"}
    assert unit.found() == []


def test_a_copy_made_on_the_way_is_renewed_as_well(unit: Unit) -> None:
    """And one that was put away meanwhile does not come back."""
    begun = unit.store.users.new_key.begin()
    begun.prepare(_nobody_hears)
    unit.add("3")
    unit.store.copies.backup()
    assert begun.settle() is None
    begun.prepare(_nobody_hears)
    assert begun.settle() is not None
    key = unlock(unit.folder, ANN).key
    assert [is_as_made(copy.path, key) for copy in copies(unit.folder)] == [True] * 2
    assert unit.store.users.new_key.left_behind() == ()


def test_a_passphrase_changed_on_the_way_counts(unit: Unit) -> None:
    """Else its owner would be locked out, and the old one would open the new key."""
    begun = unit.store.users.new_key.begin()
    begun.prepare(_nobody_hears)
    change_passphrase(unit.folder, BEN, LATER)
    assert begun.settle() is None
    begun.prepare(_nobody_hears)
    assert begun.settle() is not None
    check_secret(unit.folder, LATER)
    with pytest.raises(WrongSecret):
        check_secret(unit.folder, BEN)


def test_records_that_never_rest_keep_their_key(unit: Unit) -> None:
    """After some rounds it is given up, in a sentence."""
    before = unit.names()
    begun = unit.store.users.new_key.begin()
    for number in range(renewal.MOST_ROUNDS - 1):
        begun.prepare(_nobody_hears)
        unit.add(f"A{number}")
        assert begun.settle() is None
    begun.prepare(_nobody_hears)
    unit.add("last")
    with pytest.raises(UserError, match="written to all the while"):
        begun.settle()
    assert unit.names() == before
    check_secret(unit.folder, unit.code)


def test_surplus_copies_may_go_instead(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are named before; who does not ask keeps them."""
    monkeypatch.setattr(renewing, "kept", lambda moments, _size: frozenset([max(moments)]))
    older = copies(unit.folder)[-1]
    assert unit.store.users.new_key.surplus() == (older,)
    unit.renew(removes_surplus=True)
    assert not older.path.exists()
    assert len(copies(unit.folder)) == 1
    assert older.path.name in repr(unit.store.journal.entries()[-1].body)


def test_no_surplus_copy_goes_where_another_is_damaged(
    unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way back from the damaged one would go with it."""
    monkeypatch.setattr(renewing, "kept", lambda moments, _size: frozenset([max(moments)]))
    newest, older = copies(unit.folder)
    _damage(newest.path / RECORDS)
    renewed = unit.renew(removes_surplus=True)
    assert is_as_made(older.path, unlock(unit.folder, ANN).key)
    assert renewed.left_behind == (newest.path,)


def _damage(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(9000)
        file.write(bytes(64))


def test_what_could_not_be_renewed_is_named_until_it_is_gone(unit: Unit) -> None:
    """A damaged copy, and what was set aside; the history names them too."""
    damaged = copies(unit.folder)[0].path
    _damage(damaged / RECORDS)
    aside = unit.folder / SET_ASIDE / "then"
    shutil.copytree(copies(unit.folder)[1].path, aside)
    assert unit.renew().left_behind == (damaged, aside)
    assert damaged.name in repr(unit.store.journal.entries()[-1].body)
    unit.store.close()
    store = unit.open(ANN)
    assert store.users.new_key.left_behind() == (damaged, aside)
    shutil.rmtree(damaged)
    assert store.users.new_key.left_behind() == (aside,)


def test_only_who_keeps_the_records_makes_a_new_key(unit: Unit) -> None:
    """Also where somebody else went on at the window meanwhile."""
    begun = unit.store.users.new_key.begin()
    begun.prepare(_nobody_hears)
    unit.store.act_as(unit.ben)
    with pytest.raises(UserError, match="Only a keeper"):
        unit.store.users.new_key.begin()
    with pytest.raises(UserError, match="Only a keeper"):
        begun.settle()
    unit.add("3")
    assert HALF_READY not in unit.names()
    unit.store.close()
    assert _patients(unit.open(BEN)) == {"1", "2", "3"}


def test_records_that_anyone_can_open_get_none(tmp_path: Path, catalogue: Catalogue) -> None:
    """There is nothing to protect."""
    store = create_open_folder(
        tmp_path / "demo", Founder("Demo", Role.KEEPER), clock=SystemClock(), catalogue=catalogue
    )
    with pytest.raises(UserError, match="no passphrase: anyone can open them"):
        store.users.new_key.begin()
    store.close()


class Stopped(Exception):
    """Somebody pressed Stop."""


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_until_it_counts_it_can_be_stopped(unit: Unit, share: float) -> None:
    """Nothing is left of it, and it may be begun again."""
    before = unit.names()

    def stop(told: float) -> None:
        if told >= share:
            raise Stopped

    begun = unit.store.users.new_key.begin()
    with pytest.raises(Stopped):
        begun.prepare(stop)
    assert unit.names() == before
    assert begun._ready.key == b""
    check_secret(unit.folder, unit.code)
    assert unit.renew().left_behind == ()


def test_what_would_fill_the_disk_is_not_begun(
    unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever scores meanwhile needs room too; the sentence says how much there must be."""
    before = unit.names()
    usage = shutil.disk_usage(unit.folder)._replace(free=3_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(UserError, match=r"needs \d+ MB for a while, and the disk has 3 MB left"):
        unit.renew()
    assert unit.names() == before


def test_a_copy_of_before_puts_aside_those_of_another_key(unit: Unit, tmp_path: Path) -> None:
    """They belong to the state that is replaced, and today's key would not open them."""
    shutil.copytree(copies(unit.folder)[0].path, tmp_path / "kept")
    unit.renew()
    unit.store.close()
    source = Source(tmp_path / "kept", ANN)
    aside = restore(
        source, unit.folder, replace=True, clock=SystemClock(), catalogue=unit.catalogue
    )
    assert aside is not None
    assert _patients(unit.open(ANN)) == {"1", "2"}
    assert unit.found() == []
    assert unit.store.users.new_key.left_behind() == (
        aside,
        *sorted(path for path in (aside / COPIES).iterdir()),
    )


def _from_then_on(monkeypatch: pytest.MonkeyPatch, done: int, fault: Exception) -> list[int]:
    """Let everything that the disk confirms fail after so many times; return what counts them."""
    left = [done]

    def failing(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*values: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise fault
            return call(*values, **named)

        return called

    for module in (ready, renewing, renewal, backup, summary, changing_key):
        for name in {"write_whole", "sync_file", "sync_folder", "_move"} & set(vars(module)):
            monkeypatch.setattr(module, name, failing(getattr(module, name)))
    return left


@pytest.mark.parametrize("done", [*range(0, UNTIL_IT_COUNTS, 3), UNTIL_IT_COUNTS - 1])
def test_a_full_disk_changes_nothing(
    unit: Unit, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    """Wherever it fills; one sentence says so, and the records can be written to as before."""
    before = unit.names()
    _from_then_on(monkeypatch, done, OSError(errno.ENOSPC, "full"))
    with pytest.raises(UserError, match=r"^The disk is full\."):
        unit.renew()
    monkeypatch.undo()
    assert unit.names() == before
    check_secret(unit.folder, unit.code)
    unit.add("3")
    assert unit.found() == []


@pytest.mark.parametrize("done", range(UNTIL_IT_COUNTS, UNTIL_IT_IS_IN_PLACE, 3))
def test_whoever_opens_next_finishes_what_counts(
    unit: Unit, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    """Stopped after any of its moves, the new key alone opens, and nothing is lost."""
    _from_then_on(monkeypatch, done, OSError(errno.EIO, "gone"))
    with pytest.raises(UserError, match="The new key counts"):
        unit.renew()
    monkeypatch.undo()
    with suppress(AppError):
        unit.store.close()
    assert _patients(unit.open(BEN)) == {"1", "2"}
    assert unit.found() == []
    assert READY not in unit.names()
    with pytest.raises(WrongSecret):
        check_secret(unit.folder, unit.code)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize("seconds", moments(7, 5, 1.2))
def test_a_kill_leaves_the_old_key_or_the_new_one(unit: Unit, seconds: float) -> None:
    """Everybody gets in, exactly one key opens all, nothing is lost, and nothing is left over."""
    unit.store.close()
    killed_and_sound(unit.folder, unit.code, seconds)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize(
    ("place", "name", "is_after", "is_new"),
    [
        ("renewal.Renewal", "_enter", True, False),
        ("renewal.Renewal", "_let_it_count", False, False),
        ("renewal.Renewal", "_let_it_count", True, True),
        ("renewal", "put_in_place", False, True),
        ("renewal", "put_in_place", True, True),
    ],
)
def test_a_kill_beside_the_moment_that_counts(
    unit: Unit, place: str, name: str, is_after: bool, is_new: bool
) -> None:
    """With a log of the old key beside the records, too: it is no foreign one, and not missed."""
    unit.store.close()
    killed_in(unit.folder, ANN, place, name, is_after=is_after)
    by_code = let_in(unit.folder, unit.code)
    assert (by_code is None) is is_new
    if by_code is not None:
        by_code.close()
    store = unit.open(BEN)
    assert _patients(store) == {"1", "2"}
    assert store.around.log_set_aside is None
    assert unit.found() == []
    assert SET_ASIDE not in unit.names()


def killed_and_sound(folder: Path, code: str, seconds: float) -> bool:
    """Kill a new key, look at everything, and say whether the new one counts."""
    counted = killed_at(folder, ANN, seconds)
    by_code = let_in(folder, code)
    if by_code is not None:
        assert not counted
        by_code.close()
    store = let_in(folder, BEN)
    assert store is not None
    assert _patients(store) == {"1", "2"}
    assert [one.kind for one in store.check() if one.count] == []
    store.close()
    check_secret(folder, ANN)
    key = unlock(folder, ANN).key
    assert all(is_as_made(copy.path, key) for copy in copies(folder))
    assert not {READY, HALF_READY} & {path.name for path in folder.iterdir()}
    return by_code is None
