"""The check: everything that is kept is recomputed, one finding for each kind of damage."""

from collections.abc import Callable, Iterable
from typing import Any

from app.errors import N_, AppError
from app.records.journal import COLUMNS, SELECT, hash_of, text_of
from app.records.ledger import Ledger
from app.records.loading import load_visits
from app.records.locks import FIRST_LOCKS
from app.records.model import Finding, Sheet
from app.records.rows import TABLES
from scales.errors import ScaleError
from scales.model import Definition
from scales.score import check_total, score

_Cells = tuple[Any, ...]


def check_all(ledger: Ledger) -> tuple[Finding, ...]:
    """Return a finding of each kind; a part that cannot even be read counts as one."""
    return (
        _found("integrity", N_("Damaged pages in the file: {count}."), ledger, _pages),
        _found("journal", N_("Journal entries that break the chain: {count}."), ledger, _chain),
        _found("rows", N_("Rows that differ from the journal: {count}."), ledger, _rows),
        _found(
            "totals", N_("Stored totals that do not come out again: {count}."), ledger, _totals
        ),
        _found("keys", N_("Rows that point to nothing: {count}."), ledger, _references),
        _found("locks", N_("Locks on signed visits that are missing: {count}."), ledger, _locks),
    )


def _found(kind: str, sentence: str, ledger: Ledger, count: Callable[[Ledger], int]) -> Finding:
    try:
        return Finding(kind, count(ledger), sentence)
    except AppError:
        return Finding(kind, 1, sentence)


def _pages(ledger: Ledger) -> int:
    said = ledger.tuples("PRAGMA integrity_check")
    damaged = ledger.tuples("PRAGMA cipher_integrity_check")
    return len(damaged) + sum(1 for (line,) in said if line != "ok")


def _entries(ledger: Ledger) -> Iterable[_Cells]:
    return ledger.tuples(f"{SELECT} ORDER BY sequence")


def _chain(ledger: Ledger) -> int:
    """Count the entries whose number, previous hash or own hash is not what it must be."""
    broken, last, previous = 0, 0, ""
    for cells in _entries(ledger):
        *told, digest = cells
        if told[0] != last + 1 or told[-1] != previous or hash_of(told) != digest:
            broken += 1
        last, previous = told[0], digest
    return broken


def _rows(ledger: Ledger) -> int:
    """Count the rows that are not what their last entry left, are gone, or were never told of."""
    table, row_id, after = (COLUMNS.index(name) for name in ("table_name", "row_id", "after"))
    told: dict[tuple[str, str], str] = {}
    for cells in _entries(ledger):
        key = (cells[table], cells[row_id])
        if cells[after] is None:
            told.pop(key, None)
        else:
            told[key] = cells[after]
    kept = {}
    for shape in TABLES.values():
        for cells in ledger.tuples(shape.select_all):
            kept[shape.name, cells[0]] = text_of(dict(zip(shape.columns, cells, strict=True)))
    return sum(1 for key in told.keys() | kept.keys() if told.get(key) != kept.get(key))


def _totals(ledger: Ledger) -> int:
    """Count the closed sheets whose results differ; only the version in the catalogue can tell."""
    known = {definition.id: definition for definition in ledger.catalogue.definitions}
    return sum(
        1
        for visit in load_visits(ledger, "v.state <> 'draft'", [])
        for sheet in visit.sheets
        if sheet.scale in known
        and sheet.version == known[sheet.scale].version
        and not _comes_out(known[sheet.scale], sheet)
    )


def _comes_out(definition: Definition, sheet: Sheet) -> bool:
    try:
        if sheet.is_typed:
            return not sheet.answers and _is_total(definition, sheet)
        result = score(definition, sheet.answers)
    except ScaleError:
        return False
    return (sheet.total, sheet.missing, sheet.reasons, sheet.subscores) == (
        result.total,
        result.missing,
        result.reasons,
        result.subscores,
    )


def _is_total(definition: Definition, sheet: Sheet) -> bool:
    if sheet.total is None:
        return False
    check_total(definition, sheet.total)
    return not sheet.missing and not sheet.subscores


def _references(ledger: Ledger) -> int:
    return len(ledger.tuples("PRAGMA foreign_key_check"))


def _locks(ledger: Ledger) -> int:
    """Count the locks that are gone or say something else than they should."""
    kept = dict(ledger.tuples("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return sum(1 for name, sql in FIRST_LOCKS.items() if kept.get(name) != sql)
