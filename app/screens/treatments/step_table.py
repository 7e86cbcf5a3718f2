"""A treatment's doses as a table that is typed into, row after row."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from app.errors import N_
from app.screens.treatments.form_values import Spot, TypedStep
from app.screens.treatments.form_view import next_step
from app.screens.treatments.reading import Reader
from app.screens.treatments.step_row import Columns, StepRow, columns_of
from app.screens.treatments.view import StepLine
from widgets.buttons import button
from widgets.labels import label, wrapped
from widgets.layouts import clear, column, ground, row
from widgets.press_guard import has_come
from widgets.theme import GRID, TARGET, set_role


class StepTable(QWidget):
    """Rows that stand and rows that are typed; more of them while somebody goes on.

    Enter goes to the next row, and from a blank last one out of the table; Escape takes a row
    back.
    """

    finished = Signal()  # Enter in a blank last row
    emptied = Signal()  # the last row was taken back
    reached = Signal(object)  # the row that has the focus now

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        words = reader.words
        self._above: TypedStep | None = None
        self._known: dict[str, TypedStep] = {}
        self._taken_away: tuple[str, ...] = ()
        self.rows: tuple[StepRow, ...] = ()
        text = words(N_("+ next step"))
        self.more = button(text, "act")
        self._columns = columns_of(words)
        self._standing, self._typed = column(gap=0), column(gap=0)
        stack = column(self, gap=0)
        stack.addLayout(self._standing)
        stack.addLayout(self._typed)
        stack.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.clicked.connect(self._on_more_clicked)

    def show_lines(self, lines: Sequence[StepLine], above: TypedStep | None) -> None:
        """Show the rows that only stand there; the next one goes on from the last of them."""
        clear(self._standing)
        self._above = above
        self._standing.addWidget(_head(self._columns))
        for line in lines:
            self._standing.addWidget(_standing_row(line, self._columns))

    def show_steps(self, steps: Sequence[TypedStep], taken_away: Sequence[str] = ()) -> None:
        """Hold rows to type in."""
        for old in self.rows:
            _drop(old)
        self.rows = ()
        self._taken_away = tuple(taken_away)
        self._known = {step.id: step for step in steps if step.id}
        for step in steps:
            self._add(step)

    def steps(self) -> tuple[TypedStep, ...]:
        """Return what stands in the rows."""
        return tuple(one.step() for one in self.rows)

    @property
    def taken_away(self) -> tuple[str, ...]:
        """The stored steps whose rows were taken out."""
        return self._taken_away

    def show_problems(self, problems: Mapping[Spot, str]) -> None:
        """Say each sentence below its row, and go to the first of its cells."""
        wrong: list[tuple[StepRow, str]] = []
        for number, one in enumerate(self.rows):
            told = {spot.field: text for spot, text in problems.items() if spot.row == number}
            one.show_problems(told)
            wrong += [(one, name) for name in told]
        if wrong:
            self._reach(*wrong[0])

    def make_pause(self, number: int) -> None:
        """Turn a row into a pause."""
        self.rows[number].pause.setChecked(True)

    def start(self, number: int = 0) -> None:
        """Give the focus to a row, or to the way to the next one where there is none."""
        if number < len(self.rows):
            self._reach(self.rows[number])
        else:
            self.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, step: TypedStep) -> StepRow:
        one = StepRow(self._columns, self._reader)
        has_above = bool(self.rows) or self._above is not None
        one.show_step(step, has_above=has_above)
        one.entered.connect(self._on_row_entered)
        one.escaped.connect(self._on_row_escaped)
        one.taken_away.connect(self._on_row_taken_away)
        self.rows = (*self.rows, one)
        self._typed.addWidget(one)
        has_come(one)
        return one

    def _add_next(self) -> None:
        above = self.rows[-1].step() if self.rows else self._above
        self._reach(self._add(next_step(above, self._reader)))

    def _reach(self, one: StepRow, name: str = "") -> None:
        one.focus_on(name)
        self.reached.emit(one)

    def _take_out(self, one: StepRow) -> None:
        """Take a row out; the one below is no longer together with what is gone."""
        number = self.rows.index(one)
        below = self.rows[number + 1 : number + 2]
        if below and not one.step().is_with_above:
            below[0].with_above.setChecked(False)
        if number == 0 and below and self._above is None:
            below[0].with_above.hide()
        if one.step().id:
            self._taken_away = (*self._taken_away, one.step().id)
        self.rows = (*self.rows[:number], *self.rows[number + 1 :])
        _drop(one)
        if self.rows or self._above is not None or self._known:
            self.start(min(number, max(0, len(self.rows) - 1)))
        if not self.rows:
            self.emptied.emit()

    @Slot()
    def _on_more_clicked(self) -> None:
        self._add_next()

    @Slot(object)
    def _on_row_entered(self, one: StepRow) -> None:
        number = self.rows.index(one)
        if number + 1 < len(self.rows):
            self._reach(self.rows[number + 1])
        elif one.step().is_blank:
            self.finished.emit()
        else:
            self._add_next()

    @Slot(object)
    def _on_row_escaped(self, one: StepRow) -> None:
        """Take a new row out; put a stored one back as it was stored."""
        known = self._known.get(one.step().id)
        if known is None:
            self._take_out(one)
            return
        one.show_step(known, has_above=not one.with_above.isHidden())
        one.focus_on("start")

    @Slot(object)
    def _on_row_taken_away(self, one: StepRow) -> None:
        self._take_out(one)


def _drop(one: StepRow) -> None:
    one.hide()
    one.deleteLater()


class _Head(QLabel):
    """The name of a column, which gives way as the cells below it do."""

    def __init__(self, columns: Columns, name: str) -> None:
        super().__init__(columns.titles[name])
        set_role(self, "small")
        self._width = columns.width(name)
        self.setMaximumWidth(self._width)
        self.setMinimumWidth(2 * TARGET if name in columns.choices else self._width)

    def sizeHint(self) -> QSize:
        """Ask for the room of a cell."""
        return QSize(self._width, super().sizeHint().height())


def _head(columns: Columns) -> QWidget:
    """Return the names of the columns."""
    head = ground()
    line = row(head)
    for name in columns.heads():
        line.addWidget(_Head(columns, name))
    line.addStretch(1)
    return head


def _standing_row(told: StepLine, columns: Columns) -> QWidget:
    """Return a row that is only read, below the same names."""
    frame = QFrame()
    set_role(frame, "table_row")
    line = row(frame)
    line.setContentsMargins(0, 10, 0, 10)
    role = "strong" if told.is_now else "soft" if told.is_planned else ""
    dose = columns.width("dose") + GRID + columns.width("unit")
    for text, width in (
        (told.start, columns.width("start")),
        (told.stop, columns.width("stop")),
        (told.dose, dose),
    ):
        part = wrapped(text, role)
        part.setFixedWidth(width)
        line.addWidget(part)
    line.addWidget(wrapped(told.often, role), 1)
    line.addWidget(label(told.mark, "accent_text" if told.is_now else "soft"))
    return frame
