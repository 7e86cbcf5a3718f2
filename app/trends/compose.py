"""Composes the figure: what a chart shows of a course, on screen and page alike."""

from dataclasses import dataclass

from app.errors import N_
from app.language import Words
from app.trends.extent import whole_extent, window_of
from app.trends.figure import Axis, AxisKind, Figure, Shape
from app.trends.happenings import events_of, rater_shapes, raters_of, starts_of
from app.trends.lanes import lanes_of
from app.trends.model import Series, Trend
from app.trends.naming import default_key
from app.trends.notes import notes_of, summary_of
from app.trends.panels import panel_of, shown_series
from app.trends.paper import Paper
from app.trends.ruler import chosen_treatment, ruler_of
from app.trends.starts import agent_name, is_first
from app.trends.ticks import Extent, labels_days, time_ticks
from scales.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """What a chart is to show.

    ``treatment_id`` is the start it is told from, the default start if empty. ``keys`` are the
    series, every scale if ``None``. ``is_simple`` is the family's figure: one panel, few words.
    ``days`` opens the chart on the last so many days, or on the first so many after the start
    that days are counted from; the rest is a drag away.
    """

    axis: AxisKind = AxisKind.DATE
    treatment_id: str = ""
    keys: tuple[str, ...] | None = None
    is_simple: bool = False
    days: int | None = None


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
    chosen = chosen_treatment(trend, options.treatment_id)
    ruler = ruler_of(trend, options.axis, chosen)
    series = _series(trend, catalogue, options)
    paper = Paper(
        trend=trend,
        catalogue=catalogue,
        words=words,
        ruler=ruler,
        extent=whole_extent(trend, ruler),
        shapes=_shapes(trend, options),
        chosen=chosen,
        is_simple=options.is_simple,
    )
    panels = tuple(panel_of(each, paper) for each in series)
    lanes, events = lanes_of(paper), events_of(paper)
    return Figure(
        axis=_axis(paper, options),
        panels=panels,
        lanes=lanes,
        events=events,
        starts=starts_of(paper),
        raters=() if options.is_simple else raters_of(paper),
        notes=notes_of(series, panels, lanes, events, paper),
        summary=summary_of(series, paper),
    )


def _series(trend: Trend, catalogue: Catalogue, options: FigureOptions) -> tuple[Series, ...]:
    """Return the series in view; the simple figure has one, the first asked for or the fullest."""
    if not options.is_simple:
        return shown_series(trend, options.keys)
    fullest = default_key(trend, catalogue)
    key = options.keys[0] if options.keys else fullest
    found = None if key is None else trend.find(key)
    return () if found is None else (found,)


def _shapes(trend: Trend, options: FigureOptions) -> dict[str, Shape]:
    return {} if options.is_simple else rater_shapes(trend.series)


def _axis(paper: Paper, options: FigureOptions) -> Axis:
    whole = paper.extent
    window = window_of(whole, options.axis, options.days)
    return Axis(
        kind=paper.ruler.kind,
        lowest=window.lowest,
        highest=window.highest,
        ticks=time_ticks(paper.ruler, whole, window, paper.words),
        caption=_caption(paper, window),
    )


def _caption(paper: Paper, window: Extent) -> str:
    words, chosen = paper.words, paper.chosen
    if paper.ruler.kind is AxisKind.AGE:
        return words(N_("Age, about")) if paper.ruler.is_approximate else words(N_("Age"))
    if paper.ruler.kind is AxisKind.DATE or chosen is None:
        return ""
    in_days = labels_days(window)
    text = N_("Days since {agent}, {date}") if in_days else N_("Time since {agent}, {date}")
    if is_first(chosen, paper.trend.record.treatments):
        text = N_("Time since the first {agent}, {date}")
        if in_days:
            text = N_("Days since the first {agent}, {date}")
    return words(text, agent=agent_name(chosen, words), date=words.short_date(chosen.facts.start))
