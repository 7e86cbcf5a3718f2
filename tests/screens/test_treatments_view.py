"""What the treatments screen says, made from frozen values alone."""

from datetime import date
from decimal import Decimal

from app.dates import PartialDate
from app.language import words
from app.records.doses import DoseRun
from app.records.lists import code_list
from app.records.model import (
    DoseFacts,
    DoseStep,
    Event,
    EventFacts,
    Measure,
    MeasureFacts,
    Patient,
    PatientFacts,
    PatientRecord,
    Treatment,
    TreatmentFacts,
)
from app.screens.treatments.view import (
    EVENT_PRESETS,
    PRESETS,
    TreatmentsView,
    dose_text,
    treatments_view,
    weight_text,
)
from tests.builders import replace

SAY = words()
TODAY = date(2026, 1, 28)
FACTS = PatientFacts("40-1187", "Amira", "Haddad", PartialDate(2023, 3, 14))
IVIG = Treatment(
    "t1",
    "p",
    TreatmentFacts(
        treatment_id="A",
        agent="ivig",
        start=PartialDate(2025, 1, 6),
        stop=PartialDate(2025, 1, 10),
    ),
)
STEP = DoseStep(
    "d",
    DoseFacts(
        start=PartialDate(2025, 1, 6),
        dose=Decimal("0.40"),
        unit="g/kg",
        frequency="daily",
        note="by pump",
    ),
)


def _record(
    treatments: tuple[Treatment, ...] = (),
    events: tuple[Event, ...] = (),
    measures: tuple[Measure, ...] = (),
) -> PatientRecord:
    return PatientRecord(Patient("p", FACTS), (), treatments, events, measures, ())


def _view(record: PatientRecord) -> TreatmentsView:
    return treatments_view(record, SAY, TODAY)


def test_the_patient_stands_at_the_top() -> None:
    """Name, birth date, age and identifier are those of this record."""
    identity = _view(_record()).identity
    assert identity.name == "Amira Haddad"
    assert identity.facts == "born 14 Mar 2023 · 2 y 10 m · ID 40-1187"


def test_treatments_stand_by_start_and_unknown_starts_last() -> None:
    """The order is that of the course."""
    unknown = replace(IVIG, id="t2", treatment_id="B", start=None, stop=None, agent="trazodone")
    later = replace(IVIG, id="t3", treatment_id="C", start=PartialDate(2025, 2), stop=None)
    view = _view(_record((unknown, later, IVIG)))
    assert [card.treatment.id for card in view.treatments] == ["t1", "t3", "t2"]
    assert view.treatments[2].facts == "start not recorded, still running · ATC N06AX05"


def test_a_card_says_the_code_where_one_is_verified() -> None:
    """No ATC code is shown where none was seen."""
    diet = replace(IVIG, id="t2", treatment_id="B", agent="gluten_free_diet")
    facts = [card.facts for card in _view(_record((IVIG, diet))).treatments]
    assert facts == [
        "6 Jan 2025 to 10 Jan 2025 · ATC J06BA02",
        "6 Jan 2025 to 10 Jan 2025",
    ]


def test_another_treatment_is_named_by_its_note() -> None:
    """The note is the title, and stands only once."""
    other = replace(IVIG, agent="other", note="Physiotherapy", route="by mouth")
    card = _view(_record((other,))).treatments[0]
    assert card.title == "Physiotherapy"
    assert card.facts == "6 Jan 2025 to 10 Jan 2025 · by mouth"


def test_a_dose_step_in_words() -> None:
    """Amount, unit, rhythm, dates and note stand in one line; nothing is invented."""
    day = date(2025, 6, 30)
    run = DoseRun(STEP, STEP.facts.start, None)
    assert dose_text(run, day, SAY) == "0.4 g/kg daily, since 6 Jan 2025 · by pump"
    bare = DoseStep("d", DoseFacts(dose=Decimal(1), unit="session"))
    assert dose_text(DoseRun(bare, None, None), day, SAY) == "1 session, start not recorded"


def test_events_stand_with_the_latest_first() -> None:
    """Kind, date, author and note are told."""
    fever = Event(
        "e1", "p", EventFacts(date=PartialDate(2025, 6, 14), kind="fever", note="39.4 °C")
    )
    relapse = Event(
        "e2",
        "p",
        EventFacts(
            date=PartialDate(2025, 6, 12),
            stop=PartialDate(2025, 7, 12),
            kind="relapse",
            author="Dr Lindqvist",
        ),
    )
    lines = _view(_record(events=(relapse, fever))).events
    assert [line.title for line in lines] == ["Fever", "Relapse"]
    assert lines[0].facts == "14 Jun 2025 · 39.4 °C"
    assert lines[1].facts == "12 Jun 2025 to 12 Jul 2025 · marked by Dr Lindqvist"


def test_the_last_weight_stands_beside_the_dose() -> None:
    """Of several weights the latest is told; other measures are not."""
    early = Measure(
        "m1",
        "p",
        None,
        MeasureFacts(date=PartialDate(2025, 1, 1), kind="weight_kg", value=Decimal("11.0")),
    )
    late = Measure(
        "m2",
        "p",
        None,
        MeasureFacts(date=PartialDate(2025, 12, 3), kind="weight_kg", value=Decimal("12.40")),
    )
    sleep = Measure(
        "m3",
        "p",
        None,
        MeasureFacts(date=PartialDate(2026, 1, 1), kind="sleep_hours", value=Decimal(9)),
    )
    said = weight_text(_record(measures=(late, early, sleep)), SAY)
    assert said == "Last weight: 12.4 kg on 3 Dec 2025"
    assert weight_text(_record(measures=(sleep,)), SAY) == ""


def test_the_presets_are_agents_of_the_list() -> None:
    """Every one-tap agent and event exists."""
    assert all(code_list("agents").has(agent) for agent in PRESETS)
    assert all(code_list("event_kinds").has(kind) for kind in EVENT_PRESETS)


def test_nothing_can_be_added_to_a_patient_entered_in_error() -> None:
    """The record of a marked patient is closed."""
    marked = replace(_record(), patient=Patient("p", FACTS, error_reason="twice"))
    assert not _view(marked).can_add
    assert _view(_record()).can_add
