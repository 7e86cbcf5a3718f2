"""The values of measuring, all frozen, all exact: keys, answers, scales, results."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

import msgspec

from scales.errors import N_, UnknownScale


class Side(StrEnum):
    """A side of the body that an item is scored on."""

    RIGHT = "right"
    LEFT = "left"


class Key(msgspec.Struct, frozen=True):
    """The place of one answer on a sheet: an item, and its side where the item has sides."""

    item: str
    side: Side | None = None

    def __str__(self) -> str:
        return self.item if self.side is None else f"{self.item}.{self.side}"


class Scored(msgspec.Struct, frozen=True):
    """A level was chosen. Level 0 is a score like any other."""

    level: Decimal


class NotTestable(msgspec.Struct, frozen=True):
    """The item could not be tested, and why."""

    reason: str


class Declined(msgspec.Struct, frozen=True):
    """The person or the family declined the item; a reason may be told."""

    reason: str = ""


Number = int | Decimal
Answer = Scored | NotTestable | Declined
Answers = Mapping[Key, Answer]
"""A sheet. A key that is absent is open: not scored yet."""


class Missing(StrEnum):
    """Why a key has no level."""

    OPEN = "open"
    NOT_TESTABLE = "not_testable"
    DECLINED = "declined"


class Combine(StrEnum):
    """How an item's sides make its value."""

    NONE = "none"
    MEAN = "mean"
    SUM = "sum"


class Verified(StrEnum):
    """How far the criteria of a whole scale were checked against its paper."""

    YES = "yes"
    NO = "no"
    OWN = "own"


class Level(msgspec.Struct, frozen=True):
    """One level of an item: its value, a short label, and the criterion in our own words.

    ``plain`` is the same in a family's words; empty where the scale is not shown to families.
    """

    value: Decimal
    label: str
    criterion: str
    plain: str = ""


class Item(msgspec.Struct, frozen=True, dict=True):
    """One item: what to do, its levels in rising order, and how its sides combine.

    ``heading`` and ``term`` are its title in two parts, the plain word and the medical one, for
    a row that shows them one above the other; empty where the title is one. ``plain`` is its
    name in a family's words; ``reasons`` are ready-made for "not testable". ``seconds`` is the
    time that tells its levels apart; 0 where nothing is timed.
    """

    id: str
    title: str
    how_to_test: str
    levels: tuple[Level, ...]
    combine: Combine
    verified: bool
    heading: str = ""
    term: str = ""
    plain: str = ""
    reasons: tuple[str, ...] = ()
    seconds: int = 0

    @property
    def sides(self) -> tuple[Side | None, ...]:
        """The sides scored, right before left; one ``None`` for an item without sides."""
        return (None,) if self.combine is Combine.NONE else (Side.RIGHT, Side.LEFT)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The keys of this item, right before left."""
        return tuple(Key(self.id, side) for side in self.sides)


class Subscore(msgspec.Struct, frozen=True):
    """A named sum of some items, with its own range."""

    id: str
    title: str
    items: tuple[str, ...]
    lowest: Decimal
    highest: Decimal


class Rule(msgspec.Struct, frozen=True):
    """A rule of the scale: ``item`` at ``at_least`` or more means ``other`` is ``equals``."""

    item: str
    at_least: Decimal
    other: str
    equals: Decimal
    sentence: str


class Condition(msgspec.Struct, frozen=True):
    """One half of a consistency question: this key of this scale stands at one of these levels."""

    scale: str
    key: Key
    levels: frozenset[Decimal]


class ConsistencyRule(msgspec.Struct, frozen=True):
    """A question to raise when every condition holds.

    ``sentence`` has one ``{name}`` place for each condition's level, named ``a``, ``b``, …
    """

    id: str
    conditions: tuple[Condition, ...]
    sentence: str


class NeverRule(msgspec.Struct, frozen=True):
    """A question to raise when ``reason`` says that something never was, yet it had a level.

    ``sentence`` has a place for the ``{before}`` level, its ``{scale}``, and ``{since}`` when.
    """

    id: str
    key: Key
    reason: str
    sentence: str


class EarlierLevel(msgspec.Struct, frozen=True):
    """A level of an earlier visit: the title of its scale, and the visit's date in words."""

    scale: str
    level: Decimal
    day: str


