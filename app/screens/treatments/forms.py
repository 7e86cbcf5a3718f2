"""The forms of the treatments screen: told what to hold, they say what was typed."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from app.date_reader import DateReader
from app.errors import N_
from app.screens.offers import offers
from app.screens.treatments.form_fields import FormField, ListField
from app.screens.treatments.form_values import WEIGHED_ON, WEIGHT, Typed
from app.screens.treatments.form_view import FormView, usual_route
from widgets.buttons import button
from widgets.date_field import DateField
from widgets.fields import TextField
from widgets.labels import wrapped
from widgets.layouts import column, ground, row, scrolling
from widgets.number_field import NumberField
from widgets.shortcuts import SAVE, name_key
from widgets.theme import set_role

_MARGIN = 24
_BAR_WIDTH = 14


class Form(QFrame):
    """Fields that scroll, and below them Save and Cancel that do not."""

    saved = Signal()
    cancelled = Signal()
    remove_requested = Signal()

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        set_role(self, "plain_ground")
        self.words = words = dates.words
        self._problems: Mapping[str, str] = {}
        self.heading = wrapped("", "heading")
        self.problem = wrapped("", "caution_text")
        self.save = button(words(N_("Save")), "primary")
        name_key(self.save, SAVE, words)
        self.cancel = button(words(N_("Cancel")))
        self.remove = button(words(N_("Remove…")), "flat")
        self._body = ground()
        self._stack = column(self._body, margin=_MARGIN, gap=16)
        self._lay_out()
        self.save.clicked.connect(self.saved)
        self.cancel.clicked.connect(self.cancelled)
        self.remove.clicked.connect(self.remove_requested)

    def show_form(self, view: FormView) -> None:
        """Hold what a view begins with."""
        self.heading.setText(view.heading)
        self.remove.setVisible(view.can_remove)
        self.write(view.typed)

    def write(self, typed: Typed) -> None:
        """Hold what was typed, without a sentence beside it."""
        for name, field in self.fields().items():
            field.set_text(typed.get(name, ""))
        self._problems = {}
        self.show_problem("")

    def typed(self) -> Typed:
        """Return what stands in the fields."""
        return {name: field.text for name, field in self.fields().items()}

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Put each sentence beside its field, and the focus into the first of them."""
        self.show_problem("")
        shown = self.fields()
        for name, field in shown.items():
            if name in problems or name in self._problems:
                field.show_problem(problems.get(name, ""))
        self._problems = problems
        wrong = [field for name, field in shown.items() if name in problems]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, text: str) -> None:
        """Say what the record refused; empty takes it back."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def fields(self) -> dict[str, FormField]:
        """Return the fields by the names of the facts they hold, in that order."""
        raise NotImplementedError

    def start(self) -> None:
        """Give the focus to the first field that is empty."""
        shown = list(self.fields().values())
        first = next((field for field in shown if not field.text), shown[0])
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def choices(self, title: str, name: str) -> ListField:
        """Return a field for one of a code list."""
        return ListField(title, offers(name, self.words))

    def place(self, *parts: QWidget | QLayout) -> None:
        """Put the fields below each other."""
        for part in parts:
            if isinstance(part, QWidget):
                self._stack.addWidget(part)
            else:
                self._stack.addLayout(part)
        self._stack.addStretch(1)

    def _lay_out(self) -> None:
        head = row()
        head.addWidget(self.heading, 1)
        head.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addLayout(head)
        line = row()
        line.addWidget(self.save, 1)
        line.addWidget(self.cancel, 1)
        self._foot = column()
        self._foot.addWidget(self.problem)
        self._foot.addLayout(line)
        area = scrolling(self._body)
        whole = column(self, gap=0)
        whole.addWidget(area, 1)
        whole.addLayout(self._foot)
        self.problem.hide()
        self._on_bar_range_changed(0, 0)
        area.verticalScrollBar().rangeChanged.connect(self._on_bar_range_changed)

    @Slot(int, int)
    def _on_bar_range_changed(self, _lowest: int, highest: int) -> None:
        """Keep the buttons as wide as the fields above, which give way to a scroll bar."""
        bar = _BAR_WIDTH if highest else 0
        self._foot.setContentsMargins(_MARGIN, 12, _MARGIN + bar, 16)


class TreatmentForm(Form):
    """An agent with its dates, route and note; a new one takes the usual route of its agent."""

    def __init__(self, dates: DateReader) -> None:
        super().__init__(dates)
        words = dates.words
        self._is_new = False
        self._prefilled = ""
        self.agent = self.choices(words(N_("Treatment")), "agents")
        self.start_date = DateField(words(N_("Start (empty if not known)")), dates)
        self.stop_date = DateField(words(N_("Stop (empty while it runs)")), dates)
        self.route = self.choices(words(N_("Route")), "routes")
        self.note = TextField(words(N_("Note")))
        self.place(self.agent, self.start_date, self.stop_date, self.route, self.note)
        self.agent.combo.chosen.connect(self._on_agent_chosen)

    def show_form(self, view: FormView) -> None:
        """Hold a treatment; a new one stands with the usual route of its agent, if it has one."""
        super().show_form(view)
        self._is_new = not view.can_remove
        self._prefilled = self.route.text

    def write(self, typed: Typed) -> None:
        """Go on with what was typed before; a usual route still follows the agent."""
        super().write(typed)
        if self.route.text == usual_route(self.agent.text):
            self._prefilled = self.route.text

    @Slot(str)
    def _on_agent_chosen(self, agent: str) -> None:
        """Prefill the route of a new treatment; one that somebody chose stays."""
        if self._is_new and self.route.text in {"", self._prefilled}:
            self._prefilled = usual_route(agent)
            self.route.set_text(self._prefilled)

    def fields(self) -> dict[str, FormField]:
        """Return the fields by the names of what they hold."""
        return {
            "agent": self.agent,
            "start": self.start_date,
            "stop": self.stop_date,
            "route": self.route,
            "note": self.note,
        }


class DoseForm(Form):
    """A dose step: amount, unit, frequency, dates; and a weight with its date beside it."""

    def __init__(self, dates: DateReader) -> None:
        super().__init__(dates)
        words = dates.words
        self.amount = NumberField(words(N_("Dose")), words)
        self.unit = self.choices(words(N_("Unit")), "units")
        self.frequency = self.choices(words(N_("How often")), "frequencies")
        self.start_date = DateField(words(N_("From (empty if not known)")), dates)
        self.stop_date = DateField(words(N_("Until (empty while it runs)")), dates)
        self.note = TextField(words(N_("Note")))
        self.weight = NumberField(words(N_("Weight in kg")), words)
        self.weighed_on = DateField(words(N_("Weighed on")), dates, may_be_short=False)
        self.place(
            _side_by_side(self.amount, self.unit),
            self.frequency,
            self.start_date,
            self.stop_date,
            self.note,
            self.weight,
            self.weighed_on,
        )

    def show_form(self, view: FormView) -> None:
        """Hold a step, with the last weight in words beside the field for a new one."""
        super().show_form(view)
        self.note.show_hint(
            self.words(N_("The surface area it was worked out with can stand here."))
        )
        self.weight.show_hint(view.weight or self.words(N_("Only if it was measured.")))

    def fields(self) -> dict[str, FormField]:
        """Return the fields by the names of what they hold."""
        return {
            "dose": self.amount,
            "unit": self.unit,
            "frequency": self.frequency,
            "start": self.start_date,
            "stop": self.stop_date,
            "note": self.note,
            WEIGHT: self.weight,
            WEIGHED_ON: self.weighed_on,
        }


class EventForm(Form):
    """An event: what, when, until when, and a note."""

    def __init__(self, dates: DateReader) -> None:
        super().__init__(dates)
        words = dates.words
        self.kind = self.choices(words(N_("What happened")), "event_kinds")
        self.date = DateField(words(N_("Date")), dates, may_be_unknown=False)
        self.stop_date = DateField(words(N_("Until (empty for a single day)")), dates)
        self.note = TextField(words(N_("Note")))
        self.place(self.kind, self.date, self.stop_date, self.note)

    def fields(self) -> dict[str, FormField]:
        """Return the fields by the names of what they hold."""
        return {
            "kind": self.kind,
            "date": self.date,
            "stop": self.stop_date,
            "note": self.note,
        }


def _side_by_side(left: QWidget, right: QWidget) -> QLayout:
    line = row(gap=12)
    for one in (left, right):
        line.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)
    return line
