"""``scales`` and ``score``: what is measured, and what a sheet scores."""

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.app.conftest import Command, Told

SARA = [
    "gait=2", "stance=1", "sitting=0", "speech=1", "finger_chase.right=1", "finger_chase.left=2",
    "nose_finger.right=0", "nose_finger.left=1", "fahm.right=2", "fahm.left=2",
    "heel_shin.right=1", "heel_shin.left=1",
]  # fmt: skip


def _json(told: Told) -> Any:
    assert (told.status, told.err) == (0, "")
    return json.loads(told.out, parse_float=Decimal)


def test_scales_are_listed_as_json(command: Command) -> None:
    """Id, version, title, range, and how far the criteria are verified."""
    found = _json(command("scales", "--json"))
    assert [list(each) for each in found] == [
        ["id", "version", "title", "min", "max", "verified"]
    ] * 5
    assert [(each["id"], each["min"], each["max"], each["verified"]) for each in found] == [
        ("five_feature", 0, 15, "own"),
        ("oms", 0, 18, "no"),
        ("oms5", 0, 15, "no"),
        ("sara", 0, 40, "yes"),
        ("icars", 0, 100, "no"),
    ]


def test_scales_are_listed_to_read(command: Command) -> None:
    """A table with a line for each."""
    told = command("scales")
    assert (told.status, len(told.out.splitlines())) == (0, 6)
    assert "0–40" in told.out


def test_a_complete_sheet_has_a_total(command: Command) -> None:
    """Every key, in order; numbers in their shortest form."""
    told = command("score", "sara", *SARA)
    assert '"total": 9,' in told.out
    assert list(_json(told)) == [
        "scale", "version", "total", "complete", "missing", "reasons", "subscores", "questions",
        "verified",
    ]  # fmt: skip
    found = _json(told)
    assert (found["complete"], found["missing"], found["reasons"]) == (True, [], {})
    assert found["subscores"] == {"gait_posture": 3, "kinetic": 5, "speech": 1}
    assert found["verified"] == "yes"


def test_what_is_missing_is_told_in_item_order(command: Command) -> None:
    """Right before left; open, not testable and declined are told apart; exit 0."""
    found = _json(command("score", "sara", "gait=0", "speech=declined", "fahm.left=not_testable"))
    assert found["total"] is None
    assert found["missing"] == [
        "stance", "sitting", "speech", "finger_chase.right", "finger_chase.left",
        "nose_finger.right", "nose_finger.left", "fahm.right", "fahm.left", "heel_shin.right",
        "heel_shin.left",
    ]  # fmt: skip
    assert list(found["reasons"]) == found["missing"]
    assert found["reasons"]["fahm.left"] == "not_testable"
    assert found["reasons"]["speech"] == "declined"
    assert found["reasons"]["stance"] == "open"


def test_an_empty_value_is_not_scored(command: Command) -> None:
    """As in the table."""
    assert _json(command("score", "oms", "gait="))["reasons"]["gait"] == "open"


def test_half_points_are_exact(command: Command) -> None:
    """0.5 and not a float's neighbour."""
    pairs = ["nose_finger.left=2" if pair == "nose_finger.left=1" else pair for pair in SARA]
    assert '"total": 9.5,' in command("score", "sara", *pairs).out


def test_a_question_is_asked_in_words(command: Command) -> None:
    """The sentence names both answers."""
    (question,) = _json(command("score", "oms", "stance=2", "gait=1"))["questions"]
    assert "2" in question
    assert "1" in question


def test_a_child_without_speech_keeps_the_five_items(command: Command) -> None:
    """The subscore has its figure; the total has none."""
    pairs = [f"{item}=1" for item in ("stance", "gait", "arm_hand", "opsoclonus", "mood")]
    found = _json(command("score", "oms", *pairs, "speech=not_testable"))
    assert (found["total"], found["subscores"]) == (None, {"without_speech": 5})


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["mrs"], "There is no scale “mrs” in this version."),
        (["oms5", "total=3"], "“oms5” takes only a total typed from paper, no answers."),
        (["oms", "gait=4"], "“4” is not a level of “gait”. Its levels are 0, 1, 2, 3."),
        (["oms", "gait=2.5"], "“2.5” is not a level of “gait”."),
        (["oms", "hops=1"], "“oms” has no item “hops”."),
        (["oms", "gait.right=1"], "“gait” of “oms” has no sides;"),
        (["sara", "fahm=1"], "“fahm” of “sara” has two sides: please write right or left."),
        (["sara", "fahm.middle=1"], "“middle” is neither."),
        (["oms", "gait=1", "gait=1"], "“gait” is given twice."),
        (["oms", "gait"], "“gait” is not KEY=VALUE, such as gait=2."),
        (["icars", "walking=5", "gait_speed=2"], "Walking 4 or more means gait speed 4."),
    ],
)
def test_a_sheet_that_cannot_be_is_refused(
    command: Command, arguments: list[str], sentence: str
) -> None:
    """One clear sentence on standard error, nothing on standard output, exit 2."""
    told = command("score", *arguments)
    assert (told.status, told.out) == (2, "")
    assert sentence in told.err
    assert len(told.err.splitlines()) == 1


def test_every_refused_pair_is_told(command: Command) -> None:
    """A sentence a problem."""
    told = command("score", "oms", "gait=9", "hops=1", "mood")
    assert (told.status, len(told.err.splitlines())) == (2, 3)
