"""The rows of the list as Qt's model: one row, one patient, read when it comes into view."""

from collections.abc import Collection
from enum import IntEnum
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.errors import AppError
from app.screens.patients.view import FoundRows, PatientRow
from widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

PAGE = 10
_PAGES_KEPT = 8


class RowRole(IntEnum):
    """The role under which the model hands out the whole row, to be drawn."""

    ROW = Qt.ItemDataRole.UserRole + 1


K = TypeVar("K")
V = TypeVar("V")


class _Recent(Generic[K, V]):
    """Keeps what was asked for last, and lets the rest go."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """Return what is kept, which counts as asking."""
        value = self._kept.pop(key, None)
        if value is not None:
            self._kept[key] = value
        return value

    def put(self, key: K, value: V) -> None:
        """Keep a value; the one that was not asked for longest goes."""
        self._kept.pop(key, None)
        self._kept[key] = value
        if len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]

    def drop(self, keys: Collection[K] | None = None) -> None:
        """Let some go, or all."""
        for key in list(self._kept) if keys is None else keys:
            self._kept.pop(key, None)

    def items(self) -> Collection[tuple[K, V]]:
        """Return all that is kept."""
        return self._kept.items()


class PatientListModel(QAbstractListModel):
    """Asks for the rows of a search a page at a time, and keeps those that were seen last.

    A row stays known from one search to the next, until ``forget``. What cannot be read is told
    once by ``failed``, and its rows say nothing.
    """

    rows_read = Signal(object)  # Sequence[PatientRow]
    failed = Signal(object)  # AppError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: FoundRows | None = None
        self._pages = _Recent[int, tuple[str, ...]](_PAGES_KEPT)
        self._rows = _Recent[str, PatientRow](PAGE * _PAGES_KEPT)

    def show_found(self, found: FoundRows) -> None:
        """Show these rows instead of the ones before."""
        self.beginResetModel()
        self._found = found
        self._pages.drop()
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many rows there are; a row has none."""
        return 0 if parent.isValid() or self._found is None else self._found.count

    def forget(self) -> None:
        """Read every row again when it is next shown."""
        self._rows.drop()

    def read_again(self, patients: Collection[str]) -> None:
        """Read the rows of some patients again, at once if they are in view."""
        self._rows.drop(patients)
        for page, standing in list(self._pages.items()):
            for place, patient in enumerate(standing, page * PAGE):
                if patient in patients:
                    self.dataChanged.emit(self.index(place), self.index(place))

    def place_of(self, patient: str) -> int | None:
        """Return where a patient stands, or nothing."""
        for page, patients in self._pages.items():
            if patient in patients:
                return page * PAGE + patients.index(patient)
        return self._found.place(patient) if patient and self._found is not None else None

    def patient_at(self, place: int) -> str:
        """Return who stands at a place; empty outside the list."""
        patients = self._page(place // PAGE) if 0 <= place < self.rowCount() else ()
        return patients[place % PAGE] if place % PAGE < len(patients) else ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a row be chosen, and nothing else."""
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row itself, its name, or what a screen reader and a tool tip say."""
        row = self._row(index.row()) if index.isValid() and role in _ROLES else None
        if row is None or role == RowRole.ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.whole)
        return row.name if role == Qt.ItemDataRole.DisplayRole else row.spoken

    def _row(self, place: int) -> PatientRow | None:
        patient = self.patient_at(place)
        if not patient:
            return None
        row = self._rows.get(patient)
        if row is None:
            self._read_rows(place // PAGE)
            row = self._rows.get(patient)
        return row

    def _page(self, page: int) -> tuple[str, ...]:
        """Return who stands on a page, asked for once while it is kept."""
        patients = self._pages.get(page)
        if patients is None and self._found is not None:
            try:
                patients = tuple(self._found.patients(page * PAGE, PAGE))
            except AppError as error:
                patients = ()
                self.failed.emit(error)
            self._pages.put(page, patients)
        return patients or ()

    def _read_rows(self, page: int) -> None:
        """Read the rows of a page that are not known."""
        patients = self._page(page)
        unknown = [one for one in patients if self._rows.get(one) is None]
        try:
            rows = () if self._found is None else self._found.rows(unknown)
        except AppError as error:
            # Asked again at every drawing, it would be told again each time.
            self._pages.put(page, ())
            self.failed.emit(error)
            return
        for row in rows:
            self._rows.put(row.patient, row)
        self.rows_read.emit(rows)


_ROLES = (
    RowRole.ROW,
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)
