"""Questions that two answers raise together. They never block: the rater keeps or changes."""

from collections.abc import Collection, Mapping

from scales.errors import N_
from scales.model import (
    Answers,
    Catalogue,
    Condition,
    ConsistencyRule,
    Definition,
    EarlierLevel,
    Item,
    Key,
    NotTestable,
    Question,
    Scored,
    Side,
    plain,
)

_BIG_CHANGE = 2
_SINCE = "changed."
_CHANGED = {
    None: N_("{item} went from {before} to {now} since {since}, two steps or more. Keep it?"),
    Side.RIGHT: N_(
        "{item}, right, went from {before} to {now} since {since}, two steps or more. Keep it?"
    ),
    Side.LEFT: N_(
        "{item}, left, went from {before} to {now} since {since}, two steps or more. Keep it?"
    ),
}


def questions(definition: Definition, answers: Answers) -> tuple[Question, ...]:
    """Return the questions that a sheet raises by itself, in the order of the scale's file."""
    return _raised(definition.questions, {definition.id: answers})


def across(catalogue: Catalogue, sheets: Mapping[str, Answers]) -> tuple[Question, ...]:
    """Return the questions between the scales of one visit; ``sheets`` maps scale ids.

    A question is skipped if either scale is absent.
    """
    return _raised(catalogue.across, sheets)


def changes(
    definition: Definition, before: Answers, since: str, now: Answers
) -> tuple[Question, ...]:
    """Return a question for each key that moved two points or more, both levels scored.

    ``before`` is the last signed sheet of the same scale, ``since`` its date in words.
    """
    raised = []
    for item in definition.items:
        for key in item.keys:
            old, new = before.get(key), now.get(key)
            if isinstance(old, Scored) and isinstance(new, Scored):
                levels = (old, new)
                if abs(new.level - old.level) >= _BIG_CHANGE:
                    raised.append(_change(item, key, levels, since))
    return tuple(raised)


def is_since_last_time(question: str) -> bool:
    """Whether a question, by its id, compares with the last signed sheet of its scale."""
    return question.startswith(_SINCE)


def names(
    catalogue: Catalogue, scale: str, question: str, changed: Mapping[str, Collection[Key]]
) -> bool:
    """Whether a question kept for a scale, by its id, names one of the changed keys.

    ``changed`` maps scale ids. A question that this version does not know may name any key.
    """
    if is_since_last_time(question):
        return question.removeprefix(_SINCE) in map(str, changed.get(scale, ()))
    definition = catalogue.find(scale)
    never = {rule.id: rule.key for rule in definition.never}
    if question in never:
        return never[question] in changed.get(scale, ())
    rules = {rule.id: rule for rule in (*definition.questions, *catalogue.across)}
    if question not in rules:
        return bool(changed)
    return any(one.key in changed.get(one.scale, ()) for one in rules[question].conditions)


def denials(
    definition: Definition, earlier: Mapping[str, EarlierLevel], answers: Answers
) -> tuple[Question, ...]:
    """Return a question for each “never …” of something that had a level at an earlier visit.

    ``earlier`` maps a reason to the last level, in any scale, of what it says never was.
    """
    return tuple(
        Question(rule.id, (rule.key,), rule.sentence, _told(earlier[rule.reason]))
        for rule in definition.never
        if answers.get(rule.key) == NotTestable(rule.reason) and rule.reason in earlier
    )


def _told(earlier: EarlierLevel) -> Mapping[str, str]:
    return {"before": plain(earlier.level), "scale": earlier.scale, "since": earlier.day}


def _change(item: Item, key: Key, levels: tuple[Scored, Scored], since: str) -> Question:
    old, new = levels
    values = {
        "item": item.title,
        "before": plain(old.level),
        "now": plain(new.level),
        "since": since,
    }
    return Question(f"{_SINCE}{key}", (key,), _CHANGED[key.side], values)


def _raised(
    rules: tuple[ConsistencyRule, ...], sheets: Mapping[str, Answers]
) -> tuple[Question, ...]:
    asked = (_ask(rule, sheets) for rule in rules)
    return tuple(question for question in asked if question is not None)


def _ask(rule: ConsistencyRule, sheets: Mapping[str, Answers]) -> Question | None:
    values = {}
    for name, condition in zip(place_names(rule.conditions), rule.conditions, strict=True):
        answer = sheets.get(condition.scale, {}).get(condition.key)
        if not (isinstance(answer, Scored) and answer.level in condition.levels):
            return None
        values[name] = plain(answer.level)
    keys = tuple(condition.key for condition in rule.conditions)
    return Question(rule.id, keys, rule.sentence, values)


def place_names(conditions: tuple[Condition, ...]) -> tuple[str, ...]:
    """Return the names of the places in a rule's sentence: ``a``, ``b`` and so on."""
    return tuple("abcdefgh"[: len(conditions)])
