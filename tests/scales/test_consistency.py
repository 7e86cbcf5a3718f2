"""Questions: each raised where it must be, and nowhere else."""

from decimal import Decimal
from itertools import product

import pytest

from scales.catalogue import Catalogue
from scales.consistency import across, changes, denials, questions
from scales.model import (
    Answer,
    ConsistencyRule,
    Declined,
    Definition,
    EarlierLevel,
    Key,
    NotTestable,
    Scored,
)
from tests.builders import full_sheet, sheet

Sheet = dict[Key, Answer]

RAISED = [
    ("oms", "walks_alone_cannot_stand", ("gait", {0, 1}), ("stance", {2})),
    ("oms", "walks_cannot_sit", ("gait", {0, 1, 2}), ("stance", {3})),
    ("five_feature", "normal_gait_with_constant_jerks", ("gait", {0}), ("myoclonus", {3})),
    ("sara", "walks_cannot_stand", ("gait", {0, 1, 2}), ("stance", {5, 6})),
    ("sara", "stands_cannot_walk", ("gait", {8}), ("stance", {0, 1, 2})),
    ("sara", "walks_cannot_sit", ("gait", {0, 1, 2, 3, 4, 5}), ("sitting", {4})),
    ("sara", "stands_cannot_sit", ("stance", {0, 1, 2}), ("sitting", {3, 4})),
    ("icars", "walks_cannot_sit", ("walking", {0, 1, 2, 3, 4}), ("sitting", {4})),
]


@pytest.mark.parametrize(("scale", "question", "first", "second"), RAISED)
def test_a_question_is_raised_at_its_levels_and_at_no_other(
    catalogue: Catalogue,
    scale: str,
    question: str,
    first: tuple[str, set[int]],
    second: tuple[str, set[int]],
) -> None:
    """Every pair of levels of the two items either asks or does not, as published."""
    definition = catalogue.find(scale)
    (one, ones), (two, twos) = first, second
    for a, b in product(levels_of(definition, one), levels_of(definition, two)):
        asked = {found.id for found in questions(definition, sheet(**{one: a, two: b}))}
        assert (question in asked) == (a in ones and b in twos), (a, b)


def levels_of(definition: Definition, item: str) -> range:
    """Return the levels of an item as whole numbers."""
    return range(len(definition.item(item).levels))


def test_no_other_question_is_shipped(catalogue: Catalogue) -> None:
    """Every question of every scale is held by the test above."""
    shipped = {
        (definition.id, rule.id)
        for definition in catalogue.definitions
        for rule in definition.questions
    }
    assert shipped == {(scale, question) for scale, question, _, _ in RAISED}


def test_a_question_names_both_answers(catalogue: Catalogue) -> None:
    """The sentence carries both levels and ends as a question."""
    (question,) = questions(catalogue.find("oms"), sheet(gait=1, stance=2))
    assert question.text == (
        "Gait is 1 and stance is 2: walks alone, yet cannot stand alone. Is that right?"
    )
    assert question.keys == (Key("gait"), Key("stance"))


@pytest.mark.parametrize("gait", ["not_testable", "declined"])
def test_an_answer_without_a_level_raises_nothing(catalogue: Catalogue, gait: str) -> None:
    """Only levels contradict each other."""
    assert questions(catalogue.find("oms"), sheet(gait=gait, stance=3)) == ()


ACROSS = [
    (sheet(gait=0), sheet(gait=6), "oms", "sara", "oms_gait_normal_sara_gait_severe"),
    (sheet(gait=0), sheet(gait=8), "oms", "sara", "oms_gait_normal_sara_gait_severe"),
    (sheet(gait=0), sheet(gait=5), "oms", "sara", None),
    (sheet(gait=1), sheet(gait=8), "oms", "sara", None),
    (sheet(gait=3), sheet(gait=0), "oms", "sara", "oms_gait_severe_sara_gait_normal"),
    (sheet(gait=3), sheet(gait=1), "oms", "sara", None),
    (sheet(gait=2), sheet(gait=0), "oms", "sara", None),
    (
        sheet(opsoclonus=0),
        sheet(opsoclonus=3),
        "five_feature",
        "oms",
        "five_feature_eyes_calm_oms_eyes_constant",
    ),
    (
        sheet(opsoclonus=3),
        sheet(opsoclonus=0),
        "five_feature",
        "oms",
        "five_feature_eyes_constant_oms_eyes_calm",
    ),
    (sheet(opsoclonus=0), sheet(opsoclonus=2), "five_feature", "oms", None),
    (sheet(opsoclonus=3), sheet(opsoclonus=1), "five_feature", "oms", None),
]


