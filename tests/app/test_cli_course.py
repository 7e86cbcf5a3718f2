"""Courses that other programs told wrongly, from tables to the page: each with what is right."""

import json
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.app.conftest import Command

TABLES = {
    "patients": "patient_id,given_name,family_name,birth_date\nQ1,Mia,Ekman,2016-02-01\n",
    "visits": "patient_id,visit_id,date\nQ1,q1,2023-02-01\nQ1,q2,2023-03-15\nQ1,q3,2023-05-02\n",
    "totals": "patient_id,visit_id,scale,total\nQ1,q1,oms,4\nQ1,q2,oms,9\nQ1,q3,oms,6\n",
}


@pytest.fixture
def folder(demo_folder: Path, tmp_path: Path) -> Path:
    """Return a data folder that a test may change."""
    return Path(shutil.copytree(demo_folder, tmp_path / "data"))


class Course:
    """A patient read from tables, and what the commands tell of the course."""

    def __init__(self, command: Command, folder: Path, tmp_path: Path) -> None:
        self._command = command
        self._data = ("--data", folder)
        self._tmp = tmp_path

    def read(self, **tables: str) -> None:
        """Import the patient with some tables."""
        made = self._tmp / "tables"
        made.mkdir()
        for name, text in {**TABLES, **tables}.items():
            (made / f"{name}.csv").write_text(text, encoding="utf-8")
        told = self._command(*self._data, "import", made)
        assert told.status == 0, told.err

    def page(self, kind: str = "physician", as_of: str = "2023-06-01") -> str:
        """Return the words of a page."""
        out = self._tmp / f"{kind}.pdf"
        told = self._command(*self._data, "--as-of", as_of, "report", kind, "Q1", "--out", out)
        assert told.status == 0, told.err
        pages = PdfReader(BytesIO(out.read_bytes())).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        return text.replace("\N{NO-BREAK SPACE}", " ")

    def trend(self, as_of: str) -> dict[str, Any]:
        """Return the trend on a day."""
        told = self._command(*self._data, "--as-of", as_of, "trend", "Q1")
        assert told.status == 0, told.err
        found: dict[str, Any] = json.loads(told.out)
        return found

    def run(self, *words: object) -> tuple[int, str]:
        """Return how a command ended, and what it told on either way."""
        told = self._command(*self._data, *words)
        return told.status, told.out + told.err


@pytest.fixture
def course(command: Command, folder: Path, tmp_path: Path) -> Course:
    """Return a course that is not read yet."""
    return Course(command, folder, tmp_path)


def test_a_pulse_does_not_end_the_running_dose(course: Course) -> None:
    """The relapse is told at the dose that ran, though 500 mg were given once before it."""
    course.read(
        treatments="patient_id,treatment_id,agent,start\nQ1,QT,prednisolone,2023-01-10\n",
        doses="patient_id,treatment_id,start,dose,unit,frequency\n"
        "Q1,QT,2023-01-10,20,mg,daily\nQ1,QT,2023-02-10,500,mg,once\n",
        events="patient_id,date,kind\nQ1,2023-03-15,relapse\n",
    )
    page = course.page()
    assert "Prednisolone was at 20 mg daily." in page
    assert "since 10 Jan 2023: 20 mg daily" in page
    assert "10 Feb 2023: 500 mg once" in page
    assert "From 4 (1 Feb 2023) to 9 (15 Mar 2023)." in page
    assert "15 Mar 2023, no end recorded" in page


def test_a_visit_on_the_first_day_of_a_relapse_belongs_to_it(course: Course) -> None:
    """It is never told as the time before."""
    course.read(events="patient_id,date,stop,kind\nQ1,2023-03-15,2023-04-15,relapse\n")
    page = course.page()
    assert "From 4 (1 Feb 2023) to 9 (15 Mar 2023)." in page
    assert "no end recorded" not in page


def test_a_relapse_without_a_stop_holds_its_first_day_too(course: Course) -> None:
    """It lasts to the day the page stands on, and that no end is recorded is said."""
    course.read(events="patient_id,date,stop,kind\nQ1,2023-03-15,,relapse\n")
    page = course.page()
    assert "From 4 (1 Feb 2023) to 9 (15 Mar 2023)." in page
    assert "15 Mar 2023, no end recorded" in page


def test_a_line_break_in_a_note_becomes_a_space(course: Course) -> None:
    """On the chart and in the table."""
    course.read(events='patient_id,date,kind,note\nQ1,2023-03-01,other,"first\nsecond"\n')
    assert course.page().count("first second") == 2


