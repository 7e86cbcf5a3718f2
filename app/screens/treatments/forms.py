"""The forms beside the cards: told what to hold, they say what was typed."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from app.date_reader import DateReader
from app.errors import N_
from app.language import Words
from app.records.lists import code_list
from app.screens.treatments.first_dose import FirstDose
from app.screens.treatments.form_fields import (
    FieldGroup,
    FormField,
    StopReasonField,
    list_field,
)
from app.screens.treatments.form_values import WEIGHED_ON, WEIGHT, Filled, Spot
from app.screens.treatments.form_view import FormView, usual_dose, usual_route
from widgets.buttons import button
from widgets.date_field import DateField
from widgets.fields import TextField
from widgets.labels import wrapped
from widgets.layouts import column, ground, row, scrolling, to_top
from widgets.number_field import NumberField
from widgets.shortcuts import SAVE, name_key
from widgets.theme import set_role

_MARGIN = 20
_BAR_WIDTH = 14


class Form(QFrame):
    """Fields that scroll, and below them Save and Cancel that do not."""

    saved = Signal()
    cancelled = Signal()
    remove_requested = Signal()

    def __init__(self, fields: Mapping[str, FormField], words: Words, save: str = "") -> None:
        super().__init__()
        set_role(self, "plain_ground")
        self.words = words
        self.fields = FieldGroup(fields)
        self.heading = wrapped("", "heading")
        self.problem = wrapped("", "caution_text")
        self.save = button(save or words(N_("Save")), "primary")
        name_key(self.save, SAVE, words)
        self.cancel = button(words(N_("Cancel")))
        self.remove = button(words(N_("Remove…")), "flat")
        self._body = ground()
        self._stack = column(self._body, margin=_MARGIN, gap=12)
        self._area = scrolling(self._body)
        self._lay_out()
        self.save.clicked.connect(self.saved)
        self.cancel.clicked.connect(self.cancelled)
        self.remove.clicked.connect(self.remove_requested)

    def show_form(self, view: FormView) -> None:
        """Hold what a view begins with."""
        self.heading.setText(view.heading)
        self.remove.setVisible(view.can_remove)
        self.fill(view.filled)
        to_top(self._area)

    def fill(self, filled: Filled) -> None:
        """Hold what was typed, without a sentence beside it."""
        self.fields.write(filled.fields)
        self.show_problem("")

    def filled(self) -> Filled:
        """Return what stands in the form."""
        return Filled(self.fields.typed())

    def show_problems(self, problems: Mapping[Spot, str]) -> None:
        """Put each sentence beside its field, and the focus into the first of them."""
        self.show_problem("")
        wrong = self.fields.show_problems(problems)
        if wrong is not None:
            self.show_part(wrong)

    def show_part(self, part: QWidget) -> None:
        """Scroll to a part that somebody must look at."""
        self._stack.activate()
        self._area.ensureWidgetVisible(part)

    def show_problem(self, text: str) -> None:
        """Say what the record refused; empty takes it back."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def start(self) -> None:
        """Give the focus to the first field that is empty."""
        self.fields.start()

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
        line.addWidget(self.cancel, 1)
        line.addWidget(self.save, 1)
        self._foot = column()
        self._foot.addWidget(self.problem)
        self._foot.addLayout(line)
        whole = column(self, gap=0)
        whole.addWidget(self._area, 1)
        whole.addLayout(self._foot)
        self.problem.hide()
        self._on_bar_range_changed(0, 0)
        self._area.verticalScrollBar().rangeChanged.connect(self._on_bar_range_changed)

    @Slot(int, int)
    def _on_bar_range_changed(self, _lowest: int, highest: int) -> None:
        """Keep the buttons as wide as the fields above, which give way to a scroll bar."""
        bar = _BAR_WIDTH if highest else 0
        self._foot.setContentsMargins(_MARGIN, 12, _MARGIN + bar, 16)


class TreatmentForm(Form):
    """A new treatment with its first dose; what is usual for the agent follows it until chosen."""

    def __init__(self, dates: DateReader) -> None:
        words = dates.words
        self.agent = list_field(words(N_("Treatment")), "agents", words)
        self.start_date = DateField(words(N_("Start (empty if not known)")), dates)
        self.stop_date = DateField(words(N_("Stop (empty while it runs)")), dates)
        self.stop_reason = StopReasonField(self.stop_date, words)
        self.route = list_field(words(N_("Route")), "routes", words)
        self.note = TextField(words(N_("Note")))
        self.weight = NumberField(words(N_("Weight in kg, if it was measured")), words)
        self.weighed_on = DateField(words(N_("Weighed on")), dates, may_be_short=False)
        super().__init__(
            {
                "agent": self.agent,
                "start": self.start_date,
                "stop": self.stop_date,
                "stop_reason": self.stop_reason,
                "route": self.route,
                "note": self.note,
                WEIGHT: self.weight,
                WEIGHED_ON: self.weighed_on,
            },
            words,
        )
        self._usual_route = ""
        self.dose = FirstDose(words)
        recorded = wrapped(words(AS_PRESCRIBED), "small")
        self.place(
            self.agent, self.start_date, self.dose, recorded, self.stop_date, self.stop_reason,
            self.route, self.note, self.weight, self.weighed_on,
        )  # fmt: skip
        self.agent.combo.chosen.connect(self._on_agent_chosen)

    def show_form(self, view: FormView) -> None:
        """Hold a treatment that begins with what is usual for its agent."""
        super().show_form(view)
        self.dose.show_weight(view.weight)

    def fill(self, filled: Filled) -> None:
        """Go on with what was typed before; what is usual still follows the agent."""
        super().fill(filled)
        self._usual_route = usual_route(self.agent.text)
        for step in filled.steps:
            self.dose.show_step(step, usual_dose(self.agent.text))

    def filled(self) -> Filled:
        """Return what stands in the form; the first dose begins with the treatment."""
        return Filled(self.fields.typed(), (self.dose.step(self.start_date.text),))

    def show_problems(self, problems: Mapping[Spot, str]) -> None:
        """Put each sentence beside its field or below the dose."""
        super().show_problems(problems)
        told = {spot.field: text for spot, text in problems.items() if spot.row is not None}
        has_field = any(spot.row is None for spot in problems)
        self.dose.show_problems(told, takes_focus=not has_field)
        if told and not has_field:
            self.show_part(self.dose)

    @Slot(str)
    def _on_agent_chosen(self, agent: str) -> None:
        """Prefill what is usual for an agent; what somebody chose stays."""
        if self.route.text in {"", self._usual_route}:
            self.route.set_text(usual_route(agent))
        self._usual_route = usual_route(agent)
        self.dose.suggest(usual_dose(agent))


