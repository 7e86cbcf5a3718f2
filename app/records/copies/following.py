"""The newest copy kept up with the records: by its tail as a rule, by another full copy where due.

What a signature costs is then the same in any file. Whoever asks has a thread for it, one at a
time; the records are read through a connection of their own.
"""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.clock import Clock, Moment
from app.errors import AppError
from app.records.copies.backup import (
    Copy,
    Standing,
    copy_verified,
    copying_to,
    empty_log,
    latest_copy,
    source_of,
)
from app.records.copies.heads import Heads, are_held, heads
from app.records.copies.summary import Summary, digest_of_keys, summary_of, write_summary
from app.records.copies.tail import Record, Tail, append, cut_back, read_tail, size_of
from app.records.file.database import connect, guard
from app.records.file.names import COPIES, RECORDS
from app.records.keys.keyfile import read_keys
from app.records.keys.rawkey import RawKey
from app.records.schema import JOURNAL_COLUMNS
from app.records.seen import SEEN_COLUMNS
from app.records.shape import ERASED
from app.records.station import SEQUENCE_BITS

_DAY = timedelta(days=1)
LONG = 16_000_000
"""From this size of a tail on, in bytes, a full copy is made however new the last one is."""
MOST_ENTRIES = 20_000
"""How many entries one record takes; with more, such as of an import, a full copy is made."""
_STATION = "SELECT number, station, name FROM stations WHERE number = ?"
_ENTRIES = f"SELECT {', '.join(JOURNAL_COLUMNS)} FROM journal WHERE id > ? AND id <= ? ORDER BY id"
_SEEN = f"SELECT {', '.join(SEEN_COLUMNS)} FROM seen WHERE id > ? ORDER BY id"
_LAST_SEEN = "SELECT coalesce(max(id), 0) FROM seen"
_KIND = JOURNAL_COLUMNS.index("kind")


class _Full(Struct, frozen=True):
    """With what a full copy ends without its tail: the journal, and the chain of what was seen."""

    heads: Heads
    seen: int


def keep_up(folder: Path, key: RawKey, clock: Clock) -> Copy:
    """Have the newest copy hold what is saved now: appended to its tail, or copied in full.

    In full where there is no copy, where its keys are not today's, it or its tail is damaged, it
    holds what the records do not, a patient was erased since, or its tail grew long. The first
    time that something is kept on another day it is both: at once in the tail of the copy of
    before, and once a full copy of the new day stands, there alone, so that each day's copy ends
    with that day. UserError and Damage as of ``copy_verified``. The log is moved into the file
    beside writers.
    """
    read_keys(folder)
    with copying_to(folder / COPIES), closing(connect(folder / RECORDS, key)) as connection:
        source, latest = source_of(connection, folder, key), latest_copy(folder)
        before = None if latest is None else summary_of(latest.path)
        is_followed = latest is not None and _follow(latest.path, source)
        connection.execute("ROLLBACK")
        if latest is not None and is_followed:
            empty_log(connection, ("PASSIVE",))
    if latest is None or before is None or not is_followed:
        return copy_verified(folder, key, clock)
    has_grown = size_of(latest.path) > before.tail
    if has_grown and not _is_of_today(latest, clock):
        full = copy_verified(folder, key, clock)
        _take_back(latest.path, before)
        return full
    return copy_verified(folder, key, clock) if size_of(latest.path) > LONG else latest


def keep_up_at_exit(folder: Path, key: RawKey, clock: Clock) -> Copy:
    """Have the newest copy hold what is saved now, in full where that is due; raises alike."""
    copy = keep_up(folder, key, clock)
    return copy_verified(folder, key, clock) if is_due(folder, clock) else copy


def is_due(folder: Path, clock: Clock) -> bool:
    """Say whether a tail has grown for a day, so that the next exit copies in full.

    A day either way: a clock that was wrong for once must not put it off for years.
    """
    latest = latest_copy(folder)
    if latest is None or not size_of(latest.path):
        return False
    return abs(clock.now().utc - latest.moment) >= _DAY


def _is_of_today(copy: Copy, clock: Clock) -> bool:
    """Say whether a copy was made on the day that it is here."""
    now = clock.now()
    return Moment(copy.moment, now.offset_minutes).local.date() == now.local.date()


def _take_back(copy: Path, before: Summary) -> None:
    """Let a copy hold again what it held before the last appending, which stands elsewhere now."""
    # In this order: what stands behind the mark of a tail is sound, what lacks before it is not.
    write_summary(copy, before)
    cut_back(copy, before.tail)


def _full(copy: Path, key: RawKey) -> _Full:
    with guard(), closing(connect(copy / RECORDS, key)) as connection:
        return _Full(heads(connection), connection.execute(_LAST_SEEN).fetchone()[0])


def _follow(copy: Path, source: Standing) -> bool:
    """Append what a copy lacks; say whether it holds all that stands here."""
    summary = summary_of(copy)
    if summary is None or summary.is_tail_damaged or summary.keys != digest_of_keys(source.keys):
        return False
    if source.is_told_by(copy, summary):
        return True
    try:
        full = _full(copy, source.key)
    except AppError:
        return False
    tail = read_tail(copy, source.key, full.heads, summary.tail)
    return tail.is_sound and _append(copy, source, summary, full, tail)


def _append(copy: Path, source: Standing, summary: Summary, full: _Full, tail: Tail) -> bool:
    stands, wanted = tail.heads(full.heads), heads(source.connection)
    end = tail.size
    if stands != wanted:
        if not are_held(source.connection, stands):
            return False
        record = _record(source.connection, stands, wanted, tail.last_seen() or full.seen)
        if record is None:
            return False
        end = append(copy, source.key, full.heads, tail, record)
    write_summary(copy, replace(summary, heads=wanted, tail=end))
    return True


def _record(connection: Any, stands: Heads, wanted: Heads, seen: int) -> Record | None:  # noqa: ANN401 - sqlcipher3 ships no types
    """Return what was journalled between two ends; nothing where that is not for a tail."""
    before = {an_id >> SEQUENCE_BITS: an_id for an_id, _ in stands}
    spans = [
        (before.get(last >> SEQUENCE_BITS, last >> SEQUENCE_BITS << SEQUENCE_BITS), last)
        for last, _ in wanted
    ]
    if sum(last - first for first, last in spans) > MOST_ENTRIES:
        return None
    moved = [(first, last) for first, last in spans if first != last]
    entries = [row for span in moved for row in connection.execute(_ENTRIES, span).fetchall()]
    if any(entry[_KIND] == ERASED for entry in entries):
        return None
    numbers = [last >> SEQUENCE_BITS for _, last in moved]
    return Record(
        stations=tuple(connection.execute(_STATION, [one]).fetchone() for one in numbers),
        entries=tuple(entries),
        seen=tuple(connection.execute(_SEEN, [seen]).fetchall()),
        heads=wanted,
    )
