"""The course of a patient as the published ``trend`` JSON."""

from collections.abc import Mapping
from datetime import date

from app.dates import PartialDate, iso, precision_of
from app.exchange.json_text import Json, json_text
from app.records.doses import Standing, runs_of, standing_on
from app.records.model import DoseStep, Event, Treatment
from app.trends.model import DatedTotal, Point, Series, SinceStart, Trend


def trend_json(trend: Trend) -> str:
    """Return the trend as JSON text; what is absent is null, nothing is left out."""
    record = trend.record
    return json_text(
        {
            "patient_id": record.patient.facts.patient_id,
            "as_of": trend.as_of.isoformat(),
            "scales": {series.key: _scale(series, trend) for series in trend.series},
            "treatments": [_treatment(treatment, trend.as_of) for treatment in record.treatments],
            "events": [_event(event) for event in record.events],
        }
    )


def _scale(series: Series, trend: Trend) -> Json:
    return {
        "points": [_point(point) for point in series.points],
        "since": [_since(since) for since in trend.since[series.key]],
    }


def _point(point: Point) -> Json:
    return {
        "visit_id": point.visit_id,
        "date": str(point.date),
        "precision": precision_of(point.date),
        "time": point.time or None,
        "total": point.total,
        "complete": point.complete,
        "missing": [str(key) for key in point.missing],
        "rater": point.rater or None,
        "typed": point.typed,
        "version": point.version,
    }


def _since(since: SinceStart) -> Json:
    zero = since.first_zero
    return {
        "treatment_id": since.treatment.facts.treatment_id,
        "agent": since.treatment.facts.agent,
        "start": _date(since.treatment.facts.start),
        "precision": precision_of(since.treatment.facts.start),
        "baseline": _reading(since.baseline, "visit_id", "date", "total"),
        "first_lower": _reading(since.first_lower, "date", "day", "total"),
        "first_zero": _reading(zero, "date", "day"),
        "first_zero_day": None if zero is None else zero.day,
        "best": _reading(since.best, "date", "day", "total"),
        "last": _reading(since.last, "date", "day", "total"),
        "change_percent": since.change_percent,
        "change_last_percent": since.change_last_percent,
        "others_within_14_days": [each.facts.treatment_id for each in since.others_within_14_days],
        "others_order_unknown": [each.facts.treatment_id for each in since.others_order_unknown],
    }


def _reading(reading: DatedTotal | None, *names: str) -> Json:
    if reading is None:
        return None
    told: Mapping[str, Json] = {
        "visit_id": reading.visit_id,
        "date": str(reading.date),
        "day": reading.day,
        "total": reading.total,
    }
    return {name: told[name] for name in names}


def _treatment(treatment: Treatment, as_of: date) -> Json:
    return {
        "treatment_id": treatment.facts.treatment_id,
        "agent": treatment.facts.agent,
        "start": _date(treatment.facts.start),
        "precision": precision_of(treatment.facts.start),
        "stop": _date(treatment.facts.stop),
        "planned": standing_on(treatment, as_of) is Standing.PLANNED,
        "doses": [_dose(run.step, is_planned=run.is_planned(as_of)) for run in runs_of(treatment)],
    }


def _dose(step: DoseStep, *, is_planned: bool) -> Json:
    return {
        "start": _date(step.facts.start),
        "stop": _date(step.facts.stop),
        "dose": step.facts.dose,
        "unit": step.facts.unit,
        "frequency": step.facts.frequency or None,
        "planned": is_planned,
    }


def _event(event: Event) -> Json:
    return {
        "date": str(event.facts.date),
        "precision": precision_of(event.facts.date),
        "stop": _date(event.facts.stop),
        "kind": event.facts.kind,
        "author": event.facts.author or None,
        "note": event.facts.note or None,
    }


def _date(date: PartialDate | None) -> str | None:
    return iso(date) or None
