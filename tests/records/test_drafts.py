"""Unfinished visits: begun, dated, given their context, put away, offered again."""

from decimal import Decimal

import pytest

from app.clock import FixedClock
from app.dates import PartialDate
from app.errors import UserError
from app.records.entries import Body
from app.records.model import VisitContext, VisitState
from tests.records.workbench import TODAY, Bench, day, key, level


def test_a_visit_begins_as_a_draft_of_the_one_who_acts(bench: Bench) -> None:
    """A new visit is an empty first version, rated by the acting user, with an id made here."""
    patient = bench.patient()
    visit = bench.store.visits.start(patient.id, day("2025-06-01"), "09:30")
    assert visit == bench.store.visits.get(visit.id)
    assert (visit.state, visit.version, visit.facts.rater) == (VisitState.DRAFT, 1, "Ann")
    assert (visit.facts.time, visit.sheets) == ("09:30", ())
    assert bench.store.visits.find(visit.facts.visit_id) == visit
    assert visit.started == FixedClock.on(TODAY).moment
    assert bench.store.record(patient.id).draft == visit
    assert bench.store.record(patient.id).visits == ()


def test_a_patient_has_one_open_visit(bench: Bench) -> None:
    """A second draft of a patient is refused; another patient may have one."""
    patient = bench.patient()
    bench.draft(patient)
    with pytest.raises(UserError, match="unfinished visit"):
        bench.draft(patient)
    assert bench.draft(bench.patient("P2")).state is VisitState.DRAFT


@pytest.mark.parametrize(
    ("when", "time", "sentence"),
    [
        ("2025-06-02", "", "2025-06-02 is in the future"),
        ("2026", "", "2026 is in the future"),
        ("2020-05-16", "", "2020-05-16 is before the birth date, 2020-05-17"),
        ("2020-04", "", "before the birth date"),
        ("2025-06-01", "9:30", "“9:30” is not a time"),
        ("2025-06-01", "24:00", "“24:00” is not a time"),
    ],
)
def test_an_impossible_day_or_time_is_refused(
    bench: Bench, when: str, time: str, sentence: str
) -> None:
    """No visit is wholly in the future or wholly before birth; times are HH:MM."""
    patient = bench.patient()
    with pytest.raises(UserError, match=sentence):
        bench.store.visits.start(patient.id, day(when), time)
    draft = bench.draft(patient)
    with pytest.raises(UserError, match=sentence):
        bench.store.visits.set_when(draft.id, day(when), time)


@pytest.mark.parametrize("when", ["2025", "2025-06", "2020", "2020-05", "2020-05-17"])
def test_a_short_date_that_may_be_is_taken(bench: Bench, when: str) -> None:
    """A month or year that reaches into the possible is kept as written."""
    assert bench.draft(bench.patient(), when).facts.date == day(when)


def test_visit_ids_are_unique(bench: Bench) -> None:
    """The same visit id twice is refused, whoever the patient is; so is one that cannot be."""
    bench.draft(bench.patient(), visit_id="V1")
    other = bench.patient("P2")
    with pytest.raises(UserError, match="already is a visit “V1”"):
        bench.draft(other, visit_id="V1")
    with pytest.raises(UserError, match="no spaces around it"):
        bench.draft(other, visit_id=" V2")


def test_context_and_note_are_kept(bench: Bench) -> None:
    """What was going on around a visit is stored as typed."""
    visit = bench.draft(bench.patient())
    context = VisitContext("badly", "fever", "no", "good", "cried a lot")
    bench.store.visits.set_context(visit.id, context)
    assert bench.store.visits.get(visit.id).facts.context == context


def test_a_new_day_takes_its_measures_along(bench: Bench) -> None:
    """Dating a draft anew dates what was measured at it."""
    visit = bench.draft(bench.patient())
    bench.store.measures.set_for_visit(visit.id, "sleep_hours", Decimal(7))
    told = bench.told()
    bench.store.visits.set_when(visit.id, day("2025-05-30"), "08:00")
    assert [one.tables for one in told] == [{"visits", "measures"}]
    assert bench.store.visits.get(visit.id).facts.date == day("2025-05-30")
    assert bench.store.measures.of_visit(visit.id)[0].facts.date == day("2025-05-30")


def test_a_discarded_draft_is_gone_but_journalled(bench: Bench) -> None:
    """Discarding removes the draft with all its rows; the journal still holds every answer."""
    patient = bench.patient()
    visit = bench.draft(patient, visit_id="V1")
    bench.store.visits.answer(visit.id, "oms", key("gait"), level(2))
    bench.store.measures.set_for_visit(visit.id, "sleep_hours", Decimal(7))
    bench.store.visits.discard(visit.id, "wrong child")
    assert bench.store.record(patient.id).draft is None
    assert bench.store.visits.find("V1") is None
    last = bench.store.journal.entries()[-1]
    body = Body.decode(last.body or b"")
    assert (last.action, body.reason, body.after) == ("visit.discard", "wrong child", None)
    assert bench.found() == {}
    with pytest.raises(UserError, match="not in the records any more"):
        bench.store.visits.get(visit.id)


def test_the_unfinished_visit_is_offered_with_how_far_it_got(bench: Bench) -> None:
    """A draft tells patient, day, when it began, and answers of keys in the begun scales."""
    patient = bench.patient()
    visit = bench.draft(patient)
    fresh = bench.store.lines.drafts()[0]
    assert (fresh.visit, fresh.patient, fresh.date) == (visit.id, patient, visit.facts.date)
    assert (fresh.started, fresh.answered, fresh.keys) == (visit.started, 0, 5)
    bench.fill(visit)
    bench.store.visits.answer(visit.id, "sara", key("finger_chase.left"), level(0))
    bench.store.visits.type_total(visit.id, "oms5", Decimal(3))
    begun = bench.store.lines.drafts()[0]
    assert (begun.answered, begun.keys) == (6, 5 + 12)
    assert bench.store.summaries()[0].draft == begun


def test_drafts_come_oldest_first(bench: Bench) -> None:
    """The one begun first stands in front."""
    begun = [bench.draft(bench.patient(str(number))).id for number in range(3)]
    assert [draft.visit for draft in bench.store.lines.drafts()] == begun


def test_a_signed_visit_is_no_draft_any_more(bench: Bench) -> None:
    """Nothing that writes a draft touches a signed visit."""
    visit = bench.signed(bench.patient())
    with pytest.raises(UserError, match="signed"):
        bench.store.visits.set_context(visit.id, VisitContext(note="late"))
    with pytest.raises(UserError, match="signed"):
        bench.store.visits.set_when(visit.id, PartialDate.of(TODAY), "")
    with pytest.raises(UserError, match="signed"):
        bench.store.visits.discard(visit.id)
    assert bench.store.visits.get(visit.id) == visit
