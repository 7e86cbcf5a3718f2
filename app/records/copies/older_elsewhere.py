"""Copies in a second place that still hold somebody who was erased: found, replaced, removed."""

from collections.abc import Callable, Iterator
from pathlib import Path

from app.errors import AppError, UserError
from app.records.copies.archive import bring
from app.records.copies.backup import Copy
from app.records.copies.older_copy import AHEAD, OlderCopy
from app.records.copies.second_place import SecondPlace
from app.records.file.files import disk_guard
from app.records.file.names import RECORDS
from app.records.file.outside import temporary_folder
from app.records.keys.rawkey import RawKey

Tells = Callable[[Path], bool]
"""Says whether records, at their path, tell of anybody erased."""


class OlderElsewhere:
    """The copies of these records in the second place; none where it is not there."""

    def __init__(self, second: SecondPlace, key: RawKey) -> None:
        self._second = second
        self._key = key

    def holding(self, tells: Tells) -> Iterator[OlderCopy]:
        """Yield those that tell of anybody erased, or may: an older key may open them."""
        for one in self._second.own(self._key):
            holds = self._holds(one.path, tells) if one.opens else None
            if holds is not False:
                yield OlderCopy(
                    Copy(one.moment, one.path),
                    is_readable=holds is not None,
                    is_ahead=not one.is_held,
                )

    def away(self) -> Path | None:
        """Return where the place is, if copies went there and it is not there now."""
        state = self._second.state()
        if state is None or state.is_there or state.last is None:
            return None
        return state.path

    def replace(self, old: Copy, fresh: Copy) -> None:
        """Have a copy without the erased go there, read back; then remove the one with them."""
        made = self._second.carry(fresh, self._key)
        if made != old.path:
            self.remove(old)

    def remove(self, old: Copy) -> None:
        """Remove a copy; UserError, and it stays, where it holds what the records do not."""
        with disk_guard(old.path):
            is_there = old.path.exists()
        if is_there:
            if not any(one.is_held for one in self._second.own(self._key) if one.path == old.path):
                raise UserError(AHEAD, copy=old.path.name)
            with disk_guard(old.path):
                old.path.unlink(missing_ok=True)

    def _holds(self, path: Path, tells: Tells) -> bool | None:
        try:
            with temporary_folder() as scratch:
                bring(path, scratch, self._key)
                return tells(scratch / RECORDS)
        except (AppError, OSError):
            return None
