"""What a sheet scores, and what is refused."""

from decimal import Decimal

import pytest

from scales.catalogue import Catalogue
from scales.errors import AnswerRefused
from scales.model import Definition, Key, Missing, NotTestable, Scored, Side
from scales.score import check_answer, check_sheet, check_total, implied, score
from tests.builders import full_sheet, sheet


@pytest.fixture
def sara(catalogue: Catalogue) -> Definition:
    """Return the scale whose limbs are averaged."""
    return catalogue.find("sara")


@pytest.fixture
def icars(catalogue: Catalogue) -> Definition:
    """Return the scale with a rule of its own."""
    return catalogue.find("icars")


def test_level_zero_counts_as_scored(catalogue: Catalogue) -> None:
    """A sheet of zeros is complete and its total is 0, not nothing."""
    oms = catalogue.find("oms")
    result = score(oms, full_sheet(oms))
    assert (result.total, result.complete, result.missing) == (Decimal(0), True, ())


def test_an_empty_sheet_has_every_key_open(sara: Definition) -> None:
    """Nothing scored: no total, every key missing in item order, right before left."""
    result = score(sara, {})
    assert result.total is None
    assert result.missing == sara.keys
    assert set(result.reasons.values()) == {Missing.OPEN}
    assert not result.complete


def test_open_not_testable_and_declined_stay_apart(catalogue: Catalogue) -> None:
    """Each of the three says why its key has no level."""
    result = score(
        catalogue.find("five_feature"),
        sheet(opsoclonus=0, myoclonus=1, gait="not_testable", sleep="declined"),
    )
    assert {str(key): reason for key, reason in result.reasons.items()} == {
        "gait": Missing.NOT_TESTABLE,
        "sleep": Missing.DECLINED,
        "irritability": Missing.OPEN,
    }


def test_a_subscore_needs_only_its_own_items(catalogue: Catalogue) -> None:
    """Speech that cannot be tested takes the total and leaves the five other items."""
    oms = catalogue.find("oms")
    result = score(oms, full_sheet(oms, worst=True) | sheet(speech="not_testable"))
    assert (result.total, result.subscores) == (None, {"without_speech": Decimal(15)})


def test_sara_takes_the_mean_of_both_sides(sara: Definition) -> None:
    """One point on one side is half a point."""
    result = score(sara, full_sheet(sara) | sheet(nose_finger__right=1))
    assert result.total == Decimal("0.5")


def test_icars_adds_both_sides(icars: Definition) -> None:
    """One point on one side is one point."""
    assert score(icars, full_sheet(icars) | sheet(heel_shin__left=1)).total == Decimal(1)


def test_one_side_alone_makes_no_total(sara: Definition) -> None:
    """A missing side is missing; the other side never stands for both."""
    answers = full_sheet(sara)
    del answers[Key("heel_shin", Side.LEFT)]
    result = score(sara, answers)
    assert (result.total, result.missing) == (None, (Key("heel_shin", Side.LEFT),))


def test_the_result_carries_scale_version_and_questions(catalogue: Catalogue) -> None:
    """A result says what made it, and asks what the scale asks."""
    result = score(catalogue.find("oms"), sheet(gait=0, stance=3))
    assert (result.scale, result.version) == ("oms", "2")
    assert [question.id for question in result.questions] == ["walks_cannot_sit"]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (sheet(hop=1), "“sara” has no item “hop”"),
        (sheet(gait=9), "“9” is not a level of “gait”. Its levels are 0, 1, 2, 3"),
        (sheet(gait="0.5"), "“0.5” is not a level of “gait”"),
        (sheet(gait="-1"), "“-1” is not a level of “gait”"),
        (sheet(gait="NaN"), "“NaN” is not a level of “gait”"),
        (sheet(gait__left=1), "“gait” of “sara” has no sides"),
        (sheet(heel_shin=1), "“heel_shin” of “sara” has two sides"),
    ],
)
def test_an_answer_the_scale_does_not_know_is_refused(
    sara: Definition, answers: dict[Key, Scored], sentence: str
) -> None:
    """Unknown items, sides and levels are refused in one sentence."""
    with pytest.raises(AnswerRefused, match="^" + sentence):
        score(sara, answers)


