"""Answers, the keys that they belong to, and why there is none, in words."""

from decimal import Decimal

from app.errors import N_
from app.language import Words
from app.records.lists import code_list
from scales.model import (
    Answer,
    Declined,
    Definition,
    Item,
    Key,
    Level,
    NotTestable,
    Scored,
    Side,
)

_KEYS = {
    Side.RIGHT: N_("{item}, right side"),
    Side.LEFT: N_("{item}, left side"),
}
_SIDES = {Side.RIGHT: N_("Right"), Side.LEFT: N_("Left")}
_SHORT_SIDES = {Side.RIGHT: N_("R {answer}"), Side.LEFT: N_("L {answer}")}
_UNDO = {
    None: N_("Undo: {item} {value}"),
    Side.RIGHT: N_("Undo: {item}, right {value}"),
    Side.LEFT: N_("Undo: {item}, left {value}"),
}
_UNDO_OPEN = {
    None: N_("Undo: {item}"),
    Side.RIGHT: N_("Undo: {item}, right"),
    Side.LEFT: N_("Undo: {item}, left"),
}


def answer_words(answer: Answer | None, words: Words) -> str:
    """Return a level, “not testable: why”, “declined”, “declined: why” or “open”."""
    match answer:
        case Scored(level):
            return words.number(level)
        case NotTestable(reason) if reason:
            return words(N_("not testable: {reason}"), reason=reason_words(reason, words))
        case Declined(reason) if reason:
            return words(N_("declined: {reason}"), reason=reason_words(reason, words))
        case _:
            return kind_words(answer, words)


def told_answer(definition: Definition, key: Key, answer: Answer | None, words: Words) -> str:
    """Return an answer, a level with its criterion in short: “2, frequent bursts”."""
    told = answer_words(answer, words)
    level = level_of(definition, key, answer)
    if level is None:
        return told
    return words(N_("{level}, {criterion}"), level=told, criterion=words(level.label))


def level_of(definition: Definition, key: Key, answer: Answer | None) -> Level | None:
    """Return the level that an answer chose, as this version of its scale words it."""
    if not isinstance(answer, Scored):
        return None
    levels = definition.item(key.item).levels
    return next((level for level in levels if level.value == answer.level), None)


def kind_words(answer: Answer | None, words: Words) -> str:
    """Return which of the four kinds an answer is: scored, not testable, declined or open."""
    match answer:
        case Scored():
            return words(N_("scored"))
        case NotTestable():
            return words(N_("not testable"))
        case Declined():
            return words(N_("declined"))
        case _:
            return words(N_("open"))


def plain_answer_words(item: Item, answer: Answer | None, words: Words) -> str:
    """Return an answer in a family's words: what the level looks like, or why there is none."""
    match answer:
        case Scored(level):
            found = next(each for each in item.levels if each.value == level)
            return words(found.plain or found.label)
        case NotTestable():
            return words(N_("could not be tested"))
        case Declined():
            return words(N_("declined"))
        case _:
            return words(N_("not scored"))


def reason_words(reason: str, words: Words) -> str:
    """Return why there is no level; free text stands as it was typed."""
    return words(code_list("reasons").title_of(reason))


def key_words(definition: Definition, key: Key, words: Words) -> str:
    """Return the item's title, and its side where it has sides."""
    title = words(definition.item(key.item).title)
    return title if key.side is None else words(_KEYS[key.side], item=title)


def brief_level(definition: Definition, key: Key, level: Decimal, words: Words) -> str:
    """Return a level with its item, as short as both can be: “Eyes 2”, “Heel-shin slide R 1”."""
    answer = beside(key.side, words.number(level), words)
    return words(N_("{item} {answer}"), item=brief_item(definition, key, words), answer=answer)


def brief_item(definition: Definition, key: Key, words: Words) -> str:
    """Return an item's title, without the medical word where it has a plain one."""
    item = definition.item(key.item)
    return words(item.heading or item.title)


def side_words(side: Side | None, words: Words) -> str:
    """Return the name of a side where the item stands above it; empty for an item without."""
    return "" if side is None else words(_SIDES[side])


def beside(side: Side | None, answer: str, words: Words) -> str:
    """Return an answer with its side in front, as short as a column needs it: “R 2”."""
    return answer if side is None else words(_SHORT_SIDES[side], answer=answer)


def undo_words(definition: Definition, key: Key, answer: Answer | None, words: Words) -> str:
    """Return what undoing would take back: “Undo: sleep 2”."""
    item = words.within_sentence(words(definition.item(key.item).title))
    if answer is None:
        return words(_UNDO_OPEN[key.side], item=item)
    is_scored = isinstance(answer, Scored)
    value = answer_words(answer, words) if is_scored else kind_words(answer, words)
    return words(_UNDO[key.side], item=item, value=value)
