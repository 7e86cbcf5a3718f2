"""Checks the rules and the questions of a scale against its items."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from string import Formatter

from scales.consistency import place_names
from scales.faults import Fault, refuse_twice
from scales.model import Combine, Condition, ConsistencyRule, Definition, Item, Rule, plain


def check_rule(definition: Definition, rule: Rule) -> None:
    """Check that a rule of the scale joins two items without sides, at levels they have.

    Raises:
        Fault: It does not.

    """
    place = f"rule.{rule.item}"
    if rule.item == rule.other:
        raise Fault(place, "a rule joins two items")
    _check_levels(place, _plain_item(definition, place, rule.item), [rule.at_least])
    _check_levels(place, _plain_item(definition, place, rule.other), [rule.equals])
    if _places(place, rule.sentence):
        raise Fault(place, "its sentence has no places")


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
    wanted = list(place_names(rule.conditions))
    if sorted(_places(place, rule.sentence)) != wanted:
        raise Fault(f"{place}.sentence", f"must name each answer once: {', '.join(wanted)}")
    if not rule.sentence.endswith("?"):
        raise Fault(f"{place}.sentence", "must end as a question")


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
