"""Ours and a yardstick measured in turn, so that a machine that slows down slows both."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter
from typing import Any

WARM_UPS = 2


class ToldTime:
    """A clock that goes on by what another process says that something took."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        """Return the seconds that were told so far."""
        return self._now

    def go_on(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self._now += seconds


def measure_pairs(
    benchmark: Any,
    ours: Callable[[], object],
    yardstick: Callable[[], object],
    rounds: int,
    clock: Callable[[], float] = perf_counter,
) -> float:
    """Run both sides in turn and return the median of the ratios, pair by pair.

    The figures of the yardstick stand beside ours in ``benchmark.extra_info``, in seconds.
    """
    seconds: list[float] = []
    benchmark._timer = clock

    def run_yardstick() -> None:
        with _nothing_thrown_away():
            started = clock()
            yardstick()
            seconds.append(clock() - started)

    benchmark.pedantic(ours, setup=run_yardstick, rounds=rounds, warmup_rounds=WARM_UPS)
    del seconds[:WARM_UPS]
    pairs = zip(benchmark.stats.stats.data, seconds, strict=True)
    ratio: float = median(mine / bare for mine, bare in pairs)
    benchmark.extra_info.update(yardstick=seconds, ratio=ratio)
    return ratio


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Let Python not look for garbage meanwhile, as it does not while ours is measured."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
