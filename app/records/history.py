"""What was done to the records, newest first: each step with what it changed, and each look.

A step is found from the end of its station's chain, and its rows are read when it is told, so
whoever reads page by page pays for the page. Of one patient the ids of all entries are read
first, through the index of rows; of the whole file only where each chain begins and ends.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from operator import attrgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.clock import Moment
from app.records.actions import Action
from app.records.beside import beside
from app.records.entries import Body, Cell
from app.records.fields import facts_from
from app.records.holding import Holding
from app.records.journal import CLOCK_UNITS
from app.records.model import PatientFacts
from app.records.rows import TABLES, Stored, blob
from app.records.session import Session
from app.records.station import SEQUENCE_BITS

SHORT_HASH = 10
"""How many hex digits of an entry's hash stand on a page."""
_LOOKS = 0
"""The number under which looks are ordered; no station has it."""
_MOST_ROWS = 60
_AT_ONCE = 500
_DAY = timedelta(days=1)
_HEAD = "SELECT step, clock, utc, offset_minutes, user, action, patient FROM journal"
_LOOK = "SELECT id, utc, utc, offset_minutes, user, action, patient FROM seen"
_ROWS = (
    "SELECT patient, scope, kind, row, body, hash FROM journal WHERE id IN ({marks}) ORDER BY id"
)


class About(Struct, frozen=True):
    """Whose history: a patient's, a visit's with all its versions, or with neither everybody's."""

    patient: str = ""
    visit: str = ""


EVERYBODY = About()


class Only(Struct, frozen=True):
    """What is asked for: some actions, one person, days in local time; empty asks for all.

    Days are those of the journal's clock too, by which steps are ordered: what was written while
    the machine's time ran ahead is found where it stands.
    """

    actions: frozenset[str] = frozenset()
    user: str = ""
    first: date | None = None
    last: date | None = None

    def takes(self, step: "Step") -> bool:
        """Whether a step is one of those asked for."""
        day = step.when.local.date()
        return (
            (not self.actions or step.action in self.actions)
            and (not self.user or step.user == self.user)
            and (self.first is None or day >= self.first)
            and (self.last is None or day <= self.last)
        )

    def is_over(self, step: "Step") -> bool:
        """Whether nothing that follows this step can be asked for."""
        if self.first is None:
            return False
        return step.order[0] < _clock_at(self.first - _DAY)


class Step(Struct, frozen=True):
    """One action: who, when, and the ids of its entries, rising.

    A look has none; ``patient`` is at whom it was.
    """

    order: tuple[int, int, int]
    when: Moment
    user: str
    action: str
    patient: str
    ids: Sequence[int] = ()


class Change(Struct, frozen=True):
    """What a step did to one row; ``before`` and ``after`` as a journal entry has them.

    Both are ``None`` once the patient was erased. ``named`` is the row as far as it is known, for
    whoever says which one it is; ``owner`` the treatment that a dose step belongs to.
    """

    patient: str
    kind: str
    key: Mapping[str, Cell]
    before: Mapping[str, Cell] | None
    after: Mapping[str, Cell] | None
    named: Mapping[str, Cell]
    owner: Mapping[str, Cell]


class Deed(Struct, frozen=True):
    """A step as it is told. ``rows`` counts what it wrote, of which ``changes`` may be the first.

    ``people`` are the patients it was about, ``visit`` the row of its visit as that stands now,
    ``entry`` is the short hash of its last entry, and ``hashes`` those of its first ones.
    """

    step: Step
    name: str
    reason: str
    changes: tuple[Change, ...]
    rows: int
    entry: str
    hashes: tuple[str, ...]
    people: Mapping[str, PatientFacts]
    visit: Mapping[str, Cell]

    @property
    def is_look(self) -> bool:
        """Whether it changed nothing: an opening, a page, an export."""
        return not self.step.ids


