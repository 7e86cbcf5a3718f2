"""What files say, read without the app: every row of every table, by a bare connection."""

import shutil
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlcipher3 import dbapi2

from app.records.file.database import INDEX
from app.records.file.names import RECORDS

Content = dict[str, tuple[tuple[object, ...], ...]]
_UNSAID = frozenset({"seen", "this_station", "stations", "restores", "lines", "namesakes"})
"""Tables that change by looking, or that are only kept ready of others."""
_AFTER_A_RESTORE = frozenset({"journal"})


def content_of(records: Path, key: bytes) -> Content | None:
    """Return what records say as they are open in this process; nothing if they are unreadable."""
    try:
        return _content(records, key) or None
    except dbapi2.Error:
        return None


def content_at_rest(folder: Path, key: bytes) -> Content | None:
    """Return what closed records say with their log, read from a copy of both."""
    with TemporaryDirectory() as name:
        for path in folder.glob(f"{RECORDS}*"):
            if not path.name.endswith(INDEX):
                shutil.copyfile(path, Path(name) / path.name)
        return content_of(Path(name) / RECORDS, key)


def without_journal(content: Content) -> Content:
    """Return what is the same after a copy was put back, which is itself journalled."""
    return {name: rows for name, rows in content.items() if name not in _AFTER_A_RESTORE}


def _content(records: Path, key: bytes) -> Content:
    connection = dbapi2.connect(str(records), isolation_level=None)
    with closing(connection):
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        names = sorted({name for (name,) in connection.execute(listed)} - _UNSAID)
        return {name: _rows(connection, name) for name in names}


def _rows(connection: dbapi2.Connection, table: str) -> tuple[tuple[object, ...], ...]:
    found = connection.execute(f"SELECT * FROM {table}").fetchall()
    return tuple(sorted(map(tuple, found), key=repr))
