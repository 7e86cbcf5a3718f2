"""The processes that are measured: two windows told in turn, and commands from start to end."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from tests.growth.cost import Cost

ROOT = Path(__file__).resolve().parents[2]
_BETWEEN = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


class Ended(NamedTuple):
    """A process that came to its end: what it took, and its memory at most, in bytes."""

    cost: Cost
    memory: int


class Window:
    """A window in a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._heard()

    def costs(self, *deed: str) -> list[Cost]:
        """Have something done and return what it cost."""
        return [Cost(*told) for told in self.told(*deed)]

    def told(self, *deed: str) -> list[Any]:
        """Have something done and return the answer as it came."""
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(deed) + "\n")
        self._process.stdin.flush()
        return self._heard()

    def _heard(self) -> list[Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            message = "the window ended before its time; why stands above"
            raise RuntimeError(message)
        answer: list[Any] = json.loads(line)
        return answer


@contextmanager
def window(folder: Path) -> Iterator[Window]:
    """Open a window on a folder; it lets the records go at the end."""
    command = [sys.executable, "-m", "tests.growth.station", str(folder)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        opened = Window(process)
        yield opened
        opened.told("leave")


def ended(*arguments: str) -> Ended:
    """Run Python with these arguments to the end; its exit status must be 0.

    The memory is the kernel's own count of the process, which begins at what the caller had:
    whoever calls this stays small.
    """
    started = perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        wall = perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"{arguments} ended with {process.returncode}"
        raise RuntimeError(message)
    return Ended(Cost(wall, used.ru_utime + used.ru_stime), used.ru_maxrss * 1024)


def memory_of(*arguments: str) -> int:
    """Return the memory at most of Python with these arguments, in bytes, whoever asks.

    A small process stands between: the kernel counts for a child what its parent had.
    """
    return int(answered("-c", _BETWEEN, sys.executable, *arguments))


def answered(*arguments: str) -> Any:
    """Run Python with these arguments and return the JSON that it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=_environment(),
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)


def said(arguments: Sequence[str]) -> None:
    """Run Python with these arguments and let it print."""
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=_environment(), check=True)


def _environment() -> dict[str, str]:
    there = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    # As wherever it is installed: what Python compiled once it keeps for the next start.
    there.pop("PYTHONDONTWRITEBYTECODE", None)
    return there
