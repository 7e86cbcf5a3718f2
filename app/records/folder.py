"""A data folder: encrypted records, their keys, the lock, and the checked copies.

One process holds a folder: in an open transaction of SQLite on an empty file beside the records,
because SQLite knows how every system locks, and the system lets go however that process ends.
Opening hands out a wired ``Store``; closing that store makes a checked copy and lets the folder
go. ``restore`` puts a copy back.
"""

import platform
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from app.clock import Clock
from app.errors import N_, AppError, Damage, UserError
from app.paths import make_private, station_folder
from app.records.copies import changing_key
from app.records.copies.backup import Copy, copies, latest_copy
from app.records.copies.putting_back import HALF_READY, READY, finish
from app.records.file.database import RecordsFile, guard, open_database, seize, share
from app.records.file.files import (
    discard_folder,
    disk_guard,
    remove_half_made,
    scratch_folder,
    sync_folder,
)
from app.records.file.first_look import unchanged_if_refused
from app.records.file.in_place import is_open_elsewhere
from app.records.file.names import CARRIED, COPIES, ERASING, RECORDS, is_copy
from app.records.file.outside import remove_leftovers
from app.records.holding import FolderHolding, Holding
from app.records.keys import vault
from app.records.keys.keyfile import KEYS, STANDARD, Cost, Slot, new_code, write_keys
from app.records.keys.passphrase import check_passphrase
from app.records.keys.rawkey import wipe
from app.records.keys.vault import Holder, Unlocked
from app.records.model import Role, User
from app.records.schema import is_changed_by_opening
from app.records.station import Notes
from app.records.store import Store
from app.records.users import Claim
from scales.catalogue import Catalogue

LOCK = "records.lock"
_HALF_MADE = ".new"
_HELD = N_(
    "OMS Bedside is already open with these data. "
    "Go on in the window that is open, or close it first."
)
_OPENED_UP = N_(
    "The file keys.json in {folder} lets anyone open these records, which only made-up ones may. "
    "They were left closed. Put keys.json back from a copy."
)
_COPY = N_(
    "“{folder}” is a checked copy, which is only read. To work with it, put it back: under Your "
    "data, or with oms-bedside restore."
)
_Seal = Callable[[bytearray, Holder], tuple[Slot, ...]]


class Held(UserError):
    """Another process, or this one, has the folder."""

    def __init__(self) -> None:
        super().__init__(_HELD)


class FolderLock:
    """A held data folder; ``release`` lets it go and may be called twice."""

    def __init__(self, held: Any | None) -> None:  # noqa: ANN401 - sqlcipher3 ships no types
        self._held = held

    def release(self) -> None:
        """Let the folder go."""
        if self._held is not None:
            self._held.close()


def hold(folder: Path) -> FolderLock:
    """Hold a folder that exists; Held if another process, or this one, already does."""
    with disk_guard(folder):
        held = seize(folder / LOCK)
    if held is None:
        raise Held
    return FolderLock(held)


def is_held(folder: Path) -> bool:
    """Say whether another process has a folder; where nobody can tell, that it has not."""
    try:
        if (folder / LOCK).exists():
            hold(folder).release()
    except UserError as error:
        return isinstance(error, Held)
    return False


def hold_to_read(folder: Path) -> FolderLock:
    """Keep others from writing in a folder while it is read; Held if somebody does.

    Where there is no lock file, nobody holds the folder, and none is made.
    """
    if not (folder / LOCK).exists():
        return FolderLock(None)
    with disk_guard(folder):
        held = share(folder / LOCK)
    if held is None:
        raise Held
    return FolderLock(held)


class FolderState(Struct, frozen=True):
    """What a user is told about a data folder: where things are, and the last checked copy."""

    folder: Path
    last_copy: Copy | None
    is_protected: bool


class Founder(Struct, frozen=True):
    """Who makes a data folder and is its first user."""

    name: str
    role: Role


class _Surroundings(Struct, frozen=True):
    """What a store needs besides its file."""

    clock: Clock
    catalogue: Catalogue
    user: str = ""


def holds_data(folder: Path) -> bool:
    """Say whether a folder holds records, keys or copies, even if some of them are missing."""
    is_half_made = (folder / _HALF_MADE / RECORDS).exists()
    has_keys = (folder / KEYS).exists() and not is_half_made
    is_put_back = any((folder / ready).exists() for ready in (READY, changing_key.READY))
    return (folder / RECORDS).exists() or has_keys or is_put_back or bool(copies(folder))


