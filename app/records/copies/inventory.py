"""What each copy of a data folder holds, as whoever chooses among them needs to know it."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec import Struct

from app.errors import AppError
from app.records.copies.backup import Copy, copies, is_as_made, tail_of
from app.records.copies.heads import Ending, ending, heads
from app.records.copies.tail import Cells, Tail
from app.records.entries import Body, Cell
from app.records.file.database import connect, guard
from app.records.file.names import RECORDS
from app.records.keys.rawkey import RawKey
from app.records.model import VisitState
from app.records.schema import JOURNAL_COLUMNS
from app.records.shape import VISITS

_KIND, _BODY = JOURNAL_COLUMNS.index("kind"), JOURNAL_COLUMNS.index("body")


class CopyState(Struct, frozen=True):
    """What a copy holds with its tail.

    ``end`` is missing where it cannot be read or nothing was written. ``is_verified`` says that
    every page was read just now and is as it was made.
    """

    copy: Copy
    is_verified: bool
    end: Ending | None = None
    patients: int = 0
    visits: int = 0


class _Growth(Struct, frozen=True):
    """By how many patients, and visits that are no drafts, a tail goes beyond its full copy."""

    patients: int
    visits: int

    @staticmethod
    def of(tail: Tail) -> "_Growth":
        """Count them from what each entry says was there before and after it."""
        told = [one for record in tail.records() for one in map(_told, record.entries)]
        patients = [body for kind, body in told if kind == "patients"]
        visits = [body for kind, body in told if kind == VISITS]
        return _Growth(
            sum((one.after is not None) - (one.before is not None) for one in patients),
            sum(_is_closed(one.after) - _is_closed(one.before) for one in visits),
        )


def _told(entry: Cells) -> tuple[str, Body]:
    body = entry[_BODY]
    return entry[_KIND], Body() if body is None else Body.decode(body)


def _is_closed(cells: Mapping[str, Cell] | None) -> bool:
    return (cells or {}).get("state", VisitState.DRAFT) != VisitState.DRAFT


def states(folder: Path, key: RawKey) -> tuple[CopyState, ...]:
    """Read every copy of a data folder on every page, and return what each holds, newest first."""
    return tuple(_state(copy, key) for copy in copies(folder))


def _state(copy: Copy, key: RawKey) -> CopyState:
    is_verified = is_as_made(copy.path, key)
    try:
        with guard(), closing(connect(copy.path / RECORDS, key)) as connection:
            base = heads(connection)
            tail = tail_of(copy.path, key, base)
            more, end = _Growth.of(tail), ending(connection, tail.heads(base), tail.moments())
            patients = more.patients + _count(connection, "SELECT count(*) FROM patients")
            closed = "SELECT count(*) FROM visits WHERE state <> 'draft'"
            visits = more.visits + _count(connection, closed)
            return CopyState(copy, is_verified, end, patients, visits)
    except AppError:
        return CopyState(copy, is_verified=False)


def _count(connection: Any, sql: str) -> int:  # noqa: ANN401 - sqlcipher3 ships no types
    return int(connection.execute(sql).fetchone()[0])
