"""The rows of the list as Qt's model: one row, one patient."""

from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.screens.patients.view import PatientRow

Index = QModelIndex | QPersistentModelIndex


class RowRole(IntEnum):
    """The role under which the model hands out the whole row, to be drawn."""

    ROW = Qt.ItemDataRole.UserRole + 1


class PatientListModel(QAbstractListModel):
    """Holds the rows that the search left over."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PatientRow, ...] = ()

    def show_rows(self, rows: tuple[PatientRow, ...]) -> None:
        """Show these rows instead of the ones before."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_of(self, patient: str) -> int:
        """Return where a patient stands, or -1."""
        places = (place for place, row in enumerate(self._rows) if row.patient == patient)
        return next(places, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows; a row has no rows of its own."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row itself, its name, or what a screen reader says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == RowRole.ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return row.name if role == Qt.ItemDataRole.DisplayRole else None
