"""What is done in both files in turn, and what each deed cost."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from tests.growth.cost import Cost
from tests.growth.made import patient_id
from tests.growth.processes import Window, ended, window

TAPS = 11
_SEARCHES = ("berg", "ada", "petrov", "lena", "weber")
_COMMAND = ("-m", "app", "--data")
_START = str(Path(__file__).parents[1] / "bench" / "patient_list.py")

Costs = dict[str, list[Cost]]


class Measured(NamedTuple):
    """The costs in one file by deed, and the memory by what took it, in bytes."""

    costs: Costs
    memory: dict[str, int]


def measure(folders: Sequence[Path], sizes: Sequence[int], rounds: int) -> tuple[Measured, ...]:
    """Do everything in each folder, deed by deed in turn."""
    measured = tuple(Measured(defaultdict(list), {}) for _ in folders)
    _use_commands(folders, measured, rounds)
    _use_windows(folders, sizes, measured, rounds)
    for folder, found in zip(folders, measured, strict=True):
        done = ended(*_COMMAND, str(folder), "check")
        found.costs["check"].append(done.cost)
        found.memory["check"] = done.memory
    return measured


def _use_commands(folders: Sequence[Path], measured: Sequence[Measured], rounds: int) -> None:
    """Start the window and ask for a trend; the first time makes the copy and counts not."""
    for number in range(rounds + 1):
        for folder, found in zip(folders, measured, strict=True):
            trend = ended(*_COMMAND, str(folder), "trend", patient_id(number))
            start = ended(_START, str(folder))
            if number:
                found.costs["trend"].append(trend.cost)
                found.costs["start"].append(start.cost)


def _use_windows(
    folders: Sequence[Path], sizes: Sequence[int], measured: Sequence[Measured], rounds: int
) -> None:
    with ExitStack() as stack:
        windows = [stack.enter_context(window(folder)) for folder in folders]
        both = _InTurn(windows, measured)
        for number in range(rounds + 1):
            # The first round builds what every later one finds, so it counts not.
            both.counts = number > 0
            both.do("key", "search", _SEARCHES[number % len(_SEARCHES)])
            both.do("chart", "chart", *(str(number * 37 % size) for size in sizes))
            both.do("begin", "begin")
            for _ in range(TAPS):
                both.do("tap", "tap")
            both.do("sign", "sign")
            both.do("back", "back")
        for one, found in zip(windows, measured, strict=True):
            found.memory["window"] = one.told("memory")[1]


class _InTurn:
    """Has the same deed done in every window, one after the other."""

    def __init__(self, windows: Sequence[Window], measured: Sequence[Measured]) -> None:
        self.counts = False
        self._windows = windows
        self._measured = measured

    def do(self, what: str, deed: str, *needs: str) -> None:
        """Do it; of several needs each window gets its own."""
        for place, (one, found) in enumerate(zip(self._windows, self._measured, strict=True)):
            need = needs[place % len(needs) :][:1] if needs else ()
            costs = one.costs(deed, *need)
            if self.counts and what == "sign":
                for name, cost in zip(("sign", "frozen", "kept"), costs, strict=True):
                    found.costs[name].append(cost)
            elif self.counts:
                found.costs[what].extend(costs)
