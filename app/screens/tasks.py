"""Work off the screen's thread; its result arrives back on it."""

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Callbacks = tuple[Callable[[Any], None], Callable[[Exception], None]]
Work = Callable[[], object]
LongWork = Callable[[Callable[[float], None]], object]


class Lane(Enum):
    """Which thread does a piece of work; what stands in one lane never waits for another."""

    USUAL = "task"
    LONG = "long"
    COPY = "copy"


class Cancelled(Exception):
    """Ends long work that nobody waits for any more."""


class Task(QObject):
    """One piece of work. Once cancelled, or once its owner is gone, nothing is delivered."""

    over = Signal(object)  # Task
    _ended = Signal(object, object)  # the result, the exception or None; emitted by the worker

    def __init__(self, owner: QObject, work: Callable[..., object], callbacks: Callbacks) -> None:
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
            result = self._result()
        except Exception as error:
            self._ended.emit(None, error)
        else:
            self._ended.emit(result, None)

    def _result(self) -> object:
        return self._work()

    @Slot(object, object)
    def _on_ended(self, result: object, error: object) -> None:
        self.over.emit(self)
        if self._is_cancelled or not isValid(self._owner):
            return
        if isinstance(error, Exception):
            self._on_failed(error)
        else:
            self._on_done(result)


class LongTask(Task):
    """Work of minutes: it tells how far it is, and ends soon once it is cancelled."""

    got_to = Signal(int)  # per cent, each told once, and none once it is cancelled
    _got_to = Signal(int)  # the same, emitted by the worker

    def __init__(self, owner: QObject, work: LongWork, callbacks: Callbacks) -> None:
        super().__init__(owner, work, callbacks)
        self._percent = 0
        self._got_to.connect(self._on_got_to)

    def _result(self) -> object:
        return self._work(self._tell)

    def _tell(self, share: float) -> None:
        if self._is_cancelled:
            raise Cancelled
        percent = int(share * 100)
        if percent != self._percent:
            self._percent = percent
            self._got_to.emit(percent)

    @Slot(int)
    def _on_got_to(self, percent: int) -> None:
        if not self._is_cancelled:
            self.got_to.emit(percent)


def _let_be(_outcome: object) -> None:
    """Take no notice."""


class Tasks(QObject):
    """Runs work beside the screen's thread, each lane in turn, and keeps it until it is over.

    The threads are Python's own: what runs on them is freed by Python alone.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers: dict[Lane, ThreadPoolExecutor] = {}
        self._running: set[Task] = set()

    def run(
        self,
        owner: QObject,
        work: Work,
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
        *,
        lane: Lane = Lane.USUAL,
    ) -> Task:
        """Start ``work`` as soon as its lane is free; a callable gets what came of it, here.

        ``owner`` is whom the callables belong to: once Qt has deleted it, neither is called.
        """
        task = Task(owner, work, (on_done, on_failed))
        self._start(task, lane)
        return task

    def run_long(
        self,
        owner: QObject,
        work: LongWork,
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
    ) -> LongTask:
        """Start work of minutes; it is handed what to tell how far it is, from 0 to 1."""
        task = LongTask(owner, work, (on_done, on_failed))
        self._start(task, Lane.LONG)
        return task

    def run_ahead(
        self, owner: QObject, work: Work, on_done: Callable[[Any], None] = _let_be
    ) -> Task:
        """Start work that is only early: what goes wrong in it is met again when it is needed."""
        return self.run(owner, work, on_done, _let_be)

    def cancel_long(self) -> None:
        """Cancel the work of minutes: it ends soon, and nobody hears of it."""
        for task in self._running:
            if isinstance(task, LongTask):
                task.cancel()

    def wait(self) -> None:
        """Wait until no work runs: before the app closes what the work may use."""
        workers, self._workers = self._workers, {}
        for worker in workers.values():
            worker.shutdown()

    def _start(self, task: Task, lane: Lane) -> None:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - not before a list

        if lane not in self._workers:
            self._workers[lane] = ThreadPoolExecutor(1, thread_name_prefix=lane.value)
        task.over.connect(self._on_task_over)
        self._running.add(task)
        self._workers[lane].submit(task.do)

    @Slot(object)
    def _on_task_over(self, task: Task) -> None:
        self._running.discard(task)
