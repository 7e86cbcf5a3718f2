"""The sentences that must stand with a chart: none is left out, none is said twice."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.errors import N_, NN_
from app.language import Words
from app.trends.context import FigureContext
from app.trends.figure import Bar, EventMark, Lane, Panel
from app.trends.model import Point, Series
from app.trends.noise import NOT_FOUND, youngest
from app.trends.panels import is_drawn_in_order
from app.trends.series import compares, series_title, total_of
from app.wording.answers import reason_words
from app.wording.changes import dated_words
from app.wording.rating_noise import qualifies
from scales.model import Definition, NeverRule, NotTestable, Verified

NOT_A_DEVICE = N_("Not certified as a medical device. Never the only basis of a decision.")
"""Stands on every page and below every text that leaves the app."""
MAY_HAVE_CHANGED = N_("The record may have changed since.")
"""Stands on every page and below every text that leaves the app, after the day it stands at."""
_HOW_EXACT = N_("No figure that could be checked was found for how exact this score is.")
_FROM_AGE = N_(
    "{scale}: a measurement error that could be checked was found from {age} years on only."
)
_AGE_UNKNOWN = N_(
    "{scale}: a measurement error that could be checked was found from {age} years on only; "
    "the age is not known."
)
_EXACT_FROM_AGE = N_(
    "{scale}: a figure for how exact this score is was found from {age} years on only."
)
_PLANNED = N_("A hollow bar behind the line of {date} is planned.")
_MAY_CHANGE = N_("A hollow bar is planned and may change.")
_ORDER_OPEN = N_("The line breaks where it is not known which visit came first.")
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
        day = context.words.short_date(context.trend.as_of)
        told.append(context.words(_MAY_CHANGE if context.is_simple else _PLANNED, date=day))
    if not context.is_simple:
        told += _of_signs(panels, lanes, context)
    if _is_approximate(panels, lanes, events):
        told.append(
            context.words(N_("A soft edge or a wide mark stands for a date that is not exact."))
        )
    return tuple(dict.fromkeys(told))


def _of_signs(
    panels: Sequence[Panel], lanes: Sequence[Lane], context: FigureContext
) -> Iterator[str]:
    """Say what the signs around marks and bars mean that are there."""
    words, marks = context.words, [mark for panel in panels for mark in panel.marks]
    if any(mark.is_amended for mark in marks):
        yield words(N_("A ring around a mark: the visit was amended after it was signed."))
    if any(mark.is_typed for mark in marks):
        yield words(N_("A line below a mark: the total was typed from paper."))
    if any(mark.alike > 1 for mark in marks):
        yield words(N_("A mark behind another: several visits with the same date and total."))
    if any(panel.new_raters for panel in panels):
        yield words(N_("A tick below the scores: another rater than the time before."))
    if any(bar.has_reason for lane in lanes for bar in lane.bars):
        yield words(N_("A line across the end of a bar: why it was stopped is recorded."))


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
        if _has_other_versions(each, context.catalogue.find(each.scale)):
            title = series_title(context.catalogue, each, context.words)
            text = N_(
                "{scale}: the line breaks where the version of the scale changes; "
                "it is not known whether these totals compare."
            )
            yield context.words(text, scale=title)
    if any(_is_order_open(each, context) for each in series):
        yield context.words(_ORDER_OPEN)
    yield from _left_out(series, context)


def _has_other_versions(series: Series, definition: Definition) -> bool:
    return any(not compares(definition, one, other) for one, other in pairwise(series.points))


def _is_order_open(series: Series, context: FigureContext) -> bool:
    """Whether a line breaks because dates leave open which of two visits came first."""
    points = sorted(series.points, key=context.place)
    return any(not is_drawn_in_order(*both, context) for both in pairwise(points))


def _left_out(series: Sequence[Series], context: FigureContext) -> Iterator[str]:
    """Say why a part stands without the one item that it leaves out, where that never was."""
    words = context.words
    for each in series:
        definition = context.catalogue.find(each.scale)
        for rule in definition.never:
            if _is_without(each, definition, rule) and _is_never(each, rule, context):
                yield words(
                    N_("{series}: {item} is not in it ({reason})."),
                    series=series_title(context.catalogue, each, words),
                    item=words.within_sentence(words(definition.item(rule.key.item).title)),
                    reason=reason_words(rule.reason, words),
                )


def _is_without(series: Series, definition: Definition, rule: NeverRule) -> bool:
    """Whether a series is the whole scale without the item of a rule."""
    return any(
        [item.id for item in definition.items if item.id not in part.items] == [rule.key.item]
        for part in definition.subscores
        if part.id == series.subscore
    )


def _is_never(series: Series, rule: NeverRule, context: FigureContext) -> bool:
    sheets = (visit.sheet(series.scale) for visit in context.trend.record.visits)
    never = NotTestable(rule.reason)
    return any(sheet is not None and sheet.answers.get(rule.key) == never for sheet in sheets)


def _caution(definition: Definition, context: FigureContext) -> str:
    """Return how far a scale is checked; a family is not told to check the original."""
    is_unchecked = definition.verified is Verified.NO
    return context.words(_UNCHECKED if context.is_simple and is_unchecked else definition.caution)


def _noise(series: Sequence[Series], context: FigureContext) -> Iterator[str]:
    """Yield what was found about change, and from which age on; else that nothing was."""
    unknown = []
    for each in series:
        definition = context.catalogue.find(each.scale)
        if _may_have_noise(each, definition, context):
            yield from _noise_found(each, definition, context)
        else:
            unknown.append(series_title(context.catalogue, each, context.words))
    if len(unknown) == 1 == len(series):
        yield context.words(_HOW_EXACT if context.is_simple else NOT_FOUND)
    elif unknown:
        text = N_("No measurement error that could be checked was found: {scales}.")
        yield context.words(text, scales=context.words.several(unknown))


def _may_have_noise(series: Series, definition: Definition, context: FigureContext) -> bool:
    """Whether noise was published for a series, and not only for people older than this one."""
    if series.subscore is not None or not definition.noise:
        return False
    birth = context.trend.record.patient.facts.birth_date
    return birth is None or any(_has_noise(point, definition, context) for point in series.points)


def _has_noise(point: Point, definition: Definition, context: FigureContext) -> bool:
    birth = context.trend.record.patient.facts.birth_date
    is_old_enough = any(qualifies(noise, birth, point.date) for noise in definition.noise)
    return point.total is not None and is_old_enough


def _noise_found(series: Series, definition: Definition, context: FigureContext) -> Iterator[str]:
    """Yield from which age on something was found, where not for every total, and what."""
    scored = [point for point in series.points if point.total is not None]
    old_enough = [point for point in scored if _has_noise(point, definition, context)]
    if len(old_enough) < len(scored) or not scored:
        text = _EXACT_FROM_AGE if context.is_simple else _FROM_AGE
        if context.trend.record.patient.facts.birth_date is None and not context.is_simple:
            text = _AGE_UNKNOWN
        scale = context.words(definition.short_title)
        yield context.words(text, scale=scale, age=youngest(definition))
    if old_enough:
        yield from _smallest_changes(definition, context)


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
    first, last = (_dated(point, words) for point in (totals[0], totals[-1]))
    if len(totals) == 1:
        return words(N_("{title}: {total}."), title=title, total=last)
    forms = NN_(
        "{title}: {count} total, from {first} to {last}.",
        "{title}: {count} totals, from {first} to {last}.",
    )
    return words.plural(forms, len(totals), title=title, first=first, last=last)


def _dated(point: Point, words: Words) -> str:
    return dated_words(words.number(total_of(point)), point.date, words)
