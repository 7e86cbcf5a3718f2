"""Characters as people see them: which cannot be seen, and what is drawn in their place."""

import re
import unicodedata

CAUTION = "⚠"
"""What stands before words that ask for care; never without them."""
_SEEN_AS_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
"""Letters and marks by their category that every font draws as nothing."""
_OVERRIDES = re.compile("[\u202a-\u202e]")
"""They turn the text behind them round, until somebody takes it back."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Controls that break no line and set no tab."""
_ISOLATES = re.compile("[\u2066-\u2069]")
_JOINERS = frozenset("\u200c\u200d\u200e\u200f\u061c")
"""What joins letters or says which way they run; some scripts cannot be written without."""
_CUT_DOSE = re.compile(r"\s*\d\S*(?:\s\S*)?…$")
"""A number at the place where a text was cut, with what is left of its unit."""
_UNPRINTED = frozenset({"Cc", "Cf", "Zl", "Zp"})


def unseen_in(text: str) -> str:
    """Return the first character that cannot be seen as ``U+FEFF``; empty where there is none.

    A plain space counts as seen; every other space, control or format character does not.
    """
    if text.isascii() and text.isprintable():
        return ""
    return next((f"U+{ord(one):04X}" for one in text if _is_hidden(one)), "")


def _is_hidden(sign: str) -> bool:
    if sign.isprintable():
        return _SEEN_AS_NOTHING.match(sign) is not None
    # What no font has yet, or what is private, is drawn as a box.
    return unicodedata.category(sign) not in ("Cn", "Co")


def drawn(text: str) -> str:
    """Return a name as it can be drawn on one line: what cannot be printed is a space.

    Nothing in it turns the text behind it round.
    """
    if text.isprintable():
        return text
    return "".join(map(_drawn, _ISOLATES.sub("", drawn_lines(text))))


def drawn_lines(text: str) -> str:
    """Return a text of several lines as it can be drawn; what cannot be printed is a space.

    Nothing in it turns the rest round; isolates stay, which sentences are built with.
    """
    return text if text.isprintable() else _CONTROLS.sub(" ", _OVERRIDES.sub("", text))


def _drawn(sign: str) -> str:
    is_unprinted = unicodedata.category(sign) in _UNPRINTED and sign not in _JOINERS
    return " " if is_unprinted else sign


def folded(text: str) -> str:
    """Return what two identifiers share that people would take for one.

    Capitals, the width of letters, and spaces around or doubled within are let go.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.split())


def whole_doses(cut: str) -> str:
    """Return a text that was cut with an ellipsis without a number or unit that was cut.

    “20 mg, then 1…” could be read as 1 mg where 15 mg is meant, “0.5 m…” as milligrams.
    """
    return _CUT_DOSE.sub("…", cut)


def unbroken(text: str) -> str:
    """Return a text that no line end parts."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")
