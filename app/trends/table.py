"""The table twin of the chart: the same visits and totals as rows of words."""

from msgspec import Struct

from app.errors import N_
from app.language import Words
from app.trends.model import Point, Series, Trend
from app.trends.series import series_title
from app.wording.people import or_not_recorded
from app.wording.totals import bare_total, missing_words
from app.wording.visits import version_words
from scales.catalogue import Catalogue
from scales.model import Definition


class VisitRow(Struct, frozen=True):
    """One visit: its internal id, and one cell of words for each heading of the table."""

    visit: str
    cells: tuple[str, ...]


class VisitTable(Struct, frozen=True):
    """Headings and rows, the newest visit last. Each cell is words, never empty by accident."""

    headings: tuple[str, ...]
    rows: tuple[VisitRow, ...]


def visit_rows(trend: Trend, catalogue: Catalogue, words: Words) -> VisitTable:
    """Return every counted visit with its date, time, rater and its total in each scale."""
    scales = tuple(series for series in trend.series if series.subscore is None)
    fixed = (words(N_("Date")), words(N_("Time")), words(N_("Rater")))
    headings = (*fixed, *(series_title(catalogue, series, words) for series in scales))
    columns = [_cells(series, catalogue, words) for series in scales]
    rows = tuple(
        VisitRow(
            visit.id,
            (
                words.short_date(visit.facts.date),
                or_not_recorded(visit.facts.time, words),
                or_not_recorded(visit.facts.rater, words),
                *(column.get(visit.id, words(N_("not scored"))) for column in columns),
            ),
        )
        for visit in trend.record.visits
    )
    return VisitTable(headings, rows)


def _cells(series: Series, catalogue: Catalogue, words: Words) -> dict[str, str]:
    definition = catalogue.find(series.scale)
    return {point.visit: _cell(definition, point, words) for point in series.points}


def _cell(definition: Definition, point: Point, words: Words) -> str:
    if point.total is None:
        told = missing_words(definition, point.missing, point.reasons, words)
    else:
        told = bare_total(point.total, words, is_typed=point.typed)
    return words.dotted((told, version_words(point.version, words)))
