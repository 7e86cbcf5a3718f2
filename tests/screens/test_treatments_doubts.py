"""What is asked back before a treatment is stored."""

from datetime import date
from decimal import Decimal

import pytest

from app.dates import PartialDate
from app.language import words
from app.records.declaration import DoseFacts, TreatmentFacts
from app.records.model import DoseStep, Treatment
from app.screens.treatments.doubts import cut_words, doubts_of
from app.screens.treatments.form_values import Submission, Weighing
from tests.builders import replace

SAY = words()
TODAY = date(2026, 1, 28)
WHY = "These limits catch slips of typing. They are no recommendation."
FACTS = TreatmentFacts(agent="prednisolone", start=PartialDate(2025, 1, 6))
STEP = DoseStep("d1", DoseFacts(dose=Decimal(20), unit="mg/kg", frequency="daily"))
STORED = Treatment("t1", "p", FACTS, (STEP,))


def _doubts(
    *steps: DoseStep,
    stored: Treatment | None = STORED,
    facts: TreatmentFacts = FACTS,
    weighing: Weighing | None = None,
) -> tuple[str, ...]:
    submission = Submission({}, steps, weighing=weighing)
    return doubts_of(facts, submission, stored, SAY, TODAY)


def _step(dose: str, unit: str, frequency: str = "daily") -> DoseStep:
    return DoseStep("", DoseFacts(dose=Decimal(dose), unit=unit, frequency=frequency))


def test_an_unusual_dose_is_asked_with_the_reading_that_would_be_usual() -> None:
    """A wrong unit is the likely slip; the limits are called what they are."""
    assert _doubts(_step("20", "mg/kg")) == (
        "Prednisolone: 20 mg/kg daily? Or 20 mg?",
        WHY,
    )


def test_a_dose_that_no_unit_makes_usual_is_asked_alone() -> None:
    """Nothing is worked out."""
    assert _doubts(_step("4000", "mg/kg")) == (
        "Prednisolone: 4000 mg/kg daily? That is outside the usual typing limits.",
        WHY,
    )


@pytest.mark.parametrize(
    "step", [_step("2", "mg/kg"), _step("40", "other"), _step("0", "mg/kg", "")]
)
def test_usual_doses_and_pauses_ask_nothing(step: DoseStep) -> None:
    """Nor does a unit of its own."""
    assert _doubts(step) == ()


def test_a_dose_that_stood_there_is_not_asked_back_again() -> None:
    """Somebody called it right when it was stored; a new number is asked back."""
    assert _doubts(replace(STEP, note="after food")) == ()
    assert len(_doubts(replace(STEP, dose=Decimal(21)))) == 2


def test_a_start_ahead_is_asked_about_once() -> None:
    """It may be a slip in the year; where it stood so before nothing is asked."""
    ahead = replace(FACTS, start=PartialDate(2026, 2, 1))
    said = "Prednisolone begins on 1 Feb 2026, which is still to come. Is it planned?"
    assert _doubts(facts=ahead, stored=None) == (said,)
    assert _doubts(facts=ahead) == (said,)
    assert _doubts(facts=ahead, stored=replace(STORED, facts=ahead)) == ()
    assert _doubts(facts=replace(FACTS, start=PartialDate(2026)), stored=None) == ()


def test_a_next_step_without_a_start_is_asked_about() -> None:
    """It would run beside what it should end; the only step begins with its treatment."""
    said = "1 mg/kg daily: no day is written from which on. Is it not known?"
    assert _doubts(STEP, _step("1", "mg/kg")) == (said,)
    assert _doubts(_step("1", "mg/kg")) == ()
    assert _doubts(STEP, _step("1", "mg/kg"), stored=None)[0].startswith("Prednisolone: 20")


def test_an_unusual_weight_is_asked_back() -> None:
    """Beside an unusual dose both are told."""
    heavy = Weighing(Decimal(1240), PartialDate(2026, 1, 28))
    said = "Weight (kg): 1240 is outside the usual typing limits."
    assert _doubts(weighing=heavy) == (said, WHY)
    assert len(_doubts(_step("20", "mg/kg"), weighing=heavy)) == 3
    assert _doubts(weighing=Weighing(Decimal("12.4"), PartialDate(2026, 1, 28))) == ()


def test_what_a_stop_cuts_is_listed() -> None:
    """Each dose with its dates, a pause as one; what is not cut is not listed."""
    first = replace(STEP, id="a", dose=Decimal(2), start=PartialDate(2025, 1, 6))
    later = replace(first, id="b", dose=Decimal(1), start=PartialDate(2025, 2, 1))
    pause = replace(first, id="c", dose=Decimal(0), start=PartialDate(2025, 3, 1))
    whole = replace(STORED, doses=(first, later, pause))
    assert cut_words(whole, (later, pause), SAY, TODAY) == (
        "1 mg/kg daily, 1 Feb 2025 to 28 Feb 2025",
        "paused, since 1 Mar 2025",
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ("20 mg/kg daily and 2 mg/kg daily both begin on 6 Jan 2025. Are both given?",)),
        (
            {"dose": Decimal(0), "frequency": ""},
            ("20 mg/kg daily and paused both begin on 6 Jan 2025. Are both given?",),
        ),
        ({"frequency": "once"}, ()),
        ({"start": PartialDate(2025, 1, 7)}, ()),
        ({"start": PartialDate(2025, 1)}, ()),
    ],
)
def test_two_steps_of_one_day_are_asked_back(
    changes: dict[str, object], told: tuple[str, ...]
) -> None:
    """Neither ends the other, so both would be “now”: a pause beside the dose that it ends."""
    dose = DoseFacts(
        start=PartialDate(2025, 1, 6), dose=Decimal(2), unit="mg/kg", frequency="daily"
    )
    assert _doubts(DoseStep("", replace(dose, **changes))) == told


def test_steps_given_together_or_stored_so_are_not_asked_about() -> None:
    """The word that they share says so, and what was asked once is not asked again."""
    day = PartialDate(2025, 1, 6)
    one, two = (replace(STEP.facts, start=day, dose=Decimal(2), together=each) for each in "aa")
    night = replace(two, dose=Decimal(1))
    assert _doubts(DoseStep("", one), DoseStep("", night), stored=None) == ()
    both = (replace(STEP, facts=replace(one, together="")),
            replace(STEP, id="d2", facts=replace(night, together="")))  # fmt: skip
    stored = replace(STORED, doses=both)
    assert _doubts(*both, stored=stored) == ()
