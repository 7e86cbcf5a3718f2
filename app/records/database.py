"""The encrypted file as a connection, and the one door where its errors become sentences.

sqlcipher3 has exception classes of its own, beside those of the standard ``sqlite3``; no
other module needs to know.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2
from sqlite_utils import Database

from app.errors import N_, AppError, Bug, Damage, UserError

KEY_BYTES = 32
_BUSY_SECONDS = 2
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
)
_DAMAGED = N_(
    "The records file is damaged, or its keys belong to other records. Nothing was changed. "
    "A checked copy can be put back."
)
_MISSING = N_("There are no records in {folder}: the file {file} is missing.")
_SENTENCES = {
    sqlite3.SQLITE_FULL: N_(
        "The disk is full. What was saved before is safe. Free some space, then try again."
    ),
    sqlite3.SQLITE_IOERR: N_(
        "The disk did not take the data. What was saved before is safe. "
        "Check that it is connected and has space, then try again."
    ),
    sqlite3.SQLITE_READONLY: N_(
        "The records cannot be written to. What was saved before is safe. "
        "Allow writing to their folder, then try again."
    ),
    sqlite3.SQLITE_CANTOPEN: N_(
        "The records cannot be opened. Check that their folder is there and can be written to."
    ),
    sqlite3.SQLITE_BUSY: N_("Another program is using the records. Close it, then try again."),
}
_SAME_AS = {
    sqlite3.SQLITE_LOCKED: sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_PERM: sqlite3.SQLITE_CANTOPEN,
}
_BY_TEXT = {
    "database or disk is full": sqlite3.SQLITE_FULL,
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "attempt to write a readonly database": sqlite3.SQLITE_READONLY,
    "unable to open database file": sqlite3.SQLITE_CANTOPEN,
    "database is locked": sqlite3.SQLITE_BUSY,
    "database disk image is malformed": sqlite3.SQLITE_CORRUPT,
    "file is not a database": sqlite3.SQLITE_NOTADB,
}
"""What a failed ``backup()`` says: it alone carries no code."""


@contextmanager
def guard() -> Iterator[None]:
    """Turn an error of the database into one sentence: UserError, Damage, or Bug if unknown."""
    try:
        yield
    except (dbapi2.Error, sqlite3.Error) as error:
        raise _told(error) from error


def open_database(path: Path, key: bytes, *, create: bool = False) -> Database:
    """Open the encrypted file with its raw 256-bit key.

    Only ``create`` makes a file, and only where there is none. UserError if the file is missing,
    already there or cannot be used; Damage if the key does not open it.
    """
    if create:
        _make_empty(path)
    elif not path.is_file():
        raise UserError(_MISSING, folder=path.parent, file=path.name)
    with guard():
        connection = connect(path, key)
        try:
            _prepare(connection, is_new=create)
            return Database(connection, execute_plugins=False, strict=True)
        except BaseException:
            connection.close()
            raise


def connect(path: Path, key: bytes) -> Any:  # noqa: ANN401 - sqlcipher3 ships no types
    """Return a bare keyed connection to a file that is there; a wrong key shows at a read."""
    if len(key) != KEY_BYTES:
        raise Bug(N_("The key of the records has the wrong length."))
    address = f"{path.absolute().as_uri()}?mode=rw"
    # Opened where a passphrase may take its time, then handed to the thread that uses it alone.
    connection = dbapi2.connect(address, uri=True, timeout=_BUSY_SECONDS, check_same_thread=False)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def _prepare(connection: Any, *, is_new: bool) -> None:  # noqa: ANN401 - no types, as above
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not tables and not is_new:
        raise Damage(_DAMAGED)
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _make_empty(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise UserError(N_("{folder} already holds data."), folder=path.parent) from error
    except OSError as error:
        raise UserError(_SENTENCES[sqlite3.SQLITE_CANTOPEN]) from error


def _told(error: Exception) -> AppError:
    extended = getattr(error, "sqlite_errorcode", None) or _BY_TEXT.get(str(error), 0)
    code = _SAME_AS.get(extended & 0xFF, extended & 0xFF)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return Damage(_DAMAGED)
    if code in _SENTENCES:
        return UserError(_SENTENCES[code])
    return Bug(N_("The records refused what the app asked of them."))
