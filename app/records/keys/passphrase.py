"""What a passphrase may be, and how hard it is to guess.

A length is counted, and a secret is derived, in one composed form, so that an umlaut is one
character whatever the keyboard. How hard it is to guess is judged by zxcvbn, which knows the
commonest passwords, names and words, and sees repetition, dates and rows of keys.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Any

from msgspec import Struct

from app.errors import N_, UserError
from app.signs import unseen_in

SHORTEST = 10
LONGEST = 500
_JUDGED = 40
"""How much of a passphrase is judged: what it costs grows faster than its length."""
_OURS = ("oms", "bedside", "oms bedside")
_TOO_SHORT = N_("Please choose a passphrase of at least {count} characters.")
_TOO_LONG = N_(
    "A passphrase can have {count} characters at most. Perhaps something else was pasted?"
)
_UNSEEN = N_(
    "The passphrase holds something that cannot be seen, such as a line break or a hidden sign. "
    "Please type it without; some emoji hold one as well."
)
_EASY = N_("This passphrase is easy to guess. Please add a word or two that do not belong to it.")
_SAID = {
    "repeat": N_("This passphrase repeats itself. Please take words that differ."),
    "sequence": N_("This passphrase follows a row of letters or digits. Please take a few words."),
    "spatial": N_("This passphrase follows the keys of a keyboard. Please take a few words."),
    "dictionary": N_(
        "This passphrase is among the first that anybody would try. "
        "Please take a few words that do not belong together."
    ),
}


class Strength(IntEnum):
    """How hard a passphrase is to guess; one below ``GOOD`` is not taken."""

    NONE = 0
    WEAK = 1
    FAIR = 2
    GOOD = 3
    STRONG = 4


class Judgement(Struct, frozen=True):
    """How hard a passphrase is to guess, and why it is not taken, if it is not."""

    strength: Strength
    problem: UserError | None = None


def composed(passphrase: str) -> str:
    """Return a passphrase in the one form that counts, whatever the keyboard."""
    return unicodedata.normalize("NFC", passphrase)


def check_passphrase(passphrase: str, known: Iterable[str] = ()) -> None:
    """Raise UserError, in one sentence, for a passphrase that protects too little.

    ``known`` is as for ``judge``. No error repeats what was typed.
    """
    problem = judge(passphrase, known).problem
    if problem is not None:
        raise problem


def judge(passphrase: str, known: Iterable[str] = ()) -> Judgement:
    """Judge a passphrase; ``known`` is what others would try first, such as its user's name."""
    form = composed(passphrase)
    misshapen = _misshapen(form)
    if misshapen is not None:
        return Judgement(Strength.NONE, misshapen)
    found = _judged(form, known)
    strength = Strength(found["score"])
    is_taken = strength >= Strength.GOOD
    return Judgement(strength, None if is_taken else UserError(_sentence(found)))


def _misshapen(form: str) -> UserError | None:
    if len(form.strip()) < SHORTEST:
        return UserError(_TOO_SHORT, count=SHORTEST)
    if len(form) > LONGEST:
        return UserError(_TOO_LONG, count=LONGEST)
    return UserError(_UNSEEN) if unseen_in(form) else None


def _judged(form: str, known: Iterable[str]) -> Mapping[str, Any]:
    from zxcvbn import zxcvbn  # noqa: PLC0415 - only where a passphrase is chosen

    words = [word for name in known for word in (name, *name.split())]
    return zxcvbn(form.strip()[:_JUDGED], [*_OURS, *words])


def _sentence(found: Mapping[str, Any]) -> str:
    """Return what all of it is, where it is one thing; else that it is easy to guess."""
    parts = found["sequence"]
    return _SAID.get(parts[0]["pattern"], _EASY) if len(parts) == 1 else _EASY
