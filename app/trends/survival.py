"""Kaplan-Meier: from the days of events and of last looks to the share that had the event."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

LEAST_PATIENTS = 10
"""Of fewer patients no curve is told: a share of six children is six children."""
LEAST_AT_RISK = 5
"""A curve ends where fewer are at risk."""
_EVERY, _MOST_ROWS = (1, 7, 14, 28, 56, 84, 168, 364), 14
_PLACES = Decimal("0.000001")
_HALF = Decimal("0.5")


class Wait(Struct, frozen=True):
    """How many days after the start a patient had the event, or was last seen without it."""

    days: int
    has_happened: bool


class Curve(Struct, frozen=True):
    """The share of patients who had the event by each day on which somebody had it.

    ``share`` is 1 - Kaplan-Meier, ``low`` and ``high`` its 95 % log-log interval (null where the
    formula gives none), ``at_risk`` how many had not had it and were still seen just before;
    ``risk_table`` tells the last of days that lie evenly from day 0 on, each with its number.
    ``median_days`` is the first day by which half had it; null where the curve ends before.
    ``patients`` are all who took part; fewer than ten make no curve.
    """

    patients: int
    days: tuple[int, ...] = ()
    share: tuple[Decimal, ...] = ()
    low: tuple[Decimal | None, ...] = ()
    high: tuple[Decimal | None, ...] = ()
    at_risk: tuple[int, ...] = ()
    median_days: int | None = None
    risk_table: tuple[tuple[int, int], ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether there are enough patients for a curve, be there an event or not."""
        return self.patients >= LEAST_PATIENTS


def curve_of(waits: Sequence[Wait]) -> Curve:
    """Return the Kaplan-Meier curve of some patients, as far as enough of them are at risk."""
    ends = sorted(wait.days for wait in waits)
    days = sorted({wait.days for wait in waits if wait.has_happened})
    at_risk = [len(ends) - bisect_left(ends, day) for day in days]
    kept = sum(count >= LEAST_AT_RISK for count in at_risk)
    if len(waits) < LEAST_PATIENTS or not kept:
        return Curve(len(waits))
    share, low, high = _estimated(waits, days[:kept])
    by_half = (day for day, part in zip(days, share, strict=False) if part >= _HALF)
    return Curve(
        patients=len(waits),
        days=tuple(days[:kept]),
        share=share,
        low=low,
        high=high,
        at_risk=tuple(at_risk[:kept]),
        median_days=next(by_half, None),
        risk_table=tuple(_risk_table(ends, days[kept - 1])),
    )


def _risk_table(ends: Sequence[int], last: int) -> Iterator[tuple[int, int]]:
    """Yield evenly lying days up to a last one, and how many are at risk on each."""
    every = next((step for step in _EVERY if last // step <= _MOST_ROWS), _EVERY[-1])
    for day in range(0, last + 1, every):
        yield day, len(ends) - bisect_left(ends, day)


Shares = tuple[Decimal, ...]
Bounds = tuple[Decimal | None, ...]


def _estimated(waits: Sequence[Wait], days: Sequence[int]) -> tuple[Shares, Bounds, Bounds]:
    """Return the estimate at these days of events, and the two bounds of its interval."""
    # Over a second of loading, and only a cohort of ten or more needs it.
    import warnings  # noqa: PLC0415 - as said

    from scipy import stats  # noqa: PLC0415 - as said

    times = [wait.days for wait in waits]
    censored = [not wait.has_happened for wait in waits]
    found = stats.ecdf(stats.CensoredData.right_censored(times, censored)).sf
    with warnings.catch_warnings():
        # A bound that the formula does not give is told as none.
        warnings.simplefilter("ignore", RuntimeWarning)
        interval = found.confidence_interval(method="log-log")
    places = [bisect_left(found.quantiles, day) for day in days]
    share = tuple(_rounded(1 - found.probabilities[place]) for place in places)
    low = _bounds(1 - interval.high.probabilities[place] for place in places)
    high = _bounds(1 - interval.low.probabilities[place] for place in places)
    return share, low, high


def _bounds(values: Iterable[float]) -> Bounds:
    return tuple(None if value != value else _rounded(value) for value in values)  # noqa: PLR0124 - NaN


def _rounded(value: float) -> Decimal:
    return Decimal(float(value)).quantize(_PLACES)
