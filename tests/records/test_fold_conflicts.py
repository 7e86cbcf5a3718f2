"""The fold: writes of stations that had not heard each other conflict, until one settles it."""

from typing import Any

import pytest

from app.records.fold import THERE
from tests.records.stations import (
    FIVE,
    MANY,
    NO_SPAN,
    Station,
    folded,
    named,
    row_of,
    two_that_know_a_dose,
)


def test_two_writes_conflict_when_neither_station_had_heard_the_other() -> None:
    """The group and both entries are named; the value is whole, that of the later one."""
    one, two = two_that_know_a_dose()
    first = one.write(before=FIVE, after=MANY)
    second = two.write(before=FIVE, after={**FIVE, "dose": "6"}, clock=50)
    made = folded(one, two)
    (conflict,) = made.conflicts
    assert (conflict.kind, conflict.row, conflict.group) == ("doses", b"row", "dose")
    assert conflict.entries == named(first, second)
    assert row_of(made) == {**FIVE, **NO_SPAN, "dose": "6", "note": ""}


def test_a_write_that_had_heard_the_other_is_no_conflict() -> None:
    """It says what should stand, having seen what stood."""
    one, two = two_that_know_a_dose()
    two.write(before=FIVE, after=MANY)
    assert folded(one, two).conflicts == ()


def test_two_stations_that_write_the_same_do_not_conflict() -> None:
    """There is nothing to decide."""
    one, two = two_that_know_a_dose()
    one.write(before=FIVE, after=MANY)
    two.write(before=FIVE, after=MANY)
    assert folded(one, two).conflicts == ()


def test_a_later_write_that_had_heard_both_settles_a_conflict() -> None:
    """Whoever writes it, nothing is in conflict afterwards."""
    one, two = two_that_know_a_dose()
    one.write(before=FIVE, after=MANY)
    two.write(before=FIVE, after={**FIVE, "dose": "6"})
    assert len(folded(one, two).conflicts) == 1
    three = Station("c")
    three.hear(one, two)
    three.write(before=MANY, after=FIVE)
    made = folded(one, two, three)
    assert (made.conflicts, row_of(made)["dose"]) == ((), "5")


def test_a_write_that_had_heard_only_one_of_them_settles_nothing() -> None:
    """It takes the place of what it had heard, and conflicts with the other."""
    one, two = two_that_know_a_dose()
    one.write(before=FIVE, after=MANY)
    second = two.write(before=FIVE, after={**FIVE, "dose": "6"})
    three = Station("c")
    three.hear(one)
    third = three.write(before=MANY, after=FIVE)
    (conflict,) = folded(one, two, three).conflicts
    assert set(conflict.entries) == set(named(second, third))


def test_a_station_s_later_write_takes_the_place_of_its_own() -> None:
    """Only the last of each station's is named."""
    one, two = two_that_know_a_dose()
    one.write(before=FIVE, after=MANY)
    last = one.write(before=MANY, after=FIVE)
    other = two.write(before=FIVE, after={**FIVE, "dose": "6"})
    (conflict,) = folded(one, two).conflicts
    assert set(conflict.entries) == set(named(last, other))


def test_what_is_heard_afterwards_does_not_count_for_an_earlier_write() -> None:
    """A write stands with what its station knew then."""
    one, two = two_that_know_a_dose()
    first = one.write(before=FIVE, after=MANY)
    second = two.write(before=FIVE, after={**FIVE, "dose": "6"})
    two.hear(one)
    two.write(before={"note": ""}, after={"note": "x"})
    (conflict,) = folded(one, two).conflicts
    assert set(conflict.entries) == set(named(first, second))


def test_three_stations_can_be_in_one_conflict() -> None:
    """All of them are named once."""
    one, two = two_that_know_a_dose()
    three = Station("c")
    three.hear(one)
    writes = [
        station.write(before=FIVE, after={**FIVE, "dose": str(number)}, clock=number + 20)
        for number, station in enumerate((three, two, one))
    ]
    (conflict,) = folded(one, two, three).conflicts
    assert conflict.entries == named(*writes)


def test_inserts_of_one_natural_key_conflict_where_they_differ() -> None:
    """An insert writes every group; those that say the same are left alone."""
    one, two = Station("a"), Station("b")
    first, second = one.write(after={**FIVE, "note": "x"}), two.write(after={**FIVE, "note": "y"})
    (conflict,) = folded(one, two).conflicts
    assert (conflict.group, conflict.entries) == ("note", named(first, second))


def test_a_column_of_a_newer_version_can_be_in_conflict() -> None:
    """It is a group like any other."""
    one, two = two_that_know_a_dose()
    one.write(before={}, after={"later": 1})
    two.write(before={}, after={"later": 2})
    assert [conflict.group for conflict in folded(one, two).conflicts] == ["later"]


def test_a_delete_conflicts_with_a_change_that_it_had_not_heard() -> None:
    """Whether the row is there is what they disagree about; it is gone and the conflict named."""
    one, two = two_that_know_a_dose()
    change = one.write(before=FIVE, after=MANY)
    delete = two.write(before=FIVE)
    made = folded(one, two)
    (conflict,) = made.conflicts
    assert (conflict.group, set(conflict.entries)) == (THERE, set(named(change, delete)))
    assert made.rows == {}


def test_a_delete_that_had_heard_everything_is_no_conflict() -> None:
    """It settles what was in conflict in the row."""
    one, two = two_that_know_a_dose()
    one.write(before=FIVE, after=MANY)
    two.write(before=FIVE, after={**FIVE, "dose": "6"})
    two.hear(one)
    two.write(before=MANY)
    assert folded(one, two).conflicts == ()


def test_a_change_that_had_heard_the_delete_is_no_conflict() -> None:
    """It has no effect, and its station knew why."""
    one, two = two_that_know_a_dose()
    two.write(before=FIVE)
    one.hear(two)
    one.write(before=FIVE, after=MANY)
    made = folded(one, two)
    assert (made.rows, made.conflicts) == ({}, ())


def test_two_deletes_do_not_conflict() -> None:
    """Both say that the row is gone."""
    one, two = two_that_know_a_dose()
    one.write(before=FIVE)
    two.write(before=FIVE)
    assert folded(one, two).conflicts == ()


@pytest.mark.parametrize("after", [None, FIVE])
def test_a_conflict_about_being_there_is_settled_either_way(after: Any) -> None:
    """By a delete, or by the whole row, of a station that had heard both."""
    one, two = two_that_know_a_dose()
    one.write(before=FIVE, after=MANY)
    two.write(before=FIVE)
    one.hear(two)
    one.write(after=after)
    made = folded(one, two)
    assert made.conflicts == ()
    assert (row_of(made) is None) == (after is None)


def test_a_row_brought_back_while_another_changes_it_conflicts_in_that_group() -> None:
    """Undo of a delete writes every group anew."""
    one, two = two_that_know_a_dose()
    one.write(before=FIVE)
    back = one.write(after=FIVE, undoes=2)
    change = two.write(before=FIVE, after=MANY)
    (conflict,) = folded(one, two).conflicts
    assert (conflict.group, set(conflict.entries)) == ("dose", set(named(back, change)))


def test_a_row_brought_back_while_another_deletes_it_conflicts_about_being_there() -> None:
    """One says that it is there, the other that it is not."""
    one, two = two_that_know_a_dose()
    one.write(before=FIVE)
    back = one.write(after=FIVE, undoes=2)
    delete = two.write(before=FIVE)
    (conflict,) = folded(one, two).conflicts
    assert (conflict.group, set(conflict.entries)) == (THERE, set(named(back, delete)))