def needs_secret(folder: Path) -> bool:
    """Say whether a passphrase or the recovery code is needed; UserError without data."""
    check_whole(folder)
    return vault.needs_secret(folder)


def describe(folder: Path) -> FolderState:
    """Return where the data are and when they were last copied and checked."""
    return FolderState(folder, latest_copy(folder), vault.needs_secret(folder))


def open_folder(
    folder: Path, secret: str | None, *, clock: Clock, catalogue: Catalogue, user: str = ""
) -> Store:
    """Open a data folder with a passphrase or the recovery code; one process at a time.

    ``user`` names who acts, where the secret does not say it. ``WhoIsIt`` where it should.

    UserError or Damage, in one sentence each, for whatever is missing, wrong or damaged.
    """
    check_whole(folder)
    if is_copy(folder):
        raise UserError(_COPY, folder=folder)
    with ExitStack() as undo:
        lock = hold(folder)
        undo.callback(lock.release)
        with disk_guard(folder):
            if is_open_elsewhere(folder / RECORDS):
                raise Held
        unlocked = unlocked_by(folder, secret, clock)
        undo.callback(wipe, unlocked.key)
        store = _opened(folder, unlocked, lock, _Surroundings(clock, catalogue, user))
        undo.pop_all()
    _tidy(folder)
    _finish_erasing(folder, store)
    return store


def create_folder(
    folder: Path,
    founder: Founder,
    passphrase: str,
    *,
    clock: Clock,
    catalogue: Catalogue,
    cost: Cost = STANDARD,
) -> tuple[Store, str]:
    """Make a data folder with its first user; return its open store and the recovery code.

    The code is not kept anywhere. UserError for a weak passphrase, no name, or a folder that
    holds data; nothing half made is left.
    """
    check_passphrase(passphrase, (founder.name,))
    code = new_code()

    def seal(key: bytearray, holder: Holder) -> tuple[Slot, ...]:
        by_passphrase = vault.passphrase_slot(key, passphrase, holder, cost)
        return by_passphrase, vault.recovery_slot(key, code, holder, cost)

    return _created(folder, founder, seal, _Surroundings(clock, catalogue)), code


def create_open_folder(
    folder: Path, founder: Founder, *, clock: Clock, catalogue: Catalogue
) -> Store:
    """Make a data folder that anyone can open, for made-up data; its keys file says so.

    So does a mark inside the records, without which nobody opens them by such a file.
    """

    def leave_open(key: bytearray, holder: Holder) -> tuple[Slot, ...]:
        return (vault.open_slot(key, holder),)

    return _created(folder, founder, leave_open, _Surroundings(clock, catalogue), is_made_up=True)


def check_whole(folder: Path) -> None:
    """Refuse a folder without data (UserError) and one whose records are gone (Damage).

    A restore or a new key that was interrupted once it counted is finished before.
    """
    _finish_begun(folder)
    if not holds_data(folder):
        raise UserError(N_("There are no records in {folder}."), folder=folder)
    if not (folder / RECORDS).is_file():
        raise Damage(
            N_("The file records.db is missing in {folder}. Put it back from a copy."),
            folder=folder,
        )


def unlocked_by(folder: Path, secret: str | None, clock: Clock) -> Unlocked:
    """Return the key for a secret, or for none; wrong ones are noted, and slow down the next.

    Raises as ``Slowing.unlock``.
    """
    if secret is None:
        return vault.unlock(folder, None)
    from app.records.slowing import Slowing  # noqa: PLC0415 - open records need none of it

    return Slowing(folder, clock).unlock(secret)


def _tidy(folder: Path) -> None:
    """Remove what killed processes left half made, in this folder and wherever they wrote."""
    for place in (folder, *(folder / COPIES).glob("*")):
        remove_half_made(place)
    with suppress(OSError):
        among_copies = (f"{COPIES}/{name}" for name in (_HALF_MADE, CARRIED))
        for name in (_HALF_MADE, HALF_READY, changing_key.HALF_READY, *among_copies):
            discard_folder(folder / name)
    remove_leftovers()


