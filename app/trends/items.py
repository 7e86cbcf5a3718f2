"""The items of a scale at each visit: which sign was there, and which went first."""

from collections.abc import Iterator
from decimal import Decimal

from app.errors import N_
from app.records.model import Sheet
from app.trends.context import FigureContext
from app.trends.figure import ItemCell, ItemRow
from app.trends.model import Point, Series
from app.wording.answers import answer_words, key_words
from scales.model import Answers, Definition, Item, Scored

MOST_ITEMS = 8
"""A scale of more items has no strip: its rows would be too low to be told apart."""


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
    filled = [(point, sheet) for point, sheet in scored if sheet is not None and sheet.answers]
    if not filled:
        return ()
    return tuple(
        ItemRow(
            label=context.words(item.heading or item.title),
            cells=tuple(_cells(item, filled, definition, context)),
        )
        for item in definition.items
    )


def _cells(
    item: Item, filled: list[tuple[Point, Sheet]], definition: Definition, context: FigureContext
) -> Iterator[ItemCell]:
    for point, sheet in filled:
        yield ItemCell(
            x=context.place(point),
            share=_share(item, sheet.answers),
            visit=point.visit,
            words=_words(item, point, sheet.answers, definition, context),
        )


def _share(item: Item, answers: Answers) -> float | None:
    levels = [answer.level for key in item.keys if isinstance(answer := answers.get(key), Scored)]
    if len(levels) < len(item.keys):
        return None
    worst = item.levels[-1].value * len(item.keys)
    return float(sum(levels, Decimal(0)) / worst)


def _words(
    item: Item, point: Point, answers: Answers, definition: Definition, context: FigureContext
) -> str:
    words = context.words
    told = (
        words(
            N_("{item}: {answer}"),
            item=key_words(definition, key, words),
            answer=answer_words(answers.get(key), words),
        )
        for key in item.keys
    )
    return "\n".join((*told, words.at(point.date, point.time)))
