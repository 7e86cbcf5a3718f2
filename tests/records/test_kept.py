"""A kept question stands only as long as the answers that it names."""

from collections.abc import Callable

import pytest

from app.errors import UserError
from app.records.model import ConfirmedQuestion, Patient, Visit, VisitContext
from app.records.store import Store
from scales.model import Declined, NotTestable
from tests.records.workbench import Bench, day, key, level

RULE = ConfirmedQuestion("walks_alone_cannot_stand", "Gait is 1 and stance is 2. Keep it?")
SINCE = ConfirmedQuestion("changed.gait", "Gait went from 3 to 1 since 1 May 2025. Keep it?")


@pytest.fixture
def draft(bench: Bench) -> Visit:
    """Return a draft with gait 1 and stance 2, both questions about them kept."""
    visit = bench.draft(bench.patient())
    bench.store.visits.answer(visit.id, "oms", key("stance"), level(2))
    bench.store.visits.answer(visit.id, "oms", key("gait"), level(1))
    for question in (RULE, SINCE):
        bench.store.visits.confirm(visit.id, "oms", question)
    return visit


def _kept(bench: Bench, visit: Visit) -> list[str]:
    sheets = bench.store.visits.get(visit.id).sheets
    return [one.question for sheet in sheets for one in sheet.confirmed]


def test_changing_an_answer_forgets_what_named_it(bench: Bench, draft: Visit) -> None:
    """Stance is named by one of the two questions, gait by both."""
    bench.store.visits.answer(draft.id, "oms", key("stance"), level(1))
    assert _kept(bench, draft) == ["changed.gait"]
    bench.store.visits.answer(draft.id, "oms", key("gait"), level(2))
    assert _kept(bench, draft) == []


def test_an_answer_that_was_changed_and_changed_back_is_asked_again(
    bench: Bench, draft: Visit
) -> None:
    """What was kept was kept once; nobody keeps it for the next time."""
    bench.store.visits.answer(draft.id, "oms", key("gait"), level(2))
    bench.store.visits.answer(draft.id, "oms", key("gait"), level(1))
    assert _kept(bench, draft) == []


def test_the_same_answer_again_and_other_items_keep_it(bench: Bench, draft: Visit) -> None:
    """Nothing that the questions name is another one than it was."""
    bench.store.visits.answer(draft.id, "oms", key("gait"), level(1))
    bench.store.visits.answer(draft.id, "oms", key("mood"), level(3))
    bench.store.visits.answer_open(draft.id, "oms", [key("speech")], Declined(""))
    assert sorted(_kept(bench, draft)) == ["changed.gait", "walks_alone_cannot_stand"]


def test_undoing_an_answer_forgets_what_named_it(bench: Bench, draft: Visit) -> None:
    """The answer was given, the question kept, the answer taken back: nothing stands of it."""
    assert bench.store.visits.undo(draft.id)
    assert _kept(bench, draft) == []


def test_undoing_a_change_brings_the_answer_back_and_not_the_keeping(
    bench: Bench, draft: Visit
) -> None:
    """It is asked again rather than told as kept."""
    bench.store.visits.answer(draft.id, "oms", key("gait"), NotTestable("asleep"))
    assert bench.store.visits.undo(draft.id)
    sheet = bench.store.visits.get(draft.id).sheet("oms")
    assert sheet is not None
    assert (sheet.answers[key("gait")], sheet.confirmed) == (level(1), ())


def test_a_question_between_scales_goes_with_either(bench: Bench, draft: Visit) -> None:
    """It is kept on one sheet and names the other one too."""
    rule = bench.catalogue.across[0]
    for part in rule.conditions:
        answer = level(int(min(part.levels)))
        bench.store.visits.answer(draft.id, part.scale, part.key, answer)
    first, other = rule.conditions[0], rule.conditions[-1]
    bench.store.visits.confirm(draft.id, first.scale, ConfirmedQuestion(rule.id, "Both?"))
    assert rule.id in _kept(bench, draft)
    bench.store.visits.answer(draft.id, other.scale, other.key, Declined(""))
    assert rule.id not in _kept(bench, draft)


def test_removing_a_sheet_forgets_what_named_it(bench: Bench, draft: Visit) -> None:
    """The whole sheet is gone, and so is what was kept about it."""
    bench.store.visits.remove_sheet(draft.id, "oms")
    bench.store.visits.undo(draft.id)
    assert _kept(bench, draft) == []


def test_a_question_that_no_version_knows_goes_with_any_change(bench: Bench, draft: Visit) -> None:
    """Nobody can say what it named, so it is not told of other answers."""
    bench.store.visits.confirm(draft.id, "oms", ConfirmedQuestion("of_old", "Once asked."))
    bench.store.visits.answer(draft.id, "five_feature", key("sleep"), level(1))
    assert "of_old" not in _kept(bench, draft)


