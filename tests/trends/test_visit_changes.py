"""What stood before a visit, and two visits side by side: held against a second opinion."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records.model import PatientRecord, Sheet, Visit
from app.trends.visit_changes import (
    Earlier,
    SheetPair,
    change_since,
    last_before,
    level_at,
    other_visits,
    sheet_pairs,
    subscore_at,
    total_of,
    visits_around,
)
from scales.model import Answer, Key, Scored
from tests.builders import replace
from tests.courses import CATALOGUE, record, sheet, typed, visit, when

FIVE = CATALOGUE.find("five_feature")
GAIT = Key("gait")
LETTERS = st.lists(st.sampled_from("0123.x-"), min_size=5, max_size=5).map("".join)


def _old(made: Sheet, version: str) -> Sheet:
    return replace(made, version=version)


def test_the_visits_around_one_stand_in_the_order_of_the_course() -> None:
    """Whatever order they are read in; a visit is not around itself, nor its other versions."""
    late, here, early = visit("2026-01-03"), visit("2026-01-02"), visit("2026-01-01")
    made = record((late, here, early))
    assert visits_around(here, made) == ((early,), (late,))
    assert visits_around(early, made) == ((), (here, late))
    newer = replace(here, id="#newer", version=2)
    assert visits_around(newer, made) == ((early,), (late,))
    assert other_visits(here, made) == (early, late)


def test_a_visit_in_error_is_around_nothing() -> None:
    """It has neighbours itself, so that one finds the way back from it."""
    marked = visit("2026-01-02", error_reason="wrong child")
    made = record((visit("2026-01-01"), visit("2026-01-03")))
    assert [len(side) for side in visits_around(marked, made)] == [1, 1]
    made = record((visit("2026-01-01"), marked, visit("2026-01-03")))
    assert marked not in other_visits(visit("2026-01-03"), made)


def test_the_last_level_is_looked_for_item_by_item() -> None:
    """A visit that could not test an item is passed over, and its day is not told."""
    earlier = (
        visit("2026-01-01", sheet("five_feature", "11111")),
        visit("2026-01-02", sheet("five_feature", "22x2-")),
        visit("2026-01-03", sheet("oms", "333333")),
    )
    eyes = last_before("five_feature", level_at(Key("opsoclonus")), earlier)
    assert eyes == Earlier(Decimal(2), when("2026-01-02"), FIVE.version)
    gait = last_before("five_feature", level_at(GAIT), earlier)
    assert gait == Earlier(Decimal(1), when("2026-01-01"), FIVE.version)
    assert last_before("five_feature", total_of, earlier) == Earlier(
        Decimal(5), when("2026-01-01"), FIVE.version
    )
    assert last_before("sara", total_of, earlier) is None


def test_a_total_from_paper_is_a_total_and_no_level() -> None:
    """It says that it was typed."""
    earlier = (visit("2026-01-01", typed("oms", "9")),)
    found = last_before("oms", total_of, earlier)
    assert found == Earlier(
        Decimal(9), when("2026-01-01"), CATALOGUE.find("oms").version, is_typed=True
    )
    assert last_before("oms", level_at(GAIT), earlier) is None


def test_a_subscore_is_read_like_a_total() -> None:
    """One that could not be formed is none."""
    part = subscore_at(FIVE.subscores[0].id)
    assert part(sheet("five_feature", "11x11")) == Decimal(4)
    assert part(sheet("five_feature", "1x111")) is None


@pytest.mark.parametrize(
    ("before", "now", "version", "change"),
    [
        ("2", "0", "2", "-2"), ("0", "0", "2", "0"), ("0.5", "2", "2", "1.5"),
        ("2", "0", "1", "-2"), ("2", "0", "0", None), (None, "0", "2", None),
        ("2", None, "2", None),
    ],
)  # fmt: skip
def test_a_change_is_exact_or_there_is_none(
    before: str | None, now: str | None, version: str, change: str | None
) -> None:
    """Between versions on one line alone, and between numbers alone: nothing counts as 0."""
    earlier = None if before is None else Earlier(Decimal(before), when("2026-01-01"), version)
    found = change_since(earlier, None if now is None else Decimal(now), FIVE, FIVE.version)
    assert found == (None if change is None else Decimal(change))


def _second_change(one: Answer | None, other: Answer | None) -> Decimal | None:
    """Compare two answers as somebody would who has only the paper in front of them."""
    match one, other:
        case Scored(before), Scored(now):
            return Decimal(int(now) - int(before))
        case _:
            return None


@given(LETTERS, LETTERS)
def test_items_side_by_side_come_out_as_by_hand(before: str, now: str) -> None:
    """For every mixture of levels, open, not testable and declined."""
    one, other = (
        visit(day, sheet("five_feature", letters))
        for day, letters in (("2026-01-01", before), ("2026-01-02", now))
    )
    (pair,) = sheet_pairs(one, other, CATALOGUE)
    assert pair.compares
    assert pair.has_items
    for place, key in enumerate(FIVE.keys):
        is_number = before[place].isdigit() and now[place].isdigit()
        by_letter = Decimal(now[place]) - Decimal(before[place]) if is_number else None
        by_answer = _second_change(
            one.sheets[0].answers.get(key), other.sheets[0].answers.get(key)
        )
        assert pair.change(level_at(key)) == by_letter == by_answer
    sums = [sum(map(int, told)) if told.isdigit() else None for told in (before, now)]
    by_hand = None if sums[0] is None or sums[1] is None else Decimal(sums[1] - sums[0])
    assert pair.change(total_of) == by_hand


def _second_last(course: list[str], place: int) -> tuple[int, Decimal] | None:
    """Walk back over a course written as letters, a visit a word."""
    for day in range(len(course) - 1, -1, -1):
        if course[day][place].isdigit():
            return day, Decimal(course[day][place])
    return None


@given(st.lists(LETTERS, max_size=6), LETTERS)
def test_what_was_before_comes_out_as_by_hand(course: list[str], now: str) -> None:
    """Each item of its own, over any course."""
    here = visit("2026-01-20", sheet("five_feature", now))
    made = record(_course(course, here))
    earlier, _ = visits_around(here, made)
    for place, key in enumerate(FIVE.keys):
        found = last_before("five_feature", level_at(key), earlier)
        by_hand = _second_last(course, place)
        told = None if found is None else (found.date.first.day - 1, found.value)
        assert told == by_hand


def _course(course: list[str], here: Visit) -> tuple[Visit, ...]:
    days = (visit(f"2026-01-{day:02}", sheet("five_feature", told)) for day, told in
            enumerate(course, 1))  # fmt: skip
    return (*days, here)


def test_sides_are_compared_each_with_its_own() -> None:
    """Right with right, left with left."""
    sara = CATALOGUE.find("sara")
    right, left = sara.item("finger_chase").keys
    one = visit("2026-01-01", sheet("sara", _sara(right=1, left=3)))
    other = visit("2026-01-02", sheet("sara", _sara(right=2, left=0)))
    (pair,) = sheet_pairs(one, other, CATALOGUE)
    assert pair.change(level_at(right)) == 1
    assert pair.change(level_at(left)) == -3
    assert pair.change(total_of) == Decimal(-1)


def _sara(*, right: int, left: int) -> str:
    keys = CATALOGUE.find("sara").keys
    sides = {"right": str(right), "left": str(left)}
    return "".join(sides[key.side or ""] if key.item == "finger_chase" else "0" for key in keys)


def test_versions_that_do_not_compare_give_no_number() -> None:
    """The answers stay; both directions alike."""
    old = _old(sheet("five_feature", "22222"), "0")
    pair = SheetPair(FIVE, old, sheet("five_feature", "11111"))
    assert (pair.compares, pair.has_items) == (False, True)
    assert pair.change(total_of) is pair.change(level_at(GAIT)) is None
    same = SheetPair(FIVE, old, _old(sheet("five_feature", "11111"), "0"))
    assert same.change(total_of) == -5


def test_a_scale_of_one_visit_alone_stands_there_without_a_change() -> None:
    """In the order of the catalogue, and a total from paper has no items."""
    one = visit("2026-01-01", sheet("oms", "111111"), sheet("five_feature", "00000"))
    other = visit("2026-01-02", typed("oms", "4"))
    five, oms = sheet_pairs(one, other, CATALOGUE)
    assert (five.definition.id, five.now, five.compares) == ("five_feature", None, False)
    assert five.change(total_of) is None
    assert not oms.has_items
    assert oms.change(total_of) == -2
    assert oms.change(level_at(GAIT)) is None


def test_an_empty_record_has_nothing_around() -> None:
    """Nor anything before."""
    made: PatientRecord = record()
    assert visits_around(visit("2026-01-01"), made) == ((), ())
    assert last_before("oms", total_of, ()) is None
