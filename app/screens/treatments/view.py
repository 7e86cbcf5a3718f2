"""Treatments by how they stand today, each as a card with its table, and events, as values."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.actions import Action, May, anything
from app.records.declaration import JUDGED, SUSPECTED
from app.records.doses import (
    DoseRun,
    Standing,
    end_of,
    is_one_act,
    running_doses,
    runs_of,
    standing_on,
)
from app.records.lists import code_list
from app.records.model import (
    ClinicalFinding,
    DoseStep,
    Event,
    Measure,
    PatientRecord,
    Treatment,
)
from app.screens.identity import Identity, identity
from app.screens.offers import offers
from app.screens.treatments.giving_view import GivingLine, giving_line
from app.trends.day import record_on, without_planned
from app.trends.lanes import CLASS_ORDER
from app.trends.since import agent_class, start_order
from app.wording.findings import finding_title, next_look_words, result_words
from app.wording.people import one_line
from app.wording.spans import (
    event_span_words,
    pause_words,
    span_words,
    stop_reason_words,
    treatment_span_words,
)
from app.wording.treatments import (
    agent_name,
    agent_title,
    amount_words,
    given_words,
    giving_words,
    note_words,
    often_words,
    per_words,
    planned_dose_words,
    route_words,
)
from app.wording.visits import author_words, event_note, event_title
from app.wording.weights import weight_words, weights_of
from widgets.values import Choice

PRESETS = ("prednisolone", "dexamethasone", "ivig", "rituximab", "cyclophosphamide", "clonazepam")
"""The usual agents, one tap each; every other one stands in the list."""
EVENT_PRESETS = (
    "suspected_relapse", "relapse", "remission", "fever", "infection", "side_effect",
    "vaccination", "report",
)  # fmt: skip
"""The usual events, one tap each, as far as whoever looks may record them."""
MEASURE_KINDS = (
    "weight_kg", "height_cm", "bp_systolic", "bp_diastolic", "igg_g_l", "blood_b_cells_per_ul",
    "csf_b_cells_percent",
)  # fmt: skip
"""The usual measures, one tap each; every other one stands in the list."""
FINDING_KINDS = ("tumour", "antibody", "csf", "imaging", "development")
"""What is looked for, one tap each."""


class StepLine(Struct, frozen=True):
    """One row of a treatment's table in words; ``mark`` says “now” or “planned”, or nothing."""

    id: str
    start: str
    stop: str
    dose: str
    often: str
    mark: str = ""
    is_now: bool = False
    is_planned: bool = False


class TreatmentCard(Struct, frozen=True):
    """One treatment: title, facts on one line, how it stands, and its table where it has one.

    ``pause`` says since when nothing is given, and is empty unless it is paused; ``giving`` is
    what can be recorded today of its doses.
    """

    id: str
    title: str
    facts: str
    standing: Standing
    steps: tuple[StepLine, ...] = ()
    pause: str = ""
    giving: GivingLine | None = None


class EventLine(Struct, frozen=True):
    """One event in words.

    ``can_judge`` says that whoever looks may confirm or dismiss it, ``can_change`` correct it.
    """

    id: str
    title: str
    facts: str
    can_change: bool = True
    can_judge: bool = False


class FindingLine(Struct, frozen=True):
    """One finding in words; ``can_change`` says that whoever looks may correct it."""

    id: str
    title: str
    facts: str
    can_change: bool = True


class MeasureLine(Struct, frozen=True):
    """One number in words; ``can_change`` says that whoever looks may correct it here."""

    id: str
    value: str
    facts: str
    can_change: bool = True


class MeasureCard(Struct, frozen=True):
    """What was measured of one kind, the newest first."""

    kind: str
    title: str
    lines: tuple[MeasureLine, ...]


