"""Answers, totals and gaps in words, as every part of the scoring page says them."""

from app.errors import N_, NN_
from app.language import Words
from app.records.model import Sheet
from scales.model import (
    Answer,
    Answers,
    Declined,
    Definition,
    Item,
    Key,
    NotTestable,
    Scored,
    Side,
    plain,
)

_FEW = 2
COMMON_REASONS = (N_("asleep"), N_("too unwell today"), N_("does not cooperate today"))
_SIDES = {
    None: N_("{item}"),
    Side.RIGHT: N_("{item}, right side"),
    Side.LEFT: N_("{item}, left side"),
}
_UNDO = {
    None: N_("Undo: {item} {value}"),
    Side.RIGHT: N_("Undo: {item}, right {value}"),
    Side.LEFT: N_("Undo: {item}, left {value}"),
}


def answer_words(answer: Answer | None, words: Words) -> str:
    """Return a level, "not testable: why", "declined", or "open"."""
    match answer:
        case Scored(level):
            return plain(level)
        case NotTestable(reason):
            return words(N_("not testable: {reason}"), reason=words(reason))
        case Declined(reason) if reason:
            return words(N_("declined: {reason}"), reason=reason)
        case Declined():
            return words(N_("declined"))
        case _:
            return words(N_("open"))


def key_words(definition: Definition, key: Key, words: Words) -> str:
    """Return the item's name, and its side where it has sides."""
    return words(_SIDES[key.side], item=words(definition.item(key.item).title))


def in_sentence(name: str, words: Words) -> str:
    """Return an item's name as it stands within a sentence: English writes it small."""
    is_small = words.language == "en" and not name[1:2].isupper()
    return name[:1].lower() + name[1:] if is_small else name


def undo_words(definition: Definition, key: Key, answers: Answers, words: Words) -> str:
    """Return what undoing would take back: "Undo: sleep 2"."""
    item = in_sentence(words(definition.item(key.item).title), words)
    value = _short(answers.get(key), words)
    return words(_UNDO[key.side], item=item, value=value).rstrip()


def _short(answer: Answer | None, words: Words) -> str:
    match answer:
        case Scored(level):
            return plain(level)
        case NotTestable():
            return words(N_("not testable"))
        case Declined():
            return words(N_("declined"))
        case _:
            return ""


def gap_words(definition: Definition, answers: Answers, words: Words) -> str:
    """Return which keys have no level and why; empty where each has one.

    Two open keys are named, more are counted; what was not testable or declined is named.
    """
    gaps = [key for key in definition.keys if not isinstance(answers.get(key), Scored)]
    open_keys = [key for key in gaps if key not in answers]
    parts = [_gap(definition, key, answers.get(key), words) for key in gaps if key in answers]
    if len(open_keys) > _FEW:
        parts.append(words.plural(NN_("{count} is open", "{count} are open"), len(open_keys)))
    else:
        parts += [_gap(definition, key, None, words) for key in open_keys]
    return ", ".join(parts)


def _gap(definition: Definition, key: Key, answer: Answer | None, words: Words) -> str:
    name = in_sentence(key_words(definition, key, words), words)
    match answer:
        case NotTestable():
            return words(N_("{item} not testable"), item=name)
        case Declined():
            return words(N_("{item} declined"), item=name)
        case _:
            return words(N_("{item} is open"), item=name)


def total_words(definition: Definition, sheet: Sheet, words: Words) -> str:
    """Return "4 of 15", "9 of 18, typed from paper" or "no total: speech is open"."""
    if sheet.total is None:
        return words(N_("no total: {gaps}"), gaps=gap_words(definition, sheet.answers, words))
    message = N_("{total} of {highest}, typed from paper") if sheet.is_typed else _OF
    highest = plain(definition.highest)
    return words(message, total=plain(sheet.total), highest=highest)


_OF = N_("{total} of {highest}")


def scored_count(definition: Definition, answers: Answers) -> int:
    """Count the keys that have an answer of any kind."""
    return sum(1 for key in definition.keys if key in answers)


def reasons_for(item: Item, words: Words) -> tuple[str, ...]:
    """Return the ready-made reasons of an item, its own first."""
    return tuple(dict.fromkeys(words(reason) for reason in (*item.reasons, *COMMON_REASONS)))


def caution_words(definition: Definition, words: Words) -> str:
    """Return the sentence that must stand wherever the scale shows; empty if none must."""
    return words(definition.caution)
