"""Work off the screen's thread; its result arrives back on it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Callbacks = tuple[Callable[[Any], None], Callable[[Exception], None]]


class Task(QObject):
    """One piece of work. Once cancelled, or once its owner is gone, nothing is delivered."""

    over = Signal(object)  # Task
    _ended = Signal(object, object)  # the result, the exception or None; emitted by the worker

    def __init__(self, owner: QObject, work: Callable[[], object], callbacks: Callbacks) -> None:
        super().__init__()
        self._owner = owner
        self._work = work
        self._on_done, self._on_failed = callbacks
        self._is_cancelled = False
        self._ended.connect(self._on_ended)

    def cancel(self) -> None:
        """Ask for no result; what already runs goes on unheard."""
        self._is_cancelled = True

    def do(self) -> None:
        """Do the work, on whatever thread this is, and post what came of it."""
        try:
            result = self._work()
        except Exception as error:
            self._ended.emit(None, error)
        else:
            self._ended.emit(result, None)

    @Slot(object, object)
    def _on_ended(self, result: object, error: object) -> None:
        self.over.emit(self)
        if self._is_cancelled or not isValid(self._owner):
            return
        if isinstance(error, Exception):
            self._on_failed(error)
        else:
            self._on_done(result)


def _let_be(_outcome: object) -> None:
    """Take no notice."""


class Tasks(QObject):
    """Runs work on one thread beside the screen's, in turn, and keeps it until it is over.

    The thread is Python's own: what runs on it is freed by Python alone.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: ThreadPoolExecutor | None = None
        self._running: set[Task] = set()

    def run(
        self,
        owner: QObject,
        work: Callable[[], object],
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
    ) -> Task:
        """Start ``work`` as soon as the thread is free; a callable gets what came of it, here.

        ``owner`` is whom the callables belong to: once Qt has deleted it, neither is called.
        """
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - not before a list

        if self._worker is None:
            self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="task")
        task = Task(owner, work, (on_done, on_failed))
        task.over.connect(self._on_task_over)
        self._running.add(task)
        self._worker.submit(task.do)
        return task

    def run_ahead(self, owner: QObject, work: Callable[[], object]) -> Task:
        """Start work that is only early: what goes wrong in it is met again when it is needed."""
        return self.run(owner, work, _let_be, _let_be)

    def wait(self) -> None:
        """Wait until no work runs: before the app closes what the work may use."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.shutdown()

    @Slot(object)
    def _on_task_over(self, task: Task) -> None:
        self._running.discard(task)
