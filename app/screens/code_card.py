"""The card that shows the recovery code, this once."""

from PySide6.QtCore import Qt, Signal, Slot

from app.errors import N_
from app.language import Words
from app.screens.recovery import CodeView
from widgets import clipboard
from widgets.buttons import button
from widgets.cards import Card
from widgets.flow import Flow
from widgets.labels import label, wrapped
from widgets.tick_button import TickButton

_MINUTE_MS = 60_000


class CodeCard(Card):
    """The way on opens once somebody says that the code is written down."""

    confirmed = Signal()
    print_requested = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.title, self.text = label("", "title"), wrapped("", "soft")
        self.code = wrapped("", "heading")
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy = button(words(N_("Copy")))
        self.print = button(words(N_("Print…")))
        written = words(N_("I have written it down"))
        self.written = TickButton(written, written)
        self.problem = wrapped("", "caution_text")
        self.go_on = button(words(N_("Continue")), "primary")
        self._lay_out()
        self.written.toggled.connect(self.go_on.setEnabled)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.print.clicked.connect(self.print_requested)
        self.go_on.clicked.connect(self.confirmed)

    def _lay_out(self) -> None:
        for part in (self.title, self.text, self.code):
            self.add(part)
        self.add(Flow(self.copy, self.print))
        self.add(self.problem)
        self.problem.hide()
        self.add(Flow(self.written, self.go_on))

    def show_view(self, view: CodeView) -> None:
        """Show the code; the way on is shut."""
        self.title.setText(view.title)
        self.text.setText(view.text)
        self.code.setText(view.code)
        self.code.setAccessibleName(view.code)
        self.copy.setText(self._words(N_("Copy")))
        self.written.setChecked(False)
        self.go_on.setEnabled(False)
        self.show_problem("")
        self.copy.setFocus()

    @property
    def has_code(self) -> bool:
        """Whether a code stands there."""
        return bool(self.code.text())

    def show_problem(self, text: str) -> None:
        """Say why one cannot go on; empty takes it back."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def forget(self) -> None:
        """Take the code off the screen."""
        self.code.setText("")
        self.code.setAccessibleName("")

    @Slot()
    def _on_copy_clicked(self) -> None:
        clipboard.put(self.code.text(), goes_after_ms=_MINUTE_MS)
        self.copy.setText(self._words(N_("Copied for a minute")))
