"""How hard a chosen passphrase is to guess, as the meter beside it shows it."""

from msgspec import Struct

from app.errors import N_
from app.language import Words
from app.records.keys.passphrase import Strength, judge

_HARD = N_("Hard to guess.")
_VERY_HARD = N_("Very hard to guess.")


class StrengthView(Struct, frozen=True):
    """How many steps of the meter are filled, of ``most``, and what that means in words."""

    level: int
    text: str
    most: int = max(Strength)


def strength_view(passphrase: str, name: str, words: Words) -> StrengthView | None:
    """Judge a passphrase that somebody of this name chooses; nothing where none is typed."""
    if not passphrase:
        return None
    found = judge(passphrase, (name,))
    if found.problem is not None:
        return StrengthView(found.strength, words.error(found.problem))
    text = _VERY_HARD if found.strength is Strength.STRONG else _HARD
    return StrengthView(found.strength, words(text))
