"""A cohort: patients side by side from the first start of an agent, described and not compared.

Days count from the start. A date that is known to the month or the year is its whole period: its
total counts in a stretch of days that holds all of them, and an event has come by its last day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from app.records.cohort import Aligned, Member, TotalSince
from app.trends.survival import Curve, Wait, curve_of

DAYS = tuple(range(-28, 365, 28))
"""The days at which a cohort is described."""
WINDOW = 56
"""How many days back a total still tells a patient's state."""
CHANGE_DAYS = (28, 84, 168, 364)
"""The days, all of ``DAYS``, at which the change from the baseline is told."""
LEAST_OBSERVED = 5
"""Of fewer patients no median and no quartile is told."""

Value = Decimal | None


class Line(Struct, frozen=True, gc=False):
    """One patient: the last complete total at each of ``DAYS``, and the baseline."""

    patient: str
    baseline: Value
    values: tuple[Value, ...]


class Summary(Struct, frozen=True):
    """How many patients have a value at a day, their median and their linear quartiles.

    All three are null where fewer than five are observed.
    """

    day: int
    observed: int
    median: Value = None
    q1: Value = None
    q3: Value = None


class Cohort(Struct, frozen=True):
    """What is told of a cohort.

    ``changes`` are those from the baseline, in points. Out of ``to_zero`` are left, and counted,
    the patients ``without_baseline`` above 0; out of both curves those ``not_seen_after``; out of
    all of it those ``undated`` and ``ageless``.
    """

    lines: tuple[Line, ...]
    summaries: tuple[Summary, ...]
    changes: tuple[Summary, ...]
    to_zero: Curve
    to_relapse: Curve
    without_baseline: int
    not_seen_after: int
    undated: int
    ageless: int
    with_others: int
    cautions: tuple[str, ...]

    @property
    def n(self) -> int:
        """How many patients have a first start that is known to the day."""
        return len(self.lines)


def cohort_of(aligned: Aligned, baseline_days: int = 30) -> Cohort:
    """Describe a cohort; a baseline is the trend's, at most so many days before the start."""
    members = aligned.members
    lines = tuple(_line(member, baseline_days) for member in members)
    pairs = zip(members, lines, strict=True)
    begun = [member for member, line in pairs if line.baseline is not None and line.baseline > 0]
    zeros = [_wait_for_zero(member) for member in begun]
    relapses = [_wait_for_relapse(member) for member in members]
    return Cohort(
        lines=lines,
        summaries=tuple(_summaries(lines)),
        changes=tuple(_change(lines, day) for day in CHANGE_DAYS),
        to_zero=curve_of([wait for wait in zeros if wait is not None]),
        to_relapse=curve_of([wait for wait in relapses if wait is not None]),
        without_baseline=len(members) - len(begun),
        not_seen_after=sum(wait is None for wait in relapses),
        undated=aligned.undated,
        ageless=aligned.ageless,
        with_others=sum(member.has_others for member in members),
        cautions=tuple(sorted({member.caution for member in members if member.caution})),
    )


def quartile(ordered: Sequence[Decimal], quarters: int) -> Decimal:
    """Return the value so many quarters up an ordered sample, linear between two, exactly."""
    place, rest = divmod((len(ordered) - 1) * quarters, 4)
    if rest == 0:
        return ordered[place]
    return ordered[place] + (ordered[place + 1] - ordered[place]) * rest / 4


def _line(member: Member, baseline_days: int) -> Line:
    values: list[Value] = [None] * len(DAYS)
    for each in member.totals:
        for place in _places(each.first, each.last):
            values[place] = each.total
    return Line(member.patient, _baseline(member.totals, baseline_days), tuple(values))


@lru_cache(maxsize=16384)
def _places(first: int, last: int) -> range:
    """Return the places of those of ``DAYS`` at which a total of such a date still tells."""
    return range(bisect_left(DAYS, last), bisect_right(DAYS, first + WINDOW))


def _baseline(totals: Sequence[TotalSince], baseline_days: int) -> Value:
    """Return the last total before or on the day of the start, as ``trend`` finds it."""
    for each in reversed(totals[: _after(totals)]):
        if (each.last < 0 or each.first == each.last) and each.first >= -baseline_days:
            return each.total
    return None


def _after(totals: Sequence[TotalSince]) -> int:
    """Return where the totals begin whose whole date lies after the start."""
    return bisect_right(totals, 0, key=_first)


def _first(each: TotalSince) -> int:
    return each.first


def _wait_for_zero(member: Member) -> Wait | None:
    """Return how long it took to the first 0 that a visit found; nothing if none came after."""
    after = member.totals[_after(member.totals) :]
    zero = next((each for each in after if each.total == 0), None)
    if zero is not None:
        return Wait(zero.last, has_happened=True)
    return Wait(after[-1].first, has_happened=False) if after else None


def _wait_for_relapse(member: Member) -> Wait | None:
    """Return how long it took to the first relapse that was marked; else to the last total."""
    relapse = next((each for each in member.relapses if each.first > 0), None)
    if relapse is not None:
        return Wait(relapse.last, has_happened=True)
    after = member.totals[_after(member.totals) :]
    return Wait(after[-1].first, has_happened=False) if after else None


def _summaries(lines: Sequence[Line]) -> Iterable[Summary]:
    columns = zip(*(line.values for line in lines), strict=True) if lines else ((),) * len(DAYS)
    return (_summary(day, values) for day, values in zip(DAYS, columns, strict=True))


def _change(lines: Sequence[Line], day: int) -> Summary:
    place = DAYS.index(day)
    pairs = ((line.baseline, line.values[place]) for line in lines)
    return _summary(day, (None if a is None or b is None else b - a for a, b in pairs))


def _summary(day: int, values: Iterable[Value]) -> Summary:
    ordered = sorted(value for value in values if value is not None)
    if len(ordered) < LEAST_OBSERVED:
        return Summary(day, len(ordered))
    q1, median, q3 = (quartile(ordered, quarters) for quarters in (1, 2, 3))
    return Summary(day, len(ordered), median, q1, q3)
