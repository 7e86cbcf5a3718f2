"""The data folder from first run to a copy put back, and every way in which it can be refused."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.dates import PartialDate
from app.errors import Damage, UserError
from app.records import folder as data_folder
from app.records import schema
from app.records.copies import backup, following
from app.records.copies.backup import copies
from app.records.copies.fetching import fetch
from app.records.copies.summary import summary_of
from app.records.file.database import connect
from app.records.file.names import COPIES, RECORDS
from app.records.folder import (
    Founder,
    create_folder,
    create_open_folder,
    describe,
    holds_data,
    needs_secret,
    open_folder,
)
from app.records.keys.keyfile import KEYS, Cost, read_keys, write_keys
from app.records.keys.vault import (
    Holder,
    NeedlessSecret,
    Unlocked,
    change_passphrase,
    open_slot,
    unlock,
)
from app.records.model import PatientFacts, Role
from app.records.rows import TABLES, Column, Table
from app.records.store import Store
from scales.catalogue import Catalogue, load_catalogue
from scales.model import Scored

ROOT = Path(__file__).resolve().parents[2]
CLOCK = FixedClock.on(date(2026, 1, 28))
CHEAP = Cost(passes=1, memory_kib=128, lanes=1)
PASSPHRASE = "correct horse battery"  # noqa: S105 - made up for these tests
TODAY = PartialDate.of(CLOCK.today())


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Return the scales that ship."""
    return load_catalogue()


