"""The command that makes a new key: its code once, who still gets in, and what is left."""

import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from app.records.copies.archive import is_packed_with
from app.records.copies.backup import copies, is_before_risk
from app.records.file.names import SET_ASIDE
from app.records.folder import open_folder
from app.records.keys.keyfile import CodeState
from app.records.keys.vault import WrongSecret, check_secret, code_state, unlock
from app.records.model import PatientFacts, Role
from scales.catalogue import load_catalogue
from tests.app.conftest import CLOCK, SECRET, Command

BEN = "seven quiet boats"


@pytest.fixture
def folder(locked_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder behind a passphrase that a test may change."""
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", SECRET)
    return Path(shutil.copytree(locked_folder, tmp_path / "data"))


def test_a_new_key_is_made_and_its_code_told_once(command: Command, folder: Path) -> None:
    """The passphrase and the new code open all, and the key is another one."""
    before = unlock(folder, SECRET).key
    told = command("--data", folder, "new-key")
    assert (told.status, told.err) == (0, "")
    code = re.search(r"Recovery code: (\S+)", told.out)
    assert code is not None
    assert unlock(folder, code[1]).key == unlock(folder, SECRET).key != before
    assert code_state(folder) is CodeState.SHOWN
    assert any(is_before_risk(copy.path) for copy in copies(folder))
    assert command("--data", folder, "check").status == 0
    assert "Make a new key" in command("--data", folder, "history").out


def test_what_an_older_key_still_opens_is_named(command: Command, folder: Path) -> None:
    """On standard error, with its place."""
    aside = folder / SET_ASIDE / "then"
    shutil.copytree(copies(folder)[0].path, aside)
    told = command("--data", folder, "new-key")
    assert told.status == 0
    assert "do not open with the key of today" in told.err
    assert str(aside) in told.err


def test_a_second_place_that_is_away_is_named(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """Its copies are renewed by the next command that copies while it is there."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with closing(open_folder(folder, SECRET, clock=CLOCK, catalogue=load_catalogue())) as store:
        store.copies.choose_elsewhere(stick)
        store.patients.add(PatientFacts("AWAY"))
        store.copies.backup()
    stick.rename(tmp_path / "pulled")
    told = command("--data", folder, "new-key")
    assert told.status == 0
    assert f"The second place is not there: {stick}" in told.err
    assert "do not open with the key of today" not in told.err
    (tmp_path / "pulled").rename(stick)
    assert command("--data", folder, "backup").status == 0
    key = unlock(folder, SECRET).key
    assert [is_packed_with(path, key) for path in stick.iterdir()] == [True]


def test_surplus_copies_are_named_and_removed(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only where that was asked for."""
    monkeypatch.setattr("app.records.copies.renewing.kept", lambda _moments, _size: frozenset())
    name = copies(folder)[0].path.name
    told = command("--data", folder, "new-key", "--remove-surplus")
    assert f"Copy removed: {name}" in told.out
    assert name not in {copy.path.name for copy in copies(folder)}


def test_only_a_keeper_makes_one(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing changes for anybody else."""
    store = open_folder(folder, SECRET, clock=CLOCK, catalogue=load_catalogue())
    store.users.invite("Ben", {Role.PHYSICIAN}, BEN)
    store.close()
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", BEN)
    told = command("--data", folder, "new-key")
    assert (told.status, told.out) == (2, "")
    assert "Only a keeper" in told.err
    check_secret(folder, SECRET)


def test_the_demo_has_no_key_to_change(command: Command) -> None:
    """Anyone can open it."""
    told = command("--demo", "new-key")
    assert told.status == 2
    assert "no passphrase" in told.err


def test_the_code_of_before_ends(command: Command, folder: Path) -> None:
    """A second new key ends the code of the first."""
    first = re.search(r"Recovery code: (\S+)", command("--data", folder, "new-key").out)
    assert first is not None
    command("--data", folder, "new-key")
    with pytest.raises(WrongSecret):
        check_secret(folder, first[1])