def test_not_testable_needs_a_known_key_too(sara: Definition) -> None:
    """A reason does not excuse an item that is not there."""
    with pytest.raises(AnswerRefused, match="no item"):
        check_answer(sara, Key("hop"), NotTestable("asleep"))


def test_a_typed_scale_takes_no_sheet(catalogue: Catalogue) -> None:
    """The five-item total of older notes has no items to score."""
    with pytest.raises(AnswerRefused, match="takes only a total typed from paper"):
        score(catalogue.find("oms5"), {})


@pytest.mark.parametrize("speed", [0, 3, "not_testable", "declined"])
def test_icars_refuses_another_speed_with_walking_four_or_more(
    icars: Definition, speed: int | str
) -> None:
    """Walking 4 or more means gait speed 4; every other value breaks the rule."""
    with pytest.raises(AnswerRefused, match="Walking 4 or more means gait speed 4"):
        check_sheet(icars, sheet(walking=4, gait_speed=speed))


def test_icars_speed_that_is_absent_is_missing(icars: Definition) -> None:
    """Scoring never fills the gait speed in."""
    answers = full_sheet(icars, worst=True)
    del answers[Key("gait_speed")]
    result = score(icars, answers)
    assert (result.total, result.missing) == (None, (Key("gait_speed"),))


def test_icars_speed_is_free_below_walking_four(icars: Definition) -> None:
    """The rule does not bind at walking 3."""
    check_sheet(icars, sheet(walking=3, gait_speed=2))


@pytest.mark.parametrize(
    ("before", "chosen", "written"),
    [
        ({}, sheet(walking=4), sheet(gait_speed=4)),
        (sheet(gait_speed=2), sheet(walking=8), sheet(gait_speed=4)),
        (sheet(walking=5, gait_speed=4), sheet(walking=6), {}),
        (sheet(walking=5, gait_speed=4), sheet(walking=3), {Key("gait_speed"): None}),
        (sheet(walking=5, gait_speed=4), sheet(walking="declined"), {Key("gait_speed"): None}),
        (sheet(walking=5), sheet(walking=3), {}),
        (sheet(walking=2, gait_speed=4), sheet(walking=3), {}),
        (sheet(walking=5, gait_speed=4), sheet(sitting=1), {}),
    ],
)
def test_choosing_walking_writes_the_speed_and_lowering_it_opens_it(
    icars: Definition,
    before: dict[Key, Scored],
    chosen: dict[Key, Scored],
    written: dict[Key, Scored | None],
) -> None:
    """On the screen the rule is applied; only what differs is written."""
    ((key, answer),) = chosen.items()
    assert implied(icars, key, answer, before) == written


def test_opening_walking_again_opens_the_speed(icars: Definition) -> None:
    """Taking the walking level back takes the implied speed back."""
    before = sheet(walking=5, gait_speed=4)
    assert implied(icars, Key("walking"), None, before) == {Key("gait_speed"): None}


@pytest.mark.parametrize("total", ["0", "40", "9.5"])
def test_a_typed_total_on_the_step_is_taken(sara: Definition, total: str) -> None:
    """Both ends and half points are totals of SARA."""
    check_total(sara, Decimal(total))


@pytest.mark.parametrize(
    ("scale", "total", "sentence"),
    [
        ("sara", "40.5", "40.5 is outside the range of “sara”, which is 0 to 40."),
        ("oms5", "-1", "-1 is outside the range of “oms5”, which is 0 to 15."),
        ("oms5", "NaN", "NaN is outside the range of “oms5”, which is 0 to 15."),
        ("sara", "9.25", "9.25 cannot be a total of “sara”, which moves in steps of 0.5."),
        ("oms", "9.5", "9.5 cannot be a total of “oms”, which moves in steps of 1."),
    ],
)
def test_a_typed_total_off_the_range_or_step_is_refused(
    catalogue: Catalogue, scale: str, total: str, sentence: str
) -> None:
    """The range or the step is named."""
    with pytest.raises(AnswerRefused) as refused:
        check_total(catalogue.find(scale), Decimal(total))
    assert str(refused.value) == sentence