class Desk:
    """Makes and opens one data folder, and closes what is still open at the end."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self.opened: list[Store] = []

    def create(self, passphrase: str = PASSPHRASE, name: str = "Ann Öz") -> tuple[Store, str]:
        """Make the folder."""
        store, code = create_folder(
            self.folder, Founder(name, Role.NURSE), passphrase,
            clock=CLOCK, catalogue=self.catalogue, cost=CHEAP,
        )  # fmt: skip
        self.opened.append(store)
        return store, code

    def create_open(self) -> Store:
        """Make the folder without a secret."""
        store = create_open_folder(
            self.folder, Founder("Demo", Role.KEEPER), clock=CLOCK, catalogue=self.catalogue
        )
        self.opened.append(store)
        return store

    def open(self, secret: str | None = PASSPHRASE, folder: Path | None = None) -> Store:
        """Open the folder, or another one."""
        store = open_folder(folder or self.folder, secret, clock=CLOCK, catalogue=self.catalogue)
        self.opened.append(store)
        return store

    def names(self) -> list[str]:
        """Return what the folder holds."""
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue) -> Iterator[Desk]:
    """Return a desk for a folder that is not there yet."""
    made = Desk(tmp_path / "data", catalogue)
    yield made
    for store in made.opened:
        store.close()


def _sign_a_visit(store: Store, catalogue: Catalogue, patient_id: str = "7") -> None:
    patient = store.patients.add(PatientFacts(patient_id))
    visit = store.visits.start(patient.id, TODAY, "09:00")
    key = catalogue.find("five_feature").keys[0]
    store.visits.answer(visit.id, "five_feature", key, Scored(Decimal(0)))
    store.visits.sign(visit.id, "scored")


def test_the_first_run_makes_a_folder_that_is_open(desk: Desk) -> None:
    """The first user acts at once, and the code is one that can be typed."""
    store, code = desk.create()
    assert (store.user.name, store.user.role) == ("Ann Öz", Role.NURSE)
    assert len(code) == 39
    assert store.user.id


def test_a_closed_folder_holds_two_files_and_its_copies(desk: Desk) -> None:
    """Nothing else needs to be known about; a side file is gone when the folder closes."""
    desk.create()[0].close()
    assert desk.names() == [COPIES, KEYS, RECORDS, "records.lock"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_new_folder_is_private(desk: Desk) -> None:
    """Other users of the machine cannot look into it."""
    desk.create()
    assert desk.folder.stat().st_mode & 0o777 == 0o700
    assert (desk.folder / RECORDS).stat().st_mode & 0o777 == 0o600


def test_the_passphrase_and_the_code_both_open(desk: Desk) -> None:
    """Each opens as the same user."""
    store, code = desk.create()
    user = store.user
    store.close()
    for secret in (PASSPHRASE, code, code.lower().replace("-", " ")):
        opened = desk.open(secret)
        assert opened.user == user
        opened.close()


def test_a_folder_opened_on_one_thread_is_used_and_closed_on_another(desk: Desk) -> None:
    """Trying a secret takes a moment, so a worker opens and hands the store over."""
    desk.create()[0].close()
    with ThreadPoolExecutor(1) as worker:
        store = worker.submit(desk.open).result()
    _sign_a_visit(store, desk.catalogue)
    store.close()
    assert desk.open().is_copied()
    assert desk.opened[-1].user.name == "Ann Öz"


def test_what_was_stored_is_there_again(desk: Desk) -> None:
    """Closing and opening loses nothing."""
    store, _ = desk.create()
    store.patients.add(PatientFacts("007", given_name="Zoë <&> סבתא"))
    store.close()
    assert desk.open().patients.by_patient_id("007").facts.given_name == "Zoë <&> סבתא"


def test_neither_name_nor_patient_is_readable_on_disk(desk: Desk) -> None:
    """Every file but the keys is ciphertext, the copies too."""
    store, _ = desk.create()
    _sign_a_visit(store, desk.catalogue, "Quinsberry-0042")
    store.close()
    content = b"".join(path.read_bytes() for path in desk.folder.rglob("*") if path.is_file())
    assert b"Quinsberry" not in content
    assert PASSPHRASE.encode() not in content


def test_a_changed_passphrase_opens(desk: Desk) -> None:
    """The records themselves are not written again: only the key slot changes."""
    desk.create()[0].close()
    before = (desk.folder / RECORDS).read_bytes()
    change_passphrase(desk.folder, PASSPHRASE, "another passphrase", CHEAP)
    assert (desk.folder / RECORDS).read_bytes() == before
    assert desk.open("another passphrase").user.name == "Ann Öz"


def test_the_demo_opens_without_a_secret(desk: Desk) -> None:
    """A folder of made-up data asks for nothing and says that it is not protected."""
    desk.create_open().close()
    assert not needs_secret(desk.folder)
    assert not describe(desk.folder).is_protected
    assert desk.open(None).user.name == "Demo"


def test_a_folder_is_described(desk: Desk) -> None:
    """Where the data are, whether they are protected, and the last checked copy."""
    desk.create()[0].close()
    state = describe(desk.folder)
    assert state.folder == desk.folder
    assert state.is_protected
    assert state.last_copy is not None
    assert state.last_copy.path.parent == state.folder / COPIES


def test_whether_a_folder_holds_data_is_told_beforehand(desk: Desk) -> None:
    """The opening screen knows whether to greet or to ask."""
    assert not holds_data(desk.folder)
    desk.create()
    assert holds_data(desk.folder)
    assert needs_secret(desk.folder)


def test_a_second_window_is_told(desk: Desk) -> None:
    """While one is open, a second one is refused in a sentence."""
    desk.create()
    with pytest.raises(UserError, match="already open with these data"):
        desk.open()


def test_a_refused_passphrase_can_be_typed_again(desk: Desk) -> None:
    """A wrong passphrase leaves nothing held and nothing changed."""
    desk.create()[0].close()
    with pytest.raises(UserError, match="does not open these records"):
        desk.open("wrong horse battery")
    assert desk.open().user.name == "Ann Öz"


def test_a_signature_asks_for_a_copy(desk: Desk) -> None:
    """Once the signature is on disk; a checked copy with that visit is then there."""
    store, _ = desk.create()
    store.after_signing(store.copy)
    assert copies(desk.folder) == ()
    _sign_a_visit(store, desk.catalogue)
    assert len(copies(desk.folder)) == 1
    assert store.is_copied()


def test_without_a_window_closing_makes_the_copy(desk: Desk) -> None:
    """Nobody who only signs waits for a copy; what was signed is copied in the end."""
    store, _ = desk.create()
    _sign_a_visit(store, desk.catalogue)
    assert copies(desk.folder) == ()
    assert not store.is_copied()
    store.close()
    assert len(copies(desk.folder)) == 1


def test_records_that_were_only_read_are_closed_without_reading_a_copy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However large they are: no copy is opened, and none is made."""
    store, _ = desk.create()
    _sign_a_visit(store, desk.catalogue)
    store.close()
    opened: list[Path] = []

    def watched(path: Path, key: bytes) -> object:
        opened.append(path)
        return connect(path, key)

    for module in (backup, following):
        monkeypatch.setattr(module, "connect", watched)
    store = desk.open()
    assert store.summaries()
    store.close()
    assert opened == [desk.folder / RECORDS]
    assert len(copies(desk.folder)) == 1


