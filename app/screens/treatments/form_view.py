"""The values a form begins with. Free of Qt."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from app.date_reader import DateReader
from app.dates import PartialDate, days_after, iso
from app.errors import N_, UserError
from app.language import Words
from app.records.actions import May, anything
from app.records.declaration import ONCE
from app.records.doses import DoseRun, runs_of
from app.records.fields import texts_of
from app.records.giving import NOTHING_DUE, due_dose
from app.records.lists import code_list
from app.records.model import (
    ClinicalFinding,
    DoseStep,
    Event,
    Measure,
    PatientRecord,
    Treatment,
)
from app.screens.treatments.form_values import (
    GIVING,
    WEIGHED_ON,
    Filled,
    FormKind,
    Typed,
    TypedStep,
    Wish,
)
from app.screens.treatments.giving_view import dated_dose, due_words
from app.screens.treatments.reading import Reader, day_text, number_text
from app.screens.treatments.view import StepLine, by_day, event_kinds, step_lines
from app.trends.day import record_on
from app.wording.changes import dated_words
from app.wording.treatments import agent_title
from app.wording.weights import weight_words, weights_of
from widgets.values import Choice


class FormView(Struct, frozen=True):
    """A form. ``lines`` are the rows of a table that only stand there, ``weight`` the last one.

    ``above`` is the last row that stands there, from which the next one goes on. ``event_kinds``
    are those that whoever looks may record, ``measured`` what was measured before of each kind.
    ``told`` says which dose a form is about.
    """

    kind: FormKind
    heading: str
    filled: Filled
    can_remove: bool = False
    weight: str = ""
    lines: tuple[StepLine, ...] = ()
    above: TypedStep | None = None
    event_kinds: tuple[Choice, ...] = ()
    measured: Mapping[str, str] = field(default_factory=dict)
    told: str = ""


def form_view(
    wish: Wish, record: PatientRecord, words: Words, today: date, may: May = anything
) -> FormView:
    """Make the form for a wish; ``UserError`` where what it changes is not there any more."""
    form = _FORMS[wish.kind](wish, record, words, today)
    if wish.kind is FormKind.EVENT:
        return replace(form, event_kinds=event_kinds(words, may))
    return form


def usual_route(agent: str) -> str:
    """Return the route that is prefilled for an agent; empty where there is no usual one."""
    known = code_list("agents").find(agent)
    return "" if known is None else known.usual_route


def usual_dose(agent: str) -> TypedStep:
    """Return the dose that a treatment begins with: how often is prefilled, where one is usual."""
    known = code_list("agents").find(agent)
    frequency = "" if known is None else known.usual_frequency
    return TypedStep(frequency=frequency, is_blank=True)


def typed_steps(steps: Sequence[DoseStep], words: Words) -> tuple[TypedStep, ...]:
    """Return stored steps as they stand in cells."""
    above = (None, *steps)
    pairs = zip(steps, above, strict=False)
    return tuple(_typed_step(step, before, words) for step, before in pairs)


def _typed_step(step: DoseStep, above: DoseStep | None, words: Words) -> TypedStep:
    facts = step.facts
    is_beside = above is not None and facts.together == above.facts.together
    typed = TypedStep(
        id=step.id,
        start=day_text(facts.start, words),
        stop=day_text(facts.stop, words),
        note=facts.note,
        is_pause=facts.is_pause,
        is_with_above=bool(facts.together) and is_beside,
    )
    if facts.is_pause:
        return typed
    return replace(
        typed,
        dose=words.number(facts.dose),
        unit=facts.unit,
        frequency=facts.frequency,
        per=facts.per,
    )


def next_step(above: TypedStep | None, reader: Reader) -> TypedStep:
    """Return the row after another: its rhythm goes on where it ended; the unit is chosen anew."""
    if above is None:
        return TypedStep(is_blank=True)
    frequency = "" if above.frequency == ONCE else above.frequency
    start = _day_after(above.stop, reader)
    return TypedStep(start=start, frequency=frequency, per=above.per, is_blank=True)


def _day_after(stop: str, reader: Reader) -> str:
    try:
        day = reader.day(stop)
    except UserError:
        return ""
    if day is None or not day.is_full or day.first == date.max:
        return ""
    return day_text(PartialDate.of(days_after(day.first, 1)), reader.words)


def _treatment_form(wish: Wish, record: PatientRecord, words: Words, today: date) -> FormView:
    fields = {"agent": wish.code, "route": usual_route(wish.code), WEIGHED_ON: today.isoformat()}
    return FormView(
        kind=wish.kind,
        heading=words(N_("New treatment")),
        filled=Filled(fields, (usual_dose(wish.code),)),
        weight=weight_words(weights_of(record, today), today, words),
    )


def _steps_form(wish: Wish, record: PatientRecord, words: Words, today: date) -> FormView:
    treatment = treatment_of(wish, record)
    stored = typed_steps(treatment.doses, words)
    above = stored[-1] if stored else None
    reader = Reader(DateReader(words, lambda: today))
    first = next_step(above, reader) if stored else _first_step(treatment, words)
    return FormView(
        kind=wish.kind,
        heading=words(N_("{agent}: next steps"), agent=agent_title(treatment, words)),
        filled=Filled({}, (first,)),
        weight=weight_words(weights_of(record, today), today, words),
        lines=step_lines(treatment, words, today),
        above=above,
    )


def _first_step(treatment: Treatment, words: Words) -> TypedStep:
    start = day_text(treatment.facts.start, words)
    return replace(usual_dose(treatment.facts.agent), start=start)


def _change_form(wish: Wish, record: PatientRecord, words: Words, today: date) -> FormView:
    treatment = treatment_of(wish, record)
    return FormView(
        kind=wish.kind,
        heading=words(N_("Change: {what}"), what=agent_title(treatment, words)),
        filled=Filled(texts_of(treatment.facts), typed_steps(treatment.doses, words)),
        can_remove=True,
        weight=weight_words(weights_of(record, today), today, words),
    )


def _stop_form(wish: Wish, record: PatientRecord, words: Words, today: date) -> FormView:
    treatment = treatment_of(wish, record)
    stop = treatment.facts.stop or PartialDate.of(today)
    return FormView(
        kind=wish.kind,
        heading=words(N_("Stop {agent}"), agent=agent_title(treatment, words)),
        filled=Filled({"stop": iso(stop), "stop_reason": treatment.facts.stop_reason}),
    )


def _given_form(wish: Wish, record: PatientRecord, words: Words, today: date) -> FormView:
    treatment = treatment_of(wish, record)
    name = {"agent": agent_title(treatment, words)}
    if wish.dose:
        run = run_of(wish, treatment)
        return FormView(
            kind=wish.kind,
            heading=words(N_("{agent}: dose given"), **name),
            filled=Filled({part: getattr(run.facts, part) for part in GIVING}),
            told=dated_dose(run, words),
        )
    due = due_dose(treatment, today)
    if due is None:
        raise UserError(NOTHING_DUE)
    return FormView(
        kind=wish.kind,
        heading=words(N_("{agent}: given today as planned"), **name),
        filled=Filled(dict.fromkeys(GIVING, "")),
        told=due_words(due, words),
    )


def _event_form(wish: Wish, record: PatientRecord, words: Words, today: date) -> FormView:
    if not wish.event:
        day = iso(wish.day or PartialDate.of(today))
        typed: Typed = {"kind": wish.code, "date": day, "note": wish.note}
        return FormView(wish.kind, words(N_("New event")), Filled(typed))
    typed = texts_of(event_of(wish, record).facts)
    return FormView(wish.kind, words(N_("Change event")), Filled(typed), can_remove=True)


def _finding_form(wish: Wish, record: PatientRecord, words: Words, today: date) -> FormView:
    if not wish.finding:
        typed: Typed = {"kind": wish.code, "date": today.isoformat()}
        return FormView(wish.kind, words(N_("New finding")), Filled(typed))
    typed = texts_of(finding_of(wish, record).facts)
    typed = {**typed, "value": number_text(typed["value"], words)}
    return FormView(wish.kind, words(N_("Change finding")), Filled(typed), can_remove=True)


def _measure_form(wish: Wish, record: PatientRecord, words: Words, today: date) -> FormView:
    known = record_on(record, today).measures
    measured = measured_before([one for one in known if one.id != wish.measure], words)
    if not wish.measure:
        typed: Typed = {"kind": wish.code, "date": today.isoformat()}
        heading = words(N_("New measure"))
        return FormView(wish.kind, heading, Filled(typed), measured=measured)
    typed = texts_of(measure_of(wish, record).facts)
    typed = {**typed, "value": number_text(typed["value"], words)}
    heading = words(N_("Change measure"))
    return FormView(wish.kind, heading, Filled(typed), can_remove=True, measured=measured)


_FEW = 3


def measured_before(measures: Sequence[Measure], words: Words) -> Mapping[str, str]:
    """Return the last few values of each kind with their dates, the newest first."""
    kinds: dict[str, list[Measure]] = {}
    for one in sorted(measures, key=by_day, reverse=True):
        kinds.setdefault(one.facts.kind, []).append(one)
    return {kind: _before_words(found[:_FEW], words) for kind, found in kinds.items()}


def _before_words(measures: Sequence[Measure], words: Words) -> str:
    told = (dated_words(words.number(one.facts.value), one.facts.date, words) for one in measures)
    return words(N_("Before: {values}"), values=words.dotted(told))


def treatment_of(wish: Wish, record: PatientRecord) -> Treatment:
    """Return the treatment that a wish names; ``UserError`` where it is not there any more."""
    for treatment in record.treatments:
        if treatment.id == wish.treatment:
            return treatment
    raise _gone()


def run_of(wish: Wish, treatment: Treatment) -> DoseRun:
    """Return the dose that a wish names; ``UserError`` where it is not there any more."""
    for run in runs_of(treatment):
        if run.step.id == wish.dose:
            return run
    raise _gone()


def event_of(wish: Wish, record: PatientRecord) -> Event:
    """Return the event that a wish names; ``UserError`` where it is not there any more."""
    for event in record.events:
        if event.id == wish.event:
            return event
    raise _gone()


def finding_of(wish: Wish, record: PatientRecord) -> ClinicalFinding:
    """Return the finding that a wish names; ``UserError`` where it is not there any more."""
    for finding in record.findings:
        if finding.id == wish.finding:
            return finding
    raise _gone()


def measure_of(wish: Wish, record: PatientRecord) -> Measure:
    """Return the measure that a wish names; ``UserError`` where it is not there any more."""
    for measure in record.measures:
        if measure.id == wish.measure:
            return measure
    raise _gone()


def _gone() -> UserError:
    return UserError(N_("This is not in the record any more."))


_FORMS: Mapping[FormKind, Callable[[Wish, PatientRecord, Words, date], FormView]] = {
    FormKind.TREATMENT: _treatment_form,
    FormKind.STEPS: _steps_form,
    FormKind.CHANGE: _change_form,
    FormKind.STOP: _stop_form,
    FormKind.EVENT: _event_form,
    FormKind.FINDING: _finding_form,
    FormKind.MEASURE: _measure_form,
    FormKind.GIVEN: _given_form,
}
