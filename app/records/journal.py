"""The journal: the only writer of rows, the audit trail, and what undo and the check stand on.

Each entry holds the hash of its station's entry before, so a change behind its back breaks the
chain. What one action of a user writes is one step: it is stored whole or not at all, and undone
whole. What a transaction changed is told once, when it is on disk.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager

from msgspec import Struct, field

from app.clock import Clock, Moment
from app.errors import N_, Bug
from app.records.actions import Action
from app.records.declaration import FORMAT
from app.records.emptying import take_out
from app.records.entries import Body, Cell, Entry, digest_of, hash_of
from app.records.file.database import RecordsFile, guard
from app.records.model import Changes
from app.records.rows import FOLDED, TABLES, Row, Stored, Table, blob
from app.records.rules import storable
from app.records.schema import JOURNAL_COLUMNS
from app.records.shape import ERASED, HEARD, Shape
from app.records.station import (
    Known,
    Notes,
    Station,
    Written,
    first_station,
    found_station,
    heads_held,
    last_sequence,
    missed,
    new_station,
    sequence_of,
)

CLOCK_UNITS = 1 << 16
"""How many ticks of the journal's clock a millisecond has."""

_INSERT = (
    f"INSERT INTO journal ({', '.join(JOURNAL_COLUMNS)}) "
    f"VALUES ({', '.join('?' * len(JOURNAL_COLUMNS))})"
)
ENTRIES = (
    "SELECT s.station, "
    f"{', '.join('j.' + name for name in JOURNAL_COLUMNS)} FROM journal AS j "
    "JOIN stations AS s ON s.number = j.id >> 40 "
)
"""Asks for entries ``j`` as ``entry_of`` reads them; a condition follows."""
_LAST_ENTRY = "SELECT clock, hash, utc, offset_minutes FROM journal WHERE id = ?"


class Subject(Struct, frozen=True):
    """Whom a row is about: a patient, and the visit version that it stands in or beneath."""

    patient: str = ""
    visit: str = ""


NOBODY = Subject()


class _When(Struct, frozen=True):
    """The machine's own time of an entry: milliseconds since 1970 UTC, and the local offset."""

    utc: int
    offset_minutes: int


class _Step(Struct):
    """What one action writes; ``number`` stands once it has written."""

    action: Action
    reason: str
    undoes: int | None
    when: _When
    number: int = 0


class _Head(Struct):
    """The end of this station's chain."""

    station: Station
    sequence: int
    clock: int
    hash: bytes
    when: _When

    def last(self) -> Written:
        """Return its last entry as the machine notes it."""
        when = self.when
        uuid = self.station.uuid.hex()
        return Written(uuid, self.sequence, when.utc, when.offset_minutes)


class _Gathered(Struct):
    """What the transaction that is open has changed so far, and what to call after it."""

    tables: set[str] = field(default_factory=set)
    patients: set[str] = field(default_factory=set)
    calls: dict[Callable[[], None], None] = field(default_factory=dict)

    def copy(self) -> "_Gathered":
        """Return what stands so far, for the case that what follows is taken back."""
        return _Gathered(set(self.tables), set(self.patients), dict(self.calls))

    def changes(self) -> Changes:
        """Return what is told of it."""
        return Changes(frozenset(self.tables), frozenset(self.patients))


def _nothing_more(_tables: Collection[str], _patients: Collection[str]) -> None:
    """Do nothing."""


def _everything_allowed(_action: Action) -> None:
    """Do nothing."""


def _nobody_listens(_changes: Changes) -> None:
    """Do nothing."""


