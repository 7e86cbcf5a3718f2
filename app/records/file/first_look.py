"""The first look at a file and the log beside it: an opening that is refused changes no byte.

SQLite brings a log into its file and deletes it when the last connection closes, whether or not
the opening came to anything, and whosever log it is. So somebody who only reads looks on until
the store stands: while he is there SQLite does neither, and he himself never does. A log whose
first page was not sealed with this file's key belongs to other records; it is set aside before
SQLite sees it.
"""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.clock import Clock
from app.errors import N_, Damage
from app.paths import make_private
from app.records.file.database import INDEX, LOG, RecordsFile, beside, guard, watching
from app.records.file.files import disk_guard, sync_folder
from app.records.file.names import SET_ASIDE, name_of
from app.records.keys.rawkey import RawKey
from app.records.schema import check_version

PAGE_BYTES, _SEAL_BYTES, _SALT_BYTES = 4096, 64, 16
_LOG_HEAD, _PAGE_BEGINS = 32, 56
"""Where in a log the number of its first page stands, and where that page begins."""
_SEAL_MASK = 0x3A
_NOT_WHOLE = N_(
    "The records file is damaged on some of its pages. Nothing was changed. "
    "A checked copy can be put back."
)


FOREIGN_LOG = N_(
    "Beside the records lay a log that does not belong to them. It was set aside as {path}; the "
    "records are as their own file tells them. If a copy was put back, all is as it should be."
)
"""What is told where a log was set aside."""


@contextmanager
def unchanged_if_refused(path: Path, key: RawKey, clock: Clock) -> Iterator[Path | None]:
    """Lend where a log of other records was set aside, if one was, while a file is opened.

    Where the opening inside fails, or the look before it, all is put back byte for byte: Damage
    if the key does not open the file or a copy put back is not whole, UserError if a newer app
    made it. For whoever holds the folder.
    """
    with (
        disk_guard(path.parent),
        _without_foreign_log(path, key, clock) as aside,
        _watched(path, key),
    ):
        yield aside


def is_sealed_with(path: Path, key: RawKey) -> bool:
    """Say whether the first page of a file carries a seal made with this key; reads that alone."""
    return is_sealed_page(_beginning(path, PAGE_BYTES), key)


def is_sealed_page(page: bytes, key: RawKey) -> bool:
    """Say the same of a file's first page, wherever it was read."""
    return _is_sealed(page, 1, _seal_key(key, page[:_SALT_BYTES]))


@contextmanager
def _watched(path: Path, key: RawKey) -> Iterator[None]:
    log, index = beside(path, LOG), beside(path, INDEX)
    had_log = log.exists()
    before = index.read_bytes() if index.exists() else None
    try:
        with guard(), watching(path, key) as watcher:
            _look(watcher, log)
            yield
    except BaseException:
        if not had_log:
            log.unlink(missing_ok=True)
        _put_back(index, before)
        raise


def _look(watcher: RecordsFile, log: Path) -> None:
    check_version(watcher)
    # Reading makes the log of a file that keeps one. One that keeps none is a copy put back, and
    # its first opening changes it for good.
    if not log.exists() and watcher.execute("PRAGMA cipher_integrity_check").fetchall():
        raise Damage(_NOT_WHOLE)


def _put_back(index: Path, before: bytes | None) -> None:
    if before is None:
        index.unlink(missing_ok=True)
    elif index.read_bytes() != before:
        index.write_bytes(before)


@contextmanager
def _without_foreign_log(path: Path, key: RawKey, clock: Clock) -> Iterator[Path | None]:
    log = beside(path, LOG)
    if not _is_foreign(path, log, key):
        yield None
        return
    aside = path.parent / SET_ASIDE / f"{log.name}-{name_of(clock.now().utc)}"
    make_private(aside.parent)
    log.rename(aside)
    try:
        yield aside
    except BaseException:
        aside.rename(log)
        if not any(aside.parent.iterdir()):
            aside.parent.rmdir()
        raise
    sync_folder(path.parent)


def _is_foreign(path: Path, log: Path, key: RawKey) -> bool:
    """Say whether the file is sealed with this key, and the first page of its log is not.

    All pages of a log were written to one file, so the first tells for all.
    """
    page = _beginning(path, PAGE_BYTES)
    frame = _beginning(log, _PAGE_BEGINS + PAGE_BYTES)
    if len(frame) < _PAGE_BEGINS + PAGE_BYTES:
        return False
    seal_key = _seal_key(key, page[:_SALT_BYTES])
    number = int.from_bytes(frame[_LOG_HEAD : _LOG_HEAD + 4], "big")
    is_own = _is_sealed(frame[_PAGE_BEGINS:], number, seal_key)
    return not is_own and _is_sealed(page, 1, seal_key)


def _beginning(path: Path, count: int) -> bytes:
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(count)


def _seal_key(key: RawKey, salt: bytes) -> bytes:
    """Return the key of a file's seals, as SQLCipher 4 derives it."""
    masked = bytes(each ^ _SEAL_MASK for each in salt)
    return hashlib.pbkdf2_hmac("sha512", key, masked, 2, len(key))


def _is_sealed(page: bytes, number: int, seal_key: bytes) -> bool:
    """Say whether a page carries its own seal: over all of it but the salt, and its number."""
    told = page[_SALT_BYTES if number == 1 else 0 : -_SEAL_BYTES] + number.to_bytes(4, "little")
    return hmac.compare_digest(hmac.digest(seal_key, told, "sha512"), page[-_SEAL_BYTES:])
