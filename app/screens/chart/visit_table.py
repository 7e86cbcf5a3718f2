"""The table twin of the chart, for those who do not see the drawing, and what is done with it."""

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.errors import N_
from app.language import Words
from app.trends.table import ACROSS, TwinRow, TwinTable
from widgets.buttons import button
from widgets.flow import Flow
from widgets.labels import wrapped
from widgets.layouts import column
from widgets.theme import GRID, TARGET, set_role
from widgets.tick_button import TickButton

_PADDING = 2 * GRID


class CourseListing(QWidget):
    """The table, and below it what must be known of the scores.

    ``tools`` are laid out by the page, among what else is chosen there.
    """

    items_chosen = Signal(bool)
    copy_requested = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "plain_ground")
        self.table = CourseTable(words)
        self.notes = wrapped("", "small")
        self.items = TickButton(words(N_("Item values")), words(N_("Item values in the table")))
        self.copy = button(words(N_("Copy as text")), name=words(N_("Copy the table as text")))
        self.tools = Flow(self.items, self.copy)
        stack = column(self, gap=8)
        stack.addWidget(self.table, 1)
        stack.addWidget(self.notes)
        self.items.clicked.connect(self.items_chosen)
        self.copy.clicked.connect(self.copy_requested)

    def show_table(self, table: TwinTable, *, has_items: bool | None) -> None:
        """Show a table, and whether it tells items; ``None`` where there are none to tell."""
        self.table.show_table(table)
        self.items.setVisible(has_items is not None)
        self.items.setChecked(bool(has_items))


class CourseTable(QTableWidget):
    """One row a visit, which Enter or a tap opens; what happened among them reaches across."""

    visit_chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "course")
        self._rows: tuple[TwinRow, ...] = ()
        self._goes_to_end = False
        self.setShowGrid(False)
        self.setAccessibleName(words(N_("The course as a table")))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(TARGET)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)
        # Columns change one after another; the rows follow once.
        self._resized = QTimer(self, interval=0, singleShot=True)
        self._resized.timeout.connect(self._fit_rows)
        self.horizontalHeader().sectionResized.connect(self._on_section_resized)
        self.cellClicked.connect(self._on_cell_clicked)

    def show_table(self, table: TwinTable) -> None:
        """Show these rows in place of those before."""
        self._rows = table.rows
        self.clear()
        self.clearSpans()
        self.setRowCount(len(table.rows))
        self.setColumnCount(len(table.headings))
        self.setHorizontalHeaderLabels(list(table.headings))
        for number, line in enumerate(table.rows):
            self._show_row(number, line)
        self._resized.start()

    def to_end(self) -> None:
        """Bring the newest row into view, once the rows have their height."""
        self._goes_to_end = True
        self._resized.start()

    def _show_row(self, number: int, line: TwinRow) -> None:
        for place, cell in enumerate(line.cells):
            item = QTableWidgetItem(cell)
            if line.is_across and place >= ACROSS:
                item.setSizeHint(QSize(1, TARGET))  # it asks no column for its width
            self.setItem(number, place, item)
        if line.is_across:
            self.setSpan(number, ACROSS, 1, self.columnCount() - ACROSS)

    @Slot()
    def _fit_rows(self) -> None:
        """Make a row as high as the words that reach across need, once somebody can see it.

        Whoever looks at the newest row still does afterwards.
        """
        if not self.isVisible():
            return
        is_at_end = self._goes_to_end or self._is_at_end()
        self._goes_to_end = False
        header = self.horizontalHeader()
        width = header.length() - header.sectionPosition(ACROSS) - _PADDING
        room = QRect(0, 0, max(width, TARGET), 0)
        for number, line in enumerate(self._rows):
            height = TARGET
            if line.is_across:
                flags = Qt.TextFlag.TextWordWrap
                text = self.fontMetrics().boundingRect(room, flags, line.cells[ACROSS])
                height = max(TARGET, text.height() + _PADDING)
            self.setRowHeight(number, height)
        if is_at_end:
            self.updateGeometries()  # Qt itself would only do so later
            self.scrollToBottom()

    def _is_at_end(self) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() == bar.maximum()

    def showEvent(self, event: QShowEvent) -> None:
        """Break the words across for the first time."""
        super().showEvent(event)
        self._resized.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words across anew; the newest row stays in view where less is seen of it."""
        self._goes_to_end = self._goes_to_end or self._is_at_end()
        super().resizeEvent(event)
        self._resized.start()

    @Slot(int, int, int)
    def _on_section_resized(self, _place: int, _old: int, _new: int) -> None:
        self._resized.start()

    @Slot(int, int)
    def _on_cell_clicked(self, number: int, _place: int) -> None:
        self._choose(number)

    def _choose(self, number: int) -> None:
        """Open the visit of a row; what happened among the visits leads nowhere."""
        if self._rows[number].visit:
            self.visit_chosen.emit(self._rows[number].visit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the visit of the current row with Enter."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and self.currentRow() >= 0:
            self._choose(self.currentRow())
        else:
            super().keyPressEvent(event)
