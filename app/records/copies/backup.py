"""Checked copies of records and keys, because encryption without a way back makes loss final.

A copy counts only after it was opened with the key, every page of it was checked, and it was
found to say what the records say; only then do older copies go, and none of which the journal
does not hold the end. A copy that fails leaves
the others as they were. The copy reads through a connection of its own, so any thread may ask,
one at a time. Beside each copy stands what it says in short, so that nobody need read it again
to know that nothing has changed since.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from app.clock import Clock
from app.errors import N_, AppError, UserError
from app.records.copies.heads import Heads, are_held, heads, tables
from app.records.copies.tiers import kept
from app.records.file.database import RecordsFile, connect, guard
from app.records.file.files import disk_guard, scratch_folder, sync_file, sync_folder, write_whole
from app.records.file.names import COPIES, ERASING, RECORDS, moment_of, name_of
from app.records.keys.keyfile import KEYS, read_keys
from app.records.keys.rawkey import RawKey

"""The folder for what counts no more and is kept whole."""
SUMMARY = "copy.json"
_HALF_MADE = ".new"
_HALF_MADE_ELSEWHERE = ".oms-bedside.new"
_BESIDE = ("this_station", "seen")
"""Tables that a copy need not have alike: looking at records does not make them differ."""
_PAGES_AT_ONCE = 256
"""How much is copied between two confirmations by the disk: no write beside waits for long."""
_NO_COPY = N_(
    "Everything is saved, but no checked copy could be made in {path}. Earlier copies are kept. "
    "Check that the disk has space and can be written to."
)
_UNLIKE = N_(
    "Everything is saved, but the new copy did not pass its check and was not kept. "
    "Earlier copies are kept. Check the disk."
)
_WITHIN = N_(
    "{path} is in the data folder, where copies are kept by themselves. "
    "Please name a folder elsewhere, such as on another disk."
)
Tell = Callable[[float], None]
"""Hears how far something is, from 0 to 1; what it raises stops the work."""


class Copy(Struct, frozen=True):
    """A checked copy: when it was made (UTC), and its folder with records and keys."""

    moment: datetime
    path: Path


class _Content(Struct, frozen=True):
    """What records say in short: the rows of each table, and the last entry of each station."""

    rows: tuple[tuple[str, int], ...]
    heads: Heads


class _Summary(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands beside a copy: its last entry of each station, and digests of rows and keys.

    How many rows there are is nobody's business without the key, so their digest is keyed.
    """

    heads: Heads
    rows: str
    keys: str


class _Source(Struct, frozen=True):
    """The records as they stand in one reading transaction, with the keys that open them now."""

    connection: Any  # sqlcipher3 ships no types
    key: RawKey
    keys: bytes

    def is_told_by(self, summary: _Summary | None) -> bool:
        """Say whether a copy's summary says what stands here; no table is read for it."""
        return summary is not None and (summary.heads, summary.keys) == (
            heads(self.connection),
            _digest(self.keys),
        )


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


def copy_verified(folder: Path, key: RawKey, clock: Clock) -> Copy:
    """Return a checked copy of what is saved now; a new one only if something changed.

    UserError if none could be made, Damage if the records themselves are damaged; every earlier
    copy is then still in its place. Takes about 100 ms for records of 5 MB, in proportion.
    Afterwards the write-ahead log is emptied, unless somebody else is just reading or writing.
    """
    read_keys(folder)
    _finish_erasing(folder, key)
    with _copying_to(folder / COPIES), closing(connect(folder / RECORDS, key)) as connection:
        copy = _copied(_source(connection, folder, key), folder, clock)
        connection.execute("ROLLBACK")
        _empty_log(connection)
        return copy


def is_copied(folder: Path, key: RawKey) -> bool:
    """Say whether the newest copy tells that it is what is saved now; it is not read for it."""
    try:
        with guard(), disk_guard(folder), closing(connect(folder / RECORDS, key)) as connection:
            source, latest = _source(connection, folder, key), latest_copy(folder)
            return latest is not None and source.is_told_by(_summary_of(latest.path))
    except AppError:
        return False


def copy_elsewhere(folder: Path, key: RawKey, clock: Clock, place: Path) -> Copy:
    """Make a checked copy of what is saved now in a folder outside of the data folder.

    UserError if ``place`` is in the data folder, or none could be made there.
    """
    read_keys(folder)
    if place.resolve().is_relative_to(folder.resolve()):
        raise UserError(_WITHIN, path=place)
    _finish_erasing(folder, key)
    with _copying_to(place), closing(connect(folder / RECORDS, key)) as connection:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        scratch = place / _HALF_MADE_ELSEWHERE
        return _made(_source(connection, folder, key), scratch, clock.now().utc)


