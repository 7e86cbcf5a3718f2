"""The forms of the treatments screen: each is told what to edit and hands over what was typed."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.dates import PartialDate
from app.errors import N_, UserError
from app.language import Words
from app.records import codes
from app.records.model import DoseStep, Event, Treatment
from app.screens.treatments.drafts import DoseDraft, EventDraft, TreatmentDraft
from app.screens.treatments.view import listed, read_number
from widgets.buttons import button
from widgets.cards import Card
from widgets.choices import Choice, SearchCombo
from widgets.date_field import DateField
from widgets.fields import TextField
from widgets.labels import label, wrapped
from widgets.layouts import row


class Form(Card):
    """A card with fields, Save and Cancel; a sentence below says what is missing."""

    cancelled = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(role="plain_ground")
        self.words = words
        self.heading = label("", "heading")
        self.problem = wrapped("", "caution_text")
        self.add(self.heading)

    def finish(self) -> None:
        """Put the problem line and the buttons below the fields."""
        self.save = button(self.words(N_("Save")), "primary")
        self.cancel = button(self.words(N_("Cancel")))
        self.add(self.problem)
        line: QHBoxLayout = row()
        line.addWidget(self.save, 1)
        line.addWidget(self.cancel, 1)
        self.add(line)
        self.body.addStretch(1)
        self.problem.hide()
        self.save.clicked.connect(self._on_save_clicked)
        self.cancel.clicked.connect(self._on_cancel_clicked)

    def show_problem(self, text: str) -> None:
        """Say what keeps this from being saved; empty takes it back."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def hand_over(self) -> None:
        """Emit what was typed, or raise ``UserError``."""
        raise NotImplementedError

    def choices(self, entries: tuple[codes.Code, ...]) -> tuple[Choice, ...]:
        """Return a code list as choices."""
        return tuple(Choice(each.id, each.title) for each in listed(entries, self.words))

    @Slot()
    def _on_save_clicked(self) -> None:
        self.show_problem("")
        try:
            self.hand_over()
        except UserError as error:
            self.show_problem(self.words.error(error))

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self.cancelled.emit()


class TreatmentForm(Form):
    """An agent with its dates, route and note."""

    saved = Signal(object)  # TreatmentDraft

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._treatment: str | None = None
        self.agent = SearchCombo(words(N_("Agent")), self.choices(codes.AGENTS))
        self.start = DateField(words(N_("Start (leave empty if unknown)")), words)
        self.stop = DateField(words(N_("Stop (leave empty while it runs)")), words)
        self.route = SearchCombo(words(N_("Route")), self.choices(codes.ROUTES))
        self.note = TextField(words(N_("Note")))
        for field in (self.agent, self.start, self.stop, self.route, self.note):
            self.add(field)
        self.finish()

    def show_new(self, agent: str) -> None:
        """Start an empty form for an agent."""
        self.heading.setText(self.words(N_("New treatment")))
        self._fill(None, agent, (None, None), "", "")

    def show_treatment(self, treatment: Treatment) -> None:
        """Edit a treatment."""
        self.heading.setText(self.words(N_("Change treatment")))
        dates = (treatment.start, treatment.stop)
        self._fill(treatment.id, treatment.agent, dates, treatment.route, treatment.note)

    def hand_over(self) -> None:
        """Emit the treatment as typed."""
        if not self.agent.value:
            raise UserError(N_("Please choose an agent."))
        draft = TreatmentDraft(
            treatment=self._treatment,
            agent=self.agent.value,
            start=self.start.value(),
            stop=self.stop.value(),
            route=self.route.value,
            note=self.note.text,
        )
        self.saved.emit(draft)

    def _fill(
        self,
        treatment: str | None,
        agent: str,
        dates: tuple[PartialDate | None, PartialDate | None],
        route: str,
        note: str,
    ) -> None:
        self._treatment = treatment
        self.agent.set_value(agent)
        self.start.set_value(dates[0])
        self.stop.set_value(dates[1])
        self._offer_route(route)
        self.note.set_text(note)
        self.show_problem("")

    def _offer_route(self, route: str) -> None:
        known = self.choices(codes.ROUTES)
        if route and not codes.has(codes.ROUTES, route):
            known = (*known, Choice(route, route))
        self.route.show_choices(known)
        self.route.set_value(route)


