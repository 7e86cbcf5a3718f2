"""The figure, the table, the last visit and the starts beside it, as values made from a trend."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from app.dates import PartialDate, age_on
from app.errors import N_
from app.language import Words
from app.records.actions import Action, May, anything
from app.records.doses import is_ahead
from app.records.lists import code_list
from app.records.model import Treatment, Visit
from app.screens.identity import Identity, identity
from app.trends.answer_words import Answers, answers
from app.trends.axis import TimeWords
from app.trends.compose import (
    LAYER_TITLES,
    FigureOptions,
    Layer,
    axis_words,
    context_of,
    figure_in,
)
from app.trends.figure import AxisKind, Figure, MarkShape
from app.trends.model import Trend
from app.trends.relapse import RelapseWords, relapse_words, relapses
from app.trends.relapse_rule import RelapseRule
from app.trends.sentences import LastWords, SinceWords, last_words, since_rows
from app.trends.series import default_key, series_title
from app.trends.since import default_start, is_first, started
from app.trends.since_last import SinceLastWords, since_last_visit, since_last_words
from app.trends.span import SPAN_TITLES, Span
from app.trends.table import TwinTable, twin_table
from app.wording.findings import tumour_words
from app.wording.treatments import agent_name
from scales.catalogue import Catalogue
from widgets.values import Choice

SHAPES = {
    MarkShape.CIRCLE: "●",
    MarkShape.SQUARE: "■",
    MarkShape.TRIANGLE: "▲",
    MarkShape.DIAMOND: "◆",
    MarkShape.STAR: "★",
}
"""The sign that stands for a point's shape in a line of words."""
_WHO_SCORES = N_("A nurse or a physician scores visits and records treatments.")


class Chosen(Struct, frozen=True):
    """The scale, axis, start and span that were chosen; empty stands for the usual choice.

    ``turned`` are layers that were put out, and kinds of measure that were put on. ``is_table``
    says that the course is read as a table, ``has_items`` that it tells the level of each item.
    """

    axis: str = "date"
    reach: str = Span.ALL
    start: str = ""
    key: str = ""
    turned: frozenset[str] = frozenset()
    is_table: bool = False
    has_items: bool = False


class Beside(Struct, frozen=True):
    """What the course itself does not hold.

    ``marked`` are the visits entered in error: not drawn, but still to be found. ``rule`` is the
    unit's own for asking about a relapse, if it has one; ``may`` what whoever looks may do.
    """

    marked: tuple[Visit, ...] = ()
    rule: RelapseRule | None = None
    may: May = anything


_NOTHING = Beside()


class Drawing(Struct, frozen=True):
    """The figure, and how its time can be counted, cut and told.

    ``figure`` is ``None`` until there is something to draw; then nothing is offered either.
    ``layers`` are what can be shown or not, by the id of a layer or of a kind of measure.
    ``axes`` say how time is counted, ``reaches`` how much of it is shown; ``time`` says any
    stretch of it in words.
    """

    figure: Figure | None
    time: TimeWords | None
    axes: tuple[Choice, ...]
    axis: str
    reaches: tuple[Choice, ...]
    reach: str
    layers: tuple[Choice, ...]
    shown: frozenset[str]


class ChartView(Struct, frozen=True):
    """The whole screen.

    ``key`` is the series and ``start`` the internal id of the treatment that the side tells of.
    ``marked`` are the visits entered in error, by internal id. ``since_last`` tells what happened
    since the last visit. ``answers`` are what is told first, above the figure. ``relapse`` is the
    day of a relapse that may be marked, where the unit's rule asks whoever may. ``who_scores``
    stands where whoever looks does not. ``can_start`` is false for a patient who is marked.
    ``table`` is there where it was chosen, and can be where ``has_table``; it tells items where
    ``has_items``, which is ``None`` where no sheet was scored.
    """

    identity: Identity
    caution: str
    drawing: Drawing
    starts: tuple[Choice, ...]
    start: str
    series: tuple[Choice, ...]
    key: str
    answers: Answers | None
    relapse: PartialDate | None
    last: LastWords | None
    since_last: SinceLastWords | None
    since: SinceWords | None
    relapses: tuple[RelapseWords, ...]
    raters: str
    notes: tuple[str, ...]
    marked: tuple[Choice, ...]
    table: TwinTable | None
    has_table: bool
    has_items: bool | None
    who_scores: str
    start_visit: str
    can_score: bool
    can_start: bool
    empty: str


