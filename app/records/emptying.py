"""What erasing a patient takes out of a file, for whoever has begun a transaction there."""

from app.records.file.database import RecordsFile, guard
from app.records.rows import TABLES

_MARK = (
    "INSERT INTO erased (patient, entry) SELECT ?1, ?2 "
    "WHERE NOT EXISTS (SELECT 1 FROM erased WHERE patient = ?1)"
)
_EMPTY = "UPDATE journal SET salt = NULL, body = NULL WHERE patient = ? AND body IS NOT NULL"
_READY = ("lines", "namesakes")
HOLDS = (
    "SELECT 1 FROM journal WHERE patient = ?1 AND body IS NOT NULL "
    "UNION ALL SELECT 1 FROM patients WHERE id = ?1 LIMIT 1"
)
"""Asks whether a file still tells of a patient."""


def take_out(database: RecordsFile, patient: bytes, entry: int) -> None:
    """Mark a patient as erased by an entry, then take out salts, bodies and rows.

    What is kept ready for the list is another's to take out, with what it says of others.
    """
    database.execute(_MARK, [patient, entry])
    database.execute(_EMPTY, [patient])
    # What hangs on others goes first: it is found by them.
    for table in reversed(tuple(TABLES.values())):
        if table.of_patient is not None:
            database.execute(f"DELETE FROM {table.name} WHERE {table.of_patient}", [patient])


def take_out_whole(database: RecordsFile, patient: bytes, entry: int) -> None:
    """Do the same in a copy, where nobody keeps lines ready."""
    with guard(), database.atomic():
        take_out(database, patient, entry)
        for table in _READY:
            database.execute(f"DELETE FROM {table} WHERE patient = ?", [patient])


def write_anew(database: RecordsFile) -> bool:
    """Write the whole file anew, so that no page of it keeps what was taken out; empty its log.

    Says whether the log is empty: it is not while somebody else reads. UserError where the disk
    has no room for it.
    """
    with guard():
        database.execute("VACUUM")
        is_busy, _, _ = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def wipe_deleted(database: RecordsFile) -> None:
    """Have all that is deleted from now on overwritten at once."""
    with guard():
        database.execute("PRAGMA secure_delete = ON")
