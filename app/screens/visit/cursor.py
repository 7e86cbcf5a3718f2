"""Where the rater is in a visit, and where a step leads. Values and pure functions."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from scales.catalogue import Catalogue
from scales.model import Answers, Definition, Key

FIRST_SCALE = "five_feature"


class Part(StrEnum):
    """The parts of the page."""

    SHEET = "sheet"
    GUIDED = "guided"
    CONTEXT = "context"
    SUMMARY = "summary"


class Cursor(Struct, frozen=True):
    """The part that shows, its scale and the current key.

    ``reasons_for`` is the key whose reasons are open, if any are. ``is_sign_tried`` says that
    signing was asked for and something was in the way. ``part_before`` is where the context was
    asked for.
    """

    part: Part
    scale: str
    key: Key
    reasons_for: Key | None = None
    is_sign_tried: bool = False
    part_before: Part = Part.SHEET


def begin(catalogue: Catalogue, scale: str, answers: Answers) -> Cursor:
    """Begin at the first open key of a scale; the first sheet shows whole, others are guided."""
    definition = catalogue.find(scale)
    part = Part.SHEET if scale == FIRST_SCALE else Part.GUIDED
    first = next_open(definition, answers, None)
    return Cursor(part, scale, definition.keys[0] if first is None else first)


def next_open(definition: Definition, answers: Answers, after: Key | None) -> Key | None:
    """Return the first open key after a key, going round once; ``None`` if none is open."""
    keys = definition.keys
    start = 0 if after is None else keys.index(after) + 1
    return next((key for key in (*keys[start:], *keys[:start]) if key not in answers), None)


def neighbour(definition: Definition, key: Key, step: int) -> Key | None:
    """Return the key ``step`` places on; ``None`` beyond either end."""
    place = definition.keys.index(key) + step
    return definition.keys[place] if 0 <= place < len(definition.keys) else None


def item_neighbour(definition: Definition, key: Key, step: int) -> Key | None:
    """Return the first key of the item ``step`` items on; ``None`` beyond either end."""
    items = [item.id for item in definition.items]
    place = items.index(key.item) + step
    return definition.items[place].keys[0] if 0 <= place < len(items) else None


def after_answer(cursor: Cursor, definition: Definition, answers: Answers, key: Key) -> Cursor:
    """Move on from an answered key: to the next open one, else to the summary.

    The sheet stays the sheet: its Sign button stands on it.
    """
    here = replace(cursor, key=key, reasons_for=None)
    following = next_open(definition, answers, key)
    if following is not None:
        return replace(here, key=following)
    return replace(here, part=Part.SUMMARY) if cursor.part is Part.GUIDED else here


def after_step(cursor: Cursor, definition: Definition, step: int) -> Cursor:
    """Move one key on or back; beyond the last key of a guided scale comes the summary."""
    key = neighbour(definition, cursor.key, step)
    here = replace(cursor, reasons_for=None)
    if key is not None:
        return replace(here, key=key)
    return replace(here, part=Part.SUMMARY) if step > 0 and cursor.part is Part.GUIDED else here


def at(cursor: Cursor, scale: str, key: Key) -> Cursor:
    """Go to a key of a scale, on the part that scores it."""
    part = Part.SHEET if scale == FIRST_SCALE else Part.GUIDED
    return replace(cursor, part=part, scale=scale, key=key, reasons_for=None)