class Question(msgspec.Struct, frozen=True):
    """A raised question. ``sentence`` is a catalogue text; ``values`` fill its places."""

    id: str
    keys: tuple[Key, ...]
    sentence: str
    values: Mapping[str, str] = {}

    @property
    def text(self) -> str:
        """The English sentence."""
        return self.sentence.format(**self.values)


class Source(msgspec.Struct, frozen=True):
    """Where a scale or a number comes from."""

    citation: str
    doi: str = ""
    pmid: str = ""


class Noise(msgspec.Struct, frozen=True):
    """Published limits of agreement, and for whom: ``from_age`` in full years."""

    low: Decimal
    high: Decimal
    label: str
    from_age: int
    source: Source


class SmallestChange(msgspec.Struct, frozen=True):
    """The smallest change that mattered, as published, and for whom."""

    value: Decimal
    label: str
    from_age: int
    source: Source


class AgeMark(msgspec.Struct, frozen=True):
    """What typical people of one age score: median and range, never interpolated."""

    age: int
    median: Decimal
    low: Decimal
    high: Decimal
    label: str


class Definition(msgspec.Struct, frozen=True, dict=True):
    """One instrument, loaded and validated. Higher is worse throughout this version.

    ``verified`` speaks for the whole scale; each item carries its own mark. ``caution`` is the
    sentence that must stand wherever a total is shown, empty where none is needed. ``noise``,
    ``smallest_change``, ``age_marks`` are empty where none was found. Lists go by ``order``.
    ``continues`` are the earlier versions of which only the wording became clearer.
    """

    id: str
    version: str
    title: str
    short_title: str
    measures: str
    items: tuple[Item, ...]
    subscores: tuple[Subscore, ...]
    lowest: Decimal
    highest: Decimal
    step: Decimal
    verified: Verified
    caution: str
    rules: tuple[Rule, ...]
    questions: tuple[ConsistencyRule, ...]
    noise: tuple[Noise, ...]
    smallest_change: tuple[SmallestChange, ...]
    age_marks: tuple[AgeMark, ...]
    remarks: tuple[str, ...]
    source: Source
    licence: str
    order: int
    continues: tuple[str, ...] = ()
    never: tuple[NeverRule, ...] = ()

    def compares(self, one: str, other: str) -> bool:
        """Whether totals of two versions stand on one line."""
        return one == other or {one, other} <= {self.version, *self.continues}

    @property
    def typed_only(self) -> bool:
        """Whether only a total typed from paper is taken."""
        return not self.items

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Every key in item order, right before left."""
        return tuple(key for item in self.items for key in item.keys)

    @cached_property
    def levels(self) -> Mapping[Key, frozenset[Decimal]]:
        """The levels that each key can have."""
        return {
            key: frozenset(level.value for level in item.levels)
            for item in self.items
            for key in item.keys
        }

    def item(self, item_id: str) -> Item:
        """Return the item with this id; ``KeyError`` if there is none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)


class Catalogue(msgspec.Struct, frozen=True):
    """Every scale in list order, and the questions between scales."""

    definitions: tuple[Definition, ...]
    across: tuple[ConsistencyRule, ...]

    @property
    def scoring(self) -> tuple[Definition, ...]:
        """The scales with items, in list order."""
        return tuple(found for found in self.definitions if not found.typed_only)

    def find(self, scale: str) -> Definition:
        """Return the scale with this id.

        Raises:
            UnknownScale: There is none in this version; those there are, are named.

        """
        for definition in self.definitions:
            if definition.id == scale:
                return definition
        raise UnknownScale(
            N_("There is no scale “{scale}” in this version. There are: {scales}."),
            scale=scale,
            scales=", ".join(definition.id for definition in self.definitions),
        )


class Result(msgspec.Struct, frozen=True):
    """What a sheet scores. ``total`` is ``None`` while any key has no level."""

    scale: str
    version: str
    total: Decimal | None
    missing: tuple[Key, ...]
    reasons: Mapping[Key, Missing]
    subscores: Mapping[str, Decimal | None]
    questions: tuple[Question, ...]

    @property
    def complete(self) -> bool:
        """Whether every key has a level."""
        return not self.missing


def plain(number: Decimal) -> str:
    """Write a number in its shortest form with a point: ``9``, ``9.5``, ``-3.8``."""
    text = format(number.normalize(), "f")
    return "0" if text == "-0" else text
