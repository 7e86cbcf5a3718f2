"""The sentences that must stand with a chart: none is left out, none is said twice."""

from collections.abc import Iterator, Sequence

from app.errors import N_, NN_
from app.trends.figure import Bar, EventMark, Lane, Panel
from app.trends.model import Point, Series
from app.trends.naming import series_title
from app.trends.noise import NOT_PUBLISHED, qualifies
from app.trends.paper import Paper
from scales.model import Definition

_HOW_EXACT = N_("How exact this score is has not been published.")


def notes_of(
    series: Sequence[Series],
    panels: Sequence[Panel],
    lanes: Sequence[Lane],
    events: Sequence[EventMark],
    paper: Paper,
) -> tuple[str, ...]:
    """Return every sentence that must be shown: whose, how far checked, how exact."""
    caution = paper.trend.record.patient.caution
    told = [caution] if caution else []
    told += _of_scales(series, paper)
    if _is_approximate(panels, lanes, events):
        told.append(
            paper.words(N_("A soft edge or a wide mark stands for a date that is not exact."))
        )
    return tuple(dict.fromkeys(told))


def _of_scales(series: Sequence[Series], paper: Paper) -> Iterator[str]:
    scales = dict.fromkeys(each.scale for each in series)
    definitions = [paper.catalogue.find(scale) for scale in scales]
    for definition in definitions:
        if definition.caution:
            scale = paper.words(definition.short_title)
            text = N_("{scale}: {caution}.")
            yield paper.words(text, scale=scale, caution=_caution(definition, paper))
    yield from _noise(series, paper)
    for each in series:
        if len({point.version for point in each.points}) > 1:
            title = series_title(paper.catalogue, each, paper.words)
            text = N_("{scale}: totals of more than one version stand on this line.")
            yield paper.words(text, scale=title)


def _caution(definition: Definition, paper: Paper) -> str:
    """Return how far a scale is checked; a family is not told to check the original."""
    told = paper.words(definition.caution)
    return told.partition(";")[0] if paper.is_simple else told


def _noise(series: Sequence[Series], paper: Paper) -> Iterator[str]:
    """Yield what is published about change for these visits, else that nothing is."""
    unpublished = []
    for each in series:
        definition = paper.catalogue.find(each.scale)
        if _has_noise(each, definition, paper):
            yield from _smallest_changes(definition, paper)
        else:
            unpublished.append(series_title(paper.catalogue, each, paper.words))
    if len(unpublished) == 1 == len(series):
        yield paper.words(_HOW_EXACT if paper.is_simple else NOT_PUBLISHED)
    elif unpublished:
        text = N_("Measurement error is not published: {scales}.")
        yield paper.words(text, scales=", ".join(unpublished))


def _has_noise(series: Series, definition: Definition, paper: Paper) -> bool:
    if series.subscore is not None:
        return False
    birth = paper.trend.record.patient.facts.birth_date
    days = [point.date for point in series.points if point.total is not None]
    return any(qualifies(noise, birth, *days) for noise in definition.noise)


def _smallest_changes(definition: Definition, paper: Paper) -> Iterator[str]:
    words = paper.words
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


def summary_of(series: Sequence[Series], paper: Paper) -> str:
    """Say the figure in words for those who do not see it."""
    told = [_series_summary(each, paper) for each in series]
    return " ".join(told) or paper.words(N_("No visit is recorded yet."))


def _series_summary(series: Series, paper: Paper) -> str:
    words = paper.words
    title = series_title(paper.catalogue, series, words)
    totals = [point for point in series.points if point.total is not None]
    if not totals:
        return words(N_("{title}: no total."), title=title)
    first, last = totals[0], totals[-1]
    if len(totals) == 1:
        text = N_("{title}: {total} on {date}.")
        return words(text, title=title, total=_number(last, paper), date=_day(last, paper))
    forms = NN_(
        "{title}: {count} total, from {first} on {start} to {last} on {stop}.",
        "{title}: {count} totals, from {first} on {start} to {last} on {stop}.",
    )
    return words.plural(
        forms,
        len(totals),
        title=title,
        first=_number(first, paper),
        start=_day(first, paper),
        last=_number(last, paper),
        stop=_day(last, paper),
    )


def _number(point: Point, paper: Paper) -> str:
    return "" if point.total is None else paper.words.number(point.total)


def _day(point: Point, paper: Paper) -> str:
    return paper.words.short_date(point.date)
