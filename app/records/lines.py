"""The list's lines, kept ready: one for each patient, made again when what it tells has changed.

A line holds nothing that depends on today, the language or the words of a scale. A tap does not
touch it: a draft's badge is asked from the drafts in view.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from app.clock import Moment
from app.dates import PartialDate, iso, parse_date
from app.errors import N_, Damage
from app.folding import fold
from app.records.declaration import ACTIVE
from app.records.loading import LATEST, OPEN, Order, patient_of, readable, series_order
from app.records.model import (
    DraftSummary,
    LastTotal,
    Patient,
    PatientFacts,
    PatientSummary,
    expected_next,
)
from app.records.rows import TABLES, Stored, blob
from app.records.session import Session
from scales.catalogue import Catalogue

VERSION = 2
"""Grows with what a line holds; lines of another version are made anew when they are met."""
LINE_LENGTH = 12
"""How many of the latest totals of a scale the list shows."""
TOLD_BY = frozenset({"patients", "visits", "error_marks", "replacements"})
"""The tables whose rows a line tells; a tap writes to none of them."""

_TOTALS = (
    "SELECT v.date, v.time, v.visit_id, s.scale, s.total FROM visits AS v "
    f"LEFT JOIN sheets AS s ON s.visit = v.id WHERE v.patient = ? AND {LATEST}"
)
_PATIENT = ", ".join(f"p.{name}" for name in TABLES["patients"].columns)
_LINES = (
    f"SELECT l.version, l.told, coalesce(n.is_alike, 0), {_PATIENT} FROM lines AS l "
    "JOIN patients AS p ON p.id = l.patient "
    "LEFT JOIN namesakes AS n ON n.patient = l.patient WHERE l.patient IN ({places})"
)
NEVER_BORN = date.max.toordinal() + 1
"""Stands for an unknown birth date, which comes after every known one."""


class ListOrder(StrEnum):
    """In which order the list stands; ties stand by name."""

    LATEST_VISIT = "latest_visit"
    LONGEST_AGO = "longest_ago"
    FAMILY_NAME = "family_name"
    YOUNGEST = "youngest"
    OLDEST = "oldest"


_ORDER = "l.is_error, l.last_day DESC, l.name, l.patient"
_ORDERS = {
    ListOrder.LATEST_VISIT: ("lines_in_order", _ORDER),
    ListOrder.LONGEST_AGO: ("lines_in_order", "l.is_error, l.last_day, l.name, l.patient"),
    ListOrder.FAMILY_NAME: ("lines_by_family", "l.is_error, l.family, l.patient"),
    ListOrder.YOUNGEST: (
        "lines_by_birth",
        f"l.is_error, l.birth = {NEVER_BORN}, l.birth DESC, l.family, l.patient",
    ),
    ListOrder.OLDEST: ("lines_by_birth", "l.is_error, l.birth, l.family, l.patient"),
}
"""Each order with the index that holds all that a search in it asks."""
IDS = f"SELECT l.patient FROM lines AS l WHERE {{where}} ORDER BY {_ORDER} LIMIT ? OFFSET ?"
MATCHES = (
    "SELECT l.patient, l.searched FROM lines AS l INDEXED BY {index} "
    "WHERE {where} ORDER BY {order}"
)
_IS_ERASED = "SELECT 1 FROM erased WHERE patient = ?"
_FORGET = "DELETE FROM lines WHERE patient = ?"
COUNT = "SELECT count(*) FROM lines AS l WHERE {where}"
_SAME_DAY = "l.is_error = me.is_error AND l.last_day = me.last_day"
_EARLIER = (
    "l.is_error < me.is_error",
    "l.is_error = me.is_error AND l.last_day > me.last_day",
    f"{_SAME_DAY} AND (l.name, l.patient) < (me.name, me.patient)",
)
"""Three ranges of the order, since an index reads no range through an OR."""
BEFORE = (
    f"SELECT {' + '.join(f'({COUNT} AND {earlier})' for earlier in _EARLIER)} "
    "FROM lines AS me WHERE me.patient = ?"
)
DRAFTS = (
    "SELECT v.id, v.patient, v.date, v.started_utc, v.started_offset, v.amend_reason, "
    "s.scale, s.is_typed, "
    "(SELECT count(*) FROM answers AS w WHERE w.visit = v.id AND w.scale = s.scale) "
    "FROM visits AS v INDEXED BY drafts "
    f"LEFT JOIN sheets AS s ON s.visit = v.id WHERE {OPEN} "
)
WITH_DRAFTS = (
    "SELECT l.patient FROM visits AS v CROSS JOIN lines AS l ON l.patient = v.patient "
    f"WHERE {OPEN} AND l.is_error = 0 GROUP BY l.patient ORDER BY {_ORDER} LIMIT ?"
)
"""A cross join, since there are few drafts and many lines: SQLite keeps its order."""


class _Told(Struct, frozen=True):
    """What a line keeps: the date of the last visit, and each scale's last totals."""

    last_visit: str
    totals: dict[str, list[tuple[str, str | None]]]


