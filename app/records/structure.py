"""What a file of records is made of, held against what this version makes of a fresh one.

A lock that was taken out of the file would let changes through in silence, and a table that was
added could hold what nobody reads. So every table with its columns, every index, trigger and view
is compared, by what SQLite keeps of each as text.
"""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from app.records.file.database import RecordsFile, guard
from app.records.schema import first_statements

_MADE = re.compile(r"CREATE (TABLE|INDEX|TRIGGER|VIEW) (\w+)", re.ASCII)
_CONSTRAINT = re.compile(r"(PRIMARY|FOREIGN|UNIQUE|CHECK|CONSTRAINT)\b", re.ASCII)
# What SQLite makes by itself has a name that nobody else may give.
_THERE = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"


class Differences(Struct, frozen=True):
    """The parts that differ, each by its kind and name, such as ``trigger seen_delete_locked``."""

    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every part that differs."""
        return (*self.missing, *self.changed, *self.added)


def differences(database: RecordsFile) -> Differences:
    """Return what of a file's structure this version would have made otherwise.

    The order of columns does not count: one that was declared later stands last in an older file.
    """
    with guard():
        found = database.execute(_THERE).fetchall()
    there = {part: text for one in found for part, text in _parts(*map(str, one))}
    made = _made()
    return Differences(
        missing=tuple(sorted(made.keys() - there.keys())),
        changed=tuple(
            sorted(one for one in made.keys() & there.keys() if made[one] != there[one])
        ),
        added=tuple(sorted(there.keys() - made.keys())),
    )


@cache
def _made() -> dict[str, str]:
    """Return the parts of a fresh file."""
    told: dict[str, str] = {}
    for statement in first_statements():
        begins = _MADE.match(statement)
        if begins is not None:
            told |= _parts(begins[1].lower(), begins[2], statement)
    return told


def _parts(kind: str, name: str, sql: str) -> Iterator[tuple[str, str]]:
    """Yield each part that a statement makes, a table's columns apart, with its text."""
    whole = " ".join(sql.split())
    head, opening, rest = whole.partition("(")
    body, _, tail = rest.rpartition(")")
    if kind != "table" or not opening:
        yield f"{kind} {name}", whole
        return
    pieces = list(_pieces(body))
    rules = sorted(one for one in pieces if _CONSTRAINT.match(one))
    yield f"table {name}", "; ".join((head.strip(), *rules, tail.strip()))
    for piece in pieces:
        if not _CONSTRAINT.match(piece):
            column, _, told = piece.partition(" ")
            yield f"column {name}.{column}", told


def _pieces(body: str) -> Iterator[str]:
    """Yield what stands between the commas of a list, but for those in brackets or in a text."""
    depth, is_text, start = 0, False, 0
    for place, sign in enumerate(body):
        is_text ^= sign == "'"
        if is_text:
            continue
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            yield body[start:place].strip()
            start = place + 1
    yield body[start:].strip()
