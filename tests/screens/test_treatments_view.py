"""What the treatments screen says, made from frozen values alone."""

from datetime import date
from decimal import Decimal

import pytest

from app.dates import PartialDate
from app.language import words
from app.records.actions import Action
from app.records.doses import Standing
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
    FINDING_KINDS,
    MEASURE_KINDS,
    PRESETS,
    StepLine,
    TreatmentCard,
    TreatmentsView,
    treatments_view,
)
from tests.builders import replace
from tests.courses import finding, when

SAY = words()
TODAY = date(2025, 12, 20)
FACTS = PatientFacts("40-1187", "Amira", "Haddad", PartialDate(2023, 3, 14))


def _treated(
    agent: str, start: str, *doses: DoseStep, stop: str = "", note: str = "", reason: str = ""
) -> Treatment:
    """Return a treatment that is named by its agent and start."""
    facts = TreatmentFacts(
        treatment_id=f"{agent} {start}",
        agent=agent,
        start=when(start) if start else None,
        stop=when(stop) if stop else None,
        note=note,
        stop_reason=reason,
    )
    return Treatment(f"{agent} {start}", "p", facts, doses)


def _dose(number: str, amount: str, start: str = "", stop: str = "") -> DoseStep:
    facts = DoseFacts(
        start=when(start) if start else None,
        stop=when(stop) if stop else None,
        dose=Decimal(amount),
        unit="mg/kg",
        frequency="daily",
    )
    return DoseStep(number, facts)


TAPER = _treated(
    "prednisolone",
    "2025-11-24",
    _dose("a", "2", "2025-11-24"),
    _dose("b", "1", "2025-12-10", "2026-01-14"),
    _dose("c", "0.50", "2026-01-15"),
)


def _view(*treatments: Treatment, events: tuple[Event, ...] = ()) -> TreatmentsView:
    record = PatientRecord(Patient("p", FACTS), (), treatments, events, (), ())
    return treatments_view(record, SAY, TODAY)


def _card(treatment: Treatment) -> TreatmentCard:
    view = _view(treatment)
    (card,) = (*view.running, *view.planned, *view.stopped)
    return card


def test_the_patient_stands_at_the_top() -> None:
    """Name, birth date, age and identifier are those of this record."""
    identity = _view().identity
    assert identity.name == "Amira Haddad"
    assert identity.facts == "born 14 Mar 2023 · 2 y 9 m · ID 40-1187"


def test_a_taper_is_a_table_with_what_runs_now() -> None:
    """A step ends on the day before the next; what is ahead is planned."""
    assert _card(TAPER).steps == (
        StepLine("a", "24 Nov 2025", "9 Dec 2025", "2 mg/kg", "daily"),
        StepLine("b", "10 Dec 2025", "14 Jan 2026", "1 mg/kg", "daily", mark="now", is_now=True),
        StepLine("c", "15 Jan 2026", "", "0.5 mg/kg", "daily", mark="planned", is_planned=True),
    )


def test_a_single_dose_of_the_whole_treatment_stands_in_one_line() -> None:
    """It needs no table, whether its start is written or that of the treatment."""
    for start in ("2024-12-28", ""):
        card = _card(_treated("trazodone", "2024-12-28", _dose("a", "2", start)))
        assert card.steps == ()
        assert card.facts == "since 28 Dec 2024 · 2 mg/kg daily · ATC N06AX05"


def test_one_step_of_its_own_dates_has_a_table() -> None:
    """What is given for a part of the time only is not told of the whole."""
    card = _card(_treated("trazodone", "2024-12-28", _dose("a", "2", "2024-12-28", "2025-03-01")))
    assert [line.stop for line in card.steps] == ["1 Mar 2025"]


def test_what_runs_comes_first_and_planned_and_stopped_stand_apart() -> None:
    """Immune treatments first among those that run, as in the lanes of the chart."""
    symptoms = _treated("trazodone", "2024-12-28")
    planned = _treated("ivig", "2025-12-24")
    stopped = _treated("rituximab", "2024-02-01", stop="2024-02-15")
    later = _treated("other", "2024-03-01", stop="2024-03-01", note="Operation")
    view = _view(symptoms, planned, stopped, later, TAPER)
    assert [card.title for card in view.running] == ["Prednisolone", "Trazodone"]
    assert [card.standing for card in view.planned] == [Standing.PLANNED]
    assert view.planned[0].facts == "planned from 24 Dec 2025 · ATC J06BA02"
    assert [card.title for card in view.stopped] == ["Operation", "Rituximab"]
    assert view.stopped_line == (
        "Stopped: 2 (Operation, to 1 Mar 2024 · Rituximab, to 15 Feb 2024)"
    )


