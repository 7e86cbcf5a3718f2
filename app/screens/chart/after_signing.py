"""What usually follows a signature: the family's page, the next visit, the next patient."""

from datetime import date

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.date_reader import DateReader
from app.dates import PartialDate, days_after
from app.errors import N_, NN_, UserError
from app.language import Words
from app.records.model import PatientRecord
from app.wording.visits import next_visit_on
from widgets import icons
from widgets.buttons import button
from widgets.date_field import DateField
from widgets.flow import Flow
from widgets.layouts import column, ground, row
from widgets.link_row import LinkRow
from widgets.theme import set_role
from widgets.values import Choice

_WEEKS = (1, 2, 4, 13)


class AfterSigningView(Struct, frozen=True):
    """What is recorded of the next visit, as the button says it and as it is, and usual days.

    ``can_plan`` is false for a patient who is not in care any more.
    """

    told: str
    day: PartialDate | None
    ahead: tuple[Choice, ...]
    can_plan: bool


def after_signing_view(record: PatientRecord, words: Words, today: date) -> AfterSigningView:
    """Make the offers; the id of a day ahead is its date."""
    day = next_visit_on(record, today)
    told = words(N_("Next visit…"))
    if day is not None:
        told = words(N_("Next visit: {date}…"), date=words.short_date(day))
    forms = NN_("{count} week", "{count} weeks")
    return AfterSigningView(
        told=told,
        day=day,
        ahead=tuple(
            Choice(days_after(today, 7 * weeks).isoformat(), words.plural(forms, weeks))
            for weeks in _WEEKS
        ),
        can_plan=record.patient.facts.is_active,
    )


class AfterSigning(QFrame):
    """One line of offers above the chart, and a day to choose where it is asked for."""

    family_page_requested = Signal()
    next_patient_requested = Signal()
    next_visit_given = Signal(object)  # PartialDate

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        set_role(self, "note")
        self._words = words = dates.words
        self._shown = ""
        self.plan = button("")
        self.family = button(words(N_("Print the family page")))
        self.next = button(words(N_("Next patient")), "primary")
        self.close_offers = button(icons.CLOSE, "back", words(N_("Close these offers")))
        self.day = DateField(words(N_("Next visit")), dates, may_be_unknown=False)
        self.ahead = LinkRow()
        self.save = button(words(N_("Save the next visit")), "primary")
        self._lay_out()
        self._connect()
        self.hide()

    def show_view(self, view: AfterSigningView) -> None:
        """Offer what follows; the day is asked for on demand."""
        self.plan.setText(view.told)
        self.plan.setAccessibleName(view.told)
        self.plan.setVisible(view.can_plan)
        self.ahead.show_choices(view.ahead)
        self.day.set_value(view.day)
        self._shown = self.day.text
        self._show_planning(is_planning=False)
        self.show()

    @property
    def typed(self) -> str:
        """A day that is typed and not saved; empty where there is none."""
        return "" if self.isHidden() or self.day.text == self._shown else self.day.text

    def show_problem(self, text: str) -> None:
        """Say why the day cannot be."""
        self.day.show_problem(text)

    def _lay_out(self) -> None:
        line: QHBoxLayout = row(self, gap=12)
        line.setContentsMargins(16, 8, 8, 8)
        stack: QVBoxLayout = column(gap=0)
        line.addLayout(stack, 1)
        line.addWidget(self.close_offers, 0, Qt.AlignmentFlag.AlignTop)
        self._offers = Flow(self.plan, self.family, self.next, gap=12)
        stack.addWidget(self._offers)
        self._planning = ground()
        inner: QVBoxLayout = column(self._planning, gap=8)
        inner.addWidget(self.ahead)
        inner.addWidget(self.day)
        inner.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        stack.addWidget(self._planning)
        self._planning.hide()

    def _show_planning(self, *, is_planning: bool) -> None:
        """Show the days in place of the offers, so that both together never crowd the chart."""
        self._offers.setVisible(not is_planning)
        self._planning.setVisible(is_planning)

    def _connect(self) -> None:
        self.family.clicked.connect(self.family_page_requested)
        self.next.clicked.connect(self.next_patient_requested)
        self.close_offers.clicked.connect(self.hide)
        self.plan.clicked.connect(self._on_plan_clicked)
        self.ahead.chosen.connect(self._on_ahead_chosen)
        self.save.clicked.connect(self._on_save_clicked)
        self.day.field.edit.returnPressed.connect(self._on_save_clicked)

    @Slot()
    def _on_plan_clicked(self) -> None:
        self._show_planning(is_planning=True)
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_ahead_chosen(self, day: str) -> None:
        self.next_visit_given.emit(PartialDate.of(date.fromisoformat(day)))

    @Slot()
    def _on_save_clicked(self) -> None:
        """Report the day; one that is none is told beside it."""
        try:
            day = self.day.value()
        except UserError as problem:
            self.show_problem(self._words.error(problem))
            return
        self.next_visit_given.emit(day)
