"""What is typed about a patient becomes facts, or sentences beside the fields."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from app.date_reader import DateReader
from app.dates import PartialDate
from app.language import words
from app.records.model import Patient, PatientFacts
from app.screens.patient_form.view import (
    facts_of,
    form_view,
    problems_of,
    stored_values,
)
from tests.builders import replace

TODAY = date(2026, 1, 28)
FACTS = PatientFacts(
    patient_id="40-1187",
    given_name="Amira",
    family_name='O\'Neil & "Söhne" <b>',
    birth_date=PartialDate(2023, 3),
    sex="female",
    diagnosis="other",
    diagnosis_note="Rare",
    course="monophasic",
    onset_date=PartialDate(2025, 1, 31),
    language="en",
    status="transferred",
    status_date=PartialDate(2025, 12),
    next_visit=PartialDate(2026, 2, 25),
    gestation_weeks=Decimal(34),
)


def _problems(**typed: str) -> Mapping[str, str]:
    return problems_of(
        {**stored_values(PatientFacts("1")), **typed}, DateReader(words(), lambda: TODAY)
    )


def test_stored_facts_come_back_as_they_were() -> None:
    """Opening and saving the form changes nothing."""
    assert facts_of(stored_values(FACTS)) == FACTS


def test_an_identifier_is_enough() -> None:
    """The rest can follow."""
    assert _problems() == {}
    assert facts_of(stored_values(PatientFacts("1"))) == PatientFacts("1")


def test_a_note_belongs_to_another_diagnosis_only() -> None:
    """A note left over from “other” is not kept with a listed diagnosis."""
    values = {**stored_values(FACTS), "diagnosis": "paca"}
    assert facts_of(values).diagnosis_note == ""


@pytest.mark.parametrize(
    ("typed", "field", "part"),
    [
        ({"status_date": "2026-01-29"}, "status_date", "in the future"),
        ({"status_date": "2022", "birth_date": "2023"}, "status_date", "before the birth date"),
        ({"next_visit": "2028-01-29"}, "next_visit", "more than two years ahead"),
        ({"next_visit": "2022", "birth_date": "2023"}, "next_visit", "before the birth date"),
        ({"next_visit": "soon"}, "next_visit", "not a date"),
        ({"gestation_weeks": "36+4"}, "gestation_weeks", "not a plain number"),
        ({"gestation_weeks": "36.5"}, "gestation_weeks", "whole number from 20 to 45"),
        ({"gestation_weeks": "360"}, "gestation_weeks", "whole number from 20 to 45"),
        ({"patient_id": ""}, "patient_id", "Please give an identifier"),
        ({"patient_id": "x" * 65}, "patient_id", "1 to 64"),
        ({"patient_id": "a\u200eb"}, "patient_id", "cannot be seen: U+200E"),
        ({"patient_id": "1.2E+13"}, "patient_id", "spreadsheet has shortened"),
        ({"birth_date": "31.1.25"}, "birth_date", "year with four digits"),
        ({"birth_date": "3/4/2023"}, "birth_date", "can be 3 Apr 2023 or 4 Mar 2023"),
        ({"birth_date": "1899"}, "birth_date", "1899 is before 1900"),
        ({"birth_date": "2025-02-30"}, "birth_date", "no day 2025-02-30"),
        ({"birth_date": "2026-01-29"}, "birth_date", "29 Jan 2026 is in the future"),
        ({"onset_date": "soon"}, "onset_date", "is not a date"),
        ({"onset_date": "2027"}, "onset_date", "2027 is in the future"),
        ({"birth_date": "2020", "onset_date": "2019-12"}, "onset_date", "before the birth date"),
        ({"diagnosis": "other"}, "diagnosis_note", "which diagnosis"),
    ],
)
def test_each_problem_is_one_sentence_beside_its_field(
    typed: dict[str, str], field: str, part: str
) -> None:
    """The sentence says what to do, and stands where it is done."""
    problems = _problems(**typed)
    assert list(problems) == [field]
    assert part in problems[field]


@pytest.mark.parametrize("onset", ["2020", "2020-06", "2026-01-28", ""])
def test_an_onset_that_may_be_right_is_taken(onset: str) -> None:
    """A short date is its whole period; the benefit of the doubt is the user's."""
    assert _problems(birth_date="2020-06-15", onset_date=onset) == {}


def test_a_new_patient_is_an_empty_form() -> None:
    """Nothing stands in it, and it says what it is for."""
    view = form_view(None, words(), TODAY)
    assert (view.identity.name, view.values) == ("New patient", stored_values(PatientFacts("")))
    assert not view.can_mark


def test_the_form_of_a_patient_says_whose_it_is() -> None:
    """The name and what tells patients apart stand above."""
    view = form_view(Patient("p", FACTS), words(), TODAY)
    assert view.identity.name == FACTS.name
    assert "ID 40-1187" in view.identity.facts


def test_a_language_that_is_not_shipped_keeps_its_own_name() -> None:
    """A code from an import is not lost by opening the form."""
    view = form_view(Patient("p", replace(FACTS, language="tr")), words(), TODAY)
    assert [code.id for code in view.condition.languages] == ["en", "tr"]


def test_the_mark_of_an_error_says_why() -> None:
    """The reason stands as typed, and what the mark means."""
    view = form_view(Patient("p", FACTS, error_reason="typed twice."), words(), TODAY)
    assert view.error_note == (
        "Marked as entered in error: typed twice. Left out of charts, pages and exports."
    )
