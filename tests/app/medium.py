"""A disk of its own for one test, which fills up or takes nothing any more."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

BLOCK = 1024


class Medium:
    """A small file system at ``path``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make_read_only(self) -> None:
        """Take no change from now on."""
        _mount("-o", "remount,ro", str(self.path))

    def fill(self) -> None:
        """Leave not one byte free."""
        with suppress(OSError), (self.path / "full").open("wb", buffering=0) as file:
            while file.write(bytes(BLOCK)):
                pass


def _mount(*arguments: str) -> bool:
    return not subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode


@contextmanager
def medium_at(path: Path) -> Iterator[Medium]:
    """Lend a medium of 8 MB; the test is skipped where nobody may mount one."""
    path.mkdir()
    try:
        is_mounted = _mount("-t", "tmpfs", "-o", "size=8m", "tmpfs", str(path))
    except OSError:
        is_mounted = False
    if not is_mounted:
        pytest.skip("needs to mount a file system")
    try:
        yield Medium(path)
    finally:
        subprocess.run(["umount", str(path)], check=True, capture_output=True)
