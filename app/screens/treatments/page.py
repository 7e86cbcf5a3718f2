"""The treatments screen: what is recorded on the left, one form on the right."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.date_reader import DateReader
from app.errors import N_
from app.records.lists import code_list
from app.screens.treatments.form_values import FormKind, Wish
from app.screens.treatments.form_view import FormView
from app.screens.treatments.forms import DoseForm, EventForm, Form, TreatmentForm
from app.screens.treatments.lines import EventRow, TreatmentLine
from app.screens.treatments.view import EVENT_PRESETS, PRESETS, TreatmentsView
from widgets.banner import PatientBanner
from widgets.buttons import button
from widgets.cards import SideColumn
from widgets.flow import FlowLayout
from widgets.labels import label, wrapped
from widgets.layouts import clear, column, ground, row, scrolling, to_top
from widgets.message import MessageBar
from widgets.shortcuts import SAVE, Keys
from widgets.theme import set_mark, set_role

FORM_WIDTH = 360
WIDEST_FORM = 416


class TreatmentsPage(QWidget):
    """Shows a ``TreatmentsView`` and a form; says what is wished and what is to be saved."""

    wished = Signal(object)  # Wish
    saved = Signal()
    cancelled = Signal()
    remove_requested = Signal()

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        set_role(self, "page")
        words = dates.words
        self._words = words
        self.banner = PatientBanner(words)
        self.message = MessageBar(words)
        set_mark(self.message, "place", "floating")
        self.forms: dict[FormKind, Form] = {
            FormKind.TREATMENT: TreatmentForm(dates),
            FormKind.DOSE: DoseForm(dates),
            FormKind.EVENT: EventForm(dates),
        }
        self._hint = wrapped("", "soft")
        self.to_events = button(words(N_("To the events")), "flat")
        self._treatments = column()
        self._events = column()
        self._caution = wrapped("", "caution_text")
        self._wishes: dict[QPushButton, Wish] = {}
        self._build()

    def show_view(self, view: TreatmentsView) -> None:
        """Show everything that is recorded; the form that is open stays as it is."""
        who = view.identity
        self.banner.show_head(who.name, who.facts, who.family, mark=who.mark)
        self._caution.setText(view.caution)
        self._caution.setVisible(bool(view.caution))
        for add in self._wishes:
            add.setEnabled(view.can_add)
        lines = [TreatmentLine(card, self._words) for card in view.treatments]
        self._fill(self._treatments, lines, view.empty)
        self._fill(
            self._events, [EventRow(line, self._words) for line in view.events], view.no_events
        )

    def show_form(self, view: FormView) -> None:
        """Open a form with what it begins with."""
        self.form(view.kind).show_form(view)
        self._forms.setCurrentWidget(self.form(view.kind))
        self.form(view.kind).start()

    def form(self, kind: FormKind) -> Form:
        """Return the form of a kind."""
        return self.forms[kind]

    def close_form(self) -> None:
        """Show the hint in place of a form; the focus goes to none of its neighbours."""
        had_focus = self._forms.isAncestorOf(QApplication.focusWidget() or self)
        self._forms.setCurrentIndex(0)
        if had_focus:
            self.start()

    def clear(self) -> None:
        """Forget the patient before: name, message and form."""
        self.close_form()
        to_top(self._area)
        self.message.hide()
        self.banner.show_head("", "")

    def start(self) -> None:
        """Take the focus off what was pressed last; Tab goes on from the top."""
        self.setFocus()

    def _build(self) -> None:
        line = row(gap=0)
        self._area = scrolling(self._records())
        left = column(gap=0)
        left.addWidget(self.message)  # above what scrolls, so that it is seen from everywhere
        left.addWidget(self._area, 1)
        line.addLayout(left, 1)
        line.addWidget(self._side())
        stack = column(self, gap=0)
        stack.addWidget(self.banner)
        stack.addLayout(line, 1)
        Keys(self, SAVE).pressed.connect(self._on_save_keys_pressed)

    def _records(self) -> QWidget:
        words = self._words
        content = ground()
        stack = column(content, margin=20, gap=12)
        stack.addWidget(self._caution)
        other = self._other(N_("Another treatment"), Wish(FormKind.TREATMENT))
        head = _headed(words(N_("Treatments")), other)
        self.to_events.clicked.connect(self._on_to_events_clicked)
        head.insertWidget(head.count() - 1, self.to_events)
        stack.addLayout(head)
        stack.addWidget(self._agent_presets())
        stack.addLayout(self._treatments)
        stack.addSpacing(16)
        other = self._other(N_("Another event"), Wish(FormKind.EVENT))
        self._events_head = _headed(words(N_("Events")), other)
        stack.addLayout(self._events_head)
        stack.addWidget(self._event_presets())
        stack.addLayout(self._events)
        stack.addStretch(1)
        return content

    def _agent_presets(self) -> QWidget:
        place = ground()
        flow = FlowLayout(place)
        for agent in PRESETS:
            short = self._words(code_list("agents").get(agent).short)
            flow.addWidget(self._preset(short, Wish(FormKind.TREATMENT, code=agent)))
        return place

    def _event_presets(self) -> QWidget:
        place = ground()
        flow = FlowLayout(place)
        for kind in EVENT_PRESETS:
            title = self._words(code_list("event_kinds").get(kind).title)
            flow.addWidget(self._preset(title, Wish(FormKind.EVENT, code=kind)))
        return place

    def _preset(self, title: str, wish: Wish) -> QPushButton:
        text = self._words(N_("+ {what}"), what=title)
        return self._adder(button(text, name=self._words(N_("Add: {what}"), what=title)), wish)

    def _other(self, name: str, wish: Wish) -> QPushButton:
        return self._adder(button(self._words(N_("Other…")), name=self._words(name)), wish)

    def _adder(self, one: QPushButton, wish: Wish) -> QPushButton:
        self._wishes[one] = wish
        one.clicked.connect(self._on_adder_clicked)
        return one

    def _side(self) -> QFrame:
        side = SideColumn("side", 40, FORM_WIDTH, WIDEST_FORM)
        self._forms = QStackedWidget()
        self._forms.addWidget(self._nothing_open())
        for form in self.forms.values():
            self._forms.addWidget(form)
            form.saved.connect(self.saved)
            form.cancelled.connect(self.cancelled)
            form.remove_requested.connect(self.remove_requested)
        column(side).addWidget(self._forms)
        return side

    def _nothing_open(self) -> QWidget:
        text = N_("Add a treatment or an event, or choose one to change it here.")
        self._hint.setText(self._words(text))
        place = ground()
        stack = column(place, margin=24)
        stack.addWidget(self._hint)
        stack.addStretch(1)
        return place

    def _fill(
        self, place: QVBoxLayout, lines: list[TreatmentLine] | list[EventRow], empty: str
    ) -> None:
        clear(place)
        for line in lines:
            line.wished.connect(self.wished)
            place.addWidget(line)
        if not lines:
            nothing: QLabel = wrapped(empty, "soft")
            place.addWidget(nothing)

    @Slot()
    def _on_adder_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self.wished.emit(self._wishes[sender])

    @Slot()
    def _on_to_events_clicked(self) -> None:
        self._area.verticalScrollBar().setValue(self._events_head.geometry().top())

    @Slot()
    def _on_save_keys_pressed(self) -> None:
        if self._forms.currentIndex():
            self.saved.emit()


def _headed(title: str, other: QPushButton) -> QHBoxLayout:
    line = row()
    line.addWidget(label(title, "title"))
    line.addStretch(1)
    line.addWidget(other)
    return line
