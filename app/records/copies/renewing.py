"""Records and copies written anew under another key: page by page, and checked as a copy is."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec import Struct

from app.errors import N_, UserError
from app.paths import make_private
from app.records.copies.backup import (
    Copy,
    Tell,
    copies,
    heads_of,
    is_before_risk,
    stay_longer,
    vouch,
)
from app.records.copies.fetching import fetch
from app.records.copies.heads import are_held
from app.records.copies.tiers import LARGE, kept
from app.records.file.database import RecordsFile, connect, guard
from app.records.file.files import disk_guard, scratch_folder, sync_file, write_whole
from app.records.file.first_look import is_sealed_with
from app.records.file.names import COPIES, RECORDS, SET_ASIDE
from app.records.keys.keyfile import KEYS
from app.records.keys.rawkey import RawKey

_PAGES_AT_ONCE = 256
_FETCHED = "fetched"
_UNLIKE = N_(
    "What was written under the new key did not pass its check. Nothing was changed. "
    "Check the disk."
)


class KeyChange(Struct, frozen=True):
    """From which key to which, and the content of the keys file for the new one."""

    old: RawKey
    new: RawKey
    keys: bytes

    def __repr__(self) -> str:
        """Leave the keys out: what is shown may end in a log."""
        return "KeyChange(…)"


def renew(path: Path, place: Path, change: KeyChange, tell: Tell) -> None:
    """Write a file of records anew into a folder, with its keys and what a copy has beside it.

    All of it stands in one reading transaction, also beside whoever writes. UserError if the disk
    refuses or what was written is not alike on every page, Damage if the file is damaged.
    """
    with guard(), disk_guard(place), closing(connect(path, change.old)) as source:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        write_whole(place / KEYS, change.keys)
        _fill(source, place / RECORDS, change.new, tell)
        if not vouch(place, change.new, source):
            raise UserError(_UNLIKE)


def renew_copy(copy: Path, place: Path, change: KeyChange, tell: Tell) -> None:
    """Write all that a copy holds anew, as a copy of the same content under the new key.

    ``place`` is made; until it is whole nobody may take it for a copy, and what a failure leaves
    there is for the caller. The copy itself is only read. Damage if it is not as it was made,
    UserError as ``renew``.
    """
    with disk_guard(place):
        make_private(place)
    with scratch_folder(place.parent / _FETCHED) as scratch:
        fetch(copy, scratch, change.old)
        renew(scratch / RECORDS, place, change, tell)
    if is_before_risk(copy):
        stay_longer(place)


def surplus(folder: Path, key: RawKey, database: RecordsFile) -> tuple[Copy, ...]:
    """Return the copies that can go instead of being renewed: more than large records keep.

    One of which the journal does not hold the end is none of them.
    """
    found = copies(folder)
    stay = kept((copy.moment for copy in found), LARGE + 1)
    with guard():
        return tuple(
            copy
            for copy in found
            if copy.moment not in stay
            and (wanted := heads_of(copy.path, key)) is not None
            and are_held(database, wanted)
        )


def left_behind(folder: Path, key: RawKey) -> tuple[Path, ...]:
    """Return what lies in a data folder and does not open with its key: an older one may open it.

    Copies that could not be renewed, and what was set aside.
    """
    with disk_guard(folder):
        return tuple(
            path for path in _all_records(folder) if not is_sealed_with(path / RECORDS, key)
        )


def _all_records(folder: Path) -> Iterator[Path]:
    for place in (COPIES, SET_ASIDE, f"{SET_ASIDE}/*/{COPIES}"):
        yield from sorted(path.parent for path in folder.glob(f"{place}/*/{RECORDS}"))


def _fill(source: Any, path: Path, key: RawKey, tell: Tell) -> None:  # noqa: ANN401 - untyped
    def confirm(_status: int, remaining: int, whole: int) -> None:
        sync_file(path)
        tell(1 - remaining / max(whole, 1))

    path.touch(mode=0o600)
    with closing(connect(path, key)) as target:
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target, pages=_PAGES_AT_ONCE, progress=confirm)
        target.execute("PRAGMA journal_mode = DELETE")
    sync_file(path)
