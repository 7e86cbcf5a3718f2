"""What a form offers: the entries of a code list in the words of the screen."""

from app.language import Words
from app.records.lists import code_list
from scales.model import Item
from widgets.values import Choice


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
