"""Identifiers: never two that people would take for one, whatever they name."""

from decimal import Decimal

import pytest

from app.errors import UserError
from app.records.model import PatientFacts, TreatmentFacts
from app.records.rows import TABLES
from tests.records.workbench import Bench, day

PAIRS = [("ab", "Ab"), ("X Y", "X  Y"), ("\uff30\uff11", "p1"), ("élo", "ÉLO")]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_a_patient_whose_identifier_looks_like_anothers_is_refused(
    bench: Bench, first: str, second: str
) -> None:
    """Both are named, and one that is entered in error still holds its identifier."""
    known = bench.patient(first)
    bench.store.patients.mark_error(known.id, "double")
    with pytest.raises(UserError) as caught:
        bench.patient(second)
    assert str(caught.value) == (
        f"“{second}” and “{first}” differ only in capitals, in the width of letters or in spaces."
        " Please give one of them another identifier."
    )


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_a_visit_and_a_treatment_are_refused_in_the_same_way(
    bench: Bench, first: str, second: str
) -> None:
    """Whoever the other one belongs to."""
    one, other = bench.patient("P1"), bench.patient("P2")
    bench.draft(one, visit_id=first)
    bench.store.treatments.add(one.id, TreatmentFacts(treatment_id=first, agent="ivig"))
    with pytest.raises(UserError, match="differ only in capitals"):
        bench.draft(other, visit_id=second)
    with pytest.raises(UserError, match="differ only in capitals"):
        bench.store.treatments.add(other.id, TreatmentFacts(treatment_id=second, agent="ivig"))
    assert bench.store.visits.find(second) is None
    assert bench.store.treatments.find(second) is None
    assert bench.store.patients.find("p1") is None


def test_a_patient_may_change_to_an_identifier_that_looks_like_the_one_before(
    bench: Bench,
) -> None:
    """It is nobody else's; afterwards the new one is found, and guarded."""
    patient = bench.patient("ab")
    bench.store.patients.change(patient.id, PatientFacts("Ab", birth_date=day("2020-05-17")))
    assert bench.store.patients.find("ab") is None
    assert bench.store.patients.by_patient_id("Ab").id == patient.id
    with pytest.raises(UserError, match="differ only"):
        bench.patient("aB")
    with pytest.raises(UserError, match="There already is a patient “Ab”"):
        bench.patient("Ab")
    assert bench.found() == {}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ab\u200b", "cannot be seen: U\\+200B"), ("\ufeffab", "cannot be seen: U\\+FEFF"),
        ("X\u00a0Y", "cannot be seen: U\\+00A0"), ("a\tb", "cannot be seen: U\\+0009"),
        ("e\u0301lo", "put together from two characters"), ("a ", "no spaces around it"),
        ("1.23457E+13", "spreadsheet has shortened"), ("1,2E13", "spreadsheet has shortened"),
        ("1e-05", "spreadsheet has shortened"), ("5E+2", "spreadsheet has shortened"),
    ],
)  # fmt: skip
def test_an_identifier_that_would_be_read_as_another_is_refused(
    bench: Bench, text: str, sentence: str
) -> None:
    """What cannot be seen, is composed in two ways, or lost its digits, of all three kinds."""
    patient = bench.patient("P1")
    with pytest.raises(UserError, match=sentence):
        bench.patient(text)
    with pytest.raises(UserError, match=sentence):
        bench.draft(patient, visit_id=text)
    with pytest.raises(UserError, match=sentence):
        bench.store.treatments.add(patient.id, TreatmentFacts(treatment_id=text, agent="ivig"))


@pytest.mark.parametrize("text", ["007", "7", "2E10", "E-5", "A 1", "Ü-7", "漢1"])
def test_any_other_identifier_is_taken(bench: Bench, text: str) -> None:
    """A letter E between digits is a ward's way of counting, not a spreadsheet's."""
    assert bench.patient(text).facts.patient_id == text


def test_a_folded_identifier_that_is_not_true_is_found_by_the_check(bench: Bench) -> None:
    """Look-alikes are searched by it, so it must be what the identifier makes."""
    bench.patient("Ab")
    assert bench.count("patients WHERE folded = 'ab'") == 1
    bench.raw("UPDATE patients SET folded = 'cd'")
    assert bench.found() == {"rows": 1}


def test_the_journal_tells_nothing_of_what_is_kept_beside_a_row() -> None:
    """It is made from the identifier again wherever a row is written."""
    for name in ("patients", "visits", "treatments"):
        assert "folded" in TABLES[name].columns
        assert "folded" not in TABLES[name].shape.empty


@pytest.mark.parametrize(
    ("kind", "value"),
    [("weight_kg", "12500"), ("height_cm", "1.05"), ("sleep_hours", "25"), ("weight_kg", "0")],
)
def test_a_measure_that_cannot_be_is_refused(bench: Bench, kind: str, value: str) -> None:
    """Its list says what is possible, wider than what the window asks back."""
    visit = bench.draft(bench.patient())
    with pytest.raises(UserError, match="cannot be: the lowest possible is"):
        bench.store.measures.set_for_visit(visit.id, kind, Decimal(value))
    bench.store.measures.set_for_visit(visit.id, "weight_kg", Decimal("0.5"))
