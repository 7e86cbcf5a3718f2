"""The card of one's own PIN: chosen and changed with one's passphrase, forgotten without."""

from dataclasses import dataclass, field

from PySide6.QtCore import Signal, Slot

from app.errors import N_
from app.language import Words
from app.screens.secret_field import SecretField
from widgets.buttons import button
from widgets.cards import Card
from widgets.flow import Flow
from widgets.labels import wrapped

_NONE = N_(
    "You have no PIN. One of 4 digits or more brings you back to a locked window. It opens "
    "nothing else, and the app forgets it when it is closed."
)
_CHOSEN = N_("You have a PIN, until the app is closed.")


@dataclass(frozen=True, slots=True)
class NewPin:
    """The passphrase of whoever asks, and the PIN wished for."""

    secret: str = field(repr=False)  # a struct would show it
    pin: str = field(repr=False)  # a struct would show it


class PinCard(Card):
    """Three fields and two buttons; nothing is reported before both PINs agree."""

    pin_requested = Signal(object)  # NewPin
    forgotten = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words(N_("Your PIN")))
        self._words = words
        self._has_pin = False
        self.state = wrapped("", "soft")
        self.secret = SecretField(words(N_("Your passphrase")), words)
        self.pin = SecretField(words(N_("New PIN")), words)
        self.again = SecretField(words(N_("New PIN again")), words)
        self.choose = button("")
        self.drop = button(words(N_("Forget the PIN")))
        for part in (self.state, *self._fields()):
            self.add(part)
        self.add(Flow(self.choose, self.drop))
        self.choose.clicked.connect(self._on_choose_clicked)
        self.drop.clicked.connect(self.forgotten)
        for one in self._fields():
            one.edit.returnPressed.connect(self._on_choose_clicked)
        self.show_state(has_pin=False)

    def show_state(self, *, has_pin: bool) -> None:
        """Say whether there is a PIN; what is being typed stays."""
        self._has_pin = has_pin
        self.state.setText(self._words(_CHOSEN if has_pin else _NONE))
        self.drop.setVisible(has_pin)
        self._set_working(is_working=False)

    def forget(self) -> None:
        """Empty the fields."""
        for one in self._fields():
            one.clear()
            one.show_problem("")

    def show_wrong(self, text: str) -> None:
        """Say why the passphrase was not taken."""
        self._set_working(is_working=False)
        self.secret.show_problem(text)
        self.secret.setFocus()

    def show_poor(self, text: str) -> None:
        """Say why the PIN cannot be taken."""
        self._set_working(is_working=False)
        self.pin.show_problem(text)
        self.pin.setFocus()

    def _fields(self) -> tuple[SecretField, ...]:
        return self.secret, self.pin, self.again

    def _set_working(self, *, is_working: bool) -> None:
        self.choose.setEnabled(not is_working)
        still = N_("Change PIN") if self._has_pin else N_("Choose PIN")
        self.choose.setText(self._words(N_("Trying the passphrase…") if is_working else still))

    @Slot()
    def _on_choose_clicked(self) -> None:
        if not self.choose.isEnabled():
            return
        for one in self._fields():
            one.show_problem("")
        if self.pin.secret != self.again.secret:
            self.again.show_problem(self._words(N_("The two PINs differ.")))
            self.again.setFocus()
            return
        self._set_working(is_working=True)
        self.pin_requested.emit(NewPin(self.secret.secret, self.pin.secret))
