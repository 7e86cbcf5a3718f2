"""Round places on the time axis, from single days to many years, with their labels."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor

from app.errors import N_
from app.language import Words
from app.trends.figure import AxisKind, Tick
from app.trends.naming import MINUS, signed
from app.trends.ruler import Ruler, add_months

MOST_TICKS = 9
_DAY_STEPS: Mapping[AxisKind, tuple[int, ...]] = {
    AxisKind.DATE: (1, 2, 7, 14),
    AxisKind.SINCE: (1, 2, 7, 14, 28),
    AxisKind.AGE: (),
}
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000)
_MONTH_DAYS = 30.4375
_JANUARY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of the axis."""

    lowest: float
    highest: float

    @property
    def width(self) -> float:
        """How many days it covers."""
        return self.highest - self.lowest


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


def _day_ticks(ruler: Ruler, whole: Extent, step: int, words: Words) -> Iterator[Tick]:
    """Weeks begin on Monday by date, and at the start when days are counted from one."""
    offset = 0
    if ruler.kind is AxisKind.DATE:
        offset = (1 - ruler.origin.toordinal()) % 7
    first = ceil((whole.lowest - offset) / step) * step + offset
    shown_year = 0
    for x in range(first, floor(whole.highest) + 1, step):
        if ruler.kind is AxisKind.SINCE:
            yield Tick(float(x), signed(Decimal(x), words).removeprefix("+"))
            continue
        day = ruler.date_at(x)
        yield Tick(float(x), _day_label(day, words, with_year=day.year != shown_year))
        shown_year = day.year


def _day_label(day: date, words: Words, *, with_year: bool) -> str:
    if with_year:
        return words.short_date(day)
    return words(N_("{day} {month}"), day=day.day, month=words.month(day.month))


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
            yield Tick(ruler.day(day), _length_label(months, words))


def _months_to(anchor: date, day: date) -> int:
    return (day.year - anchor.year) * 12 + day.month - anchor.month


def _month_label(day: date, step: int, words: Words, *, with_year: bool) -> str:
    if step >= 12:
        return str(day.year)
    month = words.month(day.month)
    if with_year or day.month == 1:
        return words(N_("{month} {year}"), month=month, year=day.year)
    return month


def _length_label(months: int, words: Words) -> str:
    """Return a length in years and months: “0”, “6 m”, “2 y”, “2 y 6 m”, with a true minus."""
    years, rest = divmod(abs(months), 12)
    if not months:
        return words.number(Decimal(0))
    if rest and years:
        text = words(N_("{years} y {months} m"), years=years, months=rest)
    elif rest:
        text = words(N_("{months} m"), months=rest)
    else:
        text = words(N_("{years} y"), years=years)
    return text if months > 0 else words(N_("{minus}{length}"), minus=MINUS, length=text)
