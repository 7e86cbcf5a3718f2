"""What every part of the store works on: the file, its journal, the scales and the clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.clock import Clock
from app.errors import N_, UserError
from app.records.database import RecordsFile, guard
from app.records.journal import Journal
from app.records.model import Changes, User
from app.records.rows import Cell
from app.records.rules import storable
from app.records.values import user_of
from scales.catalogue import Catalogue


def new_id() -> str:
    """Return a fresh UUIDv7: unique, and later ones sort later."""
    import uuid6  # noqa: PLC0415 - reading needs no new id, and the list of patients only reads

    return str(uuid6.uuid7())


def changed(tables: Iterable[str], *patients: str) -> Changes:
    """Say what a write touched."""
    return Changes(frozenset(tables), frozenset(patients))


@dataclass(frozen=True, slots=True)
class Ledger:
    """Reads by SQL, writes by the journal only."""

    database: RecordsFile
    journal: Journal
    catalogue: Catalogue
    clock: Clock

    def tuples(self, sql: str, values: Sequence[Cell] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a question, as the file has them."""
        with guard(), storable():
            return list(self.database.execute(sql, list(values)).fetchall())

    def rows(self, sql: str, values: Sequence[Cell] = ()) -> list[dict[str, Any]]:
        """Return the rows of a question by column name."""
        with guard(), storable():
            cursor = self.database.execute(sql, list(values))
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, cells, strict=True)) for cells in cursor.fetchall()]

    def row(self, table: str, row_id: str) -> dict[str, Any]:
        """Return one row by its internal id; UserError if it is not there any more."""
        with guard(), storable():
            found = self.journal.read(table, row_id)
        if found is None:
            raise UserError(N_("This entry is not in the records any more."))
        return found

    def user(self) -> User:
        """Return who acts; UserError while there is no user."""
        if not self.journal.user:
            raise UserError(N_("There is no user yet. Please add one first."))
        return user_of(self.row("users", self.journal.user))
