"""What a store has around its file: the folder that is copied, checked and let go."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.clock import Clock
from app.records.backup import RECORDS, Tell, copy_verified, damaged_copies, is_copied
from app.records.database import RecordsFile, open_database
from app.records.first_look import INDEX, LOG, beside
from app.records.in_place import InPlace
from app.records.model import User
from app.records.rawkey import RawKey, wipe
from app.records.station import Notes

if TYPE_CHECKING:
    from app.records.slots import Slots


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

    def damaged_copies(self, tell: Tell) -> int:  # noqa: ARG002 - there is none
        """Count the copies that are damaged; ``tell`` hears how far that is."""
        return 0

    def check_in_place(self) -> None:
        """Refuse to acknowledge a write where the files are not those that were opened."""

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
        """Make a checked copy if something changed; UserError or Damage if none can be made."""
        if self._in_place is not None:
            self._in_place.check_kept()
        copy_verified(self._folder, self._key, self._clock)

    def is_copied(self) -> bool:
        """Say whether the newest copy is what is saved now; quick, and nothing is read anew."""
        return is_copied(self._folder, self._key)

    def damaged_copies(self, tell: Tell) -> int:
        """Count the copies that are damaged; ``tell`` hears how far that is."""
        return damaged_copies(self._folder, self._key, tell)

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
        from app.records.slots import Slots  # noqa: PLC0415 - seldom needed

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

    def damaged_copies(self, tell: Tell) -> int:
        """Count the copies that are damaged; ``tell`` hears how far that is."""
        return damaged_copies(self._folder, self._key, tell)

    def let_go(self) -> None:
        """Let the folder go; there is nothing to copy."""
        self._release()
