"""Treatments, events, measures, findings, signature, sources: the words of the physician page."""

from collections.abc import Iterator, Sequence
from datetime import date

from reportlab.platypus import Flowable, KeepTogether

from app.errors import N_
from app.language import Words
from app.records.doses import DoseRun, runs_of
from app.records.lists import code_list
from app.records.looks import last_looks, last_of_each
from app.records.model import Event, Measure, Treatment, Visit, VisitState
from app.reports.content import PageContent, heading
from app.reports.typeset import (
    BODY,
    CAUTION,
    CELL,
    CELL_BOLD,
    CELL_SOFT,
    SOFT,
    SUBHEADING,
    TextCell,
)
from app.signs import unbroken
from app.trends.figure import RELAPSE
from app.trends.measures import latest_measures
from app.trends.relapse import relapse_words
from app.trends.series import default_key
from app.wording.findings import finding_title, next_look_words, result_words
from app.wording.people import one_line, or_not_recorded, role_words
from app.wording.spans import event_span_words, run_span_words, treatment_edges
from app.wording.treatments import agent_title, dose_words, giving_words, note_words, route_words
from app.wording.visits import author_words, event_note, event_title, version_words
from app.wording.weights import beside_dose, weights_of
from scales.model import Definition, Verified

_MOST_EVENTS = 40
NOT_VERIFIED = N_(
    "Criteria in our own words, not yet checked against the paper; "
    "check the original before clinical use."
)
_TREATMENT_TITLES = (N_("Treatment"), N_("Route"), N_("From"), N_("Until"), N_("Doses"))
_EVENT_TITLES = (N_("Date"), N_("Event"), N_("Told"))
_MEASURE_TITLES = (N_("Last measured"), N_("Value"), N_("Date"), N_("Note"))
_FINDING_TITLES = (
    N_("Last looked for"), N_("Result"), N_("Date"), N_("Next look"), N_("Note"),
)  # fmt: skip
_SEQUELA_TITLES = (N_("Lasting trouble"), N_("State"), N_("Date"), N_("Note"))


def treatments(content: PageContent) -> Iterator[Flowable]:
    """Return every treatment with its way, dates, dose steps and note; planned ones are last.

    With a dose stands what is known of how it was given, and the last weight where it goes by it.
    """
    trend = content.trend
    begun = {each.id for each in trend.begun}
    found = sorted(trend.treatments, key=lambda each: each.id not in begun)
    if not found:
        return
    yield from heading(content, N_("Treatments"))
    rows = [_treatment_row(content, treatment) for treatment in found]
    yield _table(content, _TREATMENT_TITLES, rows, (0.2, 0.1, 0.12, 0.13, 0.45))


def _treatment_row(content: PageContent, treatment: Treatment) -> Sequence[TextCell]:
    day, words = content.trend.last_day, content.words
    weights = weights_of(content.trend.record, day)
    doses = "\n".join(_run_words(run, weights, day, words) for run in runs_of(treatment))
    start, stop = treatment_edges(treatment, day, words)
    return (
        (agent_title(treatment, words), CELL_BOLD),
        (route_words(treatment.facts, words), CELL),
        (start, CELL),
        (stop, CELL),
        ("\n".join(part for part in (doses, note_words(treatment)) if part), CELL),
    )


def _run_words(run: DoseRun, weights: Sequence[Measure], day: date, words: Words) -> str:
    step = run.step_on(day)
    dates, dose = run_span_words(run, day, words), dose_words(step, words)
    told = words(N_("{dates}: {dose}"), dates=dates, dose=dose)
    weight = unbroken(beside_dose(run, weights, day, words))
    return words.dotted((told, weight, giving_words(step.facts, words)))


def events(content: PageContent) -> Iterator[Flowable]:
    """Return the events, the latest last; a relapse is told with what was recorded around it."""
    found = content.trend.record.events
    if not found:
        return
    yield from heading(content, N_("Events"))
    if len(found) > _MOST_EVENTS:
        text = N_("The record holds {count} events; the latest {shown} are listed.")
        words = content.words(text, count=len(found), shown=_MOST_EVENTS)
        yield content.typesetter.text(words, SOFT, content.width)
    rows = [_event_row(content, event) for event in found[-_MOST_EVENTS:]]
    yield _table(content, _EVENT_TITLES, rows, (0.2, 0.2, 0.6))


def _event_row(content: PageContent, event: Event) -> Sequence[TextCell]:
    words = content.words
    when, told = event_span_words(event.facts.date, event.facts.stop, words), event_note(event)
    if event.facts.kind == RELAPSE:
        key = default_key(content.trend, content.catalogue) or ""
        relapse = relapse_words(content.trend, content.catalogue, event, key, words)
        when, told = relapse.when, words.sentences(relapse.sentences[1:])
    lines = (author_words(event, words), told)
    return (
        (when, CELL),
        (event_title(event, words), CELL_BOLD),
        ("\n".join(line for line in lines if line), CELL),
    )


