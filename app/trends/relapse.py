"""A recorded relapse in words: when, from what to what, and what was recorded around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.model import DoseStep, Event, Treatment
from app.trends.figure import RELAPSE
from app.trends.model import Point, Trend
from app.trends.since import IMMUNE_ROLES, agent_class
from app.wording.spans import event_span_words
from app.wording.treatments import ONCE, agent_name, dose_words
from app.wording.visits import author_words, event_title


@dataclass(frozen=True, slots=True)
class RelapseWords:
    """One relapse: a title, who marked it (may be empty), and what is recorded, in sentences."""

    title: str
    author: str
    sentences: tuple[str, ...]


def relapse_words(trend: Trend, event: Event, key: str, words: Words) -> RelapseWords:
    """Tell a relapse by the totals of the series ``key``, the doses and the events around it."""
    sentences = (
        words(N_("{date}."), date=event_span_words(event.facts.date, event.facts.stop, words)),
        *_total_sentences(trend, event, key, words),
        *_dose_sentences(trend, event, words),
        *_event_sentences(trend, event, words),
        *([event.facts.note] if event.facts.note else []),
    )
    return RelapseWords(event_title(event, words), author_words(event, words), sentences)


def relapses(trend: Trend) -> tuple[Event, ...]:
    """Return the recorded relapses, as the record orders them."""
    return tuple(event for event in trend.record.events if event.facts.kind == RELAPSE)


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
        if agent_class(treatment) not in IMMUNE_ROLES:
            continue
        for step in _steps_on(treatment, event.facts.date):
            text = N_("{agent} was at {dose}.")
            name = agent_name(treatment, words)
            yield words(text, agent=name, dose=dose_words(step, words))


def _steps_on(treatment: Treatment, day: PartialDate) -> tuple[DoseStep, ...]:
    """Return the dose steps that certainly ran on the first day of ``day``."""
    return tuple(step for step in treatment.doses if _ran_on(treatment, step, day))


def _ran_on(treatment: Treatment, step: DoseStep, day: PartialDate) -> bool:
    start = step.facts.start or treatment.facts.start
    if start is None or start.last > day.first:
        return False
    if step.facts.frequency == ONCE:
        return start.first == day.first
    later = [
        other.facts.start.first
        for other in treatment.doses
        if other.facts.start is not None and other.facts.start.first > start.first
    ]
    if step.facts.stop is None and any(begin <= day.first for begin in later):
        return False
    stop = step.facts.stop or treatment.facts.stop
    return stop is None or stop.first >= day.first


def _event_sentences(trend: Trend, event: Event, words: Words) -> Iterator[str]:
    for other in trend.record.events:
        if other.facts.kind != RELAPSE and _overlaps(other, event):
            kind, date = event_title(other, words), words.short_date(other.facts.date)
            yield words(N_("{event}: {date}."), event=kind, date=date)


def _overlaps(other: Event, event: Event) -> bool:
    stop, other_stop = event.facts.stop or event.facts.date, other.facts.stop or other.facts.date
    return other.facts.date.first <= stop.last and event.facts.date.first <= other_stop.last
