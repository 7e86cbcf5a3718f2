"""Checked copies of records and keys, because encryption without a way back makes loss final.

A copy counts only after it was opened with the key, every page of it was checked, and it was
found to say what the records say; only then do older copies go, and none of which the journal
does not hold the end. A copy that fails leaves
the others as they were. The copy reads through a connection of its own, so any thread may ask,
one at a time. Beside each copy stands what it says in short, so that nobody need read it again
to know that nothing has changed since. What comes after a full copy goes into its tail
(``following``).
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.clock import Clock
from app.errors import N_, AppError, UserError
from app.paths import make_private
from app.records.copies.heads import Heads, are_held, heads, tables
from app.records.copies.summary import (
    Content,
    Summary,
    content_of,
    digest_of_keys,
    summary_for,
    summary_of,
    write_summary,
)
from app.records.copies.tail import Tail, read_tail, size_of
from app.records.copies.tiers import BEFORE_RISK, kept
from app.records.file.database import RecordsFile, connect, guard
from app.records.file.files import (
    disk_guard,
    free_space,
    scratch_folder,
    sync_file,
    sync_folder,
    write_whole,
)
from app.records.file.names import COPIES, ERASING, RECORDS, SUMMARY, moment_of, name_of
from app.records.keys.keyfile import KEYS, read_keys
from app.records.keys.rawkey import RawKey

_HALF_MADE = ".new"
_PAGES_AT_ONCE = 256
"""How much is copied between two confirmations by the disk: no write beside waits for long."""
_BESIDE_A_COPY = 1_000_000
"""What has to stay free beside a new copy, in bytes: for what stands beside it, and its tail."""
_NO_COPY = N_(
    "Everything is saved, but no checked copy could be made in {path}. Earlier copies are kept. "
    "Check that the disk has space and can be written to."
)
_NO_ROOM = N_(
    "Everything is saved, but the disk has no room for another checked copy in {path}: it takes "
    "{size} MB. Earlier copies are kept. Please free some space."
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


class Whole(Struct, frozen=True):
    """A copy that was read: what its full copy says, and its tail, which may be damaged."""

    content: Content
    tail: Tail

    @property
    def heads(self) -> Heads:
        """The last entries of both together."""
        return self.tail.heads(self.content.heads)


class Standing(Struct, frozen=True):
    """The records as they stand in one reading transaction, with the keys that open them now."""

    connection: Any  # sqlcipher3 ships no types
    key: RawKey
    keys: bytes

    def is_told_by(self, copy: Path, summary: Summary | None) -> bool:
        """Say whether a copy's summary says what stands here; no table is read for it."""
        if summary is None or summary.is_tail_damaged or size_of(copy) < summary.tail:
            return False
        told = (heads(self.connection), digest_of_keys(self.keys))
        return (summary.heads, summary.keys) == told


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
    """Return a full copy of what is saved now, checked; a new one only if something changed.

    UserError if none could be made, Damage if the records themselves are damaged; every earlier
    copy is then still in its place. Takes about 100 ms for records of 5 MB, in proportion.
    Afterwards the write-ahead log is emptied, unless somebody else is just reading or writing.
    """
    read_keys(folder)
    _finish_erasing(folder, key)
    with copying_to(folder / COPIES), closing(connect(folder / RECORDS, key)) as connection:
        copy = _copied(source_of(connection, folder, key), folder, clock)
        connection.execute("ROLLBACK")
        empty_log(connection)
        return copy


def is_copied(folder: Path, key: RawKey) -> bool:
    """Say whether the newest copy tells that it is what is saved now; it is not read for it."""
    try:
        with guard(), disk_guard(folder), closing(connect(folder / RECORDS, key)) as connection:
            source, latest = source_of(connection, folder, key), latest_copy(folder)
            return latest is not None and source.is_told_by(latest.path, summary_of(latest.path))
    except AppError:
        return False


def copy_before_risk(folder: Path, key: RawKey, clock: Clock) -> Copy:
    """Return a full copy as ``copy_verified`` does, one of the newest three that stay longer.

    For whatever may go wrong with all records at once: an import, other tables, a new key.
    """
    copy = copy_verified(folder, key, clock)
    stay_longer(copy.path)
    return copy


def is_before_risk(copy: Path) -> bool:
    """Say whether a copy was made before something risky; nobody knows without its summary."""
    summary = summary_of(copy)
    return summary is not None and summary.is_before_risk


def stay_longer(copy: Path) -> None:
    """Note beside a copy that it was made before something risky."""
    summary = summary_of(copy)
    if summary is not None:
        write_summary(copy, replace(summary, is_before_risk=True))


