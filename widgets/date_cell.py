"""A cell for a date, with a calendar for a finger at its end."""

from contextlib import suppress

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from app.date_reader import DateReader
from app.dates import PartialDate
from app.errors import N_, UserError
from app.language import Words
from widgets import icons
from widgets.buttons import button
from widgets.calendar_popup import CalendarPopup
from widgets.cells import TextCell
from widgets.layouts import row
from widgets.theme import TARGET, set_role


class DateCell(TextCell):
    """A date as people write it; Alt+Down, or a tap on the sign, opens the calendar."""

    def __init__(self, title: str, width: int, dates: DateReader) -> None:
        super().__init__(title, width + TARGET)
        self._dates = dates
        self._calendar: CalendarPopup | None = None
        self.open = QPushButton(icons.CALENDAR, self)
        set_role(self.open, "in_cell")
        self.open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.open.setCursor(Qt.CursorShape.ArrowCursor)
        words = dates.words
        self.open.setAccessibleName(words(N_("{field}: calendar, Alt+Down"), field=title))
        self.open.setToolTip(self.open.accessibleName())
        self.setTextMargins(0, 0, TARGET - 8, 0)
        self.open.clicked.connect(self._on_open_clicked)

    @Slot()
    def _on_open_clicked(self) -> None:
        """Open the calendar at what is written, else at today."""
        if self._calendar is None:
            words = self._dates.words
            self._calendar = CalendarPopup(words, self, may_be_short=True, may_be_unknown=True)
            self._calendar.chosen.connect(self.take)
        when = None
        with suppress(UserError):
            when = self._dates.read(self.text())
        self._calendar.open_at(self, when, self._dates.today())

    def take(self, when: PartialDate | None) -> None:
        """Write a date that was chosen, and go on from the cell."""
        self.set_value("" if when is None else self._dates.words.short_date(when))
        self.changed.emit()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the calendar with Alt+Down."""
        is_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if is_alt and event.key() == Qt.Key.Key_Down:
            self._on_open_clicked()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sign at the end of the cell."""
        super().resizeEvent(event)
        self.open.setGeometry(self.width() - TARGET, 0, TARGET, self.height())


class EitherDay(QWidget):
    """The two days that a date of two meanings can be, one tap for each."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._cell: DateCell | None = None
        self._days: tuple[PartialDate, ...] = ()
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.buttons = (button("", "choice"), button("", "choice"))
        line = row(self)
        for number, one in enumerate(self.buttons):
            self._group.addButton(one, number)
            line.addWidget(one)
        line.addStretch(1)
        self.hide()
        self._group.idClicked.connect(self._on_group_clicked)

    def is_about(self, cell: object) -> bool:
        """Whether it was a cell's date that was asked about last."""
        return cell is self._cell

    def ask(self, cell: DateCell, days: tuple[PartialDate, ...]) -> None:
        """Offer the days that what is written in a cell can mean."""
        self._cell, self._days = cell, days
        for one, day in zip(self.buttons, days, strict=True):
            one.setText(self._words.short_date(day))
            one.setAccessibleName(self._words.long_date(day))
        self.show()

    @Slot(int)
    def _on_group_clicked(self, number: int) -> None:
        self.hide()
        if self._cell is not None:
            self._cell.take(self._days[number])
