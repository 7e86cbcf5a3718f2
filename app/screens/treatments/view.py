"""Treatments as cards, doses and events as lines, made from a patient's record."""

from datetime import date

from msgspec import Struct

from app.errors import N_
from app.language import Words
from app.records.doses import DoseRun, runs_of
from app.records.lists import code_list
from app.records.model import DoseStep, Event, PatientRecord, Treatment
from app.screens.identity import Identity, identity
from app.trends.measures import latest_measures
from app.trends.since import start_order
from app.wording.people import one_line
from app.wording.spans import event_span_words, run_span_words, treatment_span_words
from app.wording.treatments import agent_title, given_words, note_words, route_words
from app.wording.visits import author_words, event_note, event_title

PRESETS = ("prednisolone", "dexamethasone", "ivig", "rituximab", "cyclophosphamide", "clonazepam")
"""The usual agents, one tap each; every other one stands in the list."""
EVENT_PRESETS = ("relapse", "fever", "infection", "vaccination", "report")
"""The usual events, one tap each."""


class DoseLine(Struct, frozen=True):
    """One dose step in words; ``dose`` is the stored step that editing starts from."""

    dose: DoseStep
    text: str


class TreatmentCard(Struct, frozen=True):
    """One treatment: its title, its dates with route, note and code, its doses."""

    treatment: Treatment
    title: str
    facts: str
    doses: tuple[DoseLine, ...]


class EventLine(Struct, frozen=True):
    """One event in words; ``event`` is what editing starts from."""

    event: Event
    title: str
    facts: str


class TreatmentsView(Struct, frozen=True):
    """The whole screen. ``can_add`` is false for a patient who is marked entered in error."""

    identity: Identity
    caution: str
    treatments: tuple[TreatmentCard, ...]
    events: tuple[EventLine, ...]
    empty: str
    no_events: str
    can_add: bool


def treatments_view(record: PatientRecord, words: Words, today: date) -> TreatmentsView:
    """Make the screen: treatments by start with unknown starts last, the latest event first."""
    ordered = sorted(record.treatments, key=start_order)
    events = sorted(record.events, key=_by_day, reverse=True)
    return TreatmentsView(
        identity=identity(record.patient.facts, words, today, has_namesake=record.has_namesake),
        caution=words(record.patient.caution),
        treatments=tuple(_card(treatment, today, words) for treatment in ordered),
        events=tuple(_event_line(event, words) for event in events),
        empty=words(N_("No treatment recorded yet. Choose one above to begin.")),
        no_events=words(N_("No event recorded yet: a relapse, a fever, an operation.")),
        can_add=record.patient.error_reason is None,
    )


def dose_text(run: DoseRun, day: date, words: Words) -> str:
    """Return ``0.4 g/kg daily, 6 Jan 2025 to 10 Jan 2025 · note``."""
    dates = run_span_words(run, day, words)
    given = words(N_("{dose}, {dates}"), dose=given_words(run.step, words), dates=dates)
    return words.dotted((given, one_line(run.facts.note)))


def weight_text(record: PatientRecord, words: Words) -> str:
    """Return the last recorded weight with its date, or nothing."""
    weights = latest_measures(record, "weight_kg")
    if not weights:
        return ""
    return words(
        N_("Last weight: {weight} kg on {date}"),
        weight=words.together(words.number(each.facts.value) for each in weights),
        date=words.short_date(weights[0].facts.date),
    )


def _card(treatment: Treatment, day: date, words: Words) -> TreatmentCard:
    code = code_list("agents").get(treatment.facts.agent).code_in("ATC")
    facts = (
        treatment_span_words(treatment, day, words),
        route_words(treatment.facts.route, words),
        note_words(treatment),
        words(N_("ATC {code}"), code=code) if code else "",
    )
    return TreatmentCard(
        treatment=treatment,
        title=agent_title(treatment, words),
        facts=words.dotted(facts),
        doses=tuple(DoseLine(run.step, dose_text(run, day, words)) for run in runs_of(treatment)),
    )


def _event_line(event: Event, words: Words) -> EventLine:
    dates = event_span_words(event.facts.date, event.facts.stop, words)
    return EventLine(
        event=event,
        title=event_title(event, words),
        facts=words.dotted((dates, author_words(event, words), event_note(event))),
    )


def _by_day(event: Event) -> tuple[date, str]:
    return event.facts.date.first, event.id
