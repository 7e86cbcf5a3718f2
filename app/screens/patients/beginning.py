"""What an empty list offers: the demo in a window of its own, and tables read in."""

import sys
from pathlib import Path

from PySide6.QtCore import QProcess

from app.errors import N_, NN_, AppError, Problems
from app.paths import ROOT
from app.screens.desk import Desk

_SHOWN = 3


def open_demo() -> bool:
    """Start the demo beside this window, on a throw-away copy; say whether it started."""
    started, _process = QProcess.startDetached(sys.executable, ["-m", "app", "--demo"], str(ROOT))
    return started


def read_tables(desk: Desk, folder: Path) -> tuple[str, bool]:
    """Read the tables of a folder, all or nothing; return what to say, and whether it was done."""
    from app.exchange.importing import import_folder  # noqa: PLC0415 - the start reads no tables

    words = desk.words
    try:
        counts = import_folder(desk.store, desk.catalogue, folder)
    except Problems as problems:
        return _told(problems, desk), False
    except AppError as problem:
        return words.error(problem), False
    forms = NN_("Read in: {count} patient.", "Read in: {count} patients.")
    return words.plural(forms, counts.new["patients.csv"]), True


def _told(problems: Problems, desk: Desk) -> str:
    """Return the first problems, line by line, and how many there are."""
    shown, rest = problems.lines[:_SHOWN], len(problems.lines) - _SHOWN
    told = [desk.words(N_("Nothing was read in:")), *shown]
    if rest > 0:
        forms = NN_("and {count} more line.", "and {count} more lines.")
        told.append(desk.words.plural(forms, rest))
    return "\n".join(told)
