"""Which station this file is: a chain of entries of its own, never continued by a copy.

The file says which station it is, and the machine keeps a note outside the folder. Only where
both agree, and the note is not ahead of the file, do writes go on in that chain; a folder that was
copied by hand, cloned or put back begins a new one.
"""

import hashlib
import uuid
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from app.paths import make_private
from app.records.file.database import RecordsFile

SEQUENCE_BITS = 40
_SEQUENCES = (1 << SEQUENCE_BITS) - 1


class Station(Struct, frozen=True):
    """A station that writes: its UUID, and its local number in this file."""

    number: int
    uuid: bytes

    def entry_id(self, sequence: int) -> int:
        """Return the journal's id of one of its entries."""
        return self.number << SEQUENCE_BITS | sequence


def sequence_of(entry_id: int) -> int:
    """Return the sequence within its station that a journal id tells."""
    return entry_id & _SEQUENCES


class Note(Struct, frozen=True):
    """What the machine remembers of a folder: its station and the last entry written there."""

    station: str
    folder: str
    sequence: int


class Notes:
    """The machine's own note about one data folder, in a place outside of it."""

    def __init__(self, place: Path, folder: Path) -> None:
        self._folder = str(folder.resolve())
        self._path = place / f"{hashlib.sha256(self._folder.encode()).hexdigest()[:32]}.json"

    def read(self) -> Note | None:
        """Return the note, or nothing where there is none that can be read."""
        try:
            note = msgspec.json.decode(self._path.read_bytes(), type=Note)
        except (OSError, ValueError):  # damaged, or not even text
            return None
        return note if note.folder == self._folder else None

    def write(self, station: Station, sequence: int) -> None:
        """Keep the note; without one the next opening merely begins a new station."""
        note = msgspec.json.encode(Note(station.uuid.hex(), self._folder, sequence))
        with suppress(OSError):
            make_private(self._path.parent)
            fresh = self._path.with_suffix(".new")
            fresh.write_bytes(note)
            fresh.replace(self._path)


def found_station(
    database: RecordsFile, notes: Notes | None, own: Station | None = None
) -> Station | None:
    """Return the station whose chain this file may continue, or nothing.

    ``own`` is the one as which this process writes already; its note may still be to come. Without
    a place for notes the file's own word is taken: nobody else can have it.
    """
    row = database.execute(
        "SELECT s.number, s.station FROM this_station AS t JOIN stations AS s USING (number)"
    ).fetchone()
    if row is None:
        return None
    station = Station(*row)
    if notes is None or station == own:
        return station
    note = notes.read()
    if note is None or note.station != station.uuid.hex():
        return None
    return station if note.sequence <= last_sequence(database, station) else None


def new_station(database: RecordsFile, name: str) -> Station:
    """Begin a station of this machine's; within a transaction."""
    number = database.execute("SELECT coalesce(max(number), 0) + 1 FROM stations").fetchone()[0]
    station = Station(number, uuid.uuid4().bytes)
    database.execute(
        "INSERT INTO stations (number, station, name) VALUES (?, ?, ?)",
        [number, station.uuid, name],
    )
    database.execute("INSERT OR REPLACE INTO this_station (one, number) VALUES (1, ?)", [number])
    return station


def heads_held(database: RecordsFile) -> dict[str, str]:
    """Return the last entry of each station in this file, as a ``heard`` entry names it."""
    found = database.execute(
        "SELECT s.station, j.id, j.hash FROM stations AS s JOIN journal AS j ON j.id = "
        "(SELECT max(id) FROM journal WHERE id BETWEEN s.number << ? AND (s.number << ?) + ?)",
        [SEQUENCE_BITS, SEQUENCE_BITS, _SEQUENCES],
    )
    return {
        station.hex(): f"{sequence_of(last)}:{digest.hex()}"
        for station, last, digest in found.fetchall()
    }


def last_sequence(database: RecordsFile, station: Station) -> int:
    """Return the sequence of a station's last entry, 0 before the first."""
    last = database.execute(
        "SELECT max(id) FROM journal WHERE id BETWEEN ? AND ?",
        [station.entry_id(0), station.entry_id(_SEQUENCES)],
    ).fetchone()[0]
    return 0 if last is None else sequence_of(last)
