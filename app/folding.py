"""Texts as they are compared: without capitals, accents or vowel marks."""

import unicodedata

_STROKES = str.maketrans(
    {"\u200c": "", "\u200d": "", "ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe"}
)


def fold(text: str) -> str:
    """Return text as it is compared: without capitals, accents, vowel marks or joiners."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain_text = "".join(part for part in parts if not unicodedata.combining(part))
    return plain_text.translate(_STROKES)