def measures(content: PageContent) -> Iterator[Flowable]:
    """Return the latest value of each kind of measure; each one, where a day has several."""
    rows = [
        (
            (content.words(code.title), CELL_SOFT),
            (content.words.number(measure.facts.value), CELL_BOLD),
            (content.words.short_date(measure.facts.date), CELL),
            (one_line(measure.facts.note), CELL),
        )
        for code in code_list("measure_kinds").entries
        for measure in latest_measures(content.trend.record, code.id)
    ]
    if rows:
        yield from heading(content, N_("Measures"))
        yield _table(content, _MEASURE_TITLES, rows, (0.3, 0.12, 0.18, 0.4))


def sequelae(content: PageContent) -> Iterator[Flowable]:
    """Return the latest state of each lasting trouble; each one, where a day has several."""
    seen, words = content.trend.record.sequelae, content.words
    states = code_list("sequela_states")
    rows = [
        (
            (words(code.title), CELL_SOFT),
            (words(states.title_of(each.facts.state)), CELL_BOLD),
            (words.short_date(each.facts.date), CELL),
            (one_line(each.facts.note), CELL),
        )
        for code in code_list("sequela_kinds").entries
        for each in last_looks([one for one in seen if one.facts.kind == code.id])
    ]
    if rows:
        yield from heading(content, N_("Lasting troubles"))
        yield _table(content, _SEQUELA_TITLES, rows, (0.3, 0.12, 0.18, 0.4))


def findings(content: PageContent) -> Iterator[Flowable]:
    """Return the last finding of each kind and name, and when the next look is due."""
    record, words = content.trend.record, content.words
    rows = [
        (
            (finding_title(each, words), CELL_SOFT),
            (result_words(each.facts, words), CELL_BOLD),
            (words.short_date(each.facts.date), CELL),
            (next_look_words(each, record, content.trend.as_of, words), CELL),
            (one_line(each.facts.note), CELL),
        )
        for each in last_of_each(record.findings)
    ]
    if rows:
        yield from heading(content, N_("Findings"))
        yield _table(content, _FINDING_TITLES, rows, (0.3, 0.18, 0.14, 0.16, 0.22))


def signature(content: PageContent) -> Iterator[Flowable]:
    """Return who signed the last visit, as whom, when, and what signing meant."""
    if not content.visits:
        return
    told = _signature_words(content.visits[-1], content.words)
    lines = [content.typesetter.text(line, BODY, content.width) for line in told]
    yield KeepTogether([*heading(content, N_("Signature")), *lines])


def _signature_words(visit: Visit, words: Words) -> Iterator[str]:
    when = words.long_date(visit.facts.date)
    if visit.state is VisitState.IMPORTED or visit.signature is None:
        rater = or_not_recorded(visit.facts.rater, words)
        yield words(N_("Visit of {date}: imported; rater {rater}."), date=when, rater=rater)
    if visit.signature is None:
        return
    signed = visit.signature
    text = N_("Visit of {date}: signed by {name}, {role}, {moment}.")
    if visit.state is VisitState.IMPORTED:
        text = N_("Brought in by {name}, {role}, {moment}.")
    role = role_words(signed.role, words)
    yield words(text, date=when, name=signed.name, role=role, moment=words.moment(signed.moment))
    if signed.meaning:
        yield words(N_("Meaning of the signature: {meaning}"), meaning=words(signed.meaning))


def scales(content: PageContent) -> Iterator[Flowable]:
    """Return each scale used, its versions, its source, and how far it is verified."""
    used: dict[str, set[str]] = {}
    for visit in content.visits:
        for sheet in visit.sheets:
            used.setdefault(sheet.scale, set()).add(sheet.version)
    if not used:
        return
    yield from heading(content, N_("Scales and sources"), least=60)
    for definition in content.catalogue.definitions:
        if definition.id in used:
            yield KeepTogether(list(_scale(content, definition, sorted(used[definition.id]))))


def _scale(
    content: PageContent, definition: Definition, versions: Sequence[str]
) -> Iterator[Flowable]:
    words, typesetter = content.words, content.typesetter
    version = version_words(words.several(versions), words)
    source = definition.source
    parts = [version, words(source.citation)]
    parts += [f"doi {source.doi}"] if source.doi else []
    parts += [f"PMID {source.pmid}"] if source.pmid else []
    yield typesetter.pieces((words(definition.title), SUBHEADING), (words.dotted(parts), SOFT))
    if definition.caution or definition.verified is Verified.NO:
        caution = words(definition.caution or NOT_VERIFIED)
        yield typesetter.text(caution, CAUTION, content.width)
    remarks = words.sentences(words(remark) for remark in definition.remarks)
    if remarks:
        yield typesetter.text(remarks, SOFT, content.width)


def _table(
    content: PageContent,
    titles: Sequence[str],
    rows: Sequence[Sequence[TextCell]],
    shares: Sequence[float],
) -> Flowable:
    head = [(content.words(title), CELL_SOFT) for title in titles]
    widths = [share * content.width for share in shares]
    rules = [content.typesetter.rule(0, len(rows))]
    return content.typesetter.table([head, *rows], widths, rules, repeat=1)
