"""Erasing a patient from the command line asks what the window asks."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.clock import FixedClock
from app.records.copies.backup import copies
from app.records.folder import Founder, create_folder, open_folder
from app.records.keys.keyfile import Cost
from app.records.keys.slots import Slots
from app.records.model import PatientFacts, Role
from scales.catalogue import load_catalogue
from tests.app.conftest import SECRET, Command, Told

LONG_AGO = FixedClock.on(date(2012, 5, 6))
SECOND = "seven grey herons wait"  # made up for these tests
CHEAP = Cost(passes=1, memory_kib=128, lanes=1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder of long ago with one patient; Ada keeps it, Ben is a nurse there."""
    monkeypatch.setattr(Slots.__init__, "__defaults__", (CHEAP,))
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", SECRET)
    made = tmp_path / "data"
    store, _ = create_folder(
        made, Founder("Ada", Role.NURSE), SECRET,
        clock=LONG_AGO, catalogue=load_catalogue(), cost=CHEAP,
    )  # fmt: skip
    store.patients.add(PatientFacts("40-1187", "Amira", "Haddad"))
    store.users.invite("Ben", {Role.NURSE}, SECOND)
    store.settings.save(replace(store.settings.load(), keep_years=10))
    store.close()
    return made


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """Return a file with Ben's passphrase."""
    file = tmp_path / "second.txt"
    file.write_text(f"{SECOND}\n", encoding="utf-8")
    return file


def _erase(command: Command, folder: Path, *more: object, again: str = "40-1187") -> Told:
    asked = ("erase", "40-1187", "--reason", "the time is over", "--again", again)
    return command("--data", folder, *asked, *more)


def test_erasing_says_what_goes_what_went_and_what_stays(
    command: Command, folder: Path, second: Path
) -> None:
    """The copies that hold the patient are named, with what can be done about them."""
    older = copies(folder)[0].path.name
    told = _erase(command, folder, "--second-passphrase-file", second)
    assert told.status == 0
    assert "To be erased: Amira Haddad" in told.err
    assert "the newest entry of these records is of 6 May 2012" in told.err
    assert "cannot be undone" in told.err
    assert "Erased: the words of 1 journal entry." in told.out
    assert "What stays says that a patient was erased" in told.out
    assert f"Copies that hold erased patients: {older}." in told.out
    assert "40-1187" not in command("--data", folder, "patients").out
    assert command("--data", folder, "check").status == 0
    history = command("--data", folder, "history").out
    assert "Erase a patient" in history
    assert "Haddad" not in history


@pytest.mark.parametrize("way", ["--renew", "--remove"])
def test_older_copies_are_renewed_or_removed(
    command: Command, folder: Path, second: Path, way: str
) -> None:
    """Afterwards none here holds the patient."""
    _erase(command, folder, "--second-passphrase-file", second)
    told = command("--data", folder, "erased", way)
    assert told.status == 0
    assert told.out.startswith("Renewed: " if way == "--renew" else "Removed: ")
    assert "No copy here holds anybody who was erased." in told.out
    assert "No copy here holds" in command("--data", folder, "erased").out
    assert "damaged" not in command("--data", folder, "backups").out


def test_the_second_place_is_listed_or_named_while_it_is_away(
    command: Command, folder: Path, second: Path, tmp_path: Path
) -> None:
    """Away it may hold the patient; back, its copies are told by where they are."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with closing(open_folder(folder, SECRET, clock=LONG_AGO, catalogue=load_catalogue())) as store:
        store.copies.choose_elsewhere(stick)
        store.copies.backup()
    (made,) = stick.iterdir()
    stick.rename(tmp_path / "pulled")
    told = _erase(command, folder, "--second-passphrase-file", second)
    assert f"The second place is not there: {stick}" in told.out
    (tmp_path / "pulled").rename(stick)
    assert str(made) in command("--data", folder, "erased").out
    assert "Renewed: " in command("--data", folder, "erased", "--renew").out
    assert not made.exists()
    assert "No copy here holds" in command("--data", folder, "erased").out


def test_only_one_way_is_taken(command: Command, folder: Path) -> None:
    """Both at once are a slip."""
    told = command("--data", folder, "erased", "--renew", "--remove")
    assert (told.status, told.err) == (2, "Either --renew or --remove.\n")


def test_before_anybody_was_erased_nothing_is_listed(command: Command, folder: Path) -> None:
    """It says so."""
    assert command("--data", folder, "erased").out == "Nobody was erased here.\n"


def test_what_is_missing_or_wrong_is_told_and_nothing_is_erased(
    command: Command, folder: Path, second: Path, tmp_path: Path
) -> None:
    """The second person, the identifier once more, a passphrase that is oneself's."""
    own = tmp_path / "own.txt"
    own.write_text(SECRET, encoding="utf-8")
    without = _erase(command, folder)
    assert "--second-passphrase-file" in without.err
    oneself = _erase(command, folder, "--second-passphrase-file", own)
    assert "Another one than you" in oneself.err
    slip = _erase(command, folder, "--second-passphrase-file", second, again="40-1178")
    assert "not the identifier" in slip.err
    once = ("erase", "40-1187", "--reason", "x", "--second-passphrase-file", second)
    unasked = command("--data", folder, *once)
    assert "--again" in unasked.err
    stranger = command("--data", folder, "erase", "P9", "--reason", "x", "--again", "P9")
    assert "There is no patient" in stranger.err
    assert {one.status for one in (without, oneself, slip, unasked, stranger)} == {2}
    assert "40-1187" in command("--data", folder, "patients").out


def test_before_its_day_and_while_it_is_off_it_is_refused(
    command: Command, folder: Path, second: Path
) -> None:
    """With the day, or with where the time is set."""
    for years, sentence in ((100, "can be erased from 7 May 2112 on"), (0, "Erasing is off")):
        store = open_folder(folder, SECRET, clock=LONG_AGO, catalogue=load_catalogue())
        store.settings.save(replace(store.settings.load(), keep_years=years))
        store.close()
        told = _erase(command, folder, "--second-passphrase-file", second)
        assert told.status == 2
        assert sentence in told.err


def test_a_nurse_is_refused(command: Command, folder: Path, second: Path) -> None:
    """Before anything is said of the patient."""
    told = command("--data", folder, "--passphrase-file", second, "erase", "40-1187",
                   "--reason", "x", "--again", "40-1187")  # fmt: skip
    assert told.status == 2
    assert "keeper" in told.err
    assert "Haddad" not in told.err
