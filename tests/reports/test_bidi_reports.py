"""Right-to-left text on paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bidi import direction_of, visual
from app.language import is_right_to_left, isolated


def test_latin_text_stays_as_it_is() -> None:
    """A line without right-to-left letters is left alone."""
    assert visual("Amira · born 14 March 2023") == "Amira · born 14 March 2023"


def test_hebrew_is_turned_round() -> None:
    """The first Hebrew letter is drawn last."""
    assert visual("אבג") == "גבא"


def test_arabic_letters_join() -> None:
    """Arabic letters take the form that their neighbours ask for, then are turned round."""
    assert visual("بت") == "ﺖﺑ"


def test_an_isolated_name_leaves_the_line_in_order() -> None:
    """A date after a right-to-left name stays after it, digits and all."""
    assert visual(f"{isolated('אבג')} · 14 March 2023") == "גבא · 14 March 2023"


def test_vowel_marks_are_kept() -> None:
    """A name keeps the marks it was written with."""
    assert "\u064e" in visual("بَت")


def test_a_decomposed_letter_is_composed() -> None:
    """A letter and its accent become the one letter that the fonts have."""
    assert visual("e\u0301") == "é"


@pytest.mark.parametrize("override", ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e"])
def test_an_override_turns_nothing_round(override: str) -> None:
    """It is never drawn, and what stands behind it keeps its order."""
    assert visual(f"Ada{override}Berg") == "AdaBerg"
    assert visual(f"{override}אבג") == visual("אבג")


def test_direction_is_told_by_the_letters() -> None:
    """Only a text with right-to-left letters is called so."""
    assert is_right_to_left("a א")
    assert not is_right_to_left("Zoë")


def test_a_bracket_is_mirrored_where_it_turns() -> None:
    """A bracket that opens before a right-to-left word still opens before it when drawn."""
    assert visual("אבג (ד)") == "(ד) גבא"


def test_the_first_letter_gives_the_direction() -> None:
    """A text runs as its first letter does; isolated values and signs do not count."""
    assert direction_of("12 אב ab") == "R"
    assert direction_of(f"{isolated('אב')} ab") == "L"
    assert direction_of("12.5") == "L"


def test_a_line_of_a_longer_text_keeps_its_direction() -> None:
    """A Latin word that begins a later line of a Hebrew note does not turn that line round."""
    assert visual("ab אב", "R") == "בא ab"
    assert visual("ab אב") == "ab בא"


@given(st.text(alphabet=st.characters() | st.sampled_from("אבתع ()<>12.\u2067\u2069\x1d")))
def test_whatever_people_type_is_drawn(text: str) -> None:
    """No text, however odd, stops a page."""
    assert isinstance(visual(f"{isolated(text)} · {text}"), str)


def test_a_letter_without_a_direction_becomes_a_sign_without_a_glyph() -> None:
    """An unassigned letter beside Hebrew is drawn later as a box, not lost."""
    assert visual("א\U00012544") == "\N{OBJECT REPLACEMENT CHARACTER}א"
