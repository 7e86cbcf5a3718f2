"""Who keeps the copies of open records: nobody, somebody who only reads, or who makes them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

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
from app.records.copies.tail import size_of
from app.records.door import Door
from app.records.file.database import RecordsFile
from app.records.keys.rawkey import RawKey

if TYPE_CHECKING:
    from app.records.copies.second_place import SecondPlace

NO_FOLDER = N_("These records have no folder, so they cannot be copied.")


class NoCopies:
    """What records without a folder have: nothing is copied, and nothing is missed.

    ``second_trouble`` is why the second place does not have the last copy that was to go there.
    """

    second_trouble: AppError | None = None

    def keep_up(self) -> None:
        """Have the newest copy hold what is saved now; UserError or Damage if it cannot."""

    def keep_up_at_exit(self) -> None:
        """Do the same at the end of a day, with a full copy where one is due; raises alike."""

    def before_risk(self) -> None:
        """Make a full copy that stays longer; UserError or Damage if none can be made."""

    def is_kept_up(self) -> bool:
        """Say whether closing has nothing to copy; quick, and nothing is read anew."""
        return True

    def follow_elsewhere(self) -> None:
        """Have the second place hold what is saved now; UserError or Damage without a copy."""

    def backup(self, place: Path | None) -> Path:  # noqa: ARG002 - there is no folder to copy
        """Return a checked copy of what is saved now; UserError or Damage if none can be made."""
        raise UserError(NO_FOLDER)

    def second_place(self) -> "SecondPlace | None":
        """Return the keeper of where copies go besides, if they can go anywhere."""
        return None

    def damaged(self, tell: Tell) -> tuple[str, ...]:  # noqa: ARG002 - there is none
        """Return the names of the copies that are damaged; ``tell`` hears how far that is."""
        return ()

    def ahead(self, database: RecordsFile) -> tuple[Ahead, ...]:  # noqa: ARG002 - as above
        """Return the copies that hold what these records do not, newest first."""
        return ()

    def put_aside(self, ahead: tuple[Ahead, ...]) -> None:
        """Take copies out from among the others, whole."""


class FoundCopies(NoCopies):
    """The copies of a data folder that takes no changes."""

    def __init__(self, folder: Path, key: RawKey) -> None:
        self._folder = folder
        self._key = key

    def damaged(self, tell: Tell) -> tuple[str, ...]:
        """Return the names of the copies that are damaged; ``tell`` hears how far that is."""
        return damaged_copies(self._folder, self._key, tell)

    def ahead(self, database: RecordsFile) -> tuple[Ahead, ...]:
        """Return the copies that hold what these records do not, newest first."""
        return copies_ahead(self._folder, self._key, database)


class KeptCopies(FoundCopies):
    """The copies of an open data folder. One thread at a time makes them; others wait for it.

    ``check`` refuses where the records are not those that were opened. ``goes_elsewhere`` says
    that a second place is asked for copies; made-up data go nowhere. Once the key was wiped
    nothing is copied.
    """

    def __init__(
        self,
        folder: Path,
        key: RawKey,
        *,
        clock: Clock,
        door: Door,
        check: Callable[[], None],
        goes_elsewhere: bool,
    ) -> None:
        super().__init__(folder, key)
        self._clock = clock
        self._door = door
        self._check = check
        self._goes_elsewhere = goes_elsewhere
        self._copying = Lock()
        self._is_behind = False
        """Whether something was copied that the second place does not have."""

    def keep_up(self) -> None:
        """Have the newest copy hold what is saved now; a new full one goes elsewhere, too."""
        if not self._key:
            return
        with self._alone():
            before = latest_copy(self._folder)
            copy = self._kept_up(keep_up)
            if copy != before:
                self._carry(copy)

    def keep_up_at_exit(self) -> None:
        """Do the same, with a full copy where one is due; what a tail has grown to goes, too."""
        if not self._key:
            return
        with self._alone():
            copy = self._kept_up(keep_up_at_exit)
            if self._is_behind or self._is_owed():
                self._carry(copy)

    def follow_elsewhere(self) -> None:
        """Have the second place, if it is there, hold what is saved now under the key of now."""
        with self._alone():
            if self._place() is not None:
                self._carry(self._kept_up(keep_up))

    def before_risk(self) -> None:
        """Make a full copy that stays longer; UserError or Damage if none can be made."""
        with self._alone():
            self._kept_up(copy_before_risk)

    def is_kept_up(self) -> bool:
        """Say whether closing has nothing to copy; quick, and nothing is read anew."""
        if not self._key:
            return True
        is_told = is_copied(self._folder, self._key)
        return is_told and not is_due(self._folder, self._clock) and not self._is_owed()

    def backup(self, place: Path | None) -> Path:
        """Return a checked copy of what is saved now, in the folder or as one file elsewhere.

        UserError or Damage if none can be made. The second place gets one in the folder as well.
        """
        with self._door.inside(), self._copying:
            if place is not None:
                from app.records.copies.archive import pack_elsewhere  # noqa: PLC0415 - seldom needed

                return pack_elsewhere(self._folder, self._key, self._clock, place)
            copy = copy_verified(self._folder, self._key, self._clock)
            self._carry(copy)
            return copy.path

    def second_place(self) -> "SecondPlace | None":
        """Return the keeper of where copies go besides; made-up data go nowhere."""
        if not self._goes_elsewhere:
            return None
        from app.records.copies.second_place import SecondPlace  # noqa: PLC0415 - with a copy

        return SecondPlace(station_folder(), self._folder)

    def damaged(self, tell: Tell) -> tuple[str, ...]:
        """Return the names of the copies that are damaged; ``tell`` hears how far that is."""
        with self._door.inside():
            return super().damaged(tell)

    def put_aside(self, ahead: tuple[Ahead, ...]) -> None:
        """Take copies out from among the others, whole."""
        put_aside(self._folder, [one.copy for one in ahead], self._clock.now().utc)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Be the one who changes the copies, of records that are those that were opened."""
        with self._door.inside(), self._copying:
            self._check()
            yield

    def _kept_up(self, keep: Callable[[Path, RawKey, Clock], Copy]) -> Copy:
        before = _newest(self._folder)
        copy = keep(self._folder, self._key, self._clock)
        self._is_behind = self._is_behind or _newest(self._folder) != before
        return copy

    def _place(self) -> "SecondPlace | None":
        second = self.second_place()
        return None if second is None or second.state() is None else second

    def _is_owed(self) -> bool:
        """Say whether copies of an older key wait where they can be renewed now."""
        second = self._place()
        return second is not None and second.is_owed(self._key)

    def _carry(self, copy: Copy) -> None:
        """Bring a copy to the second place, if one was chosen; what fails there stops nothing."""
        second = self._place()
        if second is None:
            return
        try:
            second.carry(copy, self._key)
        except AppError as problem:
            self.second_trouble = problem
        else:
            self.second_trouble = None
            self._is_behind = False


def _newest(folder: Path) -> tuple[Copy | None, int]:
    """Return the newest copy, and how far its tail has grown."""
    copy = latest_copy(folder)
    return copy, 0 if copy is None else size_of(copy.path)
