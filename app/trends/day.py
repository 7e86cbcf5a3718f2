"""A record as it stood on a day: what lies after it does not count, what is planned stays."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from app.records.doses import is_ahead, runs_of
from app.records.model import (
    ClinicalFinding,
    Event,
    Measure,
    PatientRecord,
    Sequela,
    Treatment,
    Visit,
)

Dated = TypeVar("Dated", Visit, Event, Measure, Sequela, ClinicalFinding)


def record_on(record: PatientRecord, day: date) -> PatientRecord:
    """Return what counts on a day: a visit, event or measure whose period has begun by then.

    The stop of an event that lies after the day is not known yet.
    """
    return replace(
        record,
        visits=_begun(record.visits, day),
        events=tuple(_event_on(event, day) for event in _begun(record.events, day)),
        measures=_begun(record.measures, day),
        sequelae=_begun(record.sequelae, day),
        findings=_begun(record.findings, day),
    )


def _begun(things: Iterable[Dated], day: date) -> tuple[Dated, ...]:
    return tuple(each for each in things if not is_ahead(each.facts.date, day))


def _event_on(event: Event, day: date) -> Event:
    if not is_ahead(event.facts.stop, day):
        return event
    return replace(event, facts=replace(event.facts, stop=None))


def without_planned(treatments: Iterable[Treatment], day: date) -> tuple[Treatment, ...]:
    """Return treatments without what lies after a day: planned ones, steps, and stops."""
    begun = (each for each in treatments if not is_ahead(each.facts.start, day))
    return tuple(_treatment_on(each, day) for each in begun)


def _treatment_on(treatment: Treatment, day: date) -> Treatment:
    steps = tuple(run.step for run in runs_of(treatment) if not run.is_planned(day))
    doses = tuple(
        replace(step, facts=replace(step.facts, stop=None))
        if is_ahead(step.facts.stop, day)
        else step
        for step in steps
    )
    if not is_ahead(treatment.facts.stop, day):
        return replace(treatment, doses=doses)
    running = replace(treatment.facts, stop=None, stop_reason="")
    return replace(treatment, facts=running, doses=doses)
