"""Comma-separated text after RFC 4180: cells with the line each record starts on, and back."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

# One cell and what ends it: quoted (a doubled quotation mark stands for one) or bare.
_CELL = re.compile(r'(?:"((?:[^"]++|"")*+)"|([^",\r\n]*+))(,|\r\n|\r|\n|\Z)')
# A record without a quotation mark, which is a line.
_LINE = re.compile(r'([^"\r\n]*+)(?:\r\n|\r|\n|\Z)')
# What makes a spreadsheet run a cell, and the sign that keeps it from doing so.
_RUN = ("=", "+", "-", "@", "\t", "\r", "'")
_BREAK = re.compile(r"\r\n|\r|\n")


class Record(Struct, frozen=True):
    """One record and the line it starts on; the first line is 1."""

    line: int
    cells: tuple[str, ...]


class StrayQuote(ValueError):
    """A quotation mark is not closed, or stands inside a bare cell, in the record at ``line``."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def read_records(text: str) -> Iterator[Record]:
    """Yield the records of a text; lines without a single character are passed over.

    Raises:
        StrayQuote: A quotation mark makes it unclear where a cell ends.

    """
    line, position = 1, 0
    while position < len(text):
        bare = _LINE.match(text, position)
        if bare is not None:
            start, line, position = line, line + 1, bare.end()
            if bare[1]:
                yield Record(start, tuple(bare[1].split(",")))
        else:
            cells, end = _quoted_record(text, position, line)
            yield Record(line, cells)
            line, position = line + len(_BREAK.findall(text, position, end)), end


def _quoted_record(text: str, position: int, line: int) -> tuple[tuple[str, ...], int]:
    """Return the cells of the record that starts at a position, and where it ends."""
    cells, is_open = list[str](), True
    while is_open:
        match = _CELL.match(text, position)
        if match is None:
            raise StrayQuote(line)
        cells.append(_content(match))
        position, is_open = match.end(), match[3] == ","
    return tuple(cells), position


def _content(match: re.Match[str]) -> str:
    return match[2] if match[1] is None else match[1].replace('""', '"')


def guarded(text: str) -> str:
    """Return a cell as it is written: ``'`` in front where a spreadsheet would run it."""
    return f"'{text}" if text.startswith(_RUN) else text


def unguarded(text: str) -> str:
    """Return what a written cell says: without the ``'`` that ``guarded`` put in front."""
    return text[1:] if text.startswith("'") and text.startswith(_RUN, 1) else text


def write_records(rows: Iterable[tuple[str, ...]]) -> bytes:
    """Return rows as UTF-8 without a mark, lines ending in CRLF, quoted only where needed."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8")
