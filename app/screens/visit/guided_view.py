"""One item of a longer scale with the list of all beside it. Free of Qt."""

from msgspec import Struct

from app.errors import N_, NN_
from app.language import Words
from app.screens.visit.cursor import FIRST_SCALE, Cursor, item_neighbour
from app.screens.visit.snapshot import Snapshot
from app.screens.visit.view import (
    key_view,
    other_scales,
    question_view,
    reasons_view,
    undo_view,
)
from app.wording.answers import kind_words
from app.wording.totals import scored_count
from scales.model import Answer, Answers, Declined, Definition, Item, Key, NotTestable, Scored
from widgets import icons
from widgets.values import Choice, ItemEntry, KeyView, QuestionView, ReasonsView


class GuidedView(Struct, frozen=True):
    """The current item, where each item stands, and the way on and back.

    ``done`` and ``count`` are keys. ``before`` is empty at the first item. ``seconds`` is the time
    that tells the item's levels apart; 0 where nothing is timed.
    """

    scale: str
    progress: str
    done: int
    count: int
    caution: str
    items: tuple[ItemEntry, ...]
    others: tuple[Choice, ...]
    title: str
    position: str
    how_to_test: str
    seconds: int
    keys: tuple[KeyView, ...]
    current: Key
    before: str
    after: str
    hint: str
    undo: str
    question: QuestionView | None
    reasons: ReasonsView | None


def guided_view(snapshot: Snapshot, cursor: Cursor) -> GuidedView:
    """Return the item that the cursor is at."""
    words, definition = snapshot.words, snapshot.catalogue.find(cursor.scale)
    answers, item = snapshot.answers(cursor.scale), definition.item(cursor.key.item)
    return GuidedView(
        scale=words(definition.short_title),
        progress=_progress(snapshot, definition),
        done=scored_count(definition, answers),
        count=len(definition.keys),
        caution=words(definition.caution),
        items=tuple(_entry(snapshot, cursor, one) for one in definition.items),
        others=_begun(snapshot, cursor.scale),
        title=words(item.title),
        position=_position(definition, item, words),
        how_to_test=words(item.how_to_test),
        seconds=item.seconds,
        keys=tuple(key_view(snapshot, definition, key) for key in item.keys),
        current=cursor.key,
        before=_neighbour(definition, cursor, -1, words),
        after=_neighbour(definition, cursor, 1, words) or words(N_("Summary")),
        hint=_hint(item, words),
        undo=undo_view(snapshot),
        question=question_view(snapshot, cursor.scale),
        reasons=reasons_view(snapshot, cursor),
    )


def _begun(snapshot: Snapshot, scale: str) -> tuple[Choice, ...]:
    """Return the first sheet and whatever else is begun; the sheet offers the rest."""
    return tuple(
        choice
        for choice in other_scales(snapshot, scale)
        if choice.id == FIRST_SCALE or snapshot.visit.sheet(choice.id) is not None
    )


def _progress(snapshot: Snapshot, definition: Definition) -> str:
    answers, words, count = snapshot.answers(definition.id), snapshot.words, len(definition.keys)
    scored = sum(1 for answer in answers.values() if isinstance(answer, Scored))
    left = count - scored_count(definition, answers)
    message = N_("{scored} of {all} scored · {left} open")
    told = words(message, scored=scored, all=count, left=left)
    waiting = sum(1 for one in snapshot.raised if one.concerns(definition.id))
    forms = NN_("{count} question waits", "{count} questions wait")
    return words.dotted((told, words.plural(forms, waiting))) if waiting else told


def _position(definition: Definition, item: Item, words: Words) -> str:
    number = definition.items.index(item) + 1
    return words(N_("item {number} of {all}"), number=number, all=len(definition.items))


def _neighbour(definition: Definition, cursor: Cursor, step: int, words: Words) -> str:
    key = item_neighbour(definition, cursor.key, step)
    return "" if key is None else words(definition.item(key.item).title)


def _hint(item: Item, words: Words) -> str:
    keys = (words.number(item.levels[0].value), words.number(item.levels[-1].value))
    message = N_("Choosing moves on by itself · keys {first} to {last}, Enter, Ctrl+Z, N")
    return words(message, first=keys[0], last=keys[1])


def _entry(snapshot: Snapshot, cursor: Cursor, item: Item) -> ItemEntry:
    words, answers = snapshot.words, snapshot.answers(cursor.scale)
    given = [answers.get(key) for key in item.keys]
    icon, state = _state(item, answers, words)
    has_value = any(isinstance(answer, Scored) for answer in given)
    value = words.dotted(_short(answer, words) for answer in given) if has_value else ""
    title = words(item.title)
    is_current = item.id == cursor.key.item
    is_asked = any(snapshot.asks_about(cursor.scale, key) for key in item.keys)
    question = words(N_("a question waits")) if is_asked else ""
    return ItemEntry(
        id=item.id,
        title=title,
        icon=icons.HERE if is_current else icon,
        state=state,
        value=value,
        spoken=words.several(part for part in (title, state, value, question) if part),
        has_question=is_asked,
        is_current=is_current,
    )


def _short(answer: Answer | None, words: Words) -> str:
    match answer:
        case Scored(level):
            return words.number(level)
        case NotTestable():
            return icons.NOT_TESTABLE
        case Declined():
            return icons.DECLINED
        case _:
            return icons.OPEN


def _state(item: Item, answers: Answers, words: Words) -> tuple[str, str]:
    """Return the sign and the word for an item: the most open of its keys decides."""
    given = [answers.get(key) for key in item.keys]
    if None in given:
        return icons.OPEN, kind_words(None, words)
    for sign, kind in ((icons.NOT_TESTABLE, NotTestable), (icons.DECLINED, Declined)):
        for answer in given:
            if isinstance(answer, kind):
                return sign, kind_words(answer, words)
    return icons.DONE, kind_words(given[0], words)