class TreatmentsView(Struct, frozen=True):
    """The whole screen: what runs or is paused, is planned, has ended; what is dated besides.

    ``running_title`` and ``planned_title`` head what has not ended, and say so of a patient who
    died: nothing runs now, and nothing is still to come. ``stopped_line`` names what has ended,
    ``empty`` says that nothing runs. ``can_add`` is false
    for a patient who is marked entered in error. ``told`` says who records something here, where
    whoever looks may not, and then nothing is offered; ``event_presets`` are the usual events.
    """

    identity: Identity
    caution: str
    running_title: str
    planned_title: str
    running: tuple[TreatmentCard, ...]
    planned: tuple[TreatmentCard, ...]
    stopped: tuple[TreatmentCard, ...]
    stopped_line: str
    events: tuple[EventLine, ...]
    weight: str
    empty: str
    no_events: str
    can_add: bool
    event_presets: tuple[Choice, ...] = ()
    told: str = ""
    findings: tuple[FindingLine, ...] = ()
    measures: tuple[MeasureCard, ...] = ()

    @property
    def can_write(self) -> bool:
        """Whether whoever looks may record something here."""
        return not self.told


class _Parts(Struct, frozen=True):
    """The treatments by how they stand: what runs in the order of lanes, what ended last first."""

    running: Sequence[Treatment]
    planned: Sequence[Treatment]
    ended: Sequence[Treatment]


def _parted(treatments: Iterable[Treatment], day: date) -> _Parts:
    """Part treatments; single doses that go on stand below what runs."""
    ordered = sorted(treatments, key=start_order)
    standing = {each.id: _stands(each, day) for each in ordered}
    on = sorted((each for each in ordered if standing[each.id] in _ON), key=_class_of)
    stopped = [each for each in ordered if standing[each.id] is Standing.ENDED]
    return _Parts(
        running=sorted(on, key=lambda each: standing_on(each, day) is Standing.ENDED),
        planned=[each for each in ordered if standing[each.id] is Standing.PLANNED],
        ended=sorted(stopped, key=_by_stop, reverse=True),
    )


def treatments_view(
    record: PatientRecord,
    words: Words,
    today: date,
    may: May = anything,
    *,
    is_today: bool = True,
) -> TreatmentsView:
    """Make the screen: what runs in the order of the chart's lanes, what ended last first.

    Of a patient who died, treatments are told as they stood at the death. Where another day is
    shown than the day it is, no dose can be recorded as given.
    """
    patient = record.patient.facts
    is_over, day = patient.has_died_by(today), patient.last_day(today)
    parts = _parted(record.treatments, day)
    happened = record_on(record, today).events
    can_add = record.patient.error_reason is None
    can_give = can_add and is_today and not is_over and may(Action.GIVE_DOSE)
    cards = partial(_cards, words=words, today=day, can_give=can_give)
    return TreatmentsView(
        identity=identity(record.patient.facts, words, today, has_namesake=record.has_namesake),
        caution=words(record.patient.caution),
        running_title=words(_RUNNING_TITLES[is_over]),
        planned_title=words(_PLANNED_TITLES[is_over]),
        running=_cards_at_death(parts.running, words, day) if is_over else cards(parts.running),
        planned=cards(parts.planned),
        stopped=_cards(parts.ended, words, day),
        stopped_line=_stopped_line(parts.ended, day, words),
        events=tuple(
            _event_line(event, words, may) for event in sorted(happened, key=by_day, reverse=True)
        ),
        weight=weight_words(weights_of(record, today), today, words),
        empty=words(
            N_("No treatment is running.")
            if record.treatments
            else N_("No treatment recorded yet.")
        ),
        no_events=words(N_("No event recorded yet: a relapse, a fever, an operation.")),
        can_add=can_add,
        event_presets=tuple(one for one in event_kinds(words, may) if one.id in EVENT_PRESETS),
        told="" if may(Action.ADD_TREATMENT) else words(_WHO_RECORDS),
        findings=_finding_lines(record_on(record, today), words, today, may),
        measures=_measure_cards(record_on(record, today), words, may),
    )


def _finding_lines(
    record: PatientRecord, words: Words, today: date, may: May
) -> tuple[FindingLine, ...]:
    return tuple(
        FindingLine(
            id=each.id,
            title=finding_title(each, words),
            facts=words.dotted(
                (
                    words.short_date(each.facts.date),
                    result_words(each.facts, words),
                    next_look_words(each, record, today, words),
                    one_line(each.facts.note),
                )
            ),
            can_change=may(Action.CHANGE_FINDING),
        )
        for each in sorted(record.findings, key=by_day, reverse=True)
    )


