"""Joins the card of one's own PIN to the lock: chosen only by whoever gives the passphrase."""

from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, Slot

from app.errors import N_, AppError, UserError
from app.records.slowing import Slowing
from app.screens.desk import Desk
from app.screens.lock.pins import check_pin
from app.screens.settings.pin import NewPin, PinCard
from widgets.message import FloatingMessage

_KEPT = N_("Your PIN brings you back from now on.")
_FORGOTTEN = N_("The PIN is forgotten. Your passphrase brings you back.")


class PinControl(QObject):
    """Keeps a PIN in memory, as the lock does; the passphrase is tried beside the window."""

    def __init__(
        self, desk: Desk, card: PinCard, message: FloatingMessage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._card = card
        self._message = message
        card.pin_requested.connect(self._on_requested)
        card.forgotten.connect(self._on_forgotten)

    def show(self) -> None:
        """Show whether whoever acts has a PIN."""
        self._card.show_state(has_pin=self._desk.shift.pins.has(self._desk.store.user.id))

    @Slot(object)
    def _on_requested(self, wish: NewPin) -> None:
        desk = self._desk
        try:
            check_pin(wish.pin)
        except UserError as problem:
            self._card.show_poor(desk.words.error(problem))
            return
        user = desk.store.user.id
        work = CheckOwn(desk.store.around.slowing, user, wish.secret)
        done = partial(self._on_proven, user, wish.pin)
        desk.tasks.run(self, work, done, self._on_refused)

    def _on_proven(self, user: str, pin: str, _nothing: None) -> None:
        pins = self._desk.shift.pins
        pins.welcome(user)
        pins.choose(user, pin)
        self._card.forget()
        self.show()
        self._message.show_note(self._desk.words(_KEPT))

    def _on_refused(self, problem: Exception) -> None:
        if not isinstance(problem, AppError):
            raise problem
        self._card.show_wrong(self._desk.words.error(problem))

    @Slot()
    def _on_forgotten(self) -> None:
        self._desk.shift.pins.drop(self._desk.store.user.id)
        self.show()
        self._message.show_note(self._desk.words(_FORGOTTEN))


@dataclass(frozen=True, slots=True)
class CheckOwn:
    """One's own passphrase as work for another thread: trying it takes a moment on purpose."""

    slowing: Slowing
    user: str
    secret: str = field(repr=False)  # a struct would show it

    def __call__(self) -> None:
        """Look whether it is; UserError where it is not, or was tried too soon."""
        self.slowing.check_own(self.user, self.secret)
