"""What a form offers: the entries of a code list in the words of the screen."""

from app.errors import N_
from app.language import Words
from app.records.lists import code_list
from scales.model import Answers, Definition, Item, Key
from widgets.values import Choice

DISCARD_REASONS = (
    N_("Begun by mistake"),
    N_("Begun for another patient"),
    N_("Entered twice"),
    N_("Could not be examined"),
)
"""Usual reasons for letting an unfinished visit go."""
ERROR_REASONS = (
    N_("Belongs to another patient"),
    N_("Entered twice"),
    N_("Typed wrongly"),
)
"""Usual reasons why something stored is an error."""


def ready_reasons(reasons: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """Return usual reasons in the words of the screen."""
    return tuple(words(reason) for reason in reasons)


def offers(name: str, words: Words, stored: str = "") -> tuple[Choice, ...]:
    """Return a code list in its order; what is stored beside it is offered as it is."""
    known = code_list(name)
    listed = tuple(Choice(entry.id, words(entry.title)) for entry in known.entries)
    is_listed = not stored or known.has(stored)
    return listed if is_listed else (*listed, Choice(stored, stored))


def reasons_for(item: Item, words: Words) -> tuple[Choice, ...]:
    """Return the reasons why an item has no level, in the one order of the list: usual ones first.

    Those for every item stand among the item's own.
    """
    return tuple(
        Choice(entry.id, words(entry.title))
        for entry in code_list("reasons").entries
        if entry.for_every_item or entry.id in item.reasons
    )


def open_keys_with(definition: Definition, answers: Answers, reason: str) -> tuple[Key, ...]:
    """Return the open keys of the items that offer a reason."""
    is_for_all = code_list("reasons").get(reason).for_every_item
    return tuple(
        key
        for item in definition.items
        if is_for_all or reason in item.reasons
        for key in item.keys
        if key not in answers
    )


def reasons_for_all(
    definition: Definition, item: Item, answers: Answers, words: Words
) -> tuple[Choice, ...]:
    """Return the reasons of an item that at least two open keys offer, each with how many do."""
    found = []
    for reason in reasons_for(item, words):
        count = len(open_keys_with(definition, answers, reason.id))
        if count > 1:
            title = words(N_("{reason} ({count})"), reason=reason.title, count=count)
            found.append(Choice(reason.id, title))
    return tuple(found)
