"""A file that is written anew keeps nothing of what was deleted from it."""

from contextlib import closing
from pathlib import Path

from app.records.emptying import wipe_deleted, write_anew
from app.records.file.database import RecordsFile, open_database
from tests.records.pages import plain_log, plain_pages, words_in
from tests.records.workbench import KEY

WORD = "zyxqvandra"


def _written_and_deleted(path: Path) -> RecordsFile:
    """Return a file from which rows were deleted among others that stay."""
    database = open_database(path, KEY, create=True)
    database.execute("CREATE TABLE notes (number INTEGER PRIMARY KEY, words TEXT)")
    for number in range(500):
        told = WORD if number % 3 else "stays"
        database.execute("INSERT INTO notes VALUES (?, ?)", [number, f"{told} {number}" * 20])
    return database


def _is_there(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return words_in(plain_pages(path, KEY) + plain_log(log, KEY), [WORD]) == [WORD]


def test_writing_anew_leaves_nothing_of_what_was_deleted(tmp_path: Path) -> None:
    """What SQLite merely forgets stands on free pages and between rows; not after this."""
    path = tmp_path / "records.db"
    with closing(_written_and_deleted(path)) as database:
        database.execute("DELETE FROM notes WHERE words LIKE 'zyx%'")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert _is_there(path)
        assert write_anew(database)
        assert not _is_there(path)
        assert database.execute("SELECT count(*) FROM notes").fetchone()[0] == 167


def test_deleting_with_wiping_alone_is_not_enough(tmp_path: Path) -> None:
    """SQLite moves rows between pages and leaves their bytes where they stood."""
    path = tmp_path / "records.db"
    with closing(_written_and_deleted(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        wipe_deleted(database)
        database.execute("DELETE FROM notes WHERE words LIKE 'zyx%'")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert _is_there(path)
        assert write_anew(database)
        assert not _is_there(path)