AS_PRESCRIBED = N_("Recorded as prescribed. The app works out and recommends no dose.")


class StopForm(Form):
    """The last day of a treatment, and why."""

    def __init__(self, dates: DateReader) -> None:
        words = dates.words
        self.stop_date = DateField(words(N_("Last day")), dates, may_be_unknown=False)
        self.stop_reason = StopReasonField(self.stop_date, words)
        fields: dict[str, FormField] = {"stop": self.stop_date, "stop_reason": self.stop_reason}
        super().__init__(fields, words, words(N_("Stop")))
        self.place(*fields.values())


class FindingForm(Form):
    """A finding: what was looked for and how, when, what was found, and when the next look is."""

    def __init__(self, dates: DateReader) -> None:
        words = dates.words
        self.kind = list_field(words(N_("What was looked for")), "finding_kinds", words)
        self.name = TextField(words(N_("Name, or how")), words(N_("MRI, anti-Hu, a test")))
        self.date = DateField(words(N_("Date")), dates, may_be_unknown=False)
        self.result = list_field(words(N_("Result")), "finding_results", words)
        self.value = NumberField(words(N_("Value, if there is a number")), words)
        self.unit = TextField(words(N_("Unit of the value")))
        self.next_date = DateField(words(N_("Next look (empty if none)")), dates)
        self.note = TextField(words(N_("Note")))
        fields: dict[str, FormField] = {
            "kind": self.kind,
            "name": self.name,
            "date": self.date,
            "result": self.result,
            "value": self.value,
            "unit": self.unit,
            "next_date": self.next_date,
            "note": self.note,
        }
        super().__init__(fields, words)
        self.place(*fields.values())


class MeasureForm(Form):
    """A number on a day: of what, how much in the unit of its kind, when, and a note."""

    def __init__(self, dates: DateReader) -> None:
        words = dates.words
        self.kind = list_field(words(N_("What was measured")), "measure_kinds", words)
        self.value = NumberField(words(_VALUE), words)
        self.date = DateField(words(N_("Date")), dates, may_be_unknown=False)
        self.note = TextField(words(N_("Note")), words(N_("such as the laboratory's limits")))
        fields: dict[str, FormField] = {
            "kind": self.kind,
            "value": self.value,
            "date": self.date,
            "note": self.note,
        }
        super().__init__(fields, words)
        self._measured: Mapping[str, str] = {}
        self.place(*fields.values())
        self.kind.combo.chosen.connect(self._on_kind_chosen)

    def show_form(self, view: FormView) -> None:
        """Hold a measure; what was measured before stands below its value."""
        self._measured = view.measured
        super().show_form(view)

    def fill(self, filled: Filled) -> None:
        """Hold what was typed, the value under the name and the unit of its kind."""
        super().fill(filled)
        self._on_kind_chosen(self.kind.text)

    @Slot(str)
    def _on_kind_chosen(self, kind: str) -> None:
        known = code_list("measure_kinds").find(kind)
        self.value.show_title(self.words(_VALUE if known is None else known.title))
        self.value.show_hint(self._measured.get(kind, ""))


_VALUE = N_("Value")


class GivenForm(Form):
    """What is told of a dose that was given, each if it is known."""

    def __init__(self, dates: DateReader) -> None:
        words = dates.words
        self.told = wrapped("")
        self.brand = TextField(words(N_("Brand")))
        self.batch = TextField(words(N_("Batch")))
        self.reaction = TextField(words(N_("Reaction, if there was one")))
        fields: dict[str, FormField] = {
            "brand": self.brand,
            "batch": self.batch,
            "reaction": self.reaction,
        }
        super().__init__(fields, words)
        self.place(self.told, *fields.values(), wrapped(words(AS_PRESCRIBED), "small"))

    def show_form(self, view: FormView) -> None:
        """Hold what is known of a dose, which is said above."""
        self.told.setText(view.told)
        super().show_form(view)


class EventForm(Form):
    """An event: what, when, until when, and a note."""

    def __init__(self, dates: DateReader) -> None:
        words = dates.words
        self.kind = list_field(words(N_("What happened")), "event_kinds", words)
        self.date = DateField(words(N_("Date")), dates, may_be_unknown=False)
        self.stop_date = DateField(words(N_("Until (empty for a single day)")), dates)
        self.note = TextField(words(N_("Note")))
        fields: dict[str, FormField] = {
            "kind": self.kind,
            "date": self.date,
            "stop": self.stop_date,
            "note": self.note,
        }
        super().__init__(fields, words)
        self.place(*fields.values())

    def show_form(self, view: FormView) -> None:
        """Hold an event, of the kinds that may be recorded."""
        self.kind.show_choices(view.event_kinds)
        super().show_form(view)
