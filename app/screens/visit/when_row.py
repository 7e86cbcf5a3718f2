"""Day and time of a visit: stored while they are typed, and never dropped unseen."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.date_reader import DateReader
from app.dates import PartialDate
from app.errors import N_, UserError
from app.screens.visit.context_view import When
from widgets.date_field import DateField
from widgets.fields import TextField
from widgets.layouts import row


class WhenRow(QWidget):
    """Two fields. What is typed counts as stored once ``mark_stored`` has said so."""

    typed = Signal(object)  # When
    edited = Signal()

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        self._day = PartialDate(1)
        self._shown = ("", "")
        words = dates.words
        self.date = DateField(words(N_("Date of the visit")), dates, may_be_unknown=False)
        self.time = TextField(words(N_("Time of day")), words(N_("09:30")))
        line = row(self, gap=24)
        for one in (self.date, self.time):
            line.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)
        for edited in (self.date.field.edited, self.date.date_changed, self.time.edited):
            edited.connect(self.edited)
        for finished in (self.date.finished, self.time.finished):
            finished.connect(self._on_finished)

    def show_stored(self, day: PartialDate, time: str) -> None:
        """Show what is stored, unless something that is not stored is typed here."""
        self._day = day
        if self.unsaved() is not None:
            return
        if not self.date.field.edit.hasFocus():
            self.date.set_value(day)
        if not self.time.edit.hasFocus():
            self.time.set_text(time)
        self._shown = self._texts

    @Slot()
    def mark_stored(self) -> None:
        """Know that day and time are stored as they are typed."""
        self._shown = self._texts

    def unsaved(self) -> tuple[str, str] | None:
        """Return what is typed if it is not stored."""
        return None if self._texts == self._shown else self._texts

    def put_back(self, texts: tuple[str, str]) -> None:
        """Write again what could not be stored before."""
        date, time = texts
        self.date.set_text(date)
        self.time.edit.setText(time)

    def clear(self) -> None:
        """Forget everything: another patient is about to come."""
        self._day = PartialDate(1)
        self.date.set_value(None)
        self.time.set_text("")
        self._shown = self._texts

    def report(self, *, is_finished: bool) -> None:
        """Say what is typed and not stored, if a day can be read from it."""
        if self.unsaved() is None:
            return
        try:
            day = self.date.value()
        except UserError:
            return
        self.typed.emit(When(day or self._day, self.time.text, is_finished))

    @property
    def _texts(self) -> tuple[str, str]:
        return self.date.text, self.time.text

    @Slot()
    def _on_finished(self) -> None:
        self.report(is_finished=True)
