"""Whether a file has the tables of this version, and what holds even against a fault of ours.

The tables of the kinds are made from their declaration; a field that was declared since the file
was made is added when it is opened. What no declaration tells stands here: the journal with its
stations, the chain of what was seen, what is kept ready for the list, indexes, and locks.
"""

from app.errors import N_, UserError
from app.records.declaration import FORMAT
from app.records.file.database import RecordsFile, guard
from app.records.rows import TABLES, Column, Table
from app.records.shape import VISITS

_NEWER = N_(
    "These records were made by a newer version of OMS Bedside. "
    "Please update the app on this machine; nothing was changed."
)
JOURNAL_COLUMNS = (
    "id", "clock", "utc", "offset_minutes", "format", "user", "action", "step", "undoes",
    "patient", "scope", "kind", "row", "salt", "body", "digest", "hash",
)  # fmt: skip
"""The journal's columns in order; ``id`` is the station's local number << 40 | the sequence."""

_BASE = """
CREATE TABLE stations (
    number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 65535),
    station BLOB NOT NULL UNIQUE CHECK (length(station) = 16), name TEXT NOT NULL
) STRICT;
CREATE TABLE this_station (
    one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL
) STRICT;
CREATE TABLE erased (
    patient BLOB PRIMARY KEY, entry INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    clock INTEGER NOT NULL, utc INTEGER NOT NULL, offset_minutes INTEGER NOT NULL,
    format INTEGER NOT NULL, user TEXT NOT NULL, action TEXT NOT NULL,
    step INTEGER NOT NULL, undoes INTEGER,
    patient BLOB, scope BLOB, kind TEXT NOT NULL, row BLOB NOT NULL,
    salt BLOB, body BLOB,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    CHECK ((salt IS NULL) = (body IS NULL)), CHECK (salt IS NULL OR length(salt) = 16)
) STRICT;
CREATE INDEX journal_of_row ON journal (patient, row);
CREATE TABLE seen (
    id INTEGER PRIMARY KEY, utc INTEGER NOT NULL, offset_minutes INTEGER NOT NULL,
    user TEXT NOT NULL, action TEXT NOT NULL, patient BLOB,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX seen_of_patient ON seen (patient) WHERE patient IS NOT NULL;
CREATE TABLE lines (
    patient BLOB PRIMARY KEY, version INTEGER NOT NULL, is_error INTEGER NOT NULL,
    last_day INTEGER NOT NULL, name TEXT NOT NULL, searched TEXT NOT NULL, told TEXT NOT NULL,
    family TEXT NOT NULL, birth INTEGER NOT NULL, diagnosis TEXT NOT NULL, status TEXT NOT NULL,
    rises INTEGER NOT NULL, due TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX lines_in_order ON lines (
    is_error, last_day DESC, name, patient, searched, diagnosis, status, rises
);
CREATE INDEX lines_by_family ON lines (
    is_error, family, patient, searched, diagnosis, status, rises, last_day
);
CREATE INDEX lines_by_birth ON lines (
    is_error, birth, family, patient, searched, diagnosis, status, rises, last_day
);
CREATE INDEX lines_due ON lines (due, family, patient) WHERE due <> '';
CREATE TABLE namesakes (
    patient BLOB PRIMARY KEY, birth TEXT NOT NULL, name TEXT NOT NULL, is_alike INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX namesakes_by_birth ON namesakes (birth, name);
CREATE INDEX namesakes_by_name ON namesakes (name, birth);
CREATE INDEX patients_by_id ON patients (folded);
CREATE INDEX visits_of_patient ON visits (patient);
CREATE INDEX visits_by_id ON visits (folded);
CREATE INDEX drafts ON visits (patient) WHERE state = 'draft';
CREATE INDEX replaced ON replacements (replaced);
CREATE INDEX treatments_of_patient ON treatments (patient);
CREATE INDEX treatments_by_id ON treatments (folded);
CREATE INDEX doses_of_treatment ON doses (treatment);
CREATE INDEX events_of_patient ON events (patient);
CREATE INDEX measures_of_patient ON measures (patient);
CREATE INDEX measures_of_visit ON measures (visit) WHERE visit IS NOT NULL;
CREATE INDEX sequelae_of_patient ON sequelae (patient);
CREATE INDEX findings_of_patient ON findings (patient);
"""


def prepare(database: RecordsFile) -> None:
    """Bring the file to this version; UserError, and no change, if it is a newer one."""
    with guard():
        version = check_version(database)
        if version == 0:
            _make(database)
        for table in TABLES.values():
            _add_columns(database, table)
        if version != FORMAT:
            database.execute(f"PRAGMA user_version = {FORMAT}")


