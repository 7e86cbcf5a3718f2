"""A row of a treatment's table: one that is typed into, and one that only stands there."""

from collections.abc import Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from app.date_reader import TwoDays
from app.errors import N_, UserError
from app.language import Words
from app.records.declaration import DoseFacts
from app.records.fields import fields_of
from app.screens.offers import offers
from app.screens.treatments.form_values import TypedStep
from app.screens.treatments.reading import Reader
from widgets import icons
from widgets.buttons import button
from widgets.cells import (
    Cell,
    ChoiceCell,
    Sentences,
    TextCell,
    choice_width,
    text_width,
)
from widgets.date_cell import DateCell, EitherDay
from widgets.labels import label
from widgets.layouts import column, row
from widgets.let_go import once_let_go
from widgets.theme import TARGET, set_role
from widgets.tick_button import TickButton
from widgets.values import Choice

_LETTERS = {"start": "30 Sep 2026", "stop": "30 Sep 2026", "dose": "0000.00"}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OWN = (*_ENTER, Qt.Key.Key_Escape)
_BELOW = ("per", "note")
"""The cells of the second line, beside what turns a row into something else."""
_DATES = ("start", "stop")
_TIDIED = ("start", "stop", "dose")
"""The cells in which what was understood stands once they are left."""
_OFF = ("dose", "unit", "frequency", "per")
"""The cells that a pause does not have."""


class Columns(Struct, frozen=True):
    """The columns of the table: what each is called, what its lists offer, how wide it is."""

    titles: Mapping[str, str]
    choices: Mapping[str, tuple[Choice, ...]]

    def heads(self) -> tuple[str, ...]:
        """Return the columns that have a head; the others stand in the second line of a row."""
        return tuple(name for name in self.titles if name not in _BELOW)

    def width(self, name: str) -> int:
        """Return the width of a column in the size of text that is set."""
        if name in self.choices:
            return choice_width(self.titles[name], self.choices[name])
        return text_width(_LETTERS[name]) + (TARGET if name in _DATES else 0)


def columns_of(words: Words) -> Columns:
    """Return the columns of the table in the words of the screen."""
    unrecorded = Choice("", words(N_("not recorded")))
    return Columns(
        titles={
            "start": words(N_("from")),
            "stop": words(N_("until")),
            "dose": words(N_("dose")),
            "unit": words(N_("unit")),
            "frequency": words(N_("how often")),
            "per": words(N_("each time or a day")),
        },
        choices={
            "unit": offers("units", words),
            "frequency": (unrecorded, *offers("frequencies", words)),
            "per": (unrecorded, *offers("dose_per", words)),
        },
    )


