"""A recorded relapse in words: when, from what to what, and what was recorded around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.codes import EVENT_KINDS, agent, title_of
from app.records.model import Event
from app.trends.doses import dose_words, steps_on
from app.trends.model import Point, Trend
from app.trends.starts import IMMUNE_ROLES, agent_name

RELAPSE = "relapse"


@dataclass(frozen=True, slots=True)
class RelapseWords:
    """One relapse: a title, who marked it (may be empty), and what is recorded, in sentences."""

    title: str
    author: str
    sentences: tuple[str, ...]


def relapse_words(trend: Trend, event: Event, key: str, words: Words) -> RelapseWords:
    """Tell a relapse by the totals of the series ``key``, the doses and the events around it."""
    author = (
        words(N_("marked by {author}"), author=event.facts.author) if event.facts.author else ""
    )
    sentences = (
        span_words(event, words),
        *_total_sentences(trend, event, key, words),
        *_dose_sentences(trend, event, words),
        *_event_sentences(trend, event, words),
        *([event.facts.note] if event.facts.note else []),
    )
    return RelapseWords(words(title_of(EVENT_KINDS, event.facts.kind)), author, sentences)


def relapses(trend: Trend) -> tuple[Event, ...]:
    """Return the recorded relapses, as the record orders them."""
    return tuple(event for event in trend.record.events if event.facts.kind == RELAPSE)


def span_words(event: Event, words: Words) -> str:
    """Return when an event was, as a sentence: “12 Jun 2025 to 12 Jul 2025.”."""
    if event.facts.stop is None:
        return words(N_("{date}."), date=words.short_date(event.facts.date))
    start, stop = words.short_date(event.facts.date), words.short_date(event.facts.stop)
    return words(N_("{start} to {stop}."), start=start, stop=stop)


def _total_sentences(trend: Trend, event: Event, key: str, words: Words) -> Iterator[str]:
    series = trend.find(key)
    points = [p for p in series.points if p.total is not None] if series else []
    before = [point for point in points if point.date.last <= event.facts.date.first]
    within = [point for point in points if _is_within(point.date, event)]
    if not before or not within:
        return
    worst = max(within, key=_total)
    yield words(
        N_("From {before} ({before_date}) to {worst} ({worst_date})."),
        before=words.number(_total(before[-1])),
        before_date=words.short_date(before[-1].date),
        worst=words.number(_total(worst)),
        worst_date=words.short_date(worst.date),
    )


def _total(point: Point) -> Decimal:
    return point.total if point.total is not None else Decimal(0)


def _is_within(when: PartialDate, event: Event) -> bool:
    """Whether a date lies certainly after the event's first day and not after its last."""
    stop = event.facts.stop or event.facts.date
    return event.facts.date.first < when.first and when.last <= stop.last


def _dose_sentences(trend: Trend, event: Event, words: Words) -> Iterator[str]:
    for treatment in trend.record.treatments:
        if agent(treatment.facts.agent).role not in IMMUNE_ROLES:
            continue
        for step in steps_on(treatment, event.facts.date):
            text = N_("{agent} was at {dose}.")
            name = agent_name(treatment, words)
            yield words(text, agent=name, dose=dose_words(step, words))


def _event_sentences(trend: Trend, event: Event, words: Words) -> Iterator[str]:
    for other in trend.record.events:
        if other.facts.kind != RELAPSE and _overlaps(other, event):
            kind = words(title_of(EVENT_KINDS, other.facts.kind))
            text = N_("{event}: {date}.")
            yield words(text, event=kind, date=words.short_date(other.facts.date))


def _overlaps(other: Event, event: Event) -> bool:
    stop, other_stop = event.facts.stop or event.facts.date, other.facts.stop or other.facts.date
    return other.facts.date.first <= stop.last and event.facts.date.first <= other_stop.last
