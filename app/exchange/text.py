"""From the bytes of a file to its records; what is not a table of text is complained about."""

from pathlib import Path

from app.errors import N_
from app.exchange.comma import Record, StrayQuote, read_records
from app.exchange.problems import Complaints, Place


def records_of(path: Path, start: Place, column: str, complaints: Complaints) -> list[Record]:
    """Return the records of a file, the header first; none after a complaint.

    A complaint about the whole file names ``start`` or the line, and ``column``.
    """
    try:
        content = path.read_bytes()
    except OSError:
        complaints.add(start, column, N_("The file cannot be read."))
        return []
    text = _text(content, start, column, complaints)
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
