"""Wrong passphrases slow down whoever tries them: told in a sentence, and nothing is held up.

What counts are the moments in the file of failed openings, so another start changes nothing, and
those that this process saw, where that file cannot be written.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from app.clock import Clock
from app.errors import N_, UserError
from app.records.keys import vault
from app.records.seen import FAILED, note_failed_opening

_FREE = 3
_LONGEST = 30
_COUNTED = timedelta(minutes=10)
_LAST_BYTES = 4096
_SHORTEST = 2
_WAIT = N_("That was wrong several times. Please wait {seconds} seconds, then try again.")


class TooSoon(UserError):
    """A passphrase was given sooner after wrong ones than it is tried."""


class Slowing:
    """Counts the wrong passphrases of one folder; a right one makes those before it count no more.

    Three are free, then each doubles the wait, up to half a minute: care must go on.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._here: list[datetime] = []
        self._right: datetime | None = None

    def unlock(self, secret: str) -> vault.Unlocked:
        """Return the key for a passphrase or the recovery code; wrong ones are noted.

        TooSoon where this one has to wait; UserError as ``vault.unlock`` raises.
        """
        seconds = self.seconds()
        if seconds:
            raise TooSoon(_WAIT, seconds=max(seconds, _SHORTEST))
        try:
            found = vault.unlock(self._folder, secret)
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
