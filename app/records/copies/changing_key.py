"""The end of a new key, which an interruption leaves to the next opening.

Until the folder with what is ready has its name nothing has changed; from then on every opening
brings what was begun to its end. So whoever stops it, records, keys and copies are those of the
old key or those of the new one. A plan that is damaged keeps nobody out: every copy stays, and
those that were to go still open with the old key.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from app.paths import make_private
from app.records.file.database import INDEX, LOG
from app.records.file.files import discard_folder, disk_guard, sync_folder
from app.records.file.names import COPIES, RECORDS, moment_of
from app.records.keys.keyfile import KEYS

READY = ".new-key"
"""The folder of records, keys and copies under a new key, complete."""
HALF_READY = f"{READY}.new"
"""The same folder while it is being filled: it counts for nothing, and may go at any time."""
PLAN = "plan.json"
_OLD = "old"


class Plan(Struct, frozen=True):
    """Which copies go, by name, in place of being renewed."""

    removed: tuple[str, ...]


def finish(folder: Path) -> None:
    """Bring a new key that counts to its end, for whoever holds the folder and has nothing open.

    UserError where the disk refuses.
    """
    put_in_place(folder)
    clear_away(folder)


def put_in_place(folder: Path) -> None:
    """Move what is ready to where it belongs; each step leaves what its next beginning needs."""
    ready = folder / READY
    with disk_guard(folder):
        if not (ready / RECORDS).exists():
            return
        old = ready / _OLD
        make_private(old)
        _move(_removed(ready), folder / COPIES, old)
        for path in sorted((ready / COPIES).glob("*")):
            _move((path.name,), folder / COPIES, old)
            _move((path.name,), ready / COPIES, folder / COPIES)
        # The new file holds what stood in the old one's log.
        _move((RECORDS + LOG, RECORDS + INDEX), folder, old)
        if (ready / KEYS).exists():
            (ready / KEYS).replace(folder / KEYS)
        # The records come last: while they are still here, there is something to finish.
        (ready / RECORDS).replace(folder / RECORDS)
        sync_folder(folder)


def clear_away(folder: Path) -> None:
    """Remove what the old key still opens of what was replaced."""
    with disk_guard(folder):
        discard_folder(folder / READY)


def _removed(ready: Path) -> tuple[str, ...]:
    """Return which copies go; none where nobody can read it, or it names something else."""
    try:
        plan = msgspec.json.decode((ready / PLAN).read_bytes(), type=Plan)
    except (OSError, ValueError):  # damaged, or not even text
        return ()
    return plan.removed if all(map(moment_of, plan.removed)) else ()


def _move(names: Iterable[str], source: Path, target: Path) -> None:
    """Move what is there of these; what is not has been moved before."""
    for name in names:
        if (source / name).exists():
            (source / name).rename(target / name)
    if source.exists():
        sync_folder(source)
    sync_folder(target)
