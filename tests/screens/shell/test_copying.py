"""Copies are made beside the window: one at a time, never behind other work, told when over."""

from collections.abc import Callable
from threading import Event, current_thread, main_thread
from typing import cast

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions

from app.errors import UserError
from app.records.store import Store
from app.screens.copying import Copying
from app.screens.tasks import LongTask, Tasks
from tests.screens.patient_rooms.bench import settle

LONG = 20.0
"""Seconds after which a test gives up; none of them waits for it."""


class _Store:
    """Records whose copies take until the test says so."""

    def __init__(self) -> None:
        self.begun, self.may_end = Event(), Event()
        self.on_main_thread: list[bool] = []
        self.troubles: list[Exception] = []
        self.is_closed = False

    def copy(self) -> None:
        """Copy, or fail."""
        self.on_main_thread.append(current_thread() is main_thread())
        self.begun.set()
        assert self.may_end.wait(LONG)
        if self.troubles:
            raise self.troubles.pop(0)

    def is_copied(self) -> bool:
        """Say that nothing changed."""
        return True

    def close(self) -> None:
        """Close."""
        self.is_closed = True


class _Desk:
    """Somebody who signs, and hears of the copies."""

    def __init__(self) -> None:
        self.store, self.tasks = _Store(), Tasks()
        self.copying = Copying(cast("Store", self.store), self.tasks)
        self.copied: list[bool] = []
        self.failed: list[Exception] = []
        self.copying.copied.connect(self._on_copied)
        self.copying.failed.connect(self.failed.append)

    def _on_copied(self) -> None:
        self.copied.append(current_thread() is main_thread())

    def finish(self) -> None:
        """Let every copy end that was asked for."""
        self.store.may_end.set()
        asked = -1
        while asked != len(self.store.on_main_thread):
            asked = len(self.store.on_main_thread)
            self.tasks.wait()
            settle()


@pytest.fixture
def desk(qapp: QApplication) -> _Desk:
    """Return a desk."""
    assert qapp is not None
    return _Desk()


def test_a_copy_is_made_elsewhere_and_told_here(desk: _Desk) -> None:
    """Whoever signs goes on at once."""
    desk.copying.ask()
    assert desk.store.begun.wait(LONG)
    assert desk.copying.is_needed()
    assert desk.copied == []
    desk.finish()
    assert desk.store.on_main_thread == [False]
    assert desk.copied == [True]
    assert not desk.copying.is_needed()


def test_several_signatures_while_one_copy_runs_are_one_more_copy(desk: _Desk) -> None:
    """The copy that runs may have begun before them, so there is one after it, and no more."""
    desk.copying.ask()
    assert desk.store.begun.wait(LONG)
    for _ in range(5):
        desk.copying.ask()
    desk.finish()
    assert len(desk.store.on_main_thread) == 2
    assert len(desk.copied) == 2
    desk.copying.ask()
    desk.finish()
    assert len(desk.store.on_main_thread) == 3


def test_a_copy_that_fails_is_told_and_the_next_one_is_made(desk: _Desk) -> None:
    """What was asked for meanwhile is tried all the same."""
    trouble = UserError("The disk is full.")
    desk.store.troubles.append(trouble)
    desk.copying.ask()
    assert desk.store.begun.wait(LONG)
    desk.copying.ask()
    desk.finish()
    assert (desk.failed, len(desk.copied)) == ([trouble], 1)


def test_a_fault_of_ours_goes_to_the_log_and_copies_go_on(desk: _Desk) -> None:
    """It is no trouble with the disk, and is not told as one."""
    desk.store.troubles.append(RuntimeError())
    desk.copying.ask()
    with capture_exceptions() as faults:
        desk.finish()
    assert [kind for kind, *_ in faults] == [RuntimeError]
    assert desk.failed == []
    desk.copying.ask()
    desk.finish()
    assert len(desk.copied) == 1


def test_a_copy_waits_for_no_other_work(desk: _Desk) -> None:
    """A page that is being made, or a check, stands in a lane of its own, and so does a copy."""
    may_end = Event()
    owner = QObject()
    desk.tasks.run(owner, lambda: may_end.wait(LONG), _ignore, _ignore)
    desk.tasks.run_long(owner, lambda _tell: may_end.wait(LONG), _ignore, _ignore)
    desk.copying.ask()
    assert desk.store.begun.wait(LONG)
    done: list[bool] = []
    desk.tasks.run(owner, lambda: done.append(desk.store.may_end.is_set()), _ignore, _ignore)
    may_end.set()
    desk.finish()
    assert len(done) == 1


def test_closing_comes_after_the_copy_that_runs_and_drops_the_one_asked_for(desk: _Desk) -> None:
    """Closing copies what is left by itself."""
    desk.copying.ask()
    assert desk.store.begun.wait(LONG)
    desk.copying.ask()
    closed: list[object] = []
    desk.copying.close(closed.append, _ignore)
    assert not desk.store.is_closed
    desk.finish()
    assert (len(desk.store.on_main_thread), desk.store.is_closed, closed) == (1, True, [None])


def _ignore(_outcome: object) -> None:
    """Take no notice."""


def _share(tell: Callable[[float], None], shares: list[float]) -> str:
    for share in shares:
        tell(share)
    return "done"


def _long_work(
    tasks: Tasks, shares: list[float], heard: list[object]
) -> tuple[LongTask, list[int], Event]:
    may_begin = Event()

    def work(tell: Callable[[float], None]) -> str:
        assert may_begin.wait(LONG)
        return _share(tell, shares)

    told: list[int] = []
    task = tasks.run_long(tasks, work, heard.append, heard.append)
    task.got_to.connect(told.append)
    return task, told, may_begin


def test_long_work_tells_each_per_cent_once(desk: _Desk) -> None:
    """However often it tells how far it is."""
    heard: list[object] = []
    _task, told, may_begin = _long_work(desk.tasks, [0, 0.001, 0.011, 0.012, 0.5, 1], heard)
    may_begin.set()
    desk.finish()
    assert (told, heard) == ([1, 50, 100], ["done"])


def test_cancelled_long_work_ends_where_it_tells_next(desk: _Desk) -> None:
    """And nothing is heard of it."""
    heard: list[object] = []
    _task, told, may_begin = _long_work(desk.tasks, [0.5, 1], heard)
    desk.tasks.cancel_long()
    may_begin.set()
    desk.finish()
    assert (told, heard) == ([], [])


def test_a_per_cent_on_its_way_is_not_told_once_the_work_is_cancelled(desk: _Desk) -> None:
    """It would fill the bar of the work that is begun next."""
    heard: list[object] = []
    task, told, may_begin = _long_work(desk.tasks, [0.5], heard)
    may_begin.set()
    desk.tasks.wait()
    task.cancel()
    desk.finish()
    assert (told, heard) == ([], [])
