"""How long the machine has slept, by made-up clocks of the system."""

import time

import pytest

from app.clock import asleep


def test_sleep_is_what_one_clock_counts_and_the_other_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In whole milliseconds, whatever the clock on the wall says."""
    monkeypatch.setattr(time, "CLOCK_BOOTTIME", 7, raising=False)
    monkeypatch.setattr(time, "clock_gettime_ns", {7: 9_000_000_000}.get, raising=False)
    monkeypatch.setattr(time, "monotonic_ns", lambda: 1_000_500_000)
    assert asleep() == 7999


def test_a_system_without_that_clock_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock on the wall is looked at there."""
    monkeypatch.delattr(time, "CLOCK_BOOTTIME", raising=False)
    assert asleep() is None
