"""Copies that still hold somebody who was erased: found, renewed without them, or removed."""

from collections.abc import Collection, Mapping
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import N_, AppError, Damage, UserError
from app.records.copies.backup import (
    Copy,
    copies,
    is_before_risk,
    latest_copy,
    stay_longer,
    sum_up,
)
from app.records.copies.fetching import fetch
from app.records.copies.older_copy import OlderCopy
from app.records.emptying import HOLDS, take_out_whole, write_anew
from app.records.file.database import connect, guard, open_database
from app.records.file.files import (
    discard_folder,
    disk_guard,
    scratch_folder,
    sync_file,
    sync_folder,
)
from app.records.file.names import COPIES, RECORDS, SET_ASIDE, SUMMARY, name_of
from app.records.keys.keyfile import KEYS
from app.records.keys.rawkey import RawKey
from app.records.schema import prepare

if TYPE_CHECKING:
    from app.records.copies.older_elsewhere import OlderElsewhere
    from app.records.copies.second_place import SecondPlace

_SCRATCH = ".new"
"""Where a copy is made and taken away; what a kill leaves there goes at the next start."""
_NEWEST_HOLDS = N_(
    "The newest copy here still holds somebody who was erased. Renew it first, or make another "
    "one."
)
_KNOWN = {RECORDS, KEYS, SUMMARY}
_NOT_RENEWED = N_("The copy {copy} could not be renewed and is as it was. It can be removed.")


class OlderCopies:
    """The copies of a data folder and of its second place, for one thread at a time."""

    def __init__(self, folder: Path, key: RawKey, second: "SecondPlace | None" = None) -> None:
        self._folder = folder
        self._key = key
        self._second = second

    def holding(self, erased: Collection[bytes]) -> tuple[OlderCopy, ...]:
        """Return copies that tell of anybody erased, or may: those here come first."""
        found = ((copy, self._holds(copy.path, erased)) for copy in copies(self._folder))
        here = tuple(
            OlderCopy(copy, is_readable=holds is not None)
            for copy, holds in found
            if holds is None or holds
        )
        elsewhere = self._elsewhere()
        if elsewhere is None:
            return here
        return (*here, *elsewhere.holding(partial(self._tells, erased)))

    def away(self) -> Path | None:
        """Return the second place, whose copies may hold the erased, if it is not there."""
        elsewhere = self._elsewhere()
        return None if elsewhere is None else elsewhere.away()

    def set_aside(self) -> tuple[Path, ...]:
        """Return what was set aside whole: nothing there is renewed, and it may hold anybody."""
        place = self._folder / SET_ASIDE
        with disk_guard(self._folder):
            return tuple(sorted(place.iterdir())) if place.is_dir() else ()

    def clean(self, one: OlderCopy, erased: Mapping[bytes, int], *, renews: bool) -> None:
        """Renew a copy without the erased, or remove it, here or in the second place.

        In the second place the newest copy goes there first. Raises as ``renew``; UserError where
        the place is not there any more.
        """
        elsewhere = self._elsewhere() if one.is_elsewhere else None
        if elsewhere is not None and renews:
            elsewhere.replace(one.copy, self._newest(erased))
        elif elsewhere is not None:
            elsewhere.remove(one.copy)
        elif renews:
            self.renew(one.copy, erased)
        else:
            self.remove(one.copy)

    def renew(self, copy: Copy, erased: Mapping[bytes, int]) -> None:
        """Put a copy without the erased, whom their entries name, in the place of one with them.

        Damage if it cannot be read whole; it is then as it was. Killed at any moment, the old
        copy is there, or the new one, or both.
        """
        with scratch_folder(self._folder / COPIES / _SCRATCH) as scratch:
            self._bring(copy, scratch)
            with guard(), closing(open_database(scratch / RECORDS, self._key)) as database:
                prepare(database)
                for patient, entry in erased.items():
                    take_out_whole(database, patient, entry)
                write_anew(database)
                database.execute("PRAGMA journal_mode = DELETE")
            if self._holds(scratch, erased) is not False or not sum_up(scratch, self._key):
                raise Damage(_NOT_RENEWED, copy=copy.path.name)
            if is_before_risk(copy.path):
                stay_longer(scratch)
            # The one with them goes next, so the disk must have all of this one.
            for name in (RECORDS, KEYS):
                sync_file(scratch / name)
            sync_folder(scratch)
            scratch.rename(self._name_after(copy))
            sync_folder(self._folder / COPIES)
        self.remove(copy)

    def remove(self, copy: Copy) -> None:
        """Remove a copy: under its own name it is whole, or not there."""
        away = self._folder / COPIES / _SCRATCH
        with disk_guard(copy.path):
            discard_folder(away)
            copy.path.rename(away)
            sync_folder(away.parent)
            discard_folder(away)

    def _newest(self, erased: Collection[bytes]) -> Copy:
        newest = latest_copy(self._folder)
        if newest is None or self._holds(newest.path, erased) is not False:
            raise UserError(_NEWEST_HOLDS)
        return newest

    def _elsewhere(self) -> "OlderElsewhere | None":
        if self._second is None:
            return None
        from app.records.copies.older_elsewhere import OlderElsewhere  # noqa: PLC0415 - few have one

        return OlderElsewhere(self._second, self._key)

    def _bring(self, copy: Copy, scratch: Path) -> None:
        try:
            fetch(copy.path, scratch, self._key)
        except Damage as error:
            raise Damage(_NOT_RENEWED, copy=copy.path.name) from error

    def _name_after(self, copy: Copy) -> Path:
        moment = copy.moment
        while (place := copy.path.with_name(name_of(moment))).exists():
            moment += timedelta(milliseconds=1)
        return place

    def _holds(self, path: Path, erased: Collection[bytes]) -> bool | None:
        """Say whether a copy tells of anybody erased; nothing where nobody can say."""
        try:
            if self._tells(erased, path / RECORDS):
                return True
            # What stands beside the records of a copy is read with them.
            if {one.name for one in path.iterdir()} <= _KNOWN:
                return False
            with scratch_folder(self._folder / COPIES / _SCRATCH) as scratch:
                fetch(path, scratch, self._key)
                return self._tells(erased, scratch / RECORDS)
        except (AppError, OSError):
            return None

    def _tells(self, erased: Collection[bytes], records: Path) -> bool:
        with guard(), closing(connect(records, self._key, mode="ro")) as file:
            return any(file.execute(HOLDS, [patient]).fetchone() for patient in erased)
