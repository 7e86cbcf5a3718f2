"""Which station this file is: a chain of entries of its own, never continued by a copy.

The file says which station it is, and the machine keeps a note outside the folder. Only where
both agree, and the note is not ahead of the file, do writes go on in that chain; a folder that was
copied by hand, cloned or put back begins a new one.
"""

import hashlib
import os
import uuid
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from app.clock import Moment
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


class Written(Struct, frozen=True):
    """An entry that a station wrote here: which one, and when that was."""

    station: str
    sequence: int
    utc: int
    offset_minutes: int

    @property
    def moment(self) -> Moment:
        """When it was written."""
        return Moment.read(self.utc, self.offset_minutes)


class Known(Struct, frozen=True):
    """What the machine knows of records: the last entry written there, and by which station.

    ``records`` is the station that began the file, by which other records in the same place are
    told apart. ``missed`` are entries of before that the file turned out not to hold, until that
    is answered.
    """

    records: str
    last: Written
    missed: tuple[Written, ...] = ()


class _Note(Struct, frozen=True):
    """What the machine knows, of the records in which folder."""

    folder: str
    known: Known


class Notes:
    """The machine's own note about one data folder, in a place outside of it."""

    def __init__(self, place: Path, folder: Path) -> None:
        self._folder = str(folder.resolve())
        self._path = place / f"{hashlib.sha256(self._folder.encode()).hexdigest()[:32]}.json"

    def read(self) -> Known | None:
        """Return what the machine knows, or nothing where no note can be read."""
        try:
            line, _, _longer_before = self._path.read_bytes().partition(b"\n")
            note = msgspec.json.decode(line, type=_Note)
        except (OSError, ValueError):  # damaged, or not even text
            return None
        return note.known if note.folder == self._folder else None

    def write(self, known: Known) -> None:
        """Keep the note; without one the next opening merely begins a new station.

        It follows each change, so it is written where it lies and the disk is not waited for:
        what it tells was on the disk before, and it may lag behind but never run ahead.
        """
        line = msgspec.json.encode(_Note(self._folder, known)) + b"\n"
        with suppress(OSError):
            try:
                self._put(line)
            except FileNotFoundError:
                make_private(self._path.parent)
                self._put(line)

    def _put(self, line: bytes) -> None:
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(handle, line)
        finally:
            os.close(handle)


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
    known = notes.read()
    if known is None or known.last.station != station.uuid.hex():
        return None
    return station if known.last.sequence <= last_sequence(database, station) else None


def missed(database: RecordsFile, notes: Notes) -> tuple[Written, ...]:
    """Return what was written up to on this machine in these records, and is not in the file."""
    known = notes.read()
    if known is None or known.records != first_station(database):
        return ()
    return lacking(database, (*known.missed, known.last))


def lacking(database: RecordsFile, written: Iterable[Written]) -> tuple[Written, ...]:
    """Return those of some entries that a file does not hold."""
    return tuple(one for one in written if count_lacking(database, one))


def count_lacking(database: RecordsFile, written: Written) -> int:
    """Return how many entries of a station, up to one, are not in a file."""
    uuid_bytes = bytes.fromhex(written.station)
    found = database.execute("SELECT number FROM stations WHERE station = ?", [uuid_bytes])
    number = found.fetchone()
    held = 0 if number is None else last_sequence(database, Station(number[0], uuid_bytes))
    return max(0, written.sequence - held)


def first_station(database: RecordsFile) -> str:
    """Return the UUID of the station that began a file, empty before anything was written."""
    found = database.execute("SELECT station FROM stations WHERE number = 1").fetchone()
    return "" if found is None else bytes(found[0]).hex()


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
