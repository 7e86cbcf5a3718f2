"""The last weight beside a dose."""

from datetime import date
from decimal import Decimal

import pytest

from app.language import words
from app.records.model import Measure, MeasureFacts, Patient, PatientFacts, PatientRecord
from app.screens.treatments.weights import weight_words
from tests.courses import when

SAY = words()
TODAY = date(2026, 1, 28)


def _said(*weighed: tuple[str, str], kind: str = "weight_kg") -> str:
    measures = tuple(
        Measure(str(number), "p", None, MeasureFacts(date=when(day), kind=kind, value=Decimal(kg)))
        for number, (day, kg) in enumerate(weighed)
    )
    record = PatientRecord(Patient("p", PatientFacts("40-1187")), (), (), (), measures, ())
    return weight_words(record, SAY, TODAY)


def test_the_last_weight_is_told_with_its_date() -> None:
    """Of several the latest; other measures are no weights."""
    assert _said(("2025-12-03", "12.40"), ("2025-01-01", "11")) == (
        "last weight 12.4 kg, 3 Dec 2025"
    )
    assert _said(("2025-12-03", "9"), kind="sleep_hours") == "no weight recorded"


def test_two_weights_of_one_day_are_both_told() -> None:
    """Nobody chooses between them; the same number twice is one weight."""
    assert _said(("2026-01-05", "16.8"), ("2026-01-05", "16.2")) == (
        "last weight 16.2 kg and 16.8 kg, 5 Jan 2026"
    )
    assert _said(("2026-01-05", "16.2"), ("2026-01-05", "16.2")) == (
        "last weight 16.2 kg, 5 Jan 2026"
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2025-10-30", "last weight 12 kg, 30 Oct 2025"),
        ("2025-10-29", "no recent weight"),
        ("2025-11", "last weight 12 kg, Nov 2025"),
        ("2025-10", "no recent weight"),
        ("2025", "no recent weight"),
    ],
)
def test_a_weight_of_more_than_ninety_days_is_not_told(day: str, said: str) -> None:
    """After 90 days, or where a short date may be older, there is no recent one."""
    assert _said((day, "12")) == said


def test_a_weight_after_the_day_does_not_count() -> None:
    """The screen stands on a day."""
    assert _said(("2026-02-01", "13")) == "no weight recorded"
