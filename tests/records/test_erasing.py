"""Erasing a patient: who may, from when; that no word is left, and that the rest stands."""

import shutil
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace
from sqlcipher3 import dbapi2

from app.clock import FixedClock
from app.errors import AppError, UserError
from app.paths import station_folder
from app.records import emptying, folder
from app.records.actions import Action
from app.records.copies import older as older_module
from app.records.copies.backup import copies, is_as_made
from app.records.copies.older_copy import OlderCopy
from app.records.copies.restore import restore
from app.records.copies.source import Source
from app.records.erasing import Wish
from app.records.file import database
from app.records.file.database import connect
from app.records.file.files import sync_file
from app.records.file.names import ERASING, RECORDS, SET_ASIDE
from app.records.holding import ReadingHolding
from app.records.keys.keyfile import KEYS
from app.records.model import PatientFacts, Role
from app.records.station import Known, Notes
from app.records.store import Store
from scales.catalogue import Catalogue
from tests.records.erasable import IDENTIFIER, OTHERS, WORDS, add_somebody
from tests.records.pages import plain_log, plain_pages, words_in
from tests.records.test_folder import PASSPHRASE, Desk, catalogue, desk
from tests.records.workbench import Bench, day

__all__ = ["catalogue", "desk"]

LATER = date(2040, 3, 1)
SECOND = "seven grey herons wait"  # made up for these tests
WISH = Wish(IDENTIFIER, "asked for by the family", SECOND)


class Prepared(NamedTuple):
    """Records of two keepers with a patient full of words, and what their machine notes."""

    folder: Path
    known: Known
    somebody: str


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Prepared:
    """Make once what takes half a second; tests only copy it."""
    place = tmp_path_factory.mktemp("prepared")
    desk = Desk(place / "data", catalogue)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMS_BEDSIDE_STATE", str(place / "notes"))
        first, _ = desk.create()
        somebody = add_somebody(first)
        first.users.invite("Ben", {Role.NURSE}, SECOND)
        first.settings.save(replace(first.settings.load(), keep_years=10, keep_until_age=25))
        first.close()
        known = Notes(station_folder(), desk.folder).read()
    assert known is not None
    return Prepared(desk.folder, known, somebody)


@pytest.fixture
def kept(desk: Desk, prepared: Prepared) -> tuple[Store, str]:
    """Return those records as they stand years later, on the machine that made them."""
    shutil.copytree(prepared.folder, desk.folder)
    Notes(station_folder(), desk.folder).write(prepared.known)
    return _open_later(desk), prepared.somebody


def _open_later(desk: Desk, place: Path | None = None) -> Store:
    store = folder.open_folder(
        place or desk.folder, PASSPHRASE, clock=FixedClock.on(LATER), catalogue=desk.catalogue
    )
    desk.opened.append(store)
    return store


def _let_be() -> None:
    """Nothing is held."""


def _key(store: Store) -> bytes:
    return bytes(store._holding._key)  # type: ignore[attr-defined] # a test may look at it


def _left(place: Path, key: bytes) -> list[str]:
    """Return which words stand on any page, free or in use, or in any cell of a file."""
    pages = plain_pages(place / RECORDS, key) + plain_log(place / f"{RECORDS}-wal", key)
    with closing(connect(place / RECORDS, key)) as file:
        tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        cells = [file.execute(f"SELECT * FROM [{name}]").fetchall() for (name,) in tables]
    return words_in(pages + repr(cells).encode(), WORDS)


def test_the_search_finds_every_word_before_it(kept: tuple[Store, str], desk: Desk) -> None:
    """Else the next test would prove nothing."""
    assert _left(desk.folder, _key(kept[0])) == list(WORDS)
    assert _left(copies(desk.folder)[0].path, _key(kept[0])) == list(WORDS)


