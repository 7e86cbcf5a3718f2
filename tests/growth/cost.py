"""What a deed took, and a table of such costs in two files of different size."""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple


class Cost(NamedTuple):
    """What a deed took, in seconds: by the clock, and of the processor."""

    wall: float
    cpu: float


class Line(NamedTuple):
    """A line of the table: the costs in the small file, in the large one, and the goal."""

    what: str
    small: Sequence[Cost]
    large: Sequence[Cost]
    goal: str


def middle(costs: Iterable[Cost]) -> Cost:
    """Return the medians."""
    walls, cpus = zip(*costs, strict=True)
    return Cost(median(walls), median(cpus))


def cost_table(sizes: tuple[int, int], lines: Iterable[Line]) -> str:
    """Return a table in Markdown: medians by the clock (of the processor), and their ratios."""
    small, large = (f"{size:,} patients" for size in sizes)
    head = f"| what | rounds | {small} | {large} | ratio by the clock | of the processor | goal |"
    return "\n".join((head, "|---|---|---|---|---|---|---|", *map(_row, lines)))


def seconds(value: float) -> str:
    """Write a time in the unit that reads best."""
    if value >= 1:
        return f"{value:.1f} s"
    return f"{value * 1000:.0f} ms" if value >= 0.01 else f"{value * 1000:.1f} ms"


def _row(line: Line) -> str:
    small, large = middle(line.small), middle(line.large)
    ratios = (f"{more / less:.2f}" for less, more in zip(small, large, strict=True))
    cells = (line.what, str(len(line.large)), _cell(small), _cell(large), *ratios, line.goal)
    return f"| {' | '.join(cells)} |"


def _cell(cost: Cost) -> str:
    return f"{seconds(cost.wall)} ({seconds(cost.cpu)})"
