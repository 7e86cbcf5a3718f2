"""The two drawings of a cohort: thin lines around their median, and the steps of a curve.

Both have days across, values up, how many are seen under the days, and below them what is told
of the axis. A drawing grows where the height it is given is too low for its words.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import sqrt

from msgspec import Struct

from app.drawing.measure import Letters, Measure
from app.drawing.vocabulary import (
    Disc,
    Drawing,
    Element,
    Group,
    Line,
    Outline,
    Polyline,
    Position,
)
from app.trends.cohort import DAYS
from app.trends.cohort_figure import Fan, Step, Steps, Tick

_LINE, _GAP, _EDGE, _APART = 18, 8, 6, 12
_LEAST_PLOT = 40
_BAND, _INTERVAL = 0.16, 0.18
_THIN, _MEDIAN, _RIM, _CHOSEN, _STEP = 1.2, 3.0, 1.5, 2.0, 2.5
_DOT = 1.5
_LONE, _DARKEST, _MANY = 0.4, 0.6, 60
"""How dark one thin line is, and many on one another; from how many on each grows fainter."""

Value = tuple[int, float]
"""A value, and the place of its day in ``DAYS``."""


class Axes(Struct, frozen=True):
    """Where days and values stand in a drawing of some size, and the lines below the days."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    days: tuple[float, float]
    values: tuple[float, float]
    caption: tuple[str, ...]

    def x(self, day: float) -> float:
        """Return where a day stands."""
        first, last = self.days
        return self.left + (day - first) / max(last - first, 1.0) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Return where a value stands."""
        lowest, highest = self.values
        share = (value - lowest) / max(highest - lowest, 1e-9)
        return self.bottom - share * (self.bottom - self.top)

    def at(self, day: float, value: float) -> Position:
        """Return where a value on a day stands."""
        return self.x(day), self.y(value)

    def day(self, x: float) -> float:
        """Return the day that stands at a place."""
        first, last = self.days
        return first + (x - self.left) / max(self.right - self.left, 1.0) * (last - first)


def fan_axes(fan: Fan, size: tuple[float, float], measure: Measure) -> Axes:
    """Return where the days and values of a fan stand."""
    days, values = (float(DAYS[0]), float(DAYS[-1])), (fan.lowest, fan.highest)
    return _axes(fan, days, values, size, measure)


def fan_drawing(fan: Fan, axes: Axes, measure: Measure) -> Drawing:
    """Return the lines of all patients, the band of the quartiles, and the median on top."""
    start = Line(
        axes.at(0, fan.lowest), axes.at(0, fan.highest), "ink_soft", dash=(4.0, 3.0)
    )  # fmt: skip
    lines = (*_band(fan, axes), start, *_thin(fan, axes), *_median(fan, axes))
    return _drawing(fan, axes, lines, measure)


def patient_elements(fan: Fan, axes: Axes, place: int) -> Iterator[Element]:
    """Yield one patient's line as it stands out from the others."""
    for run in _runs(fan.lines[place].values):
        yield from _thread(run, axes, "ink", _CHOSEN)


def steps_axes(steps: Steps, size: tuple[float, float], measure: Measure) -> Axes:
    """Return where the days and shares of a curve stand."""
    return _axes(steps, (0.0, float(steps.steps[-1].day)), (0.0, 1.0), size, measure)


def steps_drawing(steps: Steps, axes: Axes, measure: Measure) -> Drawing:
    """Return a curve from its first day to its last step, and its interval."""
    curve = Polyline(tuple(_corners(steps.steps, axes)), "series2", _STEP)
    return _drawing(steps, axes, (*_intervals(steps.steps, axes), curve), measure)


def _axes(
    shown: Fan | Steps,
    days: tuple[float, float],
    values: tuple[float, float],
    size: tuple[float, float],
    measure: Measure,
) -> Axes:
    px, line = measure.px, measure.px(_LINE)
    width, height = size
    half = max((_width(tick, measure) for tick in shown.across), default=0.0) / 2
    up = max((measure.width(tick.label, Letters.SMALL) for tick in shown.up), default=0.0)
    left = max(up + px(_GAP), half)
    right = max(width - max(half, px(_EDGE)), left + 1.0)
    caption = measure.wrapped(shown.caption, Letters.SMALL, right - left)
    below = px(_EDGE) + 2 * line + (len(caption) * line + px(_EDGE) if caption else 0.0)
    top = line / 2
    bottom = max(height - below, top + max(px(_LEAST_PLOT), _least_height(shown.up, line)))
    return Axes(width, bottom + below, left, top, right, bottom, days, values, caption)


def _least_height(up: Sequence[Tick], line: float) -> float:
    """Return the least height at which no value's label touches the next."""
    least = min((high.at - low.at for low, high in pairwise(up)), default=0.0)
    return line * (up[-1].at - up[0].at) / least if least else 0.0


def _drawing(
    shown: Fan | Steps, axes: Axes, lines: Sequence[Element], measure: Measure
) -> Drawing:
    grid = (
        Line((axes.left, axes.y(tick.at)), (axes.right, axes.y(tick.at)), "grid")
        for tick in shown.up
    )
    reach = _MEDIAN  # so that what stands on an edge is drawn whole
    return Drawing(
        width=axes.width,
        height=axes.height,
        ground=tuple(grid),
        moving=(),
        marks=(Group(axes.left - reach, axes.right + reach, tuple(lines)),),
        words=tuple(_words(shown, axes, measure)),
    )


