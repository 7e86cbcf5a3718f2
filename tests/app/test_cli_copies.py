"""The commands on the checked copies: made, listed, put back, answered for."""

import re
import shutil
from pathlib import Path

import pytest

from app.paths import station_folder
from app.records.copies import backup
from app.records.copies.backup import copies
from app.records.copies.second_place import SecondPlace
from app.records.copies.summary import summary_of
from app.records.file.names import COPIES, RECORDS, TAIL
from app.records.folder import open_folder
from app.records.keys.keyfile import KEYS
from app.records.model import PatientFacts
from scales.catalogue import load_catalogue
from tests.app.conftest import CLOCK, SECRET, Command

NAME = r"\d{8}T\d{6}\.\d{3}Z"


@pytest.fixture
def folder(demo_folder: Path, tmp_path: Path) -> Path:
    """Return a data folder that a test may change."""
    return Path(shutil.copytree(demo_folder, tmp_path / "data"))


@pytest.fixture
def short(folder: Path, tmp_path: Path) -> Path:
    """Return a data folder whose records were put back by hand: its newest copy holds more."""
    older = tmp_path / "older"
    older.mkdir()
    for name in (RECORDS, KEYS):
        shutil.copy(folder / name, older / name)
    store = open_folder(folder, None, clock=CLOCK, catalogue=load_catalogue())
    store.patients.add(PatientFacts("7"))
    store.close()
    for name in (RECORDS, KEYS):
        shutil.copy(older / name, folder / name)
    return folder


def _lines(text: str) -> list[str]:
    return text.splitlines()


def test_backup_prints_the_copy_that_it_made(command: Command, folder: Path) -> None:
    """Asked again without a change it names the same one."""
    told = command("--data", folder, "backup")
    assert (told.status, told.err) == (0, "")
    assert Path(told.out.strip()) == copies(folder)[0].path
    assert command("--data", folder, "backup").out == told.out


def test_backup_may_go_elsewhere(command: Command, folder: Path, tmp_path: Path) -> None:
    """The folder is made, one file is in it, and that can be put back."""
    place = tmp_path / "disk"
    told = command("--data", folder, "backup", "--to", place)
    made = Path(told.out.strip())
    assert (told.status, told.err) == (0, "")
    assert list(place.iterdir()) == [made]
    assert re.fullmatch(NAME + r"\.omscopy", made.name)
    back = command("--data", tmp_path / "new", "restore", made)
    assert (back.status, back.err) == (0, "")
    assert len(_lines(command("--data", tmp_path / "new", "patients").out)) == 4


def test_backup_elsewhere_is_not_in_the_data_folder(command: Command, folder: Path) -> None:
    """A second copy beside the first guards against nothing more."""
    told = command("--data", folder, "backup", "--to", folder)
    assert (told.status, told.out) == (2, "")
    assert "is in the data folder" in told.err


def test_backups_lists_what_each_copy_holds(command: Command, folder: Path) -> None:
    """When, with what it ends, how many patients and visits, and whether it is sound."""
    command("--data", folder, "backup")
    told = command("--data", folder, "backups")
    assert (told.status, told.err) == (0, "")
    head, line, *more = _lines(told.out)
    assert re.split(r"\s{2,}", head) == [
        "Copy", "Last entry", "Head", "Patients", "Visits", "State",
    ]  # fmt: skip
    name, when, ends, patients, visits, state = re.split(r"\s{2,}", line)
    assert re.fullmatch(NAME, name)
    assert when.startswith("21 Nov 2026")
    assert re.fullmatch(r"\d+:[0-9A-F]{8}", ends)
    assert (patients, state) == ("3", "verified")
    assert int(visits) > 10
    assert more == []


