"""Entries of a tail put behind those of its full copy: the same journal, and the rows it tells."""

from collections.abc import Iterable, Mapping, Sequence

from app.clock import SystemClock
from app.records.copies.tail import Record
from app.records.entries import Cell, Entry
from app.records.file.database import RecordsFile
from app.records.fold import Hearing, fold
from app.records.journal import ENTRIES, Journal, entry_of
from app.records.lines import Lines
from app.records.namesakes import Namesakes
from app.records.rows import SHAPES, TABLES, Row, Table
from app.records.schema import JOURNAL_COLUMNS
from app.records.seen import SEEN_COLUMNS
from app.records.session import Session
from app.records.shape import HEARD, VISITS
from scales.catalogue import load_catalogue

_STATION_COLUMNS = ("number", "station", "name")
_IN_ORDER = sorted(TABLES, key=VISITS.__eq__)
"""Visits come last: beneath one that is signed nothing more is written."""
_Touched = dict[bytes | None, set[tuple[str, bytes]]]
"""The rows that the new entries are about, by patient."""


def replay(database: RecordsFile, records: Iterable[Record]) -> None:
    """Add what a tail holds to the records of its full copy: entries as they were, rows anew."""
    clock = SystemClock()  # nothing that is written here knows what time it is
    journal = Journal(database, clock=clock, name="")
    session = Session(database, journal, load_catalogue(), clock)
    touched: _Touched = {}
    with database.atomic():
        for record in records:
            _insert(database, record)
            for cells in record.entries:
                told = dict(zip(JOURNAL_COLUMNS, cells, strict=True))
                touched.setdefault(told["patient"], set()).add((told["kind"], told["row"]))
        _Folding(session).make(touched)
        _keep_ready(session, [one for one in touched if one is not None])


def _insert(database: RecordsFile, record: Record) -> None:
    known = {number for (number,) in database.execute("SELECT number FROM stations").fetchall()}
    new = [one for one in record.stations if one[0] not in known]
    _insert_into(database, "stations", _STATION_COLUMNS, new)
    _insert_into(database, "journal", JOURNAL_COLUMNS, record.entries)
    _insert_into(database, "seen", SEEN_COLUMNS, record.seen)


def _insert_into(
    database: RecordsFile, table: str, names: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    marks = ", ".join("?" * len(names))
    for row in rows:
        database.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", row)


class _Folding:
    """Makes rows from all entries of their patient."""

    def __init__(self, session: Session) -> None:
        self._session = session
        heard = self._entries("j.patient IS NULL AND j.kind = ?", HEARD)
        self._hearing = Hearing.of(heard)

    def make(self, touched: _Touched) -> None:
        """Make these rows what their entries leave."""
        for patient, names in touched.items():
            told = self._entries("j.patient IS ?", patient)
            rows = fold(told, self._hearing, SHAPES).rows
            first = {(one.kind, one.row): one for one in reversed(told)}
            for kind in _IN_ORDER:
                for name in (name for name in names if name[0] == kind):
                    self._store(TABLES[kind], first[name], rows.get(name))

    def _store(self, table: Table, first: Entry, cells: Mapping[str, Cell] | None) -> None:
        key = table.key_of(first.row)
        stands = self._session.journal.read(table.name, key)
        if cells is not None:
            self._write(table, stands, {**key, **_owners(table, first), **_known(table, cells)})
        elif stands is not None:
            self._session.tuples(table.delete, table.stored(key, table.key_names))

    def _write(self, table: Table, stands: Row | None, row: Row) -> None:
        whole = table.whole(row)
        if stands is None:
            self._session.tuples(table.insert, table.stored(whole))
        elif moved := tuple(name for name, cell in whole.items() if stands[name] != cell):
            values = table.stored(whole, (*moved, *table.key_names))
            self._session.tuples(table.update(moved), values)

    def _entries(self, where: str, value: bytes | str | None) -> list[Entry]:
        found = self._session.tuples(f"{ENTRIES} WHERE {where} ORDER BY j.clock, j.id", [value])
        return [entry_of(cells) for cells in found]


def _owners(table: Table, first: Entry) -> dict[str, Cell]:
    """Return whose a row is: the journal tells that beside the body of its first entry."""
    told = {"patient": first.patient, "station": first.station}
    return {owner.name: (told[owner.name] or b"").hex() for owner in table.owners}


def _known(table: Table, cells: Mapping[str, Cell]) -> dict[str, Cell]:
    return {name: cells[name] for name in table.shape.empty}


def _keep_ready(session: Session, patients: Iterable[bytes]) -> None:
    """Keep the list true; of a patient who was erased before there is no line."""
    there = "SELECT 1 FROM patients WHERE id = ?"
    known = [one.hex() for one in patients if session.tuples(there, [one])]
    Lines(session).rebuild(TABLES, known)
    Namesakes(session).rebuild(TABLES, known)