def test_a_copy_is_made_beside_a_writer(desk: Desk) -> None:
    """On another thread, with all that was saved when it began; what comes then is the next."""
    store, _ = desk.create()
    _sign_a_visit(store, desk.catalogue)
    with ThreadPoolExecutor(1) as beside:
        for number in range(5):
            copying = beside.submit(store.copy)
            _sign_a_visit(store, desk.catalogue, f"beside {number}")
            copying.result()
    store.close()
    newest = desk.open(folder=_fetched(desk))
    assert len(newest.summaries()) == 6
    assert [one for one in newest.check() if one.count] == []


def _fetched(desk: Desk) -> Path:
    place = desk.folder.parent / "put back beside"
    place.mkdir()
    fetch(copies(desk.folder)[0].path, place, unlock(desk.folder, PASSPHRASE).key)
    return place


def test_the_check_reads_one_moment_beside_a_writer(desk: Desk) -> None:
    """What is written while it runs is no damage to it, whatever it has read by then."""
    store, _ = desk.create()
    _sign_a_visit(store, desk.catalogue)
    written: list[float] = []

    def write(share: float) -> None:
        written.append(share)
        with ThreadPoolExecutor(1) as beside:
            beside.submit(_sign_a_visit, store, desk.catalogue, f"beside {len(written)}").result()

    assert [one for one in store.check(write) if one.count] == []
    assert written[0] == 0
    assert written[-1] == 1
    assert written == sorted(written)
    assert len(store.summaries()) == len(written) + 1


def test_a_check_is_ended_by_whoever_hears_how_far_it_is(desk: Desk) -> None:
    """And leaves nothing behind that would stop a write."""
    store, _ = desk.create()

    def end(share: float) -> None:
        if share > 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.check(end)
    _sign_a_visit(store, desk.catalogue)


