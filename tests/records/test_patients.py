"""Patients: what is taken, what is refused, and the mark that somebody was entered in error."""

from decimal import Decimal
from typing import Any

import pytest

from app.errors import UserError
from app.records.model import Changes, EventFacts, MeasureFacts, PatientFacts
from tests.builders import reason_of, replace
from tests.records.workbench import Bench, day

STRANGE = 'O\'Neil <b>&"مرحبا" 👩‍⚕️'


def test_facts_come_back_as_given(bench: Bench) -> None:
    """Every fact is stored and read back unchanged, names with any signs too."""
    facts = PatientFacts(
        "007",
        STRANGE,
        STRANGE[::-1],
        birth_date=day("2019-03"),
        sex="female",
        diagnosis="other",
        diagnosis_note=STRANGE,
        course="monophasic",
        onset_date=day("2021"),
        language="ar",
    )
    patient = bench.store.patients.add(facts, "Illustrative scores.")
    assert bench.store.patients.get(patient.id) == patient
    assert (patient.facts, patient.caution) == (facts, "Illustrative scores.")


def test_identifiers_are_compared_exactly(bench: Bench) -> None:
    """``007`` and ``7`` are two patients."""
    first, second = bench.patient("007"), bench.patient("7")
    assert bench.store.patients.by_patient_id("007") == first
    assert bench.store.patients.by_patient_id("7") == second


