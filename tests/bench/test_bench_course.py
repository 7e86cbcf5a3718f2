"""The numbers of a course, and the first chart of a session beside the next one."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from app.trends.since import trend_of
from tests.bench.clinic import PATIENTS
from tests.bench.long_course import long_record
from tests.bench.pairs import ToldTime, measure_pairs
from tests.courses import AS_OF, CATALOGUE
from tests.growth.folders import lent_folder
from tests.growth.processes import window
from tests.trends.readings_anew import found_anew


@pytest.mark.parametrize(("visits", "starts", "rounds"), [(200, 10, 40), (2000, 20, 10)])
def test_the_numbers_of_a_course(benchmark: Any, visits: int, starts: int, rounds: int) -> None:
    """Ours: the whole course; the yardstick: each total read anew for each start, no more."""
    benchmark.group = f"the course of {visits:,} visits, three scales, {starts} treatments"
    benchmark.extra_info["goal"] = "at most 0.25"
    record = long_record(visits, starts)
    course = trend_of(record, CATALOGUE, AS_OF)

    def yardstick() -> None:
        for series in course.series:
            found_anew(series, course.begun)

    ours = partial(trend_of, record, CATALOGUE, AS_OF)
    assert measure_pairs(benchmark, ours, yardstick, rounds) <= 0.25


class Session:
    """Opens a window, one chart in it and then another; remembers what the first one took."""

    def __init__(self, folder: Path, clock: ToldTime) -> None:
        self._folder = folder
        self._clock = clock
        self._first = 0.0
        self.more: list[float] = []

    def next_chart(self) -> None:
        """Open both in a process of their own, and let the time of the second one pass."""
        with window(self._folder) as opened:
            opened.costs("wait")
            (first,) = opened.costs("chart", "1")
            opened.costs("back")
            (second,) = opened.costs("chart", "2")
        self._first = first.wall
        self.more.append(first.wall - second.wall)
        self._clock.go_on(second.wall)

    def first_chart(self) -> None:
        """Let the time pass that the first chart of that process took."""
        self._clock.go_on(self._first)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A clinic's data folder."""
    with lent_folder(PATIENTS) as lent:
        yield lent


def test_the_first_chart_of_a_session(benchmark: Any, folder: Path) -> None:
    """Ours: from Enter in the list until it is painted; the yardstick: the next patient's."""
    clock = ToldTime()
    session = Session(folder, clock)
    benchmark.group = "the first chart of a session, beside the next one"
    measure_pairs(benchmark, session.first_chart, session.next_chart, rounds=15, clock=clock)
    more = median(session.more) * 1000
    benchmark.extra_info["goal"] = f"at most 150 ms more ({more:.0f} ms)"
    assert more <= 150
