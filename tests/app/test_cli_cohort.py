"""The command on many patients at once: what it prints, what goes out, and who may."""

import csv
import io
import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.exchange.cohort_json import cohort_json
from app.exchange.importing import import_from
from app.records.actions import Action
from app.records.cohort import Asked
from app.records.folder import Founder, create_open_folder, open_folder
from app.records.model import Role
from app.trends.cohort import cohort_of
from scales.catalogue import load_catalogue
from tests.app.conftest import CLOCK, Command
from tests.made_cohort import AGENT, SCALE, made_aligned, write_made_cohort
from tests.reports.pdf import reader
from tests.reports.pdf import text as words_of

START = date(2024, 3, 1)
NAMES = ("Ekman", "Mia", "note of a friend")


def _tables(count: int) -> dict[str, str]:
    """Return patients who began rituximab at 12 and came to 0, each ten days after the other."""
    rows: dict[str, list[str]] = {
        "patients": ["patient_id,given_name,family_name,birth_date,diagnosis,onset_date"],
        "visits": ["patient_id,visit_id,date,note"],
        "totals": ["patient_id,visit_id,scale,total"],
        "treatments": ["patient_id,treatment_id,agent,start,note"],
        "events": ["patient_id,date,kind,note"],
    }
    for number in range(count):
        who, start = f"Q{number}", START + timedelta(days=number)
        rows["patients"].append(f"{who},Mia,Ekman {number},2022-02-03,oms_idiopathic,2023-12")
        rows["treatments"].append(f"{who},{who}-r,rituximab,{start},note of a friend")
        rows["events"].append(f"{who},{start + timedelta(days=200)},relapse,note of a friend")
        for place, (days, total) in enumerate(((0, 12), (28, 6), (30 + 10 * number, 0))):
            day = start + timedelta(days=days)
            rows["visits"].append(f"{who},{who}-{place},{day},note of a friend")
            rows["totals"].append(f"{who},{who}-{place},oms,{total}")
    return {name: "\n".join(lines) + "\n" for name, lines in rows.items()}


