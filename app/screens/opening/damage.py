"""The card of damaged records: what is wrong, what is left, and three ways on."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar

from app.errors import N_
from app.language import Words
from app.screens.opening.damage_view import DamageView
from app.screens.secret_field import SecretField
from app.screens.your_data.sides import Sides
from widgets import icons
from widgets.buttons import button
from widgets.cards import Card
from widgets.flow import Flow
from widgets.labels import breaking, label, wrapped
from widgets.layouts import row


class DamageCard(Card):
    """Shows a ``DamageView``; nothing happens before somebody presses for it."""

    secret_given = Signal(str)
    put_back_requested = Signal()
    save_requested = Signal()
    files_requested = Signal()
    retried = Signal()
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.title, self.text = wrapped("", "title"), breaking("")
        self.secret = SecretField(words(N_("Passphrase or recovery code, to look further")), words)
        self.look = button(words(N_("See what is left")), "primary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words(N_("How far the looking is")))
        self.found, self.sides = breaking(""), Sides()
        self.put_back = button("", "primary")
        self.save = button(words(N_("Save what is readable…")))
        self.files = button(words(N_("Show where the files are")))
        self.retry = button(words(N_("Try again")))
        self.leave = button(words(N_("Close the app")))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        line = row(gap=12)
        line.addWidget(label(icons.CAUTION, "caution_text"))
        line.addWidget(self.text, 1)
        ways = Flow(self.put_back, self.look, self.save, self.files, self.retry, self.leave)
        for part in (self.title, line, self.secret, self.bar, self.found, self.sides, ways):
            self.add(part)

    def _connect(self) -> None:
        self.look.clicked.connect(self._on_secret)
        self.secret.edit.returnPressed.connect(self._on_secret)
        for one, told in (
            (self.put_back, self.put_back_requested),
            (self.save, self.save_requested),
            (self.files, self.files_requested),
            (self.retry, self.retried),
            (self.leave, self.left),
        ):
            one.clicked.connect(told)

    def show_view(self, view: DamageView) -> None:
        """Show what is known by now."""
        self.title.setText(view.title)
        self.text.setText(view.text)
        self.text.setAccessibleName(view.text)
        self.secret.clear()
        self.secret.show_problem(view.problem)
        for part in (self.secret, self.look):
            part.setVisible(view.is_asking)
        self.show_busy(is_busy=view.is_looking)
        self.found.setText(view.found)
        self.found.setVisible(bool(view.found))
        self.sides.show_sides(view.sides)
        self.sides.setVisible(bool(view.sides))
        self.put_back.setText(view.put_back)
        self.put_back.setAccessibleName(view.put_back)
        self.put_back.setVisible(view.best is not None)
        self.save.setVisible(view.can_save)
        (self.secret.edit if view.is_asking else self.files).setFocus()

    def show_busy(self, *, is_busy: bool) -> None:
        """Show that something is done beside the window, however long it takes."""
        self.bar.setRange(0, 0)
        self.bar.setVisible(is_busy)
        for one in (self.put_back, self.save, self.retry):
            one.setEnabled(not is_busy)

    @Slot(int)
    def show_percent(self, percent: int) -> None:
        """Say how far it is."""
        self.bar.setRange(0, 100)
        self.bar.setValue(percent)

    @Slot()
    def _on_secret(self) -> None:
        if self.secret.secret:
            self.secret_given.emit(self.secret.secret)
