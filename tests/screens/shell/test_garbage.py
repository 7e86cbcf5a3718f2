"""Garbage is looked for by the window's thread alone."""

import gc
import weakref
from collections.abc import Iterator
from threading import Thread, current_thread

import pytest
from PySide6.QtCore import QObject

from app.screens.garbage import Garbage

pytestmark = pytest.mark.usefixtures("qapp")


class _Loop:
    """Something that only a search lets go, and that tells on which thread that was."""

    def __init__(self, gone: list[Thread]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: gone.append(current_thread()))


@pytest.fixture
def garbage() -> Iterator[Garbage]:
    """Return a search that ends with the test."""
    owner = QObject()
    made = Garbage(owner)
    yield made
    made.end()


def test_no_other_thread_searches(garbage: Garbage) -> None:
    """However much it makes; the window's own thread finds what is left."""
    assert not gc.isenabled()
    gone = list[Thread]()

    def make_much() -> None:
        for _ in range(5_000):
            _Loop(gone)

    gc.collect()
    busy = Thread(target=make_much)
    busy.start()
    busy.join()
    assert gone == []
    garbage.look()
    assert (len(gone), set(gone)) == (5_000, {current_thread()})


def test_without_much_nothing_is_searched(
    garbage: Garbage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each generation waits for as much as Python has it wait for."""
    searched = list[int]()
    monkeypatch.setattr(gc, "collect", searched.append)
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
    for counts in ((700, 10, 10), (701, 3, 2), (5, 11, 2), (800, 12, 11)):
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        garbage.look()
    assert searched == [0, 1, 2]


@pytest.mark.parametrize("was_on", [True, False])
def test_it_leaves_the_search_as_it_was(*, was_on: bool) -> None:
    """Tests and starts rest from it by themselves."""
    before = gc.isenabled()
    (gc.enable if was_on else gc.disable)()
    owner = QObject()
    Garbage(owner).end()
    assert gc.isenabled() is was_on
    (gc.enable if before else gc.disable)()
