"""Tables as other programs leave them, read in by the command: each with what is said of it."""

import shutil
from pathlib import Path

import pytest

from tests.app.conftest import Command

P = "patient_id,given_name,family_name,birth_date\n"
KIM = P + "K1,Kim,Berg,2016-05-02\n"
VISIT = "patient_id,visit_id,date\nK1,k1,2023-04-04\n"
TREATMENT = "patient_id,treatment_id,agent,start,stop\n"
DOSE = "patient_id,treatment_id,start,stop,dose,unit,frequency\n"
MEASURE = "patient_id,date,kind,value,note\n"
UNSEEN = "There is a character that cannot be seen: {}. Please leave it out."
ONLY = "only in capitals, in the width of letters or in spaces."

Tables = dict[str, str]

REFUSED: dict[str, tuple[Tables, tuple[str, ...]]] = {
    "a dose after the stop": (
        {
            "patients": KIM,
            "treatments": TREATMENT + "K1,kt,prednisolone,2023-01-01,2023-02-01\n",
            "doses": DOSE + "K1,kt,2023-01-01,2023-03-01,30,mg,daily\n"
            "K1,kt,2023-03-02,,15,mg,daily\n",
        },
        (
            "doses.csv:2: stop: 2023-03-01 is after the treatment ends, 2023-02-01.",
            "doses.csv:3: start: 2023-03-02 is after the treatment ends, 2023-02-01.",
        ),
    ),
    "a number that could be two": (
        {
            "patients": KIM,
            "visits": VISIT,
            "totals": "patient_id,visit_id,scale,total\nK1,k1,oms,-0\n",
            "treatments": TREATMENT + "K1,kt,ivig,2023-01-01,\n",
            "doses": DOSE + "K1,kt,2023-01-01,,2.000,g/kg,once\n",
        },
        (
            "totals.csv:2: total: “-0” has a minus sign. Please give a number that is 0 or more.",
            "doses.csv:2: dose: “2.000” could be 2 or 2000. Please write the one that is meant.",
        ),
    ),
    "far away": (
        {
            "patients": KIM,
            "treatments": TREATMENT + "K1,k1,ivig,0098-03-01,\nK1,k2,rituximab,2601-03-01,2999\n",
            "events": "patient_id,date,stop,kind\nK1,2023-01-10,2999-01-01,fever\n",
        },
        (
            "treatments.csv:2: start: 0098-03-01 is before 1900.",
            "treatments.csv:3: start: 2601-03-01 is more than two years ahead.",
            "treatments.csv:3: stop: 2999 is more than two years ahead.",
            "events.csv:2: stop: 2999-01-01 is in the future.",
        ),
    ),
    "before the birth": (
        {
            "patients": KIM,
            "treatments": TREATMENT + "K1,k1,rituximab,2015-03-01,\n",
            "sequelae": "patient_id,date,kind,state\nK1,2016-04,motor,yes\n",
        },
        (
            "treatments.csv:2: start: 2015-03-01 is before the birth date, 2016-05-02.",
            "sequelae.csv:2: date: 2016-04 is before the birth date, 2016-05-02.",
        ),
    ),
    "look-alikes": (
        {"patients": "patient_id\n012\n12\nq\u200b\nQ\nq\no\u0308\nr\u00a0s\n9.8E+12\n"},
        (
            f"patients.csv:4: patient_id: {UNSEEN.format('U+200B')}",
            f"patients.csv:6: patient_id: “q” differs from “Q” in line 5 {ONLY}",
            (
                "patients.csv:7: patient_id: “o\u0308” has a letter that is put together from two"
                " characters. Type it anew."
            ),
            f"patients.csv:8: patient_id: {UNSEEN.format('U+00A0')}",
            (
                "patients.csv:9: patient_id: “9.8E+12” is a number that a spreadsheet has"
                " shortened. Write all its digits."
            ),
        ),
    ),
    "a split decimal": (
        {
            "patients": KIM,
            "measures": MEASURE + "K1,2023-01-05,weight_kg,14,2\nK1,2023-01-06,weight_kg,14200,\n"
            "K1,2023-01-07,height_cm,0.98,\n",
        },
        (
            "measures.csv:2: note: The note “2” is only a number. Was “14,2” meant?",
            (
                "measures.csv:3: value: 14200 cannot be: the lowest possible is 0.1, the highest"
                " 700."
            ),
            ("measures.csv:4: value: 0.98 cannot be: the lowest possible is 10, the highest 300."),
        ),
    ),
    "a second mark": (
        {"patients": "\ufeff\ufeff" + KIM},
        (
            (
                "patients.csv:1: patient_id: The file begins with a character that cannot be seen:"
                " U+FEFF."
            ),
        ),
    ),
    "a header with a no-break space": (
        {"patients": "patient_id,given_name\u00a0\nK1,Kim\n"},
        (
            (
                "patients.csv:1: given_name: The column's name has a character that cannot be"
                " seen: U+00A0."
            ),
        ),
    ),
    "another separator": (
        {"patients": KIM.replace(",", ";")},
        (
            (
                "patients.csv:1: patient_id: The columns are separated by “;”. Please separate"
                " them by commas (“,”)."
            ),
        ),
    ),
}


@pytest.fixture
def folder(demo_folder: Path, tmp_path: Path) -> Path:
    """Return a data folder that a test may change."""
    return Path(shutil.copytree(demo_folder, tmp_path / "data"))


def _written(tables: Tables, folder: Path) -> Path:
    folder.mkdir()
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    return folder


@pytest.mark.parametrize("fault", REFUSED)
def test_what_could_be_wrong_is_refused_line_by_line(
    command: Command, folder: Path, tmp_path: Path, fault: str
) -> None:
    """Each line says what was found; nothing is stored."""
    tables, lines = REFUSED[fault]
    before = command("--data", folder, "patients").out
    told = command("--data", folder, "import", _written(tables, tmp_path / "tables"))
    assert (told.status, told.out) == (2, "")
    assert tuple(told.err.splitlines()) == lines
    assert command("--data", folder, "patients").out == before


def test_namesakes_are_read_and_named(command: Command, folder: Path, tmp_path: Path) -> None:
    """Twins are real: both are stored, and somebody is asked to look."""
    tables = _written({"patients": KIM + "K2,Kim,Berg,2016-05-02\n"}, tmp_path / "tables")
    told = command("--data", folder, "import", tables)
    assert told.status == 0
    assert told.err == (
        "patients.csv:2: patient_id: Kim Berg · born 2 May 2016 · ID K1 may be taken for Kim Berg"
        " · born 2 May 2016 · ID K2. Please make sure that they are two.\n"
    )


def test_a_cell_that_a_spreadsheet_would_run_is_exported_as_text(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """One sign in front, on ids and names alike; read again, it is the same patient."""
    tables = _written({"patients": P + "-k,=1+1,@Berg,2016-05-02\n"}, tmp_path / "tables")
    assert command("--data", folder, "import", tables).status == 0
    out = tmp_path / "out"
    assert command("--data", folder, "export", out).status == 0
    rows = (out / "patients.csv").read_text(encoding="utf-8")
    assert "'-k,'=1+1,'@Berg,2016-05-02," in rows
    told = command("--data", folder, "import", out)
    assert (told.status, told.out.splitlines()[0]) == (0, "New rows: 0.")
