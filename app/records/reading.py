"""Reading records where nothing can be written: a read-only medium, a full disk.

Without a log the file alone says all, and is read as it lies there. With a log SQLite has to write
beside it, so both are first copied, encrypted as they are, to where this machine keeps what is
temporary, and that copy goes with the store.
"""

import platform
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.clock import Clock
from app.errors import N_
from app.records.file.database import LOG, beside, open_unchangeable
from app.records.file.files import NotTaken, disk_guard
from app.records.file.names import RECORDS, is_copy
from app.records.file.outside import temporary_folder
from app.records.folder import (
    check_whole,
    hold_to_read,
    open_folder,
    refuse_opened_up,
    unlocked_by,
)
from app.records.holding import ReadingHolding
from app.records.keys import vault
from app.records.keys.rawkey import RawKey, wipe
from app.records.store import Store
from app.records.users import Claim
from scales.catalogue import Catalogue

READ_ONLY = N_(
    "Nothing can be saved: the folder of the records takes no changes, so they were opened to "
    "read only. What is told is what was saved. That somebody looked is not noted."
)
"""What is told of records that were opened where nothing can be saved."""
OF_A_COPY = N_(
    "This is a checked copy. It was opened to read only, as it would be put back; nothing of it "
    "is changed, and that somebody looked is not noted."
)
"""What is told of a copy that was opened where it lies."""


def open_to_read(
    folder: Path, secret: str | None, *, clock: Clock, catalogue: Catalogue, user: str = ""
) -> Store:
    """Open a data folder as ``open_folder`` does; where the disk takes nothing, to read only.

    So is a copy, with its tail; Damage where it is not as it was made.
    """
    if is_copy(folder):
        return _opened(folder, secret, clock, catalogue, user)
    try:
        return open_folder(folder, secret, clock=clock, catalogue=catalogue, user=user)
    except NotTaken:
        return _opened(folder, secret, clock, catalogue, user)


def _opened(
    folder: Path, secret: str | None, clock: Clock, catalogue: Catalogue, user: str
) -> Store:
    check_whole(folder)
    held = ExitStack()
    try:
        held.callback(hold_to_read(folder).release)
        of_a_copy = is_copy(folder)
        unlocked = (
            vault.unlock(folder, secret) if of_a_copy else unlocked_by(folder, secret, clock)
        )
        held.callback(wipe, unlocked.key)
        way = _fetched(folder, unlocked.key) if of_a_copy else _readable(folder / RECORDS)
        path, has_log = held.enter_context(way)
        database = open_unchangeable(path, unlocked.key, has_log=has_log)
        held.callback(database.close)
        refuse_opened_up(folder, unlocked, database)
        return Store(
            database,
            catalogue=catalogue,
            clock=clock,
            station=platform.node(),
            user_id=Claim(unlocked.user, user, unlocked.users),
            holding=ReadingHolding(
                folder,
                unlocked.key,
                release=held.close,
                why=OF_A_COPY if of_a_copy else READ_ONLY,
            ),
        )
    except BaseException:
        held.close()
        raise


@contextmanager
def _readable(path: Path) -> Iterator[tuple[Path, bool]]:
    """Lend the records where SQLite can read all that they say, and whether a log is among it."""
    log = beside(path, LOG)
    if not log.is_file() or not log.stat().st_size:
        yield path, False
        return
    with disk_guard(path), temporary_folder() as place:
        for each in (path, log):
            shutil.copyfile(each, place / each.name)
        yield place / path.name, True


@contextmanager
def _fetched(copy: Path, key: RawKey) -> Iterator[tuple[Path, bool]]:
    """Lend the records of a copy with its tail behind them, in a folder of ours."""
    from app.records.copies.fetching import fetch  # noqa: PLC0415 - no start needs it

    with temporary_folder() as place:
        fetch(copy, place, key)
        yield place / RECORDS, beside(place / RECORDS, LOG).exists()
