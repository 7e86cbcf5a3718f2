"""A treatment with all its dose steps: stored, corrected, cut and taken back in one step."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.errors import UserError
from app.records.model import DoseFacts, DoseStep, Patient, Treatment, TreatmentFacts
from tests.builders import reason_of
from tests.records.workbench import Bench, day

FACTS = TreatmentFacts(agent="prednisolone", start=day("2025-01-01"))


def _dose(dose: str, start: str, stop: str = "") -> DoseFacts:
    return DoseFacts(
        start=day(start),
        stop=day(stop) if stop else None,
        dose=Decimal(dose),
        unit="mg",
        frequency="daily",
    )


@pytest.fixture
def patient(bench: Bench) -> Patient:
    """Return somebody to treat."""
    return bench.patient()


@pytest.fixture
def treatment(bench: Bench, patient: Patient) -> Treatment:
    """Return a steroid in two steps."""
    doses = (_dose("20", "2025-01-01"), _dose("10", "2025-02-01", "2025-03-31"))
    stored, _ = bench.store.treatments.add_whole(patient.id, FACTS, doses)
    return stored


def _amounts(bench: Bench, treatment: Treatment) -> list[str]:
    return [str(step.facts.dose) for step in bench.store.treatments.get(treatment.id).doses]


def test_a_treatment_with_its_doses_is_one_step(bench: Bench, patient: Patient) -> None:
    """It is taken back whole, and where a dose cannot be nothing is stored."""
    treatments = bench.store.treatments
    stored, step = treatments.add_whole(patient.id, FACTS, (_dose("20", "2025-01-01"),))
    assert treatments.get(stored.id) == stored
    assert len(stored.doses) == 1
    treatments.take_back(stored.id, step)
    with pytest.raises(UserError, match="before the treatment begins"):
        treatments.add_whole(patient.id, FACTS, (_dose("20", "2024-12-31"),))
    assert bench.store.record(patient.id).treatments == ()


def test_a_table_is_corrected_in_one_step(bench: Bench, treatment: Treatment) -> None:
    """Changed, taken out and new at once; what is not named stays; one step takes it back."""
    treatments = bench.store.treatments
    first, second = treatment.doses
    new = DoseStep("", _dose("5", "2025-04-01"))
    changed = replace(second, facts=replace(second.facts, dose=Decimal(12)))
    step = treatments.write_whole(
        treatment.id, replace(FACTS, route="oral"), (changed, new), (first.id,), "typed twice"
    )
    now = treatments.get(treatment.id)
    assert (now.facts.route, _amounts(bench, treatment)) == ("oral", ["12", "5"])
    assert now.facts.treatment_id == treatment.facts.treatment_id
    assert any(reason_of(entry) == "typed twice" for entry in bench.store.journal.entries())
    treatments.take_back(treatment.id, step)
    assert treatments.get(treatment.id) == treatment


def test_steps_that_are_not_named_stay(bench: Bench, treatment: Treatment) -> None:
    """Nothing goes that nobody took out."""
    bench.store.treatments.write_whole(treatment.id, FACTS, ())
    assert bench.store.treatments.get(treatment.id).doses == treatment.doses


def test_a_stop_cuts_what_reaches_beyond_it(bench: Bench, treatment: Treatment) -> None:
    """What runs is ended, what begins later goes, new steps included; undone whole."""
    treatments = bench.store.treatments
    new = DoseStep("", _dose("5", "2025-04-01"))
    stopped = replace(FACTS, stop=day("2025-02-10"))
    step = treatments.write_whole(treatment.id, stopped, (new,))
    doses = treatments.get(treatment.id).doses
    assert [(str(one.facts.dose), one.facts.stop) for one in doses] == [
        ("20", None),
        ("10", day("2025-02-10")),
    ]
    treatments.take_back(treatment.id, step)
    assert treatments.get(treatment.id) == treatment


@pytest.mark.parametrize(
    ("facts", "new", "sentence"),
    [
        (FACTS, _dose("20", "2025-01-01"), "recorded already"),
        (FACTS, _dose("5", "2024-12-31"), "before the treatment begins"),
        (FACTS, _dose("5", "2045-01-01"), "two years ahead"),
        (replace(FACTS, start=day("2025-01-15")), _dose("5", "2025-04-01"), "treatment begins"),
        (replace(FACTS, agent="other"), _dose("5", "2025-04-01"), "needs a note"),
    ],
)
def test_where_one_part_is_refused_nothing_is_stored(
    bench: Bench, treatment: Treatment, facts: TreatmentFacts, new: DoseFacts, sentence: str
) -> None:
    """The whole table or nothing."""
    with pytest.raises(UserError, match=sentence):
        bench.store.treatments.write_whole(treatment.id, facts, (DoseStep("", new),))
    assert bench.store.treatments.get(treatment.id) == treatment


def _typed_again(bench: Bench, treatment: Treatment) -> int:
    """Take a dose out and type the same one again; return the first step."""
    treatments, gone = bench.store.treatments, treatment.doses[1]
    step = treatments.write_whole(treatment.id, treatment.facts, (), (gone.id,), "typed twice")
    treatments.add_dose(treatment.id, gone.facts)
    return step


def _given_earlier(bench: Bench, treatment: Treatment) -> int:
    """Let it begin earlier, then add a dose on those days; return the first step."""
    treatments = bench.store.treatments
    step = treatments.write_whole(treatment.id, replace(FACTS, start=day("2024-01-01")), ())
    treatments.add_dose(treatment.id, _dose("5", "2024-03-01", "2024-04-01"))
    return step


def _born_later(bench: Bench, treatment: Treatment) -> int:
    """Let it begin later, then correct the birth date; return the first step."""
    treatments, patients = bench.store.treatments, bench.store.patients
    early = replace(FACTS, start=day("2020-06-01"))
    treatments.write_whole(treatment.id, early, ())
    step = treatments.write_whole(treatment.id, FACTS, ())
    facts = patients.get(treatment.patient).facts
    patients.change(treatment.patient, replace(facts, birth_date=day("2021-01-01")))
    return step


@pytest.mark.parametrize("deed", [_typed_again, _given_earlier, _born_later])
def test_what_has_no_room_any_more_is_not_taken_back(
    bench: Bench, treatment: Treatment, deed: Callable[[Bench, Treatment], int]
) -> None:
    """A dose recorded twice, outside its treatment or before birth cannot come back by Undo."""
    step = deed(bench, treatment)
    before = bench.store.record(treatment.patient)
    told = bench.told()
    with pytest.raises(UserError, match="changed here since"):
        bench.store.treatments.take_back(treatment.id, step)
    assert bench.store.record(treatment.patient) == before
    assert (told, bench.found()) == ([], {})


def test_a_new_treatment_with_another_dose_since_is_not_taken_back(
    bench: Bench, patient: Patient
) -> None:
    """No dose is left behind without its treatment."""
    treatments = bench.store.treatments
    stored, step = treatments.add_whole(patient.id, FACTS, (_dose("20", "2025-01-01"),))
    treatments.add_dose(stored.id, _dose("5", "2025-03-01"))
    with pytest.raises(UserError, match="changed here since"):
        treatments.take_back(stored.id, step)
    assert _amounts(bench, stored) == ["20", "5"]
    assert bench.found() == {}


def test_of_doses_that_a_stop_makes_equal_one_stays(bench: Bench, patient: Patient) -> None:
    """An exact double would be lost in an export; taken back both are there again."""
    treatments = bench.store.treatments
    doses = (_dose("20", "2025-01-01", "2025-05-01"), _dose("20", "2025-01-01", "2025-04-01"))
    stored, _ = treatments.add_whole(patient.id, FACTS, doses)
    step = treatments.write_whole(stored.id, replace(FACTS, stop=day("2025-02-01")), ())
    left = treatments.get(stored.id).doses
    assert [one.facts for one in left] == [_dose("20", "2025-01-01", "2025-02-01")]
    treatments.take_back(stored.id, step)
    assert treatments.get(stored.id) == stored


def test_a_step_that_is_not_there_any_more_is_refused(bench: Bench, treatment: Treatment) -> None:
    """What was typed for a dose that somebody took out meanwhile is not lost in silence."""
    treatments, gone = bench.store.treatments, treatment.doses[1]
    bench.remove_dose(treatment.id, gone.id)
    changed = replace(gone, facts=replace(gone.facts, dose=Decimal(12)))
    with pytest.raises(UserError, match="not in the records any more"):
        treatments.write_whole(treatment.id, FACTS, (changed,))
    assert _amounts(bench, treatment) == ["20"]
