"""Reads tables in: a full copy is made beside the window before."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.errors import N_, AppError
from app.records.actions import Action
from app.screens.desk import Desk
from app.screens.tasks import Lane
from app.screens.your_data.page import DataPage


class ReadingTables(QObject):
    """Asks which tables, copies what stands, reads them in, and says how it came out."""

    over = Signal()

    def __init__(self, desk: Desk, page: DataPage, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        page.tables.setVisible(desk.may(Action.IMPORT))
        page.tables.file_requested.connect(self._on_file_requested)
        page.tables.folder_requested.connect(self._on_folder_requested)

    @Slot()
    def _on_file_requested(self) -> None:
        words = self._desk.words
        title, kind = words(N_("Read in a file of tables")), "ZIP (*.zip)"
        self._desk.ask.open_path(self._page, title, kind, self._copy_first)

    @Slot()
    def _on_folder_requested(self) -> None:
        title = self._desk.words(N_("Read the tables of a folder in"))
        self._desk.ask.folder(self._page, title, self._copy_first)

    def _copy_first(self, place: Path) -> None:
        self._page.message.hide()
        self._page.set_working(self._desk.words(N_("Making a full copy before…")))
        self._desk.tasks.run(
            self,
            self._desk.store.copies.before_risk,
            partial(self._on_copied, place),
            self._on_not_copied,
            lane=Lane.COPY,
        )

    def _on_copied(self, place: Path, _nothing: None) -> None:
        from app.screens.reading_in import read_tables  # noqa: PLC0415 - seldom needed

        self._page.set_working("")
        sentence, is_done = read_tables(self._desk, place, is_copied=True)
        tell = self._page.message.show_note if is_done else self._page.message.show_problem
        tell(sentence)
        self.over.emit()

    def _on_not_copied(self, problem: Exception) -> None:
        """Read nothing in: without a copy there would be no way back from it."""
        self._page.set_working("")
        if not isinstance(problem, AppError):
            raise problem
        self._page.message.show_problem(self._desk.words.error(problem))
