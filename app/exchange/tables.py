"""The published tables: a file becomes rows, each with the place it starts at, and back.

Columns, cells and what a cell may be come from ``app.records.declaration``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from pathlib import Path

from msgspec import Struct

from app.errors import N_, UserError
from app.exchange.comma import Record, StrayQuote, read_records, write_records
from app.exchange.problems import Complaints, Place
from app.records.declaration import Kind
from app.records.fields import Facts, Field, build, fields_of, problems_in, texts_of
from app.records.rules import check_id

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
    from it. A file that is not there holds nothing.
    """

    kind: Kind
    rows: tuple[Placed, ...]
    declared: frozenset[str] | None


def texts_by_column(kind: Kind, row: TableRow) -> dict[str, str]:
    """Return the cells of a row by column."""
    told = texts_of(row.facts)
    cells = {link.column: text for link, text in zip(kind.links, row.owners, strict=True)}
    return cells | {each.column: told[each.name] for each in fields_of(kind.facts)}


def key_of(kind: Kind, row: TableRow) -> Texts:
    """Return what no two rows of a table may share; a table is sorted by it."""
    cells = texts_by_column(kind, row)
    return tuple(cells[column] for column in kind.keys or kind.columns)


def owner_of(kind: Kind, row: TableRow, column: str = "patient_id") -> str:
    """Return one of the ids that a row names; its patient's unless another is asked for."""
    names = [link.column for link in kind.links]
    return row.owners[names.index(column)] if column in names else getattr(row.facts, column)


def write_table(kind: Kind, rows: Iterable[TableRow]) -> bytes:
    """Return the file of a table, its rows sorted by key."""
    written = [texts_by_column(kind, row) for row in rows]
    keys = kind.keys or kind.columns
    written.sort(key=lambda cells: [cells[column] for column in keys])
    return write_records((kind.columns, *(tuple(cells.values()) for cells in written)))


def read_table(
    folder: Path, kind: Kind, complaints: Complaints, finish: Finish | None = None
) -> Reading:
    """Read the file of a table; every problem becomes a complaint.

    Only the table of patients, to which all others belong, must be there.
    """
    path, start = folder / kind.file, Place(kind.file, 1)
    if not path.exists():
        if kind.links:
            return Reading(kind, (), frozenset())
        complaints.add(start, kind.columns[0], N_("The file is missing."))
        return Reading(kind, (), None)
    records = _records_of(path, Place(kind.file, 1), kind.columns[0], complaints)
    if not records:
        return Reading(kind, (), None)
    is_whole = _check_header(records[0], kind, complaints)
    rows = tuple(_rows(records, kind, finish, complaints))
    if not is_whole:
        return Reading(kind, (), None)
    position = records[0].cells.index((kind.keys or kind.columns)[0])
    ids = (record.cells[position] for record in records[1:] if position < len(record.cells))
    return Reading(kind, rows, frozenset(ids))


def _records_of(path: Path, start: Place, column: str, complaints: Complaints) -> list[Record]:
    """Return the records of a file, the header first; none after a complaint."""
    try:
        text = _text(path.read_bytes(), start, column, complaints)
    except OSError:
        complaints.add(start, column, N_("The file cannot be read."))
        return []
    if text is None:
        return []
    try:
        records = list(read_records(text))
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
    return text


def _check_header(header: Record, kind: Kind, complaints: Complaints) -> bool:
    """Complain about columns; return whether the known ones can be told in every record."""
    place = Place(kind.file, header.line)
    counts = Counter(header.cells)
    missing = [name for name in kind.columns if name in kind.required - counts.keys()]
    twice = [name for name, count in counts.items() if count > 1]
    for name in counts:
        if name not in kind.columns:
            complaints.add(place, name or "(no name)", N_("This column is unknown."))
    for name in twice:
        complaints.add(place, name or "(no name)", N_("This column stands here twice."))
    for name in missing:
        complaints.add(place, name, N_("This required column is missing."))
    return not missing and not twice


def _rows(
    records: list[Record], kind: Kind, finish: Finish | None, complaints: Complaints
) -> Iterator[Placed]:
    """Yield the rows without a problem of their own."""
    header = records[0].cells
    for record in records[1:]:
        place = Place(kind.file, record.line)
        if len(record.cells) != len(header):
            _complain_ragged(place, record.cells, header, complaints)
            continue
        cells = dict(zip(header, record.cells, strict=True))
        row = _RowReader(kind, place, complaints).read(cells, finish)
        if row is not None:
            yield Placed(place, row)


def _complain_ragged(place: Place, cells: Texts, header: Texts, complaints: Complaints) -> None:
    complaints.add(
        place,
        header[min(len(cells), len(header) - 1)],
        N_("The row has {count} cells, the header has {wanted}."),
        count=str(len(cells)),
        wanted=str(len(header)),
    )


class _RowReader:
    """Reads one record; whatever is wrong is noted, and reading goes on."""

    def __init__(self, kind: Kind, place: Place, complaints: Complaints) -> None:
        self._kind = kind
        self._place = place
        self._complaints = complaints
        self._refused: set[str] = set()

    def read(self, cells: Mapping[str, str], finish: Finish | None) -> TableRow | None:
        """Return the row, or nothing after a complaint."""
        owners = tuple(self._owner(link.column, link.required, cells) for link in self._kind.links)
        values = self._values(cells)
        for name, problem in problems_in(self._kind.facts, values):
            self._complain(name, problem)
        if finish is not None:
            finish(values, self._complain)
        if self._refused or len(values) < len(fields_of(self._kind.facts)):
            return None
        return TableRow(owners, build(self._kind.facts, values))

    def _owner(self, column: str, is_required: bool, cells: Mapping[str, str]) -> str:  # noqa: FBT001
        text = cells.get(column, "")
        try:
            if text or (is_required and column in cells):
                _check_owner(text)
        except UserError as problem:
            self._complain(column, problem)
        return text

    def _values(self, cells: Mapping[str, str]) -> dict[str, object]:
        """Return what the cells tell; of a required column that the file lacks, nothing.

        That is complained about once, at the header.
        """
        values = {}
        for each in fields_of(self._kind.facts):
            if each.column not in cells and each.type.required:
                continue
            try:
                values[each.name] = _value(each, cells.get(each.column, ""))
            except UserError as problem:
                self._complain(each.name, problem)
        return values

    def _complain(self, name: str, problem: UserError) -> None:
        """Note the first problem of a field."""
        if name not in self._refused:
            self._refused.add(name)
            columns = {each.name: each.column for each in fields_of(self._kind.facts)}
            column = columns.get(name, name)
            self._complaints.add(self._place, column, problem.message, **problem.values)


def _check_owner(text: str) -> None:
    if not text:
        raise UserError(N_("This cell must not be empty."))
    check_id(text)


def _value(each: Field, text: str) -> object:
    if not text and not each.is_optional:
        raise UserError(N_("This cell must not be empty."))
    return each.parse(text)
