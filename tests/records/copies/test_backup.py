"""Checked copies: made when something changed, kept in tiers, never a bad for a good one."""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.clock import FixedClock, Moment
from app.errors import Damage, UserError
from app.records.copies import backup
from app.records.copies.backup import (
    Copy,
    copies,
    copy_lent,
    copy_verified,
    damaged_copies,
    is_copied,
    latest_copy,
)
from app.records.file.database import RecordsFile, connect, open_database
from app.records.file.files import sync_file, write_whole
from app.records.file.names import COPIES, RECORDS, SUMMARY
from app.records.keys.keyfile import KEYS, write_keys
from app.records.keys.vault import Holder, open_slot

ROOT = Path(__file__).resolve().parents[3]
KEY = bytes(range(32))
START = datetime(2026, 1, 28, 10, 40, tzinfo=UTC)


@dataclass
class Records:
    """A data folder with a journal of plain lines, and a clock to turn."""

    folder: Path
    database: RecordsFile
    now: datetime = START

    def write(self, text: str = "line") -> None:
        """Add a line, as a signing would."""
        head = self.database.execute("SELECT count(*) FROM journal").fetchone()[0]
        self.database.execute("INSERT INTO journal VALUES (?, ?)", [head + 1, text])

    def copy(self) -> Copy:
        """Ask for a checked copy, a minute later than the last."""
        self.now += timedelta(minutes=1)
        return copy_verified(self.folder, KEY, FixedClock(Moment(self.now, 0)))

    def is_copied(self) -> bool:
        """Ask whether the newest copy is what is saved now."""
        return is_copied(self.folder, KEY)

    def damaged(self) -> int:
        """Have every copy read, and return how many are damaged."""
        return len(damaged_copies(self.folder, KEY, lambda _share: None))

    def lines(self, folder: Path) -> int:
        """Return how many lines the records in a folder hold."""
        opened = open_database(folder / RECORDS, KEY)
        count = opened.execute("SELECT count(*) FROM journal").fetchone()[0]
        opened.close()
        return int(count)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """Return open records with one line."""
    database = open_database(tmp_path / RECORDS, KEY, create=True)
    database.execute("CREATE TABLE journal (id INTEGER PRIMARY KEY, hash TEXT) STRICT")
    database.execute("CREATE TABLE stations (number INTEGER PRIMARY KEY) STRICT")
    database.execute("INSERT INTO stations VALUES (0)")
    write_keys(tmp_path, (open_slot(KEY, Holder("u", "Ann")),))
    made = Records(tmp_path, database)
    made.write()
    yield made
    database.close()


def _damage(path: Path, at: float = 0.5) -> None:
    content = bytearray(path.read_bytes())
    content[int(len(content) * at)] ^= 0x55
    path.write_bytes(content)


def test_a_folder_without_copies_has_none(tmp_path: Path) -> None:
    """The list is empty before the first copy."""
    assert copies(tmp_path) == ()
    assert latest_copy(tmp_path) is None


def test_a_copy_holds_records_and_keys(records: Records) -> None:
    """The two files stand together under the moment of the copy, with what they say in short."""
    copy = records.copy()
    assert copy.path == records.folder / COPIES / "20260128T104100.000Z"
    assert copy.moment == START + timedelta(minutes=1)
    assert sorted(path.name for path in copy.path.iterdir()) == [SUMMARY, KEYS, RECORDS]
    assert (copy.path / KEYS).read_bytes() == (records.folder / KEYS).read_bytes()


def test_a_copy_says_what_the_records_say(records: Records) -> None:
    """What was saved a moment ago, and stands only in the write-ahead log, is in the copy."""
    records.write()
    assert records.lines(records.copy().path) == 2


def test_a_copy_is_encrypted(records: Records) -> None:
    """Nobody reads a copy without the key."""
    records.write("words of a patient")
    copy = records.copy()
    assert b"words of a patient" not in (copy.path / RECORDS).read_bytes()
    with pytest.raises(Damage):
        open_database(copy.path / RECORDS, bytes(32))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_copy_is_private(records: Records) -> None:
    """Other users of the machine cannot read a copy."""
    copy = records.copy()
    places = (copy.path.parent, copy.path, *sorted(copy.path.iterdir()))
    assert [place.stat().st_mode & 0o777 for place in places] == [0o700] * 2 + [0o600] * 3


def test_without_a_change_no_copy_is_made(records: Records) -> None:
    """Opening and closing the app does not push older copies out."""
    assert records.copy() == records.copy()
    assert len(copies(records.folder)) == 1


