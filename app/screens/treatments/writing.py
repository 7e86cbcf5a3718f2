"""What a saved form writes into the record, all of it or nothing."""

from app.records.store import Store
from app.screens.treatments.drafts import (
    DoseDraft,
    Draft,
    EventDraft,
    FormKind,
    TreatmentDraft,
    Wish,
)


def write(store: Store, patient: str, wish: Wish, draft: Draft) -> str:
    """Store a draft, new or changed; return the internal id of the treatment it belongs to.

    ``UserError`` where the record refuses it; an event belongs to no treatment.
    """
    match draft:
        case TreatmentDraft():
            return _write_treatment(store, patient, wish, draft)
        case DoseDraft():
            _write_dose(store, patient, wish, draft)
        case EventDraft():
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


def _write_treatment(store: Store, patient: str, wish: Wish, draft: TreatmentDraft) -> str:
    facts = (draft.agent, draft.start, draft.stop, draft.route, draft.note)
    if not wish.treatment:
        return store.treatments.add(patient, *facts).id
    store.treatments.change(wish.treatment, *facts)
    return wish.treatment


def _write_dose(store: Store, patient: str, wish: Wish, draft: DoseDraft) -> None:
    facts = (draft.start, draft.stop, draft.amount, draft.unit, draft.frequency, draft.note)
    with store.atomic():
        if wish.dose:
            store.treatments.change_dose(wish.dose, *facts)
        else:
            store.treatments.add_dose(wish.treatment, *facts)
        if draft.weighing is not None:
            weighing = draft.weighing
            store.measures.add(patient, None, weighing.date, "weight_kg", weighing.weight)


def _write_event(store: Store, patient: str, wish: Wish, draft: EventDraft) -> None:
    if not wish.event:
        author = store.user.name
        store.events.add(patient, draft.date, draft.stop, draft.kind, author, draft.note)
        return
    known = next(each for each in store.record(patient).events if each.id == wish.event)
    store.events.change(wish.event, draft.date, draft.stop, draft.kind, known.author, draft.note)
