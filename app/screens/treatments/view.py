"""What the treatments screen shows, as frozen values made from a patient's record."""

from dataclasses import dataclass
from datetime import date

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records import codes
from app.records.model import DoseStep, Event, PatientRecord, Treatment
from app.screens.identity import Identity, identity
from widgets.values import Choice

PRESETS = ("prednisolone", "dexamethasone", "ivig", "rituximab", "cyclophosphamide", "clonazepam")
"""The usual agents, one tap each; every other one stands in the list."""
EVENT_PRESETS = ("relapse", "fever", "infection", "vaccination")
"""The usual events, one tap each."""


@dataclass(frozen=True, slots=True)
class DoseLine:
    """One dose step in words; ``dose`` is the stored step that editing starts from."""

    dose: DoseStep
    text: str


@dataclass(frozen=True, slots=True)
class TreatmentCard:
    """One treatment: its title, its dates with route, note and code, its doses."""

    treatment: Treatment
    title: str
    facts: str
    doses: tuple[DoseLine, ...]


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event in words; ``event`` is what editing starts from."""

    event: Event
    title: str
    facts: str


@dataclass(frozen=True, slots=True)
class TreatmentsView:
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
    ordered = sorted(record.treatments, key=_by_start)
    events = sorted(record.events, key=_by_day, reverse=True)
    return TreatmentsView(
        identity=identity(record.patient.facts, words, today),
        caution=words(record.patient.caution),
        treatments=tuple(_card(treatment, words) for treatment in ordered),
        events=tuple(_event_line(event, words) for event in events),
        empty=words(N_("No treatment recorded yet. Choose one above to begin.")),
        no_events=words(N_("No event recorded yet: a relapse, a fever, an operation.")),
        can_add=record.patient.error_reason is None,
    )


def listed(entries: tuple[codes.Code, ...], words: Words) -> tuple[Choice, ...]:
    """Return a code list with its titles in the language of ``words``."""
    return tuple(Choice(entry.id, words(entry.title)) for entry in entries)


def dose_text(dose: DoseStep, words: Words) -> str:
    """Return ``0.4 g/kg daily, 6 Jan 2025 – 10 Jan 2025 · note``."""
    amount = words(
        N_("{dose} {unit}"),
        dose=words.number(dose.facts.dose),
        unit=words(codes.title_of(codes.UNITS, dose.facts.unit)),
    )
    rhythm = (
        words(codes.title_of(codes.FREQUENCIES, dose.facts.frequency))
        if dose.facts.frequency
        else ""
    )
    given = " ".join(part for part in (amount, rhythm) if part)
    told = ", ".join((given, dates_text(dose.facts.start, dose.facts.stop, words)))
    return " · ".join(part for part in (told, dose.facts.note) if part)


def dates_text(start: PartialDate | None, stop: PartialDate | None, words: Words) -> str:
    """Return ``6 Jan 2025 – 10 Jan 2025`` or what is known of it."""
    if start is None and stop is None:
        return words(N_("start not known"))
    if start is None:
        return words(N_("until {stop}, start not known"), stop=words.short_date(stop))
    if stop is None:
        return words(N_("since {start}"), start=words.short_date(start))
    if start == stop:
        return words.short_date(start)
    return words(
        N_("{start} – {stop}"), start=words.short_date(start), stop=words.short_date(stop)
    )


def agent_title(treatment: Treatment, words: Words) -> str:
    """Return the agent's title; for another treatment its note."""
    if treatment.facts.agent == codes.OTHER:
        return treatment.facts.note
    return words(codes.agent(treatment.facts.agent).title)


def weight_text(record: PatientRecord, words: Words) -> str:
    """Return the last recorded weight with its date, or nothing."""
    weights = [each for each in record.measures if each.facts.kind == "weight_kg"]
    if not weights:
        return ""
    last = max(weights, key=lambda each: (each.facts.date.first, each.id))
    return words(
        N_("Last weight: {weight} kg on {date}"),
        weight=words.number(last.facts.value),
        date=words.short_date(last.facts.date),
    )


def _card(treatment: Treatment, words: Words) -> TreatmentCard:
    agent = codes.agent(treatment.facts.agent)
    note = "" if treatment.facts.agent == codes.OTHER else treatment.facts.note
    route = (
        words(codes.title_of(codes.ROUTES, treatment.facts.route)) if treatment.facts.route else ""
    )
    code = words(N_("ATC {code}"), code=agent.atc) if agent.atc else ""
    facts = (dates_text(treatment.facts.start, treatment.facts.stop, words), route, note, code)
    return TreatmentCard(
        treatment=treatment,
        title=agent_title(treatment, words),
        facts=" · ".join(part for part in facts if part),
        doses=tuple(DoseLine(dose, dose_text(dose, words)) for dose in treatment.doses),
    )


def _event_line(event: Event, words: Words) -> EventLine:
    author = words(N_("marked by {name}"), name=event.facts.author) if event.facts.author else ""
    facts = (_event_dates(event, words), author, event.facts.note)
    return EventLine(
        event=event,
        title=words(codes.title_of(codes.EVENT_KINDS, event.facts.kind)),
        facts=" · ".join(part for part in facts if part),
    )


def _event_dates(event: Event, words: Words) -> str:
    if event.facts.stop is None:
        return words.short_date(event.facts.date)
    return dates_text(event.facts.date, event.facts.stop, words)


def _by_start(treatment: Treatment) -> tuple[bool, date, str]:
    start = treatment.facts.start
    return start is None, date.max if start is None else start.first, treatment.facts.treatment_id


def _by_day(event: Event) -> tuple[date, str]:
    return event.facts.date.first, event.id
