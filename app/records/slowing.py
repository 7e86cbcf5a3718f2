"""Wrong passphrases slow down whoever tries them: told in a sentence, and nothing is held up.

What counts are the moments in the file of failed openings, so another start changes nothing, and
those that this process saw, where that file cannot be written.
"""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.clock import Clock
from app.errors import N_, UserError
from app.records.keys import vault
from app.records.seen import FAILED, note_failed_opening

T = TypeVar("T")
_FREE = 3
_LONGEST = 30
_COUNTED = timedelta(minutes=10)
_LAST_BYTES = 4096
_SHORTEST = 2
_NOBODYS = N_("That is the passphrase of nobody who was asked for.")
_WAIT = N_("That was wrong several times. Please wait {seconds} seconds, then try again.")


class TooSoon(UserError):
    """A passphrase was given sooner after wrong ones than it is tried."""


class Slowing:
    """Counts the wrong passphrases of one folder; a right one makes those before it count no more.

    Three are free, then each doubles the wait, up to half a minute: care must go on. ``right`` is
    when somebody gave a right one before.
    """

    def __init__(self, folder: Path, clock: Clock, right: datetime | None = None) -> None:
        self._folder = folder
        self._clock = clock
        self._here: list[datetime] = []
        self._right = right

    def unlock(self, secret: str) -> vault.Unlocked:
        """Return the key for a passphrase or the recovery code; wrong ones are noted.

        TooSoon where this one has to wait; UserError as ``vault.unlock`` raises.
        """
        return self.tried(partial(vault.unlock, self._folder, secret))

    def check(self, secret: str) -> None:
        """Raise UserError unless a passphrase or the recovery code opens the records."""
        self.tried(partial(vault.check_secret, self._folder, secret))

    def check_own(self, user: str, passphrase: str) -> None:
        """Raise UserError unless this is the passphrase of one user, by internal id."""
        self.tried(partial(vault.check_own, self._folder, user, passphrase))

    def whose(self, users: Collection[str], passphrase: str) -> str:
        """Return which of these users a passphrase is of; WrongSecret if of none, or TooSoon."""

        def ask() -> str:
            who = vault.whose_passphrase(self._folder, users, passphrase)
            if not who:
                raise vault.WrongSecret(_NOBODYS)
            return who

        return self.tried(ask)

    def tried(self, trying: Callable[[], T]) -> T:
        """Return what comes of trying a secret; where it raises WrongSecret, that is noted.

        TooSoon where this one has to wait; it is not tried then.
        """
        seconds = self.seconds()
        if seconds:
            raise TooSoon(_WAIT, seconds=max(seconds, _SHORTEST))
        try:
            found = trying()
        except vault.WrongSecret:
            self._here.append(self._clock.now().utc)
            note_failed_opening(self._folder, self._clock)
            raise
        self._here.clear()
        self._right = self._clock.now().utc
        return found

    def seconds(self) -> int:
        """Return how long the next passphrase has to wait."""
        now = self._clock.now().utc
        wrong = sorted(one for one in self._wrong() if now - one < _COUNTED)
        if len(wrong) < _FREE:
            return 0
        wait = min(1 << (len(wrong) - _FREE + 1), _LONGEST)
        passed = (now - wrong[-1]).total_seconds()
        # A clock that was put back keeps nobody waiting for longer.
        return max(0, min(wait, round(wait - passed)))

    def _wrong(self) -> list[datetime]:
        told = [
            one for one in _told(self._folder / FAILED) if self._right is None or one > self._right
        ]
        return max(told, self._here, key=len)


def _told(path: Path) -> Iterable[datetime]:
    """Return the last moments of the file; a line that is none is passed over."""
    with suppress(OSError), path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _LAST_BYTES))
        for line in file.read().split():
            with suppress(ValueError):
                moment = datetime.fromisoformat(line.decode("ascii", "replace"))
                if moment.tzinfo is not None:
                    yield moment
