"""The score in plain sentences: today's, the last one, and the one when treatment began."""

from collections.abc import Iterator
from decimal import Decimal

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.model import Treatment, Visit
from app.trends.model import Point, Reading, Series, Trend
from app.trends.naming import series_range
from app.trends.starts import first_starts, immune_starts
from scales.catalogue import Catalogue
from scales.model import Definition, Item, Missing, plain

FEATURES = "five_feature"


def is_today(trend: Trend, when: PartialDate) -> bool:
    """Whether a date is certainly the day that the page stands at."""
    return when.is_full and when.first == trend.as_of


def score_sentences(
    trend: Trend, series: Series | None, catalogue: Catalogue, words: Words
) -> Iterator[str]:
    """Tell the last score first, or that there is none and why; then what the record compares."""
    if series is None:
        yield words(N_("There is no score yet."))
        return
    definition = catalogue.find(series.scale)
    last = series.points[-1]
    yield _lead(trend, last, series_range(definition, series)[1], words)
    if last.total is None:
        yield from _missing_sentences(definition, last, words)
    elif last.total == 0 and not last.typed:
        yield words(N_("Every item of this scale was scored 0."))
        if series.scale != FEATURES and visits_with_features(trend):
            yield words(N_("The table below may still show difficulties."))
    before = _before(series)
    if before is not None:
        yield _before_sentence(series, before, words)
    yield from _began_sentences(trend, series, before, words)


def _lead(trend: Trend, last: Point, highest: Decimal, words: Words) -> str:
    if last.total is None:
        texts = (
            N_("Today there is no score."),
            N_("On {date} there is no score."),
            N_("In {date} there is no score."),
        )
        return _dated(trend, last, texts, words)
    texts = (
        N_("Today the score was {total} out of {highest}."),
        N_("On {date} the score was {total} out of {highest}."),
        N_("In {date} the score was {total} out of {highest}."),
    )
    return _dated(trend, last, texts, words, total=plain(last.total), highest=plain(highest))


def _dated(
    trend: Trend, point: Point, texts: tuple[str, str, str], words: Words, **values: str
) -> str:
    """Choose among the texts for today, for a full date and for an approximate one."""
    if is_today(trend, point.date):
        return words(texts[0], **values)
    text = texts[1] if point.date.is_full else texts[2]
    return words(text, date=words.long_date(point.date), **values)


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
            yield words(text, items=", ".join(items))


def item_name(item: Item, words: Words) -> str:
    """Return an item's name in a family's words."""
    return words(item.plain or item.title)


def _before(series: Series) -> Point | None:
    """Return the last point before the last visit that has a total."""
    earlier = [point for point in series.points[:-1] if point.total is not None]
    return earlier[-1] if earlier else None


def _before_sentence(series: Series, before: Point, words: Words) -> str:
    is_full = before.date.is_full
    if series.points[-1].total is not None and before is series.points[-2]:
        text = N_("Last time, on {date}, it was {total}.")
        if not is_full:
            text = N_("Last time, in {date}, it was {total}.")
    else:
        text = N_("The score before that, on {date}, was {total}.")
        if not is_full:
            text = N_("The score before that, in {date}, was {total}.")
    total = plain(before.total) if before.total is not None else ""
    return words(text, date=words.long_date(before.date), total=total)


def _first_treatment(trend: Trend) -> Treatment | None:
    treatments = trend.record.treatments
    starts = immune_starts(treatments) or first_starts(treatments)
    return starts[0] if starts else None


def reading_at_start(trend: Trend, key: str) -> Reading | None:
    """Return the total of a series when treatment began, if there is one."""
    first = _first_treatment(trend)
    for since in trend.since.get(key, ()):
        if first is not None and since.treatment.id == first.id:
            return since.baseline
    return None


def _began_sentences(
    trend: Trend, series: Series, before: Point | None, words: Words
) -> Iterator[str]:
    baseline = reading_at_start(trend, series.key)
    told = {series.points[-1].visit, before.visit if before else ""}
    if baseline is not None and baseline.visit not in told:
        yield words(N_("When treatment began, it was {total}."), total=plain(baseline.total))


def last_label(trend: Trend, series: Series | None, words: Words) -> str:
    """Return what stands at the last mark of the chart; empty without a total."""
    if series is None or series.points[-1].total is None:
        return ""
    last = series.points[-1]
    total = plain(series.points[-1].total or Decimal(0))
    return words(N_("today: {total}"), total=total) if is_today(trend, last.date) else total


def visits_with_features(trend: Trend) -> tuple[Visit, ...]:
    """Return the visits whose five features were scored one by one."""
    sheets = ((visit, visit.sheet(FEATURES)) for visit in trend.record.visits)
    return tuple(visit for visit, sheet in sheets if sheet is not None and sheet.answers)
