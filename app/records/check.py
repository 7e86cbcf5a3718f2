"""The check: everything that is kept is recomputed, one finding for each kind of damage.

It reads the journal once for the chains and once patient by patient, so that its memory does not
grow with the file.
"""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from app.errors import N_, AppError
from app.records.database import guard
from app.records.entries import Cell, Entry
from app.records.fold import ERASED, HEARD, Accepted, Folded, Head, Hearing, accepted, fold
from app.records.journal import ENTRIES, entry_of
from app.records.lines import Lines
from app.records.loading import load_visits
from app.records.model import Finding, Sheet
from app.records.rows import SHAPES, TABLES, Stored, Table
from app.records.schema import LOCKS
from app.records.seen import Seen
from app.records.session import Session
from app.records.station import SEQUENCE_BITS
from scales.errors import ScaleError
from scales.model import Definition
from scales.score import check_total, score


def check_all(session: Session) -> tuple[Finding, ...]:
    """Return a finding of each kind; a part that cannot even be read counts as one."""
    return (
        _found("integrity", N_("Damaged pages in the file: {count}."), session, _pages),
        _found("journal", N_("Journal entries that break the chain: {count}."), session, _chains),
        _found("rows", N_("Rows that differ from the journal: {count}."), session, _rows),
        _found(
            "totals", N_("Stored totals that do not come out again: {count}."), session, _totals
        ),
        _found("keys", N_("Rows that point to nothing: {count}."), session, _waiting),
        _found("locks", N_("Locks on signed visits that are missing: {count}."), session, _locks),
        _found(
            "seen", N_("Entries of what was seen that break the chain: {count}."), session, _seen
        ),
        replace(
            _found(
                "lines", N_("Lines of the list that were made anew: {count}."), session, _lines
            ),
            is_damage=False,
        ),
    )


def _found(kind: str, sentence: str, session: Session, count: Callable[[Session], int]) -> Finding:
    try:
        return Finding(kind, count(session), sentence)
    except AppError:
        return Finding(kind, 1, sentence)


def _pages(session: Session) -> int:
    said = session.tuples("PRAGMA integrity_check")
    damaged = session.tuples("PRAGMA cipher_integrity_check")
    return len(damaged) + sum(1 for (line,) in said if line != "ok")


def _entries(session: Session, clause: str, *values: Stored) -> Iterator[Entry]:
    """Yield entries as they are read; none is kept."""
    with guard():
        for cells in session.database.execute(f"{ENTRIES} {clause}", values):
            yield entry_of(cells)


def _hearing(session: Session) -> Hearing:
    clause = "WHERE j.patient IS NULL AND j.kind = ? ORDER BY j.id"
    return Hearing.of(_entries(session, clause, HEARD))


def _accepted(session: Session, hearing: Hearing) -> Accepted:
    """Follow every chain; what the file holds last of each station ends a whole step."""
    heads = []
    for (number,) in session.tuples("SELECT number FROM stations"):
        span = (number << SEQUENCE_BITS, (number + 1) << SEQUENCE_BITS)
        last = list(
            _entries(session, "WHERE j.id >= ? AND j.id < ? ORDER BY j.id DESC LIMIT 1", *span)
        )
        heads += [Head(one.station, one.sequence, one.hash) for one in last]
    return accepted(_entries(session, "ORDER BY j.id"), hearing, heads)


def _chains(session: Session) -> int:
    """Count the entries whose number, clock, step, digest or hash is not what it must be."""
    strangers = _count(
        session,
        "SELECT count(*) FROM journal WHERE id >> 40 NOT IN (SELECT number FROM stations)",
    )
    return strangers + sum(_accepted(session, _hearing(session)).flaws.values())


def _rows(session: Session) -> int:
    """Count the rows that are not what their entries leave, are gone, or were never told of."""
    hearing = _hearing(session)
    erased = [
        one.row for one in _entries(session, "WHERE j.patient IS NULL AND j.kind = ?", ERASED)
    ]
    count = _foreign_rows(session)
    for (patient,) in session.tuples("SELECT DISTINCT patient FROM journal"):
        told = _entries(session, "WHERE j.patient IS ?", patient)
        count += _differing(session, patient, fold(told, hearing, SHAPES, erased=erased))
    return count


