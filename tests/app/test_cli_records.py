"""The commands that open records: whose they are, how they are opened, what they answer."""

import errno
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.errors import Damage, UserError
from app.records.file import outside
from app.records.folder import open_folder
from app.records.model import Finding, Role
from app.records.store import Store
from app.settings import Settings
from scales.catalogue import load_catalogue
from tests.app.conftest import CLOCK, SECRET, Command
from tests.roles import let_do_everything

PATIENTS = ["patient_id", "given_name", "family_name", "birth_date", "diagnosis", "last_visit"]


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Return a folder with one patient's tables."""
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "patients.csv").write_text("patient_id\n-7\nP1\n")
    (folder / "visits.csv").write_text("patient_id,visit_id,date\nP1,V1,2026-01-05\n")
    return folder


@pytest.fixture
def folder(demo_folder: Path, tmp_path: Path) -> Path:
    """Return a data folder that a test may change."""
    return Path(shutil.copytree(demo_folder, tmp_path / "data"))


def _lines(text: str) -> list[str]:
    return text.splitlines()


def test_patients_are_listed_as_json(command: Command, demo_folder: Path) -> None:
    """By identifier; every key in order."""
    told = command("--data", demo_folder, "patients", "--json")
    found = json.loads(told.out)
    assert (told.status, told.err) == (0, "")
    assert [list(each) for each in found] == [PATIENTS] * 3
    assert found[2] == {
        "patient_id": "DEMO-3",
        "given_name": "Lauria case",
        "family_name": "(demo)",
        "birth_date": "1935",
        "diagnosis": "anti_gad_ataxia",
        "last_visit": "2004-02",
    }


def test_what_is_not_known_of_a_patient_is_null(
    command: Command, folder: Path, tables: Path
) -> None:
    """Not left out, and not an empty text."""
    command("--data", folder, "import", tables)
    found = json.loads(command("--data", folder, "patients", "--json").out)
    assert found[0] == {"patient_id": "-7"} | dict.fromkeys(PATIENTS[1:])


def test_patients_are_listed_to_read(command: Command, demo_folder: Path) -> None:
    """A table with a line for each, under its heads."""
    told = command("--data", demo_folder, "patients")
    assert len(_lines(told.out)) == 4
    assert "Amira Haddad (demo)" in told.out


