"""What a store has around its file: the folder that is copied, checked and let go."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from app.clock import Clock
from app.errors import N_, UserError
from app.records.copies.keeper import NO_FOLDER, FoundCopies, KeptCopies, NoCopies
from app.records.door import Door
from app.records.file.database import INDEX, LOG, RecordsFile, beside, open_database
from app.records.file.files import disk_guard, sync_folder
from app.records.file.in_place import InPlace
from app.records.file.names import ERASING, RECORDS
from app.records.keys.rawkey import RawKey, wipe
from app.records.model import User
from app.records.station import Notes

if TYPE_CHECKING:
    from app.records.copies.older import OlderCopies
    from app.records.keys.slots import Slots
    from app.records.slowing import Slowing

T = TypeVar("T")


class Keyed(Struct, frozen=True):
    """What a new key needs of an open folder.

    ``take_over`` goes on with that key from then on, ``watch`` with the files as they are then;
    ``follow`` has the second place do so.
    """

    folder: Path
    key: RawKey
    door: Door
    take_over: Callable[[bytearray], None]
    watch: Callable[[], None]
    follow: Callable[[], None]

    def __repr__(self) -> str:
        """Leave the key out: what is shown may end in a log."""
        return f"Keyed(folder={self.folder!r})"


class Holding:
    """What a store without a folder has: nothing to copy and nothing to let go.

    ``notes`` are where the machine remembers which station this file is, if anything does;
    ``log_set_aside`` is where a log of other records went that lay beside the file.
    ``copies`` are who keeps its copies.
    """

    is_read_only = False
    why_read_only = ""

    def __init__(self, notes: Notes | None = None) -> None:
        self.notes = notes
        self.copies = NoCopies()
        self.log_set_aside: Path | None = None

    def with_key(self, work: Callable[[Path, RawKey], T]) -> T:  # noqa: ARG002 - there is no folder
        """Return what comes of work on the folder and its key; UserError where there is none."""
        raise UserError(NO_FOLDER)

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

    @property
    def slowing(self) -> "Slowing":
        """The one door at which secrets are tried; UserError where there is no folder."""
        raise UserError(NO_FOLDER)

    def begin_erasing(self) -> None:
        """Remember that the file is to be written anew, whatever comes between."""

    def end_erasing(self) -> None:
        """Forget it: the file is written anew."""

    def older_copies(self) -> "OlderCopies | None":
        """Return the copies as what may still hold somebody who was erased."""
        return None

    def keyed(self) -> Keyed:
        """Return the folder with its key; UserError where nothing can be written to one."""
        raise UserError(N_("These records cannot be saved from here, so they get no new key."))

    def let_go(self) -> None:
        """Copy what changed and let the folder go, even where no copy can be made."""


class FolderHolding(Holding):
    """An open data folder. The key is its own: it is wiped when the folder is let go."""

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
        self._release = release
        self._in_place: InPlace | None = None
        self._clock, self._opened = clock, clock.now().utc
        self._door = Door()
        self.copies = KeptCopies(
            folder,
            key,
            clock=clock,
            door=self._door,
            check=self.check_kept,
            goes_elsewhere=notes is not None,
        )

    def watch(self, lock: Path) -> None:
        """Hold the files from now on to what they are now."""
        path = self._folder / RECORDS
        self._lock = lock
        self._in_place = InPlace(lock, path, beside(path, LOG), beside(path, INDEX))

    def check_in_place(self) -> None:
        """Refuse to acknowledge a write where the files are not those that were opened."""
        if self._in_place is not None:
            self._in_place.check()

    def check_kept(self) -> None:
        """Refuse to copy where the files are not those that were opened."""
        if self._in_place is not None:
            self._in_place.check_kept()

    def with_key(self, work: Callable[[Path, RawKey], T]) -> T:
        """Return what comes of work on the folder and its key."""
        with self._door.inside():
            return work(self._folder, self._key)

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
        self.check_kept()
        database = open_database(self._folder / RECORDS, key)
        self._key[:] = key
        if self._in_place is not None:
            self._in_place.look_again()
        return database

    @contextmanager
    def apart(self, database: RecordsFile) -> Iterator[RecordsFile]:  # noqa: ARG002 - as said
        """Lend a connection of its own to the records, on any thread."""
        with self._door.inside():
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

    @cached_property
    def slowing(self) -> "Slowing":
        """The one door at which secrets are tried; what was wrong before the opening is past."""
        from app.records.slowing import Slowing  # noqa: PLC0415 - open records need none of it

        return Slowing(self._folder, self._clock, self._opened)

    def begin_erasing(self) -> None:
        """Remember that the file is to be written anew, whatever comes between."""
        with disk_guard(self._folder):
            (self._folder / ERASING).touch(mode=0o600)
            sync_folder(self._folder)

    def end_erasing(self) -> None:
        """Forget it: the file is written anew."""
        with disk_guard(self._folder):
            (self._folder / ERASING).unlink(missing_ok=True)

    def older_copies(self) -> "OlderCopies":
        """Return the copies as what may still hold somebody who was erased."""
        from app.records.copies.older import OlderCopies  # noqa: PLC0415 - seldom needed

        return OlderCopies(self._folder, self._key, self.copies.second_place())

    def keyed(self) -> Keyed:
        """Return the folder with its key."""
        watch = partial(self.watch, self._lock)
        follow = self.copies.follow_elsewhere
        return Keyed(self._folder, self._key, self._door, self._take_over, watch, follow)

    def _take_over(self, key: bytearray) -> None:
        self._key[:] = key

    def _slots(self) -> "Slots":
        from app.records.keys.slots import Slots  # noqa: PLC0415 - seldom needed

        return Slots(self._folder, self._key)

    def let_go(self) -> None:
        """Copy what changed, let the folder go and forget the key, even where no copy is made."""
        try:
            self.copies.keep_up_at_exit()
        finally:
            self._release()
            wipe(self._key)


class ReadingHolding(Holding):
    """A data folder that takes no changes, with its copies; ``why`` says why."""

    is_read_only = True

    def __init__(
        self, folder: Path, key: RawKey, *, release: Callable[[], None], why: str = ""
    ) -> None:
        super().__init__()
        self._folder = folder
        self._key = key
        self._release = release
        self.why_read_only = why
        self.copies = FoundCopies(folder, key)

    def with_key(self, work: Callable[[Path, RawKey], T]) -> T:
        """Return what comes of work on the folder and its key."""
        return work(self._folder, self._key)

    def older_copies(self) -> "OlderCopies":
        """Return the copies as what may still hold somebody who was erased."""
        from app.records.copies.older import OlderCopies  # noqa: PLC0415 - seldom needed

        return OlderCopies(self._folder, self._key)

    def let_go(self) -> None:
        """Let the folder go; there is nothing to copy."""
        self._release()