def test_new_keys_are_a_change(records: Records) -> None:
    """After a change of passphrase the copy holds the keys that open it."""
    records.copy()
    write_keys(records.folder, (open_slot(KEY, Holder("u", "Ann Other")),))
    copy = records.copy()
    assert (copy.path / KEYS).read_bytes() == (records.folder / KEYS).read_bytes()
    assert len(copies(records.folder)) == 2


def test_the_copies_of_a_day_go_but_for_the_last_two(records: Records) -> None:
    """Which ones stay is the tiers' to say; those that go are gone whole."""
    made = []
    for _ in range(4):
        records.write()
        made.append(records.copy())
    records.now += timedelta(days=1)
    records.write()
    made.append(records.copy())
    assert copies(records.folder) == tuple(reversed(made[3:]))
    assert latest_copy(records.folder) == made[-1]
    assert not any(copy.path.exists() for copy in made[:3])


@pytest.mark.parametrize("harm", ["no summary", "damaged", "keys gone astray"])
def test_a_copy_that_holds_what_the_records_do_not_is_never_put_away(
    records: Records, harm: str
) -> None:
    """However many come after it, and whether or not it still says in short what it holds."""
    records.write("lost later")
    held = records.copy()
    if harm != "keys gone astray":
        (held.path / SUMMARY).unlink()
    if harm == "damaged":
        _damage(held.path / RECORDS, 0.01)
    records.database.execute("DELETE FROM journal WHERE hash = 'lost later'")
    for _ in range(4):
        records.write("another line")
        records.copy()
    assert held in copies(records.folder)
    assert len(copies(records.folder)) == 3


def test_a_copy_of_which_nobody_can_say_what_it_holds_is_never_put_away(
    records: Records,
) -> None:
    """It may hold what nothing else does; whoever looks after the machine may remove it."""
    made = []
    for _ in range(4):
        made.append(records.copy())
        records.write()
        (made[-1].path / RECORDS).write_bytes(b"no records" * 1000)
        assert records.damaged()
    records.copy()
    assert set(made) <= set(copies(records.folder))


def test_a_damaged_copy_takes_no_place_from_a_sound_one(records: Records) -> None:
    """Copies that nobody vouches for are counted apart."""
    made = []
    for _ in range(3):
        made.append(records.copy())
        records.write()
        _damage(made[-1].path / RECORDS, 0.99)
        assert records.damaged()
    sound = [records.copy()]
    records.write()
    sound.append(records.copy())
    assert set(sound) <= set(copies(records.folder))


def test_a_copy_that_lost_a_file_is_named(records: Records) -> None:
    """It counts for nothing, and the check says so."""
    copy = records.copy()
    (copy.path / RECORDS).unlink()
    assert copies(records.folder) == ()
    assert damaged_copies(records.folder, KEY, lambda _share: None) == (copy.path.name,)


