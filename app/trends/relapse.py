"""A recorded relapse in words: when, from what to what, and what was recorded around it.

A short date is its whole period: a visit of whose place within a period nothing is known is
neither before the relapse nor within it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import takewhile

from msgspec import Struct

from app.dates import PartialDate, days_after
from app.errors import N_
from app.language import Words
from app.records.declaration import REMISSION, SUSPECTED
from app.records.model import Event
from app.trends.figure import RELAPSE
from app.trends.model import Point, Series, Trend
from app.trends.relapse_doses import dose_sentences
from app.trends.series import compares, series_title, total_of
from app.wording.spans import event_span_words
from app.wording.visits import author_words, event_note, event_title
from scales.catalogue import Catalogue
from scales.model import Definition


class RelapseWords(Struct, frozen=True):
    """One relapse: a title, who marked it (may be empty), and what is recorded, in sentences.

    ``when`` tells its dates, and is the first of the sentences.
    """

    title: str
    author: str
    when: str
    sentences: tuple[str, ...]


def relapse_words(
    trend: Trend, catalogue: Catalogue, event: Event, key: str, words: Words
) -> RelapseWords:
    """Tell a relapse by totals, the series ``key`` first, the doses and the events around it."""
    when = when_words(event, words)
    sentences = (
        words(N_("{date}."), date=when),
        *_total_sentences(trend, catalogue, event, key, words),
        *dose_sentences(trend.record.treatments, event.facts.date, words),
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
    """From when a relapse lasts; until when certainly, and until when at most.

    ``has_end`` says that an end was recorded.
    """

    start: PartialDate
    certain: date
    last: date
    has_end: bool

    def holds(self, when: PartialDate) -> bool:
        """Whether a date certainly lies within, or in the month of a start known no better."""
        if when.first < self.start.first or when.last > self.last:
            return False
        return when.last <= max(self.start.last, self.certain)


def _stretch(trend: Trend, event: Event) -> _Stretch:
    start, stop = event.facts.date, event.facts.stop
    if stop is not None:
        certain = stop.last if stop.is_full else days_after(stop.first, -1)
        return _Stretch(start, certain, stop.last, has_end=True)
    ends = (
        _last_before(other.facts.date, start)
        for other in trend.record.events
        if other.facts.kind in (RELAPSE, SUSPECTED, REMISSION)
        and other.id != event.id
        and other.facts.date.last > start.first
    )
    # Without a turn it lasts to the day the page stands on; the record holds nothing beyond.
    last = min(ends, default=date.max)
    return _Stretch(start, last, last, has_end=False)


def _last_before(turn: PartialDate, start: PartialDate) -> date:
    """Return the last day before a turn; of one that may lie before the start, the start's."""
    return days_after(turn.first, -1) if turn.first > start.first else start.last


class _Rise(Struct, frozen=True):
    """The last total of a series before a relapse, and the highest within it.

    Without ``highest`` the first one within it does not compare with the last one before.
    """

    series: Series
    before: Point
    highest: Point | None

    @property
    def is_higher(self) -> bool:
        """Whether the relapse shows in the totals."""
        return self.highest is not None and total_of(self.highest) > total_of(self.before)


def _rise(series: Series, definition: Definition, stretch: _Stretch) -> _Rise | None:
    """Return what the totals of a series tell of a relapse; nothing where one side has none.

    A relapse without a recorded end is over, for its totals, once they are back where they were.
    """
    points = [point for point in series.points if point.total is not None]
    before = [point for point in points if point.date.last < stretch.start.first]
    within = [point for point in points if stretch.holds(point.date)]
    if not before or not within:
        return None
    told = _comparable(before[-1], within, definition)
    if not stretch.has_end:
        level = total_of(before[-1])
        back = (count for count, point in enumerate(told, 1) if total_of(point) <= level)
        told = told[: next(back, len(told))]
    return _Rise(series, before[-1], max(told, key=total_of, default=None))


def _comparable(before: Point, points: Sequence[Point], definition: Definition) -> Sequence[Point]:
    """Return points up to the first one that does not compare with an earlier one."""
    return tuple(takewhile(partial(compares, definition, before), points))


def _total_sentences(
    trend: Trend, catalogue: Catalogue, event: Event, key: str, words: Words
) -> Iterator[str]:
    """Tell the last total before the relapse and the highest within it, scale by scale.

    The series of ``key`` comes first, whether it rose or not, then every other scale that did.
    Each is named where there are several.
    """
    scales = [each for each in trend.series if each.subscore is None]
    chosen = [each for each in trend.series if each.key == key]
    others = [each for each in scales if each not in chosen]
    stretch, has_name = _stretch(trend, event), len(scales) > 1 or chosen != scales
    for series in (*chosen, *others):
        rise = _rise(series, catalogue.find(series.scale), stretch)
        if rise is not None and (rise.is_higher or series in chosen):
            name = series_title(catalogue, series, words) if has_name else ""
            yield _rise_words(rise, name, words)


def _rise_words(rise: _Rise, name: str, words: Words) -> str:
    before = words.short_date(rise.before.date)
    if rise.highest is None:
        text = N_("Not compared with {date}: that was another version of the scale.")
        told = words(text, date=before)
        return words(N_("{scale}: {told}"), scale=name, told=told) if name else told
    return words(
        _TOTALS[rise.is_higher, bool(name)],
        scale=name,
        before=words.number(total_of(rise.before)),
        before_date=before,
        highest=words.number(total_of(rise.highest)),
        highest_date=words.short_date(rise.highest.date),
    )


_TOTALS = {
    (True, False): N_("From {before} ({before_date}) to {highest} ({highest_date})."),
    (True, True): N_("{scale}: from {before} ({before_date}) to {highest} ({highest_date})."),
    (False, False): N_(
        "No higher total: {before} ({before_date}), then {highest} ({highest_date})."
    ),
    (False, True): N_(
        "{scale}, no higher total: {before} ({before_date}), then {highest} ({highest_date})."
    ),
}
"""A sentence by whether a total was higher, and whether the scale is named."""


def _event_sentences(trend: Trend, event: Event, words: Words) -> Iterator[str]:
    for other in trend.record.events:
        if other.facts.kind != RELAPSE and _overlaps(other, event):
            kind, date = event_title(other, words), words.short_date(other.facts.date)
            yield words(N_("{event}: {date}."), event=kind, date=date)


def _overlaps(other: Event, event: Event) -> bool:
    stop, other_stop = event.facts.stop or event.facts.date, other.facts.stop or other.facts.date
    return other.facts.date.first <= stop.last and event.facts.date.first <= other_stop.last
