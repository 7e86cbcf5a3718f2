"""The context and the note of a visit: taps are reported at once, what is typed as it settles."""

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.date_reader import DateReader
from app.errors import N_
from app.records.model import VisitContext
from app.screens.visit.context_view import ContextView, Unsaved
from app.screens.visit.measure_row import MeasureRow
from app.screens.visit.when_row import WhenRow
from widgets.buttons import button
from widgets.cards import Card
from widgets.choices import ChoiceRow
from widgets.fields import NoteField
from widgets.labels import divider, label
from widgets.layouts import centred, column, ground, row, scrolling, to_top
from widgets.theme import set_role

SETTLE_MS = 400


class ContextPage(QWidget):
    """Told what is stored; says what was chosen or typed."""

    context_changed = Signal(object)  # VisitContext
    when_changed = Signal(object)  # When
    measure_typed = Signal(object)  # Typed
    saved_changed = Signal(bool)  # whether everything that is typed is stored
    done = Signal()

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        self._words = words = dates.words
        self._context = VisitContext()
        self._shown_note = ""
        self._settling = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self.when = WhenRow(dates)
        self.date, self.time = self.when.date, self.when.time
        self.slept = ChoiceRow(words(N_("Slept")), ())
        self.ill = ChoiceRow(words(N_("Fever or infection")), ())
        self.missed = ChoiceRow(words(N_("Missed dose")), ())
        self.cooperation = ChoiceRow(words(N_("Cooperation")), ())
        self.note = NoteField(
            words(N_("Note")), words(N_("Anything that helps to read this visit"))
        )
        self.measures = MeasureRow()
        self._saved = label("", "small")
        self.done_button = button(words(N_("Done")), "primary")
        self._lay_out()
        self._connect()

    def show_view(self, view: ContextView) -> None:
        """Show what is stored; what somebody writes, or could not store, is left alone."""
        self._context = view.context
        rows = (self.slept, self.ill, self.missed, self.cooperation)
        offers = (view.slept, view.ill, view.missed_dose, view.cooperation)
        values = _values(view.context)
        for one, choices, value in zip(rows, offers, values, strict=True):
            one.show_choices(choices)
            one.set_value(value)
        self.when.show_stored(view.date, view.time)
        self.measures.show_measures(view)
        self._say_saved()

    def show_note(self, stored: str) -> None:
        """Show the stored note, unless somebody wrote what is not stored."""
        if self.note.text in {self._shown_note, stored}:
            self.note.set_text(stored)
            self._shown_note = self.note.text
        self._say_saved()

    def clear(self) -> None:
        """Forget everything: another patient is about to come."""
        to_top(self._area)
        self._settling.stop()
        self._shown_note = ""
        self.note.set_text("")
        self.when.clear()
        self.measures.clear()
        for one in (self.slept, self.ill, self.missed, self.cooperation):
            one.set_value("")

    def flush(self) -> None:
        """Report whatever is typed and not stored: it did not settle yet, or was refused."""
        self._settling.stop()
        if self.has_unsaved_note:
            self._report(replace(self._context, note=self.note.text))
        self.measures.report()
        self.when.report(is_finished=False)
        self._say_saved()

    def unsaved(self) -> Unsaved:
        """Return what is typed and not, or not yet, stored."""
        return Unsaved(
            note=self.note.text if self.has_unsaved_note else None,
            measures=self.measures.unsaved(),
            when=self.when.unsaved(),
        )

    def put_back(self, unsaved: Unsaved) -> None:
        """Write again what could not be stored before."""
        if unsaved.note is not None:
            self.note.set_text(unsaved.note)
        self.measures.put_back(unsaved.measures)
        if unsaved.when is not None:
            self.when.put_back(unsaved.when)
        self._say_saved()

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
        card.add(self.when)
        for left, right in ((self.slept, self.ill), (self.missed, self.cooperation)):
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
        line.addWidget(self._saved, 1)
        line.addWidget(self.done_button)
        return line

    def _connect(self) -> None:
        self.slept.chosen.connect(self._on_slept_chosen)
        self.ill.chosen.connect(self._on_ill_chosen)
        self.missed.chosen.connect(self._on_missed_chosen)
        self.cooperation.chosen.connect(self._on_cooperation_chosen)
        for edited in (self.note.edited, self.when.edited, self.measures.edited):
            edited.connect(self._on_edited)
        self.when.typed.connect(self.when_changed)
        self.measures.typed.connect(self.measure_typed)
        self.done_button.clicked.connect(self.done)
        self._settling.timeout.connect(self.flush)

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

    @Slot()
    def _on_edited(self) -> None:
        self._settling.start()
        self._say_saved()

    def _say_saved(self) -> None:
        """Say that everything is saved only while it is."""
        is_saved = not self.unsaved()
        told = N_("✓ every change is saved") if is_saved else N_("not saved yet")
        set_role(self._saved, "small" if is_saved else "small_caution")
        self._saved.setText(self._words(told))
        self.saved_changed.emit(is_saved)

    def hideEvent(self, event: QHideEvent) -> None:
        """Report what has not settled before it is out of sight."""
        self.flush()
        super().hideEvent(event)


def _values(context: VisitContext) -> tuple[str, str, str, str]:
    return context.slept, context.ill, context.missed_dose, context.cooperation
