"""What a copy holds, as whoever chooses among copies needs to know it."""

from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.clock import Moment
from app.errors import AppError, Damage
from app.records.copies.archive import NotOpened, bring, is_archive
from app.records.copies.backup import copies
from app.records.copies.comparison import Cut
from app.records.copies.heads import Ending, ending
from app.records.copies.source import Source
from app.records.declaration import PatientFacts
from app.records.file.database import connect, guard
from app.records.file.names import RECORDS
from app.records.file.outside import temporary_folder
from app.records.keys.keyfile import read_keys
from app.records.keys.rawkey import RawKey

_NEWEST = """
SELECT p.patient_id, p.given_name, p.family_name, v.signed_utc, v.signed_offset
FROM visits AS v JOIN patients AS p ON p.id = v.patient
WHERE v.state = 'signed' ORDER BY v.signed_utc DESC LIMIT 1
"""


class Newest(Struct, frozen=True):
    """The visit that was signed last: whose it is, and when that was."""

    name: str
    moment: Moment


class CopyState(Struct, frozen=True):
    """What a copy, a folder or one file, holds.

    ``is_verified`` says that every page was read just now and is as it was made. Where it
    ``is_unread`` nothing can be said of it: there was no room to read it in, or it is of other
    records or none at all. Else it is damaged; where it ``is_cut``, only in its last part, and all
    that is told here is of what stands before the damage.
    """

    path: Path
    is_verified: bool
    end: Ending | None = None
    patients: int = 0
    visits: int = 0
    newest: Newest | None = None
    is_unread: bool = False
    is_cut: bool = False

    @property
    def is_usable(self) -> bool:
        """Whether it can be put back, as far as it is sound."""
        return self.is_verified or self.is_cut


def states(folder: Path, key: RawKey) -> tuple[CopyState, ...]:
    """Read every copy of a data folder on every page, and return what each holds, newest first."""
    return tuple(state_of(copy.path, key) for copy in copies(folder))


def state_of(path: Path, key: RawKey) -> CopyState:
    """Bring a copy whole into a folder of ours, as putting it back does; tell what it holds."""
    try:
        return _read(path, key, as_far_as_sound=True)
    except NotOpened:
        # What a file's manifest answers for is sound, so its key is another one.
        return CopyState(path, is_verified=False, is_unread=is_archive(path))
    except Damage:
        return CopyState(path, is_verified=False)
    except AppError:
        return CopyState(path, is_verified=False, is_unread=True)


def opened_state(path: Path, key: RawKey) -> CopyState:
    """Return the same of a copy that must open; UserError or Damage says why it does not."""
    return _read(path, key, as_far_as_sound=False)


def _read(path: Path, key: RawKey, *, as_far_as_sound: bool) -> CopyState:
    with temporary_folder() as scratch:
        is_whole = bring(path, scratch, key, as_far_as_sound=as_far_as_sound)
        read_keys(scratch)
        state = held(path, scratch / RECORDS, key)
        return replace(state, is_verified=is_whole, is_cut=not is_whole)


def brought(source: Source, scratch: Path, key: RawKey) -> Cut | None:
    """Bring a copy that somebody means into a folder of ours; return how far, if not all of it."""
    if bring(source.path, scratch, key, as_far_as_sound=source.as_far_as_sound):
        return None
    found = held(source.path, scratch / RECORDS, key)
    return Cut(found.end, found.visits)


def held(path: Path, records: Path, key: RawKey) -> CopyState:
    """Tell what a file of records holds, for the copy, or the folder, that it stands for."""
    with guard(), closing(connect(records, key)) as connection:
        return CopyState(
            path,
            is_verified=True,
            end=ending(connection),
            patients=_count(connection, "SELECT count(*) FROM patients"),
            visits=_count(connection, "SELECT count(*) FROM visits WHERE state <> 'draft'"),
            newest=_newest(connection),
        )


def _count(connection: Any, sql: str) -> int:  # noqa: ANN401 - sqlcipher3 ships no types
    return int(connection.execute(sql).fetchone()[0])


def _newest(connection: Any) -> Newest | None:  # noqa: ANN401 - as above
    found = connection.execute(_NEWEST).fetchone()
    if found is None:
        return None
    identifier, given, family, utc, offset = found
    return Newest(PatientFacts(identifier, given, family).name, Moment.read(utc, offset))