@pytest.mark.parametrize("patient_id", ["", "x" * 65, " a", "a ", "a\tb", "a\x7f", "a\n"])
def test_an_identifier_that_cannot_be_is_refused(bench: Bench, patient_id: str) -> None:
    """An identifier is 1 to 64 characters without control characters or outer spaces."""
    with pytest.raises(UserError, match="identifier"):
        bench.patient(patient_id)
    assert bench.store.patients.all() == ()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"diagnosis": "flu"}, "“flu” is not in the list"),
        ({"diagnosis": "other"}, "needs a note"),
        ({"course": "up"}, "“up” is not in the list"),
        ({"birth_date": day("2025-06-02")}, "birth date, 2025-06-02, is in the future"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(
    bench: Bench, wrong: dict[str, Any], sentence: str
) -> None:
    """An unknown id, “other” without a note and a birth in the future are refused."""
    facts = PatientFacts("P1")
    with pytest.raises(UserError, match=sentence):
        bench.store.patients.add(replace(facts, **wrong))


def test_half_a_character_is_told_not_stored(bench: Bench) -> None:
    """A text that no file can hold is refused in a sentence, in a name and in a question."""
    with pytest.raises(UserError, match="broken character"):
        bench.store.patients.add(PatientFacts("P1", "\ud83d"))
    with pytest.raises(UserError, match="broken character"):
        bench.store.patients.find("\udcff")
    assert bench.store.patients.all() == ()
    assert bench.found() == {}


def test_an_identifier_is_taken_once(bench: Bench) -> None:
    """A second patient with the same identifier is refused, by adding and by changing."""
    bench.patient("P1")
    other = bench.patient("P2")
    with pytest.raises(UserError, match="already is a patient “P1”"):
        bench.patient("P1")
    with pytest.raises(UserError, match="already is a patient “P1”"):
        bench.store.patients.change(other.id, replace(other.facts, patient_id="P1"))


def test_a_change_keeps_the_caution_and_says_what_it_touched(bench: Bench) -> None:
    """Correcting facts leaves the caution, and tells whose views are stale."""
    patient = bench.store.patients.add(PatientFacts("P1"), "Illustrative.")
    facts = PatientFacts("P1", "Ida")
    told = bench.told()
    bench.store.patients.change(patient.id, facts, "typing slip")
    assert told == [Changes(frozenset({"patients"}), frozenset({patient.id}))]
    assert bench.store.patients.get(patient.id) == replace(patient, facts=facts)
    assert reason_of(bench.store.journal.entries()[-1]) == "typing slip"


def test_a_caution_can_be_set_later(bench: Bench) -> None:
    """A caution joins a patient who has none."""
    patient = bench.patient()
    bench.store.patients.set_caution(patient.id, "Invented.")
    assert bench.store.patients.get(patient.id).caution == "Invented."


def test_a_birth_date_after_something_recorded_is_refused(bench: Bench) -> None:
    """A birth date may not move behind a visit, an event or a measure; up to it, it may."""
    visited, seen, weighed = bench.patient("V"), bench.patient("E"), bench.patient("M")
    bench.draft(visited, "2024-03-02")
    bench.store.events.add(seen.id, EventFacts(date=day("2024-03-02"), kind="fever"))
    bench.store.measures.add(
        weighed.id, MeasureFacts(date=day("2024-03-02"), kind="weight_kg", value=Decimal(9))
    )
    for patient in (visited, seen, weighed):
        bench.store.patients.change(patient.id, replace(patient.facts, birth_date=None))
        exact = replace(patient.facts, birth_date=day("2024-03-02"))
        bench.store.patients.change(patient.id, exact)
        late = replace(patient.facts, birth_date=day("2024-03-03"))
        with pytest.raises(UserError, match="after something recorded on 2024-03-02"):
            bench.store.patients.change(patient.id, late)


def test_an_amended_day_no_longer_binds_the_birth_date(bench: Bench) -> None:
    """Only the version that counts holds the birth date back."""
    patient = bench.patient()
    visit = bench.signed(patient, "2021-01-01")
    amended = bench.store.visits.amend(visit.id, "wrong year")
    bench.store.visits.set_when(amended.id, day("2024-01-01"), "")
    bench.store.visits.sign(amended.id, "corrected")
    bench.store.patients.change(patient.id, replace(patient.facts, birth_date=day("2023")))
    assert bench.store.patients.get(patient.id).facts.birth_date == day("2023")


def test_a_patient_entered_in_error_leaves_every_list(bench: Bench) -> None:
    """A marked patient is in no list and has an empty record; the mark can be taken back."""
    patient = bench.patient()
    visit = bench.signed(patient)
    bench.store.patients.mark_error(patient.id, "double entry")
    marked = bench.store.patients.get(patient.id)
    assert marked.error_reason == "double entry"
    assert bench.store.patients.all() == ()
    assert bench.store.summaries() == ()
    assert bench.store.patients.marked() == (marked,)
    assert bench.store.record(patient.id).visits == ()
    with pytest.raises(UserError, match="marked as entered in error"):
        bench.store.patients.by_patient_id("P1")
    bench.store.patients.unmark_error(patient.id)
    assert bench.store.record(patient.id).visits == (visit,)
    assert bench.store.patients.all() == (patient,)


def test_a_mark_needs_a_reason(bench: Bench) -> None:
    """Entered in error, but why: an empty reason is refused."""
    patient = bench.patient()
    with pytest.raises(UserError, match="reason"):
        bench.store.patients.mark_error(patient.id, "  ")


def test_a_marked_patient_gets_no_visit(bench: Bench) -> None:
    """No visit begins for a patient who is marked entered in error."""
    patient = bench.patient()
    bench.store.patients.mark_error(patient.id, "double entry")
    with pytest.raises(UserError, match="entered in error"):
        bench.draft(patient)


def test_a_draft_of_a_marked_patient_is_not_offered(bench: Bench) -> None:
    """The list of unfinished visits leaves a marked patient out."""
    patient = bench.patient()
    bench.draft(patient)
    bench.store.patients.mark_error(patient.id, "double entry")
    assert bench.store.drafts() == ()


def test_nobody_is_found_under_an_unknown_identifier(bench: Bench) -> None:
    """An unknown identifier, or an unknown internal id, is told in a sentence."""
    assert bench.store.patients.find("P9") is None
    with pytest.raises(UserError, match="no patient “P9”"):
        bench.store.patients.by_patient_id("P9")
    with pytest.raises(UserError, match="not in the records any more"):
        bench.store.patients.get("P9")


def test_patients_come_by_name(bench: Bench) -> None:
    """The list is by family name, given name and identifier, capitals or not."""
    for number, (given, family) in enumerate([("b", "Z"), ("B", "a"), ("a", "A"), ("", "")]):
        bench.store.patients.add(PatientFacts(str(number), given, family))
    assert [one.facts.patient_id for one in bench.store.patients.all()] == ["3", "2", "1", "0"]


def test_a_patient_without_a_name_goes_by_the_identifier() -> None:
    """Names are joined; where none is recorded the identifier stands in."""
    assert PatientFacts("P1", "Ada", "Berg").name == "Ada Berg"
    assert PatientFacts("P1", "", "Berg").name == "Berg"
    assert PatientFacts("P1").name == "P1"
