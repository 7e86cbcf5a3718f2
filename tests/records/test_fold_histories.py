"""Thousands of random histories of two and three stations: what the fold promises holds in all.

``OMS_BEDSIDE_HISTORIES`` asks for another number of them than the suite runs.
"""

import os
from collections import Counter
from collections.abc import Mapping
from random import Random
from typing import Any, NamedTuple

import pytest

from app.records.fold import Accepted, Conflict, Folded, Hearing, fold
from tests.records.deeds import STRANGER, live, settle
from tests.records.meeting import GROUPS, SHAPES, Member, World, default_of
from tests.records.oracle import Named, Oracle

COUNT = int(os.environ.get("OMS_BEDSIDE_HISTORIES", "2000"))
ORACLE = Oracle(GROUPS, default_of)
STATES = (["draft", ""], ["imported", ""], ["signed", "ann"])


class Findings(NamedTuple):
    """The seeds of histories that broke a promise, and how often what was met."""

    broken: dict[str, set[int]]
    met: Counter[str]

    def note(self, promise: str, seed: int, *, holds: bool) -> None:
        """Keep the seed of a history in which a promise does not hold."""
        self.met[promise] += 1
        if not holds:
            self.broken.setdefault(promise, set()).add(seed)


@pytest.fixture(scope="module")
def findings() -> Findings:
    """Live through all histories once."""
    found = Findings({}, Counter())
    for seed in range(COUNT):
        _live_through(seed, found)
    return found


def _live_through(seed: int, findings: Findings) -> None:
    world = World(Random(seed), 2 + seed % 2)  # noqa: S311 - a history that can be lived again
    live(world, 20)
    for member in world.members:
        _look_at(member, seed, findings)
    world.meet()
    first = world.members[0]
    found, made = _look_at(first, seed, findings)
    is_sound = sum(found.until.values()) == len(world.told) and not found.held and not found.flaws
    findings.note("sound", seed, holds=is_sound)
    _compare(world, made, seed, findings)
    if seed % 4 == 0:
        findings.note("apart", seed, holds=_is_same_apart(first))
    settle(world.random.choice(world.members), made)
    world.meet()
    settled = first.fold()
    findings.note("settle", seed, holds=settled.conflicts == ())
    _compare(world, settled, seed, findings)
    findings.met.update(world.done)


def _compare(world: World, made: Folded, seed: int, findings: Findings) -> None:
    """Every station shows what the first one shows, folded anew and written along."""
    for member in world.members[1:]:
        findings.note("converge", seed, holds=member.fold() == made)
        findings.note("apply", seed, holds=member.rows == made.rows)


def _look_at(member: Member, seed: int, findings: Findings) -> tuple[Accepted, Folded]:
    """Hold what one station shows against the second fold, and against its own rows."""
    found, made = member.accept(), member.fold()
    expected = ORACLE.expect(member.counting(), member.with_body(), member.erased())
    until = {station: found.until.get(station, 0) for station in member.knows}
    counts = (made.ignored, made.waiting)
    findings.note("count", seed, holds=until == member.knows)
    findings.note("rows", seed, holds=made.rows == expected.rows)
    findings.note("apply", seed, holds=made.rows == member.rows)
    findings.note("conflicts", seed, holds=_named(made.conflicts) == expected.conflicts)
    findings.note("skip", seed, holds=counts == (expected.ignored, expected.waiting))
    for (kind, _row), cells in made.rows.items():
        findings.note("whole", seed, holds=_is_whole(kind, cells))
        findings.note("mix", seed, holds=_is_unmixed(kind, cells))
    findings.met.update(conflict.group for conflict in made.conflicts)
    findings.met.update(held=found.held, waiting=made.waiting, ignored=made.ignored)
    return found, made


def _named(conflicts: tuple[Conflict, ...]) -> set[Named]:
    assert len({(one.kind, one.row, one.group) for one in conflicts}) == len(conflicts)
    return {(one.kind, one.row, one.group, frozenset(one.entries)) for one in conflicts}


