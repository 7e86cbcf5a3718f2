"""The scorer against a second one that shares nothing with it."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from scales.answers import parse_key
from scales.catalogue import Catalogue
from scales.errors import AnswerRefused
from scales.model import Definition, Scored
from scales.score import score
from tests.scales.second_opinion import HIGHEST, Levels, Opinion, second_opinion

SHEETS = 10_000


def first_opinion(definition: Definition, levels: Levels) -> Opinion:
    """Score a sheet with the scorer under test, told in the terms of the second one."""
    answers = {parse_key(definition, key): Scored(Decimal(n)) for key, n in levels.items()}
    try:
        result = score(definition, answers)
    except AnswerRefused:
        return Opinion(None, {}, (), 0, is_refused=True)
    return Opinion(
        total=exact(result.total),
        subscores={name: exact(number) for name, number in result.subscores.items()},
        missing=tuple(str(key) for key in result.missing),
        question_count=len(result.questions),
        is_refused=False,
    )


def exact(number: Decimal | None) -> Fraction | None:
    """Return a decimal as a fraction, nothing as nothing."""
    return None if number is None else Fraction(number)


def random_sheet(dice: random.Random, scale: str) -> Levels:
    """Draw a sheet: two in three complete, the others with some keys left out."""
    levels = {key: dice.randint(0, highest) for key, highest in HIGHEST[scale].items()}
    if dice.random() < 1 / 3:
        for key in dice.sample(sorted(levels), dice.randint(1, len(levels))):
            del levels[key]
    if dice.random() < 0.8 and levels.get("walking", 0) >= 4 and "gait_speed" in levels:
        levels["gait_speed"] = 4
    return levels


@pytest.mark.parametrize("scale", sorted(HIGHEST))
def test_ten_thousand_sheets_agree(catalogue: Catalogue, scale: str) -> None:
    """Both scorers give the same totals, parts, missing keys, questions and refusals."""
    dice = random.Random(f"sheets of {scale}")  # noqa: S311 - dice, not secrets
    definition = catalogue.find(scale)
    for _ in range(SHEETS):
        levels = random_sheet(dice, scale)
        second = second_opinion(scale, levels)
        first = first_opinion(definition, levels)
        if second.is_refused or first.is_refused:
            assert first.is_refused == second.is_refused, levels
        else:
            assert first == second, levels


@pytest.mark.parametrize("scale", sorted(HIGHEST))
def test_the_tables_name_the_same_keys_and_levels(catalogue: Catalogue, scale: str) -> None:
    """Every level from 0 to the highest of the table exists, in the same order, and no other."""
    definition = catalogue.find(scale)
    levels = {
        str(key): [int(level.value) for level in item.levels]
        for item in definition.items
        for key in item.keys
    }
    wanted = {key: list(range(highest + 1)) for key, highest in HIGHEST[scale].items()}
    assert list(levels.items()) == list(wanted.items())


def test_the_second_scorer_covers_every_scale_with_items(catalogue: Catalogue) -> None:
    """No scale is shipped without a second scorer."""
    assert sorted(HIGHEST) == sorted(definition.id for definition in catalogue.scoring)


@pytest.mark.parametrize(
    ("plain", "limbs", "total"),
    [((7, 6, 1, 3), (1, 1, 3, 2), 24), ((7, 6, 0, 2), (2, 0, 3, 2), 22)],
)
def test_two_published_ratings_of_sara_come_out(
    catalogue: Catalogue, plain: tuple[int, ...], limbs: tuple[int, ...], total: int
) -> None:
    """Two real people, printed item by item with the means of both sides, and their totals."""
    names = ("finger_chase", "nose_finger", "fahm", "heel_shin")
    levels = dict(zip(("gait", "stance", "sitting", "speech"), plain, strict=True))
    for name, level in zip(names, limbs, strict=True):
        levels |= {f"{name}.right": level, f"{name}.left": level}
    assert first_opinion(catalogue.find("sara"), levels).total == total
    assert second_opinion("sara", levels).total == total