def test_a_copy_that_cannot_be_looked_into_blocks_nothing(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next copy is made beside it, and the check names it."""
    closed = records.copy()
    is_file, read_bytes = Path.is_file, Path.read_bytes

    def refuse(path: Path) -> None:
        if path.parent == closed.path:
            raise PermissionError(errno.EACCES, "not yours")

    def asked(path: Path) -> bool:
        refuse(path)
        return is_file(path)

    def read(path: Path) -> bytes:
        refuse(path)
        return read_bytes(path)

    monkeypatch.setattr(Path, "is_file", asked)
    monkeypatch.setattr(Path, "read_bytes", read)
    assert records.copy() != closed
    assert damaged_copies(records.folder, KEY, lambda _share: None) == (closed.path.name,)


def test_a_copy_may_be_made_elsewhere(records: Records, tmp_path: Path) -> None:
    """A new one each time, whole and checked, in a folder that is made for it; then it goes."""
    place = tmp_path.parent / f"{tmp_path.name}-disk" / "copies"
    clock = FixedClock(Moment(START, 0))
    with copy_lent(records.folder, KEY, clock, place) as copy:
        assert copy.moment == START
        assert copy.path.parent == place
        assert records.lines(copy.path) == 1
    assert list(place.iterdir()) == []
    assert copies(records.folder) == ()


@pytest.mark.parametrize("name", ["", "copies", "deep/er"])
def test_elsewhere_is_not_in_the_data_folder(records: Records, name: str) -> None:
    """What goes with the folder is no second place."""
    clock = FixedClock(Moment(START, 0))
    lent = copy_lent(records.folder, KEY, clock, records.folder / name)
    with pytest.raises(UserError, match="is in the data folder"), lent:
        pass
    assert not (records.folder / COPIES).exists()


def test_elsewhere_that_takes_nothing_is_said(records: Records, tmp_path: Path) -> None:
    """A file where the folder should be."""
    place = tmp_path.parent / f"{tmp_path.name}-file"
    place.write_text("not a folder")
    lent = copy_lent(records.folder, KEY, FixedClock(Moment(START, 0)), place)
    with pytest.raises(UserError, match="no checked copy could be made in"), lent:
        pass


def test_a_clock_set_back_does_not_make_the_newest_the_oldest(records: Records) -> None:
    """The copy made last is the latest, whatever the clock says."""
    records.copy()
    records.write()
    records.now = START - timedelta(days=3)
    copy = records.copy()
    assert latest_copy(records.folder) == copy
    assert records.lines(copy.path) == 2


def test_other_folders_among_the_copies_are_left_alone(records: Records) -> None:
    """What somebody put there by hand is neither counted nor removed."""
    for name in ("old notes", "20260101T000000.000Z"):
        (records.folder / COPIES / name).mkdir(parents=True)
    records.copy()
    assert len(copies(records.folder)) == 1
    assert (records.folder / COPIES / "old notes").is_dir()


def test_an_unchanged_copy_is_not_read_again(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands beside the newest copy says that nothing changed: its records stay closed."""
    copy = records.copy()
    opened: list[Path] = []

    def watched(path: Path, key: bytes) -> object:
        opened.append(path)
        return connect(path, key)

    monkeypatch.setattr(backup, "connect", watched)
    assert records.is_copied()
    assert records.copy() == copy
    assert set(opened) == {records.folder / RECORDS}


def test_a_change_of_records_or_keys_is_told_beforehand(records: Records) -> None:
    """Whoever closes knows whether there is something to wait for."""
    assert not records.is_copied()
    records.copy()
    assert records.is_copied()
    records.write()
    assert not records.is_copied()
    records.copy()
    write_keys(records.folder, (open_slot(KEY, Holder("u", "Ann Other")),))
    assert not records.is_copied()


def test_what_a_copy_says_in_short_tells_nobody_how_many_rows_there_are(records: Records) -> None:
    """Without the key it holds the ends of the chains and two digests, whatever else there is."""
    records.database.execute("CREATE TABLE patients (id INTEGER PRIMARY KEY)")
    told = []
    for _ in range(2):
        records.database.execute("INSERT INTO patients VALUES (NULL)")
        shutil.rmtree(records.folder / COPIES, ignore_errors=True)
        told.append(json.loads((records.copy().path / SUMMARY).read_bytes()))
    assert [sorted(one) for one in told] == [["heads", "keys", "rows"]] * 2
    assert [one["heads"] for one in told] == [[[1, "6C696E65"]]] * 2
    assert len({one["rows"] for one in told}) == 2


@pytest.mark.parametrize("harm", ["gone", "no words of ours", "no text", "other fields"])
def test_a_copy_that_says_nothing_in_short_is_read_on_every_page(
    records: Records, harm: str
) -> None:
    """Sound and unchanged it is kept and vouched for anew; damaged, another is made."""
    copy = records.copy()
    contents = {
        "gone": None,
        "no words of ours": b"\xff",
        "no text": b'{"\xe4": 1}',
        "other fields": b'{"heads": []}',
    }
    for is_damaged in (False, True):
        (copy.path / SUMMARY).unlink()
        content = contents[harm]
        if content is not None:
            (copy.path / SUMMARY).write_bytes(content)
        if is_damaged:
            _damage(copy.path / RECORDS)
        assert not records.is_copied()
        assert (records.copy() == copy) is not is_damaged
        assert records.is_copied()


def test_a_latest_copy_that_was_damaged_is_found_and_made_again(records: Records) -> None:
    """The check finds it; from then on it counts for nothing, so the next copy is a new one."""
    first = records.copy()
    assert records.damaged() == 0
    _damage(first.path / RECORDS)
    assert records.copy() == first
    assert records.damaged() == 1
    second = records.copy()
    assert second != first
    assert records.lines(second.path) == 1
    assert records.damaged() == 1


def test_after_the_next_change_a_damaged_copy_is_no_longer_the_latest(records: Records) -> None:
    """Found or not: a new copy is a whole one."""
    first = records.copy()
    _damage(first.path / RECORDS)
    records.write()
    assert records.lines(records.copy().path) == 2


def test_every_copy_is_checked_on_every_page(records: Records) -> None:
    """A flipped bit counts wherever it is, also where no question of ours would read."""
    records.database.execute("CREATE TABLE t (a TEXT PRIMARY KEY, b TEXT)")
    with records.database.atomic():
        for row in range(30):
            records.database.execute(
                "INSERT INTO t VALUES (?, ?)", [str(row), "a longer line " * 20]
            )
    older = records.copy()
    records.write()
    records.copy()
    whole = (older.path / RECORDS).read_bytes()
    assert len(whole) // 4096 > 4
    for page in range(len(whole) // 4096):
        content = bytearray(whole)
        content[page * 4096 + 2000] ^= 1
        (older.path / RECORDS).write_bytes(content)
        assert records.damaged() == 1
    (older.path / RECORDS).write_bytes(whole)
    assert records.damaged() == 0


@pytest.mark.parametrize("name", [RECORDS, KEYS])
def test_a_copy_that_holds_something_else_is_damaged(records: Records, name: str) -> None:
    """Sound files that are not those of this copy are found as well."""
    first = records.copy()
    records.write()
    write_keys(records.folder, (open_slot(KEY, Holder("u", "Ann Other")),))
    second = records.copy()
    assert records.damaged() == 0
    shutil.copy(second.path / name, first.path / name)
    assert records.damaged() == 1


def test_a_copy_that_went_while_others_were_read_is_not_damaged(records: Records) -> None:
    """A newer copy sends the oldest away, which may be the one that is next."""
    for _ in range(3):
        records.write()
        records.now += timedelta(days=1)
        records.copy()
    told: list[float] = []

    def tell(share: float) -> None:
        told.append(share)
        if len(told) == 3:
            shutil.rmtree(copies(records.folder)[-1].path)

    assert damaged_copies(records.folder, KEY, tell) == ()
    assert len(copies(records.folder)) == 2


def test_how_far_the_copies_are_checked_is_told_and_can_be_ended(records: Records) -> None:
    """Before each copy; whoever hears it may raise, and no further copy is read."""
    for _ in range(4):
        records.write()
        records.now += timedelta(days=1)
        records.copy()
    told: list[float] = []

    def tell(share: float) -> None:
        told.append(share)
        if share == 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        damaged_copies(records.folder, KEY, tell)
    assert told == [0, 0.25, 0.5]


def test_a_copy_leaves_the_log_empty(records: Records) -> None:
    """What was copied stands in the file itself, so the log does not grow from copy to copy."""
    log = records.folder / f"{RECORDS}-wal"
    assert log.stat().st_size > 0
    records.copy()
    assert log.stat().st_size == 0
    assert records.lines(records.folder) == 1


def test_a_copy_beside_a_reader_leaves_the_log_alone_and_waits_for_nobody(
    records: Records,
) -> None:
    """The log is emptied the next time."""
    reader = connect(records.folder / RECORDS, KEY)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM journal").fetchone()
    records.write()
    copy = records.copy()
    log = records.folder / f"{RECORDS}-wal"
    assert log.stat().st_size > 0
    reader.close()
    assert records.copy() == copy
    assert log.stat().st_size == 0


def test_new_keys_while_a_copy_is_made_are_the_next_copys(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy holds the keys that were there when it began; the next one holds the new ones."""

    def sync_and_change_keys(path: Path) -> None:
        sync_file(path)
        write_keys(records.folder, (open_slot(KEY, Holder("u", "Ann Other")),))

    with monkeypatch.context() as beside:
        beside.setattr(backup, "sync_file", sync_and_change_keys)
        first = records.copy()
    assert not records.is_copied()
    second = records.copy()
    assert (second.path / KEYS).read_bytes() == (records.folder / KEYS).read_bytes()
    assert (first.path / KEYS).read_bytes() != (second.path / KEYS).read_bytes()
    assert records.damaged() == 0


@pytest.mark.parametrize("at", [0.0, 0.3, 0.6, 0.99])
def test_damaged_records_never_replace_a_good_copy(records: Records, at: float) -> None:
    """A damaged page anywhere in the records stops the copy; the good one stays and opens."""
    for _ in range(300):
        records.write("a longer line " * 20)
    good = records.copy()
    records.write()
    records.database.close()
    _damage(records.folder / RECORDS, at)
    with pytest.raises((Damage, UserError)):
        records.copy()
    assert copies(records.folder) == (good,)
    assert records.lines(good.path) == 301
    assert [path.name for path in (records.folder / COPIES).iterdir()] == [good.path.name]


def test_missing_records_make_no_copy(records: Records) -> None:
    """A file that somebody removed is told and not made anew."""
    good = records.copy()
    records.database.close()
    (records.folder / RECORDS).unlink()
    with pytest.raises(UserError, match="no checked copy could be made"):
        records.copy()
    assert copies(records.folder) == (good,)
    assert not (records.folder / RECORDS).exists()


@pytest.mark.parametrize("content", [None, b"damaged"])
def test_bad_keys_make_no_copy(records: Records, content: bytes | None) -> None:
    """A copy without keys that open it would be no copy."""
    good = records.copy()
    (records.folder / KEYS).unlink()
    if content is not None:
        (records.folder / KEYS).write_bytes(content)
    records.write()
    with pytest.raises((UserError, Damage), match=r"keys\.json"):
        records.copy()
    assert copies(records.folder) == (good,)


def test_a_place_that_cannot_be_written_keeps_what_was_there(records: Records) -> None:
    """Where no copy can be made, that is one sentence, and the records stay as they are."""
    (records.folder / COPIES).write_text("a file where the folder should be")
    with pytest.raises(UserError, match="Everything is saved, but no checked copy"):
        records.copy()
    assert records.lines(records.folder) == 1


def test_a_copy_that_came_out_different_is_not_kept(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that changes what it was given is noticed before anything older goes."""
    good = records.copy()
    records.write()

    def _write_and_spoil(path: Path, content: bytes) -> None:
        write_whole(path, content)
        _damage(path.parent / RECORDS)

    monkeypatch.setattr(backup, "write_whole", _write_and_spoil)
    with pytest.raises(UserError, match="did not pass its check"):
        records.copy()
    assert copies(records.folder) == (good,)


def test_a_copy_whose_tree_is_broken_is_not_kept(records: Records) -> None:
    """Pages that are sealed rightly but contradict each other are no good copy."""
    records.database.execute("CREATE TABLE t (a TEXT, b TEXT)")
    records.database.execute("CREATE INDEX i ON t (a)")
    records.database.execute("INSERT INTO t VALUES ('x', 'y')")
    good = records.copy()
    records.database.execute("PRAGMA writable_schema = ON")
    records.database.execute(
        "UPDATE sqlite_master SET sql = 'CREATE INDEX i ON t (b)' WHERE name = 'i'"
    )
    records.write()
    with pytest.raises(UserError, match="did not pass its check"):
        records.copy()
    assert copies(records.folder) == (good,)


_COPY_WITHOUT_ROOM = """
import resource, signal, sys
from pathlib import Path
from app.clock import SystemClock
from app.errors import UserError
from app.records.copies.backup import copy_verified
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
try:
    copy_verified(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), SystemClock())
except UserError as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_disk_without_room_keeps_the_copies_that_are_there(records: Records) -> None:
    """In a process that may write no more the copy is told, and the good ones stay."""
    good = records.copy()
    for _ in range(300):
        records.write("a longer line " * 20)
    told = subprocess.run(
        [sys.executable, "-c", _COPY_WITHOUT_ROOM, str(records.folder), KEY.hex()],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout.startswith("Everything is saved, but no checked copy")
    assert copies(records.folder) == (good,)
    assert records.copy() != good


def test_what_a_stopped_copy_left_is_cleared(records: Records) -> None:
    """A process that died while copying leaves nothing that counts, and nothing for ever."""
    half = records.folder / COPIES / ".new"
    half.mkdir(parents=True)
    (half / RECORDS).write_bytes(b"half")
    assert copies(records.folder) == ()
    copy = records.copy()
    assert [path.name for path in (records.folder / COPIES).iterdir()] == [copy.path.name]


def test_a_copy_put_back_into_an_empty_folder_opens(records: Records, tmp_path: Path) -> None:
    """The two files of a copy are all that is needed."""
    copy = records.copy()
    put_back = tmp_path / "put back"
    put_back.mkdir()
    for name in (RECORDS, KEYS):
        shutil.copy(copy.path / name, put_back / name)
    assert records.lines(put_back) == 1


def test_a_writer_at_work_does_not_disturb_a_copy(records: Records) -> None:
    """What is not committed yet is not in the copy, and the copy does not wait for it."""
    with records.database.atomic():
        records.write()
        copy = records.copy()
    assert records.lines(copy.path) == 1


def test_the_copy_needs_no_table_of_ours(tmp_path: Path) -> None:
    """Records before their first table can be copied as well."""
    database = open_database(tmp_path / RECORDS, KEY, create=True)
    database.execute("CREATE TABLE t (a TEXT)")
    write_keys(tmp_path, (open_slot(KEY, Holder("u", "Ann")),))
    copy = copy_verified(tmp_path, KEY, FixedClock(Moment(START, 0)))
    connection = connect(copy.path / RECORDS, KEY)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("t",)]
    connection.close()
    database.close()
