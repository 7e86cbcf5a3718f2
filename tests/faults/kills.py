"""SIGKILL at random moments of real processes: nothing acknowledged is lost, and one gets in."""

import shutil
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from time import monotonic
from typing import NamedTuple

from tests.faults.children import Child, Tell
from tests.faults.deeds import DEEDS, Deed, Scene
from tests.faults.made import chance_of, make_folder
from tests.faults.promises import Loss, Told, missing

_PAST_THE_END = 1.1
"""A few are killed right after the last that they had to tell."""


class Killed(NamedTuple):
    """A process that was killed at its deed: what it had told as kept, and what is missing."""

    deed: Deed
    kept: int
    loss: Loss


class Kills:
    """Kills one process after another in a place of its own."""

    def __init__(self, place: Path, chance: Random) -> None:
        self._place = place
        self._chance = chance
        self._before = place / "before"
        make_folder(self._before)
        self._spans = {deed: self._span(deed) for deed in DEEDS}

    def kill(self, count: int) -> Iterator[Killed]:
        """Kill so many processes, deed by deed in turn."""
        for number in range(count):
            yield self._kill(DEEDS[number % len(DEEDS)])

    def _kill(self, deed: Deed) -> Killed:
        folder, work = self._lent(deed)
        child = Child(work)
        told = child.hear(60, until="begin")
        told += child.hear(self._chance.uniform(0, self._spans[deed] * _PAST_THE_END))
        told += child.kill()
        return Killed(deed, Told.of(told).kept, missing(folder, deed, told))

    def _span(self, deed: Deed) -> float:
        """Return how long a deed takes that nobody kills, in seconds."""
        _, work = self._lent(deed)
        child = Child(work)
        child.hear(60, until="begin")
        begun = monotonic()
        child.hear(60, until="done")
        took = monotonic() - begun
        child.kill()
        return took

    def _lent(self, deed: Deed) -> tuple[Path, Callable[[Tell], None]]:
        beside = self._place / "beside"
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        folder = beside / "data"
        if not deed.is_first:
            shutil.copytree(self._before, folder)
        return folder, partial(act, deed, folder, chance_of(self._chance.random()))


def act(deed: Deed, folder: Path, chance: Random, tell: Tell) -> None:
    """Do it and wait: what a kill leaves is what stood there, not what an end tidies up."""
    deed.act(Scene(folder, folder.parent, chance, tell))
    tell("done")
    signal.pause()