def chart_view(
    trend: Trend,
    catalogue: Catalogue,
    words: Words,
    chosen: Chosen,
    beside: Beside = _NOTHING,
) -> ChartView:
    """Make the screen; a choice that this patient does not have falls back to the usual one.

    Where whoever looks scores nothing, no visit is offered.
    """
    can_score = beside.may(Action.START_VISIT)
    start = _start(trend, chosen.start)
    key = chosen.key if trend.find(chosen.key) else default_key(trend, catalogue) or ""
    drawing = _drawing(trend, catalogue, words, chosen, key)
    patient = trend.record.patient
    caution = words(patient.caution)
    told = answers(trend, catalogue, key, start, words, beside.rule)
    return ChartView(
        identity=_identity(trend, words),
        caution=caution,
        drawing=drawing,
        starts=_start_list(trend, words),
        start="" if start is None else start.id,
        series=tuple(Choice(s.key, series_title(catalogue, s, words)) for s in trend.series),
        key=key,
        answers=told,
        relapse=_relapse(told, trend, beside.may),
        last=last_words(trend, catalogue, key, words),
        since_last=_since_last(trend, catalogue, words),
        since=_since(trend, catalogue, key, start, words),
        relapses=tuple(
            relapse_words(trend, catalogue, event, key, words) for event in relapses(trend)
        ),
        raters=_raters(drawing.figure),
        notes=_notes(drawing.figure, caution),
        marked=_marked(beside.marked, words, trend.as_of),
        table=_table(trend, catalogue, words, chosen) if chosen.is_table else None,
        has_table=_has_course(trend) or _has_more(trend),
        has_items=chosen.has_items if _was_scored(trend) else None,
        who_scores="" if can_score or drawing.figure is None else words(_WHO_SCORES),
        start_visit=_start_visit(trend, words),
        can_score=can_score,
        can_start=patient.error_reason is None,
        empty=_empty(trend, words, can_score=can_score),
    )


def _relapse(told: Answers | None, trend: Trend, may: May) -> PartialDate | None:
    is_marked = trend.record.patient.error_reason is not None
    return None if told is None or is_marked or not may(Action.ADD_JUDGED) else told.risen


def _drawing(
    trend: Trend, catalogue: Catalogue, words: Words, chosen: Chosen, key: str
) -> Drawing:
    start = _start(trend, chosen.start)
    axes = _axes(trend, start, words)
    axis = chosen.axis if _has(axes, chosen.axis) else axes[0].id
    if not _has_course(trend):
        return Drawing(None, None, (), axis, (), Span.ALL, (), frozenset())
    options = FigureOptions(
        axis=AxisKind(axis),
        treatment_id="" if start is None else start.facts.treatment_id,
        keys=_keys(trend, chosen.key),
        chosen=key,
        hidden=frozenset(layer for layer in Layer if layer in chosen.turned),
        measures=tuple(kind for kind in chosen.turned if kind not in tuple(Layer)),
    )
    context = context_of(trend, catalogue, words, options)
    said = axis_words(context)
    reaches = tuple(Choice(span, words(SPAN_TITLES[span])) for span in said.spans)
    span = Span(chosen.reach) if _has(reaches, chosen.reach) else Span.ALL
    figure = figure_in(context, replace(options, span=span))
    layers = _layers(said.measured, words)
    shown = frozenset(
        each.id for each in layers if (each.id in chosen.turned) is (each.id in said.measured)
    )
    return Drawing(figure, said.time, axes, axis, reaches, span, layers, shown)


def _layers(measured: tuple[str, ...], words: Words) -> tuple[Choice, ...]:
    """Return what can be shown or not: parts of the course, and what was measured."""
    kinds = code_list("measure_kinds")
    return (
        *(Choice(layer, words(title)) for layer, title in LAYER_TITLES.items()),
        *(Choice(kind, words(kinds.get(kind).title)) for kind in measured),
    )


def _has(choices: tuple[Choice, ...], choice_id: str) -> bool:
    return any(choice.id == choice_id for choice in choices)


def _start(trend: Trend, chosen: str) -> Treatment | None:
    known = [each for each in trend.begun if each.facts.start is not None]
    usual = default_start(trend.begun)
    return next((each for each in known if each.id == chosen), usual)