def _measure_cards(record: PatientRecord, words: Words, may: May) -> tuple[MeasureCard, ...]:
    """Return a card for each kind in the order of its list."""
    newest_first = sorted(record.measures, key=by_day, reverse=True)
    cards = []
    for kind in code_list("measure_kinds").entries:
        found = [one for one in newest_first if one.facts.kind == kind.id]
        if found:
            lines = tuple(_measure_line(one, words, may) for one in found)
            cards.append(MeasureCard(kind.id, words(kind.title), lines))
    return tuple(cards)


def _measure_line(measure: Measure, words: Words, may: May) -> MeasureLine:
    facts, is_of_visit = measure.facts, measure.visit is not None
    told = (
        words.short_date(facts.date),
        words(N_("measured at a visit")) if is_of_visit else "",
        one_line(facts.note),
    )
    return MeasureLine(
        id=measure.id,
        value=words.number(facts.value),
        facts=words.dotted(told),
        can_change=not is_of_visit and may(Action.CHANGE_MEASURE),
    )


_WHO_RECORDS = N_(
    "A nurse or a physician records treatments, events, findings and measures. Please ask one."
)


def event_kinds(words: Words, may: May) -> tuple[Choice, ...]:
    """Return the kinds of events that whoever looks may record."""
    listed = offers("event_kinds", words)
    return listed if may(Action.ADD_JUDGED) else tuple(x for x in listed if x.id not in JUDGED)


_ON = frozenset({Standing.RUNNING, Standing.PAUSED})
_RUNNING_TITLES = (N_("Running now"), N_("Running at the time of death"))
_PLANNED_TITLES = (N_("Planned"), N_("Planned, not begun"))
"""Headings of a patient who lives, and of one who died."""


def _stands(treatment: Treatment, day: date) -> Standing:
    """Return how a treatment stands here: single doses go on until a stop is recorded.

    The next one is recorded on its card, whose dates say that none lies ahead.
    """
    standing = standing_on(treatment, day)
    is_open = standing is Standing.ENDED and treatment.facts.stop is None
    return Standing.RUNNING if is_open and not is_one_act(treatment) else standing


def _cards_at_death(
    treatments: Iterable[Treatment], words: Words, day: date
) -> tuple[TreatmentCard, ...]:
    """Return cards without what lay ahead of the death; nothing on them is “now”."""
    cards = _cards(without_planned(treatments, day), words, day)
    return tuple(
        replace(card, steps=tuple(replace(step, mark="", is_now=False) for step in card.steps))
        for card in cards
    )


def _cards(
    treatments: Iterable[Treatment], words: Words, today: date, *, can_give: bool = False
) -> tuple[TreatmentCard, ...]:
    return tuple(
        replace(_card(one, words, today), giving=giving_line(one, words, today))
        if can_give
        else _card(one, words, today)
        for one in treatments
    )


def _card(treatment: Treatment, words: Words, today: date) -> TreatmentCard:
    standing = _stands(treatment, today)
    runs = runs_of(treatment)
    is_told = _is_told_in_line(treatment, runs)
    code = code_list("agents").get(treatment.facts.agent).code_in("ATC")
    facts = (
        route_words(treatment.facts, words),
        _span(treatment, standing, words, today),
        stop_reason_words(treatment, today, words),
        _dose_in_line(runs[0], words) if is_told else "",
        note_words(treatment),
        words(N_("ATC {code}"), code=code) if code else "",
    )
    return TreatmentCard(
        id=treatment.id,
        title=agent_title(treatment, words),
        facts=words.dotted(facts),
        standing=standing,
        steps=() if is_told else step_lines(treatment, words, today),
        pause=pause_words(treatment, today, words) if standing is Standing.PAUSED else "",
    )


def _is_told_in_line(treatment: Treatment, runs: tuple[DoseRun, ...]) -> bool:
    """Whether one dose goes with the whole treatment, so that it needs no table."""
    if len(runs) != 1 or runs[0].facts.is_pause:
        return False
    own = runs[0].facts
    return own.start in {None, treatment.facts.start} and own.stop in {None, treatment.facts.stop}


def _dose_in_line(run: DoseRun, words: Words) -> str:
    return words.dotted((given_words(run.step, words), *_beside_dose(run.step, words)))


