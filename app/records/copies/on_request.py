"""The copies as people see them: made on demand, listed with what they hold, answered for."""

from pathlib import Path

from app.errors import N_, UserError
from app.records.actions import Action
from app.records.copies.anchor import Ahead
from app.records.copies.inventory import CopyState
from app.records.holding import Holding
from app.records.journal import NOBODY
from app.records.rules import check_reason
from app.records.session import Session, new_id

_NONE_AHEAD = N_("No copy holds anything that these records do not.")


class Copies:
    """The copies beside open records."""

    def __init__(self, session: Session, holding: Holding) -> None:
        self._session = session
        self._holding = holding

    def backup(self, place: Path | None = None) -> Path:
        """Make a checked copy of what is saved now and return its folder.

        Among the other copies, where one that is what stands here counts; or in ``place``, always
        a new one. UserError or Damage if none can be made.
        """
        return self._holding.backup(place).path

    def before_risk(self) -> None:
        """Make a full copy of what is saved now before something that changes much of it.

        It stays longer than others. UserError or Damage if none can be made.
        """
        self._holding.copy_before_risk()

    def states(self) -> tuple[CopyState, ...]:
        """Read every copy on every page and return what each holds, newest first."""
        return self._holding.copy_states()

    def ahead(self) -> tuple[Ahead, ...]:
        """Return the copies that hold what these records do not, newest first."""
        return self._holding.copies_ahead(self._session.database)

    def go_on_without(self, reason: str) -> tuple[Ahead, ...]:
        """Put the copies that are ahead aside, journalled with the reason, and return them.

        UserError without a reason, where no copy is ahead, or where they cannot be moved.
        """
        check_reason(reason)
        ahead = self.ahead()
        if not ahead:
            raise UserError(_NONE_AHEAD)
        # Journalled first: what is told once too often is better than what is never told.
        with self._session.journal.step(Action.GO_ON, reason=reason):
            for one in ahead:
                self._name(one.copy.path.name)
        self._holding.put_aside(ahead)
        return ahead

    def note_restore(self, copy: str) -> None:
        """Journal that these records are a copy that was put back, by its name."""
        with self._session.journal.step(Action.RESTORE):
            self._name(copy)

    def _name(self, copy: str) -> None:
        self._session.journal.add("restores", {"id": new_id(), "copy": copy}, NOBODY)
