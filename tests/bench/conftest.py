"""The speed table: each figure of ours stands beside a yardstick measured in the same run.

``benchmark.group`` names the line of the table, ``benchmark.extra_info`` says ``goal`` in words.
A test measures both sides in turn (``pairs.measure_pairs``). A 99th percentile stands only where
200 rounds were run.
"""

import platform
from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path
from shutil import rmtree
from statistics import median
from tempfile import mkdtemp
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session", autouse=True)
def nobody_waits_for_the_disk() -> None:
    """Here somebody does: what is measured is what the app asks of the disk."""


@pytest.fixture(scope="session", autouse=True)
def nobody_pays_for_a_passphrase() -> None:
    """Here somebody does, as above."""


@pytest.fixture
def disk_folder() -> Iterator[Path]:
    """A folder on the repository's own disk, never in memory."""
    folder = Path(mkdtemp(prefix=".bench-", dir=ROOT))
    yield folder
    rmtree(folder)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the table of ratios in Markdown, ready for the README."""
    session = getattr(config, "_benchmarksession", None)
    lines = [] if session is None else [_line(one) for one in session.benchmarks]
    if not lines:
        return
    terminalreporter.section("speed table")
    terminalreporter.write_line(f"{platform.machine()}, Python {platform.python_version()}")
    head = "| what | ours, median (p99) | yardstick, median (p99) | ratio | goal |"
    for line in (head, "|---|---|---|---|---|", *lines):
        terminalreporter.write_line(line)


def _line(one: Any) -> str:
    told = one.extra_info
    figures = _figure(one.stats.data), _figure(told["yardstick"])
    return f"| {one.group} | {' | '.join(figures)} | {told['ratio']:.2f} | {told['goal']} |"


def _figure(seconds: Sequence[float]) -> str:
    middle = _milliseconds(median(seconds))
    if len(seconds) < 200:
        return middle
    ordered = sorted(seconds)
    return f"{middle} ({_milliseconds(ordered[ceil(len(ordered) * 0.99) - 1])})"


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 0.01 else f"{seconds * 1000:.0f} ms"
