"""The context and the note of a visit: taps are reported at once, words as they settle."""

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.date_reader import DateReader
from app.dates import PartialDate
from app.errors import N_, UserError
from app.records.model import VisitContext
from app.screens.visit.context_view import ContextView, Typed, When
from widgets.buttons import button
from widgets.cards import Card
from widgets.choices import ChoiceRow
from widgets.date_field import DateField
from widgets.fields import NoteField, TextField
from widgets.labels import divider, label
from widgets.layouts import centred, column, ground, row, scrolling, to_top

SETTLE_MS = 400


class ContextPage(QWidget):
    """Told what is stored; says what was chosen or typed."""

    context_changed = Signal(object)  # VisitContext
    when_changed = Signal(object)  # When
    measure_typed = Signal(object)  # Typed
    done = Signal()

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        self._words = words = dates.words
        self._context = VisitContext()
        self._when = When(PartialDate(1), "")
        self._shown_note = ""
        self._settling = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self.date = DateField(words(N_("Date of the visit")), dates, may_be_unknown=False)
        self.time = TextField(words(N_("Time of day")), words(N_("09:30")))
        self.slept = ChoiceRow(words(N_("Slept")), ())
        self.ill = ChoiceRow(words(N_("Fever or infection")), ())
        self.missed = ChoiceRow(words(N_("Missed dose")), ())
        self.cooperation = ChoiceRow(words(N_("Cooperation")), ())
        self.note = NoteField(
            words(N_("Note")), words(N_("Anything that helps to read this visit"))
        )
        self.measures = MeasureRow()
        self.done_button = button(words(N_("Done")), "primary")
        self._lay_out()
        self._connect()

    def show_view(self, view: ContextView) -> None:
        """Show what is stored; a field that somebody is writing in is left alone."""
        self._context = view.context
        self._when = When(view.date, view.time)
        rows = (self.slept, self.ill, self.missed, self.cooperation)
        offers = (view.slept, view.ill, view.missed_dose, view.cooperation)
        values = _values(view.context)
        for one, choices, value in zip(rows, offers, values, strict=True):
            one.show_choices(choices)
            one.set_value(value)
        if not self.date.field.edit.hasFocus():
            self.date.set_value(view.date)
        if not self.time.edit.hasFocus():
            self.time.set_text(view.time)
        self.measures.show_measures(view)

    def show_note(self, stored: str) -> None:
        """Show the stored note, unless somebody wrote what is not stored."""
        if self.note.text in {self._shown_note, stored}:
            self.note.set_text(stored)
            self._shown_note = self.note.text

    def clear(self) -> None:
        """Forget everything: another patient is about to come."""
        to_top(self._area)
        self._settling.stop()
        self._shown_note = ""
        self.note.set_text("")
        self._when = When(PartialDate(1), "")
        self.date.set_value(None)
        self.time.set_text("")
        self.measures.clear()
        for one in (self.slept, self.ill, self.missed, self.cooperation):
            one.set_value("")

    def flush(self) -> None:
        """Report a note that has not settled yet, or was refused, and a date or time."""
        self._settling.stop()
        if self.has_unsaved_note:
            self._on_settled()
        self._on_when_finished()

    @property
    def has_unsaved_note(self) -> bool:
        """Whether the note is not, or not yet, what is stored."""
        return self.note.text != self._shown_note

    def show_measure_problem(self, kind: str, text: str) -> None:
        """Say below a measure what is wrong with it."""
        self.measures.show_problem(kind, text)

    def _lay_out(self) -> None:
        inner = ground()
        stack = column(inner, gap=16)
        stack.setContentsMargins(32, 16, 32, 16)
        stack.addWidget(label(self._words(N_("Context and note")), "title"))
        stack.addWidget(self._facts_card())
        stack.addWidget(self._counted_card())
        stack.addWidget(self.note, 1)
        whole = column(self, gap=0)
        self._area = scrolling(centred(inner, 960), is_even=True)
        whole.addWidget(self._area, 1)
        whole.addWidget(divider())
        foot = ground()
        foot.setLayout(self._footer())
        whole.addWidget(centred(foot, 960))

    def _facts_card(self) -> Card:
        card = Card()
        pairs = ((self.date, self.time), (self.slept, self.ill), (self.missed, self.cooperation))
        for left, right in pairs:
            line = row(gap=24)
            line.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
            line.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
            card.add(line)
        return card

    def _counted_card(self) -> Card:
        card = Card(self._words(N_("Counted at home, never part of a sum")))
        card.add(self.measures)
        return card

    def _footer(self) -> QHBoxLayout:
        line = row(gap=12)
        line.setContentsMargins(32, 16, 32, 20)
        line.addWidget(label(self._words(N_("✓ every change is saved")), "small"), 1)
        line.addWidget(self.done_button)
        return line

    def _connect(self) -> None:
        self.slept.chosen.connect(self._on_slept_chosen)
        self.ill.chosen.connect(self._on_ill_chosen)
        self.missed.chosen.connect(self._on_missed_chosen)
        self.cooperation.chosen.connect(self._on_cooperation_chosen)
        self.note.edited.connect(self._on_note_edited)
        self.date.finished.connect(self._on_when_finished)
        self.time.finished.connect(self._on_when_finished)
        self.measures.typed.connect(self.measure_typed)
        self.done_button.clicked.connect(self.done)
        self._settling.timeout.connect(self._on_settled)

    def _report(self, context: VisitContext) -> None:
        self._context = context
        self.context_changed.emit(context)

    @Slot(str)
    def _on_slept_chosen(self, value: str) -> None:
        self._report(replace(self._context, slept=value))

    @Slot(str)
    def _on_ill_chosen(self, value: str) -> None:
        self._report(replace(self._context, ill=value))

    @Slot(str)
    def _on_missed_chosen(self, value: str) -> None:
        self._report(replace(self._context, missed_dose=value))

    @Slot(str)
    def _on_cooperation_chosen(self, value: str) -> None:
        self._report(replace(self._context, cooperation=value))

    @Slot(str)
    def _on_note_edited(self, _text: str) -> None:
        self._settling.start()

    @Slot()
    def _on_settled(self) -> None:
        self._report(replace(self._context, note=self.note.text))

    @Slot()
    def _on_when_finished(self) -> None:
        try:
            day = self.date.value()
        except UserError:
            return
        when = When(day or self._when.date, self.time.text)
        if when != self._when:
            self._when = when
            self.when_changed.emit(when)

    def hideEvent(self, event: QHideEvent) -> None:
        """Report what has not settled before it is out of sight."""
        self.flush()
        super().hideEvent(event)


