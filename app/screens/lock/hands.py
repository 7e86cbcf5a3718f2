"""Who comes to a locked window with a passphrase: known by it, and let act from then on."""

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal, Slot

from app.errors import N_, AppError, UserError
from app.records.actions import Action
from app.records.keys.rawkey import wiped
from app.records.keys.vault import Unlocked
from app.records.model import User
from app.records.slowing import Slowing
from app.screens.desk import Desk

_OTHER_KEYS = N_(
    "That passphrase opens other records than those that are open here: the file keys.json was "
    "exchanged meanwhile. Please close OMS Bedside and open it again."
)


class Hands(QObject):
    """Tries a passphrase beside the window; the key that it gives must be that of the records."""

    came = Signal(object)  # User
    refused = Signal(str)  # the sentence

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_trying = False

    @Slot(str)
    def try_secret(self, secret: str) -> None:
        """Try a passphrase or the recovery code, one at a time."""
        if not self._is_trying:
            self._is_trying = True
            work = _Trying(self._desk.store.around.slowing, secret)
            self._desk.tasks.run(self, work, self._on_unlocked, self._on_refused)

    def _on_unlocked(self, unlocked: Unlocked) -> None:
        self._is_trying = False
        try:
            user = self._known(unlocked)
        except AppError as problem:
            self.refused.emit(self._desk.words.error(problem))
            return
        self._desk.shift.pins.welcome(user.id)
        self.came.emit(user)

    def _known(self, unlocked: Unlocked) -> User:
        """Return whose passphrase it was, with the records open; AppError if neither."""
        store = self._desk.store
        with wiped(unlocked.key):
            if store.away.is_on:
                store.away.take_out(unlocked.key)
            elif not store.around.holds(unlocked.key):
                raise UserError(_OTHER_KEYS)
        return store.users.check_works(store.users.acting(unlocked.user))

    def _on_refused(self, problem: Exception) -> None:
        self._is_trying = False
        if not isinstance(problem, AppError):
            raise problem
        self.refused.emit(self._desk.words.error(problem))

    def let_act(self, user: User) -> None:
        """Let somebody act from now on, which is noted as an opening."""
        self._desk.store.act_as(user.id)
        self._desk.note_seen(Action.OPEN)


@dataclass(frozen=True, slots=True)
class _Trying:
    """One try as work for another thread: it takes a moment on purpose."""

    slowing: Slowing
    secret: str = field(repr=False)  # a struct would show it

    def __call__(self) -> Unlocked:
        """Return the key and whose it is; UserError where nothing opens, or it was too soon."""
        return self.slowing.unlock(self.secret)