def test_single_doses_keep_their_card_until_a_stop_is_recorded() -> None:
    """Below what runs, and the next one is recorded there; an operation is over with its day."""
    doses = [
        replace(_dose("a", "375", "2025-11-03"), frequency="once"),
        replace(_dose("b", "375", "2025-11-10"), frequency="once"),
    ]
    drips = _treated("rituximab", "2025-11-03", *doses)
    view = _view(drips, _treated("tumour_resection", "2024-12"), _treated("trazodone", "2024-12"))
    card = view.running[1]
    assert [one.title for one in view.running] == ["Trazodone", "Rituximab"]
    assert card.standing is Standing.RUNNING
    assert "from 3 Nov 2025, last dose 10 Nov 2025, no stop recorded" in card.facts
    assert [one.standing for one in view.stopped] == [Standing.ENDED]
    assert view.stopped_line == "Stopped: 1 (Resection, Dec 2024)"


def test_where_nothing_runs_it_is_said() -> None:
    """An empty page could be one that did not load."""
    assert _view().empty == "No treatment recorded yet."
    assert _view(_treated("ivig", "2024", stop="2024")).empty == "No treatment is running."


def test_without_anything_stopped_nothing_folds() -> None:
    """No line is there to open."""
    assert _view(TAPER).stopped_line == ""


def test_a_treatment_stops_at_the_end_of_its_last_day() -> None:
    """On its last day it still runs; one without a known start runs too."""
    today = _treated("ivig", "2025-12-16", stop="2025-12-20")
    unknown = _treated("trazodone", "")
    view = _view(today, unknown)
    assert [card.title for card in view.running] == [
        "Intravenous immunoglobulin (IVIg)", "Trazodone",
    ]  # fmt: skip
    assert view.running[1].facts == "start not recorded, still running · ATC N06AX05"


def test_a_pause_stands_with_what_runs_and_says_since_when() -> None:
    """A steroid that is paused must not drop from the list."""
    paused = _treated(
        "prednisolone",
        "2025-11-24",
        _dose("a", "2", "2025-11-24"),
        replace(_dose("b", "0", "2025-12-10"), frequency="", note="fever"),
    )
    view = _view(paused)
    card = view.running[0]
    assert (card.standing, card.pause) == (Standing.PAUSED, "paused since 10 Dec 2025")
    assert (card.steps[1].dose, card.steps[1].often) == ("pause", "fever")
    assert card.steps[1].is_now
    assert _card(TAPER).pause == ""


def test_a_pause_from_no_known_day_is_told_as_one() -> None:
    """Nothing is invented where its start is not recorded."""
    paused = _treated("prednisolone", "", replace(_dose("b", "0"), frequency=""))
    assert _card(paused).pause == "paused"


def test_steps_given_together_both_run_now() -> None:
    """Morning and night end neither, and the second says that it stands with the first."""
    morning = replace(_dose("a", "0.25", "2025-12-01"), together="1", per="dose", note="morning")
    night = replace(_dose("b", "0.5", "2025-12-01"), together="1", note="night")
    lines = _card(_treated("clonazepam", "2025-12-01", morning, night)).steps
    assert [line.mark for line in lines] == ["now", "now"]
    assert [line.often for line in lines] == [
        "daily · each time · morning",
        "daily · together with the row above · night",
    ]


def test_a_single_dose_ends_nothing_and_lasts_one_day() -> None:
    """A pulse over a running dose stands on its day alone."""
    pulse = replace(_dose("p", "10", "2025-12-12"), frequency="once")
    card = _card(replace(TAPER, doses=(*TAPER.doses[:2], pulse)))
    lines = {line.id: line for line in card.steps}
    assert (lines["p"].start, lines["p"].stop, lines["p"].mark) == ("12 Dec 2025", "", "")
    assert lines["b"].is_now


def test_nothing_runs_now_in_a_stopped_treatment() -> None:
    """What has ended is told without “now”, and nothing after its stop."""
    ended = replace(TAPER, stop=when("2025-12-15"))
    lines = _card(ended).steps
    assert [(line.id, line.stop, line.mark) for line in lines] == [
        ("a", "9 Dec 2025", ""),
        ("b", "15 Dec 2025", ""),
    ]


def test_a_card_says_the_code_where_one_is_verified() -> None:
    """No ATC code is shown where none was seen; another treatment is named by its note, once."""
    assert _card(_treated("gluten_free_diet", "2025")).facts == "since 2025"
    other = replace(_treated("other", "2025", note="Physiotherapy"), route="by mouth")
    card = _card(other)
    assert (card.title, card.facts) == ("Physiotherapy", "by mouth · since 2025")


def test_events_stand_with_the_latest_first() -> None:
    """Kind, date, author and note are told; what happens after the day is not."""
    fever = Event("e1", "p", EventFacts(date=when("2025-06-14"), kind="fever", note="39.4 °C"))
    relapse = Event(
        "e2",
        "p",
        EventFacts(
            date=when("2025-06-12"), stop=when("2025-07-12"), kind="relapse", author="Dr Lindqvist"
        ),
    )
    ahead = Event("e3", "p", EventFacts(date=when("2026-06-14"), kind="fever"))
    lines = _view(events=(relapse, ahead, fever)).events
    assert [(line.id, line.title, line.facts) for line in lines] == [
        ("e1", "Fever", "14 Jun 2025 · 39.4 °C"),
        ("e2", "Relapse", "12 Jun 2025 to 12 Jul 2025 · marked by Dr Lindqvist"),
    ]