class StepRow(QFrame):
    """One dose step in cells. Enter goes on, Escape takes the row back."""

    entered = Signal(object)  # the row
    escaped = Signal(object)  # the row
    taken_away = Signal(object)  # the row

    def __init__(self, columns: Columns, reader: Reader) -> None:
        super().__init__()
        set_role(self, "table_row")
        self._shown = TypedStep()
        self._reader = reader
        self._words = words = reader.words
        self._build_cells(columns)
        self.pause = TickButton(words(N_("Pause")), words(N_("Pause: nothing is given")))
        text = words(N_("With the row above"))
        self.with_above = TickButton(text, text)
        self.away = button(icons.CLOSE, "back", words(N_("Take this row away")))
        self._paused = label(words(N_("pause: nothing is given")), "soft")
        self._sentences = Sentences(self.cells, self)
        self.either = EitherDay(words)
        self._lay_out()
        for name in _TIDIED:
            cell = self.cells[name]
            if isinstance(cell, TextCell):
                cell.editingFinished.connect(self._on_cell_left)
        self.pause.toggled.connect(self._on_pause_toggled)
        self.away.clicked.connect(self._on_away_clicked)

    def _build_cells(self, columns: Columns) -> None:
        self.cells: dict[str, Cell] = {
            name: ChoiceCell(title, columns.choices[name], columns.width(name))
            if name in columns.choices
            else self._written_cell(name, columns)
            for name, title in columns.titles.items()
        }
        self.cells["note"] = TextCell(self._words(N_("note")))

    def _written_cell(self, name: str, columns: Columns) -> Cell:
        title = columns.titles[name]
        if name in _DATES:
            return DateCell(title, text_width(_LETTERS[name]), self._reader.dates)
        return TextCell(title, columns.width(name))

    def _lay_out(self) -> None:
        first, second = row(), row()
        for name, cell in self.cells.items():
            (second if name in _BELOW else first).addWidget(cell)
        first.insertWidget(2, self._paused)
        self._paused.setMinimumHeight(TARGET)
        self._paused.hide()
        first.addStretch(1)
        second.insertWidget(0, self.pause)
        second.insertWidget(1, self.with_above)
        second.addWidget(self.away)
        stack = column(self, gap=4)
        stack.setContentsMargins(0, 8, 0, 8)
        stack.addLayout(first)
        stack.addLayout(second)
        stack.addWidget(self._sentences.below)
        stack.addWidget(self.either)

    def show_step(self, step: TypedStep, *, has_above: bool) -> None:
        """Hold a row; the first one of a table has none above."""
        self._shown = step
        for name, cell in self.cells.items():
            cell.set_value(getattr(step, name))
        self.pause.setChecked(step.is_pause)
        self.with_above.setChecked(step.is_with_above)
        self.with_above.setVisible(has_above)
        self.show_problems({})

    def step(self) -> TypedStep:
        """Return what stands in the cells."""
        typed = {name: cell.value() for name, cell in self.cells.items()}
        hidden = _OFF if self.pause.isChecked() else ()
        told = {name: "" if name in hidden else text for name, text in typed.items()}
        step = TypedStep(
            id=self._shown.id,
            is_pause=self.pause.isChecked(),
            is_with_above=self.with_above.isChecked(),
        )
        step = replace(step, **told)
        ready = replace(self._shown, is_blank=False)
        return self._shown if self._shown.is_blank and step == ready else step

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Mark the cells that sentences are about, and say them below."""
        self._sentences.show(problems)
        self.either.hide()

    def focus_on(self, name: str = "") -> None:
        """Give the focus to a cell; without a name to the first one that is empty."""
        shown = {key: cell for key, cell in self.cells.items() if not cell.isHidden()}
        empty = (cell for cell in shown.values() if not cell.value())
        cell = shown.get(name) or next(empty, self.cells["start"])
        cell.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def _on_pause_toggled(self, is_pause: bool) -> None:  # noqa: FBT001 - as in Qt
        for name in _OFF:
            self.cells[name].setHidden(is_pause)
        self._paused.setVisible(is_pause)
        note = N_("why, if it is known") if is_pause else N_("note")
        self.cells["note"].setPlaceholderText(self._words(note))
        self.show_problems({})

    @Slot()
    def _on_cell_left(self) -> None:
        """Write what was understood, ask which of two days it is, or say why nothing was."""
        cell = self.sender()
        name = next(name for name in _TIDIED if self.cells[name] is cell)
        told = next(each.type for each in fields_of(DoseFacts) if each.name == name)
        text = self.cells[name].value()
        try:
            self.cells[name].set_value(self._reader.tidy(told, text))
        except UserError as problem:
            once_let_go(self, partial(self._refuse, name, text, problem))
        else:
            self._put_question_away(name)

    def _refuse(self, name: str, text: str, problem: UserError) -> None:
        """Say why a cell was not understood, unless something else was written there since."""
        cell = self.cells[name]
        if cell.value() != text:
            return
        self._sentences.add(name, self._words.error(problem))
        if isinstance(problem, TwoDays) and isinstance(cell, DateCell):
            self.either.ask(cell, problem.days)
        else:
            self._put_question_away(name)

    def _put_question_away(self, name: str) -> None:
        """Ask no more which day a cell means; the question about another one stays."""
        if self.either.is_about(self.cells[name]):
            self.either.hide()

    @Slot()
    def _on_away_clicked(self) -> None:
        self.taken_away.emit(self)

    def event(self, event: QEvent) -> bool:
        """Keep Enter and Escape from the shortcuts of the window while the row is typed into."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and isinstance(event, QKeyEvent) and event.key() in _OWN:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next row, Escape takes this one back."""
        if event.key() in _ENTER:
            self.entered.emit(self)
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit(self)
        else:
            super().keyPressEvent(event)