class History:
    """Reads the steps of the journal and the looks at the records."""

    def __init__(self, session: Session, holding: Holding) -> None:
        self._session = session
        self._holding = holding

    @contextmanager
    def beside(self) -> Iterator["History"]:
        """Lend the same history to another thread, beside whoever writes."""
        with beside(self._session, self._holding) as session:
            yield History(session, self._holding)

    def steps(self, about: About = EVERYBODY, last: date | None = None) -> Iterator[Step]:
        """Yield steps and looks, newest first, from a last day on; each as it is asked for."""
        before = None if last is None else _clock_at(last + 2 * _DAY)
        streams = [self._of_station(ids, before) for ids in self._entries(about)]
        streams.append(self._of_looks(self._looks(about), before))
        return merge(*streams, key=attrgetter("order"), reverse=True)

    def deed(self, step: Step, most: int = _MOST_ROWS) -> Deed:
        """Return a step with its first rows, and the names of whom it is about."""
        told = self._rows(step.ids[:most])
        changes = [self._change(row) for row in told]
        patients = {change.patient: None for change, _ in changes} or {step.patient: None}
        scopes = {row[1] for row in told}
        visit = scopes.pop() if len(scopes) == 1 else None
        return Deed(
            step=step,
            name=str(self._row("users", step.user).get("name", "")),
            reason=next((why for _, why in changes if why), ""),
            changes=tuple(change for change, _ in changes),
            rows=len(step.ids),
            entry=self._rows(step.ids[-1:])[0][-1].hex()[:SHORT_HASH] if step.ids else "",
            hashes=tuple(row[-1].hex()[:SHORT_HASH] for row in told),
            people=self._people(patients),
            visit=self._row("visits", visit.hex() if visit else ""),
        )

    def whole(self, step: Step) -> Iterator[Deed]:
        """Yield a step with all its rows, however many, in parts that are deeds themselves."""
        for start in range(0, max(1, len(step.ids)), _AT_ONCE):
            yield self.deed(replace(step, ids=step.ids[start : start + _AT_ONCE]), _AT_ONCE)

    def newest(self, patient: str) -> str:
        """Return the short hash of the newest entry that changed a patient; empty without one."""
        sql = "SELECT hash FROM journal WHERE patient = ? ORDER BY clock DESC LIMIT 1"
        found = self._session.tuples(sql, [blob(patient)])
        return str(found[0][0].hex()[:SHORT_HASH]) if found else ""

    def find(self, patient: str, short: str) -> Step | None:
        """Return the step with the entry about a patient whose hash begins so, or nothing."""
        begins = "patient = ? AND substr(lower(hex(hash)), 1, ?) = ?"
        sql = f"SELECT id >> {SEQUENCE_BITS}, step FROM journal WHERE {begins}"
        for station, step in self._session.tuples(sql, [blob(patient), len(short), short]):
            of_step = f"patient = ? AND id >> {SEQUENCE_BITS} = ? AND step = ?"
            sql = f"SELECT id FROM journal WHERE {of_step} ORDER BY id"
            ids = self._session.tuples(sql, [blob(patient), station, step])
            return next(self._of_station([one for (one,) in ids], None))
        return None

    def pages_since(self, patient: str, since: Moment) -> Iterator[Deed]:
        """Yield the pages that were made of a patient since an instant, newest first."""
        for look in self._of_looks(self._looks(About(patient)), None):
            if look.when.utc < since.utc:
                return
            if look.action == Action.PRINT.id:
                yield self.deed(look)

    def _entries(self, about: About) -> Iterable[Sequence[int]]:
        """Return the ids of entries, rising, station by station."""
        if not about.patient:
            return self._chains()
        where, values = "patient = ?", [blob(about.patient)]
        if about.visit:
            versions = self._versions(about)
            marks = ", ".join("?" * len(versions))
            # A mark of error hangs on the visit, not on a version.
            where += f" AND (scope IN ({marks}) OR row IN ({marks}))"
            values += [*versions, *versions]
        stations: dict[int, list[int]] = {}
        found = self._session.tuples(f"SELECT id FROM journal WHERE {where}", values)
        for (one,) in sorted(found):
            stations.setdefault(one >> SEQUENCE_BITS, []).append(one)
        return stations.values()

    def _chains(self) -> Iterator[Sequence[int]]:
        """Yield the whole chains: a station's entries have no gap."""
        for (number,) in self._session.tuples("SELECT number FROM stations"):
            first, end = number << SEQUENCE_BITS, (number + 1) << SEQUENCE_BITS
            sql = "SELECT max(id) FROM journal WHERE id >= ? AND id < ?"
            newest = self._session.tuples(sql, [first, end])[0][0]
            yield range(first + 1, (newest or first) + 1)

    def _versions(self, about: About) -> list[bytes]:
        sql = "SELECT id FROM visits WHERE patient = ? AND visit = ?"
        root = str(self._session.row("visits", about.visit)["visit"])
        return [one for (one,) in self._session.tuples(sql, [blob(about.patient), blob(root)])]

    def _looks(self, about: About) -> Sequence[int]:
        if about.visit:
            return ()
        if about.patient:
            sql = "SELECT id FROM seen WHERE patient = ? AND patient IS NOT NULL ORDER BY id"
            return [one for (one,) in self._session.tuples(sql, [blob(about.patient)])]
        newest = self._session.tuples("SELECT max(id) FROM seen")[0][0]
        return range(1, (newest or 0) + 1)

    def _of_station(self, ids: Sequence[int], before: int | None) -> Iterator[Step]:
        """Yield the steps of a chain, or of those entries of one that are about somebody."""
        end = len(ids) if before is None else bisect_left(ids, before, key=self._clock)
        while end:
            entry = ids[end - 1]
            number = entry >> SEQUENCE_BITS
            found = self._session.tuples(f"{_HEAD} WHERE id = ?", [entry])
            start = end - 1  # of an entry that was taken out only its place is left
            for cells in found:
                start = bisect_left(ids, number << SEQUENCE_BITS | cells[0], 0, end)
                yield _step((cells[1], number, entry), cells, ids[start:end])
            end = start

    def _of_looks(self, ids: Sequence[int], before: int | None) -> Iterator[Step]:
        last = len(ids) if before is None else bisect_left(ids, before, key=self._look_clock)
        for place in range(last - 1, -1, -1):
            found = self._session.tuples(f"{_LOOK} WHERE id = ?", [ids[place]])
            for cells in found:
                yield _step((cells[1] * CLOCK_UNITS, _LOOKS, cells[0]), cells, ())

    def _clock(self, entry: int) -> int:
        found = self._session.tuples("SELECT clock FROM journal WHERE id = ?", [entry])
        return int(found[0][0]) if found else 0

    def _look_clock(self, look: int) -> int:
        found = self._session.tuples("SELECT utc FROM seen WHERE id = ?", [look])
        return int(found[0][0]) * CLOCK_UNITS if found else 0

    def _rows(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        marks = ", ".join("?" * len(ids))
        return self._session.tuples(_ROWS.format(marks=marks), list[Stored](ids)) if ids else []

    def _change(self, cells: tuple[Any, ...]) -> tuple[Change, str]:
        """Return what an entry tells of its row, and the reason that was given."""
        patient, _, kind, row, written, _ = cells
        body = Body() if written is None else Body.decode(written)
        table = TABLES.get(kind)
        key = {} if table is None else table.key_of(row)
        stands = {} if table is None else self._session.journal.read(kind, key) or {}
        named = {**stands, **(body.before or {}), **(body.after or {})}
        owner = self._row("treatments", str(named.get("treatment") or ""))
        who = patient.hex() if patient else ""
        return Change(who, kind, key, body.before, body.after, named, owner), body.reason

    def _people(self, patients: Iterable[str]) -> dict[str, PatientFacts]:
        rows = {one: self._row("patients", one) for one in patients if one}
        return {one: facts_from(PatientFacts, row) for one, row in rows.items() if row}

    def _row(self, table: str, row: str) -> Mapping[str, Cell]:
        """Return a row as it stands, empty where there is none."""
        return (self._session.journal.read(table, {"id": row}) or {}) if row else {}


def _step(order: tuple[int, int, int], cells: tuple[Stored, ...], ids: Sequence[int]) -> Step:
    _, _, utc, offset, user, action, patient = cells
    return Step(
        order=order,
        when=Moment.read(int(utc or 0), int(offset or 0)),
        user=str(user),
        action=str(action),
        patient=patient.hex() if isinstance(patient, bytes) else "",
        ids=ids,
    )


def _clock_at(day: date) -> int:
    """Return the journal's clock at the beginning of a day, in UTC."""
    start = datetime.combine(day, time(), UTC)
    return int(start.timestamp()) * 1000 * CLOCK_UNITS
