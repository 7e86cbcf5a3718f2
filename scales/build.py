"""From the raw shape of a scale file to its frozen model."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from scales.answers import parse_key
from scales.errors import AnswerRefused, UnknownScale
from scales.model import (
    AgeMark,
    Answer,
    Answers,
    Combine,
    Condition,
    ConsistencyRule,
    Declined,
    Definition,
    Item,
    Key,
    Level,
    NeverRule,
    Noise,
    NotTestable,
    Number,
    Rule,
    Scored,
    SmallestChange,
    Source,
    Subscore,
    Verified,
)
from scales.shape import (
    Fault,
    ItemShape,
    NeverShape,
    NoiseShape,
    QuestionShape,
    RuleShape,
    ScaleShape,
    SmallestChangeShape,
    SourceShape,
    SubscoreShape,
    VectorShape,
    refuse_twice,
)

Find = Callable[[str], Definition]


class Vector(msgspec.Struct, frozen=True):
    """A worked example that loading recomputes; ``refused`` means that scoring must refuse it."""

    name: str
    answers: Answers
    total: Decimal | None
    subscores: Mapping[str, Decimal | None]
    refused: bool = False


def build(raw: ScaleShape) -> Definition:
    """Build a definition; its parts are not yet checked against each other.

    Raises:
        Fault: An id stands twice, or a question names a key that is not there.

    """
    _refuse_ids_twice(raw)
    definition = Definition(
        id=raw.id,
        version=raw.version,
        title=raw.title,
        short_title=raw.short_title,
        measures=raw.measures,
        items=tuple(_item(item) for item in raw.item),
        subscores=tuple(_subscore(subscore) for subscore in raw.subscore),
        lowest=Decimal(raw.lowest),
        highest=Decimal(raw.highest),
        step=Decimal(raw.step),
        verified=Verified(raw.verified),
        caution=raw.caution,
        rules=tuple(_rule(rule) for rule in raw.rule),
        questions=(),
        noise=tuple(_noise(noise) for noise in raw.noise),
        smallest_change=tuple(_smallest_change(change) for change in raw.smallest_change),
        age_marks=_age_marks(raw),
        remarks=raw.remarks,
        source=_source(raw.source),
        licence=raw.licence,
        order=raw.order,
        continues=raw.continues,
    )
    own = tuple(_own_question(definition, question) for question in raw.question)
    never = tuple(_never(definition, rule) for rule in raw.never)
    return replace(definition, questions=own, never=never)


def build_vectors(definition: Definition, raw: Iterable[VectorShape]) -> tuple[Vector, ...]:
    """Build the worked examples of a scale.

    Raises:
        Fault: One names a key that is not there.

    """
    return tuple(_vector(definition, vector) for vector in raw)


def build_across(raw: QuestionShape, find: Find) -> ConsistencyRule:
    """Build a question between scales; ``find`` returns the scale with an id.

    Raises:
        Fault: It names a scale or a key that is not there.

    """
    place = f"question.{raw.id}.when"
    try:
        scales = [find(condition.scale) for condition in raw.when]
    except UnknownScale as error:
        raise Fault(place, str(error)) from error
    return _question(raw, scales)


def _refuse_ids_twice(raw: ScaleShape) -> None:
    refuse_twice("item", (item.id for item in raw.item))
    refuse_twice("subscore", (subscore.id for subscore in raw.subscore))
    questions = [*(question.id for question in raw.question), *(rule.id for rule in raw.never)]
    refuse_twice("question", questions)
    refuse_twice("vector", (vector.name for vector in raw.vector))


def _item(raw: ItemShape) -> Item:
    return Item(
        id=raw.id,
        title=raw.title,
        how_to_test=raw.how_to_test,
        levels=tuple(
            Level(Decimal(level.value), level.label, level.criterion, level.plain)
            for level in raw.levels
        ),
        combine=Combine(raw.sides),
        verified=raw.verified,
        heading=raw.heading,
        term=raw.term,
        plain=raw.plain,
        reasons=raw.reasons,
        seconds=raw.seconds,
    )


def _subscore(raw: SubscoreShape) -> Subscore:
    return Subscore(raw.id, raw.title, raw.items, Decimal(raw.lowest), Decimal(raw.highest))


def _rule(raw: RuleShape) -> Rule:
    return Rule(raw.item, Decimal(raw.at_least), raw.other, Decimal(raw.equals), raw.sentence)


def _source(raw: SourceShape) -> Source:
    return Source(raw.citation, raw.doi, raw.pmid)


def _noise(raw: NoiseShape) -> Noise:
    low, high = Decimal(raw.low), Decimal(raw.high)
    return Noise(low, high, raw.label, raw.from_age, _source(raw.source))


def _smallest_change(raw: SmallestChangeShape) -> SmallestChange:
    return SmallestChange(Decimal(raw.value), raw.label, raw.from_age, _source(raw.source))


def _age_marks(raw: ScaleShape) -> tuple[AgeMark, ...]:
    return tuple(
        AgeMark(mark.age, Decimal(mark.median), Decimal(mark.low), Decimal(mark.high), mark.label)
        for mark in raw.age_mark
    )


def _own_question(definition: Definition, raw: QuestionShape) -> ConsistencyRule:
    if any(condition.scale for condition in raw.when):
        raise Fault(f"question.{raw.id}.when", "questions between scales belong in across.toml")
    return _question(raw, [definition] * len(raw.when))


def _never(definition: Definition, raw: NeverShape) -> NeverRule:
    key = _key(definition, f"never.{raw.id}.key", raw.key)
    return NeverRule(raw.id, key, raw.reason, raw.sentence)


def _question(raw: QuestionShape, scales: Sequence[Definition]) -> ConsistencyRule:
    place = f"question.{raw.id}.when"
    conditions = []
    for condition, definition in zip(raw.when, scales, strict=True):
        levels = frozenset(Decimal(level) for level in condition.levels)
        key = _key(definition, place, condition.key)
        conditions.append(Condition(definition.id, key, levels))
    return ConsistencyRule(raw.id, tuple(conditions), raw.sentence)


def _vector(definition: Definition, raw: VectorShape) -> Vector:
    place = f"vector.{raw.name}"
    answers: dict[Key, Answer] = {
        _key(definition, place, name): Scored(Decimal(level))
        for name, level in _flat(raw.answers).items()
    }
    for name in raw.not_testable:
        answers[_key(definition, place, name)] = NotTestable(raw.name)
    for name in raw.declined:
        answers[_key(definition, place, name)] = Declined()
    subscores: dict[str, Decimal | None] = {part.id: None for part in definition.subscores}
    subscores |= {name: Decimal(number) for name, number in raw.subscores.items()}
    return Vector(
        name=raw.name,
        answers=answers,
        total=None if raw.total is None else Decimal(raw.total),
        subscores=subscores,
        refused=raw.refused,
    )


def _flat(answers: Mapping[str, Number | dict[str, Number]]) -> Mapping[str, Number]:
    flat: dict[str, Number] = {}
    for item, value in answers.items():
        if isinstance(value, dict):
            flat |= {f"{item}.{side}": level for side, level in value.items()}
        else:
            flat[item] = value
    return flat


def _key(definition: Definition, place: str, text: str) -> Key:
    try:
        return parse_key(definition, text)
    except AnswerRefused as error:
        raise Fault(place, str(error)) from error
