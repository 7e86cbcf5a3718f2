"""Scoring in a draft: answers, typed totals, kept questions, undo."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from app.errors import UserError
from app.records.model import ConfirmedQuestion, UndoLabel, Visit
from app.records.visits import Visits
from scales.model import Answer, Declined, Missing, NotTestable
from tests.records.workbench import Bench, day, key, level


@pytest.fixture
def draft(bench: Bench) -> Visit:
    """Return an open visit."""
    return bench.draft(bench.patient())


def _answers(bench: Bench, visit: Visit, scale: str) -> dict[str, Answer]:
    sheet = bench.store.visits.get(visit.id).sheet(scale)
    return {} if sheet is None else {str(one): answer for one, answer in sheet.answers.items()}


@pytest.mark.parametrize(
    "answer", [level(0), level(3), NotTestable("never walked"), Declined(), Declined("tired")]
)
def test_an_answer_comes_back_as_given(bench: Bench, draft: Visit, answer: Answer) -> None:
    """0, not testable with its reason, and declined are three things, stored as such."""
    bench.store.visits.answer(draft.id, "oms", key("gait"), answer)
    assert _answers(bench, draft, "oms") == {"gait": answer}


def test_sides_are_two_answers(bench: Bench, draft: Visit) -> None:
    """Right and left of an item are stored apart."""
    bench.store.visits.answer(draft.id, "sara", key("heel_shin.right"), level(0))
    bench.store.visits.answer(draft.id, "sara", key("heel_shin.left"), level(4))
    assert _answers(bench, draft, "sara") == {
        "heel_shin.right": level(0),
        "heel_shin.left": level(4),
    }


def test_an_answer_can_be_changed_and_opened_again(bench: Bench, draft: Visit) -> None:
    """Choosing again replaces; ``None`` makes the key open, not 0."""
    for value in (1, 2):
        bench.store.visits.answer(draft.id, "oms", key("gait"), level(value))
    assert _answers(bench, draft, "oms") == {"gait": level(2)}
    bench.store.visits.answer(draft.id, "oms", key("gait"), None)
    assert bench.store.visits.get(draft.id).sheets == ()


def test_opening_what_was_never_answered_writes_nothing(bench: Bench, draft: Visit) -> None:
    """Nothing is journalled where nothing changes."""
    before = bench.store.journal.entries()
    bench.store.visits.answer(draft.id, "oms", key("gait"), None)
    assert bench.store.journal.entries() == before
    bench.store.visits.answer(draft.id, "oms", key("gait"), level(1))
    after = bench.store.journal.entries()
    bench.store.visits.answer(draft.id, "oms", key("gait"), level(1))
    assert bench.store.journal.entries() == after


def test_a_draft_is_scored_on_reading(bench: Bench, draft: Visit) -> None:
    """A draft's sheet says its total, or what is missing and why; subscores stand alone."""
    bench.fill(draft, "five_feature", 2)
    bench.store.visits.answer(draft.id, "five_feature", key("gait"), NotTestable("too young"))
    sheet = bench.store.visits.get(draft.id).sheet("five_feature")
    assert sheet is not None
    assert (sheet.total, sheet.complete, sheet.missing) == (None, False, (key("gait"),))
    assert sheet.reasons == {key("gait"): Missing.NOT_TESTABLE}
    assert sheet.subscores == {"without_gait": Decimal(8)}


def test_what_a_choice_implies_is_written_with_it(bench: Bench, draft: Visit) -> None:
    """ICARS walking 4 or more writes gait speed 4; lowering walking opens it again."""
    bench.store.visits.answer(draft.id, "icars", key("walking"), level(5))
    assert _answers(bench, draft, "icars") == {"walking": level(5), "gait_speed": level(4)}
    bench.store.visits.answer(draft.id, "icars", key("walking"), level(2))
    assert _answers(bench, draft, "icars") == {"walking": level(2)}


def test_a_rule_of_the_scale_cannot_be_broken_by_a_tap(bench: Bench, draft: Visit) -> None:
    """Gait speed 2 beside walking 5 is refused, and what stood stays."""
    bench.store.visits.answer(draft.id, "icars", key("walking"), level(5))
    with pytest.raises(UserError):
        bench.store.visits.answer(draft.id, "icars", key("gait_speed"), level(2))
    assert _answers(bench, draft, "icars") == {"walking": level(5), "gait_speed": level(4)}


