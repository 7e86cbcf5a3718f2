"""The panels of a chart: one series each, its marks and lines, its noise and its age marks.

Noise and age marks stand behind the marks only of a patient for whom they hold.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from app.dates import PartialDate
from app.errors import N_, NN_
from app.language import Words
from app.trends.axis import add_months
from app.trends.context import FigureContext
from app.trends.figure import AgeNote, Band, Mark, OpenMark, Panel, ValueTick
from app.trends.items import items_of
from app.trends.model import Point, Series, Trend
from app.trends.series import (
    compares,
    is_certainly_before,
    series_range,
    series_title,
    total_count,
)
from app.wording.people import rater_words
from app.wording.rating_noise import qualifies
from app.wording.totals import each_missing, missing_words
from app.wording.visits import version_words
from scales.catalogue import Catalogue
from scales.model import AgeMark, Definition, Noise, Verified

_ONE_OF = NN_("{count} visit has this date and total", "{count} visits have this date and total")
_NO_NORMS_BELOW = 4
_COLOURS = 6
_STEPS = tuple(Decimal(step) for step in (100, 50, 25, 20, 10, 6, 5, 4, 3, 2, 1))


def shown_series(trend: Trend, keys: tuple[str, ...] | None) -> tuple[Series, ...]:
    """Return the series that a chart shows: those asked for, else every scale.

    A scale without a single total gives way to those of its subscores that have one.
    """
    if keys is not None:
        return tuple(series for series in trend.series if series.key in keys)
    return tuple(
        shown
        for series in trend.series
        if series.subscore is None
        for shown in _scale_or_parts(trend, series)
    )


def _scale_or_parts(trend: Trend, scale: Series) -> tuple[Series, ...]:
    if total_count(scale):
        return (scale,)
    parts = tuple(
        each
        for each in trend.series
        if each.scale == scale.scale and each.subscore is not None and total_count(each)
    )
    return parts or (scale,)


def panel_of(series: Series, context: FigureContext, *, has_items: bool) -> Panel:
    """Return the panel of one series over its full range."""
    definition = context.catalogue.find(series.scale)
    words = context.words
    lowest, highest = series_range(definition, series)
    points = sorted(series.points, key=context.place)
    return Panel(
        key=series.key,
        title=_title(series, context),
        subtitle=_subtitle(lowest, highest, context),
        caution=panel_caution(definition, words),
        colour=_colour(context.catalogue, definition),
        lowest=lowest,
        highest=highest,
        ticks=tuple(ValueTick(y, words.number(y)) for y in range_ticks(lowest, highest)),
        lines=_lines(points, definition, context),
        marks=tuple(_marks(points, series, context)),
        open_marks=tuple(_open_mark(p, series, context) for p in points if p.total is None),
        bands=() if context.is_simple else _bands(series, definition, context),
        age_notes=() if context.is_simple else _age_notes(series, definition, context),
        items=items_of(series, definition, context) if has_items else (),
        new_raters=() if context.is_simple else _new_raters(points, context),
    )


def panel_caution(definition: Definition, words: Words) -> str:
    """Return what must stand beside a title; the full sentence is among the figure's notes."""
    if definition.verified is Verified.NO:
        return words(N_("criteria not yet checked against the paper"))
    return words(definition.caution)


def _missing(definition: Definition, point: Point, context: FigureContext) -> str:
    if context.is_simple:
        return context.words(N_("no total at this visit"))
    return missing_words(definition, point.missing, point.reasons, context.words)


def _title(series: Series, context: FigureContext) -> str:
    if context.is_simple:
        return context.words(N_("Score at each visit"))
    return series_title(context.catalogue, series, context.words)


def _subtitle(lowest: Decimal, highest: Decimal, context: FigureContext) -> str:
    if context.is_simple:
        return context.words(N_("Lower is better."))
    number = context.words.number
    text = N_("{lowest}\u2013{highest}, lower is better")
    return context.words(text, lowest=number(lowest), highest=number(highest))


def _colour(catalogue: Catalogue, definition: Definition) -> str:
    """Return the colour role that this scale has on every chart."""
    return f"series{catalogue.definitions.index(definition) % _COLOURS + 1}"


def range_ticks(lowest: Decimal, highest: Decimal) -> tuple[Decimal, ...]:
    """Return a few round values from the lowest to the highest, both always among them."""
    width = highest - lowest
    for step in _STEPS:
        if width % step == 0 and 3 <= width / step <= 5:
            return tuple(lowest + step * count for count in range(int(width / step) + 1))
    step = next((each for each in _STEPS if width / each >= 3), Decimal(1))
    inner = (lowest + step * count for count in range(int(width / step) + 1))
    top = highest - step * Decimal("0.6")
    return (*(value for value in inner if value <= top or value == lowest), highest)


def _lines(
    points: Iterable[Point], definition: Definition, context: FigureContext
) -> tuple[tuple[tuple[float, Decimal], ...], ...]:
    """Join neighbours that have a total, in versions of the scale that compare.

    Nothing leads from one place to the next where it is not certain which visit came first.
    """
    runs: list[list[tuple[float, Decimal]]] = [[]]
    before = None
    for point in points:
        if point.total is None or (before and not _is_joined(before, point, definition, context)):
            runs.append([])
        if point.total is not None:
            runs[-1].append((context.place(point), point.total))
        before = point
    return tuple(tuple(run) for run in runs if run)


def is_drawn_in_order(before: Point, point: Point, context: FigureContext) -> bool:
    """Whether two neighbours of a panel stand in their order, or at one place without any."""
    is_one_place = context.place(before) == context.place(point)
    return is_one_place or is_certainly_before(before, point)


