"""The answer of a command: text for standard output, and an exit status."""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from pathlib import Path

import msgspec

from app.errors import N_, UserError


class Status(IntEnum):
    """The exit statuses that other programs rely on."""

    DONE = 0
    BUG = 1
    MENDABLE = 2
    DAMAGE = 3
    INTERRUPTED = 130


class Answer(msgspec.Struct, frozen=True):
    """The text that a command prints, how it ended, and a sentence for standard error."""

    text: str = ""
    status: int = Status.DONE
    trouble: str = ""


def lines(*parts: str) -> str:
    """Return lines, each ended."""
    return "".join(f"{part}\n" for part in parts)


def columns(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as text in columns, two spaces apart."""
    table = [tuple(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    padded = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in table
    )
    return lines(*(row.rstrip() for row in padded))


def write_file(path: Path, content: bytes) -> None:
    """Write a file that the caller named; ``UserError`` in one sentence if it cannot be.

    It is private, and whole or as it was before.
    """
    from app.records.file.outside import write_outside  # noqa: PLC0415 - not every answer is a file

    try:
        write_outside(path, content)
    except OSError as error:
        raise UserError(
            N_("“{path}” cannot be written: {why}."), path=path, why=error.strerror
        ) from None


def check_suffix(path: Path, suffix: str) -> None:
    """Refuse a file name that promises another kind of file."""
    if path.suffix.lower() != suffix:
        raise UserError(N_("“{path}” must end in {suffix}."), path=path, suffix=suffix)
