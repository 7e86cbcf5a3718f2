"""The page of a day: the day with its neighbours above, the lines below. It knows no store."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.date_reader import DateReader
from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.screens.due.view import DueLine, DuePart, DueView
from widgets.banner import PatientBanner
from widgets.buttons import button
from widgets.cards import Card
from widgets.date_field import DateField
from widgets.labels import ElidedLabel, divider, label, wrapped
from widgets.layouts import centred, clear, column, ground, row, scrolling
from widgets.theme import set_role

_DAY = timedelta(days=1)


class DuePage(QWidget):
    """Shows a ``DueView``; says which day or which patient was chosen."""

    day_chosen = Signal(object)  # date
    patient_chosen = Signal(str)  # internal id
    more_requested = Signal()

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        set_role(self, "page")
        words = dates.words
        self._day = date.min
        self.banner = PatientBanner(words)
        self.banner.show_head(words(N_("Visits due")), "")
        self.before = button(words(N_("Day before")))
        self.after = button(words(N_("Day after")))
        self.day = DateField(words(N_("Day")), dates, may_be_unknown=False, may_be_short=False)
        self.more = button("", "flat")
        self.due = _Part(words)
        self.overdue = _Part(words)
        self._lay_out()
        self._connect()

    def show_view(self, view: DueView) -> None:
        """Show the lines of a day; a date that is being typed stays as it is."""
        self._day = view.day
        shown = PartialDate.of(view.day)
        if not self.day.field.edit.hasFocus():
            self.day.set_value(shown)
        self.due.show_part(view.due)
        self.overdue.show_part(view.overdue)
        self.more.setText(view.overdue.more)
        self.more.setAccessibleName(view.overdue.more)
        self.more.setVisible(bool(view.overdue.more))

    def start(self) -> None:
        """Give the focus to the days, unless one of them has it already."""
        has_focus = self.day.isAncestorOf(self.focusWidget() or self)
        if not (has_focus or self.before.hasFocus() or self.after.hasFocus()):
            self.after.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        body = ground()
        stack = column(body, margin=24, gap=16)
        stack.addLayout(self._days())
        stack.addWidget(self.due)
        stack.addWidget(self.overdue)
        stack.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        stack.addStretch(1)
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addWidget(scrolling(centred(body, 1280)), 1)

    def _days(self) -> QHBoxLayout:
        line = row(gap=12)
        low = Qt.AlignmentFlag.AlignTop
        line.addWidget(self.day, 1, low)
        steps: QVBoxLayout = column(gap=4)
        steps.addWidget(label("", "small"))
        inner = row(gap=12)
        for one in (self.before, self.after):
            inner.addWidget(one)
        steps.addLayout(inner)
        line.addLayout(steps)
        line.setAlignment(steps, low)
        line.addStretch(1)
        return line

    def _connect(self) -> None:
        self.before.clicked.connect(self._on_before_clicked)
        self.after.clicked.connect(self._on_after_clicked)
        self.day.date_changed.connect(self._on_date_changed)
        self.more.clicked.connect(self.more_requested)
        for part in (self.due, self.overdue):
            part.patient_chosen.connect(self.patient_chosen)

    @Slot()
    def _on_before_clicked(self) -> None:
        self.day_chosen.emit(self._day - _DAY)

    @Slot()
    def _on_after_clicked(self) -> None:
        self.day_chosen.emit(self._day + _DAY)

    @Slot(object)
    def _on_date_changed(self, when: PartialDate | None) -> None:
        """Ask for a full date as soon as it is one."""
        if when is not None and when.is_full and when.first != self._day:
            self.day_chosen.emit(when.first)


class _Part(QWidget):
    """A heading, and a card with a line for each patient."""

    patient_chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._heading = wrapped("", "heading")
        self._card = Card()
        self._card.body.setContentsMargins(16, 8, 16, 8)
        self._card.body.setSpacing(0)
        stack = column(self, gap=8)
        stack.addWidget(self._heading)
        stack.addWidget(self._card)

    def show_part(self, part: DuePart) -> None:
        """Show these lines in place of those before."""
        self._heading.setText(part.heading)
        clear(self._card.body)
        for number, line in enumerate(part.lines):
            if number:
                self._card.add(divider())
            shown = _Line(line, self._words)
            shown.patient_chosen.connect(self.patient_chosen)
            self._card.add(shown)
        if not part.lines:
            self._card.add(wrapped(part.nothing, "soft"))


class _Line(QWidget):
    """One patient, and the way to the chart."""

    patient_chosen = Signal(str)

    def __init__(self, line: DueLine, words: Words) -> None:
        super().__init__()
        self._patient = line.patient
        name = ElidedLabel(line.name, "strong")
        who: QVBoxLayout = column(gap=0)
        who.addWidget(name)
        who.addWidget(ElidedLabel(line.facts, "soft"))
        days: QVBoxLayout = column(gap=0)
        days.addWidget(label(line.expected))
        days.addWidget(label(line.last_visit, "small"))
        self.open = button(
            words(N_("Open")), "quiet", words(N_("Open the chart of {name}"), name=line.name)
        )
        inner = row(self, gap=16)
        inner.setContentsMargins(8, 8, 0, 8)
        inner.addLayout(who, 1)
        inner.addLayout(days)
        inner.addWidget(self.open)
        self.open.clicked.connect(self._on_open_clicked)

    @Slot()
    def _on_open_clicked(self) -> None:
        self.patient_chosen.emit(self._patient)