class MeasureRow(QWidget):
    """The measures that a parent can count, side by side."""

    typed = Signal(object)  # Typed

    def __init__(self) -> None:
        super().__init__()
        self._line = row(self, gap=16)
        self.fields: dict[str, MeasureBox] = {}

    def show_measures(self, view: ContextView) -> None:
        """Show what is stored, leaving alone the field that somebody writes in."""
        for field in view.measures:
            box = self.fields.get(field.kind) or self._add(field.kind, field.title)
            if not box.edit.hasFocus():
                box.set_text(field.text)

    def show_problem(self, kind: str, text: str) -> None:
        """Say what is wrong with one of them."""
        self.fields[kind].show_problem(text)

    def clear(self) -> None:
        """Empty every field."""
        for box in self.fields.values():
            box.set_text("")

    def _add(self, kind: str, title: str) -> "MeasureBox":
        box = MeasureBox(kind, title)
        box.typed.connect(self.typed)
        self.fields[kind] = box
        self._line.addWidget(box, 1)
        return box


class MeasureBox(TextField):
    """One measure; reports it when it is finished and is not what stood there.

    What was refused is reported again only once somebody has edited it.
    """

    typed = Signal(object)  # Typed

    def __init__(self, kind: str, title: str) -> None:
        super().__init__(title)
        self._kind = kind
        self._stored: str | None = ""
        self._refused: str | None = None
        self.edited.connect(self._on_edited)
        self.finished.connect(self._on_finished)

    def set_text(self, text: str) -> None:
        """Show what is stored."""
        self._stored, self._refused = text, None
        super().set_text(text)

    def show_problem(self, text: str) -> None:
        """Say why what is written is not stored; empty takes it back."""
        super().show_problem(text)
        if text:
            self._stored, self._refused = None, self.text

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self._refused = None

    @Slot(str)
    def _on_finished(self, text: str) -> None:
        if text not in {self._stored, self._refused}:
            self._stored = text
            self.typed.emit(Typed(self._kind, text))


def _values(context: VisitContext) -> tuple[str, str, str, str]:
    return context.slept, context.ill, context.missed_dose, context.cooperation