def test_no_word_of_an_erased_patient_is_left(kept: tuple[Store, str], desk: Desk) -> None:
    """Neither in a row, nor on a free page, in a gap or in the log, nor in a copy made then."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    assert store._database.execute("PRAGMA secure_delete").fetchone() == (1,)
    assert store.erasing.finish()
    newest = copies(desk.folder)[0].path
    assert _left(desk.folder, _key(store)) == []
    assert _left(newest, _key(store)) == []
    beside = [path for path in desk.folder.rglob("*") if path.is_file() and path.suffix != ".db"]
    assert words_in(b"".join(path.read_bytes() for path in beside), WORDS) == []
    assert not (desk.folder / ERASING).exists()


def test_what_is_left_verifies_and_says_who_erased(kept: tuple[Store, str]) -> None:
    """The check counts nothing; the history tells when, by whom, why and who agreed."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    store.erasing.finish()
    assert [one for one in store.check() if one.count] == []
    assert len(store.summaries()) == OTHERS
    deeds = map(store.history.deed, store.history.steps())
    (deed,) = (one for one in deeds if one.step.action == Action.ERASE_PATIENT.id)
    assert (deed.name, deed.reason) == ("Ann Öz", WISH.reason)
    assert [one.after and one.after["agreed_name"] for one in deed.changes] == ["Ben"]
    assert deed.step.when.local.date() == LATER
    with pytest.raises(UserError):
        store.patients.get(somebody)


def test_the_store_goes_on_and_the_identifier_is_free(kept: tuple[Store, str]) -> None:
    """Another patient may have it; nothing of the first comes back."""
    store, somebody = kept
    told = list[object]()
    store.listen(told.append)
    store.erasing.erase(somebody, WISH)
    assert any(somebody in change.patients for change in told)  # type: ignore[attr-defined]
    store.users.give_roles(store.user.id, set(Role))
    again = store.patients.add(PatientFacts(IDENTIFIER, "New", "Child", day("2039-01-01")))
    assert again.id != somebody
    assert store.record(again.id).visits == ()
    assert [one for one in store.check() if one.count] == []


def test_nothing_is_written_about_somebody_erased(kept: tuple[Store, str]) -> None:
    """The file itself refuses a body; the entries that stay refuse every other change."""
    store, somebody = kept
    who = bytes.fromhex(somebody)
    store.erasing.erase(somebody, WISH)
    with pytest.raises(AppError):
        store.patients.set_caution(somebody, "x")
    copied = (
        "INSERT INTO journal SELECT id + 9999, clock, utc, offset_minutes, format, user, action, "
        "step, undoes, patient, scope, kind, row, {body}, digest, hash FROM journal "
        "WHERE id = (SELECT max(id) FROM journal WHERE patient = ?)"
    )
    with pytest.raises(dbapi2.IntegrityError, match="locked"):
        store._database.execute(copied.format(body="zeroblob(16), x'7b7d'"), [who])
    store._database.execute(copied.format(body="NULL, NULL"), [who])
    with pytest.raises(dbapi2.IntegrityError, match="locked"):
        store._database.execute("DELETE FROM erased")


