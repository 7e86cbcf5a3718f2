"""What a look found: what is taken and refused, corrected, taken back, and taken out."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.errors import UserError
from app.records.model import FindingFacts, Patient
from tests.records.workbench import Bench, day

MRI = FindingFacts(
    date=day("2025-05-03"),
    kind="tumour",
    name="MRI",
    result="negative",
    next_date=day("2025-11-03"),
)


@pytest.fixture
def patient(bench: Bench) -> Patient:
    """Return a patient born on 2020-05-17."""
    return bench.patient()


def _found(bench: Bench, patient: Patient) -> list[FindingFacts]:
    return [each.facts for each in bench.store.record(patient.id).findings]


def test_findings_are_kept_in_the_order_of_their_days(bench: Bench, patient: Patient) -> None:
    """Then by kind; each is read as it was told, a value of 0 among them."""
    cells = FindingFacts(
        date=day("2025-05"), kind="csf", name="cells", value=Decimal(0), unit="per µl"
    )
    titre = FindingFacts(
        date=day("2025-05-03"), kind="antibody", name="anti-Hu", result="positive",
        value=Decimal("320.5"), note="serum",
    )  # fmt: skip
    for facts in (MRI, titre, cells):
        bench.store.findings.add(patient.id, facts)
    assert _found(bench, patient) == [cells, titre, MRI]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"kind": "mood"}, "“mood” is not in the list"),
        ({"name": " "}, "must not be empty"),
        ({"name": ""}, "must not be empty"),
        ({"result": "maybe"}, "“maybe” is not in the list"),
        ({"result": ""}, "A finding needs a result or a value"),
        ({"unit": "U/ml"}, "A unit needs its value"),
        ({"value": Decimal(-1)}, "0 or more"),
        ({"date": day("2025-06-02")}, "2025-06-02 is in the future"),
        ({"date": day("2019")}, "2019 is before the birth date"),
        ({"next_date": day("2027-06-02")}, "more than two years ahead"),
        ({"next_date": day("2025-05-02")}, "The next look, 2025-05-02, is before this one"),
    ],
)
def test_a_finding_that_cannot_be_is_refused(
    bench: Bench, patient: Patient, told: dict[str, object], sentence: str
) -> None:
    """Each with its sentence, and nothing is stored."""
    with pytest.raises(UserError, match=sentence):
        bench.store.findings.add(patient.id, replace(MRI, **told))
    assert _found(bench, patient) == []


@pytest.mark.parametrize("next_day", ["2025-05-03", "2025-05", "2025", "2027-06-01", ""])
def test_a_next_look_may_be_ahead(bench: Bench, patient: Patient, next_day: str) -> None:
    """Two years at most; a short date is its whole period."""
    facts = replace(MRI, next_date=day(next_day) if next_day else None)
    bench.store.findings.add(patient.id, facts)
    assert _found(bench, patient) == [facts]


def test_a_double_is_refused(bench: Bench, patient: Patient) -> None:
    """An export would keep one of the two; of another patient it is another one."""
    bench.store.findings.add(patient.id, MRI)
    other, _ = bench.store.findings.add(patient.id, replace(MRI, name="MIBG"))
    bench.store.findings.add(bench.patient("P2").id, MRI)
    with pytest.raises(UserError, match="recorded already"):
        bench.store.findings.add(patient.id, MRI)
    with pytest.raises(UserError, match="recorded already"):
        bench.store.findings.change(other.id, MRI)
    bench.store.findings.change(other.id, other.facts)


def test_a_finding_is_corrected_and_both_are_taken_back(bench: Bench, patient: Patient) -> None:
    """First the correction, then the finding itself; the journal knows all four steps."""
    findings = bench.store.findings
    added, first = findings.add(patient.id, MRI)
    second = findings.change(added.id, replace(MRI, result="positive"))
    assert findings.get(added.id).facts.result == "positive"
    findings.take_back(added.id, second)
    assert findings.get(added.id) == added
    findings.take_back(added.id, first)
    assert _found(bench, patient) == []
    actions = [entry.action for entry in bench.store.journal.entries() if entry.kind == "findings"]
    assert actions == ["finding.add", "finding.change", "undo", "undo"]


def test_what_was_changed_since_is_not_taken_back(bench: Bench, patient: Patient) -> None:
    """Neither over a later correction, nor where it would be there twice."""
    findings = bench.store.findings
    added, first = findings.add(patient.id, MRI)
    second = findings.change(added.id, replace(MRI, name="MIBG"))
    with pytest.raises(UserError, match="changed here since"):
        findings.take_back(added.id, first)
    findings.add(patient.id, MRI)
    with pytest.raises(UserError, match="changed here since"):
        findings.take_back(added.id, second)
    assert sorted(facts.name for facts in _found(bench, patient)) == ["MIBG", "MRI"]


def test_a_finding_entered_wrongly_is_taken_out_with_a_reason(
    bench: Bench, patient: Patient
) -> None:
    """The journal keeps it; what is gone can be neither corrected nor taken back."""
    added, step = bench.store.findings.add(patient.id, MRI)
    bench.store.findings.remove(added.id, "Typed wrongly")
    assert _found(bench, patient) == []
    *_, last = bench.store.journal.entries()
    assert last.action == "finding.remove"
    for refused in (
        lambda: bench.store.findings.change(added.id, MRI),
        lambda: bench.store.findings.take_back(added.id, step),
        lambda: bench.store.findings.remove(added.id),
    ):
        with pytest.raises(UserError, match="not in the records any more"):
            refused()
