"""The copies as anchor: what they hold must stand in the records, or something was lost there.

A write-ahead log that was lost or cut leaves a file that is sound in itself and merely older, so
nothing in it can tell. The copies beside it can.
"""

from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from app.clock import Moment
from app.errors import N_, AppError
from app.paths import make_private
from app.records.copies.backup import Copy, copies, heads_of, tail_of
from app.records.copies.heads import Ending, are_held, ending, heads
from app.records.file.database import RecordsFile, connect, guard
from app.records.file.files import disk_guard, sync_folder
from app.records.file.names import COPIES, RECORDS, SET_ASIDE, name_of
from app.records.keys.rawkey import RawKey

AHEAD = N_(
    "These records end on {end}, but the copy {copy} holds entries up to {further} that are not "
    "in them. Put that copy back, or go on without it and say why (see Copies in README)."
)


class Ahead(Struct, frozen=True):
    """A copy that holds what the records do not, and the newest moment that each of them tells."""

    copy: Copy
    end: Moment
    further: Moment


def copies_ahead(folder: Path, key: RawKey, database: RecordsFile) -> tuple[Ahead, ...]:
    """Return the copies of which the journal does not hold the end, newest first.

    Reads only what stands beside each copy. One of which nobody can say what it holds is passed
    over: the check names it as damaged.
    """
    try:
        with guard():
            return tuple(
                _told(copy, key, database)
                for copy in copies(folder)
                if not are_held(database, heads_of(copy.path, key) or ())
            )
    except AppError:
        return ()


def new_aside(folder: Path, now: datetime) -> Path:
    """Return a folder that is not there yet, for what is set aside now; nothing is made."""
    place = folder / SET_ASIDE / name_of(now)
    return new_aside(folder, now + timedelta(milliseconds=1)) if place.exists() else place


def put_aside(folder: Path, ahead: Iterable[Copy], now: datetime) -> Path:
    """Move copies, whole, into a folder of the data folder where none of them counts any more."""
    place = new_aside(folder, now) / COPIES
    with disk_guard(place):
        make_private(place)
        for copy in ahead:
            copy.path.rename(place / copy.path.name)
        sync_folder(place)
        sync_folder(folder / COPIES)
    return place.parent


def ending_of(copy: Path, key: RawKey) -> Ending | None:
    """Return with what a copy ends, its tail included; UserError or Damage if it is unreadable."""
    with guard(), closing(connect(copy / RECORDS, key)) as connection:
        base = heads(connection)
        tail = tail_of(copy, key, base)
        return ending(connection, tail.heads(base), tail.moments())


def _told(copy: Copy, key: RawKey, database: RecordsFile) -> Ahead:
    made, here = Moment(copy.moment, 0), ending(database)
    try:
        there = ending_of(copy.path, key)
    except AppError:
        there = None
    return Ahead(
        copy,
        end=made if here is None else here.moment,
        further=made if there is None else there.moment,
    )
