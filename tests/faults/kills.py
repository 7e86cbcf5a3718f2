"""SIGKILL at random moments of real processes: nothing acknowledged is lost, and one gets in."""

import shutil
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.faults.children import Child, Tell
from tests.faults.deeds import DEEDS, Deed, Scene
from tests.faults.made import chance_of, laid_out, make_folder
from tests.faults.moments import Course
from tests.faults.promises import Loss, Told, missing


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
        self._courses = {deed: Course.of(self._lent(deed)[1]) for deed in DEEDS}

    def kill(self, count: int) -> Iterator[Killed]:
        """Kill so many processes, deed by deed in turn."""
        for number in range(count):
            yield self._kill(DEEDS[number % len(DEEDS)])

    def _kill(self, deed: Deed) -> Killed:
        folder, work = self._lent(deed)
        child = Child(work)
        told = self._courses[deed].heard(child, self._chance) + child.kill()
        return Killed(deed, Told.of(told).kept, missing(folder, deed, told))

    def _lent(self, deed: Deed) -> tuple[Path, Callable[[Tell], None]]:
        beside = self._place / "beside"
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        folder = beside / "data"
        if not deed.is_first:
            laid_out(self._before, folder)
        return folder, partial(act, deed, folder, chance_of(self._chance.random()))


def act(deed: Deed, folder: Path, chance: Random, tell: Tell) -> None:
    """Do it and wait: what a kill leaves is what stood there, not what an end tidies up."""
    deed.act(Scene(folder, folder.parent, chance, tell))
    tell("done")
    signal.pause()
