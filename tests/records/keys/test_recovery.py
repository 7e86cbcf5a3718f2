"""The recovery code: read as people type it, and never mistaken for something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records.keys.keyfile import looks_like_code, new_code, read_code

_CODE = "7K10-M9Q4-XR0T-BW1C-Z5HJ-8DN3-P6VG-AYEA"


def test_a_code_has_eight_groups_of_four() -> None:
    """It fits a line of print and can be read aloud."""
    groups = new_code().split("-")
    assert [len(group) for group in groups] == [4] * 8


def test_codes_differ() -> None:
    """Two data folders never share a code."""
    assert len({new_code() for _ in range(100)}) == 100


def _as_typed(sign: str) -> st.SearchStrategy[str]:
    looks = {"0": "0Oo", "1": "1IilL", "-": "- –—\u00a0"}
    return st.sampled_from(looks.get(sign, sign + sign.lower()))


@given(st.tuples(*map(_as_typed, _CODE)))
def test_a_code_is_read_however_it_is_typed(signs: tuple[str, ...]) -> None:
    """Case, spaces, any dash and the look-alikes of 0 and 1 make no difference."""
    assert read_code(f" {''.join(signs)}\n") == _CODE.replace("-", "")


@pytest.mark.parametrize(
    "typed",
    [
        f"Recovery code: {_CODE}",
        f"recovery code {_CODE}.",
        f"Wiederherstellungscode\uff1a{_CODE}\u3002",
        f"OMS Bedside\nRecovery code of the records in /data\n{_CODE}\n",
        f"({_CODE.lower()})",
        f"\ufeff{_CODE}\u200b",
        _CODE.replace("-", "—").replace("0", "O"),
        "".join(chr(ord(sign) + 0xFEE0) for sign in _CODE),
        "".join(chr(ord(sign) + 0xFEE0) for sign in _CODE.lower().replace("1", "l")),
    ],
)
def test_a_code_is_read_with_what_stands_around_it(typed: str) -> None:
    """What was printed in front, a full stop behind, brackets, hidden signs, full width."""
    assert read_code(typed) == _CODE.replace("-", "")


@pytest.mark.parametrize("typed", ["A" + _CODE, _CODE + "A", _CODE[:-1], f"{_CODE} A"])
def test_a_sign_too_many_or_too_few_is_no_code(typed: str) -> None:
    """It is not cut down to one."""
    assert read_code(typed) is None


def test_a_long_text_is_read_at_once() -> None:
    """However it is made up, looking for a code in it takes no time that anybody feels."""
    for text in ("A " * 50_000, "A" * 100_000, " " * 100_000, ("A" * 31 + " ") * 3_000):
        assert read_code(f"{text}é") is None


def test_a_new_code_is_read_as_it_was_printed() -> None:
    """What is printed opens what it was printed for."""
    code = new_code()
    assert read_code(code) == code.replace("-", "")


def test_most_typing_mistakes_are_noticed() -> None:
    """A wrong character almost always contradicts the check character."""
    code = _CODE.replace("-", "")
    wrong = [code[:at] + ("2" if code[at] != "2" else "3") + code[at + 1 :] for at in range(32)]
    assert sum(read_code(text) is not None for text in wrong) <= 3
    assert all(looks_like_code(text) for text in wrong)


@given(st.text(max_size=31))
def test_other_texts_are_no_code(text: str) -> None:
    """A passphrase is not taken for a recovery code."""
    assert read_code(text) is None


def test_a_letter_outside_the_alphabet_is_no_code() -> None:
    """U is not used: it looks like V."""
    assert read_code("U" * 32) is None
    assert not looks_like_code("U" * 32)
