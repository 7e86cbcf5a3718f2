"""A lane's doses in a few words: no rise, no note and no unit of a dose is hidden."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

from msgspec.structs import replace

from app.dates import PartialDate
from app.errors import N_, NN_
from app.language import Words
from app.records.doses import (
    DoseRun,
    Standing,
    end_of,
    is_ahead,
    is_one_act,
    runs_of,
    standing_on,
)
from app.records.lists import OTHER
from app.records.model import DoseStep, Treatment
from app.signs import whole_doses
from app.wording.people import one_line, shortened
from app.wording.spans import (
    pause_words,
    planned_words,
    span_words,
    stop_reason_title,
    stopped_words,
    until_words,
)
from app.wording.treatments import (
    DoseOrder,
    amount_words,
    compares,
    dose_order,
    dose_words,
    either_words,
    given_words,
    like,
    noted,
)

_MOST_TOLD = 3
"""So many doses, or treatments, are told one by one."""
_LONGEST_NOTE = 40
"""A longer note is cut where one can see it, so that it pushes no dose out of its lane."""
_Given = tuple[DoseRun, ...]
"""Doses that are given together; most often it is one."""


def course_words(treatments: Sequence[Treatment], day: date, words: Words) -> str:
    """Return what runs or is paused in a lane, what is planned, then what was before.

    “since 5 Jun 2025: 1 mg/kg daily · before: 2 mg/kg daily, until 30 Apr 2025 (completed as
    planned)”. Where the room ends, the words that stand last are cut; and no stop of an earlier
    treatment stands behind what runs as if it were its own.
    """
    if len(treatments) == 1:
        only = treatments[0]
        return words.dotted((_doses_of(only, day, words), stopped_words(only, day, words)))
    parts: dict[Standing, list[Treatment]] = {each: [] for each in Standing}
    for treatment in treatments:
        parts[standing_on(treatment, day)].append(treatment)
    now = (*parts[Standing.PAUSED], *reversed(parts[Standing.RUNNING]))
    before = _over_words(parts[Standing.ENDED], day, words)
    has_start = len(now) > 1 or bool(before)
    running = [_doses_of(each, day, words, has_start=has_start) for each in now]
    planned = [_doses_of(each, day, words) for each in parts[Standing.PLANNED]]
    told = [_listed(each, words) for each in (running, planned) if each]
    if not told:
        told, before = before[:1], before[1:]
    if before:
        told.append(words(N_("before: {doses}"), doses=_listed(before, words)))
    return words.dotted(told)


def _doses_of(treatment: Treatment, day: date, words: Words, *, has_start: bool = False) -> str:
    """Return the doses of a treatment, how it stands where they do not tell it, and its start."""
    runs, start = runs_of(treatment), treatment.facts.start
    begun = lane_words((run for run in runs if not run.is_planned(day)), day, words)
    if has_start and begun:
        begun = words(N_("{span}: {doses}"), span=span_words(start, None, words), doses=begun)
    elif has_start:
        begun = span_words(start, None, words)
    ahead = lane_words((run for run in runs if run.is_planned(day)), day, words)
    plan = _plan_words(treatment, day, words)
    return words.dotted((_nothing_words(treatment, day, words), begun, ahead, plan))


def _nothing_words(treatment: Treatment, day: date, words: Words) -> str:
    """Return that what has not ended is paused, or has no dose any more that is recorded."""
    standing = standing_on(treatment, day)
    if standing is Standing.PAUSED:
        return pause_words(treatment, day, words)
    lasting = [run for run in runs_of(treatment) if not run.facts.is_single]
    begun = [run for run in lasting if not run.is_planned(day)]
    ends = [run.stop for run in begun if run.stop is not None and run.stop.last < day]
    if standing is not Standing.RUNNING or not begun or len(ends) < len(begun):
        return ""
    last = max(ends, key=_last)
    return words(N_("no dose recorded after {date}"), date=words.short_date(last))


def _last(when: PartialDate) -> date:
    return when.last


def _plan_words(treatment: Treatment, day: date, words: Words) -> str:
    """Return from or until when a treatment is planned."""
    facts = treatment.facts
    if standing_on(treatment, day) is Standing.PLANNED:
        return "" if treatment.doses else planned_words(facts.start, facts.stop, words)
    return until_words(facts.stop, words) if is_ahead(facts.stop, day) else ""


def _over_words(treatments: Sequence[Treatment], day: date, words: Words) -> list[str]:
    """Tell what has ended, the latest first; treatments that read alike are counted."""
    alike: dict[tuple[str, str], list[Treatment]] = {}
    for each in sorted(treatments, key=_last_day, reverse=True):
        doses = lane_words(runs_of(each), day, words)
        reason = stop_reason_title(each, day, words)
        alike.setdefault((doses, reason), []).append(each)
    return [_ended_words(doses, reason, group, words) for (doses, reason), group in alike.items()]


def _last_day(treatment: Treatment) -> date:
    end = end_of(treatment)
    return date.min if end is None else end.last


def _ended_words(doses: str, reason: str, treatments: Sequence[Treatment], words: Words) -> str:
    latest = treatments[0]
    when = words.short_date(end_of(latest))
    if end_of(latest) != latest.facts.start and not is_one_act(latest):
        when = words(N_("until {date}"), date=when)
    if len(treatments) > 1:
        forms = NN_("{count} treatment, the last {when}", "{count} treatments, the last {when}")
        when = words.plural(forms, len(treatments), when=when)
    text = words(N_("{doses}, {when}"), doses=doses, when=when) if doses else when
    return words(N_("{text} ({reason})"), text=text, reason=reason) if reason else text


def lane_words(runs: Iterable[DoseRun], day: date, words: Words) -> str:
    """Return what a treatment gave, then its single doses, then what is planned after the day.

    “20 mg daily, in 4 steps to 5 mg · 500 mg × 3 · planned from 3 Mar 2025: 2.5 mg daily”.
    """
    runs = tuple(runs)
    begun = [run for run in runs if not run.is_planned(day)]
    planned = [run for run in runs if run.is_planned(day)]
    return words.dotted((_told(begun, day, words), _planned_words(planned, day, words)))


def _planned_words(runs: Sequence[DoseRun], day: date, words: Words) -> str:
    starts = sorted((run.start for run in runs if run.start is not None), key=_order)
    if not starts:
        return ""
    return words(
        N_("planned from {date}: {doses}"),
        date=words.short_date(starts[0]),
        doses=_told(runs, day, words),
    )


def _order(when: PartialDate) -> tuple[int, int]:
    return when.order


def _told(runs: Sequence[DoseRun], day: date, words: Words) -> str:
    runs = [_with_step(run, _brief(run.step_on(day))) for run in runs]
    lasting = [run for run in runs if not run.facts.is_single]
    single = [run.step for run in runs if run.facts.is_single]
    return words.dotted((_changes_words(lasting, words), _single_words(single, words)))


def _with_step(run: DoseRun, step: DoseStep) -> DoseRun:
    return run if step is run.step else replace(run, step=step)


def _brief(step: DoseStep) -> DoseStep:
    note = one_line(step.facts.note)
    if len(note) <= _LONGEST_NOTE:
        return step
    brief = whole_doses(shortened(note, _LONGEST_NOTE))
    return replace(step, facts=replace(step.facts, note=brief))


def _changes_words(runs: Sequence[DoseRun], words: Words) -> str:
    """Tell the doses one after another; one that only goes on is told once."""
    stages = _stages(runs)
    if any(len(stage) > 1 or len(stage[0]) > 1 for stage in stages):
        return _listed([_stage_words(stage, words) for stage in stages], words, has_last=True)
    steps = [run.step for run in runs]
    told = [step for _, (step, *_) in groupby(steps, key=_what)]
    given = [step for step in told if not step.facts.is_pause]
    if len(set(map(like, given))) > 1 or not all(map(compares, given)):
        return _listed([dose_words(step, words) for step in told], words, has_last=True)
    if len(told) <= _MOST_TOLD:
        return _one_by_one(told, words)
    pauses = len(told) - len(given)
    return words.dotted(
        (
            _way_words(given, words),
            words.plural(NN_("{count} pause", "{count} pauses"), pauses) if pauses else "",
            _note_count(told, words),
        )
    )


def _what(step: DoseStep) -> tuple[object, ...]:
    """Return all that the words of a dose are made of: two that are alike in it sound alike."""
    facts = step.facts
    if facts.is_pause:
        return facts.dose, facts.note, facts.given
    often = "" if facts.frequency == OTHER else facts.frequency
    return facts.dose, facts.unit, often, facts.note, facts.per, facts.given


def _stages(runs: Sequence[DoseRun]) -> list[list[_Given]]:
    """Return doses one after another, with those side by side of which no order is known.

    Those stand by what they are, not by how they are stored.
    """
    ordered = sorted(runs, key=_stable)
    stages: list[list[_Given]] = []
    for _, group in groupby(ordered, key=_group):
        given = tuple(group)
        if stages and _may_be_first(given[0], stages[-1]):
            stages[-1].append(given)
        else:
            stages.append([given])
    return stages


def _stable(run: DoseRun) -> tuple[tuple[int, int], DoseOrder]:
    return (0, 0) if run.start is None else run.start.order, dose_order(run.step)


def _group(run: DoseRun) -> str:
    return run.facts.together or run.step.id


def _may_be_first(run: DoseRun, stage: Sequence[_Given]) -> bool:
    """Whether a dose may have begun before another one, or on the day on which that did."""
    return any(_may_precede(run, given[0]) for given in stage)


def _may_precede(run: DoseRun, other: DoseRun) -> bool:
    if run.start is None or other.start is None:
        return run.start == other.start
    has_ended = other.stop is not None and other.stop.last < run.start.first
    return run.start.first <= other.start.last and not has_ended


def _stage_words(stage: Sequence[_Given], words: Words) -> str:
    """Tell doses that are given together as one, and that it is not known which came first."""
    doses = dict.fromkeys(
        words.together(dose_words(run.step, words) for run in given) for given in stage
    )
    told = either_words(doses, words)
    if len(doses) == 1:
        return told
    starts = {given[0].start for given in stage}
    if len(starts) > 1 or None in starts:
        return words(N_("{doses} (order not known)"), doses=told)
    date = words.short_date(stage[0][0].start)
    return words(N_("{doses} (same start, {date})"), doses=told, date=date)


def _one_by_one(steps: Sequence[DoseStep], words: Words) -> str:
    text, is_told = "", False
    for step in steps:
        dose = _next_words(step, words) if is_told else dose_words(step, words)
        text = words(N_("{doses}, then {dose}"), doses=text, dose=dose) if text else dose
        is_told = is_told or not step.facts.is_pause
    return text


def _next_words(step: DoseStep, words: Words) -> str:
    """Return a dose whose rhythm was told before."""
    if step.facts.is_pause:
        return dose_words(step, words)
    return noted(step, _amount(step, words), words)


def _way_words(steps: Sequence[DoseStep], words: Words) -> str:
    steps = [step for _, (step, *_) in groupby(steps, key=_dose)]
    doses = [step.facts.dose for step in steps]
    if len(doses) == 1:
        return given_words(steps[0], words)
    falls = all(later <= earlier for earlier, later in pairwise(doses))
    rises = all(later >= earlier for earlier, later in pairwise(doses))
    values = {"first": given_words(steps[0], words), "last": _amount(steps[-1], words)}
    if falls or rises:
        forms = NN_(
            "{first}, in {count} step to {last}",
            "{first}, in {count} steps to {last}",
        )
        return words.plural(forms, len(steps) - 1, **values)
    lowest, highest = min(steps, key=_dose), max(steps, key=_dose)
    forms = NN_(
        "{first}, in {count} step (highest {highest}, lowest {lowest}), last {last}",
        "{first}, in {count} steps (highest {highest}, lowest {lowest}), last {last}",
    )
    ends = {"lowest": _amount(lowest, words), "highest": _amount(highest, words)}
    return words.plural(forms, len(steps) - 1, **values, **ends)


def _dose(step: DoseStep) -> Decimal:
    return step.facts.dose


def _amount(step: DoseStep, words: Words) -> str:
    return amount_words(step.facts.dose, step.facts.unit, words)


def _note_count(steps: Sequence[DoseStep], words: Words) -> str:
    noted = sum(bool(one_line(step.facts.note)) for step in steps)
    forms = NN_("{count} step has a note", "{count} steps have a note")
    return words.plural(forms, noted) if noted else ""


def _single_words(steps: Sequence[DoseStep], words: Words) -> str:
    """Tell single doses; those that read alike are counted."""
    counts: dict[str, list[DoseStep]] = {}
    for step in steps:
        counts.setdefault(dose_words(step, words), []).append(step)
    return _listed([_repeated(dose, alike, words) for dose, alike in counts.items()], words)


def _repeated(dose: str, steps: Sequence[DoseStep], words: Words) -> str:
    if len(steps) == 1:
        return dose
    is_counted = steps[0].facts.is_once and not steps[0].facts.per
    amount = _next_words(steps[0], words) if is_counted else dose
    return words(N_("{amount} × {count}"), amount=amount, count=len(steps))


def _listed(parts: Sequence[str], words: Words, *, has_last: bool = False) -> str:
    """Tell a few parts that do not compare, and how many more there are.

    ``has_last`` keeps the last one in view: it is the dose that runs.
    """
    rest = len(parts) - _MOST_TOLD
    if rest <= 0:
        return words.clauses(parts)
    if has_last:
        forms = NN_(
            "{doses} and {count} more, last {last}", "{doses} and {count} more, last {last}"
        )
        listed = words.clauses(parts[: _MOST_TOLD - 1])
        return words.plural(forms, rest, doses=listed, last=parts[-1])
    forms = NN_("{doses} and {count} more", "{doses} and {count} more")
    return words.plural(forms, rest, doses=words.clauses(parts[:_MOST_TOLD]))
