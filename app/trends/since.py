"""The starts that a course is told from, and what each series did since them.

Defined in the terms of the published ``trend`` JSON. A short date is its whole period: nothing
is called before, after or near that might not be.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct
from msgspec.structs import replace

from app.dates import PartialDate, days_between
from app.errors import N_, UserError
from app.records.doses import is_ahead
from app.records.lists import OTHER, code_list
from app.records.model import PatientRecord, Treatment
from app.trends.day import record_on, without_planned
from app.trends.model import DatedTotal, Point, Series, SinceStart, Trend
from app.trends.readings import Readings, readings_of
from app.trends.series import counted_visits, series_of, total_of
from scales.catalogue import Catalogue

IMMUNE_ROLES = (
    "class_immunoglobulin",
    "class_b_cell",
    "class_steroid",
    "class_immunosuppressant",
)
"""The classes whose first start is marked, in the order in which one is told by default."""
NEAR_DAYS = 14
_UNKNOWN_LAST = (10**9, 0)


def agent_class(treatment: Treatment) -> str:
    """Return the class of a treatment's agent: the palette role that colours its lane."""
    return code_list("agents").get(treatment.facts.agent).role


def start_order(treatment: Treatment) -> tuple[tuple[int, int], str]:
    """Sort treatments by start with the unknown last, then by treatment id."""
    start = treatment.facts.start
    return (_UNKNOWN_LAST if start is None else start.order), treatment.facts.treatment_id


def started(treatments: Iterable[Treatment]) -> tuple[tuple[Treatment, PartialDate], ...]:
    """Return the treatments that have a start, with it, by start, then id."""
    found = sorted(treatments, key=start_order)
    return tuple((each, each.facts.start) for each in found if each.facts.start is not None)


def lane_key(treatment: Treatment) -> str:
    """Return what a treatment shares a lane by: its agent, or its note where that names it."""
    if treatment.facts.agent != OTHER:
        return treatment.facts.agent
    return f"{OTHER}:{treatment.facts.note.strip().casefold()}"


def first_starts(treatments: Iterable[Treatment]) -> tuple[Treatment, ...]:
    """Return the first treatment of each agent that has a start, by start, then id."""
    firsts: dict[str, Treatment] = {}
    for treatment, _start in started(treatments):
        firsts.setdefault(lane_key(treatment), treatment)
    return tuple(firsts.values())


def immune_starts(treatments: Iterable[Treatment]) -> tuple[Treatment, ...]:
    """Return the first start of each agent that acts on the immune system, by start."""
    return tuple(each for each in first_starts(treatments) if agent_class(each) in IMMUNE_ROLES)


def default_start(treatments: Iterable[Treatment]) -> Treatment | None:
    """Return the start that a course is told from unless another is chosen.

    The first immunoglobulin or exchange, else the first B-cell treatment, steroid,
    immunosuppressant, or whatever began first; ``None`` where no start is known.
    """
    firsts = first_starts(treatments)
    for role in IMMUNE_ROLES:
        found = [each for each in firsts if agent_class(each) == role]
        if found:
            return found[0]
    return firsts[0] if firsts else None


def is_first(treatment: Treatment, treatments: Iterable[Treatment]) -> bool:
    """Whether no other start of the same agent is recorded that may have been earlier.

    One whose start is not known may have been, and so may one of a month in which this one began.
    """
    start = treatment.facts.start
    return start is not None and all(
        other.facts.start is not None and other.facts.start.first >= start.last
        for other in treatments
        if other.id != treatment.id and lane_key(other) == lane_key(treatment)
    )


def chosen_treatment(trend: Trend, treatment_id: str) -> Treatment | None:
    """Return the treatment that the course is told from: the one named, else the default.

    Raises:
        UserError: The patient has no such treatment, or it is planned.

    """
    if not treatment_id:
        return default_start(trend.begun)
    for treatment in trend.record.treatments:
        if treatment.facts.treatment_id == treatment_id:
            return _begun(treatment, trend.as_of)
    raise UserError(
        N_("This patient has no treatment with the id “{treatment_id}”."),
        treatment_id=treatment_id,
    )


def _begun(treatment: Treatment, as_of: date) -> Treatment:
    if is_ahead(treatment.facts.start, as_of):
        raise UserError(
            N_("“{treatment_id}” is planned from {start}; nothing can be counted from it yet."),
            treatment_id=treatment.facts.treatment_id,
            start=treatment.facts.start,
        )
    return treatment


