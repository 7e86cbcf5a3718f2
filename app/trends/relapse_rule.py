"""The unit's own rule for asking about a relapse: a rise of so many points above the best.

It asks and marks nothing. A short date is its whole period: where the order of two days is not
certain, a total is taken for neither the best nor a rise.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from app.dates import PartialDate
from app.records.declaration import DISMISSED, SUSPECTED
from app.records.model import Event, Treatment
from app.settings import RelapseAsked, RelapseWording, Settings
from app.trends.model import Point, Series, Trend
from app.trends.noise import is_noise
from app.trends.relapse import relapses
from app.trends.series import compares, total_of
from app.trends.since import first_starts, immune_starts, started
from scales.model import Definition


class RelapseRule(Struct, frozen=True):
    """From how many points above the best on totals of a scale are asked about, and when."""

    scale: str
    points: Decimal
    asked: RelapseAsked = RelapseAsked.AT_ONCE
    wording: RelapseWording = RelapseWording.NONE


class RiseState(StrEnum):
    """What has become of a rise: it is asked about, waits for the next total, or was answered.

    It was answered where a suspected relapse is marked since, which a physician is to judge, or
    where one was dismissed and no total has risen by as much again.
    """

    ASKED = "asked"
    WAITING = "waiting"
    SUSPECTED = "suspected"
    DISMISSED = "dismissed"


class Dismissal(Struct, frozen=True):
    """A suspected relapse that was dismissed, and the highest total of the rise by then."""

    event: Event
    judged: Point


class Rise(Struct, frozen=True):
    """A rise that the rule is about, as the last complete total has it.

    ``best`` is the first of the lowest totals after ``since``: the end of the last relapse (its
    first day where no end is recorded) or the first start, whichever is later; ``None`` where
    there is neither. The first start is that of whatever acts on the immune system, or where
    nothing does of anything. From ``first`` to ``last`` every total stood so high;
    ``is_confirmed`` says that two of them do, on different days. ``is_noise`` says that the rise
    is within published noise. ``dismissed`` is what was answered: it judged the totals by then,
    and a total that is higher than those by the points of the rule is asked about anew.
    """

    rule: RelapseRule
    since: Event | Treatment | None
    best: Point
    first: Point
    last: Point
    is_confirmed: bool
    is_noise: bool
    state: RiseState
    dismissed: Dismissal | None = None

    @property
    def points(self) -> Decimal:
        """How far the last total is above the best."""
        return total_of(self.last) - total_of(self.best)


def rule_of(settings: Settings) -> RelapseRule | None:
    """Return the rule that the unit has set; ``None`` where it has set none."""
    if settings.relapse_points <= 0:
        return None
    return RelapseRule(
        settings.relapse_scale,
        settings.relapse_points,
        settings.relapse_asked,
        settings.relapse_wording,
    )


def rise_of(
    trend: Trend, definition: Definition, series: Series, rule: RelapseRule
) -> Rise | None:
    """Return the rise that stands at the last total; ``None`` where the rule finds none."""
    if series.key != rule.scale:
        return None
    since, after = _since(trend)
    totals = _comparable(series, definition, after)
    if not totals:
        return None
    best = min(totals, key=total_of)
    fallen = _fallen(totals, total_of(best) + rule.points)
    high = _after(totals, fallen)
    if not high:
        return None
    risen = [each for each in trend.record.events if each.facts.date.first > fallen]
    dismissed = _dismissal(risen, high)
    if dismissed is not None:
        again = _after(totals, _fallen(totals, total_of(dismissed.judged) + rule.points))
        high, dismissed = (again, None) if again else (high, dismissed)
    last = high[-1]
    is_confirmed = min(each.date.last for each in high) < last.date.first
    ages = (trend.record.patient.facts.birth_date, best.date, last.date)
    return Rise(
        rule=rule,
        since=since,
        best=best,
        first=high[0],
        last=last,
        is_confirmed=is_confirmed,
        is_noise=is_noise(definition, series, total_of(last) - total_of(best), ages),
        state=_state(rule, risen, dismissed, is_confirmed=is_confirmed),
        dismissed=dismissed,
    )


def _fallen(totals: Sequence[Point], height: Decimal) -> date:
    """Return the last day on which a total may have been lower than a height."""
    return max(each.date.last for each in totals if total_of(each) < height)


def _after(totals: Sequence[Point], day: date) -> tuple[Point, ...]:
    return tuple(each for each in totals if each.date.first > day)


def _dismissal(events: Iterable[Event], high: Sequence[Point]) -> Dismissal | None:
    """Return what was dismissed last, if a total of the rise was certainly known by then."""
    dismissed = [each for each in events if each.facts.kind == DISMISSED]
    if not dismissed:
        return None
    last = max(dismissed, key=_event_day)
    known = [each for each in high if each.date.last <= last.facts.date.first]
    return Dismissal(last, max(known, key=total_of)) if known else None


def _event_day(event: Event) -> tuple[int, int]:
    return event.facts.date.order


def _since(trend: Trend) -> tuple[Event | Treatment | None, PartialDate | None]:
    """Return the last relapse or the first start, and the date after which totals count."""
    ends: list[tuple[Event | Treatment, PartialDate]] = [
        (each, each.facts.stop or each.facts.date) for each in relapses(trend)
    ]
    starts = started(immune_starts(trend.begun) or first_starts(trend.begun))
    if starts:
        ends.append(min(starts, key=_last_day))
    return max(ends, key=_last_day, default=(None, None))


def _last_day(end: tuple[object, PartialDate]) -> int:
    return end[1].last.toordinal()


def _comparable(
    series: Series, definition: Definition, after: PartialDate | None
) -> tuple[Point, ...]:
    """Return the totals after a date, back to one that does not compare with the last."""
    found: list[Point] = []
    for each in reversed(series.points):
        if each.total is None or (after is not None and each.date.first <= after.last):
            continue
        if found and not compares(definition, each, found[0]):
            break
        found.append(each)
    return tuple(reversed(found))


def _state(
    rule: RelapseRule, events: Iterable[Event], dismissed: Dismissal | None, *, is_confirmed: bool
) -> RiseState:
    if any(each.facts.kind == SUSPECTED for each in events):
        return RiseState.SUSPECTED
    if dismissed is not None:
        return RiseState.DISMISSED
    if rule.asked is RelapseAsked.NEXT_TOTAL and not is_confirmed:
        return RiseState.WAITING
    return RiseState.ASKED
