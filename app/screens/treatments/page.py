"""The treatments screen: what is recorded on the left, one form on the right."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records import codes
from app.screens.treatments.forms import DoseForm, EventForm, TreatmentForm, first_field
from app.screens.treatments.lines import EventRow, TreatmentLine
from app.screens.treatments.view import (
    PRESETS,
    DoseLine,
    EventLine,
    TreatmentCard,
    TreatmentsView,
)
from widgets.banner import PatientBanner
from widgets.buttons import button
from widgets.labels import label, wrapped
from widgets.layouts import clear, column, ground, row, scrolling
from widgets.message import MessageBar
from widgets.theme import set_role

FORM_WIDTH = 400


class TreatmentsPage(QWidget):
    """Shows a ``TreatmentsView``; the forms report what was typed."""

    treatment_removed = Signal(object)  # TreatmentCard
    dose_removed = Signal(object)  # DoseLine
    event_removed = Signal(object)  # EventLine

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self._words = words
        self._weight = ""
        self._today = PartialDate(1970, 1, 1)
        self.banner = PatientBanner(words)
        self.message = MessageBar(words)
        self.treatment_form = TreatmentForm(words)
        self.dose_form = DoseForm(words)
        self.event_form = EventForm(words)
        self._treatments = column()
        self._events = column()
        self._caution = wrapped("", "caution_text")
        self._presets: dict[QPushButton, str] = {}
        self._build()

    def show_view(self, view: TreatmentsView, today: PartialDate) -> None:
        """Show everything that is recorded; the form that is open stays as it is."""
        self._weight = view.weight
        self._today = today
        self.banner.show_head(view.identity.name, view.identity.facts)
        self._caution.setText(view.caution)
        self._caution.setVisible(bool(view.caution))
        self._fill_treatments(view)
        self._fill_events(view)

    def clear(self) -> None:
        """Close every form and forget what was typed in it."""
        self.close_form()
        self.message.hide()
        self.banner.show_head("", "")
        self.treatment_form.show_new("")
        self.dose_form.show_dose("", None, "")
        self.event_form.show_event(None, self._today)

    def close_form(self) -> None:
        """Show the hint in place of a form."""
        self._forms.setCurrentIndex(0)

    def _build(self) -> None:
        line = row(gap=0)
        line.addWidget(scrolling(self._records()), 1)
        line.addWidget(self._side())
        stack = column(self, gap=0)
        stack.addWidget(self.banner)
        stack.addLayout(line, 1)

    def _records(self) -> QWidget:
        content = ground()
        stack = column(content, margin=24, gap=12)
        stack.addWidget(self.message)
        stack.addWidget(self._caution)
        stack.addWidget(label(self._words(N_("Treatments")), "title"))
        stack.addLayout(self._preset_rows())
        stack.addLayout(self._treatments)
        stack.addSpacing(16)
        add_event = button(self._words(N_("+ Event")))
        add_event.clicked.connect(self._on_event_added)
        head = row()
        head.addWidget(label(self._words(N_("Events")), "title"))
        head.addStretch(1)
        head.addWidget(add_event)
        stack.addLayout(head)
        stack.addLayout(self._events)
        stack.addStretch(1)
        return content

    def _preset_rows(self) -> QHBoxLayout:
        stack = column()
        for chunk in (PRESETS[:3], PRESETS[3:]):
            line = row()
            for agent in chunk:
                line.addWidget(self._preset(agent), 1)
            stack.addLayout(line)
        other = button(self._words(N_("Other…")), name=self._words(N_("Another treatment")))
        self._presets[other] = ""
        other.clicked.connect(self._on_preset_clicked)
        whole: QHBoxLayout = row()
        whole.addLayout(stack, 1)
        whole.addWidget(other)
        return whole

    def _preset(self, agent: str) -> QPushButton:
        short = self._words(codes.agent(agent).short)
        one = button(
            self._words(N_("+ {agent}"), agent=short),
            name=self._words(N_("Add {agent}"), agent=short),
        )
        self._presets[one] = agent
        one.clicked.connect(self._on_preset_clicked)
        return one

    def _side(self) -> QFrame:
        side = QFrame()
        set_role(side, "side")
        side.setFixedWidth(FORM_WIDTH)
        self._forms = QStackedWidget()
        hint = wrapped(
            self._words(N_("Add a treatment or an event, or choose one to change it here.")),
            "soft",
        )
        hint.setContentsMargins(24, 24, 24, 24)
        self._forms.addWidget(hint)
        for form in (self.treatment_form, self.dose_form, self.event_form):
            self._forms.addWidget(scrolling(form))
            form.cancelled.connect(self.close_form)
        column(side).addWidget(self._forms)
        return side

    def _fill_treatments(self, view: TreatmentsView) -> None:
        clear(self._treatments)
        for card in view.treatments:
            line = TreatmentLine(card, self._words)
            line.changed.connect(self._on_treatment_changed)
            line.removed.connect(self.treatment_removed)
            line.dose_added.connect(self._on_dose_added)
            line.dose_changed.connect(self._on_dose_changed)
            line.dose_removed.connect(self.dose_removed)
            self._treatments.addWidget(line)
        if not view.treatments:
            self._treatments.addWidget(wrapped(view.empty, "soft"))

    def _fill_events(self, view: TreatmentsView) -> None:
        clear(self._events)
        for event in view.events:
            line = EventRow(event, self._words)
            line.changed.connect(self._on_event_changed)
            line.removed.connect(self.event_removed)
            self._events.addWidget(line)
        if not view.events:
            self._events.addWidget(wrapped(view.no_events, "soft"))

    def _open_form(self, number: int, form: QWidget) -> None:
        self._forms.setCurrentIndex(number)
        field = first_field(form)
        if field is not None:
            field.setFocus()

    @Slot()
    def _on_preset_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self.treatment_form.show_new(self._presets[sender])
            self._open_form(1, self.treatment_form)

    @Slot(object)
    def _on_treatment_changed(self, card: TreatmentCard) -> None:
        self.treatment_form.show_treatment(card.treatment)
        self._open_form(1, self.treatment_form)

    @Slot(object)
    def _on_dose_added(self, card: TreatmentCard) -> None:
        self.dose_form.show_dose(card.treatment.id, None, self._weight)
        self._open_form(2, self.dose_form)

    @Slot(object, object)
    def _on_dose_changed(self, card: TreatmentCard, line: DoseLine) -> None:
        self.dose_form.show_dose(card.treatment.id, line.dose, self._weight)
        self._open_form(2, self.dose_form)

    @Slot()
    def _on_event_added(self) -> None:
        self.event_form.show_event(None, self._today)
        self._open_form(3, self.event_form)

    @Slot(object)
    def _on_event_changed(self, line: EventLine) -> None:
        self.event_form.show_event(line.event, self._today)
        self._open_form(3, self.event_form)