def _is_joined(
    before: Point, point: Point, definition: Definition, context: FigureContext
) -> bool:
    is_in_order = is_drawn_in_order(before, point, context)
    return is_in_order and compares(definition, before, point)


def _marks(points: Sequence[Point], series: Series, context: FigureContext) -> Iterator[Mark]:
    words = context.words
    alike = Counter((point.date, point.total) for point in points)
    highest = words.number(series_range(context.catalogue.find(series.scale), series)[1])
    title = series_title(context.catalogue, series, words)
    for point in points:
        if point.total is not None:
            total = words.number(point.total)
            text = N_("{total} of {highest} · {title}")
            told = words(text, total=total, highest=highest, title=title)
            count = alike[point.date, point.total]
            yield _mark(point, point.total, told, count, context)


def _mark(point: Point, total: Decimal, told: str, alike: int, context: FigureContext) -> Mark:
    x = context.place(point)
    is_full = point.date.is_full
    words, day = context.words, context.words.at(point.date, point.time)
    lines = [told, _visit_words(point, day, words)]
    if point.typed:
        lines.append(words(N_("total typed from paper")))
    if point.visit in context.amended:
        lines.append(words(N_("amended after it was signed")))
    if alike > 1:
        lines.append(words.plural(_ONE_OF, alike))
    return Mark(
        x=x,
        x_from=x if is_full else context.ruler.begin(point.date),
        x_to=x if is_full else context.ruler.end(point.date),
        y=total,
        shape=context.shape(point),
        visit=point.visit,
        words="\n".join(lines),
        is_approximate=not is_full,
        day=day,
        is_typed=point.typed and not context.is_simple,
        is_amended=point.visit in context.amended and not context.is_simple,
        alike=1 if context.is_simple else alike,
    )


def _new_raters(points: Iterable[Point], context: FigureContext) -> tuple[float, ...]:
    """Return the days of those with a total whom another rater saw than the one before."""
    told = [point for point in points if point.total is not None]
    return tuple(
        context.place(later) for earlier, later in pairwise(told) if earlier.rater != later.rater
    )


def _visit_words(point: Point, day: str, words: Words) -> str:
    rater, version = rater_words(point.rater, words), version_words(point.version, words)
    return words.dotted((day, rater, version))


def _open_mark(point: Point, series: Series, context: FigureContext) -> OpenMark:
    definition = context.catalogue.find(series.scale)
    title = series_title(context.catalogue, series, context.words)
    label = _missing(definition, point, context)
    head = context.words(N_("{title}: {reason}"), title=title, reason=label)
    reasons = each_missing(definition, point.missing, point.reasons, context.words)
    day = context.words.at(point.date, point.time)
    visit = _visit_words(point, day, context.words)
    return OpenMark(
        x=context.place(point),
        shape=context.shape(point),
        visit=point.visit,
        label=label,
        words="\n".join([head, *(reasons if len(reasons) > 1 else ()), visit]),
    )


def _bands(series: Series, definition: Definition, context: FigureContext) -> tuple[Band, ...]:
    """Return the published noise around the total before the start told from.

    Without such a total it stands around the first one. Nothing is drawn for a subscore, or
    unless the patient was old enough at every visit that has a total.
    """
    totals = [point for point in series.points if point.total is not None]
    if series.subscore is not None or not totals:
        return ()
    birth = context.trend.record.patient.facts.birth_date
    days = [point.date for point in totals]
    around = _reference(series, totals, context)
    return tuple(
        _band(noise, around, definition, context)
        for noise in definition.noise
        if qualifies(noise, birth, *days)
    )


def _reference(series: Series, totals: list[Point], context: FigureContext) -> Point:
    for since in context.trend.since.get(series.key, ()):
        is_chosen = context.chosen is not None and since.treatment.id == context.chosen.id
        if is_chosen and since.baseline is not None:
            return next(point for point in totals if point.visit == since.baseline.visit)
    return totals[0]


def _band(noise: Noise, around: Point, definition: Definition, context: FigureContext) -> Band:
    words = context.words
    total = around.total if around.total is not None else definition.lowest
    return Band(
        low=max(definition.lowest, total + noise.low),
        high=min(definition.highest, total + noise.high),
        label=words(
            N_("{low} to {high} around {total} ({date}): {label}"),
            low=words.signed(noise.low),
            high=words.signed(noise.high),
            total=words.number(total),
            date=words.short_date(around.date),
            label=words(noise.label),
        ),
    )


def _age_notes(
    series: Series, definition: Definition, context: FigureContext
) -> tuple[AgeNote, ...]:
    """Return the age marks that lie on the axis, at the day this patient had that age.

    None without a full birth date, none for a subscore, and none below four years, where no
    norms exist.
    """
    birth = context.trend.record.patient.facts.birth_date
    if birth is None or not birth.is_full or series.subscore is not None:
        return ()
    notes = (_age_note(mark, birth, context) for mark in definition.age_marks)
    return tuple(
        note
        for mark, note in zip(definition.age_marks, notes, strict=True)
        if mark.age >= _NO_NORMS_BELOW
        and context.extent.lowest <= note.x <= context.extent.highest
    )


def _age_note(mark: AgeMark, birth: PartialDate, context: FigureContext) -> AgeNote:
    words = context.words
    return AgeNote(
        x=context.ruler.day(add_months(birth.first, mark.age * 12)),
        median=mark.median,
        low=mark.low,
        high=mark.high,
        label=words(
            N_("{label}: median {median}, range {low} to {high}"),
            label=words(mark.label),
            median=words.number(mark.median),
            low=words.number(mark.low),
            high=words.number(mark.high),
        ),
    )
