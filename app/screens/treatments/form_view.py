"""The values a form begins with, and the doubts it asks back. Free of Qt."""

from datetime import date, timedelta

from msgspec import Struct

from app.dates import PartialDate, iso
from app.errors import N_, NN_, UserError
from app.language import Words
from app.records.fields import build, texts_of
from app.records.lists import code_list
from app.records.model import DoseFacts, DoseStep, Event, PatientRecord, Treatment
from app.screens.ask import Loss
from app.screens.offers import ERROR_REASONS, ready_reasons
from app.screens.treatments.form_values import WEIGHED_ON, FormKind, Submission, Typed, Wish
from app.screens.treatments.view import weight_text
from app.screens.typing_limits import dose_doubt, measure_doubt
from app.wording.treatments import agent_title, dose_words
from app.wording.visits import event_title


class FormView(Struct, frozen=True):
    """A form. ``weight`` says the last weight in words; ``can_remove`` is false for a new one."""

    kind: FormKind
    heading: str
    typed: Typed
    can_remove: bool
    weight: str = ""


def form_view(wish: Wish, record: PatientRecord, words: Words, today: date) -> FormView:
    """Make the form for a wish; ``UserError`` where what it changes is not there any more."""
    if wish.kind is FormKind.TREATMENT:
        return _treatment_form(wish, record, words)
    if wish.kind is FormKind.DOSE:
        return _dose_form(wish, record, words, today)
    return _event_form(wish, record, words, today)


def usual_route(agent: str) -> str:
    """Return the route that is prefilled for an agent; empty where there is no usual one."""
    known = code_list("agents").find(agent)
    return "" if known is None else known.usual_route


def doubts_of(
    wish: Wish, submission: Submission, record: PatientRecord, words: Words
) -> tuple[str, ...]:
    """Return what is asked back: an unusual dose unless it stood there before, and a weight.

    ``UserError`` where the treatment is not there any more.
    """
    told = []
    if wish.kind is FormKind.DOSE:
        told.append(_dose_doubt(_treatment(wish, record), wish.dose, submission, words))
    if submission.weighing is not None:
        told.append(measure_doubt("weight_kg", submission.weighing.weight, words))
    return tuple(doubt for doubt in told if doubt)


def _dose_doubt(treatment: Treatment, dose: str, submission: Submission, words: Words) -> str:
    typed = build(DoseFacts, submission.values)
    known = next((each.facts for each in treatment.doses if each.id == dose), None)
    if known is not None and (known.dose, known.unit) == (typed.dose, typed.unit):
        return ""
    return dose_doubt(treatment.facts.agent, typed.dose, typed.unit, words)


def _treatment_form(wish: Wish, record: PatientRecord, words: Words) -> FormView:
    if not wish.treatment:
        typed = {"agent": wish.code, "route": usual_route(wish.code)}
        return FormView(FormKind.TREATMENT, words(N_("New treatment")), typed, can_remove=False)
    typed = texts_of(_treatment(wish, record).facts)
    return FormView(FormKind.TREATMENT, words(N_("Change treatment")), typed, can_remove=True)


def _dose_form(wish: Wish, record: PatientRecord, words: Words, today: date) -> FormView:
    treatment = _treatment(wish, record)
    heading = N_("Change a dose of {agent}") if wish.dose else N_("New dose of {agent}")
    typed = _typed_dose(treatment, wish.dose)
    return FormView(
        kind=FormKind.DOSE,
        heading=words(heading, agent=agent_title(treatment, words)),
        typed={**typed, WEIGHED_ON: today.isoformat()},
        can_remove=bool(wish.dose),
        weight=weight_text(record, words),
    )


def _typed_dose(treatment: Treatment, dose: str) -> Typed:
    if not dose:
        return _next_dose(treatment)
    step = next((each for each in treatment.doses if each.id == dose), None)
    if step is None:
        raise _gone()
    return texts_of(step.facts)


def _next_dose(treatment: Treatment) -> Typed:
    """Begin where the last step ended, in its rhythm; the first one with start and usual rhythm.

    The unit of a dose is always chosen, never prefilled.
    """
    if not treatment.doses:
        usual = code_list("agents").get(treatment.facts.agent).usual_frequency
        return {"start": iso(treatment.facts.start), "frequency": usual}
    last = max(treatment.doses, key=_by_start).facts
    return {"frequency": last.frequency, "start": _day_after(last.stop)}


def _by_start(step: DoseStep) -> date:
    return date.min if step.facts.start is None else step.facts.start.first


def _day_after(stop: PartialDate | None) -> str:
    if stop is None or not stop.is_full or stop.first == date.max:
        return ""
    return (stop.first + timedelta(days=1)).isoformat()


def _event_form(wish: Wish, record: PatientRecord, words: Words, today: date) -> FormView:
    if not wish.event:
        typed = {"kind": wish.code, "date": today.isoformat()}
        return FormView(FormKind.EVENT, words(N_("New event")), typed, can_remove=False)
    typed = texts_of(_event(wish, record).facts)
    return FormView(FormKind.EVENT, words(N_("Change event")), typed, can_remove=True)


def removal_loss(wish: Wish, record: PatientRecord, words: Words) -> Loss:
    """Return the question before a treatment, a dose or an event is removed."""
    text = N_("This goes: {what}. The journal keeps it. Why is it removed?")
    return Loss(
        words(N_("Remove from the record?")),
        words(text, what=_removed(wish, record, words)),
        words(N_("Remove")),
        ready_reasons(ERROR_REASONS, words),
    )


def _removed(wish: Wish, record: PatientRecord, words: Words) -> str:
    if wish.event:
        event = _event(wish, record)
        when = words.short_date(event.facts.date)
        return words(N_("{event}, {date}"), event=event_title(event, words), date=when)
    treatment = _treatment(wish, record)
    agent = agent_title(treatment, words)
    if not wish.dose:
        count = len(treatment.doses)
        forms = NN_("{agent} with {count} dose step", "{agent} with {count} dose steps")
        return words.plural(forms, count, agent=agent) if count else agent
    step = next((each for each in treatment.doses if each.id == wish.dose), None)
    if step is None:
        raise _gone()
    return words(N_("{agent}: {dose}"), agent=agent, dose=dose_words(step, words))


def _treatment(wish: Wish, record: PatientRecord) -> Treatment:
    for treatment in record.treatments:
        if treatment.id == wish.treatment:
            return treatment
    raise _gone()


def _event(wish: Wish, record: PatientRecord) -> Event:
    for event in record.events:
        if event.id == wish.event:
            return event
    raise _gone()


def _gone() -> UserError:
    return UserError(N_("This is not in the record any more."))
