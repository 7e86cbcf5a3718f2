"""The stored tables: their columns made from the declaration, and the SQL that touches one row.

An id is 16 bytes in the file and 32 hex digits of text everywhere else. A row belongs to the
patient and, beneath a visit, to the version that its journal entry names.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property, lru_cache

from msgspec import Struct

from app.records.declaration import (
    DoseFacts,
    EventFacts,
    FindingFacts,
    MeasureFacts,
    PatientFacts,
    SequelaFacts,
    TreatmentFacts,
    VisitFacts,
)
from app.records.entries import Cell
from app.records.fields import Facts, fields_of
from app.records.shape import VISITS, Shape
from app.signs import folded

FOLDED = "folded"
"""The column that holds an identifier as look-alikes share it."""
_ID_TEXT = re.compile(r"[0-9a-f]{32}", re.ASCII)

Row = Mapping[str, Cell]
Stored = str | int | bytes | None
"""A cell as the file has it."""


class Column(Struct, frozen=True):
    """A column of a stored table. ``group`` names the columns that change together with it."""

    name: str
    kind: str = "TEXT"
    default: Cell = ""
    group: str = ""

    @property
    def is_id(self) -> bool:
        """Whether it holds an id."""
        return self.kind == "BLOB"

    @property
    def sql(self) -> str:
        """The column's line in ``CREATE TABLE``."""
        if self.default is None:
            return f"{self.name} {self.kind}"
        told = str(self.default).replace("'", "''")
        written = f"'{told}'" if self.kind == "TEXT" else told
        needed = "" if self.is_id else f" DEFAULT {written}"
        return f"{self.name} {self.kind} NOT NULL{needed}"


class Table(Struct, frozen=True, dict=True):
    """A table that only the journal writes. Its key is one id, or a natural key.

    ``owners`` are ids that the journal entry holds beside the body: they never change.
    ``named`` is the column with the identifier that people use; its folded form is kept beside
    it for the search for look-alikes, and the journal tells nothing of that.
    """

    name: str
    key: tuple[Column, ...]
    owners: tuple[Column, ...]
    told: tuple[Column, ...]
    named: str = ""

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """The key, the owners, what the row tells, and what is kept beside it."""
        kept = (Column(FOLDED),) if self.named else ()
        return (*self.key, *self.owners, *self.told, *kept)

    def whole(self, row: Row) -> Row:
        """Return a row with what is kept beside what it tells."""
        return {**row, FOLDED: folded(str(row[self.named]))} if self.named else row

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns, the key first."""
        return tuple(column.name for column in self.all_columns)

    @cached_property
    def of_patient(self) -> str | None:
        """The condition by which its rows are one patient's; nothing where they are nobody's."""
        if self.name == "patients":
            return "id = ?"
        if "patient" in self.columns:
            return "patient = ?"
        is_beneath = "visit" in self.columns
        return "visit IN (SELECT id FROM visits WHERE patient = ?)" if is_beneath else None

    @cached_property
    def shape(self) -> Shape:
        """What the fold must know of the table."""
        groups: dict[str, tuple[str, ...]] = {}
        for column in self.told:
            name = column.group or column.name
            groups[name] = (*groups.get(name, ()), column.name)
        return Shape(groups, {column.name: column.default for column in self.told})

    @cached_property
    def create(self) -> str:
        """Make the table."""
        lines = [column.sql for column in self.all_columns]
        keys = ", ".join(column.name for column in self.key)
        body = ",\n    ".join([*lines, f"PRIMARY KEY ({keys})"])
        return f"CREATE TABLE {self.name} (\n    {body}\n) STRICT, WITHOUT ROWID"

    @cached_property
    def _where(self) -> str:
        return " AND ".join(f"{column.name} = ?" for column in self.key)

    @cached_property
    def listed(self) -> str:
        """All columns, as a question names them."""
        return ", ".join(self.columns)

    @cached_property
    def select(self) -> str:
        """Read the row with a key."""
        return f"SELECT {self.listed} FROM {self.name} WHERE {self._where}"

    @cached_property
    def insert(self) -> str:
        """Write a new row; values in column order."""
        marks = ", ".join("?" * len(self.columns))
        return f"INSERT INTO {self.name} ({self.listed}) VALUES ({marks})"

    @cache  # noqa: B019 - the tables live as long as the program
    def update(self, columns: tuple[str, ...]) -> str:
        """Rewrite these columns of a row, then its key; an untouched index costs nothing."""
        pairs = ", ".join(f"{column} = ?" for column in columns)
        return f"UPDATE {self.name} SET {pairs} WHERE {self._where}"

    @cached_property
    def delete(self) -> str:
        """Remove the row with a key."""
        return f"DELETE FROM {self.name} WHERE {self._where}"

    def row_bytes(self, row: Row) -> bytes:
        """Return the name of a row in the journal: its id, or its natural key."""
        ids, words = self._key_parts
        told = "\0".join([str(row[name]) for name in words])
        return b"".join([_packed(row[name]) or b"" for name in ids]) + told.encode()

    def key_of(self, row_bytes: bytes) -> dict[str, Cell]:
        """Return the key columns that a name of a row tells."""
        ids, words = self._key_parts
        cut = 16 * len(ids)
        told: dict[str, Cell] = {
            name: row_bytes[16 * place : 16 * (place + 1)].hex() for place, name in enumerate(ids)
        }
        if words:
            told |= zip(words, row_bytes[cut:].decode().split("\0"), strict=True)
        return told

    def stored(self, row: Row, names: Iterable[str] | None = None) -> list[Stored]:
        """Return cells as the file has them, all of them or those named, in that order."""
        ids = self._ids
        return [
            _packed(row[name]) if name in ids else row[name]
            for name in (self.columns if names is None else names)
        ]

    def read(self, cells: Iterable[Stored]) -> dict[str, Cell]:
        """Return a row whose cells came from the file in column order."""
        return {
            name: cell.hex() if isinstance(cell, bytes) else cell
            for name, cell in zip(self.columns, cells, strict=True)
        }

    @cached_property
    def key_names(self) -> tuple[str, ...]:
        """The names of the key columns."""
        return tuple(column.name for column in self.key)

    @cached_property
    def has_station(self) -> bool:
        """Whether its rows tell which station began them."""
        return "station" in self.columns

    @cached_property
    def _key_parts(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of the key's ids, and of its words."""
        ids = tuple(one.name for one in self.key if one.is_id)
        return ids, tuple(one.name for one in self.key if not one.is_id)

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(column.name for column in self.all_columns if column.is_id)


