"""The speed table: each figure of ours stands beside a yardstick measured in the same run.

A test in here measures one side. ``benchmark.group`` names the line of the table and
``benchmark.extra_info`` says ``side`` (``ours`` or ``yardstick``) and ``goal`` in words.
"""

import platform
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def disk_folder() -> Iterator[Path]:
    """A folder on the repository's own disk, never in memory."""
    folder = Path(mkdtemp(prefix=".bench-", dir=ROOT))
    yield folder
    rmtree(folder)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the table of ratios in Markdown, ready for the README."""
    session = getattr(config, "_benchmarksession", None)
    lines = [] if session is None else _lines(session.benchmarks)
    if not lines:
        return
    terminalreporter.section("speed table")
    terminalreporter.write_line(f"{platform.machine()}, Python {platform.python_version()}")
    head = "| what | ours, median (p99) | yardstick, median (p99) | ratio of medians | goal |"
    for line in (head, "|---|---|---|---|---|", *lines):
        terminalreporter.write_line(line)


def _lines(benchmarks: list[Any]) -> list[str]:
    groups: dict[str, dict[str, Any]] = {}
    for one in benchmarks:
        if "side" in one.extra_info:
            groups.setdefault(one.group, {})[one.extra_info["side"]] = one
    return [_line(name, sides) for name, sides in groups.items() if len(sides) == 2]


def _line(name: str, sides: dict[str, Any]) -> str:
    ours, yardstick = sides["ours"], sides["yardstick"]
    ratio = ours.stats.median / yardstick.stats.median
    cells = (name, _figure(ours), _figure(yardstick), f"{ratio:.2f}", ours.extra_info["goal"])
    return f"| {' | '.join(cells)} |"


def _figure(one: Any) -> str:
    ordered = sorted(one.stats.data)
    worst = ordered[min(len(ordered) - 1, round(len(ordered) * 0.99))]
    return f"{_milliseconds(one.stats.median)} ({_milliseconds(worst)})"


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 0.01 else f"{seconds * 1000:.0f} ms"
