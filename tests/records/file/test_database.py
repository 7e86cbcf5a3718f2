"""The encrypted file: opened by its key alone, and every refusal told in one sentence."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from app.errors import Bug, Damage, UserError
from app.records.file.database import RecordsFile, connect, guard, open_database

KEY = bytes(range(32))
ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.usefixtures("disk_is_waited_for")


def _made(path: Path, rows: int = 1) -> Path:
    database = open_database(path, KEY, create=True)
    database.execute("CREATE TABLE t (a TEXT) STRICT")
    with database.atomic():
        for row in range(rows):
            database.execute("INSERT INTO t VALUES (?)", [f"row {row} " * 20])
    database.close()
    return path


def _failing(code: int) -> Exception:
    error: Exception = dbapi2.OperationalError("secret words of a patient")
    vars(error)["sqlite_errorcode"] = code
    return error


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    """The same key opens the same rows."""
    path = _made(tmp_path / "records.db")
    database = open_database(path, KEY)
    assert database.execute("SELECT count(*) FROM t").fetchone() == (1,)
    database.close()


def test_the_form_of_the_file_is_pinned(tmp_path: Path) -> None:
    """A library that prefers another form, as a later one may, writes and reads the same files."""
    path = _made(tmp_path / "records.db")
    program = (
        "import sys; from pathlib import Path; from sqlcipher3 import dbapi2; "
        "from app.records.file.database import open_database; "
        "dbapi2.connect(':memory:').execute('PRAGMA cipher_default_compatibility = 3'); "
        "path, key = Path(sys.argv[1]), bytes(range(32)); open_database(path, key).close(); "
        "made = open_database(path.with_name('new.db'), key, create=True); "
        "made.execute('CREATE TABLE t (a TEXT) STRICT'); made.close()"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], cwd=ROOT, check=True)
    open_database(path.with_name("new.db"), KEY).close()


def test_a_file_says_that_it_is_made_up_only_where_it_was_marked(tmp_path: Path) -> None:
    """The mark stands inside, encrypted."""
    database = open_database(_made(tmp_path / "records.db"), KEY)
    assert not database.is_made_up()
    database.mark_made_up()
    database.close()
    database = open_database(tmp_path / "records.db", KEY)
    assert database.is_made_up()
    database.close()
    assert b"OMSd" not in (tmp_path / "records.db").read_bytes()


def test_a_folder_with_an_odd_name_works(tmp_path: Path) -> None:
    """Characters that mean something in an address are plain letters in a path."""
    folder = tmp_path / "50% #1? Zoë & סבתא"
    folder.mkdir()
    _made(folder / "records.db")
    open_database(folder / "records.db", KEY).close()
    assert [path.name for path in folder.iterdir()] == ["records.db"]


def test_nothing_readable_is_on_disk(tmp_path: Path) -> None:
    """Neither a word of a row nor SQLite's own mark stands in the file."""
    content = _made(tmp_path / "records.db").read_bytes()
    assert b"row 0" not in content
    assert b"SQLite" not in content


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_the_file_is_private(tmp_path: Path) -> None:
    """Other users of the machine cannot even read the encrypted bytes."""
    assert _made(tmp_path / "records.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("temp_store", 2)],
)
def test_the_connection_is_set_up_to_lose_nothing(
    tmp_path: Path, pragma: str, value: object
) -> None:
    """WAL, full synchronisation, foreign keys, and no temporary file in the clear."""
    database = open_database(_made(tmp_path / "records.db"), KEY)
    assert database.execute(f"PRAGMA {pragma}").fetchone()[0] == value
    database.close()


@pytest.fixture
def numbers(tmp_path: Path) -> Iterator[RecordsFile]:
    """Return a file with a table of numbers."""
    database = open_database(tmp_path / "records.db", KEY, create=True)
    database.execute("CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT")
    yield database
    database.close()


def _stored(database: RecordsFile) -> list[int]:
    return [number for (number,) in database.execute("SELECT a FROM t").fetchall()]


def _add(database: RecordsFile, number: int) -> None:
    database.execute("INSERT INTO t VALUES (?)", [number])


def _add_and_raise(database: RecordsFile, number: int, trouble: type[BaseException]) -> None:
    _add(database, number)
    raise trouble


def _add_a_part_and_raise(database: RecordsFile) -> None:
    with database.atomic():
        _add(database, 1)
    raise ZeroDivisionError


