"""Everybody's totals around the first start of an agent, in a few questions to the file.

The visits are gone over once, in the order in which they lie: looked up patient by patient, the
same pages would be decrypted again and again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from msgspec import Struct

from app.dates import PartialDate, parse_date
from app.errors import N_, Damage, UserError
from app.records.beside import beside, one_moment
from app.records.declaration import RELAPSE
from app.records.holding import Holding
from app.records.lists import OTHER, code_list
from app.records.loading import LATEST_OF_ALL, UNREADABLE, readable
from app.records.narrowing import Only, check_ages, check_days
from app.records.session import Session

_NO_AGENT = N_("There is no agent “{agent}” in this version. There are: {known}.")
_NO_DIAGNOSIS = N_("There is no diagnosis “{diagnosis}” in this version. There are: {known}.")
_MANY = N_("“{agent}” stands for many medicines, so there is no first start of it.")

_NEAR_DAYS = 14
_PATIENTS = (
    "SELECT id, birth_date, onset_date, diagnosis, caution FROM patients "
    "WHERE error_reason IS NULL AND (?1 = '' OR diagnosis = ?1) ORDER BY id"
)
_TREATMENTS = "SELECT patient, agent, start FROM treatments"
_RELAPSES = "SELECT patient, date FROM events WHERE kind = ?"
# Time and visit id order visits of one date; as one text they are half as much to carry.
_TOTALS = (
    "SELECT v.patient, v.date, v.time || ' ' || v.visit_id, s.total "
    "FROM visits AS v CROSS JOIN sheets AS s ON s.visit = v.id AND s.scale = ? "
    f"WHERE s.total IS NOT NULL AND {LATEST_OF_ALL}"
)
_AGENTS = (
    "SELECT agent, count(DISTINCT patient) AS many FROM treatments "
    f"WHERE length(start) = 10 AND agent <> '{OTHER}' GROUP BY agent ORDER BY many DESC, agent"
)
_SCALES = (
    "SELECT scale, count(*) AS many FROM sheets WHERE total IS NOT NULL "
    "GROUP BY scale ORDER BY many DESC, scale"
)
_DIAGNOSES = (
    "SELECT diagnosis, count(*) AS many FROM patients "
    "WHERE diagnosis <> '' AND error_reason IS NULL "
    "GROUP BY diagnosis ORDER BY many DESC, diagnosis"
)


class Asked(Struct, frozen=True):
    """Which cohort: whose first start of an agent, totals of which scale, as of which day."""

    agent: str
    scale: str
    day: date
    only: Only = Only()


class DaySpan(Struct, frozen=True, gc=False):
    """The first and the last day that a date may be, in days since the start."""

    first: int
    last: int


class TotalSince(Struct, frozen=True, gc=False):
    """A complete total, and the first and the last day of its date, in days since the start."""

    first: int
    last: int
    total: Decimal


class Start(Struct, frozen=True, gc=False):
    """The first and the last day that a first start may be.

    ``has_others`` says of one that is known to the day that another treatment began close to it.
    """

    first: int
    last: int
    has_others: bool


class Member(Struct, frozen=True):
    """A patient of a cohort: totals in the order of every series, relapses by first day.

    ``has_others`` says that another treatment began at most 14 days from the start, either side.
    """

    patient: str
    start: date
    birth: PartialDate | None
    onset: PartialDate | None
    diagnosis: str
    caution: str
    totals: tuple[TotalSince, ...]
    relapses: tuple[DaySpan, ...]
    has_others: bool


class Aligned(Struct, frozen=True):
    """The patients whose first start of the agent is known to the day, and who fit.

    Left out, and counted once each, is who may fit: ``undated`` are those whose first start is
    known to the month or the year alone, ``ageless`` those whose age at onset is not known well
    enough.
    """

    asked: Asked
    members: tuple[Member, ...]
    undated: int
    ageless: int = 0


class Offer(Struct, frozen=True):
    """What a cohort can be asked for in these records, by id, the most frequent first."""

    agents: tuple[str, ...]
    scales: tuple[str, ...]
    diagnoses: tuple[str, ...]


class Cohorts:
    """Reads cohorts beside whoever writes, on any thread."""

    def __init__(self, session: Session, holding: Holding) -> None:
        self._session = session
        self._holding = holding

    def offer(self) -> Offer:
        """Return what anybody has begun, was scored with, and has."""
        with beside(self._session, self._holding) as session:
            found = (session.tuples(sql) for sql in (_AGENTS, _SCALES, _DIAGNOSES))
            return Offer(*(tuple(name for name, _ in rows) for rows in found))

    def read(self, asked: Asked) -> Aligned:
        """Return a cohort as it stood on a day; visits, starts and events count as in a trend.

        Raises:
            UserError: There is no such agent or diagnosis, or the agent stands for many.
            UnknownScale: There is no such scale.

        """
        check_asked(self._session, asked)
        with beside(self._session, self._holding) as session:
            return _read(session, asked)


def _read(session: Session, asked: Asked) -> Aligned:
    with one_moment(session), readable():
        spans = _Spans(asked.day)
        starts = _starts(session, asked.agent, spans)
        people = session.tuples(_PATIENTS, [asked.only.diagnosis])
        sorted_out = _sorted_out((row for row in people if row[0] in starts), starts, asked.only)
        found = sorted_out[_Standing.IN]
        days = {who: starts[who].first for who, *_ in found}
        totals, relapses = (
            _totals(session, asked.scale, spans, days),
            _relapses(session, spans, days),
        )
    members = (
        Member(
            patient=who.hex(),
            start=date.fromordinal(days[who]),
            birth=_date(birth),
            onset=_date(onset),
            diagnosis=diagnosis,
            caution=caution,
            totals=totals.get(who, ()),
            relapses=tuple(sorted(relapses[who], key=_by_day)) if who in relapses else (),
            has_others=starts[who].has_others,
        )
        for who, birth, onset, diagnosis, caution in found
    )
    undated, ageless = (len(sorted_out[each]) for each in (_Standing.UNDATED, _Standing.AGELESS))
    return Aligned(asked, tuple(members), undated, ageless)


_Person = tuple[bytes, str, str, str, str]
"""A patient's id, birth date, date of onset, diagnosis and caution."""


