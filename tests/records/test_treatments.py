"""Treatments and dose steps: what is taken, what is refused, and their order."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.dates import parse_date
from app.errors import UserError
from app.records.doses import steps_beyond
from app.records.model import Changes, DoseFacts, Treatment, TreatmentFacts
from tests.builders import reason_of
from tests.records.workbench import Bench, day


@pytest.fixture
def treatment(bench: Bench) -> Treatment:
    """Return a running treatment."""
    patient = bench.patient()
    return bench.store.treatments.add(
        patient.id,
        TreatmentFacts(
            agent="ivig",
            start=day("2025-01-06"),
            route="intravenous",
            note="first course",
            treatment_id="T1",
        ),
    )


def test_a_treatment_comes_back_as_given(bench: Bench, treatment: Treatment) -> None:
    """Agent, dates, route, note and id are stored as typed; unknown dates stay unknown."""
    unknown = bench.store.treatments.add(
        treatment.patient, TreatmentFacts(agent="other", note="leeches")
    )
    assert bench.store.treatments.get(treatment.id) == treatment
    assert unknown.facts.start is None
    assert bench.store.treatments.find(unknown.facts.treatment_id) == unknown
    assert bench.store.record(treatment.patient).treatments == (treatment, unknown)
    assert bench.store.treatments.find("T1") == treatment
    assert bench.store.treatments.find("T2") is None


@pytest.mark.parametrize(
    ("agent", "start", "stop", "treatment_id", "sentence"),
    [
        ("leeches", "2025", "", "", "not in the list"),
        ("other", "2025", "", "", "needs a note"),
        ("ivig", "2025-02", "2025-01-31", "", "stop, 2025-01-31, is before the start"),
        ("ivig", "2025", "", "date", "names an axis"),
        ("ivig", "2025", "", "age", "names an axis"),
        ("ivig", "2025", "", "T1", "already is a treatment"),
        ("ivig", "2025", "", " T2", "around it"),
    ],
)
@pytest.mark.usefixtures("treatment")
def test_a_treatment_that_cannot_be_is_refused(
    bench: Bench, agent: str, start: str, stop: str, treatment_id: str, sentence: str
) -> None:
    """Unknown agents, missing notes, crossed dates and ids that are taken or reserved."""
    patient = bench.store.patients.by_patient_id("P1")
    facts = TreatmentFacts(
        treatment_id=treatment_id, agent=agent, start=day(start), stop=parse_date(stop)
    )
    with pytest.raises(UserError, match=sentence):
        bench.store.treatments.add(patient.id, facts)
    assert len(bench.store.record(patient.id).treatments) == 1


@pytest.mark.parametrize(
    ("start", "stop", "sentence"),
    [
        ("2020-05-16", "", "2020-05-16 is before the birth date, 2020-05-17"),
        ("", "2020-04", "2020-04 is before the birth date"),
        ("2027-06-02", "", "2027-06-02 is more than two years ahead"),
        ("2025-06-01", "9999", "9999 is more than two years ahead"),
        ("0024-01-05", "", "0024-01-05 is before 1900"),
        ("2025-06-01", "2027-06-01", ""),
        ("2027-06", "", ""),
        ("2020-05", "", ""),
    ],
)
def test_treatments_and_doses_lie_between_birth_and_two_years_ahead(
    bench: Bench, treatment: Treatment, start: str, stop: str, sentence: str
) -> None:
    """A plan may lie ahead; added or corrected, both kinds are held to the same days."""
    treatments, patient = bench.store.treatments, treatment.patient
    first, last = parse_date(start), parse_date(stop)
    whole = TreatmentFacts(agent="ivig", start=first, stop=last)
    step = DoseFacts(start=first, stop=last, dose=Decimal(1), unit="g/kg")
    wide = treatments.add(patient, TreatmentFacts(agent="ivig"))
    known = treatments.add_dose(wide.id, DoseFacts(dose=Decimal(1), unit="g/kg"))
    deeds: tuple[Callable[[], object], ...] = (
        lambda: treatments.add(patient, whole),
        lambda: treatments.write_whole(treatment.id, whole, ()),
        lambda: treatments.add_dose(wide.id, step),
        lambda: bench.change_dose(wide.id, known.id, replace(step, dose=Decimal(2))),
    )
    before = bench.store.record(patient)
    for deed in deeds:
        if sentence:
            with pytest.raises(UserError, match=sentence):
                deed()
        else:
            deed()
    assert (bench.store.record(patient) == before) is bool(sentence)


def test_a_treatment_needs_its_patient(bench: Bench) -> None:
    """A treatment of nobody is refused in a sentence."""
    with pytest.raises(UserError, match="not in the records any more"):
        bench.store.treatments.add("nobody", TreatmentFacts(agent="ivig"))


def test_a_short_stop_may_overlap_the_start(bench: Bench, treatment: Treatment) -> None:
    """A stop “2025-01” after a start on 2025-01-06 is possible, so it is taken."""
    bench.store.treatments.write_whole(
        treatment.id,
        TreatmentFacts(agent="ivig", start=treatment.facts.start, stop=day("2025-01")),
        (),
    )
    assert bench.store.treatments.get(treatment.id).facts.stop == day("2025-01")


def test_a_change_keeps_id_and_doses(bench: Bench, treatment: Treatment) -> None:
    """Correcting a treatment leaves its identifier and dose steps."""
    bench.store.treatments.add_dose(
        treatment.id, DoseFacts(dose=Decimal(1), unit="g/kg", frequency="monthly")
    )
    told = bench.told()
    bench.store.treatments.write_whole(
        treatment.id, TreatmentFacts(agent="scig", route="sc", note="now under skin"), ()
    )
    after = bench.store.treatments.get(treatment.id)
    assert (after.facts.agent, after.facts.treatment_id, len(after.doses)) == ("scig", "T1", 1)
    assert told == [Changes(frozenset({"treatments"}), frozenset({treatment.patient}))]


def test_dose_steps_come_by_start(bench: Bench, treatment: Treatment) -> None:
    """Steps are in order of their start, an unknown start first; numbers are exact."""
    for start, dose in (("2025-03", "0.30"), ("2025-01-06", "2"), ("", "1")):
        bench.store.treatments.add_dose(
            treatment.id,
            DoseFacts(start=parse_date(start), dose=Decimal(dose), unit="g/kg", frequency="daily"),
        )
    doses = bench.store.record(treatment.patient).treatments[0].doses
    assert [str(step.facts.dose) for step in doses] == ["1", "2", "0.3"]


@pytest.mark.parametrize(
    ("dose", "unit", "frequency", "note", "sentence"),
    [
        ("-1", "mg", "", "", "0 or more"),
        ("NaN", "mg", "", "", "0 or more"),
        ("Infinity", "mg", "", "", "0 or more"),
        ("1", "pints", "", "", "“pints” is not in the list"),
        ("1", "mg", "hourly", "", "“hourly” is not in the list"),
        ("1", "other", "", "", "needs a note"),
        ("1", "mg", "other", " ", "needs a note"),
    ],
)
def test_a_dose_that_cannot_be_is_refused(  # noqa: PLR0917 - one case in words
    bench: Bench,
    treatment: Treatment,
    dose: str,
    unit: str,
    frequency: str,
    note: str,
    sentence: str,
) -> None:
    """A dose is a plain number in a known unit and rhythm; “other” says what it is."""
    with pytest.raises(UserError, match=sentence):
        bench.store.treatments.add_dose(
            treatment.id, DoseFacts(dose=Decimal(dose), unit=unit, frequency=frequency, note=note)
        )
    assert bench.store.treatments.get(treatment.id).doses == ()


def test_a_dose_step_is_changed_and_removed(bench: Bench, treatment: Treatment) -> None:
    """A corrected step keeps its place; a removed one is gone but journalled."""
    bench.store.treatments.add_dose(treatment.id, DoseFacts(dose=Decimal(1), unit="mg"))
    (step,) = bench.store.treatments.get(treatment.id).doses
    bench.change_dose(
        treatment.id,
        step.id,
        DoseFacts(
            start=day("2025-01-07"),
            stop=day("2025-01-09"),
            dose=Decimal("0.4"),
            unit="other",
            frequency="daily",
            note="vials",
        ),
    )
    (after,) = bench.store.treatments.get(treatment.id).doses
    assert (after.id, after.facts.dose, after.facts.unit, after.facts.note) == (
        step.id,
        Decimal("0.4"),
        "other",
        "vials",
    )
    bench.remove_dose(treatment.id, step.id, "never given")
    assert bench.store.treatments.get(treatment.id).doses == ()
    assert reason_of(bench.store.journal.entries()[-1]) == "never given"


def test_a_removed_treatment_takes_its_doses_along(bench: Bench, treatment: Treatment) -> None:
    """Treatment and steps go together; nothing points to nothing afterwards."""
    bench.store.treatments.add_dose(treatment.id, DoseFacts(dose=Decimal(1), unit="mg"))
    bench.store.treatments.remove(treatment.id, "other child")
    assert bench.store.record(treatment.patient).treatments == ()
    assert bench.found() == {}


def test_treatments_come_by_start(bench: Bench) -> None:
    """By the first day of the start, full dates before months before years, unknown last."""
    patient = bench.patient()
    for start in ("", "2025", "2025-01", "2025-01-01", "2024-12-31"):
        bench.store.treatments.add(
            patient.id, TreatmentFacts(agent="ivig", start=parse_date(start))
        )
    starts = [str(one.facts.start) for one in bench.store.record(patient.id).treatments]
    assert starts == ["2024-12-31", "2025-01-01", "2025-01", "2025", "None"]


def _dose(start: str = "", stop: str = "", dose: str = "1") -> DoseFacts:
    return DoseFacts(start=parse_date(start), stop=parse_date(stop), dose=Decimal(dose), unit="mg")


def test_an_exact_double_of_a_dose_is_refused(bench: Bench, treatment: Treatment) -> None:
    """An export would keep one of the two; a dose that differs in anything is another one."""
    treatments = bench.store.treatments
    known = treatments.add_dose(treatment.id, _dose("2025-02-01"))
    other = treatments.add_dose(treatment.id, _dose("2025-02-01", dose="2"))
    with pytest.raises(UserError, match="recorded already"):
        treatments.add_dose(treatment.id, _dose("2025-02-01", dose="1.0"))
    with pytest.raises(UserError, match="recorded already"):
        bench.change_dose(treatment.id, other.id, known.facts)
    bench.change_dose(treatment.id, known.id, known.facts)
    assert len(treatments.get(treatment.id).doses) == 2


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (_dose("2025-01-05"), "2025-01-05 is before the treatment begins, 2025-01-06"),
        (_dose("2025-03-02"), "2025-03-02 is after the treatment ends, 2025-03-01"),
        (_dose("2025-02-01", "2025-03-02"), "2025-03-02 is after the treatment ends"),
    ],
)
def test_a_dose_outside_its_treatment_is_refused(
    bench: Bench, treatment: Treatment, facts: DoseFacts, sentence: str
) -> None:
    """Whether it is new, corrected, or the treatment begins later; an earlier stop cuts it."""
    treatments = bench.store.treatments
    shorter = replace(treatment.facts, stop=day("2025-03-01"))
    step = treatments.add_dose(treatment.id, _dose("2025-02-01", dose="9"))
    treatments.write_whole(treatment.id, shorter, ())
    with pytest.raises(UserError, match=sentence):
        treatments.add_dose(treatment.id, facts)
    with pytest.raises(UserError, match=sentence):
        bench.change_dose(treatment.id, step.id, facts)
    assert treatments.get(treatment.id).doses == (step,)
    with pytest.raises(UserError, match="before the treatment begins, 2025-02-02"):
        treatments.write_whole(treatment.id, replace(shorter, start=day("2025-02-02")), ())
    assert treatments.get(treatment.id).facts == shorter
    treatments.write_whole(treatment.id, replace(shorter, stop=day("2025-01-31")), ())
    assert treatments.get(treatment.id).doses == ()


def _tapered(bench: Bench, treatment: Treatment) -> Treatment:
    for facts in (
        _dose("2025-01-06", "2025-01-31", "20"),
        _dose("2025-02-01", "2025-04-30", "10"),
        _dose("2025-05-01", "", "5"),
    ):
        bench.store.treatments.add_dose(treatment.id, facts)
    return bench.store.treatments.get(treatment.id)


def test_a_stop_cuts_the_later_doses_in_one_step(bench: Bench, treatment: Treatment) -> None:
    """One deed in the journal: what began ends with the treatment, what would begin goes."""
    before = _tapered(bench, treatment)
    ended = replace(before.facts, stop=day("2025-03-01"))
    assert steps_beyond(before, day("2025-03-01")) == before.doses[1:]
    step = bench.store.treatments.write_whole(treatment.id, ended, ())
    after = bench.store.treatments.get(treatment.id)
    assert (after.facts, after.doses[0]) == (ended, before.doses[0])
    assert [str(each.facts.stop) for each in after.doses] == ["2025-01-31", "2025-03-01"]
    entries = [one for one in bench.store.journal.entries() if one.step == step]
    assert {one.action for one in entries} == {"treatment.change"}
    assert [one.kind for one in entries] == ["treatments", "doses", "doses"]
    assert bench.found() == {}


def test_an_end_is_taken_back_whole(bench: Bench, treatment: Treatment) -> None:
    """Unless something was changed there since."""
    treatments = bench.store.treatments
    before = _tapered(bench, treatment)
    ended = replace(before.facts, stop=day("2025-03-01"))
    step = treatments.write_whole(treatment.id, ended, ())
    treatments.take_back(treatment.id, step)
    assert treatments.get(treatment.id) == before
    step = treatments.write_whole(treatment.id, ended, ())
    later = replace(ended, stop=day("2025-04-01"))
    treatments.write_whole(treatment.id, later, ())
    with pytest.raises(UserError, match="changed here since"):
        treatments.take_back(treatment.id, step)
    assert treatments.get(treatment.id).facts == later
    assert bench.found() == {}


def test_an_end_that_cuts_nothing_is_a_correction(bench: Bench, treatment: Treatment) -> None:
    """Without later doses, or without a stop; a dose before the start is still refused."""
    before = _tapered(bench, treatment)
    bench.store.treatments.write_whole(
        treatment.id, replace(before.facts, stop=day("2025-06-01")), ()
    )
    bench.store.treatments.write_whole(treatment.id, before.facts, ())
    assert bench.store.treatments.get(treatment.id) == before
    with pytest.raises(UserError, match="before the treatment begins"):
        bench.store.treatments.write_whole(
            treatment.id,
            replace(before.facts, start=day("2025-01-20"), stop=day("2025-03-01")),
            (),
        )
    assert bench.store.treatments.get(treatment.id) == before