def _finish_erasing(folder: Path, store: Store) -> None:
    """Do what an erasing that was interrupted has left; where that fails, the next one does."""
    if (folder / ERASING).exists():
        with suppress(AppError):
            store.erasing.finish()


def _finish_begun(folder: Path) -> None:
    for ready, end in ((READY, finish), (changing_key.READY, changing_key.finish)):
        if (folder / ready).exists():
            lock = hold(folder)
            try:
                end(folder)
            finally:
                lock.release()


def _created(
    folder: Path,
    founder: Founder,
    seal: _Seal,
    surroundings: _Surroundings,
    *,
    is_made_up: bool = False,
) -> Store:
    with disk_guard(folder):
        make_private(folder)
    with ExitStack() as undo:
        lock = hold(folder)
        undo.callback(lock.release)
        if holds_data(folder):
            raise UserError(N_("{folder} already holds data."), folder=folder)
        _take_back(folder)
        undo.callback(_take_back, folder)
        unlocked = _make(folder, founder, seal, surroundings, is_made_up=is_made_up)
        undo.callback(wipe, unlocked.key)
        store = _opened(folder, unlocked, lock, surroundings)
        undo.pop_all()
    return store


def _make(
    folder: Path,
    founder: Founder,
    seal: _Seal,
    surroundings: _Surroundings,
    *,
    is_made_up: bool,
) -> Unlocked:
    key = vault.new_key()
    with scratch_folder(folder / _HALF_MADE) as scratch:
        user = _first_user(folder, scratch / RECORDS, key, founder, surroundings)
        if is_made_up:
            _mark_made_up(scratch / RECORDS, key)
        write_keys(scratch, seal(key, Holder(user.id, user.name)))
        # Until records.db has moved as well, the folder counts as half made.
        (scratch / KEYS).rename(folder / KEYS)
        (scratch / RECORDS).rename(folder / RECORDS)
        sync_folder(folder)
    return Unlocked(user.id, key, is_made_up)


def _mark_made_up(path: Path, key: bytearray) -> None:
    with guard(), closing(open_database(path, key)) as database:
        database.mark_made_up()


def _first_user(
    folder: Path, path: Path, key: bytearray, founder: Founder, surroundings: _Surroundings
) -> User:
    database = open_database(path, key, create=True)
    try:
        store = Store(
            database,
            catalogue=surroundings.catalogue,
            clock=surroundings.clock,
            station=platform.node(),
            holding=Holding(_notes(folder)),
        )
        return store.users.add(founder.name, founder.role)
    finally:
        database.close()


def _notes(folder: Path) -> Notes:
    return Notes(station_folder(), folder)


def _take_back(folder: Path) -> None:
    """Remove what a first run that did not come to its end has made, and only that."""
    with disk_guard(folder):
        for name in (RECORDS, KEYS):
            (folder / name).unlink(missing_ok=True)
        discard_folder(folder / _HALF_MADE)


def _opened(
    folder: Path, unlocked: Unlocked, lock: FolderLock, surroundings: _Surroundings
) -> Store:
    # Made-up data are thrown away, so no machine need remember them.
    notes = None if unlocked.is_open else _notes(folder)
    holding = FolderHolding(
        folder, unlocked.key, clock=surroundings.clock, release=lock.release, notes=notes
    )
    path = folder / RECORDS
    with unchanged_if_refused(path, unlocked.key, surroundings.clock) as holding.log_set_aside:
        database = open_database(path, unlocked.key)
        try:
            refuse_opened_up(folder, unlocked, database)
            if is_changed_by_opening(database):
                # Where no copy can be made the next one says so; nobody is kept from the records.
                with suppress(AppError):
                    holding.copies.before_risk()
            store = Store(
                database,
                catalogue=surroundings.catalogue,
                clock=surroundings.clock,
                station=platform.node(),
                user_id=Claim(unlocked.user, surroundings.user, unlocked.users),
                holding=holding,
            )
        except BaseException:
            database.close()
            raise
    holding.watch(folder / LOCK)
    return store


def refuse_opened_up(folder: Path, unlocked: Unlocked, database: RecordsFile) -> None:
    """Refuse keys that let anyone in, unless the records themselves say that they are made up."""
    with guard():
        if unlocked.is_open and not database.is_made_up():
            raise Damage(_OPENED_UP, folder=folder)
