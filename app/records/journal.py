"""The journal: the only writer of rows, the audit trail, and what undo and the check stand on.

Each entry holds the hash of the one before, so a change behind its back breaks the chain. What
one action of a user writes is one step: it is stored whole or not at all, and undone whole.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec

from app.clock import Clock, Moment
from app.errors import N_, Bug
from app.records.database import RecordsFile, guard
from app.records.model import JournalEntry
from app.records.rows import TABLES, Cell, Row
from app.records.rules import storable

COLUMNS = (
    "sequence", "step", "scope", "undoes", "table_name", "row_id", "user", "device", "utc",
    "offset_minutes", "action", "before", "after", "reason", "previous_hash", "hash",
)  # fmt: skip
_INSERT = f"INSERT INTO journal ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - our own names
SELECT = f"SELECT {', '.join(COLUMNS)} FROM journal"  # noqa: S608 - our own names
_OF_STEP = "WHERE sequence >= ? AND step = ? ORDER BY sequence DESC"
_LAST = "SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1"
_ENCODER = msgspec.json.Encoder(order="sorted")


def hash_of(cells: Sequence[Cell]) -> str:
    """Return the SHA-256 of an entry: JSON of its cells in column order, without the hash."""
    return hashlib.sha256(_ENCODER.encode(cells)).hexdigest()


def text_of(row: Row | None) -> str | None:
    """Write a row as canonical JSON, its columns sorted."""
    return None if row is None else _ENCODER.encode(row).decode()


def row_of(text: str | None) -> dict[str, Cell] | None:
    """Read back what ``text_of`` wrote."""
    return None if text is None else msgspec.json.decode(text, type=dict[str, Cell])


@dataclass(frozen=True, slots=True)
class _Step:
    number: int
    action: str
    scope: str
    reason: str
    undoes: int | None
    moment: Moment


class Journal:
    """Writes rows and tells about them. ``user`` is the acting user's id, empty before the first.

    Only one process and one thread write at a time, so the end of the chain is remembered.
    """

    def __init__(self, database: RecordsFile, *, clock: Clock, device: str, user: str) -> None:
        self.user = user
        self._database = database
        self._clock = clock
        self._device = device
        self._last: tuple[int, str] | None = None
        self._step: _Step | None = None
        self._waiting: list[Callable[[], None]] = []

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Make all writes inside one transaction: all stored, or none."""
        is_outermost = not self._database.conn.in_transaction
        try:
            with guard(), storable(), self._database.atomic():
                yield
        except BaseException:
            # What was remembered of the chain may have been rolled back.
            self._last = None
            self._waiting.clear()
            raise
        if is_outermost:
            self._call_waiting()

    def when_stored(self, call: Callable[[], None]) -> None:
        """Call something once, after the transaction that is open now is on disk."""
        self._waiting.append(call)

    @contextmanager
    def step(
        self, action: str, *, scope: str = "", reason: str = "", undoes: int | None = None
    ) -> Iterator[None]:
        """Gather what one action writes; inside another step this one joins it."""
        if self._step is not None:
            yield
            return
        with self.atomic():
            number = self._next()[0]
            self._step = _Step(number, action, scope, reason, undoes, self._clock.now())
            try:
                yield
            finally:
                self._step = None

    def write(self, table: str, row_id: str, after: Row | None) -> None:
        """Store a row as ``after``, or delete it with ``None``; without a change, no entry."""
        shape = TABLES[table]
        before = self.read(table, row_id)
        if before == after:
            return
        if after is None:
            self._database.execute(shape.delete, [row_id])
        elif before is None:
            self._database.execute(shape.insert, [after[name] for name in shape.columns])
        else:
            moved = tuple(name for name in shape.columns if after[name] != before[name])
            self._database.execute(shape.update(moved), [*map(after.get, moved), row_id])
        self._append(table, row_id, before, after)

    def read(self, table: str, row_id: str) -> dict[str, Cell] | None:
        """Return a row as it stands, or nothing."""
        shape = TABLES[table]
        cells = self._database.execute(shape.select, [row_id]).fetchone()
        return None if cells is None else dict(zip(shape.columns, cells, strict=True))

    def undo(self, step: int) -> None:
        """Write back what a step found; the entries say which step they take back."""
        entries = self._entries(_OF_STEP, [step, step])
        first = entries[-1]
        with self.step("undo", scope=first.scope, undoes=step):
            for entry in entries:
                self.write(entry.table, entry.row, entry.before)

    def last_step(self, scope: str, actions: Sequence[str]) -> JournalEntry | None:
        """Return the first entry of the latest such action in a visit that was not undone."""
        marks = ", ".join("?" * len(actions))
        found = self._entries(
            f"WHERE scope = ? AND action IN ({marks}) AND step NOT IN "  # noqa: S608 - only marks
            "(SELECT undoes FROM journal WHERE scope = ? AND undoes IS NOT NULL) "
            "ORDER BY step DESC, sequence LIMIT 1",
            [scope, *actions, scope],
        )
        return found[0] if found else None

    def entries(self) -> tuple[JournalEntry, ...]:
        """Return the whole journal, oldest first."""
        return self._entries("ORDER BY sequence", [])

    def entries_of(self, table: str, row_id: str) -> tuple[JournalEntry, ...]:
        """Return what happened to one row, oldest first."""
        return self._entries(
            "WHERE table_name = ? AND row_id = ? ORDER BY sequence", [table, row_id]
        )

    def _entries(self, clause: str, values: list[Cell]) -> tuple[JournalEntry, ...]:
        with guard():
            cursor = self._database.execute(f"{SELECT} {clause}", values)
            return tuple(_entry(cells) for cells in cursor.fetchall())

    def _call_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for call in dict.fromkeys(waiting):
            call()

    def _next(self) -> tuple[int, str]:
        """Return the sequence of the next entry and the hash that it must hold."""
        if self._last is None:
            self._last = self._database.execute(_LAST).fetchone() or (0, "")
        return self._last[0] + 1, self._last[1]

    def _append(self, table: str, row_id: str, before: Row | None, after: Row | None) -> None:
        if self._step is None:
            raise Bug(N_("A row was written outside an action."))
        step = self._step
        sequence, previous = self._next()
        cells = (
            sequence, step.number, step.scope, step.undoes, table, row_id, self.user,
            self._device, step.moment.utc_text, step.moment.offset_minutes, step.action,
            text_of(before), text_of(after), step.reason, previous,
        )  # fmt: skip
        digest = hash_of(cells)
        self._database.execute(_INSERT, [*cells, digest])
        self._last = (sequence, digest)


def _entry(cells: tuple[Any, ...]) -> JournalEntry:
    told = dict(zip(COLUMNS, cells, strict=True))
    return JournalEntry(
        sequence=told["sequence"],
        table=told["table_name"],
        row=told["row_id"],
        user=told["user"],
        device=told["device"],
        moment=Moment.read(told["utc"], told["offset_minutes"]),
        action=told["action"],
        before=row_of(told["before"]),
        after=row_of(told["after"]),
        reason=told["reason"],
        previous_hash=told["previous_hash"],
        hash=told["hash"],
        step=told["step"],
        scope=told["scope"],
        undoes=told["undoes"],
    )
