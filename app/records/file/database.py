"""The encrypted file as a connection, and the one door where its errors become sentences.

sqlcipher3 has exception classes of its own, beside those of the standard ``sqlite3``; no
other module needs to know.
"""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlcipher3 import dbapi2

from app.errors import N_, AppError, Bug, Damage, UserError
from app.records.file.files import NO_FILES, NotTaken, has_files_left
from app.records.keys.rawkey import KEY_BYTES, RawKey, as_told_to_sqlcipher, wipe

LOG, INDEX = "-wal", "-shm"
"""How SQLite calls what it keeps beside a file: its log, and the index of that."""
_BUSY_SECONDS = 2
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA temp_store = MEMORY",
    # Enough for what an import changes again and again; each page that is put out is encrypted.
    "PRAGMA cache_size = -16384",
)
_FILE_FORMAT = 4
"""The form of SQLCipher's files that is written and read, whichever a later library prefers."""
_MADE_UP = int.from_bytes(b"OMSd", "big")
_DAMAGED = N_(
    "The records file is damaged, or its keys belong to other records. Nothing was changed. "
    "A checked copy can be put back."
)
_MISSING = N_("There are no records in {folder}: the file {file} is missing.")
_SENTENCES = {
    dbapi2.SQLITE_FULL: N_(
        "The disk is full. What was saved before is safe. Free some space, then try again."
    ),
    dbapi2.SQLITE_IOERR: N_(
        "The disk did not take the data. What was saved before is safe. "
        "Check that it is connected and has space, then try again."
    ),
    dbapi2.SQLITE_READONLY: N_(
        "The records cannot be written to. What was saved before is safe. "
        "Allow writing to their folder, then try again."
    ),
    dbapi2.SQLITE_CANTOPEN: N_(
        "The records cannot be opened. Check that their folder is there and can be written to."
    ),
    dbapi2.SQLITE_BUSY: N_("Another program is using the records. Close it, then try again."),
}
_SAME_AS = {
    dbapi2.SQLITE_LOCKED: dbapi2.SQLITE_BUSY,
    dbapi2.SQLITE_PERM: dbapi2.SQLITE_CANTOPEN,
}
_BY_TEXT = {
    "database or disk is full": dbapi2.SQLITE_FULL,
    "disk I/O error": dbapi2.SQLITE_IOERR,
    "attempt to write a readonly database": dbapi2.SQLITE_READONLY,
    "unable to open database file": dbapi2.SQLITE_CANTOPEN,
    "database is locked": dbapi2.SQLITE_BUSY,
    "database disk image is malformed": dbapi2.SQLITE_CORRUPT,
    "file is not a database": dbapi2.SQLITE_NOTADB,
}
"""What a failed ``backup()`` says: it alone carries no code."""


class RecordsFile(Struct, eq=False):
    """The open encrypted file. Outside ``atomic()`` each statement is a transaction of its own.

    Everybody who reads or writes the records shares one; it goes on with another connection under
    a new key, and once it was closed and opened again.
    """

    conn: Any  # sqlcipher3 ships no types

    def execute(self, sql: str, values: Sequence[object] = ()) -> Any:  # noqa: ANN401 - a cursor of sqlcipher3
        """Run one statement and return its cursor."""
        return self.conn.execute(sql, values)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Make all changes inside one transaction, or one part of it: all stored, or none."""
        begin, keep, undo = _PART if self.conn.in_transaction else _WHOLE
        self.conn.execute(begin)
        try:
            yield
            self.conn.execute(keep)
        except BaseException:
            # A full disk may have ended the whole transaction by itself.
            for statement in undo if self.conn.in_transaction else ():
                self.conn.execute(statement)
            raise

    def mark_made_up(self) -> None:
        """Note inside the file that its records are made up, so that anyone may open them."""
        self.execute(f"PRAGMA application_id = {_MADE_UP}")

    def is_made_up(self) -> bool:
        """Say whether the file was marked so; only who has its key can have done that."""
        return bool(self.execute("PRAGMA application_id").fetchone()[0] == _MADE_UP)

    def written(self) -> tuple[int, int]:
        """Return what differs once anything was written, here or through another connection."""
        others = self.execute("PRAGMA data_version").fetchone()[0]
        return self.conn.total_changes, others

    def go_on_with(self, other: "RecordsFile") -> "RecordsFile":
        """Let everybody go on with the connection of another one; return the one before."""
        before, self.conn = RecordsFile(self.conn), other.conn
        return before

    def close(self) -> None:
        """Close the file."""
        self.conn.close()


_WHOLE = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_PART = ("SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part"))
"""How a transaction, and a part inside one, begins, is kept and is taken back.

