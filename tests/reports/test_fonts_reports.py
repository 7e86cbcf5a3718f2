"""The fonts on paper."""

import pytest

from app.lettering import Run, Weight, cut, width_of, wrap
from app.reports.fonts import Fonts


def test_a_line_is_split_by_the_font_that_has_its_letters() -> None:
    """Each run names a bundled font that can draw it."""
    assert Fonts().runs("Al אב") == (
        Run("Al ", "NotoSans-Regular"),
        Run("בא", "NotoSansHebrew-Regular"),
    )


@pytest.mark.parametrize("text", ["😀", "汉"])
def test_a_letter_without_a_font_is_a_box_and_is_reported(text: str) -> None:
    """What no bundled font has is drawn as a box, and the document knows."""
    fonts = Fonts()
    assert fonts.runs(text) == (Run("□", "NotoSansSymbols2-Regular"),)
    assert fonts.has_boxes


@pytest.mark.parametrize("letter", ["\x07", "\x1b", "\t", "\n", "\x85", "\u2028"])
def test_what_cannot_be_printed_is_a_space(letter: str) -> None:
    """A control character or a line end on a line of its own is no missing letter."""
    fonts = Fonts()
    assert fonts.runs(f"a{letter}b") == (Run("a b", "NotoSans-Regular"),)
    assert not fonts.has_boxes


def test_a_document_without_boxes_says_nothing() -> None:
    """Names the fonts can draw raise no remark, in another document's time neither."""
    Fonts().runs("😀")
    fonts = Fonts()
    fonts.runs("Žofia أميرة דוד ▲")
    assert not fonts.has_boxes


def test_right_to_left_text_wraps_before_it_is_turned() -> None:
    """The first words of a long Hebrew text stand on its first line."""
    lines = wrap("אא בב גג דד", 10, Weight.REGULAR, width_of("אא בב", 10) + 1)
    assert lines == ("אא בב", "גג דד")


def test_a_first_line_may_have_less_room() -> None:
    """What follows another text on its line begins behind it, or on the next line."""
    room = width_of("aa bb", 10) + 1
    assert wrap("aa bb", 10, Weight.REGULAR, room) == ("aa bb",)
    assert wrap("aa bb", 10, Weight.REGULAR, room, room / 2) == ("aa", "bb")
    assert wrap("aa bb", 10, Weight.REGULAR, room, room) == ("", "aa bb")


@pytest.mark.parametrize("letter", ["x", "i", "ש", "W", "س"])
def test_a_word_wider_than_its_column_is_broken(letter: str) -> None:
    """No letter is lost, and no part is wider than the column."""
    lines = wrap(letter * 500, 8, Weight.REGULAR, 60)
    assert "".join(lines) == letter * 500
    assert len(lines) > 3
    assert all(width_of(line, 8) <= 60 for line in lines)


def test_a_column_narrower_than_a_letter_still_ends() -> None:
    """One letter stands on each line."""
    assert wrap("WW", 10, Weight.REGULAR, 1) == ("W", "W")


def test_a_space_that_must_not_break_does_not() -> None:
    """A date that is kept whole goes to the next line whole."""
    date = "28\N{NO-BREAK SPACE}Jan"
    assert wrap(f"on {date}", 10, Weight.REGULAR, width_of(date, 10) + 1) == ("on", date)


def test_an_isolated_name_stays_so_over_a_line_end() -> None:
    """Each line closes and opens again what it has a part of, or its brackets would turn."""
    lines = wrap("x \u2068אא (בב גג)\u2069 y", 10, Weight.REGULAR, width_of("x אא (בב", 10) + 1)
    assert lines == ("x \u2068אא (בב\u2069", "\u2068גג)\u2069 y")


def test_a_minus_has_a_glyph() -> None:
    """A typographic minus is drawn, though the bundled font lacks that one code."""
    fonts = Fonts()
    assert fonts.runs("\N{MINUS SIGN}5")[0].text == "\N{EN DASH}5"
    assert not fonts.has_boxes


def test_cut_ends_with_an_ellipsis_within_the_width() -> None:
    """A label too long for its place ends in an ellipsis and fits."""
    short = cut("Cyclophosphamide", 10, Weight.BOLD, 40)
    assert short.endswith("…")
    assert width_of(short, 10, Weight.BOLD) <= 40
    assert cut("Ann", 10, Weight.BOLD, 40) == "Ann"
    assert cut("Ann", 10, Weight.BOLD, 1) == ""
