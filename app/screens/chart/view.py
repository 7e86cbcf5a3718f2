"""What the chart screen shows, as frozen values made from one trend."""

from dataclasses import dataclass

from app.dates import PartialDate, age_on
from app.errors import N_
from app.language import Words
from app.records.model import Treatment
from app.screens.identity import Identity, identity
from app.trends.compose import FigureOptions, compose
from app.trends.figure import AxisKind, Figure
from app.trends.model import Trend
from app.trends.naming import default_key, series_title
from app.trends.relapse import relapse_words, relapses
from app.trends.sentences import LastWords, RelapseWords, SinceWords, last_words, since_rows
from app.trends.starts import agent_name, default_start, is_first
from app.trends.table import VisitTable, visit_rows
from scales.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class AxisChoice:
    """One way to count time; ``treatment_id`` is set where days since its start are counted."""

    id: str
    title: str
    kind: AxisKind
    treatment_id: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """Something to choose: its id and what is read."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen on the screen; empty stands for the usual choice."""

    axis: str = "date"
    start: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class ChartView:
    """The whole screen. ``figure`` is ``None`` until there is something to draw.

    ``key`` is the series and ``start`` the internal id of the treatment that the side tells of.
    """

    identity: Identity
    caution: str
    figure: Figure | None
    axes: tuple[AxisChoice, ...]
    axis: str
    starts: tuple[Listed, ...]
    start: str
    series: tuple[Listed, ...]
    key: str
    last: LastWords | None
    since: SinceWords | None
    relapses: tuple[RelapseWords, ...]
    notes: tuple[str, ...]
    table: VisitTable
    start_visit: str
    empty: str


def chart_view(trend: Trend, catalogue: Catalogue, words: Words, chosen: Chosen) -> ChartView:
    """Make the screen; a choice that this patient does not have falls back to the usual one."""
    start = _start(trend, chosen.start)
    axes = _axes(trend, start, words)
    axis = next((each for each in axes if each.id == chosen.axis), axes[0])
    key = chosen.key if trend.find(chosen.key) else default_key(trend) or ""
    figure = _figure(trend, catalogue, words, axis)
    return ChartView(
        identity=identity(trend.record.patient.facts, words, trend.as_of),
        caution=words(trend.record.patient.caution),
        figure=figure,
        axes=axes,
        axis=axis.id,
        starts=_start_list(trend, words),
        start="" if start is None else start.id,
        series=tuple(Listed(s.key, series_title(catalogue, s, words)) for s in trend.series),
        key=key,
        last=last_words(trend, catalogue, key, words) if key else None,
        since=_since(trend, catalogue, key, start, words),
        relapses=tuple(relapse_words(trend, event, key, words) for event in relapses(trend)),
        notes=() if figure is None else figure.notes,
        table=visit_rows(trend, catalogue, words),
        start_visit=_start_visit(trend, words),
        empty=words(N_("Nothing to draw yet. Start a visit, or record a treatment.")),
    )


def _start(trend: Trend, chosen: str) -> Treatment | None:
    known = [each for each in trend.record.treatments if each.start is not None]
    usual = default_start(trend.record.treatments)
    return next((each for each in known if each.id == chosen), usual)


def _start_list(trend: Trend, words: Words) -> tuple[Listed, ...]:
    dated = sorted(
        (each for each in trend.record.treatments if each.start is not None),
        key=lambda each: (each.start.first if each.start else trend.as_of, each.treatment_id),
    )
    return tuple(Listed(each.id, _start_title(trend, each, words)) for each in dated)


def _start_title(trend: Trend, treatment: Treatment, words: Words) -> str:
    first = is_first(treatment, trend.record.treatments)
    text = N_("the first {agent}, {date}") if first else N_("{agent}, {date}")
    return words(text, agent=agent_name(treatment, words), date=words.short_date(treatment.start))


def _axes(trend: Trend, start: Treatment | None, words: Words) -> tuple[AxisChoice, ...]:
    axes = [AxisChoice("date", words(N_("Date")), AxisKind.DATE)]
    if start is not None:
        title = words(N_("Days since {agent}"), agent=agent_name(start, words))
        axes.append(AxisChoice("since", title, AxisKind.SINCE, start.treatment_id))
    birth = trend.record.patient.facts.birth_date
    if age_on(birth, PartialDate.of(trend.as_of)) is not None:
        axes.append(AxisChoice("age", words(N_("Age")), AxisKind.AGE))
    return tuple(axes)


def _figure(trend: Trend, catalogue: Catalogue, words: Words, axis: AxisChoice) -> Figure | None:
    record = trend.record
    if not (record.visits or record.treatments or record.events):
        return None
    options = FigureOptions(axis=axis.kind, treatment_id=axis.treatment_id)
    return compose(trend, catalogue, words, options)


def _since(
    trend: Trend, catalogue: Catalogue, key: str, start: Treatment | None, words: Words
) -> SinceWords | None:
    entries = trend.since.get(key, ()) if start is not None else ()
    for since in entries:
        if start is not None and since.treatment.id == start.id:
            return since_rows(trend, catalogue, key, since, words)
    return None


def _start_visit(trend: Trend, words: Words) -> str:
    open_draft, none = N_("Continue visit"), N_("Start visit")
    return words(none if trend.record.draft is None else open_draft)