def test_two_weights_of_one_day_are_both_told(course: Course) -> None:
    """Nobody can know which of them is right."""
    course.read(
        measures="patient_id,date,kind,value\nQ1,2023-03-01,weight_kg,13.1\n"
        "Q1,2023-03-01,weight_kg,31.1\nQ1,2023-01-01,weight_kg,12\n"
    )
    page = course.page()
    assert "Weight (kg) 13.1 1 Mar 2023" in page
    assert "Weight (kg) 31.1 1 Mar 2023" in page
    assert "Weight (kg) 12 " not in page


def test_what_lies_after_the_day_does_not_count(course: Course, tmp_path: Path) -> None:
    """On the page, in the trend and in the list; before the birth no age is told."""
    course.read(events="patient_id,date,stop,kind\nQ1,2023-03-15,2023-04-15,relapse\n")
    early = course.trend("2010-01-01")
    assert (early["scales"], early["events"]) == ({}, [])
    page = course.page(as_of="2010-01-01")
    assert "Relapse" not in page
    assert "No visit is signed yet." in page
    assert " y " not in page
    within = course.trend("2023-04-01")
    assert [each["visit_id"] for each in within["scales"]["oms"]["points"]] == ["q1", "q2"]
    assert within["events"][0]["stop"] is None
    status, told = course.run("--as-of", "2023-03-01", "patients")
    assert status == 0
    assert [line.split()[-1] for line in told.splitlines() if line.startswith("Q1")] == [
        "2023-02-01"
    ]
    picture = tmp_path / "p.png"
    for axis in ("date", "age"):
        status, told = course.run(
            "--as-of", "2010-01-01", "chart", "Q1", "--out", picture, "--axis", axis
        )
        assert (status, told) == (2, "There is nothing to draw yet for this patient.\n")


def test_a_planned_treatment_is_told_as_that(course: Course, tmp_path: Path) -> None:
    """In the trend, on the pages, and as an axis, where it is refused."""
    course.read(
        treatments="patient_id,treatment_id,agent,start,stop\n"
        "Q1,QA,prednisolone,2023-01-10,2023-06-30\nQ1,QB,ivig,2023-05-10,\n",
        doses="patient_id,treatment_id,start,dose,unit,frequency\n"
        "Q1,QA,2023-01-10,20,mg,daily\nQ1,QA,2023-05-10,10,mg,daily\n",
    )
    told = {each["treatment_id"]: each for each in course.trend("2023-05-02")["treatments"]}
    assert [told["QA"]["planned"], told["QB"]["planned"]] == [False, True]
    assert [dose["planned"] for dose in told["QA"]["doses"]] == [False, True]
    assert told["QA"]["stop"] == "2023-06-30"
    since = course.trend("2023-05-02")["scales"]["oms"]["since"]
    assert [(each["treatment_id"], each["others_within_14_days"]) for each in since] == [
        ("QA", [])
    ]
    page = course.page(as_of="2023-05-02")
    for words in (
        "planned from 10 May 2023",
        "planned until 30 Jun 2023",
        "since 10 Jan 2023, planned until 9 May 2023: 20 mg daily",
        "planned from 10 May 2023 to 30 Jun 2023: 10 mg daily",
    ):
        assert words in page
    assert "planned" not in course.page("family", "2023-05-02")
    status, problem = course.run(
        "--as-of", "2023-05-02", "chart", "Q1", "--out", tmp_path / "p.png", "--axis", "QB"
    )
    assert status == 2
    assert "planned from 10 May 2023" in problem


def test_a_long_name_of_a_start_stays_on_the_page(course: Course) -> None:
    """Nothing is written beside the sheet, nor in its margin."""
    course.read(
        treatments="patient_id,treatment_id,agent,start,note\nQ1,QT,other,2023-02-02,"
        '"tocilizumab, as in the protocol of the other ward, every 2 weeks, as agreed with the '
        'board on the third of January and noted in the letter of that day"\n'
    )
    course.page()
    pages = PdfReader(BytesIO((course._tmp / "physician.pdf").read_bytes())).pages
    places: list[float] = []

    def see(text: str, drawing: list[float], own: list[float], *_how: object) -> None:
        if text.strip():
            places.append(drawing[0] * own[4] + drawing[2] * own[5] + drawing[4])

    for page in pages:
        page.extract_text(visitor_text=see)
    assert places
    assert min(places) == 40
