"""The journal: what it tells, how it holds together, and what it does when a write fails."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

import pytest

from app.clock import FixedClock
from app.errors import Bug, UserError
from app.records.actions import Action
from app.records.entries import Body, Entry, digest_of, hash_of
from app.records.journal import NOBODY, Subject
from app.records.model import Changes, DoseFacts, Role, TreatmentFacts
from app.records.store import Store
from app.records.undo import undo
from tests.builders import replace
from tests.records.workbench import TODAY, Bench, key, level


def _body(entry: Entry) -> Body:
    return Body.decode(entry.body or b"")


def test_an_entry_tells_who_what_when_and_where(bench: Bench) -> None:
    """Row, user, station, time with offset, action, before, after and reason are all there."""
    patient = bench.patient()
    bench.store.patients.mark_error(patient.id, "double entry")
    entry = bench.store.journal.entries()[-1]
    assert (entry.kind, entry.row.hex(), entry.action) == ("patients", patient.id, "patient.mark")
    assert (entry.user, entry.station) == (bench.store.user.id, bench.store.journal.station())
    moment = FixedClock.on(TODAY).moment
    assert (entry.utc, entry.offset_minutes) == (moment.milliseconds, moment.offset_minutes)
    assert _body(entry) == Body(
        before={"error_reason": None},
        after={"error_reason": "double entry"},
        reason="double entry",
    )


def test_a_change_carries_its_group_whole(bench: Bench) -> None:
    """A dose is never told without its unit, though only the number was corrected."""
    treatment = bench.store.treatments.add(bench.patient().id, TreatmentFacts(agent="ivig"))
    facts = DoseFacts(dose=Decimal(1), unit="g/kg", frequency="daily")
    step = bench.store.treatments.add_dose(treatment.id, facts)
    bench.change_dose(treatment.id, step.id, replace(facts, dose=Decimal(2)))
    body = _body(bench.store.journal.entries()[-1])
    group = {"unit": "g/kg", "frequency": "daily", "note": "", "per": ""}
    assert (body.before, body.after) == ({"dose": "1", **group}, {"dose": "2", **group})


def test_each_entry_holds_the_hash_of_the_one_before(bench: Bench) -> None:
    """The chain starts empty, and every hash is that of the entry's own cells."""
    bench.signed(bench.patient())
    previous = b""
    for entry in bench.store.journal.entries():
        assert hash_of(entry.hashed_cells(previous)) == entry.hash
        assert digest_of(entry.salt or b"", entry.body or b"") == entry.digest
        previous = entry.hash


def test_the_clock_rises_though_the_machine_stands_still(bench: Bench) -> None:
    """Two entries are never at the same moment, whatever the machine's clock says."""
    bench.signed(bench.patient())
    clocks = [entry.clock for entry in bench.store.journal.entries()]
    assert all(one < two for one, two in pairwise(clocks))


def test_the_story_of_one_patient_can_be_read(bench: Bench) -> None:
    """The entries on a patient come oldest first."""
    patient = bench.patient()
    bench.store.patients.set_caution(patient.id, "Invented.")
    told = bench.store.journal.own_entries(Subject(patient.id))
    assert [entry.action for entry in told] == ["patient.add", "patient.caution"]


def test_one_action_is_one_step(bench: Bench) -> None:
    """All that an action writes carries the number of its first entry; the visit comes last."""
    visit = bench.signed(bench.patient())
    entries = [one for one in bench.store.journal.entries() if one.action == "visit.sign"]
    assert [one.kind for one in entries] == ["sheets", "visits"]
    assert {one.step for one in entries} == {entries[0].sequence}
    assert {one.scope for one in entries} == {bytes.fromhex(visit.id)}


def test_what_changed_is_told_once_when_it_is_on_disk(bench: Bench) -> None:
    """One listener hears of the whole transaction; of nothing where it was taken back."""
    told = bench.told()
    with bench.store.atomic():
        first, second = bench.patient("P1"), bench.patient("P2")
        assert told == []
    assert told == [Changes(frozenset({"patients"}), frozenset({first.id, second.id}))]
    with pytest.raises(ZeroDivisionError), bench.store.atomic():
        _add_and_fail(bench, "P3")
    bench.store.patients.change(first.id, first.facts)
    assert len(told) == 1


def test_a_part_that_was_taken_back_takes_nothing_else_from_what_is_told(bench: Bench) -> None:
    """A refusal inside a longer action leaves the rest of it told, and its lines made."""
    told = bench.told()
    with bench.store.atomic():
        first = bench.patient("P1")
        with pytest.raises(ZeroDivisionError), bench.store.atomic():
            _add_and_fail(bench, "P2")
    assert told == [Changes(frozenset({"patients"}), frozenset({first.id}))]
    assert [one.patient.id for one in bench.store.summaries()] == [first.id]


def _fail() -> None:
    raise ZeroDivisionError


def _add_then_call(bench: Bench, calls: Sequence[Callable[[], None]]) -> None:
    with bench.store.atomic():
        for call in calls:
            bench.store.journal.when_stored(call)
        bench.patient("P1")


def test_whoever_fails_after_a_signature_keeps_nothing_from_being_told(bench: Bench) -> None:
    """What waited is called in its order, the listener last; the fault is met all the same."""
    told, called = bench.told(), list[str]()
    calls = (lambda: called.append("first"), _fail, lambda: called.append("last"))
    with pytest.raises(ZeroDivisionError):
        _add_then_call(bench, calls)
    [patient] = bench.store.summaries()
    assert told == [Changes(frozenset({"patients"}), frozenset({patient.patient.id}))]
    assert called == ["first", "last"]


