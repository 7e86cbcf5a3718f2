"""The end of putting a copy back, which an interruption leaves to the next opening.

Until the folder with what is ready has its name nothing has changed; from then on every opening
brings what was begun to its end. So whoever stops it, the old state is there or the new one.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from app.records.file.database import INDEX, LOG
from app.records.file.files import discard_folder, disk_guard, sync_folder
from app.records.file.names import COPIES, RECORDS, SET_ASIDE
from app.records.keys.keyfile import KEYS

READY = ".restore"
"""The folder of a copy that is being put back, complete."""
HALF_READY = f"{READY}.new"
"""The same while it is being filled."""
PLAN = "plan.json"
_WHOLE = (RECORDS, RECORDS + LOG, RECORDS + INDEX, KEYS)


class Plan(Struct, frozen=True):
    """What goes aside: into which folder, if anything was there, and which copies."""

    aside: str
    copies: tuple[str, ...]


def finish(folder: Path) -> None:
    """Bring a copy that was being put back into its place, for whoever holds the folder.

    Each step leaves what the next beginning of it needs. UserError where the disk refuses.
    """
    ready = folder / READY
    with disk_guard(folder):
        if (ready / RECORDS).exists():
            plan = msgspec.json.decode((ready / PLAN).read_bytes(), type=Plan)
            aside = folder / SET_ASIDE / plan.aside
            if plan.aside and (ready / KEYS).exists():
                _move(_WHOLE, folder, aside)
            if plan.copies:
                _move(plan.copies, folder / COPIES, aside / COPIES)
            # The records come last: while they are missing here, there is something to finish.
            _move((KEYS,), ready, folder)
            _move((RECORDS,), ready, folder)
        discard_folder(ready)


def _move(names: Iterable[str], source: Path, target: Path) -> None:
    """Move what is there of these; what is not has been moved before."""
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in names:
        if (source / name).exists():
            (source / name).rename(target / name)
    sync_folder(target)
    sync_folder(source)
