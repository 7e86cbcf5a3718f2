"""Whether the files of open records are still the ones that were opened.

A file that is removed or replaced goes on as before for whoever has it open, and what he writes
there is lost when he closes it. Everybody else meets the file that took its place.
"""

import os
from pathlib import Path

from app.errors import N_, UserError

_LOCK_GONE = N_(
    "The file {file} was removed or replaced while the records were open here, so others could "
    "have opened them. Nothing more is saved from here; what was saved before is safe. "
    "Please close OMS Bedside and open it again."
)
_RECORDS_GONE = N_(
    "The file {file} was removed or replaced while the records were open here. Nothing more is "
    "saved or copied from here. Put it back if you have moved it; if not, please close OMS "
    "Bedside and look at what is in the folder of the records now."
)
_Identity = tuple[int, int] | None
_SHARED_FIRST, _SHARED_COUNT = 0x40000002, 510
"""Which bytes of a file SQLite locks on a Unix for as long as it has it open with a log."""


class InPlace:
    """The files of open records as they were found: the lock, the records, and what lies beside.

    SQLite takes the files beside the records away when it closes them, and not before.
    """

    def __init__(self, lock: Path, records: Path, *beside: Path) -> None:
        found = {path: _identity(path) for path in (lock, records, *beside)}
        self._found = {path: known for path, known in found.items() if known is not None}
        self._kept = (lock, records)
        self._beside = beside

    def look_again(self) -> None:
        """Take what lies beside the records now for what belongs there: they were opened anew."""
        found = {path: _identity(path) for path in self._beside}
        kept = {path: known for path, known in self._found.items() if path in self._kept}
        self._found = kept | {path: known for path, known in found.items() if known is not None}

    def check(self) -> None:
        """Refuse, in a sentence that names the file, where one was removed or replaced."""
        for path in self._found:
            self._check(path)

    def check_kept(self) -> None:
        """Refuse the same of the lock and the records, which stay when they are closed."""
        for path in self._kept:
            self._check(path)

    def _check(self, path: Path) -> None:
        if _identity(path) != self._found.get(path):
            message = _LOCK_GONE if path == self._kept[0] else _RECORDS_GONE
            raise UserError(message, file=path.name)


def is_open_elsewhere(path: Path) -> bool:
    """Say whether another process has records open that this one does not have open yet.

    Whatever became of the lock file. Where open files cannot be removed nobody need ask.
    """
    if os.name == "nt":  # pragma: no cover - Windows removes no open file
        return False
    import fcntl  # noqa: PLC0415 - not there on Windows

    with path.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_COUNT, _SHARED_FIRST)
        except BlockingIOError:
            return True
    return False


def _identity(path: Path) -> _Identity:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
