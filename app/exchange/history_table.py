"""The history as a table: a line for each field that was changed, and one for each look."""

from collections.abc import Iterable, Iterator

from app.exchange.comma import guarded, write_records
from app.language import Words
from app.records.history import Deed
from app.wording.history import Line, action_words, deed_lines
from scales.catalogue import Catalogue

COLUMNS = (
    "written", "by", "action", "patient_id", "visit_date", "about", "field", "before", "after",
    "reason", "entry",
)  # fmt: skip


def history_csv(deeds: Iterable[Deed], catalogue: Catalogue, words: Words) -> bytes:
    """Return deeds as a table in UTF-8, in words; the file is not encrypted."""
    return write_records((COLUMNS, *_rows(deeds, catalogue, words)))


def _rows(deeds: Iterable[Deed], catalogue: Catalogue, words: Words) -> Iterator[tuple[str, ...]]:
    for deed in deeds:
        lines = deed_lines(deed, catalogue, words) or (_nothing(deed),)
        for line in lines:
            yield tuple(guarded(cell) for cell in _cells(deed, line, words))


def _nothing(deed: Deed) -> Line:
    """Return the line of a deed that changed no field: whom it was about, and no more."""
    return Line(next(iter(deed.people), ""), "", "", "", "")


def _cells(deed: Deed, line: Line, words: Words) -> tuple[str, ...]:
    who = deed.people.get(line.patient)
    return (
        deed.step.when.local.isoformat(timespec="seconds"),
        deed.name,
        action_words(deed.step.action, words),
        "" if who is None else who.patient_id,
        str(deed.visit.get("date", "")),
        line.about,
        line.field,
        line.before,
        line.after,
        deed.reason,
        deed.entry,
    )
