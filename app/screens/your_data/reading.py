"""Reads what each copy holds, one after another beside the window."""

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from app.errors import AppError
from app.records.copies.inventory import CopyState
from app.records.copies.on_request import Copies
from app.records.copies.second_place import Elsewhere
from app.screens.tasks import Lane, Task, Tasks


class Found(Struct, frozen=True):
    """Where the copies are, here and in the second place."""

    paths: tuple[Path, ...] = ()
    elsewhere: Elsewhere | None = None
    paths_elsewhere: tuple[Path, ...] = ()


class Reader(QObject):
    """Keeps what it read of a copy; the newest is always read again, since it may have grown."""

    found = Signal(object)  # Found
    read = Signal(object)  # CopyState

    def __init__(self, copies: Copies, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._copies = copies
        self._tasks = tasks
        self._task: Task | None = None
        self._waiting: tuple[Path, ...] = ()
        self.states: dict[Path, CopyState] = {}

    def begin(self) -> None:
        """Look where the copies are, then read those of which nothing is known yet."""
        self.stop()
        self._run(self._look, self._on_found)

    def call_damaged(self, names: Collection[str]) -> None:
        """Take note that a check, which reads every copy, has found these damaged.

        Those that seemed sound are read again: how far they are is still to be known.
        """
        found = [one for one in self.states.values() if one.is_verified and one.path.name in names]
        for one in found:
            del self.states[one.path]
        if found:
            self.begin()

    def stop(self) -> None:
        """Read no further; what was read is kept."""
        self._waiting = ()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _run(self, work: Callable[[], object], on_done: Callable[..., None]) -> None:
        self._task = self._tasks.run(self, work, on_done, self._on_failed, lane=Lane.LONG)

    def _look(self) -> Found:
        copies = self._copies
        return Found(copies.paths(), copies.elsewhere(), copies.paths_elsewhere())

    def _on_found(self, found: Found) -> None:
        newest = found.paths[:1]
        every = (*found.paths, *found.paths_elsewhere)
        self._waiting = tuple(path for path in every if path in newest or path not in self.states)
        self.found.emit(found)
        self._go_on()

    def _go_on(self) -> None:
        self._task = None
        if self._waiting:
            path, self._waiting = self._waiting[0], self._waiting[1:]
            self._run(partial(self._copies.state_of, path), self._on_read)

    def _on_read(self, state: CopyState) -> None:
        self.states[state.path] = state
        self.read.emit(state)
        self._go_on()

    def _on_failed(self, problem: Exception) -> None:
        self._task = None
        if not isinstance(problem, AppError):
            raise problem
        self.found.emit(Found())
