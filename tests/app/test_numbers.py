"""Numbers as they are written: read exactly, or asked back where they could be two."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.numbers import read_cell, read_typed
from scales.model import plain


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("9", "9"), ("9.5", "9.5"), ("9.50", "9.5"), ("12.125", "12.125"), ("0.05", "0.05"),
        ("1.0", "1"), ("1.0000", "1"), ("007", "7"), ("0.000001", "0.000001"), ("0", "0"),
    ],
)  # fmt: skip
def test_a_cell_is_read_with_a_point(text: str, number: str) -> None:
    """Trailing zeros are read, and so are zeros in front."""
    assert read_cell(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("12,5", "“12,5” has a comma. Write a number with a point, like 9 or 9.5."),
        ("1,000", "“1,000” has a comma. Write a number with a point, like 9 or 9.5."),
        ("1.000", "“1.000” could be 1 or 1000. Please write the one that is meant."),
        ("12.500", "“12.500” could be 12.5 or 12500. Please write the one that is meant."),
        ("0.500", "“0.500” could be 0.5 or 500. Please write the one that is meant."),
        (".5", "“.5” has nothing before its mark. Write 0.5."),
        ("-0", "“-0” has a minus sign. Please give a number that is 0 or more."),
        ("-3.2", "“-3.2” has a minus sign. Please give a number that is 0 or more."),
        ("1.000,5", "“1.000,5” is not a plain number. Write it like 9 or 9.5."),
        ("5.", "“5.” is not a plain number. Write it like 9 or 9.5."),
        ("-", "“-” is not a plain number. Write it like 9 or 9.5."),
        ("+5", "“+5” is not a plain number. Write it like 9 or 9.5."),
        ("1e3", "“1e3” is not a plain number. Write it like 9 or 9.5."),
        ("٣", "“٣” is not a plain number. Write it like 9 or 9.5."),
        ("", "“” is not a plain number. Write it like 9 or 9.5."),
    ],
)
def test_a_cell_that_is_no_number_or_could_be_two_is_refused(text: str, sentence: str) -> None:
    """The sentence shows what was found, and both readings where there are two."""
    with pytest.raises(UserError) as caught:
        read_cell(text)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("12.5", ".", "12.5"), ("12,5", ",", "12.5"), (" 7 ", ".", "7"), ("12,5", ".", "12.5"),
        ("12.5", ",", "12.5"), ("0,125", ".", "0.125"), ("1,125", ",", "1.125"),
        ("\u0667\u066b\u0665", ".", "7.5"),
        ("\uff17\uff0e\uff15", ".", "7.5"), ("1,1255", ".", "1.1255"),
    ],
)  # fmt: skip
def test_the_window_reads_its_own_mark_and_the_other_where_it_is_plain(
    text: str, mark: str, number: str
) -> None:
    """Digits of every script count; a mark that cannot part thousands is a decimal mark."""
    assert read_typed(text, mark) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "mark", "sentence"),
    [
        ("1.000", ".", "“1.000” could be 1 or 1000. Please write the one that is meant."),
        ("1,000", ",", "“1,000” could be 1 or 1000. Please write the one that is meant."),
        ("1,125", ".", "“1,125” could be 1.125 or 1125. Please write the one that is meant."),
        ("1.125", ",", "“1.125” could be 1,125 or 1125. Please write the one that is meant."),
        ("12,500", ".", "“12,500” could be 12.5 or 12500. Please write the one that is meant."),
        (",5", ",", "“,5” has nothing before its mark. Write 0,5."),
        ("-0", ",", "“-0” has a minus sign. Please give a number that is 0 or more."),
        ("heavy", ",", "“heavy” is not a plain number. Write it like 9 or 9,5."),
        ("9" * 41, ".", f"“{'9' * 41}” is not a plain number. Write it like 9 or 9.5."),
    ],
)
def test_the_window_asks_back_what_could_be_two_numbers(
    text: str, mark: str, sentence: str
) -> None:
    """In the language of the window, mark and all."""
    with pytest.raises(UserError) as caught:
        read_typed(text, mark)
    assert str(caught.value) == sentence


@given(st.decimals(0, 999_999_999, places=6), st.sampled_from(".,"))
def test_what_is_written_in_its_shortest_form_is_read_again(number: Decimal, mark: str) -> None:
    """By a table and by the window alike, unless the other language would group it."""
    text = plain(number)
    assert read_cell(text) == number
    assert read_typed(text.replace(".", mark), mark) == number