@contextmanager
def copy_lent(folder: Path, key: RawKey, clock: Clock, place: Path) -> Iterator[Copy]:
    """Make a checked copy of what is saved now in a folder elsewhere, and lend it; then it goes.

    UserError if ``place`` is in the data folder, or none could be made there.
    """
    read_keys(folder)
    if place.resolve().is_relative_to(folder.resolve()):
        raise UserError(_WITHIN, path=place)
    _finish_erasing(folder, key)
    from app.records.file.outside import half_made_folder  # noqa: PLC0415 - no copy here needs it

    with copying_to(place), closing(connect(folder / RECORDS, key)) as connection:
        make_private(place)
        source = source_of(connection, folder, key)
        with half_made_folder(place) as half, _filled(half, source) as scratch:
            yield Copy(clock.now().utc, scratch)


def damaged_copies(folder: Path, key: RawKey, tell: Tell) -> tuple[str, ...]:
    """Read every copy on every page and return the names of the damaged ones, newest first.

    A damaged one is no longer vouched for, so if it is the newest, closing makes another.
    """
    damaged, found = [], copies(folder)
    for number, copy in enumerate(found):
        tell(number / len(found))
        # Meanwhile a newer copy may have been made, and this one taken away.
        whole = read_whole(copy.path, key)
        if not (whole and whole.tail.is_sound) and copy in copies(folder):
            damaged.append(copy.path.name)
            _distrust(copy.path, whole)
    return (*damaged, *_robbed(folder))


def _distrust(copy: Path, whole: Whole | None) -> None:
    """Note that a copy is damaged; how much of a damaged tail counted stays known."""
    summary = summary_of(copy)
    with suppress(OSError, UserError):
        if whole is None or summary is None:
            (copy / SUMMARY).unlink(missing_ok=True)
        else:
            write_summary(copy, replace(summary, is_tail_damaged=True))


def is_as_made(copy: Path, key: RawKey) -> bool:
    """Say whether a copy is sound on every page, its tail too, and says what it said when made."""
    whole = read_whole(copy, key)
    return whole is not None and whole.tail.is_sound


def read_whole(copy: Path, key: RawKey) -> Whole | None:
    """Read a copy on every page; nothing unless its full copy is as it was made.

    Of a damaged tail that is told which can be read.
    """
    # Before the tail, which may grow meanwhile.
    summary = summary_of(copy)
    try:
        read_keys(copy)
        content, keys = _read(copy, key), (copy / KEYS).read_bytes()
    except (AppError, OSError):
        return None
    if content is None:
        return None
    mark = None if summary is None else summary.tail
    whole = Whole(content, read_tail(copy, key, content.heads, mark))
    return whole if summary is None or _is_said(whole, summary, key, keys) else None


def sum_up(copy: Path, key: RawKey) -> bool:
    """Write beside a copy what it says now; nothing, and False, unless every page is sound."""
    content, keys = _read(copy, key), (copy / KEYS).read_bytes()
    if content is not None:
        write_summary(copy, summary_for(content, key, keys))
    return content is not None


def vouch(copy: Path, key: RawKey, connection: Any) -> bool:  # noqa: ANN401 - no types, as below
    """Check a copy on every page; write its summary if it says what an open file says.

    The copy may have another key than that file.
    """
    return _vouch(copy, Standing(connection, key, (copy / KEYS).read_bytes()))


def heads_of(copy: Path, key: RawKey) -> Heads | None:
    """Return the last entries that a copy holds with its tail; nothing where nobody can say."""
    summary = summary_of(copy)
    if summary is not None and size_of(copy) <= summary.tail:
        return summary.heads
    try:
        with guard(), closing(connect(copy / RECORDS, key)) as connection:
            base = heads(connection)
    except AppError:
        return None if summary is None else summary.heads
    tail = tail_of(copy, key, base)
    return tail.heads(base) if summary is None or tail.is_sound else summary.heads


def tail_of(copy: Path, key: RawKey, base: Heads) -> Tail:
    """Return a copy's tail as far as it can be read; ``base`` are the full copy's last entries."""
    summary = summary_of(copy)
    return read_tail(copy, key, base, None if summary is None else summary.tail)


def _finish_erasing(folder: Path, key: RawKey) -> None:
    """Take no page into a copy that keeps somebody who was erased: a copy takes whole pages."""
    if (folder / ERASING).exists():
        from app.records.emptying import write_anew  # noqa: PLC0415 - once in many years

        with copying_to(folder), closing(connect(folder / RECORDS, key)) as connection:
            if write_anew(RecordsFile(connection)):
                (folder / ERASING).unlink(missing_ok=True)


@contextmanager
def copying_to(place: Path) -> Iterator[None]:
    """Say of whatever the user can mend that nothing is lost and where no copy could be made."""
    try:
        with guard(), disk_guard(place):
            yield
    except UserError as error:
        if error.message in (_UNLIKE, _NO_ROOM):
            raise
        raise UserError(_NO_COPY, path=place) from error


def source_of(connection: Any, folder: Path, key: RawKey) -> Standing:  # noqa: ANN401 - untyped
    """Return the records as they stand now, until the connection's transaction is ended.

    One reading transaction: what is compared is what was copied. It begins with a first read.
    """
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return Standing(connection, key, (folder / KEYS).read_bytes())