def test_a_note_that_cannot_be_kept_keeps_nothing_from_being_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits for the note is not called: it may carry entries away."""
    told, called = bench.told(), list[str]()
    with monkeypatch.context() as once:
        once.setattr(bench.store.journal.chain, "keep_note", _fail)
        with pytest.raises(ZeroDivisionError):
            _add_then_call(bench, (lambda: called.append("copied"),))
    [patient] = bench.store.summaries()
    assert told == [Changes(frozenset({"patients"}), frozenset({patient.patient.id}))]
    assert called == []


def _add_and_fail(bench: Bench, patient_id: str) -> None:
    bench.patient(patient_id)
    raise ZeroDivisionError


def test_a_failed_action_leaves_nothing_and_the_chain_whole(bench: Bench) -> None:
    """An exception takes every write of the transaction back; the next one continues the chain."""
    before = bench.store.journal.entries()
    with pytest.raises(ZeroDivisionError), bench.store.atomic():
        _add_and_fail(bench, "P1")
    assert bench.store.journal.entries() == before
    bench.patient("P2")
    assert bench.found() == {}


def test_a_refusal_inside_a_longer_action_takes_back_only_itself(bench: Bench) -> None:
    """What was stored before stays; the chain continues from there."""
    with bench.store.atomic():
        bench.patient("P1")
        with pytest.raises(ZeroDivisionError), bench.store.atomic():
            _add_and_fail(bench, "P2")
        bench.patient("P3")
    assert [one.facts.patient_id for one in bench.store.patients.all()] == ["P1", "P3"]
    assert bench.found() == {}


def test_what_the_file_refuses_is_a_fault_of_ours(bench: Bench) -> None:
    """A write that a lock refuses is a Bug, stores nothing, and leaves the journal usable."""
    visit = bench.signed(bench.patient())
    cells = {"id": visit.id, "note": "forged"}
    with pytest.raises(Bug), bench.store.journal.step(Action.NOTE_CONTEXT):
        bench.store.journal.write("visits", cells, Subject(visit.patient, visit.id))
    bench.patient("P2")
    assert bench.found() == {}


def test_a_row_is_written_only_inside_an_action(bench: Bench) -> None:
    """Without an action there is nothing to say who did what."""
    cells = {"id": "0" * 32, "name": "Eve", "role": "nurse"}
    with pytest.raises(Bug, match="outside an action"), bench.store.atomic():
        bench.store.journal.write("users", cells, NOBODY)
    assert len(bench.store.users.all()) == 1


def test_the_chain_continues_after_reopening(bench: Bench, reopen: Callable[..., Store]) -> None:
    """A new start reads the end of the chain from the file."""
    bench.signed(bench.patient())
    bench.store.close()
    again = Bench(reopen(), bench.catalogue)
    again.patient("P2")
    assert len({entry.station for entry in again.store.journal.entries()}) == 1
    assert again.found() == {}


def test_entries_carry_who_acts_now(bench: Bench) -> None:
    """After a change of user, writes are the new one's; an unknown user cannot act."""
    ben = bench.store.users.add("Ben", Role.PHYSICIAN)
    assert bench.store.user.name == "Ann"
    bench.store.act_as(ben.id)
    bench.patient()
    assert bench.store.user == ben
    assert bench.store.journal.entries()[-1].user == ben.id
    with pytest.raises(UserError):
        bench.store.act_as("nobody")
    assert bench.store.user == ben


def test_an_undo_says_what_it_takes_back(bench: Bench) -> None:
    """Undo is journalled like any other action, with the step that it undoes."""
    visit = bench.draft(bench.patient())
    bench.store.visits.answer(visit.id, "oms", key("gait"), level(1))
    tapped = bench.store.journal.entries()[-1]
    bench.store.visits.undo(visit.id)
    entry = bench.store.journal.entries()[-1]
    assert (entry.action, entry.undoes) == ("undo", tapped.step)
    assert _body(entry).before == _body(tapped).after


def test_an_undo_never_overwrites_what_came_after(bench: Bench) -> None:
    """Where another step wrote the same group since, nothing is taken back, and that is said."""
    visit = bench.draft(bench.patient())
    bench.store.visits.answer(visit.id, "oms", key("gait"), level(1))
    tapped = bench.store.journal.entries()[-1]
    subject = Subject(visit.patient, visit.id)
    sheet = {"visit": visit.id, "scale": "oms", "item": "gait", "side": ""}
    with bench.store.journal.step(Action.NOTE_CONTEXT):
        bench.store.journal.write("answers", {**sheet, "value": "2"}, subject)
    with pytest.raises(UserError, match="changed here since"):
        undo(bench.store.journal, tapped.step, subject)
    stored = bench.store.visits.get(visit.id).sheets[0].answers
    assert stored == {key("gait"): level(2)}


@pytest.mark.parametrize(
    ("trouble", "cure", "sentence"),
    [
        ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000", "disk is full"),
        ("PRAGMA query_only = ON", "PRAGMA query_only = OFF", "cannot be written to"),
    ],
)
def test_a_disk_that_does_not_take_a_write_loses_nothing(
    bench: Bench, trouble: str, cure: str, sentence: str
) -> None:
    """A full or read-only disk is told in a sentence; what stood stands; work goes on."""
    patient = bench.patient()
    before = bench.store.journal.entries()
    bench.raw(trouble)
    with pytest.raises(UserError, match=sentence):
        bench.store.patients.set_caution(patient.id, "x" * 100_000)
    bench.raw(cure)
    assert bench.store.journal.entries() == before
    bench.store.patients.set_caution(patient.id, "Invented.")
    assert bench.found() == {}
