"""Does work grow with the file? ``python -m tests.growth [SMALL LARGE]`` prints the tables.

Both files are measured in turn, deed by deed, so that a machine that slows down slows both. This
process stays small and only asks others; what they take is theirs alone.
"""

import argparse
import platform
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from tests.growth.cost import Line, cost_table, seconds
from tests.growth.deeds import Measured, measure
from tests.growth.folders import lent_folder
from tests.growth.processes import answered, said

_SHOWN_TAPS = 20
_SAME = "at most 1.5"
_DEEDS = {
    "tap": ("a tap until it is painted", _SAME),
    "sign": ("signing until the chart is painted", _SAME),
    "frozen": ("signing: the window's longest freeze beside the copy", "at most 50 ms"),
    "kept": ("signing until the newest copy holds it, read back", _SAME),
    "start": ("process start until the list is painted", "at most 2"),
    "back": ("back to the list", "at most 2"),
    "chart": ("opening a patient's chart", _SAME),
    "begin": ("starting a visit", _SAME),
    "key": ("a keystroke in the search until it is painted", _SAME),
    "trend": ("command `trend` of one patient, whole process", _SAME),
    "check": ("command `check`, whole process", "none: it reads everything"),
}


def main() -> None:
    """Measure and print."""
    given = _given()
    sizes = (given.small, given.large)
    for size in sizes:
        said(("-m", "tests.growth.folders", str(size)))
    with ExitStack() as stack:
        folders = [stack.enter_context(lent_folder(size)) for size in sizes]
        measured = measure(folders, sizes, given.rounds)
    _say(f"{platform.machine()}, Python {platform.python_version()}; medians by the clock "
         "(of the processor)")  # fmt: skip
    _say(cost_table(sizes, _lines(measured)))
    _say(_memory_table(sizes, measured))
    _say(_taps_table(sizes, measured))
    written = answered("-m", "tests.growth.written", *map(str, given.written))
    _say(_written_table(written, *given.written))


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.growth", description=__doc__)
    parser.add_argument("small", nargs="?", type=int, default=100)
    parser.add_argument("large", nargs="?", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5, help="visits that are scored and signed")
    parser.add_argument(
        "--written", nargs=2, type=int, default=(300, 1_000), metavar=("VISITS", "PATIENTS"),
        help="how many visits are written, and patients imported at once, to measure just that",
    )  # fmt: skip
    return parser.parse_args()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n\n")
    sys.stdout.flush()


def _lines(measured: Sequence[Measured]) -> Iterator[Line]:
    small, large = (each.costs for each in measured)
    for name, (what, goal) in _DEEDS.items():
        yield Line(what, small[name], large[name], goal)


def _memory_table(sizes: Sequence[int], measured: Sequence[Measured]) -> str:
    goals = {"window": "at most 80 MB more", "check": "no more"}
    rows = [f"| memory at most, MB | {_patients(sizes)} | more | goal |", "|---|---|---|---|---|"]
    for name, goal in goals.items():
        small, large = (each.memory[name] / 1e6 for each in measured)
        rows.append(f"| {name} | {small:.0f} | {large:.0f} | {large - small:.0f} | {goal} |")
    return "\n".join(rows)


def _taps_table(sizes: Sequence[int], measured: Sequence[Measured]) -> str:
    """Show single taps and a signature of both files beside each other, by the clock."""
    taps = [[cost.wall for cost in each.costs["tap"][:_SHOWN_TAPS]] for each in measured]
    rows = [f"| deed | {_patients(sizes)} |", "|---|---|---|"]
    for place, pair in enumerate(zip(*taps, strict=True), start=1):
        rows.append(f"| tap {place} | {' | '.join(map(seconds, pair))} |")
    for name in ("sign", "frozen", "kept"):
        first = (seconds(each.costs[name][0].wall) for each in measured)
        rows.append(f"| {_DEEDS[name][0]} | {' | '.join(first)} |")
    total = (seconds(sum(each)) for each in taps)
    rows.append(f"| all {len(taps[0])} taps | {' | '.join(total)} |")
    return "\n".join(rows)


def _written_table(told: Any, visits: int, patients: int) -> str:
    pages, cost = told["pages"], told["import"]
    figures = {
        f"bytes a visit of eleven answers, tapped and signed ({visits:,} visits)":
            (f"{told['bytes']:,.0f}", "at most 9,000"),
        "bytes an imported visit, with its share of the patient":
            (f"{told['imported_bytes']:,.0f}", "none"),
        "pages of a first tap on an item": (f"{pages['first']:.1f}", "at most 4"),
        "pages of a tap that changes an answer": (f"{pages['changing']:.1f}", "at most 4"),
        "pages of a tap that opens its sheet": (f"{pages['opening']:.1f}", "none"),
        f"import of {patients:,} patients, ms a patient, by the clock (of the processor)":
            (f"{cost['wall']:.1f} ({cost['cpu']:.1f})", "at most a third of before"),
    }  # fmt: skip
    rows = [f"| {what} | {figure} | {goal} |" for what, (figure, goal) in figures.items()]
    return "\n".join(("| what is written | figure | goal |", "|---|---|---|", *rows))


def _patients(sizes: Sequence[int]) -> str:
    return " | ".join(f"{size:,} patients" for size in sizes)


if __name__ == "__main__":
    main()
