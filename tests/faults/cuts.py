"""Power cuts: a small disk is copied while somebody works on it, and the copy is mounted.

What the system had not yet handed to that disk is missing in the copy, as it would be after a cut.
The process stands still meanwhile, since a cut takes no time and the copying does.
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from random import Random

from tests.faults.children import Child
from tests.faults.deeds import DEEDS, Deed
from tests.faults.kills import Killed, act
from tests.faults.made import chance_of, make_folder
from tests.faults.promises import Told, missing

_BYTES = 24 << 20
_SECONDS = 0.25
"""Within which the power goes, once the deed has begun."""


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
        for number in range(count):
            yield self._cut_off(DEEDS[number % len(DEEDS)])

    def _make_disk(self) -> None:
        with self._disk.open("wb") as file:
            file.truncate(_BYTES)
        _run("mkfs.ext4", "-q", "-F", str(self._disk))
        with mounted(self._disk, self._at):
            make_folder(self._at / "data")

    def _cut_off(self, deed: Deed) -> Killed:
        """Work on a copy of the disk, cut it off at a random moment, and look at what is there."""
        working = self._disk.with_name("working")
        shutil.copyfile(self._disk, working)
        folder = self._at / ("new" if deed.is_first else "data")
        with ExitStack() as held:
            held.enter_context(mounted(working, self._at))
            child = Child(partial(act, deed, folder, chance_of(self._chance.random())))
            told = child.hear(60, until="begin")
            told += child.hear(self._chance.uniform(0, _SECONDS))
            child.stop()
            told += child.hear(0)
            shutil.copyfile(working, self._cut)
            child.kill()
        with mounted(self._cut, self._at):
            return Killed(deed, Told.of(told).kept, missing(folder, deed, told))


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
