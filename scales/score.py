"""Scoring: a sheet gives a total or none, its subscores, what is missing and why."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from scales.answers import check_level, check_takes_answers, find_item, key_of
from scales.consistency import questions
from scales.errors import N_, AnswerRefused
from scales.model import (
    Answer,
    Answers,
    Combine,
    Declined,
    Definition,
    Item,
    Key,
    Missing,
    NotTestable,
    Result,
    Rule,
    Scored,
    plain,
)


def score(definition: Definition, answers: Answers) -> Result:
    """Score a sheet. The total is ``None`` while any key has no level.

    Raises:
        AnswerRefused: A key or level that the scale does not have, or a broken rule of it.

    """
    check_sheet(definition, answers)
    reasons = _reasons(definition, answers)
    values = {item.id: _value(item, answers) for item in definition.items}
    subscores = {
        subscore.id: _sum(values[item] for item in subscore.items)
        for subscore in definition.subscores
    }
    return Result(
        scale=definition.id,
        version=definition.version,
        total=_sum(values.values()),
        missing=tuple(reasons),
        reasons=reasons,
        subscores=subscores,
        questions=questions(definition, answers),
    )


def check_sheet(definition: Definition, answers: Answers) -> None:
    """Refuse a sheet with an unknown key or level, or that breaks a rule of the scale.

    Raises:
        AnswerRefused: It does, or the scale takes only a typed total.

    """
    check_takes_answers(definition)
    for key, answer in answers.items():
        check_answer(definition, key, answer)
    for rule in definition.rules:
        if _binds(rule, answers.get(Key(rule.item))):
            _check_bound(rule, answers.get(Key(rule.other)))


def check_answer(definition: Definition, key: Key, answer: Answer) -> None:
    """Refuse one answer that this scale cannot take, whatever else is on the sheet.

    Raises:
        AnswerRefused: The item, its side or the level is unknown.

    """
    levels = definition.levels.get(key)
    if levels is not None and (not isinstance(answer, Scored) or answer.level in levels):
        return
    item = find_item(definition, key.item)
    key_of(definition, key.item, key.side or "")
    if isinstance(answer, Scored):
        check_level(item, key, answer.level)


def check_total(definition: Definition, total: Decimal) -> None:
    """Refuse a typed total that is outside the range or not on the step of the scale.

    Raises:
        AnswerRefused: It is; the range or the step is named.

    """
    if not (total.is_finite() and definition.lowest <= total <= definition.highest):
        raise AnswerRefused(
            N_("{total} is outside the range of “{scale}”, which is {lowest} to {highest}."),
            total=total,
            scale=definition.id,
            lowest=plain(definition.lowest),
            highest=plain(definition.highest),
        )
    if (total - definition.lowest) % definition.step:
        raise AnswerRefused(
            N_("{total} cannot be a total of “{scale}”, which moves in steps of {step}."),
            total=total,
            scale=definition.id,
            step=plain(definition.step),
        )


def implied(
    definition: Definition, key: Key, answer: Answer | None, answers: Answers
) -> Mapping[Key, Answer | None]:
    """Return what choosing ``answer`` on the screen writes besides; ``None`` opens a key again.

    ``answers`` is the sheet before the choice. Scoring and reading tables never use this.
    """
    written: dict[Key, Answer | None] = {}
    for rule in definition.rules:
        if key != Key(rule.item):
            continue
        other, forced = Key(rule.other), Scored(rule.equals)
        if _binds(rule, answer):
            written[other] = forced
        elif _binds(rule, answers.get(key)):
            written[other] = None
    return {other: new for other, new in written.items() if answers.get(other) != new}


def _binds(rule: Rule, answer: Answer | None) -> bool:
    return isinstance(answer, Scored) and answer.level >= rule.at_least


def _check_bound(rule: Rule, answer: Answer | None) -> None:
    if answer is not None and answer != Scored(rule.equals):
        raise AnswerRefused(rule.sentence)


def _reasons(definition: Definition, answers: Answers) -> dict[Key, Missing]:
    reasons = {key: _missing(answers.get(key)) for key in definition.keys}
    return {key: reason for key, reason in reasons.items() if reason is not None}


def _missing(answer: Answer | None) -> Missing | None:
    match answer:
        case Scored():
            return None
        case NotTestable():
            return Missing.NOT_TESTABLE
        case Declined():
            return Missing.DECLINED
        case _:
            return Missing.OPEN


def _value(item: Item, answers: Answers) -> Decimal | None:
    found = (answers.get(key) for key in item.keys)
    levels = [answer.level if isinstance(answer, Scored) else None for answer in found]
    total = _sum(levels)
    if total is None or item.combine is not Combine.MEAN:
        return total
    return total / len(levels)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for value in values:
        if value is None:
            return None
        total += value
    return total
