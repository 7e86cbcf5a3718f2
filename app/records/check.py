"""The check: everything that is kept is recomputed, one finding for each kind of damage.

It reads the journal once for the chains and once patient by patient, so that its memory does not
grow with the file.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from app.errors import N_, AppError, UserError
from app.records.beside import one_moment
from app.records.copies.backup import Tell
from app.records.entries import Cell, Entry
from app.records.file.database import guard
from app.records.fold import Accepted, Folded, Head, Hearing, accepted, fold
from app.records.holding import Holding
from app.records.journal import ENTRIES, entry_of
from app.records.lines import Lines
from app.records.loading import load_visits
from app.records.missing import missed_everywhere
from app.records.model import CHANGES_LOST, COPIES_AHEAD, DAMAGED_COPIES, Finding, Sheet
from app.records.namesakes import Namesakes
from app.records.rows import SHAPES, TABLES, Stored, Table
from app.records.seen import Seen
from app.records.session import Session
from app.records.shape import ERASED, HEARD
from app.records.station import SEQUENCE_BITS
from app.records.structure import differences
from scales.errors import ScaleError
from scales.model import Definition
from scales.score import check_total, score

Item = TypeVar("Item")
_ENTRIES_AT_ONCE = 1000


class _Part(Struct, frozen=True):
    """One kind of damage: how it is told, and what counts it or returns the names of it."""

    kind: str
    sentence: str
    count: Callable[[Session, Tell], int | tuple[str, ...]]
    is_damage: bool = True


def check_all(session: Session, holding: Holding, tell: Tell) -> tuple[Finding, ...]:
    """Return a finding of each kind; a part that cannot even be read counts as one.

    The records are read as they stand at one moment. ``holding`` knows the copies beside them;
    ``tell`` hears how far the check is, from 0 to 1, and may raise to end it.
    """
    beside = (*_BESIDE, *_copies(holding))
    check = _Check(session, tell, 1 + len(_TOGETHER) + len(beside))
    found = check.findings((_FILE,))
    with one_moment(session):
        found += check.findings(_TOGETHER)
    found += check.findings(beside)
    tell(1)
    return tuple(found)


def _copies(holding: Holding) -> tuple[_Part, ...]:
    """Return what is looked for in the copies; what one says in short is believed once read."""

    def damaged(_session: Session, tell: Tell) -> tuple[str, ...]:
        return holding.copies.damaged(tell)

    def ahead(session: Session, _tell: Tell) -> tuple[str, ...]:
        return tuple(one.copy.path.name for one in holding.copies.ahead(session.database))

    def missed(session: Session, _tell: Tell) -> int:
        found = missed_everywhere(session.database, holding)
        return 0 if found is None else found.count

    return (
        _Part(DAMAGED_COPIES, N_("Checked copies that are damaged: {count}."), damaged),
        _Part(
            COPIES_AHEAD,
            N_("Checked copies that hold what these records do not: {count}."),
            ahead,
        ),
        _Part(
            CHANGES_LOST,
            N_("Changes that this machine wrote and that are nowhere any more: {count}."),
            missed,
        ),
    )


class _Check:
    """A check under way: part by part, each an equal share of the whole."""

    def __init__(self, session: Session, tell: Tell, parts: int) -> None:
        self._session = session
        self._tell = tell
        self._parts = parts
        self._done = 0

    def findings(self, parts: Sequence[_Part]) -> list[Finding]:
        """Return what the next parts find."""
        return [self._finding(part) for part in parts]

    def _finding(self, part: _Part) -> Finding:
        self._tell_part(0)
        try:
            found = part.count(self._session, self._tell_part)
        except AppError:
            found = 1
        self._done += 1
        count, named = (found, ()) if isinstance(found, int) else (len(found), found)
        return Finding(part.kind, count, part.sentence, part.is_damage, named)

    def _tell_part(self, share: float) -> None:
        self._tell((self._done + share) / self._parts)


def _each(items: Sequence[Item], tell: Tell) -> Iterator[Item]:
    """Yield items, telling before each how far they are."""
    for number, item in enumerate(items):
        tell(number / len(items))
        yield item


def _pages(session: Session, tell: Tell) -> int:
    said = session.tuples("PRAGMA integrity_check")
    tell(0.6)
    return len(_unsealed(session)) + sum(1 for (line,) in said if line != "ok")


def _unsealed(session: Session) -> set[str]:
    """Return the pages of the file that do not carry their own seal.

    The file itself is read, so everything must have come into it from the log; where another
    reader, such as a copy, or a disk that takes nothing is in the way of that, nothing can be said
    here. A page that was only just being written is whole the second time.
    """
    found: list[set[str]] = []
    while len(found) < 2:
        if not _is_all_in_file(session):
            return set()
        found.append({line for (line,) in session.tuples("PRAGMA cipher_integrity_check")})
        if not found[-1]:
            break
    return set.intersection(*found)


def _is_all_in_file(session: Session) -> bool:
    try:
        _, waiting, brought = session.tuples("PRAGMA wal_checkpoint(PASSIVE)")[0]
    except UserError:
        return False
    return bool(waiting == brought)


def _entries(session: Session, clause: str, *values: Stored) -> Iterator[Entry]:
    """Yield entries as they are read; none is kept."""
    with guard():
        for cells in session.database.execute(f"{ENTRIES} {clause}", values):
            yield entry_of(cells)


def _hearing(session: Session) -> Hearing:
    clause = "WHERE j.patient IS NULL AND j.kind = ? ORDER BY j.id"
    return Hearing.of(_entries(session, clause, HEARD))


def _accepted(session: Session, hearing: Hearing, tell: Tell) -> Accepted:
    """Follow every chain; what the file holds last of each station ends a whole step."""
    heads = []
    for (number,) in session.tuples("SELECT number FROM stations"):
        span = (number << SEQUENCE_BITS, (number + 1) << SEQUENCE_BITS)
        last = list(
            _entries(session, "WHERE j.id >= ? AND j.id < ? ORDER BY j.id DESC LIMIT 1", *span)
        )
        heads += [Head(one.station, one.sequence, one.hash) for one in last]
    return accepted(_all_entries(session, tell), hearing, heads)


def _all_entries(session: Session, tell: Tell) -> Iterator[Entry]:
    of = _count(session, "SELECT count(*) FROM journal")
    for number, entry in enumerate(_entries(session, "ORDER BY j.id")):
        if number % _ENTRIES_AT_ONCE == 0:
            tell(number / of)
        yield entry


def _chains(session: Session, tell: Tell) -> int:
    """Count the entries whose number, clock, step, digest or hash is not what it must be."""
    strangers = _count(
        session,
        "SELECT count(*) FROM journal WHERE id >> 40 NOT IN (SELECT number FROM stations)",
    )
    return strangers + sum(_accepted(session, _hearing(session), tell).flaws.values())


def _rows(session: Session, tell: Tell) -> int:
    """Count the rows that are not what their entries leave, are gone, or were never told of."""
    hearing = _hearing(session)
    erased = [
        one.row for one in _entries(session, "WHERE j.patient IS NULL AND j.kind = ?", ERASED)
    ]
    count = _foreign_rows(session)
    for (patient,) in _each(session.tuples("SELECT DISTINCT patient FROM journal"), tell):
        told = _entries(session, "WHERE j.patient IS ?", patient)
        count += _differing(session, patient, fold(told, hearing, SHAPES, erased=erased))
    return count


def _differing(session: Session, patient: bytes | None, folded: Folded) -> int:
    kept: dict[tuple[str, bytes], dict[str, Cell]] = {}
    for table in TABLES.values():
        for row in _rows_about(session, table, patient):
            said = {name: row[name] for name in table.shape.empty}
            is_whole = table.whole(row) == row
            kept[table.name, table.row_bytes(row)] = said if is_whole else {}
    told = {key: dict(row) for key, row in folded.rows.items()}
    return sum(1 for key in told.keys() | kept.keys() if told.get(key) != kept.get(key))


def _rows_about(
    session: Session, table: Table, patient: bytes | None
) -> Iterator[dict[str, Cell]]:
    where = table.of_patient
    if (patient is None) != (where is None):
        return
    sql = f"SELECT {table.listed} FROM {table.name}"
    values = [] if patient is None else [patient]
    for cells in session.tuples(sql if where is None else f"{sql} WHERE {where}", values):
        yield table.read(cells)


def _foreign_rows(session: Session) -> int:
    """Count the rows of patients of whom the journal knows nothing."""
    return sum(
        _count(
            session,
            f"SELECT count(*) FROM {table.name} AS t WHERE NOT EXISTS "
            f"(SELECT 1 FROM journal AS j WHERE j.patient = {_owner(table)})",
        )
        for table in TABLES.values()
        if table.of_patient is not None
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


def _totals(session: Session, tell: Tell) -> int:
    """Count the closed sheets whose results differ; only versions that compare can tell."""
    known = {definition.id: definition for definition in session.catalogue.definitions}
    count = 0
    for (patient,) in _each(session.tuples("SELECT DISTINCT patient FROM visits"), tell):
        where = "v.patient = ? AND v.state <> 'draft'"
        count += sum(
            1
            for visit in load_visits(session, where, [patient])
            for sheet in visit.sheets
            if sheet.scale in known
            and known[sheet.scale].compares(sheet.version, known[sheet.scale].version)
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
    "replacements": {"replaced": "visits"},
    "sheets": {"visit": "visits"},
    "treatments": {"patient": "patients"},
    "doses": {"treatment": "treatments"},
    "events": {"patient": "patients"},
    "measures": {"patient": "patients", "visit": "visits"},
    "sequelae": {"patient": "patients"},
    "findings": {"patient": "patients"},
}
"""Which column of a table names a row of which other."""


def _waiting(session: Session, _tell: Tell) -> int:
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


def _missing(session: Session, _tell: Tell) -> tuple[str, ...]:
    return differences(session.database).missing


def _changed(session: Session, _tell: Tell) -> tuple[str, ...]:
    return differences(session.database).changed


def _added(session: Session, _tell: Tell) -> tuple[str, ...]:
    return differences(session.database).added


def _seen(session: Session, _tell: Tell) -> int:
    return Seen(session).broken()


def _unsaid(session: Session, _tell: Tell) -> int:
    """Count those erased whose erasing is not told here, as in a copy that was renewed."""
    return _count(
        session,
        "SELECT count(*) FROM erased AS e WHERE NOT EXISTS (SELECT 1 FROM journal AS j "
        f"WHERE j.id = e.entry AND j.kind = '{ERASED}' AND j.row = e.patient)",
    )


_STRANGERS = "FROM {table} WHERE patient NOT IN (SELECT id FROM patients)"


def _forget_strangers(session: Session) -> int:
    """Take out what is kept ready of patients who are not there, and count it."""
    count = 0
    for table in ("lines", "namesakes"):
        of_nobody = _STRANGERS.format(table=table)
        if found := _count(session, f"SELECT count(*) {of_nobody}"):
            session.tuples(f"DELETE {of_nobody}")
            count += found
    return count


def _lines(session: Session, tell: Tell) -> int:
    strangers = _forget_strangers(session)
    lines, namesakes = Lines(session), Namesakes(session)
    mended = (
        {lines.mend(patient), namesakes.mend(patient)} for patient in _each(lines.patients(), tell)
    )
    return strangers + sum(True in each for each in mended)


_FILE = _Part("integrity", N_("Damaged pages in the file: {count}."), _pages)
_TOGETHER = (
    _Part("journal", N_("Journal entries that break the chain: {count}."), _chains),
    _Part("rows", N_("Rows that differ from the journal: {count}."), _rows),
    _Part("totals", N_("Stored totals that do not come out again: {count}."), _totals),
    _Part("keys", N_("Rows that point to nothing: {count}."), _waiting),
    _Part("missing", N_("Tables, indexes or locks that are missing: {count}."), _missing),
    _Part("changed", N_("Tables, indexes or locks that were changed: {count}."), _changed),
    _Part("added", N_("Tables, indexes or locks that do not belong here: {count}."), _added),
    _Part("seen", N_("Entries of what was seen that break the chain: {count}."), _seen),
    _Part(
        "unsaid",
        N_("Patients erased of whom no entry here says when and by whom: {count}."),
        _unsaid,
        is_damage=False,
    ),
)
"""What is read of one moment of the records."""
_BESIDE = (
    _Part("lines", N_("Lines of the list that were made anew: {count}."), _lines, is_damage=False),
)
"""What writes where something is not right, patient by patient, as the records stand by then."""
