"""A new key for open records: made ready beside them, and put in force between two taps.

Each round re-encrypts what is not ready yet, on any thread, while the records are used. Then, on
the thread that writes, it is looked whether anything changed since; if so there is another round,
else the new key counts with one rename, and the same store goes on with the new file.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from app.errors import N_, AppError, UserError
from app.records.actions import Action
from app.records.copies.backup import Copy, Tell
from app.records.copies.changing_key import PLAN, READY, Plan, clear_away, put_in_place
from app.records.copies.ready import Ready, Stand
from app.records.copies.renewing import left_behind, surplus
from app.records.file.database import guard, open_database
from app.records.file.files import discard_folder, disk_guard, sync_file, sync_folder, write_whole
from app.records.file.names import RECORDS
from app.records.holding import Holding, Keyed
from app.records.journal import NOBODY
from app.records.keys import vault
from app.records.keys.keyfile import KEYS, changing, read_keys
from app.records.keys.rawkey import wipe
from app.records.keys.vault import Holder
from app.records.model import User, UserState
from app.records.session import Session, new_id

if TYPE_CHECKING:
    from app.records.copies.second_place import LeftElsewhere

MOST_ROUNDS = 5
_RESTLESS = N_(
    "The records were written to all the while, so the new key did not come to its end. Nothing "
    "was changed. Please try again when nobody is scoring."
)
_REOPEN = N_(
    "The new key counts, but the records cannot be read on from here. Please close OMS Bedside "
    "and open it again; then make a new recovery code."
)
People = Callable[[], tuple[User, ...]]
"""Returns everybody who works or worked with the records."""


class Renewed(Struct, frozen=True):
    """What came of it: the new recovery code, and what still opens with an older key."""

    code: str
    left_behind: tuple[Path, ...]

    def __repr__(self) -> str:
        """Leave the code out: what is shown may end in a log."""
        return f"Renewed({self.left_behind!r})"


class NewKey:
    """Offers a new key for open records."""

    def __init__(self, session: Session, holding: Holding, people: People) -> None:
        self._session = session
        self._holding = holding
        self._people = people

    def surplus(self) -> tuple[Copy, ...]:
        """Return the copies that may be removed instead of being renewed, newest first."""
        keyed = self._holding.keyed()
        return surplus(keyed.folder, keyed.key, self._session.database)

    def left_behind(self) -> tuple[Path, ...]:
        """Return what lies in the folder and does not open with the key of today."""
        keyed = self._holding.keyed()
        return left_behind(keyed.folder, keyed.key)

    def left_elsewhere(self) -> "LeftElsewhere | None":
        """Return the same of the second place, on any thread; the place itself if it is away."""
        second = self._holding.copies.second_place()
        if second is None:
            return None
        return self._holding.with_key(lambda _folder, key: second.left_behind(key))

    def begin(self, *, removes_surplus: bool = False) -> "Renewal":
        """Return a new key that is yet to be made ready; on the thread that writes.

        UserError for who may not, for records that anyone can open, and for those without a
        folder.
        """
        self._session.journal.permits(Action.RENEW_KEY)
        keyed = self._holding.keyed()
        vault.refuse_open(read_keys(keyed.folder))
        removed = self.surplus() if removes_surplus else ()
        return Renewal(self._session, keyed, self._people, [copy.path.name for copy in removed])

    def make(self, tell: Tell, *, removes_surplus: bool = False) -> Renewed:
        """Do all of it here and now, for whoever has nothing else to do meanwhile."""
        renewal = self.begin(removes_surplus=removes_surplus)
        while True:
            renewal.prepare(tell)
            renewed = renewal.settle()
            if renewed is not None:
                renewal.clear_away()
                return renewed


class Renewal:
    """One new key on its way. Until it is settled nothing has changed, and nothing is promised."""

    def __init__(self, session: Session, keyed: Keyed, people: People, removed: list[str]) -> None:
        self._session = session
        self._keyed = keyed
        self._people = people
        user = session.user()
        self._ready = Ready(keyed.folder, keyed.key, removed, Holder(user.id, user.name))
        self._rounds = 0
        self._stand = self._look()

    def prepare(self, tell: Tell) -> None:
        """Make ready what is not, on any thread; ``tell`` hears how far, and ends it by raising.

        UserError where the disk refuses or somebody's slot cannot be taken over, Damage for
        damaged records; nothing has changed then, and nothing is left.
        """
        try:
            self._keyed.door.wait_until_empty(lambda: tell(0.0))
            with self._keyed.door.inside(), disk_guard(self._ready.place):
                self._ready.make(self._stand, tell)
        except BaseException:
            self.give_up()
            raise

    def settle(self) -> Renewed | None:
        """Put the new key in force, on the thread that writes; nothing if another round is due.

        Takes milliseconds. UserError where it cannot be, or after too many rounds; nothing has
        changed then, but for a sentence that says otherwise.
        """
        try:
            with guard(), self._keyed.door.alone() as is_alone, changing():
                if is_alone and self._ready.is_for(self._look()):
                    return self._put_in_force()
                self._go_round_again()
        except BaseException:
            self.give_up()
            raise
        return None

    def give_up(self) -> None:
        """Leave everything as it was, and forget the key."""
        with suppress(OSError):
            discard_folder(self._ready.place)
        wipe(self._ready.key)

    def clear_away(self) -> None:
        """Remove what was replaced, here and in the second place, on any thread.

        Else the next opening does, and the next copy that is carried.
        """
        with suppress(AppError):
            clear_away(self._keyed.folder)
        with suppress(AppError):
            self._keyed.follow()

    def _go_round_again(self) -> None:
        self._rounds += 1
        if self._rounds == MOST_ROUNDS:
            raise UserError(_RESTLESS)
        self._stand = self._look()

    def _look(self) -> Stand:
        active = (user.id for user in self._people() if user.state is UserState.ACTIVE)
        with disk_guard(self._keyed.folder):
            keys = (self._keyed.folder / KEYS).read_bytes()
        return Stand(self._session.database.written(), keys, frozenset(active))

    def _put_in_force(self) -> Renewed:
        folder, database = self._keyed.folder, self._session.database
        behind = self._ready.left_behind()
        self._enter(behind)
        write_whole(
            self._ready.place / PLAN, msgspec.json.encode(Plan(tuple(self._ready.removed)))
        )
        self._let_it_count()
        try:
            with guard():
                database.close()
            # First of all: from here on nobody makes a copy with the old key.
            self._keyed.take_over(self._ready.key)
            put_in_place(folder)
            database.go_on_with(open_database(folder / RECORDS, self._ready.key))
            self._keyed.watch()
            self._session.journal.chain.keep_note()
        except AppError as error:
            raise UserError(_REOPEN) from error
        wipe(self._ready.key)
        return Renewed(self._ready.code, behind)

    def _let_it_count(self) -> None:
        ready = self._keyed.folder / READY
        with disk_guard(ready.parent):
            self._ready.place.rename(ready)
            try:
                sync_folder(ready.parent)
            except OSError:
                # These records go on: nobody may put what is ready in their place later.
                ready.rename(self._ready.place)
                raise

    def _enter(self, behind: tuple[Path, ...]) -> None:
        """Journal the new key in the file that will count, where it counts or is gone with it."""
        database, journal = self._session.database, self._session.journal
        fresh = open_database(self._ready.place / RECORDS, self._ready.key)
        before = database.go_on_with(fresh)
        try:
            with journal.chain.unnoted(), journal.step(Action.RENEW_KEY):
                told = [str(path.relative_to(self._keyed.folder)) for path in behind]
                row = {
                    "id": new_id(),
                    "removed": ", ".join(self._ready.removed),
                    "left_behind": ", ".join(told),
                }
                journal.add("renewals", row, NOBODY)
        finally:
            with guard():
                database.close()
            database.go_on_with(before)
            journal.chain.forget()
        with disk_guard(self._ready.place):
            sync_file(self._ready.place / RECORDS)
