"""The three answers that are told first: the last visit, since a start, is it coming back.

They are picked from the values that everything else is told from. A short date is its whole
period: what may lie between two days counts as between, and ``is_exact`` says that it need not.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from app.dates import PartialDate, days_between
from app.records.declaration import SUSPECTED
from app.records.doses import end_of, is_ahead, runs_of
from app.records.model import Event, Sheet, Treatment, Visit
from app.trends.model import DatedTotal, Point, Series, SinceStart, Trend
from app.trends.noise import change_between, is_noise
from app.trends.relapse import relapses
from app.trends.relapse_rule import RelapseRule, Rise, rise_of
from app.trends.series import compares, is_certainly_before, total_of
from app.trends.since import is_first, started
from scales.catalogue import Catalogue
from scales.model import Definition, Key, Scored

Level = tuple[Key, Decimal]
"""A key and its level."""
Stretch = tuple[PartialDate, PartialDate]
"""From a date, its own day left out, to another, its day counted."""


class Seen(Struct, frozen=True):
    """The last visit: its date, and how many days ago that was.

    ``days`` is ``None`` where they cannot be counted, or where nobody is expected any more.
    """

    on: PartialDate
    days: int | None


class Now(Struct, frozen=True):
    """One series at the last visit.

    ``point`` is ``None`` where the series was not scored then, and ``scored`` are the scales that
    were. ``before`` is the total before that visit; ``is_ordered`` says that it certainly came
    before, ``is_compared`` that both compare, and ``is_noise`` that they differ by no more than
    published noise. ``above_zero`` are the levels above 0, ``None`` where no item was answered.
    """

    seen: Seen
    point: Point | None
    scored: tuple[str, ...]
    before: Point | None
    is_ordered: bool
    is_compared: bool
    is_noise: bool
    above_zero: tuple[Level, ...] | None


class Between(Struct, frozen=True):
    """What lies between a start and the last total, its own day left out, the total's counted."""

    relapses: tuple[Event, ...] = ()
    suspected: tuple[Event, ...] = ()
    starts: tuple[Treatment, ...] = ()
    is_exact: bool = True


_NOTHING = Between()


class Fall(Struct, frozen=True):
    """A fall before a start: its highest total and the last one, lower than that.

    ``is_going`` says that the last total was lower than the one before it, too, and near enough to
    the start to be its baseline.
    """

    peak: Point
    last: Point
    is_going: bool


class Since(Struct, frozen=True):
    """What one series did since one start, and what must be known beside it.

    ``between`` lies up to the last total, ``after`` behind it. ``beside`` are the other treatments
    that were given, or may have been, between the start and the last total; ``is_latest`` says
    that this total is the last visit's, ``is_compared`` that all of them compare, and
    ``is_unordered`` that some total may lie before the start or since. The best or the last total
    differs from the baseline by no more than published noise: ``best_is_noise``,
    ``last_is_noise``. ``fell`` is a fall up to the start that was larger than published noise.
    """

    start: SinceStart
    is_first: bool
    between: Between
    after: Between
    beside: tuple[Treatment, ...]
    is_latest: bool
    is_compared: bool
    is_unordered: bool
    best_is_noise: bool
    last_is_noise: bool
    fell: Fall | None

    @property
    def is_mixed(self) -> bool:
        """Whether effects cannot be told apart: another treatment was given, or began near."""
        near = self.start.others_within_14_days or self.start.others_order_unknown
        return bool(self.beside or near)


class ComingBack(Struct, frozen=True):
    """The last relapse, suspected ones that nobody judged, and how far above the best all stands.

    ``is_newer`` says that the relapse certainly began after the last visit. ``last`` is the total
    of the last visit, ``None`` where it has none. ``best`` is the lowest
    total that compares with it, ``None`` where it is the only one. ``risen`` are the levels of
    the last visit above the lowest of their key before. ``rise`` is what the unit's rule finds,
    ``None`` where there is no rule or it finds nothing.
    """

    seen: Seen
    relapse: Event | None
    is_newer: bool
    suspected: tuple[Event, ...]
    last: Point | None
    best: Point | None
    is_noise: bool
    risen: tuple[Level, ...]
    rise: Rise | None

    @property
    def above(self) -> Decimal | None:
        """How many points the last total is above the best, or ``None``."""
        if self.last is None or self.best is None:
            return None
        return total_of(self.last) - total_of(self.best)

    @property
    def is_above(self) -> bool:
        """Whether the last total is above the best."""
        return self.above is not None and self.above > 0


