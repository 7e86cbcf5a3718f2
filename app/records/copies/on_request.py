"""The copies as people see them: made on demand, tried, compared, answered for."""

from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from app.errors import N_, UserError
from app.records.actions import Action
from app.records.copies.anchor import Ahead
from app.records.copies.backup import copies
from app.records.copies.comparison import Comparison, compare
from app.records.copies.inventory import CopyState, brought, held, opened_state, state_of
from app.records.copies.second_place import Elsewhere
from app.records.copies.source import Source, unlock_copy
from app.records.file.database import connect, guard
from app.records.file.names import RECORDS
from app.records.file.outside import temporary_folder
from app.records.holding import Holding
from app.records.journal import NOBODY
from app.records.keys.rawkey import RawKey, wiped
from app.records.keys.vault import Unlocked
from app.records.missing import Missed, missed_everywhere
from app.records.rules import check_reason
from app.records.seen import Seen
from app.records.session import Session, new_id
from app.records.station import Written

_NONE_MISSED = N_("Nothing that is known of is missing from these records.")
_NO_COPY = N_("There is no copy yet.")
_NO_PLACE = N_("Made-up records are thrown away, so their copies go nowhere else.")


class Copies:
    """The copies beside open records. What reads a copy does so on any thread."""

    def __init__(self, session: Session, holding: Holding) -> None:
        self._session = session
        self._holding = holding

    def backup(self, place: Path | None = None) -> Path:
        """Make a checked copy of what is saved now and return where it is.

        Among the other copies, where one that is what stands here counts, and in the second place
        too; or as one new file in ``place``. UserError or Damage if none can be made.
        """
        return self._holding.copies.backup(place)

    def paths(self) -> tuple[Path, ...]:
        """Return where the copies are, newest first; none is read for it."""
        return self._holding.with_key(_paths)

    def paths_elsewhere(self) -> tuple[Path, ...]:
        """Return the same of those in the second place; none where it is not there."""
        second = self._holding.copies.second_place()
        return () if second is None else second.archives()

    def here(self) -> CopyState:
        """Return the same of the records as they stand, without checking their pages."""
        return self._holding.with_key(lambda folder, key: held(folder, folder / RECORDS, key))

    def state_of(self, path: Path) -> CopyState:
        """Read a copy on every page, a folder or one file, and return what it holds."""
        return self._holding.with_key(lambda _folder, key: state_of(path, key))

    def before_risk(self) -> None:
        """Make a full copy of what is saved now before something that changes much of it.

        It stays longer than others. UserError or Damage if none can be made.
        """
        self._holding.copies.before_risk()

    def states(self) -> tuple[CopyState, ...]:
        """Return the same of every copy, newest first."""
        return tuple(map(self.state_of, self.paths()))

    def rehearse(self) -> CopyState:
        """Bring the newest copy whole into a folder of ours, open it, and tell what it holds.

        UserError where there is none, Damage where it does not open; nothing of it is left.
        """
        newest = next(iter(self.paths()), None)
        if newest is None:
            raise UserError(_NO_COPY)
        return self._holding.with_key(lambda _folder, key: opened_state(newest, key))

    def compare(self, source: Source) -> Comparison:
        """Hold a copy against the records: what putting it back would take, and would bring.

        A source without a secret is tried with the key of the records, for whoever acts now.
        UserError or Damage if it does not open.
        """

        def compared(folder: Path, key: RawKey) -> Comparison:
            if source.secret is None:
                acting = self._session.journal.user
                return _compared(folder, key, source, Unlocked(acting, bytearray(key)))
            return _compared(folder, key, source, unlock_copy(source))

        return self._holding.with_key(compared)

    def put_back_as(self, source: Source) -> Source:
        """Return a copy as what is to be put back by whoever acts now, with a key of its own.

        For when the records are closed; whoever puts it back wipes that key.
        """
        user = self._session.user()
        self.check_may_put_back()
        return self._holding.with_key(
            lambda _folder, key: replace(source, unlocked=Unlocked(user.id, bytearray(key)))
        )

    def check_may_put_back(self) -> None:
        """Refuse somebody who may not put copies back."""
        self._session.journal.permits(Action.RESTORE)

    def elsewhere(self) -> Elsewhere | None:
        """Return how the second place stands; nothing where none was chosen."""
        second = self._holding.copies.second_place()
        return None if second is None else second.state()

    def choose_elsewhere(self, place: Path | None) -> None:
        """Keep a second place from now on, or none; UserError for one that cannot be.

        It belongs to this machine, so the records tell no more of it than that it was chosen.
        """
        self._session.journal.permits(Action.CHOOSE_SECOND_PLACE)
        second = self._holding.copies.second_place()
        if second is None:
            raise UserError(_NO_PLACE)
        if place is None:
            second.forget()
        else:
            second.choose(place)
        Seen(self._session).note(Action.CHOOSE_SECOND_PLACE)

    def ahead(self) -> tuple[Ahead, ...]:
        """Return the copies that hold what these records do not, newest first."""
        return self._holding.copies.ahead(self._session.database)

    def go_on_without(self, reason: str) -> tuple[Ahead, ...]:
        """Put the copies that are ahead aside, journalled with the reason, and return them.

        What the machine alone misses is not asked about any more either. UserError without a
        reason, where nothing is missing, or where copies cannot be moved.
        """
        check_reason(reason)
        ahead, chain = self.ahead(), self._session.journal.chain
        if not (ahead or chain.missed()):
            raise UserError(_NONE_MISSED)
        # Journalled first: what is told once too often is better than what is never told.
        with self._session.journal.step(Action.GO_ON, reason=reason):
            for name in [one.copy.path.name for one in ahead] or [""]:
                self._name(name)
        self._holding.copies.put_aside(ahead)
        chain.miss_only(())
        chain.keep_note()
        return ahead

    def missed(self) -> Missed | None:
        """Return what this machine wrote here and is neither here nor in a copy that is ahead."""
        return missed_everywhere(self._session.database, self._holding)

    def note_restore(self, copy: str, missed: tuple[Written, ...]) -> None:
        """Journal that these records are a copy that was put back, by its name.

        ``missed`` is what was missing before and is missing still; all else was given up for it.
        """
        self._session.journal.chain.miss_only(missed)
        with self._session.journal.step(Action.RESTORE):
            self._name(copy)

    def _name(self, copy: str) -> None:
        self._session.journal.add("restores", {"id": new_id(), "copy": copy}, NOBODY)


def _paths(folder: Path, _key: RawKey) -> tuple[Path, ...]:
    return tuple(copy.path for copy in copies(folder))


def _compared(folder: Path, key: RawKey, source: Source, unlocked: Unlocked) -> Comparison:
    with wiped(unlocked.key), temporary_folder() as scratch, guard():
        cut = brought(source, scratch, unlocked.key)
        with (
            closing(connect(folder / RECORDS, key)) as records,
            closing(connect(scratch / RECORDS, unlocked.key)) as there,
        ):
            return replace(compare(records, there, unlocked.user), cut=cut)
