"""Findings in words: day and way beside what was found, and the next look."""

from datetime import date

import pytest

from app.dates import parse_date
from app.language import words
from app.records.model import ClinicalFinding, PatientRecord
from app.wording.findings import (
    finding_title,
    finding_words,
    next_look_words,
    result_words,
    tumour_words,
)
from tests.builders import replace
from tests.courses import finding, record

SAY = words()
TODAY = date(2026, 1, 28)
MRI = finding("tumour", "2025-05-03", "MRI", "negative")


def _made(*findings: ClinicalFinding, status: str = "") -> PatientRecord:
    made = replace(record(), findings=findings)
    facts = replace(made.patient.facts, status=status)
    return replace(made, patient=replace(made.patient, facts=facts))


@pytest.mark.parametrize(
    ("kind", "result", "value", "unit", "told"),
    [
        ("antibody", "positive", "", "", "positive"),
        ("antibody", "negative", "", "", "negative"),
        ("imaging", "uncertain", "", "", "uncertain"),
        ("antibody", "positive", "320", "U/ml", "positive, 320 U/ml"),
        ("csf", "", "0", "per\nµl", "0 per µl"),
        ("development", "", "85", "", "85"),
        ("tumour", "positive", "", "", "found"),
        ("tumour", "negative", "", "", "none found"),
        ("tumour", "uncertain", "", "", "uncertain whether there is one"),
        ("tumour", "", "12.5", "mg/g", "12.5 mg/g"),
    ],
)
def test_what_was_found_is_told(kind: str, result: str, value: str, unit: str, told: str) -> None:
    """The result, the number with its unit, or both; 0 is a number."""
    made = finding(kind, "2025-05-03", "x", result, value=value, unit=unit)
    assert result_words(made.facts, SAY) == told


def test_a_finding_is_named_by_its_kind_and_name() -> None:
    """On one line."""
    assert finding_title(MRI, SAY) == "Search for a tumour: MRI"
    assert finding_title(finding("csf", "2025", "oligo\nclonal"), SAY) == (
        "Spinal fluid: oligo clonal"
    )


def test_a_whole_finding_is_told_on_one_line() -> None:
    """What, the result, the next look, the note; two last searches are both called the last."""
    cells = finding("csf", "2025-05-03", "cells", value="0", unit="per µl", next_date="2027-05")
    cells = replace(cells, facts=replace(cells.facts, note="first\ntap"))
    mibg = finding("tumour", "2025-05", "MIBG", "positive")
    early = finding("tumour", "2024-12-01", "CT", "uncertain")
    made = _made(early, cells, MRI, mibg)
    assert [finding_words(each, made, TODAY, SAY) for each in made.findings] == [
        "Search for a tumour: looked 1 Dec 2024 (CT), uncertain whether there is one",
        "Spinal fluid: cells · 0 per µl · next look due May 2027 · first tap",
        "Search for a tumour: last looked 3 May 2025 (MRI), none found",
        "Search for a tumour: last looked May 2025 (MIBG), found",
    ]


@pytest.mark.parametrize(
    ("next_date", "status", "told"),
    [
        ("", "", ""),
        ("2026-07-03", "", "next look due 3 Jul 2026"),
        ("2026-01-28", "", "next look due 28 Jan 2026"),
        ("2026-01", "", "next look due Jan 2026"),
        ("2026-01-27", "", "next look was due 27 Jan 2026"),
        ("2025", "active", "next look was due 2025"),
        ("2026-07-03", "died", ""),
        ("2026-01-27", "transferred", ""),
    ],
)
def test_the_next_look_is_told_while_it_is_awaited(next_date: str, status: str, told: str) -> None:
    """A day that went by is called so; of whom the unit does not see any more, none is due."""
    look = replace(MRI, facts=replace(MRI.facts, next_date=parse_date(next_date)))
    assert next_look_words(look, _made(look, status=status), TODAY, SAY) == told
    later = finding("tumour", "2025-12-01", "MRI", "negative")
    assert next_look_words(look, _made(look, later, status=status), TODAY, SAY) == ""


@pytest.mark.parametrize(
    ("result", "told"),
    [
        ("negative", "tumour: last looked 3 May 2025 (MRI), none found"),
        ("positive", "tumour: last looked 3 May 2025 (MRI), found"),
        (
            "uncertain",
            "tumour: last looked 3 May 2025 (MRI), uncertain whether there is one",
        ),
    ],
)
def test_a_tumour_is_told_with_the_last_look(result: str, told: str) -> None:
    """Never that there is none, but when and how somebody looked, and what was found."""
    early = finding("tumour", "2024-12-01", "CT", "positive")
    look = finding("tumour", "2025-05-03", "MRI", result)
    assert tumour_words(_made(early, look), TODAY, SAY) == told


def test_nothing_is_told_of_a_tumour_where_nobody_looked() -> None:
    """An antibody is no search for a tumour."""
    assert tumour_words(_made(), TODAY, SAY) == ""
    other = finding("antibody", "2025-05-03", "anti-Hu", "negative")
    assert tumour_words(_made(other), TODAY, SAY) == ""


def test_all_looks_of_the_last_day_are_told_with_the_first_that_is_due() -> None:
    """One that found something is never hidden by one that did not."""
    mibg = finding("tumour", "2025-05-03", "MIBG", "positive", next_date="2026-05")
    first = finding("tumour", "2024-11-01", "urine", "negative", next_date="2025-11")
    assert tumour_words(_made(first, MRI, mibg), TODAY, SAY) == (
        "tumour: last looked 3 May 2025 (MRI), none found; 3 May 2025 (MIBG), found · "
        "next look was due Nov 2025"
    )
