"""PINs that bring somebody back to a locked window: in memory only, and never a way into the file.

A PIN stops a passer-by. Whoever reads the memory of the machine needs none.
"""

import os
import unicodedata
from collections.abc import Callable
from hmac import compare_digest
from itertools import pairwise

from msgspec import Struct

from app.clock import ticks
from app.errors import N_, UserError

FEWEST, MOST = 4, 64
MOST_WRONG = 5
LONGEST_MS = 12 * 60 * 60 * 1000
"""For how long after the passphrase a PIN opens anything."""
_PASSES, _MEMORY_KIB = 2, 8_192
_TOO_SHORT = N_("Please choose at least 4 digits.")
_TOO_LONG = N_("Please choose fewer than 65 digits.")
_TOO_EASY = N_("That PIN is among the first that somebody would try. Please choose another one.")


class _Kept(Struct, frozen=True):
    """What a PIN is compared with."""

    salt: bytes
    derived: bytes


class Pins:
    """Who can come back with which PIN, and how often a wrong one was typed.

    Wrong ones are counted over all locks; a passphrase begins the count anew. ``ticks`` are
    milliseconds that only grow.
    """

    def __init__(self, ticks: Callable[[], int] = ticks) -> None:
        self._ticks = ticks
        self._kept: dict[str, _Kept] = {}
        self._given: dict[str, int] = {}
        self._declined: set[str] = set()
        self._wrong = 0

    def welcome(self, user: str) -> None:
        """Note that somebody has given the passphrase now."""
        self._given[user] = self._ticks()
        self._wrong = 0

    def choose(self, user: str, pin: str) -> None:
        """Keep what a PIN is compared with, in place of one before; UserError for a poor one."""
        digits = check_pin(pin)
        salt = os.urandom(16)
        self._kept[user] = _Kept(salt, _derived(digits, salt))
        self._given.setdefault(user, self._ticks())
        self._declined.discard(user)

    def decline(self, user: str) -> None:
        """Note that somebody goes without a PIN, and is asked no more."""
        self._declined.add(user)

    def is_wanted(self, user: str) -> bool:
        """Say whether somebody without a PIN may be asked for one."""
        return not self.has(user) and user not in self._declined

    def has(self, user: str) -> bool:
        """Say whether a PIN brings somebody back now."""
        return user in self._kept and not self.is_old(user)

    def is_old(self, user: str) -> bool:
        """Say whether the passphrase was given so long ago that no PIN replaces it."""
        given = self._given.get(user)
        return given is not None and self._ticks() - given >= LONGEST_MS

    def opens(self, user: str, pin: str) -> bool:
        """Say whether this is somebody's PIN; a wrong one counts, and after five none opens."""
        kept = self._kept.get(user)
        if kept is None or self.is_spent or self.is_old(user):
            return False
        is_right = compare_digest(_derived(_digits(pin), kept.salt), kept.derived)
        self._wrong += not is_right
        return is_right

    @property
    def is_spent(self) -> bool:
        """Whether so many wrong ones were typed that only a passphrase helps."""
        return self._wrong >= MOST_WRONG

    @property
    def left(self) -> int:
        """How many wrong ones may still be typed."""
        return max(0, MOST_WRONG - self._wrong)

    def drop(self, user: str) -> None:
        """Forget somebody's PIN, so that another one can be chosen."""
        self._kept.pop(user, None)

    def forget(self) -> None:
        """Forget every PIN: from now on only a passphrase lets anybody in."""
        self._kept.clear()


def _digits(pin: str) -> str:
    """Return a PIN with digits of any script as the usual ones."""
    return "".join(
        str(digit) if (digit := unicodedata.decimal(letter, None)) is not None else letter
        for letter in unicodedata.normalize("NFKC", pin)
    )


def check_pin(wished: str) -> str:
    """Return a PIN with its digits as the usual ones; UserError for a poor one."""
    pin = _digits(wished)
    if len(pin) < FEWEST:
        raise UserError(_TOO_SHORT)
    if len(pin) > MOST:
        raise UserError(_TOO_LONG)
    steps = {ord(after) - ord(before) for before, after in pairwise(pin)}
    if len(steps) == 1 and steps <= {-1, 0, 1}:
        raise UserError(_TOO_EASY)
    return pin


def _derived(pin: str, salt: bytes) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 - no start needs it

    return hash_secret_raw(
        pin.encode("utf-8", "surrogatepass"), salt,
        time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=1, hash_len=32, type=Type.ID,
    )  # fmt: skip
