"""What a form of the treatments screen begins with, as frozen values made from a record."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.dates import PartialDate, iso
from app.errors import N_, UserError
from app.language import Words
from app.records.fields import texts_of
from app.records.model import DoseStep, Event, PatientRecord, Treatment
from app.screens.treatments.drafts import WEIGHED_ON, FormKind, Typed, Wish
from app.screens.treatments.view import weight_text
from app.wording.treatments import agent_title


@dataclass(frozen=True, slots=True)
class FormView:
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


def _treatment_form(wish: Wish, record: PatientRecord, words: Words) -> FormView:
    if not wish.treatment:
        typed = {"agent": wish.code}
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
    """Begin where the last step ended, in its unit and rhythm; the first one with the start."""
    if not treatment.doses:
        return {"start": iso(treatment.facts.start)}
    last = max(treatment.doses, key=_by_start).facts
    return {"unit": last.unit, "frequency": last.frequency, "start": _day_after(last.stop)}


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
