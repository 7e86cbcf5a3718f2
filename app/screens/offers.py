"""What a form offers: the entries of a code list in the words of the screen."""

from app.errors import N_
from app.language import Words
from app.records.lists import code_list
from scales.model import Item
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
    """Return the reasons why an item has no level: its own first, then those for every item."""
    known = code_list("reasons")
    for_every_item = (entry.id for entry in known.entries if entry.for_every_item)
    ids = dict.fromkeys((*item.reasons, *for_every_item))
    return tuple(Choice(reason, words(known.get(reason).title)) for reason in ids)
