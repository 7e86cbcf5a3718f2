"""The events, the treatment starts and the raters' shapes of a chart."""

from collections.abc import Sequence

from app.dates import PartialDate
from app.errors import N_
from app.records.lists import OTHER
from app.records.model import Event, Treatment
from app.trends.context import FigureContext
from app.trends.figure import (
    RELAPSE,
    EventMark,
    Lane,
    MarkShape,
    RaterShape,
    StartLine,
    TodayLine,
)
from app.trends.model import Series
from app.trends.since import immune_starts
from app.wording.people import one_line, rater_words, shortened
from app.wording.spans import event_span_words
from app.wording.treatments import agent_name
from app.wording.visits import author_words, event_note, event_title

_SHAPES = (MarkShape.CIRCLE, MarkShape.SQUARE, MarkShape.TRIANGLE, MarkShape.DIAMOND)
_LONGEST = 28
_LONGEST_NAME = 60


def rater_shapes(series: tuple[Series, ...]) -> dict[str, MarkShape]:
    """Return each rater's shape, by first appearance; from the fifth on, if there are more, one.

    Five raters have a shape each; of six or more, all after the fourth share the star.
    """
    points = sorted(
        (point for each in series for point in each.points),
        key=lambda point: (point.date.order, point.time, point.visit_id),
    )
    raters = dict.fromkeys(point.rater for point in points)
    return {
        rater: _SHAPES[index] if index < len(_SHAPES) else MarkShape.STAR
        for index, rater in enumerate(raters)
    }


def raters_of(context: FigureContext) -> tuple[RaterShape, ...]:
    """Return the legend of raters; those who share a shape stand on one line."""
    words = context.words
    starred = [rater for rater, shape in context.shapes.items() if shape is MarkShape.STAR]
    named = [
        RaterShape(shortened(one_line(rater_words(rater, words)), _LONGEST_NAME), shape)
        for rater, shape in context.shapes.items()
        if shape is not MarkShape.STAR or len(starred) == 1
    ]
    if len(starred) > 1:
        named.append(RaterShape(words(N_("other raters")), MarkShape.STAR))
    return tuple(named)


def events_of(context: FigureContext) -> tuple[EventMark, ...]:
    """Return the events in order of time; the simple figure shows relapses only."""
    events = sorted(context.trend.record.events, key=lambda event: event.facts.date.order)
    return tuple(
        _event(event, context)
        for event in events
        if event.facts.kind == RELAPSE or not context.is_simple
    )


def _event(event: Event, context: FigureContext) -> EventMark:
    start, stop = event.facts.date, event.facts.stop
    return EventMark(
        x=context.ruler.at(start) if stop is None else context.ruler.begin(start),
        stop=None if stop is None else context.ruler.end(stop),
        kind=event.facts.kind,
        label=_event_label(event, context),
        words=_event_words(event, context),
        begun=context.ruler.within(start),
        ended=None if stop is None else context.ruler.within(stop),
    )


def _event_label(event: Event, context: FigureContext) -> str:
    """Return the kind's title; the note where it says more and is short; the month if simple."""
    words = context.words
    title = event_title(event, words)
    if context.is_simple:
        month = words.short_date(PartialDate(event.facts.date.year, event.facts.date.month))
        return words(N_("{event}, {month}"), event=title, month=month)
    note = event_note(event)
    return note if event.facts.kind == OTHER and 0 < len(note) <= _LONGEST else title


def _event_words(event: Event, context: FigureContext) -> str:
    words = context.words
    lines = (
        event_title(event, words),
        event_span_words(event.facts.date, event.facts.stop, words),
        author_words(event, words),
        event_note(event),
    )
    return "\n".join(line for line in lines if line)


def starts_of(context: FigureContext) -> tuple[StartLine, ...]:
    """Return the first start of each agent that acts on the immune system, and the chosen one."""
    if context.is_simple:
        return ()
    lines = {each.id: each for each in immune_starts(context.trend.begun)}
    if context.chosen is not None:
        lines[context.chosen.id] = context.chosen
    return tuple(line for each in lines.values() for line in _start_lines(each, context))


def _start_lines(treatment: Treatment, context: FigureContext) -> tuple[StartLine, ...]:
    if treatment.facts.start is None:
        return ()
    is_chosen = context.chosen is not None and treatment.id == context.chosen.id
    start = treatment.facts.start
    name = shortened(agent_name(treatment, context.words), _LONGEST_NAME)
    day_0 = N_("day 0 · {agent}") if start.is_full else N_("about day 0 · {agent}")
    return (
        StartLine(
            x=context.ruler.at(start),
            label=context.words(day_0, agent=name) if is_chosen else name,
            treatment_id=treatment.facts.treatment_id,
            is_chosen=is_chosen,
            begun=context.ruler.within(start),
        ),
    )


def today_of(lanes: Sequence[Lane], context: FigureContext) -> TodayLine | None:
    """Return the line for the day of the course, if the patient lives.

    Where the axis ends long before it, its name alone stands at that end. It is named by its
    date: a page outlives the day on which it was printed. A simple figure has it where something
    planned stands behind it.
    """
    has_plan = any(bar.is_planned for lane in lanes for bar in lane.bars)
    is_beyond = context.today > context.extent.highest
    if context.trend.is_over or (context.is_simple and (is_beyond or not has_plan)):
        return None
    day = context.words.short_date(context.trend.as_of)
    if is_beyond:
        return TodayLine(
            context.extent.highest, context.words(N_("{date} \u203a"), date=day), is_beyond=True
        )
    behind = context.words(N_("planned \u203a")) if has_plan else ""
    return TodayLine(context.today, day, behind)
