"""The published tables: a file becomes rows, each with the place it starts at, and back.

Columns, cells and what a cell may be come from ``app.records.declaration``.
"""

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from app.errors import N_, UserError
from app.exchange.comma import (
    Record,
    StrayQuote,
    guarded,
    read_records,
    unguarded,
    write_records,
)
from app.exchange.header import check_header, check_separator, complain_ragged, read_header
from app.exchange.problems import Complaints, Place
from app.exchange.table_files import TableFiles
from app.records.declaration import Kind, Link
from app.records.fields import (
    Date,
    Facts,
    Field,
    Number,
    build,
    fields_of,
    problems_beside,
    texts_of,
)
from app.records.rules import check_id

_MARK = "\ufeff"
_REMEMBERED = 4096
"""How many texts of a column are remembered with what they stand for."""
Texts = tuple[str, ...]
Values = MutableMapping[str, object]
Complain = Callable[[str, UserError], None]
Finish = Callable[[Values, Complain], None]
"""Reads on where only a catalogue of scales can: it may change values, or complain of them."""


class TableRow(Struct, frozen=True):
    """One row of a published table: the ids of what it belongs to, and what it tells."""

    owners: Texts
    facts: Facts


class Placed(Struct, frozen=True):
    """A row and where it stands."""

    place: Place
    row: TableRow


class Reading(Struct, frozen=True):
    """What a file holds: its good rows, and the ids that its records declare, good or not.

    ``declared`` is ``None`` where the file could not be told, so that nothing is called missing
    from it. A file that is not there holds nothing. ``refused`` are the records with a complaint,
    their cells by column.
    """

    kind: Kind
    rows: tuple[Placed, ...]
    declared: frozenset[str] | None
    refused: tuple[Mapping[str, str], ...] = ()


def texts_by_column(kind: Kind, row: TableRow) -> dict[str, str]:
    """Return the cells of a row by column."""
    told = texts_of(row.facts)
    cells = {link.column: text for link, text in zip(kind.links, row.owners, strict=True)}
    return cells | {each.column: told[each.name] for each in fields_of(kind.facts)}


def key_of(kind: Kind, row: TableRow) -> Texts:
    """Return what no two rows of a table may share; a table is sorted by it."""
    if not kind.keys:
        return tuple(texts_by_column(kind, row).values())
    return tuple([name_in(kind, row, column) for column in kind.keys])


def name_in(kind: Kind, row: TableRow, column: str = "patient_id") -> str:
    """Return one of the names in a row; its patient's unless another is asked for."""
    place = kind.places.get(column)
    return getattr(row.facts, column) if place is None else row.owners[place]


def write_table(kind: Kind, rows: Iterable[TableRow]) -> bytes:
    """Return the file of a table, its rows sorted by key."""
    written = [texts_by_column(kind, row) for row in rows]
    keys = kind.keys or kind.columns
    written.sort(key=lambda cells: [cells[column] for column in keys])
    rows_out = (tuple(map(guarded, cells.values())) for cells in written)
    return write_records((kind.columns, *rows_out))


def read_table(
    tables: TableFiles, kind: Kind, complaints: Complaints, finish: Finish | None = None
) -> Reading:
    """Read the file of a table; every problem becomes a complaint.

    Only the table of patients, to which all others belong, must be there.
    """
    start = Place(kind.file, 1)
    if kind.file not in tables.names:
        if kind.links:
            return Reading(kind, (), frozenset())
        if kind.file not in complaints.misnamed:
            complaints.add(start, kind.columns[0], N_("The file is missing."))
        return Reading(kind, (), None)
    records = _records_of(tables, kind, complaints)
    if not records:
        return Reading(kind, (), None)
    header = read_header(records[0], kind, complaints)
    is_whole = check_header(header, Place(kind.file, records[0].line), kind, complaints)
    reader = _RecordReader(kind, header, finish, complaints)
    rows = tuple(row for row in map(reader.read, records[1:]) if row is not None)
    if not is_whole:
        return Reading(kind, (), None)
    position = header.index((kind.keys or kind.columns)[0])
    cells = (record.cells[position] for record in records[1:] if position < len(record.cells))
    return Reading(kind, rows, frozenset(map(unguarded, cells)), tuple(reader.refused))


def _records_of(tables: TableFiles, kind: Kind, complaints: Complaints) -> list[Record]:
    """Return the filled records of a file, the header first; none after a complaint."""
    start, column = Place(kind.file, 1), kind.columns[0]
    try:
        text = _text(tables.read(kind.file), start, column, complaints)
    except OSError:
        complaints.add(start, column, N_("The file cannot be read."))
        return []
    if text is None or not check_separator(text, kind, complaints):
        return []
    try:
        records = [record for record in read_records(text) if any(record.cells)]
    except StrayQuote as error:
        message = N_("A quotation mark is not closed, or stands in a cell that is not quoted.")
        complaints.add(Place(start.file, error.line), column, message)
        return []
    if not records:
        complaints.add(start, column, N_("The file is empty; it needs a header row."))
    return records


