"""How the dose steps of a treatment follow one another, and how both stand on a day.

Stored is what was prescribed, a row a step. What a row means beside its siblings is told here,
once for screen, chart, pages and tables: a single dose ends nothing, a running step ends the
running step before it, and steps that share a word in ``together`` run side by side. A short date
is its whole period: a step ends another only where it certainly begins later.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from app.dates import PartialDate, days_after
from app.errors import N_, UserError
from app.records.declaration import DoseFacts, TreatmentFacts
from app.records.fields import Problem
from app.records.lists import code_list
from app.records.model import DoseStep, Treatment


class Standing(StrEnum):
    """How a treatment stands on a day. One whose dates leave it open runs.

    One act never runs; single doses of which none lies ahead have ended with the last of them.
    """

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


def is_ahead(when: PartialDate | None, day: date) -> bool:
    """Whether the whole period of a date lies after a day; an unknown date does not."""
    return when is not None and when.first > day


class DoseRun(Struct, frozen=True):
    """A dose step within its treatment: from when until when it is given, as far as is known.

    ``start`` is the treatment's where the step has none. ``stop`` is its last day: its own, the
    treatment's, or the day before the running step that ended it; where only the month of that
    step is known, that month. ``next_start`` is when the running step begins that ended it, or
    that goes on the day after its own last day.
    """

    step: DoseStep
    start: PartialDate | None
    stop: PartialDate | None
    next_start: PartialDate | None = None

    @property
    def facts(self) -> DoseFacts:
        """What was prescribed."""
        return self.step.facts

    def is_planned(self, day: date) -> bool:
        """Whether it begins after a day."""
        return is_ahead(self.start, day)

    def step_on(self, day: date) -> DoseStep:
        """Return the step as it stands on a day: of what is planned nothing was given yet."""
        if not self.is_planned(day):
            return self.step
        facts = replace(self.facts, brand="", batch="", reaction="", given="")
        return replace(self.step, facts=facts)

    def touches(self, period: PartialDate) -> bool:
        """Whether it is given, or may be, on a day or within a period."""
        if is_ahead(self.start, period.last):
            return False
        if self.next_start is not None and self.next_start.last <= period.first:
            return False
        return self.stop is None or self.stop.last >= period.first


def runs_of(treatment: Treatment) -> tuple[DoseRun, ...]:
    """Return the dose steps of a treatment in order; what would lie after its stop is left out."""
    # A treatment never changes, and charts, words and tables ask for the same again and again.
    kept = treatment.__dict__
    if "runs" not in kept:
        kept["runs"] = _runs_of(treatment)
    runs: tuple[DoseRun, ...] = kept["runs"]
    return runs


def _runs_of(treatment: Treatment) -> tuple[DoseRun, ...]:
    stop = treatment.facts.stop
    steps = [each for each in treatment.doses if stop is None or not _begins_after(each, stop)]
    steps.sort(key=_step_order)
    beginnings = _beginnings(steps, treatment.facts)
    return tuple(_run(step, beginnings, treatment.facts) for step in steps)


def _step_order(step: DoseStep) -> tuple[tuple[int, int], str]:
    """Sort by start with the unknown first: it is where a treatment begins."""
    start = step.facts.start
    return (0, 0) if start is None else start.order, step.id


def _begins_after(step: DoseStep, stop: PartialDate) -> bool:
    return is_ahead(step.facts.start, stop.last)


class _Beginning(Struct, frozen=True):
    """When a running step begins, and the word that it shares with what does not end by it."""

    when: PartialDate
    together: str


def _beginnings(steps: Sequence[DoseStep], treatment: TreatmentFacts) -> Sequence[_Beginning]:
    """Return when each running step of a known start begins, in order."""
    found = (
        _Beginning(when, step.facts.together)
        for step in steps
        if not step.facts.is_single and (when := step.facts.start or treatment.start) is not None
    )
    return sorted(found, key=_order)


def _order(beginning: _Beginning) -> tuple[int, int]:
    return beginning.when.order


def _first(beginning: _Beginning) -> date:
    return beginning.when.first


def _run(step: DoseStep, beginnings: Sequence[_Beginning], treatment: TreatmentFacts) -> DoseRun:
    start = step.facts.start or treatment.start
    stop = _own_stop(step.facts, start, treatment)
    following = None if step.facts.is_single else _ending(step.facts, start, beginnings)
    if following is None or _leaves_gap(stop, following):
        return DoseRun(step, start, stop)
    if stop is None or stop.first > following.first:
        stop = _day_before(following)
    return DoseRun(step, start, stop, following)


def _leaves_gap(stop: PartialDate | None, following: PartialDate) -> bool:
    """Whether days lie, or may lie, between a step's own end and the step that follows."""
    is_over = stop is not None and stop.last < following.first
    return is_over and stop != _day_before(following)