def test_another_last_time_asks_again(bench: Bench) -> None:
    """Dated before the last visit, the comparison with it is none any more; a rule still is."""
    patient = bench.patient()
    _signed(bench, patient, "2025-05-01")
    visit = bench.draft(patient, "2025-06-01")
    bench.store.visits.answer(visit.id, "oms", key("gait"), level(1))
    for question in (RULE, SINCE):
        bench.store.visits.confirm(visit.id, "oms", question)
    bench.store.visits.set_when(visit.id, day("2025-05-20"), "08:00")
    assert len(_kept(bench, visit)) == 2
    bench.store.visits.set_when(visit.id, day("2025-04-20"), "08:00")
    assert _kept(bench, visit) == ["walks_alone_cannot_stand"]


def _signed(bench: Bench, patient: Patient, when: str) -> Visit:
    visit = bench.draft(patient, when)
    bench.fill(visit, "oms", 3)
    return bench.store.visits.sign(visit.id, "test")


def test_what_is_signed_tells_only_what_was_kept(bench: Bench, draft: Visit) -> None:
    """A question about an answer that is another one now is not signed with it."""
    bench.store.visits.answer(draft.id, "oms", key("stance"), level(0))
    signed = bench.store.visits.sign(draft.id, "test")
    assert [one.question for one in signed.sheets[0].confirmed] == ["changed.gait"]


def test_one_reason_for_all_that_is_open_is_one_step(bench: Bench, draft: Visit) -> None:
    """What is answered stays as it is; Undo opens all of them again, and says how many."""
    keys = [key(name) for name in ("gait", "arm_hand", "opsoclonus")]
    bench.store.visits.answer_open(draft.id, "oms", keys, NotTestable("asleep"))
    sheet = bench.store.visits.get(draft.id).sheet("oms")
    assert sheet is not None
    assert sheet.answers[key("gait")] == level(1)
    assert sheet.answers[key("arm_hand")] == sheet.answers[key("opsoclonus")]
    label = bench.store.visits.undo_label(draft.id)
    assert label is not None
    assert label.keys == (key("arm_hand"), key("opsoclonus"))
    bench.store.visits.undo(draft.id)
    sheet = bench.store.visits.get(draft.id).sheet("oms")
    assert sheet is not None
    assert set(sheet.answers) == {key("stance"), key("gait")}


def test_one_reason_needs_something_open_that_the_scale_has(bench: Bench, draft: Visit) -> None:
    """Nothing open is no step; an item that the scale does not have is refused."""
    label = bench.store.visits.undo_label(draft.id)
    bench.store.visits.answer_open(draft.id, "oms", [key("gait")], NotTestable("asleep"))
    assert bench.store.visits.undo_label(draft.id) == label
    with pytest.raises(UserError, match="walking"):
        bench.store.visits.answer_open(draft.id, "oms", [key("walking")], NotTestable("asleep"))


WRITES: dict[str, Callable[[Store, str], object]] = {
    "tap": lambda store, visit: store.visits.answer(visit, "oms", key("gait"), level(1)),
    "reason": lambda store, visit: store.visits.answer_open(
        visit, "oms", [key("mood")], Declined("")
    ),
    "total": lambda store, visit: store.visits.type_total(visit, "oms5", None),
    "keep": lambda store, visit: store.visits.confirm(visit, "oms", RULE),
    "remove": lambda store, visit: store.visits.remove_sheet(visit, "oms"),
    "undo": lambda store, visit: store.visits.undo(visit),
    "context": lambda store, visit: store.visits.set_context(visit, VisitContext(note="x")),
    "when": lambda store, visit: store.visits.set_when(visit, day("2025-05-30"), ""),
    "measure": lambda store, visit: store.measures.set_for_visit(visit, "sleep_hours", None),
    "sign": lambda store, visit: store.visits.sign(visit, "test"),
}


@pytest.mark.parametrize("write", WRITES)
def test_a_draft_of_a_patient_marked_in_error_takes_nothing(
    bench: Bench, draft: Visit, write: str
) -> None:
    """Answering and signing are refused in a sentence; the draft stays as it was."""
    before = bench.store.visits.get(draft.id)
    bench.store.patients.mark_error(draft.patient, "twice in the records")
    with pytest.raises(UserError, match="This patient is marked as entered in error"):
        WRITES[write](bench.store, draft.id)
    assert bench.store.visits.get(draft.id).sheets == before.sheets


def test_a_draft_of_a_patient_marked_in_error_can_be_put_away(bench: Bench, draft: Visit) -> None:
    """Discarding writes no finding."""
    bench.store.patients.mark_error(draft.patient, "twice in the records")
    bench.store.visits.discard(draft.id, "with the patient")
    with pytest.raises(UserError, match="not in the records any more"):
        bench.store.visits.get(draft.id)


@pytest.mark.parametrize("write", [*WRITES, "discard"])
def test_a_draft_that_was_taken_over_takes_nothing_by_its_old_id(
    bench: Bench, draft: Visit, write: str
) -> None:
    """A window that still shows the old one is told so; the new one is what counts."""
    bench.store.visits._drafts.take_over_foreign()
    writes = WRITES | {"discard": lambda store, visit: store.visits.discard(visit)}
    with pytest.raises(UserError, match="was taken over and goes on elsewhere"):
        writes[write](bench.store, draft.id)