def _folder(place: Path, count: int) -> Path:
    """Make records of so many patients for whoever comes."""
    tables = place / "tables"
    tables.mkdir(parents=True)
    for name, text in _tables(count).items():
        (tables / f"{name}.csv").write_text(text, encoding="utf-8")
    founder = Founder("Ada", Role.PHYSICIAN)
    store = create_open_folder(place / "data", founder, clock=CLOCK, catalogue=load_catalogue())
    import_from(store, load_catalogue(), tables)
    store.close()
    return place / "data"


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return records of ten patients; tests only read them."""
    return _folder(tmp_path_factory.mktemp("ten"), 10)


@pytest.fixture
def own(ten: Path, tmp_path: Path) -> Path:
    """Return records of ten patients that a test may change."""
    return Path(shutil.copytree(ten, tmp_path / "data"))


ASKED = ("cohort", "--agent", "rituximab", "--scale", "oms", "--as-of", "2026-06-01")


def _json(command: Command, folder: Path) -> dict[str, Any]:
    told = command(*ASKED, "--json", "--data", folder)
    assert told.status == 0, told.err
    found: dict[str, Any] = json.loads(told.out)
    return found


def test_the_json_has_the_published_keys_and_no_other(command: Command, ten: Path) -> None:
    """Fifteen days from -28 on, one value for each; ten patients have a curve."""
    found = _json(command, ten)
    assert list(found) == ["n", "days", "at_risk", "median", "q1", "q3", "time_to_zero"]
    assert found["n"] == 10
    assert found["days"] == list(range(-28, 365, 28))
    assert found["at_risk"] == [0, 10, 10, 10, 10, 6, 4, 1, 0, 0, 0, 0, 0, 0, 0]
    assert found["median"][:7] == [None, 12, 6, 6, 0, 0, None]
    assert (found["q1"][3], found["q3"][3], found["q3"][6]) == (1.5, 6, None)
    assert found["time_to_zero"] == {
        "days": [30, 40, 50, 60, 70, 80],
        "share": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
        "median_days": 70,
    }


@pytest.mark.parametrize(("count", "has_median"), [(4, False), (5, True), (9, True)])
def test_fewer_than_ten_have_no_curve_and_fewer_than_five_no_median(
    command: Command, tmp_path: Path, count: int, has_median: bool
) -> None:
    """Empty lists and null, and how many there are."""
    found = _json(command, _folder(tmp_path, count))
    assert (found["n"], found["at_risk"][1]) == (count, count)
    assert (found["median"][1] is not None) is has_median
    assert found["time_to_zero"] == {"days": [], "share": [], "median_days": None}


def test_the_same_records_on_the_same_day_print_the_same(command: Command, ten: Path) -> None:
    """And a later start or total does not count on an earlier day."""
    assert _json(command, ten) == _json(command, ten)
    told = command(*ASKED[:-1], "2024-03-05", "--json", "--data", ten)
    assert json.loads(told.out)["n"] == 5


def test_without_json_it_is_a_table_to_read(command: Command, ten: Path) -> None:
    """With what it compares, the medians, and both times in words."""
    told = command(*ASKED, "--data", ten)
    lines = told.out.splitlines()
    assert lines[0] == "OMS scale since the first rituximab"
    assert lines[1] == "Described, not compared: who was treated, and when, was chosen."
    assert "Day  Observed  Median  Lower quartile  Upper quartile" in lines
    assert any(line.split() == ["56", "10", "6", "1.5", "6"] for line in lines)
    assert any(line.split() == ["28", "10", "−6", "−6", "−6"] for line in lines)
    half = lines.index("Time to the first 0, by the visit that found it")
    assert lines[half + 1 : half + 3] == [
        "Patients: 10.",
        "Half had it by day 70, as Kaplan-Meier estimates it.",
    ]
    assert "60 % had it (95 % interval 33 to 88 %)" in lines[half + 3]
    assert "Time to the first relapse that was marked" in lines
    assert lines[2].startswith("OMS scale: criteria in our own words, not yet checked")


NARROWED = ("--onset-from", "1", "--onset-to", "1", "--from", "2024-03-02", "--to", "2024-03-07")


def test_ages_and_a_window_narrow_what_is_told(command: Command, ten: Path) -> None:
    """Bounds included, in the JSON under the same keys, and said above the table."""
    found = json.loads(command(*ASKED, *NARROWED, "--json", "--data", ten).out)
    assert list(found) == list(_json(command, ten))
    assert found["n"] == 6
    lines = command(*ASKED, *NARROWED, "--data", ten).out.splitlines()
    assert lines[1:3] == [
        "Age at onset in completed years: 1 to 1.",
        "First start from 2 Mar 2024 to 7 Mar 2024.",
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("--onset-from", "1"), "Age at onset in completed years: 1 and above."),
        (("--onset-to", "1"), "Age at onset in completed years: up to 1."),
        (("--from", "2024-03-01"), "First start on 1 Mar 2024 or later."),
        (("--to", "2024-03-31"), "First start on 31 Mar 2024 or earlier."),
        (("--diagnosis", "oms_idiopathic"), "Diagnosis: OMS without a known cause."),
    ],
)
def test_one_bound_alone_is_told(
    command: Command, ten: Path, given: tuple[str, ...], sentence: str
) -> None:
    """As what it leaves open."""
    told = command(*ASKED, *given, "--data", ten)
    assert told.out.splitlines()[1] == sentence


def test_what_goes_out_is_narrowed_too_and_says_so_without_dates(
    command: Command, ten: Path, tmp_path: Path
) -> None:
    """Six patients; the window is named, its days are not."""
    out = tmp_path / "out"
    assert command(*ASKED, *NARROWED, "--out", out, "--data", ten).status == 0
    assert len(_exported(out)["members"]) == 6
    about = (out / "README.txt").read_text(encoding="utf-8")
    assert "Only patients whose age at onset was asked for are in it." in about
    assert "because it is not known well enough: 0." in about
    assert "its dates do not go out" in about
    assert "2024" not in about


def test_few_patients_are_told_so_in_words(command: Command, demo_folder: Path) -> None:
    """No number of two people; who is left out, who had more, and that they are invented."""
    told = command("cohort", "--agent", "ivig", "--scale", "oms", "--data", demo_folder).out
    assert "No curve is told of 2 patients; it takes 10." in told
    assert "2 of 2 patients began another treatment within 14 days of the start." in told
    assert "1 more patient is left out: the first start is not known to the day." in told
    assert "Invented child: every score, date and dose is illustrative." in told


def test_a_cohort_with_short_dates_and_items_is_read_as_it_was_made(
    command: Command, tmp_path: Path
) -> None:
    """The made cohort through the file, and without it: the same numbers."""
    tables = tmp_path / "tables"
    tables.mkdir()
    write_made_cohort(tables, 40)
    founder = Founder("Ada", Role.PHYSICIAN)
    folder = tmp_path / "data"
    store = create_open_folder(folder, founder, clock=CLOCK, catalogue=load_catalogue())
    import_from(store, load_catalogue(), tables)
    store.close()
    asked = ("cohort", "--agent", AGENT, "--scale", SCALE, "--as-of", "2026-06-01", "--json")
    made = made_aligned(Asked(AGENT, SCALE, date(2026, 6, 1)), 40)
    assert made.undated > 0
    assert command(*asked, "--data", folder).out == cohort_json(cohort_of(made))


def _exported(folder: Path) -> dict[str, list[dict[str, str]]]:
    return {
        path.stem: list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))
        for path in folder.glob("*.csv")
    }


def test_what_goes_out_has_no_name_no_date_and_no_free_text(
    command: Command, ten: Path, tmp_path: Path
) -> None:
    """Days and whole years, under a hash; it says what it is not, and only its owner reads it."""
    told = command(*ASKED, "--out", tmp_path / "out", "--data", ten)
    assert told.status == 0, told.err
    assert "A rare disease stays recognisable" in told.out
    assert "not encrypted" in told.out
    files = sorted((tmp_path / "out").iterdir())
    assert [file.name for file in files] == [
        "README.txt", "members.csv", "relapses.csv", "totals.csv",
    ]  # fmt: skip
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)
    whole = "".join(file.read_text(encoding="utf-8") for file in files)
    assert not any(name in whole for name in (*NAMES, "Q1", "2024", "2022", "2023"))
    assert "A rare disease stays recognisable" in whole
    tables = _exported(tmp_path / "out")
    assert len({row["patient"] for row in tables["members"]}) == 10
    assert {tuple(row.values())[1:] for row in tables["members"]} == {
        ("1", "2", "oms_idiopathic", "")
    }
    assert len(tables["totals"]) == 30
    assert {row["first_day"] for row in tables["relapses"]} == {"200"}


def test_no_two_exports_can_be_joined(command: Command, ten: Path, tmp_path: Path) -> None:
    """Each has hashes of its own, and an order that tells nothing."""
    told = []
    for name in ("first", "second"):
        assert command(*ASKED, "--out", tmp_path / name, "--data", ten).status == 0
        told.append([row["patient"] for row in _exported(tmp_path / name)["members"]])
    first, second = told
    assert not set(first) & set(second)
    assert first == sorted(first)
    assert second == sorted(second)


def test_invented_patients_are_marked_in_what_goes_out(
    command: Command, demo_folder: Path, tmp_path: Path
) -> None:
    """Without the words of the label, which somebody typed."""
    out = tmp_path / "out"
    asked = ("cohort", "--agent", "ivig", "--scale", "oms")
    assert command(*asked, "--out", out, "--data", demo_folder).status == 0
    assert {row["has_caution"] for row in _exported(out)["members"]} == {"yes"}
    assert "has_caution" in (out / "README.txt").read_text(encoding="utf-8")
    assert "Invented child" not in (out / "README.txt").read_text(encoding="utf-8")


def test_a_folder_that_holds_something_is_refused(
    command: Command, ten: Path, tmp_path: Path
) -> None:
    """And nothing in it is touched."""
    (tmp_path / "kept.txt").write_text("mine", encoding="utf-8")
    told = command(*ASKED, "--out", tmp_path, "--data", ten)
    assert (told.status, told.out) == (2, "")
    assert told.err.strip() == f"The folder “{tmp_path}” is not empty."
    assert [path.name for path in tmp_path.iterdir() if path.suffix] == ["kept.txt"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("--agent", "aspirin", "--scale", "oms"), "There is no agent “aspirin” in this version."),
        (("--agent", "other", "--scale", "oms"), "“other” stands for many medicines"),
        (("--agent", "ivig", "--scale", "x"), "There is no scale “x” in this version."),
        (
            ("--agent", "ivig", "--scale", "oms", "--diagnosis", "flu"),
            "There is no diagnosis “flu” in this version.",
        ),
        (("--agent", "ivig", "--scale", "oms"), "Nobody in these records has a first start of"),
        (
            ("--agent", "rituximab", "--scale", "oms", "--diagnosis", "paca"),
            "Nobody in these records with the diagnosis “paca” has a first start of “rituximab”",
        ),
        (
            ("--agent", "rituximab", "--scale", "oms", "--onset-from", "5"),
            "Nobody in these records fits what was asked, with a first start of “rituximab”",
        ),
        (("--agent", "ivig", "--scale", "oms", "--onset-from", "two"), "“two” is not a plain"),
        (("--agent", "ivig", "--scale", "oms", "--onset-to", "1.5"), "“1.5” is no age in whole"),
        (
            ("--agent", "ivig", "--scale", "oms", "--onset-from", "3", "--onset-to", "2"),
            "The first age, 3, is above the last, 2. Please give the lower one first.",
        ),
        (
            ("--agent", "ivig", "--scale", "oms", "--from", "2024-03"),
            "--from needs a full date, such as 2025-01-31.",
        ),
        (("--agent", "ivig", "--scale", "oms", "--to", "2024-02-30"), "There is no day 2024-02"),
        (
            ("--agent", "ivig", "--scale", "oms", "--from", "2024-03-02", "--to", "2024-03-01"),
            "The first day, 2 Mar 2024, is after the last, 1 Mar 2024.",
        ),
        (
            ("--agent", "rituximab", "--scale", "oms", "--json", "--out", "x"),
            "Please give only one of --json, --out and --page.",
        ),
        (
            ("--agent", "rituximab", "--scale", "oms", "--out", "x", "--page", "x.pdf"),
            "Please give only one of --json, --out and --page.",
        ),
        (
            ("--agent", "rituximab", "--scale", "oms", "--page", "x.png"),
            "“x.png” must end in .pdf.",
        ),
        (
            ("--agent", "rituximab", "--scale", "oms", "--paper", "a4"),
            "--paper goes with --page.",
        ),
        (
            ("--agent", "ivig", "--scale", "oms", "--page", "x.pdf"),
            "Nobody in these records has a first start of",
        ),
    ],
)
def test_what_cannot_be_told_is_said_in_a_sentence(
    command: Command, ten: Path, given: tuple[str, ...], sentence: str
) -> None:
    """Which agents, scales and diagnoses there are, or that nobody began it."""
    told = command("cohort", *given, "--data", ten)
    assert (told.status, told.out) == (2, "")
    assert told.err.startswith(sentence)
    assert told.err.count("\n") == 1


def test_the_page_is_written_for_its_owner_alone(
    command: Command, ten: Path, tmp_path: Path
) -> None:
    """One sheet of the unit's paper or of the one that is named; twice the same bytes."""
    out, again = tmp_path / "f.pdf", tmp_path / "again.pdf"
    told = command(*ASKED, *NARROWED, "--page", out, "--data", ten)
    assert told.status == 0, told.err
    assert told.out.startswith(f"Written: {out}\nA rare disease stays recognisable")
    assert out.stat().st_mode & 0o077 == 0
    found = words_of(out.read_bytes())
    assert "First start from 2 Mar 2024 to 7 Mar 2024." in found
    assert "6 patients" in found
    assert not any(name in found for name in (*NAMES, "Q1"))
    command(*ASKED, *NARROWED, "--page", again, "--data", ten)
    assert again.read_bytes() == out.read_bytes()
    command(*ASKED, "--page", again, "--paper", "letter", "--data", ten)
    assert float(reader(again.read_bytes()).pages[0].mediabox.width) == 612


