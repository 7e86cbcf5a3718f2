"""The fonts on paper."""

import pytest

from app.reports.fonts import Fonts, Run, Weight


def test_a_line_is_split_by_the_font_that_has_its_letters() -> None:
    """Each run names a bundled font that can draw it."""
    assert Fonts().runs("Al אב") == (
        Run("Al ", "NotoSans-Regular"),
        Run("בא", "NotoSansHebrew-Regular"),
    )


@pytest.mark.parametrize("text", ["😀", "汉", "\x07"])
def test_a_letter_without_a_font_is_a_box_and_is_reported(text: str) -> None:
    """What no bundled font has is drawn as a box, and the document knows."""
    fonts = Fonts()
    assert fonts.runs(text) == (Run("□", "NotoSansSymbols2-Regular"),)
    assert fonts.has_boxes


def test_a_document_without_boxes_says_nothing() -> None:
    """Names the fonts can draw raise no remark, in another document's time neither."""
    Fonts().runs("😀")
    fonts = Fonts()
    fonts.runs("Žofia أميرة דוד ▲")
    assert not fonts.has_boxes


def test_markup_escapes_what_people_typed() -> None:
    """Quotes, brackets and ampersands are text, never markup."""
    markup = Fonts().markup('<b>"O\'Neil" & Co', Weight.REGULAR, 10, 300)
    assert markup == "&lt;b&gt;&quot;O&#x27;Neil&quot; &amp; Co"


def test_line_breaks_that_people_typed_stay() -> None:
    """A new line in a note is a new line on paper."""
    assert Fonts().markup("a\nb", Weight.REGULAR, 10, 300) == "a<br/>b"


def test_right_to_left_text_wraps_before_it_is_turned() -> None:
    """The first words of a long Hebrew text stand on its first line."""
    fonts = Fonts()
    lines = fonts.wrap("אא בב גג דד", 10, Weight.REGULAR, fonts.width("אא בב", 10) + 1)
    assert lines == ("אא בב", "גג דד")
    assert "<br/>" in fonts.markup("אא בב גג דד", Weight.REGULAR, 10, fonts.width("אא בב", 10) + 2)


def test_a_minus_has_a_glyph() -> None:
    """A typographic minus is drawn, though the bundled font lacks that one code."""
    fonts = Fonts()
    assert fonts.runs("\N{MINUS SIGN}5")[0].text == "\N{EN DASH}5"
    assert not fonts.has_boxes


def test_cut_ends_with_an_ellipsis_within_the_width() -> None:
    """A label too long for its place ends in an ellipsis and fits."""
    fonts = Fonts()
    cut = fonts.cut("Cyclophosphamide", 10, Weight.BOLD, 40)
    assert cut.endswith("…")
    assert fonts.width(cut, 10, Weight.BOLD) <= 40
    assert fonts.cut("Ann", 10, Weight.BOLD, 40) == "Ann"
    assert fonts.cut("Ann", 10, Weight.BOLD, 1) == ""
