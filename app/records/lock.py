"""One process holds a data folder. The system lets go when that process ends, however it ends.

What is held is an empty file beside the records, in an open transaction of SQLite: it knows how
every system locks, and it is here already.
"""

from pathlib import Path
from typing import Any

from app.errors import N_, UserError
from app.records.database import seize
from app.records.files import disk_guard

LOCK = "records.lock"
_HELD = N_(
    "OMS Bedside is already open with these data. "
    "Go on in the window that is open, or close it first."
)


class FolderLock:
    """A held data folder; ``release`` lets it go and may be called twice."""

    def __init__(self, held: Any) -> None:  # noqa: ANN401 - sqlcipher3 ships no types
        self._held = held

    def release(self) -> None:
        """Let the folder go."""
        self._held.close()


def hold(folder: Path) -> FolderLock:
    """Hold a folder that exists; UserError if another process, or this one, already does."""
    with disk_guard(folder):
        held = seize(folder / LOCK)
    if held is None:
        raise UserError(_HELD)
    return FolderLock(held)
