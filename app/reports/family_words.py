"""What the family page says: plain, short, only facts of the record, and no advice."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import N_
from app.language import Words, isolated
from app.records.codes import ROLES, title_of
from app.records.model import Treatment, Visit, VisitState
from app.reports.family_features import FeatureTable, features
from app.reports.family_score import last_label, score_sentences
from app.reports.matter import birth_words
from app.reports.pages import NOT_A_DEVICE
from app.settings import Settings
from app.trends.figure import Figure
from app.trends.model import Trend
from app.trends.starts import plain_name
from scales.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class FamilyWords:
    """Every text of the family page.

    ``lead`` comes first and is followed by ``sentences``; ``last_label`` stands at the last mark
    of the chart. Empty ``call``, ``phone`` and ``next_visit`` print a line to write on.
    """

    title: str
    under: str
    name: str
    facts: tuple[str, ...]
    caution: str
    lead: str
    sentences: tuple[str, ...]
    last_label: str
    features: FeatureTable | None
    recorded: str
    treatments: tuple[str, ...]
    call: str
    phone: str
    next_visit: str
    notes: tuple[str, ...]


def family_words(
    trend: Trend,
    figure: Figure,
    catalogue: Catalogue,
    settings: Settings,
    words: Words,
    next_visit: str = "",
) -> FamilyWords:
    """Return the texts of the family page; every number in them stands in the record."""
    patient = trend.record.patient
    facts = patient.facts
    series = trend.find(figure.panels[0].key) if figure.panels else None
    lead, *sentences = score_sentences(trend, series, catalogue, words)
    return FamilyWords(
        title=words(N_("How {name} is doing"), name=facts.given_name or facts.name),
        under=_under(trend, settings, words),
        name=facts.name,
        facts=(
            birth_words(facts, words),
            words(N_("ID {identifier}"), identifier=facts.patient_id),
        ),
        caution=words(patient.caution),
        lead=lead,
        sentences=tuple(sentences),
        last_label=last_label(trend, series, words),
        features=features(trend, catalogue, words),
        recorded=words(N_("Recorded on {date}"), date=words.long_date(trend.as_of)),
        treatments=_treatment_lines(trend, words),
        call=settings.call_us.strip(),
        phone=settings.phone.strip(),
        next_visit=next_visit.strip(),
        notes=tuple(_notes(trend, figure, words)),
    )


def _under(trend: Trend, settings: Settings, words: Words) -> str:
    parts = [isolated(settings.site)]
    if trend.record.visits:
        date = words.long_date(trend.record.visits[-1].facts.date)
        parts.insert(0, words(N_("Visit of {date}"), date=date))
    return " · ".join(part for part in parts if part)


def _treatment_lines(trend: Trend, words: Words) -> tuple[str, ...]:
    """Return the treatments that run on the day of the page, then those that ended, latest first.

    Two that read alike are told once.
    """
    ended = [each for each in trend.record.treatments if _has_ended(each, trend)]
    running = [each for each in trend.record.treatments if not _has_ended(each, trend)]
    lines = (_treatment_line(each, words) for each in (*running, *reversed(ended)))
    return tuple(dict.fromkeys(lines))


def _has_ended(treatment: Treatment, trend: Trend) -> bool:
    return treatment.facts.stop is not None and treatment.facts.stop.last < trend.as_of


def _treatment_line(treatment: Treatment, words: Words) -> str:
    start, stop = treatment.facts.start, treatment.facts.stop
    values = {
        "name": plain_name(treatment, words),
        "start": _joined(words.long_date(start)),
        "stop": _joined(words.long_date(stop)),
    }
    if start is None and stop is None:
        return words(N_("{name}, start date not known."), **values)
    if stop is None:
        return words(N_("{name}, since {start}."), **values)
    if start is None:
        return words(N_("{name}, until {stop}."), **values)
    if start == stop:
        return words(N_("{name}, {start}."), **values)
    return words(N_("{name}, {start} to {stop}."), **values)


def _joined(text: str) -> str:
    """Return a text that no line end parts."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _notes(trend: Trend, figure: Figure, words: Words) -> Iterator[str]:
    patient_caution = words(trend.record.patient.caution)
    yield from (note for note in figure.notes if note != patient_caution)
    yield words(N_("A score cannot tell how the coming weeks will be."))
    yield words(N_("Small changes can come from the day or the person who looked."))
    if trend.record.visits:
        yield _source(trend.record.visits[-1], words)
    yield words(NOT_A_DEVICE)
    yield _joined(words(N_("Page {page} of {pages}."), page=1, pages=1))


def _source(visit: Visit, words: Words) -> str:
    when = words.long_date(visit.facts.date)
    if visit.state is VisitState.IMPORTED or visit.signature is None:
        if not visit.facts.rater:
            return words(N_("The visit of {date} was brought in from another record."), date=when)
        text = N_("The visit of {date} was brought in from another record; {rater} scored it.")
        return words(text, date=when, rater=visit.facts.rater)
    signed = visit.signature
    role = words(title_of(ROLES, signed.role)).lower()
    date = words.long_date(signed.moment.local.date())
    text = N_("This page comes from the record signed on {date} by {name}, {role}.")
    return words(text, date=date, name=signed.name, role=role)
