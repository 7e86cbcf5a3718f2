"""Reading one file: its records become rows, each with the place it starts at."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from app.errors import N_
from app.exchange.cells import Cells
from app.exchange.comma import Record
from app.exchange.problems import Complaints, Place
from app.exchange.table import Row, Table
from app.exchange.text import records_of


@dataclass(frozen=True, slots=True)
class Placed(Generic[Row]):
    """A row and where it stands."""

    place: Place
    row: Row


@dataclass(frozen=True, slots=True)
class Reading(Generic[Row]):
    """What a file holds: its good rows, and the ids that its records declare, good or not.

    ``declared`` is ``None`` where the file could not be told, so that nothing is called missing
    from it. A file that is not there holds nothing.
    """

    table: Table[Row]
    rows: tuple[Placed[Row], ...]
    declared: frozenset[str] | None


def read_table(
    folder: Path, table: Table[Row], complaints: Complaints, *, is_required: bool = False
) -> Reading[Row]:
    """Read a file of a folder; every problem becomes a complaint."""
    path = folder / table.file
    start = Place(table.file, 1)
    if not path.exists():
        if is_required:
            complaints.add(start, table.columns[0], N_("The file is missing."))
        return Reading(table, (), None if is_required else frozenset())
    records = records_of(path, start, table.columns[0], complaints)
    if not records:
        return Reading(table, (), None)
    is_whole = _check_header(records[0], table, complaints)
    rows = tuple(_rows(records, table, complaints))
    if not is_whole:
        return Reading(table, (), None)
    position = records[0].cells.index(table.keys[0])
    ids = (record.cells[position] for record in records[1:] if position < len(record.cells))
    return Reading(table, rows, frozenset(ids))


def _check_header(header: Record, table: Table[Row], complaints: Complaints) -> bool:
    """Complain about columns; return whether the known ones can be told in every record."""
    place = Place(table.file, header.line)
    counts = Counter(header.cells)
    missing = [name for name in table.columns if name in table.required - counts.keys()]
    twice = [name for name, count in counts.items() if count > 1]
    for name in counts:
        if name not in table.columns:
            complaints.add(place, name or "(no name)", N_("This column is unknown."))
    for name in twice:
        complaints.add(place, name or "(no name)", N_("This column stands here twice."))
    for name in missing:
        complaints.add(place, name, N_("This required column is missing."))
    return not missing and not twice


def _rows(
    records: list[Record], table: Table[Row], complaints: Complaints
) -> Iterator[Placed[Row]]:
    """Yield the rows without a problem of their own."""
    header = records[0].cells
    for record in records[1:]:
        place = Place(table.file, record.line)
        if len(record.cells) != len(header):
            _complain_ragged(place, record.cells, header, complaints)
            continue
        before = len(complaints.problems)
        row = table.read(Cells(place, dict(zip(header, record.cells, strict=True)), complaints))
        if len(complaints.problems) == before:
            yield Placed(place, row)


def _complain_ragged(
    place: Place, cells: tuple[str, ...], header: tuple[str, ...], complaints: Complaints
) -> None:
    column = header[min(len(cells), len(header) - 1)]
    complaints.add(
        place,
        column,
        N_("The row has {count} cells, the header has {wanted}."),
        count=str(len(cells)),
        wanted=str(len(header)),
    )
