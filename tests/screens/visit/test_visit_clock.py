"""Signing when the machine's clock cannot be right: it is asked once, and decided by people."""

from datetime import date

import pytest

from app.clock import FixedClock
from app.records.model import VisitState
from tests.screens.visit.bench import FIVE, VisitBench


def _write_on(bench: VisitBench, day: date, hour: int) -> None:
    """Let something be written while the machine's clock stands elsewhere."""
    journal, clock = bench.store.journal, bench.clock
    journal._clock = FixedClock.on(day, hour)
    bench.patient("later")
    journal._clock = clock


def _scored(bench: VisitBench) -> str:
    visit = bench.begin(scale="five_feature")
    for item in FIVE:
        bench.tap(item, 1)
    return visit.id


@pytest.mark.parametrize(("day", "hour"), [(28, 11), (31, 9)])
def test_a_clock_behind_the_newest_entry_is_asked_about(
    bench: VisitBench, day: int, hour: int
) -> None:
    """Once, with both times; a yes signs, and the machine's time stands as it was."""
    visit = _scored(bench)
    _write_on(bench, date(2026, 1, day), hour)
    bench.page.sheet.sign.click()
    assert bench.ask.asked == ["Is the clock right?"]
    assert "says 28 Jan 2026, 10:00" in bench.ask.told[0]
    assert f"go on to {day} Jan 2026, {hour:02}:00" in bench.ask.told[0]
    signed = bench.store.visits.get(visit)
    assert signed.state is VisitState.SIGNED
    assert signed.signature is not None
    assert signed.signature.moment == bench.clock.now()


def test_without_a_yes_nothing_is_signed(bench: VisitBench) -> None:
    """The visit stays as it is, and is asked about again."""
    visit = _scored(bench)
    _write_on(bench, date(2026, 2, 28), 11)
    bench.ask.yes = False
    for _ in range(2):
        bench.page.sheet.sign.click()
    assert len(bench.ask.asked) == 2
    assert bench.store.visits.get(visit).state is VisitState.DRAFT
    assert bench.went == []


def test_a_clock_that_is_right_is_nobodys_question(bench: VisitBench) -> None:
    """Neither is one that is ahead of an entry from long ago."""
    visit = _scored(bench)
    bench.page.sheet.sign.click()
    assert bench.ask.asked == []
    assert bench.store.visits.get(visit).state is VisitState.SIGNED