def test_erasing_that_was_interrupted_is_finished_by_the_next_opening(
    kept: tuple[Store, str], desk: Desk, tmp_path: Path
) -> None:
    """The file is written anew, so no page keeps a word, and a copy without them is made."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    stopped = Path(shutil.copytree(desk.folder, tmp_path / "stopped"))
    assert (stopped / ERASING).exists()
    key = _key(_open_later(desk, stopped))
    assert not (stopped / ERASING).exists()
    assert _left(stopped, key) == []
    assert _left(copies(stopped)[0].path, key) == []


def test_no_copy_is_made_of_a_file_that_is_not_written_anew(
    kept: tuple[Store, str], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing in between writes it anew first: a copy takes whole pages along."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    written = list[object]()

    def writing(file: object) -> bool:
        written.append(file)
        return True

    monkeypatch.setattr(emptying, "write_anew", writing)
    store.close()
    assert len(written) == 1
    assert not (desk.folder / ERASING).exists()


def test_beside_a_reader_the_log_is_emptied_by_the_next_opening(
    kept: tuple[Store, str], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be done now is said, and remembered."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    # The reader stays, however long one waits for it.
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.02)
    with closing(connect(desk.folder / RECORDS, _key(store))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM journal").fetchone()
        assert not store.erasing.finish()
    assert (desk.folder / ERASING).exists()
    store.close()
    key = _key(_open_later(desk))
    assert _left(desk.folder, key) == []


REFUSED = [
    (Wish("ZZ9", "why", SECOND), "not the identifier"),
    (Wish(IDENTIFIER.upper(), "why", SECOND), "not the identifier"),
    (Wish(IDENTIFIER, " ", SECOND), "give a reason"),
    (Wish(IDENTIFIER, "the mother of Zyxqvandra asked", SECOND), "must not name the patient"),
    (Wish(IDENTIFIER, f"{IDENTIFIER}, as asked", SECOND), "must not name the patient"),
    (Wish(IDENTIFIER, "why", ""), "passphrase of a second person"),
    (Wish(IDENTIFIER, "why", PASSPHRASE), "passphrase of a second person"),
    (Wish(IDENTIFIER, "why", "somebody else entirely"), "passphrase of a second person"),
]


def test_what_is_wrong_is_refused_and_changes_nothing(kept: tuple[Store, str], desk: Desk) -> None:
    """Another identifier, no reason, one that names the patient, nobody or oneself as second."""
    store, somebody = kept
    entries = store.journal.entries()
    for wish, sentence in REFUSED:
        with pytest.raises(UserError, match=sentence):
            store.erasing.erase(somebody, wish)
    assert store.journal.entries() == entries
    assert not (desk.folder / ERASING).exists()


def test_only_a_keeper_erases(kept: tuple[Store, str]) -> None:
    """A nurse is refused, whatever is typed."""
    store, somebody = kept
    (nurse,) = (one for one in store.users.all() if one.name == "Ben")
    store.act_as(nurse.id)
    with pytest.raises(UserError, match="keeper"):
        store.erasing.erase(somebody, replace(WISH, passphrase=PASSPHRASE))


def test_until_the_unit_set_its_time_erasing_is_off(kept: tuple[Store, str]) -> None:
    """An age alone sets none."""
    store, somebody = kept
    store.settings.save(replace(store.settings.load(), keep_years=0))
    assert store.erasing.prospect(somebody).day is None
    with pytest.raises(UserError, match="Erasing is off"):
        store.erasing.erase(somebody, WISH)


def test_before_the_day_it_is_refused_with_the_day(kept: tuple[Store, str]) -> None:
    """The last entry is of 28 January 2026, so fifteen years end with that day of 2041."""
    store, somebody = kept
    store.settings.save(replace(store.settings.load(), keep_years=15))
    assert store.erasing.prospect(somebody).day == date(2041, 1, 29)
    with pytest.raises(UserError, match=r"until 2041-01-28.*from 2041-01-29 on"):
        store.erasing.erase(somebody, WISH)


def test_what_would_go_is_counted(kept: tuple[Store, str]) -> None:
    """Visits as people count them, and what else is recorded."""
    store, somebody = kept
    extent = store.erasing.prospect(somebody).extent
    counts = (extent.visits, extent.treatments, extent.events, extent.measures)
    assert (*counts, extent.sequelae, extent.findings) == (2, 1, 1, 1, 1, 1)
    about = [one for one in store.journal.entries() if one.patient == bytes.fromhex(somebody)]
    assert extent.entries == len(about)


def test_one_user_alone_needs_nobody_else(bench: Bench) -> None:
    """Where only one works, nobody could agree; the entry names nobody."""
    patient = bench.patient()
    bench.store.settings.save(replace(bench.store.settings.load(), keep_years=1))
    assert not bench.store.erasing.prospect(patient.id).needs_second


def test_older_copies_are_listed_and_renewed(kept: tuple[Store, str], desk: Desk) -> None:
    """A renewed one says all but the patient, is sound, and goes on from where it stood."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    store.erasing.finish()
    older = store.erasing.older_copies()
    assert [one.is_readable for one in older] == [True] * len(older)
    assert older
    assert copies(desk.folder)[0] not in {one.copy for one in older}
    before = len(copies(desk.folder))
    for one in older:
        store.erasing.cleaning(one, renews=True)()
    key = _key(store)
    assert store.erasing.older_copies() == ()
    assert len(copies(desk.folder)) == before
    for copy in copies(desk.folder):
        assert _left(copy.path, key) == []
        assert is_as_made(copy.path, key)
    assert store.copies.ahead() == ()
    assert [one for one in store.check() if one.count] == []


