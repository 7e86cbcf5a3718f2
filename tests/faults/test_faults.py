"""A few faults of each kind, as ``make faults`` does hundreds; and the looking itself can fail."""

import re
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.records.copies.backup import copies
from app.records.file.names import COPIES, name_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows forks nothing")
if sys.platform != "win32":
    from tests.faults.damage import Damaged
    from tests.faults.deeds import Deed, score
    from tests.faults.harm import HARMS
    from tests.faults.made import (
        EARLY,
        GONE,
        LATE,
        add_patient,
        chance_of,
        make_folder,
        opened,
    )
    from tests.faults.promises import Loss, Told, missing
    from tests.faults.rows import damage_row, damage_table

ROOT = Path(__file__).resolve().parents[2]
_SEED = "7"
_ROWS = {
    "SIGKILL at random moments": r"0 of [\d,]+ acknowledged lost, 0 folders without a way in",
    "power cut": r"0 of [\d,]+ acknowledged lost, 0 folders without a way in",
    "damage of records": r"0 silently different: \d+ named, \d+ refused",
    "surroundings": r"0 lost, 0 of \d+ sentences wrong",
    "two processes": r"(\d+) of \1 second processes refused; (\d+) of \2 first ones .* 0 of",
    "unlocking by a passphrase": r"\d+\.\d+ \(",
    "a commit to the encrypted file": r"\d+\.\d+ \(",
}


@pytest.fixture(scope="module")
def short_form() -> "subprocess.CompletedProcess[str]":
    """The short form, in a process of its own: only what has no threads may fork."""
    command = [sys.executable, "-m", "tests.faults", "--short", "--seed", _SEED]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as it was before any fault."""
    make_folder(tmp_path / "data")
    return tmp_path / "data"


def test_no_goal_is_missed(short_form: "subprocess.CompletedProcess[str]") -> None:
    """It ends with 0 and names no case that missed one."""
    assert "MISSED" not in short_form.stdout
    assert short_form.returncode == 0, short_form.stdout + short_form.stderr


@pytest.mark.parametrize("what", _ROWS)
def test_a_fault_loses_nothing(short_form: "subprocess.CompletedProcess[str]", what: str) -> None:
    """Each row tells its zeros; where nobody may mount a disk, it says that none was made."""
    lines = [line for line in short_form.stdout.splitlines() if line.startswith(f"| {what}")]
    (row,) = [line for line in lines if line.count("|") == 5]
    assert re.search(_ROWS[what], row), row


@pytest.mark.parametrize(
    ("line", "lost"),
    [
        ("kept patient NOBODY", "patient NOBODY"),
        ("kept together I1 I2", "import: 0 of 2"),
        (f"kept together {LATE} I2", "import: 1 of 2"),
        (f"try together {LATE} I2", "import: 1 of 2"),
        (f"kept without {LATE}", f"restore: {LATE} is there"),
        ("kept copy NOBODY", "copy of NOBODY"),
        ("kept signed NONE", "signature NONE"),
        ("kept answer NONE gait 1", "answer NONE gait"),
        ("kept code AAAA-AAAA", "recovery code"),
        ("kept held NONE", "not in the newest copy: NONE"),
    ],
)
def test_what_was_kept_and_is_not_there_is_a_loss(folder: Path, line: str, lost: str) -> None:
    """A run that finds nothing lost has looked for it."""
    assert missing(folder, Deed("none", score), [line]).lost == (lost,)


def test_an_answer_that_is_another_is_a_loss(folder: Path) -> None:
    """The last one kept stands, or what was tried after it; nothing else."""
    store = opened(folder)
    visit = store.record(store.patients.by_patient_id(EARLY[0]).id).visits[-1].id
    store.close()
    key = "gait"
    for lines, is_lost in (
        ([f"kept answer {visit} {key} 1"], False),
        ([f"kept answer {visit} {key} 2"], True),
        ([f"kept answer {visit} {key} 2", f"try answer {visit} {key} 1"], False),
        ([f"kept answer {visit} {key} 1", f"kept answer {visit} {key} 2"], True),
    ):
        assert bool(missing(folder, Deed("none", score), lines).lost) is is_lost, lines


def test_a_passphrase_that_was_kept_opens_or_nobody_gets_in(folder: Path) -> None:
    """One that was only tried leaves the one before; one that was kept ends it."""
    deed, other = Deed("none", score), "seven quiet boats"
    assert missing(folder, deed, [f"try passphrase {other}"]) == Loss()
    assert "does not open" in missing(folder, deed, [f"kept passphrase {other}"]).refused


def test_somebody_erased_who_is_there_is_a_loss(folder: Path) -> None:
    """On the list, and word by word on the pages."""
    with closing(opened(folder)) as store:
        add_patient(store, *GONE)
    lost = missing(folder, Deed("none", score), ["kept erased"]).lost
    assert lost == ("erased, and there", *(f"word left: {word}" for word in GONE))


def test_what_another_key_opens_is_a_loss(folder: Path, tmp_path: Path) -> None:
    """One key opens records and copies, whatever was begun."""
    make_folder(tmp_path / "other")
    foreign = folder / COPIES / name_of(datetime(2020, 1, 1, tzinfo=UTC))
    shutil.copytree(copies(tmp_path / "other")[0].path, foreign)
    lost = missing(folder, Deed("none", score), []).lost
    assert f"another key: {foreign.relative_to(folder)}" in lost


def test_what_is_left_half_made_is_told(folder: Path) -> None:
    """An opening cleans up what it knows; what it does not know stays and is seen."""
    known, unknown = folder / ".new", folder / "copies" / "strange.new"
    for path in (known, unknown):
        path.mkdir()
    found = missing(folder, Deed("none", score), [])
    assert found.lost == ("half-made: copies/strange.new",)


def test_every_word_that_was_kept_counts() -> None:
    """The same answer twice was acknowledged twice."""
    told = Told.of(["try answer v k 1", "kept answer v k 1", "kept answer v k 1", "begin"])
    assert (told.kept, told.said) == (2, (("answer v k 1", True),))


@pytest.mark.parametrize("harm", HARMS)
def test_each_harm_changes_its_file_the_same_way_by_the_same_seed(
    tmp_path: Path, harm: str
) -> None:
    """What is counted as damaged was; and a run can be repeated."""
    found = []
    for name in ("one", "two"):
        path, other = tmp_path / name, tmp_path / "other"
        other.write_bytes(b"something else")
        content = b"".join(bytes([page]) * 4096 for page in range(1, 5))
        path.write_bytes(content)
        HARMS[harm](path, other, chance_of(3))
        found.append(path.read_bytes() if path.exists() else None)
    assert found[0] == found[1] != content


def test_what_came_of_damages_is_told_file_by_file() -> None:
    """Each file has a row of its own counts."""
    some = [
        Damaged(file, "bit", how, None, ()) for file, how in (("log", "same"), ("keys", "named"))
    ]
    rows = damage_table(some).splitlines()[2:]
    assert rows == ["| log | 1 | 0 | 0 | 0 | 0 |", "| keys | 0 | 0 | 1 | 0 | 0 |"]


def test_a_silent_damage_is_told() -> None:
    """And so is a good copy that did not bring back what it held."""
    silent = Damaged("log", "cut", "silent", None, ())
    unhelped = Damaged("keys", "removed", "refused", recovered=False, told=())
    row = damage_row("damage", [silent, unhelped])
    assert row.found.startswith("1 silently different")
    assert len(row.missed) == 2
