"""What a store has around its file: the folder that is copied, checked and let go."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING

from app.clock import Clock
from app.errors import N_, UserError
from app.records.copies.anchor import Ahead, copies_ahead, put_aside
from app.records.copies.backup import (
    Copy,
    Tell,
    copy_elsewhere,
    copy_verified,
    damaged_copies,
    is_copied,
)
from app.records.file.database import INDEX, LOG, RecordsFile, beside, open_database
from app.records.file.in_place import InPlace
from app.records.file.names import RECORDS
from app.records.keys.rawkey import RawKey, wipe
from app.records.model import User
from app.records.station import Notes

if TYPE_CHECKING:
    from app.records.copies.inventory import CopyState
    from app.records.keys.slots import Slots


class Holding:
    """What a store without a folder has: nothing to copy and nothing to let go.

    ``notes`` are where the machine remembers which station this file is, if anything does;
    ``log_set_aside`` is where a log of other records went that lay beside the file.
    """

    is_read_only = False

    def __init__(self, notes: Notes | None = None) -> None:
        self.notes = notes
        self.log_set_aside: Path | None = None

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

    def check_in_place(self) -> None:
        """Refuse to acknowledge a write where the files are not those that were opened."""

    def holds(self, key: RawKey) -> bool:  # noqa: ARG002 - there are no keys beside such a file
        """Say whether a key is that of the open records."""
        return False

    def forget_key(self) -> None:
        """Wipe the key, and keep the folder."""

    def opened_again(self, key: RawKey) -> RecordsFile:  # noqa: ARG002 - as above
        """Return the records, opened with a key that was asked for anew."""
        raise UserError(N_("These records have no folder, so they cannot be opened again."))

    @contextmanager
    def apart(self, database: RecordsFile) -> Iterator[RecordsFile]:
        """Lend the records to read them beside whoever writes."""
        yield database

    def give_slot(self, user: User, passphrase: str) -> None:
        """Let a user's passphrase open the records; UserError for one that protects nothing."""

    def end_slot(self, user_id: str) -> None:
        """Let no passphrase of a user open the records any more."""

    def let_go(self) -> None:
        """Copy what changed and let the folder go, even where no copy can be made."""


class FolderHolding(Holding):
    """An open data folder. Its copies are made by one thread at a time, whichever it is.

    The key is its own: it is wiped when the folder is let go.
    """

    def __init__(
        self,
        folder: Path,
        key: bytearray,
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
        self._in_place: InPlace | None = None

    def watch(self, lock: Path) -> None:
        """Hold the files from now on to what they are now."""
        path = self._folder / RECORDS
        self._in_place = InPlace(lock, path, beside(path, LOG), beside(path, INDEX))

    def check_in_place(self) -> None:
        """Refuse to acknowledge a write where the files are not those that were opened."""
        if self._in_place is not None:
            self._in_place.check()

    def copy(self) -> None:
        """Make a checked copy if something changed; UserError or Damage if none can be made.

        Without the key, which was wiped, none is made.
        """
        if not self._key:
            return
        if self._in_place is not None:
            self._in_place.check_kept()
        self.backup(None)

    def is_copied(self) -> bool:
        """Say whether the newest copy is what is saved now; quick, and nothing is read anew.

        Without the key there is nothing that could be copied.
        """
        return not self._key or is_copied(self._folder, self._key)

    def backup(self, place: Path | None) -> Copy:
        """Return a checked copy of what is saved now, in the folder or elsewhere.

        UserError or Damage if none can be made.
        """
        if place is None:
            return copy_verified(self._folder, self._key, self._clock)
        return copy_elsewhere(self._folder, self._key, self._clock, place)

    def copy_states(self) -> "tuple[CopyState, ...]":
        """Read every copy and return what each holds, newest first."""
        from app.records.copies.inventory import states  # noqa: PLC0415 - only a list of them needs it

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

    def holds(self, key: RawKey) -> bool:
        """Say whether a key is that of the open records."""
        return compare_digest(self._key, key)

    def forget_key(self) -> None:
        """Wipe the key, and keep the folder: nobody else opens it meanwhile."""
        wipe(self._key)

    def opened_again(self, key: RawKey) -> RecordsFile:
        """Return the records, opened with a key that was asked for anew.

        UserError where they were removed or replaced meanwhile; Damage if the key is another one.
        """
        if self._in_place is not None:
            self._in_place.check_kept()
        database = open_database(self._folder / RECORDS, key)
        self._key[:] = key
        if self._in_place is not None:
            self._in_place.look_again()
        return database

    @contextmanager
    def apart(self, database: RecordsFile) -> Iterator[RecordsFile]:  # noqa: ARG002 - as said
        """Lend a connection of its own to the records, on any thread."""
        own = open_database(self._folder / RECORDS, self._key)
        try:
            yield own
        finally:
            own.close()

    def give_slot(self, user: User, passphrase: str) -> None:
        """Let a user's passphrase open the records; UserError for one that protects nothing."""
        self._slots().give(user, passphrase)

    def end_slot(self, user_id: str) -> None:
        """Let no passphrase of a user open the records any more."""
        self._slots().end(user_id)

    def _slots(self) -> "Slots":
        from app.records.keys.slots import Slots  # noqa: PLC0415 - seldom needed

        return Slots(self._folder, self._key)

    def let_go(self) -> None:
        """Copy what changed, let the folder go and forget the key, even where no copy is made."""
        try:
            self.copy()
        finally:
            self._release()
            wipe(self._key)


class ReadingHolding(Holding):
    """A data folder that takes no changes, its copies among what is read there."""

    is_read_only = True

    def __init__(self, folder: Path, key: RawKey, *, release: Callable[[], None]) -> None:
        super().__init__()
        self._folder = folder
        self._key = key
        self._release = release

    def damaged_copies(self, tell: Tell) -> tuple[str, ...]:
        """Return the names of the copies that are damaged; ``tell`` hears how far that is."""
        return damaged_copies(self._folder, self._key, tell)

    def copies_ahead(self, database: RecordsFile) -> tuple[Ahead, ...]:
        """Return the copies that hold what these records do not, newest first."""
        return copies_ahead(self._folder, self._key, database)

    def let_go(self) -> None:
        """Let the folder go; there is nothing to copy."""
        self._release()
