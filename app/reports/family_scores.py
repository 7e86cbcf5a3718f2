"""What the family page says of scores: the last one first, then what the record compares with it.

Nothing is told as the one before where dates leave the order open, and nothing beside the last
score that was scored by a version of the scale which does not compare.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.model import Treatment, Visit
from app.trends.model import DatedTotal, Point, Series, Trend
from app.trends.series import compares, is_certainly_before, series_range, total_of
from app.trends.since import first_starts, immune_starts
from scales.catalogue import Catalogue
from scales.model import Definition, Item, Missing

FEATURES = "five_feature"


def score_sentences(
    trend: Trend, series: Series | None, catalogue: Catalogue, words: Words
) -> Iterator[str]:
    """Tell the last score first, or that there is none and why; then those to look back at."""
    if series is None:
        yield words(N_("There is no score yet."))
        return
    definition = catalogue.find(series.scale)
    last = series.points[-1]
    yield _lead(last, series_range(definition, series)[1], words)
    if last.total is None:
        yield from _missing_sentences(definition, last, words)
    elif last.total == 0 and not last.typed:
        yield words(N_("Every item of this scale was scored 0."))
        if series.scale != FEATURES and visits_with_features(trend):
            yield words(N_("The table below may still show difficulties."))
    yield from _before_sentences(series, definition, words)
    yield from _began_sentences(trend, series, definition, words)


def _lead(last: Point, highest: Decimal, words: Words) -> str:
    date, is_full = words.long_date(last.date), last.date.is_full
    if last.total is None:
        text = N_("In {date} there is no score.")
        if is_full:
            text = N_("On {date} there is no score.")
        return words(text, date=date)
    text = N_("In {date} the score was {total} out of {highest}.")
    if is_full:
        text = N_("On {date} the score was {total} out of {highest}.")
    total = words.number(last.total)
    return words(text, date=date, total=total, highest=words.number(highest))


def _missing_sentences(definition: Definition, point: Point, words: Words) -> Iterator[str]:
    texts = {
        Missing.OPEN: N_("Not scored: {items}."),
        Missing.NOT_TESTABLE: N_("Could not be tested: {items}."),
        Missing.DECLINED: N_("Declined: {items}."),
    }
    for why, text in texts.items():
        items = dict.fromkeys(
            item_name(definition.item(key.item), words)
            for key in point.missing
            if point.reasons.get(key, Missing.OPEN) is why
        )
        if items:
            yield words(text, items=words.several(items))


def item_name(item: Item, words: Words) -> str:
    """Return an item's name in a family's words."""
    return words(item.plain or item.title)


def _latest_before(series: Series) -> Sequence[Point]:
    """Return the scores before the last visit behind which no other certainly lies.

    They are several where dates leave their order open; the last of the series comes first.
    """
    scored = [point for point in series.points[:-1] if point.total is not None]
    return tuple(
        point
        for point in reversed(scored)
        if not any(is_certainly_before(point, other) for other in scored)
    )


def _before_sentences(series: Series, definition: Definition, words: Words) -> Iterator[str]:
    latest, last = _latest_before(series), series.points[-1]
    told = [point for point in latest if compares(definition, point, last)]
    if len(latest) == 1 and is_certainly_before(latest[0], last):
        yield from (_before_sentence(series, point, words) for point in told)
        return
    by_date: dict[PartialDate, list[Point]] = {}
    for point in told:
        by_date.setdefault(point.date, []).append(point)
    for points in by_date.values():
        yield _also_sentence(points, last, words)


def _before_sentence(series: Series, before: Point, words: Words) -> str:
    last, total = series.points[-1], words.number(total_of(before))
    if before.date == last.date:
        return words(N_("Earlier that day it was {total}."), total=total)
    is_full = before.date.is_full
    if last.total is not None and _is_next_to_last(before, series):
        text = N_("Last time, on {date}, it was {total}.")
        if not is_full:
            text = N_("Last time, in {date}, it was {total}.")
    else:
        text = N_("The score before that, on {date}, was {total}.")
        if not is_full:
            text = N_("The score before that, in {date}, was {total}.")
    return words(text, date=words.long_date(before.date), total=total)


def _is_next_to_last(before: Point, series: Series) -> bool:
    """Whether no other visit of the series lies, or may lie, between a point and the last one."""
    others = (point for point in series.points[:-1] if point is not before)
    return all(is_certainly_before(other, before) for other in others)


def _also_sentence(points: Sequence[Point], last: Point, words: Words) -> str:
    """Tell the scores of one date whose place before the last one is not known."""
    when, totals = points[0].date, dict.fromkeys(words.number(total_of(each)) for each in points)
    is_ordered = len(points) == 1 and is_certainly_before(points[0], last)
    if not when.is_full:
        text = N_("Also scored in {date}: {totals}; the day is not known.")
    elif when == last.date:
        text = N_("Also scored that day: {totals}; which came first is not known.")
    elif is_ordered:
        text = N_("Also scored on {date}: {totals}.")
    else:
        text = N_("Also scored on {date}: {totals}; which came first is not known.")
    return words(text, date=words.long_date(when), totals=words.several(totals))


class AtStart(Struct, frozen=True):
    """The total when treatment began: the last one before that start, or on it."""

    total: DatedTotal
    start: PartialDate

    @property
    def is_on_start(self) -> bool:
        """Whether the visit has the date of the start; else it was before it."""
        return self.total.date == self.start


def at_start(trend: Trend, key: str) -> AtStart | None:
    """Return the total of a series when treatment began, if there is one."""
    first = _first_treatment(trend)
    for since in trend.since.get(key, ()):
        start = since.treatment.facts.start
        is_first = first is not None and since.treatment.id == first.id
        if is_first and start is not None and since.baseline is not None:
            return AtStart(since.baseline, start)
    return None


def _first_treatment(trend: Trend) -> Treatment | None:
    treatments = trend.begun
    starts = immune_starts(treatments) or first_starts(treatments)
    return starts[0] if starts else None


_BEGAN = {
    (True, True): N_("On {date}, when treatment began, it was {total}."),
    (True, False): N_("On {date}, before treatment began, it was {total}."),
    (False, True): N_("In {date}, when treatment began, it was {total}."),
    (False, False): N_("In {date}, before treatment began, it was {total}."),
}
"""By whether the day of the visit is known, and whether its date is that of the start."""


def _began_sentences(
    trend: Trend, series: Series, definition: Definition, words: Words
) -> Iterator[str]:
    """Tell the total when treatment began, unless it was told, with the day on which it was."""
    began, last = at_start(trend, series.key), series.points[-1]
    told = {last.visit, *(point.visit for point in _latest_before(series))}
    for point in series.points:
        if began is None or point.visit != began.total.visit or point.visit in told:
            continue
        if compares(definition, point, last):
            total, date = words.number(began.total.total), words.long_date(point.date)
            text = _BEGAN[point.date.is_full, began.is_on_start]
            yield words(text, date=date, total=total)


def named_point(series: Series | None) -> Point | None:
    """Return the point whose score the page tells first, and names in the chart."""
    last = None if series is None else series.points[-1]
    return None if last is None or last.total is None else last


def visits_with_features(trend: Trend) -> tuple[Visit, ...]:
    """Return the visits whose five features were scored one by one."""
    sheets = ((visit, visit.sheet(FEATURES)) for visit in trend.record.visits)
    return tuple(visit for visit, sheet in sheets if sheet is not None and sheet.answers)