def test_the_check_finds_a_damaged_copy(desk: Desk) -> None:
    """Its count is told; closing then makes a copy that is whole, though nothing changed."""
    store, _ = desk.create()
    _sign_a_visit(store, desk.catalogue)
    store.copy()
    (copy,) = copies(desk.folder)
    content = bytearray((copy.path / RECORDS).read_bytes())
    content[len(content) // 2] ^= 1
    (copy.path / RECORDS).write_bytes(content)
    assert [(one.kind, one.count) for one in store.check() if one.count] == [("copies", 1)]
    assert not store.is_copied()
    store.close()
    assert len(copies(desk.folder)) == 2


_COPY_UNTIL_KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from app.clock import FixedClock
from app.records.copies import backup
from app.records.folder import Founder, open_folder
from app.records.model import PatientFacts
from scales.catalogue import load_catalogue
clock = FixedClock.on(date(2026, 1, 28))
store = open_folder(Path(sys.argv[1]), sys.argv[2], clock=clock, catalogue=load_catalogue())
store.patients.add(PatientFacts("7"))
called = getattr(backup, sys.argv[3])
def kill(*_args):
    if sys.argv[4] == "after":
        called(*_args)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(backup, sys.argv[3], kill)
store.copies.backup()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", ["sync_file", "write_whole", "_vouch", "_keep", "empty_log"])
def test_a_process_killed_while_it_copies_leaves_whole_copies_only(
    desk: Desk, step: str, when: str
) -> None:
    """Wherever it dies; the next closing makes the copy, and nothing half made stays."""
    desk.create()[0].close()
    killed = subprocess.run(
        [sys.executable, "-c", _COPY_UNTIL_KILLED, str(desk.folder), PASSPHRASE, step, when],
        cwd=ROOT, check=False, capture_output=True,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL
    store = desk.open()
    assert [one for one in store.check() if one.count] == []
    store.copies.backup()
    store.close()
    assert len(copies(desk.folder)) == 2
    assert {path.name for path in (desk.folder / COPIES).iterdir()} == {
        copy.path.name for copy in copies(desk.folder)
    }


def test_closing_copies_what_changed_since(desk: Desk) -> None:
    """Without a change since the last copy, closing makes none."""
    store, _ = desk.create()
    _sign_a_visit(store, desk.catalogue)
    store.close()
    assert len(copies(desk.folder)) == 1
    desk.open().close()
    assert len(copies(desk.folder)) == 1


@pytest.mark.parametrize("has_room", [True, False])
def test_before_other_tables_are_made_the_records_are_copied(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, has_room: bool
) -> None:
    """As they were, and kept longer; where no copy can be made nobody is kept from the records."""
    store, _ = desk.create()
    _sign_a_visit(store, desk.catalogue)
    store.close()
    known = TABLES["patients"]
    told = (*known.told, Column("batch"))
    later = Table(known.name, known.key, known.owners, told, known.named)
    monkeypatch.setattr(schema, "TABLES", {**TABLES, "patients": later})
    if not has_room:
        shutil.rmtree(desk.folder / COPIES)
        monkeypatch.setattr(backup, "free_space", lambda _place: 0)
    assert len(desk.open().summaries()) == 1
    kept = [summary_of(copy.path) for copy in copies(desk.folder)]
    assert [one.is_before_risk for one in kept if one] == ([True] if has_room else [])
    monkeypatch.undo()


def test_a_signature_stands_when_no_copy_can_be_made(desk: Desk) -> None:
    """The visit is signed, the trouble is a sentence, and the next close tells it as well."""
    store, _ = desk.create()
    (desk.folder / COPIES).write_text("a file where the folder should be")
    _sign_a_visit(store, desk.catalogue)
    with pytest.raises(UserError, match="Everything is saved, but no checked copy"):
        store.copy()
    with pytest.raises(UserError, match="Everything is saved"):
        store.close()
    (desk.folder / COPIES).unlink()
    (summary,) = desk.open().summaries()
    assert summary.last_visit == TODAY


def test_a_copy_put_back_opens(desk: Desk, tmp_path: Path) -> None:
    """As README says: the two files of a copy into an empty folder, nothing else."""
    store, code = desk.create()
    _sign_a_visit(store, desk.catalogue)
    store.close()
    (copy,) = copies(desk.folder)
    put_back = tmp_path / "put back"
    put_back.mkdir()
    for name in (RECORDS, KEYS):
        shutil.copy(copy.path / name, put_back / name)
    for secret in (PASSPHRASE, code):
        store = desk.open(secret, put_back)
        assert [summary.last_visit for summary in store.summaries()] == [TODAY]
        assert all(finding.count == 0 for finding in store.check())
        store.close()


def test_a_copy_put_back_in_place_opens(desk: Desk) -> None:
    """As README says: the damaged files and their side files go, the two of the copy come."""
    store, _ = desk.create()
    _sign_a_visit(store, desk.catalogue)
    store.close()
    (desk.folder / RECORDS).write_bytes(b"damaged")
    for name in ("records.db-wal", "records.db-shm"):
        (desk.folder / name).write_bytes(b"left behind")
    with pytest.raises(Damage):
        desk.open()
    for name in (RECORDS, KEYS, "records.db-wal", "records.db-shm"):
        (desk.folder / name).unlink(missing_ok=True)
    (copy,) = copies(desk.folder)
    for name in (RECORDS, KEYS):
        shutil.copy(copy.path / name, desk.folder / name)
    assert [summary.last_visit for summary in desk.open().summaries()] == [TODAY]


def test_a_folder_that_holds_data_is_not_made_anew(desk: Desk) -> None:
    """The first run never touches data that are there."""
    store, _ = desk.create()
    store.close()
    before = (desk.folder / RECORDS).read_bytes()
    with pytest.raises(UserError, match="already holds data"):
        desk.create()
    assert (desk.folder / RECORDS).read_bytes() == before
    assert desk.open().user.name == "Ann Öz"


@pytest.mark.parametrize("left", [RECORDS, KEYS, COPIES])
def test_even_a_part_of_the_data_is_data(desk: Desk, left: str) -> None:
    """Records, keys or copies alone are worth keeping: nothing new is made beside them."""
    desk.create()[0].close()
    for path in desk.folder.iterdir():
        if path.name != left:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(UserError, match="already holds data"):
        desk.create()


def test_a_folder_with_other_things_can_be_used(desk: Desk) -> None:
    """Only data of ours are in the way."""
    desk.folder.mkdir()
    (desk.folder / "notes.txt").touch()
    desk.create()
    assert "notes.txt" in desk.names()


@pytest.mark.parametrize(
    ("passphrase", "name", "words"),
    [
        ("short", "Ann", "at least 10 characters"),
        ("anna okafor", "Anna Okafor", "among the first"),
        (PASSPHRASE, "  ", "Please give a name"),
    ],
)
def test_a_refused_first_run_leaves_no_data(
    desk: Desk, passphrase: str, name: str, words: str
) -> None:
    """A weak passphrase or no name leaves the folder free for another try."""
    with pytest.raises(UserError, match=words):
        desk.create(passphrase, name)
    assert not holds_data(desk.folder)
    assert desk.create()[0].user.name == "Ann Öz"


def test_a_folder_that_cannot_be_made_is_told(desk: Desk) -> None:
    """A file in the way is one sentence."""
    desk.folder.write_text("a file")
    with pytest.raises(UserError, match="What was saved before is safe"):
        desk.create()


@pytest.mark.parametrize("failing", ["write_keys", "sync_folder", "_first_user", "open_database"])
def test_a_first_run_that_fails_leaves_no_data(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """Wherever the disk gives up, nothing half made is left, and the next try succeeds."""
    with monkeypatch.context() as faults:
        faults.setattr(data_folder, failing, _disk_full)
        with pytest.raises(UserError, match="disk is full"):
            desk.create()
    assert desk.names() == ["records.lock"]
    assert desk.create()[0].user.name == "Ann Öz"


def _disk_full(*_args: object, **_values: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_first_run_whose_last_step_fails_leaves_no_data(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Records whose recovery code nobody ever saw are taken back."""

    def _refuse(*_args: object) -> None:
        raise UserError("The disk is full.")

    with monkeypatch.context() as faults:
        faults.setattr(data_folder, "_opened", _refuse)
        with pytest.raises(UserError, match="disk is full"):
            desk.create()
    assert desk.names() == ["records.lock"]
    assert desk.create()[0].user.name == "Ann Öz"


@pytest.mark.parametrize("moved", [(), (KEYS,)])
def test_a_first_run_that_was_killed_can_be_repeated(desk: Desk, moved: tuple[str, ...]) -> None:
    """Whatever a process that died left behind, it is not taken for data."""
    half = desk.folder / ".new"
    half.mkdir(parents=True)
    for name in (KEYS, RECORDS):
        ((desk.folder if name in moved else half) / name).write_bytes(b"half made")
    assert not holds_data(desk.folder)
    assert desk.create()[0].user.name == "Ann Öz"
    assert ".new" not in desk.names()


def test_an_empty_place_is_told(desk: Desk) -> None:
    """Opening where nothing is, is one sentence and makes nothing."""
    for ask in (desk.open, lambda: needs_secret(desk.folder)):
        with pytest.raises(UserError, match="There are no records in"):
            ask()
    assert not desk.folder.exists()


def test_missing_records_are_told(desk: Desk) -> None:
    """Keys without records: the sentence names what is missing."""
    desk.create()[0].close()
    (desk.folder / RECORDS).unlink()
    with pytest.raises(Damage, match=r"records\.db is missing"):
        desk.open()


def test_missing_keys_are_told(desk: Desk) -> None:
    """Records without keys: the sentence names what is missing."""
    desk.create()[0].close()
    (desk.folder / KEYS).unlink()
    for ask in (desk.open, lambda: needs_secret(desk.folder)):
        with pytest.raises(Damage, match=r"no keys\.json in"):
            ask()


def _cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 3])


def _overwrite(path: Path) -> None:
    path.write_bytes(b"\0" * 8192)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("name", [RECORDS, KEYS])
@pytest.mark.parametrize("harm", [_cut, _overwrite, _empty])
def test_damaged_files_are_told(desk: Desk, name: str, harm: Callable[[Path], None]) -> None:
    """A damaged file is one sentence, is left as it is, and leaves the folder unlocked."""
    desk.create()[0].close()
    harm(desk.folder / name)
    before = (desk.folder / name).read_bytes()
    for _ in range(2):
        with pytest.raises(Damage, match="damaged"):
            desk.open()
    assert (desk.folder / name).read_bytes() == before


def test_keys_of_other_records_are_told(desk: Desk, tmp_path: Path) -> None:
    """Keys and records that do not belong together are told as such."""
    desk.create()[0].close()
    other = Desk(tmp_path / "other", desk.catalogue)
    other.create()[0].close()
    shutil.copy(other.folder / KEYS, desk.folder / KEYS)
    with pytest.raises(Damage, match="keys belong to other records"):
        desk.open()


def test_a_slot_of_another_clinic_does_not_open(desk: Desk, tmp_path: Path) -> None:
    """Put among our own it gives a key, but not that of these records; our own still opens."""
    desk.create()[0].close()
    other = Desk(tmp_path / "other", desk.catalogue)
    create_folder(
        other.folder, Founder("Ben", Role.NURSE), "battery staple",
        clock=CLOCK, catalogue=desk.catalogue, cost=CHEAP,
    )[0].close()  # fmt: skip
    write_keys(desk.folder, (*read_keys(other.folder), *read_keys(desk.folder)))
    with pytest.raises(Damage, match="keys belong to other records"):
        desk.open("battery staple")
    assert desk.open().user.name == "Ann Öz"


@pytest.mark.parametrize("is_beside", [True, False])
def test_a_slot_for_anyone_is_refused_where_records_are_not_made_up(
    desk: Desk, *, is_beside: bool
) -> None:
    """Whoever once had the key cannot leave the door open: the records know what they are."""
    desk.create()[0].close()
    key = bytes(unlock(desk.folder, PASSPHRASE).key)
    sealed = read_keys(desk.folder)
    write_keys(desk.folder, (open_slot(key, Holder("u", "Ann")), *(sealed if is_beside else ())))
    for _ in range(2):
        with pytest.raises(Damage, match="which only made-up ones may"):
            desk.open(None)
    with pytest.raises(NeedlessSecret, match="left closed"):
        desk.open()
    write_keys(desk.folder, sealed)
    assert desk.open().user.name == "Ann Öz"


def test_made_up_records_open_for_anyone_also_from_a_copy(desk: Desk, tmp_path: Path) -> None:
    """The mark stands in each copy; with a secret in hand they stay closed."""
    desk.create_open().close()
    copy = copies(desk.folder)[0].path
    for name in (RECORDS, KEYS):
        (tmp_path / "back").mkdir(exist_ok=True)
        shutil.copy(copy / name, tmp_path / "back" / name)
    assert desk.open(None, tmp_path / "back").user.name == "Demo"
    with pytest.raises(NeedlessSecret):
        desk.open(PASSPHRASE)


def test_the_key_is_wiped_when_the_folder_is_let_go(desk: Desk) -> None:
    """Where the records could not be opened, too."""
    keys: list[bytearray] = []

    def watched(folder: Path, secret: str | None) -> Unlocked:
        unlocked = unlock(folder, secret)
        keys.append(unlocked.key)
        return unlocked

    desk.create()[0].close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.records.keys.vault.unlock", watched)
        store = desk.open()
        assert len(keys[0]) == 32
        store.close()
        _overwrite(desk.folder / RECORDS)
        with pytest.raises(Damage):
            desk.open()
    assert keys == [b"", b""]


def test_records_of_a_newer_app_are_told(desk: Desk) -> None:
    """A newer file is refused in words, and can be tried again."""
    store, _ = desk.create()
    store.journal._database.execute("PRAGMA user_version = 99")
    store.close()
    for _ in range(2):
        with pytest.raises(UserError, match="newer version"):
            desk.open()


def test_no_secret_is_in_a_message(desk: Desk) -> None:
    """What goes wrong while a passphrase is at hand does not repeat it."""
    desk.create()[0].close()
    with pytest.raises(UserError) as told:
        desk.open("my secret words")
    assert "my secret words" not in repr(told.value)
    assert "my secret words" not in repr(told.value.values)


_TAP_UNTIL_KILLED = """
import os, signal, sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from app.clock import FixedClock
from app.dates import PartialDate
from app.records.folder import open_folder
from app.records.model import PatientFacts
from scales.catalogue import load_catalogue
from scales.model import Scored
clock = FixedClock.on(date(2026, 1, 28))
catalogue = load_catalogue()
store = open_folder(Path(sys.argv[1]), sys.argv[2], clock=clock, catalogue=catalogue)
patient = store.patients.add(PatientFacts("7"))
visit = store.visits.start(patient.id, PartialDate.of(clock.today()), "09:00")
for key in catalogue.find("five_feature").keys[:3]:
    store.visits.answer(visit.id, "five_feature", key, Scored(Decimal(0)))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_process_loses_no_tap(desk: Desk) -> None:
    """After SIGKILL the folder opens at once, and every tap is in the draft."""
    desk.create()[0].close()
    killed = subprocess.run(
        [sys.executable, "-c", _TAP_UNTIL_KILLED, str(desk.folder), PASSPHRASE],
        cwd=ROOT, check=False, capture_output=True,
    )  # fmt: skip
    assert killed.returncode < 0
    (draft,) = desk.open().lines.drafts()
    assert draft.answered == 3