def now(trend: Trend, catalogue: Catalogue, series: Series) -> Now:
    """Tell a series at the last visit, never an older total in its place."""
    visit, definition = trend.record.visits[-1], catalogue.find(series.scale)
    point = _point_of(series, visit)
    earlier = [each for each in series.points if each.visit != visit.id]
    before = next((each for each in reversed(earlier) if each.total is not None), None)
    return Now(
        seen=_seen(trend, visit),
        point=point,
        scored=() if point else tuple(_scored(trend, visit)),
        before=before,
        is_ordered=bool(point and before and is_certainly_before(before, point)),
        is_compared=bool(point and before and compares(definition, before, point)),
        is_noise=_is_noise(trend, definition, series, (before, point)),
        above_zero=_above_zero(visit, definition, series) if point else None,
    )


def since(trend: Trend, catalogue: Catalogue, series: Series, start: Treatment) -> Since | None:
    """Tell what a series did since a start; ``None`` where the start is not known."""
    entries = trend.since.get(series.key, ())
    entry = next((each for each in entries if each.treatment.id == start.id), None)
    if entry is None or start.facts.start is None:
        return None
    definition, begun = catalogue.find(series.scale), start.facts.start
    today = PartialDate.of(trend.last_day)
    end = begun if entry.last is None else entry.last.date
    between = Between() if entry.last is None else _between(trend, start, (begun, end))
    beside = () if entry.last is None else tuple(_beside(trend, start, (begun, end)))
    read = [each for each in (entry.baseline, entry.best, entry.last) if each is not None]
    return Since(
        start=entry,
        is_first=is_first(start, trend.begun),
        between=between,
        after=_between(trend, start, (end, today), between),
        beside=beside,
        is_latest=entry.last is not None and entry.last.visit == trend.record.visits[-1].id,
        is_compared=all(compares(definition, each, read[-1]) for each in read),
        is_unordered=any(_is_unordered(each, begun) for each in series.points),
        best_is_noise=_is_noise(trend, definition, series, (entry.baseline, entry.best)),
        last_is_noise=_is_noise(trend, definition, series, (entry.baseline, entry.last)),
        fell=_fell(trend, definition, series, entry),
    )


def coming_back(
    trend: Trend, catalogue: Catalogue, series: Series, rule: RelapseRule | None = None
) -> ComingBack | None:
    """Tell how a series stands to its best, and which relapses are marked.

    ``None`` after a death: nobody asks then.
    """
    if trend.is_over:
        return None
    visit, definition = trend.record.visits[-1], catalogue.find(series.scale)
    point = _point_of(series, visit)
    last = point if point is not None and point.total is not None else None
    best = _best(series, definition, last)
    marked = sorted(relapses(trend), key=_when)
    return ComingBack(
        seen=_seen(trend, visit),
        relapse=marked[-1] if marked else None,
        is_newer=bool(marked) and visit.facts.date.last < marked[-1].facts.date.first,
        suspected=tuple(sorted(_suspected(trend), key=_when)),
        last=last,
        best=best,
        is_noise=_is_noise(trend, definition, series, (best, last)),
        risen=tuple(_risen(trend, definition, series)),
        rise=rise_of(trend, definition, series, rule) if rule is not None else None,
    )


def _seen(trend: Trend, visit: Visit) -> Seen:
    on = visit.facts.date
    return Seen(on, None if trend.is_over else days_between(on, PartialDate.of(trend.as_of)))


def _point_of(series: Series, visit: Visit) -> Point | None:
    last = series.points[-1]
    return last if last.visit == visit.id else None


def _scored(trend: Trend, visit: Visit) -> Iterator[str]:
    for series in trend.series:
        if series.subscore is None and _point_of(series, visit) is not None:
            yield series.key


def _keys(definition: Definition, series: Series) -> tuple[Key, ...]:
    """Return the keys that a series is made of: of a subscore its own."""
    for part in definition.subscores:
        if part.id == series.subscore:
            return tuple(key for key in definition.keys if key.item in part.items)
    return definition.keys


def _levels(sheet: Sheet, keys: tuple[Key, ...]) -> Iterator[Level]:
    for key in keys:
        answer = sheet.answers.get(key)
        if isinstance(answer, Scored):
            yield key, answer.level


def _above_zero(visit: Visit, definition: Definition, series: Series) -> tuple[Level, ...] | None:
    sheet = visit.sheet(series.scale)
    if sheet is None or not sheet.answers:
        return None
    levels = _levels(sheet, _keys(definition, series))
    return tuple((key, level) for key, level in levels if level > 0)


def _between(
    trend: Trend, start: Treatment, stretch: Stretch, told: Between = _NOTHING
) -> Between:
    """Return what may lie in a stretch, and was not told of another one."""
    known = (*told.relapses, *told.suspected, *told.starts)
    marked = [each for each in relapses(trend) if _is_within(each, stretch, known)]
    suspected = [each for each in _suspected(trend) if _is_within(each, stretch, known)]
    starts = [
        (each, begun)
        for each, begun in started(trend.begun)
        if each.id != start.id and _may_lie(begun, stretch) and each not in known
    ]
    dates = [*(each.facts.date for each in (*marked, *suspected)), *(begun for _, begun in starts)]
    return Between(
        relapses=tuple(sorted(marked, key=_when)),
        suspected=tuple(sorted(suspected, key=_when)),
        starts=tuple(each for each, _ in starts),
        is_exact=all(_lies(when, stretch) for when in dates),
    )


