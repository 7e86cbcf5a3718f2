"""Visits entered in error are left out, yet they can be found."""

from tests.records.workbench import Bench


def test_marked_visits_are_listed_by_date_in_their_latest_version(bench: Bench) -> None:
    """Drafts, older versions, unmarked visits and other patients' are not among them."""
    store, patient = bench.store, bench.patient()
    late = bench.signed(patient, "2025-05-01", "late")
    early = bench.signed(patient, "2025-04-01", "early")
    bench.signed(patient, "2025-03-01", "fine")
    other = bench.signed(bench.patient("P2"), "2025-04-01", "other")
    store.visits.amend(late.id, "a level was wrong")
    amended = store.visits.sign(_draft(bench, patient.id), "scored by me")
    for visit in (amended, early, other):
        store.visits.mark_error(visit.id, "wrong child")
    assert [visit.id for visit in store.visits.in_error(patient.id)] == [early.id, amended.id]
    store.visits.unmark_error(early.id)
    assert [visit.id for visit in store.visits.in_error(patient.id)] == [amended.id]


def _draft(bench: Bench, patient: str) -> str:
    draft = bench.store.record(patient).draft
    assert draft is not None
    return draft.id
