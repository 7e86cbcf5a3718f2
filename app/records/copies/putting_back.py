"""The end of putting a copy back, which an interruption leaves to the next opening.

Until the folder with what is ready has its name nothing has changed; from then on every opening
brings what was begun to its end. So whoever stops it, the old state is there or the new one. A
plan that is damaged keeps nobody out: whatever is still there goes aside, and every copy stays.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from app.clock import SystemClock
from app.paths import make_private, station_folder
from app.records.copies.anchor import new_aside
from app.records.file.database import INDEX, LOG
from app.records.file.files import discard_folder, disk_guard, sync_folder
from app.records.file.names import COPIES, RECORDS, SET_ASIDE, moment_of
from app.records.keys.keyfile import KEYS
from app.records.station import Known, Notes

READY = ".restore"
"""The folder of a copy that is being put back, complete."""
HALF_READY = f"{READY}.new"
"""The same while it is being filled."""
PLAN = "plan.json"
_WHOLE = (RECORDS, RECORDS + LOG, RECORDS + INDEX, KEYS)


class Plan(Struct, frozen=True):
    """What goes aside: into which folder, if anything was there, and which copies.

    ``known`` is what the machine is to know of the records from then on, if it takes notes.
    """

    aside: str
    copies: tuple[str, ...]
    known: Known | None = None

    def has_our_names(self) -> bool:
        """Say whether these are names that we give, so that nothing else is moved by them."""
        named = (*self.copies, *([self.aside] if self.aside else []))
        return all(moment_of(name) is not None for name in named)


def finish(folder: Path) -> None:
    """Bring a copy that was being put back into its place, for whoever holds the folder.

    Each step leaves what the next beginning of it needs. UserError where the disk refuses.
    """
    ready = folder / READY
    with disk_guard(folder):
        if (ready / RECORDS).exists():
            plan = _plan_for(folder)
            aside = folder / SET_ASIDE / plan.aside
            if plan.aside and (ready / KEYS).exists():
                _move(_WHOLE, folder, aside)
            if plan.copies:
                _move(plan.copies, folder / COPIES, aside / COPIES)
            if plan.known is not None:
                Notes(station_folder(), folder).write(plan.known)
            # The records come last: while they are missing here, there is something to finish.
            _move((KEYS,), ready, folder)
            _move((RECORDS,), ready, folder)
        discard_folder(ready)


def _plan_for(folder: Path) -> Plan:
    """Return the plan; where nobody can read it, one by which nothing is lost.

    A copy that goes beyond the one put back is then named at the opening, and answered there.
    """
    try:
        plan = msgspec.json.decode((folder / READY / PLAN).read_bytes(), type=Plan)
    except (OSError, ValueError):  # damaged, or not even text
        return Plan(_aside_for(folder), ())
    return plan if plan.has_our_names() else Plan(_aside_for(folder), ())


def _aside_for(folder: Path) -> str:
    """Return the folder that an interrupted end has begun to fill, else the name of a new one."""
    places = (one for one in (folder / SET_ASIDE).glob("*") if moment_of(one.name) is not None)
    for one in sorted(places, reverse=True):
        there = {path.name for path in one.iterdir()}
        # Records are here or there; the keys are the last that moves.
        is_begun = (RECORDS in there) is not (folder / RECORDS).exists()
        if is_begun and there <= set(_WHOLE) - {KEYS}:
            return one.name
    return new_aside(folder, SystemClock().now().utc).name


def _move(names: Iterable[str], source: Path, target: Path) -> None:
    """Move what is there of these; what is not has been moved before."""
    if not (target.exists() or any((source / name).exists() for name in names)):
        return
    make_private(target)
    for name in names:
        if (source / name).exists():
            (source / name).rename(target / name)
    sync_folder(target)
    sync_folder(source)