class Filter(Struct, frozen=True):
    """Whom the list shows besides a search; empty and false leave nobody out.

    ``seen_before`` keeps active patients whose last visit began before that day, or who had none;
    ``is_higher`` those of whose last visit a total is higher than the one before it.
    """

    diagnosis: str = ""
    status: str = ""
    is_higher: bool = False
    seen_before: date | None = None

    def conditions(self) -> list[tuple[str, Stored]]:
        """Return each condition on lines ``l`` with its one value."""
        told: list[tuple[str, Stored]] = []
        if self.diagnosis:
            told.append(("l.diagnosis = ?", self.diagnosis))
        if self.status or self.seen_before is not None:
            told.append(("l.status = ?", self.status or ACTIVE))
        if self.is_higher:
            told.append(("l.rises = ?", 1))
        if self.seen_before is not None:
            told.append(("l.last_day < ?", self.seen_before.toordinal()))
        return told


NO_FILTER = Filter()


class Search(Struct, frozen=True):
    """What the list is narrowed by: each word in any of its forms, folded.

    The first form of a word is the word itself. ``order`` is how what is found stands.
    """

    words: tuple[tuple[str, ...], ...] = ()
    with_errors: bool = False
    only: Filter = NO_FILTER
    order: ListOrder = ListOrder.LATEST_VISIT

    @property
    def is_everybody(self) -> bool:
        """Whether it leaves nobody out and stands in the usual order, which an index serves."""
        return not self.words and self.only == NO_FILTER and self.order is ListOrder.LATEST_VISIT

    def condition(self) -> tuple[str, list[Stored]]:
        """Return the condition on lines ``l``, and its values."""
        parts = [] if self.with_errors else ["l.is_error = 0"]
        values: list[Stored] = []
        for part, value in self.only.conditions():
            parts.append(part)
            values.append(value)
        for forms in self.words:
            parts.append(f"({' OR '.join(['instr(l.searched, ?)'] * len(forms))})")
            values += forms
        return " AND ".join(parts) or "1", values

    def among(self, found: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return those of ``Lines.matches`` that it finds as well."""
        left = list(found)
        for word, *others in self.words:
            if others:
                forms = (word, *others)
                left = [one for one in left if any(form in one[1] for form in forms)]
            else:
                left = [one for one in left if word in one[1]]
        return left

    def narrows(self, other: "Search") -> bool:
        """Whether it finds nobody whom another one does not: letters or words were added."""
        return (
            (self.with_errors, self.only, self.order)
            == (other.with_errors, other.only, other.order)
            and len(self.words) >= len(other.words)
            and all(
                longer[0].startswith(shorter[0]) and set(longer[1:]) <= set(shorter[1:])
                for longer, shorter in zip(self.words, other.words, strict=False)
            )
        )


EVERYBODY = Search()


class Lines:
    """Keeps the lines true, and reads those that are in view."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rebuild(self, tables: Collection[str], patients: Collection[str]) -> None:
        """Make the lines of some patients again if they tell of what changed; in a transaction."""
        if TOLD_BY.isdisjoint(tables):
            return
        for patient in patients:
            self._write(patient)

    def count(self, search: Search = EVERYBODY) -> int:
        """Count the lines of a search."""
        where, values = search.condition()
        return int(self._session.tuples(COUNT.format(where=where), values)[0][0])

    def count_errors(self) -> int:
        """Count the patients marked entered in error."""
        return int(self._session.tuples(COUNT.format(where="l.is_error = 1"))[0][0])

    def ids(self, first: int, count: int, search: Search = EVERYBODY) -> tuple[str, ...]:
        """Return the patients of a search from ``first`` on: latest visit first, then by name.

        Those entered in error stand last. It asks one index, which holds what is searched.
        """
        where, values = search.condition()
        found = self._session.tuples(IDS.format(where=where), [*values, count, first])
        return tuple(patient.hex() for (patient,) in found)

    def matches(self, search: Search) -> tuple[tuple[str, str], ...]:
        """Return all patients of a search as ``ids`` does, and what each is found by."""
        where, values = search.condition()
        index, order = _ORDERS[search.order]
        sql = MATCHES.format(where=where, index=index, order=order)
        found = self._session.tuples(sql, values)
        return tuple((patient.hex(), searched) for patient, searched in found)

    def place(self, patient: str, search: Search = EVERYBODY) -> int | None:
        """Return how many lines of a search stand before a patient's; nothing if it is not one."""
        where, values = search.condition()
        who = blob(patient)
        found = f"{COUNT.format(where=where)} AND l.patient = ?"
        if not self._session.tuples(found, [*values, who])[0][0]:
            return None
        sql = BEFORE.format(where=where)
        return int(self._session.tuples(sql, [*values * len(_EARLIER), who])[0][0])

    @readable()
    def of(self, patients: Sequence[str], day: date = date.max) -> tuple[PatientSummary, ...]:
        """Return the lines of patients as they are asked for; who is gone is left out.

        Visits after ``day`` do not count; what a line tells then is asked from the records.
        """
        if not patients:
            return ()
        drafts = {draft.patient.id: draft for draft in self.drafts(patients)}
        sql = _LINES.format(places=_places(patients))
        summaries = dict[str, PatientSummary]()
        for version, told, is_alike, *row in self._session.tuples(sql, list(map(blob, patients))):
            patient = patient_of(TABLES["patients"].read(tuple(row)))
            kept = _kept(version, told) or self._told(patient)
            last = parse_date(kept.last_visit)
            if last is not None and last.first > day:
                kept = self._told(patient, day)
            summary = self._summary(kept, patient, drafts.get(patient.id))
            summaries[patient.id] = replace(summary, has_namesake=bool(is_alike))
        return tuple(summaries[one] for one in patients if one in summaries)

    def read(
        self, first: int, count: int, search: Search = EVERYBODY, day: date = date.max
    ) -> tuple[PatientSummary, ...]:
        """Return the lines of a search from ``first`` on, in the order of ``ids``, as ``of``."""
        return self.of(self.ids(first, count, search), day)

    def first_drafts(self, most: int) -> tuple[DraftSummary, ...]:
        """Return the unfinished visits that stand first in the list, at most so many."""
        patients = [one.hex() for (one,) in self._session.tuples(WITH_DRAFTS, [most])]
        of = {draft.patient.id: draft for draft in self.drafts(patients)}
        return tuple(of[patient] for patient in patients if patient in of)

    @readable()
    def drafts(self, patients: Sequence[str] | None = None) -> tuple[DraftSummary, ...]:
        """Return the unfinished visits, of some patients or all, the one begun first in front."""
        sql, values = DRAFTS, list[Stored]()
        if patients is not None and not patients:
            return ()
        if patients is not None:
            sql += f"AND v.patient IN ({_places(patients)}) "
            values = list(map(blob, patients))
        sheets: dict[bytes, list[tuple[Any, ...]]] = defaultdict(list)
        # The sign keeps the order from leading through all visits instead of the drafts.
        for row in self._session.tuples(sql + "ORDER BY +v.id", values):
            sheets[row[0]].append(row)
        drafts = (self._draft(rows) for rows in sheets.values())
        return tuple(draft for draft in drafts if draft.patient.error_reason is None)

    def count_drafts(self) -> int:
        """Count the unfinished visits of patients who count."""
        sql = (
            f"SELECT count(*) FROM visits AS v WHERE {OPEN} AND NOT EXISTS "
            "(SELECT 1 FROM patients AS p WHERE p.id = v.patient AND p.error_reason IS NOT NULL)"
        )
        return int(self._session.tuples(sql)[0][0])

    def patients(self) -> list[str]:
        """Return the internal ids of all patients."""
        return [row[0].hex() for row in self._session.tuples("SELECT id FROM patients")]

    def mend(self, patient: str) -> bool:
        """Make a line again if it is not what its patient's rows tell; say whether it was not.

        On any connection, beside whoever writes.
        """
        return self._session.mend(lambda: self._is_true(patient), lambda: self._write(patient))

    def _is_true(self, patient: str) -> bool:
        kept = self._session.tuples("SELECT * FROM lines WHERE patient = ?", [blob(patient)])
        return bool(kept) and list(kept[0]) == self._cells(patient)

    def _write(self, patient: str) -> None:
        who: list[Stored] = [blob(patient)]
        if self._session.tuples(_IS_ERASED, who):
            self._session.database.execute(_FORGET, who)
            return
        sql = f"INSERT OR REPLACE INTO lines VALUES ({', '.join('?' * 13)})"
        self._session.database.execute(sql, self._cells(patient))

    def _cells(self, patient: str) -> list[Stored]:
        who = patient_of(self._session.row("patients", patient))
        told = self._told(who)
        last, birth = parse_date(told.last_visit), who.facts.birth_date
        return [
            blob(patient),
            VERSION,
            int(who.error_reason is not None),
            0 if last is None else last.first.toordinal(),
            fold(who.facts.name),
            searched_by(who.facts),
            msgspec.json.encode(told).decode(),
            fold(f"{who.facts.family_name} {who.facts.name}"),
            NEVER_BORN if birth is None else birth.first.toordinal(),
            who.facts.diagnosis,
            who.facts.status or ACTIVE,
            int(_rises(told)),
            _due(who, last),
        ]

    def _told(self, patient: Patient, until: date = date.max) -> _Told:
        """Return what a line keeps; of a patient entered in error only the facts are shown."""
        visits: list[tuple[Order, str, str | None, str | None]] = []
        if patient.error_reason is not None:
            return _Told("", {})
        owner = [blob(patient.id)]
        for when, time, visit_id, scale, total in self._session.tuples(_TOTALS, owner):
            if _day(when).first <= until:
                visits.append((series_order(_day(when), time, visit_id), when, scale, total))
        visits.sort(key=lambda visit: visit[0])
        totals: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
        for _, when, scale, total in visits:
            if scale is not None:
                totals[scale].append((when, total))
        shown = {scale: totals[scale][-LINE_LENGTH:] for scale in sorted(totals)}
        return _Told(visits[-1][1] if visits else "", shown)

    def _summary(
        self, told: _Told, patient: Patient, draft: DraftSummary | None
    ) -> PatientSummary:
        known = [definition.id for definition in self._session.catalogue.definitions]
        order = [*known, *sorted(told.totals.keys() - set(known))]
        return PatientSummary(
            patient=patient,
            last_visit=parse_date(told.last_visit),
            totals=tuple(
                LastTotal(scale, tuple(map(_total, told.totals[scale])))
                for scale in order
                if scale in told.totals
            ),
            draft=draft,
        )

    def _draft(self, rows: Sequence[tuple[Any, ...]]) -> DraftSummary:
        visit, patient, when, utc, offset, amend_reason, *_ = rows[0]
        begun = [(scale, typed, done) for *_, scale, typed, done in rows if typed or done]
        return DraftSummary(
            visit=visit.hex(),
            patient=patient_of(self._session.row("patients", patient.hex())),
            date=_day(when),
            started=Moment.read(utc, offset),
            answered=sum(done for _, _, done in begun),
            keys=_keys(self._session.catalogue, begun),
            is_amendment=bool(amend_reason),
        )


_TOLD = msgspec.json.Decoder(_Told)


def _kept(version: int, text: str) -> _Told | None:
    """Return what a line keeps; nothing where another version wrote it, or it is damaged."""
    if version != VERSION:
        return None
    with suppress(msgspec.MsgspecError):
        return _TOLD.decode(text)
    return None


def _rises(told: _Told) -> bool:
    """Whether a total of the last visit is higher than that scale's total before it."""
    for totals in told.totals.values():
        known = [(when, total) for when, total in totals if total is not None]
        if len(known) > 1 and known[-1][0] == told.last_visit:
            # A cell that holds no number is the check's to tell.
            with suppress(ArithmeticError):
                if Decimal(known[-1][1]) > Decimal(known[-2][1]):
                    return True
    return False


def _due(who: Patient, last_visit: PartialDate | None) -> str:
    """Return when a patient is expected; empty where nobody is, or a visit has met the day."""
    is_counted = who.error_reason is None
    return iso(expected_next(who.facts, last_visit)) if is_counted else ""


def _places(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _keys(catalogue: Catalogue, begun: Sequence[tuple[str, int, int]]) -> int:
    """Count the keys of the scales that are begun; an untouched visit begins with the first."""
    keys = {definition.id: len(definition.keys) for definition in catalogue.definitions}
    scales = [scale for scale, typed, _ in begun if not typed] if begun else [*keys][:1]
    return sum(keys.get(scale, 0) for scale in scales)


def _total(told: tuple[str, str | None]) -> tuple[PartialDate, Decimal | None]:
    when, total = told
    return _day(when), None if total is None else Decimal(total)


@lru_cache(maxsize=4096)
def _day(text: str) -> PartialDate:
    day = parse_date(text)
    if day is None:
        raise Damage(N_("A row of the records cannot be read."))
    return day


def searched_by(facts: PatientFacts) -> str:
    """Return what a patient is found by: name, identifier, diagnosis, birth date in figures."""
    birth = facts.birth_date
    ways = [facts.name, facts.patient_id, iso(birth), facts.diagnosis_note]
    if birth is not None and birth.is_full:
        day = birth.first
        ways += [f"{day:%d.%m}.{day.year:04d}", f"{day:%d/%m}/{day.year:04d}"]
    sign = [diagnosis_sign(facts.diagnosis)] if facts.diagnosis else []
    return " ".join([*(fold(way) for way in ways if way), *sign])


def diagnosis_sign(diagnosis: str) -> str:
    """Return how a line holds a diagnosis, whose title is another one in each language.

    What somebody types is folded, so that no typed word is found in it.
    """
    return f"[{diagnosis.upper()}]"
