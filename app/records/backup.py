"""Checked copies of records and keys, because encryption without a way back makes loss final.

A copy counts only after it was opened with the key, every page of it was checked, and it was
found to say what the records say; only then does the oldest copy go. A copy that fails leaves
the others as they were. The copy reads through a connection of its own, so any thread may ask.
"""

import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.clock import Clock
from app.errors import N_, AppError, UserError
from app.records.database import connect, guard
from app.records.files import disk_guard, scratch_folder, sync_file, sync_folder, write_whole
from app.records.keyfile import KEYS, read_keys
from app.records.station import SEQUENCE_BITS

RECORDS = "records.db"
COPIES = "copies"
KEPT = 7
_HALF_MADE = ".new"
_BESIDE = ("this_station", "seen")
"""Tables that a copy need not have alike: looking at records does not make them differ."""
_HEAD = "SELECT id, hash FROM journal WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 1"
_STAMP = "%Y%m%dT%H%M%S.%f"
_NO_COPY = N_(
    "Everything is saved, but no checked copy could be made in {path}. Earlier copies are kept. "
    "Check that the disk has space and can be written to."
)
_UNLIKE = N_(
    "Everything is saved, but the new copy did not pass its check and was not kept. "
    "Earlier copies are kept. Check the disk."
)


@dataclass(frozen=True, slots=True)
class Copy:
    """A checked copy: when it was made (UTC), and its folder with records and keys."""

    moment: datetime
    path: Path


@dataclass(frozen=True, slots=True)
class _Content:
    """What records say in short: the rows of each table, and the last entry of each station."""

    rows: tuple[tuple[str, int], ...]
    heads: tuple[tuple[int, bytes], ...]


def copies(folder: Path) -> tuple[Copy, ...]:
    """Return the checked copies of a data folder, newest first."""
    place = folder / COPIES
    if not place.is_dir():
        return ()
    with disk_guard(place):
        found = [copy for path in place.iterdir() if (copy := _copy_at(path))]
    return tuple(sorted(found, key=lambda copy: copy.moment, reverse=True))


def latest_copy(folder: Path) -> Copy | None:
    """Return the newest checked copy, if there is one."""
    return next(iter(copies(folder)), None)


def copy_verified(folder: Path, key: bytes, clock: Clock) -> Copy:
    """Return a checked copy of what is saved now; a new one only if something changed.

    UserError if none could be made, Damage if the records themselves are damaged; every earlier
    copy is then still in its place. Takes about 100 ms for records of 5 MB, in proportion.
    """
    read_keys(folder)
    try:
        with guard(), disk_guard(folder), closing(connect(folder / RECORDS, key)) as source:
            # One reading transaction: what is compared is what was copied.
            source.execute("BEGIN")
            return _copied(source, folder, key, clock)
    except UserError as error:
        if error.message == _UNLIKE:
            raise
        raise UserError(_NO_COPY, path=folder / COPIES) from error


def _copied(source: Any, folder: Path, key: bytes, clock: Clock) -> Copy:  # noqa: ANN401 - untyped
    content, latest = _content(source), latest_copy(folder)
    if latest is not None and _is_like(latest.path, folder, key, content):
        return latest
    (folder / COPIES).mkdir(mode=0o700, exist_ok=True)
    with scratch_folder(folder / COPIES / _HALF_MADE) as scratch:
        _fill(scratch, source, folder, key)
        if not _is_like(scratch, folder, key, content):
            raise UserError(_UNLIKE)
        copy = _keep(scratch, _moment_after(latest, clock))
    for old in copies(folder)[KEPT:]:
        shutil.rmtree(old.path, ignore_errors=True)
    return copy


def _fill(scratch: Path, source: Any, folder: Path, key: bytes) -> None:  # noqa: ANN401 - untyped
    (scratch / RECORDS).touch(mode=0o600)
    with closing(connect(scratch / RECORDS, key)) as target:
        # One confirmation by the disk at the end does for what only counts when it is whole.
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
        if "this_station" in _tables(target):
            # A copy is no station: where it is opened it begins a chain of its own.
            target.execute("DELETE FROM this_station")
    sync_file(scratch / RECORDS)
    write_whole(scratch / KEYS, (folder / KEYS).read_bytes())


def _keep(scratch: Path, moment: datetime) -> Copy:
    copy = Copy(moment, scratch.parent / _name(moment))
    scratch.rename(copy.path)
    sync_folder(copy.path.parent)
    return copy


def _is_like(copy: Path, folder: Path, key: bytes, content: _Content) -> bool:
    if (copy / KEYS).read_bytes() != (folder / KEYS).read_bytes():
        return False
    try:
        with guard(), closing(connect(copy / RECORDS, key)) as connection:
            return _content(connection) == content and _is_sound(connection)
    except AppError:
        return False


def _is_sound(connection: Any) -> bool:  # noqa: ANN401 - sqlcipher3 ships no types
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        return False
    said = connection.execute("PRAGMA integrity_check").fetchall()
    return bool(said == [("ok",)])


def _content(connection: Any) -> _Content:  # noqa: ANN401 - sqlcipher3 ships no types
    tables = _tables(connection)
    counts = "SELECT count(*) FROM [{}]"  # the file's own names, not a user's words
    rows = tuple(
        (name, connection.execute(counts.format(name)).fetchone()[0])
        for name in tables
        if name not in _BESIDE
    )
    return _Content(rows, _heads(connection) if "stations" in tables else ())


def _tables(connection: Any) -> list[str]:  # noqa: ANN401 - sqlcipher3 ships no types
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [str(name) for (name,) in found.fetchall()]


def _heads(connection: Any) -> tuple[tuple[int, bytes], ...]:  # noqa: ANN401 - as above
    return tuple(
        connection.execute(
            _HEAD, [number << SEQUENCE_BITS, (number + 1) << SEQUENCE_BITS]
        ).fetchone()
        or (number, b"")
        for (number,) in connection.execute(
            "SELECT number FROM stations ORDER BY number"
        ).fetchall()
    )


def _moment_after(latest: Copy | None, clock: Clock) -> datetime:
    """Return now, or just after the newest copy: a clock set back must not make it the oldest."""
    now = clock.now().utc
    if latest is None:
        return now
    return max(now, latest.moment + timedelta(milliseconds=1))


def _name(moment: datetime) -> str:
    return moment.strftime(_STAMP)[:-3] + "Z"


def _copy_at(path: Path) -> Copy | None:
    try:
        moment = datetime.strptime(path.name.removesuffix("Z"), _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    is_whole = (path / RECORDS).is_file() and (path / KEYS).is_file()
    return Copy(moment, path) if is_whole else None
