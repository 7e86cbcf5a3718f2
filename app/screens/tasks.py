"""Work off the screen's thread; its result arrives back on it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot
from shiboken6 import isValid


class Task(QObject):
    """One piece of work. Once cancelled, or once its owner is gone, nothing is delivered."""

    over = Signal(object)  # Task

    def __init__(self, owner: QObject, callbacks: "Callbacks") -> None:
        super().__init__()
        self._owner = owner
        self._on_done, self._on_failed = callbacks
        self._is_cancelled = False

    def cancel(self) -> None:
        """Ask for no result; what already runs goes on unheard."""
        self._is_cancelled = True

    @Slot(object, object)
    def _on_run_ended(self, result: object, error: object) -> None:
        self.over.emit(self)
        if self._is_cancelled or not isValid(self._owner):
            return
        if isinstance(error, Exception):
            self._on_failed(error)
        else:
            self._on_done(result)


Callbacks = tuple[Callable[[Any], None], Callable[[Exception], None]]


def _let_be(_outcome: object) -> None:
    """Take no notice."""


class _Post(QObject):
    """Carries the result from the worker's thread to the screen's."""

    ended = Signal(object, object)  # the result, the exception or None


class _Run(QRunnable):
    """Does the work on a thread of the pool."""

    def __init__(self, work: Callable[[], object], post: _Post) -> None:
        super().__init__()
        self._work = work
        self._post = post

    def run(self) -> None:
        """Do the work and post what came of it."""
        try:
            result = self._work()
        except Exception as error:
            self._post.ended.emit(None, error)
        else:
            self._post.ended.emit(result, None)


class Tasks(QObject):
    """Runs work on Qt's threads and keeps it alive until it is over."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._running: dict[Task, _Post] = {}

    def run(
        self,
        owner: QObject,
        work: Callable[[], object],
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
    ) -> Task:
        """Start ``work`` at once; one of the two callables gets what came of it, here.

        ``owner`` is whom the callables belong to: once Qt has deleted it, neither is called.
        """
        task = Task(owner, (on_done, on_failed))
        post = _Post()
        post.ended.connect(task._on_run_ended)  # noqa: SLF001 - the pair is one mechanism
        task.over.connect(self._on_task_over)
        self._running[task] = post
        self._pool.start(_Run(work, post))
        return task

    def run_ahead(self, owner: QObject, work: Callable[[], object]) -> Task:
        """Start work that is only early: what goes wrong in it is met again when it is needed."""
        return self.run(owner, work, _let_be, _let_be)

    def wait(self) -> None:
        """Wait until no work runs: before the app closes what the work may use."""
        self._pool.waitForDone()

    @Slot(object)
    def _on_task_over(self, task: Task) -> None:
        self._running.pop(task, None)
