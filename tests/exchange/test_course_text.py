"""The course as text: who it is, at which day, the table with tabs, and what must be known."""

from app.exchange.course_text import course_text
from app.language import words
from app.records.model import PatientRecord
from app.trends.table import twin_table
from tests.builders import replace
from tests.courses import CATALOGUE, event, finding, record, sheet, treatment, trend, typed, visit

WORDS = words()


def _text(made: PatientRecord, notes: tuple[str, ...] = ()) -> list[str]:
    course = trend(made)
    table = twin_table(course, CATALOGUE, WORDS)
    return course_text(course, table, notes, WORDS).splitlines()


def test_the_text_says_whose_course_it_is_and_when() -> None:
    """Name, birth date, identifier, the day it stands at and the caution come first."""
    made = record([visit("2025-01-01", typed("oms", "3"))], caution="Scores are illustrative.")
    assert _text(made, ("OMS scale: not checked.",)) == [
        "Amira Haddad",
        "born 14 Mar 2022",
        "ID 40-1187",
        "As of 28 Jan 2026",
        "Scores are illustrative.",
        "",
        "Date\tTime\tRecorded\tRater\tOMS scale",
        "1 Jan 2025\tnot recorded\tVisit\tM. Okafor\t3 (typed from paper) · version 2",
        "",
        "OMS scale: not checked.",
        "The record may have changed since.",
        "Not certified as a medical device. Never the only basis of a decision.",
    ]


def test_a_row_across_ends_with_its_words() -> None:
    """No tabs hang behind it."""
    told = _text(
        record([visit("2025-01-01", sheet("oms", "000000"))], [treatment("t", "ivig", "2025-02")])
    )
    assert "Feb 2025\t\tIVIg: started Feb 2025" in told


def test_findings_go_out_with_the_course() -> None:
    """With the day of the look and of the next one."""
    look = finding("tumour", "2025-05-03", "MRI", "negative", next_date="2027-05")
    told = "Search for a tumour: last looked 3 May 2025 (MRI), none found"
    assert f"3 May 2025\t\t{told} · next look due May 2027" in _text(
        replace(record(), findings=(look,))
    )


def test_no_text_breaks_a_row_or_runs_in_a_spreadsheet() -> None:
    """Tabs and lines of a note become spaces; a cell that would run gets an apostrophe."""
    odd = event("fever", "2025-06-14", note="a\tb\nc")
    own = treatment("t", "other", "2025-07", note="=1+1")
    made = record([replace(visit("2025-01-01", typed("oms", "3")), rater="@rater")], [own], [odd])
    told = _text(made)
    assert "14 Jun 2025\t\tFever · 14 Jun 2025 · a b c" in told
    assert any("\t'=1+1: started Jul 2025" in line for line in told)
    assert any("\t'@rater\t" in line for line in told)
