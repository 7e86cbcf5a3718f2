"""Reading tables in through the window: what is said of how it came out."""

from collections.abc import Sequence
from pathlib import Path

from app.errors import N_, NN_, AppError, Problems
from app.screens.desk import Desk

_SHOWN = 3


def read_tables(desk: Desk, place: Path, *, is_copied: bool = False) -> tuple[str, bool]:
    """Read tables, all or nothing; return what to say, and whether it was done.

    What is worth a look is said too: a file that was not read, a name like another one.
    ``is_copied`` says that what stands now was copied already.
    """
    from app.exchange.importing import import_from  # noqa: PLC0415 - the start reads no tables

    words = desk.words
    try:
        counts = import_from(desk.store, desk.catalogue, place, is_copied=is_copied)
    except Problems as problems:
        return _told(words(N_("Nothing was read in:")), problems.lines, desk), False
    except AppError as problem:
        return words.error(problem), False
    forms = NN_("Read in: {count} patient.", "Read in: {count} patients.")
    said = words.plural(forms, counts.new["patients.csv"])
    return _told(said, counts.remarks, desk), True


def _told(said: str, lines: Sequence[str], desk: Desk) -> str:
    """Return what is said and the first lines below it, and how many more there are."""
    shown, rest = lines[:_SHOWN], len(lines) - _SHOWN
    told = [said, *shown]
    if rest > 0:
        forms = NN_("and {count} more line.", "and {count} more lines.")
        told.append(desk.words.plural(forms, rest))
    return "\n".join(told)
