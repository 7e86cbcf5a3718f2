"""A recorded relapse in words: when, from what to what, and what was recorded around it.

A short date is its whole period: a visit of whose place within a period nothing is known is
neither before the relapse nor within it.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from app.dates import PartialDate, days_after
from app.errors import N_
from app.language import Words
from app.records.declaration import REMISSION
from app.records.doses import DoseRun, running_doses
from app.records.model import Event, Treatment
from app.trends.figure import RELAPSE
from app.trends.model import Trend
from app.trends.series import total_of
from app.trends.since import IMMUNE_ROLES, agent_class
from app.wording.spans import event_span_words
from app.wording.treatments import agent_name, dose_words
from app.wording.visits import author_words, event_note, event_title

Stage = Sequence[DoseRun]
"""Doses that are given side by side."""


class RelapseWords(Struct, frozen=True):
    """One relapse: a title, who marked it (may be empty), and what is recorded, in sentences.

    ``when`` tells its dates, and is the first of the sentences.
    """

    title: str
    author: str
    when: str
    sentences: tuple[str, ...]


def relapse_words(trend: Trend, event: Event, key: str, words: Words) -> RelapseWords:
    """Tell a relapse by the totals of the series ``key``, the doses and the events around it."""
    when = when_words(event, words)
    sentences = (
        words(N_("{date}."), date=when),
        *_total_sentences(trend, event, key, words),
        *_dose_sentences(trend, event, words),
        *_event_sentences(trend, event, words),
        *([event_note(event)] if event.facts.note else []),
    )
    return RelapseWords(event_title(event, words), author_words(event, words), when, sentences)


def relapses(trend: Trend) -> tuple[Event, ...]:
    """Return the recorded relapses, as the record orders them."""
    return tuple(event for event in trend.record.events if event.facts.kind == RELAPSE)


def when_words(event: Event, words: Words) -> str:
    """Return from when to when a relapse lasted, or that no end of it is recorded."""
    span = event_span_words(event.facts.date, event.facts.stop, words)
    if event.facts.stop is not None:
        return span
    return words(N_("{date}, no end recorded"), date=span)


class _Stretch(Struct, frozen=True):
    """From when a relapse lasts; until when certainly, and until when at most."""

    start: PartialDate
    certain: date
    last: date

    def holds(self, when: PartialDate) -> bool:
        """Whether a date certainly lies within, or in the month of a start known no better."""
        if when.first < self.start.first or when.last > self.last:
            return False
        return when.last <= max(self.start.last, self.certain)


def _stretch(trend: Trend, event: Event) -> _Stretch:
    start, stop = event.facts.date, event.facts.stop
    if stop is not None:
        certain = stop.last if stop.is_full else days_after(stop.first, -1)
        return _Stretch(start, certain, stop.last)
    ends = (
        _last_before(other.facts.date, start)
        for other in trend.record.events
        if other.facts.kind in (RELAPSE, REMISSION)
        and other.id != event.id
        and other.facts.date.last > start.first
    )
    # Without a turn it lasts to the day the page stands on; the record holds nothing beyond.
    last = min(ends, default=date.max)
    return _Stretch(start, last, last)


def _last_before(turn: PartialDate, start: PartialDate) -> date:
    """Return the last day before a turn; of one that may lie before the start, the start's."""
    return days_after(turn.first, -1) if turn.first > start.first else start.last


def _total_sentences(trend: Trend, event: Event, key: str, words: Words) -> Iterator[str]:
    """Tell the last total before the relapse and the highest within it."""
    series, stretch = trend.find(key), _stretch(trend, event)
    points = [p for p in series.points if p.total is not None] if series else []
    before = [point for point in points if point.date.last < stretch.start.first]
    within = [point for point in points if stretch.holds(point.date)]
    if not before or not within:
        return
    worst = max(within, key=total_of)
    yield words(
        N_("From {before} ({before_date}) to {worst} ({worst_date})."),
        before=words.number(total_of(before[-1])),
        before_date=words.short_date(before[-1].date),
        worst=words.number(total_of(worst)),
        worst_date=words.short_date(worst.date),
    )


def _dose_sentences(trend: Trend, event: Event, words: Words) -> Iterator[str]:
    for treatment in trend.record.treatments:
        if agent_class(treatment) in IMMUNE_ROLES:
            stages = _stages(treatment, event.facts.date)
            if stages:
                yield _dose_sentence(treatment, stages, words)


def _stages(treatment: Treatment, period: PartialDate) -> Sequence[Stage]:
    """Return the doses that ran when a relapse began, one after another where they changed.

    Nothing where the first of them may not have begun by then, or the last may have ended.
    """
    stages: list[list[DoseRun]] = [[]]
    for run in running_doses(treatment, period):
        before = stages[-1]
        if _had_begun(run, period) or (before and before[-1].start == run.start):
            before.append(run)
        else:
            stages.append([*(other for other in before if not _gives_way(other, run)), run])
    lasting = [run for run in stages[-1] if not run.stop or run.stop.first >= period.last]
    if len(lasting) < len(stages[-1]):
        stages.append(lasting)
    return stages if all(stages) else ()


def _had_begun(run: DoseRun, period: PartialDate) -> bool:
    return run.start is not None and run.start.last <= period.first


def _gives_way(one: DoseRun, to: DoseRun) -> bool:
    """Whether a dose has ended, as far as is known, when another one begins."""
    if one.next_start == to.start:
        return True
    return one.stop is not None and to.start is not None and one.stop.last < to.start.first


def _dose_sentence(treatment: Treatment, stages: Sequence[Stage], words: Words) -> str:
    agent = agent_name(treatment, words)
    doses = ""
    for stage in stages:
        dose = words.together(dict.fromkeys(dose_words(run.step, words) for run in stage))
        doses = words(N_("{doses}, then {dose}"), doses=doses, dose=dose) if doses else dose
    first = stages[0][0]
    if not first.facts.is_pause:
        return words(N_("{agent} was at {dose}."), agent=agent, dose=doses)
    if len(stages) > 1 or first.start is None:
        return words(N_("{agent} was {pause}."), agent=agent, pause=doses)
    since = words.short_date(first.start)
    return words(N_("{agent} was {pause} since {date}."), agent=agent, pause=doses, date=since)


def _event_sentences(trend: Trend, event: Event, words: Words) -> Iterator[str]:
    for other in trend.record.events:
        if other.facts.kind != RELAPSE and _overlaps(other, event):
            kind, date = event_title(other, words), words.short_date(other.facts.date)
            yield words(N_("{event}: {date}."), event=kind, date=date)


def _overlaps(other: Event, event: Event) -> bool:
    stop, other_stop = event.facts.stop or event.facts.date, other.facts.stop or other.facts.date
    return other.facts.date.first <= stop.last and event.facts.date.first <= other_stop.last