def _ending(
    dose: DoseFacts, start: PartialDate | None, beginnings: Sequence[_Beginning]
) -> PartialDate | None:
    """Return when the first step begins that certainly begins later and ends this one."""
    later = 0 if start is None else bisect_right(beginnings, start.last, key=_first)
    for each in beginnings[later:]:
        if not dose.together or dose.together != each.together:
            return each.when
    return None


def _own_stop(
    dose: DoseFacts, start: PartialDate | None, treatment: TreatmentFacts
) -> PartialDate | None:
    """Return what a step's own row says of its end, never beyond its treatment's."""
    stop = dose.stop
    if stop is None and dose.is_once:
        return start
    if stop is None or (treatment.stop is not None and is_ahead(stop, treatment.stop.last)):
        return treatment.stop
    return stop


def _day_before(when: PartialDate) -> PartialDate:
    """Return the day before a full date; of a short one no day is known, so itself."""
    return PartialDate.of(days_after(when.first, -1)) if when.is_full else when


def running_doses(treatment: Treatment, period: PartialDate) -> tuple[DoseRun, ...]:
    """Return what is given, or may be, in a period: pauses among them, single doses not.

    Several run side by side, or the order within a period is not known.
    """
    return tuple(
        run for run in runs_of(treatment) if not run.facts.is_single and run.touches(period)
    )


def is_one_act(treatment: Treatment) -> bool:
    """Whether its agent is done once and does not last: an operation."""
    return code_list("agents").get(treatment.facts.agent).is_one_act


def end_of(treatment: Treatment) -> PartialDate | None:
    """Return the last day of a treatment: its stop, or that of the last of its single doses.

    One act without a dose ends on its day. ``None`` where the end is not known, or something
    lasts.
    """
    runs = runs_of(treatment)
    if treatment.facts.stop is not None:
        return treatment.facts.stop
    if not runs and is_one_act(treatment):
        return treatment.facts.start
    ends = [run.stop for run in runs if run.facts.is_single and run.stop is not None]
    return max(ends, key=_last) if ends and len(ends) == len(runs) else None


def _last(when: PartialDate) -> date:
    return when.last


def _has_ended(treatment: Treatment, day: date) -> bool:
    end = end_of(treatment)
    if treatment.facts.stop is None and is_one_act(treatment):
        return not is_ahead(end, day)
    return end is not None and end.last < day


def standing_on(treatment: Treatment, day: date) -> Standing:
    """Return how a treatment stands on a day; its stop day is its last."""
    if is_ahead(treatment.facts.start, day):
        return Standing.PLANNED
    if _has_ended(treatment, day):
        return Standing.ENDED
    doses = running_doses(treatment, PartialDate.of(day))
    is_paused = bool(doses) and all(run.facts.is_pause for run in doses)
    return Standing.PAUSED if is_paused else Standing.RUNNING


def paused_since(treatment: Treatment, day: date) -> PartialDate | None:
    """Return when the pause of a day began; ``None`` where none is on, or that is not known."""
    if standing_on(treatment, day) is not Standing.PAUSED:
        return None
    since = running_doses(treatment, PartialDate.of(day))[0].start
    for run in reversed(runs_of(treatment)):
        if run.facts.is_pause and run.next_start is not None and run.next_start == since:
            since = run.start
    return since


def problems_outside(treatment: TreatmentFacts, dose: DoseFacts) -> Iterator[Problem]:
    """Yield what of a dose step lies outside its treatment, as far as both are known."""
    for name, when in (("start", dose.start), ("stop", dose.stop)):
        if when is None:
            continue
        if treatment.start is not None and when.last < treatment.start.first:
            text = N_("{date} is before the treatment begins, {start}.")
            yield name, UserError(text, date=when, start=treatment.start)
        elif treatment.stop is not None and is_ahead(when, treatment.stop.last):
            text = N_("{date} is after the treatment ends, {stop}.")
            yield name, UserError(text, date=when, stop=treatment.stop)


def steps_beyond(treatment: Treatment, stop: PartialDate) -> tuple[DoseStep, ...]:
    """Return the dose steps that a stop would cut or take out."""
    ends = replace(treatment.facts, start=None, stop=stop)
    return tuple(step for step in treatment.doses if any(problems_outside(ends, step.facts)))


def cut_at(step: DoseStep, stop: PartialDate) -> DoseStep | None:
    """Return what a stop leaves of a dose step that reaches beyond it, if it leaves anything."""
    if _begins_after(step, stop):
        return None
    return replace(step, facts=replace(step.facts, stop=stop))