def test_a_damaged_copy_is_listed_as_one_and_named_by_the_check(
    command: Command, folder: Path
) -> None:
    """It keeps nobody from the others; the check ends with 3."""
    command("--data", folder, "backup")
    copy = copies(folder)[0].path
    (copy / RECORDS).write_bytes(bytes(8192))
    told = command("--data", folder, "backups")
    assert (told.status, told.err) == (0, "")
    assert _lines(told.out)[1].split() == [copy.name, "damaged"]
    check = command("--data", folder, "check")
    assert check.status == 3
    found = _lines(check.out)
    assert found[found.index("Checked copies that are damaged: 1.") + 1] == f"  {copy.name}"


@pytest.mark.parametrize("name", ["patients", "backup", "check"])
def test_every_command_says_that_a_copy_holds_more(
    command: Command, short: Path, name: str
) -> None:
    """One sentence with both dates, beside the answer; only the check calls it damage."""
    copy = copies(short)[0].path.name
    told = command("--data", short, name)
    (sentence,) = _lines(told.err)
    assert sentence.startswith("These records end on 21 Nov 2026, ")
    assert f"but the copy {copy} holds entries up to 21 Nov 2026, " in sentence
    assert told.status == (3 if name == "check" else 0)
    assert told.out


def test_a_copy_that_holds_more_can_be_put_back(command: Command, short: Path) -> None:
    """That answers it; what was there is set aside, with the copies made since."""
    newest = copies(short)[0].path
    command("--data", short, "backup")
    since = copies(short)[0].path
    assert since != newest
    told = command("--data", short, "restore", newest, "--replace")
    assert (told.status, told.err) == (0, "")
    aside = Path(_lines(told.out)[1].removeprefix("What was there before is here: "))
    assert sorted(path.name for path in aside.iterdir()) == [KEYS, RECORDS]
    check = command("--data", short, "check")
    assert (check.status, check.err) == (0, "")
    assert len(_lines(command("--data", short, "patients").out)) == 5


def test_one_may_go_on_without_it_and_say_why(command: Command, short: Path) -> None:
    """The copy is set aside by name; from then on nothing is said, and the check is content."""
    newest = copies(short)[0].path.name
    told = command("--data", short, "go-on", "--reason", "entered again from paper")
    assert (told.status, told.out, told.err) == (0, f"Set aside: {newest}\n", "")
    assert not (short / COPIES / newest).exists()
    check = command("--data", short, "check")
    assert (check.status, check.err) == (0, "")


@pytest.mark.parametrize(
    ("reason", "sentence"), [("", "a reason"), ("why", "is known of is missing")]
)
def test_going_on_needs_a_reason_and_a_copy(
    command: Command, folder: Path, reason: str, sentence: str
) -> None:
    """Else there is nothing to answer."""
    told = command("--data", folder, "go-on", "--reason", reason)
    assert told.status == 2
    assert sentence in told.err


