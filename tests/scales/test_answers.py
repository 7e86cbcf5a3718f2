"""Keys and answers as texts, and back."""

from decimal import Decimal

import pytest

from scales.answers import key_of, parse_key, read_answer, read_number, write_answer
from scales.catalogue import Catalogue
from scales.errors import AnswerRefused
from scales.model import Answer, Declined, Definition, Key, NotTestable, Scored, Side

GAIT = Key("gait")


@pytest.fixture
def sara(catalogue: Catalogue) -> Definition:
    """Return a scale with sides."""
    return catalogue.find("sara")


def test_every_key_reads_back_from_its_own_text(catalogue: Catalogue) -> None:
    """Writing a key and reading it is the same key, on every scale."""
    for definition in catalogue.scoring:
        assert tuple(parse_key(definition, str(key)) for key in definition.keys) == definition.keys


@pytest.mark.parametrize(
    "text", ["", "hop", "gait.", "gait.right", "heel_shin", "heel_shin.", "heel_shin.up", "Gait"]
)
def test_a_text_that_is_no_key_is_refused(sara: Definition, text: str) -> None:
    """An item with sides needs one, an item without takes none."""
    with pytest.raises(AnswerRefused):
        parse_key(sara, text)


def test_a_key_comes_from_two_columns(sara: Definition) -> None:
    """Tables keep item and side apart."""
    assert key_of(sara, "heel_shin", "left") == Key("heel_shin", Side.LEFT)
    assert key_of(sara, "gait", "") == GAIT


def test_a_typed_scale_has_no_keys(catalogue: Catalogue) -> None:
    """The sentence says that only a total is taken."""
    with pytest.raises(AnswerRefused, match="takes only a total typed from paper"):
        parse_key(catalogue.find("oms5"), "gait")


@pytest.mark.parametrize(
    ("value", "reason", "answer"),
    [
        ("", "", None),
        ("0", "", Scored(Decimal(0))),
        ("8", "", Scored(Decimal(8))),
        ("not_testable", "asleep", NotTestable("asleep")),
        ("declined", "", Declined()),
        ("declined", "in a hurry", Declined("in a hurry")),
    ],
)
def test_an_answer_survives_the_way_to_a_table_and_back(
    sara: Definition, value: str, reason: str, answer: Answer | None
) -> None:
    """0, open, not testable and declined stay four things."""
    assert read_answer(sara, GAIT, value, reason) == answer
    assert write_answer(answer) == (value, reason)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("9", ""),
        ("-1", ""),
        ("1,5", ""),
        ("٣", ""),
        (" 1", ""),
        ("1e0", ""),
        ("nan", ""),
        ("open", ""),
        ("not_testable", ""),
        ("not_testable", " "),
        ("1", "asleep"),
        ("", "asleep"),
    ],
)
def test_an_answer_that_is_none_is_refused(sara: Definition, value: str, reason: str) -> None:
    """A value that is no level, and a reason that is missing or misplaced."""
    with pytest.raises(AnswerRefused, match="gait"):
        read_answer(sara, GAIT, value, reason)


def test_a_number_is_digits_and_a_point() -> None:
    """Signs, exponents, other digits and bare points are texts."""
    assert read_number("9.5") == Decimal("9.5")
    assert [read_number(text) for text in ("", "+1", "1e3", ".5", "5.", "Infinity")] == [None] * 6
