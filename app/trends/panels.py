"""The panels of a chart: one series each, its marks, its lines, and what may stand behind them."""

from collections.abc import Iterable
from decimal import Decimal

from app.errors import N_
from app.language import Words
from app.trends.bands import age_notes_of, bands_of
from app.trends.figure import Mark, OpenMark, Panel
from app.trends.model import Point, Series, Trend
from app.trends.naming import series_range, series_title, total_count
from app.trends.paper import Paper
from app.trends.reasons import all_reasons, missing_words
from scales.catalogue import Catalogue
from scales.model import Definition, Verified

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


def panel_of(series: Series, paper: Paper) -> Panel:
    """Return the panel of one series over its full range; lines break at a missing total."""
    definition = paper.catalogue.find(series.scale)
    words = paper.words
    lowest, highest = series_range(definition, series)
    points = sorted(series.points, key=paper.place)
    return Panel(
        key=series.key,
        title=_title(series, paper),
        subtitle=_subtitle(lowest, highest, paper),
        caution=panel_caution(definition, words),
        colour=_colour(paper.catalogue, definition),
        lowest=lowest,
        highest=highest,
        ticks=range_ticks(lowest, highest),
        lines=_lines(points, paper),
        marks=tuple(_mark(p, p.total, series, paper) for p in points if p.total is not None),
        open_marks=tuple(_open_mark(p, series, paper) for p in points if p.total is None),
        bands=() if paper.is_simple else bands_of(series, definition, paper),
        age_notes=() if paper.is_simple else age_notes_of(series, definition, paper),
    )


def panel_caution(definition: Definition, words: Words) -> str:
    """Return what must stand beside a title; the full sentence is among the figure's notes."""
    if definition.verified is Verified.NO:
        return words(N_("criteria not yet checked against the paper"))
    return words(definition.caution)


def _missing(definition: Definition, point: Point, paper: Paper) -> str:
    if paper.is_simple:
        return paper.words(N_("no total at this visit"))
    return missing_words(definition, point, paper.words)


def _title(series: Series, paper: Paper) -> str:
    if paper.is_simple:
        return paper.words(N_("Score at each visit"))
    return series_title(paper.catalogue, series, paper.words)


def _subtitle(lowest: Decimal, highest: Decimal, paper: Paper) -> str:
    if paper.is_simple:
        return paper.words(N_("Lower is better."))
    number = paper.words.number
    text = N_("{lowest}\u2013{highest}, lower is better")
    return paper.words(text, lowest=number(lowest), highest=number(highest))


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


def _lines(points: Iterable[Point], paper: Paper) -> tuple[tuple[tuple[float, Decimal], ...], ...]:
    runs: list[list[tuple[float, Decimal]]] = [[]]
    for point in points:
        if point.total is None:
            runs.append([])
        else:
            runs[-1].append((paper.place(point), point.total))
    return tuple(tuple(run) for run in runs if run)


def _mark(point: Point, total: Decimal, series: Series, paper: Paper) -> Mark:
    x = paper.place(point)
    is_full = point.date.is_full
    return Mark(
        x=x,
        x_from=x if is_full else paper.ruler.begin(point.date),
        x_to=x if is_full else paper.ruler.end(point.date),
        y=total,
        shape=paper.shape(point),
        visit=point.visit,
        words=_mark_words(point, total, series, paper),
        is_approximate=not is_full,
    )


def _mark_words(point: Point, total: Decimal, series: Series, paper: Paper) -> str:
    words = paper.words
    highest = series_range(paper.catalogue.find(series.scale), series)[1]
    first = words(
        N_("{total} of {highest} · {title}"),
        total=words.number(total),
        highest=words.number(highest),
        title=series_title(paper.catalogue, series, words),
    )
    typed = [words(N_("total typed from paper"))] if point.typed else []
    return "\n".join([first, _visit_words(point, paper), *typed])


def _visit_words(point: Point, paper: Paper) -> str:
    words = paper.words
    when = words.short_date(point.date)
    if point.time:
        when = words(N_("{date}, {time}"), date=when, time=point.time)
    rater = point.rater or words(N_("rater not recorded"))
    version = words(N_("version {version}"), version=point.version)
    return " · ".join((when, rater, version))


def _open_mark(point: Point, series: Series, paper: Paper) -> OpenMark:
    definition = paper.catalogue.find(series.scale)
    title = series_title(paper.catalogue, series, paper.words)
    label = _missing(definition, point, paper)
    head = paper.words(N_("{title}: {reason}"), title=title, reason=label)
    reasons = all_reasons(definition, point, paper.words) if len(point.missing) > 1 else ()
    return OpenMark(
        x=paper.place(point),
        shape=paper.shape(point),
        visit=point.visit,
        label=label,
        words="\n".join([head, *reasons, _visit_words(point, paper)]),
    )
