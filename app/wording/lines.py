"""Free text where only one line has room."""

import unicodedata

_BREAKING = frozenset({"Cc", "Zl", "Zp"})


def one_line(text: str) -> str:
    """Return a text with each line break, tab or control character as a space, none outside."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(
        " " if unicodedata.category(sign) in _BREAKING else sign
        for sign in text.replace("\r\n", "\n")
    ).strip()