class _Standing(Enum):
    """Whether somebody is in a cohort, or may belong there."""

    IN = "in"
    OUT = "out"
    UNDATED = "undated"
    AGELESS = "ageless"


def _sorted_out(
    people: Iterable[_Person], starts: Mapping[bytes, Start], only: Only
) -> Mapping[_Standing, list[_Person]]:
    found: dict[_Standing, list[_Person]] = {standing: [] for standing in _Standing}
    for person in people:
        found[_standing(person, starts[person[0]], only)].append(person)
    return found


def _standing(person: _Person, start: Start, only: Only) -> _Standing:
    _, birth, onset, _, _ = person
    has_age = only.has_age(_date(birth), _date(onset))
    has_start = only.has_start(date.fromordinal(start.first), date.fromordinal(start.last))
    if has_start is False or has_age is False:
        return _Standing.OUT
    if start.first != start.last:
        return _Standing.UNDATED
    return _Standing.AGELESS if has_age is None else _Standing.IN


def check_asked(session: Session, asked: Asked) -> None:
    """Refuse what no list has, and an agent that is many."""
    session.catalogue.find(asked.scale)
    agents, diagnoses = code_list("agents"), code_list("diagnoses")
    if asked.agent == OTHER:
        raise UserError(_MANY, agent=asked.agent)
    if not agents.has(asked.agent):
        known = ", ".join(each.id for each in agents.entries if each.id != OTHER)
        raise UserError(_NO_AGENT, agent=asked.agent, known=known)
    diagnosis = asked.only.diagnosis
    if diagnosis and not diagnoses.has(diagnosis):
        known = ", ".join(each.id for each in diagnoses.entries)
        raise UserError(_NO_DIAGNOSIS, diagnosis=diagnosis, known=known)
    check_ages(asked.only)
    check_days(asked.only)


def _by_day(span: DaySpan) -> tuple[int, int]:
    return span.first, span.last


_Span = tuple[int, int, int]
"""A date as its first day, its rank among those that begin then, and its last day."""


@lru_cache(maxsize=65536)
def _date(text: str) -> PartialDate | None:
    try:
        return parse_date(text)
    except UserError as error:
        raise Damage(UNREADABLE) from error


class _Spans(dict[str, _Span | None]):
    """What each date stands for; nothing for one that is unknown, or ahead of a day."""

    def __init__(self, day: date) -> None:
        self._last = day.toordinal()

    def __missing__(self, text: str) -> _Span | None:
        when = _date(text)
        span = None if when is None else (*when.order, when.last.toordinal())
        self[text] = None if span is None or span[0] > self._last else span
        return self[text]


_number = lru_cache(maxsize=4096)(Decimal)

Row = tuple[_Span, str, Decimal]
"""Date, and time with visit id, which are the order of a series; then the total."""


def _starts(session: Session, agent: str, spans: _Spans) -> dict[bytes, Start]:
    """Return the first start of the agent of everybody who has begun it on a known date."""
    own: dict[bytes, list[_Span]] = defaultdict(list)
    every: dict[bytes, list[_Span]] = defaultdict(list)
    for patient, treatment, start in session.tuples(_TREATMENTS):
        span = spans[start]
        if span is not None:
            every[patient].append(span)
            if treatment == agent:
                own[patient].append(span)
    return {patient: _first_start(starts, every[patient]) for patient, starts in own.items()}


def _first_start(own: Iterable[_Span], every: Iterable[_Span]) -> Start:
    start, _, end = min(own)
    near = sum(first == last and abs(first - start) <= _NEAR_DAYS for first, _, last in every)
    return Start(start, end, near > 1)


def _totals(
    session: Session, scale: str, spans: _Spans, days: Mapping[bytes, int]
) -> dict[bytes, tuple[TotalSince, ...]]:
    found: dict[bytes, list[Row]] = {patient: [] for patient in days}
    for patient, day, order, total in session.each(_TOTALS, [scale]):
        span, rows = spans[day], found.get(patient)
        if span is not None and rows is not None:
            rows.append((span, order, _number(total)))
    return {patient: _in_order(rows, days[patient]) for patient, rows in found.items()}


def _in_order(rows: list[Row], start: int) -> tuple[TotalSince, ...]:
    """Return totals in the order of a series, and let the rows go."""
    rows.sort()
    told = [TotalSince(span[0] - start, span[2] - start, total) for span, _, total in rows]
    rows.clear()
    return tuple(told)


def _relapses(
    session: Session, spans: _Spans, days: Mapping[bytes, int]
) -> dict[bytes, list[DaySpan]]:
    found: dict[bytes, list[DaySpan]] = defaultdict(list)
    for patient, day in session.tuples(_RELAPSES, [RELAPSE]):
        span = spans[day]
        if span is not None and patient in days:
            start = days[patient]
            found[patient].append(DaySpan(span[0] - start, span[2] - start))
    return found
