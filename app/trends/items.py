"""The items of a scale at each visit: which sign was there, and which went first."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec import Struct

from app.errors import N_
from app.language import Words
from app.records.model import Sheet
from app.trends.context import FigureContext
from app.trends.figure import ItemCell, ItemRow
from app.trends.model import Point, Series
from app.wording.answers import answer_words, key_words
from app.wording.totals import NO_TOTAL
from scales.model import Answer, Answers, Definition, Item, Scored

MOST_ITEMS = 8
"""A scale of more items has no strip: its rows would be too low to be told apart."""
Found = tuple[Answer | None, ...]
"""What was found of an item: the answer of each of its sides."""


def items_of(
    series: Series, definition: Definition, context: FigureContext
) -> tuple[ItemRow, ...]:
    """Return a row for each item of a scale with a cell for each visit that scored it.

    Empty for a subscore, for a scale of many items, and where nothing but totals was typed. A
    share is what the levels of the item's sides make of the worst they could be, 0 to 1; where a
    side has no level there is none, and the words say why.
    """
    if series.subscore is not None or not 0 < len(definition.items) <= MOST_ITEMS:
        return ()
    sheets = {visit.id: visit.sheet(series.scale) for visit in context.trend.record.visits}
    scored = [(point, sheets.get(point.visit)) for point in series.points]
    filled = [_seen(point, sheet, context) for point, sheet in scored if sheet and sheet.answers]
    if not filled:
        return ()
    return tuple(
        ItemRow(
            label=context.words(item.heading or item.title),
            cells=tuple(_cells(item, filled, definition, context.words)),
        )
        for item in definition.items
    )


class _Seen(Struct, frozen=True):
    """What a visit found, and where and when in words: what the cells of a column share."""

    answers: Answers
    x: float
    visit: str
    when: str


def _seen(point: Point, sheet: Sheet, context: FigureContext) -> _Seen:
    when = context.words.at(point.date, point.time)
    return _Seen(sheet.answers, context.place(point), point.visit, when)


def _cells(
    item: Item, filled: Iterable[_Seen], definition: Definition, words: Words
) -> Iterator[ItemCell]:
    # Hundreds of visits have the same few answers, each of which is put into words once.
    told: dict[Found, tuple[float | None, str, str]] = {}
    for seen in filled:
        found = tuple(seen.answers.get(key) for key in item.keys)
        if found not in told:
            said = _words(item, found, definition, words)
            told[found] = _share(item, found), said, _level(found, words)
        share, said, level = told[found]
        lines = f"{said}\n{seen.when}"
        yield ItemCell(x=seen.x, share=share, visit=seen.visit, words=lines, level=level)


def _level(found: Found, words: Words) -> str:
    told = [words.number(a.level) if isinstance(a, Scored) else NO_TOTAL for a in found]
    if len(told) == 1:
        return told[0]
    right, left = told
    return words(N_("{right}/{left}"), right=right, left=left)


def _share(item: Item, found: Found) -> float | None:
    levels = [answer.level for answer in found if isinstance(answer, Scored)]
    if len(levels) < len(item.keys):
        return None
    worst = item.levels[-1].value * len(item.keys)
    return float(sum(levels, Decimal(0)) / worst)


def _words(item: Item, found: Found, definition: Definition, words: Words) -> str:
    told = (
        words(
            N_("{item}: {answer}"),
            item=key_words(definition, key, words),
            answer=answer_words(answer, words),
        )
        for key, answer in zip(item.keys, found, strict=True)
    )
    return "\n".join(told)