def damaged_copies(folder: Path, key: RawKey, tell: Tell) -> tuple[str, ...]:
    """Read every copy on every page and return the names of the damaged ones, newest first.

    A damaged one is no longer vouched for, so if it is the newest, closing makes another.
    """
    damaged, found = [], copies(folder)
    for number, copy in enumerate(found):
        tell(number / len(found))
        # Meanwhile a newer copy may have been made, and this one taken away.
        if not is_as_made(copy.path, key) and copy in copies(folder):
            damaged.append(copy.path.name)
            with suppress(OSError):
                (copy.path / SUMMARY).unlink(missing_ok=True)
    return (*damaged, *_robbed(folder))


def is_as_made(copy: Path, key: RawKey) -> bool:
    """Say whether a copy is sound on every page, and says what it said when it was made."""
    try:
        read_keys(copy)
        content, keys = _read(copy, key), (copy / KEYS).read_bytes()
    except (AppError, OSError):
        return False
    if content is None:
        return False
    return _summary_of(copy) in (None, _summary(content, key, keys))


def sum_up(copy: Path, key: RawKey) -> bool:
    """Write beside a copy what it says now; nothing, and False, unless every page is sound."""
    content, keys = _read(copy, key), (copy / KEYS).read_bytes()
    if content is not None:
        write_whole(copy / SUMMARY, msgspec.json.encode(_summary(content, key, keys)))
    return content is not None


def heads_of(copy: Path, key: RawKey) -> Heads | None:
    """Return the last entries that a copy holds; nothing where nobody can say."""
    summary = _summary_of(copy)
    if summary is not None:
        return summary.heads
    try:
        with guard(), closing(connect(copy / RECORDS, key)) as connection:
            return heads(connection)
    except AppError:
        return None


def _finish_erasing(folder: Path, key: RawKey) -> None:
    """Take no page into a copy that keeps somebody who was erased: a copy takes whole pages."""
    if (folder / ERASING).exists():
        from app.records.emptying import write_anew  # noqa: PLC0415 - once in many years

        with _copying_to(folder), closing(connect(folder / RECORDS, key)) as connection:
            if write_anew(RecordsFile(connection)):
                (folder / ERASING).unlink(missing_ok=True)


@contextmanager
def _copying_to(place: Path) -> Iterator[None]:
    """Say of whatever the user can mend that nothing is lost and where no copy could be made."""
    try:
        with guard(), disk_guard(place):
            yield
    except UserError as error:
        if error.message == _UNLIKE:
            raise
        raise UserError(_NO_COPY, path=place) from error


def _source(connection: Any, folder: Path, key: RawKey) -> _Source:  # noqa: ANN401 - untyped
    # One reading transaction: what is compared is what was copied. It begins with a first read.
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return _Source(connection, key, (folder / KEYS).read_bytes())


def _copied(source: _Source, folder: Path, clock: Clock) -> Copy:
    latest = latest_copy(folder)
    if latest is not None and _is_still(latest.path, source):
        return latest
    (folder / COPIES).mkdir(mode=0o700, exist_ok=True)
    copy = _made(source, folder / COPIES / _HALF_MADE, _moment_after(latest, clock))
    for old in _surplus(source, folder):
        _take_away(old.path, folder / COPIES / _HALF_MADE)
    return copy


def _made(source: _Source, scratch: Path, moment: datetime) -> Copy:
    """Make a copy in a scratch folder, and let it count beside that only once it is checked."""
    with scratch_folder(scratch):
        _fill(scratch, source)
        if not _vouch(scratch, source):
            raise UserError(_UNLIKE)
        return _keep(scratch, moment)


def _surplus(source: _Source, folder: Path) -> list[Copy]:
    """Return the copies that may go: too many of their time, and held by the journal whole.

    Those that nobody vouches for are counted apart, so that none stays in place of a sound one.
    """
    size = (folder / RECORDS).stat().st_size
    found = {True: list[Copy](), False: list[Copy]()}
    for copy in copies(folder):
        found[_summary_of(copy.path) is not None].append(copy)
    stay = [kept((copy.moment for copy in some), size) for some in found.values()]
    return [
        copy
        for some, staying in zip(found.values(), stay, strict=True)
        for copy in some
        if copy.moment not in staying and _is_held(copy.path, source)
    ]


def _is_held(copy: Path, source: _Source) -> bool:
    wanted = heads_of(copy, source.key)
    return wanted is not None and are_held(source.connection, wanted)


def _take_away(copy: Path, aside: Path) -> None:
    """Remove a copy: under its own name it is whole, or not there."""
    with suppress(OSError):
        copy.rename(aside)
        shutil.rmtree(aside)


