"""Reading plain numbers: one rule for every field of the window and every cell of a table.

What could be two numbers is refused in a sentence that shows both. What is kept is the number,
which is written in its shortest form.
"""

import re
import unicodedata
from decimal import Decimal

from app.errors import N_, UserError
from scales.model import plain

_PLAIN = r"(?P<sign>-?)(?P<whole>\d*)(?:(?P<mark>[.,])(?P<part>\d+))?"
_LONGEST = 40
_MARKS = {"\N{ARABIC DECIMAL SEPARATOR}": ".", "\N{FULLWIDTH COMMA}": ",",
          "\N{FULLWIDTH FULL STOP}": "."}  # fmt: skip


def read_cell(text: str) -> Decimal:
    """Return the number that a cell of a table tells: Western digits and a point.

    Raises:
        UserError: It tells none, or could tell two.

    """
    match = _matched(text, ".")
    if match["mark"] == ",":
        raise UserError(
            N_("“{text}” has a comma. Write a number with a point, like 9 or 9.5."), text=text
        )
    return _number(match, text, ".")


def read_typed(text: str, mark: str) -> Decimal:
    """Return the number that somebody typed where ``mark`` is the decimal mark.

    The other mark is taken as well where it cannot part thousands, and digits of every script.

    Raises:
        UserError: It tells none, or could tell two.

    """
    western = "".join(map(_western, text.strip()))
    match = _matched(western, mark)
    if match["mark"] not in (None, mark) and _parts_thousands(match):
        raise _doubled(match, text, mark)
    return _number(match, western, mark)


def _western(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else _MARKS.get(sign, sign)


def _matched(text: str, mark: str) -> re.Match[str]:
    match = re.fullmatch(_PLAIN, text, re.ASCII) if len(text) <= _LONGEST else None
    if match is None or not (match["whole"] or match["part"]):
        raise UserError(
            N_("“{text}” is not a plain number. Write it like 9 or {example}."),
            text=text,
            example=f"9{mark}5",
        )
    return match


def _number(match: re.Match[str], text: str, mark: str) -> Decimal:
    whole, part = match["whole"], match["part"] or ""
    if match["sign"]:
        minus = N_("“{text}” has a minus sign. Please give a number that is 0 or more.")
        raise UserError(minus, text=text)
    if not whole:
        raise UserError(
            N_("“{text}” has nothing before its mark. Write {number}."),
            text=text,
            number=_written(f"0.{part}", mark),
        )
    if len(part) == 3 and part.endswith("0"):
        raise _doubled(match, text, mark)
    return Decimal(f"{whole}.{part}" if part else whole)


def _parts_thousands(match: re.Match[str]) -> bool:
    return len(match["part"]) == 3 and match["whole"].strip("0") != ""


def _doubled(match: re.Match[str], text: str, mark: str) -> UserError:
    whole, part = match["whole"], match["part"]
    return UserError(
        N_("“{text}” could be {small} or {large}. Please write the one that is meant."),
        text=text,
        small=_written(f"{whole}.{part}", mark),
        large=_written(f"{whole}{part}", mark),
    )


def _written(number: str, mark: str) -> str:
    return plain(Decimal(number)).replace(".", mark)
