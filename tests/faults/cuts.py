"""Power cuts: a small disk is copied while somebody works on it, and the copy is mounted.

What the system had not yet handed to that disk is missing in the copy, as it would be after a cut.
The process stands still meanwhile, since a cut takes no time and the copying does.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random

from tests.faults.children import Child, Tell
from tests.faults.deeds import DEEDS, Deed
from tests.faults.kills import Killed, act
from tests.faults.made import chance_of, make_folder
from tests.faults.moments import Course
from tests.faults.promises import Told, missing

_BYTES = 24 << 20


class Cuts:
    """Takes the power away from one deed after another, on a disk in a file."""

    def __init__(self, place: Path, chance: Random) -> None:
        self._disk, self._cut = place / "disk", place / "cut"
        self._at = place / "at"
        self._at.mkdir()
        self._chance = chance

    def can_mount(self) -> bool:
        """Make the disk and its first files; False where nobody may mount it."""
        try:
            self._make_disk()
        except (OSError, subprocess.CalledProcessError):
            return False
        return True

    def cut(self, count: int) -> Iterator[Killed]:
        """Cut the power so often, deed by deed in turn."""
        courses = {deed: self._course(deed) for deed in DEEDS[:count]}
        for number in range(count):
            deed = DEEDS[number % len(DEEDS)]
            yield self._cut_off(deed, courses[deed])

    def _make_disk(self) -> None:
        with self._disk.open("wb") as file:
            file.truncate(_BYTES)
        _run("mkfs.ext4", "-q", "-F", str(self._disk))
        with self._mounted(self._disk):
            make_folder(self._at / "data")

    def _course(self, deed: Deed) -> Course:
        with self._mounted(self._copied()):
            return Course.of(self._work(deed))

    def _cut_off(self, deed: Deed, course: Course) -> Killed:
        """Work on a copy of the disk, cut it off at a random moment, and look at what is there."""
        working = self._copied()
        with self._mounted(working):
            child = Child(self._work(deed))
            told = course.heard(child, self._chance)
            child.stop()
            told += child.hear(0)
            shutil.copyfile(working, self._cut)
            child.kill()
        with self._mounted(self._cut):
            return Killed(deed, Told.of(told).kept, missing(self._folder(deed), deed, told))

    @contextmanager
    def _mounted(self, disk: Path) -> Iterator[None]:
        """Mount a disk; the machine's own notes lie on it as well, and are cut off with it."""
        outside = os.environ["OMS_BEDSIDE_STATE"]
        with mounted(disk, self._at):
            os.environ["OMS_BEDSIDE_STATE"] = str(self._at / "notes")
            try:
                yield
            finally:
                os.environ["OMS_BEDSIDE_STATE"] = outside

    def _work(self, deed: Deed) -> Callable[[Tell], None]:
        return partial(act, deed, self._folder(deed), chance_of(self._chance.random()))

    def _folder(self, deed: Deed) -> Path:
        return self._at / ("new" if deed.is_first else "data")

    def _copied(self) -> Path:
        """Return a fresh copy of the disk to work on."""
        return Path(shutil.copyfile(self._disk, self._disk.with_name("working")))


@contextmanager
def mounted(disk: Path, place: Path) -> Iterator[None]:
    """Mount a disk in a file meanwhile."""
    _run("mount", "-o", "loop", str(disk), str(place))
    try:
        yield
    finally:
        _run("umount", str(place))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
