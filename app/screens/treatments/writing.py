"""Writes a saved form into the record, all of it or nothing."""

from msgspec import Struct
from msgspec.structs import replace

from app.dates import PartialDate
from app.records.declaration import EventFacts, FindingFacts, MeasureFacts, TreatmentFacts
from app.records.doses import steps_beyond
from app.records.fields import build, values_of
from app.records.giving import Giving
from app.records.model import DoseStep, Treatment
from app.records.store import Store
from app.screens.treatments.form_values import FormKind, Submission, Weighing, Wish
from app.screens.treatments.form_view import run_of


def told_facts(stored: Treatment | None, submission: Submission) -> TreatmentFacts:
    """Return what a submission tells about a treatment; what it does not say stays."""
    known = {} if stored is None else values_of(stored.facts)
    return build(TreatmentFacts, {**known, **submission.values})


def steps_cut(
    stored: Treatment, facts: TreatmentFacts, submission: Submission
) -> tuple[DoseStep, ...]:
    """Return the dose steps that the stop of a submission would cut or take out."""
    if facts.stop is None or facts.stop == stored.facts.stop:
        return ()
    steps = submission.steps or stored.doses
    return steps_beyond(replace(stored, facts=facts, doses=steps), facts.stop)


class Written(Struct, frozen=True):
    """What was made or changed, of which kind, and the step that can be taken back, if one.

    ``follows`` is what somebody may want to record as well.
    """

    record: str
    step: int = 0
    kind: FormKind = FormKind.TREATMENT
    follows: Wish | None = None


def write(store: Store, patient: str, wish: Wish, submission: Submission) -> Written:
    """Store a submission, new or changed, in one step.

    What a form does not show stays as it is. ``UserError`` where the record refuses it.
    """
    if wish.kind is FormKind.EVENT:
        return Written(_write_event(store, patient, wish, submission))
    if wish.kind is FormKind.FINDING:
        return _write_finding(store, patient, wish, submission)
    if wish.kind is FormKind.MEASURE:
        return _write_measure(store, patient, wish, submission)
    if wish.kind is FormKind.GIVEN:
        return _write_given(store, wish, submission)
    if wish.kind is FormKind.TREATMENT:
        return _add_treatment(store, patient, submission)
    facts = told_facts(store.treatments.get(wish.treatment), submission)
    step = store.treatments.write_whole(
        wish.treatment, facts, submission.steps, submission.taken_away, submission.reason
    )
    return Written(wish.treatment, step)


def remove(store: Store, wish: Wish, reason: str) -> None:
    """Take out what a wish names; the journal keeps it with the reason."""
    if wish.kind is FormKind.EVENT:
        store.events.remove(wish.event, reason)
    elif wish.kind is FormKind.FINDING:
        store.findings.remove(wish.finding, reason)
    elif wish.kind is FormKind.MEASURE:
        store.measures.remove(wish.measure, reason)
    else:
        store.treatments.remove(wish.treatment, reason)


def take_back(store: Store, written: Written) -> None:
    """Take back what was written in one step. ``UserError`` where that cannot be any more."""
    if written.kind is FormKind.FINDING:
        store.findings.take_back(written.record, written.step)
    elif written.kind is FormKind.MEASURE:
        store.measures.take_back(written.record, written.step)
    else:
        store.treatments.take_back(written.record, written.step)


def _add_treatment(store: Store, patient: str, submission: Submission) -> Written:
    facts = build(TreatmentFacts, submission.values)
    doses = [step.facts for step in submission.steps]
    with store.atomic():
        treatment, step = store.treatments.add_whole(patient, facts, doses)
        if submission.weighing is not None:
            _add_weight(store, patient, submission.weighing)
    return Written(treatment.id, step)


def _add_weight(store: Store, patient: str, weighing: Weighing) -> None:
    """Store a weight, unless just this one is recorded already."""
    facts = MeasureFacts(date=weighing.date, kind="weight_kg", value=weighing.weight)
    known = (measure.facts for measure in store.record(patient).measures)
    if facts not in known:
        store.measures.add(patient, facts)


def _write_finding(store: Store, patient: str, wish: Wish, submission: Submission) -> Written:
    facts = build(FindingFacts, submission.values)
    if wish.finding:
        step = store.findings.change(wish.finding, facts)
        return Written(wish.finding, step, FormKind.FINDING)
    finding, step = store.findings.add(patient, facts)
    return Written(finding.id, step, FormKind.FINDING)


def _write_measure(store: Store, patient: str, wish: Wish, submission: Submission) -> Written:
    facts = build(MeasureFacts, submission.values)
    if wish.measure:
        step = store.measures.change(wish.measure, facts)
        return Written(wish.measure, step, FormKind.MEASURE)
    measure, step = store.measures.add_alone(patient, facts)
    return Written(measure.id, step, FormKind.MEASURE)


def _write_given(store: Store, wish: Wish, submission: Submission) -> Written:
    told = Giving(**{name: str(text) for name, text in submission.values.items()})
    today = store.today()
    if not wish.dose:
        step = store.treatments.give(wish.treatment, today, told)
        return Written(wish.treatment, step, follows=_side_effect(told, PartialDate.of(today)))
    run = run_of(wish, store.treatments.get(wish.treatment))
    step = store.treatments.tell_given(wish.treatment, wish.dose, told)
    is_new = told.reaction != run.facts.reaction
    return Written(wish.treatment, step, follows=_side_effect(told, run.start) if is_new else None)


def _side_effect(told: Giving, day: PartialDate | None) -> Wish | None:
    """Return the event that a reaction may be marked as, by whoever thinks so."""
    if not told.reaction:
        return None
    return Wish(FormKind.EVENT, code="side_effect", day=day, note=told.reaction)


def _write_event(store: Store, patient: str, wish: Wish, submission: Submission) -> str:
    if wish.event:
        known = store.events.get(wish.event).facts
        store.events.change(
            wish.event, build(EventFacts, {**values_of(known), **submission.values})
        )
        return wish.event
    facts = build(EventFacts, {**submission.values, "author": store.user.name})
    return store.events.add(patient, facts).id