@lru_cache(maxsize=1024)
def _packed(cell: Cell) -> bytes | None:
    return bytes.fromhex(cell) if isinstance(cell, str) else None


@lru_cache(maxsize=1024)
def blob(an_id: str) -> bytes:
    """Return an id as a question to the file asks for it; a text that is none finds nothing."""
    return bytes.fromhex(an_id) if is_id(an_id) else b""


def is_id(text: str) -> bool:
    """Whether a text can be an id at all."""
    return _ID_TEXT.fullmatch(text) is not None


def _facts(kind: type[Facts]) -> tuple[Column, ...]:
    return tuple(
        Column(each.name, default=_empty(each.default), group=each.type.group)
        for each in fields_of(kind)
    )


def _empty(default: object) -> str:
    return default if isinstance(default, str) else ""


_ID = (Column("id", "BLOB"),)
_PATIENT = (Column("patient", "BLOB"),)
_VISIT = Column("visit", "BLOB")
_SIGNATURE = "signature"
_RESULT = "result"

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "users",
            _ID,
            (),
            (
                Column("name"),
                Column("roles"),
                Column("state"),
                Column("passphrase_utc", "INTEGER", None),
            ),
        ),
        Table("unit_settings", (Column("name"),), (), (Column("value"),)),
        Table("user_settings", (Column("user", "BLOB"), Column("name")), (), (Column("value"),)),
        Table("restores", _ID, (), (Column("copy"),)),
        Table("renewals", _ID, (), (Column("removed"), Column("left_behind"))),
        Table(
            "patients",
            _ID,
            (),
            (*_facts(PatientFacts), Column("caution"), Column("error_reason", default=None)),
            named="patient_id",
        ),
        Table(
            VISITS,
            _ID,
            (*_PATIENT, Column("station", "BLOB")),
            (
                Column("visit", "BLOB"),
                *_facts(VisitFacts),
                Column("version", "INTEGER", 1),
                Column("started_utc", "INTEGER", 0, "started"),
                Column("started_offset", "INTEGER", 0, "started"),
                Column("amend_reason"),
                Column("state", default="draft", group=_SIGNATURE),
                Column("signed_by", "BLOB", None, _SIGNATURE),
                Column("signed_name", group=_SIGNATURE),
                Column("signed_role", group=_SIGNATURE),
                Column("signed_utc", "INTEGER", 0, _SIGNATURE),
                Column("signed_offset", "INTEGER", 0, _SIGNATURE),
                Column("meaning", group=_SIGNATURE),
            ),
            named="visit_id",
        ),
        Table("replacements", (_VISIT, Column("replaced", "BLOB")), _PATIENT, ()),
        Table("error_marks", (_VISIT,), _PATIENT, (Column("reason"),)),
        Table(
            "sheets",
            (_VISIT, Column("scale")),
            (),
            (
                Column("version"),
                Column("is_typed", "INTEGER", 0, _RESULT),
                Column("total", default=None, group=_RESULT),
                Column("missing", default="[]", group=_RESULT),
                Column("reasons", default="{}", group=_RESULT),
                Column("subscores", default="{}", group=_RESULT),
            ),
        ),
        Table(
            "answers",
            (_VISIT, Column("scale"), Column("item"), Column("side")),
            (),
            (Column("value", group="answer"), Column("reason", group="answer")),
        ),
        Table(
            "confirmations",
            (_VISIT, Column("scale"), Column("question")),
            (),
            (Column("sentence"),),
        ),
        Table("treatments", _ID, _PATIENT, _facts(TreatmentFacts), "treatment_id"),
        Table("doses", _ID, _PATIENT, (Column("treatment", "BLOB"), *_facts(DoseFacts))),
        Table("events", _ID, _PATIENT, _facts(EventFacts)),
        Table(
            "measures",
            _ID,
            _PATIENT,
            (Column("visit", "BLOB", None), *_facts(MeasureFacts)),
        ),
        Table("sequelae", _ID, _PATIENT, _facts(SequelaFacts)),
        Table("findings", _ID, _PATIENT, _facts(FindingFacts)),
    )
}
"""Every table whose rows the journal answers for, parents before what hangs on them."""

SHAPES: Mapping[str, Shape] = {name: table.shape for name, table in TABLES.items()}
"""What the fold must know of each kind."""
