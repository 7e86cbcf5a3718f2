"""A copy put in place of open records, which are closed for it; one is told how that ended."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.clock import Clock
from app.errors import N_, AppError
from app.language import Words
from app.records.copies.restore import restore
from app.records.copies.source import Source
from app.screens.rooms import Rooms
from app.screens.tasks import Lane, Tasks
from app.screens.window import Window
from scales.catalogue import Catalogue

_PUT_BACK = N_("The copy has been put back. What was there before is here: {folder}")
_MEANWHILE = N_("The records are closed, and the copy is put back…")
_KEPT = N_("{why} The records are as they were.")


class Put(Struct, frozen=True):
    """What is needed to put a copy back: the copy, the folder, and how its records are let go.

    Without ``close`` nothing is open there.
    """

    source: Source
    folder: Path
    clock: Clock
    catalogue: Catalogue
    close: Callable[[], None] | None = None

    def __call__(self) -> Path | None:
        """Close the records, put the copy in their place, and return where they are set aside.

        A last copy that fails hinders nothing: the records themselves are set aside whole.
        """
        with suppress(AppError):
            if self.close is not None:
                self.close()
        try:
            return restore(
                self.source, self.folder, replace=True, clock=self.clock, catalogue=self.catalogue
            )
        finally:
            self.source.forget()


class Replacing(QObject):
    """Puts one copy back beside the window, and says how that ended."""

    ended = Signal()
    put_back = Signal(str)  # a sentence: where the records from before are
    refused = Signal(
        str
    )  # a sentence: why the records are as they were; empty for a fault of ours

    def __init__(self, words: Words, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._tasks = tasks
        self._page: QWidget | None = None
        self._done = self._problem = ""

    def begin(self, put: Put) -> None:
        """Begin; the signals tell the rest."""
        self._tasks.run(self, put, self._on_put_back, self._on_refused, lane=Lane.COPY)

    def begin_in(self, window: Window, rooms: Rooms, put: Put) -> None:
        """Begin, with every page of open records gone and one that says what is done meanwhile."""
        from app.screens.closing_page import ClosingPage  # noqa: PLC0415 - seldom needed

        self._page = ClosingPage(self._words, _MEANWHILE)
        window.show_page(self._page)
        rooms.close()
        self.begin(put)

    def tell_in(self, window: Window) -> None:
        """Have the window say how it ended, over the page that came next."""
        if self._page is not None:
            window.drop_page(self._page)
        if self._done:
            window.show_note(self._done)
        elif self._problem:
            window.show_problem(self._problem)

    def _on_put_back(self, aside: Path) -> None:
        self._done = self._words(_PUT_BACK, folder=str(aside))
        self.put_back.emit(self._done)
        self.ended.emit()

    def _on_refused(self, problem: Exception) -> None:
        if isinstance(problem, AppError):
            self._problem = self._words(_KEPT, why=self._words.error(problem))
        self.refused.emit(self._problem)
        self.ended.emit()
        if not isinstance(problem, AppError):
            raise problem