A whole one waits for its turn to write before it reads: SQLite refuses at once where one that has
begun to read meets somebody else who writes.
"""


@contextmanager
def guard() -> Iterator[None]:
    """Turn an error of the database into one sentence: UserError, Damage, or Bug if unknown."""
    try:
        yield
    except dbapi2.Error as error:
        raise _told(error) from error


def beside(path: Path, side: str) -> Path:
    """Return where SQLite keeps the ``LOG`` or the ``INDEX`` of a file."""
    return path.with_name(path.name + side)


def open_database(path: Path, key: RawKey, *, create: bool = False) -> RecordsFile:
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
            return RecordsFile(connection)
        except BaseException:
            connection.close()
            raise


@contextmanager
def watching(path: Path, key: RawKey) -> Iterator[RecordsFile]:
    """Lend the encrypted file to read it only; neither it nor its log is changed by the closing.

    What is read of it begins with its first page, so a key that does not open it shows there.
    """
    connection = connect(path, key, mode="ro")
    try:
        yield RecordsFile(connection)
    finally:
        connection.close()


def open_unchangeable(path: Path, key: RawKey, *, has_log: bool) -> RecordsFile:
    """Open the encrypted file to read only, without a lock, for whoever knows that nobody writes.

    With a log its folder must be one that can be written to; without, not a byte is written
    anywhere. Damage if the key does not open it.
    """
    with guard():
        connection = connect(path, key, mode="rw" if has_log else "ro&immutable=1")
        try:
            _check_readable(connection)
            for pragma in ("temp_store = MEMORY", "query_only = ON"):
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
    return RecordsFile(connection)


def connect(path: Path, key: RawKey, *, mode: str = "rw") -> Any:  # noqa: ANN401 - sqlcipher3 ships no types
    """Return a bare keyed connection to a file that is there; a wrong key shows at a read.

    ``mode`` is SQLite's own: ``rw``, or ``ro`` to read only, with what may follow it.
    """
    if len(key) != KEY_BYTES:
        raise Bug(N_("The key of the records has the wrong length."))
    address = f"{path.absolute().as_uri()}?mode={mode}"
    # Opened where a passphrase may take its time, then handed to the thread that uses it alone.
    # No isolation level: the driver begins no transaction behind our back.
    connection = dbapi2.connect(
        address, uri=True, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    told = as_told_to_sqlcipher(key)
    # As a statement the key would stay among those that the connection keeps prepared.
    connection.set_key(told)
    wipe(told)
    connection.execute(f"PRAGMA cipher_compatibility = {_FILE_FORMAT}")
    return connection


def seize(path: Path) -> Any | None:  # noqa: ANN401 - no types, as above
    """Return a connection that has a plain file for itself until it is closed.

    Nothing if somebody else has it, in this process too; OSError where it cannot be had at all.
    """
    _touch(path)
    # Nothing is ever written, so no journal need lie beside the file.
    return _held(path, "rw", ("PRAGMA journal_mode = MEMORY", "BEGIN EXCLUSIVE"))


def share(path: Path) -> Any | None:  # noqa: ANN401 - no types, as above
    """Return a connection that keeps others from seizing a plain file until it is closed.

    Nothing if somebody has seized it. It writes nothing; OSError where it cannot be had at all.
    """
    return _held(path, "ro", ("BEGIN", "SELECT count(*) FROM sqlite_master"))


def _held(path: Path, mode: str, statements: Sequence[str]) -> Any | None:  # noqa: ANN401 - as above
    try:
        return _begun(path, mode, statements)
    except dbapi2.Error as error:
        if _code(error) == dbapi2.SQLITE_BUSY:
            return None
        raise OSError(errno.EIO, os.strerror(errno.EIO)) from error


def _begun(path: Path, mode: str, statements: Sequence[str]) -> Any:  # noqa: ANN401 - as above
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True, timeout=0, check_same_thread=False, isolation_level=None,
    )  # fmt: skip
    try:
        for statement in statements:
            connection.execute(statement).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _touch(path: Path) -> None:
    """Make a private file. One that is there stays closed: to close it would unlock it."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    if not os.access(path, os.W_OK):
        # SQLite would settle for a lock that others may share.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _prepare(connection: Any, *, is_new: bool) -> None:  # noqa: ANN401 - no types, as above
    if not is_new:
        _check_readable(connection)
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _check_readable(connection: Any) -> None:  # noqa: ANN401 - no types, as above
    if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise Damage(_DAMAGED)


def _make_empty(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise UserError(N_("{folder} already holds data."), folder=path.parent) from error
    except OSError as error:
        raise NotTaken(_SENTENCES[dbapi2.SQLITE_CANTOPEN]) from error


def _told(error: Exception) -> AppError:
    code = _code(error)
    if code in (dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB):
        return Damage(_DAMAGED)
    if code == dbapi2.SQLITE_CANTOPEN and not has_files_left():
        return NotTaken(NO_FILES)
    if code in _SENTENCES:
        kind = UserError if code == dbapi2.SQLITE_BUSY else NotTaken
        return kind(_SENTENCES[code])
    return Bug(N_("The records refused what the app asked of them."))


def _code(error: Exception) -> int:
    extended = getattr(error, "sqlite_errorcode", None) or _BY_TEXT.get(str(error), 0)
    return int(_SAME_AS.get(extended & 0xFF, extended & 0xFF))