@pytest.mark.parametrize(
    ("scale", "name", "value", "sentence"),
    [
        ("oms", "gait", "4", "4"),
        ("oms", "gait", "0.5", "0.5"),
        ("oms", "hop", "1", "no item “hop”"),
        ("sara", "heel_shin", "1", "has two sides"),
        ("oms5", "gait", "1", "typed from paper"),
        ("bars", "gait", "1", "bars"),
    ],
)
def test_what_the_scale_does_not_know_is_refused(
    bench: Bench, draft: Visit, scale: str, name: str, value: str, sentence: str
) -> None:
    """A level, item, side or scale that is unknown is told in a sentence; nothing is stored."""
    with pytest.raises(UserError, match=sentence):
        bench.store.visits.answer(draft.id, scale, key(name), level(value))
    assert bench.store.visits.get(draft.id).sheets == ()


def test_a_total_can_be_typed_for_any_scale(bench: Bench, draft: Visit) -> None:
    """A total from paper is typed, complete, and has no subscores; ``None`` takes it away."""
    for scale, total in (("oms5", "12"), ("sara", "7.5"), ("icars", "0")):
        bench.store.visits.type_total(draft.id, scale, Decimal(total))
        sheet = bench.store.visits.get(draft.id).sheet(scale)
        assert sheet is not None
        assert (sheet.total, sheet.is_typed, sheet.complete) == (Decimal(total), True, True)
        assert (sheet.subscores, sheet.answers) == ({}, {})
        bench.store.visits.type_total(draft.id, scale, None)
    assert bench.store.visits.get(draft.id).sheets == ()


@pytest.mark.parametrize(
    ("scale", "total"),
    [("oms5", "16"), ("oms5", "-1"), ("oms5", "1.5"), ("sara", "0.25"), ("sara", "NaN")],
)
def test_a_total_that_cannot_be_is_refused(
    bench: Bench, draft: Visit, scale: str, total: str
) -> None:
    """A typed total stays within the range and on the step of its scale."""
    with pytest.raises(UserError):
        bench.store.visits.type_total(draft.id, scale, Decimal(total))
    assert bench.store.visits.get(draft.id).sheets == ()


def test_answers_and_a_typed_total_exclude_each_other(bench: Bench, draft: Visit) -> None:
    """A scale has items or a typed total, never both."""
    bench.store.visits.answer(draft.id, "oms", key("gait"), level(0))
    with pytest.raises(UserError, match="Items are scored here"):
        bench.store.visits.type_total(draft.id, "oms", Decimal(3))
    bench.store.visits.type_total(draft.id, "sara", Decimal(3))
    with pytest.raises(UserError, match="total from paper"):
        bench.store.visits.answer(draft.id, "sara", key("gait"), level(0))


def test_a_kept_question_is_stored_once(bench: Bench, draft: Visit) -> None:
    """Keeping a question again replaces its sentence."""
    bench.store.visits.answer(draft.id, "oms", key("gait"), level(0))
    for sentence in ("first", "second"):
        bench.store.visits.confirm(draft.id, "oms", ConfirmedQuestion("q1", sentence))
    bench.store.visits.confirm(draft.id, "oms", ConfirmedQuestion("q0", "other"))
    sheet = bench.store.visits.get(draft.id).sheet("oms")
    assert sheet is not None
    assert sheet.confirmed == (ConfirmedQuestion("q0", "other"), ConfirmedQuestion("q1", "second"))


def test_a_removed_sheet_can_be_brought_back_by_undo(bench: Bench, draft: Visit) -> None:
    """Removing a scale takes its answers and kept questions; undo restores the answers."""
    bench.fill(draft, "oms", 1)
    bench.store.visits.confirm(draft.id, "oms", ConfirmedQuestion("q", "kept"))
    filled = _answers(bench, draft, "oms")
    bench.store.visits.remove_sheet(draft.id, "oms")
    assert bench.store.visits.get(draft.id).sheets == ()
    assert bench.store.visits.undo_label(draft.id) == UndoLabel("oms")
    bench.store.visits.undo(draft.id)
    assert _answers(bench, draft, "oms") == filled


def test_removing_a_sheet_that_is_not_there_is_nothing(bench: Bench, draft: Visit) -> None:
    """There is nothing to remove and nothing to undo."""
    bench.store.visits.remove_sheet(draft.id, "oms")
    assert bench.store.visits.undo_label(draft.id) is None
    assert not bench.store.visits.undo(draft.id)