def test_a_renewed_copy_can_be_put_back(
    kept: tuple[Store, str], desk: Desk, tmp_path: Path
) -> None:
    """It opens, all the others are there, and the check says that no entry there told of it."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    store.erasing.finish()
    (older,) = store.erasing.older_copies()
    store.erasing.cleaning(older, renews=True)()
    oldest = copies(desk.folder)[-1].path
    restore(
        Source(oldest, PASSPHRASE), tmp_path / "back",
        replace=False, clock=FixedClock.on(LATER), catalogue=desk.catalogue,
    )  # fmt: skip
    back = desk.open(folder=tmp_path / "back")
    assert len(back.summaries()) == OTHERS
    found = {one.kind: one for one in back.check() if one.count}
    assert found.pop("unsaid").count == 1
    assert not any(one.is_damage for one in found.values())


def test_older_copies_are_removed_if_somebody_says_so(kept: tuple[Store, str], desk: Desk) -> None:
    """Only those that hold the patient; it is journalled."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    store.erasing.finish()
    newest, older = copies(desk.folder)[0], store.erasing.older_copies()
    for one in older:
        store.erasing.cleaning(one, renews=False)()
    assert copies(desk.folder) == (newest,)
    said = [one.action for one in store.journal.entries()]
    assert said.count(Action.CLEAN_COPY.id) == len(older)


