"""A dose that is given: which one is due, and what the record says of it afterwards."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dates import PartialDate
from app.errors import UserError
from app.records.giving import Giving, as_given, due_dose, given_lately, told_of
from app.records.model import DoseFacts, DoseStep, Treatment, TreatmentFacts
from tests.builders import replace
from tests.courses import step, treatment, when
from tests.records.workbench import Bench, day

TODAY = date(2026, 1, 28)
MONTHLY = step("1", "g/kg", "monthly", "2025-01-01")


def _once(start: str, **changes: object) -> DoseStep:
    return replace(step("1", "g/kg", "once", start), id=f"#{start}", **changes)


def _due(*doses: DoseStep, start: str = "2025-01-01", stop: str = "") -> str:
    """Return the start of what is due, or “rhythm”, or nothing."""
    due = due_dose(treatment("t", "ivig", start, stop, *doses), TODAY)
    if due is None:
        return ""
    return "rhythm" if due.is_of_rhythm else str(due.run.start)


@pytest.mark.parametrize(
    ("starts", "due"),
    [
        (["2026-01-28"], "2026-01-28"),
        (["2026-01-30"], "2026-01-30"),
        (["2026-02-04"], "2026-02-04"),
        (["2026-02-05"], ""),
        (["2026-01-27"], ""),
        (["2026-01-27", "2026-02-03"], "2026-02-03"),
        (["2026-01-30", "2026-02-03"], "2026-01-30"),
        (["2026-01"], ""),
        (["2026-02"], ""),
        ([], ""),
    ],
)
def test_a_single_dose_is_due_on_its_day_and_a_week_before(starts: list[str], due: str) -> None:
    """The nearest of several; what is past has its day, and a month has none."""
    assert _due(*map(_once, starts)) == due


def test_of_two_doses_on_one_day_none_is_due() -> None:
    """It is not certain which of them is meant."""
    second = replace(_once("2026-01-30"), id="#second", dose=Decimal(2))
    assert _due(_once("2026-01-30"), second) == ""


@pytest.mark.parametrize(
    "frequency", ["weekly", "every_2_weeks", "every_3_weeks", "every_4_weeks", "monthly"]
)
def test_a_rhythm_of_a_week_or_longer_is_due_on_any_day(frequency: str) -> None:
    """While it runs, whenever the last dose was."""
    assert _due(step("1", "g/kg", frequency, "2025-01-01")) == "rhythm"
    assert _due(step("1", "g/kg", frequency, "2026-02-01")) == ""
    assert _due(step("1", "g/kg", frequency), start="") == "rhythm"
    assert _due(step("1", "g/kg", frequency, "2025-01-01"), stop="2026-01-27") == ""


@pytest.mark.parametrize("frequency", ["daily", "twice_daily", "alternate_days", "other", ""])
def test_what_is_given_more_often_is_never_due(frequency: str) -> None:
    """Nor what has a rhythm that only a note tells."""
    assert _due(step("1", "g/kg", frequency, "2025-01-01")) == ""


def test_nothing_is_due_of_a_rhythm_that_is_paused_or_not_alone() -> None:
    """Two that run side by side leave open which is meant."""
    assert _due(MONTHLY, step("0", "g/kg", "", "2026-01-20")) == ""
    both = (replace(MONTHLY, together="a"), replace(MONTHLY, dose=Decimal(2), together="a"))
    assert _due(*both) == ""


def test_once_a_dose_was_given_today_nothing_else_is_due() -> None:
    """Neither the next single dose nor the rhythm; a dose typed for today can still be given."""
    done = _once("2026-01-28", given="as_planned")
    assert _due(done, _once("2026-01-29")) == ""
    assert _due(MONTHLY, done) == ""
    assert _due(MONTHLY, _once("2026-01-28")) == "2026-01-28"


def _given(
    treated: Treatment,
    told: Giving = Giving(),  # noqa: B008 - frozen
) -> tuple[TreatmentFacts, DoseStep]:
    due = due_dose(treated, TODAY)
    assert due is not None
    return as_given(treated, due, TODAY, told)


def test_a_planned_dose_moves_to_the_day_it_was_given() -> None:
    """The same row with the same dose; what was told of it is added."""
    planned = _once("2026-01-30", note="over 6 hours")
    told = Giving("Privigen", "4711", "headache")
    facts, dose = _given(treatment("t", "ivig", "2025-01-01", "", planned), told)
    assert facts == treatment("t", "ivig", "2025-01-01").facts
    assert dose == replace(
        planned, start=when("2026-01-28"), given="as_planned",
        brand="Privigen", batch="4711", reaction="headache",
    )  # fmt: skip


def test_a_rhythm_stays_and_has_one_dose_beside_it() -> None:
    """A new single dose of the same amount; the note of the rhythm is not its own."""
    rhythm = replace(MONTHLY, note="on the ward", per="dose")
    treated = treatment("t", "ivig", "2025-01-01", "", rhythm)
    facts, dose = _given(treated)
    assert facts == treated.facts
    assert dose == DoseStep(
        "",
        DoseFacts(
            start=when("2026-01-28"), dose=Decimal(1), unit="g/kg", frequency="once", per="dose",
            given="as_planned",
        ),
    )  # fmt: skip


def test_the_note_that_is_the_unit_goes_with_the_dose() -> None:
    """Another unit needs its note."""
    rhythm = replace(MONTHLY, unit="other", note="vials")
    assert _given(treatment("t", "ivig", "2025-01-01", "", rhythm))[1].facts.note == "vials"


@pytest.mark.parametrize(
    ("span", "moved"),
    [
        (("2026-01-30", "2026-01-30"), ("2026-01-28", "2026-01-28")),
        (("2026-01-30", ""), ("2026-01-28", "")),
        (("2026-02", ""), ("2026-01-28", "")),
        (("2025-01-01", "2026-01-30"), ("2025-01-01", "2026-01-28")),
        (("2025-01-01", "2026-03-01"), ("2025-01-01", "2026-03-01")),
        (("", ""), ("", "")),
    ],
)
def test_a_treatment_moves_with_its_first_and_its_last_dose(
    span: tuple[str, str], moved: tuple[str, str]
) -> None:
    """A start ahead comes to the day, a stop on the day of the last dose too; others stay."""
    facts, _ = _given(treatment("t", "ivig", *span, _once("2026-01-30")))
    assert (str(facts.start or ""), str(facts.stop or "")) == moved


def test_a_stop_behind_an_earlier_dose_stays() -> None:
    """Only the last dose moves it."""
    doses = (_once("2026-01-30"), _once("2026-02-20"))
    facts, _ = _given(treatment("t", "ivig", "2026-01-30", "2026-02-20", *doses))
    assert (str(facts.start), str(facts.stop)) == ("2026-01-28", "2026-02-20")


@given(
    st.lists(st.integers(-20, 20), max_size=6, unique=True),
    st.sampled_from(["monthly", "weekly", "daily"]),
)
def test_a_dose_that_was_given_is_the_one_that_was_planned(
    offsets: list[int], frequency: str
) -> None:
    """No amount changes, and no dose is doubled: looked for a second time, day by day."""
    days = [TODAY + timedelta(days=offset) for offset in offsets]
    singles = [_once(day.isoformat()) for day in days]
    treated = treatment("t", "ivig", "2025-01-01", "", step("1", "g/kg", frequency), *singles)
    due = due_dose(treated, TODAY)
    ahead = [day for day in sorted(days) if TODAY <= day <= TODAY + timedelta(days=7)]
    if due is None:
        assert not ahead
        assert frequency == "daily"
        return
    _, dose = as_given(treated, due, TODAY, Giving())
    assert dose.id == (f"#{ahead[0].isoformat()}" if ahead else "")
    assert (dose.facts.dose, dose.facts.unit) == (Decimal(1), "g/kg")
    assert (dose.facts.frequency, dose.facts.start) == ("once", PartialDate.of(TODAY))


def test_more_can_be_told_of_the_last_dose_for_a_week() -> None:
    """Of single doses on a day that is known, the latest up to today."""
    doses = (_once("2026-01-20"), _once("2026-01-21"), _once("2026-01-29"), _once("2026-01"))
    found = given_lately(treatment("t", "ivig", "2025-01-01", "", *doses), TODAY)
    assert found is not None
    assert str(found.start) == "2026-01-21"
    assert given_lately(treatment("t", "ivig", "2025-01-01", "", doses[0], MONTHLY), TODAY) is None
    told = told_of(found.step, Giving(batch="4711"))
    assert told == replace(found.step, batch="4711")


def _treated(bench: Bench, *doses: DoseFacts, start: str = "2025-01-06") -> Treatment:
    """Store a treatment in records whose day is 1 June 2025."""
    facts = TreatmentFacts(agent="ivig", start=day(start))
    return bench.store.treatments.add_whole(bench.patient().id, facts, doses)[0]


def test_giving_and_taking_back_is_one_step(bench: Bench) -> None:
    """Under its own name in the journal; Undo leaves the treatment as it was."""
    planned = DoseFacts(start=day("2025-06-03"), dose=Decimal(1), unit="g/kg", frequency="once")
    before = _treated(bench, planned, start="2025-06-03")
    treatments, today = bench.store.treatments, bench.store.today()
    number = treatments.give(before.id, today, Giving("Privigen", "4711", "headache"))
    after = treatments.get(before.id)
    assert (after.facts.start, len(after.doses)) == (day("2025-06-01"), 1)
    assert after.doses[0].facts.brand == "Privigen"
    written = [entry for entry in bench.store.journal.entries() if entry.step == number]
    assert {entry.action for entry in written} == {"dose.give"}
    treatments.take_back(before.id, number)
    assert treatments.get(before.id) == before


def test_a_dose_is_not_given_twice(bench: Bench) -> None:
    """The second tap, here or elsewhere, is told that nothing is due."""
    monthly = DoseFacts(dose=Decimal(1), unit="g/kg", frequency="monthly")
    treated = _treated(bench, monthly)
    treatments, today = bench.store.treatments, bench.store.today()
    treatments.give(treated.id, today, Giving())
    with pytest.raises(UserError, match="No dose of this treatment is due any more"):
        treatments.give(treated.id, today, Giving())
    assert len(treatments.get(treated.id).doses) == 2


def test_more_is_told_of_a_dose_and_taken_back(bench: Bench) -> None:
    """Its day and its amount stay; a dose that is gone is said."""
    single = DoseFacts(start=day("2025-05-30"), dose=Decimal(1), unit="g/kg", frequency="once")
    treated, treatments = _treated(bench, single), bench.store.treatments
    (dose,) = treated.doses
    number = treatments.tell_given(treated.id, dose.id, Giving(reaction="fever"))
    assert treatments.get(treated.id).doses == (replace(dose, reaction="fever"),)
    treatments.take_back(treated.id, number)
    assert treatments.get(treated.id) == treated
    with pytest.raises(UserError, match="not in the records any more"):
        treatments.tell_given(treated.id, "gone", Giving())
