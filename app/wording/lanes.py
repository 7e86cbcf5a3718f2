"""A lane's doses in a few words: no rise, no note and no unit of a dose is hidden."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

from app.dates import PartialDate
from app.errors import N_, NN_
from app.language import Words
from app.records.doses import DoseRun
from app.records.model import DoseStep
from app.wording.people import one_line
from app.wording.treatments import (
    amount_words,
    compares,
    dose_words,
    given_words,
    like,
    noted,
)

_MOST_DOSES = 3


def lane_words(runs: Iterable[DoseRun], day: date, words: Words) -> str:
    """Return what was given, then single doses, then what is planned after the day.

    “20 mg daily, in 4 steps to 5 mg · 500 mg × 3 · planned from 3 Mar 2025: 2.5 mg daily”.
    """
    runs = tuple(runs)
    begun = [run.step for run in runs if not run.is_planned(day)]
    planned = [run for run in runs if run.is_planned(day)]
    return words.dotted((_told(begun, words), _planned_words(planned, day, words)))


def _planned_words(runs: Sequence[DoseRun], day: date, words: Words) -> str:
    starts = sorted((run.start for run in runs if run.start is not None), key=_order)
    if not starts:
        return ""
    return words(
        N_("planned from {date}: {doses}"),
        date=words.short_date(starts[0]),
        doses=_told([run.step_on(day) for run in runs], words),
    )


def _order(when: PartialDate) -> tuple[int, int]:
    return when.order


def _told(steps: Sequence[DoseStep], words: Words) -> str:
    lasting = [step for step in steps if not step.facts.is_single]
    single = [step for step in steps if step.facts.is_single]
    return words.dotted((_changes_words(lasting, words), _single_words(single, words)))


def _changes_words(steps: Sequence[DoseStep], words: Words) -> str:
    """Tell the doses one after another; one that only goes on is told once."""
    if any(step.facts.together for step in steps):
        return _side_by_side(steps, words)
    told = [step for _, (step, *_) in groupby(steps, key=lambda step: dose_words(step, words))]
    given = [step for step in told if not step.facts.is_pause]
    if len(set(map(like, given))) > 1 or not all(map(compares, given)):
        return _listed([dose_words(step, words) for step in told], words)
    if len(told) <= _MOST_DOSES:
        return _one_by_one(told, words)
    pauses = len(told) - len(given)
    return words.dotted(
        (
            _way_words(given, words),
            words.plural(NN_("{count} pause", "{count} pauses"), pauses) if pauses else "",
            _note_count(told, words),
        )
    )


def _side_by_side(steps: Sequence[DoseStep], words: Words) -> str:
    """Tell what is given together as one dose, and what followed it."""
    groups = [tuple(group) for _, group in groupby(steps, key=_group)]
    told = [words.together(dose_words(step, words) for step in group) for group in groups]
    return _listed(told, words)


def _group(step: DoseStep) -> str:
    return step.facts.together or step.id


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
        "{first}, up and down in {count} step between {lowest} and {highest}, to {last}",
        "{first}, up and down in {count} steps between {lowest} and {highest}, to {last}",
    )
    ends = {"lowest": _amount(lowest, words), "highest": _amount(highest, words)}
    return words.plural(forms, len(steps) - 1, **values, **ends)


def _dose(step: DoseStep) -> Decimal:
    return step.facts.dose


def _amount(step: DoseStep, words: Words) -> str:
    return amount_words(step.facts.dose, step.facts.unit, words)


def _note_count(steps: Sequence[DoseStep], words: Words) -> str:
    noted = sum(bool(one_line(step.facts.note)) for step in steps)
    return words.plural(NN_("{count} has a note", "{count} have a note"), noted) if noted else ""


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


def _listed(doses: Sequence[str], words: Words) -> str:
    """Tell a few doses that do not compare, and how many more there are."""
    rest = len(doses) - _MOST_DOSES
    listed = words.clauses(doses[:_MOST_DOSES])
    if rest <= 0:
        return listed
    forms = NN_("{doses} and {count} more", "{doses} and {count} more")
    return words.plural(forms, rest, doses=listed)
