"""Files among the tables that are none of the tables: named, and not read."""

import re
from collections.abc import Sequence

from app.errors import N_
from app.exchange.problems import Complaints, quoted
from app.language import words
from app.signs import folded

_MISNAMED = re.compile(
    r"(?P<stem>[a-z]+)[\W_]*(?:copy|kopie|copie|copia)?[\W_\d]*\.csv(?:\.(?:csv|txt))?"
)
"""A name as a browser, a spreadsheet or a second copy leaves it: ``Visits (1).csv``."""


def name_strangers(names: Sequence[str], files: Sequence[str], complaints: Complaints) -> None:
    """Name each name that is not one of ``files``; one that was meant to be one is a problem."""
    for name in names:
        if name not in files:
            _name(name, files, complaints)


def _name(name: str, files: Sequence[str], complaints: Complaints) -> None:
    meant = _meant(name, files)
    if meant:
        complaints.misnamed.add(meant)
    likely = meant or _near(name, files)
    if likely:
        message = N_("not read: {name}; did you mean {likely}?")
        complaints.unread.append(words()(message, name=quoted(name), likely=likely))
    else:
        complaints.unread.append(words()(N_("not read: {name}"), name=quoted(name)))


def _meant(name: str, files: Sequence[str]) -> str:
    """Return the table that a name differs from only in case, spaces or an added ending."""
    match = _MISNAMED.fullmatch(folded(name))
    table = "" if match is None else f"{match['stem']}.csv"
    return table if table in files else ""


def _near(name: str, files: Sequence[str]) -> str:
    """Return the table whose name is mistyped, perhaps: worth a hint, and no more."""
    from difflib import get_close_matches  # noqa: PLC0415 - most folders hold nothing but tables

    return next(iter(get_close_matches(name, files, n=1, cutoff=0.85)), "")
