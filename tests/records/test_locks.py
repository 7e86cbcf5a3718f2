"""The triggers: even raw SQL cannot change what is signed, imported or journalled."""

import pytest
from sqlcipher3 import dbapi2

from app.records.model import ConfirmedQuestion, ImportedSheet, MeasureFacts, Visit, VisitFacts
from tests.builders import replace
from tests.records.workbench import Bench, day, key, level

TOUCHES = [
    "UPDATE visits SET date = '2001' WHERE id = ?",
    "UPDATE visits SET state = 'draft' WHERE id = ?",
    "UPDATE visits SET note = 'x', amend_reason = 'y' WHERE id = ?",
    "UPDATE visits SET signed_name = 'Eve' WHERE id = ?",
    "DELETE FROM visits WHERE id = ?",
    "REPLACE INTO visits SELECT * FROM visits WHERE id = ?",
    "UPDATE sheets SET total = '0' WHERE visit = ?",
    "DELETE FROM sheets WHERE visit = ?",
    "INSERT INTO sheets (visit, scale) VALUES (?, 'sara')",
    "UPDATE answers SET value = '0' WHERE visit = ?",
    "DELETE FROM answers WHERE visit = ?",
    "INSERT INTO answers (visit, scale, item, side, value) VALUES (?, 'oms', 'mood', '', '0')",
]


@pytest.fixture
def signed(bench: Bench) -> Visit:
    """Return a signed visit with an answer, a kept question and a measure."""
    draft = bench.draft(bench.patient())
    bench.store.visits.answer(draft.id, "oms", key("gait"), level(1))
    bench.store.visits.confirm(draft.id, "oms", ConfirmedQuestion("q", "kept"))
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
    for visit in (signed, imported):
        with pytest.raises(dbapi2.IntegrityError, match="locked"):
            bench.raw(touch, bytes.fromhex(visit.id))
        assert bench.store.visits.get(visit.id) == visit
    assert bench.found() == {}


@pytest.mark.parametrize(
    "touch",
    [
        "UPDATE confirmations SET sentence = 'never said'",
        "DELETE FROM confirmations",
        "INSERT INTO confirmations SELECT visit, scale, 'r', 's' FROM confirmations",
        "UPDATE measures SET value = '0' WHERE visit = ?1",
        "UPDATE measures SET visit = NULL WHERE visit = ?1",
        "DELETE FROM measures WHERE visit = ?1",
        (
            "INSERT INTO measures SELECT zeroblob(16), patient, visit, date, kind, value, note "
            "FROM measures WHERE visit = ?1"
        ),
    ],
)
def test_kept_questions_and_measures_are_frozen_too(
    bench: Bench, signed: Visit, touch: str
) -> None:
    """What the rater kept and measured is under the signature."""
    with pytest.raises(dbapi2.IntegrityError, match="locked"):
        bench.raw(touch, *([bytes.fromhex(signed.id)] if "?1" in touch else []))


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
        bench.raw("UPDATE answers SET visit = ? WHERE item = 'mood'", bytes.fromhex(signed.id))


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize(
    "touch",
    [
        "UPDATE journal SET user = 'x'",
        "UPDATE journal SET salt = NULL, body = NULL",
        "DELETE FROM journal",
        "REPLACE INTO journal SELECT * FROM journal WHERE kind = 'users'",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE kind = 'users'",
    ],
)
def test_the_journal_only_grows(bench: Bench, touch: str) -> None:
    """No entry is changed, replaced or taken out."""
    with pytest.raises(dbapi2.IntegrityError, match="locked"):
        bench.raw(touch)
    assert bench.found() == {}


def test_only_a_mark_beside_a_closed_visit_comes_and_goes(bench: Bench, signed: Visit) -> None:
    """The mark may be set and taken back; the visit stays as it was signed."""
    bench.store.visits.mark_error(signed.id, "wrong child")
    assert replace(bench.store.visits.get(signed.id), error_reason=None) == signed
    bench.store.visits.unmark_error(signed.id)
    assert bench.store.visits.get(signed.id) == signed


def test_what_is_erased_is_let_go_and_nothing_else(bench: Bench, signed: Visit) -> None:
    """Only an erased patient's rows go, and the salts and bodies of the entries about them."""
    patient = bytes.fromhex(signed.patient)
    bench.raw("INSERT INTO erased (patient, entry) VALUES (?, 1)", patient)
    for touch in (
        "UPDATE journal SET salt = NULL, body = NULL, user = 'x' WHERE patient = ?",
        "UPDATE journal SET body = zeroblob(2) WHERE patient = ?",
        "UPDATE erased SET entry = 2 WHERE patient = ?",
        "DELETE FROM erased WHERE patient = ?",
    ):
        with pytest.raises(dbapi2.IntegrityError, match="locked"):
            bench.raw(touch, patient)
    bench.raw("UPDATE journal SET salt = NULL, body = NULL WHERE patient = ?", patient)
    for table in ("answers", "confirmations", "sheets", "measures", "visits"):
        bench.raw(f"DELETE FROM {table}")
    assert bench.count("visits") == 0
