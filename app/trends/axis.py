"""The time axis: where a date stands, how far the axis reaches, and the ticks that label it."""

import calendar
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from math import ceil, floor

from msgspec import Struct

from app.dates import PartialDate
from app.errors import N_, UserError
from app.language import Words
from app.records.doses import Standing, is_ahead, standing_on
from app.records.model import Treatment
from app.signs import unbroken
from app.trends.figure import AxisKind, Days, Tick
from app.trends.model import Trend
from app.wording.spans import length_words

_EPOCH = date(1970, 1, 1)
MOST_TICKS = 9
_DAY_STEPS: Mapping[AxisKind, tuple[int, ...]] = {
    AxisKind.DATE: (1, 2, 7, 14),
    AxisKind.SINCE: (1, 2, 7, 14, 28),
    AxisKind.AGE: (),
}
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000)
_MONTH_DAYS = 30.4375
_JANUARY = date(2000, 1, 1)
LEAST_DAYS = {AxisKind.DATE: 14.0, AxisKind.SINCE: 14.0, AxisKind.AGE: 92.0}
_DAYS_TOLD = 92.0
"""Up to so many days a stretch is told by its days, longer ones by their months."""
_AIR = 0.03
_MOST_RUNNING = 0.5
_LEAST_RUNNING = 61.0
_AHEAD = 0.06
_LEAST_AHEAD = 7.0


