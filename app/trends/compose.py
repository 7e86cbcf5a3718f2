"""Composes the figure: what a chart shows of a course, on screen and page alike."""

from enum import StrEnum

from msgspec import Struct

from app.errors import N_
from app.language import Words
from app.trends.axis import (
    Extent,
    TimeWords,
    labels_days,
    ruler_of,
    time_ticks,
    whole_extent,
)
from app.trends.context import FigureContext
from app.trends.events import events_of, rater_shapes, raters_of, starts_of, today_of
from app.trends.figure import Axis, AxisKind, Figure, MarkShape, Panel
from app.trends.lanes import lanes_of
from app.trends.measure_panels import measure_panel, measured_kinds
from app.trends.model import Series, Trend
from app.trends.notes import notes_of, summary_of
from app.trends.panels import panel_of, shown_series
from app.trends.series import default_key
from app.trends.since import chosen_treatment, is_first
from app.trends.span import Span, spans_of, window_of
from app.wording.treatments import agent_name
from app.wording.weights import weights_of
from scales.catalogue import Catalogue


class Layer(StrEnum):
    """What can be left out of a chart."""

    ITEMS = "items"
    TREATMENTS = "treatments"
    EVENTS = "events"


LAYER_TITLES = {
    Layer.ITEMS: N_("Items"),
    Layer.TREATMENTS: N_("Treatments"),
    Layer.EVENTS: N_("Events"),
}


class FigureOptions(Struct, frozen=True):
    """What a chart is to show.

    ``treatment_id`` is the start it is told from, the default start if empty. ``keys`` are the
    series, every scale if ``None``. ``is_simple`` is the family's figure: one panel, few words.
    ``span`` is the stretch the chart opens on; the rest is a drag away. ``chosen`` is the series
    whose panel has the room; empty for all of them. ``hidden`` are layers that are left out, which
    the notes say; ``measures`` are kinds that have a panel below the scales.
    """

    axis: AxisKind = AxisKind.DATE
    treatment_id: str = ""
    keys: tuple[str, ...] | None = None
    is_simple: bool = False
    span: Span = Span.ALL
    chosen: str = ""
    hidden: frozenset[Layer] = frozenset()
    measures: tuple[str, ...] = ()


_USUAL = FigureOptions()


def compose(
    trend: Trend,
    catalogue: Catalogue,
    words: Words,
    options: FigureOptions = _USUAL,
) -> Figure:
    """Return the figure of a course.

    Raises:
        UserError: The start or birth date that the axis counts from is not recorded.

    """
    return figure_in(context_of(trend, catalogue, words, options), options)


def figure_in(context: FigureContext, options: FigureOptions) -> Figure:
    """Return the figure that ``compose`` makes, in a context that was made with these options.

    Its span alone may be another one.
    """
    words = context.words
    series = _series(context.trend, context.catalogue, options)
    panels = _panels(series, context, options)
    lanes = () if Layer.TREATMENTS in options.hidden else lanes_of(context)
    events = () if Layer.EVENTS in options.hidden else events_of(context)
    summary = summary_of(series, context)
    return Figure(
        axis=_axis(context, options),
        panels=panels,
        lanes=lanes,
        events=events,
        starts=() if Layer.TREATMENTS in options.hidden else starts_of(context),
        raters=() if options.is_simple else raters_of(context),
        notes=(*_hidden_note(options, words), *notes_of(series, panels, lanes, events, context)),
        title=words.several(panel.title for panel in panels) or summary,
        summary=summary,
        today=today_of(lanes, context),
        chosen=(*_chosen_panels(series, options), *_open_measures(panels, options)),
        more=words(N_("+ {count} more")),
    )


def _panels(
    series: tuple[Series, ...], context: FigureContext, options: FigureOptions
) -> tuple[Panel, ...]:
    """Return a panel for each series and measure; one that is folded has no items."""
    has_items = not (options.is_simple or Layer.ITEMS in options.hidden)
    chosen = _chosen_panels(series, options) or [each.key for each in series]
    panels = (
        panel_of(each, context, has_items=has_items and each.key in chosen) for each in series
    )
    measured = measured_kinds(context)
    kinds = (kind for kind in measured if kind in options.measures)
    return (*panels, *(measure_panel(kind, context) for kind in kinds))


def _open_measures(panels: tuple[Panel, ...], options: FigureOptions) -> tuple[str, ...]:
    """Return the keys of the measures, which are never folded."""
    return tuple(panel.key for panel in panels if panel.is_measure and options.chosen)