def _start_list(trend: Trend, words: Words) -> tuple[Choice, ...]:
    dated = started(trend.begun)
    return tuple(Choice(each.id, _start_title(trend, each, words)) for each, _start in dated)


def _start_title(trend: Trend, treatment: Treatment, words: Words) -> str:
    first = is_first(treatment, trend.begun)
    text = N_("the first {agent}, {date}") if first else N_("{agent}, {date}")
    return words(
        text, agent=agent_name(treatment, words), date=words.short_date(treatment.facts.start)
    )


def _axes(trend: Trend, start: Treatment | None, words: Words) -> tuple[Choice, ...]:
    axes = [Choice(AxisKind.DATE, words(N_("Date")))]
    if start is not None:
        title = words(N_("Days since {agent}"), agent=agent_name(start, words))
        axes.append(Choice(AxisKind.SINCE, title))
    birth = trend.record.patient.facts.birth_date
    if age_on(birth, PartialDate.of(trend.as_of)) is not None:
        axes.append(Choice(AxisKind.AGE, words(N_("Age"))))
    return tuple(axes)


def _keys(trend: Trend, key: str) -> tuple[str, ...] | None:
    """Return every scale, and the subscore that was chosen beside its scale."""
    chosen = trend.find(key)
    if chosen is None or chosen.subscore is None:
        return None
    return tuple(each.key for each in trend.series if each.subscore is None or each.key == key)


def _has_course(trend: Trend) -> bool:
    record = trend.record
    return bool(record.visits or record.treatments or record.events)


def _has_more(trend: Trend) -> bool:
    """Whether the table alone has something to tell."""
    record = trend.record
    return bool(record.measures or record.findings or record.sequelae)


def _table(trend: Trend, catalogue: Catalogue, words: Words, chosen: Chosen) -> TwinTable:
    return twin_table(trend, catalogue, words, has_items=chosen.has_items)


def _was_scored(trend: Trend) -> bool:
    """Whether any sheet has levels, and not typed totals alone."""
    return any(sheet.answers for visit in trend.record.visits for sheet in visit.sheets)


def _since(
    trend: Trend, catalogue: Catalogue, key: str, start: Treatment | None, words: Words
) -> SinceWords | None:
    entries = trend.since.get(key, ()) if start is not None else ()
    for since in entries:
        if start is not None and since.treatment.id == start.id:
            return since_rows(trend, catalogue, key, since, words)
    return None


def _since_last(trend: Trend, catalogue: Catalogue, words: Words) -> SinceLastWords | None:
    since = since_last_visit(trend.record, catalogue, trend.last_day)
    return None if since is None else since_last_words(since, words)


def _raters(figure: Figure | None) -> str:
    """Say whose marks have which shape."""
    raters = () if figure is None else figure.raters
    return "   ".join(f"{SHAPES[each.shape]} {each.rater}" for each in raters)


def _notes(figure: Figure | None, caution: str) -> tuple[str, ...]:
    """Return the notes of a figure; the caution stands above it already."""
    notes = () if figure is None else figure.notes
    return tuple(note for note in notes if note != caution)


def _identity(trend: Trend, words: Words) -> Identity:
    facts, has_namesake = trend.record.patient.facts, trend.record.has_namesake
    who = identity(facts, words, trend.as_of, has_namesake=has_namesake)
    return replace(who, looked=tumour_words(trend.record, trend.as_of, words))


def _marked(visits: tuple[Visit, ...], words: Words, day: date) -> tuple[Choice, ...]:
    text = N_("Visit of {date}, entered in error")
    return tuple(
        Choice(visit.id, words(text, date=words.short_date(visit.facts.date)))
        for visit in visits
        if not is_ahead(visit.facts.date, day)
    )


def _start_visit(trend: Trend, words: Words) -> str:
    draft = trend.record.draft
    if draft is None:
        return words(N_("Start visit"))
    return words(N_("Continue amendment") if draft.amend_reason else N_("Continue visit"))


def _empty(trend: Trend, words: Words, *, can_score: bool) -> str:
    reason = trend.record.patient.error_reason
    if reason is None and not can_score:
        return words.sentences((words(N_("Nothing to draw yet.")), words(_WHO_SCORES)))
    if reason is None:
        return words(N_("Nothing to draw yet. Start a visit, or record a treatment."))
    text = N_("Marked as entered in error: {reason}. Left out of charts, pages and exports.")
    return words(text, reason=reason.rstrip("."))
