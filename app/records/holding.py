"""What a store has around its file: the folder that is copied, checked and let go."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.clock import Clock
from app.errors import N_, UserError
from app.records.anchor import Ahead, copies_ahead, put_aside
from app.records.backup import (
    RECORDS,
    Copy,
    Tell,
    copy_elsewhere,
    copy_verified,
    damaged_copies,
    is_copied,
)
from app.records.database import RecordsFile, open_database
from app.records.station import Notes

if TYPE_CHECKING:
    from app.records.inventory import CopyState


class Holding:
    """What a store without a folder has: nothing to copy and nothing to let go.

    ``notes`` are where the machine remembers which station this file is, if anything does.
    """

    def __init__(self, notes: Notes | None = None) -> None:
        self.notes = notes

    def copy(self) -> None:
        """Make a checked copy if something changed; UserError or Damage if none can be made."""

    def is_copied(self) -> bool:
        """Say whether the newest copy is what is saved now; quick, and nothing is read anew."""
        return True

    def backup(self, place: Path | None) -> Copy:  # noqa: ARG002 - there is no folder to copy
        """Return a checked copy of what is saved now; UserError or Damage if none can be made."""
        raise UserError(N_("These records have no folder, so they cannot be copied."))

    def copy_states(self) -> "tuple[CopyState, ...]":
        """Read every copy and return what each holds, newest first."""
        return ()

    def damaged_copies(self, tell: Tell) -> tuple[str, ...]:  # noqa: ARG002 - there is none
        """Return the names of the copies that are damaged; ``tell`` hears how far that is."""
        return ()

    def copies_ahead(self, database: RecordsFile) -> tuple[Ahead, ...]:  # noqa: ARG002 - as above
        """Return the copies that hold what these records do not, newest first."""
        return ()

    def put_aside(self, ahead: tuple[Ahead, ...]) -> None:
        """Take copies out from among the others, whole."""

    @contextmanager
    def apart(self, database: RecordsFile) -> Iterator[RecordsFile]:
        """Lend the records to read them beside whoever writes."""
        yield database

    def let_go(self) -> None:
        """Copy what changed and let the folder go, even where no copy can be made."""


class FolderHolding(Holding):
    """An open data folder. Its copies are made by one thread at a time, whichever it is."""

    def __init__(
        self,
        folder: Path,
        key: bytes,
        *,
        clock: Clock,
        release: Callable[[], None],
        notes: Notes | None,
    ) -> None:
        super().__init__(notes)
        self._folder = folder
        self._key = key
        self._clock = clock
        self._release = release

    def copy(self) -> None:
        """Make a checked copy if something changed; UserError or Damage if none can be made."""
        self.backup(None)

    def is_copied(self) -> bool:
        """Say whether the newest copy is what is saved now; quick, and nothing is read anew."""
        return is_copied(self._folder, self._key)

    def backup(self, place: Path | None) -> Copy:
        """Return a checked copy of what is saved now, in the folder or elsewhere.

        UserError or Damage if none can be made.
        """
        if place is None:
            return copy_verified(self._folder, self._key, self._clock)
        return copy_elsewhere(self._folder, self._key, self._clock, place)

    def copy_states(self) -> "tuple[CopyState, ...]":
        """Read every copy and return what each holds, newest first."""
        from app.records.inventory import states  # noqa: PLC0415 - only a list of them needs it

        return states(self._folder, self._key)

    def damaged_copies(self, tell: Tell) -> tuple[str, ...]:
        """Return the names of the copies that are damaged; ``tell`` hears how far that is."""
        return damaged_copies(self._folder, self._key, tell)

    def copies_ahead(self, database: RecordsFile) -> tuple[Ahead, ...]:
        """Return the copies that hold what these records do not, newest first."""
        return copies_ahead(self._folder, self._key, database)

    def put_aside(self, ahead: tuple[Ahead, ...]) -> None:
        """Take copies out from among the others, whole."""
        put_aside(self._folder, [one.copy for one in ahead], self._clock.now().utc)

    @contextmanager
    def apart(self, database: RecordsFile) -> Iterator[RecordsFile]:  # noqa: ARG002 - as said
        """Lend a connection of its own to the records, on any thread."""
        own = open_database(self._folder / RECORDS, self._key)
        try:
            yield own
        finally:
            own.close()

    def let_go(self) -> None:
        """Copy what changed and let the folder go, even where no copy can be made."""
        try:
            self.copy()
        finally:
            self._release()
