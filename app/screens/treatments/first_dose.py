"""The first dose of a new treatment, below its start."""

from collections.abc import Mapping

from msgspec.structs import replace
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from app.errors import N_
from app.language import Words
from app.records.lists import OTHER
from app.screens.treatments.form_values import TypedStep
from app.screens.treatments.step_row import columns_of
from widgets.cells import Cell, ChoiceCell, Sentences, TextCell
from widgets.labels import wrapped
from widgets.layouts import column, row


class FirstDose(QWidget):
    """Amount, unit, how often, and whether that is each time; the last weight stands above."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._usual = ""
        columns = columns_of(words)
        self.amount = TextCell(columns.titles["dose"])
        self.unit, self._often, self._per = (
            ChoiceCell(columns.titles[name], columns.choices[name])
            for name in ("unit", "frequency", "per")
        )
        self.note = TextCell(words(N_("which unit, or how often")))
        self.cells: dict[str, Cell] = {
            "dose": self.amount,
            "unit": self.unit,
            "frequency": self._often,
            "per": self._per,
            "note": self.note,
        }
        self._title = wrapped("", "small")
        self._sentences = Sentences(self.cells, self)
        self._lay_out()
        for one in (self.unit, self._often):
            one.changed.connect(self._on_list_changed)

    def _lay_out(self) -> None:
        stack = column(self, gap=6)
        stack.addWidget(self._title)
        line = row()
        line.addWidget(self.amount, 1)
        line.addWidget(self.unit, 1)
        stack.addLayout(line)
        for one in (self._often, self._per, self.note):
            stack.addWidget(one)
        stack.addWidget(self._sentences.below)
        self.note.hide()

    def show_weight(self, weight: str) -> None:
        """Say the last weight in the heading."""
        self._title.setText(self._words.dotted((self._words(N_("First dose")), weight)))

    def show_step(self, step: TypedStep, usual: TypedStep) -> None:
        """Hold a dose; what is usual in it may be replaced by what is usual for another agent."""
        self._usual = usual.frequency
        for name, cell in self.cells.items():
            cell.set_value(getattr(step, name))
        self.show_problems({}, takes_focus=False)

    def step(self, start: str) -> TypedStep:
        """Return what stands there as a row, blank with nothing but the usual frequency."""
        typed = {name: cell.value() for name, cell in self.cells.items()}
        chosen = {**typed, "frequency": "" if self.frequency == self._usual else self.frequency}
        return replace(TypedStep(start=start, is_blank=not any(chosen.values())), **typed)

    @property
    def frequency(self) -> str:
        """How often it is given, as chosen."""
        return self._often.value()

    def suggest(self, usual: TypedStep) -> None:
        """Choose the usual frequency of an agent, unless another one was chosen."""
        if self.frequency in {"", self._usual}:
            self._often.set_value(usual.frequency)
        self._usual = usual.frequency

    def show_problems(self, problems: Mapping[str, str], *, takes_focus: bool) -> None:
        """Mark the cells that sentences are about, and say them below."""
        self._sentences.show(problems)
        first = self._sentences.first()
        if first is not None and takes_focus:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_list_changed(self) -> None:
        """Open a note for what no list names."""
        self.note.setVisible(OTHER in {self.unit.value(), self._often.value()})
