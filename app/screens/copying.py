"""Checked copies beside the window: after each signature, and the last one before it closes."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.errors import AppError
from app.records.store import Store
from app.screens.tasks import Lane, Tasks


class Copying(QObject):
    """Has one copy made at a time; what is asked for meanwhile is one more copy after it."""

    copied = Signal()
    failed = Signal(object)  # AppError

    def __init__(self, store: Store, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._tasks = tasks
        self._is_running = False
        self._is_asked_again = False

    @Slot()
    def ask(self) -> None:
        """Have what is saved by now copied."""
        if self._is_running:
            self._is_asked_again = True
            return
        self._is_running = True
        self._run(self._store.copy, self._on_copied, self._on_failed)

    def is_needed(self) -> bool:
        """Say whether closing the store has a copy to wait for."""
        return self._is_running or not self._store.is_copied()

    def close_now(
        self, on_closed: Callable[[None], None], on_failed: Callable[[Exception], None]
    ) -> None:
        """Close the store here and now: there is nothing to copy."""
        try:
            self._store.close()
        except AppError as problem:
            on_failed(problem)
        else:
            on_closed(None)

    def close(
        self, on_closed: Callable[[None], None], on_failed: Callable[[Exception], None]
    ) -> None:
        """Have the store closed, with its last copy, after the copy that runs now."""
        self._is_asked_again = False
        self._run(self._store.close, on_closed, on_failed)

    def put_away(
        self, on_done: Callable[[None], None], on_failed: Callable[[Exception], None]
    ) -> None:
        """Have the store closed without a last copy and its key wiped, after the copy now."""
        self._is_asked_again = False
        self._run(self._store.away.put, on_done, on_failed)

    def _run(
        self,
        work: Callable[[], None],
        on_done: Callable[[None], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        self._tasks.run(self, work, on_done, on_failed, lane=Lane.COPY)

    def _on_copied(self, _nothing: None) -> None:
        self._go_on()
        self.copied.emit()

    def _on_failed(self, problem: Exception) -> None:
        self._go_on()
        if not isinstance(problem, AppError):
            raise problem
        self.failed.emit(problem)

    def _go_on(self) -> None:
        self._is_running = False
        if self._is_asked_again:
            self._is_asked_again = False
            self.ask()
