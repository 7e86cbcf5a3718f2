"""What each copy of a data folder holds, as whoever chooses among them needs to know it."""

from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec import Struct

from app.errors import AppError
from app.records.copies.backup import Copy, copies, is_as_made
from app.records.copies.heads import Ending, ending
from app.records.file.database import connect, guard
from app.records.file.names import RECORDS
from app.records.keys.rawkey import RawKey


class CopyState(Struct, frozen=True):
    """What a copy holds; ``end`` is missing where it cannot be read or nothing was written.

    ``is_verified`` says that every page was read just now and is as it was made.
    """

    copy: Copy
    is_verified: bool
    end: Ending | None = None
    patients: int = 0
    visits: int = 0


def states(folder: Path, key: RawKey) -> tuple[CopyState, ...]:
    """Read every copy of a data folder on every page, and return what each holds, newest first."""
    return tuple(_state(copy, key) for copy in copies(folder))


def _state(copy: Copy, key: RawKey) -> CopyState:
    is_verified = is_as_made(copy.path, key)
    try:
        with guard(), closing(connect(copy.path / RECORDS, key)) as connection:
            patients = _count(connection, "SELECT count(*) FROM patients")
            visits = _count(connection, "SELECT count(*) FROM visits WHERE state <> 'draft'")
            return CopyState(copy, is_verified, ending(connection), patients, visits)
    except AppError:
        return CopyState(copy, is_verified=False)


def _count(connection: Any, sql: str) -> int:  # noqa: ANN401 - sqlcipher3 ships no types
    return int(connection.execute(sql).fetchone()[0])
