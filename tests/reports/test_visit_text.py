"""A visit as plain text: whole, honest about gaps, and without signs that nobody sees."""

from collections.abc import Sequence
from decimal import Decimal

from app.language import words
from app.records.model import (
    Measure,
    MeasureFacts,
    PatientFacts,
    PatientRecord,
    Visit,
    VisitContext,
    VisitState,
)
from app.reports.visit_text import VisitContent, visit_text
from tests.builders import replace
from tests.courses import (
    CATALOGUE,
    record,
    sheet,
    signed_visit,
    typed,
    visit,
    weight,
    when,
    whole_record,
)


def _text(told: Visit, made: PatientRecord, measures: Sequence[Measure] = ()) -> list[str]:
    return visit_text(VisitContent(told, measures, made, CATALOGUE), words()).splitlines()


def test_a_signed_visit_is_told_whole() -> None:
    """Who, when, by whom, each item with its criterion, total, context, since when, signature."""
    made = whole_record()
    lines = _text(
        made.visits[-1], made, [weight("2026-01-28", "13.2"), weight("2026-01-28", "13.6")]
    )
    assert lines[:4] == [
        "Visit of 28 Jan 2026, 10:40",
        (
            "Patient: Amira Haddad · born 14 Mar 2023 · 2 y 10 m · ID 40-1187"
            " · OMS with neuroblastoma"
        ),
        "Rater: M. Okafor",
        "Version 2 of this visit. Why it was amended: Speech was scored late",
    ]
    for line in (
        "Total: 0 of 18",
        "- Gait: 0, as expected",
        "- Sleep: 1, a little disturbed",
        "- Finger chase, left side: 1, under 5 cm",
        "Without speech: 0 of 15",
        "Kept: Walks alone, yet cannot stand alone: keep?",
        "Weight (kg): 13.2",
        "Weight (kg): 13.6",
        "Note: Came with <both> parents & a cold.",
        "Since the last visit, 3 Dec 2025",
        "- IVIg: stopped 3 Dec 2025",
        "- OMS scale, since 3 Dec 2025: Gait 1 to 0",
    ):
        assert line in lines
    assert lines[-3:] == [
        "Signed by M. Okafor, nurse, 28 Jan 2026, 10:40: I scored this visit.",
        "The record may have changed since.",
        "Not certified as a medical device. Never the only basis of a decision.",
    ]


def test_an_unknown_rater_is_said_once() -> None:
    """Where a table named none."""
    made = whole_record()
    last = made.visits[-1]
    lines = _text(replace(last, facts=replace(last.facts, rater="")), made)
    assert lines[2] == "Rater not recorded"


def test_each_scale_says_its_version_and_how_far_it_is_checked() -> None:
    """Our own sheet, criteria not yet checked, criteria checked."""
    made = whole_record()
    told = [line for line in _text(made.visits[-1], made) if ", version " in line]
    own, unchecked, checked = told
    assert own.startswith("Five-feature sheet, version ")
    assert "not a validated scale" in own
    assert "not yet checked against the paper" in unchecked
    assert checked.endswith("(criteria checked against the paper)")


def test_what_has_no_level_is_four_things() -> None:
    """Level 0, open, not testable with its reason, and declined; and there is no total."""
    told = signed_visit("2026-01-05", sheet("five_feature", "0.x-1"))
    lines = _text(told, record((told,)))
    start = next(place for place, line in enumerate(lines) if line.startswith("Total"))
    assert lines[start : start + 6] == [
        "Total: no total: gait not testable, sleep declined, jerks (myoclonus) is open",
        "- Eyes (opsoclonus): 0, none",
        "- Jerks (myoclonus): open",
        "- Gait: not testable: asleep",
        "- Sleep: declined",
        "- Irritability: 1, more irritable",
    ]


def test_a_typed_total_tells_no_items() -> None:
    """And says where it comes from."""
    told = signed_visit("2026-01-05", typed("oms", "9"))
    lines = _text(told, record((told,)))
    assert "Total: 9 of 18, typed from paper" in lines
    assert not any(line.startswith("- ") for line in lines)


def test_a_draft_says_that_it_is_not_signed() -> None:
    """So does a mark; an imported visit says who brought it in."""
    draft = visit("2026-01-05", sheet("five_feature", "00000"))
    lines = _text(replace(draft, state=VisitState.DRAFT, error_reason="wrong child"), record())
    assert "Not signed yet." in lines
    assert "Entered in error: wrong child" in lines
    assert not any(line.startswith("Signed") for line in lines)
    brought = signed_visit("2026-01-05", state=VisitState.IMPORTED)
    assert "Brought in by M. Okafor, nurse, 5 Jan 2026, 10:40." in _text(brought, record())


def test_no_typed_line_can_pass_for_one_of_ours() -> None:
    """What goes on in a note is set in; a right-to-left name brings no unseen signs along."""
    facts = PatientFacts("7", "عمر", "حداد")
    made = record()
    made = replace(made, patient=replace(made.patient, facts=facts))
    told = signed_visit("2026-01-05", context=VisitContext(note="Well.\nSigned by nobody"))
    lines = _text(told, made)
    assert "Note: Well." in lines
    assert "  Signed by nobody" in lines
    assert "Patient: عمر حداد · birth date not recorded · ID 7" in lines


def test_a_note_of_a_measure_stands_beside_it() -> None:
    """The caution of a made-up patient stands below the name."""
    facts = MeasureFacts(
        date=when("2026-01-05"), kind="weight_kg", value=Decimal(13), note="with shoes"
    )
    made = record(caution="Scores are illustrative.")
    lines = _text(signed_visit("2026-01-05"), made, [Measure("m", "p", "v", facts)])
    assert "Weight (kg): 13 (with shoes)" in lines
    assert lines[2] == "Scores are illustrative."


def test_who_died_is_named_so() -> None:
    """With the age at death, whatever the visit."""
    made = whole_record()
    died = replace(made.patient, status="died", status_date=when("2026-01-20"))
    lines = _text(made.visits[-1], replace(made, patient=died))
    assert "died 20 Jan 2026, at 2 y 10 m" in lines[1]
