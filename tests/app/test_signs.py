"""Characters that nobody sees: named, drawn as spaces, and let go where texts are compared."""

import pytest

from app.signs import drawn, drawn_lines, folded, unseen_in, whole_doses


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("P 1", ""), ("Zoë-7/ü", ""), ("a\ufeff", "U+FEFF"), ("a\u00a0b", "U+00A0"),
        ("a\u200bb", "U+200B"), ("\u2003a", "U+2003"), ("a\tb\u200b", "U+0009"),
        ("a\u115f", "U+115F"), ("a\ufe0f", "U+FE0F"), ("a\u2028b", "U+2028"),
        ("a\u00ad", "U+00AD"),
        ("a\U000e0100", "U+E0100"),
    ],
)  # fmt: skip
def test_the_first_character_that_cannot_be_seen_is_named(text: str, hidden: str) -> None:
    """Controls, format characters, every space but the plain one, letters drawn as nothing."""
    assert unseen_in(text) == hidden


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ada Berg", "Ada Berg"), ("Ada\tBerg\n", "Ada Berg "), ("Ada\u200bBerg", "Ada Berg"),
        ("می\u200cروم", "می\u200cروم"), ("Ada\u202eBerg", "AdaBerg"), ("\u2067Ada\u2069", "Ada"),
        ("Ada\u00a0Berg", "Ada\u00a0Berg"), ("A\u2028B", "A B"),
    ],
)  # fmt: skip
def test_a_name_is_drawn_without_what_cannot_be_printed(typed: str, shown: str) -> None:
    """Joiners stay, overrides of direction go, everything else is a space."""
    assert drawn(typed) == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ab", "Ab"), ("X Y", "X  Y"), ("X Y", " x y "),
        ("\uff30\uff11", "P1"), ("ÉLO", "élo"),
        ("Straße", "STRASSE"), ("ｱ", "ア"), ("e\u0301", "é"),
    ],
)  # fmt: skip
def test_identifiers_that_people_take_for_one_are_folded_alike(one: str, other: str) -> None:
    """Capitals, width of letters, spaces around and doubled do not tell two things apart."""
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("007", "7"), ("ab", "a b"), ("elo", "élo")])
def test_identifiers_that_people_tell_apart_stay_two(one: str, other: str) -> None:
    """Zeros in front, a space and an accent are seen."""
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("slept\nwell\t", "slept\nwell\t"), ("a\x07b", "a b"), ("a\u202eb\u202c", "ab"),
        ("a\x85b", "a b"), ("\u2068محمد\u2069", "\u2068محمد\u2069"),
        ("می\u200cروم", "می\u200cروم"),
    ],
)  # fmt: skip
def test_a_note_keeps_its_lines_and_is_drawn_without_controls(written: str, shown: str) -> None:
    """Isolates stay: a sentence keeps its values apart by them."""
    assert drawn_lines(written) == shown


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("20 mg daily, then 1…", "20 mg daily, then…"),
        ("20 mg daily, then 0.5 m…", "20 mg daily, then…"),
        ("20 mg daily, then 5 mg…", "20 mg daily, then…"),
        ("planned from 1 Dec 20…", "planned from 1 Dec…"),
        ("between 5 mg and 2…", "between 5 mg and…"),
        ("20 mg/m² every 4 weeks (3 days ea…", "20 mg/m² every 4 weeks (3 days ea…"),
        ("paused since 10 Nov 2026 · 20 mg dai…", "paused since 10 Nov 2026 · 20 mg dai…"),
        ("12…", "…"),
        ("up and d…", "up and d…"),
    ],
)
def test_no_number_is_left_half_where_a_text_was_cut(cut: str, whole: str) -> None:
    """Half a dose reads as another dose, half a unit as another unit."""
    assert whole_doses(cut) == whole
