"""What is dated about a treatment, its start, its dose steps and its stop, and how it is told."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.doses import DoseRun, is_ahead, runs_of
from app.records.model import Treatment
from app.wording.spans import planned_words, run_span_words
from app.wording.treatments import agent_name, dose_words, giving_words


class Change(Struct, frozen=True):
    """Something about a treatment that is dated: its stop, else a dose step, else its start."""

    when: PartialDate
    treatment: Treatment
    run: DoseRun | None = None
    is_stop: bool = False


def changes_of(treatment: Treatment) -> Iterator[Change]:
    """Yield a treatment's start, unless a dose step begins with it, its steps, and its stop.

    A single dose that is the whole treatment tells its stop as well.
    """
    facts = treatment.facts
    runs = runs_of(treatment)
    begun = [run.start for run in runs]
    if facts.start is not None and facts.start not in begun:
        yield Change(facts.start, treatment)
    for run in runs:
        if run.start is not None:
            yield Change(run.start, treatment, run)
    is_told = bool(runs) and all(run.facts.is_once and run.start == facts.stop for run in runs)
    if facts.stop is not None and not is_told:
        yield Change(facts.stop, treatment, is_stop=True)


def change_words(change: Change, day: date, words: Words, weight: str = "") -> str:
    """Tell a change as it stands on a day: what was given and when, never why.

    ``weight`` is the last weight in words, which stands next to a dose.
    """
    if is_ahead(change.when, day) and not change.is_stop:
        return words.dotted((_planned(change, day, words), weight))
    agent, run = agent_name(change.treatment, words), change.run
    if change.is_stop and change.when.last > day:
        text = N_("{agent}: stop recorded for {date}")
    elif change.is_stop:
        text = N_("{agent}: stopped {date}")
    elif run is None:
        text = N_("{agent}: started {date}")
    elif run.facts.is_pause:
        text = N_("{agent}: paused {date}")
    else:
        is_start = run.start == change.treatment.facts.start
        text = (
            N_("{agent}: started, {dose}, {dates}") if is_start else N_("{agent}: {dose}, {dates}")
        )
        dates, dose = run_span_words(run, day, words), dose_words(run.step, words)
        told = words(text, agent=agent, dose=dose, dates=dates)
        return words.dotted((told, weight, giving_words(run.facts, words)))
    return words(text, agent=agent, date=words.short_date(change.when))


def _planned(change: Change, day: date, words: Words) -> str:
    """Tell what begins after the day: nothing of it has started."""
    agent, run = agent_name(change.treatment, words), change.run
    if run is None:
        facts = change.treatment.facts
        dates = planned_words(facts.start, facts.stop, words)
        return words(N_("{agent}: {dates}"), agent=agent, dates=dates)
    values = {"agent": agent, "dates": run_span_words(run, day, words)}
    if run.facts.is_pause:
        return words(N_("{agent}: pause, {dates}"), **values)
    return words(
        N_("{agent}: {dose}, {dates}"), dose=dose_words(run.step_on(day), words), **values
    )