def _is_whole(kind: str, cells: Mapping[str, Any]) -> bool:
    return SHAPES[kind].empty.keys() | {"later"} == cells.keys() | {"later"}


def _is_unmixed(kind: str, cells: Mapping[str, Any]) -> bool:
    """Whether the columns of each group hold the word of one write, or all their defaults."""
    return all(_is_of_one_write(columns, cells) for columns in GROUPS[kind].values())


def _is_of_one_write(columns: tuple[str, ...], cells: Mapping[str, Any]) -> bool:
    values = [cells[column] for column in columns]
    if values in STATES or values == [default_of(column) for column in columns]:
        return True
    words = {
        str(value).removeprefix(column) for column, value in zip(columns, values, strict=True)
    }
    return len(words) == 1 and all(map(str.startswith, values, columns))


def _is_same_apart(member: Member) -> bool:
    """Fold one patient at a time, as a check does; nobody writes in another patient's name."""
    entries = [one for one in member.held.values() if one.patient != STRANGER]
    hearing, erased = Hearing.of(entries), member.erased()
    apart = [
        fold([one for one in entries if one.patient == patient], hearing, SHAPES, erased=erased)
        for patient in {one.patient for one in entries}
    ]
    made = fold(entries, hearing, SHAPES, erased=erased)
    rows = {key: row for one in apart for key, row in one.rows.items()}
    conflicts = {name for one in apart for name in _named(one.conflicts)}
    return (rows, conflicts) == (made.rows, _named(made.conflicts))


def _broken(findings: Findings, promise: str) -> list[int]:
    assert findings.met[promise] >= COUNT // 4
    return sorted(findings.broken.get(promise, ()))


def test_all_stations_come_to_the_same(findings: Findings) -> None:
    """Whatever the order and repetition: the same counts, the same rows and conflicts."""
    assert _broken(findings, "converge") == []


def test_everything_counts_once_everything_is_here(findings: Findings) -> None:
    """No honest chain has a flaw, and nothing waits for ever."""
    assert _broken(findings, "sound") == []


def test_what_counts_is_whole_and_waits_for_nothing(findings: Findings) -> None:
    """At every station at any time, exactly what the model's own book says."""
    assert _broken(findings, "count") == []


def test_rows_are_those_of_the_second_fold(findings: Findings) -> None:
    """Per group the last write, or no row at all."""
    assert _broken(findings, "rows") == []


def test_own_writes_may_be_applied_directly(findings: Findings) -> None:
    """A station that writes need not fold anew."""
    assert _broken(findings, "apply") == []


def test_a_group_is_never_mixed(findings: Findings) -> None:
    """5 mg and 250 g never become 5 g."""
    assert _broken(findings, "mix") == []


def test_half_a_row_is_never_left(findings: Findings) -> None:
    """A row has every column or is not there."""
    assert _broken(findings, "whole") == []


def test_exactly_the_true_conflicts_are_named(findings: Findings) -> None:
    """No pair of writes that knew of each other, and none that did not is left out."""
    assert _broken(findings, "conflicts") == []


def test_a_settled_conflict_is_gone_everywhere(findings: Findings) -> None:
    """One station decides, all have decided."""
    assert _broken(findings, "settle") == []


def test_what_has_no_effect_is_counted(findings: Findings) -> None:
    """Entries on visits of others or after signing, in another patient's name, without body."""
    assert _broken(findings, "skip") == []


def test_one_patient_at_a_time_comes_to_the_same(findings: Findings) -> None:
    """No row depends on another patient's entries."""
    assert _broken(findings, "apart") == []


@pytest.mark.parametrize("what", [
    "insert", "change", "delete", "undo", "begin", "answer", "sign", "amend", "mark", "trespass",
    "erase", "held", "waiting", "ignored", "there", "dose", "span", "site", "reason", "later",
])  # fmt: skip
def test_histories_hold_everything(findings: Findings, what: str) -> None:
    """Each thing that people do, and each kind of trouble, is met many times."""
    assert findings.met[what] > COUNT / 200
