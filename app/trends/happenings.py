"""What else a chart shows: events, treatment starts, and which shape is whose."""

from app.dates import PartialDate
from app.errors import N_
from app.records.codes import EVENT_KINDS, OTHER, title_of
from app.records.model import Event, Treatment
from app.trends.figure import EventMark, RaterShape, Shape, StartLine
from app.trends.model import Series
from app.trends.paper import Paper
from app.trends.relapse import RELAPSE
from app.trends.series import when_key
from app.trends.starts import agent_name, immune_starts

_SHAPES = (Shape.CIRCLE, Shape.SQUARE, Shape.TRIANGLE, Shape.DIAMOND)
_LONGEST = 28


def rater_shapes(series: tuple[Series, ...]) -> dict[str, Shape]:
    """Return each rater's shape, by first appearance; from the fifth on, if there are more, one.

    Five raters have a shape each; of six or more, all after the fourth share the star.
    """
    points = sorted(
        (point for each in series for point in each.points),
        key=lambda point: (when_key(point.date), point.time, point.visit_id),
    )
    raters = dict.fromkeys(point.rater for point in points)
    return {
        rater: _SHAPES[index] if index < len(_SHAPES) else Shape.STAR
        for index, rater in enumerate(raters)
    }


def raters_of(paper: Paper) -> tuple[RaterShape, ...]:
    """Return the legend of raters; those who share a shape stand on one line."""
    words = paper.words
    starred = [rater for rater, shape in paper.shapes.items() if shape is Shape.STAR]
    named = [
        RaterShape(rater or words(N_("rater not recorded")), shape)
        for rater, shape in paper.shapes.items()
        if shape is not Shape.STAR or len(starred) == 1
    ]
    if len(starred) > 1:
        named.append(RaterShape(words(N_("other raters")), Shape.STAR))
    return tuple(named)


def events_of(paper: Paper) -> tuple[EventMark, ...]:
    """Return the events in order of time; the simple figure shows relapses only."""
    events = sorted(paper.trend.record.events, key=lambda event: when_key(event.facts.date))
    return tuple(
        _event(event, paper)
        for event in events
        if event.facts.kind == RELAPSE or not paper.is_simple
    )


def _event(event: Event, paper: Paper) -> EventMark:
    is_approximate = (
        not event.facts.date.is_full or not (event.facts.stop or event.facts.date).is_full
    )
    lasted = event.facts.stop is not None
    return EventMark(
        x=paper.ruler.begin(event.facts.date) if lasted else paper.ruler.at(event.facts.date),
        stop=None if event.facts.stop is None else paper.ruler.end(event.facts.stop),
        kind=event.facts.kind,
        label=_event_label(event, paper),
        words=_event_words(event, paper),
        is_approximate=is_approximate,
    )


def _event_label(event: Event, paper: Paper) -> str:
    """Return the kind's title; the note where it says more and is short; the month if simple."""
    words = paper.words
    title = words(title_of(EVENT_KINDS, event.facts.kind))
    if paper.is_simple:
        month = words.short_date(PartialDate(event.facts.date.year, event.facts.date.month))
        return words(N_("{event}, {month}"), event=title, month=month)
    if event.facts.kind == OTHER and 0 < len(event.facts.note) <= _LONGEST:
        return event.facts.note
    return title


def _event_words(event: Event, paper: Paper) -> str:
    words = paper.words
    lines = [words(title_of(EVENT_KINDS, event.facts.kind)), words.short_date(event.facts.date)]
    if event.facts.stop is not None:
        start, stop = words.short_date(event.facts.date), words.short_date(event.facts.stop)
        lines[1] = words(N_("{start} to {stop}"), start=start, stop=stop)
    if event.facts.author:
        lines.append(words(N_("marked by {author}"), author=event.facts.author))
    if event.facts.note:
        lines.append(event.facts.note)
    return "\n".join(lines)


def starts_of(paper: Paper) -> tuple[StartLine, ...]:
    """Return the first start of each agent that acts on the immune system, and the chosen one."""
    if paper.is_simple:
        return ()
    record = paper.trend.record
    lines = {each.id: each for each in immune_starts(record.treatments)}
    if paper.chosen is not None:
        lines[paper.chosen.id] = paper.chosen
    return tuple(line for each in lines.values() for line in _start_lines(each, paper))


def _start_lines(treatment: Treatment, paper: Paper) -> tuple[StartLine, ...]:
    if treatment.facts.start is None:
        return ()
    is_chosen = paper.chosen is not None and treatment.id == paper.chosen.id
    name = agent_name(treatment, paper.words)
    return (
        StartLine(
            x=paper.ruler.at(treatment.facts.start),
            label=paper.words(N_("day 0 · {agent}"), agent=name) if is_chosen else name,
            treatment_id=treatment.facts.treatment_id,
            is_chosen=is_chosen,
        ),
    )