def test_a_renewed_copy_is_on_the_disk_before_the_older_one_goes(
    kept: tuple[Store, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its records and its keys: a power cut leaves the one or the other whole."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    store.erasing.finish()
    (older,) = store.erasing.older_copies()
    confirmed: list[tuple[str, bool]] = []

    def confirm(path: Path) -> None:
        confirmed.append((path.name, older.copy.path.exists()))
        sync_file(path)

    monkeypatch.setattr(older_module, "sync_file", confirm)
    store.erasing.cleaning(older, renews=True)()
    assert sorted(confirmed) == [(KEYS, True), (RECORDS, True)]


@pytest.fixture
def stick(kept: tuple[Store, str], tmp_path: Path) -> Path:
    """Return a second place with two copies that hold the patient."""
    store, _ = kept
    (tmp_path / "stick").mkdir()
    store.copies.choose_elsewhere(tmp_path / "stick")
    for name in ("S1", "S2"):
        store.patients.add(PatientFacts(name))
        store.copies.backup()
    return tmp_path / "stick"


def _elsewhere(store: Store) -> list[OlderCopy]:
    return [one for one in store.erasing.older_copies() if one.is_elsewhere]


@pytest.mark.parametrize("renews", [True, False])
def test_copies_in_the_second_place_are_listed_and_replaced_or_removed(
    kept: tuple[Store, str], stick: Path, desk: Desk, renews: bool
) -> None:
    """Only those with the patient; the newest, without, is there in any case."""
    store, somebody = kept
    before = set(stick.iterdir())
    store.erasing.erase(somebody, WISH)
    store.erasing.finish()
    older = _elsewhere(store)
    assert {one.copy.path for one in older} == {path for path in before if path.exists()}
    assert [one.is_readable for one in older] == [True]
    for one in older:
        store.erasing.cleaning(one, renews=renews)()
    (made,) = stick.iterdir()
    assert made.stem == copies(desk.folder)[0].path.name
    assert _elsewhere(store) == []


def test_a_second_place_that_is_away_is_named_until_it_was_seen(
    kept: tuple[Store, str], stick: Path
) -> None:
    """Its copies may hold the patient; renewing one then goes first to where it is seen again."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    pulled = stick.rename(stick.with_name("pulled"))
    store.erasing.finish()
    assert (store.erasing.away(), _elsewhere(store)) == (stick, [])
    pulled.rename(stick)
    assert store.erasing.away() is None
    for one in _elsewhere(store):
        store.erasing.cleaning(one, renews=True)()
    assert _elsewhere(store) == []
    assert len(list(stick.iterdir())) == 1


def test_a_copy_elsewhere_that_is_pulled_or_ahead_stays(
    kept: tuple[Store, str], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence each, and the file is as it was."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    store.erasing.finish()
    (one,) = _elsewhere(store)
    work = store.erasing.cleaning(one, renews=True)
    pulled = stick.rename(stick.with_name("pulled"))
    with pytest.raises(UserError, match="not there"):
        work()
    pulled.rename(stick)
    for renews in (True, False):
        with pytest.raises(UserError, match="holds entries that these records do not"):
            store.erasing.cleaning(replace(one, is_ahead=True), renews=renews)
    monkeypatch.setattr("app.records.copies.own_files.are_held", lambda *_given: False)
    with pytest.raises(UserError, match="holds entries that these records do not"):
        store.erasing.cleaning(one, renews=False)()
    assert one.copy.path.exists()


def test_a_damaged_copy_is_named_and_not_renewed(kept: tuple[Store, str]) -> None:
    """Nobody can say whether it holds the patient; it stays as it is until it is removed."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    store.erasing.finish()
    (older,) = store.erasing.older_copies()
    (older.copy.path / RECORDS).write_bytes(b"x" * 8192)
    (damaged,) = store.erasing.older_copies()
    assert not damaged.is_readable
    with pytest.raises(AppError):
        store.erasing.cleaning(damaged, renews=True)()
    assert (older.copy.path / RECORDS).read_bytes() == b"x" * 8192
    store.erasing.cleaning(damaged, renews=False)()
    assert store.erasing.older_copies() == ()


def test_a_copy_that_goes_beyond_the_records_is_not_removed(
    kept: tuple[Store, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only it holds would be gone."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    store.erasing.finish()
    (older,) = store.erasing.older_copies()
    ahead = type("Ahead", (), {"copy": older.copy})()
    monkeypatch.setattr(store._holding.copies, "ahead", lambda _database: (ahead,))
    with pytest.raises(UserError, match="before it is removed"):
        store.erasing.cleaning(older, renews=False)


def test_what_was_set_aside_is_named(kept: tuple[Store, str], desk: Desk) -> None:
    """Nothing of it is touched; before an erasing nothing is named."""
    store, somebody = kept
    place = desk.folder / SET_ASIDE / "20260101T000000.000Z"
    place.mkdir(parents=True)
    assert store.erasing.set_aside() == ()
    store.erasing.erase(somebody, WISH)
    assert store.erasing.set_aside() == (place,)


def test_a_renewing_that_is_stopped_leaves_the_old_copy_or_both(
    kept: tuple[Store, str], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new one counts under its own name before the old one goes; that is still named."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    store.erasing.finish()
    before, (older_copy,) = copies(desk.folder), store.erasing.older_copies()

    def stop(*_any: object) -> None:
        raise KeyboardInterrupt

    for step in ("take_out_whole", "sum_up"):
        monkeypatch.setattr(older_module, step, stop)
        renewing = store.erasing.cleaning(older_copy, renews=True)
        with pytest.raises(KeyboardInterrupt):
            renewing()
        monkeypatch.undo()
        assert copies(desk.folder) == before
    monkeypatch.setattr(older_module.OlderCopies, "remove", stop)
    renewing = store.erasing.cleaning(older_copy, renews=True)
    with pytest.raises(KeyboardInterrupt):
        renewing()
    assert len(copies(desk.folder)) == len(before) + 1
    assert store.erasing.older_copies() == (older_copy,)


def test_what_stands_beside_a_copys_records_is_read_with_them(
    kept: tuple[Store, str], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A patient may stand there alone; where it cannot be read nobody can say."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    store.erasing.finish()
    clean, (holding,) = copies(desk.folder)[0], store.erasing.older_copies()
    (clean.path / "more").touch()
    assert store.erasing.older_copies() == (holding,)

    def bring(_copy: Path, scratch: Path, _key: object) -> None:
        shutil.copy(holding.copy.path / RECORDS, scratch / RECORDS)

    def fail(*_any: object) -> None:
        raise UserError("It cannot be read.")

    monkeypatch.setattr(older_module, "fetch", bring)
    assert store.erasing.older_copies() == (OlderCopy(clean), holding)
    monkeypatch.setattr(older_module, "fetch", fail)
    unread = OlderCopy(clean, is_readable=False)
    assert store.erasing.older_copies() == (unread, holding)


def test_records_that_take_no_changes_tell_what_their_copies_hold(
    kept: tuple[Store, str], desk: Desk
) -> None:
    """Looking for somebody who was erased writes nothing."""
    store, somebody = kept
    store.erasing.erase(somebody, WISH)
    store.erasing.finish()
    reading = ReadingHolding(desk.folder, _key(store), release=_let_be)
    found = reading.older_copies().holding(store.erasing.erased())
    assert found == store.erasing.older_copies() != ()
