"""A new key as a deed for the tests: done whole, or killed on the way, and what must hold then."""

import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import Random

from app.clock import SystemClock
from app.errors import AppError
from app.paths import ROOT
from app.records.folder import open_folder
from app.records.store import Store
from scales.catalogue import load_catalogue

RENEWING = """
import sys
from pathlib import Path
from app.clock import SystemClock
from app.records.folder import open_folder
from scales.catalogue import load_catalogue

folder, secret = Path(sys.argv[1]), sys.argv[2]
store = open_folder(folder, secret, clock=SystemClock(), catalogue=load_catalogue())
print("open", flush=True)
store.users.new_key.make(lambda share: None)
print("counts", flush=True)
store.close()
"""


STOPPING = """
import os, signal
from app.records import renewal
from app.records.copies import changing_key

def killing(module, name, is_after):
    call = getattr(module, name)
    def killed(*values):
        if is_after:
            call(*values)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(module, name, killed)

killing({place}, "{name}", {is_after})
"""


def killed_in(folder: Path, secret: str, place: str, name: str, *, is_after: bool) -> None:
    """Let a new key kill itself in one of its steps, before that step or after it."""
    told = STOPPING.format(place=place, name=name, is_after=is_after)
    ended = subprocess.run(
        [sys.executable, "-c", told + RENEWING, str(folder), secret],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert ended.returncode == -signal.SIGKILL


def renew_key(folder: Path, secret: str) -> "subprocess.Popen[str]":
    """Start a process that gives the records of a folder a new key.

    It tells ``open`` once they are open, and ``counts`` once the new key does. Whoever starts it
    waits for it or kills it; ``let_in`` says afterwards what must hold.
    """
    return subprocess.Popen(
        [sys.executable, "-c", RENEWING, str(folder), secret],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def killed_at(folder: Path, secret: str, seconds: float) -> bool:
    """Kill a new key so long after the records were open; say whether it told that it counts."""
    with renew_key(folder, secret) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.send_signal(signal.SIGKILL)
        return "counts" in process.stdout.read()


def let_in(folder: Path, secret: str) -> Store | None:
    """Open the records of a folder, or say that a secret does not."""
    try:
        return open_folder(folder, secret, clock=SystemClock(), catalogue=load_catalogue())
    except AppError:
        return None


def moments(seed: int, count: int, most: float) -> list[float]:
    """Return so many moments within so many seconds, the same for the same seed."""
    random = Random(seed)  # noqa: S311 - nothing secret
    return [random.uniform(0, most) for _ in range(count)]