def _hidden_note(options: FigureOptions, words: Words) -> tuple[str, ...]:
    """Say what was left out, so that nobody takes it for not recorded."""
    left_out = words.several(
        words(LAYER_TITLES[layer]) for layer in Layer if layer in options.hidden
    )
    return (words(N_("Not shown here: {layers}."), layers=left_out),) if left_out else ()


class AxisWords(Struct, frozen=True):
    """What a screen offers of a figure: stretches worth choosing, any in words, and measures."""

    spans: tuple[Span, ...]
    time: TimeWords
    measured: tuple[str, ...]


def axis_words(context: FigureContext) -> AxisWords:
    """Return what can be said of the time axis of the figure in this context."""
    time = TimeWords(context.ruler, context.words)
    return AxisWords(spans_of(context), time, measured_kinds(context))


def context_of(
    trend: Trend, catalogue: Catalogue, words: Words, options: FigureOptions = _USUAL
) -> FigureContext:
    """Return what every part of the figure of these options is made in.

    Raises:
        UserError: As ``compose`` does.

    """
    chosen = chosen_treatment(trend, options.treatment_id)
    ruler = ruler_of(trend, options.axis, chosen)
    return FigureContext(
        trend=trend,
        catalogue=catalogue,
        words=words,
        ruler=ruler,
        extent=whole_extent(
            trend, ruler, holds_today=not options.is_simple, kinds=options.measures
        ),
        shapes=_shapes(trend, options),
        chosen=chosen,
        is_simple=options.is_simple,
        amended=frozenset(visit.id for visit in trend.record.visits if visit.version > 1),
        weights=weights_of(trend.record, trend.last_day),
    )


def _chosen_panels(series: tuple[Series, ...], options: FigureOptions) -> tuple[str, ...]:
    """Return the keys of the scale that was chosen, if there are others to take room from."""
    scale = next((each.scale for each in series if each.key == options.chosen), "")
    keys = tuple(each.key for each in series if each.scale == scale)
    return keys if len(keys) < len(series) or options.measures else ()


def _series(trend: Trend, catalogue: Catalogue, options: FigureOptions) -> tuple[Series, ...]:
    """Return the series in view; the simple figure has one, the first asked for or the fullest."""
    if not options.is_simple:
        return shown_series(trend, options.keys)
    fullest = default_key(trend, catalogue)
    key = options.keys[0] if options.keys else fullest
    found = None if key is None else trend.find(key)
    return () if found is None else (found,)


def _shapes(trend: Trend, options: FigureOptions) -> dict[str, MarkShape]:
    return {} if options.is_simple else rater_shapes(trend.series)


def _axis(context: FigureContext, options: FigureOptions) -> Axis:
    whole = context.extent
    window = window_of(options.span, context)
    return Axis(
        kind=context.ruler.kind,
        lowest=window.lowest,
        highest=window.highest,
        ticks=time_ticks(context.ruler, whole, window, context.words),
        caption=_caption(context, window),
        first=whole.lowest,
        last=whole.highest,
    )


def _caption(context: FigureContext, window: Extent) -> str:
    words, chosen = context.words, context.chosen
    if context.ruler.kind is AxisKind.AGE:
        return words(N_("Age, about")) if context.ruler.is_approximate else words(N_("Age"))
    if context.ruler.kind is AxisKind.DATE or chosen is None:
        return ""
    kind = labels_days(window), is_first(chosen, context.trend.begun)
    text = (_ABOUT_SINCE if context.ruler.is_approximate else _SINCE)[kind]
    return words(text, agent=agent_name(chosen, words), date=words.short_date(chosen.facts.start))


_SINCE = {
    (True, True): N_("Days since the first {agent}, {date}"),
    (True, False): N_("Days since {agent}, {date}"),
    (False, True): N_("Time since the first {agent}, {date}"),
    (False, False): N_("Time since {agent}, {date}"),
}
"""By whether days are labelled, and whether it is the first start of its agent."""
_ABOUT_SINCE = {
    (True, True): N_("About how many days since the first {agent}, {date}"),
    (True, False): N_("About how many days since {agent}, {date}"),
    (False, True): N_("About the time since the first {agent}, {date}"),
    (False, False): N_("About the time since {agent}, {date}"),
}
"""The same where the day of that start is not known."""
