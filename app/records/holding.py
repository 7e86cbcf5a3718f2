"""What a store has around its file: the folder that is copied, checked and let go."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from hmac import compare_digest
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from app.clock import Clock
from app.errors import N_, AppError, UserError
from app.paths import station_folder
from app.records.copies.anchor import Ahead, copies_ahead, put_aside
from app.records.copies.backup import (
    Copy,
    Tell,
    copy_before_risk,
    copy_verified,
    damaged_copies,
    is_copied,
    latest_copy,
)
from app.records.copies.following import is_due, keep_up, keep_up_at_exit
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
    from app.records.copies.second_place import SecondPlace
    from app.records.keys.slots import Slots

T = TypeVar("T")
_NO_FOLDER = N_("These records have no folder, so they cannot be copied.")


class Keyed(Struct, frozen=True):
    """What a new key needs of an open folder.

    ``take_over`` goes on with that key from then on, ``watch`` with the files as they are then.
    """

    folder: Path
    key: RawKey
    door: Door
    take_over: Callable[[bytearray], None]
    watch: Callable[[], None]

    def __repr__(self) -> str:
        """Leave the key out: what is shown may end in a log."""
        return f"Keyed(folder={self.folder!r})"


class Holding:
    """What a store without a folder has: nothing to copy and nothing to let go.

    ``notes`` are where the machine remembers which station this file is, if anything does;
    ``log_set_aside`` is where a log of other records went that lay beside the file.
    ``second_trouble`` is why the second place does not have the last copy that was to go there.
    """

    is_read_only = False
    second_trouble: AppError | None = None

    def __init__(self, notes: Notes | None = None) -> None:
        self.notes = notes
        self.log_set_aside: Path | None = None

    def copy(self) -> None:
        """Have the newest copy hold what is saved now; UserError or Damage if it cannot."""

    def copy_before_risk(self) -> None:
        """Make a full copy that stays longer; UserError or Damage if none can be made."""

    def is_copied(self) -> bool:
        """Say whether the newest copy is what is saved now; quick, and nothing is read anew."""
        return True

    def backup(self, place: Path | None) -> Path:  # noqa: ARG002 - there is no folder to copy
        """Return a checked copy of what is saved now; UserError or Damage if none can be made."""
        raise UserError(_NO_FOLDER)

    def with_key(self, work: Callable[[Path, RawKey], T]) -> T:  # noqa: ARG002 - as above
        """Return what comes of work on the folder and its key; UserError where there is none."""
        raise UserError(_NO_FOLDER)

    def second_place(self) -> "SecondPlace | None":
        """Return the keeper of where copies go besides, if they can go anywhere."""
        return None

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

    def whose_passphrase(self, users: Collection[str], passphrase: str) -> str:  # noqa: ARG002 - no keys
        """Return which of these users a passphrase is of; empty if of none."""
        return ""

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
    """An open data folder. Its copies are made by one thread at a time; others wait for it.

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
        self._copying = Lock()
        self._door = Door()

    def watch(self, lock: Path) -> None:
        """Hold the files from now on to what they are now."""
        path = self._folder / RECORDS
        self._lock = lock
        self._in_place = InPlace(lock, path, beside(path, LOG), beside(path, INDEX))

    def check_in_place(self) -> None:
        """Refuse to acknowledge a write where the files are not those that were opened."""
        if self._in_place is not None:
            self._in_place.check()

    def copy(self) -> None:
        """Have the newest copy hold what is saved now; UserError or Damage if it cannot.

        Without the key, which was wiped, nothing is copied.
        """
        if not self._key:
            return
        with self._copies_alone():
            before = latest_copy(self._folder)
            copy = keep_up(self._folder, self._key, self._clock)
            if copy != before:
                self._carry(copy)

    def copy_before_risk(self) -> None:
        """Make a full copy that stays longer; UserError or Damage if none can be made."""
        with self._copies_alone():
            copy_before_risk(self._folder, self._key, self._clock)

    @contextmanager
    def _copies_alone(self) -> Iterator[None]:
        """Be the one who changes the copies, of records that are those that were opened."""
        with self._door.inside(), self._copying:
            if self._in_place is not None:
                self._in_place.check_kept()
            yield

    def is_copied(self) -> bool:
        """Say whether closing has nothing to copy; quick, and nothing is read anew.

        Without the key there is nothing that could be copied.
        """
        if not self._key:
            return True
        is_told = is_copied(self._folder, self._key)
        return is_told and not is_due(self._folder, self._clock)

    def backup(self, place: Path | None) -> Path:
        """Return a checked copy of what is saved now, in the folder or as one file elsewhere.

        UserError or Damage if none can be made. The second place gets one in the folder as well.
        """
        if place is not None:
            from app.records.copies.archive import pack_elsewhere  # noqa: PLC0415 - seldom needed

            with self._door.inside(), self._copying:
                return pack_elsewhere(self._folder, self._key, self._clock, place)
        with self._door.inside(), self._copying:
            copy = copy_verified(self._folder, self._key, self._clock)
            self._carry(copy)
            return copy.path

    def with_key(self, work: Callable[[Path, RawKey], T]) -> T:
        """Return what comes of work on the folder and its key."""
        with self._door.inside():
            return work(self._folder, self._key)

    def second_place(self) -> "SecondPlace | None":
        """Return the keeper of where copies go besides; made-up data go nowhere."""
        if self.notes is None:
            return None
        from app.records.copies.second_place import SecondPlace  # noqa: PLC0415 - with a copy

        return SecondPlace(station_folder(), self._folder)

    def _carry(self, copy: Copy) -> None:
        """Bring a copy to the second place, if one was chosen; what fails there stops nothing."""
        second = self.second_place()
        if second is None or second.state() is None:
            return
        try:
            second.carry(copy, self._key)
        except AppError as problem:
            self.second_trouble = problem
        else:
            self.second_trouble = None

    def damaged_copies(self, tell: Tell) -> tuple[str, ...]:
        """Return the names of the copies that are damaged; ``tell`` hears how far that is."""
        with self._door.inside():
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

    def whose_passphrase(self, users: Collection[str], passphrase: str) -> str:
        """Return which of these users a passphrase is of; empty if of none."""
        from app.records.keys.vault import whose_passphrase  # noqa: PLC0415 - seldom needed

        return whose_passphrase(self._folder, users, passphrase)

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

        return OlderCopies(self._folder, self._key)

    def keyed(self) -> Keyed:
        """Return the folder with its key."""
        watch = partial(self.watch, self._lock)
        return Keyed(self._folder, self._key, self._door, self._take_over, watch)

    def _take_over(self, key: bytearray) -> None:
        self._key[:] = key

    def _slots(self) -> "Slots":
        from app.records.keys.slots import Slots  # noqa: PLC0415 - seldom needed

        return Slots(self._folder, self._key)

    def let_go(self) -> None:
        """Copy what changed, let the folder go and forget the key, even where no copy is made."""
        try:
            if self._key:
                with self._copies_alone():
                    self._carry(keep_up_at_exit(self._folder, self._key, self._clock))
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
