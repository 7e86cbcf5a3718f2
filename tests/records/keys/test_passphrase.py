"""What may be a passphrase: long enough, hard to guess, and nothing in it that nobody sees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.records.keys.passphrase import LONGEST, SHORTEST, Strength, check_passphrase, judge

GOOD = "correct horse battery"


@pytest.mark.parametrize(
    "typed",
    [GOOD, "дом река облако", "😀🐶🍕🚗🌈🎸📚🔑🌙⚽", "x9$Kq2!vLz", f" {GOOD} ", "é ü ø å ñ ç"],
)
def test_words_signs_and_emoji_of_any_script_are_taken(typed: str) -> None:
    """Ten characters that nobody would try first are enough, whichever they are."""
    check_passphrase(typed)


@pytest.mark.parametrize("typed", ["", "x", "         ", "9 letters", "  x9$Kq2!v  "])
def test_a_short_passphrase_is_refused(typed: str) -> None:
    """Ten characters are the least, and blanks at the ends do not count."""
    with pytest.raises(UserError, match="at least 10 characters"):
        check_passphrase(typed)


def test_characters_are_counted_in_composed_form() -> None:
    """An umlaut is one character, also where the keyboard sends two."""
    typed = unicodedata.normalize("NFD", "äöüßéñçøå")
    assert len(typed) > SHORTEST
    with pytest.raises(UserError, match="at least 10 characters"):
        check_passphrase(typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("password12", "among the first"),
        ("iloveyou123", "easy to guess"),
        ("aaaaaaaaaaaa", "repeats itself"),
        ("😀" * 10, "repeats itself"),
        ("abcabcabcabc", "repeats itself"),
        ("abcdefghijkl", "row of letters"),
        ("qwertyuiop[]", "keys of a keyboard"),
        ("OMS Bedside", "among the first"),
        ("2019-01-02", "easy to guess"),
    ],
)
def test_what_is_tried_first_is_refused_with_its_reason(typed: str, words: str) -> None:
    """The commonest, repetition, rows of letters or keys, dates, the name of the app."""
    with pytest.raises(UserError, match=words) as told:
        check_passphrase(typed)
    assert typed not in str(told.value)


def test_ones_own_name_does_not_count() -> None:
    """Whoever knows the user tries the name first."""
    check_passphrase("mariaokafor")
    with pytest.raises(UserError, match="easy to guess"):
        check_passphrase("mariaokafor", ("Maria Okafor",))


@pytest.mark.parametrize(
    "unseen",
    ["\n", "\r\n", "\t", "\u00a0", "\u200b", "\u200d", "\ufeff", "\ufe0f", "\u3164", "\ud800"],
)
def test_what_cannot_be_seen_is_refused(unseen: str) -> None:
    """Nobody could type it again: a pasted line break, a hidden space, half a character."""
    for typed in (f"{GOOD}{unseen}", f"correct{unseen}horse battery"):
        with pytest.raises(UserError, match="cannot be seen"):
            check_passphrase(typed)


def test_a_pasted_document_is_refused_at_once() -> None:
    """Ten thousand characters are a slip; a long sentence is none."""
    check_passphrase("one quite long sentence that only I would ever think of " * 8)
    with pytest.raises(UserError, match=f"{LONGEST} characters at most"):
        check_passphrase(f"{GOOD} " * 500)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_judged_without_repeating_it(typed: str) -> None:
    """One that is not taken has a sentence, one that is taken has none."""
    found = judge(typed)
    assert (found.problem is None) == (found.strength >= Strength.GOOD)


def test_more_words_are_harder_to_guess() -> None:
    """The meter rises with them."""
    steps = [
        judge(typed).strength for typed in ("password12", "correcthorse", "correct horse", GOOD)
    ]
    assert steps == [Strength.WEAK, Strength.FAIR, Strength.GOOD, Strength.STRONG]