class Chain:
    """The chain of entries of the station that writes: found, begun, and lengthened."""

    def __init__(self, database: RecordsFile, *, name: str, notes: Notes | None) -> None:
        self._database = database
        self._name = name
        self._notes = notes
        self._head: _Head | None = None
        self._own: Station | None = None
        self._missed: tuple[Written, ...] | None = None
        self._is_noted = True
        self._records = ""

    def forget(self) -> None:
        """Forget the end of the chain, which may have been rolled back, but not whose it is."""
        self._head = None

    def found(self) -> _Head | None:
        """Return the end of the chain that this file may continue, if there is one."""
        if self._head is None:
            with guard():
                station = found_station(self._database, self._notes, self._own)
                self._head = None if station is None else self._read(station)
        return self._head

    def writing(self, user: str, when: _When) -> _Head:
        """Return the end of the chain; the first write of a station begins it.

        A station that begins among entries of others says first how far it holds them: what it
        writes from then on is written in their knowledge, and in conflict with none of them.
        """
        head = self.found()
        if head is None:
            held = heads_held(self._database)
            self._head = head = self._read(new_station(self._database, self._name))
            if held:
                action, row = Action.HEAR.id, head.station.uuid
                about = (user, action, head.sequence + 1, None, None, None, HEARD, row)
                self.append(head, when, about, Body(after=held))
        return head

    def append(self, head: _Head, when: _When, about: tuple[Stored, ...], body: Body) -> None:
        """Write an entry at the end of the chain; ``about`` are its cells from user to row."""
        sequence = head.sequence + 1
        clock = max(head.clock + 1, when.utc * CLOCK_UNITS)
        salt, written = os.urandom(16), body.encode()
        digest = digest_of(salt, written)
        told = (clock, when.utc, when.offset_minutes, FORMAT, *about)
        chained = hash_of((head.station.uuid, sequence, *told, digest, head.hash))
        cells = (head.station.entry_id(sequence), *told, salt, written, digest, chained)
        self._database.execute(_INSERT, cells)
        head.sequence, head.clock, head.hash, head.when = sequence, clock, chained, when

    def keep_note(self) -> None:
        """Let the machine remember how far this station has written, and what it misses."""
        known = self.known()
        if self._notes is not None and known is not None and self._is_noted:
            self._notes.write(known)

    def known(self) -> Known | None:
        """Return what the machine is to remember, once this station has written."""
        head = self.found()
        if head is None:
            return None
        if self._missed is None:
            self._missed = self.missed()
        if not self._records:
            with guard():
                self._records = first_station(self._database)
        return Known(self._records, head.last(), self._missed)

    @contextmanager
    def unnoted(self) -> Iterator[None]:
        """Write entries into a file that does not count yet, and may never: the note waits."""
        self._is_noted = False
        try:
            yield
        finally:
            self._is_noted = True

    def missed(self) -> tuple[Written, ...]:
        """Return what this machine has written up to and the file does not hold."""
        with guard():
            return () if self._notes is None else missed(self._database, self._notes)

    def miss_only(self, still: tuple[Written, ...]) -> None:
        """Have the notes that follow miss nothing but this: the rest was answered."""
        self._missed = still

    def _read(self, station: Station) -> _Head:
        self._own = station
        sequence = last_sequence(self._database, station)
        if not sequence:
            clock = self._database.execute("SELECT coalesce(max(clock), 0) FROM journal")
            return _Head(station, 0, clock.fetchone()[0], b"", _When(0, 0))
        found = self._database.execute(_LAST_ENTRY, [station.entry_id(sequence)])
        clock, digest, *when = found.fetchone()
        return _Head(station, sequence, clock, digest, _When(*when))


