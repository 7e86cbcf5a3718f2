"""What every part of the store works on: the file, its journal, the scales and the clock."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from app.clock import Clock
from app.errors import N_, UserError
from app.records.entries import Cell
from app.records.file.database import RecordsFile, guard
from app.records.journal import Journal
from app.records.model import User, UserState, roles_in
from app.records.rows import TABLES, Row, Stored, is_id
from app.records.rules import RECORDED, storable
from scales.catalogue import Catalogue

GONE = N_("This entry is not in the records any more.")
"""The refusal of what names a row that is not there, or not where it is looked for."""


def new_id() -> str:
    """Return a fresh UUIDv7 as 32 hex digits: unique, and later ones sort later."""
    import uuid6  # noqa: PLC0415 - reading needs no new id, and the list of patients only reads

    return uuid6.uuid7().hex


def new_name() -> str:
    """Return a fresh identifier for people and tables, with hyphens: no spreadsheet counts it."""
    import uuid6  # noqa: PLC0415 - as above

    return str(uuid6.uuid7())


def load_for_writing() -> None:
    """Load what the first change needs, so that it does not wait; safe on any thread."""
    new_id()


class Session(Struct, frozen=True):
    """Reads by SQL, writes by the journal only."""

    database: RecordsFile
    journal: Journal
    catalogue: Catalogue
    clock: Clock

    def tuples(self, sql: str, values: Sequence[Stored] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a question, as the file has them."""
        with guard(), storable():
            return list(self.database.execute(sql, list(values)).fetchall())

    def each(self, sql: str, values: Sequence[Stored] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a question one by one, for more than should be held at once."""
        with guard(), storable():
            yield from self.database.execute(sql, list(values))

    def rows(self, table: str, where: str = "1", values: Sequence[Stored] = ()) -> list[Row]:
        """Return the rows of a table that a condition names, ids as text."""
        shape = TABLES[table]
        sql = f"SELECT {shape.listed} FROM {table} WHERE {where}"
        return [shape.read(cells) for cells in self.tuples(sql, values)]

    def row(self, table: str, row_id: str) -> dict[str, Any]:
        """Return one row by its internal id; UserError if it is not there any more."""
        found: dict[str, Cell] | None = None
        with guard(), storable():
            if is_id(row_id):
                found = self.journal.read(table, {"id": row_id})
        if found is None:
            raise UserError(GONE)
        return found

    def check_new(self, table: str, owner: str, row: Row) -> None:
        """Refuse what another row of the same owner, a column, says already, letter for letter."""
        shape = TABLES[table]
        told = tuple(name for name in row if name not in ("id", owner))
        same = "".join(f" AND {name} IS ?" for name in told)
        sql = f"SELECT 1 FROM {table} WHERE {owner} = ? AND id <> ?{same} LIMIT 1"
        if self.tuples(sql, shape.stored(row, (owner, "id", *told))):
            raise UserError(RECORDED)

    def mend(self, is_true: Callable[[], bool], make: Callable[[], None]) -> bool:
        """Make again what is kept beside the rows, if it is not true; say whether it was not.

        On any connection, beside whoever writes.
        """
        if is_true():
            return False
        with guard(), self.database.atomic():
            if is_true():
                return False
            make()
        return True

    def user(self) -> User:
        """Return who acts; UserError while there is no user."""
        if not self.journal.user:
            raise UserError(N_("There is no user yet. Please add one first."))
        return user_of(self.row("users", self.journal.user))


def user_of(row: Row) -> User:
    """Return the user that a row tells."""
    roles = frozenset(roles_in(str(row["roles"])))
    return User(str(row["id"]), str(row["name"]), roles, UserState(str(row["state"])))
