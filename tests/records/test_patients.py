"""Patients: what is taken, what is refused, and the mark that somebody was entered in error."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from app.dates import PartialDate
from app.errors import UserError
from app.records.declaration import KINDS
from app.records.fields import dates_of
from app.records.model import (
    Changes,
    DoseFacts,
    EventFacts,
    FindingFacts,
    MeasureFacts,
    Patient,
    PatientFacts,
    SequelaFacts,
    TreatmentFacts,
)
from tests.builders import reason_of, replace
from tests.records.workbench import Bench, day
from tests.roles import let_do_everything

STRANGE = 'O\'Neil <b>&"مرحبا" 👩‍⚕️'


def test_facts_come_back_as_given(bench: Bench) -> None:
    """Every fact is stored and read back unchanged, names with any signs too."""
    let_do_everything(bench.store)
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


@pytest.mark.parametrize("patient_id", ["", "x" * 65, " a", "a "])
def test_an_identifier_that_cannot_be_is_refused(bench: Bench, patient_id: str) -> None:
    """An identifier is 1 to 64 characters without outer spaces."""
    with pytest.raises(UserError, match="identifier"):
        bench.patient(patient_id)
    assert bench.store.patients.all() == ()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"diagnosis": "flu"}, "“flu” is not in the list"),
        ({"diagnosis": "other"}, "needs a note"),
        ({"diagnosis": "oms_idiopathic", "diagnosis_confirmed": "no"}, "“no” is not in the list"),
        ({"diagnosis_confirmed": "yes"}, "Nothing is recorded that this could confirm"),
        ({"course": "up"}, "“up” is not in the list"),
        ({"birth_date": day("2025-06-02")}, "2025-06-02 is in the future"),
        ({"birth_date": day("1899")}, "1899 is before 1900"),
        ({"onset_date": day("2025-06-02")}, "2025-06-02 is in the future"),
        (
            {"birth_date": day("2020-05"), "onset_date": day("2020-04")},
            "2020-04 is before the birth date, 2020-05",
        ),
    ],
)
def test_a_fact_that_cannot_be_is_refused(
    bench: Bench, wrong: dict[str, Any], sentence: str
) -> None:
    """An unknown id, “other” without a note, and days that cannot be are refused."""
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
    """A birth date moves up to the first date of any kind that is recorded, never behind it."""
    patients, first = bench.store.patients, "2024-03-02"
    for kind, record in _DATED.items():
        patient = bench.patient(kind)
        record(bench, patient, day(first))
        patients.change(patient.id, replace(patient.facts, birth_date=None))
        patients.change(patient.id, replace(patient.facts, birth_date=day(first)))
        late = replace(patient.facts, birth_date=day("2024-03-03"))
        with pytest.raises(UserError, match=f"after something recorded on {first}"):
            patients.change(patient.id, late)
        patients.change(patient.id, replace(patient.facts, birth_date=day("2024-03")))
    assert set(_DATED) == {kind.name for kind in KINDS if dates_of(kind.facts)} - {"patients"}


def test_an_onset_is_not_left_behind_by_a_birth_date(bench: Bench) -> None:
    """The two dates of one patient are held against each other."""
    patient = bench.patient(birth="2020-05-17")
    ill = replace(patient.facts, onset_date=day("2021-02"))
    bench.store.patients.change(patient.id, ill)
    with pytest.raises(UserError, match="2021-02 is before the birth date, 2021-03-01"):
        bench.store.patients.change(patient.id, replace(ill, birth_date=day("2021-03-01")))


def test_a_birth_date_is_not_held_up_by_what_does_not_count(bench: Bench) -> None:
    """A visit entered in error, with the measure taken at it, stands in nobody's way."""
    patient = bench.patient()
    visit = bench.draft(patient, "2024-03-02")
    bench.store.measures.set_for_visit(visit.id, "weight_kg", Decimal(9))
    bench.fill(visit)
    bench.store.visits.sign(visit.id, "scored by me")
    late = replace(patient.facts, birth_date=day("2024-03-03"))
    with pytest.raises(UserError, match="after something recorded"):
        bench.store.patients.change(patient.id, late)
    bench.store.visits.mark_error(visit.id, "wrong child")
    bench.store.patients.change(patient.id, late)


def _dose(bench: Bench, patient: Patient, when: PartialDate) -> None:
    """Record a dose with a stop only, of a treatment without dates."""
    treatment = bench.store.treatments.add(patient.id, TreatmentFacts(agent="ivig"))
    facts = DoseFacts(stop=when, dose=Decimal(1), unit="g/kg")
    bench.store.treatments.add_dose(treatment.id, facts)


_DATED: dict[str, Callable[[Bench, Patient, PartialDate], object]] = {
    "visits": lambda bench, patient, when: bench.draft(patient, str(when)),
    "treatments": lambda bench, patient, when: bench.store.treatments.add(
        patient.id, TreatmentFacts(agent="ivig", start=when)
    ),
    "doses": _dose,
    "events": lambda bench, patient, when: bench.store.events.add(
        patient.id, EventFacts(date=when, kind="fever")
    ),
    "measures": lambda bench, patient, when: bench.store.measures.add(
        patient.id, MeasureFacts(date=when, kind="weight_kg", value=Decimal(9))
    ),
    "findings": lambda bench, patient, when: bench.store.findings.add(
        patient.id, FindingFacts(date=when, kind="tumour", name="MRI", result="negative")
    ),
    "sequelae": lambda bench, patient, when: bench.store.sequelae.add(
        patient.id, SequelaFacts(date=when, kind="motor", state="yes")
    ),
}
"""Records something of each kind that has a date."""


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
    assert bench.store.lines.drafts() == ()


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