def _end_by_itself(database: RecordsFile) -> None:
    _add(database, 1)
    database.execute("ROLLBACK")
    raise ZeroDivisionError


def test_a_transaction_is_stored_whole_or_not_at_all(numbers: RecordsFile) -> None:
    """What raises inside takes everything back, a stop from outside included."""
    for trouble in (ZeroDivisionError, KeyboardInterrupt):
        with pytest.raises(trouble), numbers.atomic():
            _add_and_raise(numbers, 1, trouble)
        assert (_stored(numbers), numbers.conn.in_transaction) == ([], False)
    with numbers.atomic():
        _add(numbers, 1)
    assert (_stored(numbers), numbers.conn.in_transaction) == ([1], False)


def test_a_part_of_a_transaction_takes_back_only_itself(numbers: RecordsFile) -> None:
    """However deep the parts lie in each other."""
    with numbers.atomic():
        _add(numbers, 1)
        with numbers.atomic():
            _add(numbers, 2)
            with pytest.raises(ZeroDivisionError), numbers.atomic():
                _add_and_raise(numbers, 3, ZeroDivisionError)
        _add(numbers, 4)
    assert _stored(numbers) == [1, 2, 4]


def test_a_whole_that_fails_takes_its_finished_parts_along(numbers: RecordsFile) -> None:
    """A part counts only once the whole is stored."""
    with pytest.raises(ZeroDivisionError), numbers.atomic():
        _add_a_part_and_raise(numbers)
    assert _stored(numbers) == []


def test_a_transaction_that_the_disk_ended_is_not_ended_twice(numbers: RecordsFile) -> None:
    """The first trouble is what is told."""
    with pytest.raises(ZeroDivisionError), numbers.atomic():
        _end_by_itself(numbers)
    assert _stored(numbers) == []


