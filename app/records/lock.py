"""One process holds a data folder. The system lets go when that process ends, however it ends."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import N_, UserError
from app.records.files import disk_guard

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK = "records.lock"
_HELD = N_(
    "OMS Bedside is already open with these data. "
    "Go on in the window that is open, or close it first."
)


class FolderLock:
    """A held data folder; ``release`` lets it go and may be called twice."""

    def __init__(self, held: "BaseFileLock") -> None:
        self._held = held

    def release(self) -> None:
        """Let the folder go."""
        self._held.release()


def hold(folder: Path) -> FolderLock:
    """Hold a folder that exists; UserError if another process, or this one, already does."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - a tenth of a second, once

    # A disk that cannot lock is refused: a lock by mere existence would outlive a crash.
    lock = FileLock(
        folder / LOCK, timeout=0, mode=0o600, thread_local=False, fallback_to_soft=False
    )
    with disk_guard(folder):
        try:
            lock.acquire()
        except Timeout:
            raise UserError(_HELD) from None
    return FolderLock(lock)
