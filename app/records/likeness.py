"""Whether two names could be one person's, written in two ways."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from app.folding import fold
from app.records.model import PatientFacts
from app.signs import drawn

_WORD = re.compile(r"[^\W_]+")
_LIKE = 0.84
"""Jaro-Winkler similarity of two words; “mohammed” and “muhammad” have 0.85, “tim” and “tom” 0.80.

Our own: low enough for another way of spelling, high enough to leave most siblings apart.
"""
_PLACEHOLDERS = frozenset({"baby", "boy", "girl", "infant", "newborn", "twin"})
"""What stands in place of a given name until there is one."""


def name_words(facts: PatientFacts) -> str:
    """Return the words of a patient's name as they are compared: folded, in alphabetical order.

    Empty where no name is recorded.
    """
    return _words(f"{facts.given_name} {facts.family_name}")


@lru_cache(maxsize=1024)
def _words(name: str) -> str:
    plain = fold("".join(sign for sign in drawn(name) if sign.isprintable()))
    words = _WORD.findall(plain)
    named = [word for word in words if word not in _PLACEHOLDERS]
    return " ".join(sorted(named or words))


def are_alike(one: str, other: str) -> bool:
    """Whether every word of the shorter name has one like it in the other; as ``name_words``."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    left = list(longer)
    for word in shorter:
        best = max(left, key=lambda each, word=word: _likeness(word, each))  # type: ignore[misc]
        if _likeness(word, best) < _LIKE:
            return False
        left.remove(best)
    return bool(shorter)


def _likeness(one: str, other: str) -> float:
    if 1 in (len(one), len(other)):
        return float(one[0] == other[0])
    return _similarity()(one, other)


@cache
def _similarity() -> Callable[[str, str], float]:
    """Return what compares two words, loaded once: most starts compare no names."""
    from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415 - so this says

    return JaroWinkler.similarity
