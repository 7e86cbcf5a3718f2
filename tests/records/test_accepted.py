"""Which entries count: chains are followed to their first flaw, and wait for what they heard."""

from collections.abc import Callable
from typing import Any

import pytest

from app.records.entries import Body, Entry, digest_of
from app.records.fold import Accepted, Flaw, Head, Hearing, accepted
from tests.records.stations import Station, accept, changed, entries_of, sealed


def _three_entries() -> Station:
    """A station with a step of one entry and a step of two."""
    one = Station("a")
    one.write(after={})
    one.write(before={}, after={"note": "x"})
    one.write(before={}, after={"note": "y"}, step=2)
    return one


def _until(found: Accepted, *stations: Station) -> list[int]:
    return [found.until[one.id] for one in stations]


def test_a_whole_chain_counts() -> None:
    """Nothing is held and nothing is wrong."""
    one = _three_entries()
    assert accept(one) == Accepted({one.id: 3}, 0, {})
    assert all(map(accept(one).counts, one.entries))


def test_nothing_of_an_unknown_station_counts() -> None:
    """No entries, no chain."""
    found = accepted([], Hearing.of([]), [])
    assert found == Accepted({}, 0, {})
    assert not found.counts(_three_entries().entries[0])


def test_stations_may_come_mixed_and_doubled() -> None:
    """Each one's own sequence is all that matters."""
    one, two = _three_entries(), _three_entries()
    two.id = b"b" * 16
    two.entries.clear()
    two.write(after={})
    two.hear(one)
    mixed = sorted([*entries_of(one, two)] * 2, key=lambda entry: entry.sequence)
    assert accepted(mixed, Hearing.of(mixed), [one.head, two.head]) == accept(one, two)
    assert _until(accept(one, two), one, two) == [3, 2]


def test_a_last_step_counts_once_its_end_is_known() -> None:
    """The next step shows it, or a head; until then a half-delivered step waits."""
    one = _three_entries()
    held = accepted(one.entries[:2], Hearing.of([]), [])
    assert (held.until, held.held, held.flaws) == ({one.id: 1}, 1, {})
    told = accepted(one.entries, Hearing.of([]), [one.head])
    assert told.until == {one.id: 3}
    one.write(before={}, after={})
    assert accepted(one.entries, Hearing.of([]), []).until == {one.id: 3}


def test_an_end_that_another_station_heard_is_known() -> None:
    """Stations hear of whole steps only."""
    one, two = _three_entries(), Station("b")
    heard = two.hear(one)
    found = accepted(one.entries, Hearing.of([heard]), [])
    assert found.until[one.id] == 3


def _edited(place: int, **cells: Any) -> Callable[[list[Entry]], None]:
    def edit(entries: list[Entry]) -> None:
        entries[place] = changed(entries[place], **cells)

    return edit


def _edited_and_sealed(place: int, **cells: Any) -> Callable[[list[Entry]], None]:
    """Change an entry and everything after it, so that the chain itself holds."""

    def edit(entries: list[Entry]) -> None:
        entries[place] = changed(entries[place], **cells)
        for here in range(place, len(entries)):
            previous = entries[here - 1].hash if here else b""
            entries[here] = sealed(entries[here], previous)

    return edit


def _left_out(entries: list[Entry]) -> None:
    del entries[1]


def _another_in_its_place(entries: list[Entry]) -> None:
    entries.insert(2, changed(entries[1], user="somebody"))


@pytest.mark.parametrize(
    ("edit", "flaw", "until"),
    [
        (_left_out, Flaw.GAP, 1),
        (_edited(0, user="somebody"), Flaw.CHAIN, 0),
        (_edited(1, user="somebody"), Flaw.CHAIN, 1),
        (_edited(2, user="somebody"), Flaw.CHAIN, 1),
        (_edited(2, hash=b"other"), Flaw.CHAIN, 1),
        (_edited(1, body=b"{}"), Flaw.DIGEST, 1),
        (_edited(1, salt=b"1" * 16), Flaw.DIGEST, 1),
        (_edited_and_sealed(1, body=b"", digest=digest_of(b"\2" * 16, b"")), Flaw.BODY, 1),
        (_edited_and_sealed(1, patient=None, salt=None, body=None), Flaw.BODY, 1),
        (_edited_and_sealed(1, clock=1), Flaw.CLOCK, 1),
        (_edited_and_sealed(2, step=1), Flaw.STEP, 1),
        (_edited_and_sealed(0, step=0), Flaw.STEP, 0),
        (_another_in_its_place, Flaw.FORK, 1),
    ],
)
def test_a_chain_counts_up_to_the_step_before_its_first_flaw(
    edit: Callable[[list[Entry]], None], flaw: Flaw, until: int
) -> None:
    """What is wrong is named; nothing from there on counts."""
    one = _three_entries()
    first = Head(one.id, 1, one.entries[0].hash)
    edit(one.entries)
    last = Head(one.id, 3, one.entries[-1].hash)
    found = accepted(one.entries, Hearing.of([]), [first, last])
    assert flaw in found.flaws
    assert found.until[one.id] == until
    assert found.held == len(one.entries) - until