def _is_within(event: Event, stretch: Stretch, known: tuple[object, ...]) -> bool:
    return _may_lie(event.facts.date, stretch) and event not in known


def _may_lie(when: PartialDate, stretch: Stretch) -> bool:
    start, end = stretch
    return when.last > start.first and when.first <= end.last


def _lies(when: PartialDate, stretch: Stretch) -> bool:
    start, end = stretch
    return when.first > start.last and when.last <= end.first


def _is_unordered(point: Point, start: PartialDate) -> bool:
    """Whether a total may lie before a start or since, as its period and the start's overlap."""
    is_apart = point.date.last < start.first or point.date.first > start.last
    return point.total is not None and point.date != start and not is_apart


def _beside(trend: Trend, start: Treatment, stretch: Stretch) -> Iterator[Treatment]:
    first, last = stretch[0].first, stretch[1].last
    for other in trend.begun:
        is_later = is_ahead(other.facts.start, last)
        if other.id != start.id and not is_later and _was_given(other, first, last):
            yield other


def _was_given(treatment: Treatment, first: date, last: date) -> bool:
    """Whether anything of a treatment was given, or may have been, from one day to another."""
    end, runs = end_of(treatment), runs_of(treatment)
    if end is not None and end.last < first:
        return False
    return not runs or any(
        not run.facts.is_pause
        and not is_ahead(run.start, last)
        and not (run.stop is not None and run.stop.last < first)
        for run in runs
    )


def _fell(trend: Trend, definition: Definition, series: Series, since: SinceStart) -> Fall | None:
    """Return a fall up to a start.

    What is looked at goes back to where a total was lower than the last one, or in a version that
    does not compare with it.
    """
    start, baseline = since.treatment.facts.start, since.baseline
    before = () if start is None else _up_to(series, start)
    if not before:
        return None
    last = peak = before[-1]
    for each in reversed(before):
        if not compares(definition, each, last) or total_of(each) < total_of(last):
            break
        peak = max(peak, each, key=total_of)
    is_fall = total_of(peak) > total_of(last) and is_certainly_before(peak, last)
    if not is_fall or _is_noise(trend, definition, series, (peak, last)):
        return None
    is_near = baseline is not None and baseline.visit == last.visit
    return Fall(peak, last, is_going=is_near and total_of(before[-2]) > total_of(last))


def _up_to(series: Series, start: PartialDate) -> Sequence[Point]:
    """Return the totals before a start, and that of its own day; of several then it is open."""
    totals = [each for each in series.points if each.total is not None]
    of_the_day = [each for each in totals if each.date == start]
    if len(of_the_day) > 1:
        return ()
    return [each for each in totals if each.date.last < start.first] + of_the_day


def _is_noise(
    trend: Trend,
    definition: Definition,
    series: Series,
    two: tuple[Point | DatedTotal | None, Point | DatedTotal | None],
) -> bool:
    """Whether two totals that compare differ by no more than published noise."""
    before, last = two
    change = change_between(definition, before, last)
    if change is None or before is None or last is None:
        return False
    ages = (trend.record.patient.facts.birth_date, before.date, last.date)
    return is_noise(definition, series, change, ages)


def _suspected(trend: Trend) -> Iterator[Event]:
    return (each for each in trend.record.events if each.facts.kind == SUSPECTED)


def _when(event: Event) -> tuple[int, int]:
    return event.facts.date.order


def _best(series: Series, definition: Definition, last: Point | None) -> Point | None:
    """Return the first of the lowest totals, of those that compare with the last one."""
    if last is None:
        return None
    found = [
        each
        for each in series.points
        if each.total is not None and compares(definition, each, last)
    ]
    return min(found, key=total_of) if len(found) > 1 else None


def _risen(trend: Trend, definition: Definition, series: Series) -> Iterator[Level]:
    *earlier, last = trend.record.visits
    sheet, keys = last.sheet(series.scale), _keys(definition, series)
    if sheet is None:
        return
    lowest: dict[Key, Decimal] = {}
    for visit in earlier:
        then = visit.sheet(series.scale)
        if then is not None and definition.compares(then.version, sheet.version):
            for key, level in _levels(then, keys):
                lowest[key] = min(level, lowest.get(key, level))
    for key, level in _levels(sheet, keys):
        if key in lowest and level > lowest[key]:
            yield key, level
