"""A dose that is given: which one a plan names for a day, and what the record says of it then.

A dose is never worked out: it is what the plan says, whatever was weighed since. A single dose is
due on its day or in the week before; a rhythm of a week or longer is due on any day on which no
single dose of its treatment stands.
"""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from app.dates import PartialDate
from app.errors import N_
from app.records.declaration import AS_PLANNED, ONCE, DoseFacts, TreatmentFacts
from app.records.doses import DoseRun, Standing, is_ahead, running_doses, runs_of, standing_on
from app.records.lists import OTHER
from app.records.model import DoseStep, Treatment

NOTHING_DUE = N_("No dose of this treatment is due any more.")
DAYS_AROUND = 7
"""A single dose is due so many days before its day, and can be told more of so many after it."""
_RHYTHMS = frozenset({"weekly", "every_2_weeks", "every_3_weeks", "every_4_weeks", "monthly"})


class Giving(Struct, frozen=True):
    """What is told of a dose that was given, each as it was typed."""

    brand: str = ""
    batch: str = ""
    reaction: str = ""


class Due(Struct, frozen=True):
    """A dose that a plan names around a day: one single dose, or one of a rhythm that runs."""

    run: DoseRun
    is_of_rhythm: bool = False


def due_dose(treatment: Treatment, day: date) -> Due | None:
    """Return the dose that could be given on a day as planned; none where it is not certain which.

    Once a single dose of the day was given as planned, nothing else is due on it.
    """
    singles = [run for run in runs_of(treatment) if _is_one_dose(run)]
    today = [run for run in singles if _days_until(run, day) == 0]
    if any(run.facts.given for run in today):
        return None
    ahead = [run for run in singles if 0 <= _days_until(run, day) <= DAYS_AROUND]
    if ahead:
        nearest = min(_days_until(run, day) for run in ahead)
        found = [run for run in ahead if _days_until(run, day) == nearest]
        return Due(found[0]) if len(found) == 1 else None
    return _due_of_rhythm(treatment, day)


def _due_of_rhythm(treatment: Treatment, day: date) -> Due | None:
    if standing_on(treatment, day) is not Standing.RUNNING:
        return None
    runs = running_doses(treatment, PartialDate.of(day))
    is_one = len(runs) == 1 and runs[0].facts.frequency in _RHYTHMS
    return Due(runs[0], is_of_rhythm=True) if is_one else None


def given_lately(treatment: Treatment, day: date) -> DoseRun | None:
    """Return the last single dose of a day or of the week before it, of which more can be told."""
    lately = [
        run
        for run in runs_of(treatment)
        if _is_one_dose(run) and 0 <= -_days_until(run, day) <= DAYS_AROUND
    ]
    return lately[-1] if lately else None


def _is_one_dose(run: DoseRun) -> bool:
    """Whether a step is one dose on one day that is known."""
    is_dated = run.start is not None and run.start.is_full
    return is_dated and run.facts.is_once and run.facts.stop in {None, run.start}


def _days_until(run: DoseRun, day: date) -> int:
    assert run.start is not None  # noqa: S101 - asked of doses with a day alone
    return (run.start.first - day).days


def as_given(
    treatment: Treatment, due: Due, day: date, told: Giving
) -> tuple[TreatmentFacts, DoseStep]:
    """Return a treatment and the step of its dose once it was given on a day.

    A single dose moves to the day; a rhythm goes on as it is, with a single dose beside it.
    """
    step, today = due.run.step, PartialDate.of(day)
    on_day = {"start": today, "stop": None, "given": AS_PLANNED, **_values(told)}
    if due.is_of_rhythm:
        note = step.facts.note if step.facts.unit == OTHER else ""
        dose = DoseFacts(
            dose=step.facts.dose, unit=step.facts.unit, per=step.facts.per, note=note,
            frequency=ONCE,
        )  # fmt: skip
        return treatment.facts, DoseStep("", replace(dose, **on_day))
    moved = DoseStep(step.id, replace(step.facts, **on_day))
    return _around(treatment, due.run, today), moved


def _around(treatment: Treatment, run: DoseRun, today: PartialDate) -> TreatmentFacts:
    """Return a treatment that begins, or ends, with its dose where it was planned to."""
    facts = treatment.facts
    if is_ahead(facts.start, today.last):
        facts = replace(facts, start=today)
    is_last = runs_of(treatment)[-1].step.id == run.step.id
    if is_last and facts.stop is not None and facts.stop == run.start:
        facts = replace(facts, stop=today)
    return facts


def told_of(step: DoseStep, told: Giving) -> DoseStep:
    """Return a dose of which something is told; its day and what was given stay."""
    return replace(step, facts=replace(step.facts, **_values(told)))


def _values(told: Giving) -> dict[str, str]:
    return {"brand": told.brand, "batch": told.batch, "reaction": told.reaction}