class Journal:
    """Writes rows and tells about them. ``user`` is the acting user's id, empty before the first.

    Only one process and one thread write at a time, so the end of the chain is remembered.
    ``chain`` is this station's end of it. ``permits`` refuses what the acting user may not do, by
    UserError, before a step begins. ``before_storing`` is told what a transaction changed while it
    is still open, ``listener`` once it is on disk.
    """

    def __init__(
        self, database: RecordsFile, *, clock: Clock, name: str, notes: Notes | None = None
    ) -> None:
        self.user = ""
        self.permits: Callable[[Action], None] = _everything_allowed
        self.before_storing: Callable[[Collection[str], Collection[str]], None] = _nothing_more
        self.listener: Callable[[Changes], None] = _nobody_listens
        self._database = database
        self._clock = clock
        self.chain = Chain(database, name=name, notes=notes)
        self._step: _Step | None = None
        self._gathered = _Gathered()

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Make all writes inside one transaction: all stored, or none."""
        is_outermost = not self._database.conn.in_transaction
        before = self._gathered.copy()
        try:
            with guard(), storable(), self._database.atomic():
                yield
                if is_outermost:
                    self.before_storing(self._gathered.tables, self._gathered.patients)
        except BaseException:
            # What was remembered of the chain may have been rolled back.
            self.chain.forget()
            self._gathered = before
            raise
        if is_outermost:
            self._tell()

    def when_stored(self, call: Callable[[], None]) -> None:
        """Call something once, after the transaction that is open now is on disk."""
        self._gathered.calls[call] = None

    @contextmanager
    def step(
        self, action: Action, *, reason: str = "", undoes: int | None = None
    ) -> Iterator["_Step"]:
        """Gather what one action writes; inside another step this one joins it."""
        if self._step is not None:
            yield self._step
            return
        self.permits(action)
        with self.atomic():
            self._step = _Step(action, reason, undoes, _when(self._clock.now()))
            try:
                yield self._step
            finally:
                self._step = None

    @property
    def is_in_step(self) -> bool:
        """Whether a step is open, which whatever is written now joins."""
        return self._step is not None

    def add(self, table: str, cells: Row, subject: Subject) -> None:
        """Store a row that is new: its key, and what it says beyond the defaults.

        Faster than ``write``, which looks first; a row that is there already is our own fault.
        """
        self._insert(TABLES[table], cells, subject)

    def write(self, table: str, cells: Row, subject: Subject) -> None:
        """Store a row: its key, and what it says; what is not said stays, or has its default.

        Without a change there is no entry.
        """
        shape = TABLES[table]
        before = self.read(table, cells)
        if before is None:
            self._insert(shape, cells, subject)
            return
        moved = [name for name, cell in cells.items() if before[name] != cell]
        if moved:
            self._update(shape, before, {**before, **cells}, subject)

    def delete(self, table: str, key: Row, subject: Subject) -> None:
        """Take a row out; nothing where there is none."""
        shape = TABLES[table]
        before = self.read(table, key)
        if before is None:
            return
        self._database.execute(shape.delete, shape.stored(key, shape.key_names))
        body = Body(before=_said(shape.shape, before), reason=self._open_step().reason)
        self._append(shape.name, shape.row_bytes(key), body, subject)

    def erase(self, patient: str, told: Row) -> None:
        """Take out all that is told of a patient; an entry under nobody says that it was done."""
        who, reason = blob(patient), self._open_step().reason
        self._append(ERASED, who, Body(after=told, reason=reason), NOBODY)
        head = self._end()
        take_out(self._database, who, head.station.entry_id(head.sequence))
        self._gathered.tables.update(TABLES)
        self._gathered.patients.add(patient)

    def read(self, table: str, key: Row) -> dict[str, Cell] | None:
        """Return a row as it stands, or nothing."""
        shape = TABLES[table]
        found = self._database.execute(shape.select, shape.stored(key, shape.key_names))
        cells = found.fetchone()
        return None if cells is None else shape.read(cells)

    def own_entries(self, subject: Subject) -> tuple[Entry, ...]:
        """Return this station's entries on a patient, or on a visit alone, oldest first."""
        where, values = "WHERE j.patient = ?", list[Stored]([blob(subject.patient)])
        if subject.visit:
            where += " AND j.row >= ? AND j.row < ?"
            values += [blob(subject.visit), _after(blob(subject.visit))]
        station = self.chain.found()
        found = self._entries(f"{where} ORDER BY j.id", values)
        return tuple(one for one in found if station and one.station == station.station.uuid)

    def entries(self) -> tuple[Entry, ...]:
        """Return the whole journal, station by station, oldest first."""
        return self._entries("ORDER BY j.id", [])

    def station(self) -> bytes | None:
        """Return the UUID of the station that writes, or nothing before its first write."""
        head = self.chain.found()
        return None if head is None else head.station.uuid

    def _insert(self, shape: Table, cells: Row, subject: Subject) -> None:
        row = {**shape.shape.empty, "patient": subject.patient, **cells}
        if shape.has_station:
            row["station"] = self._end().station.uuid.hex()
        self._database.execute(shape.insert, shape.stored(shape.whole(row)))
        body = Body(after=_said(shape.shape, row), reason=self._open_step().reason)
        self._append(shape.name, shape.row_bytes(row), body, subject)

    def _update(
        self, shape: Table, before: Mapping[str, Cell], after: Mapping[str, Cell], subject: Subject
    ) -> None:
        told = shape.shape.group_of
        moved = tuple(name for name in told if after[name] != before[name])
        written = (*moved, FOLDED) if shape.named in moved else moved
        values = shape.stored(shape.whole(after), (*written, *shape.key_names))
        self._database.execute(shape.update(written), values)
        groups = shape.shape.groups_in(moved)
        names = [name for name, group in told.items() if group in groups]
        body = Body(
            before={name: before[name] for name in names},
            after={name: after[name] for name in names},
            reason=self._open_step().reason,
        )
        self._append(shape.name, shape.row_bytes(after), body, subject)

    def _entries(self, clause: str, values: list[Stored]) -> tuple[Entry, ...]:
        with guard():
            cursor = self._database.execute(ENTRIES + clause, values)
            return tuple(entry_of(cells) for cells in cursor.fetchall())

    def _tell(self) -> None:
        """Call whoever waited, then tell the listener, whatever went wrong on the way."""
        gathered, self._gathered = self._gathered, _Gathered()
        with ExitStack() as last_first:
            if gathered.tables:
                last_first.callback(self.listener, gathered.changes())
            if gathered.calls or gathered.tables:
                # Called last: who carries entries away has them noted before.
                self.chain.keep_note()
            for call in reversed(gathered.calls):
                last_first.callback(call)

    def _open_step(self) -> _Step:
        if self._step is None:
            raise Bug(N_("A row was written outside an action."))
        return self._step

    def _end(self) -> _Head:
        return self.chain.writing(self.user, self._open_step().when)

    def _append(self, kind: str, row: bytes, body: Body, subject: Subject) -> None:
        step = self._open_step()
        head = self._end()
        step.number = step.number or head.sequence + 1
        about = (
            self.user, step.action.id, step.number, step.undoes,
            blob(subject.patient) if subject.patient else None,
            blob(subject.visit) if subject.visit else None,
            kind, row,
        )  # fmt: skip
        self.chain.append(head, step.when, about, body)
        self._gathered.tables.add(kind)
        if subject.patient:
            self._gathered.patients.add(subject.patient)


def entry_of(cells: tuple[Stored, ...]) -> Entry:
    """Return the entry that a station's UUID and the journal's columns tell."""
    station, number, *told = cells
    names = ("station", "sequence", *JOURNAL_COLUMNS[1:])
    values = (station, sequence_of(int(number or 0)), *told)
    return Entry(**dict(zip(names, values, strict=True)))  # type: ignore[arg-type] # as stored


def _said(shape: Shape, row: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return what a whole row says beyond the defaults."""
    return {name: row[name] for name, empty in shape.empty.items() if row[name] != empty}


def _after(prefix: bytes) -> bytes:
    """Return the first text of bytes that no longer begins with a prefix."""
    return (int.from_bytes(prefix, "big") + 1).to_bytes(len(prefix), "big")


def _when(moment: Moment) -> _When:
    return _When(moment.milliseconds, moment.offset_minutes)