@pytest.mark.parametrize(("one", "two", "first", "second", "question"), ACROSS)
def test_two_scales_of_a_visit_may_contradict_each_other(
    catalogue: Catalogue, one: Sheet, two: Sheet, first: str, second: str, question: str | None
) -> None:
    """The questions between scales are raised at their levels and at no other."""
    asked = [found.id for found in across(catalogue, {first: one, second: two})]
    assert asked == ([] if question is None else [question])


def test_a_scale_that_is_absent_raises_nothing(catalogue: Catalogue) -> None:
    """A question between scales is skipped if either is absent."""
    for rule in catalogue.across:
        for condition in rule.conditions:
            worst = full_sheet(catalogue.find(condition.scale), worst=True)
            assert across(catalogue, {condition.scale: worst}) == ()


def test_every_question_between_scales_can_be_raised(catalogue: Catalogue) -> None:
    """No shipped question is dead, and each sentence comes out whole."""
    for rule in catalogue.across:
        raised = {question.id: question.text for question in across(catalogue, lowest(rule))}
        assert rule.id in raised
        assert raised[rule.id].endswith("?")


def lowest(rule: ConsistencyRule) -> dict[str, Sheet]:
    """Return sheets that fulfil a rule, each answer at its lowest level."""
    return {
        condition.scale: sheet(**{str(condition.key): min(condition.levels)})
        for condition in rule.conditions
    }


def test_two_points_or_more_since_the_last_visit_are_asked(catalogue: Catalogue) -> None:
    """The sentence names item, both levels and the day."""
    (question,) = changes(catalogue.find("oms"), sheet(gait=1), "3 Dec 2025", sheet(gait=3))
    assert question.text == "Gait went from 1 to 3 since 3 Dec 2025, two steps or more. Keep it?"
    assert (question.id, question.keys) == ("changed.gait", (Key("gait"),))


def test_a_fall_is_asked_as_a_rise_is(catalogue: Catalogue) -> None:
    """Two points down are a question too."""
    assert changes(catalogue.find("oms"), sheet(gait=3), "2025", sheet(gait=1))


def test_the_side_is_named(catalogue: Catalogue) -> None:
    """Right and left are compared each with itself."""
    before = sheet(heel_shin__right=4, heel_shin__left=0, fahm__left=1)
    now = sheet(heel_shin__right=0, heel_shin__left=3, fahm__right=4)
    asked = changes(catalogue.find("sara"), before, "May 2025", now)
    assert [question.text for question in asked] == [
        "Heel-shin slide, right, went from 4 to 0 since May 2025, two steps or more. Keep it?",
        "Heel-shin slide, left, went from 0 to 3 since May 2025, two steps or more. Keep it?",
    ]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (sheet(gait=1), sheet(gait=2)),
        (sheet(gait=2), sheet(gait=1)),
        (sheet(gait=3), {}),
        ({}, sheet(gait=3)),
        (sheet(gait=3), sheet(gait="not_testable")),
        (sheet(gait="declined"), sheet(gait=3)),
    ],
)
def test_a_small_change_or_one_without_both_levels_is_not_asked(
    catalogue: Catalogue, before: Sheet, now: Sheet
) -> None:
    """One point is no question, and a missing level is no change."""
    assert changes(catalogue.find("oms"), before, "2025", now) == ()


WALKED = {"never_walked": EarlierLevel("SARA", Decimal(2), "3 Dec 2025")}


def test_never_walked_after_a_level_of_gait_is_asked(catalogue: Catalogue) -> None:
    """The sentence names the earlier level with its scale and day, and what lost walking is."""
    now: Sheet = {Key("gait"): NotTestable("never_walked")}
    (question,) = denials(catalogue.find("five_feature"), WALKED, now)
    assert question.text == (
        "Gait was 2 (SARA) on 3 Dec 2025: lost walking is level 3. "
        "Keep “never walked, before the illness either”?"
    )
    assert (question.id, question.keys) == ("never_walked_after_a_level", (Key("gait"),))


@pytest.mark.parametrize(
    "answer", [None, Scored(Decimal(3)), Declined(), NotTestable("asleep"), NotTestable("never_x")]
)
def test_another_answer_denies_nothing(catalogue: Catalogue, answer: Answer | None) -> None:
    """Only the reason that says “never” contradicts an earlier level."""
    now: Sheet = {} if answer is None else {Key("gait"): answer}
    assert denials(catalogue.find("five_feature"), WALKED, now) == ()


def test_never_walked_without_an_earlier_level_is_not_asked(catalogue: Catalogue) -> None:
    """Nothing contradicts a child who never walked; that it stood says nothing of walking."""
    now: Sheet = {Key("gait"): NotTestable("never_walked")}
    stood = {"never_stood": EarlierLevel("SARA", Decimal(2), "3 Dec 2025")}
    assert denials(catalogue.find("oms"), {}, now) == ()
    assert denials(catalogue.find("oms"), stood, now) == ()
