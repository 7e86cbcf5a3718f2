"""A date typed as people know it: a day, a month, a year, or not at all."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.dates import PartialDate, Precision, iso, parse_date
from app.errors import N_, UserError
from app.language import Words
from widgets.fields import TextField
from widgets.layouts import column

_SAID = {
    Precision.DAY: N_("{date}"),
    Precision.MONTH: N_("{date}, the day is not known"),
    Precision.YEAR: N_("{date}, the month is not known"),
}


class DateField(QWidget):
    """Takes ``2025-01-31``, ``2025-01`` or ``2025`` and says below what it understood."""

    date_changed = Signal(object)  # PartialDate | None, only when what is written is a date

    def __init__(self, title: str, words: Words, *, may_be_unknown: bool = True) -> None:
        super().__init__()
        self._words = words
        self._may_be_unknown = may_be_unknown
        self.field = TextField(title, words(N_("2025-01-31, 2025-01 or 2025")))
        stack: QVBoxLayout = column(self)
        stack.addWidget(self.field)
        self.setFocusProxy(self.field)
        self.field.edited.connect(self._on_field_edited)
        self.field.finished.connect(self._on_field_finished)

    @property
    def text(self) -> str:
        """What is written."""
        return self.field.text

    def value(self) -> PartialDate | None:
        """Return the date that is written; ``None`` is unknown.

        Raises:
            UserError: What is written is no date, or a date is needed here.

        """
        when = parse_date(self.field.text)
        if when is None and not self._may_be_unknown:
            raise UserError(N_("Please write a date, for example 2025-01-31."))
        return when

    def set_value(self, when: PartialDate | None) -> None:
        """Write a date without reporting it."""
        self.field.set_text(iso(when))
        self._say(when)

    def show_problem(self, text: str) -> None:
        """Say below what is wrong with the date; empty takes it back."""
        self.field.show_problem(text)

    def _say(self, when: PartialDate | None) -> None:
        if when is None:
            self.field.show_hint("")
        else:
            said = self._words(_SAID[when.precision], date=self._words.short_date(when))
            self.field.show_hint(said)

    @Slot(str)
    def _on_field_edited(self, _text: str) -> None:
        try:
            when = self.value()
        except UserError:
            self.field.show_hint("")
            return
        self._say(when)
        self.date_changed.emit(when)

    @Slot(str)
    def _on_field_finished(self, _text: str) -> None:
        try:
            self.value()
        except UserError as problem:
            self.field.show_problem(self._words.error(problem))