def test_restore_asks_for_the_secret_of_the_copy(
    command: Command, locked_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From where every command takes it; a wrong one changes nothing."""
    copy = copies(locked_folder)[0].path
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", "wrong horse battery")
    wrong = command("--data", tmp_path / "new", "restore", copy)
    assert wrong.status == 2
    assert "does not open these records" in wrong.err
    assert not (tmp_path / "new").exists()
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", SECRET)
    assert command("--data", tmp_path / "new", "restore", copy).status == 0
    assert command("--data", tmp_path / "new", "check").status == 0


@pytest.mark.parametrize(
    ("made", "sentence"),
    [("itself", "is the data folder itself"), ("nothing", "is not a copy of records")],
)
def test_a_restore_that_cannot_be_is_one_sentence(
    command: Command, folder: Path, tmp_path: Path, made: str, sentence: str
) -> None:
    """Exit 2; no secret is asked for before that is known."""
    path = folder if made == "itself" else tmp_path / "missing"
    told = command("--data", folder, "restore", path, "--replace")
    assert (told.status, told.out, len(_lines(told.err))) == (2, "", 1)
    assert sentence in told.err


def test_a_file_that_is_no_copy_of_ours_is_one_sentence(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """Exit 2 before anything is asked or moved."""
    path = tmp_path / "letter.omscopy"
    path.write_text("Dear colleague")
    told = command("--data", folder, "restore", path, "--replace")
    assert (told.status, told.out) == (2, "")
    assert told.err == f"“{path}” is not a copy that OMS Bedside has made.\n"


def test_backups_lists_those_of_the_second_place_too(
    command: Command, locked_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By their whole path, behind the others; where the place is gone, that is a sentence."""
    folder, place = Path(shutil.copytree(locked_folder, tmp_path / "data")), tmp_path / "stick"
    place.mkdir()
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", SECRET)
    SecondPlace(station_folder(), folder).choose(place)
    assert command("--data", folder, "backup").err == ""
    told = command("--data", folder, "backups")
    (made,) = place.iterdir()
    assert (told.status, told.err) == (0, "")
    assert _lines(told.out)[-1].split()[0] == str(made)
    assert _lines(told.out)[-1].endswith("verified")
    shutil.rmtree(place)
    away = command("--data", folder, "backups")
    assert (away.status, len(_lines(away.err))) == (0, 1)
    assert away.err.startswith(f"The second place is not there: {place}.")


def test_a_command_says_that_the_second_place_is_not_there(
    command: Command, locked_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside its answer; the copy here is made all the same."""
    folder, place = Path(shutil.copytree(locked_folder, tmp_path / "data")), tmp_path / "stick"
    place.mkdir()
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", SECRET)
    SecondPlace(station_folder(), folder).choose(place)
    place.rmdir()
    told = command("--data", folder, "backup")
    assert told.status == 0
    assert Path(told.out.strip()) == copies(folder)[0].path
    assert told.err.startswith(f"The second place is not there: {place}.")


@pytest.fixture
def cut(folder: Path) -> Path:
    """Return the newest copy of the folder, which grew twice and is damaged behind the first."""
    store = open_folder(folder, None, clock=CLOCK, catalogue=load_catalogue())
    tail = store.copies.backup() / TAIL
    ends = []
    for name in ("NEW-1", "NEW-2"):
        store.patients.add(PatientFacts(name))
        store.copy()
        ends.append(tail.stat().st_size)
    store.close()
    content = bytearray(tail.read_bytes())
    content[ends[0] + 40] ^= 1
    tail.write_bytes(content)
    return tail.parent


def test_a_copy_with_a_damaged_end_is_listed_with_how_far_it_is_sound(
    command: Command, folder: Path, cut: Path
) -> None:
    """What it holds is counted up to there."""
    told = command("--data", folder, "backups")
    assert (told.status, told.err) == (0, "")
    (line,) = (one for one in _lines(told.out) if one.startswith(cut.name))
    assert "last part damaged, sound up to 21 Nov 2026" in line
    patients = len(_lines(command("--data", folder, "patients").out)) - 1
    cells = re.split(r"  +", line)
    assert cells[3] == str(patients - 1)


def test_a_copy_with_a_damaged_end_is_put_back_up_to_there_if_that_is_asked(
    command: Command, folder: Path, cut: Path, tmp_path: Path
) -> None:
    """Unasked the sentence names the way; asked it says before what is lost."""
    place = tmp_path / "new"
    told = command("--data", place, "restore", cut)
    assert (told.status, told.out, len(_lines(told.err))) == (2, "", 1)
    assert "restore --as-far-as-sound" in told.err
    visits = next(
        line for line in _lines(command("--data", folder, "backups").out) if cut.name in line
    )
    count = re.split(r"  +", visits)[4]
    told = command("--data", place, "restore", cut, "--as-far-as-sound")
    assert told.status == 0
    assert told.err.startswith("The last part of this copy is damaged. It is sound up to 21 Nov")
    assert f"with {count} visits;" in told.err
    known = command("--data", place, "patients").out
    assert ("NEW-1" in known, "NEW-2" in known) == (True, False)
    assert command("--data", place, "check").status == 0


def test_a_new_folder_in_a_cloud_is_refused_for_a_copy_unless_that_is_accepted(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """As for new records; what stands there already is not judged anew when it is replaced."""
    copy, place = copies(folder)[0].path, tmp_path / "Dropbox" / "data"
    told = command("--data", place, "restore", copy)
    assert (told.status, told.out, len(_lines(told.err))) == (2, "", 1)
    assert "that Dropbox synchronises" in told.err
    assert "--accept-risk" in told.err
    assert not place.exists()
    assert command("--data", place, "restore", copy, "--accept-risk").status == 0
    assert command("--data", place, "restore", copy, "--replace").status == 0


def test_without_replace_nothing_is_replaced(command: Command, folder: Path) -> None:
    """The sentence names both ways."""
    command("--data", folder, "backup")
    told = command("--data", folder, "restore", copies(folder)[0].path)
    assert told.status == 2
    assert "--data" in told.err
    assert "--replace" in told.err


def test_the_demo_is_not_put_back(command: Command, folder: Path) -> None:
    """It is thrown away, so it has nothing to keep."""
    told = command("--demo", "restore", folder)
    assert told.status == 2
    assert "leave out --demo" in told.err


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Return a folder with one new patient."""
    place = tmp_path / "tables"
    place.mkdir()
    (place / "patients.csv").write_text("patient_id,given_name\nP1,Ada\n")
    return place


def test_what_stands_before_an_import_is_copied_first_and_kept_longer(
    command: Command, folder: Path, tables: Path, tmp_path: Path
) -> None:
    """That copy's tail then holds the import as well, and both are put back together."""
    shutil.rmtree(folder / "copies")  # made on another day, so the next exit would copy in full
    assert command("--data", folder, "import", tables).status == 0
    (copy,) = copies(folder)
    summary = summary_of(copy.path)
    assert summary is not None
    assert summary.is_before_risk
    assert command("--data", folder, "import", tables).status == 0
    assert copies(folder) == (copy,)
    alone = tmp_path / "alone"
    alone.mkdir()
    for name in (RECORDS, KEYS):
        shutil.copy(copy.path / name, alone / name)
    assert "P1" not in command("--data", alone, "patients").out
    assert command("--data", tmp_path / "new", "restore", copy.path).status == 0
    assert "P1" in command("--data", tmp_path / "new", "patients").out


def test_an_import_without_room_for_a_copy_says_so_and_is_done(
    command: Command, folder: Path, tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is held up by it; the tail of the copy that is there holds what was imported."""
    shutil.rmtree(folder / "copies")
    command("--data", folder, "import", tables)
    (copy,) = copies(folder)
    monkeypatch.setattr(backup, "free_space", lambda _place: 0)
    (tables / "patients.csv").write_text("patient_id,given_name\nP2,Bea\n")
    told = command("--data", folder, "import", tables)
    assert (told.status, _lines(told.out)[0]) == (0, "New rows: 1.")
    assert "no room for another checked copy" in told.err
    assert copies(folder) == (copy,)
    assert command("--data", folder, "backups").out.count("verified") == 1


def test_what_no_copy_holds_is_said_and_answered(
    command: Command, locked_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command says it, the check ends with 3, and a reason ends it."""
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", SECRET)
    shutil.copytree(locked_folder, tmp_path / "older")
    store = open_folder(locked_folder, SECRET, clock=CLOCK, catalogue=load_catalogue())
    store.patients.add(PatientFacts("7"))
    store.close()
    shutil.rmtree(locked_folder)
    shutil.copytree(tmp_path / "older", locked_folder)
    told = command("--data", locked_folder, "patients")
    assert told.status == 0
    assert told.err.startswith("2 changes that this machine wrote in these records, the last on ")
    check = command("--data", locked_folder, "check")
    assert check.status == 3
    assert "Changes that this machine wrote and that are nowhere any more: 2." in check.out
    answer = command("--data", locked_folder, "go-on", "--reason", "entered again")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out == "What is missing is not asked about any more.\n"
    check = command("--data", locked_folder, "check")
    assert (check.status, check.err) == (0, "")