def _copied(source: Standing, folder: Path, clock: Clock) -> Copy:
    latest = latest_copy(folder)
    if latest is not None and _is_still(latest.path, source):
        return latest
    make_private(folder / COPIES)
    copy = _made(source, folder / COPIES / _HALF_MADE, _moment_after(latest, clock))
    for old in _surplus(source, folder):
        _take_away(old.path, folder / COPIES / _HALF_MADE)
    return copy


def _made(source: Standing, scratch: Path, moment: datetime) -> Copy:
    """Make a copy in a scratch folder, and let it count beside that only once it is checked."""
    with _filled(scratch, source):
        return _keep(scratch, moment)


@contextmanager
def _filled(scratch: Path, source: Standing) -> Iterator[Path]:
    """Lend a scratch folder with a checked copy in it; it goes unless it was given a name."""
    check_room(scratch.parent, _size(source))
    with scratch_folder(scratch):
        _fill(scratch, source)
        if not _vouch(scratch, source):
            raise UserError(_UNLIKE)
        yield scratch


def _size(source: Standing) -> int:
    pages, size = (
        int(source.connection.execute(f"PRAGMA {told}").fetchone()[0])
        for told in ("page_count", "page_size")
    )
    return pages * size + len(source.keys)


def check_room(place: Path, size: int) -> None:
    """Refuse to begin a copy for which the disk has no room; UserError says how much it takes."""
    needed = size + _BESIDE_A_COPY
    if free_space(place) < needed:
        raise UserError(_NO_ROOM, path=place, size=-(-needed // 1_000_000))


def _surplus(source: Standing, folder: Path) -> list[Copy]:
    """Return the copies that may go: too many of their time, and held by the journal whole.

    Those that nobody vouches for are counted apart, so that none stays in place of a sound one.
    """
    size = (folder / RECORDS).stat().st_size
    told = {copy: summary_of(copy.path) for copy in copies(folder)}
    vouched = {copy.moment: one for copy, one in told.items() if one and not one.is_tail_damaged}
    risky = [moment for moment, one in vouched.items() if one.is_before_risk]
    others = [copy.moment for copy in told if copy.moment not in vouched]
    staying = kept(vouched, size).union(kept(others, size), risky[:BEFORE_RISK])
    return [copy for copy in told if copy.moment not in staying and _is_held(copy.path, source)]


def _is_held(copy: Path, source: Standing) -> bool:
    wanted = heads_of(copy, source.key)
    return wanted is not None and are_held(source.connection, wanted)


def _take_away(copy: Path, aside: Path) -> None:
    """Remove a copy: under its own name it is whole, or not there."""
    with suppress(OSError):
        copy.rename(aside)
        shutil.rmtree(aside)


def _is_still(copy: Path, source: Standing) -> bool:
    """Say whether a full copy is what stands here; one without a summary is read to know it."""
    with suppress(OSError):
        if (copy / KEYS).read_bytes() == source.keys:
            summary = summary_of(copy)
            if summary is None:
                return not size_of(copy) and _vouch(copy, source)
            return not summary.tail and source.is_told_by(copy, summary)
    return False


def _vouch(copy: Path, source: Standing) -> bool:
    """Check a copy on every page; write its summary if it says what the records say."""
    content = content_of(source.connection)
    if _read(copy, source.key) != content:
        return False
    write_summary(copy, summary_for(content, source.key, source.keys))
    return True


def _read(copy: Path, key: RawKey) -> Content | None:
    """Return what a copy says, or nothing unless every page of it is sound."""
    try:
        with guard(), closing(connect(copy / RECORDS, key)) as connection:
            return content_of(connection) if _is_sound(connection) else None
    except AppError:
        return None


def _is_said(whole: Whole, summary: Summary, key: RawKey, keys: bytes) -> bool:
    """Say whether a summary tells what was read; what a damaged tail ended with nobody knows."""
    told = summary_for(whole.content, key, keys)
    if (summary.rows, summary.keys) != (told.rows, told.keys):
        return False
    at_mark = whole.tail.heads(told.heads, summary.tail)
    return not whole.tail.is_sound or summary.heads == at_mark


def _fill(scratch: Path, source: Standing) -> None:
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


def empty_log(connection: Any, ways: Iterable[str] = ("PASSIVE", "TRUNCATE")) -> None:  # noqa: ANN401 - sqlcipher3 ships no types
    """Bring the log into the file: most of it beside writers, only the rest in their way."""
    with suppress(AppError), guard():
        connection.execute("PRAGMA busy_timeout = 0")
        for way in ways:
            connection.execute(f"PRAGMA wal_checkpoint({way})")


def _is_sound(connection: Any) -> bool:  # noqa: ANN401 - sqlcipher3 ships no types
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        return False
    said = connection.execute("PRAGMA integrity_check").fetchall()
    return bool(said == [("ok",)])


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