def test_an_edited_entry_is_one_flaw() -> None:
    """The entries after it still follow the hash that is stored."""
    one = _three_entries()
    _edited(0, user="somebody")(one.entries)
    assert accept(one).flaws == {Flaw.CHAIN: 1}


def test_an_erased_body_breaks_nothing() -> None:
    """The digest answers for it."""
    one = _three_entries()
    _edited(1, salt=None, body=None)(one.entries)
    assert accept(one) == Accepted({one.id: 3}, 0, {})


def test_a_head_that_the_chain_does_not_reach_is_a_gap() -> None:
    """Records that do not hold a copy's head have lost something."""
    one = _three_entries()
    copied = one.head
    del one.entries[-1]
    found = accepted(one.entries, Hearing.of([]), [copied, one.head])
    assert (found.flaws, found.until) == ({Flaw.GAP: 1}, {one.id: 2})
    assert accepted([], Hearing.of([]), [copied]).flaws == {Flaw.GAP: 1}


def test_a_chain_that_holds_another_entry_than_a_head_is_a_fork() -> None:
    """It was continued elsewhere, or written anew."""
    one = _three_entries()
    copied = Head(one.id, 2, b"another")
    found = accepted(one.entries, Hearing.of([]), [copied, one.head])
    assert (found.flaws, found.until) == ({Flaw.FORK: 1}, {one.id: 1})


def test_what_had_heard_of_something_missing_waits_with_all_that_follows() -> None:
    """It counts as soon as that is here."""
    one, two = _three_entries(), Station("b")
    two.write(after={})
    two.hear(one)
    two.write(before={}, after={})
    entries, hearing = entries_of(one, two), Hearing.of(two.entries)
    some = accepted([*one.entries[:1], *two.entries], hearing, [two.head])
    assert (_until(some, one, two), some.held, some.flaws) == ([0, 1], 3, {})
    every = accepted(entries, hearing, [two.head])
    assert (_until(every, one, two), every.held) == ([3, 3], 0)


def test_waiting_goes_through_stations() -> None:
    """Whoever heard of something that waits, waits too."""
    one, two, three = _three_entries(), Station("b"), Station("c")
    two.hear(one)
    three.hear(two)
    some = [*two.entries, *three.entries]
    found = accepted(some, Hearing.of(some), [two.head, three.head])
    assert (_until(found, two, three), found.held) == ([0, 0], 2)
    assert _until(accept(one, two, three), one, two, three) == [3, 1, 1]


def test_a_step_that_heard_in_its_midst_waits_whole() -> None:
    """No half of an action counts."""
    one, two = _three_entries(), Station("b")
    two.write(after={})
    two.write(before={}, after={})
    two.hear(one)
    heard = changed(two.entries[2], step=2)
    two.entries[2] = sealed(heard, two.entries[1].hash)
    found = accepted(two.entries, Hearing.of(two.entries), [two.head])
    assert found.until[two.id] == 1


def test_a_station_that_heard_another_chain_waits() -> None:
    """What it saw is not what is here."""
    one, two = _three_entries(), Station("b")
    two.write(after={})
    two.hear(one)
    _edited_and_sealed(2, user="somebody")(one.entries)
    found = accept(one, two)
    assert (_until(found, one, two), found.flaws) == ([3, 1], {Flaw.FORK: 1})


def test_a_clock_that_does_not_follow_what_was_heard_is_a_flaw() -> None:
    """Whatever was written knowing another write comes after it."""
    one, two = _three_entries(), Station("b")
    two.hear(one)
    behind = changed(two.entries[0], clock=one.clock)
    two.entries[0] = sealed(behind, b"")
    found = accept(one, two)
    assert (_until(found, one, two), found.flaws) == ([3, 0], {Flaw.CLOCK: 1})


@pytest.mark.parametrize("said", ["3", "x:00", "3:zz", None])
def test_a_heard_entry_that_cannot_be_read_is_a_flaw_and_tells_of_nothing(said: Any) -> None:
    """Nothing is taken as heard that was not said."""
    one, two = _three_entries(), Station("b")
    two.write("heard", two.id, after={one.id.hex(): said}, patient=None)
    last = two.write(after={})
    assert accept(one, two).flaws == {Flaw.BODY: 1}
    assert not Hearing.of(two.entries).had_heard(last, one.entries[0])


def test_a_station_has_heard_what_it_said_before_it_wrote() -> None:
    """Its own earlier entries, and others up to the heads of its last heard entry."""
    one, two = _three_entries(), Station("b")
    before = two.write(after={})
    two.hear(one)
    after = two.write(before={}, after={})
    one.write(before={}, after={})
    hearing = Hearing.of(reversed(entries_of(one, two)))
    assert [hearing.had_heard(after, other) for other in one.entries] == [True] * 3 + [False]
    assert not hearing.had_heard(before, one.entries[0])
    assert not hearing.had_heard(one.entries[3], before)
    assert hearing.had_heard(after, before)
    assert not hearing.had_heard(before, after)
    assert not hearing.had_heard(before, before)


def test_a_heard_entry_without_heads_is_one_that_heard_of_nobody() -> None:
    """An empty body says nothing, and nothing waits."""
    one = Station("a")
    one.write("heard", one.id, patient=None)
    assert Body.decode(one.entries[0].body or b"") == Body()
    assert accept(one) == Accepted({one.id: 1}, 0, {})
