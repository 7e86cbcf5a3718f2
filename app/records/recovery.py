"""The recovery code: made once, printed, and typed years later by someone in a hurry.

Crockford's base 32 has no I, L, O or U, so a code can be read aloud and copied by hand.
"""

import hashlib
import unicodedata

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_GROUPS = 8
_GROUP = 4
_LENGTH = _GROUPS * _GROUP


def new_code() -> str:
    """Return a fresh code of 155 random bits and a check character, in groups of four."""
    import secrets  # noqa: PLC0415 - made once in the life of a folder

    body = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH - 1))
    code = body + _check_character(body)
    return "-".join(code[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def read_code(typed: str) -> str | None:
    """Return the code without its hyphens, or None if this is no recovery code.

    Case, spaces and any dashes do not matter; O is read as 0, I and L as 1.
    """
    code = _bare(typed)
    if not _has_shape(code) or code[-1] != _check_character(code[:-1]):
        return None
    return code


def looks_like_code(typed: str) -> bool:
    """Say whether somebody meant a recovery code, right or mistyped."""
    return _has_shape(_bare(typed))


def _bare(typed: str) -> str:
    kept = (letter for letter in typed if unicodedata.category(letter) not in ("Pd", "Zs", "Cc"))
    return "".join(kept).upper().translate(_READ_AS)


def _has_shape(code: str) -> bool:
    return len(code) == _LENGTH and all(letter in _ALPHABET for letter in code)


def _check_character(body: str) -> str:
    return _ALPHABET[hashlib.sha256(body.encode()).digest()[0] % len(_ALPHABET)]
