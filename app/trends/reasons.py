"""Why a visit has no total, in a few words for a mark and in full for hovering."""

from app.errors import N_, NN_
from app.language import Words
from app.trends.model import Point
from scales.model import Definition, Key, Missing, Side

_ONE = {
    Missing.OPEN: N_("{item} not scored"),
    Missing.NOT_TESTABLE: N_("{item} not testable"),
    Missing.DECLINED: N_("{item} declined"),
}
_SIDED = {
    Side.RIGHT: N_("{item}, right"),
    Side.LEFT: N_("{item}, left"),
}


def key_words(definition: Definition, key: Key, words: Words) -> str:
    """Return an item's title, with its side where it has one."""
    title = words(definition.item(key.item).title)
    return title if key.side is None else words(_SIDED[key.side], item=title)


def missing_words(definition: Definition, point: Point, words: Words) -> str:
    """Return in a few words why a point has no total: “no total: Speech not testable”."""
    if not point.missing:
        return words(N_("no total"))
    if len(point.missing) == 1:
        reason = _reason(definition, point, point.missing[0], words)
        return words(N_("no total: {reason}"), reason=reason)
    forms = NN_(
        "no total: {count} item without a level", "no total: {count} items without a level"
    )
    return words.plural(forms, len(point.missing))


def all_reasons(definition: Definition, point: Point, words: Words) -> tuple[str, ...]:
    """Return one short text for each key that has no level, in item order."""
    return tuple(_reason(definition, point, key, words) for key in point.missing)


def _reason(definition: Definition, point: Point, key: Key, words: Words) -> str:
    why = point.reasons.get(key, Missing.OPEN)
    return words(_ONE[why], item=key_words(definition, key, words))
