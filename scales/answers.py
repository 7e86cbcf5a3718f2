"""Answers as texts, and back: keys such as ``gait`` or ``heel_shin.left``, values as in tables."""

import re
from decimal import Decimal

from scales.errors import N_, AnswerRefused, ReasonRefused
from scales.model import Answer, Declined, Definition, Item, Key, NotTestable, Scored, plain

NOT_TESTABLE = "not_testable"
DECLINED = "declined"
# Three decimals that end in 0 could be thousands: they are no level.
_NUMBER = re.compile(r"\d+(\.(?!\d\d0\Z)\d+)?", re.ASCII)


def check_takes_answers(definition: Definition) -> None:
    """Refuse a scale that takes only a total typed from paper.

    Raises:
        AnswerRefused: It has no items.

    """
    if definition.typed_only:
        raise AnswerRefused(
            N_("“{scale}” takes only a total typed from paper, no answers."), scale=definition.id
        )


def find_item(definition: Definition, item_id: str) -> Item:
    """Return an item of a scale.

    Raises:
        AnswerRefused: The scale takes only a typed total, or has no such item.

    """
    check_takes_answers(definition)
    try:
        return definition.item(item_id)
    except KeyError:
        raise AnswerRefused(
            N_("“{scale}” has no item “{item}”. Its items are {items}."),
            scale=definition.id,
            item=item_id,
            items=", ".join(item.id for item in definition.items),
        ) from None


def key_of(definition: Definition, item_id: str, side: str) -> Key:
    """Return the key of an item and a side; the side is empty where the item has none.

    Raises:
        AnswerRefused: There is no such item, or the side is missing, unknown or not wanted.

    """
    item = find_item(definition, item_id)
    for key in item.keys:
        if (key.side or "") == side:
            return key
    if None in item.sides:
        raise AnswerRefused(
            N_("“{item}” of “{scale}” has no sides; “{side}” is one too many."),
            item=item_id,
            scale=definition.id,
            side=side,
        )
    if not side:
        raise AnswerRefused(
            N_("“{item}” of “{scale}” has two sides: please write right or left."),
            item=item_id,
            scale=definition.id,
        )
    raise AnswerRefused(
        N_("“{item}” of “{scale}” has two sides, right and left; “{side}” is neither."),
        item=item_id,
        scale=definition.id,
        side=side,
    )


def parse_key(definition: Definition, text: str) -> Key:
    """Read ``item``, ``item.right`` or ``item.left``.

    Raises:
        AnswerRefused: There is no such key on this scale.

    """
    item_id, dot, side = text.partition(".")
    return key_of(definition, item_id, side or dot)


def read_number(text: str) -> Decimal | None:
    """Read a number such as ``9`` or ``9.5``; ``None`` for every other text."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def read_answer(definition: Definition, key: Key, value: str, reason: str) -> Answer | None:
    """Read an answer as a table writes it; an empty value is an open key.

    Raises:
        AnswerRefused: The value is none of the item's levels.
        ReasonRefused: The value is sound, but its reason is missing or belongs elsewhere.

    """
    answer = _read_value(definition, key, value, reason)
    _check_reason(key, value, reason)
    return answer


def _read_value(definition: Definition, key: Key, value: str, reason: str) -> Answer | None:
    if not value:
        return None
    if value == NOT_TESTABLE:
        return NotTestable(reason)
    if value == DECLINED:
        return Declined(reason)
    return Scored(_read_level(find_item(definition, key.item), key, value))


def write_answer(answer: Answer | None) -> tuple[str, str]:
    """Return the value and the reason as a table writes them; both empty for an open key."""
    match answer:
        case Scored(level):
            return plain(level), ""
        case NotTestable(reason):
            return NOT_TESTABLE, reason
        case Declined(reason):
            return DECLINED, reason
        case _:
            return "", ""


def check_level(item: Item, key: Key, level: Decimal) -> None:
    """Refuse a number that is not a level of this item.

    Raises:
        AnswerRefused: It is not; the levels are named.

    """
    if not any(level == known.value for known in item.levels):
        raise _not_a_level(item, key, str(level))


def _read_level(item: Item, key: Key, value: str) -> Decimal:
    level = read_number(value)
    if level is None:
        raise _not_a_level(item, key, value)
    check_level(item, key, level)
    return level


def _not_a_level(item: Item, key: Key, value: str) -> AnswerRefused:
    return AnswerRefused(
        N_("“{value}” is not a level of “{key}”. Its levels are {levels}."),
        value=value,
        key=key,
        levels=", ".join(plain(level.value) for level in item.levels),
    )


def _check_reason(key: Key, value: str, reason: str) -> None:
    if value == NOT_TESTABLE and not reason.strip():
        raise ReasonRefused(N_("“{key}” is not testable: please tell why."), key=key)
    if reason and value not in (NOT_TESTABLE, DECLINED):
        raise ReasonRefused(
            N_("“{key}” has a reason, which belongs only to not_testable and declined."), key=key
        )
