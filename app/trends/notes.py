"""The sentences that must stand with a chart: none is left out, none is said twice."""

from collections.abc import Iterator, Sequence

from app.errors import N_, NN_
from app.trends.context import FigureContext
from app.trends.figure import Bar, EventMark, Lane, Panel
from app.trends.model import Point, Series
from app.trends.noise import NOT_PUBLISHED, qualifies
from app.trends.series import series_title
from scales.model import Definition, Verified

_HOW_EXACT = N_("How exact this score is has not been published.")
_PLANNED = N_("A hollow bar behind the line for today is planned.")
_MAY_CHANGE = N_("A hollow bar is planned and may change.")
_UNCHECKED = N_("criteria in our own words, not yet checked against the paper")


def notes_of(
    series: Sequence[Series],
    panels: Sequence[Panel],
    lanes: Sequence[Lane],
    events: Sequence[EventMark],
    context: FigureContext,
) -> tuple[str, ...]:
    """Return every sentence that must be shown: whose, how far checked, how exact."""
    caution = context.words(context.trend.record.patient.caution)
    told = [caution] if caution else []
    told += _of_scales(series, context)
    if any(bar.is_planned for lane in lanes for bar in lane.bars):
        told.append(context.words(_MAY_CHANGE if context.is_simple else _PLANNED))
    if _is_approximate(panels, lanes, events):
        told.append(
            context.words(N_("A soft edge or a wide mark stands for a date that is not exact."))
        )
    return tuple(dict.fromkeys(told))


def _of_scales(series: Sequence[Series], context: FigureContext) -> Iterator[str]:
    scales = dict.fromkeys(each.scale for each in series)
    definitions = [context.catalogue.find(scale) for scale in scales]
    for definition in definitions:
        if definition.caution:
            scale = context.words(definition.short_title)
            text = N_("{scale}: {caution}.")
            yield context.words(text, scale=scale, caution=_caution(definition, context))
    yield from _noise(series, context)
    for each in series:
        if len({point.version for point in each.points}) > 1:
            title = series_title(context.catalogue, each, context.words)
            text = N_("{scale}: totals of more than one version stand on this line.")
            yield context.words(text, scale=title)


def _caution(definition: Definition, context: FigureContext) -> str:
    """Return how far a scale is checked; a family is not told to check the original."""
    is_unchecked = definition.verified is Verified.NO
    return context.words(_UNCHECKED if context.is_simple and is_unchecked else definition.caution)


def _noise(series: Sequence[Series], context: FigureContext) -> Iterator[str]:
    """Yield what is published about change for these visits, else that nothing is."""
    unpublished = []
    for each in series:
        definition = context.catalogue.find(each.scale)
        if _has_noise(each, definition, context):
            yield from _smallest_changes(definition, context)
        else:
            unpublished.append(series_title(context.catalogue, each, context.words))
    if len(unpublished) == 1 == len(series):
        yield context.words(_HOW_EXACT if context.is_simple else NOT_PUBLISHED)
    elif unpublished:
        text = N_("Measurement error is not published: {scales}.")
        yield context.words(text, scales=context.words.several(unpublished))


def _has_noise(series: Series, definition: Definition, context: FigureContext) -> bool:
    if series.subscore is not None:
        return False
    birth = context.trend.record.patient.facts.birth_date
    days = [point.date for point in series.points if point.total is not None]
    return any(qualifies(noise, birth, *days) for noise in definition.noise)


def _smallest_changes(definition: Definition, context: FigureContext) -> Iterator[str]:
    words = context.words
    for change in definition.smallest_change:
        text = N_("{scale}: {value} is {label}.")
        yield words(
            text,
            scale=words(definition.short_title),
            value=words.number(change.value),
            label=words(change.label),
        )


def _is_approximate(
    panels: Sequence[Panel], lanes: Sequence[Lane], events: Sequence[EventMark]
) -> bool:
    bars = [bar for lane in lanes for bar in lane.bars]
    marks = [mark for panel in panels for mark in panel.marks]
    return (
        any(mark.is_approximate for mark in marks)
        or any(event.is_approximate for event in events)
        or any(_is_soft(bar) for bar in bars)
    )


def _is_soft(bar: Bar) -> bool:
    return bar.soft_start or bar.soft_stop


def summary_of(series: Sequence[Series], context: FigureContext) -> str:
    """Say the figure in words for those who do not see it."""
    told = [_series_summary(each, context) for each in series]
    return context.words.sentences(told) or context.words(N_("No visit is recorded yet."))


def _series_summary(series: Series, context: FigureContext) -> str:
    words = context.words
    title = series_title(context.catalogue, series, words)
    totals = [point for point in series.points if point.total is not None]
    if not totals:
        return words(N_("{title}: no total."), title=title)
    first, last = totals[0], totals[-1]
    if len(totals) == 1:
        text = N_("{title}: {total} on {date}.")
        return words(text, title=title, total=_number(last, context), date=_day(last, context))
    forms = NN_(
        "{title}: {count} total, from {first} on {start} to {last} on {stop}.",
        "{title}: {count} totals, from {first} on {start} to {last} on {stop}.",
    )
    return words.plural(
        forms,
        len(totals),
        title=title,
        first=_number(first, context),
        start=_day(first, context),
        last=_number(last, context),
        stop=_day(last, context),
    )


def _number(point: Point, context: FigureContext) -> str:
    return "" if point.total is None else context.words.number(point.total)


def _day(point: Point, context: FigureContext) -> str:
    return context.words.short_date(point.date)
