"""What a saved form writes into the record, all of it or nothing."""

from typing import TypeVar

from app.records.fields import Facts, build, values_of
from app.records.model import DoseFacts, EventFacts, MeasureFacts, TreatmentFacts
from app.records.store import Store
from app.screens.treatments.drafts import Draft, FormKind, Weighing, Wish

F = TypeVar("F", bound=Facts)


def write(store: Store, patient: str, wish: Wish, draft: Draft) -> str:
    """Store a draft, new or changed; return the internal id of the treatment it belongs to.

    What a form does not show stays as it is. ``UserError`` where the record refuses it; an event
    belongs to no treatment.
    """
    if wish.kind is FormKind.TREATMENT:
        return _write_treatment(store, patient, wish, draft)
    if wish.kind is FormKind.DOSE:
        _write_dose(store, patient, wish, draft)
    else:
        _write_event(store, patient, wish, draft)
    return wish.treatment


def remove(store: Store, wish: Wish, reason: str) -> None:
    """Take out what a wish names; the journal keeps it with the reason."""
    if wish.kind is FormKind.TREATMENT:
        store.treatments.remove(wish.treatment, reason)
    elif wish.kind is FormKind.DOSE:
        store.treatments.remove_dose(wish.dose, reason)
    else:
        store.events.remove(wish.event, reason)


def _changed(known: F, draft: Draft) -> F:
    return build(type(known), {**values_of(known), **draft.values})


def _write_treatment(store: Store, patient: str, wish: Wish, draft: Draft) -> str:
    if not wish.treatment:
        return store.treatments.add(patient, build(TreatmentFacts, draft.values)).id
    known = store.treatments.get(wish.treatment).facts
    store.treatments.change(wish.treatment, _changed(known, draft))
    return wish.treatment


def _write_dose(store: Store, patient: str, wish: Wish, draft: Draft) -> None:
    with store.atomic():
        if wish.dose:
            known = store.treatments.get_dose(wish.dose).facts
            store.treatments.change_dose(wish.dose, _changed(known, draft))
        else:
            store.treatments.add_dose(wish.treatment, build(DoseFacts, draft.values))
        if draft.weighing is not None:
            store.measures.add(patient, _weight(draft.weighing))


def _weight(weighing: Weighing) -> MeasureFacts:
    return MeasureFacts(date=weighing.date, kind="weight_kg", value=weighing.weight)


def _write_event(store: Store, patient: str, wish: Wish, draft: Draft) -> None:
    if wish.event:
        store.events.change(wish.event, _changed(store.events.get(wish.event).facts, draft))
    else:
        facts = build(EventFacts, {**draft.values, "author": store.user.name})
        store.events.add(patient, facts)
