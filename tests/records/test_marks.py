"""What others marked as entered in error is shown to whoever comes next, once."""

import pytest

from app.records.actions import Action
from app.records.model import Role
from app.records.store import Store
from tests.records.workbench import Bench


@pytest.fixture
def physician(bench: Bench) -> str:
    """Add Dr Rossi, a physician, and return the id; Ann, a nurse, acts."""
    return bench.store.users.add("Dr Rossi", Role.PHYSICIAN).id


def _told(store: Store) -> list[tuple[str, str, str]]:
    return [(one.facts.patient_id, one.name, one.reason) for one in store.visits.unseen_marks()]


def test_a_mark_is_told_until_its_patient_was_opened(bench: Bench, physician: str) -> None:
    """Who marked it and why stand there; another patient that is opened takes nothing away."""
    store = bench.store
    marked, other = bench.patient("P1"), bench.patient("P2")
    store.visits.mark_error(bench.signed(marked).id, "another child's")
    assert _told(store) == []
    store.act_as(physician)
    assert _told(store) == [("P1", "Ann", "another child's")]
    store.seen.note(Action.OPEN_PATIENT, other.id)
    store.seen.note(Action.PRINT, marked.id)
    assert _told(store) == [("P1", "Ann", "another child's")]
    store.seen.note(Action.OPEN_PATIENT, marked.id)
    assert _told(store) == []


def test_each_physician_looks_for_oneself(bench: Bench, physician: str) -> None:
    """What one has seen waits for the other, and one's own mark is told to nobody but others."""
    store = bench.store
    patient, second = bench.patient(), store.users.add("Dr Silva", Role.PHYSICIAN).id
    visit = bench.signed(patient)
    store.act_as(physician)
    store.visits.mark_error(visit.id, "twice")
    store.seen.note(Action.OPEN_PATIENT, patient.id)
    assert _told(store) == []
    store.act_as(second)
    assert _told(store) == [("P1", "Dr Rossi", "twice")]


def test_a_mark_that_was_taken_back_is_not_told(bench: Bench, physician: str) -> None:
    """Only what still is in error waits to be looked at, each visit once."""
    store = bench.store
    visit = bench.signed(bench.patient())
    for reason in ("slip", "twice"):
        store.visits.mark_error(visit.id, reason)
        if reason == "slip":
            store.visits.unmark_error(visit.id)
    store.act_as(physician)
    assert _told(store) == [("P1", "Ann", "twice")]
    store.visits.unmark_error(visit.id)
    assert _told(store) == []


def test_what_was_marked_before_somebody_came_is_not_told(bench: Bench) -> None:
    """A new physician does not begin with the marks of years."""
    store = bench.store
    store.visits.mark_error(bench.signed(bench.patient()).id, "slip")
    bench.raw("DROP TRIGGER journal_update_locked")
    bench.raw("UPDATE journal SET utc = utc - 60000 WHERE action = 'visit.mark'")
    store.act_as(store.users.add("Dr Rossi", Role.PHYSICIAN).id)
    assert _told(store) == []


def test_a_mark_costs_no_look_through_what_grows(bench: Bench, physician: str) -> None:
    """Journal, looks, visits and patients are asked through an index; only marks are gone over."""
    from app.records import marks  # noqa: PLC0415 - its question is looked at

    store = bench.store
    plan = store._database.execute(f"EXPLAIN QUERY PLAN {marks._UNSEEN}", ["", "", b"", ""])
    steps = [str(step[3]) for step in plan.fetchall()]
    assert [step for step in steps if step.startswith("SCAN")] == ["SCAN e"], physician
