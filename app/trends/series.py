"""Series: the points of each scale, and of each subscore of a scale with answered items."""

from collections.abc import Iterable, Iterator

from app.dates import PartialDate
from app.records.model import PatientRecord, Sheet, Visit, VisitState
from app.trends.model import Point, Series
from scales.catalogue import Catalogue
from scales.model import Definition, Key, Subscore

_PRECISIONS = {"day": 0, "month": 1, "year": 2}

Assessment = tuple[Visit, Sheet]


def when_key(when: PartialDate) -> tuple[int, int]:
    """Sort dates by the first day of their period, full dates before months before years."""
    return when.first.toordinal(), _PRECISIONS[when.precision]


def visit_key(visit: Visit) -> tuple[tuple[int, int], str, str]:
    """Sort visits by date, then time with the empty first, then visit id."""
    return when_key(visit.facts.date), visit.facts.time, visit.facts.visit_id


def counted_visits(record: PatientRecord) -> tuple[Visit, ...]:
    """Return the signed and imported visits that are not marked as errors, in series order."""
    counted = (
        visit
        for visit in record.visits
        if visit.state is not VisitState.DRAFT and visit.error_reason is None
    )
    return tuple(sorted(counted, key=visit_key))


def series_of(record: PatientRecord, catalogue: Catalogue) -> tuple[Series, ...]:
    """Return every series of a record in catalogue order, a scale before its subscores."""
    visits = counted_visits(record)
    return tuple(
        series
        for definition in catalogue.definitions
        for series in _series_of_scale(definition, _assessments(visits, definition.id))
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
