"""Putting a copy back: all that it takes is made ready beside the records, then counts at once.

What was there before is set aside whole, and so is every copy that goes on beyond the one that is
put back.
"""

import platform
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import msgspec

from app.clock import Clock
from app.errors import N_, AppError, UserError
from app.paths import make_private, station_folder
from app.records.copies.anchor import copies_ahead, new_aside
from app.records.copies.archive import glance, is_archive
from app.records.copies.backup import copies
from app.records.copies.changing_key import finish as finish_new_key
from app.records.copies.comparison import Cut
from app.records.copies.inventory import brought
from app.records.copies.putting_back import HALF_READY, PLAN, READY, Plan, finish
from app.records.copies.source import Source, unlock_copy
from app.records.file.database import (
    INDEX,
    LOG,
    RecordsFile,
    beside,
    guard,
    open_database,
    open_unchangeable,
    watching,
)
from app.records.file.files import (
    disk_guard,
    scratch_folder,
    sync_file,
    sync_folder,
    write_whole,
)
from app.records.file.first_look import is_sealed_with
from app.records.file.names import RECORDS
from app.records.folder import LOCK, hold, holds_data
from app.records.holding import Holding
from app.records.keys import vault
from app.records.keys.keyfile import KEYS
from app.records.keys.rawkey import RawKey, wipe
from app.records.schema import prepare
from app.records.station import Known, Notes, Written, lacking, missed
from app.records.store import Store
from app.records.users import Claim
from scales.catalogue import Catalogue

_NO_COPY = N_(
    "“{path}” is not a copy of records: a copy is a file that ends in .omscopy, or a folder with "
    "{records} and {keys}."
)
_ITSELF = N_("“{path}” is the data folder itself. Name the folder of a copy.")
_WITHIN = N_("“{path}” is in the copy. Name a folder outside of it.")
_NOT_EMPTY = N_(
    "“{path}” is not empty. Name a new folder with --data, or put the copy in place of what is "
    "there with --replace."
)


def _nobody_hears(_cut: Cut) -> None:
    """Say nothing to whoever has heard it already."""


def check_places(copy: Path, folder: Path, *, replace: bool) -> None:
    """Raise UserError unless this copy can be put back there; looks only, and opens nothing."""
    if copy.resolve() == folder.resolve():
        raise UserError(_ITSELF, path=copy)
    if folder.resolve().is_relative_to(copy.resolve()):
        raise UserError(_WITHIN, path=folder)
    with disk_guard(copy):
        if is_archive(copy):
            glance(copy)
        elif not all((copy / name).is_file() for name in (RECORDS, KEYS)):
            raise UserError(_NO_COPY, path=copy, records=RECORDS, keys=KEYS)
    with disk_guard(folder):
        if replace and not holds_data(folder):
            raise UserError(N_("There are no records in {folder}."), folder=folder)
        if not replace and folder.exists() and not _is_empty(folder):
            raise UserError(_NOT_EMPTY, path=folder)


def restore(
    source: Source,
    folder: Path,
    *,
    replace: bool,
    clock: Clock,
    catalogue: Catalogue,
    tell: Callable[[Cut], None] = _nobody_hears,
) -> Path | None:
    """Put a copy back into a new or empty folder, or in place of the records that are there.

    Of one whose last part is damaged ``tell`` hears, before anything has changed, how far it goes.
    Returns where what was there before has been set aside, if anything was. UserError for places
    that cannot be, a folder in use, a wrong secret and a copy of a newer version; Damage for a
    damaged copy. Nothing has changed then.
    """
    check_places(source.path, folder, replace=replace)
    unlocked = unlock_copy(source)
    with ExitStack() as held:
        held.callback(wipe, unlocked.key)
        with disk_guard(folder):
            make_private(folder)
        held.callback(hold(folder).release)
        finish(folder)  # another one that was interrupted
        finish_new_key(folder)
        if (source.path / LOCK).exists():
            held.callback(hold(source.path).release)
        aside = new_aside(folder, clock.now().utc) if replace else None
        with scratch_folder(folder / HALF_READY) as scratch:
            if cut := brought(source, scratch, unlocked.key):
                tell(cut)
            beyond = _beyond(folder, scratch, unlocked.key)
            known = _journal(source, folder, scratch, unlocked, clock=clock, catalogue=catalogue)
            plan = Plan("" if aside is None else aside.name, beyond, known)
            _let_it_count(folder, scratch, plan)
        finish(folder)
    return aside


def _let_it_count(folder: Path, scratch: Path, plan: Plan) -> None:
    """Have all that is ready on the disk, then give it the name by which it counts."""
    write_whole(scratch / PLAN, msgspec.json.encode(plan))
    for name in (RECORDS, KEYS):
        sync_file(scratch / name)
    sync_folder(scratch)
    scratch.rename(folder / READY)
    sync_folder(folder)


def _is_empty(folder: Path) -> bool:
    """Say whether a folder holds nothing, or what an attempt that failed has left of itself."""
    return {path.name for path in folder.iterdir()} <= {LOCK, HALF_READY}


def _beyond(folder: Path, scratch: Path, key: RawKey) -> tuple[str, ...]:
    """Return the names of the copies of a folder that do not go with the copy fetched.

    They hold what is not in it, or open with another key: one was made since, or before.
    """
    with closing(open_database(scratch / RECORDS, key)) as database:
        ahead = {one.copy.path.name for one in copies_ahead(folder, key, database)}
    return tuple(
        copy.path.name
        for copy in copies(folder)
        if copy.path.name in ahead or not is_sealed_with(copy.path / RECORDS, key)
    )


def _journal(
    source: Source,
    folder: Path,
    scratch: Path,
    unlocked: vault.Unlocked,
    *,
    clock: Clock,
    catalogue: Catalogue,
) -> Known | None:
    """Write into the fetched records that they were put back: as a station of their own.

    Returns what the machine is to know of them once they count, if it takes notes.
    """
    database = open_database(scratch / RECORDS, unlocked.key)
    with closing(database):
        is_locked = vault.needs_secret(scratch)
        notes = Notes(station_folder(), folder) if is_locked else None
        with guard():
            prepare(database)  # before anything is written: a newer version is refused
            still = lacking(database, _missed_before(folder, unlocked.key, notes))
            database.execute("DELETE FROM this_station")
        store = Store(
            database,
            catalogue=catalogue,
            clock=clock,
            station=platform.node(),
            user_id=Claim(unlocked.user, source.user, unlocked.users),
            holding=Holding(notes),
        )
        with store.journal.chain.unnoted():
            store.copies.note_restore(source.path.name, still)
            known = store.journal.chain.known()
            store.close()
    return None if notes is None else known


def _missed_before(folder: Path, key: RawKey, notes: Notes | None) -> tuple[Written, ...]:
    """Return what the records that are replaced lack already; nothing where none can be read.

    What they do hold is set aside with them on purpose, and is not missed.
    """
    path = folder / RECORDS
    index = beside(path, INDEX)
    is_without_index = not index.exists()
    if notes is None or not path.exists():
        return ()
    try:
        with guard(), _looked_into(path, key) as records:
            return missed(records, notes)
    except AppError:
        return ()
    finally:
        if is_without_index:
            index.unlink(missing_ok=True)  # reading a log makes one


@contextmanager
def _looked_into(path: Path, key: RawKey) -> Iterator[RecordsFile]:
    """Lend records that nobody else has open, to read them without a change."""
    if beside(path, LOG).exists():
        with watching(path, key) as records:
            yield records
    else:
        with closing(open_unchangeable(path, key, has_log=False)) as records:
            yield records
