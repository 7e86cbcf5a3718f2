"""What is left where records are damaged: what can be read of them, and which copy is good.

Nothing is written beside them: the damaged files are copied, encrypted as they are, to where this
machine keeps what is temporary, and only that copy is opened.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from app.errors import AppError, Damage
from app.records.copies.archive import bring
from app.records.copies.backup import copies
from app.records.copies.comparison import Comparison, compare
from app.records.copies.inventory import CopyState, state_of
from app.records.file.database import LOG, beside, connect, guard
from app.records.file.files import disk_guard
from app.records.file.names import RECORDS
from app.records.file.outside import temporary_folder
from app.records.keys import vault
from app.records.keys.keyfile import KEYS
from app.records.keys.rawkey import RawKey, wiped


class Left(Struct, frozen=True):
    """What each copy holds, newest first; the newest good one, and what would be missing with it.

    ``comparison`` is not there where nothing can be read of the records, or no copy is good.
    """

    states: tuple[CopyState, ...]
    is_readable: bool
    comparison: Comparison | None = None

    @property
    def best(self) -> CopyState | None:
        """The newest copy that was read whole; one that is damaged at its end if that goes on."""
        whole = next((state for state in self.states if state.is_verified), None)
        return next((one for one in self.states if one.is_cut and _goes_on(one, whole)), whole)


def _goes_on(one: CopyState, other: CopyState | None) -> bool:
    """Say whether a copy ends later than another one, or than none at all."""
    if other is None or other.end is None or one.end is None:
        return other is None
    return one.end.moment.milliseconds > other.end.moment.milliseconds


def unlock_any(folder: Path, secret: str | None) -> vault.Unlocked:
    """Return the key by the keys of a folder, or where those are damaged by those of its copies.

    UserError for a secret that opens none of them, Damage where there are no keys at all.
    """
    try:
        return vault.unlock(folder, secret)
    except (Damage, vault.NeedlessSecret) as problem:
        refused: AppError = problem
    tried = set()
    for copy in copies(folder):
        with suppress(OSError):
            content = (copy.path / KEYS).read_bytes()
            if content in tried:
                continue
            tried.add(content)
        try:
            return vault.unlock(copy.path, secret)
        except AppError as problem:
            refused = problem if isinstance(problem, vault.WrongSecret) else refused
    raise refused


def look(folder: Path, secret: str | None) -> Left:
    """Read what is left: every copy, and of the records what lets itself be read.

    UserError for a secret that opens nothing here.
    """
    unlocked = unlock_any(folder, secret)
    with wiped(unlocked.key):
        left = Left(
            tuple(state_of(copy.path, unlocked.key) for copy in copies(folder)),
            is_readable=_is_readable(folder, unlocked.key),
        )
        if left.best is None or not left.is_readable:
            return left
        return Left(left.states, True, _compared(folder, left.best, unlocked))  # noqa: FBT003 - told by its name above


class DamagedFile:
    """Damaged records that are asked as a connection is.

    Once a page did not carry its seal, SQLCipher refuses every further one of that connection. So
    what is refused is asked once more by a new one, which meets only its own damage.
    """

    def __init__(self, path: Path, key: RawKey) -> None:
        self._path = path
        self._key = key
        self._connection = connect(path, key)

    def execute(self, sql: str, values: Sequence[object] = ()) -> Any:  # noqa: ANN401 - a cursor of sqlcipher3
        """Run one question and return its cursor."""
        try:
            with guard():
                return self._connection.execute(sql, values)
        except AppError:
            self.close()
            self._connection = connect(self._path, self._key)
            return self._connection.execute(sql, values)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


@contextmanager
def damaged_records(folder: Path, key: RawKey) -> Iterator[DamagedFile]:
    """Lend a copy of the records as they lie there, with the log beside them."""
    path = folder / RECORDS
    with temporary_folder() as place, disk_guard(path):
        for each in (path, beside(path, LOG)):
            if each.is_file():
                shutil.copyfile(each, place / each.name)
        with guard(), closing(DamagedFile(place / RECORDS, key)) as damaged:
            yield damaged


def _is_readable(folder: Path, key: RawKey) -> bool:
    try:
        with damaged_records(folder, key) as connection:
            return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except AppError:
        return False


def _compared(folder: Path, best: CopyState, unlocked: vault.Unlocked) -> Comparison | None:
    try:
        with temporary_folder() as scratch, damaged_records(folder, unlocked.key) as here:
            bring(best.path, scratch, unlocked.key, as_far_as_sound=best.is_cut)
            with closing(connect(scratch / RECORDS, unlocked.key)) as there:
                return compare(here, there, unlocked.user)
    except AppError:
        return None
