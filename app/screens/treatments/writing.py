"""Writes a saved form into the record, all of it or nothing."""

from typing import TypeVar

from app.records.fields import Facts, build, values_of
from app.records.model import DoseFacts, EventFacts, MeasureFacts, TreatmentFacts
from app.records.store import Store
from app.screens.treatments.form_values import FormKind, Submission, Weighing, Wish

F = TypeVar("F", bound=Facts)


def write(store: Store, patient: str, wish: Wish, submission: Submission) -> str:
    """Store a submission, new or changed; return the internal id of the treatment it belongs to.

    What a form does not show stays as it is. ``UserError`` where the record refuses it; an event
    belongs to no treatment.
    """
    if wish.kind is FormKind.TREATMENT:
        return _write_treatment(store, patient, wish, submission)
    if wish.kind is FormKind.DOSE:
        _write_dose(store, patient, wish, submission)
    else:
        _write_event(store, patient, wish, submission)
    return wish.treatment


def remove(store: Store, wish: Wish, reason: str) -> None:
    """Take out what a wish names; the journal keeps it with the reason."""
    if wish.kind is FormKind.TREATMENT:
        store.treatments.remove(wish.treatment, reason)
    elif wish.kind is FormKind.DOSE:
        store.treatments.remove_dose(wish.dose, reason)
    else:
        store.events.remove(wish.event, reason)


def _changed(known: F, submission: Submission) -> F:
    return build(type(known), {**values_of(known), **submission.values})


def _write_treatment(store: Store, patient: str, wish: Wish, submission: Submission) -> str:
    if not wish.treatment:
        return store.treatments.add(patient, build(TreatmentFacts, submission.values)).id
    known = store.treatments.get(wish.treatment).facts
    store.treatments.change(wish.treatment, _changed(known, submission))
    return wish.treatment


def _write_dose(store: Store, patient: str, wish: Wish, submission: Submission) -> None:
    with store.atomic():
        if wish.dose:
            known = store.treatments.get_dose(wish.dose).facts
            store.treatments.change_dose(wish.dose, _changed(known, submission))
        else:
            store.treatments.add_dose(wish.treatment, build(DoseFacts, submission.values))
        if submission.weighing is not None:
            store.measures.add(patient, _weight(submission.weighing))


def _weight(weighing: Weighing) -> MeasureFacts:
    return MeasureFacts(date=weighing.date, kind="weight_kg", value=weighing.weight)


def _write_event(store: Store, patient: str, wish: Wish, submission: Submission) -> None:
    if wish.event:
        store.events.change(wish.event, _changed(store.events.get(wish.event).facts, submission))
    else:
        facts = build(EventFacts, {**submission.values, "author": store.user.name})
        store.events.add(patient, facts)