def _is_still(copy: Path, source: _Source) -> bool:
    """Say whether a copy is what stands here; one without a summary is read to know it."""
    with suppress(OSError):
        if (copy / KEYS).read_bytes() == source.keys:
            summary = _summary_of(copy)
            return _vouch(copy, source) if summary is None else source.is_told_by(summary)
    return False


def _vouch(copy: Path, source: _Source) -> bool:
    """Check a copy on every page; write its summary if it says what the records say."""
    content = _content(source.connection)
    if _read(copy, source.key) != content:
        return False
    summary = _summary(content, source.key, source.keys)
    write_whole(copy / SUMMARY, msgspec.json.encode(summary))
    return True


def _read(copy: Path, key: RawKey) -> _Content | None:
    """Return what a copy says, or nothing unless every page of it is sound."""
    try:
        with guard(), closing(connect(copy / RECORDS, key)) as connection:
            return _content(connection) if _is_sound(connection) else None
    except AppError:
        return None


def _summary(content: _Content, key: RawKey, keys: bytes) -> _Summary:
    rows = hashlib.blake2b(msgspec.json.encode(content.rows), key=key, digest_size=32)
    return _Summary(content.heads, rows.hexdigest(), _digest(keys))


def _summary_of(copy: Path) -> _Summary | None:
    """Return the summary beside a copy, or nothing where it is gone or cannot be read."""
    try:
        return msgspec.json.decode((copy / SUMMARY).read_bytes(), type=_Summary)
    except (OSError, msgspec.DecodeError):
        return None


def _digest(keys: bytes) -> str:
    return hashlib.sha256(keys).hexdigest()


def _fill(scratch: Path, source: _Source) -> None:
    def confirm(*_pages: int) -> None:
        sync_file(scratch / RECORDS)

    (scratch / RECORDS).touch(mode=0o600)
    with closing(connect(scratch / RECORDS, source.key)) as target:
        # What only counts when it is whole needs no confirmation by the disk at every step.
        target.execute("PRAGMA synchronous = OFF")
        source.connection.backup(target, pages=_PAGES_AT_ONCE, progress=confirm)
        target.execute("PRAGMA journal_mode = DELETE")
        if "this_station" in tables(target):
            # A copy is no station: where it is opened it begins a chain of its own.
            target.execute("DELETE FROM this_station")
    sync_file(scratch / RECORDS)
    write_whole(scratch / KEYS, source.keys)


def _keep(scratch: Path, moment: datetime) -> Copy:
    copy = Copy(moment, scratch.parent / name_of(moment))
    scratch.rename(copy.path)
    sync_folder(copy.path.parent)
    return copy


def _empty_log(connection: Any) -> None:  # noqa: ANN401 - sqlcipher3 ships no types
    """Bring the log into the file: most of it beside writers, only the rest in their way."""
    with suppress(AppError), guard():
        connection.execute("PRAGMA busy_timeout = 0")
        for way in ("PASSIVE", "TRUNCATE"):
            connection.execute(f"PRAGMA wal_checkpoint({way})")


def _is_sound(connection: Any) -> bool:  # noqa: ANN401 - sqlcipher3 ships no types
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        return False
    said = connection.execute("PRAGMA integrity_check").fetchall()
    return bool(said == [("ok",)])


def _content(connection: Any) -> _Content:  # noqa: ANN401 - sqlcipher3 ships no types
    counts = "SELECT count(*) FROM [{}]"  # the file's own names, not a user's words
    rows = tuple(
        (name, connection.execute(counts.format(name)).fetchone()[0])
        for name in tables(connection)
        if name not in _BESIDE
    )
    return _Content(rows, heads(connection))


def _moment_after(latest: Copy | None, clock: Clock) -> datetime:
    """Return now, or just after the newest copy: a clock set back must not make it the oldest."""
    now = clock.now().utc
    if latest is None:
        return now
    return max(now, latest.moment + timedelta(milliseconds=1))


def _copy_at(path: Path) -> Copy | None:
    moment = moment_of(path.name)
    if moment is None:
        return None
    try:
        is_whole = (path / RECORDS).is_file() and (path / KEYS).is_file()
    except OSError:
        is_whole = True  # nobody may look into it: the check says so
    return Copy(moment, path) if is_whole else None


def _robbed(folder: Path) -> list[str]:
    """Return the names of copies that are no longer whole: a file of theirs is gone."""
    place = folder / COPIES
    with suppress(OSError):
        return sorted(
            path.name
            for path in place.iterdir()
            if moment_of(path.name) is not None and _copy_at(path) is None
        )
    return []
