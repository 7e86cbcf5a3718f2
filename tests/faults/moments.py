"""Random moments of a deed: after so many of its lines, and a part of a step further.

Time alone would not do: where the machine grows slower meanwhile, all moments would come early.
"""

from collections.abc import Callable
from random import Random
from time import monotonic
from typing import NamedTuple

from tests.faults.children import Child, Tell

_SECONDS = 60
_LONGEST_STEP = 1.5
"""Of the usual step: some moments come after the next line, some right after the last."""


class Course(NamedTuple):
    """How a deed goes that nothing stops: how many lines it tells, and how long a step takes."""

    lines: int
    step: float

    @classmethod
    def of(cls, work: Callable[[Tell], None]) -> "Course":
        """Let it go once."""
        child = Child(work)
        child.hear(_SECONDS, until="begin")
        begun = monotonic()
        told = child.hear(_SECONDS, until="done")
        took = monotonic() - begun
        child.kill()
        return cls(len(told), took / len(told))

    def heard(self, child: Child, chance: Random) -> list[str]:
        """Return what a process tells until a random moment of its deed."""
        told = child.hear(_SECONDS, until="begin")
        told += child.hear(_SECONDS, lines=chance.randrange(self.lines))
        return told + child.hear(chance.uniform(0, self.step * _LONGEST_STEP))
