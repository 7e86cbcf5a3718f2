"""A tap written by hand: the rows that one changes, in a bare commit to a copy of the file.

What a tap changes is looked up, not known: all rows are read before and after one. The copy has
every table and index, the key and the pragmas; only the triggers go, since a bare commit has none.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

_PRAGMAS = (
    "journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "temp_store",
    "wal_autocheckpoint", "cache_size", "secure_delete", "mmap_size",
)  # fmt: skip

Cells = tuple[Any, ...]
Tables = Mapping[str, Mapping[Cells, Cells]]
"""The rows of every table by their primary key."""


class Write(NamedTuple):
    """A statement of a tap. A new row begins with its number, of which each writing needs one."""

    sql: str
    values: Cells
    is_new: bool


def all_rows(connection: Any) -> Tables:
    """Return every row of the file."""
    return {
        table: {_key(keys, row): row for row in _asked(connection, f"SELECT * FROM [{table}]")}
        for table, (_, keys) in _shapes(connection).items()
    }


def writes_between(connection: Any, before: Tables, after: Tables) -> tuple[Write, ...]:
    """Return what one tap wrote."""
    shapes = _shapes(connection)
    return tuple(
        _write(table, shapes[table], before[table].get(key), row)
        for table, rows in after.items()
        for key, row in rows.items()
        if before[table].get(key) != row
    )


def pragmas_of(connection: Any) -> Mapping[str, object]:
    """Return how a connection is set, as far as writing feels it."""
    told = {pragma: _asked(connection, f"PRAGMA {pragma}") for pragma in _PRAGMAS}
    return {pragma: rows[0][0] for pragma, rows in told.items() if rows}


def undress(connection: Any, pragmas: Mapping[str, object]) -> None:
    """Set a bare connection in the same way, and take the triggers out of its file."""
    for pragma, value in pragmas.items():
        _asked(connection, f"PRAGMA {pragma} = {value}")
    for (name,) in _asked(connection, "SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        _asked(connection, f"DROP TRIGGER [{name}]")


class RawTap:
    """Writes taps by turns, each in a transaction, with nothing around them."""

    def __init__(self, connection: Any, taps: Sequence[Sequence[Write]]) -> None:
        self._connection = connection
        self._taps = taps
        self._turn = 0
        self._number = max(write.values[0] for tap in taps for write in tap if write.is_new)

    def __call__(self) -> None:
        """Write the next one."""
        self._connection.execute("BEGIN IMMEDIATE")
        for sql, values, is_new in self._taps[self._turn % len(self._taps)]:
            self._connection.execute(sql, self._numbered(values) if is_new else values)
        self._connection.execute("COMMIT")
        self._turn += 1

    def _numbered(self, values: Cells) -> Cells:
        self._number += 1
        return (self._number, *values[1:])


def _write(table: str, shape: tuple[Cells, Cells], before: Cells | None, row: Cells) -> Write:
    columns, keys = shape
    if before is None:
        marks = ", ".join("?" * len(row))
        return Write(f"INSERT INTO [{table}] VALUES ({marks})", row, is_new=True)
    moved = [place for place, cell in enumerate(row) if cell != before[place]]
    pairs = ", ".join(f"[{columns[place]}] = ?" for place in moved)
    match = " AND ".join(f"[{columns[place]}] = ?" for place in keys)
    values = (*(row[place] for place in moved), *_key(keys, row))
    return Write(f"UPDATE [{table}] SET {pairs} WHERE {match}", values, is_new=False)


def _shapes(connection: Any) -> dict[str, tuple[Cells, Cells]]:
    """Return the columns of each table, and the places of those that are its key."""
    tables = _asked(connection, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {table: _shape(connection, table) for (table,) in tables}


def _shape(connection: Any, table: str) -> tuple[Cells, Cells]:
    told = _asked(connection, f"PRAGMA table_info([{table}])")
    columns = tuple(name for _, name, *_ in told)
    keys = tuple(place for place, *_, key in told if key) or tuple(range(len(columns)))
    return columns, keys


def _key(keys: Cells, row: Cells) -> Cells:
    return tuple(row[place] for place in keys)


def _asked(connection: Any, sql: str) -> list[Cells]:
    found: list[Cells] = connection.execute(sql).fetchall()
    return found