def _words(shown: Fan | Steps, axes: Axes, measure: Measure) -> Iterator[Element]:
    px, line = measure.px, measure.px(_LINE)
    for tick in shown.up:
        end = axes.left - px(_GAP)
        yield measure.before(end, axes.y(tick.at), tick.label, Letters.SMALL)
    top = axes.bottom + px(_EDGE)
    for tick in _with_room(shown.across, axes, measure):
        for row, (text, role) in enumerate(((tick.label, "ink"), (tick.below, "ink_soft"))):
            x = axes.x(tick.at) - measure.width(text, Letters.SMALL) / 2
            yield measure.text(x, top + (row + 0.5) * line, text, Letters.SMALL, role)
    top += 2 * line + px(_EDGE)
    for number, text in enumerate(axes.caption):
        yield measure.text(axes.left, top + (number + 0.5) * line, text, Letters.SMALL)


def _with_room(ticks: Sequence[Tick], axes: Axes, measure: Measure) -> Sequence[Tick]:
    """Return every so many ticks, that of day 0 among them, so that none touches the next."""
    zero = next((place for place, tick in enumerate(ticks) if tick.at == 0), 0)
    for every in range(1, len(ticks) + 1):
        kept = ticks[zero % every :: every]
        if all(_are_apart(*pair, axes, measure) for pair in pairwise(kept)):
            return kept
    return ()


def _are_apart(one: Tick, other: Tick, axes: Axes, measure: Measure) -> bool:
    room = (_width(one, measure) + _width(other, measure)) / 2 + measure.px(_APART)
    return axes.x(other.at) - axes.x(one.at) >= room


def _width(tick: Tick, measure: Measure) -> float:
    return max(measure.width(text, Letters.SMALL) for text in (tick.label, tick.below))


def _runs(values: Sequence[float | None]) -> Iterator[tuple[Value, ...]]:
    """Yield the stretches without a gap."""
    seen = groupby(enumerate(values), key=lambda each: each[1] is not None)
    for has_value, run in seen:
        if has_value:
            yield tuple((place, value) for place, value in run if value is not None)


def _thread(run: Sequence[Value], axes: Axes, role: str, width: float) -> Iterator[Element]:
    """Yield a stretch as one line; a value between two gaps is a dot."""
    places = tuple(axes.at(DAYS[place], value) for place, value in run)
    if len(places) == 1:
        yield Disc(places[0], width, role)
    else:
        yield Polyline(places, role, width)


def _thin(fan: Fan, axes: Axes) -> Iterator[Element]:
    """Yield what anybody's line has once, as dark as all who share it make it.

    Totals are few, so however many patients there are, what is drawn of them is not.
    """
    lone = _LONE * min(1.0, sqrt(_MANY / max(len(fan.lines), 1)))
    columns = list(zip(*(line.values for line in fan.lines), strict=True))
    for (day, here), (after, there) in pairwise(zip(DAYS, columns, strict=False)):
        shared = Counter(zip(here, there, strict=True)).items()
        for (value, other), count in sorted(each for each in shared if None not in each[0]):
            start, end = axes.at(day, value), axes.at(after, other)
            yield Line(start, end, "series1", _THIN, _darkness(lone, count))
    for day, alone in zip(DAYS, _alone(columns), strict=False):
        for value, count in sorted(Counter(alone).items()):
            yield Disc(axes.at(day, value), _DOT, "series1", alpha=_darkness(lone, count))


def _alone(columns: Sequence[Sequence[float | None]]) -> Iterator[list[float]]:
    """Yield for each day the values between two gaps."""
    nothing = [None] * len(columns[0]) if columns else []
    for three in zip((nothing, *columns), columns, (*columns[1:], nothing), strict=False):
        rows = zip(*three, strict=True)
        alone = (here for before, here, after in rows if before is after is None)
        yield [value for value in alone if value is not None]


def _darkness(lone: float, count: int) -> float:
    return round(min(_DARKEST, 1 - (1 - lone) ** count), 3)


def _band(fan: Fan, axes: Axes) -> Iterator[Element]:
    for low, high in zip(_runs(fan.q1), _runs(fan.q3), strict=True):
        if len(low) > 1:
            around = (*low, *reversed(high))
            corners = tuple(axes.at(DAYS[place], value) for place, value in around)
            yield Outline(corners, "series1", alpha=_BAND)


def _median(fan: Fan, axes: Axes) -> Iterator[Element]:
    """Yield the median, with a rim that parts it from the lines below."""
    for run in _runs(fan.median):
        yield from _thread(run, axes, "background", _MEDIAN + 2 * _RIM)
        yield from _thread(run, axes, "series1", _MEDIAN)


def _corners(steps: Sequence[Step], axes: Axes) -> Iterator[Position]:
    """Yield the corners of the steps down from all."""
    yield axes.at(0, 1.0)
    share = 1.0
    for step in steps:
        yield axes.at(step.day, share)
        yield axes.at(step.day, step.share)
        share = step.share


def _intervals(steps: Sequence[Step], axes: Axes) -> Iterator[Element]:
    """Yield a shape for each stretch of days that has an interval throughout."""
    for has_interval, run in groupby(_stretches(steps), key=lambda each: each is not None):
        if has_interval:
            known = [each for each in run if each is not None]
            above = [axes.at(day, high) for *days, _, high in known for day in days]
            below = [axes.at(day, low) for *days, low, _ in known for day in days]
            yield Outline((*above, *reversed(below)), "series2", alpha=_INTERVAL)


def _stretches(
    steps: Sequence[Step],
) -> Iterator[tuple[float, float, float, float] | None]:
    """Yield the days from each step to the next with their bounds; ``None`` without bounds."""
    for step, after in pairwise(steps):
        if step.low is None or step.high is None:
            yield None
        else:
            yield step.day, after.day, step.low, step.high