class Ruler(Struct, frozen=True):
    """Turns dates into days after ``origin``. A short date stands in the middle of its period."""

    kind: AxisKind
    origin: date
    is_approximate: bool = False

    def day(self, day: date) -> float:
        """Return where a day begins."""
        return float((day - self.origin).days)

    def begin(self, when: PartialDate) -> float:
        """Return where a date's period begins."""
        return self.day(when.first)

    def end(self, when: PartialDate) -> float:
        """Return where a date's period is over: the next midnight."""
        return self.day(when.last) + 1

    def at(self, when: PartialDate, time: str = "") -> float:
        """Return where something stands: on its day, at its time if that is known."""
        if not when.is_full:
            return (self.begin(when) + self.end(when)) / 2
        return self.begin(when) + _fraction(time)

    def within(self, when: PartialDate) -> Days | None:
        """Return the days of a short date's period; ``None`` where the day is known."""
        return None if when.is_full else (self.begin(when), self.end(when))

    def date_at(self, x: float) -> date:
        """Return the day at a place, held inside the calendar."""
        ordinal = self.origin.toordinal() + int(x // 1)
        return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def _fraction(time: str) -> float:
    if not time:
        return 0.0
    hours, minutes = time.split(":")[:2]
    return (int(hours) * 60 + int(minutes)) / 1440


def add_months(day: date, months: int) -> date:
    """Return the day so many months later, or the last of that month where it is shorter.

    The years 1 to 9999 are not left.
    """
    count = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def ruler_of(trend: Trend, kind: AxisKind, chosen: Treatment | None) -> Ruler:
    """Return the ruler of an axis.

    Raises:
        UserError: The start or the birth date that it counts from is not recorded.

    """
    if kind is AxisKind.DATE:
        return Ruler(kind, _EPOCH)
    if kind is AxisKind.AGE:
        birth = trend.record.patient.facts.birth_date
        if birth is None:
            raise UserError(N_("The birth date is not recorded, so nothing can stand by age."))
        if is_ahead(birth, trend.as_of):
            raise UserError(N_("This day is before the birth date, so nothing can stand by age."))
        return Ruler(kind, _middle(birth), is_approximate=not birth.is_full)
    if chosen is None or chosen.facts.start is None:
        raise UserError(N_("This start is not recorded, so no days can be counted from it."))
    return Ruler(kind, _middle(chosen.facts.start), is_approximate=not chosen.facts.start.is_full)


def _middle(when: PartialDate) -> date:
    """Return the day itself, or the middle one of a period."""
    return date.fromordinal((when.first.toordinal() + when.last.toordinal()) // 2)


class Extent(Struct, frozen=True):
    """A stretch of the axis."""

    lowest: float
    highest: float

    @property
    def width(self) -> float:
        """How many days it covers."""
        return self.highest - self.lowest


def whole_extent(
    trend: Trend, ruler: Ruler, *, holds_today: bool, kinds: tuple[str, ...] = ()
) -> Extent:
    """Return the stretch that holds every visit, treatment and event, never less than two weeks.

    A treatment that still runs reaches to the day the figure stands at, but not so far that it
    presses everything else together; an empty record shows that day, and so does one with plans.
    Measures of these kinds count. With ``holds_today`` the time since the last record is seen,
    too, as far as that.
    Something planned whose end is not known has room for a bar.
    """
    today = ruler.day(trend.last_day) + 1
    places = sorted(_places(trend, ruler, kinds)) or [today]
    lowest, highest = places[0], places[-1]
    most = highest + max((highest - lowest) * _MOST_RUNNING, _LEAST_RUNNING)
    if any(_runs_on(treatment, trend.last_day) for treatment in trend.begun):
        highest = max(highest, min(today, most))
    if holds_today and highest < today <= most and not trend.is_over:
        highest = today
    if highest > today:
        lowest = min(lowest, today)
    if any(_is_open_plan(treatment, trend.last_day) for treatment in trend.treatments):
        highest += max((highest - lowest) * _AHEAD, _LEAST_AHEAD)
    lacking = max(0.0, LEAST_DAYS[ruler.kind] - (highest - lowest)) / 2
    air = max(highest - lowest, LEAST_DAYS[ruler.kind]) * _AIR
    return Extent(lowest - lacking - air, highest + lacking + air)


def _runs_on(treatment: Treatment, day: date) -> bool:
    return treatment.facts.stop is None and standing_on(treatment, day) is not Standing.ENDED


def _is_open_plan(treatment: Treatment, as_of: date) -> bool:
    """Whether anything of a treatment begins after a day, and the end of it is not known."""
    starts = (treatment.facts.start, *(step.facts.start for step in treatment.doses))
    return treatment.facts.stop is None and any(is_ahead(start, as_of) for start in starts)


def _places(trend: Trend, ruler: Ruler, kinds: tuple[str, ...]) -> Iterator[float]:
    record = trend.record
    for measure in record.measures:
        if measure.facts.kind in kinds:
            yield from _span(ruler, measure.facts.date)
    for visit in record.visits:
        yield from _span(ruler, visit.facts.date)
    for event in record.events:
        yield from _span(ruler, event.facts.date)
        yield from _span(ruler, event.facts.stop)
    for treatment in trend.treatments:
        yield from _treatment_places(ruler, treatment)
    if ruler.kind is AxisKind.SINCE:
        yield 0.0


def _treatment_places(ruler: Ruler, treatment: Treatment) -> Iterator[float]:
    yield from _span(ruler, treatment.facts.start)
    yield from _span(ruler, treatment.facts.stop)
    for step in treatment.doses:
        yield from _span(ruler, step.facts.start)
        yield from _span(ruler, step.facts.stop)


def _span(ruler: Ruler, when: PartialDate | None) -> tuple[float, ...]:
    return () if when is None else (ruler.begin(when), ruler.end(when))


def labels_days(window: Extent) -> bool:
    """Whether an axis that counts from a start labels single days in this window."""
    return window.width / _DAY_STEPS[AxisKind.SINCE][-1] <= MOST_TICKS


def time_ticks(ruler: Ruler, whole: Extent, window: Extent, words: Words) -> tuple[Tick, ...]:
    """Return ticks over the whole axis, as dense as the window in view can label."""
    for step in _DAY_STEPS[ruler.kind]:
        if window.width / step <= MOST_TICKS:
            return tuple(_day_ticks(ruler, whole, step, words))
    months = next(
        (step for step in _MONTH_STEPS if window.width / (step * _MONTH_DAYS) <= MOST_TICKS),
        _MONTH_STEPS[-1],
    )
    return tuple(_month_ticks(ruler, whole, months, words))


class TimeWords(Struct, frozen=True):
    """Labels any stretch of one axis: its ticks, and which stretch it is."""

    ruler: Ruler
    words: Words

    def ticks(self, window: Extent) -> tuple[Tick, ...]:
        """Return the ticks of a stretch; by date the first one tells its year."""
        return time_ticks(self.ruler, window, window, self.words)

    def at(self, x: float) -> str:
        """Say which day it is, or how far from where the axis counts."""
        return self._end_words(x, Extent(x, x))

    def told(self, window: Extent) -> str:
        """Say which stretch it is: from when to when, on this axis; neither end is parted."""
        text = self.words(N_("{begin} – {end}"))
        ends = (window.lowest, window.highest)
        begin, end = (unbroken(self._end_words(x, window)) for x in ends)
        return text.format(begin=begin, end=end)

    def _end_words(self, x: float, window: Extent) -> str:
        if self.ruler.kind is AxisKind.SINCE:
            text = N_("about day {number}") if self.ruler.is_approximate else N_("day {number}")
            return self.words(text, number=self.words.number(Decimal(floor(x))))
        if self.ruler.kind is AxisKind.AGE:
            months = max(0, _months_to(self.ruler.origin, self.ruler.date_at(x)))
            return length_words(months, self.words)
        day = self.ruler.date_at(x)
        is_short = window.width <= _DAYS_TOLD
        told = PartialDate.of(day) if is_short else PartialDate(day.year, day.month)
        return self.words.short_date(told)


def _day_ticks(ruler: Ruler, whole: Extent, step: int, words: Words) -> Iterator[Tick]:
    """Weeks begin on Monday by date, and at the start when days are counted from one."""
    offset = 0
    if ruler.kind is AxisKind.DATE:
        offset = (1 - ruler.origin.toordinal()) % 7
    first = ceil((whole.lowest - offset) / step) * step + offset
    shown_year = 0
    for x in range(first, floor(whole.highest) + 1, step):
        if ruler.kind is AxisKind.SINCE:
            yield Tick(float(x), words.number(Decimal(x)))
            continue
        day = ruler.date_at(x)
        yield Tick(float(x), _day_label(day, words, with_year=day.year != shown_year))
        shown_year = day.year


def _day_label(day: date, words: Words, *, with_year: bool) -> str:
    return words.short_date(day) if with_year else words.day_of_month(day)


def _month_ticks(ruler: Ruler, whole: Extent, step: int, words: Words) -> Iterator[Tick]:
    """Months stand at the first of the month by date, else at whole months since the origin."""
    by_date = ruler.kind is AxisKind.DATE
    anchor = _JANUARY if by_date else ruler.origin
    first = _months_to(anchor, ruler.date_at(whole.lowest)) // step * step
    last = _months_to(anchor, ruler.date_at(whole.highest))
    with_year = True
    for months in range(first, last + 1, step):
        day = add_months(anchor, months)
        if not whole.lowest <= ruler.day(day) <= whole.highest:
            continue
        if by_date:
            yield Tick(ruler.day(day), _month_label(day, step, words, with_year=with_year))
            with_year = False
        else:
            yield Tick(ruler.day(day), length_words(months, words))


def _months_to(anchor: date, day: date) -> int:
    return (day.year - anchor.year) * 12 + day.month - anchor.month


def _month_label(day: date, step: int, words: Words, *, with_year: bool) -> str:
    if step >= 12:
        return words.short_date(PartialDate(day.year))
    if with_year or day.month == 1:
        return words.short_date(PartialDate(day.year, day.month))
    return words.month(day)
