"""The triggers: even raw SQL cannot change what is signed, imported or journalled."""

import pytest
from sqlcipher3 import dbapi2

from app.records.model import ConfirmedQuestion, ImportedSheet, MeasureFacts, Visit, VisitFacts
from tests.records.workbench import Bench, day, key, level

TOUCHES = [
    "UPDATE visits SET date = '2001' WHERE id = ?",
    "UPDATE visits SET state = 'draft' WHERE id = ?",
    "UPDATE visits SET note = 'x', error_reason = 'y' WHERE id = ?",
    "UPDATE visits SET signed_name = 'Eve' WHERE id = ?",
    "DELETE FROM visits WHERE id = ?",
    "REPLACE INTO visits SELECT * FROM visits WHERE id = ?",
    "UPDATE assessments SET total = '0' WHERE visit = ?",
    "DELETE FROM assessments WHERE visit = ?",
    (
        "INSERT INTO assessments SELECT 'x', visit, 'sara', version, is_typed, total, missing, "
        "reasons, subscores FROM assessments WHERE visit = ? AND scale = 'oms'"
    ),
    (
        "UPDATE answers SET value = '0' WHERE assessment IN "
        "(SELECT id FROM assessments WHERE visit = ?)"
    ),
    "DELETE FROM answers WHERE assessment IN (SELECT id FROM assessments WHERE visit = ?)",
    "INSERT INTO answers SELECT 'x', id, 'mood', '', '0', '' FROM assessments WHERE visit = ?",
]


@pytest.fixture
def signed(bench: Bench) -> Visit:
    """Return a signed visit with an answer, a kept question and a measure."""
    draft = bench.draft(bench.patient())
    bench.store.visits.answer(draft.id, "oms", key("gait"), level(1))
    bench.store.visits.keep(draft.id, "oms", ConfirmedQuestion("q", "kept"))
    bench.store.measures.set_for_visit(draft.id, "sleep_hours", level(9).level)
    return bench.store.visits.sign(draft.id, "scored")


@pytest.fixture
def imported(bench: Bench) -> Visit:
    """Return an imported visit with an answer and a measure."""
    patient = bench.patient("P2")
    sheet = ImportedSheet("oms", "", {key("gait"): level(1)})
    visit = bench.store.visits.add_imported(patient.id, VisitFacts("V2", day("2025")), (sheet,))
    bench.store.measures.add(
        patient.id,
        MeasureFacts(date=day("2025"), kind="weight_kg", value=level(9).level),
        visit.id,
    )
    return visit


@pytest.mark.parametrize("touch", TOUCHES)
def test_a_closed_visit_is_frozen(
    bench: Bench, signed: Visit, imported: Visit, touch: str
) -> None:
    """Signed or imported: no column, sheet or answer changes, comes or goes."""
    bench.raw("PRAGMA foreign_keys = OFF")
    for visit in (signed, imported):
        with pytest.raises(dbapi2.IntegrityError, match="locked"):
            bench.raw(touch, visit.id)
        assert bench.store.visits.get(visit.id) == visit
    assert bench.found() == {}


@pytest.mark.parametrize(
    "touch",
    [
        "UPDATE kept SET sentence = 'never said'",
        "DELETE FROM kept",
        "INSERT INTO kept SELECT 'x', assessment, 'r', 's' FROM kept",
        "UPDATE measures SET value = '0' WHERE visit = ?1",
        "UPDATE measures SET visit = NULL WHERE visit = ?1",
        "DELETE FROM measures WHERE visit = ?1",
        (
            "INSERT INTO measures SELECT 'x', patient, visit, date, kind, value, note "
            "FROM measures WHERE visit = ?1"
        ),
    ],
)
def test_kept_questions_and_measures_are_frozen_too(
    bench: Bench, signed: Visit, touch: str
) -> None:
    """What the rater kept and measured is under the signature."""
    with pytest.raises(dbapi2.IntegrityError, match="locked"):
        bench.raw(touch, *([signed.id] if "?1" in touch else []))


def test_only_a_new_measure_joins_an_imported_visit(bench: Bench, imported: Visit) -> None:
    """Its table is read after the visits; what is there does not change."""
    for touch in ("UPDATE measures SET value = '0'", "DELETE FROM measures"):
        with pytest.raises(dbapi2.IntegrityError, match="locked"):
            bench.raw(touch)
    bench.store.measures.add(
        imported.patient,
        MeasureFacts(date=day("2025"), kind="height_cm", value=level(80).level),
        imported.id,
    )
    assert len(bench.store.record(imported.patient).measures) == 2


def test_a_row_cannot_be_moved_into_a_closed_visit(bench: Bench, signed: Visit) -> None:
    """An answer of a draft cannot be hung onto a signed sheet."""
    draft = bench.draft(bench.patient("P3"))
    bench.store.visits.answer(draft.id, "oms", key("mood"), level(1))
    with pytest.raises(dbapi2.IntegrityError, match="locked"):
        bench.raw("UPDATE answers SET assessment = ? WHERE item = 'mood'", signed.sheets[0].id)


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize(
    "touch",
    [
        "UPDATE journal SET reason = 'x'",
        "DELETE FROM journal",
        "REPLACE INTO journal SELECT * FROM journal WHERE sequence = 1",
    ],
)
def test_the_journal_only_grows(bench: Bench, touch: str) -> None:
    """No entry is changed, replaced or taken out."""
    with pytest.raises(dbapi2.IntegrityError, match="locked"):
        bench.raw(touch)
    assert bench.found() == {}


def test_only_the_error_mark_of_a_closed_visit_moves(bench: Bench, signed: Visit) -> None:
    """The mark may be set and taken back; that is all."""
    bench.raw("UPDATE visits SET error_reason = 'x' WHERE id = ?", signed.id)
    bench.raw("UPDATE visits SET error_reason = NULL WHERE id = ?", signed.id)
    assert bench.store.visits.get(signed.id) == signed