def trend_of(
    record: PatientRecord, catalogue: Catalogue, as_of: date, baseline_days: int = 30
) -> Trend:
    """Return the course as it stands on ``as_of``, its series and what followed each start.

    The record in it holds the visits that count, in the order of every series, and nothing that
    lies after the day but what is planned.
    """
    record = record_on(replace(record, visits=counted_visits(record)), as_of)
    series = series_of(record, catalogue)
    course = Trend(record, as_of, series, since={}, baseline_days=baseline_days)
    starts = _starts(course.begun)
    since = {each.key: _since_starts(each, starts, baseline_days) for each in series}
    return replace(course, since=since)


def as_begun(trend: Trend) -> Trend:
    """Return a course without what is planned: treatments, dose steps, and stops ahead."""
    treatments = without_planned(trend.record.treatments, trend.as_of)
    return replace(trend, record=replace(trend.record, treatments=treatments))


class _Start(Struct, frozen=True):
    """A start, and the other treatments near it: certainly within 14 days, and possibly."""

    treatment: Treatment
    date: PartialDate
    within: tuple[Treatment, ...]
    unknown: tuple[Treatment, ...]


def _since_starts(
    series: Series, starts: Iterable[_Start], baseline_days: int
) -> tuple[SinceStart, ...]:
    readings = readings_of(series.points)
    return tuple(_since(readings, start, baseline_days) for start in starts)


def _since(readings: Readings, start: _Start, baseline_days: int) -> SinceStart:
    before = readings.baseline(start.date, baseline_days)
    place = readings.after(start.date)
    falls = tuple(readings.falls(place))
    lower = (one for one in falls if before is not None and total_of(one) < total_of(before))
    baseline = _dated(before, start.date)
    best = _dated(falls[-1] if falls else None, start.date)
    last = _dated(readings.points[-1] if falls else None, start.date)
    return SinceStart(
        treatment=start.treatment,
        baseline=baseline,
        first_lower=_dated(next(lower, None), start.date),
        first_zero=_dated(readings.zero(place), start.date),
        best=best,
        last=last,
        change_percent=change_percent(baseline, best),
        change_last_percent=change_percent(baseline, last),
        others_within_14_days=start.within,
        others_order_unknown=start.unknown,
    )


def _dated(point: Point | None, start: PartialDate) -> DatedTotal | None:
    if point is None:
        return None
    days = days_between(start, point.date)
    return DatedTotal(
        point.visit, point.visit_id, point.date, days, total_of(point), point.version
    )


def change_percent(baseline: DatedTotal | None, then: DatedTotal | None) -> Decimal | None:
    """Return the change from the baseline in per cent, one decimal, halves away from zero.

    ``None`` without a baseline, without a later total, or at a baseline of 0.
    """
    if baseline is None or then is None or baseline.total == 0:
        return None
    change = (then.total - baseline.total) / baseline.total * 100
    rounded = change.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def _starts(treatments: Sequence[Treatment]) -> tuple[_Start, ...]:
    """Return the treatments that have a start, by start, then id, each with those near it."""
    every = sorted(treatments, key=start_order)
    return tuple(_start(treatment, start, every) for treatment, start in started(every))


def _start(treatment: Treatment, start: PartialDate, every: Iterable[Treatment]) -> _Start:
    """Sort the other treatments into certainly near, possibly near, and the rest."""
    within: list[Treatment] = []
    unknown: list[Treatment] = []
    for other in every:
        if other.id == treatment.id:
            continue
        smallest, largest = _gap(start, other)
        if other.facts.start is not None and other.facts.start.is_full and largest <= NEAR_DAYS:
            within.append(other)
        elif smallest <= NEAR_DAYS:
            unknown.append(other)
    return _Start(treatment, start, tuple(within), tuple(unknown))


def _gap(start: PartialDate, other: Treatment) -> tuple[int, int]:
    """Return the smallest and the largest number of days that may lie between two starts."""
    begun, behind = other.facts.start, (start.first - _begun_by(other)).days
    if begun is None:
        return max(0, behind), _UNKNOWN_LAST[0]
    ahead = (begun.first - start.last).days
    return max(0, ahead, behind), max(-ahead, -behind)


def _begun_by(treatment: Treatment) -> date:
    """Return the last day on which a treatment can have begun: none of it is before its start."""
    facts = treatment.facts
    if facts.start is not None and facts.start.is_full:
        return facts.start.last
    doses = (when for dose in treatment.doses for when in (dose.facts.start, dose.facts.stop))
    known = (when.last for when in (facts.start, facts.stop, *doses) if when is not None)
    return min(known, default=date.max)
