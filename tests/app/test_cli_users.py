"""A command acts as whoever is meant: by the passphrase, and by --user where that lacks."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from app.exchange.importing import FILES
from app.records.folder import Founder, create_folder, open_folder
from app.records.keys.keyfile import Cost
from app.records.model import PatientFacts, Role
from scales.catalogue import load_catalogue
from tests.app.conftest import CLOCK, SECRET, Command

OTHER = "seven quiet boats"


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that Ada, a nurse, and Dr Rossi open with one passphrase, and Bo his own."""
    folder, cheap = tmp_path / "data", Cost(passes=1, memory_kib=128, lanes=1)
    founder, catalogue = Founder("Ada", Role.NURSE), load_catalogue()
    store, _ = create_folder(folder, founder, SECRET, clock=CLOCK, catalogue=catalogue, cost=cheap)
    store.patients.add(PatientFacts("1", "Mia"))
    store.patients.add(PatientFacts("2", "Tom"))
    store.users.invite("Dr Rossi", [Role.PHYSICIAN], SECRET)
    store.users.invite("Bo", [Role.KEEPER], OTHER)
    store.close()
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", SECRET)
    return folder


def _looks(folder: Path, user: str) -> list[tuple[str, str]]:
    store = open_folder(folder, SECRET, clock=CLOCK, catalogue=load_catalogue(), user=user)
    names = {one.id: one.name for one in store.users.all()}
    looks = [(names[one.user], one.action) for one in store.seen.all()]
    store.close()
    return looks


def test_without_a_name_it_is_asked_who_acts(command: Command, shared: Path) -> None:
    """In one sentence, with nothing done and nobody's name told."""
    told = command("--data", shared, "patients")
    assert (told.status, told.out) == (2, "")
    assert told.err == (
        "More than one person here has this passphrase. Please say who you are; a command takes "
        "--user NAME.\n"
    )


def test_who_is_named_acts(command: Command, shared: Path) -> None:
    """And is noted as who looked."""
    assert command("--data", shared, "--user", "Dr Rossi", "patients").status == 0
    assert command("--data", shared, "patients", "--user", "Ada").status == 0
    assert _looks(shared, "Ada") == [("Dr Rossi", "seen.open"), ("Ada", "seen.open")]


@pytest.mark.parametrize("name", ["Bo", "Nobody", "   x"])
def test_a_name_of_another_passphrase_is_refused(
    command: Command, shared: Path, name: str
) -> None:
    """Whether there is somebody of that name is not told."""
    told = command("--data", shared, "--user", name, "patients")
    assert (told.status, told.out) == (2, "")
    assert told.err == f"This is not the passphrase of “{name}”. Please check the name.\n"


def test_a_physician_hands_one_patient_over(
    command: Command, shared: Path, tmp_path: Path
) -> None:
    """One file, noted as that, which another unit reads in; it is said to be not encrypted."""
    out = tmp_path / "out.zip"
    told = command("--data", shared, "--user", "Dr Rossi", "export", out, "--patient", "1")
    assert told.status == 0
    assert told.out.splitlines()[-1] == "These files are not encrypted and are not a backup."
    with ZipFile(out) as archive:
        assert set(archive.namelist()) == set(FILES)
        assert "Tom" not in "".join(archive.read(name).decode() for name in FILES)
    assert _looks(shared, "Ada")[-1] == ("Dr Rossi", "seen.hand_over")
    elsewhere = tmp_path / "elsewhere"
    assert command("--data", elsewhere, "init", "--name", "Cy", "--role", "nurse").status == 0
    assert command("--data", elsewhere, "import", out).out.startswith("New rows: 1.")
    assert command("--data", elsewhere, "patients").out.splitlines()[-1].startswith("1 ")


def test_the_file_of_a_patient_has_its_ending(
    command: Command, shared: Path, tmp_path: Path
) -> None:
    """So that whoever gets it knows what it is; else nothing is written."""
    out = tmp_path / "out"
    told = command("--data", shared, "--user", "Dr Rossi", "export", out, "--patient", "1")
    assert (told.status, told.out) == (2, "")
    assert told.err == (f"One patient is one file, and its name ends in .zip: “{out}” does not.\n")
    assert not out.exists()


def test_nobody_else_hands_a_patient_over(command: Command, shared: Path, tmp_path: Path) -> None:
    """Neither a nurse nor a keeper, who takes all tables out."""
    out = tmp_path / "out"
    told = command("--data", shared, "--user", "Ada", "export", out, "--patient", "1")
    assert (told.status, told.err) == (2, "Only a physician does this. Please ask one.\n")
    assert not out.exists()


def test_an_unknown_patient_is_not_handed_over(
    command: Command, shared: Path, tmp_path: Path
) -> None:
    """Exit 2, and no folder."""
    out = tmp_path / "out"
    told = command("--data", shared, "--user", "Dr Rossi", "export", out, "--patient", "3")
    assert (told.status, told.err) == (2, "There is no patient “3”.\n")
    assert not out.exists()


def test_a_copy_is_put_back_by_whoever_is_named(
    command: Command, shared: Path, tmp_path: Path
) -> None:
    """Without a name nothing is put back, and a nurse who is named is refused."""
    assert command("--data", shared, "--user", "Ada", "backup", "--to", tmp_path).status == 0
    (copy,) = tmp_path.glob("*.omscopy")
    new = tmp_path / "new"
    for user in ((), ("--user", "Dr Rossi"), ("--user", "Bo")):
        told = command("--data", new, *user, "restore", copy)
        assert told.status == 2, told
        assert not (new / "records.db").exists()
    told = command("--data", new, "--user", "Ada", "restore", copy)
    assert told.status == 0, told
