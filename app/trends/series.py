"""Series: the points of each scale and subscore, how they are named, and which is told first."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from app.errors import N_
from app.language import Words
from app.records.loading import order_of
from app.records.model import PatientRecord, Sheet, Visit
from app.trends.model import DatedTotal, Point, Series, Trend
from scales.catalogue import Catalogue
from scales.model import Definition, Key, Subscore, Verified

Assessment = tuple[Visit, Sheet]


def counted_visits(record: PatientRecord) -> tuple[Visit, ...]:
    """Return the visits that count, in the order of every series."""
    return tuple(sorted((visit for visit in record.visits if visit.counts), key=order_of))


def series_of(record: PatientRecord, catalogue: Catalogue) -> tuple[Series, ...]:
    """Return every series of a record in catalogue order, a scale before its subscores."""
    return tuple(
        series
        for definition in catalogue.definitions
        for series in _series_of_scale(definition, _assessments(record.visits, definition.id))
    )


def _assessments(visits: Iterable[Visit], scale: str) -> tuple[Assessment, ...]:
    """Pair each visit with its sheet; a sheet on which nothing was written is no assessment."""
    found = ((visit, visit.sheet(scale)) for visit in visits)
    return tuple(
        (visit, sheet)
        for visit, sheet in found
        if sheet is not None and (sheet.answers or sheet.total is not None)
    )


def _series_of_scale(
    definition: Definition, assessments: tuple[Assessment, ...]
) -> Iterator[Series]:
    if not assessments:
        return
    points = tuple(_point(visit, sheet) for visit, sheet in assessments)
    yield Series(definition.id, definition.id, None, points)
    answered = tuple(pair for pair in assessments if pair[1].answers and not pair[1].is_typed)
    if not answered:
        return
    for subscore in definition.subscores:
        points = tuple(_subscore_point(visit, sheet, subscore) for visit, sheet in answered)
        yield Series(f"{definition.id}.{subscore.id}", definition.id, subscore.id, points)


def _point(visit: Visit, sheet: Sheet) -> Point:
    return Point(
        visit=visit.id,
        visit_id=visit.facts.visit_id,
        date=visit.facts.date,
        time=visit.facts.time,
        total=sheet.total,
        complete=sheet.complete,
        missing=sheet.missing,
        reasons=sheet.reasons,
        rater=visit.facts.rater,
        typed=sheet.is_typed,
        version=sheet.version,
    )


def _subscore_point(visit: Visit, sheet: Sheet, subscore: Subscore) -> Point:
    """Return the subscore's own point: what is missing of the scale but not of it is left out."""
    missing: tuple[Key, ...] = tuple(key for key in sheet.missing if key.item in subscore.items)
    return Point(
        visit=visit.id,
        visit_id=visit.facts.visit_id,
        date=visit.facts.date,
        time=visit.facts.time,
        total=None if missing else sheet.subscores.get(subscore.id),
        complete=not missing,
        missing=missing,
        reasons={key: sheet.reasons[key] for key in missing if key in sheet.reasons},
        rater=visit.facts.rater,
        typed=False,
        version=sheet.version,
    )


def default_key(trend: Trend, catalogue: Catalogue) -> str | None:
    """Return the series that is told first: of the last visit's scales the one with most totals.

    A published scale counts twice: the app's own sheet stands first in every visit, and what is
    not validated leads only where it is scored more than twice as often.
    """

    def weight(series: Series) -> tuple[int, bool]:
        is_published = catalogue.find(series.scale).verified is not Verified.OWN
        return total_count(series) * (2 if is_published else 1), is_published

    scales = [each for each in trend.series if each.subscore is None]
    best = max(_of_last_visit(trend, scales), key=weight, default=None)
    return None if best is None else best.key


def _of_last_visit(trend: Trend, scales: list[Series]) -> list[Series]:
    for visit in reversed(trend.record.visits):
        found = [each for each in scales if each.points[-1].visit == visit.id]
        if found:
            return found
    return []


def is_certainly_before(one: Point, other: Point) -> bool:
    """Whether one point certainly lies before another: its date's period ends earlier.

    On one full day both times must tell it. A month beside a day of that month tells no order,
    though a series has to draw one of the two first.
    """
    if one.date.is_full and one.date == other.date:
        return bool(one.time and other.time) and one.time < other.time
    return one.date.last < other.date.first


def total_count(series: Series) -> int:
    """Count the points that have a total."""
    return sum(point.total is not None for point in series.points)


def total_of(point: Point) -> Decimal:
    """Return the total of a point; to be asked of one that has a total."""
    return point.total if point.total is not None else Decimal(0)


def compares(definition: Definition, one: Point | DatedTotal, other: Point | DatedTotal) -> bool:
    """Whether two points of a series are known to compare: their versions of the scale do.

    Where they do not, no words tell how far apart they are, nor which of them is lower.
    """
    return definition.compares(one.version, other.version)


def series_title(catalogue: Catalogue, series: Series, words: Words) -> str:
    """Return a series' title: the scale's short title, with the subscore's where it is one."""
    definition = catalogue.find(series.scale)
    scale = words(definition.short_title)
    for subscore in definition.subscores:
        if subscore.id == series.subscore:
            return words(N_("{scale}: {part}"), scale=scale, part=words(subscore.title))
    return scale


def series_range(definition: Definition, series: Series) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest value that a series can take."""
    for subscore in definition.subscores:
        if subscore.id == series.subscore:
            return subscore.lowest, subscore.highest
    return definition.lowest, definition.highest
