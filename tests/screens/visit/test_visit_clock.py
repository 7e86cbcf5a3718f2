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


@pytest.mark.parametrize(
    ("day", "sentence"), [(29, "by 1 day. "), (30, "by 2 days. "), (31, "by 3 days. ")]
)
def test_a_clock_more_than_a_day_behind_the_records_is_asked_about(
    bench: VisitBench, day: int, sentence: str
) -> None:
    """Once, with how many days; a yes signs."""
    visit = _scored(bench)
    _write_on(bench, date(2026, 1, day), 11)
    bench.page.sheet.sign.click()
    assert bench.ask.asked == ["Is the date right?"]
    assert sentence in bench.ask.told[0]
    assert bench.store.visits.get(visit).state is VisitState.SIGNED


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


def test_a_day_or_less_is_nobodys_question(bench: VisitBench) -> None:
    """Clocks of two machines may differ a little, and summer time by an hour."""
    visit = _scored(bench)
    _write_on(bench, date(2026, 1, 29), 9)
    bench.page.sheet.sign.click()
    assert bench.ask.asked == []
    assert bench.store.visits.get(visit).state is VisitState.SIGNED
