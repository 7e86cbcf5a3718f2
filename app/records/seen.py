"""Who looked at what: openings, printings and exports, in a chain of their own.

It stands beside the journal: neither the head of the journal nor the comparison of copies knows
it, so looking at records never makes them differ from their copy. Whoever could not open them had
no key to it, so that is told in a plain file beside the records, without a name.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from app.clock import Clock
from app.errors import N_, AppError
from app.records.actions import Action
from app.records.entries import hash_of
from app.records.file.database import guard
from app.records.rows import Stored, blob
from app.records.session import Session

FAILED = "failed-openings.txt"
"""The plain file of failed openings: a line each, the moment in UTC."""
NOT_NOTED = N_("“{deed}” could not be noted in the records: they cannot be written to.")

SEEN_COLUMNS = ("id", "utc", "offset_minutes", "user", "action", "patient", "hash")
_COLUMNS = ", ".join(SEEN_COLUMNS)
_LAST = "SELECT id, hash FROM seen WHERE id = (SELECT max(id) FROM seen)"


class Look(Struct, frozen=True):
    """One line of the chain; ``patient`` is an internal id, empty where it was about no one."""

    number: int
    user: str
    action: str
    patient: str


class Seen:
    """Writes and reads the chain of what was seen."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, action: Action, patient: str = "") -> bool:
        """Note that the acting user did something that changes nothing; say whether it stands.

        Where the file cannot be written the note is skipped: nobody is kept from reading.
        """
        try:
            with guard():
                self._append(action, patient)
        except AppError:
            return False
        return True

    def all(self) -> tuple[Look, ...]:
        """Return the chain, oldest first."""
        return tuple(
            Look(number, user, action, patient.hex() if patient else "")
            for number, _, _, user, action, patient, _ in self._rows()
        )

    def broken(self) -> int:
        """Count the lines whose number or hash is not what it must be."""
        count, last, previous = 0, 0, b""
        for number, *told, chained in self._rows():
            if number != last + 1 or hash_of((number, *told, previous)) != chained:
                count += 1
            last, previous = number, chained
        return count

    def _append(self, action: Action, patient: str) -> None:
        database, journal = self._session.database, self._session.journal
        last, previous = database.execute(_LAST).fetchone() or (0, b"")
        now = self._session.clock.now()
        told: tuple[Stored, ...] = (
            last + 1, now.milliseconds, now.offset_minutes, journal.user, action.id,
            blob(patient) if patient else None,
        )  # fmt: skip
        sql = f"INSERT INTO seen ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"
        database.execute(sql, (*told, hash_of((*told, previous))))

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        with guard():
            sql = f"SELECT {_COLUMNS} FROM seen ORDER BY id"
            yield from self._session.database.execute(sql)


def note_failed_opening(folder: Path, clock: Clock) -> None:
    """Add this moment to the file of failed openings, where one can be written."""
    with suppress(OSError), (folder / FAILED).open("a", encoding="ascii") as file:
        file.write(f"{clock.now().utc_text}\n")
