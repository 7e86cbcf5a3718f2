"""The table twin of the chart: the same visits as rows, for those who do not see the drawing."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from app.errors import N_
from app.language import Words
from app.trends.table import VisitTable
from widgets.theme import TARGET, set_role


class CourseTable(QTableWidget):
    """One row a visit; Enter or a tap opens it, as a tap on a mark of the drawing does."""

    visit_chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "course")
        self._visits: tuple[str, ...] = ()
        self.setShowGrid(False)
        self.setAccessibleName(words(N_("Visits as a table")))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(TARGET)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.cellClicked.connect(self._on_cell_clicked)

    def show_table(self, table: VisitTable) -> None:
        """Show these visits in place of those before."""
        self._visits = tuple(line.visit for line in table.rows)
        self.clear()
        self.setRowCount(len(table.rows))
        self.setColumnCount(len(table.headings))
        self.setHorizontalHeaderLabels(list(table.headings))
        for number, line in enumerate(table.rows):
            for place, cell in enumerate(line.cells):
                self.setItem(number, place, QTableWidgetItem(cell))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)

    @Slot(int, int)
    def _on_cell_clicked(self, number: int, _place: int) -> None:
        self.visit_chosen.emit(self._visits[number])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the visit of the current row with Enter."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and self.currentRow() >= 0:
            self.visit_chosen.emit(self._visits[self.currentRow()])
        else:
            super().keyPressEvent(event)
