"""A full disk at every write, a read-only one, a folder taken away, too few open files.

Each time a process meets the fault, is refused in a sentence, and goes on in the same session once
the fault is gone.
"""

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

from app.errors import AppError
from app.records.model import PatientFacts
from app.records.reading import open_to_read
from app.records.store import Store
from scales.model import Scored
from tests.faults.children import ChildFailed, told_by
from tests.faults.deeds import Deed, Scene, score
from tests.faults.made import (
    CATALOGUE,
    CLOCK,
    EARLY,
    KEYS_OF_SCALE,
    LATE,
    PASSPHRASE,
    SCALE,
    begin_visit,
    chance_of,
    laid_out,
    make_folder,
    opened,
)
from tests.faults.promises import Loss, missing

_DISK = "16m"
_BLOCK = 4096
_MOST_FREE = 160
"""Blocks with which all that is done here has room: signing and two copies."""
_DEED = Deed("what is done meanwhile", score)
_NO_COPY = "no checked copy could be made"
SENTENCES = {
    "full disk": ("The disk is full", "Check that it is connected and has space", _NO_COPY),
    "read-only": ("cannot be written to",),
    "folder removed": ("was removed or replaced", _NO_COPY),
    "open files": ("cannot open any more files", _NO_COPY),
}
"""What is said of each fault; anything else is the wrong sentence."""


class Met(NamedTuple):
    """A fault that was met: what is missing afterwards, and what was said that is not right."""

    fault: str
    loss: Loss
    sentences: tuple[str, ...]
    wrong: tuple[str, ...]


class Fault(NamedTuple):
    """What goes wrong and how that is mended; whether it is there before the records are open."""

    what: str
    comes: Callable[[], None]
    goes: Callable[[], None]
    is_before: bool


class Surroundings:
    """Has one process after another meet a fault, each on files of its own."""

    def __init__(self, place: Path, chance: Random) -> None:
        self._before, self._disk, self._place = place / "before", place / "disk", place / "here"
        self._chance = chance
        make_folder(self._before)

    def can_mount(self) -> bool:
        """Say whether somebody may mount a disk here; without, none is full and none read-only."""
        try:
            with disk_at(self._disk):
                return True
        except (OSError, subprocess.CalledProcessError):
            return False

    def meet(self, count: int) -> Iterator[Met]:
        """Meet so many faults: six of ten a full disk, with more free each time."""
        is_mounting = self.can_mount()
        for number in range(count):
            kind = number % 10
            if kind < 6 and is_mounting:
                yield self._full(number * _MOST_FREE // count, is_before=kind == 0)
            elif kind == 6 and is_mounting:
                yield self._read_only()
            elif kind == 7:
                yield self._removed()
            elif kind > 7:
                yield self._too_few_files(number // 10 % 8)

    def _full(self, free: int, *, is_before: bool) -> Met:
        with disk_at(self._disk) as disk:
            folder = laid_out(self._before, disk / "data")
            filler = disk / "filler"
            fault = Fault("full disk", partial(_fill, filler, free), filler.unlink, is_before)
            return self._met(folder, fault)

    def _read_only(self) -> Met:
        with disk_at(self._disk) as disk:
            folder = laid_out(self._before, disk / "data")
            comes, goes = (
                partial(_mount, "-o", f"remount,{how}", str(disk)) for how in ("ro", "rw")
            )
            return self._met(folder, Fault("read-only", comes, goes, is_before=True))

    def _removed(self) -> Met:
        folder, away = self._fresh(), self._place / "away"
        comes, goes = partial(folder.rename, away), partial(away.rename, folder)
        return self._met(folder, Fault("folder removed", _ignoring(comes), _ignoring(goes), False))

    def _too_few_files(self, more: int) -> Met:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        comes = partial(_leave_files, more, hard)
        goes = partial(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        is_before = self._chance.random() < 0.5
        return self._met(self._fresh(), Fault("open files", comes, goes, is_before))

    def _fresh(self) -> Path:
        shutil.rmtree(self._place, ignore_errors=True)
        return laid_out(self._before, self._place / "data")

    def _met(self, folder: Path, fault: Fault) -> Met:
        scene = partial(Scene, folder, folder.parent, chance_of(self._chance.random()))
        try:
            told = told_by(lambda tell: _meet(scene(tell), fault))
        except ChildFailed as failure:
            return Met(fault.what, Loss(), (), (str(failure),))
        assert told is not None
        said = tuple(line.removeprefix("said ") for line in told if line.startswith("said "))
        right = SENTENCES[fault.what]
        wrong = tuple(one for one in said if not any(part in one for part in right))
        return Met(fault.what, missing(folder, _DEED, told), said, wrong)


def _meet(scene: Scene, fault: Fault) -> None:
    """Work while the fault is there, and go on when it is gone."""
    store = None
    if fault.is_before:
        fault.comes()
        store = _opened(scene, fault)
    else:
        store = opened(scene.folder)
        fault.comes()
    if store is not None:
        _work(scene, store)
    fault.goes()
    with closing(store or opened(scene.folder)) as again, scene.promise("patient", "AFTER"):
        again.patients.add(PatientFacts("AFTER"))


def _opened(scene: Scene, fault: Fault) -> Store | None:
    try:
        return opened(scene.folder)
    except AppError as error:
        scene.tell(_said(error))
    if fault.what == "read-only":
        store = open_to_read(scene.folder, PASSPHRASE, clock=CLOCK, catalogue=CATALOGUE)
        with closing(store):
            assert len(store.summaries()) == len((*EARLY, LATE))
    return None


def _work(scene: Scene, store: Store) -> None:
    """Tap, sign and copy as far as it is taken."""
    for number in range(2):
        with _refusable(scene), scene.promise("patient", f"M{number}"):
            store.patients.add(PatientFacts(f"M{number}"))
    with _refusable(scene):
        visit = begin_visit(store, store.patients.by_patient_id("P1").id)
        for key in KEYS_OF_SCALE:
            with scene.promise("answer", visit.id, str(key), "1"):
                store.visits.answer(visit.id, SCALE, key, Scored(Decimal(1)))
        with scene.promise("signed", visit.id):
            store.visits.sign(visit.id, "scored by me")
    with _refusable(scene):
        store.copy()


@contextmanager
def _refusable(scene: Scene) -> Iterator[None]:
    try:
        yield
    except AppError as error:
        scene.tell(_said(error))


def _said(error: AppError) -> str:
    return f"said {error}".replace("\n", " ")


@contextmanager
def disk_at(place: Path) -> Iterator[Path]:
    """Lend a small disk of its own."""
    place.mkdir(exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", str(place))
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True, capture_output=True)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


def _fill(filler: Path, free: int) -> None:
    """Leave so many blocks free."""
    with filler.open("wb", buffering=0) as file:
        with suppress(OSError):
            while True:
                file.write(bytes(_BLOCK))
        file.truncate(max(0, file.tell() - free * _BLOCK))


def _leave_files(more: int, hard: int) -> None:
    """Let this process open only so many files more."""
    opened_now = len(os.listdir("/dev/fd")) - 1
    resource.setrlimit(resource.RLIMIT_NOFILE, (opened_now + more, hard))


def _ignoring(deed: Callable[[], Path]) -> Callable[[], None]:
    def done() -> None:
        deed()

    return done