def test_the_data_folder_may_stand_in_the_environment(
    command: Command, demo_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OMS_BEDSIDE_DATA names it."""
    monkeypatch.setenv("OMS_BEDSIDE_DATA", str(demo_folder))
    assert len(_lines(command("patients").out)) == 4


def test_the_options_may_stand_after_the_command(command: Command, demo_folder: Path) -> None:
    """Nobody should have to remember an order."""
    told = command("patients", "--data", demo_folder, "--as-of", "2026-01-01")
    assert told.status == 0


def test_trend_is_json(command: Command, demo_folder: Path) -> None:
    """The published case: immunoglobulin, first lower on day 2, zero on day 53."""
    told = command("--data", demo_folder, "--as-of", "2025-03-01", "trend", "DEMO-1")
    found: dict[str, Any] = json.loads(told.out)
    since = {each["treatment_id"]: each for each in found["scales"]["oms"]["since"]}
    assert found["as_of"] == "2025-03-01"
    assert since["D1-ivig"]["baseline"] == {
        "visit_id": "D1-03",
        "date": "2025-01-06",
        "total": 13,
    }
    assert since["D1-ivig"]["first_zero_day"] == 53


def test_the_unit_sets_how_old_a_baseline_may_be(command: Command, folder: Path) -> None:
    """The setting of the records counts here too."""

    def baseline() -> object:
        found = json.loads(command("--data", folder, "trend", "DEMO-2").out)
        since = {each["treatment_id"]: each for each in found["scales"]["oms"]["since"]}
        return since["D2-rituximab"]["baseline"]

    assert baseline() == {"visit_id": "D2-04", "date": "2025-01-24", "total": 11}
    store = open_folder(folder, None, clock=CLOCK, catalogue=load_catalogue())
    let_do_everything(store)
    store.settings.save(Settings(baseline_days=13))
    store.close()
    assert baseline() is None


@pytest.mark.parametrize("name", ["trend", "chart", "report"])
def test_an_unknown_patient_is_one_sentence(
    command: Command, demo_folder: Path, tmp_path: Path, name: str
) -> None:
    """Exit 2, and no file."""
    out = tmp_path / ("x.png" if name == "chart" else "x.pdf")
    before = ["family"] if name == "report" else []
    after = [] if name == "trend" else ["--out", out]
    told = command("--data", demo_folder, name, *before, "nobody", *after)
    assert (told.status, told.out) == (2, "")
    assert _lines(told.err) == ["There is no patient “nobody”."]
    assert not out.exists()


def test_an_identifier_may_start_with_a_hyphen(
    command: Command, folder: Path, tables: Path
) -> None:
    """After ``--`` nothing is an option."""
    command("--data", folder, "import", tables)
    told = command("--data", folder, "trend", "--", "-7")
    assert json.loads(told.out)["patient_id"] == "-7"


@pytest.mark.parametrize("axis", ["date", "age", "D1-ivig"])
def test_a_chart_is_a_picture(
    command: Command, demo_folder: Path, tmp_path: Path, axis: str
) -> None:
    """By date, by age, by days since a start."""
    out = tmp_path / "chart.png"
    told = command("--data", demo_folder, "chart", "DEMO-1", "--out", out, "--axis", axis)
    assert (told.status, told.err) == (0, "")
    assert out.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<svg "), ("PDF", b"%PDF-")])
def test_a_chart_can_be_lines_and_letters(
    command: Command, demo_folder: Path, tmp_path: Path, kind: str, start: bytes
) -> None:
    """Identical bytes each time; whose it is stands in it."""
    outs = [tmp_path / f"{name}.{kind}" for name in "ab"]
    for out in outs:
        assert command("--data", demo_folder, "chart", "DEMO-1", "--out", out).status == 0
    first, second = (out.read_bytes() for out in outs)
    assert first == second
    assert first.startswith(start)
    assert kind == "PDF" or "DEMO-1" in first.decode("utf-8")


def test_a_chart_that_promises_another_picture_is_refused(
    command: Command, demo_folder: Path, tmp_path: Path
) -> None:
    """One sentence, and no file."""
    out = tmp_path / "x.gif"
    told = command("--data", demo_folder, "chart", "DEMO-1", "--out", out)
    assert (told.status, told.err) == (2, "“x.gif” must end in .png, .svg or .pdf.\n")
    assert not out.exists()


def test_a_chart_says_whose_it_is(
    command: Command, demo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture that leaves the app carries name, birth date and identifier."""
    headings: list[str] = []

    def chart_picture(*given: object) -> bytes:
        headings.append(str(given[-1]))
        return b""

    monkeypatch.setattr("app.start.chart_picture", chart_picture)
    assert (
        command("--data", demo_folder, "chart", "DEMO-1", "--out", tmp_path / "x.png").status == 0
    )
    assert "Published case" in headings[0]
    assert "14 Jun 1983" in headings[0]
    assert "DEMO-1" in headings[0]


def test_a_right_to_left_name_does_not_reorder_the_heading(
    command: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The identifier stays whole behind it."""
    headings: list[str] = []

    def chart_picture(*given: object) -> bytes:
        headings.append(str(given[-1]))
        return b""

    tables = tmp_path / "names"
    tables.mkdir()
    name = "\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET} <b>"
    (tables / "patients.csv").write_text(f"patient_id,given_name\nP1,{name}\n", "utf-8")
    (tables / "events.csv").write_text("patient_id,date,kind\nP1,2025,fever\n")
    monkeypatch.setattr("app.start.chart_picture", chart_picture)
    assert command("--data", folder, "import", tables).status == 0
    assert command("--data", folder, "chart", "P1", "--out", tmp_path / "x.png").status == 0
    assert headings == [f"\u2068{name}\u2069 · birth date not recorded · ID P1"]


@pytest.mark.parametrize(
    ("axis", "sentence"),
    [
        ("D2-ivig", "This patient has no treatment with the id “D2-ivig”."),
        ("", "--axis is date, age or a treatment id."),
    ],
)
def test_an_axis_that_cannot_be_is_refused(
    command: Command, demo_folder: Path, tmp_path: Path, axis: str, sentence: str
) -> None:
    """One sentence, exit 2."""
    out = tmp_path / "chart.png"
    told = command("--data", demo_folder, "chart", "DEMO-1", "--out", out, "--axis", axis)
    assert (told.status, _lines(told.err)) == (2, [sentence])


def test_an_empty_course_is_not_drawn(command: Command, folder: Path, tables: Path) -> None:
    """One sentence instead of an empty picture."""
    command("--data", folder, "import", tables)
    told = command("--data", folder, "chart", "--out", "x.png", "--", "-7")
    assert told.status == 2
    assert _lines(told.err) == ["There is nothing to draw yet for this patient."]


@pytest.mark.parametrize("kind", ["physician", "family"])
def test_a_page_is_the_same_bytes_for_the_same_day(
    command: Command, demo_folder: Path, tmp_path: Path, kind: str
) -> None:
    """Same input and same day, identical bytes; another paper is another page."""
    files = [tmp_path / f"{name}.pdf" for name in "abc"]
    start = ("--data", demo_folder, "--as-of", "2026-02-01", "report", kind, "DEMO-2")
    told = [command(*start, "--out", file) for file in files[:2]]
    told.append(command(*start, "--out", files[2], "--paper", "letter"))
    assert [(each.status, each.err) for each in told] == [(0, "")] * 3
    first, second, third = (file.read_bytes() for file in files)
    assert first == second != third
    assert first.startswith(b"%PDF")


def test_half_a_page_does_not_stay_behind(
    command: Command, demo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk leaves no file that looks like a page; exit 2."""

    def full(path: Path, _content: bytes) -> None:
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    out = tmp_path / "pages" / "page.pdf"
    out.parent.mkdir()
    monkeypatch.setattr(outside, "write_private", full)
    told = command("--data", demo_folder, "report", "family", "DEMO-1", "--out", out)
    assert (told.status, list(out.parent.iterdir())) == (2, [])
    assert told.err == f"“{out}” cannot be written: No space left on device.\n"


@pytest.mark.parametrize("out", ["missing/page.pdf", "page.html", "page"])
def test_a_file_that_cannot_be_written_is_one_sentence(
    command: Command, demo_folder: Path, tmp_path: Path, out: str
) -> None:
    """A missing folder, or a name that promises another kind of file."""
    told = command("--data", demo_folder, "report", "family", "DEMO-1", "--out", tmp_path / out)
    assert (told.status, told.out, len(_lines(told.err))) == (2, "", 1)


def test_import_says_what_was_new(command: Command, folder: Path, tables: Path) -> None:
    """And the second time that it all was there."""
    assert _lines(command("--data", folder, "import", tables).out) == [
        "New rows: 3.",
        "patients.csv: 2",
        "visits.csv: 1",
        "Rows that were there already: 0.",
    ]
    assert _lines(command("--data", folder, "import", tables).out) == [
        "New rows: 0.",
        "Rows that were there already: 3.",
    ]


def test_import_tells_every_problem(command: Command, folder: Path, tables: Path) -> None:
    """One line each on standard error, nothing else, exit 2."""
    (tables / "events.csv").write_text("patient_id,date,kind\nP1,2027-01-01,fever\nP1,,x\n")
    told = command("--data", folder, "import", tables)
    assert (told.status, told.out) == (2, "")
    assert [line.split(": ")[:2] for line in _lines(told.err)] == [
        ["events.csv:2", "date"],
        ["events.csv:3", "date"],
        ["events.csv:3", "kind"],
    ]
    assert "P1" not in command("--data", folder, "patients").out


def test_import_says_what_is_worth_a_look(command: Command, folder: Path, tables: Path) -> None:
    """On standard error, while all of it is stored: files that were not read, similar names."""
    (tables / "notes.txt").write_text("remember the milk")
    (tables / "patients.csv").write_text("patient_id,given_name\nP1,Ada\nP2,Ada\n")
    told = command("--data", folder, "import", tables)
    assert told.status == 0
    assert _lines(told.out)[0] == "New rows: 3."
    assert [line.split(":")[0] for line in _lines(told.err)] == ["not read", "patients.csv"]
    (tables / "Events.csv").write_text("patient_id,date,kind\n")
    told = command("--data", folder, "import", tables)
    assert (told.status, told.out) == (2, "")
    assert _lines(told.err)[0] == "not read: Events.csv; did you mean events.csv?"


def test_another_day_changes_no_check_of_an_import(
    command: Command, folder: Path, tables: Path
) -> None:
    """What is in the future is the machine's to say, whatever day is asked for."""
    (tables / "events.csv").write_text("patient_id,date,kind\nP1,2090-01-01,fever\n")
    told = command("--data", folder, "--as-of", "2100-01-01", "import", tables)
    assert _lines(told.err) == ["events.csv:2: date: 2090-01-01 is in the future."]
    (tables / "events.csv").unlink()
    assert command("--data", folder, "--as-of", "2020-01-04", "import", tables).status == 0


def test_a_nurse_takes_no_tables_out(command: Command, folder: Path, tmp_path: Path) -> None:
    """Neither those of all records nor that of a history; reading is everybody's."""
    store = open_folder(folder, None, clock=CLOCK, catalogue=load_catalogue())
    store.users.add("K. Lund", Role.KEEPER)
    store.users.give_roles(store.user.id, [Role.NURSE])
    store.close()
    out = tmp_path / "tables"
    for deed in (("export", out), ("history", "--out", out.with_suffix(".csv"))):
        told = command("--data", folder, *deed)
        assert told.status == 2
        assert told.err.startswith("Only a physician or a keeper of the records does this.")
        assert not out.exists()
        assert not out.with_suffix(".csv").exists()
    assert command("--data", folder, "history", "DEMO-1").status == 0


def test_export_says_what_the_files_are_not(
    command: Command, demo_folder: Path, tmp_path: Path
) -> None:
    """Not encrypted, not a backup; a second time the folder is not empty."""
    out = tmp_path / "out"
    told = command("--data", demo_folder, "export", out)
    assert told.status == 0
    assert _lines(told.out)[-1] == "These files are not encrypted and are not a backup."
    again = command("--data", demo_folder, "export", out)
    assert (again.status, _lines(again.err)) == (2, [f"The folder “{out}” is not empty."])


def test_check_has_a_line_for_each_kind(command: Command, demo_folder: Path) -> None:
    """With its count; 0 and exit 0 where all is well."""
    told = command("--data", demo_folder, "check")
    assert (told.status, told.err) == (0, "")
    assert len(_lines(told.out)) >= 5
    assert all(line.endswith(": 0.") for line in _lines(told.out))


def test_check_tells_damage_by_its_status(
    command: Command, demo_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 3, and the count."""
    found = (Finding("totals", 2, "Totals that do not come out: {count}."),)
    monkeypatch.setattr(Store, "check", lambda _store: found)
    told = command("--data", demo_folder, "check")
    assert (told.status, told.out) == (3, "Totals that do not come out: 2.\n")


@pytest.mark.parametrize("trouble", [Damage("It is damaged."), UserError("No copy was made.")])
def test_closing_damaged_records_does_not_hide_what_was_found(
    command: Command, demo_folder: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    """They cannot be copied, which is no news after the findings."""
    close = Store.close

    def complain(store: Store) -> None:
        close(store)
        raise trouble

    found = (Finding("totals", 2, "Totals that do not come out: {count}."),)
    monkeypatch.setattr(Store, "check", lambda _store: found)
    monkeypatch.setattr(Store, "close", complain)
    told = command("--data", demo_folder, "check")
    assert (told.status, told.out) == (3, "Totals that do not come out: 2.\n")


def test_a_sound_check_that_cannot_be_copied_is_no_success(
    command: Command, demo_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence stands, exit 2."""
    close = Store.close

    def complain(store: Store) -> None:
        close(store)
        raise UserError("No copy was made.")

    monkeypatch.setattr(Store, "close", complain)
    told = command("--data", demo_folder, "check")
    assert (told.status, _lines(told.err)) == (2, ["No copy was made."])


def test_a_damaged_file_is_damage_to_the_check_only(command: Command, folder: Path) -> None:
    """Exit 3 there; to any other command something to mend: put back a copy."""
    content = bytearray((folder / "records.db").read_bytes())
    content[5000:] = bytes(len(content) - 5000)
    (folder / "records.db").write_bytes(content)
    for name in ("records.db-wal", "records.db-shm"):
        (folder / name).unlink(missing_ok=True)
    check, trend = command("--data", folder, "check"), command("--data", folder, "patients")
    assert (check.status, trend.status) == (3, 2)
    assert check.err or check.out
    assert len(_lines(trend.err)) == 1


def test_records_that_are_not_there_are_one_sentence(command: Command, tmp_path: Path) -> None:
    """Exit 2 for an empty folder."""
    told = command("--data", tmp_path, "patients")
    assert (told.status, _lines(told.err)) == (2, [f"There are no records in {tmp_path}."])


@pytest.mark.parametrize("missing", ["records.db", "keys.json"])
def test_half_a_data_folder_is_one_sentence(command: Command, folder: Path, missing: str) -> None:
    """Both files are needed."""
    (folder / missing).unlink()
    told = command("--data", folder, "patients")
    assert (told.status, len(_lines(told.err))) == (2, 1)
    assert missing in told.err


@pytest.mark.parametrize("missing", ["records.db", "keys.json"])
def test_a_check_calls_half_a_data_folder_damage(
    command: Command, folder: Path, missing: str
) -> None:
    """Records without their keys, or keys without records: exit 3."""
    (folder / missing).unlink()
    told = command("--data", folder, "check")
    assert (told.status, told.out, len(_lines(told.err))) == (3, "", 1)
    assert missing in told.err


def test_a_second_process_is_told(command: Command, folder: Path) -> None:
    """One process holds the records; exit 2 for the other."""
    store = open_folder(folder, None, clock=CLOCK, catalogue=load_catalogue())
    told = command("--data", folder, "patients")
    store.close()
    assert (told.status, told.out, len(_lines(told.err))) == (2, "", 1)
    assert "already open" in told.err


def test_an_axis_needs_its_day(command: Command, folder: Path, tmp_path: Path) -> None:
    """A treatment without a start, and an age without a birth date, are no axes."""
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "patients.csv").write_text("patient_id\nP1\n")
    (tables / "treatments.csv").write_text("patient_id,treatment_id,agent\nP1,T1,ivig\n")
    command("--data", folder, "import", tables)
    for axis in ("T1", "age"):
        told = command(
            "--data", folder, "chart", "P1", "--out", tmp_path / "x.png", "--axis", axis
        )
        assert (told.status, told.out, len(_lines(told.err))) == (2, "", 1)


def test_a_demo_needs_no_records(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its own copy; the variables are ignored, and nothing is left behind."""
    monkeypatch.setenv("OMS_BEDSIDE_DATA", str(tmp_path / "none"))
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", "whatever")
    told = command("--demo", "patients")
    assert (told.status, len(_lines(told.out))) == (0, 4)
    assert not (tmp_path / "none").exists()


def test_a_demo_stands_at_any_day(command: Command) -> None:
    """Before its own visits, too."""
    told = command("--demo", "--as-of", "2020-01-01", "trend", "DEMO-1")
    assert json.loads(told.out)["as_of"] == "2020-01-01"


@pytest.mark.parametrize("name", ["patients", "scales", "check"])
def test_a_demo_with_a_data_folder_is_refused(command: Command, tmp_path: Path, name: str) -> None:
    """Nobody should think that a demo touched their records."""
    told = command("--demo", "--data", tmp_path, name)
    assert (told.status, told.out) == (2, "")
    assert _lines(told.err) == ["--demo has data of its own; please leave out --data."]


def test_a_passphrase_may_stand_in_a_file(
    command: Command, locked_folder: Path, tmp_path: Path
) -> None:
    """One final line break is dropped, be it of Windows."""
    for number, end in enumerate(("", "\n", "\r\n")):
        file = tmp_path / f"secret{number}"
        file.write_bytes((SECRET + end).encode())
        told = command("--data", locked_folder, "--passphrase-file", file, "patients")
        assert (told.status, told.err) == (0, "")


def test_a_passphrase_file_may_begin_with_an_editors_mark(
    command: Command, locked_folder: Path, tmp_path: Path
) -> None:
    """Some editors write one in front of UTF-8; it is no part of the passphrase."""
    (tmp_path / "secret").write_bytes(b"\xef\xbb\xbf" + SECRET.encode() + b"\r\n")
    told = command("--data", locked_folder, "--passphrase-file", tmp_path / "secret", "patients")
    assert (told.status, told.err) == (0, "")


def test_a_passphrase_for_records_that_anyone_can_open_opens_nothing(
    command: Command, demo_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are not those that were meant; the demo that is asked for by name needs none."""
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", SECRET)
    told = command("--data", demo_folder, "patients")
    assert (told.status, told.out) == (2, "")
    assert told.err.startswith("A passphrase was given, but these records have none")
    assert command("--demo", "patients").status == 0


def test_a_second_line_break_belongs_to_the_passphrase(
    command: Command, locked_folder: Path, tmp_path: Path
) -> None:
    """Only one is dropped."""
    (tmp_path / "secret").write_text(SECRET + "\n\n")
    told = command("--data", locked_folder, "--passphrase-file", tmp_path / "secret", "patients")
    assert (told.status, len(_lines(told.err))) == (2, 1)


def test_a_passphrase_may_stand_in_the_environment(
    command: Command, locked_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The passphrase itself."""
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", SECRET)
    assert command("--data", locked_folder, "patients").status == 0
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", "wrong")
    told = command("--data", locked_folder, "patients")
    assert (told.status, len(_lines(told.err))) == (2, 1)


def test_a_passphrase_file_goes_before_the_environment(
    command: Command, locked_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands on the line is what was meant."""
    monkeypatch.setenv("OMS_BEDSIDE_PASSPHRASE", "wrong")
    (tmp_path / "secret").write_text(SECRET)
    told = command("--data", locked_folder, "--passphrase-file", tmp_path / "secret", "patients")
    assert told.status == 0


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_passphrase_file_that_is_no_text_is_one_sentence(
    command: Command, locked_folder: Path, tmp_path: Path, content: bytes | None
) -> None:
    """Missing, or not UTF-8."""
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    told = command("--data", locked_folder, "--passphrase-file", tmp_path / "secret", "patients")
    assert (told.status, len(_lines(told.err))) == (2, 1)
    assert "passphrase file" in told.err


def test_without_a_terminal_nobody_is_asked(command: Command, locked_folder: Path) -> None:
    """One sentence tells how to give the passphrase."""
    told = command("--data", locked_folder, "patients")
    assert told.status == 2
    assert _lines(told.err) == [
        (
            "These records need their passphrase: give it with --passphrase-file or in"
            " OMS_BEDSIDE_PASSPHRASE."
        )
    ]


def test_at_a_terminal_the_passphrase_is_asked_for_unseen(
    command: Command, locked_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the system's own hidden prompt."""
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return SECRET

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", answer)
    assert command("--data", locked_folder, "patients").status == 0
    assert asked == ["Passphrase or recovery code: "]


def test_a_visit_is_told_as_plain_lines(command: Command, demo_folder: Path) -> None:
    """Patient, date, rater, items, signature; the window's button copies the same."""
    told = command("--data", demo_folder, "visit", "D1-01")
    lines = _lines(told.out)
    assert (told.status, told.err) == (0, "")
    assert lines[0] == "Visit of 1 Jan 2025, 10:00"
    assert "ID DEMO-1" in lines[1]
    assert "Rater: M. Okafor" in lines
    assert lines[-1].startswith("Not certified as a medical device.")


@pytest.mark.parametrize("visit_id", ["", "D9-99", "DEMO-1", "é"])
def test_a_visit_that_is_not_there_is_told_in_a_sentence(
    command: Command, demo_folder: Path, visit_id: str
) -> None:
    """The caller can mend it."""
    told = command("--data", demo_folder, "visit", "--", visit_id)
    assert (told.status, told.out) == (2, "")
    assert told.err == f"There is no visit “{visit_id}”.\n"


def test_a_visit_of_a_patient_entered_in_error_is_refused(command: Command, folder: Path) -> None:
    """As every other page of the patient is."""
    store = open_folder(folder, None, clock=CLOCK, catalogue=load_catalogue())
    store.patients.mark_error(store.patients.by_patient_id("DEMO-1").id, "double")
    store.close()
    told = command("--data", folder, "visit", "D1-01")
    assert (told.status, told.out) == (2, "")
    assert told.err == "Patient “DEMO-1” is marked as entered in error.\n"