def _text(content: bytes, start: Place, column: str, complaints: Complaints) -> str | None:
    """Return the text after an optional byte order mark; ``None`` after a complaint."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(start.file, content[: error.start].count(b"\n") + 1)
        complaints.add(place, column, N_("The file is not text in UTF-8."))
        return None
    if "\0" in text:
        place = Place(start.file, text[: text.index("\0")].count("\n") + 1)
        complaints.add(place, column, N_("The file is not text: it has null bytes."))
        return None
    if text.startswith(_MARK):
        message = N_("The file begins with a character that cannot be seen: {character}.")
        complaints.add(start, column, message, character="U+FEFF")
    return text.lstrip(_MARK)


class _RecordReader:
    """Reads the records under one header; a text that a column repeats is read once."""

    def __init__(
        self, kind: Kind, header: Texts, finish: Finish | None, complaints: Complaints
    ) -> None:
        self._kind = kind
        self._header = header
        self._finish = finish
        self._complaints = complaints
        self.refused: list[Mapping[str, str]] = []
        self._owners = tuple(
            (_place_in(header, link.column), link.column, _remembered(_owner(link, header)))
            for link in kind.links
        )
        # A required column that the file lacks is complained about once, at the header.
        self._fields = tuple(
            (_place_in(header, each.column), each.name, _remembered(_value_of(each)))
            for each in fields_of(kind.facts)
            if each.column in header or not each.type.required
        )
        self._is_whole = len(self._fields) == len(fields_of(kind.facts))

    def read(self, record: Record) -> Placed | None:
        """Return the row of a record, or nothing after a complaint; reading goes on."""
        row = self._row(record, Place(self._kind.file, record.line))
        if row is None:
            self.refused.append(dict(zip(self._header, record.cells, strict=False)))
        return row

    def _row(self, record: Record, place: Place) -> Placed | None:
        if len(record.cells) != len(self._header):
            complain_ragged(place, record.cells, self._header, self._complaints)
            return None
        cells = (*record.cells, "")
        refusals = _Refusals(self._kind, place, self._complaints)
        owners = _read_cells(self._owners, cells, refusals)
        values = _read_cells(self._fields, cells, refusals)
        for name, problem in problems_beside(self._kind.facts, values):
            refusals.add(name, problem)
        if self._finish is not None:
            self._finish(values, refusals.add)
        if refusals.names or not self._is_whole:
            return None
        return Placed(place, TableRow(tuple(owners.values()), build(self._kind.facts, values)))


class _Refusals:
    """What is wrong with one record; of each field the first thing is complained about."""

    def __init__(self, kind: Kind, place: Place, complaints: Complaints) -> None:
        self.names: set[str] = set()
        self._kind = kind
        self._place = place
        self._complaints = complaints

    def add(self, name: str, problem: UserError) -> None:
        """Complain about a field, or about a column that names an owner."""
        if name not in self.names:
            self.names.add(name)
            columns = {each.name: each.column for each in fields_of(self._kind.facts)}
            column = columns.get(name, name)
            self._complaints.add(self._place, column, problem.message, **problem.values)


_Read = Callable[[str], Any]
_ToRead = tuple[tuple[int, str, _Read], ...]
"""Where cells stand, what their values are called, and how they are read."""


def _read_cells(to_read: _ToRead, cells: Texts, refusals: _Refusals) -> dict[str, Any]:
    values = {}
    for position, name, read in to_read:
        try:
            values[name] = read(cells[position])
        except UserError as problem:
            refusals.add(name, problem)
    return values


def _place_in(header: Texts, column: str) -> int:
    """Return where a column stands; one that is missing reads the empty cell behind the last."""
    return header.index(column) if column in header else len(header)


def _remembered(read: _Read) -> _Read:
    return lru_cache(_REMEMBERED)(read)


def _owner(link: Link, header: Texts) -> _Read:
    is_needed = link.required and link.column in header

    def read(written: str) -> str:
        text = unguarded(written)
        if text or is_needed:
            _check_filled(text)
            check_id(text)
        return text

    return read


def _value_of(field: Field) -> _Read:
    is_plain = isinstance(field.type, Number | Date)

    def read(written: str) -> object:
        text = written if is_plain else unguarded(written)
        if not field.is_optional:
            _check_filled(text)
        return field.read(text)

    return read


def _check_filled(text: str) -> None:
    if not text:
        raise UserError(N_("This cell must not be empty."))