def _differing(session: Session, patient: bytes | None, folded: Folded) -> int:
    kept: dict[tuple[str, bytes], dict[str, Cell]] = {}
    for table in TABLES.values():
        for row in _rows_about(session, table, patient):
            said = {name: row[name] for name in table.shape.empty}
            kept[table.name, table.row_bytes(row)] = said
    told = {key: dict(row) for key, row in folded.rows.items()}
    return sum(1 for key in told.keys() | kept.keys() if told.get(key) != kept.get(key))


def _rows_about(
    session: Session, table: Table, patient: bytes | None
) -> Iterator[dict[str, Cell]]:
    where = _about(table)
    if (patient is None) != (where is None):
        return
    sql = f"SELECT {table.listed} FROM {table.name}"
    values = [] if patient is None else [patient]
    for cells in session.tuples(sql if where is None else f"{sql} WHERE {where}", values):
        yield table.read(cells)


def _about(table: Table) -> str | None:
    """Return the condition by which a table's rows are one patient's; none where they are not."""
    names = table.columns
    if table.name == "patients":
        return "id = ?"
    if "patient" in names:
        return "patient = ?"
    return "visit IN (SELECT id FROM visits WHERE patient = ?)" if "visit" in names else None


def _foreign_rows(session: Session) -> int:
    """Count the rows of patients of whom the journal knows nothing."""
    return sum(
        _count(
            session,
            f"SELECT count(*) FROM {table.name} AS t WHERE NOT EXISTS "
            f"(SELECT 1 FROM journal AS j WHERE j.patient = {_owner(table)})",
        )
        for table in TABLES.values()
        if _about(table) is not None
    )


def _owner(table: Table) -> str:
    """Return whose a row ``t`` is, as a question asks it."""
    if table.name == "patients":
        return "t.id"
    if "patient" in table.columns:
        return "t.patient"
    return "(SELECT v.patient FROM visits AS v WHERE v.id = t.visit)"


def _count(session: Session, sql: str) -> int:
    return int(session.tuples(sql)[0][0])


def _totals(session: Session) -> int:
    """Count the closed sheets whose results differ; only the version in the catalogue can tell."""
    known = {definition.id: definition for definition in session.catalogue.definitions}
    count = 0
    for (patient,) in session.tuples("SELECT DISTINCT patient FROM visits"):
        where = "v.patient = ? AND v.state <> 'draft'"
        count += sum(
            1
            for visit in load_visits(session, where, [patient])
            for sheet in visit.sheets
            if sheet.scale in known
            and sheet.version == known[sheet.scale].version
            and not _comes_out(known[sheet.scale], sheet)
        )
    return count


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


_PARENTS = {
    "visits": {"patient": "patients"},
    "error_marks": {"patient": "patients"},
    "replacements": {"visit": "visits", "replaced": "visits"},
    "sheets": {"visit": "visits"},
    "treatments": {"patient": "patients"},
    "doses": {"treatment": "treatments"},
    "events": {"patient": "patients"},
    "measures": {"patient": "patients", "visit": "visits"},
    "sequelae": {"patient": "patients"},
}
"""Which column of a table names a row of which other."""


def _waiting(session: Session) -> int:
    """Count the rows whose parent is not there; they are not shown until it comes."""
    rows = sum(
        _count(
            session,
            f"SELECT count(*) FROM {table} AS c WHERE c.{column} IS NOT NULL "
            f"AND NOT EXISTS (SELECT 1 FROM {parent} AS p WHERE p.id = c.{column})",
        )
        for table, parents in _PARENTS.items()
        for column, parent in parents.items()
    )
    return rows + sum(
        _count(
            session,
            f"SELECT count(*) FROM {table} AS c WHERE NOT EXISTS "
            "(SELECT 1 FROM sheets AS p WHERE p.visit = c.visit AND p.scale = c.scale)",
        )
        for table in ("answers", "confirmations")
    )


def _locks(session: Session) -> int:
    """Count the locks that are gone or say something else than they should."""
    kept = dict(session.tuples("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return sum(1 for name, sql in LOCKS.items() if kept.get(name) != sql)


def _seen(session: Session) -> int:
    return Seen(session).broken()


def _lines(session: Session) -> int:
    return Lines(session).stale()