def check_version(database: RecordsFile) -> int:
    """Return the version of a file's tables, 0 before they are made; UserError if it is newer."""
    version = int(database.execute("PRAGMA user_version").fetchone()[0])
    if version > FORMAT:
        raise UserError(_NEWER)
    return version


def is_changed_by_opening(database: RecordsFile) -> bool:
    """Say whether a file has tables that ``prepare`` would change."""
    with guard():
        version = int(database.execute("PRAGMA user_version").fetchone()[0])
        if not 0 < version <= FORMAT:
            return False
        return version < FORMAT or any(_missing(database, one) for one in TABLES.values())


def _make(database: RecordsFile) -> None:
    """Make every table with its locks, whole or not at all."""
    with database.atomic():
        for statement in first_statements():
            database.execute(statement)


def first_statements() -> tuple[str, ...]:
    """Return what makes an empty file one of records."""
    tables = [table.create for table in TABLES.values()]
    base = [one.strip() for one in _BASE.split(";") if one.strip()]
    return (*tables, *base, *LOCKS.values())


def _add_columns(database: RecordsFile, table: Table) -> None:
    """Add the columns that were declared since the file was made; old rows have their default."""
    for column in _missing(database, table):
        _add_column(database, table, column)


def _missing(database: RecordsFile, table: Table) -> list[Column]:
    found = {row[1] for row in database.execute(f"PRAGMA table_info({table.name})").fetchall()}
    return [column for column in table.all_columns if column.name not in found]


def _add_column(database: RecordsFile, table: Table, column: Column) -> None:
    database.execute(f"ALTER TABLE {table.name} ADD COLUMN {column.sql}")


_STATE = "(SELECT state FROM visits WHERE id = {row}.visit)"
_ERASED = "EXISTS (SELECT 1 FROM erased WHERE patient = {patient})"
_ERASED_VISIT = _ERASED.format(patient="(SELECT patient FROM visits WHERE id = OLD.visit)")
_KEPT = tuple(name for name in JOURNAL_COLUMNS if name not in ("salt", "body"))
_EMPTIED = " AND ".join(
    ["NEW.salt IS NULL", "NEW.body IS NULL", *(f"NEW.{name} IS OLD.{name}" for name in _KEPT)]
)


def _lock(table: str, verb: str, condition: str = "1") -> str:
    return (
        f"CREATE TRIGGER {table}_{verb.lower()}_locked BEFORE {verb} ON {table} "
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{table}: locked'); END"
    )


def _locks_beneath_visits(table: str) -> dict[str, str]:
    new, old = _STATE.format(row="NEW"), _STATE.format(row="OLD")
    return {
        f"{table}_insert_locked": _lock(table, "INSERT", f"{new} <> 'draft'"),
        f"{table}_update_locked": _lock(table, "UPDATE", f"{old} <> 'draft' OR {new} <> 'draft'"),
        f"{table}_delete_locked": _lock(
            table, "DELETE", f"{old} <> 'draft' AND NOT {_ERASED_VISIT}"
        ),
    }


def _locks_for_ever(table: str) -> dict[str, str]:
    return {
        f"{table}_update_locked": _lock(table, "UPDATE"),
        f"{table}_delete_locked": _lock(table, "DELETE"),
    }


LOCKS: dict[str, str] = {
    "journal_insert_locked": _lock(
        "journal",
        "INSERT",
        "EXISTS (SELECT 1 FROM journal WHERE id = NEW.id) "
        f"OR (NEW.body IS NOT NULL AND {_ERASED.format(patient='NEW.patient')})",
    ),
    "journal_delete_locked": _lock("journal", "DELETE"),
    "journal_update_locked": _lock(
        "journal",
        "UPDATE",
        f"NOT ({_EMPTIED} AND {_ERASED.format(patient='OLD.patient')})",
    ),
    **_locks_for_ever("erased"),
    **_locks_for_ever("seen"),
    "visits_update_locked": _lock(VISITS, "UPDATE", "OLD.state <> 'draft'"),
    "visits_delete_locked": _lock(
        VISITS,
        "DELETE",
        f"OLD.state <> 'draft' AND NOT {_ERASED.format(patient='OLD.patient')}",
    ),
    **_locks_beneath_visits("sheets"),
    **_locks_beneath_visits("answers"),
    **_locks_beneath_visits("confirmations"),
    **_locks_beneath_visits("measures"),
    # One thing may join an imported visit: a measure from another table.
    "measures_insert_locked": _lock(
        "measures", "INSERT", f"{_STATE.format(row='NEW')} = 'signed'"
    ),
}
"""What is signed or journalled stays, by the name of each lock; ``check`` compares the file.

A visit that is no draft keeps every column, and so does what hangs on it; only an erased patient
is let go, and only the salts and bodies of that patient's entries with it. Of somebody erased no
body comes in again.
"""
