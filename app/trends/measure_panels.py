"""Measures over time, each kind a small panel: weight, sleep, blood values, timed tests."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil, floor

from app.errors import N_
from app.records.lists import code_list
from app.records.model import Measure
from app.trends.context import FigureContext
from app.trends.figure import Mark, MarkShape, Panel, ValueTick

_COLOUR = "ink_soft"
_PREFIX = "measure:"
_MOST_STEPS = 3
_ROUND = (Decimal(1), Decimal(2), Decimal(5))


def measured_kinds(context: FigureContext) -> tuple[str, ...]:
    """Return the kinds of which something was measured, in the order of their list."""
    found = {measure.facts.kind for measure in context.trend.record.measures}
    return tuple(entry.id for entry in code_list("measure_kinds").entries if entry.id in found)


def measure_panel(kind: str, context: FigureContext) -> Panel:
    """Return the panel of one kind; its range is a few round steps around what was measured."""
    words, title = context.words, context.words(code_list("measure_kinds").get(kind).title)
    measures = [each for each in context.trend.record.measures if each.facts.kind == kind]
    marks = sorted((_mark(each, title, context) for each in measures), key=_time)
    ticks = value_steps([mark.y for mark in marks])
    return Panel(
        key=f"{_PREFIX}{kind}",
        title=title,
        subtitle="",
        caution="",
        colour=_COLOUR,
        lowest=ticks[0],
        highest=ticks[-1],
        ticks=tuple(ValueTick(y, words.number(y)) for y in ticks),
        lines=tuple(_runs(marks)),
        marks=tuple(marks),
        open_marks=(),
        bands=(),
        age_notes=(),
        is_measure=True,
    )


def _runs(marks: Sequence[Mark]) -> Iterator[tuple[tuple[float, Decimal], ...]]:
    """Join neighbours; a line breaks where it is not known which of two was measured first."""
    run: list[tuple[float, Decimal]] = []
    for number, mark in enumerate(marks):
        before = marks[number - 1] if number else mark
        over = before.x_to if before.is_approximate else before.x + 1
        if before.x != mark.x and over > mark.x_from:
            yield tuple(run)
            run = []
        run.append((mark.x, mark.y))
    yield tuple(run)


def _time(mark: Mark) -> float:
    return mark.x


def value_steps(values: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return round values from below the lowest to above the highest, at least two.

    They are as many steps of 1, 2 or 5 times a power of ten apart as make no more than four.
    """
    lowest, highest = min(values), max(values)
    power = Decimal(1).scaleb((highest - lowest or highest or Decimal(1)).adjusted() - 1)
    for size in (power * ten * each for ten in (1, 10, 100) for each in _ROUND):
        first, last = floor(lowest / size), ceil(highest / size)
        last += first == last
        if last - first <= _MOST_STEPS:
            return tuple(size * count for count in range(first, last + 1))
    raise AssertionError(values)  # a hundred times the range always fits


def _mark(measure: Measure, title: str, context: FigureContext) -> Mark:
    facts, words, ruler = measure.facts, context.words, context.ruler
    is_full, x = facts.date.is_full, ruler.at(facts.date)
    brief = words(
        N_("{title}: {total}, {date}"),
        title=title,
        total=words.number(facts.value),
        date=words.short_date(facts.date),
    )
    return Mark(
        x=x,
        x_from=x if is_full else ruler.begin(facts.date),
        x_to=x if is_full else ruler.end(facts.date),
        y=facts.value,
        shape=MarkShape.CIRCLE,
        visit=measure.visit or "",
        words="\n".join(filter(None, (brief, facts.note))),
        is_approximate=not is_full,
        day=words.short_date(facts.date),
    )