class DoseForm(Form):
    """A dose step: amount, unit, frequency, dates; the last weight stands beside it."""

    saved = Signal(object)  # DoseDraft

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._treatment = ""
        self._dose: str | None = None
        self.amount = TextField(words(N_("Dose")))
        self.unit = SearchCombo(words(N_("Unit")), self.choices(codes.UNITS))
        self.frequency = SearchCombo(words(N_("How often")), self.choices(codes.FREQUENCIES))
        self.start = DateField(words(N_("From (leave empty if unknown)")), words)
        self.stop = DateField(words(N_("Until (leave empty while it runs)")), words)
        self.note = TextField(
            words(N_("Note")), words(N_("for instance the surface area it was worked out with"))
        )
        self.weight = TextField(words(N_("Weight now in kg, if it was measured")))
        self._lay_out()
        self.finish()

    def _lay_out(self) -> None:
        line = row()
        line.addWidget(self.amount, 1)
        line.addWidget(self.unit, 1)
        self.add(line)
        for field in (self.frequency, self.start, self.stop, self.note, self.weight):
            self.add(field)

    def show_dose(self, treatment: str, dose: DoseStep | None, weight: str) -> None:
        """Edit a step of a treatment, or begin a new one."""
        self._treatment = treatment
        self._dose = None if dose is None else dose.id
        new, change = N_("New dose step"), N_("Change dose step")
        self.heading.setText(self.words(new if dose is None else change))
        self.amount.set_text("" if dose is None else self.words.number(dose.dose))
        self.unit.set_value("" if dose is None else dose.unit)
        self.frequency.set_value("" if dose is None else dose.frequency)
        self.start.set_value(None if dose is None else dose.start)
        self.stop.set_value(None if dose is None else dose.stop)
        self.note.set_text("" if dose is None else dose.note)
        self.weight.set_text("")
        self.weight.show_hint(weight)
        self.show_problem("")

    def hand_over(self) -> None:
        """Emit the step as typed."""
        amount = read_number(self.amount.text)
        if amount is None:
            raise UserError(
                N_("Please write the dose as a number above 0 with a point, for example 0.4.")
            )
        if not self.unit.value:
            raise UserError(N_("Please choose a unit."))
        weight = read_number(self.weight.text)
        if weight is None and self.weight.text:
            raise UserError(
                N_("Please write the weight as a number above 0 with a point, for example 12.5.")
            )
        draft = DoseDraft(
            treatment=self._treatment,
            dose=self._dose,
            start=self.start.value(),
            stop=self.stop.value(),
            amount=amount,
            unit=self.unit.value,
            frequency=self.frequency.value,
            note=self.note.text,
            weight=weight,
        )
        self.saved.emit(draft)


class EventForm(Form):
    """An event: what, when, until when, and a note."""

    saved = Signal(object)  # EventDraft

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._event: str | None = None
        self.kind = SearchCombo(words(N_("What happened")), self.choices(codes.EVENT_KINDS))
        self.date = DateField(words(N_("Date")), words, may_be_unknown=False)
        self.stop = DateField(words(N_("Until (leave empty for a single day)")), words)
        self.note = TextField(words(N_("Note")))
        for field in (self.kind, self.date, self.stop, self.note):
            self.add(field)
        self.finish()

    def show_event(self, event: Event | None, today: PartialDate) -> None:
        """Edit an event, or begin a new one on ``today``."""
        self._event = None if event is None else event.id
        new, change = N_("New event"), N_("Change event")
        self.heading.setText(self.words(new if event is None else change))
        self.kind.set_value("" if event is None else event.kind)
        self.date.set_value(today if event is None else event.date)
        self.stop.set_value(None if event is None else event.stop)
        self.note.set_text("" if event is None else event.note)
        self.show_problem("")

    def hand_over(self) -> None:
        """Emit the event as typed."""
        if not self.kind.value:
            raise UserError(N_("Please choose what happened."))
        when = self.date.value()
        if when is None:
            raise UserError(N_("Please write a date, for example 2025-01-31."))
        draft = EventDraft(
            event=self._event,
            date=when,
            stop=self.stop.value(),
            kind=self.kind.value,
            note=self.note.text,
        )
        self.saved.emit(draft)


def first_field(form: QWidget) -> QWidget | None:
    """Return the field that gets the focus when a form opens."""
    if isinstance(form, TreatmentForm):
        return form.start if form.agent.value else form.agent
    if isinstance(form, DoseForm):
        return form.amount
    return form.kind if isinstance(form, EventForm) else None
