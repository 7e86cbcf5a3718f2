"""Treatments, events, measures, signature and sources, as the physician page tells them."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable, KeepTogether

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.codes import (
    EVENT_KINDS,
    MEASURE_KINDS,
    OTHER,
    ROLES,
    ROUTES,
    SEQUELA_KINDS,
    SEQUELA_STATES,
    agent,
    title_of,
)
from app.records.model import DoseStep, Event, Treatment, Visit, VisitState
from app.reports.matter import Matter
from app.reports.physician_course import heading
from app.reports.typeset import BODY, CAUTION, CELL, CELL_BOLD, CELL_SOFT, SOFT, SUBHEADING, Cell
from app.trends.doses import dose_words
from app.trends.naming import default_key
from app.trends.relapse import RELAPSE, relapse_words
from scales.model import Definition, Verified

_MOST_EVENTS = 40
NOT_VERIFIED = N_(
    "Criteria in our own words, not yet checked against the paper; "
    "check the original before clinical use."
)
_TREATMENT_TITLES = (N_("Treatment"), N_("Route"), N_("From"), N_("Until"), N_("Doses"))
_EVENT_TITLES = (N_("Date"), N_("Event"), N_("Told"))
_MEASURE_TITLES = (N_("Last measured"), N_("Value"), N_("Date"), N_("Note"))
_SEQUELA_TITLES = (N_("Lasting trouble"), N_("State"), N_("Date"), N_("Note"))


def treatments(matter: Matter) -> Iterator[Flowable]:
    """Return every treatment with its route, dates, dose steps and note."""
    found = matter.trend.record.treatments
    if not found:
        return
    yield from heading(matter, N_("Treatments"))
    rows = [_treatment_row(treatment, matter.words) for treatment in found]
    yield _table(matter, _TREATMENT_TITLES, rows, (0.24, 0.12, 0.13, 0.16, 0.35))


def _treatment_row(treatment: Treatment, words: Words) -> Sequence[Cell]:
    stop = words(N_("no stop recorded"))
    if treatment.facts.stop is not None:
        stop = words.short_date(treatment.facts.stop)
    doses = "\n".join(_step_words(step, words) for step in treatment.doses)
    note = "" if treatment.facts.agent == OTHER else treatment.facts.note
    return (
        (_agent_title(treatment, words), CELL_BOLD),
        (words(title_of(ROUTES, treatment.facts.route)), CELL),
        (words.short_date(treatment.facts.start), CELL),
        (stop, CELL),
        ("\n".join(part for part in (doses, note) if part), CELL),
    )


def _agent_title(treatment: Treatment, words: Words) -> str:
    if treatment.facts.agent == OTHER and treatment.facts.note:
        return treatment.facts.note
    return words(agent(treatment.facts.agent).title)


def _step_words(step: DoseStep, words: Words) -> str:
    return words(
        N_("{dates}: {dose}"),
        dates=_span(step.facts.start, step.facts.stop, words),
        dose=dose_words(step, words),
    )


def _span(start: PartialDate | None, stop: PartialDate | None, words: Words) -> str:
    if stop is None:
        return words(N_("from {date}"), date=words.short_date(start))
    if start == stop:
        return words.short_date(start)
    dates = {"start": words.short_date(start), "stop": words.short_date(stop)}
    return words(N_("{start} to {stop}"), **dates)


def events(matter: Matter) -> Iterator[Flowable]:
    """Return the events, the latest last; a relapse is told with what was recorded around it."""
    found = matter.trend.record.events
    if not found:
        return
    yield from heading(matter, N_("Events"))
    if len(found) > _MOST_EVENTS:
        text = N_("The record holds {count} events; the latest {shown} are listed.")
        words = matter.words(text, count=len(found), shown=_MOST_EVENTS)
        yield matter.typesetter.text(words, SOFT, matter.width)
    rows = [_event_row(matter, event) for event in found[-_MOST_EVENTS:]]
    yield _table(matter, _EVENT_TITLES, rows, (0.2, 0.2, 0.6))


def _event_row(matter: Matter, event: Event) -> Sequence[Cell]:
    words = matter.words
    when = words.short_date(event.facts.date)
    if event.facts.stop is not None:
        when = _span(event.facts.date, event.facts.stop, words)
    author = (
        words(N_("marked by {author}"), author=event.facts.author) if event.facts.author else ""
    )
    told = [author, event.facts.note]
    if event.facts.kind == RELAPSE:
        relapse = relapse_words(
            matter.trend, event, default_key(matter.trend, matter.catalogue) or "", words
        )
        told = [author, " ".join(relapse.sentences[1:])]
    kind = words(title_of(EVENT_KINDS, event.facts.kind))
    return ((when, CELL), (kind, CELL_BOLD), ("\n".join(part for part in told if part), CELL))


def measures(matter: Matter) -> Iterator[Flowable]:
    """Return the latest value of each kind of measure."""
    latest = {measure.facts.kind: measure for measure in matter.trend.record.measures}
    rows = [
        (
            (matter.words(code.title), CELL_SOFT),
            (matter.words.number(latest[code.id].facts.value), CELL_BOLD),
            (matter.words.short_date(latest[code.id].facts.date), CELL),
            (latest[code.id].facts.note, CELL),
        )
        for code in MEASURE_KINDS
        if code.id in latest
    ]
    if rows:
        yield from heading(matter, N_("Measures"))
        yield _table(matter, _MEASURE_TITLES, rows, (0.3, 0.12, 0.18, 0.4))


def sequelae(matter: Matter) -> Iterator[Flowable]:
    """Return the latest state of each lasting trouble."""
    latest = {each.facts.kind: each for each in matter.trend.record.sequelae}
    rows = [
        (
            (matter.words(code.title), CELL_SOFT),
            (matter.words(title_of(SEQUELA_STATES, latest[code.id].facts.state)), CELL_BOLD),
            (matter.words.short_date(latest[code.id].facts.date), CELL),
            (latest[code.id].facts.note, CELL),
        )
        for code in SEQUELA_KINDS
        if code.id in latest
    ]
    if rows:
        yield from heading(matter, N_("Lasting troubles"))
        yield _table(matter, _SEQUELA_TITLES, rows, (0.3, 0.12, 0.18, 0.4))


def signature(matter: Matter) -> Iterator[Flowable]:
    """Return who signed the last visit, as whom, when, and what signing meant."""
    if not matter.visits:
        return
    told = _signature_words(matter.visits[-1], matter.words)
    lines = [matter.typesetter.text(line, BODY, matter.width) for line in told]
    yield KeepTogether([*heading(matter, N_("Signature")), *lines])


def _signature_words(visit: Visit, words: Words) -> Iterator[str]:
    when = words.long_date(visit.facts.date)
    if visit.state is VisitState.IMPORTED or visit.signature is None:
        rater = visit.facts.rater or words(N_("not recorded"))
        yield words(N_("Visit of {date}: imported; rater {rater}."), date=when, rater=rater)
    if visit.signature is None:
        return
    signed = visit.signature
    text = N_("Visit of {date}: signed by {name}, {role}, {moment}.")
    if visit.state is VisitState.IMPORTED:
        text = N_("Brought in by {name}, {role}, {moment}.")
    role = words(title_of(ROLES, signed.role)).lower()
    yield words(text, date=when, name=signed.name, role=role, moment=words.moment(signed.moment))
    if signed.meaning:
        yield words(N_("Meaning of the signature: {meaning}"), meaning=words(signed.meaning))


def scales(matter: Matter) -> Iterator[Flowable]:
    """Return each scale used, its versions, its source, and how far it is verified."""
    used: dict[str, set[str]] = {}
    for visit in matter.visits:
        for sheet in visit.sheets:
            used.setdefault(sheet.scale, set()).add(sheet.version)
    if not used:
        return
    yield from heading(matter, N_("Scales and sources"), least=60)
    for definition in matter.catalogue.definitions:
        if definition.id in used:
            yield KeepTogether(list(_scale(matter, definition, sorted(used[definition.id]))))


def _scale(matter: Matter, definition: Definition, versions: Sequence[str]) -> Iterator[Flowable]:
    words, typesetter = matter.words, matter.typesetter
    version = words(N_("version {version}"), version=", ".join(versions))
    source = definition.source
    parts = [version, words(source.citation)]
    parts += [f"doi {source.doi}"] if source.doi else []
    parts += [f"PMID {source.pmid}"] if source.pmid else []
    yield typesetter.pieces((words(definition.title), SUBHEADING), (" · ".join(parts), SOFT))
    if definition.caution or definition.verified is Verified.NO:
        caution = words(definition.caution or NOT_VERIFIED)
        yield typesetter.text(caution, CAUTION, matter.width)


def _table(
    matter: Matter, titles: Sequence[str], rows: Sequence[Sequence[Cell]], shares: Sequence[float]
) -> Flowable:
    head = [(matter.words(title), CELL_SOFT) for title in titles]
    widths = [share * matter.width for share in shares]
    rules = [matter.typesetter.rule(0, len(rows))]
    return matter.typesetter.table([head, *rows], widths, rules, repeat=1)
