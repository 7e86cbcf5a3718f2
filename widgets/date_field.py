"""A date typed as people know it, or chosen by a finger: a day, a month, a year, or not at all."""

from contextlib import suppress
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from app.date_reader import SAMPLE, DateReader, TwoDays
from app.dates import PartialDate, Precision, iso, parse_date
from app.errors import N_, UserError
from widgets import icons
from widgets.buttons import button
from widgets.calendar_popup import CalendarPopup
from widgets.fields import TextField
from widgets.layouts import column, row
from widgets.let_go import once_let_go

_SAID = {
    Precision.DAY: N_("{date}"),
    Precision.MONTH: N_("{date}, the day is not known"),
    Precision.YEAR: N_("{date}, the month is not known"),
}


class DateField(QWidget):
    """Takes what the reader of dates takes, and says below how it is understood.

    A date of two meanings is asked back below, one tap for each. Once the field is left, the date
    stands there as the app writes it.
    """

    date_changed = Signal(object)  # PartialDate | None, only when what is written is a date
    finished = Signal()  # the field was left, Enter pressed, or a date chosen by a tap

    def __init__(
        self,
        title: str,
        dates: DateReader,
        *,
        may_be_unknown: bool = True,
        may_be_short: bool = True,
    ) -> None:
        super().__init__()
        self._dates = dates
        self._may_be_unknown = may_be_unknown
        self._may_be_short = may_be_short
        self._popup: CalendarPopup | None = None
        self._either: tuple[PartialDate, ...] = ()
        words = dates.words
        today = words(N_("{field}: today"), field=title)
        self.today = _beside(words(N_("Today")), "beside", today)
        self.calendar = _beside(
            icons.CALENDAR, "sign", words(N_("{field}: calendar, Alt+Down"), field=title)
        )
        hint = words(N_("like {date}"), date=words.short_date(SAMPLE))
        self.field = TextField(title, hint, (self.today, self.calendar))
        self.choices = (button("", "choice"), button("", "choice"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.calendar.setToolTip(self.calendar.accessibleName())
        kept = self.field.below.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.field.below.setSizePolicy(kept)
        stack = column(self, gap=4)
        stack.addWidget(self.field)
        line = row()
        for choice in self.choices:
            line.addWidget(choice)
            choice.hide()
        line.addStretch(1)
        stack.addLayout(line)
        self.setFocusProxy(self.field)

    def _connect(self) -> None:
        self.field.edited.connect(self._on_field_edited)
        self.field.finished.connect(self._on_field_finished)
        self.today.clicked.connect(self._on_today_clicked)
        self.calendar.clicked.connect(self._on_open_clicked)
        keys = QShortcut(QKeySequence("Alt+Down"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self._on_open_clicked)
        first, second = self.choices
        first.clicked.connect(self._on_first_clicked)
        second.clicked.connect(self._on_second_clicked)

    @property
    def text(self) -> str:
        """The date as tables write it, or what is written instead of one."""
        try:
            return iso(self._dates.read(self.field.text))
        except UserError:
            return self.field.text

    def value(self) -> PartialDate | None:
        """Return the date that is written; ``None`` is unknown.

        Raises:
            UserError: What is written is no certain date, or not the one that is needed here.

        """
        return self._dates.read(
            self.field.text,
            may_be_unknown=self._may_be_unknown,
            may_be_short=self._may_be_short,
        )

    def set_value(self, when: PartialDate | None) -> None:
        """Write a date without reporting it."""
        self.field.set_text(self._written(when))
        self._ask_which(())
        self._say(when)

    def set_text(self, text: str) -> None:
        """Write what ``text`` returned, be it a date or not, without reporting it."""
        try:
            self.set_value(parse_date(text))
        except UserError:
            self.field.set_text(text)
            self._hear()

    def show_problem(self, text: str) -> None:
        """Say below what is wrong with the date; empty takes it back."""
        self.field.show_problem(text)

    def _written(self, when: PartialDate | None) -> str:
        return "" if when is None else self._dates.words.short_date(when)

    def _say(self, when: PartialDate | None) -> None:
        """Say how a date is understood, unless just that is written."""
        written = self._written(when)
        said = "" if when is None else self._dates.words(_SAID[when.precision], date=written)
        self.field.show_hint("" if said == self.field.text else said)

    def _ask_which(self, days: tuple[PartialDate, ...]) -> None:
        """Offer the days that a date of two meanings can be; none puts the question away."""
        self._either = days
        for choice, day in zip(self.choices, days, strict=False):
            choice.setText(self._dates.words.short_date(day))
            choice.setAccessibleName(self._dates.words.long_date(day))
        for choice in self.choices:
            choice.setVisible(bool(days))

    def _hear(self) -> bool:
        """Say how what is written is understood, or ask which day is meant; say if it is a date.

        A date that is not finished yet is no fault.
        """
        self._ask_which(())
        self.field.show_hint("")
        try:
            self._say(self.value())
        except TwoDays as either:
            self.field.show_hint(self._dates.words.error(either))
            self._ask_which(either.days)
        except UserError:
            pass
        else:
            return True
        return False

    def _take(self, when: PartialDate | None) -> None:
        """Write a date that was chosen, and report it."""
        self.set_value(when)
        self.date_changed.emit(when)
        self.finished.emit()

    @Slot(str)
    def _on_field_edited(self, _text: str) -> None:
        if self._hear():
            self.date_changed.emit(self.value())

    @Slot(str)
    def _on_field_finished(self, _text: str) -> None:
        try:
            when = self.value()
        except UserError as problem:
            once_let_go(self, partial(self._refuse, self.field.text, problem))
        else:
            if self.field.text != self._written(when):
                self.set_value(when)
        self.finished.emit()

    def _refuse(self, text: str, problem: UserError) -> None:
        """Say below what is wrong with a text, unless another one stands there by then."""
        if self.field.text == text:
            self.field.show_problem(self._dates.words.error(problem))

    @Slot()
    def _on_today_clicked(self) -> None:
        self._take(PartialDate.of(self._dates.today()))

    @Slot()
    def _on_open_clicked(self) -> None:
        known: PartialDate | None = None
        if self._popup is None:
            self._popup = CalendarPopup(
                self._dates.words,
                self,
                may_be_short=self._may_be_short,
                may_be_unknown=self._may_be_unknown,
            )
            self._popup.chosen.connect(self._on_calendar_chosen)
        with suppress(UserError):
            known = self._dates.read(self.field.text)
        self._popup.open_at(self.field, known, self._dates.today())

    @Slot(object)
    def _on_calendar_chosen(self, when: PartialDate | None) -> None:
        self._take(when)

    @Slot()
    def _on_first_clicked(self) -> None:
        self._take(self._either[0])

    @Slot()
    def _on_second_clicked(self) -> None:
        self._take(self._either[1])


def _beside(text: str, role: str, name: str) -> QPushButton:
    """Return a button for a finger: the keyboard writes “today”, and Alt+Down opens the rest."""
    answer = button(text, role, name)
    answer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return answer