def test_undo_takes_back_taps_one_by_one(bench: Bench, draft: Visit) -> None:
    """Each undo takes back the tap before, also one that replaced or opened an answer."""
    taps: list[Answer | None] = [level(0), level(2), Declined("no"), None, level(1)]
    for tap in taps:
        bench.store.visits.answer(draft.id, "oms", key("mood"), tap)
    for before in reversed(taps[:-1]):
        assert bench.store.visits.undo_label(draft.id) == UndoLabel("oms", (key("mood"),))
        told = bench.told()
        assert bench.store.visits.undo(draft.id)
        assert [one.patients for one in told] == [{draft.patient}]
        expected = {} if before is None else {"mood": before}
        assert _answers(bench, draft, "oms") == expected
    bench.store.visits.undo(draft.id)
    assert not bench.store.visits.undo(draft.id)
    assert bench.found() == {}


def test_undo_takes_back_what_a_tap_implied(bench: Bench, draft: Visit) -> None:
    """One tap is one step, however many answers it wrote; its label is the key that was tapped."""
    bench.store.visits.answer(draft.id, "icars", key("gait_speed"), level(1))
    bench.store.visits.answer(draft.id, "icars", key("walking"), level(6))
    assert bench.store.visits.undo_label(draft.id) == UndoLabel("icars", (key("walking"),))
    bench.store.visits.undo(draft.id)
    assert _answers(bench, draft, "icars") == {"gait_speed": level(1)}


def test_undo_takes_back_a_typed_total(bench: Bench, draft: Visit) -> None:
    """Undo brings the total back that stood before."""
    bench.store.visits.type_total(draft.id, "oms5", Decimal(3))
    bench.store.visits.type_total(draft.id, "oms5", Decimal(5))
    assert bench.store.visits.undo_label(draft.id) == UndoLabel("oms5")
    bench.store.visits.undo(draft.id)
    sheet = bench.store.visits.get(draft.id).sheet("oms5")
    assert sheet is not None
    assert sheet.total == Decimal(3)


def test_undo_stays_in_its_visit(bench: Bench, draft: Visit) -> None:
    """Undo in one visit leaves a later tap in another alone."""
    other = bench.draft(bench.patient("P2"))
    bench.store.visits.answer(draft.id, "oms", key("gait"), level(1))
    bench.store.visits.answer(other.id, "oms", key("gait"), level(2))
    bench.store.visits.undo(draft.id)
    assert _answers(bench, draft, "oms") == {}
    assert _answers(bench, other, "oms") == {"gait": level(2)}


def test_a_tap_after_an_undo_is_undone_first(bench: Bench, draft: Visit) -> None:
    """Undo follows what stands: the newest tap first, never one that was taken back."""
    for name, value in (("gait", 1), ("mood", 1)):
        bench.store.visits.answer(draft.id, "oms", key(name), level(value))
    bench.store.visits.undo(draft.id)
    bench.store.visits.answer(draft.id, "oms", key("speech"), level(1))
    for left in ({"gait": level(1)}, {}):
        bench.store.visits.undo(draft.id)
        assert _answers(bench, draft, "oms") == left


TOUCHES: dict[str, Callable[[Visits, str], object]] = {
    "tap": lambda visits, visit: visits.answer(visit, "oms", key("gait"), level(1)),
    "type": lambda visits, visit: visits.type_total(visit, "oms", Decimal(1)),
    "keep": lambda visits, visit: visits.confirm(
        visit, "five_feature", ConfirmedQuestion("q", "s")
    ),
    "remove": lambda visits, visit: visits.remove_sheet(visit, "five_feature"),
    "undo": lambda visits, visit: visits.undo(visit),
}


@pytest.mark.parametrize("touch", TOUCHES)
def test_scoring_stops_at_the_signature(bench: Bench, touch: str) -> None:
    """No tap, total, keeping, removal or undo reaches a signed visit."""
    visit = bench.signed(bench.patient())
    with pytest.raises(UserError, match="signed"):
        TOUCHES[touch](bench.store.visits, visit.id)
    assert bench.store.visits.get(visit.id) == visit


def test_a_visit_that_is_not_there_takes_no_tap(bench: Bench) -> None:
    """A tap on a visit that was discarded is told in a sentence."""
    with pytest.raises(UserError, match="not in the records any more"):
        bench.store.visits.answer("gone", "oms", key("gait"), level(1))


def test_a_measure_of_a_draft_is_one_of_its_kind(bench: Bench, draft: Visit) -> None:
    """Setting it again replaces it, ``None`` takes it away; it stands on the visit's day."""
    for value in ("7", "8.50"):
        bench.store.measures.set_for_visit(draft.id, "sleep_hours", Decimal(value))
    (measure,) = bench.store.measures.of_visit(draft.id)
    assert (measure.facts.value, measure.facts.date) == (Decimal("8.5"), day("2025-06-01"))
    bench.store.measures.set_for_visit(draft.id, "sleep_hours", None)
    assert bench.store.measures.of_visit(draft.id) == ()