def test_a_wrong_key_is_one_sentence(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A wrong key is told, says nothing on standard error, and changes no byte."""
    path = _made(tmp_path / "records.db")
    before = path.read_bytes()
    with pytest.raises(Damage, match="damaged, or its keys belong to other records"):
        open_database(path, bytes(32))
    assert capfd.readouterr().err == ""
    assert path.read_bytes() == before


def test_a_missing_file_is_told_and_not_made(tmp_path: Path) -> None:
    """Looking for records never leaves an empty file behind."""
    with pytest.raises(UserError, match=r"records\.db is missing"):
        open_database(tmp_path / "records.db", KEY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + bytes(4096)])
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes) -> None:
    """An empty file, some text and an unencrypted file are all told as damage."""
    path = tmp_path / "records.db"
    path.write_bytes(content)
    with pytest.raises(Damage):
        open_database(path, KEY)
    assert path.read_bytes() == content


def test_a_cut_file_is_told_at_the_latest_when_it_is_read(tmp_path: Path) -> None:
    """A file that lost its end never reads as if all were well."""
    path = _made(tmp_path / "records.db", rows=200)
    path.write_bytes(path.read_bytes()[: 3 * 4096])
    with pytest.raises(Damage):
        _read_all(path)


def test_a_flipped_bit_is_told_when_it_is_read(tmp_path: Path) -> None:
    """Every page carries its own seal."""
    path = _made(tmp_path / "records.db", rows=200)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(Damage):
        _read_all(path)


def _read_all(path: Path) -> None:
    database = open_database(path, KEY)
    try:
        with guard():
            database.execute("SELECT * FROM t").fetchall()
    finally:
        database.close()


def test_an_existing_file_is_never_made_anew(tmp_path: Path) -> None:
    """Making records where there are some is refused and leaves them as they are."""
    path = _made(tmp_path / "records.db")
    before = path.read_bytes()
    with pytest.raises(UserError, match="already holds data"):
        open_database(path, KEY, create=True)
    assert path.read_bytes() == before


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """Making records in a folder that is not there is one sentence."""
    with pytest.raises(UserError, match="cannot be opened"):
        open_database(tmp_path / "none" / "records.db", KEY, create=True)


def test_a_key_of_another_length_is_our_own_fault(tmp_path: Path) -> None:
    """No user can hand in a short key."""
    with pytest.raises(Bug):
        open_database(_made(tmp_path / "records.db"), b"short")


def test_a_second_writer_is_told(tmp_path: Path) -> None:
    """A write that another connection blocks is told, not left to hang."""
    path = _made(tmp_path / "records.db")
    first, second = open_database(path, KEY), open_database(path, KEY)
    second.execute("PRAGMA busy_timeout = 0")
    with first.atomic():
        first.execute("INSERT INTO t VALUES ('x')")
        with pytest.raises(UserError, match="Another program"), guard():
            second.execute("INSERT INTO t VALUES ('y')")
    first.close()
    second.close()


def test_a_full_disk_is_told_and_what_was_there_stays(tmp_path: Path) -> None:
    """A write that finds no room is refused whole; the rows from before are still read."""
    path = _made(tmp_path / "records.db")
    database = open_database(path, KEY)
    database.execute("PRAGMA max_page_count = 4")
    with pytest.raises(UserError, match="disk is full"), guard(), database.atomic():
        database.conn.executemany("INSERT INTO t VALUES (?)", [["x" * 1000]] * 100)
    assert database.execute("SELECT count(*) FROM t").fetchone() == (1,)
    database.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_disk_that_stops_taking_bytes_loses_no_saved_row(tmp_path: Path) -> None:
    """In a process that may write no more, a write is told and the rows from before remain."""
    path = _made(tmp_path / "records.db")
    told = subprocess.run(
        [sys.executable, "-c", _WRITE_UNTIL_REFUSED, str(path), KEY.hex()],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    saved = int(told.stdout.split()[0])
    assert "What was saved before is safe." in told.stdout
    database = open_database(path, KEY)
    assert database.execute("SELECT count(*) FROM t").fetchone() == (1 + saved,)
    database.close()


_WRITE_UNTIL_REFUSED = """
import resource, signal, sys
from pathlib import Path
from app.errors import UserError
from app.records.file.database import guard, open_database
database = open_database(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
saved = 0
try:
    while True:
        with guard(), database.atomic():
            database.execute("INSERT INTO t VALUES (?)", ["x" * 3000])
        saved += 1
except UserError as error:
    print(saved, error)
"""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_FULL, "disk is full"),
        (sqlite3.SQLITE_IOERR | (3 << 8), "did not take"),
        (sqlite3.SQLITE_READONLY, "cannot be written"),
        (sqlite3.SQLITE_CANTOPEN, "cannot be opened"),
        (sqlite3.SQLITE_PERM, "cannot be opened"),
        (sqlite3.SQLITE_BUSY, "Another program"),
        (sqlite3.SQLITE_LOCKED, "Another program"),
    ],
)
def test_each_refusal_has_its_sentence(code: int, words: str) -> None:
    """The sentence says what to do and repeats nothing of what was written."""
    with pytest.raises(UserError, match=words) as told, guard():
        raise _failing(code)
    assert "secret" not in str(told.value)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_too_many_open_files_are_told_as_such(tmp_path: Path) -> None:
    """SQLite calls it a file that cannot be opened, which would send people to look for it."""
    path = _made(tmp_path / "records.db")
    import resource  # noqa: PLC0415 - not there on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        with pytest.raises(UserError, match="open any more files"):
            open_database(path, KEY)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    open_database(path, KEY).close()


def test_a_refusal_without_a_code_is_known_by_its_words() -> None:
    """A backup that fails carries no code, and is told all the same."""
    with pytest.raises(UserError, match="did not take"), guard():
        raise dbapi2.OperationalError("disk I/O error")


def test_damage_is_told_as_damage() -> None:
    """A damaged page is not something a user did."""
    with pytest.raises(Damage), guard():
        raise _failing(sqlite3.SQLITE_CORRUPT)


def test_an_error_without_a_code_is_our_own_fault() -> None:
    """What the door does not know is a bug, and keeps its cause for the log."""
    with pytest.raises(Bug) as told, guard():
        raise dbapi2.ProgrammingError("closed")
    assert isinstance(told.value.__cause__, dbapi2.ProgrammingError)


def test_other_errors_pass_the_door() -> None:
    """Only the database's own errors are told anew."""
    with pytest.raises(KeyError), guard():
        raise KeyError


def test_a_transaction_has_its_turn_to_write_before_it_reads(tmp_path: Path) -> None:
    """So that it waits for whoever else writes; one that has read would be refused at once."""
    database = open_database(_made(tmp_path / "records.db"), KEY)
    other = connect(tmp_path / "records.db", KEY)
    other.execute("PRAGMA busy_timeout = 0")
    with database.atomic(), pytest.raises(UserError, match="Another program"), guard():
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()
    database.close()
