"""Two processes on one folder, and a lock file that somebody removes: the second is refused."""

import os
import shutil
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from time import monotonic
from typing import NamedTuple

from app.errors import AppError
from app.records.folder import LOCK
from tests.faults.children import Child, Tell, told_by
from tests.faults.deeds import Deed, Scene, answer_all, score
from tests.faults.made import begin_visit, chance_of, laid_out, make_folder, opened
from tests.faults.promises import Told, missing

_DEED = Deed("scoring", score)
_TRIES = 3


class Round(NamedTuple):
    """A first process that taps, and others that try to come in beside it.

    ``stopped`` says that the first was refused every tap from the moment its lock was gone.
    """

    tries: int
    refused: int
    stopped: bool
    kept: int
    lost: tuple[str, ...]


class Two:
    """Has others try to come in, round after round, with the lock in place and without it."""

    def __init__(self, place: Path, chance: Random) -> None:
        self._before, self._place = place / "before", place / "here"
        self._chance = chance
        make_folder(self._before)

    def rounds(self, seconds: float) -> Iterator[Round]:
        """Go on for so long."""
        deadline = monotonic() + seconds
        while monotonic() < deadline:
            yield self._round()

    def _round(self) -> Round:
        shutil.rmtree(self._place, ignore_errors=True)
        folder = laid_out(self._before, self._place / "data")
        first = Child(partial(_tap, folder, self._chance.random()))
        told = first.hear(60, until="begin")
        told += first.hear(self._chance.uniform(0, 0.2))
        answers = [_second(folder) for _ in range(_TRIES)]
        self._take_lock(folder / LOCK)
        answers += [_second(folder) for _ in range(_TRIES)]
        told += first.hear(10, until="stopped")
        told += first.kill()
        loss = missing(folder, _DEED, told)
        return Round(
            tries=len(answers),
            refused=answers.count("refused"),
            stopped="stopped" in told,
            kept=Told.of(told).kept,
            lost=(*loss.lost, *([loss.refused] if loss.refused else [])),
        )

    def _take_lock(self, lock: Path) -> None:
        """Remove the lock, or put another file in its place."""
        if self._chance.random() < 0.5:
            lock.unlink()
        else:
            fresh = lock.with_name("fresh")
            fresh.touch(mode=0o600)
            os.replace(fresh, lock)


def _tap(folder: Path, seed: float, tell: Tell) -> None:
    """Tap until a tap is refused, then once more."""
    store = opened(folder)
    scene = Scene(folder, folder.parent, chance_of(seed), tell)
    visit = begin_visit(store, store.patients.by_patient_id("P1").id)
    tell("begin")
    refusals = 0
    while refusals < 2:
        try:
            answer_all(scene, store, visit)
        except AppError:
            refusals += 1
    tell("stopped")
    signal.pause()


def _second(folder: Path) -> str:
    """Return what comes of somebody who tries to open the same records."""
    told = told_by(partial(_try, folder))
    return "hung" if told is None else told[0]


def _try(folder: Path, tell: Tell) -> None:
    try:
        store = opened(folder)
    except AppError as error:
        tell("refused" if "already open" in str(error) else f"otherwise: {error}")
        return
    tell("came in")
    store.close()
