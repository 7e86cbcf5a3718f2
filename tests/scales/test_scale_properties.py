"""What holds for every sheet of every scale, the toy included."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scales.model import Answer, Declined, Definition, Key, Missing, NotTestable, Scored
from scales.score import implied, score
from tests.builders import full_sheet, toy_catalogue

SCALES = ("five_feature", "oms", "sara", "icars", "toy")
Sheet = dict[Key, Answer]


@cache
def scale_of(name: str) -> Definition:
    """Return a scale, the toy beside the shipped ones."""
    with TemporaryDirectory() as folder:
        return toy_catalogue(Path(folder)).find(name)


def bound(definition: Definition, sheet: Sheet) -> Sheet:
    """Return the sheet with the rules of the scale applied, as the screen does."""
    written = dict(sheet)
    for key, answer in sheet.items():
        forced = implied(definition, key, answer, {})
        written |= {other: new for other, new in forced.items() if new is not None}
    return written


@st.composite
def complete_sheets(draw: st.DrawFn, name: str) -> Sheet:
    """Draw a sheet with a level for every key."""
    definition = scale_of(name)
    sheet: Sheet = {
        key: Scored(draw(st.sampled_from(item.levels)).value)
        for item in definition.items
        for key in item.keys
    }
    return bound(definition, sheet)


def free_keys(definition: Definition, sheet: Sheet) -> list[Key]:
    """Return the keys that no rule of the scale binds on this sheet."""
    held = {
        Key(rule.other)
        for rule in definition.rules
        if isinstance(found := sheet.get(Key(rule.item)), Scored) and found.level >= rule.at_least
    }
    return [key for key in definition.keys if key not in held]


@pytest.mark.parametrize("name", SCALES)
@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_complete_sheet_has_a_total_in_range_and_on_the_step(
    name: str, data: st.DataObject
) -> None:
    """Totals and subscores stay inside what the scale states; totals stand on its step."""
    definition = scale_of(name)
    result = score(definition, data.draw(complete_sheets(name)))
    assert result.total is not None
    assert definition.lowest <= result.total <= definition.highest
    assert (result.total - definition.lowest) % definition.step == 0
    for subscore in definition.subscores:
        part = result.subscores[subscore.id]
        assert part is not None
        assert subscore.lowest <= part <= subscore.highest


@pytest.mark.parametrize("name", SCALES)
@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_dropping_any_answer_removes_the_total(name: str, data: st.DataObject) -> None:
    """Nothing is filled in: the dropped key is the one that is missing."""
    definition = scale_of(name)
    sheet = data.draw(complete_sheets(name))
    dropped = data.draw(st.sampled_from(definition.keys))
    del sheet[dropped]
    result = score(definition, sheet)
    assert (result.total, result.missing) == (None, (dropped,))
    for subscore in definition.subscores:
        is_touched = dropped.item in subscore.items
        assert (result.subscores[subscore.id] is None) == is_touched


@pytest.mark.parametrize("name", SCALES)
@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_an_answer_without_a_level_never_makes_a_total(name: str, data: st.DataObject) -> None:
    """Not testable and declined are reasons, not numbers."""
    definition = scale_of(name)
    sheet = data.draw(complete_sheets(name))
    key = data.draw(st.sampled_from(free_keys(definition, sheet)))
    reasons: dict[Answer, Missing] = {
        NotTestable("asleep"): Missing.NOT_TESTABLE,
        Declined(): Missing.DECLINED,
    }
    answer = data.draw(st.sampled_from(list(reasons)))
    result = score(definition, sheet | {key: answer})
    assert (result.total, result.reasons) == (None, {key: reasons[answer]})


@pytest.mark.parametrize("name", SCALES)
@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_raising_a_level_never_lowers_the_total(name: str, data: st.DataObject) -> None:
    """Higher is worse on every item, with what the scale's rules write besides."""
    definition = scale_of(name)
    sheet = data.draw(complete_sheets(name))
    key = data.draw(st.sampled_from(definition.keys))
    levels = [Scored(level.value) for level in definition.item(key.item).levels]
    place = levels.index(Scored(level_of(sheet[key])))
    raised = sheet | {key: levels[min(place + 1, len(levels) - 1)]}
    before, after = score(definition, sheet), score(definition, bound(definition, raised))
    assert total_of(after.total) >= total_of(before.total)


@pytest.mark.parametrize("name", SCALES)
def test_the_ends_of_the_range_are_reached(name: str) -> None:
    """The lowest and the highest sheet score the stated ends."""
    definition = scale_of(name)
    best, worst = score(definition, full_sheet(definition)), full_sheet(definition, worst=True)
    assert best.total == definition.lowest
    assert score(definition, worst).total == definition.highest


def level_of(answer: Answer) -> Decimal:
    """Return the level of an answer that has one."""
    assert isinstance(answer, Scored)
    return answer.level


def total_of(total: Decimal | None) -> Decimal:
    """Return a total that is there."""
    assert total is not None
    return total
