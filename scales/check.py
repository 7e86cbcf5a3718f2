"""Checks a definition and its questions: everything that a scale file says must hold together."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from string import Formatter

from scales.build import Vector
from scales.consistency import place_names
from scales.errors import AnswerRefused
from scales.model import (
    Combine,
    Condition,
    ConsistencyRule,
    Definition,
    Item,
    NeverRule,
    Rule,
    Subscore,
    Verified,
    plain,
)
from scales.score import score
from scales.shape import Fault, refuse_twice

_SECONDS = re.compile(r"\b(\d+) s\b")


def check_definition(
    definition: Definition, level_step: Decimal, vectors: Sequence[Vector]
) -> None:
    """Check everything against everything, the worked examples last.

    Raises:
        Fault: Something does not hold; the key and the reason are named.

    """
    _check_verified(definition)
    refuse_twice("continues", (definition.version, *definition.continues))
    for item in definition.items:
        _check_item(item, level_step)
    _check_plain(definition)
    _check_step(definition, level_step)
    _check_range("lowest, highest", definition, definition.items)
    for subscore in definition.subscores:
        _check_subscore(definition, subscore)
    for rule in definition.rules:
        _check_rule(definition, rule)
    for question in definition.questions:
        check_question(question, [definition] * len(question.conditions))
    for never in definition.never:
        _check_never(definition, never)
    _check_published(definition)
    _check_vectors(definition, vectors)


def check_question(rule: ConsistencyRule, scales: Sequence[Definition]) -> None:
    """Check a question's conditions against their scales, and its sentence against them.

    Raises:
        Fault: A level is not there, or the sentence does not name every answer.

    """
    place = f"question.{rule.id}"
    if len(rule.conditions) < 2:
        raise Fault(f"{place}.when", "a question joins two answers or more")
    keys = (f"{condition.scale}.{condition.key}" for condition in rule.conditions)
    refuse_twice(f"{place}.when", keys)
    for condition, definition in zip(rule.conditions, scales, strict=True):
        _check_condition(f"{place}.when", condition, definition)
    _check_asks(place, rule.sentence, place_names(rule.conditions))


def _check_never(definition: Definition, rule: NeverRule) -> None:
    place = f"never.{rule.id}"
    if rule.reason not in definition.item(rule.key.item).reasons:
        raise Fault(f"{place}.reason", f"“{rule.key}” does not offer “{rule.reason}”")
    _check_asks(place, rule.sentence, ("before", "scale", "since"))


def _check_asks(place: str, sentence: str, names: Sequence[str]) -> None:
    """Check that a sentence names each answer once and ends as a question."""
    if sorted(_places(place, sentence)) != list(names):
        raise Fault(f"{place}.sentence", f"must name each answer once: {', '.join(names)}")
    if not sentence.endswith("?"):
        raise Fault(f"{place}.sentence", "must end as a question")


def _check_verified(definition: Definition) -> None:
    is_all_verified = all(item.verified for item in definition.items)
    if definition.verified is not Verified.NO and not is_all_verified:
        raise Fault("verified", "an item is not verified, so the scale cannot be")
    if definition.verified is Verified.NO and is_all_verified and definition.items:
        raise Fault("verified", "every item is verified, so the scale is too")
    if definition.verified is not Verified.YES and not definition.caution:
        raise Fault("caution", "a scale that is not verified needs one")
    source = definition.source
    if definition.verified is Verified.YES and not (source.doi or source.pmid):
        raise Fault("source", "needs a doi or a pmid: a scale is verified against its paper")


def _seconds_told(item: Item) -> int | None:
    """Return the one time that the criteria name; 0 for none, nothing where there are several."""
    told = {int(number) for one in item.levels for number in _SECONDS.findall(one.criterion)}
    return None if len(told) > 1 else next(iter(told), 0)


def _check_item(item: Item, level_step: Decimal) -> None:
    if (item.heading == "") != (item.term == ""):
        raise Fault(f"item.{item.id}", "a heading and a term stand together")
    if item.seconds != _seconds_told(item):
        raise Fault(f"item.{item.id}.seconds", "must be the seconds that its levels name")
    place = f"item.{item.id}.levels"
    if len(item.levels) < 2:
        raise Fault(place, "an item needs two levels or more")
    refuse_twice(place, (plain(level.value) for level in item.levels))
    for lower, higher in pairwise(item.levels):
        if higher.value - lower.value != level_step:
            raise Fault(
                place,
                f"{plain(higher.value)} after {plain(lower.value)}: levels rise in steps of "
                f"{plain(level_step)}",
            )


def _check_plain(definition: Definition) -> None:
    words = [
        word
        for item in definition.items
        for word in (item.plain, *(level.plain for level in item.levels))
    ]
    if any(words) and not all(words):
        raise Fault("plain", "family words stand for every item and level, or for none")


def _check_step(definition: Definition, level_step: Decimal) -> None:
    if definition.step <= 0:
        raise Fault("step", "must be above 0")
    has_means = any(item.combine is Combine.MEAN for item in definition.items)
    reached = level_step / 2 if has_means else level_step
    if definition.items and definition.step != reached:
        raise Fault("step", f"the items move the total in steps of {plain(reached)}")
    if (definition.highest - definition.lowest) % definition.step:
        raise Fault("step", "does not lead from lowest to highest")


def _check_range(place: str, stated: Definition | Subscore, items: Iterable[Item]) -> None:
    if stated.lowest >= stated.highest:
        raise Fault(place, "lowest must be below highest")
    ends = [_ends(item) for item in items]
    low, high = sum(low for low, _ in ends), sum(high for _, high in ends)
    if ends and (stated.lowest, stated.highest) != (low, high):
        raise Fault(place, f"the items reach from {low} to {high}")


def _ends(item: Item) -> tuple[Decimal, Decimal]:
    times = 2 if item.combine is Combine.SUM else 1
    return item.levels[0].value * times, item.levels[-1].value * times


def _check_subscore(definition: Definition, subscore: Subscore) -> None:
    place = f"subscore.{subscore.id}"
    known = {item.id: item for item in definition.items}
    for item in subscore.items:
        if item not in known:
            raise Fault(f"{place}.items", f"there is no item “{item}”")
    if not subscore.items:
        raise Fault(f"{place}.items", "a subscore needs an item")
    refuse_twice(f"{place}.items", subscore.items)
    _check_range(place, subscore, [known[item] for item in subscore.items])


def _check_rule(definition: Definition, rule: Rule) -> None:
    """Check that a rule of the scale joins two items without sides, at levels they have."""
    place = f"rule.{rule.item}"
    if rule.item == rule.other:
        raise Fault(place, "a rule joins two items")
    _check_levels(place, _plain_item(definition, place, rule.item), [rule.at_least])
    _check_levels(place, _plain_item(definition, place, rule.other), [rule.equals])
    if _places(place, rule.sentence):
        raise Fault(place, "its sentence has no places")


def _check_condition(place: str, condition: Condition, definition: Definition) -> None:
    if not condition.levels:
        raise Fault(place, f"“{condition.key}” needs a level")
    _check_levels(place, definition.item(condition.key.item), sorted(condition.levels))


def _check_levels(place: str, item: Item, levels: Iterable[Decimal]) -> None:
    known = {level.value for level in item.levels}
    for level in levels:
        if level not in known:
            raise Fault(place, f"“{item.id}” has no level {plain(level)}")


def _plain_item(definition: Definition, place: str, item_id: str) -> Item:
    for item in definition.items:
        if item.id == item_id and item.combine is Combine.NONE:
            return item
    raise Fault(place, f"there is no item “{item_id}” without sides")


def _places(place: str, sentence: str) -> list[str]:
    try:
        return [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
    except ValueError as error:
        raise Fault(f"{place}.sentence", f"has a brace too many or too few: {error}") from error


def _check_published(definition: Definition) -> None:
    for noise in definition.noise:
        if noise.low >= noise.high:
            raise Fault("noise", "low must be below high")
    for change in definition.smallest_change:
        if change.value <= 0:
            raise Fault("smallest_change", "must be above 0")
    refuse_twice("age_mark", (str(mark.age) for mark in definition.age_marks))
    for mark in definition.age_marks:
        ends = (definition.lowest, mark.low, mark.median, mark.high, definition.highest)
        if list(ends) != sorted(ends):
            raise Fault("age_mark", "low, median and high must rise within the range")


def _check_vectors(definition: Definition, vectors: Sequence[Vector]) -> None:
    if definition.items and not vectors:
        raise Fault("vector", "a scale with items needs a worked example")
    for vector in vectors:
        _check_vector(definition, vector)


def _check_vector(definition: Definition, vector: Vector) -> None:
    place = f"vector.{vector.name}"
    try:
        result = score(definition, vector.answers)
    except AnswerRefused as error:
        if not vector.refused:
            raise Fault(place, f"is refused: {error}") from error
        return
    if vector.refused:
        raise Fault(place, "should be refused, but scores")
    if result.total != vector.total:
        raise Fault(place, f"the total comes out as {_told(result.total)}")
    for subscore, number in vector.subscores.items():
        if subscore not in result.subscores:
            raise Fault(place, f"there is no subscore “{subscore}”")
        if result.subscores[subscore] != number:
            reached = _told(result.subscores[subscore])
            raise Fault(place, f"subscore {subscore} comes out as {reached}")


def _told(number: Decimal | None) -> str:
    return "none" if number is None else plain(number)
