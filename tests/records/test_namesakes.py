"""Patients who could be taken for each other: found, marked, and left alone once they differ."""

import pytest

from app.records.likeness import are_alike, name_words
from app.records.model import Patient, PatientFacts
from app.records.namesakes import SAME_BIRTH, SAME_NAME
from tests.records.workbench import Bench, day

BORN = "2022-02-03"


def _facts(patient_id: str, name: str = "Ada Muster", birth: str = BORN) -> PatientFacts:
    given, _, family = name.partition(" ")
    when = day(birth) if birth else None
    return PatientFacts(patient_id, given, family, birth_date=when)


def _add(bench: Bench, patient_id: str, name: str = "Ada Muster", birth: str = BORN) -> Patient:
    return bench.store.patients.add(_facts(patient_id, name, birth))


def _marked(bench: Bench) -> set[str]:
    """Return who bears the mark in the list; the whole record of each says the same."""
    lines = bench.store.lines.read(0, 99)
    records = [bench.store.record(line.patient.id) for line in lines]
    assert [one.has_namesake for one in records] == [line.has_namesake for line in lines]
    return {line.patient.facts.patient_id for line in lines if line.has_namesake}


def _words(name: str) -> str:
    return name_words(_facts("P", name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Muster", "Ada Muster"), ("Ada Muster", "Muster Ada"), ("Jon Smith", "John Smith"),
        ("Mohammed Ali", "Muhammad Ali"), ("Zoë Łucja", "zoe lucja"), ("Anna Berg", "Hanna Berg"),
        ("Ada Maria Berg", "Ada Berg"), ("Anna-Lena Berg", "Annalena Berg"), ("Berg", "Ada Berg"),
        ("A. Berg", "Ada Berg"), ("Baby girl Berg", "Ada Berg"), ("Baby", "baby"),
        ("می\u200cروم", "میروم"), ("Catherine O'Neil", "Katherine Oneil"),
    ],
)  # fmt: skip
def test_two_ways_of_writing_a_name_are_alike(one: str, other: str) -> None:
    """Whatever comes first, accents and capitals aside, a letter more or less, a name more."""
    assert are_alike(_words(one), _words(other))
    assert are_alike(_words(other), _words(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Emma Schmidt", "Lena Schmidt"), ("Max Berg", "Moritz Berg"), ("Tim Berg", "Tom Berg"),
        ("Ada Berg", "Ada Stone"), ("Ada", "Bo"), ("Ann Ann", "Ann Berg"), ("B. Berg", "Ada Berg"),
        ("", "Ada"), ("", ""),
    ],
)  # fmt: skip
def test_names_of_two_people_are_not_alike(one: str, other: str) -> None:
    """Siblings of one family, a given name in common, no name at all."""
    assert not are_alike(_words(one), _words(other))
    assert not are_alike(_words(other), _words(one))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Ada Muster", BORN), ("Ada Muster", BORN)),
        (("Ada Muster", BORN), ("Adda Muster", BORN)),
        (("Ada Muster", ""), ("Muster Ada", BORN)),
        (("Ada Muster", ""), ("Ada Muster", "")),
        (("Ada Muster", "2022"), ("Ada Muster", BORN)),
        (("Ada Muster", "2022"), ("Ada Muster", "2022")),
        (("Ada Muster", "2022-02"), ("ada muster", "2022")),
    ],
)  # fmt: skip
def test_namesakes_bear_the_mark_on_both_sides(
    bench: Bench, first: tuple[str, str], second: tuple[str, str]
) -> None:
    """The same birth date and a similar name, or the same name where a birth date is not known."""
    one, other = _add(bench, "P1", *first), _add(bench, "P2", *second)
    _add(bench, "P3", "Bo Stone", BORN)
    assert _marked(bench) == {"P1", "P2"}
    assert bench.store.namesakes.like(other.facts, other.id) == (one,)
    assert bench.found() == {}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Ada Muster", BORN), ("Ada Muster", "2022-02-04")),
        (("Ada Muster", BORN), ("Bo Stone", BORN)),
        (("Ada Muster", ""), ("Adda Muster", BORN)),
        (("Ada Muster", "2021"), ("Ada Muster", BORN)),
        (("Ada Muster", "2022"), ("Adda Muster", "2022")), (("", BORN), ("", BORN)),
    ],
)  # fmt: skip
def test_other_pairs_bear_no_mark(
    bench: Bench, first: tuple[str, str], second: tuple[str, str]
) -> None:
    """Two birth dates tell two apart, a short one only the same name does not; nor no name."""
    _add(bench, "P1", *first)
    other = _add(bench, "P2", *second)
    assert _marked(bench) == set()
    assert bench.store.namesakes.like(other.facts, other.id) == ()


def test_the_mark_goes_when_the_names_do_not_meet_any_more(bench: Bench) -> None:
    """A name that is corrected, or a double that is entered in error, frees the other one."""
    first, second = _add(bench, "P1"), _add(bench, "P2")
    third = _add(bench, "P3")
    assert _marked(bench) == {"P1", "P2", "P3"}
    bench.store.patients.change(third.id, _facts("P3", "Bo Stone"))
    assert _marked(bench) == {"P1", "P2"}
    bench.store.patients.mark_error(second.id, "double")
    assert _marked(bench) == set()
    bench.store.patients.unmark_error(second.id)
    assert _marked(bench) == {"P1", "P2"}
    bench.store.patients.change(first.id, _facts("P1", birth="2022-02-04"))
    assert _marked(bench) == set()
    assert bench.found() == {}


def test_the_mark_stands_in_the_same_transaction(bench: Bench) -> None:
    """All of an import's patients are compared with each other and with those before."""
    _add(bench, "P1")
    with bench.store.importing():
        _add(bench, "P2", "Muster Ada")
        _add(bench, "P3", "Bo Stone")
        _add(bench, "P4", "Bo Stone")
    assert _marked(bench) == {"P1", "P2", "P3", "P4"}


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM namesakes", "UPDATE namesakes SET is_alike = 0",
        "UPDATE namesakes SET name = 'somebody else'",
        "UPDATE namesakes SET is_alike = 1 WHERE birth = '2020-05-17'",
    ],
)  # fmt: skip
def test_a_mark_that_is_not_true_is_made_again(bench: Bench, damage: str) -> None:
    """The check counts it among the lines, and calls nothing damaged."""
    _add(bench, "P1")
    _add(bench, "P2")
    _add(bench, "P3", "Bo Stone", "2020-05-17")
    bench.raw(damage)
    assert bench.found()["lines"] >= 1
    assert _marked(bench) == {"P1", "P2"}
    assert bench.found() == {}


def test_a_nameless_patient_keeps_no_row(bench: Bench) -> None:
    """One who loses the name is compared no more; a row that nobody needs is taken out."""
    first = _add(bench, "P1")
    _add(bench, "P2")
    bench.store.patients.change(first.id, PatientFacts("P1", birth_date=day(BORN)))
    assert bench.count("namesakes") == 1
    assert _marked(bench) == set()
    bench.raw("INSERT INTO namesakes VALUES (?, '', 'x', 0)", bytes.fromhex(first.id))
    assert bench.found() == {"lines": 1}
    assert bench.count("namesakes") == 1


@pytest.mark.parametrize("sql", [SAME_BIRTH, SAME_NAME])
def test_namesakes_are_found_by_an_index(bench: Bench, sql: str) -> None:
    """However many patients there are."""
    plan = bench.store._database.execute(f"EXPLAIN QUERY PLAN {sql}", ["x", b""]).fetchall()
    assert "USING" in str(plan)
    assert "SCAN" not in str(plan)
