"""The card that makes a new key: a passphrase, a button, a bar while it runs."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar

from app.errors import N_
from app.language import Words
from app.screens.new_key.view import NewKeyView
from app.screens.secret_field import SecretField
from widgets.buttons import button
from widgets.cards import Card
from widgets.flow import Flow
from widgets.labels import wrapped
from widgets.layouts import row
from widgets.tick_button import TickButton


class MakingCard(Card):
    """Says what a new key is for and begins it; one may go on with other things meanwhile."""

    begun = Signal(str)  # the secret that opens the records now
    stopped = Signal()
    people_requested = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words(N_("A new key")))
        self._words = words
        self.told = (wrapped(""), wrapped(""), wrapped(""))
        self.refused = wrapped("", "soft")
        self.people = button(words(N_("People")), "quiet")
        self.surplus = TickButton("", "")
        self.secret = SecretField(words(N_("Passphrase now, or recovery code")), words)
        self.make = button(words(N_("Make a new key")), "primary")
        self.stop = button(words(N_("Stop")), "quiet", words(N_("Stop making a new key")))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words(N_("How far the new key is")))
        self.state = wrapped("", "soft")
        self._lay_out()
        self.people.clicked.connect(self.people_requested)
        self.make.clicked.connect(self._on_make_clicked)
        self.secret.edit.returnPressed.connect(self._on_make_clicked)
        self.stop.clicked.connect(self.stopped)
        self.show_state("", is_running=False)

    def _lay_out(self) -> None:
        ending = row()
        ending.addWidget(self.stop)
        ending.addStretch(1)
        for text in (*self.told, self.refused):
            self.add(text)
        self.add(Flow(self.surplus))
        self.add(self.secret)
        self.add(Flow(self.make, self.people))
        self.add(self.bar)
        self.add(self.state)
        self.add(ending)

    def show_view(self, view: NewKeyView) -> None:
        """Show what it is for, or why there is none."""
        for label, text in zip(self.told, view.told, strict=True):
            label.setText(text)
            label.setVisible(not view.refused)
        self.refused.setText(view.refused)
        self.refused.setVisible(bool(view.refused))
        self.surplus.setText(view.surplus)
        self.surplus.setAccessibleName(view.surplus)
        self._arrange(is_running=not self.bar.isHidden())

    def show_state(self, text: str, *, is_running: bool) -> None:
        """Say what is being done or came of it; a key pressed twice does not reach Stop."""
        had_focus = self.secret.edit.hasFocus() or self.make.hasFocus()
        self._arrange(is_running=is_running)
        if is_running and had_focus:
            self.bar.setFocus()
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def _arrange(self, *, is_running: bool) -> None:
        is_asking = not self.refused.text() and not is_running
        self.secret.setVisible(is_asking)
        for one in (self.make, self.people):
            one.setVisible(is_asking)
        self.surplus.setVisible(is_asking and bool(self.surplus.text()))
        self.stop.setVisible(is_running)
        self.bar.setVisible(is_running)

    def show_wrong(self, text: str) -> None:
        """Say at the field that the secret does not open the records."""
        self.show_state("", is_running=False)
        self.secret.show_problem(text)
        self.secret.setFocus()

    @Slot(int)
    def show_percent(self, percent: int) -> None:
        """Say how far it is."""
        self.bar.setValue(percent)

    @Slot()
    def _on_make_clicked(self) -> None:
        if self.make.isVisible():
            self.secret.show_problem("")
            self.begun.emit(self.secret.secret)
