"""A patient with words that nobody else has, in every place that takes words."""

from decimal import Decimal

from app.records.model import (
    DoseFacts,
    EventFacts,
    FindingFacts,
    MeasureFacts,
    PatientFacts,
    SequelaFacts,
    TreatmentFacts,
    VisitContext,
)
from app.records.store import Store
from scales.model import Key, Scored
from tests.records.workbench import day

IDENTIFIER = "ZZ9-quuxib"
WORDS = (
    "zyxqvandra", "qwolbrextin", "vexmorphane", "plurnocta", IDENTIFIER, "brimzulth", "dwomptik",
    "gnarfledoc", "hexawibble", "jumbrovast", "kwelptonic", "mirzofluke", "nybbleworth",
    "oxtromando", "prequibble", "slithyvort", "treplumox", "wyverdox",
)  # fmt: skip
"""Names, notes and reasons; the third and fourth were corrected long before the erasing."""
OTHERS = 30


def add_somebody(store: Store) -> str:
    """Write all that can be told about one patient, and return the internal id."""
    w = WORDS
    facts = PatientFacts(IDENTIFIER, w[2], w[3], day("2010-05-17"), diagnosis="other",
                         diagnosis_note=w[5])  # fmt: skip
    patient = store.patients.add(facts)
    _add_others(store, 0)
    store.patients.change(patient.id, PatientFacts(IDENTIFIER, w[0], w[1], day("2010-05-17"),
                          diagnosis="other", diagnosis_note=w[5]))  # fmt: skip
    _add_visits(store, patient.id)
    _add_others(store, OTHERS // 2)
    treatment = store.treatments.add(
        patient.id, TreatmentFacts(agent="other", note=w[10], start=day("2025-01-01"))
    )
    dose = DoseFacts(start=day("2025-01-02"), dose=Decimal(1), unit="mg", note=w[11])
    store.treatments.add_dose(treatment.id, dose)
    gone = store.treatments.add(patient.id, TreatmentFacts(agent="ivig", note=w[12]))
    store.treatments.remove(gone.id, w[13])
    store.events.add(patient.id, EventFacts(date=day("2025-02"), kind="other", note=w[14]))
    store.measures.add(
        patient.id,
        MeasureFacts(date=day("2025-02-03"), kind="weight_kg", value=Decimal(20), note=w[15]),
    )
    store.sequelae.add(
        patient.id,
        SequelaFacts(date=day("2025-02-03"), kind="speech", state="yes", note=w[16]),
    )
    store.findings.add(
        patient.id,
        FindingFacts(date=day("2025-02-03"), kind="tumour", name=w[16], result="negative"),
    )
    store.patients.mark_error(patient.id, w[17])
    store.patients.unmark_error(patient.id)
    return patient.id


def _add_visits(store: Store, patient: str) -> None:
    w = WORDS
    visit = store.visits.start(patient, day("2025-03-04"), "09:00", w[6])
    store.visits.set_context(visit.id, VisitContext(note=w[7]))
    store.visits.answer(visit.id, "five_feature", Key("opsoclonus"), Scored(Decimal(1)))
    store.visits.sign(visit.id, "test")
    amended = store.visits.amend(visit.id, w[8])
    store.visits.sign(amended.id, "test")
    store.visits.mark_error(amended.id, w[9])
    draft = store.visits.start(patient, day("2025-04-05"), "")
    store.visits.answer(draft.id, "five_feature", Key("opsoclonus"), Scored(Decimal(2)))


def _add_others(store: Store, first: int) -> None:
    """Add patients between, so that pages of the file split and are shared."""
    for number in range(first, first + OTHERS // 2):
        facts = PatientFacts(f"other {number}", f"Ada{number}", "Berg", day("2011-01-02"))
        patient = store.patients.add(facts)
        visit = store.visits.start(patient.id, day("2025-03-05"), "10:00")
        store.visits.set_context(visit.id, VisitContext(note=f"well {number} " * 20))
        store.visits.answer(visit.id, "five_feature", Key("opsoclonus"), Scored(Decimal(1)))
        store.visits.sign(visit.id, "test")
        store.treatments.add(patient.id, TreatmentFacts(agent="ivig", note=f"given {number}"))
