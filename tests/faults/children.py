"""Processes that are killed: forked from this one once all is loaded, so a kill meets the deed.

A forked child opens its own records; nothing of the parent's is open when it begins. What a child
tells goes unbuffered through a pipe, so whatever was told before a kill is heard.
"""

import os
import select
import signal
import traceback
from collections.abc import Callable
from time import monotonic
from typing import NoReturn

Tell = Callable[[str], None]
_AT_ONCE = 65536


class ChildFailed(Exception):
    """A child met what nobody foresaw; the traceback is its own."""


class Child:
    """A process that does one thing and tells how far it is, line by line."""

    def __init__(self, work: Callable[[Tell], None]) -> None:
        self._reading, writing = os.pipe()
        self._rest = b""
        self._is_silent = self.was_killed = False
        self.pid = os.fork()
        if not self.pid:
            _work(work, writing)
        os.close(writing)

    def hear(self, seconds: float, *, until: str = "", lines: int | None = None) -> list[str]:
        """Return what is told within so many seconds, up to a line that is so, or so many."""
        heard: list[str] = []
        deadline = monotonic() + seconds
        at_once = _AT_ONCE if lines is None and not until else 1
        while not (self._is_silent or len(heard) == lines or (until and until in heard)):
            left = deadline - monotonic()
            if not select.select([self._reading], [], [], max(left, 0))[0]:
                break
            heard += self._read(at_once)
        return heard

    def stop(self) -> None:
        """Let it stand still as it is."""
        os.kill(self.pid, signal.SIGSTOP)

    def kill(self) -> list[str]:
        """Kill it, unless it has ended by itself, and return what else it had told."""
        os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        self.was_killed = os.WIFSIGNALED(status)
        told = self.hear(1)
        os.close(self._reading)
        return told

    def _read(self, count: int) -> list[str]:
        """Return whole lines of what came.

        Raises:
            ChildFailed: One of them says so.

        """
        told = os.read(self._reading, count)
        self._is_silent = not told
        *lines, self._rest = (self._rest + told).split(b"\n")
        found = [line.decode() for line in lines]
        for line in found:
            if line.startswith("failed "):
                raise ChildFailed(line)
        return found


def told_by(work: Callable[[Tell], None], seconds: float = 60) -> list[str] | None:
    """Return all that a process told until its end; nothing where it did not end by itself."""
    child = Child(work)
    told = child.hear(seconds)
    told += child.kill()
    return None if child.was_killed else told


def _work(work: Callable[[Tell], None], writing: int) -> NoReturn:
    def tell(line: str) -> None:
        os.write(writing, f"{line}\n".encode())

    status = 1
    try:
        work(tell)
        status = 0
    except BaseException:
        tell("failed " + traceback.format_exc().replace("\n", " / "))
    finally:
        os._exit(status)
