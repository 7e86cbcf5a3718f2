"""A card that is typed on: a treatment's next steps, or all of it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.date_reader import DateReader
from app.errors import N_
from app.screens.treatments.form_fields import FieldGroup, StopReasonField, list_field
from app.screens.treatments.form_values import Filled, FormKind, Spot
from app.screens.treatments.form_view import FormView
from app.screens.treatments.forms import AS_PRESCRIBED
from app.screens.treatments.reading import Reader
from app.screens.treatments.step_table import StepTable
from widgets.buttons import button
from widgets.cards import Card
from widgets.date_field import DateField
from widgets.fields import TextField
from widgets.labels import wrapped
from widgets.layouts import column, ground, row
from widgets.shortcuts import SAVE, name_key
from widgets.theme import GRID, set_role


class CardEditor(Card):
    """Takes the place of a treatment's card; says when to save, to cancel and to remove.

    Its ``foot`` with the buttons stands below all that scrolls.
    """

    saved = Signal()
    cancelled = Signal()
    emptied = Signal()  # nothing that was typed is left
    reached = Signal(object)  # the part that has the focus now
    remove_requested = Signal()

    def __init__(self, dates: DateReader) -> None:
        super().__init__(role="card_open")
        self._words = words = dates.words
        self._kind = FormKind.STEPS
        self.treatment = ""
        self.heading = wrapped("", "heading")
        stop = DateField(words(N_("Stop (empty while it runs)")), dates)
        self.fields = FieldGroup(
            {
                "agent": list_field(words(N_("Treatment")), "agents", words),
                "route": list_field(words(N_("Route")), "routes", words),
                "start": DateField(words(N_("Start (empty if not known)")), dates),
                "stop": stop,
                "stop_reason": StopReasonField(stop, words),
                "note": TextField(words(N_("Note"))),
            }
        )
        self.table = StepTable(Reader(dates))
        self.weight = wrapped("", "small")
        self.problem = wrapped("", "caution_text")
        self.save = button(words(N_("Save")), "primary")
        name_key(self.save, SAVE, words)
        self.cancel = button(words(N_("Cancel")))
        self.remove = button(words(N_("Remove…")), "flat")
        self.foot = QFrame()
        self._prescribed = wrapped(words(AS_PRESCRIBED), "small")
        self._facts = self._facts_grid()
        self._lay_out()
        self._join()

    def show_form(self, view: FormView) -> None:
        """Hold what a view begins with."""
        self._kind = view.kind
        self.heading.setText(view.heading)
        self._facts.setVisible(view.kind is FormKind.CHANGE)
        self.remove.setVisible(view.can_remove)
        self.weight.setText(self._words.dotted((self._words(N_("Doses")), view.weight)))
        self.table.show_lines(view.lines, view.above)
        self.fill(view.filled)

    def fill(self, filled: Filled) -> None:
        """Hold what was typed, without a sentence beside it."""
        self.fields.write(filled.fields)
        self.table.show_steps(filled.steps, filled.taken_away)
        self.show_problem("")

    def filled(self) -> Filled:
        """Return what stands on the card."""
        fields = self.fields.typed() if self._kind is FormKind.CHANGE else {}
        return Filled(fields, self.table.steps(), self.table.taken_away)

    def show_problems(self, problems: Mapping[Spot, str]) -> None:
        """Put each sentence beside its field or below its row."""
        self.show_problem("")
        self.table.show_problems(problems)
        wrong = self.fields.show_problems(problems)
        if wrong is not None:
            self.reached.emit(wrong)

    def show_problem(self, text: str) -> None:
        """Say what the record refused; empty takes it back."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def start(self) -> None:
        """Give the focus to the row that is typed first."""
        self.table.start()

    def _facts_grid(self) -> QWidget:
        place = ground()
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 0, GRID)
        grid.setSpacing(2 * GRID)
        shown = self.fields.fields
        for number, name in enumerate(("agent", "route", "start", "stop")):
            grid.addWidget(shown[name], number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(shown["note"], 2, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(shown["stop_reason"], 2, 1, Qt.AlignmentFlag.AlignTop)
        return place

    def _lay_out(self) -> None:
        self.body.setContentsMargins(16, 16, 16, 16)
        self.body.setSpacing(GRID)
        for part in (self.heading, self._facts, self.weight, self.table, self._prescribed):
            self.add(part)
        buttons = row(gap=12)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        set_role(self.foot, "foot")
        stack = column(self.foot, gap=GRID)
        stack.setContentsMargins(32, 12, 32, 12)
        stack.addWidget(self.problem)
        stack.addLayout(buttons)
        self.problem.hide()

    def _join(self) -> None:
        self.save.clicked.connect(self.saved)
        self.cancel.clicked.connect(self.cancelled)
        self.remove.clicked.connect(self.remove_requested)
        self.table.reached.connect(self.reached)
        self.table.finished.connect(self._on_table_finished)
        self.table.emptied.connect(self._on_table_emptied)

    @Slot()
    def _on_table_finished(self) -> None:
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_table_emptied(self) -> None:
        """Close a card on which the only row was taken back."""
        if self._kind is FormKind.STEPS:
            self.emptied.emit()
