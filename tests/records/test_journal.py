"""The journal: what it tells, how it holds together, and what it does when a write fails."""

from collections.abc import Callable

import pytest

from app.clock import FixedClock
from app.errors import Bug, UserError
from app.records.journal import COLUMNS, hash_of, text_of
from app.records.model import Role
from app.records.store import Store
from tests.records.workbench import TODAY, Bench, key, level


def test_an_entry_tells_who_what_when_and_where(bench: Bench) -> None:
    """Row, user, device, time with offset, action, before, after and reason are all there."""
    patient = bench.patient()
    bench.store.patients.mark_error(patient.id, "double entry")
    entry = bench.store.journal.entries()[-1]
    assert (entry.table, entry.row, entry.action) == ("patients", patient.id, "mark_error")
    assert (entry.user, entry.device) == (bench.store.user.id, "desk")
    assert (entry.moment, entry.reason) == (FixedClock.on(TODAY).moment, "double entry")
    assert entry.before is not None
    assert entry.after is not None
    assert entry.before["error_reason"] is None
    assert {**entry.before, "error_reason": "double entry"} == entry.after


def test_each_entry_holds_the_hash_of_the_one_before(bench: Bench) -> None:
    """The chain starts empty, and every hash is that of the entry's own cells."""
    bench.signed(bench.patient())
    previous = ""
    for entry in bench.store.journal.entries():
        assert entry.previous_hash == previous
        cells = (
            entry.sequence, entry.step, entry.scope, entry.undoes, entry.table, entry.row,
            entry.user, entry.device, entry.moment.utc_text, entry.moment.offset_minutes,
            entry.action, text_of(entry.before), text_of(entry.after), entry.reason, previous,
        )  # fmt: skip
        assert len(cells) == len(COLUMNS) - 1
        previous = entry.hash
        assert hash_of(cells) == previous


def test_the_story_of_one_row_can_be_read(bench: Bench) -> None:
    """The entries of a row come oldest first."""
    patient = bench.patient()
    bench.store.patients.set_caution(patient.id, "Invented.")
    told = bench.store.journal.entries_of("patients", patient.id)
    assert [entry.action for entry in told] == ["add", "change"]


def test_one_action_is_one_step(bench: Bench) -> None:
    """All that an action writes carries the number of its first entry."""
    visit = bench.signed(bench.patient())
    entries = [one for one in bench.store.journal.entries() if one.action == "sign"]
    assert len(entries) == 2
    assert {one.step for one in entries} == {entries[0].sequence}
    assert {one.scope for one in entries} == {visit.id}


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
    row = bench.store.journal.read("visits", visit.id)
    assert row is not None
    with pytest.raises(Bug), bench.store.journal.step("forge"):
        bench.store.journal.write("visits", visit.id, {**row, "note": "forged"})
    bench.patient("P2")
    assert bench.found() == {}


def test_a_row_is_written_only_inside_an_action(bench: Bench) -> None:
    """Without an action there is nothing to say who did what."""
    cells = {"id": "x", "name": "Eve", "role": "nurse"}
    with pytest.raises(Bug, match="outside an action"), bench.store.atomic():
        bench.store.journal.write("users", "x", cells)
    assert len(bench.store.users.all()) == 1


def test_the_chain_continues_after_reopening(bench: Bench, reopen: Callable[..., Store]) -> None:
    """A new start reads the end of the chain from the file."""
    bench.signed(bench.patient())
    bench.store.close()
    again = Bench(reopen(device="laptop"), bench.catalogue)
    again.patient("P2")
    assert again.store.journal.entries()[-1].device == "laptop"
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
    assert (entry.action, entry.undoes, entry.before) == ("undo", tapped.step, tapped.after)


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
