"""Which measures are told: the latest of a kind, and all of them where a day has several."""

from app.records.model import Measure, PatientRecord


def latest_measures(record: PatientRecord, kind: str) -> tuple[Measure, ...]:
    """Return the measures of a kind on its latest date, each of them if they differ."""
    found = [measure for measure in record.measures if measure.facts.kind == kind]
    if not found:
        return ()
    last = max(measure.facts.date.order for measure in found)
    latest = [measure for measure in found if measure.facts.date.order == last]
    told = {(measure.facts.value, measure.facts.note): measure for measure in latest}
    return tuple(told.values())