@pytest.mark.parametrize("agent", PRESETS)
def test_the_presets_are_agents_of_the_list(agent: str) -> None:
    """Every one-tap agent exists."""
    assert code_list("agents").has(agent)


def test_the_event_presets_are_of_the_list() -> None:
    """Every one-tap event exists."""
    assert all(code_list("event_kinds").has(kind) for kind in EVENT_PRESETS)


def test_nothing_can_be_added_to_a_patient_entered_in_error() -> None:
    """The record of a marked patient is closed."""
    marked = Patient("p", FACTS, error_reason="twice")
    record = PatientRecord(marked, (), (), (), (), ())
    assert not treatments_view(record, SAY, TODAY).can_add
    assert _view().can_add


def test_of_who_died_nothing_runs_now() -> None:
    """Treatments are told as they stood at the death; no step is “now”, no plan is ahead."""
    facts = replace(FACTS, status="died", status_date=when("2025-12-01"))
    ahead = _treated("ivig", "2025-12-27")
    paused = _treated(
        "dexamethasone", "2025-11-01", _dose("d", "1"), _dose("e", "0", "2025-11-20")
    )
    made = PatientRecord(Patient("p", facts), (), (TAPER, ahead, paused), (), (), ())
    view = treatments_view(made, SAY, TODAY)
    assert (view.running_title, view.planned_title) == (
        "Running at the time of death", "Planned, not begun",
    )  # fmt: skip
    assert [card.facts for card in view.running if not card.pause] == [
        "since 24 Nov 2025 · 2 mg/kg daily · ATC H02AB06"
    ]
    marks = [(step.mark, step.is_now) for card in view.running for step in card.steps]
    assert marks == [("", False), ("", False)]
    assert [card.id for card in view.planned] == [ahead.id]
    assert _view(TAPER).running_title == "Running now"


def test_a_card_says_why_its_treatment_was_stopped() -> None:
    """Beside its dates, as it was recorded."""
    stopped = _treated("ivig", "2025-01-06", stop="2025-02-09", reason="side_effect")
    facts = _card(stopped).facts
    assert facts.startswith("6 Jan 2025 to 9 Feb 2025 · reason for stopping: side effect")


def test_findings_are_told_with_what_was_found_and_what_is_due() -> None:
    """The latest first; a look that is dated later is not there yet."""
    looks = (
        finding("antibody", "2025-02", "anti-Hu", "positive", value="320", unit="U/ml"),
        finding("tumour", "2025-05-03", "MRI", "negative", next_date="2025-11-03"),
        finding("tumour", "2026-05-03", "MRI", "negative"),
    )
    made = replace(PatientRecord(Patient("p", FACTS), (), (), (), (), ()), findings=looks)
    lines = treatments_view(made, SAY, TODAY).findings
    assert [(line.title, line.facts) for line in lines] == [
        (
            "Search for a tumour: MRI",
            "3 May 2025 · none found · next look was due 3 Nov 2025",
        ),
        ("Antibody: anti-Hu", "Feb 2025 · positive, 320 U/ml"),
    ]
    assert all(line.can_change for line in lines)


def test_every_kind_of_finding_is_one_tap_away() -> None:
    """None is missing, so there is no list of others."""
    assert sorted(FINDING_KINDS) == sorted(x.id for x in code_list("finding_kinds").entries)


def _measured(
    kind: str, day: str, value: str, note: str = "", visit: str | None = None
) -> Measure:
    facts = MeasureFacts(date=when(day), kind=kind, value=Decimal(value), note=note)
    return Measure(f"{kind} {day} {value}", "p", visit, facts)


def test_measures_stand_kind_by_kind_with_the_newest_first() -> None:
    """In the order of the list; what lies after the day that is shown is not there yet."""
    record = PatientRecord(Patient("p", FACTS), (), (), (), (), ())
    measures = (
        _measured("igg_g_l", "2025-12-03", "3.10", "limit\n4.5"),
        _measured("weight_kg", "2025", "12"),
        _measured("weight_kg", "2025-12-03", "13.2", visit="v"),
        _measured("weight_kg", "2025-12-21", "14"),
    )
    view = treatments_view(replace(record, measures=measures), SAY, TODAY)
    told = [
        (card.title, [(line.value, line.facts, line.can_change) for line in card.lines])
        for card in view.measures
    ]
    assert told == [
        (
            "Weight (kg)",
            [("13.2", "3 Dec 2025 · measured at a visit", False), ("12", "2025", True)],
        ),
        ("IgG in blood (g/l)", [("3.1", "3 Dec 2025 · limit 4.5", True)]),
    ]
    looked_at = treatments_view(
        replace(record, measures=measures),
        SAY,
        TODAY,
        may=lambda x: x is not Action.CHANGE_MEASURE,
    )
    assert not any(line.can_change for card in looked_at.measures for line in card.lines)


@pytest.mark.parametrize("kind", MEASURE_KINDS)
def test_the_usual_measures_are_of_the_list(kind: str) -> None:
    """One tap each."""
    assert code_list("measure_kinds").get(kind).title