def _beside_dose(step: DoseStep, words: Words) -> tuple[str, ...]:
    """Return what stands beside a dose: its note, and what is known of how it was given."""
    facts = step.facts
    return one_line(facts.note), planned_dose_words(facts, words), giving_words(facts, words)


def _span(treatment: Treatment, standing: Standing, words: Words, today: date) -> str:
    """Return from when to when; a pause stands on a line of its own."""
    if standing is Standing.PAUSED:
        return span_words(treatment.facts.start, treatment.facts.stop, words)
    return treatment_span_words(treatment, today, words)


def step_lines(treatment: Treatment, words: Words, today: date) -> tuple[StepLine, ...]:
    """Return the table of a treatment in words; what would lie after its stop is left out."""
    now = {run.step.id for run in running_doses(treatment, PartialDate.of(today))}
    is_on = standing_on(treatment, today) in _ON
    lines, above = [], ""
    for run in runs_of(treatment):
        is_beside = bool(above) and run.facts.together == above
        lines.append(
            _step_line(run, words, today, is_now=is_on and run.step.id in now, is_beside=is_beside)
        )
        above = run.facts.together
    return tuple(lines)


def _step_line(
    run: DoseRun, words: Words, today: date, *, is_now: bool, is_beside: bool
) -> StepLine:
    is_planned = run.is_planned(today)
    mark = N_("planned") if is_planned else N_("now") if is_now else ""
    is_one_day = run.facts.is_single and run.stop == run.start
    beside = words(N_("together with the row above")) if is_beside else ""
    return StepLine(
        id=run.step.id,
        start=words(N_("not recorded")) if run.start is None else words.short_date(run.start),
        stop="" if run.stop is None or is_one_day else words.short_date(run.stop),
        dose=_dose(run, words),
        often=words.dotted(
            (_rhythm(run, words), beside, *_beside_dose(run.step_on(today), words))
        ),
        mark=words(mark),
        is_now=is_now,
        is_planned=is_planned,
    )


def _dose(run: DoseRun, words: Words) -> str:
    if run.facts.is_pause:
        return words(N_("pause"))
    return amount_words(run.facts.dose, run.facts.unit, words)


def _rhythm(run: DoseRun, words: Words) -> str:
    """Return how often a dose is given, and whether it is meant each time or for the day."""
    if run.facts.is_pause:
        return ""
    return words.dotted((often_words(run.facts, words), per_words(run.step, words)))


def _stopped_line(treatments: Iterable[Treatment], day: date, words: Words) -> str:
    told = tuple(_stopped(one, day, words) for one in treatments)
    if not told:
        return ""
    return words(
        N_("Stopped: {count} ({treatments})"), count=len(told), treatments=words.dotted(told)
    )


def _stopped(treatment: Treatment, day: date, words: Words) -> str:
    agent = agent_name(treatment, words)
    if treatment.facts.stop is None:
        dates = treatment_span_words(treatment, day, words)
        return words(N_("{agent}, {dates}"), agent=agent, dates=dates)
    until = words.short_date(treatment.facts.stop)
    return words(N_("{agent}, to {date}"), agent=agent, date=until)


def _event_line(event: Event, words: Words, may: May) -> EventLine:
    changing = Action.CHANGE_JUDGED if event.facts.kind in JUDGED else Action.CHANGE_EVENT
    dates = event_span_words(event.facts.date, event.facts.stop, words)
    return EventLine(
        id=event.id,
        title=event_title(event, words),
        facts=words.dotted((dates, author_words(event, words), event_note(event))),
        can_change=may(changing),
        can_judge=event.facts.kind == SUSPECTED and may(Action.CONFIRM_RELAPSE),
    )


def _class_of(treatment: Treatment) -> int:
    """Return where the class of an agent stands, as in the lanes of the chart."""
    return CLASS_ORDER.index(agent_class(treatment))


def by_day(one: Event | ClinicalFinding | Measure) -> tuple[date, str]:
    """Return by what things of a day are sorted."""
    return one.facts.date.first, one.id


def _by_stop(treatment: Treatment) -> tuple[date, str]:
    end = end_of(treatment)
    return (date.min if end is None else end.last), treatment.id
