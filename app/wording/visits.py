"""What a visit, an event, a measure and a lasting trouble say of themselves."""

from datetime import date

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.lists import code_list
from app.records.model import (
    Event,
    MeasureFacts,
    PatientRecord,
    SequelaFacts,
    Visit,
    VisitContext,
    VisitState,
    expected_next,
)
from app.wording.people import one_line, role_words
from app.wording.spans import event_span_words


def context_words(context: VisitContext, words: Words) -> tuple[tuple[str, str], ...]:
    """Return what was going on around a visit: each title with what is recorded, or with ""."""
    told = (
        (N_("Slept"), "slept", context.slept),
        (N_("Fever or infection"), "ill", context.ill),
        (N_("Missed dose"), "missed_dose", context.missed_dose),
        (N_("Cooperation"), "cooperation", context.cooperation),
    )
    return tuple(
        (words(title), words(code_list(name).title_of(value))) for title, name, value in told
    )


def signature_words(visit: Visit, words: Words) -> str:
    """Return who closed a visit, as whom, when and what it meant; empty while nobody has."""
    signed, is_imported = visit.signature, visit.state is VisitState.IMPORTED
    if signed is None:
        return words(N_("Signed as imported.")) if is_imported else ""
    text = N_("Signed by {name}, {role}, {moment}: {meaning}")
    if is_imported:
        text = N_("Brought in by {name}, {role}, {moment}.")
    return words(
        text,
        name=signed.name,
        role=role_words(signed.role, words),
        moment=words.moment(signed.moment),
        meaning=words(signed.meaning),
    )


def amendment_words(visit: Visit, words: Words) -> str:
    """Return which version a visit is and why it was amended; empty for one that was not."""
    if not visit.amend_reason:
        return ""
    text = N_("Version {version} of this visit. Why it was amended: {reason}")
    return words(text, version=visit.version, reason=visit.amend_reason)


def next_visit_on(record: PatientRecord, today: date) -> PartialDate | None:
    """Return the day on which the patient is expected, unless it is over or was met."""
    last = record.visits[-1].facts.date if record.visits else None
    day = expected_next(record.patient.facts, last)
    return None if day is None or day.last < today else day


def version_words(version: str, words: Words) -> str:
    """Return the version of a scale: “version 1.0”."""
    return words(N_("version {version}"), version=version)


def event_title(event: Event, words: Words) -> str:
    """Return what happened, by its kind."""
    return words(code_list("event_kinds").title_of(event.facts.kind))


def event_words(event: Event, words: Words) -> str:
    """Return which event is meant: what happened, and when."""
    when = event_span_words(event.facts.date, event.facts.stop, words)
    return words(N_("{event}, {date}"), event=event_title(event, words), date=when)


def author_words(event: Event, words: Words) -> str:
    """Return who marked an event; empty where nobody is recorded."""
    author = one_line(event.facts.author)
    return words(N_("marked by {author}"), author=author) if author else ""


def event_note(event: Event) -> str:
    """Return the note of an event on one line."""
    return one_line(event.facts.note)


def measure_title(facts: MeasureFacts, words: Words) -> str:
    """Return what was measured, with its unit: “Weight (kg)”."""
    return words(code_list("measure_kinds").title_of(facts.kind))


def measured_words(facts: MeasureFacts, words: Words) -> str:
    """Return the number that was measured, with its note as it was typed: “3.1 (limit 2.9)”."""
    number, note = words.number(facts.value), one_line(facts.note)
    return words(N_("{number} ({note})"), number=number, note=note) if note else number


def sequela_words(facts: SequelaFacts, words: Words) -> str:
    """Return a lasting trouble with its state and its note: “Speech: No (since May)”."""
    kind = words(code_list("sequela_kinds").title_of(facts.kind))
    state = words(code_list("sequela_states").title_of(facts.state))
    told, note = words(N_("{title}: {value}"), title=kind, value=state), one_line(facts.note)
    return words(N_("{state} ({note})"), state=told, note=note) if note else told
