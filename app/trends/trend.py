"""The whole course of a patient as one frozen value: screen, pages and JSON are made from it."""

from datetime import date

from app.records.model import PatientRecord
from app.trends.model import Trend
from app.trends.series import series_of
from app.trends.since import since_starts
from scales.catalogue import Catalogue


def trend_of(
    record: PatientRecord, catalogue: Catalogue, as_of: date, baseline_days: int = 30
) -> Trend:
    """Return the course as it stands on ``as_of``, its series and what followed each start."""
    series = series_of(record, catalogue)
    since = {each.key: since_starts(each, record.treatments, baseline_days) for each in series}
    return Trend(record=record, as_of=as_of, series=series, since=since)
