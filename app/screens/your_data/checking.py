"""The part that checks the data: a button, a bar while it runs, and why it did not."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from app.errors import N_
from app.language import Words
from widgets.buttons import button
from widgets.labels import wrapped
from widgets.layouts import column, row


class CheckPart(QWidget):
    """Begins and stops the check; one may go on with other things meanwhile.

    The button that begins it is laid out by whoever shows the part.
    """

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.start = button(words(N_("Check now")))
        self.stop = button(words(N_("Stop the check")))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words(N_("How far the check is")))
        self.found = wrapped("", "soft")
        stack = column(self)
        stack.addWidget(self.bar)
        stack.addWidget(self.found)
        line = row()
        line.addWidget(self.stop)
        line.addStretch(1)
        stack.addLayout(line)
        self._show(is_running=False, text="")

    def show_running(self) -> None:
        """Say that the check runs; a key pressed twice does not reach the button that stops it."""
        had_focus = self.start.hasFocus()
        self.bar.setValue(0)
        self._show(is_running=True, text=self._words(N_("Checking…")))
        if had_focus:
            self.bar.setFocus()

    @Slot(int)
    def show_percent(self, percent: int) -> None:
        """Say how far it is."""
        self.bar.setValue(percent)

    def show_found(self, text: str) -> None:
        """Say that the check is over, and why it has found nothing, if it has not."""
        self._show(is_running=False, text=text)

    def forget(self) -> None:
        """Say nothing any more of a check that is over."""
        if self.start.isEnabled():
            self.show_found("")

    def _show(self, *, is_running: bool, text: str) -> None:
        self.start.setEnabled(not is_running)
        if not is_running and (self.bar.hasFocus() or self.stop.hasFocus()):
            self.start.setFocus()
        for part in (self.stop, self.bar):
            part.setVisible(is_running)
        self.found.setText(text)
        self.found.setVisible(bool(text))
        self.setVisible(is_running or bool(text))