def test_a_page_that_is_there_gives_way_and_one_that_cannot_be_is_said(
    command: Command, ten: Path, tmp_path: Path
) -> None:
    """As with every other page; nothing half written is left."""
    out = tmp_path / "f.pdf"
    out.write_bytes(b"before")
    assert command(*ASKED, "--page", out, "--data", ten).status == 0
    assert out.read_bytes().startswith(b"%PDF")
    nowhere = tmp_path / "no" / "f.pdf"
    told = command(*ASKED, "--page", nowhere, "--data", ten)
    assert (told.status, told.out) == (2, "")
    assert told.err.startswith(f"“{nowhere}” cannot be written:")
    assert [path.name for path in tmp_path.iterdir()] == ["f.pdf"]


def test_looking_is_for_all_and_taking_out_is_not(
    command: Command, own: Path, tmp_path: Path
) -> None:
    """A nurse reads the table and exports nothing."""
    store = open_folder(own, None, clock=CLOCK, catalogue=load_catalogue())
    store.users.add("Nia", Role.NURSE)
    store.close()
    assert command(*ASKED, "--data", own, "--user", "Nia").status == 0
    for way in (("--out", tmp_path / "out"), ("--page", tmp_path / "out.pdf")):
        told = command(*ASKED, *way, "--data", own, "--user", "Nia")
        assert told.status == 2
        assert told.err.strip() == "Only a physician or a keeper of the records does this."
        assert not way[1].exists()


def test_an_export_is_noted_and_a_look_is_an_opening(
    command: Command, own: Path, tmp_path: Path
) -> None:
    """Under a name of its own, about nobody in particular."""
    command(*ASKED, "--data", own)
    command(*ASKED, "--out", tmp_path / "out", "--data", own)
    command(*ASKED, "--page", tmp_path / "out.pdf", "--data", own)
    store = open_folder(own, None, clock=CLOCK, catalogue=load_catalogue())
    noted = [look.action for look in store.seen.all()][-5:]
    store.close()
    out = [Action.OPEN.id, Action.EXPORT_COHORT.id]
    assert noted == [Action.OPEN.id, *out, *out]
